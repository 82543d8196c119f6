//! Every field of the format that is a figure, in every notation, is reached by every change.
#![allow(clippy::unwrap_used)]

use super::change::{Change, How, Pattern};
use super::schema::TABLES;
use super::slot::Slot;
use super::tree::{Node, Value};
use super::{Document, Registry};
use crate::evidence::{Confidence, Fact, Origin};
use crate::model::Model;
use crate::problem::{Kind, Place, Problems};
use std::collections::BTreeMap;

/// A model in which every figure of the format is written.
const ALL: &str = include_str!("reach.toml");

/// A figure of the model: where it stands and what is written there.
struct Written {
    place: Place,
    over_time: bool,
    number: f64,
    /// Its unit, and whether it has one: `None` is a bare number.
    unit: Option<String>,
}

impl Written {
    fn times(&self, factor: f64) -> String {
        let number = self.number * factor;
        match &self.unit {
            None => format!("{number}"),
            Some(unit) => format!("\"{number} {unit}\""),
        }
    }

    /// The figure in every way of writing it, each with its name.
    fn notations(&self) -> Vec<(&'static str, String)> {
        let (low, mode, high) = (self.times(0.8), self.times(1.0), self.times(1.1));
        let mut all = vec![
            ("plain", mode.clone()),
            ("noted", format!("{{ value = {mode}, note = \"x\" }}")),
            ("cited", "{ fact = \"a-fact\" }".to_owned()),
        ];
        let range = format!("{{ low = {low}, mode = {mode}, high = {high}, note = \"x\" }}");
        all.push(("range", range));
        let half = self.times(0.5);
        let factor = format!("{{ value = {half}, times = {{ two = 2 }}, note = \"x\" }}");
        all.push(("with a factor", factor));
        if self.over_time {
            let list = format!(
                "[{{ from = \"2026-01\", value = {mode} }}, {{ from = \"2027-01\", value = {low} }}]"
            );
            all.push(("list", list));
            all.push(("by year", format!("{{ 2026 = {mode}, 2027 = {low} }}")));
        }
        all
    }

    fn fact(&self) -> Fact {
        Fact {
            id: "a-fact".into(),
            subject: "a subject".into(),
            quantity: "capacity".into(),
            value: self.number,
            low: None,
            high: None,
            unit: self.unit.clone().unwrap_or_default(),
            as_of: "2026".into(),
            confidence: Confidence::High,
            source: Origin {
                publisher: "p".into(),
                title: "t".into(),
                date: "2026-01".into(),
                url: "u".into(),
            },
            note: String::new(),
            position: "facts.toml:1".into(),
        }
    }

    /// What lays a value in its place.
    fn overlay(&self, value: &str) -> String {
        let keys = self.place.keys().iter().map(|key| format!("\"{key}\""));
        format!("{} = {value}\n", keys.collect::<Vec<_>>().join("."))
    }
}

/// Every figure of a tree, by the field that holds it.
fn figures(node: &Node, place: &Place, slot: Slot, found: &mut BTreeMap<String, Written>) {
    if let Slot::Figure(over_time) = slot {
        let (number, unit) = match &node.value {
            Value::Number(number) => (*number, None),
            Value::Text(text) => {
                let (number, unit) = text.split_once(' ').unwrap();
                (number.parse().unwrap(), Some(unit.to_owned()))
            }
            other => panic!("{place} is {}", other.noun()),
        };
        let written = Written {
            place: place.clone(),
            over_time,
            number,
            unit,
        };
        found.entry(field(place)).or_insert(written);
    }
    if let Value::List(list) = &node.value {
        for (n, item) in (1..).zip(list) {
            let key = format!("{n}");
            figures(item, &place.then(&key), slot.then(&key), found);
        }
    }
    for entry in node.entries() {
        let place = place.then(&entry.key);
        figures(&entry.node, &place, slot.then(&entry.key), found);
    }
}

/// The table and the field in which a place lies, as the list of fields has them.
fn field(place: &Place) -> String {
    let (mut slot, mut name) = (Slot::File, String::new());
    for key in place.keys() {
        if let Slot::Table(spec) = slot {
            name = format!("{}.{key}", spec.path);
        }
        slot = slot.then(key);
    }
    name
}

fn all() -> (Document, Vec<Written>) {
    let document = Document::parse("all.toml", ALL).unwrap_or_else(|e| panic!("{e}"));
    document.model().unwrap_or_else(|e| panic!("{e}"));
    let mut found = BTreeMap::new();
    figures(&document.tree, &Place::default(), Slot::File, &mut found);
    (document, found.into_values().collect())
}

/// The model without where its figures come from, a line for each of its parts.
fn lines(model: &Model) -> Vec<String> {
    let mut draft = model.clone().into_draft();
    draft.evidence = crate::evidence::Evidence::default();
    format!("{draft:#?}").lines().map(str::to_owned).collect()
}

/// How many lines of two models differ.
fn differences(one: &Model, other: &Model) -> usize {
    let (one, other) = (lines(one), lines(other));
    let pairs = one.iter().zip(&other).filter(|(one, other)| one != other);
    pairs.count() + one.len().abs_diff(other.len())
}

/// What expires is a part of all that is there: where it changes, the rest does as well; and what delays expansions
/// changes the one that there is.
fn rest(written: &Written) -> usize {
    let field = field(&written.place);
    usize::from(["ages.quantity", "friction.delay"].contains(&field.as_str()))
}

/// The figures that differ lie where the change was made.
fn only_there(one: &Model, other: &Model, pattern: &Pattern) {
    let (one, other) = (&one.evidence.figures, &other.evidence.figures);
    assert_eq!(one.len(), other.len());
    for (one, other) in one.iter().zip(other) {
        assert_eq!(one.place, other.place);
        assert!(one == other || pattern.matches(&one.place), "{}", one.place);
    }
}

/// Each figure in each notation: the document in which it is so written, and its model.
fn each(mut check: impl FnMut(&Written, &str, &Document, &Model)) {
    let (document, written) = all();
    for written in &written {
        for (notation, value) in written.notations() {
            let mut document = document.clone();
            let mut registry = Registry::default();
            registry.add(written.fact());
            document.registry = registry;
            let laid = document.with("notation", &written.overlay(&value), "x");
            let laid = laid.unwrap_or_else(|e| panic!("{notation}: {e}"));
            let model = laid.model().unwrap_or_else(|e| panic!("{notation}: {e}"));
            check(written, notation, &laid, &model);
        }
    }
}

#[test]
fn the_model_has_every_figure_of_the_format() {
    let (_, written) = all();
    let there: Vec<String> = written.iter().map(|w| field(&w.place)).collect();
    let tables = TABLES
        .iter()
        .filter(|spec| !["scenario.KEY", "{ … }"].contains(&spec.path));
    for spec in tables {
        for held in spec.fields {
            let slot = Slot::Table(spec).then(held.key);
            if matches!(slot, Slot::Figure(_) | Slot::Figures(_)) {
                let name = format!("{}.{}", spec.path, held.key);
                assert!(there.contains(&name), "`{name}` is not in reach.toml");
            }
        }
    }
}

fn kinds(problems: &Problems) -> Vec<Kind> {
    problems.list().iter().map(|problem| problem.kind).collect()
}

#[test]
fn every_figure_in_every_notation_is_scaled() {
    each(|written, notation, document, model| {
        let pattern = Pattern::from(&written.place);
        let half = Change::new(pattern.clone(), How::Scale(0.5));
        let at = format!("{}, {notation}", written.place);
        match document.changed(&[half]) {
            Ok(new) => {
                let steps = if ["list", "by year"].contains(&notation) {
                    2
                } else {
                    1
                };
                assert_eq!(differences(model, &new), steps + rest(written), "{at}");
                only_there(model, &new, &pattern);
            }
            // A minimum above half of the capacity, an opening that ends at a half.
            Err(problems) => {
                let kinds = kinds(&problems);
                assert_eq!(kinds, [Kind::BadOpening], "{at}: {problems}");
            }
        }
    });
}

#[test]
fn every_figure_in_every_notation_is_set() {
    each(|written, notation, document, model| {
        let text = written.overlay(&written.times(0.95));
        let new = document.with("set", &text, "y").unwrap();
        let new = new.model().unwrap_or_else(|e| panic!("{notation}: {e}"));
        assert!(
            differences(model, &new) > 0,
            "{}, {notation}",
            written.place
        );
    });
}

#[test]
fn every_figure_over_time_is_shifted_and_what_cannot_move_is_an_error() {
    each(|written, notation, document, model| {
        let pattern = Pattern::from(&written.place);
        let later = |months| document.changed(&[Change::new(pattern.clone(), How::Shift(months))]);
        let at = format!("{}, {notation}", written.place);
        let steps = ["list", "by year"].contains(&notation);
        let nothing_before = [
            "line.KEY.capacity",
            "line.KEY.booked",
            "line.KEY.minimum",
            "supplier.KEY.rate",
            "supplier.KEY.booked",
            "resource.KEY.limit",
            "fund.KEY.amount",
            "requirement.KEY.quantity",
            "requirement.KEY.level",
        ];
        let starts = nothing_before.contains(&field(&written.place).as_str());
        match (steps || starts, later(6)) {
            (true, Ok(new)) => assert!(differences(model, &new) > 0, "{at}"),
            // A capacity that comes later than the minimum.
            (true, Err(problems)) => {
                assert_eq!(
                    kinds(&problems),
                    [Kind::MinimumAboveCapacity],
                    "{at}: {problems}"
                );
            }
            (false, Ok(_)) => panic!("{at} moves"),
            (false, Err(problems)) => assert_eq!(kinds(&problems), [Kind::NoEffect], "{at}"),
        }
        if starts && !steps {
            // What holds from the start has held before: as a list with a step from there.
            assert_eq!(differences(model, &later(-6).unwrap()), 0, "{at}");
        }
    });
}

#[test]
fn one_figure_for_all_time_moves_as_a_step_from_the_start() {
    each(|written, notation, document, _| {
        if notation != "plain" || !written.over_time {
            return;
        }
        let value = written.times(1.0);
        let list = format!("[{{ from = \"2026-01\", value = {value} }}]");
        let listed = document.with("list", &written.overlay(&list), "x").unwrap();
        for months in [-6, 0, 6, 120] {
            let change = Change::new(Pattern::from(&written.place), How::Shift(months));
            let one = document.changed(std::slice::from_ref(&change));
            let other = listed.changed(std::slice::from_ref(&change));
            match (one, other) {
                (Ok(one), Ok(other)) => {
                    for month in 0..36 {
                        same_at(&one, &other, month, &written.place);
                    }
                }
                (Err(one), Err(other)) => assert_eq!(kinds(&one), kinds(&other)),
                _ => panic!("{} moves in one notation alone", written.place),
            }
        }
    });
}

/// Two models have the same capacities, rates, money and needs in a month.
fn same_at(one: &Model, other: &Model, month: i32, place: &Place) {
    let at = |m: &Model| {
        let month = m.calendar.start().plus(month);
        let lines = m.lines.values().flat_map(|l| {
            let paths = [Some(&l.capacity), l.booked.as_ref(), l.minimum.as_ref()];
            paths.map(|path| path.map(|path| path.at(month).value()))
        });
        let suppliers = m.suppliers.values().flat_map(|s| {
            let paths = [Some(&s.rate), s.booked.as_ref()];
            paths.map(|path| path.map(|path| path.at(month).value()))
        });
        let funds = m.funds.values().map(|f| Some(f.amount.at(month).value()));
        let resources = m
            .resources
            .values()
            .map(|r| Some(r.limit.at(month).value()));
        let needs = m.requirements.values().map(|r| match &r.need {
            crate::model::Need::Flow(path) => Some(path.at(month).value()),
            crate::model::Need::Level(path) => Some(path.at(month).value()),
        });
        let all = lines.chain(suppliers).chain(funds);
        all.chain(resources).chain(needs).collect::<Vec<_>>()
    };
    assert_eq!(at(one), at(other), "{place} in month {month}");
}

#[test]
fn every_range_is_drawn_from_and_what_is_certain_is_an_error() {
    each(|written, notation, document, model| {
        let pattern = Pattern::from(&written.place);
        let draw = Change::new(pattern.clone(), How::Quantile(0.25));
        let at = format!("{}, {notation}", written.place);
        match document.changed(&[draw]) {
            Ok(new) => {
                assert_eq!(notation, "range", "{at}");
                assert_eq!(differences(model, &new), 1 + rest(written), "{at}");
                only_there(model, &new, &pattern);
            }
            Err(problems) if notation == "range" => {
                assert_eq!(kinds(&problems), [Kind::BadOpening], "{at}: {problems}");
            }
            Err(problems) => assert_eq!(kinds(&problems), [Kind::NoEffect], "{at}"),
        }
    });
}
