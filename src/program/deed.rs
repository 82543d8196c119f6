//! What a column is about, and what it decides that someone is paid for or gives up.

use super::Column;
use super::network::{Give, Make, Move, Network, Order};
use super::thing::Thing;
use crate::ids::{ExpansionId, PeriodId};

/// Something that is made, bought, built, moved or given.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Deed {
    /// A line makes something.
    Make(Make, PeriodId),
    /// A supplier delivers.
    Order(Order, PeriodId),
    /// An expansion is ordered.
    Build(ExpansionId, PeriodId),
    /// Goods leave along a route.
    Move(Move, PeriodId),
    /// One holder gives to another.
    Give(Give, PeriodId),
}

impl Column {
    /// What it is about, and what it decides; `None`: it follows from what others decide, or is data.
    fn entry(self, n: &Network) -> (Thing, Option<Deed>) {
        match self {
            Self::Make(k, t) => {
                let make = n.makes[k];
                (Thing::Line(make.line), Some(Deed::Make(make, t)))
            }
            Self::Order(o, t) => {
                let order = n.orders[o];
                (Thing::Supplier(order.supplier), Some(Deed::Order(order, t)))
            }
            Self::Build(e, t) => (Thing::Expansion(e), Some(Deed::Build(e, t))),
            Self::Moved(v, t) => {
                let along = n.moves[v];
                (Thing::Market(along.from), Some(Deed::Move(along, t)))
            }
            Self::Give(g, t) => {
                let give = n.gives[g];
                (Thing::Stock(give.from), Some(Deed::Give(give, t)))
            }
            Self::Financed(l, _) | Self::Added(l, _) => (Thing::Line(l), None),
            Self::Placed(q, _) | Self::Available(q, _) => (Thing::Supplier(q), None),
            Self::Pool(k, _) => (Thing::Market(k), None),
            Self::Deliver(d, _) => (Thing::Stock(n.deliveries[d].stock), None),
            Self::Stock(s, _) | Self::Fresh(s, _) | Self::Old(s, _) | Self::Scrap(s, _) => {
                (Thing::Stock(s), None)
            }
            Self::Meet(e, _) => (Thing::Stock(n.meets[e].stock), None),
            Self::Short(r, _) | Self::Required(r, _) | Self::Share(r) => {
                (Thing::Requirement(r), None)
            }
            Self::Pay(p, _) => (Thing::Account(n.accounts.pays()[p].account), None),
            Self::Carry(g, _) => (Thing::Purse(g), None),
            Self::Ahead(e, _) => (Thing::Earmark(e), None),
            Self::Allot(a, _) => (Thing::Earmark(n.allots[a].to), None),
            Self::Money(f, _) => (Thing::Fund(f), None),
            Self::Owed(a, _) => (Thing::Account(a), None),
            Self::Tier(k) => (Thing::Tier(k), None),
            Self::Level => (Thing::Plan, None),
        }
    }

    /// What it is about.
    pub(crate) fn thing(self, n: &Network) -> Thing {
        self.entry(n).0
    }

    /// What it decides; `None`: it follows from what others decide, or is data.
    pub(crate) fn deed(self, n: &Network) -> Option<Deed> {
        self.entry(n).1
    }
}
