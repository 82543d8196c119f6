//! The rule of time, in months: what happens over a stretch of time happens evenly over it.

use super::Second;
use sinews::calendar::Month;
use sinews::path::Path;

/// How much of one stretch lies in another.
pub(super) fn common((a, b): (f64, f64), (c, d): (f64, f64)) -> f64 {
    (b.min(d) - a.max(c)).max(0.0)
}

impl Second<'_> {
    /// Months in a period.
    pub(super) fn step(&self) -> f64 {
        f64::from(self.m.calendar.period().months())
    }

    /// Months in the calendar.
    pub(super) fn months(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a few periods")]
        let periods = self.end() as f64;
        periods * self.step()
    }

    /// The moment from which decisions are free, in months from the start.
    pub(super) fn free_from(&self) -> f64 {
        self.moment(self.m.calendar.decide_from())
    }

    /// A period as a stretch of months from the start.
    pub(super) fn stretch(&self, t: usize) -> (f64, f64) {
        #[expect(clippy::cast_precision_loss, reason = "a few periods")]
        let start = t as f64 * self.step();
        (start, start + self.step())
    }

    /// The share of an even flow of one period that falls in another, a span of months later.
    pub(super) fn falls(&self, span: f64, from: usize, to: usize) -> f64 {
        let (a, b) = self.stretch(from);
        common((a + span, b + span), self.stretch(to)) / self.step()
    }

    /// The share of a period before some month.
    pub(super) fn before(&self, t: usize, month: f64) -> f64 {
        common(self.stretch(t), (f64::NEG_INFINITY, month)) / self.step()
    }

    /// A calendar year as a stretch of months from the start: the first reaches back for ever.
    pub(super) fn year_stretch(&self, year: usize) -> (f64, f64) {
        let gone = f64::from(self.m.calendar.start().number() - 1);
        #[expect(clippy::cast_precision_loss, reason = "a few years")]
        let start = 12.0 * year as f64 - gone;
        (
            if year == 0 { f64::NEG_INFINITY } else { start },
            start + 12.0,
        )
    }

    /// What of a stretch lies in each calendar year; a moment lies in one.
    pub(super) fn years_of(&self, (a, b): (f64, f64)) -> Vec<(usize, f64)> {
        let years = 0..200;
        if b - a < 1e-9 {
            let inside = |year: &usize| {
                let (start, end) = self.year_stretch(*year);
                start <= a && a < end
            };
            return years
                .into_iter()
                .find(inside)
                .map(|year| (year, 1.0))
                .into_iter()
                .collect();
        }
        let parts = years.map(|year| (year, common((a, b), self.year_stretch(year)) / (b - a)));
        parts.filter(|&(_, share)| share > 0.0).collect()
    }

    /// When a month begins, in months from the start.
    pub(super) fn moment(&self, month: Month) -> f64 {
        f64::from(month.since(self.m.calendar.start()))
    }

    /// The month at a moment.
    #[expect(clippy::cast_possible_truncation, reason = "a few months")]
    pub(super) fn month(&self, moment: f64) -> Month {
        self.m.calendar.start().plus((moment + 1e-9).floor() as i32)
    }

    /// The sum of a figure over time over a stretch, in figure-months.
    pub(super) fn over<U>(&self, path: &Path<U>, (a, b): (f64, f64)) -> f64 {
        let mut sum = 0.0;
        let mut at = a;
        while at < b - 1e-9 {
            let next = ((at + 1e-9).floor() + 1.0).min(b);
            sum += path.at(self.month(at)).value() * (next - at);
            at = next;
        }
        sum
    }
}
