//! Numbers with units as people write them: `"350_000 round/year"`, `"1.5 bn EUR"`, `"85 %"`.
//!
//! ```text
//! quantity = number [scale] [unit]        scale = k | thousand | M | million | bn | billion
//! unit     = name ("/" name)*             name  = a unit of time or mass, %, 1, a currency,
//!                                                 or what an item or a resource counts in
//! ```
//!
//! `1` is the unit of a pure number, written out where something stands below the line: `0.02 1/year` is `2 %/year`.
//! The first name stands above the line, the rest below: `EUR/round/year` is euros per round and
//! year. A unit of time or mass converts to any other; all else must match by name.

use crate::units::MASSES;
use std::fmt;

/// A number with its unit.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Quantity {
    /// The number as written.
    pub(crate) number: f64,
    /// Its unit.
    pub(crate) unit: Unit,
}

/// A unit: a factor times base names above and below the line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Unit {
    text: String,
    factor: f64,
    above: Option<String>,
    below: Vec<String>,
}

/// Why a text is no quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NotAQuantity {
    /// It does not start with a number.
    NoNumber,
    /// The number is too large to hold.
    NotFinite,
    /// Something stands where a unit should.
    BadUnit,
}

/// Units of time: name, base name, how many of the base one is.
const TIMES: &[(&str, &str, f64)] = &[
    ("year", "year", 1.0),
    ("quarter", "year", 0.25),
    ("month", "year", 1.0 / 12.0),
    ("week", "year", 7.0 / 365.0),
    ("day", "year", 1.0 / 365.0),
];

/// Words that multiply the number.
const SCALES: &[(&str, f64)] = &[
    ("k", 1e3),
    ("thousand", 1e3),
    ("M", 1e6),
    ("million", 1e6),
    ("bn", 1e9),
    ("billion", 1e9),
];

impl Quantity {
    /// Read a quantity from its text.
    pub(crate) fn read(text: &str) -> Result<Self, NotAQuantity> {
        let mut words = text.split_whitespace().peekable();
        let first = words.next().ok_or(NotAQuantity::NoNumber)?;
        let (digits, glued) = match first.strip_suffix('%') {
            Some(digits) => (digits, Some("%")),
            None => (first, None),
        };
        let mut number = number(digits)?;
        if let Some((_, scale)) = words
            .peek()
            .and_then(|w| SCALES.iter().find(|(name, _)| name == w))
        {
            number = rounded(number * scale);
            words.next();
        }
        let unit: String = glued.into_iter().chain(words).collect();
        let unit = Unit::read(&unit)?;
        if number.is_finite() {
            Ok(Self { number, unit })
        } else {
            Err(NotAQuantity::NotFinite)
        }
    }

    /// The number in another unit, if it measures the same thing; to the last bit where nothing is converted.
    pub(crate) fn to(&self, unit: &Unit) -> Option<f64> {
        let same = self.unit.above == unit.above && self.unit.below == unit.below;
        same.then(|| {
            if self.unit.factor == unit.factor {
                self.number
            } else {
                rounded(self.number * self.unit.factor / unit.factor)
            }
        })
    }
}

impl Quantity {
    /// A number without a unit.
    pub(crate) fn pure(number: f64) -> Self {
        let unit = Unit {
            text: String::new(),
            factor: 1.0,
            above: None,
            below: Vec::new(),
        };
        Self { number, unit }
    }

    /// One over it: USD per EUR as EUR per USD. `None` for zero, and for units with more than one
    /// name below the line.
    pub(crate) fn inverse(&self) -> Option<Self> {
        let unit = &self.unit;
        let above = match unit.below.as_slice() {
            [] => None,
            [below] => Some(below.clone()),
            _ => return None,
        };
        let inverse = Unit {
            text: format!("1/({})", unit.text),
            factor: 1.0 / unit.factor,
            above,
            below: unit.above.iter().cloned().collect(),
        };
        (self.number != 0.0).then(|| Self {
            number: 1.0 / self.number,
            unit: inverse,
        })
    }

    /// The product: what stands above the line in one and below it in the other goes. `None` if more
    /// than one name stays above.
    pub(crate) fn times(&self, other: &Self) -> Option<Self> {
        let (one, two) = (&self.unit, &other.unit);
        let mut below: Vec<String> = one.below.iter().chain(&two.below).cloned().collect();
        let mut above: Vec<&String> = one.above.iter().chain(&two.above).collect();
        above.retain(|name| {
            let same = below.iter().position(|below| below == *name);
            same.map(|at| below.remove(at)).is_none()
        });
        below.sort();
        let above = match above.as_slice() {
            [] => None,
            [name] => Some((*name).clone()),
            _ => return None,
        };
        let text = match (one.text.as_str(), two.text.as_str()) {
            (text, "") | ("", text) => text.to_owned(),
            (one, two) => format!("{one} × {two}"),
        };
        let unit = Unit {
            text,
            factor: one.factor * two.factor,
            above,
            below,
        };
        Some(Self {
            number: self.number * other.number,
            unit,
        })
    }
}

impl Unit {
    /// Read a unit from its text; the empty text is the unit of a pure number.
    pub(crate) fn read(text: &str) -> Result<Self, NotAQuantity> {
        let mut unit = Self {
            text: text.trim().to_owned(),
            factor: 1.0,
            above: None,
            below: Vec::new(),
        };
        if unit.text.is_empty() {
            return Ok(unit);
        }
        for (n, name) in text.split('/').map(str::trim).enumerate() {
            if n == 0 && name == "1" && text.contains('/') {
                continue;
            }
            let (base, factor) = base(name)?;
            if n == 0 {
                unit.factor *= factor;
                unit.above = base;
            } else {
                unit.factor /= factor;
                unit.below.extend(base);
            }
        }
        unit.below.sort();
        if let Some(at) = unit
            .below
            .iter()
            .position(|below| Some(below) == unit.above.as_ref())
        {
            unit.below.remove(at);
            unit.above = None;
        }
        Ok(unit)
    }

    /// The code of the currency it counts in, if it is an amount of money: three capitals.
    pub(crate) fn currency(&self) -> Option<&str> {
        let code = self.above.as_deref()?;
        let capitals = code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
        capitals.then_some(code)
    }

    /// Whether no other unit of time than the year stands below the line.
    pub(crate) fn is_by_year(&self) -> bool {
        let below = self.text.split('/').skip(1);
        below.map(|name| base(name.trim())).all(|base| match base {
            Ok((Some(name), factor)) => name != "year" || factor == 1.0,
            _ => true,
        })
    }

    /// Whether it counts years.
    pub(crate) fn is_year(&self) -> bool {
        self.above.as_deref() == Some("year") && self.below.is_empty() && self.factor == 1.0
    }

    /// Every base name in it.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.above.iter().chain(&self.below).map(String::as_str)
    }

    /// Whether it is the unit of a pure number.
    pub(crate) fn is_pure(&self) -> bool {
        self.above.is_none() && self.below.is_empty()
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.text.is_empty() {
            "a pure number"
        } else {
            &self.text
        })
    }
}

/// Whether a name is one of a unit of time or mass, or of money, that items cannot take.
pub(crate) fn is_reserved(name: &str) -> bool {
    let time = TIMES.iter().any(|(known, ..)| *known == name);
    let currency = name.len() == 3 && name.bytes().all(|b| b.is_ascii_uppercase());
    time || currency || SCALES.iter().any(|(scale, _)| *scale == name)
}

/// The number a text writes: digits with `_` between them, a point, an exponent.
fn number(text: &str) -> Result<f64, NotAQuantity> {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let mut before = None;
    let mut plain = String::with_capacity(text.len());
    for (n, c) in text.char_indices() {
        if c == '_' {
            let after = text[n + 1..].chars().next();
            if !digit(before) || !digit(after) {
                return Err(NotAQuantity::NoNumber);
            }
        } else {
            plain.push(c);
        }
        before = Some(c);
    }
    let numeric = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E');
    if !plain.chars().all(numeric) || !plain.chars().any(|c| c.is_ascii_digit()) {
        return Err(NotAQuantity::NoNumber);
    }
    match plain.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        Ok(_) => Err(NotAQuantity::NotFinite),
        Err(_) => Err(NotAQuantity::NoNumber),
    }
}

/// A unit name without the `s` of a plural: `rounds` is `round`.
fn singular(name: &str) -> &str {
    name.strip_suffix('s')
        .filter(|short| short.len() > 2 && !short.ends_with('s'))
        .unwrap_or(name)
}

/// The base of a unit name (none for a pure number) and its factor.
fn base(name: &str) -> Result<(Option<String>, f64), NotAQuantity> {
    if name == "%" {
        return Ok((None, 0.01));
    }
    let name = singular(name);
    let known = TIMES.iter().copied();
    let mut known = known.chain(MASSES.map(|(mass, tonnes)| (mass, "t", tonnes)));
    if let Some((_, base, factor)) = known.find(|(known, ..)| *known == name) {
        return Ok((Some(base.to_owned()), factor));
    }
    let letters = name
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    let starts = name.starts_with(|c: char| c.is_alphabetic());
    if letters && starts {
        Ok((Some(name.to_owned()), 1.0))
    } else {
        Err(NotAQuantity::BadUnit)
    }
}

/// A converted number without the noise of the conversion: 15 significant digits.
pub(crate) fn rounded(number: f64) -> f64 {
    // Below this, a whole number has no more digits.
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return number;
    }
    format!("{number:.14e}").parse().unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to(text: &str, unit: &str) -> Option<f64> {
        Quantity::read(text).unwrap().to(&Unit::read(unit).unwrap())
    }

    #[test]
    fn units_multiply() {
        let read = |text: &str| Quantity::read(text).unwrap();
        let ships = read("21 ships");
        let loads = ships.times(&read("4 missile/ship")).unwrap();
        let yearly = loads.times(&read("48 months").inverse().unwrap()).unwrap();
        assert_eq!(yearly.to(&Unit::read("missile/year").unwrap()), Some(21.0));
        assert_eq!(yearly.unit.to_string(), "ships × missile/ship × 1/(months)");
        assert_eq!(ships.times(&read("4 missile")), None);
        let share = read("0.5").times(&read("3 t/day")).unwrap();
        assert_eq!(share.to(&Unit::read("t/year").unwrap()), Some(547.5));
    }

    #[test]
    fn quantities_convert_between_units_of_time_and_mass() {
        assert_eq!(to("350_000 round/year", "round/year"), Some(350_000.0));
        assert_eq!(to("1_000 drone/day", "drone/year"), Some(365_000.0));
        assert_eq!(to("40_000 round/month", "round/year"), Some(480_000.0));
        assert_eq!(to("10.8 kg/round", "t/round"), Some(0.0108));
        assert_eq!(to("1.5 bn EUR/year", "EUR/year"), Some(1.5e9));
        assert_eq!(to("45 EUR/kg", "EUR/t"), Some(45_000.0));
        assert_eq!(to("18 months", "month"), Some(18.0));
        assert_eq!(to("2 years", "month"), Some(24.0));
        assert_eq!(to("85 %", ""), Some(0.85));
        assert_eq!(to("5 missiles/years", "missile/year"), Some(5.0));
        assert_eq!(to("2 %/year", "%/year"), Some(2.0));
        assert_eq!(to("7 %/year", "1/year"), Some(0.07));
        assert_eq!(to("0.07 1/year", "%/year"), Some(7.0));
        assert_eq!(to("7 kg/t", ""), Some(0.007));
        assert_eq!(to("1.2e3 round", "round"), Some(1_200.0));
    }

    #[test]
    fn what_is_not_converted_keeps_its_last_bit() {
        let number = 0.1 + 0.2;
        for unit in [
            "round/year",
            "month",
            "t/kg",
            "EUR/round/year",
            "1/year",
            "",
        ] {
            assert_eq!(
                to(&format!("{number} {unit}"), unit),
                Some(number),
                "{unit}"
            );
        }
        assert_eq!(to("2.3 M EUR", "EUR"), Some(2_300_000.0));
    }

    #[test]
    fn another_unit_is_no_quantity_of_this_one() {
        assert_eq!(to("350_000 round", "round/year"), None);
        assert_eq!(to("3 EUR/round", "USD/round"), None);
        assert_eq!(to("3 EUR/round/year", "EUR/round"), None);
    }

    #[test]
    fn what_is_no_quantity_says_why() {
        let why = |text| Quantity::read(text).unwrap_err();
        assert_eq!(why("many rounds"), NotAQuantity::NoNumber);
        assert_eq!(why(""), NotAQuantity::NoNumber);
        assert_eq!(why("1__000 round"), NotAQuantity::NoNumber);
        assert_eq!(why("_1 round"), NotAQuantity::NoNumber);
        assert_eq!(why("nan round"), NotAQuantity::NoNumber);
        assert_eq!(why("inf round"), NotAQuantity::NoNumber);
        assert_eq!(why("1e999 round"), NotAQuantity::NotFinite);
        assert_eq!(why("1e308 bn EUR"), NotAQuantity::NotFinite);
        assert_eq!(why("5 round//year"), NotAQuantity::BadUnit);
        assert_eq!(why("5 €"), NotAQuantity::BadUnit);
        assert_eq!(why("5 1"), NotAQuantity::BadUnit);
        assert_eq!(why("5 round/1"), NotAQuantity::BadUnit);
    }

    #[test]
    fn money_knows_its_currency() {
        assert_eq!(
            Quantity::read("3 USD/round").unwrap().unit.currency(),
            Some("USD")
        );
        assert_eq!(Quantity::read("3 t/year").unwrap().unit.currency(), None);
    }
}
