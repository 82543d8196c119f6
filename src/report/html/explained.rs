//! What is behind the numbers of a page: each number of the plan explained, short enough to lie in the page.

use super::super::number::{price, quantity, share};
use crate::analysis::brief::Brief;
use crate::analysis::explain::{Explanation, Figure, Hold, Term, Wait, explanations};
use crate::document::Vary;
use crate::dotted::joined;
use crate::model::Model;
use crate::solution::Solution;
use serde::Serialize;
use std::collections::BTreeMap;

/// How many limits, and how many terms of an equation, are told.
const TOLD: usize = 8;
/// How many figures of a thing are told.
const FIGURES: usize = 40;

/// Every number that is explained, by what it is about, and the figures that they rest on.
#[derive(Default, Serialize)]
pub(super) struct Explained {
    numbers: BTreeMap<String, Number>,
    figures: Vec<Behind>,
    #[serde(skip)]
    known: BTreeMap<String, usize>,
}

/// A number and what is behind it.
#[derive(Serialize)]
struct Number {
    words: String,
    value: String,
    unit: String,
    /// The number of each year.
    years: Vec<(i32, String)>,
    /// What it waits for: in words, the share, the figures that would ease it.
    waits: Vec<(String, String, Vec<usize>)>,
    /// What holds it: in words, the price, the weight in millions.
    limits: Vec<[String; 3]>,
    /// What the equation is about.
    about: String,
    /// Its terms: in words, price, factor, and price times factor.
    equation: Vec<[String; 4]>,
    /// The figures it rests on.
    figures: Vec<usize>,
    /// What it counts: a name, what is so of it, and what that is about.
    list: Vec<[String; 3]>,
}

/// A figure and the fact or assumption behind it.
#[derive(Serialize)]
struct Behind {
    place: String,
    position: String,
    value: String,
    basis: String,
}

impl Explained {
    /// What is behind a plan and its brief.
    pub(super) fn of(document: &dyn Vary, m: &Model, s: &Solution, brief: Option<&Brief>) -> Self {
        let mut all = Self::default();
        for (name, found) in explanations(document, m, s) {
            let number = all.number(&found);
            all.numbers.insert(name, number);
        }
        for tier in s.tiers(m) {
            let name = joined(["tier", &tier.tier.to_string()]);
            all.numbers.insert(name, of_tier(m, s, tier.tier));
        }
        for own in brief.iter().flat_map(|brief| &brief.basis.weightiest) {
            let mut figures = m.evidence.figures.iter();
            let figure = figures.find(|figure| figure.place.to_string() == own.place);
            let basis = figure.map(|figure| all.figure(&found(document, m, figure)));
            let [low, high] = own.range;
            let number = Number {
                value: quantity(own.value),
                unit: own.unit.clone(),
                figures: basis.into_iter().collect(),
                list: vec![
                    ["at the least".into(), quantity(low), String::new()],
                    ["at the most".into(), quantity(high), String::new()],
                ],
                ..Number::new(own.figure.clone())
            };
            all.numbers.insert(format!("figure.{}", own.place), number);
        }
        all
    }

    fn number(&mut self, found: &Explanation) -> Number {
        let wait = |own: &Wait| {
            let figures = self.figures_of(&own.figures);
            (own.words.clone(), share(own.share), figures)
        };
        let waits: Vec<_> = found.waits_for.iter().map(wait).collect();
        let limit = |own: &Hold| {
            let weight = quantity(own.weight / 1e6);
            [own.words.clone(), price(own.price), weight]
        };
        let term = |own: &Term| {
            let or_none =
                |value: Option<f64>, of: fn(f64) -> String| value.map_or_else(String::new, of);
            [
                own.words.clone(),
                or_none(own.price, price),
                or_none(own.factor, quantity),
                price(own.value),
            ]
        };
        let mut limits: Vec<_> = found.limits.iter().take(TOLD).map(limit).collect();
        if let Some(rest) = found.limits.get(TOLD..).filter(|rest| !rest.is_empty()) {
            let weight = rest.iter().map(|own| own.weight).sum::<f64>() / 1e6;
            limits.push([others(rest.len()), String::new(), quantity(weight)]);
        }
        let mut equation: Vec<_> = found.equation.iter().take(TOLD).map(term).collect();
        if let Some(rest) = found.equation.get(TOLD..).filter(|rest| !rest.is_empty()) {
            let value = rest.iter().map(|own| own.value).sum();
            equation.push([
                others(rest.len()),
                String::new(),
                String::new(),
                price(value),
            ]);
        }
        Number {
            value: quantity(found.value),
            unit: found.unit.clone(),
            years: found
                .years
                .iter()
                .map(|&(year, value)| (year, quantity(value)))
                .collect(),
            waits,
            limits,
            about: found.about.clone(),
            equation,
            figures: self.figures_of(&found.figures),
            ..Number::new(found.words.clone())
        }
    }

    fn figures_of(&mut self, figures: &[Figure]) -> Vec<usize> {
        let told = figures.iter().take(FIGURES);
        told.map(|figure| self.figure(figure)).collect()
    }

    /// The position of a figure, which is told once.
    fn figure(&mut self, figure: &Figure) -> usize {
        if let Some(&known) = self.known.get(&figure.place) {
            return known;
        }
        let next = self.figures.len();
        self.known.insert(figure.place.clone(), next);
        self.figures.push(Behind {
            place: figure.place.clone(),
            position: figure.position.clone().unwrap_or_default(),
            value: format!("{} {}", quantity(figure.value), figure.unit)
                .trim_end()
                .to_owned(),
            basis: figure.basis.clone(),
        });
        next
    }
}

impl Number {
    fn new(words: String) -> Self {
        Self {
            words,
            value: String::new(),
            unit: String::new(),
            years: Vec::new(),
            waits: Vec::new(),
            limits: Vec::new(),
            about: String::new(),
            equation: Vec::new(),
            figures: Vec::new(),
            list: Vec::new(),
        }
    }
}

/// A figure of the model as `explain` tells it.
fn found(document: &dyn Vary, m: &Model, figure: &crate::evidence::Figure) -> Figure {
    Figure {
        place: figure.place.to_string(),
        position: document.position(&figure.place),
        value: figure.value,
        unit: figure.unit.clone(),
        basis: m.evidence.basis_in_words(&figure.basis),
    }
}

/// Which requirements a tier counts.
fn of_tier(m: &Model, s: &Solution, tier: u32) -> Number {
    let own = m.requirements.iter();
    let own = own.filter(|(r, one)| one.tier == tier && s.requirements[*r].required > 0.0);
    let mut own: Vec<_> = own
        .map(|(r, one)| (s.requirements[r].coverage(), one))
        .collect();
    let met = s.tiers(m);
    let met = met.iter().find(|own| own.tier == tier);
    let value = met.map_or(String::new(), |own| {
        format!("{} of {}", own.in_full, own.requirements)
    });
    own.sort_by(|a, b| a.0.total_cmp(&b.0));
    let list = own.into_iter().map(|(coverage, one)| {
        let holder = &m.holders[one.holder].name;
        [
            format!("{} ({holder})", one.name),
            share(coverage),
            joined(["requirement", one.key.as_str()]),
        ]
    });
    Number {
        value,
        list: list.collect(),
        ..Number::new(format!("requirements of tier {tier} that are met in full"))
    }
}

/// What stands for rows that are not shown.
fn others(count: usize) -> String {
    let noun = if count == 1 { "other" } else { "others" };
    format!("{count} {noun} together")
}
