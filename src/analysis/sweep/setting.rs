//! One thing that is varied, and the settings that it takes in turn.

use crate::analysis::Trouble;
use crate::document::{Change, How, Pattern, Vary};
use crate::dotted;
use crate::problem::Kind;
use std::fmt;
use std::str::FromStr;

/// One thing that a sweep varies: figures that change together.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// Which figures.
    pub figures: Pattern,
    /// What becomes of them, one point after another.
    pub settings: Vec<Setting>,
}

/// What becomes of the figures of an axis at a point.
#[derive(Clone, Debug, PartialEq)]
pub enum Setting {
    /// They are so many times as large: `x0.5`.
    Times(f64),
    /// They happen so many months later: `+6 months`; or earlier: `-6 months`.
    Later(i32),
    /// They have a value, as a model file writes it: `3 bn EUR/year`, `80 %`.
    Value(String),
}

impl Setting {
    /// How far it is from the model itself, against other settings of its kind; zero where that is unknown.
    pub(super) fn distance(&self) -> f64 {
        match self {
            Self::Times(factor) => (factor - 1.0).abs(),
            Self::Later(months) => f64::from(months.abs()),
            Self::Value(_) => 0.0,
        }
    }
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Times(factor) => write!(f, "x{factor}"),
            Self::Later(months) => write!(f, "{months:+} months"),
            Self::Value(text) => f.write_str(text),
        }
    }
}

impl FromStr for Setting {
    type Err = Trouble;

    fn from_str(text: &str) -> Result<Self, Trouble> {
        let text = text.trim();
        let wrong = |what: &str| {
            Trouble::request(
                format!("`{text}` is no {what}"),
                "write a factor as `x0.5`, a delay as `+6 months`, a value as a model file does: `3 bn EUR/year`",
            )
        };
        if let Some(factor) = text.strip_prefix(['x', '×']) {
            let factor = factor.trim().parse().ok();
            let factor = factor.filter(|f: &f64| f.is_finite() && *f >= 0.0);
            return factor.map(Self::Times).ok_or_else(|| wrong("factor"));
        }
        if text.starts_with(['+', '-']) {
            let months = text.split_whitespace().collect::<Vec<_>>();
            return match months[..] {
                [number, "month" | "months"] => number.parse().ok(),
                [number, "year" | "years"] => number.parse().ok().map(|years: i32| 12 * years),
                _ => None,
            }
            .filter(|months| (-1_200..=1_200).contains(months))
            .map(Self::Later)
            .ok_or_else(|| wrong("delay"));
        }
        if text.is_empty() {
            return Err(wrong("setting"));
        }
        Ok(Self::Value(text.to_owned()))
    }
}

impl FromStr for Axis {
    type Err = Trouble;

    /// `fund.aid.amount=x0.5,x1,x1.5`; equally spaced factors as `x0.5..1.5 in 11`.
    fn from_str(text: &str) -> Result<Self, Trouble> {
        let Some((figures, settings)) = dotted::split_once(text, '=') else {
            return Err(Trouble::request(
                format!("`{text}` varies nothing"),
                "write which figures, and their settings: `fund.*.amount=x0.5,x1,x1.5`",
            ));
        };
        let figures: Pattern = figures.trim().parse().map_err(|error| {
            let help = "write where the figures stand, such as `line.KEY.capacity`";
            Trouble::request(format!("{error}"), help)
        })?;
        let mut all = Vec::new();
        for setting in settings.split(',').filter(|text| !text.trim().is_empty()) {
            match spaced(setting)? {
                Some(factors) => all.extend(factors),
                None => all.push(setting.parse()?),
            }
        }
        Ok(Self {
            figures,
            settings: all,
        })
    }
}

/// The factors of `x0.5..1.5 in 11`.
fn spaced(text: &str) -> Result<Option<Vec<Setting>>, Trouble> {
    let text = text.trim();
    let Some((from, rest)) = text
        .strip_prefix('x')
        .and_then(|rest| rest.split_once(".."))
    else {
        return Ok(None);
    };
    let parts = rest.split_once(" in ").and_then(|(to, count)| {
        let (from, to) = (from.trim().parse::<f64>().ok()?, to.trim().parse().ok()?);
        let count = count.trim().parse::<u32>().ok()?;
        ((2..=10_000).contains(&count) && 0.0 <= from && from < to).then_some((from, to, count))
    });
    let Some((from, to, count)) = parts else {
        let help = "write equally spaced factors as `x0.5..1.5 in 11`";
        return Err(Trouble::request(format!("`{text}` is no range"), help));
    };
    let step = (to - from) / f64::from(count - 1);
    // Rounded, so that a factor of one is one.
    let factor = |n: u32| ((from + step * f64::from(n)) * 1e9).round() / 1e9;
    Ok(Some(
        (0..count).map(|n| Setting::Times(factor(n))).collect(),
    ))
}

impl Axis {
    /// What its factors and delays change must be figures that they can change.
    pub(super) fn has_effect(&self, document: &dyn Vary) -> Result<(), Trouble> {
        let neutral = |setting: &Setting| match setting {
            Setting::Times(_) => Some(How::Scale(1.0)),
            Setting::Later(_) => Some(How::Shift(0)),
            Setting::Value(_) => None,
        };
        let mut tried = Vec::new();
        for how in self.settings.iter().filter_map(neutral) {
            if tried.contains(&how) {
                continue;
            }
            tried.push(how);
            let change = Change::new(self.figures.clone(), how);
            let Err(problems) = document.changed(&[change]) else {
                continue;
            };
            return Err(match problems.list() {
                [one] if matches!(one.kind, Kind::UnknownName | Kind::NoEffect) => {
                    Trouble::request(one.message.clone(), one.help.clone())
                }
                _ => problems.into(),
            });
        }
        Ok(())
    }

    /// What a setting changes, if it is a change of figures and not a value laid over them.
    pub(super) fn change(&self, setting: &Setting) -> Option<Change> {
        let how = match setting {
            Setting::Times(factor) => How::Scale(*factor),
            Setting::Later(months) => How::Shift(*months),
            Setting::Value(_) => return None,
        };
        Some(Change::new(self.figures.clone(), how))
    }

    /// Which figures take a value, and which, if a setting is one.
    pub(super) fn value<'s>(&'s self, setting: &'s Setting) -> Option<(&'s Pattern, &'s str)> {
        match setting {
            Setting::Value(value) => Some((&self.figures, value)),
            Setting::Times(_) | Setting::Later(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_as_they_are_shown() {
        for text in ["x0.5", "+6 months", "-12 months", "3 bn EUR/year", "0.8"] {
            assert_eq!(text.parse::<Setting>().unwrap().to_string(), text);
        }
        assert_eq!("+2 years".parse::<Setting>().unwrap(), Setting::Later(24));
        for text in ["x", "x-1", "+6 EUR", ""] {
            assert!(text.parse::<Setting>().is_err(), "{text}");
        }
    }

    #[test]
    fn factors_may_be_equally_spaced() {
        let axis: Axis = "fund.*.amount = x0.8..1.2 in 5".parse().unwrap();
        let wanted = [0.8, 0.9, 1.0, 1.1, 1.2].map(Setting::Times);
        assert_eq!(axis.settings, wanted);
        assert!("fund.*.amount=x2..1 in 5".parse::<Axis>().is_err());
        assert!("fund.*.amount".parse::<Axis>().is_err());
        assert!("fund=x1".parse::<Axis>().is_err());
    }
}
