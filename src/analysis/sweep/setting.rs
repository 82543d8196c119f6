//! One thing that is varied, and the settings that it takes in turn.

use crate::analysis::Trouble;
use crate::document::{Change, ChangeList, Document, How, NotASetting, Pattern, Setting, Vary};
use crate::dotted;
use crate::problem::{Kind, Problems};
use std::str::FromStr;

/// One thing that a sweep varies: figures that change together.
///
/// ```
/// use sinews::analysis::sweep::Axis;
/// use sinews::document::Setting;
///
/// let axis: Axis = "fund.*.amount=x0.5,x1".parse()?;
/// assert_eq!(axis.settings, [Setting::Times(0.5), Setting::Times(1.0)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Axis {
    /// Which figures.
    pub figures: Pattern,
    /// What becomes of them, one point after another.
    pub settings: Vec<Setting>,
}

/// How far a setting is from the model itself, against other settings of its kind; zero where that is unknown.
pub(super) fn distance(setting: &Setting) -> f64 {
    match setting {
        Setting::Times(factor) => (factor - 1.0).abs(),
        Setting::Later(months) => f64::from(months.abs()),
        Setting::Value(_) => 0.0,
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
                None => all.push(setting.parse().map_err(|error: NotASetting| {
                    Trouble::request(error.to_string(), NotASetting::HELP)
                })?),
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
    /// The axes of a list of changes: a figure each, in the order in which the list names them first, with all that
    /// it says of them.
    ///
    /// # Errors
    /// What is wrong with any change by itself, at its line.
    pub fn listed(document: &Document, changes: &ChangeList) -> Result<Vec<Self>, Problems> {
        changes.check_each(document)?;
        let mut all: Vec<Self> = Vec::new();
        for (figures, setting) in changes.settings() {
            match all.iter_mut().find(|axis| axis.figures == *figures) {
                Some(axis) => axis.settings.push(setting.clone()),
                None => all.push(Self {
                    figures: figures.clone(),
                    settings: vec![setting.clone()],
                }),
            }
        }
        Ok(all)
    }

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
    fn factors_may_be_equally_spaced() {
        let axis: Axis = "fund.*.amount = x0.8..1.2 in 5".parse().unwrap();
        let wanted = [0.8, 0.9, 1.0, 1.1, 1.2].map(Setting::Times);
        assert_eq!(axis.settings, wanted);
        assert!("fund.*.amount=x2..1 in 5".parse::<Axis>().is_err());
        assert!("fund.*.amount".parse::<Axis>().is_err());
        assert!("fund=x1".parse::<Axis>().is_err());
    }
}
