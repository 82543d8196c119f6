//! What the plan rests on.

use super::notation::{columns, row};
use super::{Column, Kind};
use crate::model::Model;
use crate::solution::Solution;
use crate::table::Cell;

pub(super) const FACTS: Kind = Kind {
    name: "facts",
    about: "A fact that the model cites.",
    columns: columns! {
        id: words => "Its id.";
        subject: words => "What it is about.";
        value: "unit" => "The best single figure.";
        low: "unit" => "The lower end, where sources differ.";
        high: "unit" => "The upper end, where sources differ.";
        unit: words => "Its unit.";
        as_of: words => "The period it is about.";
        confidence: words => "How far it can be trusted: `high`, `medium` or `low`.";
        publisher: words => "Who published it.";
        title: words => "Under what title.";
        date: words => "When.";
        url: words => "Where it can be read.";
        note: words => "A caveat or definition.";
    },
    rows: facts,
};

pub(super) const ASSUMPTIONS: Kind = Kind {
    name: "assumptions",
    about: "A figure of the model that is assumed.",
    columns: columns! {
        figure: words => "Where it stands in the model.";
        value: "unit" => "The figure as used.";
        low: "unit" => "Its lower end, if it is uncertain.";
        high: "unit" => "Its upper end, if it is uncertain.";
        unit: words => "Its unit.";
        note: words => "Why it may be assumed.";
    },
    rows: assumptions,
};

fn facts(m: &Model, _: &Solution) -> Vec<Vec<Cell>> {
    let row = |fact: &crate::evidence::Fact| {
        row![
            fact.id.as_str(),
            fact.subject.as_str(),
            fact.value,
            fact.low,
            fact.high,
            fact.unit.as_str(),
            fact.as_of.as_str(),
            fact.confidence.to_string(),
            fact.source.publisher.as_str(),
            fact.source.title.as_str(),
            fact.source.date.as_str(),
            fact.source.url.as_str(),
            fact.note.as_str(),
        ]
    };
    m.evidence.facts.iter().map(row).collect()
}

fn assumptions(m: &Model, _: &Solution) -> Vec<Vec<Cell>> {
    let rows = m.evidence.assumptions().map(|(figure, note)| {
        row![
            figure.place.to_string(),
            figure.value,
            figure.range.map(|(low, _)| low),
            figure.range.map(|(_, high)| high),
            figure.unit.as_str(),
            note,
        ]
    });
    rows.collect()
}
