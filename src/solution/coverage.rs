//! What requirements get.

use crate::ids::{PeriodId, RequirementId, Table, YearId};
use crate::model::{Model, Need, Unmet};
use crate::program::Plan;
use crate::units::as_number;

/// What a requirement gets from when decisions are free, in units of its first item; by window and year also before.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Coverage {
    /// What is required: in all; of a level, on average.
    pub required: f64,
    /// What is met: in all; of a level, on average.
    pub met: f64,
    /// What is missing: in all; of what waits, what still waits at the end; of a level, on average.
    pub short: f64,
    /// The same by window, each by its last period.
    pub windows: Vec<(PeriodId, Met)>,
    /// The same by year.
    pub years: Table<YearId, Met>,
    /// How years go together.
    kind: Kind,
}

/// How what is required at different times goes together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
enum Kind {
    /// Quantities add up.
    Lost,
    /// What waits last is missing.
    Waits,
    /// Levels are averaged, over the windows in which there is one.
    Level,
}

/// What is required, met and missing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Met {
    /// What is required.
    pub required: f64,
    /// What is met.
    pub met: f64,
    /// What is missing.
    pub short: f64,
}

impl Met {
    /// What counts as met in full, everywhere: no more than this share of what is required is missing. It lies
    /// far above what a certificate leaves open, so that every solver says the same.
    pub const IN_FULL: f64 = 5e-4;

    /// Whether it is met in full, but for [`IN_FULL`](Self::IN_FULL).
    pub fn is_in_full(&self) -> bool {
        self.short <= Self::IN_FULL * self.required
    }

    /// The share that is met; 1 where nothing is required.
    pub fn coverage(&self) -> f64 {
        if self.required > 0.0 {
            (1.0 - self.short / self.required).clamp(0.0, 1.0)
        } else {
            1.0
        }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            required: self.required + other.required,
            met: self.met + other.met,
            short: self.short + other.short,
        }
    }

    fn over(self, count: usize) -> Self {
        let share = 1.0 / as_number(count.max(1));
        Self {
            required: self.required * share,
            met: self.met * share,
            short: self.short * share,
        }
    }
}

impl Coverage {
    /// What one unit missing in a year is in what is missing over the calendar: 1 of a quantity that is lost;
    /// of what waits, 1 in the last year and nothing before; of a level, the year's part of its windows.
    pub fn part(&self, m: &Model, y: YearId) -> f64 {
        let wanted = |year: Option<YearId>| {
            let windows = self.windows.iter();
            let windows = windows.filter(|(t, met)| met.required > 0.0 && !m.calendar.is_past(*t));
            let inside = windows.filter(|(t, _)| year.is_none_or(|y| m.calendar.year_of(*t) == y));
            as_number(inside.count())
        };
        match self.kind {
            Kind::Lost => 1.0,
            Kind::Waits => f64::from(u8::from(m.calendar.years().last() == Some(y))),
            Kind::Level => wanted(Some(y)) / wanted(None).max(1.0),
        }
    }

    /// What one unit missing in each window is in what is missing in a year, or without one from when decisions are
    /// free: 1 of a quantity that is lost; of what waits, 1 in the last window; of a level, the window's part.
    pub(crate) fn parts(&self, m: &Model, year: Option<YearId>) -> Vec<(PeriodId, f64)> {
        let c = &m.calendar;
        let within = |t: PeriodId| year.map_or(!c.is_past(t), |y| c.year_of(t) == y);
        let windows = self.windows.iter().filter(|&&(t, _)| within(t));
        let last = windows.clone().map(|&(t, _)| t).next_back();
        let levels = windows
            .clone()
            .filter(|(_, met)| met.required > 0.0)
            .count();
        let part = |t: PeriodId| match self.kind {
            Kind::Lost => 1.0,
            Kind::Waits => f64::from(u8::from(last == Some(t))),
            Kind::Level => 1.0 / as_number(levels.max(1)),
        };
        let parts = windows.map(|&(t, _)| (t, part(t)));
        parts.filter(|&(_, part)| part > 0.0).collect()
    }

    /// The share that is met; 1 where nothing is required.
    pub fn coverage(&self) -> f64 {
        self.all().coverage()
    }

    /// Whether it is met in full over the calendar, but for [`Met::IN_FULL`].
    pub fn is_in_full(&self) -> bool {
        self.all().is_in_full()
    }

    fn all(&self) -> Met {
        Met {
            required: self.required,
            met: self.met,
            short: self.short,
        }
    }
}

/// The coverage of every requirement.
pub(super) fn all(m: &Model, plan: &Plan<f64>) -> Table<RequirementId, Coverage> {
    m.requirements.ids().map(|r| coverage(m, plan, r)).collect()
}

fn coverage(m: &Model, plan: &Plan<f64>, r: RequirementId) -> Coverage {
    let c = &m.calendar;
    let requirement = &m.requirements[r];
    let kind = match (&requirement.need, requirement.unmet) {
        (Need::Level(_), _) => Kind::Level,
        (Need::Flow(_), Unmet::Waits) => Kind::Waits,
        (Need::Flow(_), Unmet::Lost) => Kind::Lost,
    };
    let (mut before, mut opened) = (0.0, false);
    let mut windows = Vec::new();
    for t in c.periods() {
        let Some(required) = plan.required[(r, t)] else {
            continue;
        };
        let short = plan.short[(r, t)].unwrap_or(0.0);
        // What history left open does not wait any more when decisions are free.
        if !c.is_past(t) && !opened {
            (before, opened) = (0.0, true);
        }
        let met = if kind == Kind::Waits {
            required + before - short
        } else {
            required - short
        };
        windows.push((
            t,
            Met {
                required,
                met,
                short,
            },
        ));
        before = short;
    }
    let years = c.years().map(|y| {
        let inside = windows
            .iter()
            .filter(|&&(t, _)| c.year_of(t) == y)
            .map(|&(_, met)| met);
        fold(inside, kind)
    });
    let years = years.collect();
    let Met {
        required,
        met,
        short,
    } = fold(
        windows
            .iter()
            .filter(|(t, _)| !c.is_past(*t))
            .map(|&(_, met)| met),
        kind,
    );
    Coverage {
        required,
        met,
        short,
        windows,
        years,
        kind,
    }
}

/// Windows taken together: quantities add up, levels are averaged, what waits is what waits last.
fn fold(windows: impl Iterator<Item = Met>, kind: Kind) -> Met {
    let mut last = 0.0;
    let mut count = 0;
    let mut sum = Met::default();
    for window in windows {
        sum = sum.plus(window);
        last = window.short;
        // A level is averaged over the windows in which there is one.
        count += usize::from(window.required > 0.0);
    }
    match kind {
        Kind::Level => sum.over(count),
        Kind::Waits => Met { short: last, ..sum },
        Kind::Lost => sum,
    }
}
