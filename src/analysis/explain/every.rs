//! Every number that a report shows of a plan, explained.

use super::Explanation;
use super::subject::Subject;
use super::writer::{Writer, stage};
use crate::analysis::bottleneck::waits_of;
use crate::analysis::equation::{Matrix, Prices};
use crate::document::Vary;
use crate::dotted::joined;
use crate::ids::{Id, RequirementId, YearId};
use crate::model::Model;
use crate::problem::Place;
use crate::program::{Column, Deed, When};
use crate::solution::Solution;
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

/// Columns by what they are about, each with its factor.
type Columns = Vec<Vec<(usize, f64)>>;

/// The numbers, each as the sum of its columns: found in one walk over all of them.
fn subjects(m: &Model, s: &Solution) -> Vec<(String, Subject)> {
    let program = s.program();
    let network = program.network();
    let none = |count: usize| -> Columns { vec![Vec::new(); count] };
    let mut short = none(m.requirements.len());
    let mut made = none(m.lines.len());
    let mut delivered = none(m.suppliers.len());
    let mut built = none(m.expansions.len());
    for (j, column) in program.columns().iter().enumerate() {
        let past = match column.name.when() {
            When::Period(t) => m.calendar.is_past(t),
            When::Year(_) | When::End | When::Always => false,
        };
        if past {
            continue;
        }
        if let Column::Short(r, _) = column.name {
            short[r.position()].push((j, 1.0));
        }
        match column.name.deed(network) {
            Some(Deed::Make(make, _)) => {
                let product = &m.lines[make.line].products[make.product];
                let factor = 1.0 / product.pace.value();
                made[make.line.position()].push((j, factor));
            }
            Some(Deed::Order(order, _)) => {
                delivered[order.supplier.position()].push((j, 1.0));
            }
            Some(Deed::Build(e, _)) => built[e.position()].push((j, 1.0)),
            Some(Deed::Move(..) | Deed::Give(..)) | None => {}
        }
    }
    let from = if m.calendar.has_past() {
        format!(" from {} on", m.calendar.decide_from())
    } else {
        String::new()
    };
    let mut all: Vec<(String, Subject)> = Vec::new();
    let mut add = |keys: &[&str], subject: Subject| all.push((joined(keys), subject));
    for ((r, requirement), columns) in m.requirements.iter().zip(short) {
        let mut new = Subject::of_columns(s, columns);
        let items = requirement.meets.iter();
        let items = items.map(|own| Place::new(["item", m.items[own.item].key.as_str()]));
        new.words = format!("what is missing of “{}”{from}", requirement.name);
        new.value = s.requirements[r].short;
        new.unit
            .clone_from(&m.items[requirement.meets[0].item].unit);
        new.requirement = Some(r);
        new.places = vec![Place::new(["requirement", requirement.key.as_str()])];
        new.places.extend(items);
        add(&["requirement", &requirement.key], new);
    }
    for (line, columns) in m.lines.values().zip(made) {
        let mut new = Subject::of_columns(s, columns);
        let several = if line.products.len() > 1 {
            ", in units of its first product"
        } else {
            ""
        };
        new.words = format!("what line “{}” makes{from}{several}", line.name);
        new.unit.clone_from(&m.items[line.products[0].item].unit);
        new.places = vec![Place::new(["line", line.key.as_str()])];
        add(&["line", &line.key], new);
    }
    for (supplier, columns) in m.suppliers.values().zip(delivered) {
        let mut new = Subject::of_columns(s, columns);
        new.words = format!("what supplier “{}” delivers{from}", supplier.name);
        new.unit.clone_from(&m.items[supplier.item].unit);
        new.places = vec![Place::new(["supplier", supplier.key.as_str()])];
        add(&["supplier", &supplier.key], new);
    }
    for (option, columns) in m.expansions.values().zip(built) {
        let (line, key) = (&m.lines[option.line], option.key.as_str());
        let mut new = Subject::of_columns(s, columns);
        if new.value <= crate::solution::Build::TRACE {
            continue;
        }
        new.words = format!(
            "how often expansion “{}” of “{}” is taken",
            option.name, line.name
        );
        new.unit = "times".into();
        new.places = vec![Place::new(["line", line.key.as_str(), "expansion", key])];
        add(&["line", &line.key, "expansion", key], new);
    }
    let open: Vec<YearId> = m.calendar.open_years().collect();
    for fund in m.funds.values() {
        if let Some(mut new) = Subject::spending(m, s, &fund.key, &open) {
            new.words = format!("what fund “{}” spends{from}", fund.name);
            add(&["fund", &fund.key], new);
        }
    }
    add(&["cost"], Subject::cost(m, s));
    all
}
