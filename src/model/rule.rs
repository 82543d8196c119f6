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
use crate::calendar::{Calendar, Month};
use crate::ids::{
    ExpansionId, FundId, HolderId, ItemId, LineId, PeriodId, RegionId, RequirementId, RouteId,
    SupplierId,
};
use crate::path::Path;
use crate::units::{Share, unit};

/// A rule of one's own. From when decisions are free it holds in each of its windows.
///
/// ```
/// use sinews::model::{Measured, Rule};
///
/// // A ministry's rule: in 2027 at least 30 M EUR buy goods for Ukraine.
/// let mut draft = sinews::read("models/shells.toml")?.into_draft();
/// let holder = draft.holders.called("ukraine").expect("there is such a holder");
/// let spent = Measured::SpentFor { holder, fund: None, region: None };
/// let rule = Rule::at_least("ukraine", 30e6, "EUR").with(1.0, spent);
/// draft.rules.push(rule.between("2027-01".parse()?, "2027-12".parse()?));
/// assert!(sinews::solve(&draft.check()?, &Default::default()).is_ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
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
    /// The first and the last month between which it holds: in windows that lie there as a whole. `None`: in all.
    pub months: Option<(Month, Month)>,
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
    /// Money paid in a calendar year for goods that one holder receives: what lines and suppliers charge for what comes into its
    /// stocks, and what moving it there costs, in the base currency and money of the day. Components and expansions are
    /// for no single holder and do not count; what is bought for a holder that then gives it away counts for that holder. Only in
    /// rules by the year.
    SpentFor {
        /// For this holder.
        holder: HolderId,
        /// By this fund; all money, if none is named.
        fund: Option<FundId>,
        /// For goods, the part of their price that comes from this country or bloc.
        region: Option<RegionId>,
    },
    /// What a fund has for a calendar year, without what is carried over, in the base currency. Only in rules by
    /// the year.
    Money(FundId),
    /// What a fund carries over into the next calendar year, in the base currency; nothing in the last. Only in rules by
    /// the year.
    Carried(FundId),
    /// What leaves along routes, in units of what moves.
    Moved {
        /// Along this route.
        route: Option<RouteId>,
        /// Of this item.
        item: Option<ItemId>,
    },
}

impl Measured {
    /// Whether it is money of a calendar year, which has no periods.
    pub fn is_by_year(self) -> bool {
        match self {
            Self::Spending { .. } | Self::SpentFor { .. } | Self::Money(_) | Self::Carried(_) => {
                true
            }
            Self::Output { .. }
            | Self::Supply { .. }
            | Self::Received { .. }
            | Self::Given { .. }
            | Self::InStore { .. }
            | Self::Missing(_)
            | Self::Built(_)
            | Self::Moved { .. } => false,
        }
    }

    /// The fund of whose payments by themselves it is made, if it is.
    fn fund(self) -> Option<FundId> {
        match self {
            Self::Spending { fund, .. } | Self::SpentFor { fund, .. } => fund,
            Self::Carried(fund) => Some(fund),
            _ => None,
        }
    }
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
            months: None,
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

    /// The same in windows that lie, as a whole, from the first day of one month to the last day of another.
    #[must_use]
    pub fn between(self, first: Month, last: Month) -> Self {
        Self {
            months: Some((first, last)),
            ..self
        }
    }

    /// Whether it holds in the window that ends with a period.
    pub(crate) fn holds_in(&self, c: &Calendar, last: PeriodId) -> bool {
        let inside = |(from, to): (Month, Month)| {
            let window = self.window.periods(c, last);
            let months = |t: PeriodId| {
                (
                    c.first_month(t),
                    c.first_month(t).plus(c.period().months() - 1),
                )
            };
            let mut months = window.into_iter().map(months);
            months.all(|(first, last)| from <= first && last <= to)
        };
        self.window.ends(c, last) && self.months.is_none_or(inside)
    }

    /// The regions to which it counts what one of some funds pays.
    pub(crate) fn regions_paid_by(&self, funds: &[FundId]) -> impl Iterator<Item = RegionId> {
        self.terms.iter().filter_map(|term| match term.of {
            Measured::Spending {
                fund: Some(own),
                region,
            }
            | Measured::SpentFor {
                fund: Some(own),
                region,
                ..
            } if funds.contains(&own) => region,
            _ => None,
        })
    }

    /// Whether it counts what one of some funds pays for a holder.
    pub(crate) fn counts_payments_for(&self, holder: HolderId, funds: &[FundId]) -> bool {
        let mut terms = self.terms.iter();
        terms.any(|term| match term.of {
            Measured::SpentFor {
                holder: own,
                fund: Some(fund),
                ..
            } => own == holder && funds.contains(&fund),
            _ => false,
        })
    }

    /// The holders whose goods it tells from all others.
    pub(crate) fn holders_apart(&self) -> impl Iterator<Item = HolderId> {
        self.terms.iter().filter_map(|term| match term.of {
            Measured::SpentFor { holder, .. } => Some(holder),
            _ => None,
        })
    }

    /// Whether it counts what a fund pays by itself.
    pub(crate) fn counts_payments_of(&self, f: FundId) -> bool {
        let mut terms = self.terms.iter();
        terms.any(|term| term.of.fund() == Some(f))
    }
}
