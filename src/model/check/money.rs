//! Funds, exchange rates, inflation and discounting.

use super::{Allowed, Check};
use crate::ids::ItemId;
use crate::model::{BurdenRule, EvenBy, Financing, Fund, UnitPrice};
use crate::path::Path;
use crate::problem::{Kind, Place, Problem};

impl Check<'_> {
    pub(super) fn money(&mut self) {
        let money = &self.draft.money;
        let place = Place::new(["macro"]);
        for (_, rate) in money.inflation.iter() {
            self.growth(&place.then("inflation"), rate.value());
        }
        for (_, rate) in money.arms_inflation.iter().flat_map(Path::iter) {
            self.growth(&place.then("arms_inflation"), rate.value());
        }
        self.growth(&place.then("discount"), money.discount.value());
        for currency in money.currencies.values() {
            let place = place.then("exchange").then(&currency.code);
            self.path(&place, &currency.worth, Allowed::Positive);
        }
        for region in self.draft.regions.values() {
            if let Some(gdp) = &region.gdp {
                let place = Place::new(["country", &region.key]).then("gdp");
                self.path(&place, &gdp.amount, Allowed::Positive);
            }
            if let Some(people) = region.population {
                let place = Place::new(["country", &region.key]).then("population");
                self.number(&place, people.value(), Allowed::Positive);
            }
        }
        for fund in self.draft.funds.values() {
            self.fund(&Place::new(["fund", &fund.key]), fund);
        }
        self.burdens();
        self.burden_limits();
    }

    /// What countries may bear must be told of each, and must limit something.
    fn burden_limits(&mut self) {
        let d = self.draft;
        for burden in d.burdens.values() {
            let place = Place::new(["burden", &burden.key]);
            let by = match &burden.rule {
                BurdenRule::OfGdp { most } => {
                    self.path(&place.then("gdp"), most, Allowed::Share);
                    EvenBy::Gdp
                }
                BurdenRule::EvenShare { most, by } => {
                    self.path(&place.then("share"), most, Allowed::NotNegative);
                    *by
                }
            };
            if self.doubt.names {
                continue;
            }
            let countries = d.countries_in(&burden.countries);
            let of_one = |fund: &&Fund| {
                let givers = d.countries_in(&fund.given_by);
                givers.iter().any(|giver| countries.contains(giver))
            };
            let given: Vec<&Fund> = d.funds.values().filter(of_one).collect();
            if given.is_empty() && !self.any_doubtful("fund") {
                let message = format!("burden `{}` limits nothing", burden.key);
                let problem = Problem::new(Kind::NoGiver, place.then("countries"), message)
                    .label("no fund says that one of these gives it")
                    .help("write `given_by = [\"DE\"]` at funds");
                self.push(problem);
            }
            let givers = given.iter().flat_map(|fund| d.countries_in(&fund.given_by));
            let all = countries.iter().copied().chain(givers);
            let unknown = all.into_iter().find(|&c| d.regions[c].gdp.is_none());
            if let Some(country) = unknown.map(|c| &d.regions[c].key) {
                let message = format!(
                    "burden `{}` hangs on what `{country}` produces, and its `gdp` is not stated",
                    burden.key
                );
                let problem = Problem::new(Kind::NoGdp, place.then("countries"), message)
                    .label("what each bears cannot be told")
                    .help(format!("write `gdp` in `[country.{country}]`"));
                self.push(problem);
            }
            let mut heads = countries.iter().filter(|_| by == EvenBy::Capacity);
            let unknown = heads.find(|&&c| d.regions[c].population.is_none());
            if let Some(country) = unknown.map(|&c| &d.regions[c].key) {
                let message = format!(
                    "burden `{}` goes by the capacity to pay, and the `population` of `{country}` is not stated",
                    burden.key
                );
                let problem = Problem::new(Kind::NoPopulation, place.then("by"), message)
                    .label("what it has per head cannot be told")
                    .help(format!("write `population` in `[country.{country}]`"));
                self.push(problem);
            }
        }
    }

    /// Where burdens are shared by what countries produce, that has to be known of all who give.
    fn burdens(&mut self) {
        let d = self.draft;
        if d.objective.financing != Financing::ByGdp || self.doubt.names {
            return;
        }
        if d.funds.values().all(|fund| fund.given_by.is_empty()) {
            let place = Place::new(["objective"]).then("financing");
            let message = "`by-gdp` shares burdens, and no fund says who gives it";
            let problem = Problem::new(Kind::NoGiver, place, message)
                .label("nobody bears anything")
                .help("write `given_by = [\"DE\"]` at funds, and `gdp` at countries");
            self.push(problem);
        }
        for fund in d.funds.values() {
            let place = Place::new(["fund", &fund.key]).then("given_by");
            let givers = fund.given_by.iter();
            let unknown = givers.flat_map(|&region| d.members_of(region));
            if let Some(country) = unknown.into_iter().find(|&c| d.regions[c].gdp.is_none()) {
                let country = &d.regions[country].key;
                let message = format!(
                    "fund `{}` is given by `{country}`, whose `gdp` is not stated",
                    fund.key
                );
                let problem = Problem::new(Kind::NoGdp, place, message)
                    .label("its burden cannot be told")
                    .help(format!(
                        "write `gdp` in `[country.{country}]`, or another `objective.financing`"
                    ));
                self.push(problem);
            }
        }
    }

    fn growth(&mut self, place: &Place, rate: f64) {
        if !rate.is_finite() || !(-0.5..=1.0).contains(&rate) {
            let percent = rate * 100.0;
            let message = format!("a rate of {percent} % a year is not plausible");
            let problem = Problem::new(Kind::OutOfRange, place.clone(), message)
                .label("must lie between -50 % and 100 % a year")
                .help("write a rate such as `\"2 %/year\"`");
            self.push(problem);
        }
    }

    fn fund(&mut self, place: &Place, fund: &Fund) {
        self.path(&place.then("amount"), &fund.amount, Allowed::NotNegative);
        self.number(
            &place.then("carry_over"),
            fund.carry_over.value(),
            Allowed::Share,
        );
        for (field, share) in [("fulfilled", fund.fulfilled), ("late", fund.late)] {
            if let Some(share) = share {
                self.number(&place.then(field), share.value(), Allowed::Share);
            }
        }
        if let Some(loan) = fund.loan {
            let place = place.then("loan");
            self.number(&place.then("rate"), loan.rate.value(), Allowed::Share);
            self.number(&place.then("grace"), loan.grace.value(), Allowed::Span);
            self.number(
                &place.then("maturity"),
                loan.maturity.value(),
                Allowed::Span,
            );
            if loan.maturity <= loan.grace {
                let message = format!("loan `{}` matures before it is paid back", fund.key);
                let problem = Problem::new(Kind::LoanMatures, place.then("maturity"), message)
                    .label("not after `grace`")
                    .also(place.then("grace"), "nothing is paid back before this")
                    .help("write a `maturity` longer than `grace`");
                self.push(problem);
            }
        }
        if let Some(rule) = fund.content {
            self.number(
                &place.then("content").then("share"),
                rule.share.value(),
                Allowed::Share,
            );
        }
        self.empty(place, fund);
    }

    /// A fund without money in the calendar is a slip.
    fn empty(&mut self, place: &Place, fund: &Fund) {
        let calendar = &self.draft.calendar;
        let months = calendar.end().since(calendar.start());
        let empty = (0..months).all(|n| fund.amount.at(calendar.start().plus(n)).value() <= 0.0);
        if empty && !self.can_be_some(&place.then("amount"), 0.0) {
            let (first, last) = (calendar.start(), calendar.end().plus(-1));
            let message = format!(
                "fund `{}` has no money between {first} and {last}",
                fund.key
            );
            let problem = Problem::new(Kind::NoMoney, place.then("amount"), message)
                .label("nothing in the calendar")
                .help("write an amount in a year of the calendar, or take the fund out");
            self.push(problem);
        }
    }

    /// A fund that could never pay for anything is a slip, not a plan.
    pub(super) fn useless_funds(&mut self) {
        for fund in self.draft.funds.values() {
            if !self.doubt.names && !self.is_doubtful("fund", &fund.key) {
                self.useless(fund);
            }
        }
    }

    fn useless(&mut self, fund: &Fund) {
        let d = self.draft;
        let place = Place::new(["fund", &fund.key]);
        let lines = d.lines.ids().any(|l| {
            let items = d.lines[l].products.iter().map(|p| p.item);
            fund.buys.production
                && items.into_iter().any(|i| d.may_buy_goods(fund, i))
                && d.may_buy_from_line(fund, l)
        });
        let suppliers = d.suppliers.ids().any(|q| {
            fund.buys.production
                && d.may_buy_goods(fund, d.suppliers[q].item)
                && d.may_buy_from_supplier(fund, q)
        });
        let expansions = d.expansions.ids().any(|e| d.may_expand(fund, e));
        if !lines && !suppliers && !expansions && !self.moves(fund) {
            let message = format!("fund `{}` can pay for nothing in this model", fund.key);
            let problem = Problem::new(Kind::UselessFund, place.then("buys"), message)
                .label("no line, supplier, expansion, gift or route passes all of these")
                .help("widen `buys`, or take the fund out");
            self.push(problem);
        }
    }

    /// Whether a fund may pay for moving anything: a gift to a holder it buys for, or an item along a route.
    fn moves(&self, fund: &Fund) -> bool {
        let d = self.draft;
        let paid = |cost: Option<&UnitPrice>| {
            cost.is_some_and(|cost| cost.amount.values().any(|amount| amount.value() > 0.0))
        };
        let buys = |items: &[ItemId]| items.iter().any(|&item| d.may_buy_goods(fund, item));
        let mut gifts = d.gifts.values();
        let mut routes = d.routes.values();
        fund.buys.production
            && (gifts.any(|gift| {
                paid(gift.cost.as_ref()) && d.may_buy_for(fund, gift.to) && buys(&gift.items)
            }) || routes.any(|route| paid(route.cost.as_ref()) && buys(&route.items)))
    }

    /// Where money is counted, something must be able to pay for what is required.
    pub(super) fn payers(&mut self) {
        let d = self.draft;
        if d.funds.is_empty() || self.doubt.names || self.any_doubtful("fund") {
            return;
        }
        for requirement in d.requirements.values() {
            let bought = |item| {
                let funds = || {
                    d.funds.values().filter(|f| {
                        f.buys.production
                            && d.may_buy_for(f, requirement.holder)
                            && d.may_buy_goods(f, item)
                    })
                };
                let lines = d
                    .lines
                    .iter()
                    .filter(|(_, l)| l.products.iter().any(|p| p.item == item));
                let suppliers = d.suppliers.iter().filter(|(_, q)| q.item == item);
                lines
                    .into_iter()
                    .any(|(l, _)| funds().any(|f| d.may_buy_from_line(f, l)))
                    || suppliers
                        .into_iter()
                        .any(|(q, _)| funds().any(|f| d.may_buy_from_supplier(f, q)))
            };
            let held = |item| d.stocks.values().any(|s| s.item == item && self.is_held(s));
            if self.is_doubtful("requirement", &requirement.key) {
                continue;
            }
            if !requirement
                .meets
                .iter()
                .any(|a| bought(a.item) || held(a.item))
            {
                let place = Place::new(["requirement", &requirement.key]);
                let message = format!("no fund can pay for requirement `{}`", requirement.key);
                let holder = &d.holders[requirement.holder].key;
                let problem = Problem::new(Kind::NoPayer, place, message)
                    .label(format!("for holder `{holder}`"))
                    .help("let a fund buy what meets it for this holder, from where it is made");
                self.push(problem);
            }
        }
    }
}
