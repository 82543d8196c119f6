//! Plans that are kept read back as they were, and what is no plan of a model is refused.
#![allow(clippy::unwrap_used)]

mod common;

use common::restored::fault;
use common::{same, solved, text, toy};
use sinews::ids::RuleId;
use sinews::model::{Measured, Model, ObjectiveKind, Rule};
use sinews::program::{Goal, Program, Row};
use sinews::solution::{Saved, Solution};
use sinews::solve::{NotRestored, Options, restored, solve, solve_program};

/// Two tiers, two funds, an expansion, and more wanted than can be had.
const MANY: &str = r#"
[country.DE]
[line.de]
makes = "round"
country = "DE"
capacity = "10 round/year"
cost = "60 EUR/round"
[line.de.expansion.hall]
adds = "5 round/year"
cost = "200 EUR"
lead_time = "6 months"
[supplier.abroad]
item = "round"
rate = "20 round/year"
cost = "80 EUR/round"
[fund.aid]
amount = "1000 EUR/year"
carry_over = "50 %"
[fund.more]
amount = "400 EUR/year"
buys = { holders = ["ua"] }
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
[requirement.training]
holder = "ua"
item = "round"
quantity = "6 round/year"
tier = 2
"#;

fn asked(model: &Model, kind: ObjectiveKind) -> Solution {
    let options = Options {
        objective: Some(kind),
        ..Options::default()
    };
    solve(model, &options).unwrap()
}

fn reads_back(solution: &Solution) {
    if let Some(fault) = fault(solution) {
        panic!("{fault}");
    }
}

#[test]
fn every_objective_reads_back() {
    let model = toy(MANY);
    for (_, kind) in ObjectiveKind::WORDS {
        reads_back(&asked(&model, kind));
    }
    for financing in ["grants-first", "pro-rata"] {
        let objective = format!("[objective]\nfinancing = \"{financing}\"\n");
        reads_back(&solved(&toy(&format!("{objective}{MANY}"))));
    }
}

#[test]
fn whole_blocks_read_back() {
    let whole = MANY.replace("adds = ", "blocks = \"whole\"\nadds = ");
    assert_ne!(whole, MANY);
    reads_back(&solved(&toy(&whole)));
}

/// A year of history, in which what was in store was used.
#[test]
fn history_reads_back() {
    let model = text(&format!(
        r#"
[model]
note = "a toy"
[calendar]
start = "2025-01"
end = "2027-12"
decide_from = "2026-01"
period = "year"
[item.round]
unit = "round"
value = "100 EUR/round"
[holder.ua]
stock.round = {{ opening = "7 round" }}
{MANY}
"#
    ));
    assert!(model.calendar.has_past());
    reads_back(&solved(&model));
}

#[test]
fn shipped_models_read_back() {
    let mut seen = 0;
    for path in common::shipped() {
        let model = sinews::read(&path).unwrap();
        // Those that are solved in no time.
        if Program::of(&model, model.objective.kind).columns().len() > 3_000 {
            continue;
        }
        seen += 1;
        if let Some(fault) = fault(&solved(&model)) {
            panic!("{}: {fault}", path.display());
        }
    }
    assert!(seen >= 3, "only {seen} models were small");
}

/// Rules of one's own have no words in a file, and a plan that keeps one reads back with the model that has it.
#[test]
fn a_plan_with_a_rule_reads_back_with_its_model() {
    let mut draft = toy(MANY).into_draft();
    let made = Measured::Output {
        line: draft.lines.called("de"),
        item: None,
    };
    draft
        .rules
        .push(Rule::at_most("some", 4.0, "round").with(1.0, made));
    let model = draft.check().unwrap();
    let solution = solved(&model);
    reads_back(&solution);
    let again = restored(&model, &solution.saved()).unwrap();
    let row = Row::Rule(RuleId::FIRST, model.calendar.last());
    same(again.price(row).unwrap(), solution.price(row).unwrap());
    // The model without the rule has no such row.
    let refused = restored(&toy(MANY), &solution.saved());
    assert!(
        matches!(refused, Err(NotRestored::UnknownName(_))),
        "{refused:?}"
    );
}

/// A plan as it is kept, with something else in it.
fn changed(saved: &Saved, change: impl FnOnce(&mut Saved)) -> Saved {
    let mut saved = saved.clone();
    change(&mut saved);
    saved
}

#[test]
fn what_is_no_plan_of_a_model_is_refused() {
    let model = toy(MANY);
    let saved = asked(&model, ObjectiveKind::Lexicographic).saved();
    let why = |model: &Model, saved: &Saved| restored(model, saved).unwrap_err();
    // Another figure of the model.
    let richer = toy(&MANY.replace("\"1000 EUR/year\"", "\"1001 EUR/year\""));
    let found = why(&richer, &saved);
    assert!(matches!(found, NotRestored::Changed { .. }), "{found}");
    assert!(
        found.to_string().contains("`money.aid.2026` was"),
        "{found}"
    );
    // Another line.
    let other = toy(&MANY.replace("line.de", "line.fr"));
    let found = why(&other, &saved);
    assert!(matches!(found, NotRestored::UnknownName(_)), "{found}");
    // More is made than can be.
    let more = changed(&saved, |saved| {
        let made = saved
            .columns
            .iter_mut()
            .find(|(name, _)| name.starts_with("make."));
        *made.unwrap().1 *= 2.0;
    });
    let found = why(&model, &more);
    assert!(matches!(found, NotRestored::Uncertified { .. }), "{found}");
    // Another price, of which no row is fixed: it pays too much. And a plan whose prices prove nothing.
    let cheaper = toy(&MANY.replace("\"60 EUR/round\"", "\"50 EUR/round\""));
    let priceless = changed(&saved, |saved| saved.stages[0].duals.clear());
    for found in [restored(&cheaper, &saved), restored(&model, &priceless)] {
        let found = found.unwrap_err();
        assert!(matches!(found, NotRestored::Uncertified { .. }), "{found}");
    }
    // It says that it came to something else, or was certified less well than a plan must be.
    let better = changed(&saved, |saved| saved.stages[0].value *= 0.5);
    let loose = changed(&saved, |saved| saved.certificate.relative_gap = 0.1);
    for saved in [better, loose] {
        let found = why(&model, &saved);
        assert!(matches!(found, NotRestored::Uncertified { .. }), "{found}");
    }
    // What it strives for, and who found it.
    let aimless = changed(&saved, |saved| saved.objective = "most".into());
    let found = why(&model, &aimless).to_string();
    assert_eq!(
        found,
        "the plan is of another model: this one has no objective `most`"
    );
    let nobody = changed(&saved, |saved| saved.solver = "guesswork".into());
    let found = why(&model, &nobody).to_string();
    assert_eq!(
        found,
        "the plan is of another model: this one has no solver `guesswork`"
    );
    // No number.
    let broken = changed(&saved, |saved| {
        for value in saved.columns.values_mut() {
            *value = f64::NAN;
        }
    });
    assert!(restored(&model, &broken).is_err());
}

/// A program that something else was made of can be kept for the record, and not read back.
#[test]
fn the_plan_of_a_changed_program_is_not_read_back() {
    let model = toy(MANY);
    let mut program = Program::of(&model, ObjectiveKind::Weighted);
    program.pursue(&model, Goal::SHORTFALL);
    let solution = solve_program(&model, program, &Options::default()).unwrap();
    let found = restored(&model, &solution.saved()).unwrap_err();
    let NotRestored::Stages { found, wanted } = found else {
        panic!("{found}");
    };
    assert_eq!((&*found, &*wanted), ("`shortfall`", "`shortfall and cost`"));
}
