//! Changes that come to nothing: an error each, with what to write instead.

use super::Document;
use super::change::{How, Idle, Pattern, like};
use super::reader::Reader;
use super::schema::Holds;
use super::slot::Slot;
use super::tree::{Node, Value};
use crate::problem::{At, Kind, Place, Problem};

impl Document {
    /// Changes that name no figure, or can do nothing to those that they name.
    pub(super) fn idle(&self, reader: &mut Reader<'_>) {
        // What could not be read may hold the figure.
        if !reader.found.is_empty() {
            return;
        }
        let idle: Vec<Problem> = reader
            .changes
            .idle()
            .map(|idle| self.nothing(&idle))
            .collect();
        for problem in idle {
            reader.push(problem);
        }
    }

    fn nothing(&self, idle: &Idle<'_>) -> Problem {
        let figures = &idle.change.figures;
        let at = match self.applied.changes.get(idle.n) {
            Some(made) => At::Spot(made.spot.clone()),
            None => At::Place(Place::new([figures.to_string()])),
        };
        match named(&self.tree, figures.keys(), Slot::File) {
            Some(slot) if idle.named.is_none() && !slot.is_figure() => no_figure(figures, at, slot),
            _ => in_vain(idle, at),
        }
    }
}

/// A change to a model built in Rust that comes to nothing.
pub(super) fn idle_in_rust(idle: &Idle<'_>) -> Problem {
    let at = At::Place(Place::new([idle.change.figures.to_string()]));
    in_vain(idle, at)
}

fn in_vain(idle: &Idle<'_>, at: At) -> Problem {
    let figures = &idle.change.figures;
    match (idle.named, idle.change.how) {
        (Some(place), How::Quantile(_)) => no_range(figures, at, place),
        (Some(place), _) => not_moved(figures, at, place),
        (None, _) => unknown(figures, at),
    }
}

pub(super) fn unknown(figures: &Pattern, at: At) -> Problem {
    let message = format!("`{figures}` names no figure of the model");
    Problem::new(Kind::UnknownName, at, message)
        .label("nothing to change")
        .help("write where the figures stand, such as `line.KEY.capacity`; `*` stands for any letters of one key; a key with a dot stands in quotes, `line.\"a.b\".capacity`")
}

fn no_range(figures: &Pattern, at: At, place: &Place) -> Problem {
    let message = format!("`{figures}` has no range to take a value from");
    Problem::new(Kind::NoEffect, at, message)
        .label("nothing to draw")
        .also(place.clone(), "certain")
        .help("give it a `low` and a `high`")
}

fn not_moved(figures: &Pattern, at: At, place: &Place) -> Problem {
    let over_time = matches!(Slot::at(place.keys()), Slot::Figure(true) | Slot::Step);
    let message = format!("a shift of `{figures}` moves nothing");
    let problem = Problem::new(Kind::NoEffect, at, message).label("no step to move");
    if over_time {
        problem
            .also(place.clone(), "one value for all time, before its first step as well")
            .help("write the figure as steps, `[{ from = \"2026-01\", value = … }, { from = \"2027-01\", value = … }]`: all but the first move")
    } else {
        problem.also(place.clone(), "no figure over time").help(
            "`scale` it or `set` it; what moves is a figure over time, such as `line.KEY.capacity`",
        )
    }
}

fn no_figure(figures: &Pattern, at: At, slot: Slot) -> Problem {
    let noun = match slot {
        Slot::Other(field) => match field.holds {
            Holds::Month => "a date",
            Holds::Year => "a year",
            Holds::Rank => "a rank",
            Holds::Names(_) | Holds::NameOrNames(_) | Holds::Choices(_) => "a list",
            Holds::Choice(_) => "a choice",
            _ => "a word",
        },
        _ => "a table without figures",
    };
    let message =
        format!("`{figures}` names {noun}, no figure: it can be neither scaled nor shifted");
    Problem::new(Kind::NoEffect, at, message)
        .label("nothing to change")
        .help("`set` it: write what takes its place")
}

/// What the format has where keys lead in a tree, if something is written there.
fn named(node: &Node, keys: &[String], slot: Slot) -> Option<Slot> {
    let Some((key, rest)) = keys.split_first() else {
        return Some(slot);
    };
    if let Value::List(list) = &node.value {
        let numbers = (1..=list.len()).map(|n| n.to_string());
        let mut items = list.iter().zip(numbers);
        return items.find_map(|(item, number)| {
            let slot = slot.then(&number);
            if like(key, &number) {
                named(item, rest, slot)
            } else {
                named(item, keys, slot)
            }
        });
    }
    let mut entries = node.entries().iter().filter(|entry| like(key, &entry.key));
    entries.find_map(|entry| named(&entry.node, rest, slot.then(&entry.key)))
}
