//! What each column costs, when it is paid, and from which account.

use super::accounts::Payer;
use super::plan::Plan;
use super::scope::Scope;
use crate::calendar::Stretch;
use crate::ids::{AccountId, ExpansionId, MakeId, OrderId, PeriodId, YearId};
use crate::model::{Payment, UnitPrice};

/// A part of what one internal unit of a column costs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Charge {
    pub(super) column: u32,
    pub(super) account: AccountId,
    /// When it is paid: in a year of the calendar, or in one after its last.
    pub(super) year: YearId,
    /// Internal units of money, in money of the day.
    pub(super) amount: f64,
    /// For what share of the internal unit that is.
    pub(super) share: f64,
}

/// When something falls due, and what part of it.
struct Due {
    when: Stretch,
    share: f64,
}

impl Due {
    /// All of it in the course of a stretch of time.
    fn all(when: Stretch) -> Self {
        Self { when, share: 1.0 }
    }
}

impl Scope<'_> {
    /// Everything that a plan is charged for.
    pub(super) fn charges(&self, v: &Plan<u32>) -> Vec<Charge> {
        let mut charges = Vec::new();
        let n = self.n;
        for (k, t, made) in v.make.iter() {
            let terms = self.m.lines[n.makes[k].line].payment;
            let dues = self.dues(t, terms);
            self.charge(&mut charges, (*made, t), n.makes[k].payer, &dues, |year| {
                self.make_cost(k, t, year)
            });
        }
        for (o, t, ordered) in v.order.iter() {
            let terms = self.m.suppliers[n.orders[o].supplier].payment;
            let dues = self.dues(t, terms);
            self.charge(
                &mut charges,
                (*ordered, t),
                n.orders[o].payer,
                &dues,
                |year| self.order_cost(o, t, year),
            );
        }
        for (e, t, built) in v.build.iter() {
            // An expansion is paid evenly while it is built.
            let building = self.m.expansions[e].building(&self.m.calendar, t);
            let dues: Vec<Due> = building.map(Due::all).into_iter().collect();
            let payer = n.accounts.of_expansion(e);
            self.charge(&mut charges, (*built, t), payer, &dues, |year| {
                self.build_cost(e, t, year)
            });
        }
        self.transport(&mut charges, v);
        charges
    }

    fn transport(&self, charges: &mut Vec<Charge>, v: &Plan<u32>) {
        let n = self.n;
        for (along, t, moved) in v.moved.iter() {
            let between = n.moves[along];
            let item = n.markets[between.from].item;
            let cost = self.m.routes[between.route].cost.as_ref();
            let dues = [Due::all(self.m.calendar.stretch(t))];
            self.charge(charges, (*moved, t), between.payer, &dues, |year| {
                self.price(cost, t, year) * self.size.item(item)
            });
        }
        for (g, t, given) in v.give.iter() {
            let give = n.gives[g];
            let item = self.m.stocks[give.from].item;
            let cost = self.m.gifts[give.gift].cost.as_ref();
            let dues = [Due::all(self.m.calendar.stretch(t))];
            self.charge(charges, (*given, t), give.payer, &dues, |year| {
                self.price(cost, t, year) * self.size.item(item)
            });
        }
    }

    /// Charge what a column costs when it is paid in each of the years that it falls due.
    fn charge(
        &self,
        charges: &mut Vec<Charge>,
        (column, t): (Option<u32>, PeriodId),
        payer: Payer,
        dues: &[Due],
        cost: impl Fn(i32) -> f64,
    ) {
        let (Some(column), Payer::Account(account)) = (column, payer) else {
            return;
        };
        let c = &self.m.calendar;
        let first_open = c.open_years().next().unwrap_or(YearId::FIRST);
        let is_open = !c.is_past(t);
        for due in dues.iter().filter(|due| due.share > 0.0) {
            for (year, part) in c.year_parts(due.when) {
                // What is decided now is paid from now on, as what lies before the first year counts in that.
                let year = if is_open { year.max(first_open) } else { year };
                let amount = due.share * part * cost(c.year_number(year));
                if amount > 0.0 {
                    charges.push(Charge {
                        column,
                        account,
                        year,
                        amount,
                        share: due.share * part,
                    });
                }
            }
        }
    }

    /// What one internal unit of production costs if paid in a year.
    pub(super) fn make_cost(&self, k: MakeId, t: PeriodId, year: i32) -> f64 {
        let make = self.n.makes[k];
        let product = &self.m.lines[make.line].products[make.product];
        let cost = product.tiers.get(make.tier).map(|tier| &tier.cost);
        self.price(cost, t, year) * self.make_size(k)
    }

    /// What one internal unit from a supplier costs if paid in a year.
    pub(super) fn order_cost(&self, o: OrderId, t: PeriodId, year: i32) -> f64 {
        let order = self.n.orders[o];
        let supplier = &self.m.suppliers[order.supplier];
        let cost = supplier.tiers.get(order.tier).map(|tier| &tier.cost);
        self.price(cost, t, year) * self.size.item(supplier.item)
    }

    fn build_cost(&self, e: ExpansionId, t: PeriodId, year: i32) -> f64 {
        let expansion = &self.m.expansions[e];
        let date = expansion.order_date(&self.m.calendar, t);
        expansion
            .cost
            .as_ref()
            .zip(date)
            .map_or(0.0, |(cost, date)| {
                let base = cost.amount.at(date).value();
                base * self.nominal(cost.currency, year) / self.size.money
            })
    }

    /// A unit price of a period, if paid in a year, in internal units of money.
    pub(super) fn price(&self, price: Option<&UnitPrice>, t: PeriodId, year: i32) -> f64 {
        let Some(price) = price else { return 0.0 };
        let base = price.amount.mean(&self.m.calendar, t).value();
        base * self.nominal(price.currency, year) / self.size.money
    }

    /// The weight of a shortfall at the end of a window: that of money of its calendar year.
    pub(super) fn shortfall_weight(&self, t: PeriodId) -> f64 {
        let c = &self.m.calendar;
        let years = f64::from(c.year_number(c.year_of(t)) - c.decide_from().year());
        self.m.money.discount_factor(years)
    }

    /// What is delivered in the course of a period falls due in the course of the period moved by the terms.
    fn dues(&self, t: PeriodId, terms: Payment) -> [Due; 2] {
        let (period, advance) = (self.m.calendar.stretch(t), terms.advance.value());
        [
            Due {
                when: period.earlier(terms.before),
                share: advance,
            },
            Due {
                when: period.later(terms.after),
                share: 1.0 - advance,
            },
        ]
    }
}
