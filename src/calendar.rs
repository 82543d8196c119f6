//! Time: months, equal periods, calendar years.
//!
//! A calendar is a row of equal periods (months, quarters or years). A period lies in one calendar
//! year, so that money, which comes by the year, has one year for each period. How spans of time become
//! periods and years is one rule, that of a [`Stretch`].
//!
//! A calendar may reach back before the day on which decisions are free: what lies before is history
//! ([`Calendar::deciding_from`]).

mod stretch;

pub use stretch::Stretch;

use crate::ids::{Id, PeriodId, YearId};
use crate::units::{Years, months};
use std::fmt;
use std::str::FromStr;
use stretch::count;

/// A month of a year, written `2026-07`.
///
/// ```
/// use sinews::calendar::Month;
///
/// let month: Month = "2026-07".parse()?;
/// assert_eq!(Some(month), Month::new(2026, 7));
/// assert_eq!(month.plus(6).to_string(), "2027-01");
/// assert_eq!(month.plus(6).since(month), 6);
/// # Ok::<(), sinews::calendar::NotAMonth>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

impl Month {
    /// The first month that can be written, January 1900.
    pub(crate) const FIRST: Self = Self(1900 * 12);
    /// The last one, December 2200.
    pub(crate) const LAST: Self = Self(2200 * 12 + 11);

    /// The month of a year; January is 1. `None` outside 1 to 12 or the years 1900 to 2200.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        let inside = (1900..=2200).contains(&year) && (1..=12).contains(&month);
        inside.then(|| Self(year * 12 + i32::try_from(month).unwrap_or(1) - 1))
    }

    /// The calendar year it lies in.
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// The month's number, January being 1.
    pub fn number(self) -> u32 {
        self.0.rem_euclid(12).unsigned_abs() + 1
    }

    /// The month so many months later; no later than the end of the year 9999, and no earlier than the year 0.
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        Self(self.0.saturating_add(months).clamp(0, 9_999 * 12 + 11))
    }

    /// How many months from `earlier` to this one.
    pub fn since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}", self.year(), self.number())
    }
}

/// The text is not a month such as `2026-07`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a month: write year and month, such as `2026-07`")]
pub struct NotAMonth;

impl FromStr for Month {
    type Err = NotAMonth;

    fn from_str(text: &str) -> Result<Self, NotAMonth> {
        let digits = |part: &str, length| {
            let plain = part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| part.parse::<u32>().ok()).flatten()
        };
        let (year, month) = text.split_once('-').unwrap_or((text, "01"));
        let (Some(year), Some(month)) = (digits(year, 4), digits(month, 2)) else {
            return Err(NotAMonth);
        };
        Self::new(i32::try_from(year).unwrap_or(0), month).ok_or(NotAMonth)
    }
}

/// Written as `2026-07`.
#[cfg(feature = "serde")]
impl serde::Serialize for Month {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Read from a text as [`FromStr`] does.
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Month {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum PeriodLength {
    /// One month.
    Month,
    /// Three months, starting in January, April, July or October.
    Quarter,
    /// Twelve months, starting in January.
    Year,
}

impl PeriodLength {
    /// Its length in months.
    pub const fn months(self) -> i32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }

    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }
}

/// Why there is no such calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoCalendar {
    /// The end lies before the start.
    #[error("the calendar ends in {end}, before it starts in {start}")]
    Backwards {
        /// First month.
        start: Month,
        /// Last month.
        end: Month,
    },
    /// A quarter or a year would lie across two calendar years.
    #[error("a calendar by the {} cannot start in {start}", .period.word())]
    Straddles {
        /// First month.
        start: Month,
        /// Length asked for.
        period: PeriodLength,
    },
    /// The last period is cut short.
    #[error("a calendar by the {} from {start} cannot end in {end}", .period.word())]
    Partial {
        /// First month.
        start: Month,
        /// Last month.
        end: Month,
        /// Length asked for.
        period: PeriodLength,
    },
    /// Decisions cannot be free from then on.
    #[error("decisions cannot be free from {month} on: {why}")]
    NoDecision {
        /// The month asked for.
        month: Month,
        /// What is wrong with it.
        why: &'static str,
    },
    /// More than 1,200 periods.
    #[error("{periods} periods are more than the 1,200 a calendar may have")]
    TooLong {
        /// Periods asked for.
        periods: i32,
    },
}

/// A row of equal periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    start: Month,
    period: PeriodLength,
    periods: usize,
    /// How many of them are history.
    past: usize,
}

/// What a calendar is written as.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(rename = "Calendar")]
struct Written {
    start: Month,
    end: Month,
    period: PeriodLength,
    decide_from: Month,
}

/// Written as its first and its last month, its periods, and from when decisions are free: `{"start": "2026-01", "end":
/// "2028-12", "period": "quarter", "decide_from": "2026-01"}`.
#[cfg(feature = "serde")]
impl serde::Serialize for Calendar {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let written = Written {
            start: self.start,
            end: self.end().plus(-1),
            period: self.period,
            decide_from: self.decide_from(),
        };
        written.serialize(serializer)
    }
}

/// Checked as [`new`](Calendar::new) and [`deciding_from`](Calendar::deciding_from) do.
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Calendar {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = Written::deserialize(deserializer)?;
        let calendar = Self::new(written.start, written.end, written.period);
        let deciding = calendar.and_then(|calendar| calendar.deciding_from(written.decide_from));
        deciding.map_err(serde::de::Error::custom)
    }
}

impl Calendar {
    /// The calendar from the first day of `start` to the last day of the month `end`.
    ///
    /// # Errors
    /// When the months do not hold a whole number of periods, each inside one calendar year.
    ///
    /// ```
    /// use sinews::calendar::{Calendar, PeriodLength};
    /// let quarters = Calendar::new("2026-01".parse()?, "2030-12".parse()?, PeriodLength::Quarter)?;
    /// assert_eq!(quarters.periods().len(), 20);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(start: Month, end: Month, period: PeriodLength) -> Result<Self, NoCalendar> {
        let length = period.months();
        let span = end.since(start) + 1;
        if span <= 0 {
            return Err(NoCalendar::Backwards { start, end });
        }
        if !(start.number().cast_signed() - 1).rem_euclid(length).eq(&0) {
            return Err(NoCalendar::Straddles { start, period });
        }
        if span % length != 0 {
            return Err(NoCalendar::Partial { start, end, period });
        }
        match usize::try_from(span / length) {
            Ok(periods) if periods <= 1_200 => Ok(Self {
                start,
                period,
                periods,
                past: 0,
            }),
            _ => Err(NoCalendar::TooLong {
                periods: span / length,
            }),
        }
    }

    /// The same calendar with its first years as history: decisions are free from the first day of a month on.
    ///
    /// # Errors
    /// When the month is not the January of a year that the calendar has as a whole from then on, and history before it.
    ///
    /// ```
    /// use sinews::calendar::{Calendar, PeriodLength};
    /// let quarters = Calendar::new("2026-01".parse()?, "2031-12".parse()?, PeriodLength::Quarter)?;
    /// let quarters = quarters.deciding_from("2027-01".parse()?)?;
    /// assert_eq!(quarters.open_periods().len(), 20);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn deciding_from(self, month: Month) -> Result<Self, NoCalendar> {
        let refuse = |why| Err(NoCalendar::NoDecision { month, why });
        if month < self.start {
            return refuse("the calendar starts later");
        }
        if month >= self.end() {
            return refuse("the calendar has ended by then");
        }
        if month != self.start && month.number() != 1 {
            return refuse("money and yearly limits go by the calendar year");
        }
        let past = usize::try_from(month.since(self.start) / self.period.months()).unwrap_or(0);
        Ok(Self { past, ..self })
    }

    /// First month.
    pub fn start(&self) -> Month {
        self.start
    }

    /// The month from which decisions are free: the start, unless there is [history](Self::deciding_from).
    pub fn decide_from(&self) -> Month {
        self.start.plus(self.period.months() * count(self.past))
    }

    /// Whether any of it is history.
    pub fn has_past(&self) -> bool {
        self.past > 0
    }

    /// Whether a period is history: no decision of it is free.
    pub fn is_past(&self, t: PeriodId) -> bool {
        t.position() < self.past
    }

    /// Whether a year is history. Years are history as a whole.
    pub fn is_past_year(&self, y: YearId) -> bool {
        self.year_number(y) < self.decide_from().year()
    }

    /// The last period of history.
    pub fn last_past(&self) -> Option<PeriodId> {
        self.past.checked_sub(1).map(PeriodId::at)
    }

    /// The month after the last one.
    pub fn end(&self) -> Month {
        self.start.plus(self.period.months() * count(self.periods))
    }

    /// How long each period is.
    pub fn period(&self) -> PeriodLength {
        self.period
    }

    /// Every period, first to last.
    pub fn periods(&self) -> impl DoubleEndedIterator<Item = PeriodId> + ExactSizeIterator + use<> {
        (0..self.periods).map(PeriodId::at)
    }

    /// Every period whose decisions are free, first to last.
    pub fn open_periods(
        &self,
    ) -> impl DoubleEndedIterator<Item = PeriodId> + ExactSizeIterator + use<> {
        (self.past..self.periods).map(PeriodId::at)
    }

    /// Every calendar year whose decisions are free, first to last.
    pub fn open_years(&self) -> impl DoubleEndedIterator<Item = YearId> + use<> {
        let calendar = *self;
        self.years().filter(move |&y| !calendar.is_past_year(y))
    }

    /// Every calendar year the calendar touches, first to last.
    pub fn years(&self) -> impl DoubleEndedIterator<Item = YearId> + ExactSizeIterator + use<> {
        let first = self.start.year();
        let last = self.end().plus(-1).year();
        (0..usize::try_from(last - first + 1).unwrap_or(0)).map(YearId::at)
    }

    /// Every period of a year, first to last.
    pub fn periods_of(&self, y: YearId) -> impl DoubleEndedIterator<Item = PeriodId> + use<> {
        let calendar = *self;
        self.periods().filter(move |&t| calendar.year_of(t) == y)
    }

    /// The last period.
    pub fn last(&self) -> PeriodId {
        PeriodId::at(self.periods - 1)
    }

    /// First month of a period.
    pub fn first_month(&self, t: PeriodId) -> Month {
        self.start
            .plus(self.period.months().saturating_mul(count(t.position())))
    }

    /// The year a period lies in.
    pub fn year_of(&self, t: PeriodId) -> YearId {
        let years = self.first_month(t).year() - self.start.year();
        YearId::at(usize::try_from(years).unwrap_or(0))
    }

    /// The year as a number, such as 2027. Years after the last one go on in number.
    pub fn year_number(&self, y: YearId) -> i32 {
        self.start.year().saturating_add(count(y.position()))
    }

    /// The year with this number, if the calendar touches it.
    pub fn year(&self, number: i32) -> Option<YearId> {
        self.years().find(|&y| self.year_number(y) == number)
    }

    /// The length of a period in years: 1/12, 1/4 or 1.
    pub fn length(&self) -> Years {
        Years::from(months(f64::from(self.period.months())))
    }

    /// Whether it touches a year; not, if something falls due only after its last year.
    pub fn has_year(&self, y: YearId) -> bool {
        y.position() < self.years().len()
    }

    /// Whether a period is the last of its year in this calendar.
    pub fn ends_year(&self, t: PeriodId) -> bool {
        t >= self.last() || self.year_of(t) != self.year_of(PeriodId::at(t.position() + 1))
    }

    /// The first period that starts in `month` or later; `None` after the last period.
    pub fn from_month(&self, month: Month) -> Option<PeriodId> {
        let ahead = month.since(self.start);
        let n = usize::try_from(ahead.max(0) + self.period.months() - 1).unwrap_or(0);
        let n = n / usize::try_from(self.period.months()).unwrap_or(1);
        (n < self.periods).then(|| PeriodId::at(n))
    }

    /// The period so many periods earlier, if the calendar reaches back that far.
    pub fn before(&self, t: PeriodId, periods: usize) -> Option<PeriodId> {
        t.position().checked_sub(periods).map(PeriodId::at)
    }

    /// The period so many periods later, if the calendar reaches that far.
    pub fn after(&self, t: PeriodId, periods: usize) -> Option<PeriodId> {
        let n = t.position().saturating_add(periods);
        (n < self.periods).then(|| PeriodId::at(n))
    }

    /// A period's name: `2026-01`, `2026Q1` or `2026`.
    pub fn label(&self, t: PeriodId) -> String {
        let month = self.first_month(t);
        match self.period {
            PeriodLength::Month => month.to_string(),
            PeriodLength::Quarter => format!("{}Q{}", month.year(), month.number().div_ceil(3)),
            PeriodLength::Year => month.year().to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    fn quarters() -> Calendar {
        Calendar::new(month("2026-04"), month("2028-12"), PeriodLength::Quarter).unwrap()
    }

    #[test]
    fn months_read_and_print_alike() {
        assert_eq!(month("2026-07").to_string(), "2026-07");
        assert_eq!(month("2026").to_string(), "2026-01");
        for wrong in [
            "2026-13",
            "26-01",
            "2026-7",
            "July",
            "2026-00",
            "2026-07-01",
            "+026-01",
        ] {
            assert_eq!(wrong.parse::<Month>(), Err(NotAMonth), "{wrong}");
        }
    }

    #[test]
    fn quarters_have_names_and_years() {
        let calendar = quarters();
        let labels: Vec<_> = calendar.periods().map(|t| calendar.label(t)).collect();
        assert_eq!(labels[..4], ["2026Q2", "2026Q3", "2026Q4", "2027Q1"]);
        assert_eq!(calendar.years().len(), 3);
        assert_eq!(
            calendar.year_number(calendar.year_of(PeriodId::at(3))),
            2027
        );
        assert!(calendar.ends_year(PeriodId::at(2)) && !calendar.ends_year(PeriodId::at(3)));
    }

    #[test]
    fn a_month_finds_the_first_period_that_starts_no_earlier() {
        let calendar = quarters();
        let found = |text| calendar.from_month(month(text)).map(|t| calendar.label(t));
        assert_eq!(found("2020-01").as_deref(), Some("2026Q2"));
        assert_eq!(found("2026-07").as_deref(), Some("2026Q3"));
        assert_eq!(found("2026-08").as_deref(), Some("2026Q4"));
        assert_eq!(found("2029-01"), None);
    }

    #[test]
    fn impossible_calendars_say_why() {
        let calendar = |start, end, period| Calendar::new(month(start), month(end), period);
        let why = |start, end, period| calendar(start, end, period).unwrap_err().to_string();
        assert_eq!(
            why("2026-02", "2026-12", PeriodLength::Quarter),
            "a calendar by the quarter cannot start in 2026-02"
        );
        assert_eq!(
            why("2026-01", "2026-11", PeriodLength::Year),
            "a calendar by the year from 2026-01 cannot end in 2026-11"
        );
        assert_eq!(
            why("2027-01", "2026-01", PeriodLength::Month),
            "the calendar ends in 2026-01, before it starts in 2027-01"
        );
        assert_eq!(
            why("1901-01", "2100-12", PeriodLength::Month),
            "2400 periods are more than the 1,200 a calendar may have"
        );
    }
}
