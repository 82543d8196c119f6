//! Requirements: who needs what, when, how urgently.

use super::UnitPrice;
use crate::calendar::Calendar;
use crate::ids::{HolderId, ItemId, PeriodId};
use crate::path::Path;
use crate::units::{Per, PiecesPerYear, Share, unit};

/// What a holder requires.
///
/// ```
/// use sinews::model::{Requirement, Unmet};
/// use sinews::units::per_year;
///
/// let mut draft = sinews::read("models/tiny.toml")?.into_draft();
/// let first = draft.requirements.values().next().expect("there is a requirement");
/// let (holder, item) = (first.holder, first.meets[0].item);
/// let mut training = Requirement::new("training", holder, item, per_year(5_000.0));
/// training.tier = 2;
/// training.unmet = Unmet::Waits;
/// draft.requirements.push(training);
/// assert_eq!(draft.check()?.requirements.len(), 2);
/// # Ok::<(), sinews::problem::Problems>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Requirement {
    /// Its key in the file.
    pub key: String,
    /// Its name in reports.
    pub name: String,
    /// Who requires it.
    pub holder: HolderId,
    /// What meets it. Its unit is that of the first item.
    pub meets: Vec<Acceptance>,
    /// How much.
    pub need: Need,
    /// Its priority: tier 1 comes first.
    pub tier: u32,
    /// Its weight within its tier.
    pub weight: f64,
    /// Within what time it may be met.
    pub window: Window,
    /// What becomes of what is not met.
    pub unmet: Unmet,
    /// What a missing unit counts, in money. `None`: the value of its first item.
    pub value: Option<UnitPrice>,
}

impl Requirement {
    /// A requirement of one item at a yearly rate, in the first tier; what is not met is lost.
    pub fn new(
        key: impl Into<String>,
        holder: HolderId,
        item: ItemId,
        quantity: PiecesPerYear,
    ) -> Self {
        let key = key.into();
        Self {
            name: key.clone(),
            key,
            holder,
            meets: vec![Acceptance {
                item,
                factor: Share::new(1.0),
            }],
            need: Need::Flow(Path::constant(quantity)),
            tier: 1,
            weight: 1.0,
            window: Window::Period,
            unmet: Unmet::Lost,
            value: None,
        }
    }
}

/// An item that meets a requirement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Acceptance {
    /// The item.
    pub item: ItemId,
    /// How much one of it counts.
    pub factor: Share,
}

/// How much is required.
#[derive(Clone, Debug, PartialEq)]
pub enum Need {
    /// So much a year, used up.
    Flow(Path<Per<unit::Pieces, unit::Years>>),
    /// So much in store.
    Level(Path<unit::Pieces>),
}

/// Within what time something holds: a requirement may be met, a limit may be used up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Window {
    /// In its own period. A level is required at the end of each period.
    #[default]
    Period,
    /// At any time of its calendar year. A level is required at the end of each year.
    Year,
}

impl Window {
    /// Whether a window ends with a period.
    pub fn ends(self, c: &Calendar, t: PeriodId) -> bool {
        match self {
            Self::Period => true,
            Self::Year => c.ends_year(t),
        }
    }

    /// The periods of the window that ends with `t`.
    pub fn periods(self, c: &Calendar, t: PeriodId) -> Vec<PeriodId> {
        match self {
            Self::Period => vec![t],
            Self::Year => c.periods_of(c.year_of(t)).collect(),
        }
    }

    /// What the window that ends with `t` is called: `2026-01`, `2026Q1` or `2026`.
    pub fn label(self, c: &Calendar, t: PeriodId) -> String {
        match self {
            Self::Period => c.label(t),
            Self::Year => c.year_number(c.year_of(t)).to_string(),
        }
    }
}

/// What becomes of a requirement that is not met in its window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unmet {
    /// It is lost: a unit short counts once.
    #[default]
    Lost,
    /// It waits: a unit short counts once for each year it waits.
    Waits,
}
