//! The one rule of time: what happens over a stretch of time happens evenly, and each period, year or
//! month has the share of it that lies within.
//!
//! ```text
//! share[t]  =  |stretch ∩ period t| / |stretch|
//! ```
//!
//! A flow of a period is even over the period; delayed by a span it is even over the period moved by that span.
//! With a span of `n` whole periods and a part `f`, a share `1 − f` comes `n` periods later and `f` one period
//! after that. What opens at a moment is open for the share of a period that lies after it.

use super::{Calendar, Month};
use crate::ids::{Id, PeriodId, YearId};
use crate::units::{Months, months};

/// A span that differs from whole months by less than this many, is whole: rounding of units.
const NOISE: f64 = 1e-8;

/// A stretch of time over which something happens evenly, in months after the start of a calendar (before
/// it if negative). One without length is a moment.
///
/// ```
/// use sinews::calendar::Stretch;
/// use sinews::units::months;
///
/// // Half a year, three months later.
/// let stretch = Stretch::between(months(0.0), months(6.0));
/// assert_eq!(stretch.later(months(3.0)), Stretch::between(months(3.0), months(9.0)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    from: f64,
    to: f64,
}

impl Stretch {
    /// The time between two moments, in months after the start of the calendar.
    pub fn between(from: Months, to: Months) -> Self {
        let (from, to) = (snapped(from.value()), snapped(to.value()));
        Self {
            from,
            to: to.max(from),
        }
    }

    /// The same stretch so much later.
    #[must_use]
    pub fn later(self, span: Months) -> Self {
        let by = span.value();
        Self::between(months(self.from + by), months(self.to + by))
    }

    /// The same stretch so much earlier.
    #[must_use]
    pub fn earlier(self, span: Months) -> Self {
        self.later(-span)
    }

    /// The moment in its middle, in months after the start of the calendar.
    pub fn middle(self) -> Months {
        months(f64::midpoint(self.from, self.to))
    }

    /// The moment at its start, in months after the start of the calendar.
    pub fn start(self) -> Months {
        months(self.from)
    }

    /// The moment at its end, in months after the start of the calendar.
    pub fn end(self) -> Months {
        months(self.to)
    }

    /// The share of it that lies before a moment; a moment lies before another or not.
    pub fn before(self, moment: Months) -> f64 {
        self.within(f64::NEG_INFINITY, snapped(moment.value()))
    }

    /// The share of it that lies at or after a moment.
    pub fn after(self, moment: Months) -> f64 {
        self.within(snapped(moment.value()), f64::INFINITY)
    }

    /// The part of it that lies before a moment. `None`: all of it lies after.
    pub fn until(self, moment: Months) -> Option<Self> {
        let to = snapped(moment.value()).min(self.to);
        (to > self.from).then_some(Self { to, ..self })
    }

    /// The part of it that lies after a moment. `None`: all of it lies before.
    pub fn since(self, moment: Months) -> Option<Self> {
        let from = snapped(moment.value()).max(self.from);
        (from < self.to).then_some(Self { from, ..self })
    }

    /// The share of it that lies between two moments.
    fn within(self, from: f64, to: f64) -> f64 {
        let length = self.to - self.from;
        if length > 0.0 {
            let inside = self.to.min(to) - self.from.max(from);
            (inside / length).clamp(0.0, 1.0)
        } else {
            f64::from(u8::from(from <= self.from && self.from < to))
        }
    }
}

impl Calendar {
    /// A period as a stretch of time.
    pub fn stretch(&self, t: PeriodId) -> Stretch {
        let length = f64::from(self.period.months());
        let from = f64::from(count(t.position())) * length;
        Stretch {
            from,
            to: from + length,
        }
    }

    /// A moment: the start of a month, in months after the start of the calendar.
    pub fn moment(&self, month: Month) -> Months {
        months(f64::from(month.since(self.start)))
    }

    /// The moment from which decisions are free.
    pub fn now(&self) -> Months {
        self.moment(self.decide_from())
    }

    /// Until when only what was on order is delivered, if what is ordered from when decisions are free takes so long; nothing
    /// new is ordered in history. `None`: nothing has to be ordered ahead.
    pub(crate) fn bound_until(&self, lead: Months) -> Option<Months> {
        (lead.value() > 0.0).then(|| self.now() + lead)
    }

    /// The moment at which the calendar ends.
    pub fn end_moment(&self) -> Months {
        self.moment(self.end())
    }

    /// The period a moment lies in; `None` outside the calendar.
    pub fn period_at(&self, moment: Months) -> Option<PeriodId> {
        let t = (snapped(moment.value()) / f64::from(self.period.months())).floor();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped"
        )]
        let n = t.clamp(0.0, 1e6) as usize;
        (t >= 0.0 && n < self.periods).then(|| PeriodId::at(n))
    }

    /// Every period that a stretch has a share in, and the share. What lies outside the calendar is left out.
    pub fn parts(&self, stretch: Stretch) -> impl Iterator<Item = (PeriodId, f64)> + use<> {
        let length = f64::from(self.period.months());
        let first = whole(stretch.from / length);
        let last = whole(stretch.to / length).min(self.periods.saturating_sub(1));
        let parts = (first..=last).map(move |n| {
            let from = f64::from(count(n)) * length;
            (PeriodId::at(n), stretch.within(from, from + length))
        });
        parts.filter(|&(_, share)| share > 0.0)
    }

    /// Every calendar year that a stretch has a share in, and the share; what lies before the calendar's first
    /// year is counted in that. Years after the last one of the calendar go on in number.
    pub fn year_parts(&self, stretch: Stretch) -> impl Iterator<Item = (YearId, f64)> + use<> {
        // The start of a year, in months after the start of the calendar; the first begins with time.
        let into = f64::from(self.start.number()) - 1.0;
        let begins = move |y: usize| match y {
            0 => f64::NEG_INFINITY,
            y => 12.0 * f64::from(count(y)) - into,
        };
        let year = |moment: f64| whole((moment + into) / 12.0);
        let parts = (year(stretch.from)..=year(stretch.to)).map(move |y| {
            let share = stretch.within(begins(y), begins(y + 1));
            (YearId::at(y), share)
        });
        parts.filter(|&(_, share)| share > 0.0)
    }

    /// The mean over a stretch of what has one value in each month; of a moment, the value in its month.
    pub fn mean(&self, stretch: Stretch, value: impl Fn(Month) -> f64) -> f64 {
        let at = |n: i32| value(self.start.plus(n));
        let (first, last) = (floor(stretch.from), floor(stretch.to));
        let constant = at(first);
        if (first..=last).all(|n| f64::from(n) >= stretch.to || at(n) == constant) {
            return constant;
        }
        let share = |n: i32| stretch.within(f64::from(n), f64::from(n) + 1.0);
        (first..=last).map(|n| share(n) * at(n)).sum()
    }
}

/// A number of months without the rounding of units.
fn snapped(months: f64) -> f64 {
    let whole = months.round();
    if (months - whole).abs() < NOISE {
        whole
    } else {
        months
    }
}

/// A number of periods or years as a count: none before the start.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped"
)]
fn whole(number: f64) -> usize {
    number.floor().clamp(0.0, 1e6) as usize
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a checked span is below 1,200 months"
)]
fn floor(months: f64) -> i32 {
    months.floor() as i32
}

/// A count of periods as a signed number.
pub(super) fn count(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::PeriodLength;

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    fn calendar(start: &str, end: &str, period: PeriodLength) -> Calendar {
        Calendar::new(month(start), month(end), period).unwrap()
    }

    fn quarters() -> Calendar {
        calendar("2026-04", "2028-12", PeriodLength::Quarter)
    }

    fn parts(c: &Calendar, stretch: Stretch) -> Vec<(usize, f64)> {
        c.parts(stretch)
            .map(|(t, share)| (t.position(), share))
            .collect()
    }

    #[test]
    fn a_delay_within_a_period_delays_its_share_of_a_flow() {
        let c = quarters();
        let second = c.stretch(PeriodId::at(1));
        let delayed = |span| parts(&c, second.later(months(span)));
        assert_eq!(delayed(0.0), [(1, 1.0)]);
        assert_eq!(delayed(1.0), [(1, 2.0 / 3.0), (2, 1.0 / 3.0)]);
        assert_eq!(delayed(6.0), [(3, 1.0)]);
        assert_eq!(delayed(7.5), [(3, 0.5), (4, 0.5)]);
        // Rounding of units is no delay.
        assert_eq!(delayed(9.000_000_000_3), [(4, 1.0)]);
        // What arrives after the end is left out.
        let last = c.stretch(c.last()).later(months(1.0));
        assert_eq!(parts(&c, last), [(10, 2.0 / 3.0)]);
        assert_eq!(parts(&c, c.stretch(c.last()).later(months(3.0))), []);
        // Where it left: before the start nothing did.
        let first = c.stretch(PeriodId::at(0)).earlier(months(1.0));
        assert_eq!(parts(&c, first), [(0, 2.0 / 3.0)]);
    }

    #[test]
    fn a_moment_lies_in_one_period_and_one_year() {
        let c = quarters();
        let at = |span| Stretch::between(months(span), months(span));
        assert_eq!(parts(&c, at(3.0)), [(1, 1.0)]);
        assert_eq!(c.period_at(months(2.9)), Some(PeriodId::at(0)));
        assert_eq!(c.period_at(months(33.0)), None);
        assert_eq!(c.period_at(months(-1.0)), None);
        let years: Vec<_> = c.year_parts(at(9.0)).collect();
        assert_eq!(years, [(YearId::at(1), 1.0)]);
        assert_eq!(
            (at(3.0).before(months(3.0)), at(3.0).after(months(3.0))),
            (0.0, 1.0)
        );
    }

    #[test]
    fn a_period_is_open_for_what_lies_after_the_moment() {
        let c = quarters();
        let open = |t, moment| c.stretch(PeriodId::at(t)).after(months(moment));
        assert_eq!(
            [open(0, 4.0), open(1, 4.0), open(2, 4.0)],
            [0.0, 2.0 / 3.0, 1.0]
        );
        let (early, late) = (
            c.stretch(PeriodId::at(1)).until(months(4.0)),
            c.stretch(PeriodId::at(1)).since(months(4.0)),
        );
        assert_eq!(early, Some(Stretch::between(months(3.0), months(4.0))));
        assert_eq!(late, Some(Stretch::between(months(4.0), months(6.0))));
        assert_eq!(c.stretch(PeriodId::at(1)).until(months(3.0)), None);
    }

    #[test]
    fn years_share_what_falls_due_by_overlap() {
        let c = quarters();
        let due = |t, span| -> Vec<(i32, f64)> {
            let due = c.stretch(PeriodId::at(t)).later(months(span));
            c.year_parts(due)
                .map(|(y, share)| (c.year_number(y), share))
                .collect()
        };
        assert_eq!(due(2, 1.0), [(2026, 2.0 / 3.0), (2027, 1.0 / 3.0)]);
        // Before the first year counts as the first; after the last one years go on.
        assert_eq!(due(3, -24.0), [(2026, 1.0)]);
        assert_eq!(due(10, 30.0), [(2031, 1.0)]);
        let years = calendar("2026-01", "2027-12", PeriodLength::Year);
        let year = years.stretch(PeriodId::at(1));
        let advance: Vec<_> = years.year_parts(year.earlier(months(3.0))).collect();
        assert_eq!(advance, [(YearId::at(0), 0.25), (YearId::at(1), 0.75)]);
        let long: Vec<_> = years
            .year_parts(Stretch::between(months(6.0), months(24.0)))
            .collect();
        assert_eq!(
            long,
            [(YearId::at(0), 1.0 / 3.0), (YearId::at(1), 2.0 / 3.0)]
        );
    }

    #[test]
    fn a_mean_weighs_months_by_their_share() {
        let c = calendar("2026-01", "2026-12", PeriodLength::Year);
        let value = |month: Month| f64::from(month.number());
        let mean = c.mean(Stretch::between(months(0.5), months(2.0)), value);
        approx::assert_relative_eq!(mean, (0.5 + 2.0) / 1.5);
        assert_eq!(c.mean(c.stretch(PeriodId::at(0)), |_| 0.1), 0.1);
    }
}
