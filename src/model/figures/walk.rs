//! How a walk visits figures of each shape: a number, one over time, a price, price steps, a stock's opening.

use super::{Gauge, Written};
use crate::ids::{CurrencyId, Id, ItemId, Table};
use crate::model::{Batch, Draft, Expansion, Payment, Price, Stock, Tier, UpTo};
use crate::path::Path;
use crate::problem::Place;
use crate::units::{Amount, Pieces};
use std::collections::BTreeSet;

/// A walk over the figures of a draft.
pub(super) struct Walk<'v> {
    /// Where figures are known to stand, of those that may be written in more than one way.
    known: BTreeSet<Place>,
    visit: &'v mut dyn FnMut(&mut Written),
}

impl<'v> Walk<'v> {
    /// A walk over a draft whose evidence knows figures at some places.
    pub(super) fn new(known: BTreeSet<Place>, visit: &'v mut dyn FnMut(&mut Written)) -> Self {
        Self { known, visit }
    }

    /// Whether a figure is known at a place, or within it.
    pub(super) fn knows_of(&self, place: &Place) -> bool {
        let mut after = self.known.range(place..);
        let first = after.next();
        first.is_some_and(|known| known.keys().starts_with(place.keys()))
    }

    pub(super) fn amount<U>(&mut self, place: Place, gauge: Gauge, amount: &mut Amount<U>) {
        let steps = vec![(None, amount.value())];
        let mut written = Written {
            place,
            gauge,
            steps,
        };
        (self.visit)(&mut written);
        *amount = Amount::new(written.steps[0].1);
    }

    pub(super) fn maybe<U>(&mut self, place: Place, gauge: Gauge, amount: &mut Option<Amount<U>>) {
        if let Some(amount) = amount {
            self.amount(place, gauge, amount);
        }
    }

    pub(super) fn path<U>(&mut self, place: Place, gauge: Gauge, path: &mut Path<U>) {
        let always = path.is_constant();
        let step = |(month, value): (_, Amount<U>)| ((!always).then_some(month), value.value());
        let before: Vec<_> = path.iter().map(step).collect();
        let mut written = Written {
            place,
            gauge,
            steps: before.clone(),
        };
        (self.visit)(&mut written);
        if written.steps == before {
            return;
        }
        let starts = path.is_from_nothing() || written.gauge.from_nothing;
        let new = match written.steps[..] {
            [(None, value)] => Path::constant(Amount::new(value)),
            _ => Path::steps(written.steps.iter().filter_map(|&(month, value)| {
                let month = month?;
                Some((month, Amount::new(value)))
            })),
        };
        *path = if starts { new.from_nothing() } else { new };
    }

    pub(super) fn maybe_path<U>(&mut self, place: Place, gauge: Gauge, path: &mut Option<Path<U>>) {
        if let Some(path) = path {
            self.path(place, gauge, path);
        }
    }

    /// A price of something, in its own currency.
    pub(super) fn price<U>(
        &mut self,
        place: Place,
        codes: &Codes,
        per: &str,
        price: Option<&mut Price<U>>,
    ) {
        if let Some(price) = price {
            let gauge = Gauge::new(codes.per(price.currency, per));
            self.path(place, gauge, &mut price.amount);
        }
    }

    /// Price steps: one `cost`, or a list of `tiers`, beside what sells at them.
    pub(super) fn tiers(&mut self, place: &Place, codes: &Codes, unit: &str, tiers: &mut [Tier]) {
        let only = place.then("tiers").then("1").then("cost");
        let listed = self.knows_of(&only);
        if let [
            Tier {
                up_to: None, cost, ..
            },
        ] = tiers
            && !listed
        {
            self.price(place.then("cost"), codes, unit, Some(cost));
            return;
        }
        for (n, tier) in tiers.iter_mut().enumerate() {
            let place = place.then("tiers").then((n + 1).to_string());
            match &mut tier.up_to {
                Some(UpTo::Rate(rate)) => self.amount(place.then("up_to"), Gauge::rate(unit), rate),
                Some(UpTo::Share(share)) => self.amount(place.then("up_to"), Gauge::share(), share),
                None => {}
            }
            self.price(place.then("cost"), codes, unit, Some(&mut tier.cost));
        }
    }

    pub(super) fn payment(&mut self, place: &Place, payment: &mut Payment) {
        let place = place.then("payment");
        let gauge = Gauge::share().or(0.0);
        self.amount(place.then("advance"), gauge, &mut payment.advance);
        self.amount(place.then("before"), Gauge::months(), &mut payment.before);
        self.amount(place.then("after"), Gauge::months(), &mut payment.after);
    }

    pub(super) fn expansion(
        &mut self,
        place: &Place,
        keys: &Keys,
        unit: &str,
        expansion: &mut Expansion,
    ) {
        self.amount(place.then("adds"), Gauge::rate(unit), &mut expansion.adds);
        self.price(place.then("cost"), &keys.codes, "", expansion.cost.as_mut());
        let lead_time = Gauge::new("month");
        self.amount(place.then("lead_time"), lead_time, &mut expansion.lead_time);
        for (n, (after, share)) in expansion.opening.iter_mut().enumerate() {
            let place = place.then("opening").then((n + 1).to_string());
            self.amount(place.then("after"), Gauge::new("month"), after);
            self.amount(place.then("share"), Gauge::share(), share);
        }
        self.amount(
            place.then("at_most"),
            Gauge::choice(1.0),
            &mut expansion.at_most,
        );
        for (item, pieces) in &mut expansion.uses {
            let (key, unit) = keys.item(*item);
            self.amount(place.then("uses").then(key), Gauge::new(unit), pieces);
        }
    }

    /// What is there at the start: all of it, and the parts of it that expire.
    pub(super) fn opening(&mut self, place: &Place, unit: &str, stock: &mut Stock) {
        let whole = place.then("opening");
        let dated = |stock: &Stock| -> Pieces {
            let dated = stock.opening.iter().filter(|batch| batch.expires.is_some());
            dated.map(|batch| batch.quantity).sum()
        };
        let undated = stock.opening.iter().any(|batch| batch.expires.is_none());
        let before = stock.total();
        let mut all = before;
        // If nobody states it, it is the sum of its parts.
        let stated = undated || self.known.contains(&whole);
        if stated {
            self.amount(whole, Gauge::new(unit), &mut all);
        }
        let parts = dated(stock);
        let aging = stock
            .opening
            .iter_mut()
            .filter(|batch| batch.expires.is_some());
        for (n, batch) in aging.enumerate() {
            let place = place
                .then("ages")
                .then((n + 1).to_string())
                .then("quantity");
            self.amount(place, Gauge::new(unit), &mut batch.quantity);
        }
        if !stated || (all == before && dated(stock) == parts) {
            return;
        }
        let rest = all - dated(stock);
        let mut keeps = stock
            .opening
            .iter_mut()
            .filter(|batch| batch.expires.is_none());
        if let Some(first) = keeps.next() {
            first.quantity = rest;
            keeps.for_each(|batch| batch.quantity = Pieces::ZERO);
        } else if rest.value().abs() > ROUNDING * all.value() {
            let expires = None;
            let batch = Batch {
                quantity: rest,
                expires,
            };
            stock.opening.insert(0, batch);
        }
    }
}

/// Quantities that differ by less than this share are the same: they are sums of figures.
const ROUNDING: f64 = 1e-9;

/// Codes of currencies.
pub(super) struct Codes(Table<CurrencyId, String>);

impl Codes {
    pub(super) fn of(&self, currency: CurrencyId) -> &str {
        self.0.get(currency).map_or("?", String::as_str)
    }

    pub(super) fn per(&self, currency: CurrencyId, per: &str) -> String {
        let code = self.of(currency);
        if per.is_empty() {
            code.to_owned()
        } else {
            format!("{code}/{per}")
        }
    }
}

/// Keys and units of what others refer to. What an id of another draft names is `?`.
pub(super) struct Keys {
    pub(super) codes: Codes,
    items: Table<ItemId, (String, String)>,
}

impl Keys {
    pub(super) fn of(draft: &Draft) -> Self {
        Self {
            codes: Codes(draft.money.currencies.map(|currency| currency.code.clone())),
            items: draft
                .items
                .map(|item| (item.key.clone(), item.unit.clone())),
        }
    }

    pub(super) fn item(&self, item: ItemId) -> (&str, &str) {
        let known = self.items.get(item);
        known.map_or(("?", "?"), |(key, unit)| (key, unit))
    }

    pub(super) fn unit(&self, item: Option<ItemId>) -> &str {
        item.map_or("?", |item| self.item(item).1)
    }
}

/// The key of what an id names; `?` if the id is of another draft.
pub(super) fn key_of<I: Id, T>(table: &Table<I, T>, id: I, key: impl Fn(&T) -> &String) -> String {
    table
        .get(id)
        .map_or_else(|| "?".to_owned(), |thing| key(thing).clone())
}
