//! Rules of one's own: rows that a model has beside those that its tables ask for.
//!
//! A rule is a weighted sum of what a plan does in a window of time, and what that is held to. It belongs to the
//! model: every variation of it, in whatever analysis, keeps the rule.
//!
//! ```
//! use sinews::model::{Measured, Rule};
//!
//! // No more than 70 % of what is spent in a year comes from one fund.
//! let mut draft = sinews::read("models/shells.toml")?.into_draft();
//! let aid = draft.funds.called("aid");
//! let rule = Rule::at_most("aid", 0.0, "EUR")
//!     .named("no more than 70 % from one fund")
//!     .with(1.0, Measured::Spending { fund: aid, region: None })
//!     .with(-0.7, Measured::Spending { fund: None, region: None });
//! draft.rules.push(rule);
//! let model = draft.check()?;
//! assert_eq!(model.rules.len(), 1);
//! # Ok::<(), sinews::problem::Problems>(())
//! ```

use super::Window;
use crate::ids::{
    ExpansionId, FundId, HolderId, ItemId, LineId, RegionId, RequirementId, SupplierId,
};
use crate::path::Path;
use crate::units::{Share, unit};

/// A rule of one's own. From when decisions are free it holds in each of its windows.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Its key.
    pub key: String,
    /// Its name in reports.
    pub name: String,
    /// What is added up, each times a factor.
    pub terms: Vec<Term>,
    /// How the sum compares with the right side.
    pub holds: Holds,
    /// The right side of a window, in the rule's unit: the value at the window's first month.
    pub right: Path<unit::One>,
    /// What the sum is counted in, in words: `EUR`, `round`.
    pub unit: String,
    /// Whether it holds in each period, or for a calendar year as a whole.
    pub window: Window,
}

/// How the sum of a rule compares with its right side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Holds {
    /// At most.
    AtMost,
    /// At least.
    AtLeast,
    /// Equal.
    Equal,
}

/// A part of the sum of a rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Term {
    /// How often it counts.
    pub factor: f64,
    /// What counts.
    pub of: Measured,
}

/// What of a plan a rule measures, in a window of time. Where something is left out, all of it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Measured {
    /// What lines make, in units of what they make.
    Output {
        /// By this line.
        line: Option<LineId>,
        /// Of this item.
        item: Option<ItemId>,
    },
    /// What suppliers deliver, in units of their items.
    Supply {
        /// By this supplier.
        supplier: Option<SupplierId>,
        /// Of this item.
        item: Option<ItemId>,
    },
    /// What reaches holders' stocks, bought or given.
    Received {
        /// By this holder.
        holder: Option<HolderId>,
        /// Of this item.
        item: Option<ItemId>,
    },
    /// What leaves holders' stocks as gifts.
    Given {
        /// By this holder.
        from: Option<HolderId>,
        /// To this holder.
        to: Option<HolderId>,
        /// Of this item.
        item: Option<ItemId>,
    },
    /// What is in holders' stocks at the end of the window.
    InStore {
        /// Of this holder.
        holder: Option<HolderId>,
        /// Of this item.
        item: Option<ItemId>,
    },
    /// What is missing of a requirement, counted at the end of its windows.
    Missing(RequirementId),
    /// How often an expansion is ordered.
    Built(ExpansionId),
    /// Money paid in a calendar year, in the base currency and money of the day. Only in rules by the year.
    Spending {
        /// By this fund; all money, if the model has no funds.
        fund: Option<FundId>,
        /// For goods and expansions, the part of their price that comes from this country or bloc.
        region: Option<RegionId>,
    },
    /// What a fund has for a calendar year, without what is carried over, in the base currency. Only in rules by
    /// the year.
    Money(FundId),
}

impl Rule {
    /// A rule by the year, without terms: a sum that is at most so much, in a unit.
    pub fn at_most(key: impl Into<String>, right: f64, unit: impl Into<String>) -> Self {
        let key = key.into();
        Self {
            name: key.clone(),
            key,
            terms: Vec::new(),
            holds: Holds::AtMost,
            right: Path::constant(Share::new(right)),
            unit: unit.into(),
            window: Window::Year,
        }
    }

    /// A rule by the year, without terms: a sum that is at least so much, in a unit.
    pub fn at_least(key: impl Into<String>, right: f64, unit: impl Into<String>) -> Self {
        Self {
            holds: Holds::AtLeast,
            ..Self::at_most(key, right, unit)
        }
    }

    /// The same with a name in reports.
    #[must_use]
    pub fn named(self, name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..self
        }
    }

    /// The same with another term.
    #[must_use]
    pub fn with(mut self, factor: f64, of: Measured) -> Self {
        self.terms.push(Term { factor, of });
        self
    }

    /// The same in each period.
    #[must_use]
    pub fn by_period(self) -> Self {
        Self {
            window: Window::Period,
            ..self
        }
    }

    /// The regions to which it counts what one of some funds pays.
    pub(crate) fn regions_paid_by(&self, funds: &[FundId]) -> impl Iterator<Item = RegionId> {
        self.terms.iter().filter_map(|term| match term.of {
            Measured::Spending {
                fund: Some(own),
                region,
            } if funds.contains(&own) => region,
            _ => None,
        })
    }

    /// Whether it counts what a fund pays by itself.
    pub(crate) fn counts_payments_of(&self, f: FundId) -> bool {
        let mut terms = self.terms.iter();
        terms.any(|term| matches!(term.of, Measured::Spending { fund: Some(own), .. } if own == f))
    }
}
