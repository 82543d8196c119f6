//! What is wrong with scenarios before any of them is applied: circles, and patterns that name nothing.
//!
//! Patterns are held against the keys of the files alone, down to the figure: what they do to it is known when the
//! scenario is applied. Where that is not sure, nothing is said.

use super::Document;
use super::change::{Change, Pattern, like};
use super::effect::unknown;
use super::names::entries;
use super::overlay::no_entry;
use super::reader::{Fields, Reader};
use super::scenario::{bases, circle};
use super::slot::Slot;
use super::tree::{Entry, Node, Value};
use crate::problem::{At, Kind, Place, Spot};
use std::collections::{BTreeSet, HashMap};

/// So many scenarios that one extends are looked through.
const MANY: usize = 1_000;

/// Scenarios that are declared, and which of them each extends.
struct Declared<'a> {
    all: &'a [Entry],
    bases: Vec<Vec<(usize, Spot)>>,
}

impl<'a> Declared<'a> {
    fn of(all: &'a [Entry]) -> Self {
        let known: HashMap<&str, usize> = (0..)
            .zip(all)
            .map(|(n, own)| (own.key.as_str(), n))
            .collect();
        let known = |(key, spot): (String, Spot)| Some((*known.get(key.as_str())?, spot));
        let bases = |own| bases(own).into_iter().filter_map(known).collect();
        Self {
            all,
            bases: all.iter().map(bases).collect(),
        }
    }

    /// Where one that is extended leads back to it.
    fn circles(&self) -> Vec<(&'a str, Spot)> {
        let mut found = Vec::new();
        let (mut open, mut done) = (vec![false; self.all.len()], vec![false; self.all.len()]);
        for first in 0..self.all.len() {
            let mut path = if done[first] {
                Vec::new()
            } else {
                vec![(first, 0)]
            };
            while let Some((at, next)) = path.last_mut() {
                open[*at] = true;
                let Some((to, spot)) = self.bases[*at].get(*next) else {
                    (open[*at], done[*at]) = (false, true);
                    path.pop();
                    continue;
                };
                *next += 1;
                if open[*to] {
                    found.push((self.all[*to].key.as_str(), spot.clone()));
                } else if !done[*to] {
                    path.push((*to, 0));
                }
            }
        }
        found
    }

    /// What one and all that it extends set. `None`: they are too many.
    fn sets(&self, n: usize) -> Option<Vec<&'a Node>> {
        let (mut seen, mut next) = (BTreeSet::from([n]), vec![n]);
        while let Some(at) = next.pop() {
            let own = self.bases[at].iter().map(|(to, _)| *to);
            next.extend(own.filter(|to| seen.insert(*to)));
            if seen.len() > MANY {
                return None;
            }
        }
        let sets = seen
            .into_iter()
            .filter_map(|at| self.all[at].node.get("set"));
        Some(sets.collect())
    }
}

impl<'a> Reader<'a> {
    /// Scenarios that extend themselves, each told where it is led back to.
    pub(super) fn circles(&mut self, declared: &'a [Entry]) {
        for (key, spot) in Declared::of(declared).circles() {
            self.push(circle(key, At::Spot(spot)));
        }
    }
}

impl Document {
    /// Tell of every scenario what its changes and its patterns have wrong, whether it is applied or not.
    pub(super) fn patterns<'a>(&'a self, reader: &mut Reader<'a>) {
        let all = entries(&self.tree, "scenario");
        let declared = Declared::of(all);
        // What could not be read may hold the figure.
        let lost = [Kind::UnknownTable, Kind::UnknownField];
        let lost = reader
            .found
            .list()
            .iter()
            .any(|own| lost.contains(&own.kind));
        for (n, entry) in all.iter().enumerate() {
            let place = Place::new(["scenario", &entry.key]);
            let changes = reader.made(&Fields::peek(&entry.node, place, ""));
            if lost {
                continue;
            }
            let told = |spot: &Spot| self.applied.changes.iter().any(|own| own.spot == *spot);
            let leads = |roots: &[&Node], pattern: &Pattern| {
                let mut roots = roots.iter();
                roots.any(|root| leads(root, pattern.keys(), Slot::File))
            };
            let mut idle: Vec<(Change, Spot)> = changes;
            idle.retain(|(change, spot)| !told(spot) && !leads(&[&self.tree], &change.figures));
            let set = entry.node.get("set").filter(|set| set.is_table());
            if idle.is_empty() && set.is_none() {
                continue;
            }
            let Some(mut roots) = declared.sets(n) else {
                continue;
            };
            for (change, spot) in idle {
                if !leads(&roots, &change.figures) {
                    reader.push(unknown(&change.figures, At::Spot(spot)));
                }
            }
            roots.push(&self.tree);
            if let Some(set) = set {
                stars(reader, set, &roots, &(Place::default(), Slot::File));
            }
        }
    }
}

/// Patterns below `set` that match nothing of what there is, or is set.
fn stars(reader: &mut Reader<'_>, set: &Node, under: &[&Node], (place, slot): &(Place, Slot)) {
    // What is laid over an item of a list, or within a figure, is not followed.
    let mut lists = under.iter().map(|node| &node.value);
    if slot.is_figure() || lists.any(|value| matches!(value, Value::List(_))) {
        return;
    }
    for entry in set.entries() {
        let there = under.iter().flat_map(|node| node.entries());
        let there = there
            .filter(|own| own.key_spot != entry.key_spot && is_meant(&entry.key, &own.key))
            .map(|own| (&own.node, slot.then(&own.key)));
        let there: Vec<(&Node, Slot)> = there.collect();
        let place = place.then(&entry.key);
        let Some(&(_, slot)) = there.first() else {
            if entry.key.contains('*') {
                reader.push(no_entry(entry.key_spot.clone(), &place));
            }
            continue;
        };
        let nodes: Vec<&Node> = there.into_iter().map(|(node, _)| node).collect();
        stars(reader, &entry.node, &nodes, &(place, slot));
    }
}

/// Whether keys lead to something that is written in a tree, or within a figure of it.
fn leads(node: &Node, keys: &[String], slot: Slot) -> bool {
    let Some((key, rest)) = keys.split_first() else {
        return true;
    };
    if slot.is_figure() {
        return true;
    }
    if let Value::List(list) = &node.value {
        let mut items = (1..)
            .zip(list)
            .map(|(n, item): (usize, _)| (n.to_string(), item));
        return items.any(|(number, item)| {
            let rest = if like(key, &number) { rest } else { keys };
            leads(item, rest, slot.then(&number))
        });
    }
    let mut own = node.entries().iter();
    own.any(|own| is_meant(key, &own.key) && leads(&own.node, rest, slot.then(&own.key)))
}

/// Whether a key of a pattern may mean one that is written, be it in a pattern of its own.
fn is_meant(wanted: &str, key: &str) -> bool {
    like(wanted, key) || (key.contains('*') && like(key, wanted))
}
