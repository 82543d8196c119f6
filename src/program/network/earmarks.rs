//! Earmarks: what funds that buy for some holders only may pay for of components.
//!
//! Components are made for no holder in particular, so money for them is counted in units: what funds for
//! some holders pay for is no more than what goods for these holders contain. Which funds must be looked at
//! together follows from Hall's theorem: those whose holders are a union of sets that overlap. Where sets are
//! nested or apart, that is each set by itself.

use super::Accounts;
use super::sources::{Consumer, costs, sources};
use crate::ids::{EarmarkId, HolderId, ItemId, PayId, RouteId, Table};
use crate::model::{Fund, Model, Rule};

/// What funds for some holders may pay for of a component.
#[derive(Clone, Debug, PartialEq)]
pub struct Earmark {
    /// The component.
    pub item: ItemId,
    /// The route along which it moves, if that is what is paid for.
    pub route: Option<RouteId>,
    /// The holders.
    pub holders: Vec<HolderId>,
    /// What purses for none but these holders may pay of it.
    pub pays: Vec<PayId>,
}

/// More unions of overlapping sets of holders than this are not looked at, for each component.
const MOST_SETS: usize = 200;

/// Every earmark that some account needs.
pub(super) fn all(m: &Model, accounts: &Accounts) -> Table<EarmarkId, Earmark> {
    let articles = accounts.accounts().values();
    let articles = articles.filter_map(|account| account.article.as_ref());
    let mut articles: Vec<_> = articles.map(|a| (a.item, a.route)).collect();
    articles.sort_unstable();
    articles.dedup();
    let mut all = Table::new();
    for (item, route) in articles {
        let pays: Vec<(PayId, &[HolderId])> = payments(m, accounts, item, route);
        let mut sets: Vec<Vec<HolderId>> = Vec::new();
        for (_, holders) in &pays {
            include(&mut sets, holders.to_vec());
        }
        unite(&mut sets);
        if is_built_with(m, item) {
            let everyone = sets.concat();
            include(&mut sets, everyone);
        }
        for holders in sets {
            let within = |own: &[HolderId]| own.iter().all(|holder| holders.contains(holder));
            let own = pays.iter().filter(|(_, own)| within(own));
            let pays = own.map(|&(pay, _)| pay).collect();
            all.push(Earmark {
                item,
                route,
                holders,
                pays,
            });
        }
    }
    all
}

/// What purses for some holders may pay of a component, and for which.
fn payments<'m>(
    m: &'m Model,
    accounts: &Accounts,
    item: ItemId,
    route: Option<RouteId>,
) -> Vec<(PayId, &'m [HolderId])> {
    let pays = accounts.pays().iter().filter_map(|(p, pay)| {
        let article = accounts[pay.account].article.as_ref()?;
        let fund = &m.funds[accounts.purses()[pay.purse?][0]];
        let own = article.item == item && article.route == route;
        (own && !fund.buys.holders.is_empty()).then_some((p, fund.buys.holders.as_slice()))
    });
    pays.collect()
}

/// Add a set of holders, in order and each once.
fn include(sets: &mut Vec<Vec<HolderId>>, mut holders: Vec<HolderId>) {
    holders.sort_unstable();
    holders.dedup();
    if !sets.contains(&holders) {
        sets.push(holders);
    }
}

/// Add the unions of sets that overlap.
fn unite(sets: &mut Vec<Vec<HolderId>>) {
    let mut next = 0;
    while next < sets.len() && sets.len() < MOST_SETS {
        for other in 0..next {
            let overlap = sets[next].iter().any(|holder| sets[other].contains(holder));
            if overlap {
                let union = [sets[next].as_slice(), sets[other].as_slice()].concat();
                include(sets, union);
            }
        }
        next += 1;
    }
}

/// Whether expansions use up a component, or something that contains it.
fn is_built_with(m: &Model, item: ItemId) -> bool {
    let mut uses = m.expansions.values().flat_map(|e| &e.uses);
    uses.any(|&(used, _)| used == item || m.contains(used, item))
}

/// How the consumers of an item are told apart: by funds that buy for some holders only and may pay for components of
/// it, and by rules of one's own that count what is spent for a holder.
pub(super) struct Told<'m> {
    funds: Vec<&'m Fund>,
    holders: Vec<HolderId>,
}

impl<'m> Told<'m> {
    pub(super) fn of(m: &'m Model, item: ItemId) -> Self {
        let paid = |component: ItemId| {
            let mut routes = m.routes.values();
            sources(m, component).iter().any(|source| source.charges(m))
                || routes.any(|r| r.items.contains(&component) && costs(r.cost.as_ref()))
        };
        let below = m.items.ids().filter(|&other| m.contains(item, other));
        let below: Vec<ItemId> = below.filter(|&component| paid(component)).collect();
        let tells = |fund: &&Fund| {
            let buys = |&component: &ItemId| m.may_buy_goods(fund, component);
            !fund.buys.holders.is_empty() && fund.buys.production && below.iter().any(buys)
        };
        let counted = m.rules.values().flat_map(Rule::holders_apart);
        let mut holders: Vec<HolderId> = counted.collect();
        holders.sort_unstable();
        holders.dedup();
        Self {
            funds: m.funds.values().filter(tells).collect(),
            holders,
        }
    }

    /// For which of these funds a consumer is one of their holders, and which of these holders it is; none is the
    /// industry's.
    pub(super) fn apart(&self, m: &Model, consumer: Consumer) -> Vec<bool> {
        let own = match consumer {
            Consumer::Industry => None,
            Consumer::Stock(s) => Some(m.stocks[s].holder),
        };
        let of = |fund: &&Fund| own.is_some_and(|own| fund.buys.holders.contains(&own));
        let funds = self.funds.iter().map(of);
        let holders = self.holders.iter().map(|&holder| own == Some(holder));
        funds.chain(holders).collect()
    }
}
