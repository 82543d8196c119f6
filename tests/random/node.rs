//! A model as tables of figures: what is written as TOML, and what is changed before that.

use std::fmt::{self, Write};

/// A value of a model.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A word, a name, a month.
    Text(String),
    /// A number without a unit.
    Number(f64),
    /// A number with its unit.
    Figure(f64, String),
    /// A list.
    List(Vec<Node>),
    /// A table.
    Table(Table),
}

/// Entries by key.
pub type Table = Vec<(String, Node)>;

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<&String> for Node {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<Vec<String>> for Node {
    fn from(names: Vec<String>) -> Self {
        Self::List(names.iter().map(Self::from).collect())
    }
}

impl Node {
    /// The entries of a table; none of anything else.
    pub fn entries(&self) -> &[(String, Node)] {
        match self {
            Self::Table(table) => table,
            _ => &[],
        }
    }

    /// An entry of a table.
    pub fn get(&self, key: &str) -> Option<&Self> {
        let found = self.entries().iter().find(|(own, _)| own == key);
        found.map(|(_, node)| node)
    }

    /// Put an entry into a table.
    pub fn put(&mut self, key: &str, node: impl Into<Node>) {
        if let Self::Table(table) = self {
            table.push((key.to_owned(), node.into()));
        }
    }

    /// Every figure, with the keys that lead to it.
    pub fn figures(
        &mut self,
        keys: &mut Vec<String>,
        f: &mut impl FnMut(&[String], &mut f64, &mut String),
    ) {
        match self {
            Self::Figure(number, unit) => f(keys, number, unit),
            Self::List(list) => list.iter_mut().for_each(|node| node.figures(keys, f)),
            Self::Table(table) => {
                for (key, node) in table {
                    keys.push(key.clone());
                    node.figures(keys, f);
                    keys.pop();
                }
            }
            Self::Text(_) | Self::Number(_) => {}
        }
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "\"{text}\""),
            Self::Number(number) => write!(f, "{number}"),
            Self::Figure(number, unit) => write!(f, "\"{number} {unit}\""),
            Self::List(list) => {
                let list: Vec<String> = list.iter().map(ToString::to_string).collect();
                write!(f, "[{}]", list.join(", "))
            }
            Self::Table(table) => {
                let entry = |(key, node): &(String, Node)| format!("{key} = {node}");
                let entries: Vec<String> = table.iter().map(entry).collect();
                write!(f, "{{ {} }}", entries.join(", "))
            }
        }
    }
}

/// A whole model: its tables, such as `line` `plant`, in the order in which they are written.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// The seed it comes from.
    pub seed: u64,
    /// Kind, key (none for the only one of its kind) and entries.
    pub tables: Vec<(String, Option<String>, Node)>,
}

impl Written {
    /// Its text as TOML.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (kind, key, node) in &self.tables {
            let path = key
                .as_ref()
                .map_or_else(|| kind.clone(), |key| format!("{kind}.{key}"));
            writeln!(text, "[{path}]").expect("text grows");
            for (key, node) in node.entries() {
                writeln!(text, "{key} = {node}").expect("text grows");
            }
        }
        text
    }

    /// The tables of a kind.
    pub fn of<'w>(&'w self, kind: &'w str) -> impl Iterator<Item = (&'w str, &'w Node)> {
        let of = self.tables.iter().filter(move |table| table.0 == kind);
        of.map(|(_, key, node)| (key.as_deref().unwrap_or(""), node))
    }

    /// Every figure, with the keys that lead to it.
    pub fn figures(&mut self, mut f: impl FnMut(&[String], &mut f64, &mut String)) {
        for (kind, key, node) in &mut self.tables {
            let mut keys = vec![kind.clone()];
            keys.extend(key.clone());
            node.figures(&mut keys, &mut f);
        }
    }
}
