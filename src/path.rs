//! A value over time: steps that hold from a month until the next.

use crate::calendar::{Calendar, Month, Stretch};
use crate::ids::PeriodId;
use crate::units::Amount;

/// A value over time, constant between its steps.
///
/// Before its first step a path is zero if it [starts from nothing](Path::from_nothing) (capacity,
/// output, money: what does not exist yet), else it holds its first value (prices, shares).
///
/// Paths are equal that have the same steps and the same value before them: of one that is the same at all times, nothing
/// lies before.
///
/// ```
/// use sinews::path::Path;
/// use sinews::units::per_year;
///
/// let path = Path::steps([("2026-01".parse()?, per_year(100.0)), ("2027-07".parse()?, per_year(160.0))]);
/// assert_eq!(path.at("2028-01".parse()?), per_year(160.0));
/// // Before its first step it has the first value, unless there is nothing before.
/// assert_eq!(path.at("2025-01".parse()?), per_year(100.0));
/// assert_eq!(path.from_nothing().at("2025-01".parse()?), per_year(0.0));
/// # Ok::<(), sinews::calendar::NotAMonth>(())
/// ```
#[derive(Clone, Debug)]
pub struct Path<U> {
    steps: Vec<(Month, Amount<U>)>,
    from_nothing: bool,
}

impl<U> Path<U> {
    /// The same value at all times.
    pub fn constant(value: Amount<U>) -> Self {
        Self {
            steps: vec![(Month::FIRST, value)],
            from_nothing: false,
        }
    }

    /// Steps in any order; the first value also holds before its month. Without a step it is nothing at all times.
    pub fn steps(steps: impl IntoIterator<Item = (Month, Amount<U>)>) -> Self {
        let mut steps: Vec<_> = steps.into_iter().collect();
        if steps.is_empty() {
            return Self::constant(Amount::ZERO);
        }
        steps.sort_by_key(|&(month, _)| month);
        Self {
            steps,
            from_nothing: false,
        }
    }

    /// The same steps, with nothing before the first one.
    #[must_use]
    pub fn from_nothing(self) -> Self {
        Self {
            from_nothing: true,
            ..self
        }
    }

    /// Whether it has the same value at all times.
    pub fn is_constant(&self) -> bool {
        self.steps.len() == 1 && self.steps[0].0 == Month::FIRST
    }

    /// Whether there is nothing before its first step.
    pub fn is_from_nothing(&self) -> bool {
        self.from_nothing
    }

    /// The value in a month.
    pub fn at(&self, month: Month) -> Amount<U> {
        match self.steps.partition_point(|&(from, _)| from <= month) {
            0 if self.from_nothing => Amount::ZERO,
            0 => self.steps[0].1,
            n => self.steps[n - 1].1,
        }
    }

    /// The mean value over a period.
    pub fn mean(&self, calendar: &Calendar, t: PeriodId) -> Amount<U> {
        let length = calendar.period().months();
        let first = calendar.first_month(t);
        if self
            .steps
            .iter()
            .all(|&(from, _)| from <= first || from >= first.plus(length))
        {
            return self.at(first);
        }
        let total: Amount<U> = (0..length).map(|n| self.at(first.plus(n))).sum();
        total * (1.0 / f64::from(length))
    }

    /// The mean value over a stretch of time.
    pub fn over(&self, calendar: &Calendar, stretch: Stretch) -> Amount<U> {
        Amount::new(calendar.mean(stretch, |month| self.at(month).value()))
    }

    /// The value at the end of a period.
    pub fn closing(&self, calendar: &Calendar, t: PeriodId) -> Amount<U> {
        self.at(calendar.first_month(t).plus(calendar.period().months() - 1))
    }

    /// Every value, in order of time.
    pub fn values(&self) -> impl Iterator<Item = Amount<U>> {
        self.steps.iter().map(|&(_, value)| value)
    }

    /// Every step, in order of time.
    pub fn iter(&self) -> impl Iterator<Item = (Month, Amount<U>)> {
        self.steps.iter().copied()
    }

    /// The largest value it ever has.
    pub fn most(&self) -> Amount<U> {
        self.values().fold(Amount::ZERO, Amount::max)
    }

    /// The same path with every value passed through `f`.
    pub fn map<V>(&self, f: impl Fn(Amount<U>) -> Amount<V>) -> Path<V> {
        let steps = self
            .steps
            .iter()
            .map(|&(from, value)| (from, f(value)))
            .collect();
        Path {
            steps,
            from_nothing: self.from_nothing,
        }
    }
}

impl<U> PartialEq for Path<U> {
    fn eq(&self, other: &Self) -> bool {
        let before = self.from_nothing == other.from_nothing || self.is_constant();
        self.steps == other.steps && before
    }
}

impl<U> From<Amount<U>> for Path<U> {
    fn from(value: Amount<U>) -> Self {
        Self::constant(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::PeriodLength;
    use crate::ids::Id;
    use crate::units::per_year;

    #[test]
    fn without_a_step_there_is_nothing() {
        let path: Path<crate::units::unit::Months> = Path::steps([]);
        assert!(path.is_constant());
        assert_eq!(path.at(Month::FIRST), Amount::ZERO);
    }

    #[test]
    fn a_period_takes_the_mean_of_its_months() {
        let month = |text: &str| text.parse::<Month>().unwrap();
        let quarters =
            Calendar::new(month("2026-01"), month("2026-12"), PeriodLength::Quarter).unwrap();
        let path = Path::steps([
            (month("2026-06"), per_year(60.0)),
            (month("2026-02"), per_year(30.0)),
        ]);
        let mean = |path: &Path<_>, n| path.mean(&quarters, PeriodId::at(n)).value();
        assert_eq!(mean(&path, 0), 30.0);
        assert_eq!(mean(&path.clone().from_nothing(), 0), 20.0);
        assert_eq!(mean(&path, 1), 40.0);
        assert_eq!(mean(&path, 3), 60.0);
        assert_eq!(path.closing(&quarters, PeriodId::at(1)).value(), 60.0);
    }
}
