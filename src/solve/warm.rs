//! Variations of a solved program on HiGHS, which goes on from a basis instead of from nothing.
//!
//! A program is made smaller in ways that hold wherever its fixed columns are fixed, such as funds and
//! requirements: a variation that moves these only is as small, and HiGHS moves their bounds. Where figures
//! change factors, the variation is made smaller by itself, and the basis carried over by name if other rows
//! or columns are left.

use super::certificate::Checked;
use super::condense::{Condensed, Scale};
use super::hot::{Basis, Begin, Hot};
use super::linear::{Face, Found, Linear, Open};
use super::{Failure, Limits};
use crate::program::{Column, Program, Row};
use crate::solution::{Answer, Task};
use std::collections::HashMap;

/// The first plan as HiGHS left it.
#[derive(Debug)]
pub(super) struct Start {
    varying: Varying,
    basis: Basis,
    /// The iterations after which a solve from this basis is given up.
    most: u64,
}

/// How many times as many iterations as from the first plan a solve may take that goes on from the last:
/// those after it profit from it.
const FARTHER: u64 = 3;

impl Start {
    /// The first plan, and what variations start from. `None`: no plan stood up, or nothing was left to solve.
    pub(super) fn of(
        program: &Program,
        limits: &Limits,
    ) -> Result<Option<(Self, Answer)>, Failure> {
        let varying = Varying::of(program);
        if varying.linear().columns.is_empty() {
            return Ok(None);
        }
        let mut hot = Hot::load(varying.linear())?;
        let mut run = || hot.run(Begin::Nothing, limits);
        let found = limits.solving("HiGHS", varying.linear(), |_| run())?;
        let answer = varying.answer(program, &found, limits);
        let start = hot.basis().map(|basis| Self {
            varying,
            basis,
            most: (found.iterations / 8).max(500),
        });
        Ok(start.zip(answer))
    }
}

/// A program with every column in it, those that are fixed as well, and the same made smaller in ways
/// that hold wherever these are fixed.
#[derive(Clone, Debug)]
struct Varying {
    open: Open,
    condensed: Condensed,
}

impl Varying {
    fn of(program: &Program) -> Self {
        let stages = program.stages();
        let stage = stages
            .first()
            .expect("a program with a single stage has it");
        let open = Face::whole(program).open(program, stage);
        let condensed = Condensed::varying(&open.linear, Scale::AtMost(1_000.0));
        Self { open, condensed }
    }

    /// What is left to solve.
    fn linear(&self) -> &Linear {
        &self.condensed.linear
    }

    /// Make it that of a program in which fixed columns are fixed elsewhere.
    fn move_to(&mut self, program: &Program) {
        for (own, &j) in self.open.linear.columns.iter_mut().zip(&self.open.columns) {
            let column = &program.columns()[j];
            (own.lower, own.upper) = (column.lower, column.upper);
        }
        self.condensed.move_to(&self.open.linear);
    }

    /// The names of the columns and rows that are left.
    fn names(&self, program: &Program) -> (Vec<Column>, Vec<Row>) {
        let (columns, rows) = (self.condensed.columns.iter(), self.condensed.rows.iter());
        let columns = columns.map(|&j| program.columns()[self.open.columns[j]].name);
        let rows = rows.map(|&n| program.rows().name(self.open.rows[n]));
        (columns.collect(), rows.collect())
    }

    /// What was found for the program made smaller as the answer of its one stage, if its certificate holds.
    fn answer(&self, program: &Program, found: &Found, limits: &Limits) -> Option<Answer> {
        let whole = &self.open.linear;
        let undo = || self.condensed.undo(whole, found);
        let found = limits.step(Task::Undo, whole, |_| undo());
        let Checked { found, certificate } = Checked::of(whole, found, limits);
        let stages = program.stages();
        let columns = self.open.whole_plan(&Face::whole(program), &found);
        certificate.holds().then(|| Answer {
            certificate: certificate.in_units(program, &columns),
            columns,
            stages: vec![(
                stages[0].name.clone(),
                certificate.value,
                self.open.all_duals(program.rows().len(), &found),
            )],
            solver: "HiGHS",
            iterations: found.iterations,
            tie_broken: false,
            effort: limits.record.effort(),
        })
    }
}

/// Solves variations one after another, each by changing what HiGHS holds.
#[derive(Debug, Default)]
pub(super) struct Warm(Option<Loaded>);

/// A variation that HiGHS holds.
#[derive(Debug)]
struct Loaded {
    hot: Hot,
    varying: Varying,
    /// Whether it is the first program but for where fixed columns are fixed.
    moved: bool,
    /// What is left of it, by name.
    names: (Vec<Column>, Vec<Row>),
    /// The first plan's basis.
    first: Basis,
}

impl Warm {
    /// Solve a variation of the first program: from the basis of its plan, or going on from what was solved
    /// last. Where that takes too long, from nothing. `None`: the answer did not stand up.
    pub(super) fn solve(
        &mut self,
        program: &Program,
        first: &Program,
        start: &Start,
        go_on: bool,
        limits: &Limits,
    ) -> Result<Option<Answer>, Failure> {
        let last = self.load(program, first, start)?;
        let own = self.0.as_mut().expect("just loaded");
        let from = match &last {
            Some(basis) if go_on => Begin::Basis(basis, FARTHER * start.most),
            None if go_on && own.hot.stands() => Begin::Last(FARTHER * start.most),
            _ => Begin::Basis(&own.first, start.most),
        };
        let linear = own.varying.linear();
        let mut run = |from| limits.solving("HiGHS", linear, |_| own.hot.run(from, limits));
        let found = match run(from) {
            Err(Failure::Solver { .. }) => run(Begin::Nothing)?,
            found => found?,
        };
        Ok(own.varying.answer(program, &found, limits))
    }

    /// Change what is loaded into a variation; or load it, if it has other columns or rows. Gives the basis
    /// of the last solve, carried over, if it was loaded.
    fn load(
        &mut self,
        program: &Program,
        first: &Program,
        start: &Start,
    ) -> Result<Option<Basis>, Failure> {
        let moved = program.is_moved(first);
        if let Some(own) = self.0.as_mut().filter(|own| moved && own.moved) {
            own.varying.move_to(program);
            own.hot.bound(&own.varying.linear().columns)?;
            return Ok(None);
        }
        let varying = if moved {
            let mut varying = start.varying.clone();
            varying.move_to(program);
            varying
        } else {
            Varying::of(program)
        };
        let (linear, names) = (varying.linear(), varying.names(program));
        // By name as well: the first plan's basis must stand where it would on a solver that is new.
        let fits = |own: &&mut Loaded| own.names == names && own.hot.fits(linear);
        if let Some(own) = self.0.as_mut().filter(fits) {
            own.hot.change(linear)?;
            (own.varying, own.moved) = (varying, moved);
            return Ok(None);
        }
        let last = self.0.as_ref().filter(|own| own.hot.stands());
        let last = last.and_then(|own| Some(own.hot.basis()?.carried(&own.names, &names)));
        self.0 = Some(Loaded {
            hot: Hot::load(linear)?,
            first: start.basis.carried(&start.varying.names(first), &names),
            varying,
            moved,
            names,
        });
        Ok(last)
    }
}

impl Basis {
    /// The same for a program with other columns or rows, by their names.
    fn carried(&self, from: &(Vec<Column>, Vec<Row>), to: &(Vec<Column>, Vec<Row>)) -> Self {
        let columns: HashMap<_, _> = from.0.iter().zip(&self.columns).collect();
        let rows: HashMap<_, _> = from.1.iter().zip(&self.rows).collect();
        let known = |found: Option<&&_>, new| found.map_or(new, |&&status| status);
        let column = |name| known(columns.get(name), Self::AT_LOWER);
        let row = |name| known(rows.get(name), Self::BASIC);
        Self {
            columns: to.0.iter().map(column).collect(),
            rows: to.1.iter().map(row).collect(),
        }
    }
}

#[cfg(test)]
impl Warm {
    /// One whose solver holds another program than it is taken to.
    pub(super) fn mistaken(first: &Program, start: &Start) -> Self {
        let mut new = Self::default();
        new.load(first, first, start).expect("loaded");
        let hot = &mut new.0.as_mut().expect("loaded").hot;
        let mut other = start.varying.linear().clone();
        for factor in &mut other.aim {
            *factor *= 0.5;
        }
        hot.change(&other).expect("changed");
        hot.mistake_for(start.varying.linear());
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ObjectiveKind;
    use crate::solve::Options;

    /// A solver that holds another program than it is taken to gives an answer that does not stand up; so
    /// does one whose basis is no basis, unless it finds its way.
    #[test]
    fn what_does_not_stand_up_is_refused() {
        let model = crate::read("models/shells.toml").expect("a model");
        let program = Program::of(&model, ObjectiveKind::Weighted);
        let limits = Limits::of(&Options::default());
        let (start, plan) = Start::of(&program, &limits)
            .expect("solved")
            .expect("a plan");
        let mut warm = Warm::mistaken(&program, &start);
        for go_on in [false, true] {
            let answer = warm.solve(&program, &program, &start, go_on, &limits);
            assert!(answer.expect("solved").is_none(), "another program's");
        }

        let mut warm = Warm::default();
        warm.load(&program, &program, &start).expect("loaded");
        let loaded = warm.0.as_mut().expect("loaded");
        loaded.first.columns.fill(Basis::AT_LOWER);
        loaded.first.rows.fill(Basis::AT_LOWER);
        let answer = warm.solve(&program, &program, &start, false, &limits);
        let (found, wanted) = (answer.expect("solved").expect("a plan"), &plan.stages[0].1);
        assert!((found.stages[0].1 - wanted).abs() <= 1e-7 * wanted.abs());
    }
}
