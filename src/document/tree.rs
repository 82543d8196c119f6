//! A file as a tree of values, each knowing where it stands.
//!
//! Several files become one tree: tables of the same name are joined, so a large model may be
//! split over files. The tree keeps the order of the text.

use crate::calendar::Month;
use crate::problem::{Kind, Place, Problem, Spot};
use std::collections::HashMap;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) spot: Spot,
}

/// A value as TOML has it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Text(String),
    Number(f64),
    Truth(bool),
    Date(String),
    List(Vec<Node>),
    Table(Vec<Entry>),
}

/// A key of a table and its value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_spot: Spot,
    pub(crate) node: Node,
}

impl Value {
    /// What to call such a value in a message.
    pub(crate) fn noun(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Number(_) => "a number",
            Self::Truth(_) => "a truth value",
            Self::Date(_) => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

impl Node {
    /// The entries of a table; none for anything else.
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Table(entries) => entries,
            _ => &[],
        }
    }

    /// Whether it is a table.
    pub(crate) fn is_table(&self) -> bool {
        matches!(self.value, Value::Table(_))
    }

    /// The value under a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entries()
            .iter()
            .find(|entry| entry.key == key)
            .map(|entry| &entry.node)
    }

    /// Where a place stands, or the nearest one around it that does. `None`: nothing of it.
    pub(crate) fn nearest(&self, place: &Place) -> Option<&Spot> {
        let mut node = self;
        let mut spot = None;
        for key in place.keys() {
            let Some(entry) = node.entries().iter().find(|entry| *entry.key == **key) else {
                break;
            };
            node = &entry.node;
            spot = Some(&entry.key_spot);
        }
        spot
    }

    /// Join the entries of another table to this one; tables within tables are joined too, to a
    /// depth. What both write is a clash.
    pub(crate) fn join(&mut self, other: Node, depth: usize, found: &mut Vec<Problem>) {
        let Value::Table(entries) = &mut self.value else {
            return;
        };
        let Value::Table(others) = other.value else {
            return;
        };
        let mine = entries.iter().enumerate();
        let mut mine: HashMap<String, usize> = mine.map(|(n, e)| (e.key.clone(), n)).collect();
        for entry in others {
            let at = mine.get(&entry.key).and_then(|&n| entries.get_mut(n));
            match at {
                None => {
                    mine.insert(entry.key.clone(), entries.len());
                    entries.push(entry);
                }
                Some(mine) if depth > 0 && mine.node.is_table() && entry.node.is_table() => {
                    mine.node.join(entry.node, depth - 1, found);
                }
                Some(mine) => found.push(
                    Problem::new(
                        Kind::DuplicateKey,
                        entry.key_spot,
                        format!("`{}` is written twice", entry.key),
                    )
                    .label("the second")
                    .also(mine.key_spot.clone(), "the first")
                    .help("keep one of them"),
                ),
            }
        }
    }
}

/// The tree of a text, as far as it can be read, and every fault of its syntax.
pub(crate) fn parse(text: &str, source: usize) -> (Node, Vec<Problem>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let problem = |error: &toml::de::Error| {
        let range = error.span().unwrap_or(0..0);
        Problem::new(Kind::Syntax, Spot { source, range }, error.message().trim())
            .help("see https://toml.io for how TOML is written")
    };
    let tree = of_table(
        table.get_ref(),
        Spot {
            source,
            range: table.span(),
        },
    );
    (tree, errors.iter().map(problem).collect())
}

fn of_table(table: &DeTable<'_>, spot: Spot) -> Node {
    let at = |range: Range<usize>| Spot {
        source: spot.source,
        range,
    };
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            key_spot: at(key.span()),
            node: of_value(value.get_ref(), at(value.span())),
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_spot.range.start);
    Node {
        value: Value::Table(entries),
        spot,
    }
}

fn of_value(value: &DeValue<'_>, spot: Spot) -> Node {
    let value = match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(integer) => Value::Number(
            i64::from_str_radix(integer.as_str(), integer.radix()).map_or(
                f64::NAN,
                #[expect(clippy::cast_precision_loss, reason = "a figure of a model")]
                |whole| whole as f64,
            ),
        ),
        DeValue::Float(float) => Value::Number(float.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(truth) => Value::Truth(*truth),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(list) => {
            let item = |item: &toml::Spanned<DeValue<'_>>| {
                of_value(
                    item.get_ref(),
                    Spot {
                        source: spot.source,
                        range: item.span(),
                    },
                )
            };
            Value::List(list.iter().map(item).collect())
        }
        DeValue::Table(table) => return of_table(table, spot),
    };
    Node { value, spot }
}

/// Whether a table is one by year, or month.
pub(super) fn by_year(entries: &[Entry]) -> bool {
    let month = |entry: &Entry| entry.key.parse::<Month>().is_ok();
    !entries.is_empty() && entries.iter().all(month)
}

/// The spot of a place, or of the nearest place around it.
pub(super) fn spot_of(place: &Place, spots: &HashMap<Place, Spot>) -> Option<Spot> {
    (1..=place.keys().len())
        .rev()
        .find_map(|n| spots.get(&place.around(n)).cloned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_keep_the_order_of_the_text() {
        let (tree, problems) = parse("[b]\nz = 1\na = \"x\"\n[a]\nlist = [1.5, true]\n", 0);
        assert!(problems.is_empty());
        let keys: Vec<_> = tree
            .entries()
            .iter()
            .map(|entry| entry.key.as_str())
            .collect();
        assert_eq!(keys, ["b", "a"]);
        let inner: Vec<_> = tree.entries()[0]
            .node
            .entries()
            .iter()
            .map(|e| e.key.as_str())
            .collect();
        assert_eq!(inner, ["z", "a"]);
        let text = tree
            .get("b")
            .and_then(|b| b.get("a"))
            .map(|node| &node.value);
        assert_eq!(text, Some(&Value::Text("x".into())));
    }

    #[test]
    fn every_fault_of_the_syntax_is_found() {
        let (_, problems) = parse("a = \nb = [1,\nc = 2020-13-99\n", 0);
        assert!(problems.len() >= 2, "{problems:?}");
    }

    #[test]
    fn two_files_join_and_clashes_are_found() {
        let (mut one, _) = parse("[line.a]\nx = 1\n", 0);
        let (two, _) = parse("[line.b]\nx = 2\n[line.a]\ny = 3\nx = 4\n", 1);
        let mut found = Vec::new();
        one.join(two, 3, &mut found);
        let keys: Vec<_> = one
            .get("line")
            .unwrap()
            .entries()
            .iter()
            .map(|e| e.key.as_str())
            .collect();
        assert_eq!(keys, ["a", "b"]);
        assert_eq!(
            one.get("line").unwrap().get("a").unwrap().entries().len(),
            2
        );
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message, "`x` is written twice");
    }
}
