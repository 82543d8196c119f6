//! Lines, their expansions, resources, suppliers.

use super::{Allowed, Check};
use crate::ids::RegionId;
use crate::model::{Expansion, Line, Payment, Supplier};
use crate::path::Path;
use crate::problem::{Kind, Place, Problem};
use crate::units::{Months, Per, Share, unit};

impl Check<'_> {
    pub(super) fn industry(&mut self) {
        for (l, line) in self.draft.lines.iter() {
            let place = Place::new(["line", &line.key]);
            self.line(&place, line);
            let most = line.capacity.most().value();
            let opens = self.can_be_some(&place.then("capacity"), most);
            let idle = !opens && !self.is_doubtful("line", &line.key);
            if idle && !self.draft.expansions.values().any(|e| e.line == l) {
                let message = format!("line `{}` can never make anything", line.key);
                let problem = Problem::new(Kind::NoCapacity, place.then("capacity"), message)
                    .label("no capacity at any time")
                    .help("give it capacity or an `expansion`, or take the line out");
                self.push(problem);
            }
        }
        for expansion in self.draft.expansions.values() {
            let line = &self.draft.lines[expansion.line].key;
            self.expansion(
                &Place::new(["line", line, "expansion", &expansion.key]),
                expansion,
            );
        }
        for resource in self.draft.resources.values() {
            let place = Place::new(["resource", &resource.key, "limit"]);
            self.path(&place, &resource.limit, Allowed::NotNegative);
        }
        for supplier in self.draft.suppliers.values() {
            self.supplier(&Place::new(["supplier", &supplier.key]), supplier);
        }
    }

    fn line(&mut self, place: &Place, line: &Line) {
        self.path(
            &place.then("capacity"),
            &line.capacity,
            Allowed::NotNegative,
        );
        self.path(
            &place.then("utilisation"),
            &line.utilisation,
            Allowed::Share,
        );
        for (field, figure, allowed) in line.figures() {
            if let Some(figure) = figure {
                self.number(&place.then(field), figure, allowed);
            }
        }
        self.booked(place, line.booked.as_ref(), line.lead_time);
        self.payment(&place.then("payment"), line.payment);
        self.content(&place.then("content"), &line.content);
        for product in &line.products {
            let item = &self.draft.items[product.item].key;
            let place = place.then("makes").then(item);
            self.number(&place.then("pace"), product.pace.value(), Allowed::Positive);
            self.tiers(&place, &product.tiers, &format!("line `{}`", line.key));
            if line
                .products
                .iter()
                .filter(|other| other.item == product.item)
                .count()
                > 1
            {
                let message = format!("line `{}` makes `{item}` twice", line.key);
                let problem = Problem::new(Kind::Repeated, place, message).label("again");
                self.push(problem.help("name each product once"));
            }
        }
        for (resource, amount) in &line.draws {
            let resource = &self.draft.resources[*resource].key;
            self.number(
                &place.then("draws").then(resource),
                amount.value(),
                Allowed::Worthwhile,
            );
        }
        self.minimum(place, line);
    }

    /// A minimum above what the line can do would leave no plan at all.
    fn minimum(&mut self, place: &Place, line: &Line) {
        let Some(minimum) = &line.minimum else { return };
        let calendar = &self.draft.calendar;
        self.path(&place.then("minimum"), minimum, Allowed::NotNegative);
        for t in calendar.periods() {
            let least = minimum.mean(calendar, t).value();
            let most = line.capacity.mean(calendar, t).value()
                * line.utilisation.mean(calendar, t).value();
            if least > most * (1.0 + 1e-9) {
                let label = calendar.label(t);
                let message = format!(
                    "the minimum rate of line `{}` is {least} a year in {label}, above the {most} it can make",
                    line.key
                );
                let problem =
                    Problem::new(Kind::MinimumAboveCapacity, place.then("minimum"), message)
                        .label("cannot be kept")
                        .also(place.then("capacity"), "this is all it can make")
                        .help("lower `minimum`, or raise `capacity` or `utilisation`");
                self.push(problem);
                return;
            }
        }
    }

    fn expansion(&mut self, place: &Place, expansion: &Expansion) {
        self.number(
            &place.then("adds"),
            expansion.adds.value(),
            Allowed::Worthwhile,
        );
        self.price(&place.then("cost"), expansion.cost.as_ref());
        self.number(
            &place.then("lead_time"),
            expansion.lead_time.value(),
            Allowed::Span,
        );
        self.number(
            &place.then("at_most"),
            expansion.at_most.value(),
            Allowed::Worthwhile,
        );
        for (item, amount) in &expansion.uses {
            let item = &self.draft.items[*item].key;
            self.number(
                &place.then("uses").then(item),
                amount.value(),
                Allowed::Worthwhile,
            );
        }
        for (span, share) in &expansion.opening {
            self.number(&place.then("opening"), span.value(), Allowed::Span);
            self.number(&place.then("opening"), share.value(), Allowed::Share);
        }
        let shares: Vec<_> = expansion
            .opening
            .iter()
            .map(|(_, share)| share.value())
            .collect();
        let rises = shares.is_sorted() && shares.last().is_none_or(|&last| last == 1.0);
        if !rises {
            let message = format!(
                "the opening of expansion `{}` does not rise to 100 %",
                expansion.key
            );
            let problem = Problem::new(Kind::BadOpening, place.then("opening"), message)
                .label("must rise, and end at 100 %")
                .help("write shares that never fall, the last of them `100 %`");
            self.push(problem);
        }
        self.dates(place, expansion);
    }

    /// What is under way was ordered in history; an option can be ordered after it.
    fn dates(&mut self, place: &Place, expansion: &Expansion) {
        let calendar = &self.draft.calendar;
        let (first, last) = (calendar.decide_from(), calendar.end().plus(-1));
        if let Some(ordered) = expansion.ordered {
            if ordered < calendar.start() || ordered >= first {
                let start = calendar.start();
                let message = format!(
                    "expansion `{}` cannot have been ordered in {ordered}",
                    expansion.key
                );
                let label = if calendar.has_past() {
                    format!("decisions are free from {first} on, and history begins in {start}")
                } else {
                    "nothing is history: there is no `calendar.decide_from`".into()
                };
                let problem = Problem::new(Kind::OutsideCalendar, place.then("ordered"), message)
                    .label(label)
                    .help("write a month of history; of what was ordered before the calendar starts, state the capacity in `capacity`");
                self.push(problem);
            }
            for (field, month) in [("from", expansion.from), ("until", expansion.until)] {
                if month.is_some() {
                    let message = format!(
                        "expansion `{}` is ordered and cannot be ordered again",
                        expansion.key
                    );
                    let problem = Problem::new(Kind::NeverMatters, place.then(field), message)
                        .label("says when it could be ordered")
                        .also(place.then("ordered"), "says that it is")
                        .help(format!("leave out `{field}`, or `ordered`"));
                    self.push(problem);
                }
            }
            return;
        }
        if expansion.from.is_some_and(|from| from > last)
            || expansion.until.is_some_and(|u| u < first)
        {
            let field = if expansion.until.is_some_and(|u| u < first) {
                "until"
            } else {
                "from"
            };
            let message = format!("expansion `{}` can never be ordered", expansion.key);
            let problem = Problem::new(Kind::OutsideCalendar, place.then(field), message)
                .label(if calendar.has_past() {
                    format!("decisions are free from {first} to {last}")
                } else {
                    format!("the calendar runs from {first} to {last}")
                })
                .help("write a month inside the calendar, or take the option out");
            self.push(problem);
        }
    }

    /// What is booked matters only until the first new order can be delivered.
    fn booked(
        &mut self,
        place: &Place,
        booked: Option<&Path<Per<unit::Pieces, unit::Years>>>,
        wait: Months,
    ) {
        let Some(booked) = booked else { return };
        let at = place.then("booked");
        self.path(&at, booked, Allowed::NotNegative);
        let waits = ["lead_time", "queue"].map(|key| place.then(key));
        if !waits.iter().any(|at| self.can_be_some(at, wait.value())) {
            let message = format!("`{place}` has orders booked, but delivers new ones at once");
            let problem = Problem::new(Kind::NeverMatters, at, message)
                .label("matters only until the lead time has passed")
                .help("say how long a new order takes, `lead_time = \"24 months\"`, or leave `booked` out");
            self.push(problem);
        }
    }

    fn supplier(&mut self, place: &Place, supplier: &Supplier) {
        self.path(&place.then("rate"), &supplier.rate, Allowed::NotNegative);
        self.number(
            &place.then("lead_time"),
            supplier.lead_time.value(),
            Allowed::Span,
        );
        self.number(&place.then("queue"), supplier.queue.value(), Allowed::Span);
        let wait = supplier.queue + supplier.lead_time;
        self.booked(place, supplier.booked.as_ref(), wait);
        self.amount(
            &place.then("minimum_order"),
            supplier.minimum_order,
            Allowed::Worthwhile,
        );
        self.payment(&place.then("payment"), supplier.payment);
        self.content(&place.then("content"), &supplier.content);
        let who = format!("supplier `{}`", supplier.key);
        self.tiers(place, &supplier.tiers, &who);
    }

    fn payment(&mut self, place: &Place, payment: Payment) {
        self.number(
            &place.then("advance"),
            payment.advance.value(),
            Allowed::Share,
        );
        self.number(&place.then("before"), payment.before.value(), Allowed::Span);
        self.number(&place.then("after"), payment.after.value(), Allowed::Span);
    }

    fn content(&mut self, place: &Place, content: &[(RegionId, Share)]) {
        for (region, share) in content {
            let region = &self.draft.regions[*region].key;
            self.number(&place.then(region), share.value(), Allowed::Share);
        }
        let total: f64 = content.iter().map(|(_, share)| share.value()).sum();
        if total > 1.0 + 1e-9 {
            let percent = total * 100.0;
            let message = format!("the shares of `content` add up to {percent:.1} %");
            let problem = Problem::new(Kind::ContentAboveOne, place.clone(), message)
                .label("more than the whole price")
                .help("write shares that add up to 100 % at most");
            self.push(problem);
        }
    }
}
