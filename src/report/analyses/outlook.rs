//! What could be done, and what is likely to be.

use super::super::page::{Chart, Scale};
use super::drawing::grid;
use super::{Illustrated, Placed};
use crate::analysis::Findings;
use crate::analysis::outlook::Outlook;
use crate::model::Model;

impl Illustrated for Outlook {
    fn charts(&self, _: &Model) -> Vec<Placed> {
        let chart = Chart::new(
            "Coverage by requirement",
            "Share of what is required that is met.",
            "%",
        );
        let picture = grid(&self.tables(), "requirements", Scale::Good);
        let placed = picture.map(|picture| ("requirements", chart.view("", picture)));
        placed.into_iter().collect()
    }
}
