//! Rules of one's own: weighted sums of what a plan does are held to a right side.
//!
//! ```text
//! rule   Σ_k factor[k] · what[k,w]  ≤, ≥ or =  right[w]
//!                                        for every rule and window w in which decisions are free and it holds
//! ```
//!
//! A window is a period or a calendar year, as the rule says; rows of a window go by its last period. `what` is one of
//! [`Measured`], in natural units: output, deliveries, gifts, stocks, shortfalls, orders of expansions, money.
//! What one fund pays to one region is `Σ_a σ[a] · f[g,a,y]`, of a fund in a [purse](super::accounts) of its own and of
//! accounts that hold only expenses with the same share `σ` from there. What is paid for one holder is what the columns of
//! markets that serve it alone cost, and what comes from one fund what it pays into accounts of that holder alone: a rule
//! that counts either keeps them apart.
//!
//! The price of a rule is what one more unit of its right side would save, or would cost where it asks for more.

use super::accounts::Account;
use super::deed::Deed;
use super::family::Row;
use super::origin::{Bill, from_region};
use super::plan::{Column, Plan};
use super::rows::{Rows, Sense};
use super::scope::Scope;
use super::stock::{arrivals, drawn};
use super::sum::Sum;
use crate::ids::{
    FundId, HolderId, Id, ItemId, MarketId, PeriodId, RegionId, StockId, Table, YearId,
};
use crate::model::{Holds, Measured, Rule};

pub(super) fn add(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>, bill: &Bill<'_>) {
    let c = &x.m.calendar;
    for (r, rule) in x.m.rules.iter() {
        for t in c.open_periods().filter(|&t| rule.holds_in(c, t)) {
            let sum = Natural { x, v, bill };
            let (left, known) = sum.of(rule, t);
            let first = rule.window.periods(c, t).first().copied().unwrap_or(t);
            let right = rule.right.at(c.first_month(first)).value() - known;
            let unit = left.largest().unwrap_or(1.0);
            let mut scaled = Sum::default();
            scaled.add_all(1.0 / unit, &left);
            let sense = match rule.holds {
                Holds::AtMost => Sense::AtMost,
                Holds::AtLeast => Sense::AtLeast,
                Holds::Equal => Sense::Equal,
            };
            rows.add(Row::Rule(r, t), unit, &scaled, sense, right / unit);
        }
    }
}

/// Whether something is what is wanted; where nothing is, all is.
fn is<I: Id>(wanted: Option<I>, id: I) -> bool {
    wanted.is_none_or(|wanted| wanted == id)
}

/// Sums in natural units.
struct Natural<'a> {
    x: &'a Scope<'a>,
    v: &'a Plan<u32>,
    bill: &'a Bill<'a>,
}

impl Natural<'_> {
    /// The sum of a rule in the window that ends with a period, and what of it no column stands for.
    fn of(&self, rule: &Rule, last: PeriodId) -> (Sum, f64) {
        let (mut all, mut known) = (Sum::default(), 0.0);
        let window = rule.window.periods(&self.x.m.calendar, last);
        for term in &rule.terms {
            let mut own = Sum::default();
            match term.of {
                Measured::Spending { fund, region } => {
                    own = self.spending(self.x.m.calendar.year_of(last), fund, region);
                }
                Measured::SpentFor {
                    holder,
                    fund,
                    region,
                } => {
                    let y = self.x.m.calendar.year_of(last);
                    own = self.spent_for(y, holder, fund, region);
                }
                Measured::Carried(f) => {
                    let y = self.x.m.calendar.year_of(last);
                    own.add(1.0, self.v.carry[(self.x.n.accounts.purse_of(f), y)]);
                }
                Measured::Money(f) => {
                    let y = self.x.m.calendar.year_of(last);
                    own.add(1.0, self.v.money[(f, y)]);
                }
                Measured::InStore { holder, item } => {
                    for s in self.stocks(holder, item) {
                        known += term.factor * self.in_store(&mut own, s, last);
                    }
                }
                flow => {
                    for &t in &window {
                        self.flow(&mut own, flow, t);
                    }
                }
            }
            all.add_all(term.factor, &self.natural(&own));
        }
        (all, known)
    }

    /// The same sum by internal unit of each column, in place of columns in natural units.
    fn natural(&self, sum: &Sum) -> Sum {
        sum.scaled(|j| self.bill.columns[j as usize].unit)
    }

    /// What happens in a period.
    fn flow(&self, own: &mut Sum, flow: Measured, t: PeriodId) {
        let (m, n, v) = (self.x.m, self.x.n, self.v);
        match flow {
            Measured::Output { line, item } => {
                for (k, make) in n.makes.iter() {
                    if is(line, make.line) && is(item, n.markets[make.market].item) {
                        own.add(1.0, v.make[(k, t)]);
                    }
                }
            }
            Measured::Supply { supplier, item } => {
                for (o, order) in n.orders.iter() {
                    if is(supplier, order.supplier) && is(item, n.markets[order.market].item) {
                        own.add(1.0, v.order[(o, t)]);
                    }
                }
            }
            Measured::Received { holder, item } => {
                for s in self.stocks(holder, item) {
                    own.add_all(1.0, &arrivals(self.x, v, s, t));
                }
            }
            Measured::Given { from, to, item } => {
                for (g, give) in n.gives.iter() {
                    let (giver, taker) = (&m.stocks[give.from], &m.stocks[give.to]);
                    if is(from, giver.holder) && is(to, taker.holder) && is(item, giver.item) {
                        own.add(1.0, v.give[(g, t)]);
                    }
                }
            }
            Measured::Moved { route, item } => {
                for (along, moved) in n.moves.iter() {
                    if is(route, moved.route) && is(item, n.markets[moved.from].item) {
                        own.add(1.0, v.moved[(along, t)]);
                    }
                }
            }
            Measured::Missing(r) => own.add(1.0, v.short[(r, t)]),
            Measured::Built(e) => own.add(1.0, v.build[(e, t)]),
            // Of a stock its end counts, of money its year.
            Measured::InStore { .. }
            | Measured::Spending { .. }
            | Measured::SpentFor { .. }
            | Measured::Money(_)
            | Measured::Carried(_) => {}
        }
    }

    /// What is in a stock at the end of a period: its column, or, of one that only falls, what is known of it less
    /// what has left it.
    fn in_store(&self, own: &mut Sum, s: StockId, t: PeriodId) -> f64 {
        if let Some(column) = self.v.stock[(s, t)] {
            own.add(1.0, column);
            return 0.0;
        }
        let c = &self.x.m.calendar;
        for earlier in c.periods().take_while(|&earlier| earlier <= t) {
            own.add_all(-1.0, &drawn(self.x, self.v, s, earlier));
        }
        self.x.m.stocks[s].total().value()
    }

    fn stocks(&self, holder: Option<HolderId>, item: Option<ItemId>) -> Vec<StockId> {
        let all = self.x.m.stocks.iter();
        let meant = all.filter(|(_, stock)| is(holder, stock.holder) && is(item, stock.item));
        meant.map(|(s, _)| s).collect()
    }

    /// What is paid in a year, by a fund and to a region; in columns of money.
    fn spending(&self, y: YearId, fund: Option<FundId>, region: Option<RegionId>) -> Sum {
        let (m, n) = (self.x.m, self.x.n);
        let share = |column: Column| match region {
            Some(region) => from_region(m, n, column, region),
            None => Some(1.0),
        };
        match fund {
            Some(fund) => self.paid_by(y, fund, region, |_| true),
            None => self.charged(y, share),
        }
    }

    /// The same for goods that one holder receives.
    fn spent_for(
        &self,
        y: YearId,
        holder: HolderId,
        fund: Option<FundId>,
        region: Option<RegionId>,
    ) -> Sum {
        let (m, n) = (self.x.m, self.x.n);
        let markets = n.markets.ids().map(|k| n.is_for(m, k, holder));
        let its_own: Table<MarketId, bool> = markets.collect();
        let share = |column: Column| {
            let received = match column.deed(n)? {
                Deed::Make(make, _) => its_own[make.market],
                Deed::Order(order, _) => its_own[order.market],
                Deed::Move(along, _) => its_own[along.to],
                Deed::Give(give, _) => m.stocks[give.to].holder == holder,
                Deed::Build(..) => false,
            };
            match region {
                _ if !received => None,
                Some(region) => from_region(m, n, column, region),
                None => Some(1.0),
            }
        };
        match fund {
            Some(fund) => self.paid_by(y, fund, region, |own| own.holder == Some(holder)),
            None => self.charged(y, share),
        }
    }

    /// What columns are charged in a year, times a factor, if they have one. In units of what each stands for:
    /// `natural` brings it to money.
    fn charged(&self, y: YearId, factor: impl Fn(Column) -> Option<f64>) -> Sum {
        let per = |j: u32| self.x.size.money / self.bill.columns[j as usize].unit;
        self.bill.paid(y, factor).scaled(per)
    }

    /// What a fund pays in a year into some accounts: all of it, or the part that comes from a region.
    fn paid_by(
        &self,
        y: YearId,
        fund: FundId,
        region: Option<RegionId>,
        of: impl Fn(&Account) -> bool,
    ) -> Sum {
        let accounts = &self.x.n.accounts;
        let mut own = Sum::default();
        for &p in &self.x.by_purse[accounts.purse_of(fund)] {
            let account = &accounts[accounts.pays()[p].account];
            if of(account) {
                let share = region.map_or(1.0, |region| account.share_from(region));
                own.add(share, self.v.pay[(p, y)]);
            }
        }
        own
    }
}
