//! What the plan rests on.

use super::view::View;
use crate::evidence::{Basis, Confidence};
use crate::model::Model;

/// How many figures rest on what.
pub(super) fn view(m: &Model) -> View {
    let evidence = &m.evidence;
    let mut view = View {
        title: "What the plan rests on".into(),
        note: "Figures of the model by what they rest on; `dates` are those of the sources.".into(),
        head: vec![
            "basis".into(),
            "dates".into(),
            "facts".into(),
            "figures".into(),
        ],
        words: 2,
        rows: Vec::new(),
        shares: Vec::new(),
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
        let figures = figures.count();
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
            figures.to_string(),
        ]);
    }
    let assumed = evidence.assumptions().count();
    if assumed > 0 {
        view.rows.push(vec![
            "assumptions, each with its note".into(),
            String::new(),
            String::new(),
            assumed.to_string(),
        ]);
    }
    view
}
