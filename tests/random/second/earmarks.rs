//! Earmarks: every unit of a component that a fund for some holders pays for goes into goods that lines make for one of
//! them, or into an expansion that the fund may pay for: which take it in in the same year, or in a later one.

use super::funds::price_of;
use super::{Customer, Expense, Second, Source};
use crate::simplex::Sense;
use sinews::ids::{ExpansionId, FundId, HolderId, Id, ItemId, LineId, RouteId};
use sinews::model::UnitPrice;
use std::collections::BTreeMap;

/// What a component goes into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    Holder(HolderId),
    Hall(ExpansionId),
}

impl Second<'_> {
    pub(super) fn earmarks(&mut self) {
        let mut articles: Vec<(ItemId, Option<RouteId>)> = self
            .pays
            .keys()
            .filter_map(|&(_, expense, _)| self.article(expense))
            .collect();
        articles.sort_unstable();
        articles.dedup();
        self.program.at = None;
        for article in articles {
            self.earmark(article);
        }
    }

    /// The component that is bought, or moved along a route, for the industry.
    fn article(&self, expense: Expense) -> Option<(ItemId, Option<RouteId>)> {
        match expense {
            Expense::Goods(source, Customer::Industry) => Some((self.item_of(source), None)),
            Expense::Moving(route, item, Customer::Industry) => Some((item, Some(route))),
            _ => None,
        }
    }

    fn earmark(&mut self, (item, route): (ItemId, Option<RouteId>)) {
        let m = self.m;
        let years = m.calendar.years().len();
        let contained = self.contained(item);
        let ahead = self.may_be_paid_ahead(item);
        // By target and year of the goods: what is paid for them.
        let mut given: BTreeMap<(Target, usize), Vec<(usize, f64)>> = BTreeMap::new();
        for f in m
            .funds
            .ids()
            .filter(|&f| !m.funds[f].buys.holders.is_empty())
        {
            let targets = contained
                .keys()
                .filter(|&&target| self.may_pay_for(f, target));
            let targets: Vec<Target> = targets.copied().collect();
            for year in 0..years {
                let pays = self.pays.iter().filter(|((payer, expense, at), _)| {
                    (*payer, *at) == (f, year) && self.article(*expense) == Some((item, route))
                });
                let units = pays.map(|(&(_, expense, _), &j)| (j, self.dearest(expense, year)));
                let units = units.filter(|&(_, price)| price > 0.0);
                let mut row: Vec<_> = units.map(|(j, price)| (j, 1.0 / price)).collect();
                if row.is_empty() {
                    continue;
                }
                for &target in &targets {
                    for later in year..if ahead { years } else { year + 1 } {
                        let j = self.program.column();
                        row.push((j, -1.0));
                        given.entry((target, later)).or_default().push((j, 1.0));
                    }
                }
                self.program.row(row, Sense::Equal, 0.0);
            }
        }
        for ((target, year), mut row) in given {
            let goods = contained[&target].iter().filter(|(_, at, _)| *at == year);
            row.extend(goods.map(|&(j, _, amount)| (j, -amount)));
            self.program.row(row, Sense::AtMost, 0.0);
        }
    }

    fn may_pay_for(&self, f: FundId, target: Target) -> bool {
        let fund = &self.m.funds[f];
        match target {
            Target::Holder(h) => fund.buys.holders.contains(&h),
            Target::Hall(e) => self.m.may_expand(fund, e),
        }
    }

    /// The dearest price at which anything of the same account is paid in a year: of the same component at the same
    /// price, paid by the same funds and with the same content for those with a rule on it.
    fn dearest(&self, expense: Expense, year: usize) -> f64 {
        let (own, price) = (self.account(expense), self.unit_price(expense));
        let mut dearest = 0.0_f64;
        for &(other, at) in self.charges.keys() {
            let same = at == year
                && self.article(other) == self.article(expense)
                && self.unit_price(other) == price
                && self.account(other) == own;
            if same {
                dearest = dearest.max(self.dearest_of(other, year));
            }
        }
        dearest
    }

    fn dearest_of(&self, expense: Expense, year: usize) -> f64 {
        let paid = (0..self.end()).filter(|&t| match expense {
            Expense::Goods(source, _) => self.dues(source, t).iter().any(|&(y, _)| y == year),
            _ => self.year(t) == year,
        });
        let price = self.unit_price(expense);
        let prices = paid.filter_map(|t| Some(self.price(price?, t, year)));
        prices.fold(0.0, f64::max)
    }

    fn unit_price(&self, expense: Expense) -> Option<&UnitPrice> {
        match expense {
            Expense::Goods(source, _) => price_of(self.m, source),
            Expense::Moving(route, ..) => self.m.routes[route].cost.as_ref(),
            _ => None,
        }
    }

    /// Who may pay for something, and what share of it counts for each fund that has a rule on all that it pays.
    fn account(&self, expense: Expense) -> Vec<(FundId, Option<f64>)> {
        let funds = self.payers(expense).unwrap_or_default().into_iter();
        let shares = funds.map(|f| {
            let rule = self.m.funds[f].content.filter(|rule| !rule.each);
            (f, rule.map(|rule| self.content(expense, rule.region)))
        });
        shares.collect()
    }

    /// By what it goes into: columns, and how much of a component is taken in for a unit of each, by the last year in which
    /// that is paid for.
    fn contained(&self, item: ItemId) -> BTreeMap<Target, Vec<(usize, usize, f64)>> {
        let m = self.m;
        let late = self.latest(item);
        let years: Vec<usize> = (0..self.end()).map(|t| self.last_year(t, late)).collect();
        let mut found: BTreeMap<Target, Vec<(usize, usize, f64)>> = BTreeMap::new();
        let mut count = |target: Target, j: usize, when: &[f64]| {
            let own = found.entry(target).or_default();
            let some = when.iter().zip(&years).filter(|(amount, _)| **amount > 0.0);
            own.extend(some.map(|(&amount, &year)| (j, year, amount)));
        };
        for (l, line) in m.lines.iter() {
            for (p, product) in line.products.iter().enumerate() {
                let made = self.in_made(item, l, product.item);
                for (&(source, customer, t), &j) in &self.supply {
                    match (source, customer) {
                        (Source::Line(own, n, _), Customer::Stock(s)) if (own, n) == (l, p) => {
                            count(Target::Holder(m.stocks[s].holder), j, &made[t]);
                        }
                        _ => {}
                    }
                }
            }
        }
        for (e, expansion) in m.expansions.iter() {
            for &(part, each) in &expansion.uses {
                let used = self.in_part(item, part);
                for (&(_, ordered), &j) in self.build.iter().filter(|((own, _), _)| *own == e) {
                    for (t, used) in used.iter().enumerate() {
                        let share = each.value() * self.built_in(e, ordered, t);
                        let when: Vec<f64> = used.iter().map(|n| n * share).collect();
                        count(Target::Hall(e), j, &when);
                    }
                }
            }
        }
        found.retain(|_, columns| !columns.is_empty());
        found
    }

    /// How many of a component are taken in in each period for a good unit that a line makes: by the period in which it is
    /// made.
    fn in_made(&self, component: ItemId, l: LineId, item: ItemId) -> Vec<Vec<f64>> {
        let end = self.end();
        let mut all = vec![vec![0.0; end]; end];
        for need in &self.m.items[item].needs {
            let part = self.in_part(component, need.item);
            let each = need.amount.value() / self.m.lines[l].yield_share.value();
            for (made, when) in all.iter_mut().enumerate() {
                for (used, part) in part.iter().enumerate() {
                    let share = self.taken_in(l, made, used);
                    for (sum, amount) in when.iter_mut().zip(part).filter(|_| share > 0.0) {
                        *sum += each * share * amount;
                    }
                }
            }
        }
        all
    }

    /// How many are taken in in each period for one of an item, by the period in which that is used. From each period on
    /// as many as of any line that makes the item.
    fn in_part(&self, component: ItemId, item: ItemId) -> Vec<Vec<f64>> {
        let end = self.end();
        let mut all = vec![vec![0.0; end]; end];
        if item == component {
            for (t, when) in all.iter_mut().enumerate() {
                when[t] = 1.0;
            }
            return all;
        }
        let lines = self.m.lines.iter();
        let lines = lines.filter(|(_, line)| line.products.iter().any(|p| p.item == item));
        if !self.m.contains(item, component) {
            return all;
        }
        let lines: Vec<Vec<Vec<f64>>> = lines
            .map(|(l, _)| self.in_made(component, l, item))
            .collect();
        for (used, when) in all.iter_mut().enumerate() {
            let from = |t: usize| {
                let lines = lines.iter().map(|line| line[used][t..].iter().sum::<f64>());
                lines.fold(0.0, f64::max)
            };
            for (t, amount) in when.iter_mut().enumerate() {
                let own = from(t) - from(t + 1);
                *amount = if own > 1e-12 { own } else { 0.0 };
            }
        }
        all
    }

    /// How long after delivery a component is paid for at the latest.
    fn latest(&self, item: ItemId) -> f64 {
        let lines = self.m.lines.values();
        let lines = lines.filter(|line| line.products.iter().any(|p| p.item == item));
        let suppliers = self.m.suppliers.values().filter(|q| q.item == item);
        let terms = lines.map(|line| line.payment.after.value());
        let terms = terms.chain(suppliers.map(|q| q.payment.after.value()));
        terms.fold(0.0, f64::max)
    }

    /// The year in which a period ends that is moved to later, at the latest the last.
    fn last_year(&self, t: usize, later: f64) -> usize {
        let (start, end) = self.stretch(t);
        let years = self.years_of((start + later, end + later));
        let last = years.last().map_or(0, |&(year, _)| year);
        last.min(self.m.calendar.years().len() - 1)
    }

    /// Whether makers may keep a component or what it goes into, take it in ahead, are paid ahead or after delivery, it
    /// is built with, or on its way for a time.
    fn may_be_paid_ahead(&self, item: ItemId) -> bool {
        let m = self.m;
        let into = |other: ItemId| other == item || m.contains(other, item);
        let kept = self.pool.keys().any(|&(i, _, t)| {
            let most = m.items[i]
                .stock
                .as_ref()
                .and_then(|stock| stock.most.as_ref());
            let most = most.map_or(1.0, |most| most.closing(&m.calendar, Id::at(t)).value());
            into(i) && most > 0.0
        });
        let mut lines = m.lines.values();
        let mut suppliers = m.suppliers.values();
        let mut expansions = m.expansions.values();
        let mut routes = m.routes.values();
        kept || expansions.any(|e| e.uses.iter().any(|&(used, _)| into(used)))
            || lines.any(|line| {
                let own = line.products.iter().any(|p| into(p.item));
                let (terms, cycle) = (line.payment, line.cycle.value());
                own && (terms.advance.value() > 0.0 || terms.after.value() > 0.0 || cycle > 0.0)
            })
            || suppliers.any(|q| {
                let terms = q.payment;
                q.item == item && (terms.advance.value() > 0.0 || terms.after.value() > 0.0)
            })
            || routes.any(|r| r.lag.value() > 0.0 && r.items.iter().any(|&i| into(i)))
    }
}
