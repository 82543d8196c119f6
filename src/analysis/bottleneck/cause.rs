//! Causes: what holds a plan back, without the time.

use crate::ids::{ExpansionId, ItemId, LineId, PeriodId, RequirementId};
use crate::model::Model;
use crate::names::Words;
use crate::problem::Place;
use crate::program::{Network, Program, Row, Thing};

/// What holds a plan back.
///
/// ```
/// use sinews::analysis::bottleneck::Cause;
///
/// let model = sinews::read("models/tiny.toml")?;
/// let plant = model.lines.called("plant").expect("there is such a line");
/// assert!(Cause::capacity(plant).binds());
/// # Ok::<(), sinews::problem::Problems>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Cause {
    /// A limit, whatever the time: its row of the first period or year stands for it. Rows that make up one
    /// limit, such as those of a shelf life, have one that stands for all.
    Limit(Row),
    /// The capacity of a line until an expansion that is ordered has opened: its lead time.
    Opening(ExpansionId),
    /// No source of an item can deliver so early.
    NoSource(ItemId),
    /// What it would cost: no bottleneck.
    Cost,
    /// More urgent uses come first: no bottleneck of its own, and negative.
    Urgent,
    /// What else the same unit does, such as filling a store that is required: negative.
    AlsoServes(RequirementId),
    /// What else the same unit does, in rows of no other kind.
    Joint,
}

impl Cause {
    /// The cause that a row stands for.
    pub(crate) fn of(m: &Model, program: &Program, row: Row) -> Self {
        let whole = row.whole(m, program.network());
        if whole.limits() {
            return Self::Limit(whole);
        }
        if let Row::Requirement(r, _) = row {
            return Self::AlsoServes(r);
        }
        Self::Joint
    }

    /// The capacity of a line.
    pub fn capacity(l: LineId) -> Self {
        Self::Limit(Row::Capacity(l, PeriodId::FIRST))
    }

    /// Whether it holds the plan back, and not only belongs to the price.
    pub fn binds(self) -> bool {
        match self {
            Self::Limit(_) | Self::Opening(_) | Self::NoSource(_) => true,
            Self::Cost | Self::Urgent | Self::AlsoServes(_) | Self::Joint => false,
        }
    }

    /// What it is about, if it is about one thing that can be eased.
    pub(super) fn thing(self) -> Option<Thing> {
        match self {
            Self::Limit(row) => Some(row.thing()),
            Self::Opening(e) => Some(Thing::Expansion(e)),
            Self::NoSource(_) | Self::Cost | Self::Urgent | Self::AlsoServes(_) | Self::Joint => {
                None
            }
        }
    }

    /// Where the file says what it is: the figures that would ease it.
    pub(in crate::analysis) fn places(self, m: &Model, n: &Network) -> Vec<Place> {
        match self {
            Self::Limit(row) => {
                let places = row.places(m, n);
                if places.is_empty() {
                    return row.thing().places(m, n, "");
                }
                places
            }
            Self::Opening(e) => Thing::Expansion(e).places(m, n, "lead_time"),
            Self::NoSource(i) => {
                let suppliers = m.suppliers.iter().filter(|(_, q)| q.item == i);
                let makes = |l: &crate::model::Line| l.products.iter().any(|own| own.item == i);
                let lines = m.lines.iter().filter(|(_, line)| makes(line));
                let suppliers = suppliers.map(|(q, _)| Thing::Supplier(q));
                let sources = suppliers.chain(lines.map(|(l, _)| Thing::Line(l)));
                let wait = |thing: Thing| thing.places(m, n, "lead_time");
                sources.flat_map(wait).collect()
            }
            Self::Cost | Self::Urgent | Self::AlsoServes(_) | Self::Joint => Vec::new(),
        }
    }

    /// Whether it is of the same line or supplier as another.
    pub(super) fn is_of_one(self, m: &Model, other: Self) -> bool {
        let line = |cause: Self| cause.thing()?.line(m);
        let supplier = |cause: Self| cause.thing()?.supplier();
        let same = line(self).is_some() && line(self) == line(other);
        same || (supplier(self).is_some() && supplier(self) == supplier(other))
    }

    /// It in words: "the capacity of line `nora`".
    pub fn words(self, m: &Model, program: &Program) -> Words {
        let item = |i: ItemId| Words::default().thing(&m.items[i].key, &m.items[i].name);
        match self {
            Self::Limit(row) => program.cause(m, row),
            Self::Opening(e) => {
                let expansion = Thing::Expansion(e).words(m, program.network());
                Words::about("{} to open", expansion)
            }
            Self::NoSource(i) => {
                Words::about("the first deliveries of {}: no source is so early", item(i))
            }
            Self::Cost => Words::new("what it costs to make"),
            Self::Urgent => Words::new("more urgent uses come first"),
            Self::AlsoServes(r) => {
                let requirement = &m.requirements[r];
                Words::new("it also serves ").thing(&requirement.key, &requirement.name)
            }
            Self::Joint => Words::new("what else the same unit does"),
        }
    }
}
