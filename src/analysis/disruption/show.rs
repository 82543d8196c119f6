//! Losses as tables.

use super::Disruption;
use crate::analysis::Findings;
use crate::table::{Cell, Table};

impl Findings for Disruption {
    fn tables(&self) -> Vec<Table> {
        let note = format!(
            "M {0}. Harm: what the best plan without it is worse by, shortfall as the objective counts it and discounted cost; missing: at its value; a second source of half as much would avoid the share shown last.",
            self.currency
        );
        let words = ["lost", "name", "loses most", "unit"];
        let heads = ["units", "harm", "missing", "cost", "avoided"];
        let title = "What each loss does, the worst first";
        let mut losses = Table::new("losses", title, note, &words).columns(heads);
        for loss in &self.losses {
            let (victim, unit, short) = loss.victim.clone().unwrap_or_default();
            losses.push(vec![
                loss.place.clone().into(),
                loss.name.clone().into(),
                victim.into(),
                unit.into(),
                Cell::Quantity(short),
                Cell::Money(loss.harm),
                Cell::Money(loss.missing),
                Cell::Money(loss.cost),
                loss.blunted.map_or(Cell::Empty, Cell::Share),
            ]);
        }
        let note = format!(
            "M {}. Beyond: by how much the harm of both is more than that of each added up; they stand in for one another.",
            self.currency
        );
        let title = "Two at once";
        let mut pairs =
            Table::new("pairs", title, note, &["lost", "and"]).columns(["harm", "beyond"]);
        for pair in &self.pairs {
            let [one, other] = pair.places.clone();
            let (harm, beyond) = (Cell::Money(pair.harm), Cell::Money(pair.beyond));
            pairs.push(vec![one.into(), other.into(), harm, beyond]);
        }
        let title = "Losses that leave no plan";
        let note = "Some rule that has to hold cannot be kept without them.";
        let mut hopeless = Table::new("hopeless", title, note, &["lost", "name", "why"]);
        for (place, name, why) in &self.hopeless {
            let why = why.lines().next().unwrap_or_default();
            hopeless.push(vec![
                place.as_str().into(),
                name.as_str().into(),
                why.into(),
            ]);
        }
        let tables = [hopeless, losses, pairs];
        tables
            .into_iter()
            .filter(|table| !table.rows.is_empty())
            .collect()
    }
}
