//! What is paid, when, and by which fund.

use super::at;
use super::{Customer, Expense, Second, Source};
use crate::simplex::Sense;
use sinews::ids::{FundId, Id, LineId, RegionId};
use sinews::model::{BurdenRule, CapRule, EvenBy, Financing, Fund, Model, UnitPrice};
use sinews::path::Path;
use sinews::units::{Amount, unit};
use std::collections::BTreeSet;

/// The price of what a source makes or sells at a step.
pub(super) fn price_of(m: &Model, source: Source) -> Option<&UnitPrice> {
    let tier = match source {
        Source::Line(l, p, n) => m.lines[l].products[p].tiers.get(n),
        Source::Supplier(q, n) => m.suppliers[q].tiers.get(n),
    };
    tier.map(|tier| &tier.cost)
}

fn costs(price: Option<&UnitPrice>) -> bool {
    price.is_some_and(|price| price.amount.most().value() > 0.0)
}

/// The funds that may pay for something; `None` where it is free.
pub(super) fn payers(m: &Model, expense: Expense) -> Option<Vec<FundId>> {
    let for_customer = |fund: &Fund, customer: Customer| match customer {
        Customer::Industry => true,
        Customer::Stock(s) => m.may_buy_for(fund, m.stocks[s].holder),
    };
    let line = |l: LineId| move |fund: &Fund| m.may_buy_from_line(fund, l);
    let may =
        |test: &dyn Fn(&Fund) -> bool| Some(m.funds.ids().filter(|&f| test(&m.funds[f])).collect());
    match expense {
        Expense::Goods(Source::Line(l, p, _), customer) => {
            let product = &m.lines[l].products[p];
            let mut tiers = product.tiers.iter();
            tiers.any(|tier| costs(Some(&tier.cost))).then_some(())?;
            may(&|fund| {
                fund.buys.production
                    && for_customer(fund, customer)
                    && line(l)(fund)
                    && m.may_buy_goods(fund, product.item)
            })
        }
        Expense::Goods(Source::Supplier(q, _), customer) => {
            let supplier = &m.suppliers[q];
            supplier
                .tiers
                .iter()
                .any(|tier| costs(Some(&tier.cost)))
                .then_some(())?;
            may(&|fund| {
                fund.buys.production
                    && for_customer(fund, customer)
                    && m.may_buy_from_supplier(fund, q)
                    && m.may_buy_goods(fund, supplier.item)
            })
        }
        Expense::Hall(e) => {
            let cost = m.expansions[e].cost.as_ref()?;
            (cost.amount.most().value() > 0.0).then_some(())?;
            may(&|fund| m.may_expand(fund, e))
        }
        Expense::Moving(route, item, customer) => {
            costs(m.routes[route].cost.as_ref()).then_some(())?;
            may(&|fund| {
                fund.buys.production && for_customer(fund, customer) && m.may_buy_goods(fund, item)
            })
        }
        Expense::Gift(g, from) => {
            let gift = &m.gifts[g];
            costs(gift.cost.as_ref()).then_some(())?;
            may(&|fund| {
                fund.buys.production
                    && m.may_buy_for(fund, gift.to)
                    && m.may_buy_goods(fund, m.stocks[from].item)
            })
        }
    }
}

impl Second<'_> {
    pub(super) fn number(&self, year: usize) -> i32 {
        self.m.calendar.start().year() + i32::try_from(year).unwrap_or(0)
    }

    /// The first year whose decisions are free.
    pub(super) fn free_year(&self) -> usize {
        let c = &self.m.calendar;
        usize::try_from(c.decide_from().year() - c.start().year()).unwrap_or(0)
    }

    /// The years in which a stretch falls that something of a period is paid over: what is decided now is paid from
    /// now on.
    fn due(&self, t: usize, stretch: (f64, f64)) -> Vec<(usize, f64)> {
        let first = if t < self.now() { 0 } else { self.free_year() };
        let years = self.years_of(stretch).into_iter();
        years.map(|(year, part)| (year.max(first), part)).collect()
    }

    fn charge(&mut self, expense: Expense, year: usize, column: usize, amount: f64) {
        if amount > 0.0 {
            self.charges
                .entry((expense, year))
                .or_default()
                .push((column, amount));
        }
    }

    /// A unit price of a period, paid in a year.
    pub(super) fn price(&self, price: &UnitPrice, t: usize, year: usize) -> f64 {
        let base = price.amount.mean(&self.m.calendar, at(t)).value();
        base * self.m.money.nominal(price.currency, self.number(year))
    }

    fn goods(&mut self) {
        let m = self.m;
        for ((source, customer, t), j) in self.supply.clone() {
            let Some(price) = price_of(m, source) else {
                continue;
            };
            for (year, part) in self.dues(source, t) {
                let amount = part * self.price(price, t, year);
                self.charge(Expense::Goods(source, customer), year, j, amount);
            }
        }
    }

    /// When what a source delivers in a period is paid for: a share ahead, the rest later.
    pub(super) fn dues(&self, source: Source, t: usize) -> Vec<(usize, f64)> {
        let terms = match source {
            Source::Line(l, ..) => self.m.lines[l].payment,
            Source::Supplier(q, _) => self.m.suppliers[q].payment,
        };
        let advance = terms.advance.value();
        let (start, end) = self.stretch(t);
        let parts = [
            (-terms.before.value(), advance),
            (terms.after.value(), 1.0 - advance),
        ];
        let parts = parts.into_iter().filter(|&(_, share)| share > 0.0);
        let years = parts.flat_map(|(months, share)| {
            let years = self.due(t, (start + months, end + months)).into_iter();
            years.map(move |(year, part)| (year, share * part))
        });
        years.collect()
    }

    fn halls_and_gifts(&mut self) {
        let m = self.m;
        for ((e, t), j) in self.build.clone() {
            let expansion = &m.expansions[e];
            let Some(cost) = &expansion.cost else {
                continue;
            };
            let date = self.ordered(e, t).unwrap_or(0.0);
            let base = cost.amount.at(self.month(date)).value();
            for (year, part) in self.due(t, (date, date + self.building(e))) {
                let price = base * m.money.nominal(cost.currency, self.number(year));
                self.charge(Expense::Hall(e), year, j, part * price);
            }
        }
        for ((g, from, t), j) in self.give.clone() {
            if let Some(price) = &m.gifts[g].cost {
                let year = self.year(t);
                let amount = self.price(price, t, year);
                self.charge(Expense::Gift(g, from), year, j, amount);
            }
        }
        for ((way, t), j) in self.moved.clone() {
            if let Some(price) = &m.routes[way.route].cost {
                let year = self.year(t);
                let amount = self.price(price, t, year);
                let expense = Expense::Moving(way.route, way.item, way.customer);
                self.charge(expense, year, j, amount);
            }
        }
    }

    /// The share of an expense's value that comes from the region of a fund's rule.
    pub(super) fn content(&self, expense: Expense, region: RegionId) -> f64 {
        let m = self.m;
        match expense {
            Expense::Goods(Source::Line(l, ..), _) => {
                m.content_share(&m.lines[l].content, m.lines[l].country, region)
            }
            Expense::Goods(Source::Supplier(q, _), _) => {
                m.content_share(&m.suppliers[q].content, m.suppliers[q].country, region)
            }
            Expense::Hall(e) => {
                let line = &m.lines[m.expansions[e].line];
                m.content_share(&line.content, line.country, region)
            }
            Expense::Gift(..) | Expense::Moving(..) => 1.0,
        }
    }

    /// Every charge is paid by funds, or by anyone where there are none; what falls due after the end is owed.
    pub(super) fn payments(&mut self) {
        self.goods();
        self.halls_and_gifts();
        let m = self.m;
        let years = m.calendar.years().len();
        self.program.at = None;
        for ((expense, year), terms) in self.charges.clone() {
            if m.funds.is_empty() || year >= years {
                let worth = self.present(year);
                let own: Vec<_> = terms.into_iter().map(|(j, a)| (j, a * worth)).collect();
                self.counted(year, own);
                continue;
            }
            let mut row: Vec<_> = terms.into_iter().map(|(j, amount)| (j, -amount)).collect();
            for f in self.payers(expense).unwrap_or_default() {
                let j = self.program.column();
                self.pays.insert((f, expense, year), j);
                row.push((j, 1.0));
                let burden = self.burden(&m.funds[f], year);
                let worth = self.present(year) * burden;
                self.counted(year, vec![(j, worth)]);
            }
            self.program.row(row, Sense::Equal, 0.0);
        }
        self.burdens();
        for (f, fund) in m.funds.iter() {
            for year in 0..years {
                let carried = self.program.column();
                self.carries.insert((f, year), carried);
                let pays = self.pays.iter();
                let own: Vec<(Expense, usize)> = pays
                    .filter(|((payer, _, at), _)| (*payer, *at) == (f, year))
                    .map(|(&(_, expense, _), &j)| (expense, j))
                    .collect();
                let mut row: Vec<_> = own.iter().map(|&(_, j)| (j, 1.0)).collect();
                row.push((carried, 1.0));
                if let Some(before) = year.checked_sub(1) {
                    row.push((self.carries[&(f, before)], -fund.carry_over.value()));
                }
                if let Some(rule) = fund.content.filter(|rule| !rule.each) {
                    let own = own.iter().map(|&(expense, j)| {
                        (j, self.content(expense, rule.region) - rule.share.value())
                    });
                    let own = own.collect();
                    self.program.row(own, Sense::AtLeast, 0.0);
                }
                let money = self.money(f, year);
                self.program.row(row, Sense::AtMost, money);
            }
        }
    }

    /// Count what is paid in a year: history's years are no cost of the plan, and what public money costs is nothing to
    /// history.
    fn counted(&mut self, year: usize, terms: Vec<(usize, f64)>) {
        if year >= self.free_year() {
            let times = self.m.objective.cost_of_funds.value();
            self.cost.extend(terms.iter().map(|&(j, a)| (j, a * times)));
        }
        self.paid.extend(terms);
    }

    /// What a fund has in a year: of what it was promised, what friction leaves, some of it a year late.
    pub(super) fn money(&self, f: FundId, year: usize) -> f64 {
        let (fund, c) = (&self.m.funds[f], &self.m.calendar);
        let friction = &self.m.friction;
        let kept = |year: usize| {
            if friction.onward || year < self.free_year() {
                let money = fund.fulfilled.unwrap_or(friction.money).value();
                let late = fund.late.unwrap_or(friction.late).value();
                (money * (1.0 - late), money * late)
            } else {
                (1.0, 0.0)
            }
        };
        // The months of the year that the calendar has, or the same a year earlier.
        let promised = |earlier: f64| {
            let periods = (0..self.end()).filter(|&t| self.year(t) == year);
            let months = periods.map(|t| {
                let (start, end) = self.stretch(t);
                self.over(&fund.amount, (start - earlier, end - earlier))
            });
            months.sum::<f64>() / 12.0
        };
        let rate = |year: i32| self.m.money.exchange(fund.currency, year);
        let (in_time, _) = kept(year);
        let (_, late) = kept(year.saturating_sub(1));
        let number = c.start().year() + i32::try_from(year).unwrap_or(0);
        in_time * promised(0.0) * rate(number) + late * promised(12.0) * rate(number - 1)
    }

    /// What countries may bear of what each fund pays, by year.
    fn burdens(&mut self) {
        let (m, free) = (self.m, self.free_year());
        let pays = self.pays.clone();
        let c = &m.calendar;
        let members = |named: &[RegionId]| -> BTreeSet<RegionId> {
            let is_of = |d: RegionId, bloc: RegionId| m.regions[d].blocs.contains(&bloc);
            let bloc = |bloc: RegionId| m.regions.ids().any(|d| is_of(d, bloc));
            let all = m.regions.ids();
            let named = |d: &RegionId| {
                let mut named = named.iter();
                named.any(|&one| is_of(*d, one) || (one == *d && !bloc(one)))
            };
            all.filter(named).collect()
        };
        for burden in m.burdens.values() {
            let all = members(&burden.countries);
            // What was paid in history is held by nothing.
            for y in c.years().filter(|y| y.position() >= free) {
                let part = self.length() * c.periods_of(y).map(|_| 1.0).sum::<f64>();
                let gdp = |d: RegionId| {
                    let gdp = m.regions[d].gdp.as_ref().expect("stated");
                    let rates = c.periods_of(y).map(|t| gdp.amount.mean(c, t).value());
                    let rates: Vec<f64> = rates.collect();
                    #[expect(clippy::cast_precision_loss, reason = "a few periods")]
                    let mean = rates.iter().sum::<f64>() / rates.len() as f64;
                    mean * part * m.money.exchange(gdp.currency, c.year_number(y))
                };
                let borne = |d: RegionId| {
                    let mut terms = Vec::new();
                    for (&(f, _, year), &j) in &pays {
                        let givers = members(&m.funds[f].given_by);
                        if year == y.position() && givers.contains(&d) {
                            let whole: f64 = givers.iter().map(|&other| gdp(other)).sum();
                            terms.push((j, gdp(d) / whole));
                        }
                    }
                    terms
                };
                let most = |path: &Path<unit::One>| {
                    let all = c.periods_of(y).map(|t| path.mean(c, t).value());
                    let all: Vec<f64> = all.collect();
                    #[expect(clippy::cast_precision_loss, reason = "a few periods")]
                    let count = all.len() as f64;
                    all.iter().sum::<f64>() / count
                };
                let whole: f64 = all.iter().map(|&d| gdp(d)).sum();
                let people = |d: RegionId| m.regions[d].population.map_or(0.0, Amount::value);
                let heads: f64 = all.iter().map(|&d| people(d)).sum();
                let lack = |d: RegionId| {
                    let mean = whole * people(d) / heads;
                    0.8 * (gdp(d) * (1.0 - gdp(d) / mean)).max(0.0)
                };
                let lacking: f64 = all.iter().map(|&d| lack(d)).sum();
                let rich = |d: RegionId| gdp(d) * heads >= whole * people(d);
                let riches: f64 = all.iter().filter(|&&d| rich(d)).map(|&d| gdp(d)).sum();
                for &d in &all {
                    let mut row = borne(d);
                    let right = match &burden.rule {
                        BurdenRule::OfGdp { most: path } => most(path) * gdp(d),
                        BurdenRule::EvenShare { most: path, by } => {
                            let able = match by {
                                EvenBy::Gdp => gdp(d),
                                EvenBy::Capacity if rich(d) => gdp(d) + lacking * gdp(d) / riches,
                                EvenBy::Capacity => gdp(d) - lack(d),
                            };
                            let share = most(path) * able / whole;
                            let others = all.iter().flat_map(|&other| borne(other));
                            row.extend(others.map(|(j, part)| (j, -share * part)));
                            0.0
                        }
                        _ => continue,
                    };
                    self.program.row(row, Sense::AtMost, right);
                }
            }
        }
    }

    /// Caps on what is paid in a year for value from a region: a share of what is paid for goods, or an amount for
    /// goods and expansions.
    pub(super) fn money_caps(&mut self) {
        let m = self.m;
        let c = &m.calendar;
        for cap in m.caps.values() {
            let (region, halls) = match &cap.rule {
                CapRule::Content { region, .. } => (*region, false),
                CapRule::Spending { region, .. } => (*region, true),
                _ => continue,
            };
            for y in c.years() {
                let periods = || c.periods_of(y);
                #[expect(clippy::cast_precision_loss, reason = "a few periods")]
                let count = periods().count() as f64;
                let (share, right) = match &cap.rule {
                    CapRule::Content { most, .. } => (
                        periods().map(|t| most.mean(c, t).value()).sum::<f64>() / count,
                        0.0,
                    ),
                    CapRule::Spending { most, currency, .. } => {
                        let money: f64 = periods()
                            .map(|t| (most.mean(c, t) * c.length()).value())
                            .sum();
                        (0.0, money * m.money.exchange(*currency, c.year_number(y)))
                    }
                    _ => continue,
                };
                let mut terms = Vec::new();
                for (&(expense, year), charges) in &self.charges {
                    let counts = match expense {
                        Expense::Goods(..) => true,
                        Expense::Hall(_) => halls,
                        Expense::Gift(..) | Expense::Moving(..) => false,
                    };
                    if counts && year == y.position() {
                        let factor = self.content(expense, region) - share;
                        terms.extend(charges.iter().map(|&(j, amount)| (j, amount * factor)));
                    }
                }
                self.program.at = None;
                self.program.row(terms, Sense::AtMost, right);
            }
        }
    }

    /// What money paid in a year is worth at the start, in base-year prices.
    pub(super) fn present(&self, year: usize) -> f64 {
        self.discount(year) / self.m.money.price_index(self.number(year))
    }

    /// The present value of paying one unit of a fund back, drawn in a year; 1 for a grant.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a few years"
    )]
    fn burden(&self, fund: &Fund, year: usize) -> f64 {
        let Some(loan) = fund.loan else { return 1.0 };
        // Under every other rule it counts the same whoever pays.
        if self.m.objective.financing != Financing::Cheapest {
            return 1.0;
        }
        let whole = |months: f64| (months / 12.0 - 1e-9).ceil().max(0.0) as usize;
        let (grace, maturity) = (
            whole(loan.grace.value()),
            whole(loan.maturity.value()).max(1),
        );
        let instalments = (maturity - grace.min(maturity)).max(1);
        let worth = |year: usize| {
            self.m.money.exchange(fund.currency, self.number(year)) * self.present(year)
        };
        let (mut owed, mut burden) = (1.0, 0.0);
        for later in 1..=maturity {
            let repaid = if later > maturity - instalments {
                #[expect(clippy::cast_precision_loss, reason = "a few years")]
                let share = 1.0 / instalments as f64;
                share
            } else {
                0.0
            };
            burden += (owed * loan.rate.value() + repaid) * worth(year + later) / worth(year);
            owed -= repaid;
        }
        burden
    }

    /// What it costs to keep things, less what is left and valued.
    pub(super) fn storage(&mut self) {
        let m = self.m;
        let pools = self.pool.iter().map(|(&(i, _, t), &j)| (i, t, j));
        let stocks = self
            .kept
            .iter()
            .map(|(&(s, t), &j)| (m.stocks[s].item, t, j));
        let all: Vec<_> = pools.chain(stocks).collect();
        let now = self.now();
        for (item, t, j) in all.into_iter().filter(|&(_, t, _)| t >= now) {
            let Some(price) = &m.items[item].storage_cost else {
                continue;
            };
            let year = self.year(t);
            let rate = price.amount.mean(&m.calendar, at(t)).value();
            let rate = rate * m.money.nominal(price.currency, self.number(year)) * self.length();
            let worth = rate * self.present(year);
            self.cost.push((j, worth));
        }
        for (s, stock) in m.stocks.iter() {
            let last = self.end() - 1;
            let year = self.year(last);
            let index = m.money.arms_index(self.number(year));
            let worth =
                stock.closing_value.value() * self.value(stock.item) * index * self.present(year);
            let j = self.kept[&(s, last)];
            self.cost.push((j, -worth));
        }
    }
}
