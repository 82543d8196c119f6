//! Tables, and what may stand in their cells.

use super::number::short;
use serde::{Serialize, Serializer};

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Table {
    /// Its heading.
    pub title: String,
    /// The heading of each column, with its unit.
    pub head: Vec<String>,
    /// The cells, row by row.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number.
    Number(f64),
    /// Words that lead somewhere. Only `http` and `https` addresses become links.
    Link {
        /// What is shown.
        text: String,
        /// The address.
        address: String,
    },
}

impl Table {
    /// A table without rows.
    pub fn new(title: impl Into<String>, head: &[&str]) -> Self {
        Self {
            title: title.into(),
            head: head.iter().map(|&head| head.to_owned()).collect(),
            rows: Vec::new(),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<f64> for Cell {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

impl Serialize for Cell {
    /// Words as a text, a number as a number, a link as a pair; an address that is not one of the
    /// web is left out.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(value) => short(value, serializer),
            Self::Link { text, address } if is_web(address) => {
                [text, address].serialize(serializer)
            }
            Self::Text(text) | Self::Link { text, .. } => text.serialize(serializer),
        }
    }
}

/// Whether an address may become a link.
fn is_web(address: &str) -> bool {
    let begins = |with: &str| {
        let start = address.get(..with.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(with))
    };
    let plain = |c: char| !c.is_whitespace() && !c.is_control();
    (begins("https://") || begins("http://")) && address.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_become_links() {
        assert!(is_web("https://example.org/a?b=c#d") && is_web("HTTP://example.org"));
        for other in [
            "javascript:alert(1)",
            "data:text/html,x",
            "//example.org",
            "",
            "https:/x",
            "http://a b",
            " https://a",
        ] {
            assert!(!is_web(other), "{other}");
        }
    }
}
