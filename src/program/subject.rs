//! What a row is about: in words, when, and in which unit, as its [family](super::family) has it.

use super::{Program, Row, When};
use crate::model::Model;
use crate::names::Words;

impl Program {
    /// A row in words, for messages and reports: "the capacity of line `nora` in 2027Q1". Of one that the program
    /// does not have, its family.
    pub fn describe(&self, m: &Model, row: Row) -> String {
        if self.rows.position(row).is_none() {
            return format!("a row `{}` that is not there", row.family());
        }
        self.sentence(self.own(m), row).to_string()
    }

    /// A row in words with its time.
    pub(crate) fn sentence(&self, m: &Model, row: Row) -> Words {
        let (words, time) = (self.subject(m, row), row.time(m));
        if time.is_empty() {
            return words;
        }
        words.text(format!(" {} {time}", row.table().before_time))
    }

    /// What a row is about, in words without the time: "the capacity of line `nora`".
    pub(crate) fn subject(&self, m: &Model, row: Row) -> Words {
        let thing = row.thing().words(m, &self.network);
        Words::about(row.table().words, thing)
    }

    /// What waits for a row waits for, in words: "the lead time of line `nora`".
    pub(crate) fn cause(&self, m: &Model, row: Row) -> Words {
        let thing = row.thing().words(m, &self.network);
        Words::about(row.table().cause, thing)
    }

    /// The unit of a row's right side.
    pub(crate) fn unit_of(&self, m: &Model, row: Row) -> String {
        match row.table().unit {
            "" => row.thing().unit(m, &self.network),
            unit => unit.to_owned(),
        }
    }
}

impl Row {
    /// The period, window or year of a row; empty if it holds at the end or always.
    pub(super) fn time(self, m: &Model) -> String {
        let c = &m.calendar;
        match self.parts().1 {
            When::Period(t) => self.thing().window(m).label(c, t),
            When::Year(y) => c.year_number(y).to_string(),
            When::End | When::Always => String::new(),
        }
    }
}
