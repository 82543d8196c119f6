//! Funds: where money comes from, when, and what it may buy.

use crate::ids::{CurrencyId, HolderId, ItemId, LineId, RegionId, SupplierId};
use crate::path::Path;
use crate::units::{Months, Per, Share, SharePerYear, unit};

/// A source of money.
///
/// ```
/// use sinews::model::{Fund, Loan};
/// use sinews::path::Path;
/// use sinews::units::{MoneyPerYear, Share, SharePerYear, months};
///
/// let mut fund = Fund::new("facility", Path::constant(MoneyPerYear::new(30e9)));
/// fund.carry_over = Share::new(1.0);
/// fund.loan = Some(Loan::new(SharePerYear::new(0.03), months(240.0)));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Fund {
    /// Its key in the file.
    pub key: String,
    /// Its name in reports.
    pub name: String,
    /// The currency of its amounts.
    pub currency: CurrencyId,
    /// How much it may pay, by time, in money of the day.
    pub amount: Path<Per<unit::Money, unit::Years>>,
    /// What it may buy.
    pub buys: Buys,
    /// The share of a year's unspent money that is still there in the next.
    pub carry_over: Share,
    /// The share of what was promised that is ever paid, where friction acts. `None`: that of all funds.
    pub fulfilled: Option<Share>,
    /// The share of that which is paid a year late, where friction acts. `None`: that of all funds.
    pub late: Option<Share>,
    /// Its terms if it has to be paid back. `None`: a grant or a budget.
    pub loan: Option<Loan>,
    /// Where what it buys must come from.
    pub content: Option<ContentRule>,
    /// The countries and blocs that give it. None: no country is said to bear it.
    pub given_by: Vec<RegionId>,
}

impl Fund {
    /// A grant in the base currency that may buy anything and carries nothing over.
    pub fn new(key: impl Into<String>, amount: Path<Per<unit::Money, unit::Years>>) -> Self {
        let key = key.into();
        Self {
            name: key.clone(),
            key,
            currency: super::Money::BASE,
            amount,
            buys: Buys::default(),
            carry_over: Share::ZERO,
            fulfilled: None,
            late: None,
            loan: None,
            content: None,
            given_by: Vec::new(),
        }
    }
}

impl Fund {
    /// Whether another fund may buy the same things on the same terms.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        self.buys == other.buys
            && self.carry_over == other.carry_over
            && self.loan == other.loan
            && self.content == other.content
            // A loan is paid back in its own currency.
            && (self.loan.is_none() || self.currency == other.currency)
    }
}

/// What a fund may buy. An empty list means "any".
///
/// ```
/// use sinews::model::Buys;
///
/// let mut draft = sinews::read("models/shells.toml")?.into_draft();
/// let mut buys = Buys::default();
/// buys.holders.extend(draft.holders.called("ukraine"));
/// buys.expansion = false;
/// for fund in draft.funds.values_mut() {
///     fund.buys = buys.clone();
/// }
/// # Ok::<(), sinews::problem::Problems>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Buys {
    /// For whom.
    pub holders: Vec<HolderId>,
    /// What; also what goes into it.
    pub items: Vec<ItemId>,
    /// From which lines. With `suppliers`: from either list.
    pub lines: Vec<LineId>,
    /// From which suppliers.
    pub suppliers: Vec<SupplierId>,
    /// From lines and suppliers in which countries.
    pub origins: Vec<RegionId>,
    /// Goods, and moving them.
    pub production: bool,
    /// The expansion of lines.
    pub expansion: bool,
}

impl Default for Buys {
    fn default() -> Self {
        Self {
            holders: Vec::new(),
            items: Vec::new(),
            lines: Vec::new(),
            suppliers: Vec::new(),
            origins: Vec::new(),
            production: true,
            expansion: true,
        }
    }
}

/// The terms of a loan.
///
/// ```
/// use sinews::model::Loan;
/// use sinews::units::{SharePerYear, months};
///
/// let mut loan = Loan::new(SharePerYear::new(0.03), months(240.0));
/// loan.grace = months(120.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Loan {
    /// Interest, paid each year on what is owed.
    pub rate: SharePerYear,
    /// How long nothing is paid back.
    pub grace: Months,
    /// When the last instalment falls due; paid back evenly between grace and maturity.
    pub maturity: Months,
}

impl Loan {
    /// A loan on which nothing is paid back before it is paid back evenly until maturity.
    pub fn new(rate: SharePerYear, maturity: Months) -> Self {
        Self {
            rate,
            grace: Months::ZERO,
            maturity,
        }
    }
}

/// A rule on where what a fund buys must come from.
///
/// ```
/// use sinews::ids::RegionId;
/// use sinews::model::ContentRule;
/// use sinews::units::Share;
///
/// // 65 % of a year's purchases together, not of each.
/// let mut rule = ContentRule::new(RegionId::FIRST, Share::new(0.65));
/// rule.each = false;
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct ContentRule {
    /// The country or bloc.
    pub region: RegionId,
    /// The least share by value that must come from there.
    pub share: Share,
    /// Whether each purchase must keep it, or only all purchases of a year together.
    pub each: bool,
}

impl ContentRule {
    /// A least share by value that each purchase must have from a country or bloc.
    pub fn new(region: RegionId, share: Share) -> Self {
        Self {
            region,
            share,
            each: true,
        }
    }
}
