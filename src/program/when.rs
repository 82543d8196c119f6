//! When a row holds, and what a column stands for happens.

use crate::ids::{PeriodId, YearId};

/// When a row holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum When {
    /// In a period.
    Period(PeriodId),
    /// In a calendar year.
    Year(YearId),
    /// At the end of the calendar.
    End,
    /// Over the whole calendar.
    Always,
}

impl From<PeriodId> for When {
    fn from(t: PeriodId) -> Self {
        Self::Period(t)
    }
}

impl From<YearId> for When {
    fn from(y: YearId) -> Self {
        Self::Year(y)
    }
}
