//! Numbers as people read them.

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
