//! Figures: a value with unit and source.

use super::names::NO_UNIT;
use super::quantity::{Quantity, Unit};
use super::reader::{Fields, Reader};
use super::schema::{Holds, Measure, Over, VALUE};
use super::tree::{Entry, Node, Value, by_year};
use crate::evidence::{Basis, Figure};
use crate::ids::CurrencyId;
use crate::model::{Money, Price};
use crate::path::Path;
use crate::problem::{Kind, Place, Problem};
use crate::units::Amount;

/// The unit of figures that count in none of the model's: shares, spans of time, money.
pub(super) const OWN_UNIT: &str = "";

/// What a field measures.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says another thing of a field"
)]
pub(super) struct Expect {
    /// The unit, as it is shown: `round/year`; money is shown in the base currency.
    pub(super) shown: String,
    /// The unit that it is counted in, where that is another than the one shown.
    counted: Option<&'static str>,
    /// What stands below the line, for money in any currency.
    pub(super) per: Option<String>,
    /// Whether it is a price, brought to the prices of the base year.
    price: bool,
    /// The unit the other way round, in which it may be written as well: that of a rate of exchange.
    turned: Option<String>,
    /// Whether it goes no higher than 1.
    capped: bool,
    /// Whether there is nothing of it before its first step.
    pub(super) from_nothing: bool,
    /// Whether it is money in a year that may be written as all of it.
    pub(super) sums: bool,
    /// Over how many years all of it is spread, where that is known.
    pub(super) years: Option<f64>,
}

/// The largest figure, in natural units: beyond it numbers of a solver overflow.
const LARGEST: f64 = 1e300;

impl Expect {
    /// What a measure comes in, given the unit that it counts in: of a rate, what comes in a year; of what is per unit,
    /// both; of an exchange rate, the other currency.
    pub(super) fn of(measure: Measure, over: Over, unit: &str, money: &Money) -> Self {
        let base = money.base();
        let expect = match measure {
            Measure::Share => Self::share(),
            // Written as a share it counts in no unit of the model's.
            Measure::RateOrShare if unit == OWN_UNIT => Self::share(),
            Measure::Factor | Measure::Count => Self::factor(),
            Measure::Growth => Self {
                counted: Some("1/year"),
                ..Self::unit("%/year")
            },
            Measure::Time => Self::unit("month"),
            Measure::Amount | Measure::PerUnit | Measure::Any => Self::unit(unit),
            Measure::Rate | Measure::RateOrShare => Self::unit(format!("{unit}/year")),
            Measure::RateGrowth => Self::unit(format!("{unit}/year/year")),
            Measure::Mass => Self::unit(format!("t/{unit}")),
            Measure::MassRate => Self::unit("t/year"),
            Measure::Money => Self::price(money, ""),
            Measure::Price => Self::price(money, unit),
            Measure::StoragePrice => Self::price(money, &format!("{unit}/year")),
            Measure::MoneyRate | Measure::Sum => Self {
                price: false,
                sums: measure == Measure::Sum,
                ..Self::price(money, "year")
            },
            Measure::Exchange => Self {
                turned: Some(format!("{unit}/{base}")),
                ..Self::unit(format!("{base}/{unit}"))
            },
        };
        Self {
            from_nothing: over == Over::TimeFromNothing,
            ..expect
        }
    }

    /// A pure number that no change brings above 1.
    fn share() -> Self {
        Self {
            capped: true,
            ..Self::factor()
        }
    }

    /// A pure number.
    pub(super) fn factor() -> Self {
        Self::unit("")
    }

    /// A quantity in a unit.
    pub(super) fn unit(unit: impl Into<String>) -> Self {
        Self {
            shown: unit.into(),
            counted: None,
            per: None,
            price: false,
            turned: None,
            capped: false,
            from_nothing: false,
            sums: false,
            years: None,
        }
    }

    /// The same of money that may be written as all of it, which is spread over so many years.
    pub(super) fn spread_over(&self, years: Option<f64>) -> Self {
        Self {
            years: years.filter(|_| self.sums),
            ..self.clone()
        }
    }

    /// Money, per something: a price.
    fn price(money: &Money, per: &str) -> Self {
        let shown = if per.is_empty() {
            money.base().into()
        } else {
            format!("{}/{per}", money.base())
        };
        Self {
            per: Some(per.into()),
            price: true,
            ..Self::unit(shown)
        }
    }

    /// Whether it is a share or a pace of growth, which people write in per cent.
    pub(super) fn in_percent(&self) -> bool {
        self.capped || self.shown.starts_with('%')
    }

    pub(super) fn is_share(&self) -> bool {
        self.shown.is_empty()
    }

    /// The unit that it is counted in, in a currency if it is money: the model holds the number of these.
    pub(super) fn counted(&self, currency: Option<&str>) -> Option<String> {
        match (&self.per, currency) {
            (None, _) => Some(self.counted.unwrap_or(&self.shown).to_owned()),
            (Some(per), Some(code)) if per.is_empty() => Some(code.into()),
            (Some(per), Some(code)) => Some(format!("{code}/{per}")),
            (Some(_), None) => None,
        }
    }

    /// The same the other way round, where it may be written so.
    pub(super) fn turned(&self) -> Option<&str> {
        self.turned.as_deref()
    }

    /// A number of what it is counted in, as one of what is shown.
    pub(super) fn in_shown(&self, number: f64) -> f64 {
        let read = |unit: &str| Unit::read(unit).ok();
        let counted = self.counted.and_then(read);
        let quantity = counted.map(|unit| Quantity { number, unit });
        let shown = quantity.zip(read(&self.shown));
        shown.and_then(|(q, unit)| q.to(&unit)).unwrap_or(number)
    }

    /// A quantity in the unit that is wanted, or in that the other way round, which is said beside it.
    pub(super) fn number(&self, quantity: &Quantity) -> Option<(f64, bool)> {
        let target = Unit::read(&self.counted(quantity.unit.currency())?).ok()?;
        let turned = || quantity.to(&Unit::read(self.turned.as_deref()?).ok()?);
        let number = quantity.to(&target).map(|number| (number, false));
        let spread = || {
            let all = Unit::read(quantity.unit.currency()?).ok()?;
            Some(quantity.to(&all)? / self.years?)
        };
        let number = number.or_else(|| turned().map(|number| (number, true)));
        number.or_else(|| spread().map(|number| (number, false)))
    }

    /// Whether a quantity is all of a sum, which is spread over a time.
    pub(super) fn spreads(&self, quantity: &Quantity) -> bool {
        self.years.is_some() && self.spread_over(None).number(quantity).is_none()
    }

    /// An example of a value, for help.
    pub(super) fn example(&self) -> String {
        if self.is_share() {
            "\"85 %\"".into()
        } else {
            format!("\"12 {}\"", self.shown)
        }
    }
}

/// A value as read: the number in the expected unit, its currency.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    pub(super) number: f64,
    pub(super) currency: CurrencyId,
    /// Whether the number is in the unit the other way round.
    pub(super) turned: bool,
    /// Whether all of a sum was written, which is spread over a time.
    pub(super) spread: bool,
}

impl Reading {
    /// The same, written the way round in which another is.
    pub(super) fn like(self, other: Self) -> Self {
        if self.turned == other.turned {
            return self;
        }
        Self {
            number: 1.0 / self.number,
            turned: other.turned,
            ..self
        }
    }
}

/// What is written beside a fact.
pub(super) struct Beside {
    /// What the figure should be: a copy, to read.
    pub(super) copy: Option<Reading>,
    /// An end of the range that takes the place of the fact's.
    pub(super) low: Option<Reading>,
    /// The other end.
    pub(super) high: Option<Reading>,
    /// The price year.
    pub(super) year: Option<i32>,
    /// Which scenario has set the figure.
    pub(super) laid: usize,
}

impl<'a> Reader<'a> {
    /// A field that holds one figure, given the unit that it counts in.
    pub(super) fn amount<U>(
        &mut self,
        fields: &Fields<'a>,
        key: &str,
        unit: &str,
    ) -> Option<Amount<U>> {
        let (number, _) = self.number_of(fields, key, unit)?;
        Some(Amount::new(number))
    }

    /// A field that holds a figure over time.
    pub(super) fn path<U>(
        &mut self,
        fields: &Fields<'a>,
        key: &str,
        unit: &str,
    ) -> Option<Path<U>> {
        Some(self.paid(fields, key, unit)?.0)
    }

    /// A field that holds a price: over time, or one for all time.
    pub(super) fn price<U>(
        &mut self,
        fields: &Fields<'a>,
        key: &str,
        unit: &str,
    ) -> Option<Price<U>> {
        let (amount, currency) = if self.expect(fields, key, unit).1 == Over::Never {
            let (number, currency) = self.number_of(fields, key, unit)?;
            (Path::constant(Amount::new(number)), currency)
        } else {
            self.paid(fields, key, unit)?
        };
        Some(Price { amount, currency })
    }

    /// A field that holds a figure over time, with its currency if it is money.
    pub(super) fn paid<U>(
        &mut self,
        fields: &Fields<'a>,
        key: &str,
        unit: &str,
    ) -> Option<(Path<U>, CurrencyId)> {
        let (expect, over) = self.expect(fields, key, unit);
        debug_assert!(
            over != Over::Never,
            "the schema has `{key}` once for all time"
        );
        let node = fields.get(key)?;
        self.path_of(node, &fields.at(key), &expect, &fields.note)
    }

    fn number_of(
        &mut self,
        fields: &Fields<'a>,
        key: &str,
        unit: &str,
    ) -> Option<(f64, CurrencyId)> {
        let (expect, over) = self.expect(fields, key, unit);
        debug_assert!(over == Over::Never, "the schema has `{key}` over time");
        let (node, place) = (fields.get(key)?, fields.at(key));
        if let Value::Table(entries) = &node.value
            && by_year(entries)
        {
            let example = format!("it once, as `{}`", expect.example());
            self.wrong_type(node, &place, "one figure for all time", &example);
            return None;
        }
        let reading = self.figure(node, &place, &expect, &fields.note)?;
        Some((reading.number, reading.currency))
    }

    /// One of the figures by name that a field holds.
    pub(super) fn named_figure(
        &mut self,
        fields: &Fields<'a>,
        key: &str,
        entry: &'a Entry,
        unit: &str,
    ) -> Option<Reading> {
        let (expect, _) = self.expect(fields, key, unit);
        let place = fields.at(key).then(&entry.key);
        self.figure(&entry.node, &place, &expect, &fields.note)
    }

    /// What the format has in a field of figures, given the unit that it counts in; and whether it may change over time.
    pub(super) fn expect(&self, fields: &Fields<'_>, key: &str, unit: &str) -> (Expect, Over) {
        match fields.holds(key) {
            Holds::Figure(measure, over) | Holds::Figures(_, measure, over) => {
                (Expect::of(measure, over, unit, &self.money), over)
            }
            holds => unreachable!("`{key}` holds a {holds}, which is no figure"),
        }
    }

    /// A field that holds a pure number: bare it is a choice, which wants no source; else a figure.
    pub(super) fn count(&mut self, fields: &Fields<'a>, key: &str) -> Option<f64> {
        let (node, place) = (fields.get(key)?, fields.at(key));
        match node.value {
            Value::Number(number) if number.is_finite() => {
                Some(self.choice_of(node, &place, number))
            }
            Value::Number(_) | Value::Text(_) | Value::Table(_) => {
                let reading = self.figure(node, &place, &Expect::factor(), &fields.note)?;
                Some(reading.number)
            }
            _ => self.number(fields, key),
        }
    }

    /// A number that is a choice, after the changes to it.
    pub(super) fn choice_of(&mut self, node: &Node, place: &Place, number: f64) -> f64 {
        let (expect, laid) = (&Expect::factor(), self.layer(node));
        let site = Site {
            place,
            expect,
            laid,
        };
        self.changed(&site, number, None).0
    }

    /// One figure: a number, a text with unit, or a table with its source.
    pub(super) fn figure(
        &mut self,
        node: &'a Node,
        place: &Place,
        expect: &Expect,
        note: &str,
    ) -> Option<Reading> {
        self.stands(|| place.clone(), &node.spot);
        // What a scenario sets is covered by the scenario's note.
        let note = self.laid.and_then(|laid| laid.note(node)).unwrap_or(note);
        if let Value::Table(_) = &node.value {
            return self.sourced(node, place, expect, note);
        }
        let reading = self.plain(node, place, expect)?;
        let factor = self.to_price_year(expect, None);
        let basis = self.assumed(node, place, note);
        let laid = self.layer(node);
        let site = Site {
            place,
            expect,
            laid,
        };
        Some(self.keep(&site, reading, factor, None, (basis, false)))
    }

    /// Which scenario has set a value; 0 is the model itself.
    pub(super) fn layer(&self, node: &Node) -> usize {
        self.laid.map_or(0, |laid| laid.layer(node))
    }

    /// A figure as a table: a cited fact, or a value with a note.
    fn sourced(
        &mut self,
        node: &'a Node,
        place: &Place,
        expect: &Expect,
        note: &str,
    ) -> Option<Reading> {
        let fields = self.open(&VALUE, node, place.clone(), note);
        let year = self.number(&fields, "year");
        #[expect(clippy::cast_possible_truncation, reason = "checked to be a year")]
        let year = year
            .filter(|y| (1900.0..=2200.0).contains(y))
            .map(|y| y as i32);
        let written = fields.get("value").or_else(|| fields.get("mode"));
        let written = written.map(|node| self.plain(node, place, expect));
        let mut end = |key| {
            fields
                .get(key)
                .and_then(|node| self.plain(node, place, expect))
        };
        let (low, high) = (end("low"), end("high"));
        if fields.has("fact") {
            let copy = written.flatten();
            let laid = self.layer(node);
            let beside = Beside {
                copy,
                low,
                high,
                year,
                laid,
            };
            return self.cited(&fields, place, expect, &beside);
        }
        let reading = match (written, low.zip(high)) {
            (Some(reading), _) => reading?,
            (None, Some((low, high))) => Reading {
                number: f64::midpoint(low.number, high.like(low).number),
                ..low
            },
            (None, None) => {
                let message = format!("`{place}` has neither a `fact` nor a `value`");
                let problem = Problem::new(Kind::MissingField, node.spot.clone(), message)
                    .label("what is it?")
                    .help(format!(
                        "cite a fact, or write `value = {}` and a `note`",
                        expect.example()
                    ));
                self.push(problem);
                return None;
            }
        };
        self.one_currency(&fields, reading, [low, high]);
        let end = |end: Option<Reading>| end.map_or(reading, |end| end.like(reading)).number;
        let range = (low.is_some() || high.is_some()).then(|| (end(low), end(high)));
        self.in_order(node, place, reading.number, range);
        let factor = self.to_price_year(expect, year) * self.factors(&fields)?;
        let basis = self.assumed(node, place, &fields.note);
        let laid = self.layer(node);
        let site = Site {
            place,
            expect,
            laid,
        };
        Some(self.keep(&site, reading, factor, range, (basis, false)))
    }

    /// The product of a figure's further factors: each is a figure of its own.
    pub(super) fn factors(&mut self, fields: &Fields<'a>) -> Option<f64> {
        let mut product = Some(1.0);
        for entry in self.keyed(fields, "times") {
            let factor = self.named_figure(fields, "times", entry, OWN_UNIT);
            product = product
                .zip(factor)
                .map(|(product, factor)| product * factor.number);
        }
        product
    }

    /// A figure and the ends of its range are in one currency.
    pub(super) fn one_currency(
        &mut self,
        fields: &Fields<'a>,
        reading: Reading,
        ends: [Option<Reading>; 2],
    ) {
        for (key, end) in ["low", "high"].into_iter().zip(ends) {
            let Some(node) = fields.get(key) else {
                continue;
            };
            if end.is_none_or(|end| end.currency == reading.currency) {
                continue;
            }
            let code = self.money.currencies[reading.currency].code.clone();
            let message = format!(
                "`{}` is in another currency than its figure",
                fields.at(key)
            );
            let problem = Problem::new(Kind::MixedCurrencies, node.spot.clone(), message)
                .label(format!("not {code}"))
                .help(format!("write both ends of the range in {code}"));
            self.push(problem);
        }
    }

    /// A value lies between the ends of its range.
    pub(super) fn in_order(
        &mut self,
        node: &Node,
        place: &Place,
        value: f64,
        range: Option<(f64, f64)>,
    ) {
        if let Some((low, high)) = range
            && !(low <= value && value <= high)
        {
            let message = format!("`{place}` does not lie between its `low` and its `high`");
            let problem = Problem::new(Kind::RangeOrder, node.spot.clone(), message)
                .label("low ≤ value ≤ high does not hold")
                .help("put the three in order");
            self.push(problem);
        }
    }

    /// A number or a text with unit, in the unit that is wanted.
    fn plain(&mut self, node: &Node, place: &Place, expect: &Expect) -> Option<Reading> {
        let quantity = match &node.value {
            Value::Number(number) if expect.is_share() && number.is_finite() => {
                return Some(Reading {
                    number: *number,
                    currency: Money::BASE,
                    turned: false,
                    spread: false,
                });
            }
            Value::Number(number) if !number.is_finite() => {
                let message = format!("`{place}` is not a finite number");
                let problem = Problem::new(Kind::NotFinite, node.spot.clone(), message);
                self.push(problem.label("not finite").help("write a finite number"));
                return None;
            }
            Value::Number(number) => {
                let message = format!("`{place}` has no unit");
                let written = tidy(*number);
                let problem = Problem::new(Kind::MissingUnit, node.spot.clone(), message)
                    .label(format!("{written} of what?"))
                    .help(format!("write `\"{written} {}\"`", expect.shown));
                self.push(problem);
                return None;
            }
            Value::Text(text) => self.quantity_of(text, &node.spot, &expect.example())?,
            _ => {
                self.wrong_type(
                    node,
                    place,
                    "a figure",
                    &format!("it as `{}`", expect.example()),
                );
                return None;
            }
        };
        let code = quantity.unit.currency();
        let Some((number, turned)) = expect.number(&quantity) else {
            self.wrong_unit(node, place, &quantity, expect);
            return None;
        };
        if number != 0.0 && (number.abs() > LARGEST || !number.is_normal()) {
            let message = format!("`{place}` is {number:e}, which is no size of anything");
            let problem = Problem::new(Kind::OutOfRange, node.spot.clone(), message);
            let help = "write a figure between 2.3e-308 and 1e300; what has no limit leaves it out";
            self.push(problem.label("no plan can be made with it").help(help));
            return None;
        }
        let currency = code
            .filter(|_| expect.per.is_some())
            .and_then(|code| self.money.currency(code));
        Some(Reading {
            number,
            currency: currency.unwrap_or(Money::BASE),
            turned,
            spread: expect.spreads(&quantity),
        })
    }

    fn wrong_unit(&mut self, node: &Node, place: &Place, quantity: &Quantity, expect: &Expect) {
        // Where the item is not known, neither is its unit; that is a fault already.
        let known = self.units.contains(NO_UNIT) || !expect.shown.contains(NO_UNIT);
        if !known || self.lost_units {
            return;
        }
        let wanted = if expect.is_share() {
            "a pure number or `%`".into()
        } else {
            format!("`{}`", expect.shown)
        };
        let given = if quantity.unit.is_pure() {
            "no unit".into()
        } else {
            format!("`{}`", quantity.unit)
        };
        let message = format!("`{place}` has {given}, where {wanted} is wanted");
        let mut help = format!("write it as `{}`", expect.example());
        if expect.sums && quantity.unit.currency().is_some() {
            help.push_str(", or by year, `{ 2026 = \"12 bn EUR\", 2027 = \"0 EUR\" }`");
        }
        let problem = Problem::new(Kind::WrongUnit, node.spot.clone(), message)
            .label(format!("not {wanted}"))
            .help(help);
        self.push(problem);
    }

    /// The note that covers an assumed figure; it is a fault if there is none.
    fn assumed(&mut self, node: &Node, place: &Place, note: &str) -> Basis {
        let note = if note.is_empty() {
            self.note.clone()
        } else {
            note.to_owned()
        };
        if note.trim().is_empty() {
            let message = format!("`{place}` has no source");
            let problem = Problem::new(Kind::NoSource, node.spot.clone(), message)
                .label("no fact, no note")
                .help("cite a fact with `{ fact = \"…\" }`, or say why it may be assumed in a `note`: beside it, in its table or in `[model]`");
            self.push(problem);
        }
        Basis::Assumption(note)
    }

    /// The factor that brings a price of a year to the prices of the base year.
    pub(super) fn to_price_year(&self, expect: &Expect, year: Option<i32>) -> f64 {
        match year {
            Some(year) if expect.price => 1.0 / self.money.arms_index(year),
            _ => 1.0,
        }
    }

    /// A value and its range after the changes to it.
    fn changed(
        &mut self,
        site: &Site<'_>,
        value: f64,
        range: Option<(f64, f64)>,
    ) -> (f64, Option<(f64, f64)>) {
        let at = (site.place, site.laid);
        self.changes.applied(at, site.expect.capped, value, range)
    }

    /// Keep a figure for the evidence, as it is written, and give it in the unit of the model.
    pub(super) fn keep(
        &mut self,
        site: &Site<'_>,
        reading: Reading,
        factor: f64,
        range: Option<(f64, f64)>,
        (basis, derived): (Basis, bool),
    ) -> Reading {
        let expect = site.expect;
        let value = reading.number * factor;
        let unit = match (expect.per.as_deref(), &expect.turned) {
            (None, Some(turned)) if reading.turned => turned.clone(),
            (None, _) => expect.shown.clone(),
            (Some(""), _) => self.money.currencies[reading.currency].code.clone(),
            (Some(per), _) => format!("{}/{per}", self.money.currencies[reading.currency].code),
        };
        let range = range.map(|(low, high)| (low * factor, high * factor));
        let (value, range) = self.changed(site, value, range);
        self.figures.push(Figure {
            place: site.place.clone(),
            value,
            unit,
            range,
            basis,
            derived,
        });
        Reading {
            number: if reading.turned { 1.0 / value } else { value },
            turned: false,
            ..reading
        }
    }
}

/// Where a figure stands, what it measures, and which scenario has set it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site<'s> {
    pub(super) place: &'s Place,
    pub(super) expect: &'s Expect,
    pub(super) laid: usize,
}

/// The first year that a period names: `2024` of `2024-01 to 2025-03`.
pub(super) fn year_of(period: &str) -> Option<i32> {
    let mut words = period.split(|c: char| !c.is_ascii_digit());
    let year = words.find(|word| word.len() == 4)?.parse().ok()?;
    (1900..=2200).contains(&year).then_some(year)
}

/// A number as people write it: no exponent, no noise.
pub(super) fn tidy(number: f64) -> String {
    let short = format!("{number:.6}");
    let short = short.trim_end_matches('0').trim_end_matches('.');
    if short.is_empty() || short == "-0" {
        "0".into()
    } else {
        short.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_of_a_period_is_its_first() {
        assert_eq!(year_of("2024-01 to 2025-03"), Some(2024));
        assert_eq!(year_of("after 2026"), Some(2026));
        assert_eq!(year_of("not dated"), None);
    }

    #[test]
    fn tidy_numbers_have_no_tail() {
        assert_eq!(tidy(350_000.0), "350000");
        assert_eq!(tidy(0.0108), "0.0108");
        assert_eq!(tidy(-0.000_000_1), "0");
    }
}
