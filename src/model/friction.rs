//! Friction: what lies between what could be done and what is done.

use super::{Draft, Fund};
use crate::ids::{FundId, LineId, PeriodId, SupplierId, YearId};
use crate::units::{Months, PiecesPerYear, Share};

/// How much less, and how much later, than it could be. It acts on history; on what is planned as well if it is
/// [`onward`](Self::onward).
///
/// ```
/// use sinews::units::{Share, months};
///
/// // What is likely: a tenth less, and expansions half a year late.
/// let mut draft = sinews::read("models/tiny.toml")?.into_draft();
/// draft.friction.output = Share::new(0.9);
/// draft.friction.delay = months(6.0);
/// draft.friction.onward = true;
/// assert!(draft.friction.is_some());
/// # Ok::<(), sinews::problem::Problems>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Friction {
    /// What lines make, and suppliers deliver, of what they could.
    pub output: Share,
    /// What funds ever have of what they were promised, if they do not say so themselves ([`Fund::fulfilled`]).
    pub money: Share,
    /// The share of that which comes a year later than promised, if a fund does not say so itself ([`Fund::late`]).
    pub late: Share,
    /// How much later than planned expansions open.
    pub delay: Months,
    /// Whether it acts on what is planned as well: what is likely to be done, beside what could be.
    pub onward: bool,
}

impl Default for Friction {
    /// None at all.
    fn default() -> Self {
        Self {
            output: Share::new(1.0),
            money: Share::new(1.0),
            late: Share::new(0.0),
            delay: Months::ZERO,
            onward: false,
        }
    }
}

impl Friction {
    /// Whether it changes anything where it acts.
    pub fn is_some(&self) -> bool {
        self.output != Share::new(1.0)
            || self.money != Share::new(1.0)
            || self.late != Share::new(0.0)
            || self.delay != Months::ZERO
    }
}

impl Draft {
    /// The share of what could come in a period that does.
    pub(crate) fn done(&self, t: PeriodId) -> f64 {
        if self.friction.onward || self.calendar.is_past(t) {
            self.friction.output.value()
        } else {
            1.0
        }
    }

    /// The share of its capacity that a line can use in a period.
    pub(crate) fn usable(&self, l: LineId, t: PeriodId) -> Share {
        let (line, c) = (&self.lines[l], &self.calendar);
        let mean = || line.utilisation.mean(c, t);
        if line.utilisation.is_constant() || line.capacity.is_constant() {
            return mean() * self.done(t);
        }
        // Of a period in which both change: what can be used of what there is, month by month.
        let first = c.first_month(t);
        let months = (0..c.period().months()).map(|n| first.plus(n));
        let (mut used, mut all) = (0.0, 0.0);
        for month in months {
            let capacity = line.capacity.at(month).value();
            used += line.utilisation.at(month).value() * capacity;
            all += capacity;
        }
        let share = if all > 0.0 {
            Share::new(used / all)
        } else {
            mean()
        };
        share * self.done(t)
    }

    /// What a supplier delivers a year at most, on average over a period.
    pub(crate) fn rate(&self, q: SupplierId, t: PeriodId) -> PiecesPerYear {
        self.suppliers[q].rate.mean(&self.calendar, t) * self.done(t)
    }

    /// The least that a line makes a year, on average over a period.
    pub(crate) fn minimum(&self, l: LineId, t: PeriodId) -> PiecesPerYear {
        let minimum = self.lines[l].minimum.as_ref();
        let least = minimum.map_or(PiecesPerYear::ZERO, |path| path.mean(&self.calendar, t));
        least * self.done(t)
    }

    /// Whether friction changes anything where it acts: that of all, or that of a fund.
    pub fn has_friction(&self) -> bool {
        let own = |fund: &Fund| fund.fulfilled.is_some() || fund.late.is_some();
        self.friction.is_some() || self.funds.values().any(own)
    }

    /// The shares of what a fund was promised for a year that come in it and a year later.
    pub(super) fn kept_promises(&self, f: FundId, y: YearId) -> (f64, f64) {
        if self.friction.onward || self.calendar.is_past_year(y) {
            let fund = &self.funds[f];
            let kept = fund.fulfilled.unwrap_or(self.friction.money).value();
            let late = fund.late.unwrap_or(self.friction.late).value();
            (kept * (1.0 - late), kept * late)
        } else {
            (1.0, 0.0)
        }
    }

    /// Let expansions open as late as friction has it.
    pub(super) fn delay_expansions(&mut self) {
        let friction = self.friction;
        for expansion in self.expansions.values_mut() {
            let acts = friction.onward || expansion.ordered.is_some();
            expansion.delay = if acts { friction.delay } else { Months::ZERO };
        }
    }
}
