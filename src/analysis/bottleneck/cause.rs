//! Causes: what holds a plan back, without the time.

use crate::ids::{
    CapId, EarmarkId, ExpansionId, HubId, ItemId, LineId, PurseId, RequirementId, ResourceId,
    StockId, SupplierId,
};
use crate::model::Model;
use crate::program::{Program, Row};

/// What holds a plan back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Cause {
    /// The capacity of a line.
    Capacity(LineId),
    /// The capacity of a line until an expansion that is ordered has opened: its lead time.
    Opening(ExpansionId),
    /// A line makes no more than was on order, until its lead time has passed.
    LineLead(LineId),
    /// A line's output grows no faster.
    Ramp(LineId),
    /// A line has to make more than is wanted.
    Minimum(LineId),
    /// An expansion can be taken no more often.
    Options(ExpansionId),
    /// What a supplier delivers.
    Rate(SupplierId),
    /// A supplier delivers no more than is booked, until queue and lead time have passed.
    SupplierLead(SupplierId),
    /// There is no more at a supplier's lower price.
    PriceStep(SupplierId),
    /// A supplier's least order.
    LeastOrder(SupplierId),
    /// The money of funds that are alike.
    Money(PurseId),
    /// A fund's rule on the content of what it buys.
    Content(PurseId),
    /// What funds for some holders may spend on components.
    Earmark(EarmarkId),
    /// What must stay in a stock.
    Floor(StockId),
    /// A stock is used up.
    UsedUp(StockId),
    /// A stock is drawn no faster.
    Draw(StockId),
    /// What is in a stock expires.
    Life(StockId),
    /// What makers keep of an item: no more than there is room for, or what must be left.
    Pool(ItemId),
    /// The throughput of a hub.
    Hub(HubId),
    /// A resource that lines share.
    Resource(ResourceId),
    /// A cap over everything.
    Cap(CapId),
    /// No source of an item can deliver so early.
    NoSource(ItemId),
    /// What it would cost: no bottleneck.
    Cost,
    /// More urgent uses come first: no bottleneck of its own, and negative.
    Urgent,
    /// What else the same unit does, such as filling a store that is required: negative.
    AlsoServes(RequirementId),
    /// What else the same unit does, in rows of no other kind.
    Joint,
}

impl Cause {
    /// The cause that a row stands for.
    pub(crate) fn of(m: &Model, program: &Program, row: Row) -> Self {
        match row {
            Row::Capacity(l, _) => Self::Capacity(l),
            Row::Booked(l, _) => Self::LineLead(l),
            Row::Options(e) => Self::Options(e),
            Row::Ramp(l, _) => Self::Ramp(l),
            Row::Minimum(l, _) => Self::Minimum(l),
            Row::PoolMost(k, _) | Row::PoolClosing(k) => {
                Self::Pool(program.network().markets[k].item)
            }
            Row::Spare(s, _) | Row::Floor(s, _) | Row::Closing(s) => {
                let stock = &m.stocks[s];
                if stock.floor.is_some() || stock.closing.is_some() {
                    Self::Floor(s)
                } else {
                    Self::UsedUp(s)
                }
            }
            Row::Draw(s, _) => Self::Draw(s),
            Row::Life(s, _) | Row::Fresh(s, _) | Row::Expired(s, _) | Row::Kept(s, _) => {
                Self::Life(s)
            }
            Row::Hub(h, _) => Self::Hub(h),
            Row::Resource(x, _) => Self::Resource(x),
            Row::OnOrder(q, _) => Self::SupplierLead(q),
            Row::Rate(q, _) => Self::Rate(q),
            Row::Tier(q, ..) => Self::PriceStep(q),
            Row::Least(q, _) | Row::Placed(q, _) => Self::LeastOrder(q),
            Row::Purse(g, _) => Self::Money(g),
            Row::Content(g, _) => Self::Content(g),
            Row::Earmark(e, _) => Self::Earmark(e),
            Row::Cap(cap, _) => Self::Cap(cap),
            Row::Requirement(r, _) => Self::AlsoServes(r),
            Row::Added(..)
            | Row::Balance(..)
            | Row::Stock(..)
            | Row::Expense(..)
            | Row::Due(..)
            | Row::Shortfall(_)
            | Row::Share(_)
            | Row::Level(_)
            | Row::Within => Self::Joint,
        }
    }

    /// Whether it holds the plan back, and not only belongs to the price.
    pub fn binds(self) -> bool {
        !matches!(
            self,
            Self::Cost | Self::Urgent | Self::AlsoServes(_) | Self::Joint
        )
    }

    /// Whether it is of the same line or supplier as another.
    pub(super) fn is_of_one(self, m: &Model, other: Self) -> bool {
        let line = |cause| match cause {
            Self::Capacity(l) | Self::LineLead(l) | Self::Ramp(l) | Self::Minimum(l) => Some(l),
            Self::Opening(e) | Self::Options(e) => Some(m.expansions[e].line),
            _ => None,
        };
        let supplier = |cause| match cause {
            Self::Rate(q) | Self::SupplierLead(q) | Self::PriceStep(q) | Self::LeastOrder(q) => {
                Some(q)
            }
            _ => None,
        };
        let same = line(self).is_some() && line(self) == line(other);
        same || (supplier(self).is_some() && supplier(self) == supplier(other))
    }

    /// It in words: "the capacity of line `nora`".
    pub fn words(self, m: &Model, program: &Program) -> String {
        let line = |l: LineId| format!("line `{}`", m.lines[l].key);
        let supplier = |q: SupplierId| format!("supplier `{}`", m.suppliers[q].key);
        let stock = |s: StockId| {
            let stock = &m.stocks[s];
            let (item, holder) = (&m.items[stock.item].key, &m.holders[stock.holder].key);
            format!("`{item}` of holder `{holder}`")
        };
        match self {
            Self::Capacity(l) => format!("the capacity of {}", line(l)),
            Self::Opening(e) => {
                let expansion = &m.expansions[e];
                let (key, line) = (&expansion.key, line(expansion.line));
                format!("expansion `{key}` of {line} to open")
            }
            Self::LineLead(l) => format!("the lead time of {}", line(l)),
            Self::Ramp(l) => format!("the ramp of {}", line(l)),
            Self::Minimum(l) => format!("the minimum rate of {}", line(l)),
            Self::Options(e) => format!("the options of expansion `{}`", m.expansions[e].key),
            Self::Rate(q) => format!("the rate of {}", supplier(q)),
            Self::SupplierLead(q) => format!("queue and lead time of {}", supplier(q)),
            Self::PriceStep(q) => format!("the price steps of {}", supplier(q)),
            Self::LeastOrder(q) => format!("the least order of {}", supplier(q)),
            Self::Money(g) => format!("the money of {}", program.of_purse(m, "", g)),
            Self::Content(g) => format!("the content rule of {}", program.of_purse(m, "", g)),
            Self::Earmark(e) => program.earmark(m, e).to_string(),
            Self::Floor(s) => format!("the floor of {}", stock(s)),
            Self::UsedUp(s) => format!("the stock of {}", stock(s)),
            Self::Draw(s) => format!("the draw limit of {}", stock(s)),
            Self::Life(s) => format!("the shelf life of {}", stock(s)),
            Self::Pool(i) => format!("the makers' stock of `{}`", m.items[i].key),
            Self::Hub(h) => format!("the throughput of hub `{}`", m.hubs[h].key),
            Self::Resource(x) => format!("resource `{}`", m.resources[x].key),
            Self::Cap(cap) => format!("cap `{}`", m.caps[cap].key),
            Self::NoSource(i) => {
                format!(
                    "the first deliveries of `{}`: no source is so early",
                    m.items[i].key
                )
            }
            Self::Cost => "what it costs to make".into(),
            Self::Urgent => "more urgent uses come first".into(),
            Self::AlsoServes(r) => format!("it also serves `{}`", m.requirements[r].key),
            Self::Joint => "what else the same unit does".into(),
        }
    }
}
