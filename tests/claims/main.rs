//! What the reference model says, scenario by scenario: the tables of `docs/founding-claims.md` and
//! `docs/reference-model.md`, computed anew.
#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;
mod founding;
#[cfg(feature = "highs")]
mod intervals;
mod reference;
#[cfg(feature = "highs")]
mod steps;

use common::{side_by_side, solved};
#[cfg(feature = "highs")]
use sinews::analysis::outlook::Intervals;
use sinews::document::Document;
use sinews::model::Model;
use sinews::program::Column;
use sinews::solution::Solution;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

/// A scenario and its plan.
struct Answer {
    model: Model,
    solution: Solution,
}

impl Answer {
    /// The share of all that is required that is met, by value.
    fn by_value(&self) -> f64 {
        self.solution.mean_coverage(&self.model)
    }

    /// The coverage of one requirement, over the whole calendar.
    fn of(&self, key: &str) -> f64 {
        let mut found = self.coverages().filter(|(k, _)| *k == key);
        found.next().unwrap_or_else(|| panic!("{key}")).1
    }

    /// The coverage of one requirement in a year.
    fn in_year(&self, key: &str, year: i32) -> f64 {
        let requirements = &self.model.requirements;
        let (r, _) = requirements.iter().find(|(_, r)| r.key == key).unwrap();
        let y = self.model.calendar.year(year).unwrap();
        self.solution.requirements[r].years[y].coverage()
    }

    fn coverages(&self) -> impl Iterator<Item = (&str, f64)> {
        let requirements = self.model.requirements.iter();
        requirements.map(|(id, r)| (r.key.as_str(), self.solution.requirements[id].coverage()))
    }

    /// Ukraine's requirements.
    fn ukraine(&self) -> impl Iterator<Item = (&str, f64)> {
        self.coverages().filter(|(key, _)| key.starts_with("ua-"))
    }

    /// The mean coverage of Ukraine's requirements in a year.
    fn mean_in(&self, year: i32) -> f64 {
        mean(self.ukraine().map(|(key, _)| self.in_year(key, year)))
    }

    /// How many of Ukraine's requirements are met in full.
    fn met(&self) -> usize {
        self.ukraine()
            .filter(|(_, coverage)| *coverage > 0.995)
            .count()
    }

    /// What all of it costs, in bn EUR of the day.
    fn cost(&self) -> f64 {
        self.solution.cost.total / 1e9
    }

    /// The plants that are ordered, at least in part.
    fn plants(&self) -> BTreeSet<(&str, &str)> {
        let m = &self.model;
        let taken = |e| -> f64 {
            let builds = m.calendar.periods().map(|t| Column::Build(e, t));
            builds.map(|build| self.solution.value(build)).sum()
        };
        let ordered = m.expansions.iter().filter(|(e, _)| taken(*e) > 0.05);
        ordered
            .map(|(_, e)| (m.lines[e.line].key.as_str(), e.key.as_str()))
            .collect()
    }
}

fn mean(all: impl Iterator<Item = f64>) -> f64 {
    let all: Vec<f64> = all.collect();
    all.iter().sum::<f64>() / f64::from(u32::try_from(all.len()).unwrap())
}

/// Every scenario's plan, certified.
fn answers() -> BTreeMap<String, Answer> {
    let document = Document::open("models/europe.toml").unwrap();
    let keys = document.scenarios().into_iter().map(|s| s.key);
    let models = keys.map(|key| {
        let model = document.scenario(&key).and_then(|changed| changed.model());
        let model = model.unwrap_or_else(|problems| panic!("{key}: {problems}"));
        (key, model)
    });
    plans(models.collect())
}

/// The plan of each model, certified.
fn plans(models: Vec<(String, Model)>) -> BTreeMap<String, Answer> {
    let found = Mutex::new(BTreeMap::new());
    side_by_side(models, |(key, model)| {
        let solution = solved(&model);
        assert!(solution.certificate.holds(), "{key}");
        let answer = Answer { model, solution };
        found.lock().unwrap().insert(key, answer);
    });
    found.into_inner().unwrap()
}

/// Shares in per cent.
fn percent(shares: &[f64]) -> String {
    let shares: Vec<_> = shares
        .iter()
        .map(|share| format!("{:.0} %", 100.0 * share))
        .collect();
    shares.join(", ")
}

/// A plan for each scenario: minutes with the embedded solver, which `tests/highs.rs` compares on the same model.
#[test]
#[cfg_attr(
    not(feature = "highs"),
    ignore = "takes minutes without the feature `highs`"
)]
fn the_pages_about_the_reference_model_say_what_it_says() {
    let all = answers();
    let founding = founding::table(&all);
    is_said_in("docs/founding-claims.md", "answers", &founding);
    let parts = [
        ("plan", reference::figures(&all["armed_neutrality"])),
        ("spending", reference::spending(&all["armed_neutrality"])),
        ("payers", reference::payers(&all)),
        ("short", reference::short(&all)),
        ("tiers", reference::tiers(&all)),
        ("scenarios", reference::scenarios(&all)),
        ("basket", reference::basket(&all["armed_neutrality"].model)),
    ];
    let written = std::fs::read_to_string("docs/reference-model.md").unwrap();
    let page = parts.iter().fold(written.clone(), |page, (name, text)| {
        replaced(&page, name, text)
    });
    is_said("docs/reference-model.md", &written, &page);
}

/// Two sets of forty plans, and a plan by the month: with the embedded solver they would take many minutes.
#[cfg(feature = "highs")]
#[test]
fn the_pages_say_how_sure_the_headline_is_and_what_the_step_does_to_it() {
    let document = Document::open("models/europe.toml").unwrap();
    let drawn = intervals::drawn(&document);
    is_said_in(
        "docs/reference-model.md",
        "intervals",
        &intervals::table(&drawn),
    );
    is_kept(&drawn.intervals(&document));
    is_said_in("docs/formulation.md", "steps", &steps::table());
}

/// Asserts that the intervals which `plan` says are those of the model; under `UPDATE_EXPECT` they are written.
#[cfg(feature = "highs")]
fn is_kept(drawn: &Intervals) {
    let path = "models/europe/intervals.toml";
    let written = std::fs::read_to_string(path).unwrap_or_default();
    is_said(path, &written, &drawn.to_toml().unwrap());
    let kept = Intervals::kept("models/europe.toml".as_ref());
    assert_eq!(kept.unwrap().unwrap().model, drawn.model);
}

/// Asserts that a page says so between two marks; under `UPDATE_EXPECT` it is made to.
fn is_said_in(path: &str, name: &str, text: &str) {
    let written = std::fs::read_to_string(path).unwrap();
    let page = replaced(&written, name, text);
    is_said(path, &written, &page);
}

/// Asserts that a page is near to what it should be; under `UPDATE_EXPECT` it becomes that.
fn is_said(path: &str, written: &str, page: &str) {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    if update || !is_near(written, page) {
        expect_test::expect_file![format!("../../{path}")].assert_eq(page);
    }
}

/// Whether two pages have the same words, the same years, and other numbers that differ by no more than one of
/// the last digit: what lies at a half may be rounded either way.
fn is_near(written: &str, found: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let parts = |text: &str| -> (String, Vec<String>) {
        let words = text.split(digit).collect();
        let numbers = text.split(|c| !digit(c)).map(|n| n.replace(',', ""));
        (words, numbers.filter(|n| !n.is_empty()).collect())
    };
    let near = |(one, other): (&String, &String)| {
        let (Ok(a), Ok(b)) = (one.parse::<f64>(), other.parse::<f64>()) else {
            return one == other;
        };
        let decimals = one.split_once('.').map_or(0, |(_, rest)| rest.len());
        let last = 10f64.powi(-i32::try_from(decimals).unwrap());
        let year = (1900.0..=2100.0).contains(&a);
        one == other || (!year && (a - b).abs() <= 1.001 * last)
    };
    let ((words, numbers), (other_words, others)) = (parts(written), parts(found));
    words == other_words && numbers.len() == others.len() && numbers.iter().zip(&others).all(near)
}

#[test]
fn pages_are_near_if_their_words_are_the_same_and_their_numbers_nearly() {
    let page = "| a | 70 % | 1,350 | 2.3 of 18.8 |";
    assert!(is_near(page, "| a | 71 % | 1,351 | 2.4 of 18.8 |"));
    assert!(!is_near(page, "| a | 72 % | 1,350 | 2.3 of 18.8 |"));
    assert!(!is_near(page, "| b | 70 % | 1,350 | 2.3 of 18.8 |"));
    assert!(!is_near(page, "| a | 70 % | 1,350 | – |"));
    assert!(!is_near(page, "| a | 70 % | 1,350 | 2.3 of 19.0 |"));
    assert!(!is_near("in 2026", "in 2027"));
}

/// A page with the part between its two marks replaced.
fn replaced(page: &str, name: &str, text: &str) -> String {
    let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- end {name} -->"));
    let (before, rest) = page.split_once(&start).unwrap_or_else(|| panic!("{start}"));
    let (_, after) = rest.split_once(&end).unwrap_or_else(|| panic!("{end}"));
    format!("{before}{start}{text}{end}{after}")
}
