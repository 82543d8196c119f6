//! What was drawn beside what came of it, one plan a row: for regressions and indices made elsewhere.

use super::MonteCarlo;
use crate::analysis::{Input, Uncertain};
use crate::document::triangular;
use crate::table::{Cell, Table};

impl MonteCarlo {
    /// Every plan as a row: its sample and scenario, what each input was, and each outcome.
    ///
    /// An input is the value of its first figure at its first step, in that figure's unit; what else moves with it
    /// moves at the same share of its range. The names of columns are those of [inputs](Self::inputs) and
    /// [outcomes](Self::outcomes); a date is a year, such as 2027.25 for April 2027. Rows without a plan hold no
    /// outcome.
    pub fn draws(&self) -> Table {
        let about = "A sample and its plan: what each uncertain input was (of figures that move together the first), and what came of it.";
        let inputs = self.inputs.iter().map(|input| input.name.clone());
        let outcomes = self.outcomes.iter().map(ToString::to_string);
        let mut table = Table::new("draws", "Draws", about, &["scenario"])
            .columns(["sample"])
            .columns(inputs)
            .columns(outcomes);
        for input in &self.inputs {
            if let Some(figure) = input.figures.first() {
                table = table.unit(&input.name, &figure.first.unit);
            }
        }
        let count = self.scenarios.len();
        for (&number, row) in &self.results.rows {
            let (sample, (scenario, model)) = (number / count, &self.scenarios[number % count]);
            let mut cells = vec![Cell::from(scenario.key.as_str()), Cell::from(sample)];
            let drawn = self.inputs.iter().zip(&self.shares);
            cells.extend(drawn.map(|(input, shares)| drawn_at(input, shares[sample])));
            let kept = self.outcomes.iter().zip(&row.values);
            cells.extend(kept.map(|(outcome, value)| match outcome {
                super::Outcome::FullFrom(_) => value.map_or(Cell::Empty, Cell::Quantity),
                _ => outcome.cell(model, *value),
            }));
            table.push(cells);
        }
        table
    }
}

/// The value of an input below which a share of its range lies.
fn drawn_at(input: &Input, share: f64) -> Cell {
    let value = |figure: &Uncertain| {
        let mode = figure.first.value;
        match (figure.spread, figure.first.range) {
            (Some(spread), _) => mode * triangular(1.0 - spread, 1.0, 1.0 + spread, share),
            (None, Some((low, high))) => triangular(low, mode, high, share),
            (None, None) => mode,
        }
    };
    let first = input.figures.first();
    first.map_or(Cell::Empty, |figure| Cell::Quantity(value(figure)))
}
