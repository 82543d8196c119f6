//! Figures in a file: a value, a table with its source, steps by month.

use super::new_value::NewValue;
use crate::calendar::Month;
use toml_edit::{InlineTable, Item, Table, TableLike, Value};

/// What a fact was written with, which no longer holds when its value is another.
const OF_A_FACT: [&str; 8] = [
    "fact", "scale", "over", "low", "high", "year", "value", "mode",
];

/// Set a value under a key; what stands around it stays.
pub(super) fn replace(table: &mut dyn TableLike, key: &str, value: Value) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            let decor = old.decor().clone();
            *old = value;
            *old.decor_mut() = decor;
        }
        None => {
            table.insert(key, Item::Value(value));
        }
    }
}

/// Set a figure under a key.
pub(super) fn set(table: &mut dyn TableLike, key: &str, setting: &NewValue) {
    let old = table.get_mut(key).filter(|item| !is_by_month(item));
    match old.and_then(Item::as_table_like_mut) {
        Some(sourced) => set_sourced(sourced, setting),
        None => replace(table, key, written(setting)),
    }
}

/// A new figure: its value, or a table where there is more to say.
fn written(setting: &NewValue) -> Value {
    if setting.range.is_none() && setting.note.is_none() {
        return setting.value();
    }
    let mut table = InlineTable::new();
    set_sourced(&mut table, setting);
    Value::InlineTable(table)
}

/// Set a figure that is a table.
fn set_sourced(table: &mut dyn TableLike, setting: &NewValue) {
    let fact = table.get("fact").and_then(Item::as_str).map(str::to_owned);
    let note = match (&setting.note, fact) {
        (Some(note), _) => Some(note.clone()),
        (None, Some(fact)) => Some(format!("Instead of fact {fact}")),
        (None, None) => None,
    };
    let keys = table.len();
    if table.contains_key("fact") {
        for key in OF_A_FACT {
            table.remove(key);
        }
    }
    let key = if table.contains_key("mode") {
        "mode"
    } else {
        "value"
    };
    replace(table, key, setting.value());
    if let Some([low, high]) = &setting.range {
        replace(table, "low", low.into());
        replace(table, "high", high.into());
    }
    if let Some(note) = note {
        replace(table, "note", note.into());
    }
    if table.len() != keys {
        table.fmt();
    }
}

/// Set a step of a figure over time; `false` if the figure has no steps.
pub(super) fn set_step(
    table: &mut dyn TableLike,
    key: &str,
    month: Month,
    setting: &NewValue,
) -> bool {
    let Some(item) = table.get_mut(key) else {
        let mut steps = InlineTable::new();
        steps.insert(short(month), written(setting));
        table.insert(key, Item::Value(Value::InlineTable(steps)));
        return true;
    };
    if let Some(list) = item.as_array_mut() {
        let from = |value: &Value| {
            let from = value.as_inline_table()?.get("from")?;
            month_of(
                from.as_str()
                    .map_or_else(|| from.to_string(), str::to_owned)
                    .trim(),
            )
        };
        let known = list.iter().position(|value| from(value) == Some(month));
        let known = known.and_then(|n| list.get_mut(n));
        if let Some(step) = known.and_then(Value::as_inline_table_mut) {
            set_sourced(step, setting);
        } else {
            let mut step = InlineTable::new();
            step.insert("from", month.to_string().into());
            set_sourced(&mut step, setting);
            list.push(step);
        }
        return true;
    }
    if !is_by_month(item) {
        return false;
    }
    let Some(steps) = item.as_table_like_mut() else {
        return false;
    };
    if let Some(known) = key_of(steps, month) {
        set(steps, &known, setting);
    } else {
        set(steps, &short(month), setting);
        in_order(item);
    }
    true
}

/// Put steps in order of time.
fn in_order(item: &mut Item) {
    if let Some(steps) = item.as_inline_table_mut() {
        steps.sort_values_by(|a, _, b, _| month_of(a.get()).cmp(&month_of(b.get())));
        steps.fmt();
    } else if let Some(steps) = item.as_table_mut() {
        steps.sort_values_by(|a, _, b, _| month_of(a.get()).cmp(&month_of(b.get())));
    }
}

/// The key by which a table has a month.
fn key_of(steps: &dyn TableLike, month: Month) -> Option<String> {
    let mut keys = steps.iter().map(|(key, _)| key);
    let known = keys.find(|key| month_of(key) == Some(month));
    known.map(str::to_owned)
}

/// A month as short as it can be written.
fn short(month: Month) -> String {
    let text = month.to_string();
    text.strip_suffix("-01").map_or(text.clone(), str::to_owned)
}

/// Whether a figure is a table by month or year.
fn is_by_month(item: &Item) -> bool {
    item.as_table_like().is_some_and(|table| {
        !table.is_empty() && table.iter().all(|(key, _)| month_of(key).is_some())
    })
}

/// Remove what stands under a key, or under one that means the same month.
pub(super) fn remove(table: &mut dyn TableLike, key: &str) -> bool {
    if table.remove(key).is_some() {
        return true;
    }
    let Some(month) = month_of(key) else {
        return false;
    };
    let known = key_of(table, month);
    known.is_some_and(|known| table.remove(&known).is_some())
}

/// Remove an item of a list: by its number, or by the month from which it holds.
pub(super) fn remove_item(table: &mut dyn TableLike, list: &str, key: &str) -> bool {
    let Some(item) = table.get_mut(list) else {
        return false;
    };
    if let Some(list) = item.as_array_mut() {
        let from = |value: &Value| {
            let from = value.as_inline_table()?.get("from")?;
            month_of(from.as_str()?)
        };
        let by_month = month_of(key)
            .and_then(|month| list.iter().position(|value| from(value) == Some(month)));
        let by_number = key.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
        let n = by_month.or(by_number).filter(|&n| n < list.len());
        return n.map(|n| list.remove(n)).is_some();
    }
    let number = key.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
    match (item.as_array_of_tables_mut(), number) {
        (Some(list), Some(n)) if n < list.len() => {
            list.remove(n);
            true
        }
        _ => false,
    }
}

/// Let a table, and those in it, stand wherever they are put.
pub(super) fn anywhere(table: &mut Table) {
    table.set_position(None);
    for (_, item) in table.iter_mut() {
        if let Some(inner) = item.as_table_mut() {
            anywhere(inner);
        }
    }
}

/// The month of a step.
fn month_of(key: &str) -> Option<Month> {
    key.parse().ok()
}
