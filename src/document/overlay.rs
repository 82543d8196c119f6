//! Tables laid over those of a model: what a scenario's `set` and a sweep's values do.
//!
//! Tables of fields and of entries are joined. A figure, a text or a list takes the place of what is there,
//! but for two ways to reach what lies within: a figure by year or month, `capacity.2027`, is joined step by
//! step to one that has steps, whichever way it is written; a table by number, `tiers.2`, is laid over those
//! items of a list. And further factors alone, `quantity.times.engaged`, take the place of those that a figure
//! has, in each of its steps: what they multiply stays.

use super::change::like;
use super::slot::{FACTORS, Slot};
use super::tree::{Entry, Node, Value, by_year};
use crate::calendar::Month;
use crate::problem::{Kind, Place, Problem, Problems, Spot};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What scenarios have set: by source and first byte of each value.
#[derive(Clone, Debug, Default)]
pub(super) struct Laid(HashMap<(usize, usize), (Arc<str>, usize)>);

impl Laid {
    pub(super) fn is_nothing(&self) -> bool {
        self.0.is_empty()
    }

    fn get(&self, node: &Node) -> Option<&(Arc<str>, usize)> {
        self.0.get(&(node.spot.source, node.spot.range.start))
    }

    /// The note that covers a value, if a scenario has set it.
    pub(super) fn note(&self, node: &Node) -> Option<&str> {
        self.get(node).map(|(note, _)| note.as_ref())
    }

    /// Which scenario has set a value, counted as they are applied; 0 is the model itself.
    pub(super) fn layer(&self, node: &Node) -> usize {
        self.get(node).map_or(0, |(_, layer)| *layer)
    }
}

/// Tables being laid over others.
pub(super) struct Overlay<'a> {
    laid: &'a mut Laid,
    /// Which scenario lays them.
    layer: usize,
    found: &'a mut Problems,
    /// Factors that some figure has: by source and first byte of where they are laid from.
    met: HashSet<(usize, usize)>,
    /// Factors that some figure does not have.
    missed: Vec<(Spot, Place)>,
}

/// Where something is laid.
#[derive(Clone)]
struct Site {
    /// As it is written, for messages.
    place: Place,
    /// What the format has there.
    slot: Slot,
}

impl Site {
    fn then(&self, written: &str, key: &str) -> Self {
        Self {
            place: self.place.then(written),
            slot: self.slot.then(key),
        }
    }
}

impl<'a> Overlay<'a> {
    /// Tables that are laid by a scenario, counted as they are applied.
    pub(super) fn new(laid: &'a mut Laid, layer: usize, found: &'a mut Problems) -> Self {
        Self {
            laid,
            layer,
            found,
            met: HashSet::new(),
            missed: Vec::new(),
        }
    }

    /// Lay tables over those of a whole model.
    pub(super) fn all(&mut self, base: &mut Node, over: &Node, note: &str) {
        let site = Site {
            place: Place::default(),
            slot: Slot::File,
        };
        self.lay(base, over, &note.into(), &site);
        for (spot, place) in std::mem::take(&mut self.missed) {
            // Of all figures that a pattern names, those that have the factor are meant; each is told once.
            if self.met.insert((spot.source, spot.range.start)) {
                let help =
                    "name a factor that is there, or write the whole figure with all its factors";
                self.nothing(spot, &place, "no such factor in the model", help);
            }
        }
    }

    /// Lay a table over another.
    fn lay(&mut self, base: &mut Node, over: &Node, note: &Arc<str>, site: &Site) {
        let Value::Table(base) = &mut base.value else {
            return;
        };
        let note = own_note(over, note);
        for entry in over.entries() {
            if self.too_late(entry, &site.place) {
                continue;
            }
            let mut met = false;
            for mine in base.iter_mut().filter(|mine| like(&entry.key, &mine.key)) {
                met = true;
                self.replace(mine, entry, &note, &site.then(&entry.key, &mine.key));
            }
            if !met && entry.key.contains('*') {
                let place = site.place.then(&entry.key);
                self.found.push(no_entry(entry.key_spot.clone(), &place));
            } else if !met {
                self.cover(&entry.node, &note);
                base.push(entry.clone());
            }
        }
    }

    /// What is read before scenarios are applied cannot be set by one.
    fn too_late(&mut self, entry: &Entry, around: &Place) -> bool {
        let place = around.then(&entry.key);
        let name = place.to_string();
        let late = ["scenario", "model.include", "model.seeds"].contains(&name.as_str());
        if late {
            let message = format!("`{name}` is read before anything is laid over the model");
            let problem = Problem::new(Kind::NoEffect, entry.key_spot.clone(), message);
            let problem = problem.label("comes too late");
            self.found
                .push(problem.help("write it in the file itself, outside `set`"));
        }
        late
    }

    fn replace(&mut self, mine: &mut Entry, over: &Entry, note: &Arc<str>, site: &Site) {
        let note = &own_note(&over.node, note);
        let steps = has_steps(&mine.node);
        let tables = mine.node.is_table() && over.node.is_table();
        match (site.slot, &mut mine.node.value) {
            (Slot::Figure(true), _) if by_year(over.node.entries()) && steps => {
                return self.steps(&mut mine.node, &over.node, note, site);
            }
            (Slot::Figure(_) | Slot::Step, _) if has_factors_alone(&over.node) => {
                return self.factors(&mut mine.node, &over.node, note, site);
            }
            (Slot::Figure(_) | Slot::Step, _) => {}
            (Slot::List(_), Value::List(list)) if over.node.is_table() => {
                return self.items(list, &over.node, note, site);
            }
            _ if tables => return self.lay(&mut mine.node, &over.node, note, site),
            _ => {}
        }
        if over.key != "note" {
            // A note of the scenario covers what the scenario sets, not what the model has.
            self.cover(&over.node, note);
            mine.node = over.node.clone();
            mine.key_spot = over.key_spot.clone();
        }
    }

    /// Lay tables over the items of a list, counted from 1.
    fn items(&mut self, list: &mut [Node], over: &Node, note: &Arc<str>, site: &Site) {
        for entry in over.entries() {
            let mut met = false;
            for (n, item) in list.iter_mut().enumerate() {
                let number = (n + 1).to_string();
                if like(&entry.key, &number) {
                    met = true;
                    let site = site.then(&entry.key, &number);
                    if item.is_table() && entry.node.is_table() {
                        self.lay(item, &entry.node, note, &site);
                    } else {
                        self.cover(&entry.node, note);
                        *item = entry.node.clone();
                    }
                }
            }
            if !met {
                let place = site.place.then(&entry.key);
                let label = format!("the list has {} items", list.len());
                let help = "count its items from 1, or write the whole list";
                self.nothing(entry.key_spot.clone(), &place, &label, help);
            }
        }
    }

    /// Join figures by year or month to the steps that are there.
    fn steps(&mut self, mine: &mut Node, over: &Node, note: &Arc<str>, site: &Site) {
        for entry in over.entries() {
            let wanted = entry.key.parse::<Month>().ok();
            let (factors, site) = (
                has_factors_alone(&entry.node),
                site.then(&entry.key, &entry.key),
            );
            self.cover(&entry.node, note);
            match &mut mine.value {
                Value::List(list) => {
                    let new = step(entry);
                    self.cover(&new, note);
                    match list.iter_mut().find(|step| month_of(step) == wanted) {
                        Some(step) if factors => self.factors(step, &entry.node, note, &site),
                        Some(step) => *step = new,
                        None => list.push(new),
                    }
                }
                Value::Table(entries) => {
                    let same = |mine: &&mut Entry| mine.key.parse().ok() == wanted;
                    match entries.iter_mut().find(same) {
                        Some(mine) if factors => {
                            self.factors(&mut mine.node, &entry.node, note, &site);
                        }
                        Some(mine) => *mine = entry.clone(),
                        None => entries.push(entry.clone()),
                    }
                }
                _ => {}
            }
        }
    }

    /// Lay further factors over those that a figure has: of one over time, in every step.
    fn factors(&mut self, mine: &mut Node, over: &Node, note: &Arc<str>, site: &Site) {
        let note = &own_note(over, note);
        let own = match &mut mine.value {
            Value::List(list) => {
                return list
                    .iter_mut()
                    .for_each(|step| self.factors(step, over, note, site));
            }
            Value::Table(entries) if by_year(entries) => {
                return entries
                    .iter_mut()
                    .for_each(|step| self.factors(&mut step.node, over, note, site));
            }
            Value::Table(entries) => entries.iter_mut().find(|entry| entry.key == FACTORS),
            _ => None,
        };
        let mut own = match own.map(|own| &mut own.node.value) {
            Some(Value::Table(own)) => Some(own),
            _ => None,
        };
        let site = site.then(FACTORS, FACTORS);
        for entry in over.get(FACTORS).map_or(&[][..], Node::entries) {
            let mut met = false;
            for mine in own.iter_mut().flat_map(|own| own.iter_mut()) {
                if like(&entry.key, &mine.key) {
                    met = true;
                    self.replace(mine, entry, note, &site.then(&entry.key, &mine.key));
                }
            }
            let spot = entry.key_spot.clone();
            if met {
                self.met.insert((spot.source, spot.range.start));
            } else {
                self.missed.push((spot, site.place.then(&entry.key)));
            }
        }
    }

    fn nothing(&mut self, spot: Spot, place: &Place, label: &str, help: &str) {
        self.found
            .push(nothing(spot, place).label(label).help(help));
    }

    /// Let a note cover a value and all within it.
    fn cover(&mut self, node: &Node, note: &Arc<str>) {
        let spot = (node.spot.source, node.spot.range.start);
        self.laid.0.insert(spot, (Arc::clone(note), self.layer));
        match &node.value {
            Value::Table(entries) => {
                let note = own_note(node, note);
                for entry in entries {
                    self.cover(&entry.node, &note);
                }
            }
            Value::List(list) => {
                for node in list {
                    self.cover(node, note);
                }
            }
            _ => {}
        }
    }
}

fn nothing(spot: Spot, place: &Place) -> Problem {
    let message = format!("`{place}` matches nothing");
    Problem::new(Kind::UnknownName, spot, message)
}

/// A pattern of keys that matches no entry.
pub(super) fn no_entry(spot: Spot, place: &Place) -> Problem {
    nothing(spot, place)
        .label("no such entry in the model")
        .help("name entries that are there; `*` stands for any letters of one key")
}

/// The note that a table has of its own, or the one around it.
fn own_note(node: &Node, note: &Arc<str>) -> Arc<str> {
    match node.get("note").map(|node| &node.value) {
        Some(Value::Text(own)) => own.as_str().into(),
        _ => Arc::clone(note),
    }
}

/// Whether a table in the place of a figure says nothing but further factors of it.
fn has_factors_alone(node: &Node) -> bool {
    let others = |entry: &Entry| entry.key != FACTORS && entry.key != "note";
    node.get(FACTORS).is_some_and(Node::is_table) && !node.entries().iter().any(others)
}

/// Whether it is a figure over time that has steps.
fn has_steps(node: &Node) -> bool {
    matches!(node.value, Value::List(_)) || by_year(node.entries())
}

/// The month from which a step of a list holds.
fn month_of(step: &Node) -> Option<Month> {
    match &step.get("from")?.value {
        Value::Text(text) | Value::Date(text) => text.parse().ok(),
        _ => None,
    }
}

/// A figure by year or month as a step of a list.
fn step(entry: &Entry) -> Node {
    let part = |key: &str, node: Node| Entry {
        key: key.into(),
        key_spot: entry.key_spot.clone(),
        node,
    };
    let from = Node {
        value: Value::Text(entry.key.clone()),
        spot: entry.key_spot.clone(),
    };
    let own = entry.node.entries().iter();
    let mut entries: Vec<Entry> = own.filter(|own| own.key != "from").cloned().collect();
    if !entry.node.is_table() {
        entries.push(part("value", entry.node.clone()));
    }
    entries.push(part("from", from));
    Node {
        value: Value::Table(entries),
        spot: entry.node.spot.clone(),
    }
}
