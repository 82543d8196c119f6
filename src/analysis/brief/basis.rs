//! What a plan rests on, and the assumptions on which it hangs most.
//!
//! [`sensitivity`](crate::analysis::sensitivity) moves every figure; that is too long for a brief. Here those are moved
//! that stand behind the weightiest limits and requirements, the widest for their weight first,
//!
//! ```text
//! weight of the limit · (high − low) / |figure|
//! ```
//!
//! and ranked as it ranks them: by how far shortfall and cost move between the two ends, as far as prices tell.

use super::{Assumption, Basis};
use crate::analysis::bottleneck::Asked;
use crate::analysis::sensitivity::weighed;
use crate::analysis::{Input, Spread, Trouble, inputs};
use crate::evidence::{self, Class};
use crate::names::of_place;
use crate::problem::Place;
use crate::program::{Program, Row};

/// How many assumptions are moved.
const MOVED: usize = 6;
/// How many are named.
const NAMED: usize = 3;

/// Figures by how they come about; the weightiest assumptions, if they are wanted.
pub(super) fn of(asked: &Asked<'_>, weigh: bool) -> Result<Basis, Trouble> {
    let evidence = &asked.model.evidence;
    let count = |class: Class| {
        let own = evidence.figures.iter();
        own.filter(|figure| figure.class() == class).count()
    };
    Ok(Basis {
        published: count(Class::Published),
        derived: count(Class::Derived),
        assumed: count(Class::Assumed),
        facts: evidence.facts.len(),
        weightiest: if weigh {
            weightiest(asked)?
        } else {
            Vec::new()
        },
    })
}

fn weightiest(asked: &Asked<'_>) -> Result<Vec<Assumption>, Trouble> {
    let (m, base) = (asked.model, asked.base);
    let candidates = candidates(asked)?;
    let value = base.stages[0].value;
    let ends = asked.work.all(
        2 * candidates.len(),
        || (),
        |(), job| {
            let end = if job.is_multiple_of(2) { 0.0 } else { 1.0 };
            // Where the model breaks a rule at an end, the figure cannot be moved there.
            let model = asked.document.changed(&candidates[job / 2].at(end)).ok();
            let program = model.map(|model| Program::like(&model, base.program()));
            Ok(program.and_then(|program| Some(base.estimate(&program)? - value)))
        },
    )?;
    let moved = candidates.iter().zip(ends.chunks(2));
    let mut all: Vec<Assumption> = moved
        .filter_map(|(input, ends)| {
            let (low, high) = (ends[0]?, ends[1]?);
            let moves = low.max(high).max(0.0) - low.min(high).min(0.0);
            let own = assumed(input)?;
            let (low, high) = own.first.range?;
            Some(Assumption {
                figure: of_place(m, &own.place),
                place: own.place.to_string(),
                value: own.first.value,
                range: [low, high],
                unit: own.first.unit.clone(),
                moves,
            })
        })
        .collect();
    all.retain(|own| own.moves > 0.0);
    all.sort_by(|a, b| b.moves.total_cmp(&a.moves).then(a.place.cmp(&b.place)));
    all.truncate(NAMED);
    Ok(all)
}

/// The figure of an input that is assumed and has a range.
fn assumed(input: &Input) -> Option<&crate::analysis::Uncertain> {
    let mut own = input.figures.iter();
    own.find(|figure| {
        let assumed = matches!(figure.first.basis, evidence::Basis::Assumption(_));
        assumed && figure.first.range.is_some()
    })
}

/// Assumptions behind the weightiest limits and requirements.
fn candidates(asked: &Asked<'_>) -> Result<Vec<Input>, Trouble> {
    let (m, base) = (asked.model, asked.base);
    let network = base.program().network();
    let limits: Vec<(f64, Vec<Place>)> = weighed(m, base)
        .into_iter()
        .map(|(row, weight)| {
            let mut places = row.places(m, network);
            // What a requirement asks for stands in its own entry.
            if let Row::Requirement(r, _) = row {
                places.push(Place::new(["requirement", m.requirements[r].key.as_str()]));
            }
            (weight, places)
        })
        .collect();
    let weight = |place: &Place| -> f64 {
        let around = |own: &Place| place.keys().starts_with(own.keys());
        let own = limits
            .iter()
            .filter(|(_, places)| places.iter().any(around));
        own.map(|(weight, _)| weight).sum()
    };
    let mut found: Vec<(f64, Input)> = Vec::new();
    for input in inputs(m, &[], Spread::default())? {
        let Some(figure) = assumed(&input) else {
            continue;
        };
        let (low, high) = figure.first.range.unwrap_or_default();
        let wide = (high - low) / figure.first.value.abs().max(f64::MIN_POSITIVE);
        let weight = weight(&figure.place) * wide;
        if weight > 0.0 && weight.is_finite() {
            found.push((weight, input));
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.name.cmp(&b.1.name)));
    found.truncate(MOVED);
    Ok(found.into_iter().map(|(_, input)| input).collect())
}
