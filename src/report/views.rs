//! Every table of a plan that text, Markdown and the page without a script show.

use super::order::Order;
use super::view::{self, View};
use super::{evidence, prices, unspent};
use crate::model::Model;
use crate::solution::Solution;

/// Those that have something in them.
pub(super) fn all(m: &Model, s: &Solution) -> Vec<View> {
    let mut views = view::decisions(m, s, &Order::of(m, s));
    views.extend([unspent::view(m, s), prices::view(m, s), evidence::view(m)]);
    views.retain(|view| !view.rows.is_empty());
    views
}
