//! Every sample in a row: what was drawn beside what came of it.

use super::MonteCarlo;
use crate::analysis::Input;
use crate::table::{Cell, Column, Holds, Table};

impl MonteCarlo {
    /// A row a sample and scenario: what each input was drawn to, then every outcome. A sample without a plan has no
    /// outcomes, but says why.
    pub(super) fn samples(&self) -> Table {
        let note = format!(
            "{} samples, seed {}. An input is the value that its first figure takes in the model of the first scenario that has it; its other figures move with it. Money in {} of the day, discounted in prices of {}.",
            self.samples,
            self.seed,
            self.scenarios[0].1.money.base(),
            self.scenarios[0].1.money.price_year
        );
        let title = "What was drawn, and what came of it";
        let mut table = Table::new("observations", title, note, &["scenario", "failure"]);
        table
            .columns
            .push(Column::new("sample", Holds::Whole("".into())));
        table.columns.extend(self.inputs.iter().map(column));
        let mut table = table.columns(self.outcomes.iter().map(ToString::to_string));
        let count = self.scenarios.len();
        for (&number, row) in &self.results.rows {
            let (sample, (scenario, model)) = (number / count, &self.scenarios[number % count]);
            let failure = row.failure.as_deref().and_then(|why| why.lines().next());
            let mut cells: Vec<Cell> = vec![
                scenario.key.as_str().into(),
                failure.unwrap_or_default().into(),
                sample.into(),
            ];
            let drawn = self.inputs.iter().zip(&self.shares);
            cells.extend(drawn.map(|(input, shares)| Cell::from(input.value(shares[sample]))));
            let outcomes = self.outcomes.iter().zip(&row.values);
            cells.extend(outcomes.map(|(outcome, &value)| outcome.cell(model, value)));
            table.push(cells);
        }
        table
    }
}

/// The column of an input, in the unit of its first figure.
fn column(input: &Input) -> Column {
    let unit = input.figures.first().map(|own| own.first.unit.clone());
    let mut places = input.figures.iter().map(|own| own.place.to_string());
    let mut about = format!("Drawn: `{}`", places.next().unwrap_or_default());
    let others: Vec<String> = places.map(|place| format!("`{place}`")).collect();
    if !others.is_empty() {
        about = format!("{about}, and with it {}", others.join(", "));
    }
    Column {
        about: format!("{about}.").into(),
        ..Column::new(
            input.name.clone(),
            Holds::In(unit.unwrap_or_default().into()),
        )
    }
}
