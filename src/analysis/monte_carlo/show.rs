//! Samples as tables: what is likely, how sure that is, and what drives it.

use super::MonteCarlo;
use crate::analysis::many::failures;
use crate::analysis::outcome::date;
use crate::analysis::{Findings, Outcome};
use crate::table::number::share;
use crate::table::{Cell, Column, Holds, Table};
use std::fmt::Write as _;

/// How many drivers are shown for an outcome.
const DRIVERS: usize = 12;
/// The outcomes of the plan as a whole.
const WHOLE: [Outcome; 4] = [
    Outcome::Coverage,
    Outcome::Missing,
    Outcome::Cost,
    Outcome::Discounted,
];

impl MonteCarlo {
    pub(super) fn column(&self, outcome: &Outcome) -> Option<usize> {
        self.outcomes.iter().position(|other| other == outcome)
    }

    /// Every scenario by number with its key; the key is left out where there is one scenario.
    fn named(&self) -> impl Iterator<Item = (usize, Option<Cell>)> {
        let several = self.scenarios.len() > 1;
        let named = self.scenarios.iter().enumerate();
        named.map(move |(n, (s, _))| (n, several.then(|| Cell::from(s.key.as_str()))))
    }

    fn words<'a>(&self, words: &[&'a str]) -> Vec<&'a str> {
        let scenario = (self.scenarios.len() > 1).then_some("scenario");
        words.iter().copied().chain(scenario).collect()
    }

    fn chances(&self) -> Table {
        let mut note = self.record_in_words();
        let _ = write!(
            note,
            "{} samples of {} uncertain inputs, seed {}. Met in full over the whole calendar; coverage and the date from which on all is met, at quantiles.",
            self.samples,
            self.inputs.len(),
            self.seed
        );
        if let Some((count, first)) = failures(&self.results) {
            let first = first.lines().next().unwrap_or_default();
            let _ = write!(note, " Samples without a plan: {count} ({first}).");
        }
        let model = &self.scenarios[0].1;
        let title = "How likely each requirement is met";
        let mut table = Table::new("chances", title, note, &self.words(&["requirement"]))
            .columns(["in full", "5 %", "50 %", "95 %", "full from", "or later"]);
        for requirement in model.requirements.values() {
            let key = &requirement.key;
            let coverage = self.column(&Outcome::CoverageOf(key.clone()));
            let dates = self.column(&Outcome::FullFrom(key.clone()));
            let Some((coverage, dates)) = coverage.zip(dates) else {
                continue;
            };
            for (s, scenario) in self.named() {
                let Some(chance) = self.chance(s, key) else {
                    continue;
                };
                let spread = self.statistics(s, coverage);
                let share = |q| spread.quantile(q).map_or(Cell::Empty, Cell::Share);
                let from = self.statistics(s, dates);
                let from = |q| from.quantile(q).map_or(Cell::Empty, |at| date(model, at));
                let mut row = vec![Cell::from(requirement.name.as_str())];
                row.extend(scenario);
                row.extend([Cell::Share(chance), share(0.05), share(0.5), share(0.95)]);
                row.extend([from(0.5), from(0.95)]);
                table.push(row);
            }
        }
        table
    }

    fn spread(&self) -> Table {
        let model = &self.scenarios[0].1;
        let note = format!(
            "Money in M {} of the day, discounted in prices of {}. Half of the samples lie between 25 % and 75 %.",
            model.money.base(),
            model.money.price_year
        );
        let words = self.words(&["what"]);
        let title = "How the plan as a whole is spread";
        let heads = ["mean", "deviation", "5 %", "25 %", "50 %", "75 %", "95 %"];
        let mut table = Table::new("spread", title, note, &words).columns(heads);
        for outcome in &WHOLE {
            let Some(n) = self.column(outcome) else {
                continue;
            };
            for (s, scenario) in self.named() {
                let found = self.statistics(s, n);
                let cell = |number| outcome.cell(model, number);
                let mut row = vec![Cell::from(outcome.to_string())];
                row.extend(scenario);
                row.extend([cell(Some(found.mean)), cell(Some(found.deviation))]);
                row.extend([0.05, 0.25, 0.5, 0.75, 0.95].map(|q| cell(found.quantile(q))));
                table.push(row);
            }
        }
        table
    }

    fn convergence(&self) -> Table {
        let model = &self.scenarios[0].1;
        let note = "Means over the first and the second half of the samples, over all, and the standard error of the last.";
        let title = "Whether there are samples enough";
        let heads = ["first half", "second half", "all", "error"];
        let words = self.words(&["what"]);
        let mut table = Table::new("convergence", title, note, &words).columns(heads);
        for outcome in &WHOLE {
            let Some(n) = self.column(outcome) else {
                continue;
            };
            for (s, scenario) in self.named() {
                let found = self.statistics(s, n);
                let (first, second) = found.halves;
                let mut row = vec![Cell::from(outcome.to_string())];
                row.extend(scenario);
                let means = [first, second, found.mean, found.error];
                row.extend(means.map(|number| outcome.cell(model, Some(number))));
                table.push(row);
            }
        }
        table
    }

    /// What the first samples say of the headline: coverage by value.
    fn running_table(&self) -> Table {
        let model = &self.scenarios[0].1;
        let note = "Coverage by value over the first so many samples: the mean, its standard error, and quantiles. Once they no longer move by more than matters, there are samples enough.";
        let title = "What the first samples say";
        let words = self.words(&[]);
        let mut table = Table::new("running", title, note, &words);
        table
            .columns
            .push(Column::new("samples", Holds::Whole("".into())));
        let mut table = table.columns(["mean", "error", "5 %", "50 %", "95 %"]);
        let Some(n) = self.column(&Outcome::Coverage) else {
            return table;
        };
        for (s, scenario) in self.named() {
            for found in self.running(s, n) {
                let cell = |number: f64| Outcome::Coverage.cell(model, Some(number));
                let mut row: Vec<Cell> = scenario.clone().into_iter().collect();
                row.push(found.samples.into());
                let numbers = [found.mean, found.error, found.low, found.median, found.high];
                row.extend(numbers.map(cell));
                table.push(row);
            }
        }
        table
    }

    fn driven(&self) -> Table {
        let mut note = "Rank correlation, from -1 to 1; the share of the variance that the input explains by itself, and in all, together with others; each with its standard error.".to_owned();
        let title = "What drives the spread";
        let words = self.words(&["outcome", "input"]);
        let heads = ["correlation", "explains", "error", "in all", "its error"];
        let mut correlated = false;
        let mut table = Table::new("drivers", title, "", &words).columns(heads);
        for outcome in [Outcome::Missing, Outcome::Cost] {
            let Some(n) = self.column(&outcome) else {
                continue;
            };
            for (s, scenario) in self.named() {
                let (drivers, surrogate) = self.driven_by(s, n);
                for driver in drivers.into_iter().take(DRIVERS) {
                    let input = &self.inputs[driver.input];
                    let name = match input.figures.len() {
                        1 => input.name.clone(),
                        count => format!("{} (of {count})", input.name),
                    };
                    let mut row = vec![Cell::from(outcome.to_string()), Cell::from(name)];
                    row.extend(scenario.clone());
                    row.push(Cell::Quantity(driver.correlation));
                    for found in [driver.first_order, driver.total] {
                        let cell = |number: Option<f64>| number.map_or(Cell::Empty, Cell::Share);
                        row.extend([cell(found.map(|f| f.value)), cell(found.map(|f| f.error))]);
                    }
                    table.push(row);
                }
                if self.inputs.iter().any(|input| input.tends_with.is_some()) {
                    correlated = true;
                }
                if let Some(surrogate) = surrogate {
                    let of = match &scenario {
                        Some(Cell::Text(key)) => format!("{outcome} in `{key}`"),
                        _ => outcome.to_string(),
                    };
                    let _ = write!(
                        note,
                        " In all: of a polynomial of {} terms, which explains {} of the variance of {of} in samples that it has not seen.",
                        surrogate.terms,
                        share(surrogate.explained)
                    );
                }
            }
        }
        if correlated {
            note.push_str(" Some inputs are correlated: what one explains by itself holds what it says of those, and what inputs explain together is left out.");
        }
        table.note = note;
        table
    }

    fn differences(&self) -> Table {
        let (first, model) = &self.scenarios[0];
        let note = format!(
            "By how much more than in `{}`, over the same samples; the share of samples in which it is more.",
            first.key
        );
        let title = "Scenarios on the same draws";
        let heads = ["mean", "error", "5 %", "50 %", "95 %", "more in"];
        let mut table =
            Table::new("differences", title, note, &["what", "scenario"]).columns(heads);
        for outcome in &WHOLE {
            let Some(n) = self.column(outcome) else {
                continue;
            };
            for (s, (scenario, _)) in self.scenarios.iter().enumerate().skip(1) {
                let found = self.difference(s, n);
                let cell = |number| outcome.cell(model, number);
                let mut row = vec![outcome.to_string().into(), scenario.key.as_str().into()];
                row.extend([cell(Some(found.mean)), cell(Some(found.error))]);
                row.extend([0.05, 0.5, 0.95].map(|q| cell(found.quantile(q))));
                row.push(Cell::Share(found.above(0.0)));
                table.push(row);
            }
        }
        table
    }
}

impl Findings for MonteCarlo {
    fn tables(&self) -> Vec<Table> {
        let mut tables = vec![self.chances(), self.spread()];
        if self.scenarios.len() > 1 {
            tables.push(self.differences());
        }
        tables.extend([self.driven(), self.convergence(), self.running_table()]);
        tables
    }

    fn observations(&self) -> Vec<Table> {
        vec![self.samples()]
    }
}
