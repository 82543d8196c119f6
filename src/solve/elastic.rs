//! When rules clash: how far they would have to give way, and which cannot hold together.
//!
//! Every limit that may give way gets a slack that costs its share of the limit. The slacks of the
//! cheapest plan say how far; if it is not free, the limits with a price prove that they clash (Farkas).

use super::certificate::Checked;
use super::linear::{Bounds, Face, Linear};
use super::{Broken, Engine, Failure, Limits, Options};
use crate::model::Model;
use crate::program::{Program, Sense, Stage};

/// What becomes of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// It holds.
    Hard,
    /// It gives way as little as it must.
    Soft,
    /// It is left out.
    Dropped,
}

/// How far the limits of a program give way.
#[derive(Clone, Debug)]
pub(crate) struct Slacks {
    /// All of it, each limit's as a share of the limit: zero if the rules hold together.
    pub(crate) total: f64,
    /// By row: how far it gives way, in internal units.
    pub(crate) by: Vec<f64>,
}

/// A total below this is none.
const NONE: f64 = 1e-5;

impl Slacks {
    /// Whether every rule that is kept holds.
    pub(crate) fn hold(&self) -> bool {
        self.total <= NONE
    }
}

/// The least by which the soft limits of a program have to give way, certified. Whole columns may be
/// broken.
///
/// # Errors
/// No answer that stands up; [`Failure::Infeasible`] without rules if hard limits clash.
pub(crate) fn slacks(
    program: &Program,
    keep: &[Keep],
    options: &Options,
) -> Result<Slacks, Failure> {
    let whole = program.columns().iter().any(|column| column.whole);
    let engine = Engine::choose(whole, options.solver)?;
    of(program, keep, engine, &Limits::of(options))
}

/// Rules that have to give way, and how far.
pub(super) fn broken(
    model: &Model,
    program: &Program,
    engine: Engine,
    limits: &Limits,
) -> Result<Vec<Broken>, Failure> {
    let rows = program.rows();
    let found = of(program, &vec![Keep::Soft; rows.len()], engine, limits)?;
    let given = found.by.iter().enumerate().filter(|&(_, &by)| by > NONE);
    let broken = given.map(|(n, &by)| Broken {
        rule: program.describe(model, rows.name(n)),
        by: by * rows.unit(n),
    });
    Ok(broken.collect())
}

fn of(
    program: &Program,
    keep: &[Keep],
    engine: Engine,
    limits: &Limits,
) -> Result<Slacks, Failure> {
    let nothing = Stage {
        name: "rules".into(),
        aim: Vec::new(),
        priced: false,
        levels: false,
    };
    let mut face = Face::of(program);
    face.dropped = keep.iter().map(|keep| *keep == Keep::Dropped).collect();
    let open = face.open(program, &nothing);
    let columns = open.linear.columns.len();
    let (linear, slacks) = softened(&open.linear, |n| keep[open.rows[n]] == Keep::Soft);
    let Checked { found, certificate } = engine.smooth.run(&linear, limits, false)?;
    if !certificate.holds() {
        return Err(Failure::Uncertified {
            solver: engine.smooth.name(),
            stage: nothing.name,
            certificate,
        });
    }
    let mut by = vec![0.0; keep.len()];
    for (&n, &slack) in slacks.iter().zip(&found.columns[columns..]) {
        by[open.rows[n]] = slack;
    }
    Ok(Slacks {
        total: certificate.value,
        by,
    })
}

/// A program in which some limits have a slack, at its price; and the limits that have one.
fn softened(hard: &Linear, soft: impl Fn(usize) -> bool) -> (Linear, Vec<usize>) {
    let mut slacks = Vec::new();
    let mut linear = Linear {
        columns: hard.columns.clone(),
        starts: vec![0],
        ..Linear::default()
    };
    for column in &mut linear.columns {
        column.whole = false;
    }
    for n in 0..hard.senses.len() {
        linear.terms.extend_from_slice(hard.row(n));
        let sense = hard.senses[n];
        let gives = match sense {
            Sense::AtMost => Some(-1.0),
            Sense::AtLeast => Some(1.0),
            Sense::Equal => None,
        };
        if let Some(sign) = gives.filter(|_| soft(n)) {
            let column = u32::try_from(linear.columns.len()).expect("fewer than 2^32 columns");
            linear.terms.push((column, sign));
            linear.columns.push(Bounds {
                lower: 0.0,
                upper: f64::INFINITY,
                whole: false,
            });
            slacks.push(n);
        }
        linear.starts.push(linear.terms.len());
        linear.senses.push(sense);
        linear.rights.push(hard.rights[n]);
    }
    linear.aim = vec![0.0; hard.columns.len()];
    let price = |n: &usize| 1.0 / (1.0 + hard.rights[*n].abs());
    linear.aim.extend(slacks.iter().map(price));
    (linear, slacks)
}
