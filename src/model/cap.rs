//! Caps over everything.

use crate::ids::{CurrencyId, ItemId, LineId, RegionId, SupplierId};
use crate::path::Path;
use crate::units::{Per, unit};

/// A limit on the plan as a whole.
///
/// ```
/// use sinews::model::{Cap, CapRule};
/// use sinews::path::Path;
/// use sinews::units::per_year;
///
/// // No more than 30,000 rounds a year, from whatever source.
/// let mut draft = sinews::read("models/tiny.toml")?.into_draft();
/// let most = CapRule::Quantity {
///     item: draft.items.called("round").expect("there is such an item"),
///     lines: Vec::new(),
///     suppliers: Vec::new(),
///     most: Path::constant(per_year(30_000.0)),
/// };
/// draft.caps.push(Cap::new("rounds", most));
/// assert_eq!(draft.check()?.caps.len(), 1);
/// # Ok::<(), sinews::problem::Problems>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Cap {
    /// Its key in the file.
    pub key: String,
    /// Its name in reports.
    pub name: String,
    /// What it limits.
    pub rule: CapRule,
}

impl Cap {
    /// A limit on the plan.
    pub fn new(key: impl Into<String>, rule: CapRule) -> Self {
        let key = key.into();
        Self {
            name: key.clone(),
            key,
            rule,
        }
    }
}

/// What a cap limits, in each calendar year.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum CapRule {
    /// The share of all spending on goods whose value comes from a region.
    Content {
        /// The country or bloc.
        region: RegionId,
        /// The largest share.
        most: Path<unit::One>,
    },
    /// How much money spent on goods goes to value from a region.
    Spending {
        /// The country or bloc.
        region: RegionId,
        /// The most money of the day a year, in the currency.
        most: Path<Per<unit::Money, unit::Years>>,
        /// The currency.
        currency: CurrencyId,
    },
    /// The share of an item's supply that comes from some sources.
    SourceShare {
        /// The item.
        item: ItemId,
        /// Lines among the sources.
        lines: Vec<LineId>,
        /// Suppliers among the sources.
        suppliers: Vec<SupplierId>,
        /// The largest share.
        most: Path<unit::One>,
    },
    /// How much of an item comes from some sources. No source named: from all.
    Quantity {
        /// The item.
        item: ItemId,
        /// Lines among the sources.
        lines: Vec<LineId>,
        /// Suppliers among the sources.
        suppliers: Vec<SupplierId>,
        /// The largest quantity a year.
        most: Path<Per<unit::Pieces, unit::Years>>,
    },
}
