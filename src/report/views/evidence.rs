//! What the plan rests on.

use crate::evidence::{Basis, Class, Confidence, Figure};
use crate::model::Model;
use crate::table::{Cell, Table};

/// How many figures rest on what.
pub(super) fn view(m: &Model) -> Table {
    let evidence = &m.evidence;
    let note = "Figures of the model by what they rest on; `dates` are those of the sources; what is derived is a fact scaled, or spread over a time.";
    let heads = [
        "facts",
        "figures",
        "as published",
        "derived",
        "with a range",
    ];
    let words = ["basis", "dates"];
    let mut view = Table::new("evidence", "What the plan rests on", note, &words).columns(heads);
    for (word, class) in Confidence::WORDS {
        let facts: Vec<_> = evidence
            .facts
            .iter()
            .filter(|fact| fact.confidence == class)
            .collect();
        let cites = |id: &str| facts.iter().any(|fact| fact.id == id);
        let figures = evidence
            .figures
            .iter()
            .filter(|figure| match &figure.basis {
                Basis::Fact(id) => cites(id),
                Basis::Assumption(_) => false,
            });
        let figures: Vec<&Figure> = figures.collect();
        let mut dates: Vec<&str> = facts.iter().map(|fact| fact.source.date.as_str()).collect();
        dates.sort_unstable();
        let dates = match (dates.first(), dates.last()) {
            (Some(first), Some(last)) => format!("{first} to {last}"),
            _ => continue,
        };
        let basis = format!("facts of {word} confidence");
        view.push(vec![
            basis.into(),
            dates.into(),
            facts.len().into(),
            figures.len().into(),
            of_class(&figures, Class::Published),
            of_class(&figures, Class::Derived),
            ranged(&figures),
        ]);
    }
    let assumed: Vec<&Figure> = evidence.assumptions().map(|(figure, _)| figure).collect();
    if !assumed.is_empty() {
        let none = || Cell::Empty.shown("");
        view.push(vec![
            "assumptions, each with its note".into(),
            "".into(),
            none(),
            assumed.len().into(),
            none(),
            none(),
            ranged(&assumed),
        ]);
    }
    view
}

/// How many figures are of a class.
fn of_class(figures: &[&Figure], class: Class) -> Cell {
    let own = figures.iter().filter(|figure| figure.class() == class);
    own.count().into()
}

/// How many figures have a range.
fn ranged(figures: &[&Figure]) -> Cell {
    let own = figures.iter().filter(|figure| figure.range.is_some());
    own.count().into()
}
