//! When rules clash: the least that would have to give way, by name.
//!
//! Every limit gets a slack that costs its share of the limit; the slacks of the cheapest plan name
//! rules that cannot all hold.

use super::linear::{Bounds, Face};
use super::{Broken, Engine, Failure, Limits};
use crate::model::Model;
use crate::program::{Program, Sense, Stage};

/// Rules that have to give way, and how far.
pub(super) fn broken(
    model: &Model,
    program: &Program,
    engine: Engine,
    limits: &Limits,
) -> Result<Vec<Broken>, Failure> {
    let nothing = Stage {
        name: "rules".into(),
        aim: Vec::new(),
        priced: false,
        levels: false,
    };
    let mut open = Face::of(program).open(program, &nothing);
    let columns = open.linear.columns.len();
    let mut slacks = Vec::new();
    let mut linear = super::linear::Linear {
        starts: vec![0],
        ..Default::default()
    };
    std::mem::swap(&mut linear.columns, &mut open.linear.columns);
    for column in &mut linear.columns {
        column.whole = false;
    }
    for n in 0..open.linear.senses.len() {
        linear.terms.extend_from_slice(open.linear.row(n));
        let sense = open.linear.senses[n];
        let gives = match sense {
            Sense::AtMost => Some(-1.0),
            Sense::AtLeast => Some(1.0),
            Sense::Equal => None,
        };
        if let Some(sign) = gives {
            let column = u32::try_from(columns + slacks.len()).expect("fewer than 2^32 columns");
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
        linear.rights.push(open.linear.rights[n]);
    }
    linear.aim = vec![0.0; columns];
    let price = |n: &usize| 1.0 / (1.0 + open.linear.rights[*n].abs());
    linear.aim.extend(slacks.iter().map(price));
    let found = engine.smooth.run(&linear, limits, false)?;
    let rows = program.rows();
    let given = slacks
        .iter()
        .zip(&found.columns[columns..])
        .filter(|&(_, &by)| by > 1e-5);
    let broken = given.map(|(&n, &by)| {
        let row = open.rows[n];
        Broken {
            rule: program.describe(model, rows.name(row)),
            by: by * rows.unit(row),
        }
    });
    Ok(broken.collect())
}
