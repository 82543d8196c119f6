//! Right on every solver that is built in: figures that stand for "no limit", plans far smaller than what is wanted,
//! levels, and both sides of a price. Values are worked out by hand, or the same on all solvers.
#![allow(clippy::unwrap_used)]

mod common;

use common::{all_same, at, same, text};
use sinews::document::{Change, Document, How};
use sinews::ids::{PeriodId, RequirementId};
use sinews::model::{Model, ObjectiveKind};
use sinews::program::Row;
use sinews::solution::{Sides, Solution};
use sinews::solve::{Options, Solver};

/// A model of `tests/cases`.
macro_rules! case {
    ($name:literal) => {
        text(include_str!(concat!("cases/", $name, ".toml")))
    };
}

/// The embedded solver, and HiGHS where it is built in.
const FAST: [Solver; 2] = [Solver::Clarabel, Solver::Auto];
/// The same and microlp, for what is small enough.
const ALL: [Solver; 3] = [Solver::Clarabel, Solver::Auto, Solver::Microlp];

fn by(model: &Model, solver: Solver, objective: Option<ObjectiveKind>) -> Solution {
    let options = Options {
        solver,
        objective,
        ..Options::default()
    };
    sinews::solve(model, &options).unwrap_or_else(|failure| panic!("{solver:?}: {failure}"))
}

fn met(solution: &Solution, r: usize) -> f64 {
    solution.requirements[at::<RequirementId>(r)].met
}

/// Four from the plant at 3.6 M EUR, six from a supplier whose rate stands for "no limit" at 9 M EUR.
#[test]
fn a_rate_that_stands_for_no_limit_hides_no_small_flow() {
    let model = case!("no-limit-supplier");
    for solver in ALL {
        let solution = by(&model, solver, None);
        same(met(&solution, 0), 10.0);
        same(solution.cost.total / 1e6, 4.0 * 3.6 + 6.0 * 9.0);
        assert!(solution.certificate.max_row_share < 1e-6, "{solver:?}");
        assert!(
            solution.certificate.max_requirement_miss < 1e-6,
            "{solver:?}"
        );
    }
}

/// What raising a limit beyond use to any height changes: nothing.
#[test]
fn a_limit_raised_beyond_use_changes_nothing() {
    let document = Document::open("models/shells.toml").unwrap();
    let plain = by(&document.model().unwrap(), Solver::Clarabel, None);
    let values = |solution: &Solution| -> Vec<f64> {
        solution
            .stages
            .iter()
            .map(|stage| stage.value / 1e6)
            .collect()
    };
    for figures in [
        "line.tnt-works.capacity",
        "line.charge-plant.capacity",
        "fund.aid.amount",
    ] {
        for factor in [1e3, 1e6, 1e9, 1e12] {
            let raised =
                document.changed(&[Change::new(figures.parse().unwrap(), How::Scale(factor))]);
            let raised = raised.unwrap();
            for solver in FAST {
                all_same(&values(&by(&raised, solver, None)), &values(&plain));
            }
        }
    }
}

/// Sixty thousand are wanted; the plant makes this many.
#[test]
fn a_plan_far_smaller_than_what_is_wanted_is_found() {
    let document = Document::open("models/tiny.toml").unwrap();
    for rounds in [1e-4, 1.0, 2.0, 5.0] {
        let change = Change::new(
            "line.plant.capacity".parse().unwrap(),
            How::Scale(rounds / 40e3),
        );
        let model = document.changed(&[change]).unwrap();
        for solver in ALL {
            for objective in [
                ObjectiveKind::Lexicographic,
                ObjectiveKind::Weighted,
                ObjectiveKind::MaxMin,
            ] {
                let solution = by(&model, solver, Some(objective));
                let made = solution.lines[0].output;
                assert!(
                    (made / rounds - 1.0).abs() < 1e-3,
                    "{solver:?} {objective:?}: {made} of {rounds}"
                );
                assert!(
                    (solution.cost.total / (3_600.0 * rounds) - 1.0).abs() < 1e-3,
                    "{solver:?} {objective:?}"
                );
            }
        }
    }
}

/// Dearer than all money, or than all that is wanted is worth: there is a plan, and the same on every solver.
#[test]
fn figures_far_from_all_others_have_a_plan() {
    let document = Document::open("models/shells.toml").unwrap();
    for (figures, factor) in [
        ("line.filling.cost", 250e3),
        ("line.powder-mill.expansion.second-mill.cost", 1e5),
        ("fund.aid.amount", 1e9 / 3.0),
        ("fund.aid.amount", 1e-9),
        ("line.filling.capacity", 5e-6),
        ("line.forge.capacity", 1e-10),
    ] {
        let change = Change::new(figures.parse().unwrap(), How::Scale(factor));
        let model = document.changed(&[change]).unwrap();
        for objective in [
            ObjectiveKind::Lexicographic,
            ObjectiveKind::Weighted,
            ObjectiveKind::MaxMin,
        ] {
            let first = by(&model, Solver::Clarabel, Some(objective));
            let second = by(&model, Solver::Auto, Some(objective));
            for (own, other) in first.stages.iter().zip(&second.stages) {
                let near = 1e-6 * (1e6 + own.value.abs().max(other.value.abs()));
                assert!(
                    (own.value - other.value).abs() <= near,
                    "{figures} {objective:?} {own:?} {other:?}"
                );
            }
        }
    }
}

/// `de-shell` has stock enough for all it wants; only `ua-shell` is held down by what plants and caps allow.
#[test]
fn levels_are_raised_wherever_they_can_be() {
    let model = case!("max-min-wrong");
    for solver in ALL {
        let solution = by(&model, solver, None);
        same(
            solution.requirements[at::<RequirementId>(1)].coverage(),
            1.0,
        );
        same(
            solution.requirements[at::<RequirementId>(0)].coverage(),
            by(&model, Solver::Auto, None).requirements[at::<RequirementId>(0)].coverage(),
        );
    }
}

/// Mats and the cap on American content hold all three down to one level, 0.215.
#[test]
fn levels_that_hold_each_other_down_have_a_plan() {
    let model = case!("max-min-no-plan");
    for solver in FAST {
        let solution = by(&model, solver, None);
        let covered = solution.requirements.iter().map(|(_, met)| met.coverage());
        for coverage in covered {
            assert!((coverage - 0.215).abs() < 5e-4, "{solver:?}: {coverage}");
        }
    }
}

/// All that is made is wanted, and no more: one more of capacity is worth nothing, the last one a round at 1,000 EUR.
#[test]
fn a_limit_that_is_just_used_up_has_two_prices() {
    let model = case!("capacity-equals-demand");
    for solver in ALL {
        let solution = by(&model, solver, None);
        let sides = solution
            .sides(&[Row::Capacity(at(0), PeriodId::FIRST)])
            .unwrap();
        let Sides { more, less } = sides;
        assert_eq!(more, Some(0.0), "{solver:?}");
        same(less.unwrap(), 1_000.0);
        assert_eq!(sides.price(), None);
        let limits = solution.limits(&model);
        assert_eq!(limits.len(), 1, "{solver:?}");
        assert_eq!(limits[0].prices, [sides]);
    }
}

/// What microlp solves it says it solved, with prices that the certificate holds.
#[test]
fn microlp_solves_what_has_no_whole_blocks() {
    let model = case!("capacity-equals-demand");
    let solution = by(&model, Solver::Microlp, None);
    assert_eq!(solution.solver, "microlp");
    assert!(solution.certificate.holds());
}

/// What asks for nothing and waits has no share to miss; the line serves the other.
#[test]
fn a_requirement_of_nothing_that_waits_is_met() {
    let model = text(
        r#"
model.note = "a toy"
calendar = { start = "2026-01", end = "2026-12" }
objective.kind = "max-min"
item.round.unit = "round"
line.plant = { makes = "round", capacity = "5 round/quarter" }
holder.de = {}
requirement.none = { holder = "de", item = "round", quantity = "0 round/quarter", unmet = "waits" }
requirement.some = { holder = "de", item = "round", quantity = "10 round/quarter" }
"#,
    );
    for solver in ALL {
        let solution = by(&model, solver, None);
        same(
            solution.requirements[at::<RequirementId>(0)].coverage(),
            1.0,
        );
        same(
            solution.requirements[at::<RequirementId>(1)].coverage(),
            0.5,
        );
    }
}

/// Two requirements of one holder and one line: what the second does not need at the first level goes on to be raised.
/// In halves the line makes the same, and so does every requirement get.
#[test]
fn what_can_still_be_raised_is_not_settled() {
    let model = |lines: &str| {
        text(&format!(
            r#"
model.note = "a toy"
calendar = {{ start = "2026-01", end = "2026-12" }}
objective.kind = "max-min"
item.round.unit = "round"
{lines}
holder.ua = {{}}
holder.de.stock.round = {{ opening = "520 round", draw = "107 round/year" }}
requirement.r0 = {{ holder = "ua", item = "round", quantity = "500 round/quarter" }}
requirement.r1 = {{ holder = "de", item = "round", quantity = "166.75 round/quarter", unmet = "waits" }}
requirement.r2 = {{ holder = "de", item = "round", quantity = "1000 round/year" }}
"#
        ))
    };
    let whole = model("line.works = { makes = \"round\", capacity = \"130 round/year\" }");
    let halves = model(
        "line.a = { makes = \"round\", capacity = \"65 round/year\" }\nline.b = { makes = \"round\", capacity = \"65 round/year\" }",
    );
    let levels = |model: &Model, solver| {
        let solution = by(model, solver, None);
        let mut shares: Vec<f64> = solution
            .requirements
            .ids()
            .map(|r| solution.plan.share[r].unwrap())
            .collect();
        shares.sort_by(f64::total_cmp);
        shares
    };
    let wanted = levels(&whole, Solver::Clarabel);
    for solver in FAST {
        all_same(&levels(&whole, solver), &wanted);
        all_same(&levels(&halves, solver), &wanted);
    }
}

/// A step that does not say from when it holds is no step: it is told, not dropped.
#[test]
fn a_step_that_is_a_bare_text_is_told() {
    let text = r#"
model.note = "a toy"
calendar = { start = "2026-01", end = "2026-12" }
item.round.unit = "round"
line.plant = { makes = "round", capacity = ["5 round/year"] }
holder.ua = {}
requirement.r = { holder = "ua", item = "round", quantity = "20 round/year" }
"#;
    let problems = sinews::document::parse("step.toml", text).unwrap_err();
    let message = &problems.list()[0].message;
    assert_eq!(message, "a step of `line.plant.capacity` has no `from`");
}
