//! The two sides of a price: what one more is worth, and what one less costs.

use super::{Change, Solution};
use crate::program::{Row, Sense};
use crate::units::as_number;

/// What one more unit of a limit is worth and what one less costs; of a demand, what one more costs and what one
/// less saves. In the base currency per natural unit. They differ where a best plan has several prices: a limit
/// that is just used up, and nothing more wanted, is worth nothing more and dear to lose.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Sides {
    /// Of one more. `None`: there can be no more of it.
    pub more: Option<f64>,
    /// Of one less. `None`: no plan can do with less.
    pub less: Option<f64>,
}

impl Sides {
    /// Both sides the same.
    pub(crate) fn both(price: f64) -> Self {
        Self {
            more: Some(price),
            less: Some(price),
        }
    }

    /// What one more is worth; zero where there can be no more.
    pub fn worth(self) -> f64 {
        self.more.unwrap_or(0.0)
    }

    /// The price, if both sides agree.
    pub fn price(self) -> Option<f64> {
        self.more.filter(|_| self.more == self.less)
    }

    /// The same with sides that differ by rounding brought together: by no more than a hundred-thousandth of them.
    fn rounded(self) -> Self {
        match (self.more, self.less) {
            (Some(more), Some(less))
                if (more - less).abs() <= 1e-5 * more.abs().max(less.abs()) =>
            {
                Self::both(0.5 * (more + less))
            }
            _ => self,
        }
    }

    /// Whether neither side is worth anything.
    pub(super) fn is_nothing(self) -> bool {
        self.more == Some(0.0) && self.less == Some(0.0)
    }
}

impl Solution {
    /// Both sides of the price of one row, or of several that move together, each by an equal part of the unit: a
    /// limit over the periods of a year. They are tried from the plan itself in the first stage that they matter
    /// to, and are the same whatever solver found it. `None`: they could not be proved, or the program has no such
    /// rows. In a [large](Self::has_sides) program each side takes about as long as the plan did.
    ///
    /// ```
    /// use sinews::{ids::PeriodId, program::Row};
    /// let text = r#"
    /// model.note = "All that is made is wanted, and no more"
    /// calendar = { start = "2026-01", end = "2026-12", period = "year" }
    /// item.round.unit = "round"
    /// line.plant = { makes = "round", capacity = "40_000 round/year", cost = "1_000 EUR/round" }
    /// holder.ukraine = {}
    /// requirement.shells = { holder = "ukraine", item = "round", quantity = "40_000 round/year" }
    /// "#;
    /// let model = sinews::document::parse("kink.toml", text)?;
    /// let solution = sinews::solve(&model, &Default::default())?;
    /// let (plant, _) = model.lines.iter().next().expect("there is a line");
    /// let sides = solution.sides(&[Row::Capacity(plant, PeriodId::FIRST)]).expect("a small program");
    /// assert_eq!(sides.more, Some(0.0));
    /// assert!(sides.less > Some(999.0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn sides(&self, rows: &[Row]) -> Option<Sides> {
        // Two choices among the prices that are equally right, one from either end: where they agree in a program
        // that is not tiny, there is taken to be one price.
        let ground = self.ground.as_deref()?;
        let numbers: Vec<usize> = rows
            .iter()
            .filter_map(|&row| self.program.rows().position(row))
            .collect();
        let first = *numbers.first()?;
        let part = 1.0 / as_number(numbers.len());
        let moves = |sign: f64| {
            let unit = |&n: &usize| (n, sign * part / self.program.rows().unit(n));
            numbers.iter().map(unit).collect::<Vec<_>>()
        };
        let worth = match self.program.rows().sense(first) {
            Sense::AtMost => -1.0,
            Sense::AtLeast | Sense::Equal => 1.0,
        };
        // `None`: not proved; `Some(None)`: there is no such plan.
        let side = |stage: usize, sign: f64| {
            let change = match ground.moved(stage, &moves(sign)) {
                Change::By(change) => change,
                Change::NoPlan => return Some(None),
                Change::Unproved => return None,
            };
            let (largest, size) = self.stages[stage].scale();
            // What is nothing beside the prices of the stage is rounding.
            let price = sign * worth * change * size;
            let unit = part / self.program.rows().unit(first);
            Some(Some(if change.abs() <= 1e-7 * largest * unit {
                0.0
            } else {
                price
            }))
        };
        let known = |stage: usize| {
            let own = |&n: &usize| self.agrees(stage, n);
            if ground.is_tiny(stage) || !numbers.iter().all(own) {
                return None;
            }
            let duals = numbers
                .iter()
                .map(|&n| self.natural(self.stages[stage].dual(n), n));
            Some(Sides::both(worth * part * duals.sum::<f64>() + 0.0))
        };
        for stage in 0..self.stages.len() {
            let sides = match known(stage) {
                Some(sides) => sides,
                None => Sides {
                    more: side(stage, 1.0)?,
                    less: side(stage, -1.0)?,
                }
                .rounded(),
            };
            if !sides.is_nothing() {
                return Some(sides);
            }
        }
        Some(Sides::both(0.0))
    }

    /// Whether the program is small enough (2,000 columns are left to decide) for both sides of all its prices to be
    /// tried, as tables of a plan do. Of a larger one a table has one price that is right, and
    /// [`sensitivity`](crate::analysis::sensitivity) both sides of those that weigh most.
    pub fn has_sides(&self) -> bool {
        let ground = self.ground.as_ref();
        ground.is_some_and(|ground| ground.is_small())
    }

    /// Whether two choices among the prices of a row in a stage agree.
    fn agrees(&self, stage: usize, n: usize) -> bool {
        let ground = self.ground.as_ref();
        let Some(tighter) = ground.and_then(|ground| ground.tighter(stage, n)) else {
            return false;
        };
        let (largest, _) = self.stages[stage].scale();
        (tighter - self.stages[stage].duals[n]).abs() <= 1e-7 * largest
    }

    /// Whether a row has a price on either side, as far as two choices among its prices tell.
    pub(crate) fn has_price(&self, row: Row) -> bool {
        let Some(n) = self.program.rows().position(row) else {
            return false;
        };
        let known = self.has_sides();
        let own =
            |stage: usize| self.stages[stage].dual(n) != 0.0 || known && !self.agrees(stage, n);
        (0..self.stages.len()).any(own)
    }
}
