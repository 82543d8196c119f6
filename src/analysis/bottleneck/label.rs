//! What stands at a link of a chain.

use super::cause::Cause;
use crate::ids::{ExpansionId, ItemId};

/// What a part of a price goes back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Label {
    /// An item that is used up.
    Item(ItemId),
    /// Money that is spent.
    Spending,
    /// An expansion of which more could be ordered: capacity is what it costs to build.
    Building(ExpansionId),
    /// What binds, and the year in which it does.
    Leaf(Cause, Option<i32>),
}
