//! The walk itself: every figure of a draft, in the order of the format.

use super::walk::{Keys, Walk, key_of};
use super::{Gauge, Written};
use crate::ids::{Id, LineId};
use crate::model::{BurdenRule, CapRule, Draft, Money, Need};
use crate::problem::Place;
use crate::units::Share;

impl Draft {
    /// Every figure of the draft, in the order of the format. The draft takes over what `visit` makes of their
    /// steps. It may still be wrong: no id need name anything.
    pub(crate) fn walk(&mut self, mut visit: impl FnMut(&mut Written)) {
        let keys = Keys::of(self);
        let places = self
            .evidence
            .figures
            .iter()
            .map(|figure| figure.place.clone());
        let mut walk = Walk::new(places.collect(), &mut visit);
        self.walk_world(&mut walk, &keys);
        self.walk_goods(&mut walk, &keys);
        self.walk_lines(&mut walk, &keys);
        self.walk_suppliers(&mut walk, &keys);
        self.walk_stocks(&mut walk, &keys);
        self.walk_transport(&mut walk, &keys);
        self.walk_requirements(&mut walk, &keys);
        self.walk_funds(&mut walk, &keys);
        for rule in self.rules.values_mut() {
            let place = Place::new(["rule", &rule.key, "right"]);
            walk.path(place, Gauge::new(&rule.unit), &mut rule.right);
        }
    }

    fn walk_world(&mut self, walk: &mut Walk<'_>, keys: &Keys) {
        let at = |table: &str, field: &str| Place::new([table, field]);
        let value = &mut self.objective.shortfall_value;
        walk.amount(
            at("objective", "shortfall_value"),
            Gauge::choice(10.0),
            value,
        );
        let cost = &mut self.objective.cost_of_funds;
        walk.amount(at("objective", "cost_of_funds"), Gauge::choice(1.0), cost);
        let (friction, whole) = (&mut self.friction, Gauge::share().or(1.0));
        walk.amount(
            at("friction", "output"),
            whole.clone(),
            &mut friction.output,
        );
        walk.amount(at("friction", "money"), whole, &mut friction.money);
        let nothing = Gauge::share().or(0.0);
        walk.amount(at("friction", "late"), nothing, &mut friction.late);
        walk.amount(
            at("friction", "delay"),
            Gauge::months(),
            &mut friction.delay,
        );
        let (money, none) = (&mut self.money, Gauge::growth().or(0.0));
        walk.path(at("macro", "inflation"), none.clone(), &mut money.inflation);
        let arms = &mut money.arms_inflation;
        walk.maybe_path(at("macro", "arms_inflation"), Gauge::growth(), arms);
        walk.amount(at("macro", "discount"), none, &mut money.discount);
        let base = keys.codes.of(Money::BASE).to_owned();
        for currency in money.currencies.values_mut().skip(1) {
            let code = &currency.code;
            let gauge = Gauge::new(format!("{base}/{code}"));
            walk.path(
                at("macro", "exchange").then(code),
                gauge,
                &mut currency.worth,
            );
        }
        for region in self.regions.values_mut() {
            let place = Place::new(["country", &region.key]);
            let gdp = region.gdp.as_mut();
            walk.price(place.then("gdp"), &keys.codes, "year", gdp);
            let people = &mut region.population;
            walk.maybe(place.then("population"), Gauge::factor(), people);
        }
    }

    fn walk_goods(&mut self, walk: &mut Walk<'_>, keys: &Keys) {
        for item in self.items.values_mut() {
            let (place, unit) = (Place::new(["item", &item.key]), item.unit.clone());
            for input in &mut item.needs {
                let (key, per) = keys.item(input.item);
                let gauge = Gauge::new(format!("{per}/{unit}"));
                walk.amount(place.then("needs").then(key), gauge, &mut input.amount);
            }
            walk.maybe(
                place.then("shelf_life"),
                Gauge::new("month"),
                &mut item.shelf_life,
            );
            let per = format!("{unit}/year");
            walk.price(
                place.then("storage_cost"),
                &keys.codes,
                &per,
                item.storage_cost.as_mut(),
            );
            walk.maybe(
                place.then("mass"),
                Gauge::new(format!("t/{unit}")),
                &mut item.mass,
            );
            walk.price(place.then("value"), &keys.codes, &unit, item.value.as_mut());
            if let Some(stock) = &mut item.stock {
                let (place, some) = (place.then("stock"), Gauge::new(&unit));
                let none = some.clone().or(0.0);
                walk.amount(place.then("opening"), none.clone(), &mut stock.opening);
                walk.maybe_path(place.then("most"), some, &mut stock.most);
                walk.amount(place.then("closing"), none, &mut stock.closing);
            }
        }
        for resource in self.resources.values_mut() {
            let place = Place::new(["resource", &resource.key, "limit"]);
            let gauge = Gauge::rate(&resource.unit).from_nothing();
            walk.path(place, gauge, &mut resource.limit);
        }
    }

    fn walk_lines(&mut self, walk: &mut Walk<'_>, keys: &Keys) {
        for (n, line) in self.lines.values_mut().enumerate() {
            let l = LineId::at(n);
            let place = Place::new(["line", &line.key]);
            let unit = keys.unit(line.products.first().map(|product| product.item));
            let several = line.products.len() > 1;
            for (n, product) in line.products.iter_mut().enumerate() {
                let (key, unit) = keys.item(product.item);
                let own = place.then("makes").then(key);
                let listed = walk.knows_of(&own);
                walk.amount(own.then("pace"), Gauge::factor().or(1.0), &mut product.pace);
                let place = if several || (n == 0 && listed) {
                    &own
                } else {
                    &place
                };
                walk.tiers(place, &keys.codes, unit, &mut product.tiers);
            }
            let rate = || Gauge::rate(unit).from_nothing();
            walk.path(place.then("capacity"), rate().or(0.0), &mut line.capacity);
            let whole = Gauge::share().or(1.0);
            walk.path(
                place.then("utilisation"),
                whole.clone(),
                &mut line.utilisation,
            );
            walk.amount(place.then("yield"), whole, &mut line.yield_share);
            walk.amount(
                place.then("lead_time"),
                Gauge::months(),
                &mut line.lead_time,
            );
            walk.maybe_path(place.then("booked"), rate(), &mut line.booked);
            walk.maybe_path(place.then("minimum"), rate(), &mut line.minimum);
            walk.maybe(
                place.then("ramp"),
                Gauge::new(format!("{unit}/year/year")),
                &mut line.ramp,
            );
            walk.maybe(place.then("growth"), Gauge::factor(), &mut line.growth);
            walk.maybe(place.then("running"), Gauge::rate(unit), &mut line.running);
            walk.amount(place.then("cycle"), Gauge::months(), &mut line.cycle);
            for (region, share) in &mut line.content {
                let region = key_of(&self.regions, *region, |region| &region.key);
                walk.amount(place.then("content").then(region), Gauge::share(), share);
            }
            walk.payment(&place, &mut line.payment);
            for (resource, amount) in &mut line.draws {
                let key = key_of(&self.resources, *resource, |resource| &resource.key);
                let own = key_of(&self.resources, *resource, |resource| &resource.unit);
                let gauge = Gauge::new(format!("{own}/{unit}"));
                walk.amount(place.then("draws").then(key), gauge, amount);
            }
            for expansion in self
                .expansions
                .values_mut()
                .filter(|option| option.line == l)
            {
                let place = place.then("expansion").then(&expansion.key);
                walk.expansion(&place, keys, unit, expansion);
            }
        }
    }

    fn walk_suppliers(&mut self, walk: &mut Walk<'_>, keys: &Keys) {
        for supplier in self.suppliers.values_mut() {
            let place = Place::new(["supplier", &supplier.key]);
            let unit = keys.item(supplier.item).1;
            let rate = || Gauge::rate(unit).from_nothing();
            walk.path(place.then("rate"), rate(), &mut supplier.rate);
            walk.tiers(&place, &keys.codes, unit, &mut supplier.tiers);
            walk.amount(
                place.then("lead_time"),
                Gauge::months(),
                &mut supplier.lead_time,
            );
            walk.amount(place.then("queue"), Gauge::months(), &mut supplier.queue);
            walk.maybe_path(place.then("booked"), rate(), &mut supplier.booked);
            let least = &mut supplier.minimum_order;
            walk.maybe(place.then("minimum_order"), Gauge::new(unit), least);
            for (region, share) in &mut supplier.content {
                let region = key_of(&self.regions, *region, |region| &region.key);
                walk.amount(place.then("content").then(region), Gauge::share(), share);
            }
            walk.payment(&place, &mut supplier.payment);
        }
    }

    fn walk_stocks(&mut self, walk: &mut Walk<'_>, keys: &Keys) {
        for stock in self.stocks.values_mut() {
            let holder = key_of(&self.holders, stock.holder, |holder| &holder.key);
            let (key, unit) = keys.item(stock.item);
            let place = Place::new(["holder", &holder, "stock", key]);
            walk.opening(&place, unit, stock);
            walk.maybe_path(place.then("floor"), Gauge::new(unit), &mut stock.floor);
            walk.maybe_path(place.then("draw"), Gauge::rate(unit), &mut stock.draw);
            walk.maybe(place.then("closing"), Gauge::new(unit), &mut stock.closing);
            let none = Gauge::share().or(0.0);
            walk.amount(place.then("closing_value"), none, &mut stock.closing_value);
        }
    }

    fn walk_transport(&mut self, walk: &mut Walk<'_>, keys: &Keys) {
        for hub in self.hubs.values_mut() {
            let place = Place::new(["hub", &hub.key, "throughput"]);
            walk.path(place, Gauge::rate("t"), &mut hub.throughput);
        }
        for gift in self.gifts.values_mut() {
            let place = Place::new(["gift", &gift.key]);
            let unit = keys.unit(gift.items.first().copied());
            walk.price(place.then("cost"), &keys.codes, unit, gift.cost.as_mut());
            walk.amount(place.then("lag"), Gauge::months(), &mut gift.lag);
        }
        for route in self.routes.values_mut() {
            let place = Place::new(["route", &route.key]);
            let unit = keys.unit(route.items.first().copied());
            walk.price(place.then("cost"), &keys.codes, unit, route.cost.as_mut());
            walk.amount(place.then("lag"), Gauge::months(), &mut route.lag);
        }
    }

    fn walk_requirements(&mut self, walk: &mut Walk<'_>, keys: &Keys) {
        for requirement in self.requirements.values_mut() {
            let place = Place::new(["requirement", &requirement.key]);
            let unit = keys.unit(requirement.meets.first().map(|accepted| accepted.item));
            for accepted in &mut requirement.meets {
                let gauge = Gauge::factor().or(1.0);
                let place = place.then("meets").then(keys.item(accepted.item).0);
                walk.amount(place, gauge, &mut accepted.factor);
            }
            match &mut requirement.need {
                Need::Flow(path) => {
                    let gauge = Gauge::rate(unit).from_nothing();
                    walk.path(place.then("quantity"), gauge, path);
                }
                Need::Level(path) => {
                    walk.path(place.then("level"), Gauge::new(unit).from_nothing(), path);
                }
            }
            let mut weight = Share::new(requirement.weight);
            walk.amount(place.then("weight"), Gauge::choice(1.0), &mut weight);
            requirement.weight = weight.value();
            walk.price(
                place.then("value"),
                &keys.codes,
                unit,
                requirement.value.as_mut(),
            );
        }
        for cap in self.caps.values_mut() {
            let place = Place::new(["cap", &cap.key]);
            match &mut cap.rule {
                CapRule::Content { most, .. } | CapRule::SourceShare { most, .. } => {
                    walk.path(place.then("share"), Gauge::share(), most);
                }
                CapRule::Spending { most, currency, .. } => {
                    let gauge = Gauge::new(keys.codes.per(*currency, "year"));
                    walk.path(place.then("amount"), gauge, most);
                }
                CapRule::Quantity { item, most, .. } => {
                    let gauge = Gauge::rate(keys.item(*item).1);
                    walk.path(place.then("quantity"), gauge, most);
                }
            }
        }
    }

    fn walk_funds(&mut self, walk: &mut Walk<'_>, keys: &Keys) {
        for fund in self.funds.values_mut() {
            let place = Place::new(["fund", &fund.key]);
            let gauge = Gauge::new(keys.codes.per(fund.currency, "year")).from_nothing();
            walk.path(place.then("amount"), gauge, &mut fund.amount);
            walk.amount(
                place.then("carry_over"),
                Gauge::share().or(0.0),
                &mut fund.carry_over,
            );
            let fulfilled = &mut fund.fulfilled;
            walk.maybe(place.then("fulfilled"), Gauge::share(), fulfilled);
            walk.maybe(place.then("late"), Gauge::share(), &mut fund.late);
            if let Some(loan) = &mut fund.loan {
                let place = place.then("loan");
                walk.amount(place.then("rate"), Gauge::growth(), &mut loan.rate);
                walk.amount(place.then("grace"), Gauge::months(), &mut loan.grace);
                walk.amount(
                    place.then("maturity"),
                    Gauge::new("month"),
                    &mut loan.maturity,
                );
            }
            if let Some(rule) = &mut fund.content {
                walk.amount(
                    place.then("content").then("share"),
                    Gauge::share(),
                    &mut rule.share,
                );
            }
        }
        for burden in self.burdens.values_mut() {
            let place = Place::new(["burden", &burden.key]);
            match &mut burden.rule {
                BurdenRule::OfGdp { most } => {
                    walk.path(place.then("gdp"), Gauge::share(), most);
                }
                BurdenRule::EvenShare { most, .. } => {
                    walk.path(place.then("share"), Gauge::factor(), most);
                }
            }
        }
    }
}
