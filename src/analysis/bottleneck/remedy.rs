//! Remedies: the smallest change that helps against a cause, and what comes of it in a new plan.

use super::cause::Cause;
use crate::analysis::equation::{Matrix, Prices};
use crate::document::{Change, How, Pattern};
use crate::dotted::joined;
use crate::ids::{RequirementId, Table, YearId};
use crate::model::Model;
use crate::names::Words;
use crate::problem::Place;
use crate::program::{
    By, Column, Easing, MORE_CAPACITY, OPENING_SOONER, Program, SUPPLIER_SOONER, Thing,
};
use crate::units::Months;

/// A change that helps against a cause.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Lever {
    /// The cause.
    pub cause: Cause,
    /// The change in words: "10 % more capacity of line `nora`".
    pub words: Words,
    /// What it does to the figures of the document.
    pub changes: Vec<Change>,
    /// Whether it moves a limit and nothing else, so that prices promise what it is worth.
    pub limit: bool,
}

/// What a lever does in a new plan.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Remedy {
    /// The lever.
    pub lever: Lever,
    /// What the prices of the plan promise, in the base currency: shortfall avoided at what it counts,
    /// and cost saved. `None`: the lever is no change of a limit.
    pub promised: Option<f64>,
    /// What the new plan is better by, in the same measure.
    pub gained: f64,
    /// What each requirement is less short of in the new plan, by year, in its unit.
    pub met: Table<RequirementId, Table<YearId, f64>>,
}

/// What a lever adds to a fund, spread over its years as its money is.
const BILLION: f64 = 1e9;
/// How much sooner a lead time ends.
const SOONER: Months = Months::new(6.0);

/// The levers against a cause: those for which the document has a figure.
pub(crate) fn levers(m: &Model, program: &Program, cause: Cause) -> Vec<Lever> {
    let mut eased: Vec<(Thing, &Easing)> = Vec::new();
    match cause {
        Cause::Limit(row) => {
            let easings = row.table().easings.iter();
            eased.extend(easings.map(|easing| (row.thing(), easing)));
        }
        Cause::Opening(e) => {
            eased.push((Thing::Expansion(e), &OPENING_SOONER));
            let line = Thing::Line(m.expansions[e].line);
            eased.extend(MORE_CAPACITY.iter().map(|easing| (line, easing)));
        }
        Cause::NoSource(i) => {
            let suppliers = m.suppliers.iter().filter(|(_, q)| q.item == i);
            eased.extend(suppliers.map(|(q, _)| (Thing::Supplier(q), &SUPPLIER_SOONER)));
        }
        Cause::Cost | Cause::Urgent | Cause::AlsoServes(_) | Cause::Joint => {}
    }
    let mut levers: Vec<Lever> = Vec::new();
    for (thing, easing) in eased {
        let lever = lever(m, program, cause, thing, easing);
        let known = |lever: &Lever| levers.iter().any(|other| other.words == lever.words);
        levers.extend(lever.filter(|lever| !known(lever)));
    }
    levers
}

/// What eases a limit on a thing, if the document has a figure for it that is not nothing.
fn lever(
    m: &Model,
    program: &Program,
    cause: Cause,
    thing: Thing,
    easing: &Easing,
) -> Option<Lever> {
    let mut words = Words::about(easing.words, thing.words(m, program.network()));
    let (field, factor) = match easing.by {
        By::Times(factor) => (easing.field, factor),
        By::Sooner => {
            let (field, span) = thing.wait(m)?;
            (field, sooner(span))
        }
        By::Billion => {
            let all = money(m, program, thing);
            words = Words::new(format!("1 bn {} ", m.money.base())).and(words);
            (easing.field, 1.0 + BILLION / all)
        }
    };
    if !factor.is_finite() {
        return None;
    }
    let places = thing.places(m, program.network(), field);
    let figures = |place: &Place| {
        let any = field
            .contains('*')
            .then(|| joined(place.keys()).parse().ok());
        any.flatten().unwrap_or_else(|| Pattern::from(place))
    };
    let changes = places.iter().map(figures);
    let changes: Vec<Change> = changes
        .map(|f| Change::new(f, How::Scale(factor)))
        .collect();
    let there = |change: &Change| {
        let figures = m.evidence.figures.iter();
        let mut own = figures.filter(|figure| change.figures.matches(&figure.place));
        own.any(|figure| figure.value != 0.0)
    };
    (!changes.is_empty() && changes.iter().all(there)).then_some(Lever {
        cause,
        words,
        changes,
        limit: easing.alone,
    })
}

/// What funds that are alike hold in all years, in the base currency.
fn money(m: &Model, program: &Program, thing: Thing) -> f64 {
    let Thing::Purse(g) = thing else { return 0.0 };
    let funds = program.network().accounts.purses()[g].iter();
    let years = |&f| m.calendar.years().map(move |y| Column::Money(f, y));
    let columns = funds.flat_map(years);
    columns.map(|column| program.fixed(column)).sum()
}

/// The factor by which a span of time becomes six months shorter.
fn sooner(span: Months) -> f64 {
    if span.value() > 0.0 {
        ((span.value() - SOONER.value()) / span.value()).max(0.0)
    } else {
        1.0
    }
}

/// What prices promise for a program whose limits lie elsewhere: each limit's move at its price, in
/// internal units of money.
pub(super) fn promise(matrix: &Matrix<'_>, prices: &Prices, varied: &Program) -> f64 {
    let (own, other) = (matrix.program.rows(), varied.rows());
    // A row may be counted in units of its own limit: what it moves to is taken in those of this plan.
    let right = |n: usize| {
        let there = other.position(own.name(n));
        there.map_or(0.0, |there| {
            other.right(there) * other.unit(there) / own.unit(n) - own.right(n)
        })
    };
    let rows: f64 = (0..own.len()).map(|n| prices.duals[n] * right(n)).sum();
    let fixed = matrix.program.columns().iter().enumerate();
    let fixed = fixed.filter(|(_, column)| column.lower == column.upper);
    let moved = |(j, column): (usize, &crate::program::ColumnData)| {
        let there = varied.plan().get(column.name);
        let there = there.map(|&there| varied.columns()[there as usize].lower);
        prices.reduced[j] * (there.unwrap_or(0.0) - column.lower)
    };
    -(rows + fixed.map(moved).sum::<f64>())
}
