//! A sweep as tables: the points, then each requirement over the grid.

use super::Sweep;
use crate::analysis::many::failures;
use crate::analysis::{Findings, Outcome};
use crate::table::{Cell, Table};
use std::fmt::Write as _;

impl Sweep {
    fn words(&self) -> Vec<String> {
        let axes = self.axes.iter();
        axes.map(|axis| axis.figures.to_string()).collect()
    }

    fn points(&self) -> Table {
        let kept = |outcome: &Outcome| {
            use Outcome::{CoverageIn, CoverageOf, FullFrom};
            !matches!(outcome, CoverageOf(_) | FullFrom(_) | CoverageIn(_))
        };
        let shown = self.outcomes.iter().enumerate();
        let shown: Vec<_> = shown.filter(|(_, outcome)| kept(outcome)).collect();
        let mut note = format!(
            "Money in M {} of the day, discounted in prices of {}; a price is the mean over time.",
            self.model.money.base(),
            self.model.money.price_year
        );
        if let Some((count, first)) = failures(&self.results) {
            let first = first.lines().next().unwrap_or_default();
            let _ = write!(note, " Points without a plan: {count} ({first}).");
        }
        let words = self.words();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let heads = shown.iter().map(|(_, outcome)| outcome.to_string());
        let mut table = Table::new("points", "A plan for each point", note, &words).columns(heads);
        for (&number, row) in &self.results.rows {
            let settings = self.settings(number).into_iter();
            let cells = shown
                .iter()
                .map(|&(n, outcome)| outcome.cell(&self.model, row.values[n]));
            let settings = settings.map(|setting| Cell::Text(setting.to_string()));
            table.push(settings.chain(cells).collect());
        }
        table
    }

    /// Each requirement at its worst and its best point.
    fn coverage(&self) -> Table {
        let note =
            "Share of what is required over the whole calendar that is met, over all points.";
        let title = "Coverage by requirement over the grid";
        let words = ["requirement", "lowest at", "highest at"];
        let mut table = Table::new("coverage", title, note, &words).columns(["lowest", "highest"]);
        for (n, outcome) in self.outcomes.iter().enumerate() {
            let Outcome::CoverageOf(key) = outcome else {
                continue;
            };
            let rows = self.results.rows.iter();
            let values = rows.filter_map(|(&number, row)| Some((number, row.values[n]?)));
            let mut values: Vec<(usize, f64)> = values.collect();
            values.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
            let (Some(&low), Some(&high)) = (values.first(), values.last()) else {
                continue;
            };
            let mut requirements = self.model.requirements.values();
            let name = requirements.find(|r| r.key == *key);
            let name = name.map_or(key, |requirement| &requirement.name);
            let at = |number: usize| {
                let settings = self.settings(number).into_iter();
                let settings: Vec<String> = settings.map(ToString::to_string).collect();
                settings.join("; ")
            };
            // Where it is the same everywhere, it is lowest and highest nowhere.
            let place = |number| {
                if high.1 - low.1 < 5e-7 {
                    Cell::Empty
                } else {
                    Cell::Text(at(number))
                }
            };
            table.push(vec![
                name.as_str().into(),
                place(low.0),
                place(high.0),
                Cell::Share(low.1),
                Cell::Share(high.1),
            ]);
        }
        table
    }
}

impl Findings for Sweep {
    fn tables(&self) -> Vec<Table> {
        vec![self.points(), self.coverage()]
    }

    fn observations(&self) -> Vec<Table> {
        vec![self.solved()]
    }
}
