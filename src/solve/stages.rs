//! The stages: each aim is made least on the plans that are best for the aims before it.

use super::linear::{Face, Found, Open};
use super::{Answer, Certificate, Engine, Failure, Limits, Progress, Worker};
use crate::ids::RequirementId;
use crate::program::{Program, Row, Stage};

/// What reports progress.
type Report<'a> = &'a dyn Fn(&Progress);

/// Solve every stage of a program.
pub(super) fn run(
    program: &Program,
    engine: Engine,
    limits: &Limits,
    report: Report<'_>,
    tie_break: bool,
) -> Result<Answer, Failure> {
    let mut stages = program.stages();
    stages.retain(|stage| stage.priced || stage.levels || tie_break);
    let mut run = Run {
        program,
        worker: engine.smooth,
        limits,
        report,
        face: Face::of(program),
        number: 0,
        of: stages.len(),
        columns: Vec::new(),
        stages: Vec::new(),
        aims: Vec::new(),
        certificate: Certificate::default(),
        iterations: 0,
    };
    if program.columns().iter().any(|column| column.whole) {
        run.decide_whole(engine.whole)?;
    }
    let mut tie_broken = false;
    for stage in &stages {
        if stage.levels {
            run.raise_lowest(stage)?;
        } else if stage.priced {
            run.stage(stage)?;
        } else {
            tie_broken = run.break_ties(stage)?;
        }
    }
    let certificate = run.so_far();
    if !certificate.holds() {
        return Err(run.uncertified("all", certificate));
    }
    Ok(Answer {
        columns: run.columns,
        stages: run.stages,
        certificate,
        solver: engine.smooth.name(),
        iterations: run.iterations,
        tie_broken,
    })
}

/// A solve under way.
struct Run<'a> {
    program: &'a Program,
    worker: Worker,
    limits: &'a Limits,
    report: Report<'a>,
    face: Face,
    number: usize,
    of: usize,
    columns: Vec<f64>,
    stages: Vec<(String, f64, Vec<f64>)>,
    /// Every aim made least so far, and the value it reached.
    aims: Vec<(Stage, f64)>,
    certificate: Certificate,
    iterations: u64,
}

impl Run<'_> {
    /// Make one aim least, and keep to the plans that are best for it.
    fn stage(&mut self, stage: &Stage) -> Result<(Open, Found), Failure> {
        let open = self.face.open(self.program, stage);
        self.number += 1;
        (self.report)(&Progress {
            stage: stage.name.clone(),
            number: self.number,
            of: self.of.max(self.number),
            columns: open.columns.len(),
            rows: open.rows.len(),
        });
        let found = self.worker.run(&open.linear, self.limits, false)?;
        let certificate = Certificate::of(&open.linear, &found);
        if !certificate.holds() {
            return Err(self.uncertified(&stage.name, certificate));
        }
        let value = certificate.value;
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
        self.columns = open.whole_plan(&self.face, &found);
        if stage.priced {
            let duals = open.all_duals(self.program.rows().len(), &found);
            self.stages.push((stage.name.clone(), value, duals));
        }
        if !stage.levels {
            self.aims.push((stage.clone(), value));
        }
        self.face.narrow(&open, &found);
        Ok((open, found))
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

    /// The certificate of all stages so far.
    fn so_far(&self) -> Certificate {
        Certificate {
            drift: self.drift(),
            ..self.certificate
        }
    }

    /// Raise the lowest coverage: settle the requirements that hold it down, and go on with the rest.
    fn raise_lowest(&mut self, stage: &Stage) -> Result<(), Failure> {
        let mut left: Vec<RequirementId> = self.program.plan().share.ids().collect();
        while !left.is_empty() {
            let (open, found) = self.stage(stage)?;
            let level = open.linear.value(&found.columns);
            let duals = open.all_duals(self.program.rows().len(), &found);
            let holds = |r: &RequirementId| {
                let row = self.program.rows().position(Row::Level(*r));
                row.is_some_and(|n| duals[n] < -1e-6)
            };
            let (held, rest): (Vec<_>, Vec<_>) = left.iter().copied().partition(holds);
            // Where nothing is short, there is no next level.
            let last = level < 1e-7 || held.is_empty();
            for &r in if last { &left } else { &held } {
                self.settle_share(r, level);
            }
            left = if last { Vec::new() } else { rest };
        }
        Ok(())
    }

    /// Keep a requirement's share short where it is, and take it out of the race.
    fn settle_share(&mut self, r: RequirementId, level: f64) {
        if let Some(n) = self.program.rows().position(Row::Level(r)) {
            self.face.dropped[n] = true;
        }
        if let Some(share) = self.program.plan().share[r] {
            self.face.settled[share as usize] = Some(level.max(0.0));
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
                open.cap(&face, aim, value + 1e-7 * (1.0 + value.abs()));
            }
            let found = worker.run(&open.linear, self.limits, true)?;
            let plain = Certificate::of(
                &open.linear,
                &Found {
                    duals: Vec::new(),
                    ..found.clone()
                },
            );
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
        self.face = face;
        self.aims.clear();
        Ok(())
    }

    /// By how much any aim got worse while later ones were made least.
    fn drift(&self) -> f64 {
        let worse = self.aims.iter().map(|(stage, value)| {
            let now: f64 = stage
                .aim
                .iter()
                .map(|&(j, factor)| factor * self.columns[j as usize])
                .sum();
            (now - value) / (1.0 + value.abs())
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
