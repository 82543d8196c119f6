//! Tables as TOML text: headers, fields in the order of the format, figures with their sources.
//!
//! A note that most figures of a table share is written once, in the table; that of most tables in `[model]`. A figure with
//! another one says so itself.

use crate::document::schema::{Spec, VALUE};
use crate::dotted::{in_quotes, toml_key};
use std::collections::BTreeMap;
use std::fmt::Write;

/// A table, its fields in the order of the format.
#[derive(Debug)]
pub(super) struct Table {
    spec: &'static Spec,
    fields: Vec<(&'static str, Piece)>,
}

/// What stands in a field.
#[derive(Debug)]
pub(super) enum Piece {
    /// Nothing: what holds without it is right.
    Nothing,
    /// A text, name, date or number of TOML, or a list of them.
    Plain(String),
    /// A figure.
    Figure(Figure),
    /// A figure over time, by month or year.
    Steps(Vec<(String, Figure)>),
    /// Figures and numbers by name.
    Named(Vec<(String, Self)>),
    /// A table of its own.
    Table(Table),
    /// Tables by name.
    Tables(Vec<(String, Table)>),
    /// A list of tables.
    List(Vec<Table>),
}

/// A figure as it is written.
#[derive(Debug)]
pub(super) struct Figure {
    /// Number and unit.
    pub(super) text: String,
    /// Lower and upper end, if it is uncertain.
    pub(super) range: Option<[String; 2]>,
    /// What it rests on.
    pub(super) note: String,
}

impl Table {
    /// A table of what stands in each field of the format, in any order. Its note is found when it is written.
    pub(super) fn new(spec: &'static Spec, mut fields: Vec<(&'static str, Piece)>) -> Self {
        let position = |key: &str| spec.fields.iter().position(|field| field.key == key);
        debug_assert!(
            fields.iter().all(|(key, _)| position(key).is_some()),
            "what is written is a field of the format"
        );
        for field in spec.fields {
            debug_assert!(
                field.key == "note" || fields.iter().any(|(key, _)| *key == field.key),
                "`{}` of `{}` is not written",
                field.key,
                spec.path
            );
        }
        fields.sort_by_key(|(key, _)| position(key));
        Self { spec, fields }
    }

    /// Whether nothing stands in it.
    pub(super) fn is_empty(&self) -> bool {
        let mut pieces = self.fields.iter().map(|(_, piece)| piece);
        pieces.all(|piece| matches!(piece, Piece::Nothing))
    }

    fn figures<'t>(&'t self, found: &mut Vec<&'t Figure>) {
        for (_, piece) in &self.fields {
            piece.figures(found);
        }
    }
}

impl Piece {
    fn figures<'t>(&'t self, found: &mut Vec<&'t Figure>) {
        match self {
            Self::Nothing | Self::Plain(_) => {}
            Self::Figure(figure) => found.push(figure),
            Self::Steps(steps) => found.extend(steps.iter().map(|(_, figure)| figure)),
            Self::Named(named) => named.iter().for_each(|(_, piece)| piece.figures(found)),
            Self::Table(table) => table.figures(found),
            Self::Tables(tables) => tables.iter().for_each(|(_, table)| table.figures(found)),
            Self::List(tables) => tables.iter().for_each(|table| table.figures(found)),
        }
    }

    /// What stands after the equals sign, in tables that a note covers. `None`: it has tables of its own, or is
    /// nothing.
    fn inline(&self, note: &str) -> Option<String> {
        Some(match self {
            Self::Nothing | Self::Table(_) | Self::Tables(_) => return None,
            Self::Plain(text) => text.clone(),
            Self::Figure(figure) => figure.inline(note),
            Self::Steps(steps) => {
                let steps = steps.iter();
                in_braces(steps.map(|(key, figure)| (key.as_str(), figure.inline(note))))
            }
            Self::Named(named) => {
                let named = named.iter();
                in_braces(
                    named.filter_map(|(key, piece)| Some((key.as_str(), piece.inline(note)?))),
                )
            }
            Self::List(tables) => {
                let rows = tables.iter().map(|table| {
                    let fields = table.fields.iter();
                    let fields =
                        fields.filter_map(|(key, piece)| Some((*key, piece.inline(note)?)));
                    format!("  {},\n", in_braces(fields))
                });
                format!("[\n{}]", rows.collect::<String>())
            }
        })
    }
}

impl Figure {
    fn inline(&self, covering: &str) -> String {
        if self.range.is_none() && self.note == covering {
            return in_quotes(&self.text);
        }
        let [low, high] = match &self.range {
            Some([low, high]) => [Some(low), Some(high)],
            None => [None, None],
        };
        let note = Some(&self.note).filter(|note| *note != covering);
        let fields = [
            ("value", Some(&self.text)),
            ("low", low),
            ("high", high),
            ("note", note),
        ];
        debug_assert!(fields.iter().all(|(key, _)| VALUE.field(key).is_some()));
        in_braces(
            fields
                .into_iter()
                .filter_map(|(key, text)| Some((key, in_quotes(text?)))),
        )
    }
}

/// A table within a line.
fn in_braces<'k>(fields: impl Iterator<Item = (&'k str, String)>) -> String {
    let fields: Vec<_> = fields
        .map(|(key, value)| format!("{} = {value}", toml_key(key)))
        .collect();
    if fields.is_empty() {
        return "{}".into();
    }
    format!("{{ {} }}", fields.join(", "))
}

/// The note that most figures have, the first of them if several are as frequent.
fn most_frequent<'t>(figures: &[&'t Figure]) -> Option<&'t str> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for figure in figures {
        *times.entry(&figure.note).or_default() += 1;
    }
    let most = times.values().max()?;
    let notes = figures.iter().map(|figure| figure.note.as_str());
    notes.into_iter().find(|note| times[note] == *most)
}

/// The note that most figures of some tables have.
pub(super) fn common_note(tables: &[(Vec<String>, Table)]) -> Option<&str> {
    let mut figures = Vec::new();
    for (_, table) in tables {
        table.figures(&mut figures);
    }
    most_frequent(&figures)
}

/// Tables as text, each under the keys that lead to it, in a file that a note covers.
pub(super) fn file(tables: &[(Vec<String>, Table)], note: &str) -> String {
    let mut text = String::new();
    for (keys, table) in tables {
        let own = table.spec.field("note").and_then(|_| {
            let mut figures = Vec::new();
            table.figures(&mut figures);
            most_frequent(&figures).filter(|own| *own != note)
        });
        write(&mut text, keys, table, own, own.unwrap_or(note));
    }
    text
}

/// Write a table and those in it.
fn write(text: &mut String, keys: &[String], table: &Table, own: Option<&str>, covering: &str) {
    let fault = "writing to a string cannot fail";
    let gap = if text.is_empty() { "" } else { "\n" };
    let header: Vec<_> = keys.iter().map(|key| toml_key(key)).collect();
    writeln!(text, "{gap}[{}]", header.join(".")).expect(fault);
    for (key, piece) in &table.fields {
        if let Some(value) = piece.inline(covering) {
            writeln!(text, "{key} = {value}").expect(fault);
        }
    }
    if let Some(own) = own {
        writeln!(text, "note = {}", in_quotes(own)).expect(fault);
    }
    let below = |more: &[&str]| -> Vec<String> {
        let more = more.iter().map(|&key| key.to_owned());
        keys.iter().cloned().chain(more).collect()
    };
    for (key, piece) in &table.fields {
        match piece {
            Piece::Table(inner) => write(text, &below(&[key]), inner, None, covering),
            Piece::Tables(tables) => {
                for (name, inner) in tables {
                    write(text, &below(&[key, name]), inner, None, covering);
                }
            }
            Piece::Nothing
            | Piece::Plain(_)
            | Piece::Figure(_)
            | Piece::Steps(_)
            | Piece::Named(_)
            | Piece::List(_) => {}
        }
    }
}
