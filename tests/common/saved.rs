//! What must hold of every model that is saved: it reads back as it was.

use sinews::document::{parse, to_toml};
use sinews::evidence::{Basis, Evidence, Figure};
use sinews::model::{Draft, Model};
use sinews::program::Program;

/// Where a saved model reads back as another.
pub fn fault(model: &Model) -> Option<String> {
    let text = match to_toml(model) {
        Ok(text) => text,
        Err(problems) => return Some(problems.to_string()),
    };
    let again = match parse("saved.toml", &text) {
        Ok(again) => again,
        Err(problems) => return Some(problems.to_string()),
    };
    let fault = if bare(model) != bare(&again) {
        "another model"
    } else if lp(model) != lp(&again) {
        "another program"
    } else if kept(model) != kept(&again) {
        "other evidence"
    } else if to_toml(&again).ok().as_ref() != Some(&text) {
        "saved again it is another text"
    } else {
        return None;
    };
    let (was, is) = if fault == "other evidence" {
        (
            format!("{:#?}", kept(model)),
            format!("{:#?}", kept(&again)),
        )
    } else {
        (
            format!("{:#?}", bare(model)),
            format!("{:#?}", bare(&again)),
        )
    };
    let mut lines = was.lines().zip(is.lines()).enumerate();
    let first = lines.find(|(_, (was, is))| was != is);
    Some(format!("{fault}: {first:?}\n{text}"))
}

fn lp(model: &Model) -> String {
    Program::of(model, model.objective.kind).lp(model)
}

/// A model without its evidence.
fn bare(model: &Model) -> Draft {
    let mut draft = model.clone().into_draft();
    draft.evidence = Evidence::default();
    draft
}

/// What is kept of where figures come from: that of a fact is told in a note, which begins with its id. A product is saved as one
/// figure, without its factors.
fn kept(model: &Model) -> Vec<Figure> {
    let is_factor = |figure: &&Figure| {
        let keys = figure.place.keys();
        keys.len() > 3 && &*keys[keys.len() - 2] == "times"
    };
    let figures = model.evidence.figures.iter();
    let figures = figures.filter(|figure| !is_factor(figure)).cloned();
    let figures = figures.map(|figure| Figure {
        basis: Basis::Assumption(match figure.basis {
            Basis::Fact(id) if figure.derived => format!("Derived from fact {id}"),
            Basis::Fact(id) => format!("Fact {id}"),
            Basis::Assumption(note) if note.starts_with("Fact ") => until_colon(&note),
            Basis::Assumption(note) if note.starts_with("Derived from ") => until_colon(&note),
            Basis::Assumption(note) => note,
        }),
        derived: false,
        ..figure
    });
    figures.collect()
}

fn until_colon(note: &str) -> String {
    note.split(':').next().unwrap_or(note).to_owned()
}
