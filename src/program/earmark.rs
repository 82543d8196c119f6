//! Earmarks: funds for some holders pay for no more of a component than goods for these holders contain.
//!
//! ```text
//! earmark   Σ_{g of e} Σ_{a of c} f[g,a,y] / price[a,y]  +  Σ_{n → e} B[n,y]  +  E[e,y]
//!           ≤  Σ_{t ∈ y} Σ_τ ( Σ_{m for e} κ[c,m,t,τ] · x[m,τ]  +  Σ_d κ[c,d,t,τ] · d[d,τ]  +  Σ_b κ[c,b,t,τ] · b[b,τ] )  +  E[e,y+1]
//!                                        for every lot e of goods and expansions that take in a component c
//!           Σ_{g of e} Σ_{a of c} f[g,a,y] / price[a,y]  ≤  Σ_{e → n} B[n,y]
//!                                        for every earmark e for several lots, and every year y
//! ```
//!
//! An account of components holds one component at one price, so what a purse pays into it counts in units:
//! `price[a,y]` is what one costs when it is paid in the year (where that changes within the year, the
//! dearest). `κ[c,m,t,τ]` is how many of the component are taken in in `t` for one unit of what line `m` makes in `τ`, through
//! all levels of the bill of materials, the yields and the cycles on the way (see [`content`](super::content)): it counts when
//! it is taken in, as in the [balance](super::balance).
//! Only what lines make for holders of the lot counts: deliveries of suppliers and gifts contain no component of
//! the plan. Where a market serves industry and holders, what goes to the holders counts (`d`). Components that
//! expansions take in while they are built count (`b`) for purses that may pay for the expansion. Holders and expansions are one lot if the
//! same purses may pay for them; what a purse for several lots pays for is allotted to them (`B`), so that no unit is
//! paid for twice, and none that is made for others.
//!
//! `E[e,y]` is what is paid before year `y` for goods of that year or later: it exists where makers may keep the
//! component or what it goes into, or take it in ahead, or where any of these is paid ahead or after delivery, or built with. Nothing
//! is paid after it is taken in and due. Whether one stock of parts could have been kept so long is not
//! asked.
//!
//! Which lots there are [`network`](super::network) says. If a component moves along a route
//! at a cost, the same rows stand for what is paid for moving it.
//!
//! The price of an earmark row is what one more unit of the component that these funds may pay for would save.

use super::content::Content;
use super::family::Row;
use super::ledger::Charge;
use super::network::Earmark;
use super::plan::Plan;
use super::rows::Rows;
use super::scope::Scope;
use super::sum::Sum;
use crate::ids::{AccountId, Grid, HolderId, Id, ItemId, PeriodId, Table, YearId};
use crate::model::{Line, Model, Payment};
use crate::units::Months;
use std::collections::BTreeMap;

pub(super) fn add(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>, charges: &[Charge]) {
    let years = x.m.calendar.years().len();
    let accounts = x.n.accounts.accounts().len();
    let mut prices = Grid::from_fn(accounts, years, |_: AccountId, _: YearId| 0.0_f64);
    for charge in charges {
        if !x.m.calendar.has_year(charge.year) {
            continue;
        }
        let price = &mut prices[(charge.account, charge.year)];
        *price = price.max(charge.amount / charge.share);
    }
    let mut contents: BTreeMap<ItemId, Content<'_>> = BTreeMap::new();
    for (e, earmark) in x.n.earmarks.iter() {
        let item = earmark.item;
        let content = contents
            .entry(item)
            .or_insert_with(|| Content::of(x.m, item));
        let contained = earmark.lot.then(|| contained(x, v, earmark, content));
        for y in x.m.calendar.years() {
            let mut left = Sum::default();
            for &p in &earmark.pays {
                let price = prices[(x.n.accounts.pays()[p].account, y)];
                if price > 0.0 {
                    left.add(1.0 / price, v.pay[(p, y)]);
                }
            }
            for (n, allot) in x.n.allots.iter() {
                if allot.to == e {
                    left.add(1.0, v.allot[(n, y)]);
                }
                if allot.from == e {
                    left.add(-1.0, v.allot[(n, y)]);
                }
            }
            if let Some(contained) = &contained {
                left.add_all(-1.0, &contained[y]);
            }
            left.add(1.0, v.ahead[(e, y)]);
            let next = YearId::at(y.position() + 1);
            let next = Some(next).filter(|next| next.position() < years);
            left.add(-1.0, next.and_then(|next| v.ahead[(e, next)]));
            let size = x.size.item(earmark.item);
            rows.at_most(Row::Earmark(e, y), size, &left, 0.0);
        }
    }
}

/// By year: how much of a component is taken in for goods for the holders of an earmark.
fn contained(
    x: &Scope<'_>,
    v: &Plan<u32>,
    earmark: &Earmark,
    content: &mut Content<'_>,
) -> Table<YearId, Sum> {
    let (m, c) = (x.m, &x.m.calendar);
    let mut found: Table<YearId, Sum> = c.years().map(|_| Sum::default()).collect();
    let inside = |h: HolderId| earmark.holders.contains(&h);
    let size = x.size.item(earmark.item);
    let late = latest(m, earmark.item);
    let due: Table<PeriodId, YearId> = c.periods().map(|t| due(x, t, late)).collect();
    let mut count = |taken: &BTreeMap<PeriodId, f64>, each: f64, column: Option<u32>| {
        for (&t, amount) in taken {
            found[due[t]].add(amount * each / size, column);
        }
    };
    for (k, make) in x.n.makes.iter() {
        let Some(stocks) = x.n.stocks_of_group(make.market) else {
            continue;
        };
        let product = x.n.markets[make.market].item;
        let is_in = product != earmark.item && content.is_in(product);
        if is_in && stocks.iter().all(|&s| inside(m.stocks[s].holder)) {
            let taken = content.in_made(&m.lines[make.line], product);
            for t in c.periods() {
                count(&taken[t], x.make_size(k), v.make[(k, t)]);
            }
        }
    }
    for (d, delivery) in x.n.deliveries.iter() {
        let (market, stock) = (&x.n.markets[delivery.market], &m.stocks[delivery.stock]);
        if market.industry && content.is_in(market.item) && inside(stock.holder) {
            let taken = content.in_part(market.item);
            for t in c.periods() {
                count(&taken[t], x.size.item(market.item), v.deliver[(d, t)]);
            }
        }
    }
    for &e in &earmark.expansions {
        let expansion = &m.expansions[e];
        for &(item, each) in &expansion.uses {
            let taken = content.in_part(item);
            for ordered in c.periods() {
                let building = expansion.building(c, ordered);
                for (t, share) in building.into_iter().flat_map(|building| c.parts(building)) {
                    count(&taken[t], each.value() * share, v.build[(e, ordered)]);
                }
            }
        }
    }
    found
}

/// How long after delivery a component may have to be paid for.
fn latest(m: &Model, item: ItemId) -> Months {
    let lines = m.lines.values();
    let lines = lines.filter(|line| line.products.iter().any(|p| p.item == item));
    let suppliers = m.suppliers.values().filter(|q| q.item == item);
    let terms = lines.map(|line| line.payment);
    let terms = terms.chain(suppliers.map(|supplier| supplier.payment));
    terms.fold(Months::ZERO, |most, terms| most.max(terms.after))
}

/// The last year in which what is taken in in a period is paid for.
fn due(x: &Scope<'_>, t: PeriodId, late: Months) -> YearId {
    let c = &x.m.calendar;
    let last = c.years().last().unwrap_or(YearId::FIRST);
    let years = c.year_parts(c.stretch(t).later(late));
    years.last().map_or(last, |(y, _)| y.min(last))
}

impl Scope<'_> {
    /// Whether a component may be paid for in a year before that of the goods it goes into.
    pub(super) fn may_pay_ahead(&self, item: ItemId) -> bool {
        let m = self.m;
        let into = |other: ItemId| other == item || m.contains(other, item);
        let kept = self.n.markets.iter().any(|(k, market)| {
            into(market.item) && m.calendar.periods().any(|t| self.may_keep(k, t))
        });
        let makes = |line: &Line| line.products.iter().any(|p| into(p.item));
        // What is paid for in parts counts in the last year of them.
        let apart = |terms: Payment| terms.advance.value() > 0.0 || terms.after > Months::ZERO;
        let ahead = |line: &Line| apart(line.payment) || line.cycle > Months::ZERO;
        kept || m.lines.values().any(|line| makes(line) && ahead(line))
            || m.suppliers
                .values()
                .any(|q| q.item == item && apart(q.payment))
            || m.expansions
                .values()
                .any(|e| e.uses.iter().any(|&(used, _)| into(used)))
            || m.routes
                .values()
                .any(|route| route.items.iter().any(|&i| into(i)) && route.lag > Months::ZERO)
    }
}
