//! Earmarks: what funds that buy for some holders only may pay for of components.
//!
//! Components are made for no holder in particular, so money for them is counted in units: every unit that funds for
//! some holders pay for goes into goods for one of these holders, or into an expansion that the fund may pay for. What
//! it goes into is told apart only as far as the funds do: targets that the same funds may pay for are one *lot*, and
//! the units that a fund for several lots pays for are allotted to them.

use super::Accounts;
use super::sources::{Consumer, costs, sources};
use crate::ids::{AllotId, EarmarkId, ExpansionId, HolderId, ItemId, PayId, RouteId, Table};
use crate::model::{Fund, Model, Rule};

/// What funds for some holders may pay for of a component: a lot of goods and expansions that the same funds may pay
/// for, or several such lots together for funds that may pay for all of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Earmark {
    /// The component.
    pub item: ItemId,
    /// The route along which it moves, if that is what is paid for.
    pub route: Option<RouteId>,
    /// The holders whose goods contain it.
    pub holders: Vec<HolderId>,
    /// The expansions that take it in.
    pub expansions: Vec<ExpansionId>,
    /// What purses for just these holders and expansions may pay of it.
    pub pays: Vec<PayId>,
    /// Whether it is one lot: what goods contain is counted by lot.
    pub lot: bool,
}

/// What funds for several lots pay for of one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allot {
    /// The funds: the lots that they may pay for.
    pub from: EarmarkId,
    /// The lot.
    pub to: EarmarkId,
}

/// What a component goes into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    Holder(HolderId),
    Expansion(ExpansionId),
}

/// Every earmark that some account needs, and what is allotted among them.
pub(super) fn all(
    m: &Model,
    accounts: &Accounts,
) -> (Table<EarmarkId, Earmark>, Table<AllotId, Allot>) {
    let articles = accounts.accounts().values();
    let articles = articles.filter_map(|account| account.article.as_ref());
    let mut articles: Vec<_> = articles.map(|a| (a.item, a.route)).collect();
    articles.sort_unstable();
    articles.dedup();
    let (mut earmarks, mut allots) = (Table::new(), Table::new());
    for (item, route) in articles {
        let pays = payments(m, accounts, item, route);
        let mut sets: Vec<Vec<Target>> = pays.iter().map(|(_, set)| set.clone()).collect();
        sets.sort_unstable();
        sets.dedup();
        let mut push = |targets: &[Target], lot| {
            let own = pays.iter().filter(|(_, set)| set == targets);
            let holder = |target: &Target| match *target {
                Target::Holder(h) => Some(h),
                Target::Expansion(_) => None,
            };
            let expansion = |target: &Target| match *target {
                Target::Expansion(e) => Some(e),
                Target::Holder(_) => None,
            };
            earmarks.push(Earmark {
                item,
                route,
                holders: targets.iter().filter_map(holder).collect(),
                expansions: targets.iter().filter_map(expansion).collect(),
                pays: own.map(|&(pay, _)| pay).collect(),
                lot,
            })
        };
        let lots: Vec<(Vec<Target>, EarmarkId)> = lots(&sets)
            .into_iter()
            .map(|lot| {
                let e = push(&lot, true);
                (lot, e)
            })
            .collect();
        for set in sets {
            if lots.iter().any(|(lot, _)| *lot == set) {
                continue;
            }
            let from = push(&set, false);
            let within = lots.iter().filter(|(lot, _)| set.contains(&lot[0]));
            for &(_, to) in within {
                allots.push(Allot { from, to });
            }
        }
    }
    (earmarks, allots)
}

/// The targets of some sets by which of the sets they are in, in order.
fn lots(sets: &[Vec<Target>]) -> Vec<Vec<Target>> {
    let mut targets = sets.concat();
    targets.sort_unstable();
    targets.dedup();
    let mut lots: Vec<(Vec<bool>, Vec<Target>)> = Vec::new();
    for target in targets {
        let inside: Vec<bool> = sets.iter().map(|set| set.contains(&target)).collect();
        match lots.iter_mut().find(|(other, _)| *other == inside) {
            Some((_, lot)) => lot.push(target),
            None => lots.push((inside, vec![target])),
        }
    }
    lots.into_iter().map(|(_, lot)| lot).collect()
}

/// What purses for some holders may pay of a component, and what for.
fn payments(
    m: &Model,
    accounts: &Accounts,
    item: ItemId,
    route: Option<RouteId>,
) -> Vec<(PayId, Vec<Target>)> {
    let pays = accounts.pays().iter().filter_map(|(p, pay)| {
        let article = accounts[pay.account].article.as_ref()?;
        let fund = &m.funds[accounts.purses()[pay.purse?][0]];
        let own = article.item == item && article.route == route;
        (own && !fund.buys.holders.is_empty()).then(|| (p, targets(m, fund, item)))
    });
    pays.collect()
}

/// The holders that a fund buys for, and the expansions that it may pay for and that take in a component, in order.
fn targets(m: &Model, fund: &Fund, item: ItemId) -> Vec<Target> {
    let holders = fund.buys.holders.iter().map(|&h| Target::Holder(h));
    let expansions = m.expansions.iter().filter(|&(e, expansion)| {
        let mut uses = expansion.uses.iter();
        let takes_in = uses.any(|&(used, _)| used == item || m.contains(used, item));
        takes_in && m.may_expand(fund, e)
    });
    let expansions = expansions.map(|(e, _)| Target::Expansion(e));
    let mut targets: Vec<Target> = holders.chain(expansions).collect();
    targets.sort_unstable();
    targets.dedup();
    targets
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
