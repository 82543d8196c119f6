//! What the model answers to the founding claims: the table of `docs/founding-claims.md`, computed anew.
#![allow(clippy::unwrap_used)]

mod common;

use common::solved;
use expect_test::expect_file;
use sinews::document::Document;
use sinews::model::Model;
use sinews::program::Column;
use sinews::solution::Solution;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Mutex;

/// The scenarios that the answers need.
const SCENARIOS: [&str; 12] = [
    "armed_neutrality",
    "us_supplies_cut",
    "war_goes_on",
    "energetics_push",
    "order_books_full",
    "multi_year_contracts",
    "south_korea",
    "reassurance_force",
    "national_only",
    "coerced_deal",
    "drawn_out_talks",
    "ceasefire_rearmament",
];

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
        let all: Vec<f64> = self
            .ukraine()
            .map(|(key, _)| self.in_year(key, year))
            .collect();
        all.iter().sum::<f64>() / f64::from(u32::try_from(all.len()).unwrap())
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

/// Every scenario's plan, on two threads.
fn answers() -> BTreeMap<&'static str, Answer> {
    let document = Document::open("models/europe.toml").unwrap();
    let left = Mutex::new(SCENARIOS.to_vec());
    let found = Mutex::new(BTreeMap::new());
    let work = || {
        while let Some(key) = { left.lock().unwrap().pop() } {
            let model = document.scenario(key).and_then(|changed| changed.model());
            let model = model.unwrap_or_else(|problems| panic!("{key}: {problems}"));
            let solution = solved(&model);
            found
                .lock()
                .unwrap()
                .insert(key, Answer { model, solution });
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(work);
        scope.spawn(work);
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

#[expect(clippy::too_many_lines, reason = "a line a question")]
fn table(all: &BTreeMap<&str, Answer>) -> String {
    let base = &all["armed_neutrality"];
    let cut = &all["us_supplies_cut"];
    let war = &all["war_goes_on"];
    let push = &all["energetics_push"];
    let force = &all["reassurance_force"];
    let futures =
        ["coerced_deal", "drawn_out_talks", "ceasefire_rearmament"].map(|key| all[key].plants());
    let in_all = futures[0]
        .iter()
        .filter(|plant| futures[1].contains(*plant) && futures[2].contains(*plant));
    let against = |key: &str, other: &Answer| {
        format!(
            "{} against {}",
            percent(&[all[key].by_value()]),
            percent(&[other.by_value()])
        )
    };
    let taken = |key| {
        format!(
            "{:.0} to {:.0} %",
            100.0 * base.of(key),
            100.0 * force.of(key)
        )
    };
    let ballistic = "ua-ballistic-defence";
    let rows = [
        (
            "Can 20 bn USD a year be met? All requirements, by value",
            "armed_neutrality",
            percent(&[base.by_value()]),
        ),
        (
            "Ukraine's basket: mean coverage of its requirements in 2026, 2027, 2028",
            "armed_neutrality",
            percent(&[2026, 2027, 2028].map(|year| base.mean_in(year))),
        ),
        (
            "What it costs in five years, with Europe's own goals",
            "armed_neutrality",
            format!("{:.0} bn EUR", base.cost()),
        ),
        (
            "Ballistic missile defence, 2026",
            "armed_neutrality",
            percent(&[base.in_year(ballistic, 2026)]),
        ),
        (
            "The same without American supplies, 2026 and 2030",
            "us_supplies_cut",
            percent(&[2026, 2030].map(|year| cut.in_year(ballistic, year))),
        ),
        (
            "Anti-radiation missiles without American supplies",
            "us_supplies_cut",
            percent(&[cut.of("ua-sead")]),
        ),
        (
            "Guided rockets without American supplies",
            "us_supplies_cut",
            percent(&[cut.of("ua-rocket-guided")]),
        ),
        (
            "Requirements of Ukraine met in full; without American supplies",
            "armed_neutrality, us_supplies_cut",
            format!(
                "{} of {}, {}",
                base.met(),
                base.ukraine().count(),
                cut.met()
            ),
        ),
        (
            "War: all requirements, by value",
            "war_goes_on",
            percent(&[war.by_value()]),
        ),
        (
            "War: 155 mm for Ukraine",
            "war_goes_on",
            percent(&[war.of("ua-round-155")]),
        ),
        (
            "The same with explosives and powder first",
            "energetics_push",
            percent(&[push.of("ua-round-155")]),
        ),
        (
            "Mines at war; with explosives and powder first",
            "war_goes_on, energetics_push",
            percent(&[war.of("ua-mine"), push.of("ua-mine")]),
        ),
        (
            "What firms' idle capacity adds at war, by value",
            "order_books_full",
            against("order_books_full", war),
        ),
        (
            "What contracts of several years add at war, by value",
            "multi_year_contracts",
            against("multi_year_contracts", war),
        ),
        (
            "What South Korea adds at war: guided rockets",
            "south_korea",
            format!(
                "{} against {}",
                percent(&[all["south_korea"].of("ua-rocket-guided")]),
                percent(&[war.of("ua-rocket-guided")])
            ),
        ),
        (
            "What a force of 25,000 costs beyond the base",
            "reassurance_force",
            format!("{:.0} bn EUR", force.cost() - base.cost()),
        ),
        (
            "What it takes: British anti-tank weapons, French anti-tank missiles",
            "reassurance_force",
            format!("{}, {}", taken("gb-nlaw"), taken("fr-akeron")),
        ),
        (
            "Every capital for itself, by value",
            "national_only",
            against("national_only", base),
        ),
        (
            "Plants ordered in each of the three futures",
            "coerced_deal, drawn_out_talks, ceasefire_rearmament",
            format!(
                "{} in all three; {}, {} and {}",
                in_all.count(),
                futures[0].len(),
                futures[1].len(),
                futures[2].len()
            ),
        ),
    ];
    let mut table = "| question | scenario | answer |\n|---|---|--:|\n".to_owned();
    for (question, scenario, answer) in rows {
        writeln!(table, "| {question} | {scenario} | {answer} |").unwrap();
    }
    table
}

#[test]
fn the_answers_to_the_founding_claims_are_what_the_model_says() {
    let page = include_str!("../docs/founding-claims.md");
    let (before, rest) = page.split_once("<!-- answers -->\n").unwrap();
    let (_, after) = rest.split_once("<!-- end -->").unwrap();
    let table = table(&answers());
    expect_file!["../docs/founding-claims.md"].assert_eq(&format!(
        "{before}<!-- answers -->\n{table}<!-- end -->{after}"
    ));
}
