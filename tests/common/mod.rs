//! What tests share: small models from a few lines of TOML.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

pub mod basket;
pub mod pages;
pub mod restored;
pub mod saved;

use sinews::ids::{Id, PeriodId, RequirementId, YearId};
use sinews::model::Model;
use sinews::program::Row;
use sinews::solution::Solution;
use sinews::solve::{Options, Solver};

/// Two years, one period each; one item, one holder; and more TOML.
pub fn toy(more: &str) -> Model {
    toy_of("", "", more)
}

/// The same, with more fields of the item and of the holder.
pub fn toy_of(item: &str, holder: &str, more: &str) -> Model {
    text(&toy_text(item, holder, more))
}

/// Its text.
pub fn toy_text(item: &str, holder: &str, more: &str) -> String {
    format!(
        r#"
[model]
name = "toy"
note = "a toy"
[calendar]
start = "2026-01"
end = "2027-12"
period = "year"
[item.round]
unit = "round"
value = "100 EUR/round"
{item}
[holder.ua]
{holder}
{more}
"#
    )
}

/// A model from a whole TOML text.
pub fn text(text: &str) -> Model {
    sinews::document::parse("toy.toml", text).unwrap_or_else(|problems| panic!("{problems}"))
}

/// Ten rounds are required, worth 100 EUR each. The first four cost 10 EUR, three more 20 EUR. The fund
/// has 100 EUR.
///
/// Of the first 40 EUR each buys a tenth of a round and avoids 10 EUR; of the next 60 EUR each avoids
/// 5 EUR; after that nothing more can be made.
pub fn cheap_and_dear() -> Model {
    text(
        r#"
[model]
note = "a toy"
[calendar]
start = "2026-01"
end = "2026-12"
period = "year"
[item.round]
unit = "round"
value = "100 EUR/round"
[line.cheap]
name = "the cheap one"
makes = "round"
capacity = "4 round/year"
cost = "10 EUR/round"
[line.dear]
makes = "round"
capacity = "3 round/year"
cost = "20 EUR/round"
[holder.ua]
[requirement.rounds]
holder = "ua"
item = "round"
quantity = "10 round/year"
[fund.aid]
amount = "100 EUR/year"
"#,
    )
}

/// Its best plan, on the embedded solver.
pub fn solved(model: &Model) -> Solution {
    let options = Options {
        solver: embedded(model),
        ..Options::default()
    };
    sinews::solve(model, &options).unwrap_or_else(|failure| panic!("{failure}"))
}

/// The solver that is always built in and can take the model.
pub fn embedded(model: &Model) -> Solver {
    let whole = model.expansions.values().any(|e| e.whole)
        || model.suppliers.values().any(|q| q.minimum_order.is_some());
    if whole {
        Solver::Microlp
    } else {
        Solver::Clarabel
    }
}

/// The period with this position.
pub fn t(position: usize) -> PeriodId {
    PeriodId::at(position)
}

/// The year with this position.
pub fn y(position: usize) -> YearId {
    YearId::at(position)
}

/// The id at this position.
pub fn at<I: Id>(position: usize) -> I {
    I::at(position)
}

/// What the first requirement is short of, by window.
pub fn short(solution: &Solution) -> Vec<f64> {
    let windows = &solution.requirements[RequirementId::FIRST].windows;
    windows.iter().map(|(_, met)| met.short).collect()
}

/// The price of a row that must be there.
pub fn price(solution: &Solution, row: Row) -> f64 {
    solution
        .price(row)
        .unwrap_or_else(|| panic!("no row {row:?}"))
}

/// Equal to six digits.
#[track_caller]
pub fn same(found: f64, wanted: f64) {
    assert!(
        (found - wanted).abs() <= 1e-6 * (1.0 + wanted.abs()),
        "found {found}, wanted {wanted}"
    );
}

/// Equal to six digits, one by one.
#[track_caller]
pub fn all_same(found: &[f64], wanted: &[f64]) {
    assert_eq!(
        found.len(),
        wanted.len(),
        "found {found:?}, wanted {wanted:?}"
    );
    for (&found, &wanted) in found.iter().zip(wanted) {
        same(found, wanted);
    }
}

/// The models that come with the library.
pub fn shipped() -> Vec<std::path::PathBuf> {
    let mut models: Vec<_> = std::fs::read_dir("models")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "toml")
        })
        .collect();
    models.sort();
    models
}

/// Do every job, on two threads: whoever is free takes the next.
pub fn side_by_side<T: Send>(jobs: impl IntoIterator<Item = T>, work: impl Fn(T) + Sync) {
    let left = std::sync::Mutex::new(jobs.into_iter().collect::<std::collections::VecDeque<T>>());
    let next = || left.lock().unwrap().pop_front();
    let worker = || {
        while let Some(job) = next() {
            work(job);
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(worker);
        scope.spawn(worker);
    });
}
