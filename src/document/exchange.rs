//! Models by serde, in whatever format: the tables of a file, keys as names, figures with their units.
//!
//! `docs/sinews.schema.json` describes them. What is written is what [`to_toml`] writes; what is read is checked like a file.

use super::Document;
use super::tree::{self, Node, Value};
use super::write::{number, to_toml};
use crate::dotted::{in_quotes, toml_key};
use crate::model::{Draft, Model};
use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

impl Serialize for Draft {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = to_toml(self).map_err(S::Error::custom)?;
        tree::parse(&text, 0).0.serialize(serializer)
    }
}

impl Serialize for Model {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Draft::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Model {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let data = Data::deserialize(deserializer)?;
        let document = Document::parse("model", &data.file());
        let model = document.and_then(|document| document.model());
        model.map_err(D::Error::custom)
    }
}

impl<'de> Deserialize<'de> for Draft {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Model::deserialize(deserializer).map(Model::into_draft)
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Value::Text(text) | Value::Date(text) => serializer.serialize_str(text),
            Value::Number(number) => match whole(*number) {
                Some(whole) => serializer.serialize_i64(whole),
                None => serializer.serialize_f64(*number),
            },
            Value::Truth(truth) => serializer.serialize_bool(*truth),
            Value::List(list) => serializer.collect_seq(list),
            Value::Table(entries) => {
                serializer.collect_map(entries.iter().map(|entry| (&entry.key, &entry.node)))
            }
        }
    }
}

/// A whole number that is one to the last digit.
fn whole(number: f64) -> Option<i64> {
    let is_whole = number.fract() == 0.0 && number.abs() < 1e15;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole, and no larger than that"
    )]
    is_whole.then_some(number as i64)
}

/// What any format may hold, in its order.
enum Data {
    Text(String),
    Number(f64),
    Truth(bool),
    List(Vec<Self>),
    Table(Vec<(String, Self)>),
}

impl Data {
    /// As a file of TOML: every table with a header of its own, all below it in lines.
    fn file(&self) -> String {
        let Self::Table(tops) = self else {
            return self.inline();
        };
        let mut text = String::new();
        for (top, data) in tops {
            match data {
                Self::Table(inner)
                    if inner.iter().all(|(_, data)| matches!(data, Self::Table(_))) =>
                {
                    for (key, data) in inner {
                        text.push_str(&data.section(&[top, key]));
                    }
                }
                data => text.push_str(&data.section(&[top])),
            }
        }
        text
    }

    fn section(&self, keys: &[&str]) -> String {
        let keys: Vec<_> = keys.iter().map(|key| toml_key(key)).collect();
        let keys = keys.join(".");
        let Self::Table(fields) = self else {
            // No table: the reader says so.
            return format!("[{keys}]\n{}\n", self.inline());
        };
        let fields = fields
            .iter()
            .map(|(key, data)| format!("{} = {}\n", toml_key(key), data.inline()));
        format!("[{keys}]\n{}\n", fields.collect::<String>())
    }

    fn inline(&self) -> String {
        match self {
            Self::Text(text) => in_quotes(text),
            Self::Number(value) => number(*value),
            Self::Truth(truth) => truth.to_string(),
            Self::List(list) => {
                let list: Vec<_> = list.iter().map(Self::inline).collect();
                format!("[{}]", list.join(", "))
            }
            Self::Table(fields) => {
                let fields = fields
                    .iter()
                    .map(|(key, data)| format!("{} = {}", toml_key(key), data.inline()));
                format!("{{ {} }}", fields.collect::<Vec<_>>().join(", "))
            }
        }
    }
}

impl<'de> Deserialize<'de> for Data {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OfData)
    }
}

struct OfData;

impl<'de> Visitor<'de> for OfData {
    type Value = Data;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("tables of a model")
    }

    fn visit_str<E>(self, text: &str) -> Result<Data, E> {
        Ok(Data::Text(text.to_owned()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Data, E> {
        Ok(Data::Number(number))
    }

    #[expect(clippy::cast_precision_loss, reason = "a figure of a model")]
    fn visit_i64<E>(self, number: i64) -> Result<Data, E> {
        Ok(Data::Number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "a figure of a model")]
    fn visit_u64<E>(self, number: u64) -> Result<Data, E> {
        Ok(Data::Number(number as f64))
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Data, E> {
        Ok(Data::Truth(truth))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Data, A::Error> {
        let mut all = Vec::new();
        while let Some(data) = list.next_element()? {
            all.push(data);
        }
        Ok(Data::List(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Data, A::Error> {
        let mut all = Vec::new();
        while let Some(entry) = map.next_entry()? {
            all.push(entry);
        }
        Ok(Data::Table(all))
    }
}
