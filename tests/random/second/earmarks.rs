//! Earmarks: every unit of a component that a fund for some holders pays for goes into goods that lines make for one of
//! them, or into an expansion that the fund may pay for: of the same year, or of a later one.

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
            let goods = contained[&target].iter().filter(|(_, (at, _))| *at == year);
            row.extend(goods.map(|(&j, &(_, amount))| (j, -amount)));
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

    /// By what it goes into: how much of a component is in each unit of a column, and the year in which that counts.
    fn contained(&self, item: ItemId) -> BTreeMap<Target, BTreeMap<usize, (usize, f64)>> {
        let m = self.m;
        let late = self.latest(item);
        let mut found: BTreeMap<Target, BTreeMap<usize, (usize, f64)>> = BTreeMap::new();
        for (&(source, customer, t), &j) in &self.supply {
            let (Source::Line(l, p, _), Customer::Stock(s)) = (source, customer) else {
                continue;
            };
            let amount = self.in_made(item, l, m.lines[l].products[p].item);
            if amount > 0.0 {
                let target = Target::Holder(m.stocks[s].holder);
                let own = found.entry(target).or_default();
                own.insert(j, (self.last_year(t, late), amount));
            }
        }
        for (&(e, t), &j) in &self.build {
            let uses = m.expansions[e].uses.iter();
            let amount: f64 = uses.map(|&(i, n)| n.value() * self.in_part(item, i)).sum();
            if amount > 0.0 {
                let own = found.entry(Target::Hall(e)).or_default();
                own.insert(j, (self.last_year(t, self.building(e) + late), amount));
            }
        }
        found
    }

    /// How many of a component are in a good unit of what a line makes.
    fn in_made(&self, component: ItemId, l: LineId, item: ItemId) -> f64 {
        let needs = self.m.items[item].needs.iter();
        let amounts = needs.map(|need| need.amount.value() * self.in_part(component, need.item));
        amounts.sum::<f64>() / self.m.lines[l].yield_share.value()
    }

    /// How many are in one of an item from any line: the most.
    fn in_part(&self, component: ItemId, item: ItemId) -> f64 {
        if item == component {
            return 1.0;
        }
        let lines = self.m.lines.iter();
        let lines = lines.filter(|(_, line)| line.products.iter().any(|p| p.item == item));
        lines
            .map(|(l, _)| self.in_made(component, l, item))
            .fold(0.0, f64::max)
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
