//! What figures are set to, in a word: times a factor, months later, a value.

use super::change::{Change, How, Pattern};
use std::fmt;
use std::str::FromStr;

/// What becomes of the figures that a sweep varies, or a list of changes names.
///
/// ```
/// use sinews::document::Setting;
///
/// assert_eq!("x0.5".parse(), Ok(Setting::Times(0.5)));
/// assert_eq!("+6 months".parse(), Ok(Setting::Later(6)));
/// assert_eq!("3 bn EUR/year".parse(), Ok(Setting::Value("3 bn EUR/year".into())));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Setting {
    /// They are so many times as large: `x0.5`.
    Times(f64),
    /// They happen so many months later: `+6 months`; or earlier: `-6 months`.
    Later(i32),
    /// They have a value, as a model file writes it: `3 bn EUR/year`, `80 %`.
    Value(String),
}

/// A text that is no setting.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no {what}")]
pub struct NotASetting {
    text: String,
    what: &'static str,
}

impl NotASetting {
    /// What to write instead.
    pub const HELP: &'static str = "write a factor as `x0.5`, a delay as `+6 months`, a value as a model file does: `3 bn EUR/year`";
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
    type Err = NotASetting;

    fn from_str(text: &str) -> Result<Self, NotASetting> {
        let text = text.trim();
        let wrong = |what| NotASetting {
            text: text.to_owned(),
            what,
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
                [number, "year" | "years"] => number
                    .parse()
                    .ok()
                    .and_then(|years: i32| years.checked_mul(12)),
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

impl Setting {
    /// The change that it makes to figures, if it is one and not a value laid over them.
    pub fn change(&self, figures: &Pattern) -> Option<Change> {
        let how = match self {
            Self::Times(factor) => How::Scale(*factor),
            Self::Later(months) => How::Shift(*months),
            Self::Value(_) => return None,
        };
        Some(Change::new(figures.clone(), how))
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
        for text in ["x", "x-1", "+6 EUR", "+2000000000 years", ""] {
            assert!(text.parse::<Setting>().is_err(), "{text}");
        }
    }
}
