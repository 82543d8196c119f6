//! History: what is taken to have happened before decisions are free, by aims of its own. Of histories that are as good
//! the library's is taken: it is seen to keep every row, and to reach what can be reached of each aim.

use super::{Second, Source, at};
use crate::simplex::{NoValue, Program, Sense, Terms};
use sinews::ids::{FundId, Id, ItemId, RegionId, RequirementId, StockId, YearId};
use sinews::model::{Fund, Model, Need};
use sinews::program::Column;
use sinews::solution::Solution;
use std::collections::BTreeMap;

/// More internal units of money than that no plan can spend.
const ENDLESS: f64 = 1e6;

/// An aim of history: its name, the least that it can be, and what it is in the library's history.
pub type Reached = (String, f64, f64);

/// What each aim of history can reach and what it is.
pub fn reached(m: &Model, known: &Solution) -> Result<Vec<Reached>, NoValue> {
    let second = Second::of(m);
    let mut best = second.history();
    let mut own = best.clone();
    for (terms, value) in second.known(known) {
        own.row(terms, Sense::Equal, value);
    }
    let mut all = Vec::new();
    for (name, aim) in second.aims(known) {
        let (least, _) = best.least(&aim)?;
        let (value, _) = own.least(&aim)?;
        all.push((name, least, value));
        best.row(aim, Sense::AtMost, least + 1e-9 * least.abs());
    }
    Ok(all)
}

impl<'m> Second<'m> {
    /// The program with history held where a solution has it.
    pub(super) fn after_history(m: &'m Model, known: Option<&Solution>) -> Result<Self, NoValue> {
        let mut new = Self::of(m);
        if m.calendar.has_past() {
            let known = known.ok_or(NoValue::TooLong)?;
            new.program.at = None;
            for (terms, value) in new.known(known) {
                new.program.row(terms, Sense::Equal, value);
            }
        }
        Ok(new)
    }

    /// The rows of history, and what it may leave behind.
    fn history(&self) -> Program {
        let m = self.m;
        let mut program = self.program.before(self.now());
        let last = self.now() - 1;
        for (&(i, place, t), &j) in &self.pool {
            if t == last {
                let most = self.began_with(i, place) + self.made_anyway(i);
                program.row(vec![(j, 1.0)], Sense::AtMost, most);
            }
        }
        for s in m.stocks.ids() {
            let kept = vec![(self.kept[&(s, last)], 1.0)];
            let least = self.least_kept(s);
            if let Some(most) = self.most_wanted(s) {
                program.row(kept.clone(), Sense::AtMost, most.max(least));
            }
            program.row(kept, Sense::AtLeast, least);
        }
        program
    }

    /// Funds that are alike but for their amounts and have more in the last year of history than can be spent.
    fn endless(&self, size: f64) -> Vec<Vec<FundId>> {
        let m = self.m;
        let alike = |one: &Fund, other: &Fund| {
            one.buys == other.buys
                && one.carry_over == other.carry_over
                && one.loan == other.loan
                && one.content == other.content
                && (one.loan.is_none() || one.currency == other.currency)
        };
        let mut purses: Vec<Vec<FundId>> = Vec::new();
        for (f, fund) in m.funds.iter().filter(|(_, f)| f.carry_over.value() > 0.0) {
            match purses
                .iter_mut()
                .find(|purse| alike(&m.funds[purse[0]], fund))
            {
                Some(purse) => purse.push(f),
                None => purses.push(vec![f]),
            }
        }
        let year = self.year(self.now() - 1);
        let all = |purse: &Vec<FundId>| purse.iter().map(|&f| self.money(f, year)).sum::<f64>();
        purses.retain(|purse| all(purse) > 2.0 * ENDLESS * size);
        purses
    }

    /// What makers began with at a place.
    fn began_with(&self, i: ItemId, place: Option<RegionId>) -> f64 {
        let stock = self.m.items[i].stock.as_ref();
        let stock = stock.filter(|_| place == self.first_site(i));
        stock.map_or(0.0, |stock| stock.opening.value())
    }

    /// What lines had to make of an item.
    fn made_anyway(&self, i: ItemId) -> f64 {
        let c = &self.m.calendar;
        let of_line = |line: &sinews::model::Line| {
            let own = line.products.iter().find(|product| product.item == i)?;
            let least = line.minimum.as_ref()?;
            let past = (0..self.now()).map(|t| least.mean(c, at(t)).value() * self.done(t));
            Some(own.pace.value() * past.sum::<f64>() * self.length())
        };
        self.m.lines.values().filter_map(of_line).sum()
    }

    /// The least that is left in a stock: what its rules ask for later, as far as what was there at the start could do.
    fn least_kept(&self, s: StockId) -> f64 {
        let (stock, c) = (&self.m.stocks[s], &self.m.calendar);
        let floor = |t: usize| {
            let floor = stock
                .floor
                .as_ref()
                .map_or(0.0, |f| f.closing(c, at(t)).value());
            floor.min(self.left_unused(s, t))
        };
        let closing = stock.closing.map_or(0.0, sinews::units::Amount::value);
        let closing = closing.min(self.left_unused(s, self.end() - 1));
        self.open_periods().map(floor).fold(closing, f64::max)
    }

    /// The most that is left in a stock of which a level is required later. `None`: as much as there is.
    fn most_wanted(&self, s: StockId) -> Option<f64> {
        let (m, c) = (self.m, &self.m.calendar);
        let stock = &m.stocks[s];
        let mut highest: Option<f64> = None;
        for requirement in m.requirements.values().filter(|r| r.holder == stock.holder) {
            let Need::Level(level) = &requirement.need else {
                continue;
            };
            let own = requirement
                .meets
                .iter()
                .find(|accepted| accepted.item == stock.item);
            if let Some(accepted) = own {
                let later = self.open_periods().map(|t| level.closing(c, at(t)).value());
                let most = later.fold(0.0, f64::max) / accepted.factor.value();
                highest = Some(highest.map_or(most, |known| known.max(most)));
            }
        }
        let began = stock.total().value();
        highest.map(|most| most.max(began) + self.made_anyway(stock.item))
    }

    /// What history strives for, in turn.
    fn aims(&self, known: &Solution) -> Vec<(String, Terms)> {
        let m = self.m;
        let last = self.now() - 1;
        let program = known.program();
        // What is worth nothing counts as if an internal unit of it were worth one of money.
        let worth = |value: f64, item: ItemId| {
            let unit = program.money_size() / program.item_size(item);
            if value > 0.0 { value } else { unit }
        };
        let mut tiers: Vec<u32> = m.requirements.values().map(|r| r.tier).collect();
        tiers.sort_unstable();
        tiers.dedup();
        let mut aims = Vec::new();
        for tier in tiers {
            let own = m.requirements.iter().filter(|(_, r)| r.tier == tier);
            let aim = own.flat_map(|(r, requirement)| {
                let unit = worth(self.worth(r), requirement.meets[0].item);
                self.missed(r, requirement.weight * unit)
            });
            aims.push((format!("tier {tier}"), aim.collect()));
        }
        let pools = self.pool.iter().filter(|((_, _, t), _)| *t == last);
        let pools: Terms = pools.map(|(&(i, ..), &j)| (j, -self.value(i))).collect();
        let mut cost = self.paid.clone();
        cost.extend(&pools);
        aims.push(("cost".into(), cost));
        let mut stores = pools;
        for (s, stock) in m.stocks.iter() {
            let value = worth(self.value(stock.item), stock.item);
            for t in 0..self.now() {
                let left = self.leaves(s, t).into_iter();
                stores.extend(left.map(|(j, a)| (j, a * value)));
                let expired = self.expired.get(&(s, t)).into_iter().flatten();
                stores.extend(expired.map(|&j| (j, value)));
            }
        }
        aims.push(("stores".into(), stores));
        let endless = self.endless(program.money_size()).concat();
        let keeps = |f: &FundId| m.funds[*f].carry_over.value() > 0.0 && !endless.contains(f);
        let carried = m.funds.ids().filter(keeps);
        let carried = carried.map(|f| (self.carries[&(f, self.year(last))], -1.0));
        aims.push(("money".into(), carried.collect()));
        aims
    }

    /// What is missing of a requirement in history, less what is in store for it at its end if it is a level.
    fn missed(&self, r: RequirementId, unit: f64) -> Terms {
        let (m, now) = (self.m, self.now());
        let short = (0..now).filter_map(|t| Some((t, *self.short.get(&(r.position(), t))?)));
        let mut terms: Terms = short
            .map(|(t, j)| (j, unit * self.weight(t) * self.lasts(r, t)))
            .collect();
        let requirement = &m.requirements[r];
        if matches!(requirement.need, Need::Level(_)) {
            for accepted in &requirement.meets {
                let stock = m.stock(requirement.holder, accepted.item);
                let kept = stock.and_then(|s| self.kept.get(&(s, now - 1)));
                terms.extend(kept.map(|&j| (j, -unit * accepted.factor.value())));
            }
        }
        terms
    }

    /// What the library's history is: sums of columns and their values.
    fn known(&self, known: &Solution) -> Vec<(Terms, f64)> {
        let mut all: BTreeMap<Sum, (Terms, f64)> = BTreeMap::new();
        let mut add = |sum: Sum, j: usize| all.entry(sum).or_default().0.push((j, 1.0));
        let past = |t: usize| t < self.now();
        for (&(source, _, t), &j) in self.supply.iter().filter(|((_, _, t), _)| past(*t)) {
            add(Sum::Supply(source, t), j);
        }
        for (&(i, place, t), &j) in self.pool.iter().filter(|((_, _, t), _)| past(*t)) {
            add(Sum::Pool(i, place, t), j);
        }
        for (&(way, t), &j) in self.moved.iter().filter(|((_, t), _)| past(*t)) {
            add(
                Sum::Moved(way.item, way.route.position(), way.from, way.to, t),
                j,
            );
        }
        for (&(g, s, t), &j) in self.give.iter().filter(|((_, _, t), _)| past(*t)) {
            add(Sum::Give(g.position(), s, t), j);
        }
        for (&(r, s, t), &j) in self.meet.iter().filter(|((_, _, t), _)| past(*t)) {
            add(Sum::Meet(r, s, t), j);
        }
        for (&(s, t), &j) in self.kept.iter().filter(|((_, t), _)| past(*t)) {
            add(Sum::Kept(s, t), j);
        }
        for (&(r, t), &j) in self.short.iter().filter(|((_, t), _)| past(*t)) {
            add(Sum::Short(r, t), j);
        }
        let purse = |f: FundId| known.program().network().accounts.purse_of(f).position();
        let years = self.free_year();
        for (&(f, _, year), &j) in self.pays.iter().filter(|((_, _, y), _)| *y < years) {
            add(Sum::Pay(purse(f), year), j);
        }
        // Of a fund that has more than can be spent it does not matter what it keeps.
        let endless = self.endless(known.program().money_size()).concat();
        let own = self
            .carries
            .iter()
            .filter(|((f, _), _)| !endless.contains(f));
        for (&(f, year), &j) in own.filter(|((_, y), _)| *y < years) {
            add(Sum::Carry(purse(f), year), j);
        }
        let mut missing = Vec::new();
        for (sum, (_, value)) in &mut all {
            match self.value_in(*sum, known) {
                Some(found) => *value = found,
                None => missing.push(*sum),
            }
        }
        for sum in missing {
            all.remove(&sum);
        }
        all.into_values().collect()
    }

    /// What a sum is in a solution. `None`: it has no column for it, as it follows from others.
    fn value_in(&self, sum: Sum, known: &Solution) -> Option<f64> {
        let (m, plan, network) = (self.m, &known.plan, known.program().network());
        let get = |column: Column| plan.get(column).copied().unwrap_or(0.0);
        Some(match sum {
            Sum::Supply(Source::Line(l, p, n), t) => {
                let own = network
                    .makes
                    .iter()
                    .filter(|(_, make)| (make.line, make.product, make.tier) == (l, p, n));
                own.map(|(k, _)| get(Column::Make(k, at(t)))).sum()
            }
            Sum::Supply(Source::Supplier(q, n), t) => {
                let own = network
                    .orders
                    .iter()
                    .filter(|(_, order)| (order.supplier, order.tier) == (q, n));
                own.map(|(o, _)| get(Column::Order(o, at(t)))).sum()
            }
            Sum::Pool(i, place, t) => {
                let own = network
                    .markets
                    .iter()
                    .filter(|(_, k)| (k.item, k.place) == (i, place));
                own.map(|(k, _)| get(Column::Pool(k, at(t)))).sum()
            }
            Sum::Moved(i, route, from, to, t) => {
                let own = network.moves.iter().filter(|(_, along)| {
                    let (a, b) = (&network.markets[along.from], &network.markets[along.to]);
                    along.route.position() == route
                        && a.item == i
                        && (a.place, b.place) == (Some(from), Some(to))
                });
                own.map(|(v, _)| get(Column::Moved(v, at(t)))).sum()
            }
            Sum::Give(gift, s, t) => {
                let own = network
                    .gives
                    .iter()
                    .filter(|(_, give)| give.gift.position() == gift && give.from == s);
                own.map(|(g, _)| get(Column::Give(g, at(t)))).sum()
            }
            Sum::Meet(r, s, t) => {
                let own = network
                    .meets
                    .iter()
                    .filter(|(_, meet)| meet.requirement.position() == r && meet.stock == s);
                own.map(|(e, _)| get(Column::Meet(e, at(t)))).sum()
            }
            Sum::Kept(s, t) => *plan.get(Column::Stock(s, at(t)))?,
            Sum::Short(r, t) => *plan.get(Column::Short(RequirementId::at(r), at(t)))?,
            Sum::Pay(purse, year) => {
                let own = network
                    .accounts
                    .pays()
                    .iter()
                    .filter(|(_, pay)| pay.purse.is_some_and(|g| g.position() == purse));
                own.map(|(p, _)| get(Column::Pay(p, YearId::at(year))))
                    .sum()
            }
            Sum::Carry(purse, year) => {
                let f = m
                    .funds
                    .ids()
                    .find(|&f| network.accounts.purse_of(f).position() == purse)?;
                let g = network.accounts.purse_of(f);
                *plan.get(Column::Carry(g, YearId::at(year)))?
            }
        })
    }
}

/// What of history is known: sums over customers and funds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sum {
    Supply(Source, usize),
    Pool(ItemId, Option<RegionId>, usize),
    Moved(ItemId, usize, RegionId, RegionId, usize),
    Give(usize, StockId, usize),
    Meet(usize, StockId, usize),
    Kept(StockId, usize),
    Short(usize, usize),
    Pay(usize, usize),
    Carry(usize, usize),
}
