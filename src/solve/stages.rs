//! The stages: each aim is made least on the plans that are best for the aims before it.

use super::certificate::Checked;
use super::faint;
use super::ground::BestPlans;
use super::linear::{Face, Found, Linear, Open};
use super::{Device, Engine, Failure, Limits, Progress, Worker};
use crate::ids::RequirementId;
use crate::program::{Program, Row, Stage};
use crate::solution::{Answer, Certificate, Step, Task};

/// How much worse than its best an earlier aim may be where it is held by a limit, as a share of it: the first of these with
/// which a later aim gains no more than rounding may hide.
const CAPS: [f64; 3] = [1e-9, 1e-11, 1e-13];
/// What the room in those limits may buy, as a share of what the later aim is worth.
const ENOUGH: f64 = Certificate::GAP / 10.0;
/// What rounding may hide of a gap, in shares.
const ROUNDING: f64 = 1e-9;
/// Shares of requirements that differ by no more are the same level.
const SAME_LEVEL: f64 = 1e-6;

/// In programs with no more columns the face of an aim is given up where it is unclear; larger ones have too many columns
/// that are a little off both ways for that.
const SMALL: usize = 2_000;

/// How near the plan with whole decisions must come to the value that they were made for.
const WHOLE_GAP: f64 = 1e-5;

/// Solve every stage of a program. What one solver decides as a whole and does not stand up, another decides.
pub(super) fn run(
    program: &Program,
    engine: Engine,
    limits: &Limits,
    tie_break: bool,
) -> Result<(Answer, BestPlans), Failure> {
    let found = decided_by(engine, program, limits, tie_break);
    let is_whole = program.columns().iter().any(|column| column.whole);
    if let Err(Failure::Uncertified { .. } | Failure::Solver { .. }) = &found
        && is_whole
    {
        for &whole in Worker::WHOLE.iter().filter(|&&own| own != engine.whole) {
            let engine = Engine { whole, ..engine };
            let other = decided_by(engine, program, limits, tie_break);
            if let Ok(_) | Err(Failure::TimeLimit | Failure::Cancelled) = other {
                return other;
            }
        }
    }
    found
}

fn decided_by(
    engine: Engine,
    program: &Program,
    limits: &Limits,
    tie_break: bool,
) -> Result<(Answer, BestPlans), Failure> {
    let mut stages = program.stages();
    stages.retain(|stage| stage.priced || stage.levels || tie_break);
    let on = |faces: Faces| {
        let mut run = Run::of(program, engine, limits, stages.len());
        run.faces = faces;
        let loose = faces == Faces::Loose;
        (run.face.loose, run.all.loose) = (loose, loose);
        let found = run.all_stages(engine, &stages);
        (run.blurred, found.map(|answer| (answer, run.ground)))
    };
    let (blurred, found) = on(Faces::AtBounds);
    if !blurred {
        return found;
    }
    match on(Faces::Loose).1 {
        Err(Failure::Infeasible { .. } | Failure::Uncertified { .. } | Failure::Solver { .. }) => {
            on(Faces::OrHeld).1
        }
        found => found,
    }
}

/// What the plans that are best so far are taken to be, and what is done where rounding leaves nothing of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Faces {
    /// Columns are settled at their bounds; a large program of which nothing is left is given up, to be tried on loose faces.
    AtBounds,
    /// Columns are settled where they were found; else earlier aims are held by limits.
    Loose,
    /// Columns are settled at their bounds; else earlier aims are held by limits.
    OrHeld,
}

/// A solve under way.
struct Run<'a> {
    program: &'a Program,
    worker: Worker,
    limits: &'a Limits,
    /// The plans that are best for every aim so far.
    face: Face,
    /// All plans that keep what was decided for good: whole columns, levels that cannot be raised.
    all: Face,
    /// Whether earlier aims are held by limits on their values instead of by the face.
    capped: bool,
    /// Whether rounding left open what the face is.
    unclear: bool,
    /// What faces are taken to be.
    faces: Faces,
    /// Whether rounding left nothing of a face, where a loose one may have something left.
    blurred: bool,
    /// Who decided what is whole, and what the first aim is to reach with it.
    promised: Option<(Worker, f64)>,
    /// Solvers that settled what the first one could not.
    helpers: Vec<&'static str>,
    number: usize,
    of: usize,
    columns: Vec<f64>,
    stages: Vec<(String, f64, Vec<f64>)>,
    ground: BestPlans,
    /// Every aim made least so far, and the value it reached.
    aims: Vec<(Stage, f64)>,
    certificate: Certificate,
    iterations: u64,
}

impl<'a> Run<'a> {
    fn of(program: &'a Program, engine: Engine, limits: &'a Limits, stages: usize) -> Self {
        Self {
            program,
            worker: engine.smooth,
            limits,
            face: Face::of(program),
            all: Face::of(program),
            capped: !limits.uses(Device::Face),
            unclear: false,
            faces: Faces::AtBounds,
            blurred: false,
            promised: None,
            helpers: Vec::new(),
            number: 0,
            of: stages,
            columns: Vec::new(),
            stages: Vec::new(),
            ground: BestPlans::new(engine.smooth),
            aims: Vec::new(),
            certificate: Certificate::default(),
            iterations: 0,
        }
    }

    /// Go through all stages, and settle who pays.
    fn all_stages(&mut self, engine: Engine, stages: &[Stage]) -> Result<Answer, Failure> {
        if self.program.columns().iter().any(|column| column.whole) {
            self.decide_whole(engine.whole)?;
        }
        let mut tie_broken = false;
        for stage in stages {
            if stage.levels {
                self.raise_lowest(stage)?;
            } else if stage.priced {
                self.stage(stage)?;
            } else {
                tie_broken = self.break_ties(stage)?;
            }
        }
        if !self.settle_payers()? {
            tie_broken = false;
        }
        let certificate = self.so_far().in_units(self.program, &self.columns);
        if !certificate.holds() {
            return Err(self.uncertified("all", certificate));
        }
        Ok(Answer {
            columns: std::mem::take(&mut self.columns),
            stages: std::mem::take(&mut self.stages),
            certificate,
            solver: together(engine.smooth, &self.helpers),
            iterations: self.iterations,
            tie_broken,
            effort: self.limits.record.effort(),
        })
    }

    /// Make one aim least, and keep to the plans that are best for it.
    fn stage(&mut self, stage: &Stage) -> Result<(Open, Found, Certificate), Failure> {
        let (open, found, certificate) = self.solved(stage)?;
        let value = certificate.value;
        if let Some((decided_by, promised)) = self.promised.take() {
            kept(stage, decided_by, promised, value)?;
        }
        // The tie-break is worth nothing: the value of a plan is that of its last priced stage.
        let kept = if stage.priced {
            value
        } else {
            self.certificate.value
        };
        self.certificate = Certificate {
            value: kept,
            ..self.certificate.and(certificate)
        };
        self.iterations += found.iterations;
        if found.solver != self.worker.name() && !self.helpers.contains(&found.solver) {
            self.helpers.push(found.solver);
        }
        self.columns = open.whole_plan(&self.face, &found);
        if stage.priced {
            let duals = open.all_duals(self.program.rows().len(), &found);
            self.stages.push((stage.name.clone(), value, duals));
            self.ground.push(&open, &found);
        }
        if !stage.levels {
            self.aims.push((stage.clone(), value));
        }
        let factor = faint::factor(stage);
        let small = open.linear.columns.len() <= SMALL;
        self.unclear |= small && !stage.levels && Face::is_unclear(&open, &found, factor);
        if !self.capped {
            let narrow = |_: &mut Step| self.face.narrow(&open, &found, factor);
            let record = &self.limits.record;
            record.step(Task::Narrow, &stage.name, &open.linear, narrow);
        }
        Ok((open, found, certificate))
    }

    /// The best plan for an aim: of those that are best for the aims before it, as the face has them; where
    /// rounding leaves nothing of the face, or leaves it open, as limits on the values that those aims reached.
    fn solved(&mut self, stage: &Stage) -> Result<(Open, Found, Certificate), Failure> {
        self.number += 1;
        if self.capped {
            return self.held(stage, &self.face);
        }
        if self.unclear
            && let Ok(held) = self.held(stage, &self.all)
        {
            self.hold();
            return Ok(held);
        }
        let by_face = self.on_face(stage);
        match by_face {
            Err(
                Failure::Infeasible { .. } | Failure::Uncertified { .. } | Failure::Solver { .. },
            ) if !self.columns.is_empty() => {
                if self.may_be_looser(stage) {
                    self.blurred = true;
                    return by_face;
                }
                let held = self.held(stage, &self.all)?;
                self.hold();
                Ok(held)
            }
            by_face => by_face,
        }
    }

    /// What a face leaves to decide, for an aim.
    fn opened(&self, face: &Face, stage: &Stage) -> Open {
        let mut step = Step::new(Task::Open, &stage.name);
        let open = step.time(|_| face.open(self.program, stage));
        let Linear {
            columns,
            senses,
            terms,
            ..
        } = &open.linear;
        let step = step.sized(columns.len(), senses.len(), terms.len());
        self.limits.record.keep(step);
        open
    }

    /// Whether a face of which nothing is left may have something left where columns are settled as they were found. Small
    /// programs are refined, and the tie-break is not worth to start again.
    fn may_be_looser(&self, stage: &Stage) -> bool {
        let large = self.program.columns().len() > SMALL;
        large && self.faces == Faces::AtBounds && (stage.priced || stage.levels)
    }

    /// From here on earlier aims are held by limits on their values.
    fn hold(&mut self) {
        self.capped = true;
        self.face = self.all.clone();
    }

    /// The best plan for an aim of those on the face.
    fn on_face(&self, stage: &Stage) -> Result<(Open, Found, Certificate), Failure> {
        let open = self.opened(&self.face, stage);
        let (found, certificate) = self.certified(stage, &open)?;
        self.keeps_aims(stage, &open.whole_plan(&self.face, &found), certificate)?;
        Ok((open, found, certificate))
    }

    /// The best plan for an aim of those in which every earlier aim stays below a limit. What the room in those limits buys is
    /// at most that room times their prices; where it is more than a gap may be, the limits are drawn tighter.
    fn held(&self, stage: &Stage, face: &Face) -> Result<(Open, Found, Certificate), Failure> {
        let mut best: Option<(f64, (Open, Found, Certificate))> = None;
        for share in CAPS {
            let room =
                |(aim, value): &(Stage, f64)| share * (1.0 / faint::factor(aim) + value.abs());
            let mut open = self.opened(face, stage);
            for aim in &self.aims {
                open.cap(face, &aim.0, aim.1 + room(aim));
            }
            let (found, certificate) = match self.certified(stage, &open) {
                Ok(certified) => certified,
                Err(failure) if best.is_none() => return Err(failure),
                Err(_) => break,
            };
            self.keeps_aims(stage, &open.whole_plan(face, &found), certificate)?;
            let prices = found.duals[open.rows.len()..].iter();
            let bought = prices.zip(&self.aims);
            let bought = bought.map(|(price, aim)| price.abs() * room(aim));
            let least = 1.0 / faint::factor(stage);
            let bought = bought.sum::<f64>() / (least + certificate.value.abs());
            best = Some((bought, (open, found, certificate)));
            // Which of equally good plans is chosen is worth nothing.
            if bought <= ENOUGH || !(stage.priced || stage.levels) {
                break;
            }
        }
        let (bought, held) = best.expect("the first limits gave a plan or a failure");
        if bought <= Certificate::GAP || !(stage.priced || stage.levels) {
            return Ok(held);
        }
        let certificate = Certificate {
            relative_gap: bought,
            ..held.2
        };
        Err(self.uncertified(&stage.name, certificate))
    }

    /// Whether a plan for an aim is as good for the aims before it as their own plans.
    fn keeps_aims(
        &self,
        stage: &Stage,
        columns: &[f64],
        certificate: Certificate,
    ) -> Result<(), Failure> {
        let drift = self.drift(columns);
        if drift <= Certificate::DRIFT {
            return Ok(());
        }
        let certificate = Certificate {
            drift,
            ..certificate
        };
        Err(self.uncertified(&stage.name, certificate))
    }

    /// What a solver finds for the part of the program that is open, if it stands up. Tells how far the solve has come.
    fn certified(&self, stage: &Stage, open: &Open) -> Result<(Found, Certificate), Failure> {
        let limits = self.limits.of_stage(Progress {
            stage: stage.name.clone(),
            number: self.number,
            of: self.of.max(self.number),
            columns: open.columns.len(),
            rows: open.rows.len(),
            iteration: 0,
            gap: None,
        });
        let factor = faint::factor(stage);
        let Checked { found, certificate } =
            faint::run(self.worker, &open.linear, factor, &limits, false)?;
        if certificate.holds() {
            Ok((found, certificate))
        } else {
            Err(self.uncertified(&stage.name, certificate))
        }
    }

    /// Choose among plans of equal value. Where that cannot be certified, the plan of the stages with prices,
    /// which is as good, is kept.
    fn break_ties(&mut self, stage: &Stage) -> Result<bool, Failure> {
        let before = (self.columns.clone(), self.certificate, self.aims.len());
        let chosen = match self.stage(stage) {
            Ok(_) => self.so_far().holds(),
            Err(
                Failure::Uncertified { .. } | Failure::Solver { .. } | Failure::Infeasible { .. },
            ) => false,
            Err(failure) => return Err(failure),
        };
        if !chosen {
            (self.columns, self.certificate) = (before.0, before.1);
            self.aims.truncate(before.2);
        }
        Ok(chosen)
    }

    /// Settle who pays. Where that cannot be certified, whoever pays in the plan so far goes on paying: its value is
    /// the same.
    fn settle_payers(&mut self) -> Result<bool, Failure> {
        if self.program.settled_payers().is_none() {
            return Ok(true);
        }
        self.number += 1;
        let limits = self.limits.of_stage(Progress {
            stage: "who pays".into(),
            number: self.number,
            of: self.of.max(self.number),
            columns: 0,
            rows: 0,
            iteration: 0,
            gap: None,
        });
        let settled = super::payers::settled(
            self.program,
            self.worker,
            &limits,
            &self.aims,
            &self.columns,
        )?;
        let Some(settled) = settled else {
            return Ok(false);
        };
        if self.drift(&settled.columns) > Certificate::DRIFT {
            return Ok(false);
        }
        self.columns = settled.columns;
        self.iterations += settled.iterations;
        self.certificate = Certificate {
            value: self.certificate.value,
            ..self.certificate.and(settled.certificate)
        };
        if settled.solver != self.worker.name() && !self.helpers.contains(&settled.solver) {
            self.helpers.push(settled.solver);
        }
        Ok(true)
    }

    /// The certificate of all stages so far.
    fn so_far(&self) -> Certificate {
        Certificate {
            drift: self.drift(&self.columns),
            ..self.certificate
        }
    }

    /// Raise the lowest coverage: settle the requirements that hold it down, and go on with the rest.
    ///
    /// In a plan whose lowest coverage is the best there is, a requirement with the price `y` on its row `level`
    /// can be above the level by no more than `gap / y`: it is held there, in every such plan. The prices of
    /// all of them sum to one, so there is one that is held.
    fn raise_lowest(&mut self, stage: &Stage) -> Result<(), Failure> {
        let mut left: Vec<RequirementId> = self.program.plan().share.ids().collect();
        while !left.is_empty() {
            let (open, found, certificate) = self.stage(stage)?;
            let level = certificate.value;
            let duals = open.all_duals(self.program.rows().len(), &found);
            let price = |r: &RequirementId| {
                let row = self.program.rows().position(Row::Level(*r));
                row.map_or(0.0, |n| -duals[n])
            };
            let dearest = left.iter().map(price).fold(0.0, f64::max);
            // Rounding of rows and prices may hide a gap as large as itself.
            let gap = certificate.relative_gap * (1.0 + level.abs()) + ROUNDING;
            let enough = dearest.min(gap / SAME_LEVEL);
            let share = |r: &RequirementId| {
                let share = self.program.plan().share[*r];
                share.map_or(level, |j| self.columns[j as usize])
            };
            let holds = |r: &RequirementId| {
                let at_level = level - share(r) <= SAME_LEVEL;
                price(r) > 0.0 && price(r) >= enough && at_level
            };
            let (held, rest): (Vec<_>, Vec<_>) = left.iter().copied().partition(holds);
            // Where nothing is short, there is no next level.
            let last = level < SAME_LEVEL || held.is_empty();
            for &r in if last { &left } else { &held } {
                self.settle_share(r, level);
            }
            left = if last { Vec::new() } else { rest };
            // Those that are left are raised: none of them is the highest share missing for good.
            for n in left
                .iter()
                .filter_map(|&r| self.program.rows().position(Row::Level(r)))
            {
                self.face.used_up[n] = false;
            }
        }
        Ok(())
    }

    /// Let no more of a requirement be missing than now, and take it out of the race.
    fn settle_share(&mut self, r: RequirementId, level: f64) {
        let row = self.program.rows().position(Row::Level(r));
        let share = self.program.plan().share[r];
        for face in [&mut self.face, &mut self.all] {
            if let Some(n) = row {
                face.dropped[n] = true;
                face.used_up[n] = false;
            }
            if let Some(share) = share {
                // Where the share is left at, the plan just found has it.
                let most = self.columns[share as usize].max(level).max(0.0);
                face.settled[share as usize] = None;
                face.ceilings.insert(share as usize, most);
            }
        }
    }

    /// Decide the whole columns stage by stage, then hold them.
    fn decide_whole(&mut self, worker: Worker) -> Result<(), Failure> {
        let mut face = self.face.clone();
        let mut last = None;
        for stage in self
            .program
            .stages()
            .iter()
            .filter(|stage| stage.priced || stage.levels)
        {
            let mut open = face.open(self.program, stage);
            for (aim, value) in &self.aims {
                let least = 1.0 / faint::factor(aim);
                open.cap(&face, aim, value + 1e-7 * (least + value.abs()));
            }
            let Checked {
                found,
                certificate: plain,
            } = faint::run(
                worker,
                &open.linear,
                faint::factor(stage),
                self.limits,
                true,
            )?;
            if plain.max_violation > Certificate::VIOLATION {
                return Err(Failure::Uncertified {
                    solver: worker.name(),
                    stage: stage.name.clone(),
                    certificate: plain,
                });
            }
            self.aims.push((stage.clone(), plain.value));
            last = Some(open.whole_plan(&face, &found));
        }
        let Some(values) = last else { return Ok(()) };
        for (j, column) in self.program.columns().iter().enumerate() {
            if column.whole {
                face.settled[j] = Some(values[j].round());
            }
        }
        self.all = face.clone();
        self.face = face;
        self.helpers.push(worker.name());
        self.promised = self.aims.first().map(|&(_, value)| (worker, value));
        self.aims.clear();
        Ok(())
    }

    /// By how much any aim got worse while later ones were made least.
    fn drift(&self, columns: &[f64]) -> f64 {
        let worse = self.aims.iter().map(|(stage, value)| {
            let now: f64 = stage
                .aim
                .iter()
                .map(|&(j, factor)| factor * columns[j as usize])
                .sum();
            (now - value) / (1.0 / faint::factor(stage) + value.abs())
        });
        worse.fold(0.0, f64::max)
    }

    fn uncertified(&self, stage: &str, certificate: Certificate) -> Failure {
        Failure::Uncertified {
            solver: self.worker.name(),
            stage: stage.to_owned(),
            certificate,
        }
    }
}

/// Check that an aim reaches what it should with what was decided as a whole: a solver takes a choice for whole that is so
/// by a hair's breadth, and the plan that it has in mind may need just that.
fn kept(stage: &Stage, decided_by: Worker, promised: f64, value: f64) -> Result<(), Failure> {
    let relative_gap = (value - promised).abs() / (1.0 / faint::factor(stage) + value.abs());
    if relative_gap <= WHOLE_GAP {
        return Ok(());
    }
    Err(Failure::Uncertified {
        solver: decided_by.name(),
        stage: stage.name.clone(),
        certificate: Certificate {
            relative_gap,
            value,
            ..Certificate::default()
        },
    })
}

/// The name of solvers that settled a program between them, if it is one.
pub(super) fn known(name: &str) -> Option<&'static str> {
    let all = [
        "Clarabel",
        "HiGHS",
        "microlp",
        "Clarabel, HiGHS and microlp",
        "Clarabel and HiGHS",
        "Clarabel and microlp",
        "HiGHS and microlp",
    ];
    all.into_iter().find(|own| *own == name)
}

/// The names of solvers that settled a program between them.
fn together(first: Worker, helpers: &[&'static str]) -> &'static str {
    let has = |name| first.name() == name || helpers.contains(&name);
    match (has("Clarabel"), has("HiGHS"), has("microlp")) {
        (true, true, true) => "Clarabel, HiGHS and microlp",
        (true, true, false) => "Clarabel and HiGHS",
        (true, false, true) => "Clarabel and microlp",
        (false, true, true) => "HiGHS and microlp",
        _ => first.name(),
    }
}
