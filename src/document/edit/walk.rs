//! The way through a file to the table that keys lead to.

use crate::document::slot::Slot;
use toml_edit::{Item, Table, TableLike, Value};

/// The table under some keys, made where the format has it once.
pub(super) fn table_at<'t>(
    table: &'t mut dyn TableLike,
    keys: &[String],
    slot: Slot,
) -> Option<&'t mut dyn TableLike> {
    let Some((key, rest)) = keys.split_first() else {
        return Some(table);
    };
    let next = slot.then(key);
    let once = !matches!(slot, Slot::Keyed(_) | Slot::List(_));
    if !table.contains_key(key) && once && matches!(next, Slot::Table(_) | Slot::Figures(_)) {
        table.insert(key, toml_edit::table());
    }
    let item = table.get_mut(key)?;
    if let (Slot::List(_), Some((number, rest))) = (next, rest.split_first()) {
        let element = element(item, number.parse().ok()?)?;
        return table_at(element, rest, next.then(number));
    }
    table_at(item.as_table_like_mut()?, rest, next)
}

/// The table under some keys into which a table is put, made where it is not there but for the name of nothing.
pub(super) fn container<'t>(
    table: &'t mut dyn TableLike,
    keys: &[String],
    slot: Slot,
) -> Option<&'t mut dyn TableLike> {
    let Some((key, rest)) = keys.split_first() else {
        return Some(table);
    };
    let next = slot.then(key);
    if !table.contains_key(key) && !matches!(slot, Slot::Keyed(_)) {
        let mut new = Table::new();
        new.set_implicit(true);
        table.insert(key, Item::Table(new));
    }
    container(table.get_mut(key)?.as_table_like_mut()?, rest, next)
}

/// The table under some keys.
pub(super) fn existing<'t>(
    table: &'t mut dyn TableLike,
    keys: &[String],
) -> Option<&'t mut dyn TableLike> {
    let Some((key, rest)) = keys.split_first() else {
        return Some(table);
    };
    let item = table.get_mut(key)?;
    if item.is_table_like() {
        return existing(item.as_table_like_mut()?, rest);
    }
    let (number, rest) = rest.split_first()?;
    existing(element(item, number.parse().ok()?)?, rest)
}

/// An item of a list of tables, counted from 1.
fn element(item: &mut Item, number: usize) -> Option<&mut dyn TableLike> {
    let n = number.checked_sub(1)?;
    match item {
        Item::Value(Value::Array(list)) => {
            let table = list.get_mut(n)?.as_inline_table_mut()?;
            Some(table)
        }
        Item::ArrayOfTables(list) => {
            let table = list.get_mut(n)?;
            Some(table)
        }
        Item::None | Item::Value(_) | Item::Table(_) => None,
    }
}
