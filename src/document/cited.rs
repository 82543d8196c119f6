//! Figures that cite a fact of the registry: converted, scaled, spread over time.
//!
//! ```text
//! figure = fact × scale / over × times
//! ```
//!
//! A `scale` may have a unit of its own, and then the units multiply: a fact of 21 ships times `"4 missile/ship"`,
//! `over = "4 years"`, is 21 missiles a year.

use super::figure::{Beside, Expect, Reading, Site, tidy, year_of};
use super::quantity::{Quantity, Unit, rounded};
use super::reader::{Fields, Reader};
use super::tree::{Node, Value};
use crate::evidence::{Basis, Fact};
use crate::model::Money;
use crate::problem::{Kind, Place, Problem};

impl<'a> Reader<'a> {
    /// A figure that cites a fact.
    pub(super) fn cited(
        &mut self,
        fields: &Fields<'a>,
        place: &Place,
        expect: &Expect,
        beside: &Beside,
    ) -> Option<Reading> {
        let node = fields.get("fact")?;
        let id = self.text_of(node, &fields.at("fact"))?;
        let registry = self.registry;
        let Some(fact) = registry.get(&id) else {
            self.unknown_fact(node, &id);
            return None;
        };
        let times = self.times(fields)?;
        let (reading, range) = self.convert(fact, node, expect, &times)?;
        self.not_stale(fields, node, expect, reading, beside.copy);
        self.one_currency(fields, reading, [beside.low, beside.high]);
        let (low, high) = range.unwrap_or((reading.number, reading.number));
        let low = beside.low.map_or(low, |low| low.like(reading).number);
        let high = beside.high.map_or(high, |high| high.like(reading).number);
        let given = range.is_some() || beside.low.is_some() || beside.high.is_some();
        let range = given.then_some((low, high));
        self.in_order(node, place, reading.number, range);
        self.cited.insert(id.clone());
        let factor = self.to_price_year(expect, beside.year.or_else(|| year_of(&fact.as_of)));
        let site = Site {
            place,
            expect,
            laid: beside.laid,
        };
        let derived = fields.get("scale").is_some() || fields.get("over").is_some();
        let basis = (Basis::Fact(id), derived || fields.has("times"));
        let factor = factor * self.factors(fields)?;
        Some(self.keep(&site, reading, factor, range, basis))
    }

    fn unknown_fact(&mut self, node: &Node, id: &str) {
        let label = match crate::problem::nearest(id, self.registry.ids()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "no such fact".into(),
        };
        let message = format!("unknown fact `{id}`");
        let problem = Problem::new(Kind::UnknownFact, node.spot.clone(), message)
            .label(label)
            .help("cite a fact of the folders named by `seeds` under `[model]`, or add it there");
        self.push(problem);
    }

    /// A copy says what the fact says.
    fn not_stale(
        &mut self,
        fields: &Fields<'a>,
        node: &Node,
        expect: &Expect,
        reading: Reading,
        copy: Option<Reading>,
    ) {
        let is = reading.number;
        let same = |copy: f64| (copy - is).abs() <= 1e-6 * is.abs().max(1e-9);
        if copy.is_none_or(|copy| same(copy.like(reading).number)) {
            return;
        }
        let written = fields.get("value").or_else(|| fields.get("mode"));
        let spot = written.map_or(&node.spot, |n| &n.spot);
        let Value::Text(id) = &node.value else {
            return;
        };
        let message = format!("the copy of fact `{id}` is stale");
        let problem = Problem::new(Kind::StaleCopy, spot.clone(), message)
            .label(format!(
                "the fact says {} {}",
                tidy(expect.in_shown(is)),
                expect.shown
            ))
            .also(node.spot.clone(), "cited here")
            .help("write what the fact says, or leave `value` out");
        self.push(problem);
    }

    /// What a fact is multiplied by: its `scale`, spread `over` a time.
    fn times(&mut self, fields: &Fields<'a>) -> Option<Quantity> {
        let scale = match fields.get("scale") {
            None => Quantity::pure(1.0),
            Some(node) => match &node.value {
                Value::Text(text) => self.any_quantity(text, &node.spot, "4 missile/ship")?,
                _ => Quantity::pure(self.number(fields, "scale")?),
            },
        };
        let Some(node) = fields.get("over") else {
            return Some(scale);
        };
        let over = match &node.value {
            Value::Text(text) => self.any_quantity(text, &node.spot, "4 years")?,
            _ => Quantity::pure(0.0),
        };
        let years = Unit::read("year").ok().and_then(|year| over.to(&year));
        let inverse = years
            .filter(|years| *years > 0.0)
            .and_then(|_| over.inverse());
        let Some(inverse) = inverse else {
            let message = format!("`{}` is not a time", fields.at("over"));
            let problem = Problem::new(Kind::WrongUnit, node.spot.clone(), message)
                .label("over how long?")
                .help("write a time above zero, such as `\"4 years\"`");
            self.push(problem);
            return None;
        };
        let times = scale.times(&inverse);
        if times.is_none() {
            self.no_product(fields.get("scale").unwrap_or(node), &scale, &inverse);
        }
        times
    }

    fn no_product(&mut self, node: &Node, one: &Quantity, other: &Quantity) {
        let message = format!("`{}` times `{}` is no unit", one.unit, other.unit);
        let problem = Problem::new(Kind::FactUnit, node.spot.clone(), message)
            .label("two names stay above the line")
            .help("write a `scale` whose unit takes the fact's away, such as `\"4 missile/ship\"` for a fact in ships");
        self.push(problem);
    }

    /// A fact in the unit that is wanted, times something.
    fn convert(
        &mut self,
        fact: &Fact,
        node: &Node,
        expect: &Expect,
        times: &Quantity,
    ) -> Option<(Reading, Option<(f64, f64)>)> {
        let own = Quantity {
            number: fact.value,
            unit: Unit::read(&fact.unit).ok()?,
        };
        let Some(product) = own.times(times) else {
            self.no_product(node, &own, times);
            return None;
        };
        let unit = product.unit;
        let to = |number: f64| {
            let number = rounded(number * times.number);
            let unit = unit.clone();
            expect.number(&Quantity { number, unit })
        };
        let spread = expect.spreads(&Quantity {
            number: fact.value,
            unit: unit.clone(),
        });
        let Some((number, turned)) = to(fact.value) else {
            let message = format!(
                "fact `{}` is in `{unit}`, where `{}` is wanted",
                fact.id, expect.shown
            );
            let problem = Problem::new(Kind::FactUnit, node.spot.clone(), message)
                .label(format!("{} {}", tidy(fact.value), fact.unit))
                .help("cite another fact, give `scale` a unit, spread it `over` a time, or write the figure with a note that says how it follows from this one");
            self.push(problem);
            return None;
        };
        let currency = match unit.currency().filter(|_| expect.per.is_some()) {
            None => Money::BASE,
            Some(code) => {
                if let Some(currency) = self.money.currency(code) {
                    currency
                } else {
                    self.quantity_of(&format!("1 {code}"), &node.spot, &expect.example());
                    return None;
                }
            }
        };
        let end = |end: Option<f64>| end.and_then(to).map_or(number, |(number, _)| number);
        let (low, high) = (end(fact.low), end(fact.high));
        let range =
            (fact.low.is_some() || fact.high.is_some()).then(|| (low.min(high), low.max(high)));
        let reading = Reading {
            number,
            currency,
            turned,
            spread,
        };
        Some((reading, range))
    }
}
