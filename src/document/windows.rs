//! Within what time a limit may be used up: its period, or its calendar year.
//!
//! A limit holds for what it is written for. Written by the year, and the same all through each calendar year, it
//! holds by the calendar year; written by the month (or any other time), or with steps inside a year, it holds in
//! each period. A key `window` says otherwise.

use super::quantity::{Quantity, Unit};
use super::reader::{Fields, Reader};
use super::tree::{Entry, Node, Value};
use crate::calendar::{Calendar, Month};
use crate::model::Window;

/// The words of a window.
pub(super) const WINDOWS: [(&str, Window); 2] =
    [("period", Window::Period), ("year", Window::Year)];

impl<'a> Reader<'a> {
    /// The window of a limit that stands at `key`, which changes in the months of `steps`.
    pub(super) fn window(
        &mut self,
        fields: &Fields<'a>,
        key: &str,
        c: &Calendar,
        mut steps: impl Iterator<Item = Month>,
    ) -> Window {
        if let Some(window) = self.choice(fields, "window", &WINDOWS) {
            return window;
        }
        let by_year = fields.get(key).is_none_or(|node| self.is_by_year(node));
        if by_year && steps.all(|month| month.number() == 1 || month <= c.start()) {
            Window::Year
        } else {
            Window::Period
        }
    }

    /// Whether a figure, in all its parts, is written by the year.
    fn is_by_year(&self, node: &Node) -> bool {
        match &node.value {
            Value::Text(text) => is_written_by_year(text),
            Value::List(list) => list.iter().all(|node| self.is_by_year(node)),
            Value::Table(entries) => entries.iter().all(|entry| self.part_is_by_year(entry)),
            _ => true,
        }
    }

    fn part_is_by_year(&self, entry: &Entry) -> bool {
        let text = match &entry.node.value {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        };
        match (entry.key.as_str(), text) {
            ("fact", Some(id)) => {
                let fact = self.registry.get(id);
                let unit = fact.and_then(|fact| Unit::read(&fact.unit).ok());
                unit.is_none_or(|unit| unit.is_by_year())
            }
            ("over", Some(text)) => Quantity::read(text).is_ok_and(|over| over.unit.is_year()),
            ("from" | "note" | "year" | "times", _) => true,
            _ => self.is_by_year(&entry.node),
        }
    }
}

/// Whether a text is a quantity by the year. What is none is told where it is read.
fn is_written_by_year(text: &str) -> bool {
    Quantity::read(text).map_or(true, |quantity| quantity.unit.is_by_year())
}
