//! Tables as the page holds them: title, head and rows; in the rows numbers, texts and links.

use super::number::Short;
use crate::table::{Cell, Table};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

/// The tables of a section.
pub(super) fn drawn<S: Serializer>(tables: &[Table], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(tables.iter().map(Drawn))
}

struct Drawn<'a>(&'a Table);

impl Serialize for Drawn<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(table) = self;
        let head: Vec<&str> = table.head().collect();
        let rows = table.rows.iter();
        let rows: Vec<Vec<_>> = rows.map(|row| row.iter().map(Shown).collect()).collect();
        let mut drawn = serializer.serialize_struct("Table", 3)?;
        drawn.serialize_field("title", &table.title)?;
        drawn.serialize_field("head", &head)?;
        drawn.serialize_field("rows", &rows)?;
        drawn.end()
    }
}

struct Shown<'a>(&'a Cell);

impl Serialize for Shown<'_> {
    /// A quantity as a number, a link as a pair, all else as it is read; an address that is not one of the web is
    /// left out.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Cell::Quantity(number) => Short(*number).serialize(serializer),
            Cell::Link { text, address } if is_web(address) => {
                [text, address].serialize(serializer)
            }
            other => serializer.collect_str(other),
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
