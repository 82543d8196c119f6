//! The names a document declares, before anything refers to them.

use super::quantity::{Unit, is_reserved};
use super::reader::Reader;
use super::tree::{Entry, Node, Value};
use crate::ids::{HolderId, HubId, Id, ItemId, LineId, RegionId, ResourceId, SupplierId, Table};
use crate::problem::{Kind, Problem};
use std::collections::BTreeMap;

/// Every declared name and its id, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) regions: BTreeMap<String, RegionId>,
    pub(super) items: BTreeMap<String, ItemId>,
    pub(super) resources: BTreeMap<String, ResourceId>,
    pub(super) lines: BTreeMap<String, LineId>,
    pub(super) suppliers: BTreeMap<String, SupplierId>,
    pub(super) holders: BTreeMap<String, HolderId>,
    pub(super) hubs: BTreeMap<String, HubId>,
    /// What each item counts in.
    pub(super) item_units: Table<ItemId, String>,
    /// What each resource counts in.
    pub(super) resource_units: Table<ResourceId, String>,
    /// The names of blocs that no country table declares, in the order they are met.
    pub(super) blocs: Vec<String>,
}

impl Names {
    pub(super) fn of(root: &Node, reader: &mut Reader<'_>) -> Self {
        let mut names = Self {
            regions: declared(root, "country"),
            items: declared(root, "item"),
            resources: declared(root, "resource"),
            lines: declared(root, "line"),
            suppliers: declared(root, "supplier"),
            holders: declared(root, "holder"),
            hubs: declared(root, "hub"),
            ..Self::default()
        };
        names.item_units = entries(root, "item")
            .iter()
            .map(|e| unit(e, reader))
            .collect();
        names.resource_units = entries(root, "resource")
            .iter()
            .map(|e| unit(e, reader))
            .collect();
        for bloc in entries(root, "country")
            .iter()
            .filter_map(|e| e.node.get("blocs"))
        {
            let Value::List(list) = &bloc.value else {
                continue;
            };
            for node in list {
                let Value::Text(bloc) = &node.value else {
                    continue;
                };
                if !names.regions.contains_key(bloc) {
                    let next = RegionId::at(names.regions.len());
                    names.regions.insert(bloc.clone(), next);
                    names.blocs.push(bloc.clone());
                }
            }
        }
        names
    }

    /// What an item counts in.
    pub(super) fn unit(&self, item: ItemId) -> &str {
        self.item_units.get(item).map_or(NO_UNIT, String::as_str)
    }
}

/// Stands for a unit that could not be read.
pub(super) const NO_UNIT: &str = "piece";

/// The entries of a top table.
pub(super) fn entries<'a>(root: &'a Node, table: &str) -> &'a [Entry] {
    root.get(table).map_or(&[], Node::entries)
}

fn declared<I: Id>(root: &Node, table: &str) -> BTreeMap<String, I> {
    let keys = entries(root, table).iter().enumerate();
    keys.map(|(n, entry)| (entry.key.clone(), I::at(n)))
        .collect()
}

/// The unit that an entry declares; quantities may then use it.
fn unit(entry: &Entry, reader: &mut Reader<'_>) -> String {
    let Some(node) = entry.node.get("unit") else {
        reader.lost_units = true;
        return NO_UNIT.into();
    };
    let Value::Text(unit) = &node.value else {
        reader.lost_units = true;
        return NO_UNIT.into();
    };
    let read = Unit::read(unit);
    let single = read
        .as_ref()
        .is_ok_and(|read| read.names().count() == 1 && !unit.contains('/'));
    if is_reserved(unit) || !single {
        let message = format!("`{unit}` cannot be the unit of `{}`", entry.key);
        let problem = Problem::new(Kind::ReservedUnit, node.spot.clone(), message)
            .label("not a word of its own")
            .help("write one word that is no unit of time and no currency, such as `\"round\"`");
        reader.push(problem);
        reader.lost_units = true;
        return NO_UNIT.into();
    }
    reader
        .units
        .extend(read.iter().flat_map(Unit::names).map(str::to_owned));
    unit.clone()
}
