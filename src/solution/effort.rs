//! What a plan took to find: its steps, how long each was, and how large what it worked on.

use crate::table::{Cell, Table};
use serde::Serialize;
use std::fmt;
use std::time::Duration;
use web_time::Instant;

/// What was done in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Task {
    /// A model read from its text and checked.
    Read,
    /// The program of a model built.
    Build,
    /// What is still to decide written down.
    Open,
    /// A program made smaller.
    Condense,
    /// Sums that rows have in common taken out.
    Share,
    /// A solver at work.
    Solve,
    /// What a solver found put back into the program as it was.
    Undo,
    /// The certificate computed.
    Certify,
    /// What belongs to the best plans told from what does not, for the next stage.
    Narrow,
    /// Prices chosen among those that are equally right.
    Prices,
    /// A plan in natural units made of what was found.
    Plan,
    /// An analysis made, with the further plans that it takes.
    Analyse,
    /// The plan reported.
    Report,
}

impl Task {
    /// Every task, with the word for it.
    pub const WORDS: [(&'static str, Self); 13] = [
        ("read", Self::Read),
        ("build", Self::Build),
        ("open", Self::Open),
        ("condense", Self::Condense),
        ("share", Self::Share),
        ("solve", Self::Solve),
        ("undo", Self::Undo),
        ("certify", Self::Certify),
        ("narrow", Self::Narrow),
        ("prices", Self::Prices),
        ("plan", Self::Plan),
        ("analyse", Self::Analyse),
        ("report", Self::Report),
    ];
}

impl fmt::Display for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = Self::WORDS.iter().find(|(_, task)| task == self);
        f.write_str(word.map_or("", |(word, _)| word))
    }
}

/// A step on the way to a plan.
///
/// ```
/// use sinews::solution::{Step, Task};
///
/// let step = Step::new(Task::Read, "");
/// assert_eq!((step.task, step.seconds), (Task::Read, 0.0));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct Step {
    /// What was done.
    pub task: Task,
    /// In which stage: `tier 1`, `cost`, `ties`; with `history, ` before it, where that was settled first. Empty outside
    /// of all stages.
    pub stage: String,
    /// How long it took by the clock, in seconds: whatever else the machine does is in it.
    pub seconds: f64,
    /// Of a [`Solve`](Task::Solve): which solver. It may not have had the last word.
    pub solver: Option<String>,
    /// Of a [`Solve`](Task::Solve): its iterations.
    pub iterations: u64,
    /// How many columns the program had that was worked on.
    pub columns: usize,
    /// How many rows it had.
    pub rows: usize,
    /// How many factors other than zero stood in them.
    pub terms: usize,
    /// How many numbers the factored matrix had, where the solver tells: what each of its iterations costs.
    pub factor: Option<usize>,
}

impl Step {
    /// A step that has taken no time yet.
    pub fn new(task: Task, stage: impl Into<String>) -> Self {
        Self {
            task,
            stage: stage.into(),
            seconds: 0.0,
            solver: None,
            iterations: 0,
            columns: 0,
            rows: 0,
            terms: 0,
            factor: None,
        }
    }

    /// The same for a program of so many columns, rows and terms.
    #[must_use]
    pub fn sized(self, columns: usize, rows: usize, terms: usize) -> Self {
        Self {
            columns,
            rows,
            terms,
            ..self
        }
    }

    /// Do the work of the step, which may add what it comes to know; its time is that of the work.
    pub fn time<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        let start = Instant::now();
        let done = work(self);
        self.seconds += start.elapsed().as_secs_f64();
        done
    }
}

/// What a plan took to find, step by step, in the order in which the steps ended.
///
/// Every solve fills it. Counts are the same on every machine, seconds are not: two plans are equal whatever they took.
///
/// ```
/// use sinews::program::Program;
/// use sinews::solution::{Effort, Task};
///
/// let mut effort = Effort::default();
/// let model = effort.time(Task::Read, || sinews::read("models/tiny.toml"))?;
/// let program = effort.time(Task::Build, || Program::of(&model, model.objective.kind));
/// let solution = sinews::solve::solve_program(&model, program, &Default::default())?;
/// effort.steps.extend_from_slice(&solution.effort.steps);
/// assert!(effort.iterations() >= solution.iterations, "also those of answers that did not stand up");
/// println!("{} steps, {:.1} s", effort.steps.len(), effort.seconds());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct Effort {
    /// Every step.
    pub steps: Vec<Step>,
    /// The most memory that was held, in bytes. The library does not ask the system: it is for whoever does.
    pub peak_memory: Option<u64>,
}

impl Effort {
    /// Do some work as a step of its own, outside of all stages.
    pub fn time<T>(&mut self, task: Task, work: impl FnOnce() -> T) -> T {
        let mut step = Step::new(task, "");
        let done = step.time(|_| work());
        self.steps.push(step);
        done
    }

    /// How long all steps took together, in seconds.
    pub fn seconds(&self) -> f64 {
        self.steps.iter().map(|step| step.seconds).sum()
    }

    /// How long all steps of one kind took together.
    pub fn of(&self, task: Task) -> Duration {
        let own = self.steps.iter().filter(|step| step.task == task);
        Duration::try_from_secs_f64(own.map(|step| step.seconds).sum()).unwrap_or_default()
    }

    /// The iterations of all solvers in all stages.
    pub fn iterations(&self) -> u64 {
        self.steps.iter().map(|step| step.iterations).sum()
    }

    /// The steps as a table: those of one kind in one stage, by one solver, in one row, with the largest program that
    /// they worked on.
    pub fn table(&self) -> Table {
        let note = match self.peak_memory {
            Some(bytes) => format!("By the clock. At most {} MiB were held", bytes >> 20),
            None => "By the clock".into(),
        };
        let mut table = Table::new(
            "effort",
            "Where the time went",
            note,
            &["stage", "step", "solver"],
        )
        .columns(["times", "seconds", "share", "iterations"])
        .columns(["columns", "rows", "terms", "factor"])
        .unit("seconds", "s");
        let whole = self.seconds();
        for (first, same) in self.grouped() {
            let all = |of: fn(&Step) -> usize| same.iter().map(|&step| of(step)).max();
            let size = |of| Cell::from(all(of).filter(|&most| most > 0));
            let seconds: f64 = same.iter().map(|step| step.seconds).sum();
            let iterations: u64 = same.iter().map(|step| step.iterations).sum();
            let iterations = usize::try_from(iterations).unwrap_or(usize::MAX);
            table.push(vec![
                first.stage.clone().into(),
                first.task.to_string().into(),
                first.solver.clone().map_or(Cell::from(""), Cell::from),
                same.len().into(),
                Cell::Decimals(seconds, 3),
                if whole > 0.0 {
                    Cell::Share(seconds / whole)
                } else {
                    Cell::Empty
                },
                Cell::from((first.task == Task::Solve).then_some(iterations)),
                size(|step| step.columns),
                size(|step| step.rows),
                size(|step| step.terms),
                size(|step| step.factor.unwrap_or(0)),
            ]);
        }
        table
    }

    /// Steps that are alike, in the order in which the first of them came.
    fn grouped(&self) -> Vec<(&Step, Vec<&Step>)> {
        let mut groups: Vec<(&Step, Vec<&Step>)> = Vec::new();
        for step in &self.steps {
            let alike = |other: &Step| {
                (other.task, &other.stage, &other.solver) == (step.task, &step.stage, &step.solver)
            };
            match groups.iter_mut().find(|(first, _)| alike(first)) {
                Some((_, same)) => same.push(step),
                None => groups.push((step, vec![step])),
            }
        }
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_that_are_alike_stand_in_one_row() {
        let solve = |stage: &str, iterations, columns| Step {
            seconds: 0.5,
            solver: Some("Clarabel".into()),
            iterations,
            ..Step::new(Task::Solve, stage).sized(columns, 2, 3)
        };
        let effort = Effort {
            steps: vec![
                solve("tier 1", 7, 10),
                solve("cost", 5, 8),
                solve("tier 1", 2, 20),
            ],
            peak_memory: Some(3 << 20),
        };
        assert_eq!((effort.iterations(), effort.seconds()), (14, 1.5));
        assert_eq!(effort.of(Task::Solve), Duration::from_millis(1_500));
        assert_eq!(effort.of(Task::Read), Duration::ZERO);
        let table = effort.table();
        assert_eq!(table.note, "By the clock. At most 3 MiB were held");
        let shown = |row: &Vec<Cell>| row.iter().map(Cell::to_string).collect::<Vec<_>>();
        let rows: Vec<_> = table.rows.iter().map(shown).collect();
        assert_eq!(rows.len(), 2);
        assert_eq!(
            rows[0],
            [
                "tier 1", "solve", "Clarabel", "2", "1.000", "67 %", "9", "20", "2", "3", "–"
            ]
        );
    }

    #[test]
    fn every_task_has_a_word_of_its_own() {
        for (word, task) in Task::WORDS {
            assert_eq!(task.to_string(), word);
            assert_eq!(serde_json::to_value(task).expect("a word"), word);
        }
    }
}
