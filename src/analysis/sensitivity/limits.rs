//! Limits: what one more unit is worth, and how far that holds.

use crate::analysis::{Trouble, Work};
use crate::model::Model;
use crate::names::Words;
use crate::program::{Role, Row, Sense};
use crate::solution::{Sides, Solution};
use crate::solve::{Runner, Session};
use std::collections::BTreeMap;

/// A limit that has a price in some window.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct RangedLimit {
    /// The row of the window in which it weighs most.
    pub row: Row,
    /// That row in words.
    pub words: Words,
    /// The unit of its right side.
    pub unit: String,
    /// What one more unit would be worth in that window, in the base currency; of a demand, what one more
    /// unit costs.
    pub price: f64,
    /// What one more is worth there, and what one less costs. In a program
    /// [too large](Solution::has_sides) to try both for every limit, of those that get a range; of others the price is both.
    pub sides: Sides,
    /// How much of it there is in that window, in its unit.
    pub amount: f64,
    /// Price times amount over all windows, in the base currency: a hundred times what one percent more of
    /// it is worth.
    pub weight: f64,
    /// How far the price holds; `None`: not looked into, or not to be seen.
    pub held: Option<Held>,
}

/// By how much a limit can change before its price does, in its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Held {
    /// Down by so much. Infinite: whatever is taken away.
    #[cfg_attr(feature = "serde", serde(with = "far"))]
    pub down: f64,
    /// Up by so much. Infinite: as far as was looked.
    #[cfg_attr(feature = "serde", serde(with = "far"))]
    pub up: f64,
}

/// A distance by serde: nothing stands for one without end, which formats such as JSON have no number for.
#[cfg(feature = "serde")]
mod far {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
    pub(super) fn serialize<S: Serializer>(far: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        far.is_finite().then_some(*far).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
        Option::deserialize(deserializer).map(|far| far.unwrap_or(f64::INFINITY))
    }
}

/// Every limit with a price, the weightiest first. Both sides of the price are tried of all in a small program, of so many
/// at most in a large one.
pub(super) fn all(
    m: &Model,
    s: &Solution,
    most: usize,
    work: &Work,
) -> Result<Vec<RangedLimit>, Trouble> {
    let mut limits = weighted(m, s);
    let tried = if s.has_sides() {
        limits.len()
    } else {
        most.min(limits.len())
    };
    let sides = work.all(tried, || (), |(), n| Ok(s.sides(&[limits[n].row])))?;
    for (limit, sides) in limits.iter_mut().zip(sides) {
        limit.sides = sides.unwrap_or(limit.sides);
    }
    for limit in &mut limits {
        limit.words = s.program().sentence(m, limit.row);
    }
    Ok(limits)
}

/// The same without words and without both sides of their prices.
fn weighted(m: &Model, s: &Solution) -> Vec<RangedLimit> {
    let program = s.program();
    let mut found: BTreeMap<Row, (f64, RangedLimit)> = BTreeMap::new();
    for n in 0..program.rows().len() {
        let row = program.rows().name(n);
        let price = s.price(row).unwrap_or(0.0);
        // A least order has a price only with its choices settled.
        let varied = matches!(row.role(), Role::Limit | Role::Requirement);
        if !varied || !s.has_price(row) {
            continue;
        }
        let subject = row.parts().0;
        let amount = s.in_use(n);
        let weight = price.abs() * amount;
        let limit = || RangedLimit {
            row,
            words: Words::default(),
            unit: program.unit_of(m, row),
            price,
            sides: Sides::both(price),
            amount,
            weight: 0.0,
            held: None,
        };
        let (most, known) = found.entry(subject).or_insert_with(|| (weight, limit()));
        // Of windows that weigh the same but for rounding, the first.
        if weight > *most * (1.0 + 1e-6) {
            (*most, known.row, known.price, known.amount) = (weight, row, price, amount);
        }
        known.weight += weight;
    }
    let mut limits: Vec<RangedLimit> = found.into_values().map(|(_, limit)| limit).collect();
    limits.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.row.cmp(&b.row)));
    limits
}

/// Every limit and requirement with a price, by the row of the window in which it weighs most, and its weight: its
/// price times its amount, over all windows.
pub(in crate::analysis) fn weighed(m: &Model, s: &Solution) -> Vec<(Row, f64)> {
    let limits = weighted(m, s).into_iter();
    limits.map(|limit| (limit.row, limit.weight)).collect()
}

/// Find how far the prices of the weightiest limits hold.
pub(super) fn hold(
    limits: &mut [RangedLimit],
    most: usize,
    model: &Model,
    session: &Session,
    work: &Work,
) -> Result<(), Trouble> {
    let looked: Vec<usize> = (0..limits.len().min(most)).collect();
    let ends = work.all(
        2 * looked.len(),
        || session.runner(),
        |runner, job| {
            let limit = &limits[looked[job / 2]];
            let sign = if job % 2 == 0 { -1.0 } else { 1.0 };
            Ok(reach(model, runner, limit, sign)?)
        },
    )?;
    for (n, ends) in looked.into_iter().zip(ends.chunks(2)) {
        let both = ends[0].zip(ends[1]);
        limits[n].held = both.map(|(down, up)| Held { down, up });
    }
    Ok(())
}

/// How near the value must be to what the price says.
const NEAR: f64 = 1e-3;
/// How far is far enough, as a multiple of the amount.
const FAR: f64 = 4.0;

/// How far a limit can move one way before its price no longer tells the value: by solving it there. `None` where that cannot
/// be seen: a limit of nothing says not how far to look, and what another moves may be less than rounding hides of all.
fn reach(
    model: &Model,
    runner: &mut Runner,
    limit: &RangedLimit,
    sign: f64,
) -> Result<Option<f64>, crate::solve::Failure> {
    let session = runner.session().clone();
    let (solution, program) = (session.solution(), session.solution().program());
    let n = program
        .rows()
        .position(limit.row)
        .expect("the row of the plan");
    let side = if sign > 0.0 {
        limit.sides.more
    } else {
        limit.sides.less
    };
    // Where there can be no more, or no less, it holds nowhere.
    let Some(side) = side else {
        return Ok(Some(0.0));
    };
    let dual = match program.rows().sense(n) {
        Sense::AtMost => -side,
        Sense::AtLeast | Sense::Equal => side,
    };
    let (base, unit) = (solution.stages[0].value, program.rows().unit(n));
    let far = FAR * limit.amount;
    let rounding = 1e-7 * (1.0 + base.abs());
    if far == 0.0 || (dual * far).abs() < 10.0 * rounding {
        return Ok(None);
    }
    let mut holds = |by: f64| {
        let right = program.rows().right(n) + sign * by / unit;
        let varied = program.with_right(n, right);
        match runner.solve_program(model, varied) {
            Ok(found) => {
                let wanted = dual * sign * by;
                let moved = found.stages[0].value - base;
                Ok((moved - wanted).abs() <= NEAR * wanted.abs() + rounding)
            }
            Err(crate::solve::Failure::Infeasible { .. }) => Ok(false),
            Err(failure) => Err(failure),
        }
    };
    if holds(far)? {
        return Ok(Some(f64::INFINITY));
    }
    // The value is convex in the limit: it leaves the line of the price once.
    let (mut low, mut high) = (0.0, far);
    for _ in 0..12 {
        let middle = 0.5 * (low + high);
        if holds(middle)? {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(Some(low))
}
