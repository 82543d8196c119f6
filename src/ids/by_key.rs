//! Ids by serde: as numbers, or, within [`Keys::naming`] and [`Keys::reading`], as the keys of what they stand for.
//!
//! An id is written deep inside some result, by code that knows no model. So the keys are lent to the thread for as long as
//! one value is written or read, and are gone afterwards, whatever happens.

use super::{Id, Table};
use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::any::TypeId;
use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

/// The keys of a model's things, periods and years, by which its results are written and read: from
/// [`Draft::keys`](crate::model::Draft::keys).
///
/// Without it an id is written as its number and a [`Table`] as a list, which says little without the model.
///
/// ```
/// use serde::de::DeserializeSeed;
/// use sinews::ids::{RequirementId, Table};
/// use sinews::solution::Coverage;
///
/// let model = sinews::read("models/tiny.toml")?;
/// let plan = sinews::solve(&model, &Default::default())?;
/// let keys = model.keys();
/// let data = serde_json::to_value(keys.naming(&plan.requirements))?;
/// assert_eq!(data["shells"]["years"]["2026"]["required"], 60_000.0);
/// let again: Table<RequirementId, Coverage> = keys.reading().deserialize(data)?;
/// assert_eq!(again, plan.requirements);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Keys(Arc<HashMap<TypeId, Names>>);

/// The keys of one kind.
#[derive(Clone, Debug, Default)]
struct Names {
    keys: Vec<String>,
    positions: HashMap<String, usize>,
}

thread_local! {
    /// What this thread writes and reads by, the innermost last.
    static LENT: RefCell<Vec<Keys>> = const { RefCell::new(Vec::new()) };
}

/// Keys that are lent until it goes.
struct Loan;

impl Loan {
    fn of(keys: &Keys) -> Self {
        LENT.with_borrow_mut(|lent| lent.push(keys.clone()));
        Self
    }
}

impl Drop for Loan {
    fn drop(&mut self) {
        LENT.with_borrow_mut(Vec::pop);
    }
}

impl Keys {
    /// The same with the keys of one more kind, in order. Those of a kind in which two have the same key are left out.
    pub(crate) fn with<I: Id>(mut self, keys: impl IntoIterator<Item = String>) -> Self {
        let keys: Vec<String> = keys.into_iter().collect();
        let positions = keys.iter().enumerate();
        let positions: HashMap<String, usize> =
            positions.map(|(n, key)| (key.clone(), n)).collect();
        if positions.len() == keys.len() {
            let kinds = Arc::make_mut(&mut self.0);
            kinds.insert(TypeId::of::<I>(), Names { keys, positions });
        }
        self
    }

    fn names<I: Id>(&self) -> Option<&Names> {
        self.0.get(&TypeId::of::<I>())
    }

    /// The key of an id; `None`: its kind has no keys, or the model no such thing.
    pub fn key<I: Id>(&self, id: I) -> Option<&str> {
        let keys = &self.names::<I>()?.keys;
        keys.get(id.position()).map(String::as_str)
    }

    /// The id of a key.
    pub fn id<I: Id>(&self, key: &str) -> Option<I> {
        let position = self.names::<I>()?.positions.get(key)?;
        Some(I::at(*position))
    }

    /// A value as it is written with keys: its ids are keys, and its tables maps from keys.
    pub fn naming<'a, T: Serialize + ?Sized>(&'a self, value: &'a T) -> Naming<'a, T> {
        Naming { keys: self, value }
    }

    /// Reads a value that was written with keys, from a format that says what it holds, such as JSON.
    pub fn reading<T>(&self) -> Reading<T> {
        Reading {
            keys: self.clone(),
            kind: PhantomData,
        }
    }
}

/// A value that is written with keys: [`Keys::naming`].
#[derive(Debug)]
pub struct Naming<'a, T: ?Sized> {
    keys: &'a Keys,
    value: &'a T,
}

impl<T: Serialize + ?Sized> Serialize for Naming<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let _loan = Loan::of(self.keys);
        self.value.serialize(serializer)
    }
}

/// What reads a value that was written with keys: [`Keys::reading`].
#[derive(Clone, Debug)]
pub struct Reading<T> {
    keys: Keys,
    kind: PhantomData<fn() -> T>,
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Reading<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        let _loan = Loan::of(&self.keys);
        T::deserialize(deserializer)
    }
}

/// The keys that are lent to this thread, if they have this kind.
fn lent<I: Id>() -> Option<Keys> {
    let keys = LENT.with_borrow(|lent| lent.last().cloned())?;
    keys.names::<I>().is_some().then_some(keys)
}

/// Write an id.
pub(super) fn write<I: Id, S: Serializer>(id: I, serializer: S) -> Result<S::Ok, S::Error> {
    let keys = lent::<I>();
    match keys.as_ref().and_then(|keys| keys.key(id)) {
        Some(key) => serializer.serialize_str(key),
        None => id.position().serialize(serializer),
    }
}

/// Read an id.
pub(super) fn read<'de, I: Id, D: Deserializer<'de>>(deserializer: D) -> Result<I, D::Error> {
    match lent::<I>() {
        Some(keys) => deserializer.deserialize_any(IdVisitor(keys, PhantomData)),
        None => u32::deserialize(deserializer).map(|position| I::at(position as usize)),
    }
}

struct IdVisitor<I>(Keys, PhantomData<I>);

impl<I: Id> Visitor<'_> for IdVisitor<I> {
    type Value = I;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key of the model")
    }

    fn visit_str<E: serde::de::Error>(self, key: &str) -> Result<I, E> {
        let id = self.0.id(key);
        id.ok_or_else(|| E::custom(format_args!("the model has nothing that is called `{key}`")))
    }

    fn visit_i64<E: serde::de::Error>(self, position: i64) -> Result<I, E> {
        let position = u32::try_from(position).map_err(E::custom)?;
        Ok(I::at(position as usize))
    }

    fn visit_u64<E: serde::de::Error>(self, position: u64) -> Result<I, E> {
        let position = u32::try_from(position).map_err(E::custom)?;
        Ok(I::at(position as usize))
    }
}

impl<I: Id, T: Serialize> Serialize for Table<I, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let keys = lent::<I>();
        let names = keys.as_ref().and_then(Keys::names::<I>);
        let Some(names) = names.filter(|names| names.keys.len() == self.len()) else {
            return self.0.serialize(serializer);
        };
        let mut map = serializer.serialize_map(Some(self.len()))?;
        for (key, thing) in names.keys.iter().zip(&self.0) {
            map.serialize_entry(key, thing)?;
        }
        map.end()
    }
}

impl<'de, I: Id, T: Deserialize<'de>> Deserialize<'de> for Table<I, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match lent::<I>() {
            Some(keys) => deserializer.deserialize_any(TableVisitor(keys, PhantomData)),
            None => Ok(Vec::deserialize(deserializer)?.into_iter().collect()),
        }
    }
}

struct TableVisitor<I, T>(Keys, PhantomData<(I, T)>);

impl<'de, I: Id, T: Deserialize<'de>> Visitor<'de> for TableVisitor<I, T> {
    type Value = Table<I, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value for each key of the model, or a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut things = Vec::new();
        while let Some(thing) = access.next_element()? {
            things.push(thing);
        }
        Ok(things.into_iter().collect())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let keys = self.0.names::<I>().map_or(&[][..], |names| &names.keys);
        let mut things: Vec<Option<T>> = keys.iter().map(|_| None).collect();
        while let Some(key) = access.next_key::<String>()? {
            let Some(id) = self.0.id::<I>(&key) else {
                let message = format_args!("the model has nothing that is called `{key}`");
                return Err(A::Error::custom(message));
            };
            things[id.position()] = Some(access.next_value()?);
        }
        let whole: Option<Vec<T>> = things.into_iter().collect();
        let whole = whole.ok_or_else(|| A::Error::custom("a key of the model is missing"))?;
        Ok(whole.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ItemId, LineId};
    use super::*;
    use serde_json::json;

    fn keys() -> Keys {
        let keys = ["shell", "powder"].map(String::from);
        Keys::default().with::<ItemId>(keys)
    }

    #[test]
    fn ids_are_keys_where_keys_are_lent_and_numbers_elsewhere() {
        let pair = (ItemId::at(1), LineId::at(1));
        let named = serde_json::to_value(keys().naming(&pair)).unwrap();
        assert_eq!(named, json!(["powder", 1]));
        assert_eq!(serde_json::to_value(pair).unwrap(), json!([1, 1]));
        let read = |data| keys().reading::<(ItemId, LineId)>().deserialize(data);
        assert_eq!(read(named).unwrap(), pair);
        let unknown = read(json!(["tnt", 1])).unwrap_err().to_string();
        assert_eq!(unknown, "the model has nothing that is called `tnt`");
    }

    #[test]
    fn tables_are_maps_and_want_every_key() {
        let table: Table<ItemId, f64> = [0.5, 2.0].into_iter().collect();
        let named = serde_json::to_value(keys().naming(&table)).unwrap();
        assert_eq!(named, json!({ "shell": 0.5, "powder": 2.0 }));
        let read = |data| keys().reading::<Table<ItemId, f64>>().deserialize(data);
        assert_eq!(read(named).unwrap(), table);
        assert_eq!(read(json!([0.5, 2.0])).unwrap(), table);
        assert!(read(json!({ "shell": 0.5 })).is_err());
        // One that is longer than there are keys is a list.
        let long: Table<ItemId, f64> = [0.5, 2.0, 3.0].into_iter().collect();
        let named = serde_json::to_value(keys().naming(&long)).unwrap();
        assert_eq!(named, json!([0.5, 2.0, 3.0]));
        assert_eq!(read(named).unwrap(), long);
    }

    #[test]
    fn a_failure_leaves_no_keys_behind() {
        let failed = keys().reading::<ItemId>().deserialize(json!({}));
        assert!(failed.is_err());
        assert_eq!(serde_json::to_value(ItemId::at(1)).unwrap(), json!(1));
    }

    #[test]
    fn a_kind_in_which_two_have_one_key_has_none() {
        let keys = keys().with::<LineId>(["a", "a"].map(String::from));
        assert_eq!(keys.key(LineId::at(0)), None);
        assert_eq!(keys.id::<ItemId>("powder"), Some(ItemId::at(1)));
    }
}
