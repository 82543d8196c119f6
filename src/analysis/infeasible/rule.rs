//! Rules: what a file says in one place, and the rows that keep it.

use crate::document::Vary;
use crate::model::Model;
use crate::problem::Place;
use crate::program::{Program, Row};
use std::fmt;

/// A rule: the places in the file that it is written in, usually one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Rule {
    /// Where it stands, such as `line.plant.minimum`.
    pub places: Vec<Place>,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places: Vec<String> = self.places.iter().map(Place::to_string).collect();
        f.write_str(&places.join(", "))
    }
}

impl Rule {
    /// The rule that a row keeps; `None` where a row only adds up, or can always be kept.
    pub(in crate::analysis) fn of(m: &Model, program: &Program, row: Row) -> Option<Self> {
        let places = row.places(m, program.network());
        (!places.is_empty()).then_some(Self { places })
    }

    /// File and line, if it is written.
    pub(super) fn position(&self, document: &dyn Vary) -> Option<String> {
        document.position(self.places.first()?)
    }
}
