//! Things and how they hang together: flows, tasks, causes.

use super::number::{short, short_or_none};
use serde::Serialize;

/// Flows between nodes. Links run from earlier nodes to later ones, never in a circle.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Flow {
    /// The nodes.
    pub nodes: Vec<Node>,
    /// The flows.
    pub links: Vec<Link>,
    /// Whether what passes a node adds up to something that can be said.
    pub totals: bool,
}

/// A node of a flow.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Node {
    /// Its name.
    pub name: String,
    /// What kind it is: nodes of a kind share a colour.
    pub group: String,
}

/// A flow from one node to another.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Link {
    /// The position of the node it leaves.
    pub from: usize,
    /// The position of the node it reaches.
    pub to: usize,
    /// How wide it is, in the unit of the chart.
    #[serde(serialize_with = "short")]
    pub value: f64,
    /// How much it is in its own unit.
    pub detail: String,
}

/// A map: places, and what goes from one to another.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Map {
    /// How wide and how high it is; all else is measured from its upper left corner, to the right and down.
    pub size: [u32; 2],
    /// The outlines of land, each by its corners: right and down in turn.
    pub outlines: Vec<Vec<i32>>,
    /// The places.
    pub places: Vec<Site>,
    /// What goes from one to another, by the positions of places, the widest first.
    pub links: Vec<Link>,
    /// How many of these are drawn.
    pub drawn: usize,
}

/// A place on a map.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Site {
    /// Its name.
    pub name: String,
    /// Where it is: to the right and down.
    pub at: [i32; 2],
    /// Whether it lies outside: it stands at the edge, in its direction.
    pub outside: bool,
    /// What comes from there, made or given from store, in the unit of the chart.
    #[serde(serialize_with = "short")]
    pub sends: f64,
    /// What arrives there, in the unit of the chart.
    #[serde(serialize_with = "short")]
    pub arrives: f64,
    /// A sentence more on it.
    pub detail: String,
}

/// Tasks on a time line.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Gantt {
    /// The periods, by name.
    pub periods: Vec<String>,
    /// The tasks, first at the top.
    pub tasks: Vec<Task>,
}

/// A task: it starts, is ready, and stays.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Task {
    /// What it is called.
    pub name: String,
    /// The position of the period in which it starts.
    pub start: usize,
    /// The position of the period in which it is ready; past the last one if it is ready later.
    pub ready: usize,
    /// How much of it is done, between 0 and 1.
    #[serde(serialize_with = "short")]
    pub share: f64,
    /// Whether it has passed when it is ready, and nothing stays, as with a delivery.
    pub passes: bool,
    /// What it brings and costs.
    pub detail: String,
}

/// Causes and their causes.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Tree {
    /// Where it begins: what is to be explained.
    pub root: Branch,
}

/// A node of a tree.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Branch {
    /// What it is.
    pub name: String,
    /// How much it weighs, in the unit of the chart.
    #[serde(serialize_with = "short_or_none")]
    pub value: Option<f64>,
    /// A sentence more on it.
    pub detail: String,
    /// What lies behind it.
    pub children: Vec<Branch>,
}
