//! Changes to the figures of a model: times a factor, set, later, or elsewhere in their range.
//!
//! A change names figures by their place in the file, `line.nora.capacity`, where `*` stands for any
//! letters within one key: `line.*.expansion.*.lead_time`. A key with a dot in it stands in quotes, as in the
//! file: `line."a.b".capacity`. A step of a figure over time has its month for a last key,
//! `fund.aid.amount.2027-01` or `fund.aid.amount.2027`; the items of a list are counted from 1,
//! `supplier.us.tiers.2.cost`, and without a number all of them are meant. A change is made as the figure is read,
//! so it reaches every figure of the format alike.
//!
//! ```
//! use sinews::document::{Change, Document, How};
//!
//! let document = Document::open("models/shells.toml")?;
//! let half = Change::new("line.*.capacity".parse()?, How::Scale(0.5));
//! let model = document.changed(&[half])?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::slot::{FACTORS, is_list, multiplied};
use crate::calendar::Month;
use crate::dotted;
use crate::problem::Place;
use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

/// Which figures: keys that lead to them, `*` standing for any letters within one key.
///
/// ```
/// use sinews::document::Pattern;
///
/// let pattern: Pattern = "line.\"a.b\".capacity".parse()?;
/// assert_eq!(pattern.keys(), ["line", "a.b", "capacity"]);
/// assert_eq!(pattern.to_string(), "line.\"a.b\".capacity");
/// # Ok::<(), sinews::document::NotAPattern>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Pattern {
    keys: Vec<String>,
    /// Made from a place: a `*` is a letter of a key like any other.
    exact: bool,
}

/// A text that is no pattern.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` names no figures; write keys joined by dots, such as `line.*.capacity`, a key with a dot in quotes: `line.\"a.b\".capacity`"
)]
pub struct NotAPattern(String);

impl FromStr for Pattern {
    type Err = NotAPattern;

    fn from_str(text: &str) -> Result<Self, NotAPattern> {
        let keys = dotted::keys(text);
        let keys = keys.filter(|keys| keys.len() > 1 && !keys.iter().any(String::is_empty));
        let keys = keys.ok_or_else(|| NotAPattern(text.to_owned()))?;
        let exact = !keys.iter().any(|key| key.contains('*'));
        Ok(Self { keys, exact })
    }
}

impl From<&Place> for Pattern {
    fn from(place: &Place) -> Self {
        Self {
            keys: place.keys().iter().map(ToString::to_string).collect(),
            exact: true,
        }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&dotted::joined(&self.keys))
    }
}

impl Pattern {
    /// Whether it names the figure at a place, or one that the place is a step of. A figure's further factors
    /// are figures of their own.
    pub fn matches(&self, place: &Place) -> bool {
        let keys = place.keys();
        let like = |wanted: &str, key: &str| {
            if self.exact {
                wanted == key
            } else {
                like(wanted, key)
            }
        };
        let mut n = 0;
        for wanted in &self.keys {
            // The number of a list's item may be left out, and the date of a step that has further factors.
            let dates = |n: usize| keys.get(n + 1).is_some_and(|key| &**key == FACTORS);
            let skips = |n: usize| {
                n > 0 && is_list(&keys[n - 1]) && is_number(&keys[n])
                    || dates(n) && keys[n].parse::<Month>().is_ok()
            };
            if keys
                .get(n)
                .is_some_and(|key| !like(wanted, key) && skips(n))
            {
                n += 1;
            }
            let is_last = n + 1 == keys.len();
            let meant = |key: &str| like(wanted, key) || (is_last && starts(wanted, key));
            if !keys.get(n).is_some_and(|key| meant(key)) {
                return false;
            }
            n += 1;
        }
        multiplied(keys).is_none_or(|factors| n > factors)
    }

    /// The keys, outermost first.
    pub fn keys(&self) -> &[String] {
        &self.keys
    }

    /// Whether it names one place only, in no more than one way.
    fn is_one(&self) -> bool {
        let Some((last, rest)) = self.keys.split_last() else {
            return false;
        };
        let plain = |key: &String| !is_list(key) && key != FACTORS;
        self.exact && !is_number(last) && rest.iter().all(plain)
    }
}

fn is_number(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a key is a year that starts with a month.
fn starts(year: &str, month: &str) -> bool {
    year.len() == 4 && is_number(year) && month.strip_suffix("-01") == Some(year)
}

/// Whether a key is like another in which `*` stands for any letters.
pub(super) fn like(wanted: &str, key: &str) -> bool {
    let Some((first, rest)) = wanted.split_once('*') else {
        return wanted == key;
    };
    let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    let inner = key
        .strip_prefix(first)
        .and_then(|key| key.strip_suffix(last));
    let Some(mut inner) = inner else {
        return false;
    };
    // What stands between stars may be taken where it is met first: that leaves most for the rest.
    middle.split('*').all(|part| match inner.split_once(part) {
        Some((_, after)) => {
            inner = after;
            true
        }
        None => false,
    })
}

/// What happens to a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum How {
    /// It is so many times as large as it is written, and so is its range.
    Scale(f64),
    /// Every step of a figure over time holds from so many months later, or earlier. One figure for all
    /// time is one step from the start of the calendar where there is nothing before a first step
    /// (capacities, rates, quantities, levels, money); elsewhere a shift of it moves nothing, which is an
    /// error.
    Shift(i32),
    /// It is this, without a range: in the unit that its [`value`](crate::evidence::Figure::value) is in, the
    /// format's own, such as `round/year`, money in the currency that it is written in, `0.02` for 2 % a year.
    Set(f64),
    /// It takes the value below which this share of its range lies: 0 is its low, 1 its high. The
    /// range is triangular around the figure as written; a figure without a range stays as it is, and that
    /// none of those named has one is an error.
    Quantile(f64),
}

/// A change to every figure that a pattern names.
///
/// ```
/// use sinews::document::{Change, How, Vary};
///
/// let model = sinews::read("models/tiny.toml")?;
/// let twice = Change::new("line.*.capacity".parse()?, How::Scale(2.0));
/// assert!(model.changed(&[twice])? != model);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Change {
    /// Which figures.
    pub figures: Pattern,
    /// What happens to them.
    pub how: How,
}

impl Change {
    /// A change to every figure that a pattern names.
    pub fn new(figures: Pattern, how: How) -> Self {
        Self { figures, how }
    }
}

/// Changes, ready to be looked up by place, and what became of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Changes {
    all: Vec<Asked>,
    /// Those of one place each, where there are many.
    exact: HashMap<Place, Vec<usize>>,
    /// All others: tried one after another.
    tried: Vec<usize>,
}

/// A change and what became of it.
#[derive(Clone, Debug)]
struct Asked {
    change: Change,
    /// How many scenarios came before the one that makes it.
    layer: usize,
    /// The first figure that it names.
    named: Option<Place>,
    /// Whether it did something to a figure, or a later scenario sets one that it would have changed.
    done: bool,
}

/// A change that comes to nothing.
#[derive(Debug)]
pub(super) struct Idle<'a> {
    /// The position of the change among all.
    pub(super) n: usize,
    pub(super) change: &'a Change,
    /// The first figure that it names and can do nothing to. `None`: it names no figure.
    pub(super) named: Option<&'a Place>,
}

/// Up to so many changes are sooner tried than looked up.
const FEW: usize = 8;

impl Changes {
    /// Changes, each with how many scenarios came before the one that makes it.
    pub(super) fn of(changes: impl IntoIterator<Item = (Change, usize)>) -> Self {
        let asked = |(change, layer)| Asked {
            change,
            layer,
            named: None,
            done: false,
        };
        let mut new = Self {
            all: changes.into_iter().map(asked).collect(),
            ..Self::default()
        };
        let many = new.all.len() > FEW;
        for (n, Asked { change, .. }) in new.all.iter().enumerate() {
            if many && change.figures.is_one() {
                let place = Place::new(&change.figures.keys);
                new.exact.entry(place).or_default().push(n);
            } else {
                new.tried.push(n);
            }
        }
        new
    }

    /// What happens to the figure at a place, in the order in which the changes were given, each with its
    /// number: what a scenario set after `laid` others is changed by that one and those after it.
    pub(super) fn at(&mut self, place: &Place, laid: usize) -> Vec<(usize, How)> {
        if self.all.is_empty() {
            return Vec::new();
        }
        let tried = self.tried.iter().copied();
        let mut found: Vec<usize> = tried
            .filter(|&n| self.all[n].change.figures.matches(place))
            .collect();
        if !self.exact.is_empty() {
            let prefixes = (2..=place.keys().len()).map(|n| place.around(n));
            let exact = prefixes.filter_map(|prefix| self.exact.get(&prefix));
            let named = |n: &&usize| self.all[**n].change.figures.matches(place);
            found.extend(exact.flatten().filter(named));
        }
        found.sort_unstable();
        for &n in &found {
            let asked = &mut self.all[n];
            asked.named.get_or_insert_with(|| place.clone());
            let acts = matches!(asked.change.how, How::Scale(_) | How::Set(_));
            asked.done |= asked.layer < laid || acts;
        }
        found.retain(|&n| self.all[n].layer >= laid);
        let how = |n: usize| (n, self.all[n].change.how);
        found.into_iter().map(how).collect()
    }

    /// What becomes of the value of the figure at a place and of its range; a share that is 1 or less goes no
    /// higher, if it is capped.
    pub(super) fn applied(
        &mut self,
        (place, laid): (&Place, usize),
        capped: bool,
        value: f64,
        range: Option<(f64, f64)>,
    ) -> (f64, Option<(f64, f64)>) {
        let (mut new, mut ends) = (value, range);
        for (n, how) in self.at(place, laid) {
            match (how, ends) {
                (How::Scale(factor), _) => {
                    new *= factor;
                    ends = ends.map(|(low, high)| (low * factor, high * factor));
                }
                (How::Set(number), _) => (new, ends) = (number, None),
                (How::Quantile(share), Some((low, high))) => {
                    new = triangular(low, new, high, share);
                    self.done(n);
                }
                (How::Quantile(_), None) | (How::Shift(_), _) => {}
            }
        }
        if capped && value <= 1.0 {
            new = new.min(1.0);
            ends = ends.map(|(low, high)| (low.min(1.0), high.min(1.0)));
        }
        (new, ends)
    }

    /// By how many months changes move a step of the figure at a place, if it can move.
    pub(super) fn later(&mut self, (place, laid): (&Place, usize), moves: bool) -> i32 {
        let mut later: i32 = 0;
        for (n, how) in self.at(place, laid) {
            if let How::Shift(months) = how
                && moves
            {
                later = later.saturating_add(months);
                self.done(n);
            }
        }
        later
    }

    /// Keep that a change did something.
    pub(super) fn done(&mut self, n: usize) {
        self.all[n].done = true;
    }

    /// The changes that come to nothing.
    pub(super) fn idle(&self) -> impl Iterator<Item = Idle<'_>> {
        let idle = self.all.iter().enumerate().filter(|(_, asked)| !asked.done);
        idle.map(|(n, asked)| Idle {
            n,
            change: &asked.change,
            named: asked.named.as_ref(),
        })
    }
}

/// The value below which a share of a triangular range lies.
///
/// ```text
/// F(x) = (x − low)² / ((high − low)(mode − low))             for x ≤ mode
///      = 1 − (high − x)² / ((high − low)(high − mode))       for x ≥ mode
/// ```
pub fn triangular(low: f64, mode: f64, high: f64, share: f64) -> f64 {
    let (width, left, right) = (high - low, mode - low, high - mode);
    if width <= 0.0 {
        return mode;
    }
    let share = share.clamp(0.0, 1.0);
    if share * width <= left {
        low + (share * width * left).sqrt()
    } else {
        high - ((1.0 - share) * width * right).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn a_star_stands_for_letters_of_one_key() {
        let matches = |pattern: &str, place: &str| {
            let pattern: Pattern = pattern.parse().unwrap();
            pattern.matches(&Place::new(place.split('.')))
        };
        assert!(matches("line.*.capacity", "line.nora.capacity"));
        assert!(matches("line.no*a.capacity", "line.nora.capacity.2027-01"));
        assert!(!matches("line.*.capacity", "line.nora.expansion.hall"));
        assert!(matches("supplier.us-*.rate", "supplier.us-pac3.rate"));
        assert!(!matches("supplier.us-*.rate", "supplier.kr.rate"));
        assert!(!matches("line.nora.capacity", "line.nora"));
        assert!(matches("fund.aid.amount.2027", "fund.aid.amount.2027-01"));
        assert!(!matches("fund.aid.amount.2027", "fund.aid.amount.2027-07"));
        assert!(matches("supplier.s.tiers.cost", "supplier.s.tiers.2.cost"));
        assert!(matches(
            "supplier.s.tiers.*.cost",
            "supplier.s.tiers.2.cost"
        ));
        assert!(!matches(
            "supplier.s.tiers.1.cost",
            "supplier.s.tiers.2.cost"
        ));
        assert!(!matches("item.needs.tnt", "item.2.needs.tnt"));
        let (quantity, each) = (
            "requirement.r.quantity",
            "requirement.r.quantity.times.each",
        );
        assert!(matches(each, each) && !matches(quantity, each) && !matches(each, quantity));
        let step = "requirement.r.quantity.2027-01.times.each";
        assert!(matches(each, step) && matches("requirement.*.quantity.times.*", step));
        assert!(!matches("requirement.r.quantity.2027", step));
        assert!("line".parse::<Pattern>().is_err());
        assert!("line..x".parse::<Pattern>().is_err());
        assert!("line.\"a.b.x".parse::<Pattern>().is_err());
    }

    #[test]
    fn keys_in_quotes_may_hold_dots_and_stars() {
        let dotted = Place::new(["line", "a.b", "capacity"]);
        let named = |text: &str| text.parse::<Pattern>().unwrap().matches(&dotted);
        assert!(named("line.\"a.b\".capacity") && named("line.'a.b'.capacity"));
        assert!(named("line.\"a.*\".capacity") && named("line.*.capacity"));
        assert!(!named("line.a.b.capacity"));
        // What a place names is that place alone, whatever its keys are.
        let star = Pattern::from(&Place::new(["line", "a*", "capacity"]));
        assert!(star.matches(&Place::new(["line", "a*", "capacity"])));
        assert!(!star.matches(&Place::new(["line", "ab", "capacity"])));
    }

    #[test]
    fn stars_stand_for_any_letters_and_many_take_no_time() {
        assert!(like("*", "") && like("a*", "a") && like("*a*", "bab") && like("a**b", "ab"));
        assert!(like("a*b*c*d", "axbxcxbxcxd") && like("é*é", "éé"));
        assert!(!like("a*a", "a") && !like("a*b*a", "aab") && !like("*ab*ba*", "aba"));
        assert!(!like(&"*a".repeat(200), &"ab".repeat(2_000)));
    }

    #[test]
    fn quantiles_of_a_triangle_are_those_of_its_area() {
        assert_relative_eq!(triangular(0.0, 1.0, 3.0, 0.0), 0.0);
        assert_relative_eq!(triangular(0.0, 1.0, 3.0, 1.0), 3.0);
        // A third of the area lies left of the mode.
        assert_relative_eq!(triangular(0.0, 1.0, 3.0, 1.0 / 3.0), 1.0);
        // F(2) = 1 − 1² / (3 · 2).
        assert_relative_eq!(triangular(0.0, 1.0, 3.0, 5.0 / 6.0), 2.0);
        assert_relative_eq!(triangular(5.0, 5.0, 5.0, 0.3), 5.0);
    }

    #[test]
    fn changes_come_in_the_order_given() {
        let change = |text: &str, factor| Change::new(text.parse().unwrap(), How::Scale(factor));
        let all = [
            change("line.*.capacity", 2.0),
            change("line.nora.capacity", 3.0),
            change("line.other.capacity", 4.0),
        ];
        let mut changes = Changes::of(all.into_iter().zip([0, 1, 1]));
        let place = Place::new(["line", "nora", "capacity", "2027-01"]);
        let wanted = [(0, How::Scale(2.0)), (1, How::Scale(3.0))];
        assert_eq!(changes.at(&place, 0), wanted);
        assert_eq!(changes.at(&place, 1), wanted[1..]);
        assert_eq!(changes.idle().map(|idle| idle.n).collect::<Vec<_>>(), [2]);
    }
}
