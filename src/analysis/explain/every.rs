//! Every number that a report shows of a plan, explained.

use super::Explanation;
use super::number::Subject;
use super::sums::Sums;
use super::writer::{Writer, stage};
use crate::analysis::bottleneck::waits_of;
use crate::analysis::equation::{Matrix, Prices};
use crate::document::Vary;
use crate::dotted::joined;
use crate::ids::RequirementId;
use crate::model::Model;
use crate::solution::{Build, Solution};
use std::collections::BTreeMap;

/// What each requirement lacks, what each line makes and each supplier delivers, what each fund spends, each expansion
/// that is taken, and the cost, from when decisions are free; by the names that [`explain`](super::explain) knows them
/// by. The document says where figures stand.
///
/// ```
/// # use sinews::{analysis::explain::explanations, document::Document};
/// let document = Document::open("models/tiny.toml")?;
/// let model = document.model()?;
/// let plan = sinews::solve(&model, &Default::default())?;
/// let all = explanations(&document, &model, &plan);
/// assert_eq!(all["requirement.shells"].value.round(), 20_000.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn explanations(document: &dyn Vary, m: &Model, s: &Solution) -> BTreeMap<String, Explanation> {
    let m = s.own(m);
    let subjects = subjects(m, s);
    let mut stages: BTreeMap<usize, Vec<(String, Subject)>> = BTreeMap::new();
    for (name, subject) in subjects {
        let own = stages.entry(stage(s, &subject)).or_default();
        own.push((name, subject));
    }
    let mut all = BTreeMap::new();
    for (stage, subjects) in stages {
        let matrix = Matrix::of(s, stage);
        let prices = matrix.prices(s);
        let waits = waits(m, s, (&matrix, &prices), &subjects);
        let writer = Writer {
            m,
            solution: s,
            matrix: &matrix,
            prices: &prices,
        };
        for (name, subject) in subjects {
            let own = subject.requirement.and_then(|r| waits.get(&r));
            let own = own.map_or(&[][..], Vec::as_slice);
            all.insert(name, writer.explanation(document, subject, own));
        }
    }
    all
}

/// By requirement: what it waits for.
type Waits = BTreeMap<RequirementId, Vec<(crate::analysis::bottleneck::Cause, f64)>>;

fn waits(
    m: &Model,
    s: &Solution,
    by: (&Matrix<'_>, &Prices),
    subjects: &[(String, Subject)],
) -> Waits {
    let wanted = subjects.iter().filter_map(|(_, own)| own.requirement);
    let wanted: Vec<RequirementId> = wanted.collect();
    let found = waits_of(m, s, by, &wanted);
    wanted.into_iter().zip(found).collect()
}

/// The numbers, each as the sum of its columns.
fn subjects(m: &Model, s: &Solution) -> Vec<(String, Subject)> {
    let sums = Sums::of(m, s, None);
    let mut all: Vec<(String, Subject)> = Vec::new();
    let mut add = |keys: &[&str], subject: Subject| all.push((joined(keys), subject));
    for (r, requirement) in m.requirements.iter() {
        add(&["requirement", &requirement.key], sums.missing(r));
    }
    for (l, line) in m.lines.iter() {
        add(&["line", &line.key], sums.made(l));
    }
    for (q, supplier) in m.suppliers.iter() {
        add(&["supplier", &supplier.key], sums.delivered(q));
    }
    for (e, option) in m.expansions.iter() {
        let new = sums.built(e);
        if new.value > Build::TRACE {
            let line = &m.lines[option.line].key;
            add(&["line", line, "expansion", &option.key], new);
        }
    }
    for (f, fund) in m.funds.iter() {
        add(&["fund", &fund.key], sums.spent(f));
    }
    add(&["cost"], Subject::cost(m, s));
    all
}
