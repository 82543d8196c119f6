//! What the plan rests on, with links to the sources.

use super::super::number::quantity;
use super::super::page::{Bars, Cell, Chart, Picture, Section, Table};
use super::drawing::bars;
use crate::evidence::{Basis, Confidence};
use crate::model::Model;
use crate::table::{Column, Holds};
use std::collections::BTreeMap;

/// Facts with their sources, and assumptions with their notes.
pub(super) fn section(m: &Model) -> Section {
    let evidence = &m.evidence;
    if evidence.figures.is_empty() {
        return Section::new("What this rests on");
    }
    let assumed = evidence.assumptions().count();
    Section::new("What this rests on")
        .say(format!(
            "{} figures go into the model: {} cite one of {} public facts, {assumed} are assumptions, each with a note that says why.",
            evidence.figures.len(),
            evidence.figures.len() - assumed,
            evidence.facts.len()
        ))
        .chart(confidence(m))
        .table(facts(m))
        .table(assumptions(m))
}

fn confidence(m: &Model) -> Chart {
    let classes: BTreeMap<&str, Confidence> = m
        .evidence
        .facts
        .iter()
        .map(|fact| (fact.id.as_str(), fact.confidence))
        .collect();
    let mut counts = [0_u32; 4];
    for figure in &m.evidence.figures {
        let class = match &figure.basis {
            Basis::Fact(id) => match classes.get(id.as_str()) {
                Some(Confidence::High) => 0,
                Some(Confidence::Medium) => 1,
                Some(Confidence::Low) | None => 2,
            },
            Basis::Assumption(_) => 3,
        };
        counts[class] += 1;
    }
    let categories = [
        "facts of high confidence",
        "facts of medium confidence",
        "facts of low confidence",
        "assumptions",
    ];
    let details = [
        "a primary source: company, government, EU, NATO",
        "reputable press or a research institute",
        "an estimate, or a single weak source",
        "no public figure was found; the note says why this value",
    ];
    let chart = Chart::new(
        "Figures by what they rest on",
        "How many figures of the model cite a fact of each class, and how many are assumed.",
        "figures",
    );
    chart.view(
        "",
        Picture::Bars(Bars {
            categories: categories.map(str::to_owned).to_vec(),
            details: details.map(str::to_owned).to_vec(),
            series: vec![bars("figures", counts.map(f64::from))],
            stacked: true,
            across: true,
        }),
    )
}

fn facts(m: &Model) -> Table {
    let words = ["subject", "quantity"];
    let more = [
        "range",
        "unit",
        "as of",
        "confidence",
        "source",
        "published",
        "note",
        "id",
    ];
    let mut table = Table::new("facts", "Facts and their sources", "", &words).columns(["value"]);
    table
        .columns
        .extend(more.map(|head| Column::new(head, Holds::Words)));
    for fact in &m.evidence.facts {
        let range = match (fact.low, fact.high) {
            (None, None) => String::new(),
            (low, high) => {
                let end = |end: Option<f64>| end.map_or_else(|| "…".into(), quantity);
                format!("{} to {}", end(low), end(high))
            }
        };
        let source = &fact.source;
        table.push(vec![
            fact.subject.as_str().into(),
            fact.quantity.as_str().into(),
            fact.value.into(),
            range.into(),
            fact.unit.as_str().into(),
            fact.as_of.as_str().into(),
            fact.confidence.to_string().into(),
            Cell::Link {
                text: format!("{}: {}", source.publisher, source.title),
                address: source.url.clone(),
            },
            source.date.as_str().into(),
            fact.note.as_str().into(),
            fact.id.as_str().into(),
        ]);
    }
    table
}

fn assumptions(m: &Model) -> Table {
    let mut table = Table::new("assumptions", "Assumptions", "", &["figure"]).columns(["value"]);
    let more = ["range", "unit", "why"];
    table
        .columns
        .extend(more.map(|head| Column::new(head, Holds::Words)));
    for (figure, note) in m.evidence.assumptions() {
        let range = figure.range.map_or_else(String::new, |(low, high)| {
            format!("{} to {}", quantity(low), quantity(high))
        });
        table.push(vec![
            figure.place.to_string().into(),
            figure.value.into(),
            range.into(),
            figure.unit.as_str().into(),
            note.into(),
        ]);
    }
    table
}
