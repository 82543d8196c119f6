//! What is wrong with an input: every problem at once, each where it stands.
//!
//! Reading and checking never stop at the first fault. They collect [`Problem`]s and hand over the
//! whole bag as one error, [`Problems`], whose `Display` shows each under its source line:
//!
//! ```
//! let text = "[calendar]\nstart = \"2026-01\"\nend = \"2026-12\"\nperiods = \"year\"\n";
//! let problems = sinews::document::parse("demo.toml", text).unwrap_err();
//! assert!(problems.to_string().contains("unknown field `periods` in `calendar`"));
//! assert_eq!(problems.list()[0].kind, sinews::problem::Kind::UnknownField);
//! ```

mod kind;
mod render;

pub use kind::Kind;

use crate::dotted;
use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// Where a value stands in an input: the keys that lead to it, such as `line.nora.capacity`. A key with a dot or
/// a space in it is shown in quotes, as TOML wants it: `line."a.b".capacity`.
///
/// ```
/// use sinews::problem::Place;
///
/// let place = Place::new(["line", "a.b"]).then("capacity");
/// assert_eq!(place.to_string(), "line.\"a.b\".capacity");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place(Arc<[Arc<str>]>);

impl Place {
    /// The value under these keys.
    pub fn new<K: AsRef<str>>(keys: impl IntoIterator<Item = K>) -> Self {
        Self(keys.into_iter().map(|key| key.as_ref().into()).collect())
    }

    /// A value one key further down.
    #[must_use]
    pub fn then(&self, key: impl AsRef<str>) -> Self {
        let own = self.0.iter().cloned();
        Self(own.chain([key.as_ref().into()]).collect())
    }

    /// The place around it that so many keys lead to.
    #[must_use]
    pub(crate) fn around(&self, keys: usize) -> Self {
        Self(self.0.iter().take(keys).cloned().collect())
    }

    /// The keys, outermost first.
    pub fn keys(&self) -> &[Arc<str>] {
        &self.0
    }
}

/// Written as its keys joined by dots.
#[cfg(feature = "serde")]
impl serde::Serialize for Place {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Read from keys joined by dots.
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Place {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        let keys = dotted::keys(&text);
        let keys =
            keys.ok_or_else(|| serde::de::Error::custom("keys with a quote that does not end"))?;
        Ok(Self::new(keys))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&dotted::joined(&*self.0))
    }
}

/// A stretch of a source text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Which of the [sources](Problems::sources).
    pub source: usize,
    /// Bytes from and to.
    pub range: Range<usize>,
}

/// Where a problem is: at a stretch of text, or at a value that may have no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    /// A stretch of a source text.
    Spot(Spot),
    /// A value by its keys: in a model built in Rust, or before its text is looked up.
    Place(Place),
}

impl From<Spot> for At {
    fn from(spot: Spot) -> Self {
        Self::Spot(spot)
    }
}

impl From<Place> for At {
    fn from(place: Place) -> Self {
        Self::Place(place)
    }
}

/// One thing that is wrong, where, and what to write instead.
///
/// ```
/// use sinews::problem::{Kind, Place, Problem};
///
/// let place = Place::new(["line", "plant", "capacity"]);
/// let problem = Problem::new(Kind::OutOfRange, place, "more than there is ground for");
/// let problem = problem.label("too much").help("write less");
/// assert_eq!((problem.kind, &*problem.help), (Kind::OutOfRange, "write less"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Problem {
    /// What kind of problem it is: match on this.
    pub kind: Kind,
    /// What was found, in a sentence.
    pub message: String,
    /// Where.
    pub at: At,
    /// The words under the caret.
    pub label: String,
    /// A second place it clashes with, and the words there.
    pub also: Option<(At, String)>,
    /// What to write instead.
    pub help: String,
}

impl Problem {
    /// A problem with a message; add a [label](Self::label) and [help](Self::help).
    pub fn new(kind: Kind, at: impl Into<At>, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            at: at.into(),
            label: String::new(),
            also: None,
            help: String::new(),
        }
    }

    /// The words under the caret.
    pub fn label(self, label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            ..self
        }
    }

    /// What to write instead.
    pub fn help(self, help: impl Into<String>) -> Self {
        Self {
            help: help.into(),
            ..self
        }
    }

    /// A second place it clashes with.
    pub fn also(self, at: impl Into<At>, label: impl Into<String>) -> Self {
        Self {
            also: Some((at.into(), label.into())),
            ..self
        }
    }
}

/// A text that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The name shown for it, its path as given.
    pub name: String,
    /// The whole text.
    pub text: String,
}

/// Every problem of an input. As an error it shows each under its source line, and so does its `Debug`, for
/// those who unwrap.
#[derive(Clone, Default, PartialEq, Eq, thiserror::Error)]
pub struct Problems {
    sources: Vec<Text>,
    list: Vec<Problem>,
}

impl fmt::Debug for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Problems {
    /// The problems, in the order of the text.
    pub fn list(&self) -> &[Problem] {
        &self.list
    }

    /// The texts that the problems point into.
    pub fn sources(&self) -> &[Text] {
        &self.sources
    }

    /// A bag with one problem that no text can show, such as a file that cannot be read.
    pub(crate) fn of_file(path: &Path, kind: Kind, message: String, help: &str) -> Self {
        let at = Place::new([path.display().to_string()]);
        Self {
            sources: Vec::new(),
            list: vec![Problem::new(kind, at, message).help(help)],
        }
    }

    pub(crate) fn push(&mut self, problem: Problem) {
        self.list.push(problem);
    }

    pub(crate) fn extend(&mut self, others: impl IntoIterator<Item = Problem>) {
        self.list.extend(others);
    }

    /// Drop the problems of some kinds.
    pub(crate) fn forgive(&mut self, kinds: &[Kind]) {
        self.list.retain(|problem| !kinds.contains(&problem.kind));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// `thing` if nothing is wrong, else the problems, each once, in the order of the text.
    pub(crate) fn or<T>(mut self, thing: T) -> Result<T, Self> {
        if self.list.is_empty() {
            return Ok(thing);
        }
        self.list.sort_by_key(|problem| match &problem.at {
            At::Spot(spot) => (0, spot.source, spot.range.start),
            At::Place(_) => (1, 0, 0),
        });
        self.list.dedup();
        Err(self)
    }

    /// The same problems, with the texts they point into and places looked up in them.
    pub(crate) fn located(self, sources: Vec<Text>, find: impl Fn(&Place) -> Option<Spot>) -> Self {
        let locate = |at: At| match at {
            At::Place(place) => find(&place).map_or(At::Place(place), At::Spot),
            At::Spot(spot) => At::Spot(spot),
        };
        let list = self.list.into_iter().map(|problem| Problem {
            at: locate(problem.at),
            also: problem.also.map(|(at, label)| (locate(at), label)),
            ..problem
        });
        Self {
            list: list.collect(),
            sources,
        }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let texts: Vec<_> = self
            .list
            .iter()
            .map(|p| render::problem(p, &self.sources))
            .collect();
        f.write_str(&texts.join("\n\n"))
    }
}

/// Longer words are not compared.
const LONGEST: usize = 100;

/// The name among `known` that `word` was most likely meant to be.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.chars().take(LONGEST + 1).collect();
    let mut letters = Vec::new();
    let mut row = Vec::new();
    let mut nearest = None;
    // Only a name that is nearer than the nearest so far is of interest.
    let mut below = usize::MAX;
    for name in known {
        letters.clear();
        letters.extend(name.chars().take(LONGEST + 1));
        let (least, most) = (word.len().min(letters.len()), word.len().max(letters.len()));
        let allowed = most.div_ceil(3).min(below.saturating_sub(1));
        // No slip is so long, and to compare whole texts takes time.
        if most > LONGEST || most - least > allowed {
            continue;
        }
        if let Some(distance) = distance(&word, &letters, allowed, &mut row) {
            (nearest, below) = (Some(name), distance);
            if distance == 0 {
                break;
            }
        }
    }
    nearest
}

/// How many letters must change, come or go to turn one word into the other (Levenshtein), if no more than allowed.
/// `row` is room to work in.
fn distance(mut a: &[char], mut b: &[char], allowed: usize, row: &mut Vec<usize>) -> Option<usize> {
    // What both begin and end with costs nothing.
    while let ([x, rest @ ..], [y, others @ ..]) = (a, b)
        && x.eq_ignore_ascii_case(y)
    {
        (a, b) = (rest, others);
    }
    while let ([rest @ .., x], [others @ .., y]) = (a, b)
        && x.eq_ignore_ascii_case(y)
    {
        (a, b) = (rest, others);
    }
    row.clear();
    row.extend(0..=b.len());
    for (n, x) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], n + 1);
        let mut least = row[0];
        for (m, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(!x.eq_ignore_ascii_case(y));
            diagonal = row[m + 1];
            row[m + 1] = change.min(row[m] + 1).min(diagonal + 1);
            least = least.min(row[m + 1]);
        }
        // What is left can only add to it.
        if least > allowed {
            return None;
        }
    }
    Some(row[b.len()]).filter(|&distance| distance <= allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_close_or_none() {
        let names = ["round-155", "round-152", "tnt"];
        assert_eq!(nearest("round155", names), Some("round-155"));
        assert_eq!(nearest("TNT", names), Some("tnt"));
        assert_eq!(nearest("powder", names), None);
        let apart = |allowed| {
            let [a, b] = ["kitten", "sitting"].map(|word| word.chars().collect::<Vec<_>>());
            distance(&a, &b, allowed, &mut Vec::new())
        };
        assert_eq!((apart(3), apart(2)), (Some(3), None));
        let long = "x".repeat(1 << 20);
        assert_eq!(nearest(&long, [long.as_str()]), None);
    }
}
