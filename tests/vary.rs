//! A model built or edited in Rust can be varied as a file can, and says what it rests on.
#![allow(clippy::unwrap_used)]

mod common;

use common::{short, solved};
use sinews::analysis::{
    Trouble, Work, bottleneck, brief, compare, deadline, dependence, disruption, explain, futures,
    infeasible, monte_carlo, outlook, sensitivity, sweep,
};
use sinews::calendar::{Calendar, PeriodLength};
use sinews::document::{Change, Document, How, Pattern, Vary, Versions};
use sinews::evidence::{Basis, Figure};
use sinews::model::{Draft, Holder, Item, Line, Model, Requirement};
use sinews::problem::Place;
use sinews::solve::Options;
use sinews::units::{per_piece, per_year};

const SHIPPED: [&str; 5] = [
    "models/tiny.toml",
    "models/shells.toml",
    "models/europe.toml",
    "models/backtest-2023.toml",
    "models/published/farmer.toml",
];

/// A model in which every figure of the format is written.
fn all() -> Document {
    Document::open("src/document/reach.toml").unwrap_or_else(|problems| panic!("{problems}"))
}

fn documents() -> impl Iterator<Item = Document> {
    let shipped = SHIPPED.iter().map(|path| Document::open(path).unwrap());
    shipped.chain([all()])
}

/// Two models are the same, digit by digit but for the last.
fn same(one: &Model, other: &Model, what: &str) {
    let lines = |model: &Model| format!("{:#?}", &**model);
    let (one, other) = (lines(one), lines(other));
    assert_eq!(one.lines().count(), other.lines().count(), "{what}");
    for (one, other) in one.lines().zip(other.lines()) {
        let number = |line: &str| line.trim().trim_end_matches(',').parse::<f64>();
        let near = match (number(one), number(other)) {
            (Ok(one), Ok(other)) => (one - other).abs() <= 1e-12 * one.abs().max(other.abs()),
            _ => one == other,
        };
        assert!(near, "{what}: {one} and {other}");
    }
}

/// The walk over a draft finds every figure that a file states, where the file states it, with its value and unit.
#[test]
fn a_draft_that_is_not_edited_keeps_its_evidence() {
    for document in documents() {
        let model = document.model().unwrap();
        let again = model.clone().into_draft().check().unwrap();
        assert_eq!(again.evidence.facts, model.evidence.facts);
        for (one, other) in again.evidence.figures.iter().zip(&model.evidence.figures) {
            assert_eq!(one, other);
        }
        assert_eq!(again.evidence.figures.len(), model.evidence.figures.len());
    }
}

/// What a change makes of a file it makes of the file's model.
#[test]
fn a_file_and_its_model_vary_alike() {
    let document = all();
    let model = document.model().unwrap();
    let mut tried = 0;
    for figure in &model.evidence.figures {
        let pattern = Pattern::from(&figure.place);
        let hows = [
            How::Scale(0.5),
            How::Set(0.75 * figure.value),
            How::Shift(5),
            How::Quantile(0.25),
        ];
        for how in hows {
            // Where no window is written, a file's limit holds by the year for as long as no step lies inside one; a
            // model in Rust says which it is.
            let by_window = figure.place.keys()[0].as_ref() == "resource";
            if by_window && matches!(how, How::Shift(_)) {
                continue;
            }
            let change = [Change::new(pattern.clone(), how)];
            let what = format!("{pattern} {how:?}");
            match (document.changed(&change), Vary::changed(&model, &change)) {
                (Ok(one), Ok(other)) => same(&one, &other, &what),
                (Err(one), Err(other)) => {
                    let first = |problems: &sinews::problem::Problems| {
                        let problem = &problems.list()[0];
                        (problem.kind, problem.message.clone())
                    };
                    assert_eq!(first(&one), first(&other), "{what}");
                    continue;
                }
                (one, other) => panic!("{what}: {:?} and {:?}", one.err(), other.err()),
            }
            tried += 1;
        }
    }
    assert!(tried > 150, "{tried}");
}

#[test]
fn many_changes_of_europe_at_once() {
    let document = Document::open("models/europe.toml").unwrap();
    let model = document.model().unwrap();
    let change = |text: &str, how| Change::new(text.parse().unwrap(), how);
    let changes = [
        change("line.*.capacity", How::Quantile(0.8)),
        change("fund.*.amount", How::Scale(1.3)),
        change("line.*.expansion.*.lead_time", How::Shift(0)),
        change("supplier.*.rate", How::Shift(6)),
        change("fund.*.amount", How::Quantile(0.2)),
        change("macro.exchange.*", How::Scale(1.1)),
    ];
    let changes: Vec<Change> = changes
        .into_iter()
        .filter(|change| document.changed(std::slice::from_ref(change)).is_ok())
        .collect();
    assert!(changes.len() >= 4, "{changes:?}");
    let (one, other) = (document.changed(&changes), Vary::changed(&model, &changes));
    same(&one.unwrap(), &other.unwrap(), "europe");
}

fn built() -> Draft {
    let calendar = Calendar::new(
        "2026-01".parse().unwrap(),
        "2027-12".parse().unwrap(),
        PeriodLength::Year,
    );
    let mut draft = Draft::new(calendar.unwrap());
    let round = draft.items.push(Item::new("round", "round"));
    let plant = Line::new("plant", round)
        .capacity(per_year(20.0))
        .cost(per_piece(60.0));
    draft.lines.push(plant);
    let ua = draft.holders.push(Holder::new("ua"));
    let shells = Requirement::new("shells", ua, round, per_year(30.0));
    draft.requirements.push(shells);
    draft
}

fn figures(model: &Model) -> Vec<(String, f64, String, Basis)> {
    let of = |f: &Figure| {
        (
            f.place.to_string(),
            f.value,
            f.unit.clone(),
            f.basis.clone(),
        )
    };
    model.evidence.figures.iter().map(of).collect()
}

#[test]
fn what_is_built_in_rust_is_assumed() {
    let stated = || Basis::Assumption("stated in Rust".into());
    let wanted = [
        ("line.plant.cost", 60.0, "EUR/round"),
        ("line.plant.capacity", 20.0, "round/year"),
        ("requirement.shells.quantity", 30.0, "round/year"),
    ];
    let wanted =
        wanted.map(|(place, value, unit)| (place.to_owned(), value, unit.to_owned(), stated()));
    assert_eq!(figures(&built().check().unwrap()), wanted);
}

/// A figure that is edited loses its fact and its range, one that is gone is forgotten, others stay.
#[test]
fn edited_figures_lose_their_source() {
    let model = sinews::read("models/europe.toml").unwrap();
    let ranged = |f: &&Figure| {
        f.range.is_some()
            && matches!(f.basis, Basis::Fact(_))
            && f.place.to_string().ends_with("capacity")
    };
    let figure = model.evidence.figures.iter().find(ranged).unwrap().clone();
    let mut draft = model.clone().into_draft();
    let line = draft.lines.called(&figure.place.keys()[1]).unwrap();
    draft.lines[line].capacity = draft.lines[line].capacity.map(|rate| rate * 2.0);
    let edited = draft.check().unwrap();
    let now = edited
        .evidence
        .figures
        .iter()
        .find(|f| f.place == figure.place);
    let now = now.unwrap();
    assert_eq!(now.value, 2.0 * figure.value);
    assert_eq!(now.range, None);
    assert_eq!(now.basis, Basis::Assumption("edited in Rust".into()));
    let others = |model: &Model| {
        let all = model
            .evidence
            .figures
            .iter()
            .filter(|f| f.place != figure.place);
        all.cloned().collect::<Vec<_>>()
    };
    assert_eq!(others(&edited), others(&model));
}

#[test]
fn a_range_can_be_stated_in_rust() {
    let mut draft = built();
    let place = Place::new(["line", "plant", "capacity"]);
    let basis = || Basis::Assumption("From a visit".into());
    assert!(draft.rests_on(&place, basis(), Some((10.0, 40.0))));
    assert!(!draft.rests_on(&Place::new(["line", "nowhere", "capacity"]), basis(), None));
    let model = draft.check().unwrap();
    let half = Change::new(Pattern::from(&place), How::Quantile(0.0));
    let low = Vary::changed(&model, &[half]).unwrap();
    assert_eq!(
        low.lines.values().next().unwrap().capacity.most().value(),
        10.0
    );
}

#[test]
fn changes_in_vain_are_refused_in_rust_as_well() {
    let model = built().check().unwrap();
    let refused = |text: &str, how| {
        let change = Change::new(text.parse().unwrap(), how);
        Vary::changed(&model, &[change]).unwrap_err().list()[0]
            .message
            .clone()
    };
    assert_eq!(
        refused("line.nowhere.capacity", How::Scale(2.0)),
        "`line.nowhere.capacity` names no figure of the model"
    );
    assert_eq!(
        refused("line.plant.cost", How::Shift(6)),
        "a shift of `line.plant.cost` moves nothing"
    );
    assert_eq!(
        refused("line.plant.capacity", How::Quantile(0.5)),
        "`line.plant.capacity` has no range to take a value from"
    );
    assert_eq!(
        refused("line.plant.capacity", How::Set(f64::NAN)),
        "`capacity` is not a finite number"
    );
    let pattern: Pattern = "line.plant.capacity".parse().unwrap();
    let problems = model.with_values(&[(&pattern, "3 t/year")]).unwrap_err();
    assert_eq!(
        problems.list()[0].message,
        "`line.plant.capacity` cannot be `3 t/year`"
    );
}

/// Every analysis that takes a document takes a model built in Rust.
#[test]
fn every_analysis_takes_a_model_built_in_rust() {
    let mut draft = built();
    let place = Place::new(["line", "plant", "capacity"]);
    let basis = Basis::Assumption("From a visit".into());
    assert!(draft.rests_on(&place, basis, Some((10.0, 40.0))));
    let model = draft.check().unwrap();
    let (options, work) = (Options::default(), Work::default());
    let plan = solved(&model);
    assert_eq!(
        short(&plan).iter().map(|short| short.round()).sum::<f64>(),
        20.0
    );

    let found =
        bottleneck::bottleneck(&model, &bottleneck::Question::default(), &options, &work).unwrap();
    assert!(!found.shortfalls.is_empty());
    let request = brief::Request::default();
    assert!(brief::brief(&model, (&model, &plan), &request, &options, &work).is_ok());
    let request = deadline::Request::default();
    assert!(deadline::deadline(&model, &request, &options, &work).is_ok());
    let question = dependence::Question::default();
    assert!(dependence::dependence(&model, &question, &options, &work).is_ok());
    let request = disruption::Request::default();
    assert!(disruption::disruption(&model, &request, &options, &work).is_ok());
    assert!(explain::explain(&model, "line.plant", &options).is_ok());
    let clashes = infeasible::infeasible(&model, &options).unwrap();
    assert!(clashes.clashes.is_empty());
    let request = monte_carlo::Request {
        samples: 4,
        ..Default::default()
    };
    let samples = monte_carlo::monte_carlo(&model, &request, &options, &work).unwrap();
    assert_eq!(samples.results.rows.len(), 4);
    let request = outlook::Request::default();
    assert_eq!(
        outlook::outlook(&model, &request, &options, &work)
            .unwrap()
            .sides
            .len(),
        1
    );
    let request = sensitivity::Request::default();
    let moves = sensitivity::sensitivity(&model, &request, &options, &work).unwrap();
    assert_eq!(moves.moves.len(), 1);
    let request = sweep::Request {
        axes: vec!["line.plant.capacity=x0.5,30 round/year".parse().unwrap()],
        ..Default::default()
    };
    let grid = sweep::sweep(&model, &request, &options, &work).unwrap();
    let coverage = |n: usize| grid.results.rows[&n].values[0].unwrap();
    assert!((coverage(0) - 1.0 / 3.0).abs() < 1e-6 && (coverage(1) - 1.0).abs() < 1e-6);
}

/// Versions of a model stand in for the scenarios of a file.
#[test]
fn versions_are_compared_as_scenarios_are() {
    let model = built().check().unwrap();
    let mut draft = built();
    for line in draft.lines.values_mut() {
        line.capacity = line.capacity.map(|rate| rate * 1.5);
    }
    let versions = Versions::of(model).with("more", "Half as much again", draft.check().unwrap());
    let (options, work) = (Options::default(), Work::default());
    let found = compare::compare(&versions, &["base", "more"], &options, &work).unwrap();
    let missing = |n: usize| {
        found.scenarios[n]
            .solution
            .requirements
            .values()
            .next()
            .unwrap()
            .short
    };
    assert!((missing(0) - 20.0).abs() < 1e-6 && missing(1).abs() < 1e-6);
    assert_eq!(found.inputs.len(), 1);
    assert_eq!(found.inputs[0].values, [Some(20.0), Some(30.0)]);
    let unknown = compare::compare(&versions, &["less"], &options, &work);
    let Err(Trouble::Input(problems)) = unknown else {
        panic!("there is no such version");
    };
    assert_eq!(problems.list()[0].message, "unknown scenario `less`");
    let mut ask = futures::Ask::new("2027-01".parse().unwrap());
    ask.futures = vec![("base".into(), 0.5), ("more".into(), 0.5)];
    assert!(futures::futures(&versions, &ask, &options, &work).is_ok());
}

/// A model that is read, edited and varied keeps what it was read with.
#[test]
fn set_is_a_change_like_others() {
    let document = Document::open("models/tiny.toml").unwrap();
    let set = Change::new("line.plant.capacity".parse().unwrap(), How::Set(60_000.0));
    let plan = solved(&document.changed(&[set]).unwrap());
    assert!(short(&plan).iter().all(|short| short.abs() < 1e-3));
}
