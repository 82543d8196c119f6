//! What the plan rests on.

use super::view::View;
use crate::evidence::{Basis, Class, Confidence, Figure};
use crate::model::Model;

/// How many figures rest on what.
pub(super) fn view(m: &Model) -> View {
    let evidence = &m.evidence;
    let mut view = View {
        title: "What the plan rests on".into(),
        note: "Figures of the model by what they rest on; `dates` are those of the sources; what is derived is a fact scaled, or spread over a time.".into(),
        head: vec![
            "basis".into(),
            "dates".into(),
            "facts".into(),
            "figures".into(),
            "as published".into(),
            "derived".into(),
            "with a range".into(),
        ],
        words: 2,
        ..View::default()
    };
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
        view.rows.push(vec![
            basis,
            dates,
            facts.len().to_string(),
            figures.len().to_string(),
            of_class(&figures, Class::Published),
            of_class(&figures, Class::Derived),
            ranged(&figures),
        ]);
    }
    let assumed: Vec<&Figure> = evidence.assumptions().map(|(figure, _)| figure).collect();
    if !assumed.is_empty() {
        view.rows.push(vec![
            "assumptions, each with its note".into(),
            String::new(),
            String::new(),
            assumed.len().to_string(),
            String::new(),
            String::new(),
            ranged(&assumed),
        ]);
    }
    view
}

/// How many figures are of a class.
fn of_class(figures: &[&Figure], class: Class) -> String {
    let own = figures.iter().filter(|figure| figure.class() == class);
    own.count().to_string()
}

/// How many figures have a range.
fn ranged(figures: &[&Figure]) -> String {
    let own = figures.iter().filter(|figure| figure.range.is_some());
    own.count().to_string()
}
