//! Numbers as people read them.

use crate::units::MASSES;

/// A quantity: groups of three, three significant digits below 100.
pub(crate) fn quantity(value: f64) -> String {
    let value = settled(value);
    let size = value.abs();
    let decimals = if size >= 99.95 {
        0
    } else if size >= 9.995 {
        1
    } else {
        2
    };
    if size < 5e-4 {
        return "0".into();
    }
    if size < 0.0995 {
        return format!("{value:.1e}");
    }
    let text = grouped(&format!("{value:.decimals$}"));
    match text.split_once('.') {
        Some((whole, rest)) if rest.bytes().all(|digit| digit == b'0') => whole.into(),
        _ => text,
    }
}

/// The value without the last digits, in which solvers differ: a half stays a half, and is rounded in one way.
fn settled(value: f64) -> f64 {
    if value.abs() >= 1e7 {
        return value;
    }
    format!("{value:.7e}").parse().unwrap_or(value)
}

/// A price: four digits say all that a plan can, the rest is noise.
pub(crate) fn price(value: f64) -> String {
    if value.abs() < 10_000.0 || !value.is_finite() {
        return quantity(value);
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a logarithm of a finite number"
    )]
    let digits = value.abs().log10().floor() as i32 - 3;
    let unit = 10f64.powi(digits);
    quantity((value / unit).round() * unit)
}

/// A share in percent.
pub(crate) fn share(value: f64) -> String {
    let percent = settled(value * 100.0);
    if percent > 99.95 && percent < 100.05 {
        "100 %".into()
    } else if percent.abs() >= 9.95 {
        format!("{percent:.0} %")
    } else if percent.abs() < 0.05 {
        "0 %".into()
    } else {
        format!("{percent:.1} %")
    }
}

/// Millions of money.
pub(crate) fn millions(value: f64) -> String {
    let millions = settled(value / 1e6);
    if millions.abs() >= 99.95 {
        grouped(&format!("{millions:.0}"))
    } else {
        quantity(millions)
    }
}

/// The unit of several: "2 rounds", "2 t".
pub(crate) fn plural(unit: &str) -> String {
    match unit.strip_suffix('y') {
        _ if unit.len() <= 2 || unit.ends_with('s') => unit.into(),
        Some(stem) => format!("{stem}ies"),
        None => format!("{unit}s"),
    }
}

/// Measures with names of more than two letters; those of mass are known besides.
const MEASURES: [&str; 8] = [
    "tonne", "litre", "metre", "hour", "MWh", "kWh", "GWh", "share",
];

/// Whether what a unit counts comes in whole pieces: a missile, not a tonne or a kilometre.
pub(crate) fn is_whole(unit: &str) -> bool {
    let mass = MASSES.iter().any(|(name, _)| *name == unit);
    unit.chars().count() > 2 && !mass && !MEASURES.contains(&unit)
}

/// A quantity of a unit: what comes in pieces, in whole numbers; what is less than half a one and not nothing is
/// `<1`.
pub(crate) fn counted(value: f64, unit: &str) -> String {
    if is_whole(unit) {
        pieces(value)
    } else {
        quantity(value)
    }
}

/// The same of what comes in pieces.
pub(crate) fn pieces(value: f64) -> String {
    let value = settled(value);
    if value.abs() < 0.5 && value.abs() >= 5e-3 {
        return "<1".into();
    }
    quantity(value.round())
}

/// What is required, met and short, as they are shown: in whole pieces met and short sum to what is required, where
/// they do before they are rounded. The larger remainder gets the piece that is left.
pub(crate) fn met_and_short([required, met, short]: [f64; 3], unit: &str) -> [String; 3] {
    let sums = (met + short - required).abs() <= 1e-6 * required.abs().max(1.0);
    if !is_whole(unit) || !sums {
        return [required, met, short].map(|number| counted(number, unit));
    }
    let (all, met, short) = (settled(required).round(), settled(met), settled(short));
    let left = all - met.floor() - short.floor();
    let first = met - met.floor() >= short - short.floor();
    let (met, whole) = match left {
        left if left >= 2.0 => (met.floor() + 1.0, short.floor() + 1.0),
        left if left >= 1.0 && first => (met.floor() + 1.0, short.floor()),
        left if left >= 1.0 => (met.floor(), short.floor() + 1.0),
        _ => (met.floor(), short.floor()),
    };
    let missing = if whole == 0.0 && short >= 5e-3 {
        "<1".into()
    } else {
        quantity(whole)
    };
    [quantity(all), quantity(met), missing]
}

/// Money in words, to three digits: 158 bn EUR, 26.5 M EUR.
pub(crate) fn money(value: f64, currency: &str) -> String {
    format!("{} {currency}", short_money(value)).replace("  ", " ")
}

/// The same without the currency.
pub(crate) fn short_money(value: f64) -> String {
    let value = three(value);
    let (size, word) = match value.abs() {
        size if size >= 1e9 => (1e9, " bn"),
        size if size >= 1e6 => (1e6, " M"),
        _ => (1.0, ""),
    };
    format!("{}{word}", quantity(value / size))
}

/// A number of three digits.
pub(crate) fn three(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let unit = 10_f64.powf(value.abs().log10().floor() - 2.0);
    settled((settled(value) / unit).round() * unit)
}

/// Groups of three digits.
fn grouped(number: &str) -> String {
    let (sign, digits) = number
        .strip_prefix('-')
        .map_or(("", number), |digits| ("-", digits));
    let (whole, rest) = digits
        .split_once('.')
        .map_or((digits, None), |(w, r)| (w, Some(r)));
    let mut text = String::from(sign);
    for (n, digit) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(rest) = rest {
        text.push('.');
        text.push_str(rest);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_grouped() {
        assert_eq!(quantity(1_234_567.8), "1,234,568");
        assert_eq!(quantity(99.99), "100");
        assert_eq!(quantity(1_167.499_999_9), quantity(1_167.500_000_1));
        assert_eq!(quantity(1_167.499), "1,167");
        assert_eq!(quantity(12.34), "12.3");
        assert_eq!(quantity(2.0), "2");
        assert_eq!(quantity(-4.5), "-4.50");
        assert_eq!(quantity(0.012), "1.2e-2");
        assert_eq!(quantity(1e-9), "0");
        assert_eq!(millions(1_234_500_000.0), "1,234");
        assert_eq!(price(1_624_895_255.0), "1,625,000,000");
        assert_eq!(price(1_234.56), "1,235");
        assert_eq!(price(-0.25), "-0.25");
    }

    #[test]
    fn whole_goods_are_whole_and_sums_hold() {
        assert!(is_whole("missile") && !is_whole("t") && !is_whole("km") && !is_whole("MWh"));
        assert_eq!(counted(63.5, "missile"), "64");
        assert_eq!(counted(0.2, "gun"), "<1");
        assert_eq!(counted(0.2, "t"), "0.20");
        let shown = |numbers| met_and_short(numbers, "gun").join(" ");
        assert_eq!(shown([10.0, 6.5, 3.5]), "10 7 3");
        assert_eq!(shown([10.4, 6.6, 3.8]), "10 6 4");
        assert_eq!(shown([100.0, 99.8, 0.2]), "100 100 <1");
        assert_eq!(shown([7.0, 7.0, 0.0]), "7 7 0");
        // What waits is met later: what still waits at the end need not sum up.
        assert_eq!(shown([10.0, 9.6, 2.6]), "10 10 3");
    }

    #[test]
    fn money_has_three_digits() {
        assert_eq!(money(158_251e6, "EUR"), "158 bn EUR");
        assert_eq!(money(26.54e6, "EUR"), "26.5 M EUR");
        assert_eq!(money(999.6e6, "EUR"), "1 bn EUR");
        assert_eq!(money(123_456.0, "EUR"), "123,000 EUR");
        assert_eq!(money(0.0, "EUR"), "0 EUR");
        assert_eq!(short_money(562_800_000.0), "563 M");
    }

    #[test]
    fn several_of_a_unit_have_an_ending() {
        let units = ["t", "round", "body", "series"].map(plural);
        assert_eq!(units, ["t", "rounds", "bodies", "series"]);
    }

    #[test]
    fn shares_are_percent() {
        assert_eq!(
            [share(1.0), share(0.5), share(0.0123), share(0.0)],
            ["100 %", "50 %", "1.2 %", "0 %"]
        );
        assert_eq!(share(0.9996), "100 %");
        assert_eq!(share(-0.025), "-2.5 %");
    }
}
