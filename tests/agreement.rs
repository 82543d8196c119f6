//! Independent checks of the mathematics: other solvers, finite differences, strong duality.
#![allow(clippy::unwrap_used)]

mod common;

use common::{shipped, solved};
use sinews::ids::PeriodId;
use sinews::model::{Model, ObjectiveKind};
use sinews::path::Path;
use sinews::program::{Program, Row, Sense};
use sinews::solve::{Options, Solver};

/// The least value of a program's first aim, by microlp.
fn by_microlp(program: &Program) -> f64 {
    use good_lp::{Expression, ProblemVariables, Solution, SolverModel, constraint, variable};
    let mut variables = ProblemVariables::new();
    let columns: Vec<_> = program
        .columns()
        .iter()
        .map(|c| {
            let bounded = variable().min(c.lower);
            variables.add(if c.upper.is_finite() {
                bounded.max(c.upper)
            } else {
                bounded
            })
        })
        .collect();
    let sum = |terms: &[(u32, f64)]| {
        let mut left = Expression::default();
        for &(j, factor) in terms {
            left.add_mul(factor, columns[j as usize]);
        }
        left
    };
    let aim = sum(&program.stages()[0].aim);
    let mut model = variables.minimise(aim.clone()).using(good_lp::microlp);
    let rows = program.rows();
    for n in 0..rows.len() {
        let (left, right) = (sum(rows.row(n)), rows.right(n));
        model.add_constraint(match rows.sense(n) {
            Sense::AtMost => constraint!(left <= right),
            Sense::AtLeast => constraint!(left >= right),
            Sense::Equal => constraint!(left == right),
        });
    }
    model.solve().unwrap().eval(aim)
}

#[track_caller]
fn near(name: &str, a: f64, b: f64) {
    assert!(
        (a - b).abs() <= 1e-6 * (1.0 + a.abs()),
        "{name}: {a} and {b}"
    );
}

/// The models small enough for microlp.
fn small() -> Vec<(String, Model)> {
    let published = [
        "models/published/steelt.toml",
        "models/published/lands.toml",
    ]
    .map(Into::into);
    let all = shipped().into_iter().chain(published);
    let read = all
        .map(|path: std::path::PathBuf| (path.display().to_string(), sinews::read(&path).unwrap()));
    read.filter(|(_, model)| Program::of(model, model.objective.kind).columns().len() < 2_000)
        .collect()
}

#[test]
fn clarabel_and_microlp_agree_on_small_models() {
    let models = small();
    assert!(models.len() >= 4);
    for (name, model) in models {
        for (_, kind) in ObjectiveKind::WORDS {
            let options = Options {
                objective: Some(kind),
                solver: Solver::Clarabel,
                ..Options::default()
            };
            let solution = sinews::solve(&model, &options).unwrap();
            let first = match kind {
                ObjectiveKind::MaxMin => continue,
                _ => solution.stages[0].value / solution.program().money_size(),
            };
            near(&name, first, by_microlp(solution.program()));
        }
    }
}

/// Value = Σ dual × right side + Σ reduced cost × value of fixed columns, from scratch.
#[test]
fn strong_duality_holds_on_every_model() {
    for (name, model) in small() {
        let options = Options {
            objective: Some(ObjectiveKind::Weighted),
            solver: Solver::Clarabel,
            ..Options::default()
        };
        let solution = sinews::solve(&model, &options).unwrap();
        let program = solution.program();
        let (rows, money) = (program.rows(), program.money_size());
        let stage = &program.stages()[0];
        let mut reduced = vec![0.0; program.columns().len()];
        for &(j, factor) in &stage.aim {
            reduced[j as usize] += factor;
        }
        let mut bound = 0.0;
        for n in 0..rows.len() {
            let dual = solution.dual(rows.name(n)).unwrap() / money * rows.unit(n);
            bound += dual * rows.right(n);
            for &(j, factor) in rows.row(n) {
                reduced[j as usize] -= dual * factor;
            }
        }
        let fixed = program
            .columns()
            .iter()
            .zip(&reduced)
            .filter(|(c, _)| c.lower == c.upper);
        bound += fixed.map(|(c, reduced)| c.lower * reduced).sum::<f64>();
        near(&name, solution.stages[0].value / money, bound);
    }
}

/// The price of a limit is what one more unit of it saves: half a percent more of it, solved again.
#[test]
fn prices_are_finite_differences() {
    let path = "models/shells.toml";
    let weighted = |change: &dyn Fn(&mut sinews::model::Draft)| {
        let mut draft = sinews::read(path).unwrap().into_draft();
        draft.objective.kind = ObjectiveKind::Weighted;
        change(&mut draft);
        let model = draft.check().unwrap();
        let solution = solved(&model);
        (solution.stages[0].value, solution, model)
    };
    let (base, solution, model) = weighted(&|_| {});
    // What a difference of two values can tell, each being right to about seven digits.
    let near = |what: &str, saved: f64, price: f64, step: f64| {
        let noise = 1e-3 * price + 1e-7 * base / step;
        assert!(
            (saved - price).abs() <= noise,
            "{what}: {saved} and {price}"
        );
    };
    for l in model.lines.ids() {
        let first = model.lines[l].capacity.at(model.calendar.start()).value();
        // More in the first quarter only, so that one row's price is all that is tested.
        let more = 0.005 * first;
        let (after, _, _) = weighted(&|draft| {
            let later = draft.calendar.start().plus(3);
            let capacity = draft.lines[l].capacity.clone();
            let steps = [(draft.calendar.start(), first + more), (later, first)];
            let steps = steps.map(|(month, value)| (month, sinews::units::per_year(value)));
            draft.lines[l].capacity = Path::steps(
                steps
                    .into_iter()
                    .chain(capacity.iter().filter(|&(from, _)| from > later)),
            );
        });
        let usable = more
            * 0.25
            * model.lines[l]
                .utilisation
                .at(model.calendar.start())
                .value();
        let price = solution.price(Row::Capacity(l, PeriodId::FIRST)).unwrap();
        let saved = (base - after) / usable;
        near(&model.lines[l].key, saved, price, usable);
    }
    for f in model.funds.ids() {
        let more = 1e8;
        let (after, _, _) = weighted(&|draft| {
            let start = draft.calendar.start();
            let own = draft.funds[f].amount.at(start).value();
            let money = sinews::units::MoneyPerYear::new;
            draft.funds[f].amount =
                Path::steps([(start, money(own + more)), (start.plus(12), money(own))]);
        });
        let price = solution.fund(f, sinews::ids::YearId::FIRST).unwrap().price;
        let saved = (base - after) / more;
        near(&model.funds[f].key, saved, price, more);
    }
}

/// What cannot be improved without end is found to be so, whatever the solver says.
#[test]
fn rules_that_clash_are_named() {
    let model = common::toy(
        "[item.powder]\nunit = \"t\"\nstock = { most = \"0 t\" }\n[line.mill]\nmakes = \"powder\"\ncapacity = \"1 t/year\"\n[line.plant]\nmakes = \"shell\"\ncapacity = \"50 shell/year\"\nminimum = \"30 shell/year\"\n[item.shell]\nunit = \"shell\"\nneeds = { powder = \"100 kg/shell\" }\n[requirement.shells]\nholder = \"ua\"\nitem = \"shell\"\nquantity = \"5 shell/year\"\n",
    );
    let options = Options {
        solver: Solver::Clarabel,
        ..Options::default()
    };
    let failure = sinews::solve(&model, &options).unwrap_err().to_string();
    assert_eq!(
        failure,
        "no plan keeps every rule; these would have to give way:\n  the minimum rate of line `plant` in 2026 (by 20.000000)\n  the minimum rate of line `plant` in 2027 (by 20.000000)"
    );
}

/// A solve can be stopped and limited.
#[test]
fn a_solve_stops_when_told() {
    use sinews::solve::{Cancel, Failure};
    let model = sinews::read("models/shells.toml").unwrap();
    let cancel = Cancel::default();
    cancel.cancel();
    let options = Options {
        cancel: Some(cancel),
        solver: Solver::Clarabel,
        ..Options::default()
    };
    assert_eq!(
        sinews::solve(&model, &options).unwrap_err(),
        Failure::Cancelled
    );
    let options = Options {
        time_limit: Some(std::time::Duration::ZERO),
        solver: Solver::Clarabel,
        ..Options::default()
    };
    assert_eq!(
        sinews::solve(&model, &options).unwrap_err(),
        Failure::TimeLimit
    );
}

/// Solvers that cannot take a model say what to do instead.
#[test]
fn a_solver_that_cannot_says_so() {
    let model = common::toy(
        "[line.plant]\nmakes = \"round\"\n[line.plant.expansion.hall]\nadds = \"10 round/year\"\nlead_time = \"0 months\"\nblocks = \"whole\"\n[requirement.shells]\nholder = \"ua\"\nitem = \"round\"\nquantity = \"5 round/year\"\n",
    );
    let options = Options {
        solver: Solver::Clarabel,
        ..Options::default()
    };
    assert_eq!(
        sinews::solve(&model, &options).unwrap_err().to_string(),
        "Clarabel cannot build whole blocks or keep minimum orders; use `highs` or `microlp`"
    );
    if !cfg!(feature = "highs") {
        let options = Options {
            solver: Solver::Highs,
            ..Options::default()
        };
        let message = sinews::solve(&model, &options).unwrap_err().to_string();
        assert!(
            message.starts_with("HiGHS is not built in; build with `--features highs`"),
            "{message}"
        );
    }
}

/// What can be used from several threads.
#[test]
fn everything_is_send_and_sync() {
    fn check<T: Send + Sync>() {}
    check::<Model>();
    check::<sinews::solution::Solution>();
    check::<Options>();
    check::<sinews::solve::Failure>();
    check::<sinews::problem::Problems>();
    check::<Program>();
}

/// The same input gives the same bytes.
#[test]
fn the_same_input_gives_the_same_bytes() {
    let report = || {
        let model = sinews::read("models/shells.toml").unwrap();
        let solution = solved(&model);
        let tables = sinews::report::csv(&model, &solution);
        (
            sinews::report::json(&model, &solution),
            sinews::report::text(&model, &solution),
            tables,
            solution.program().lp(&model),
            solution.program().mps(&model),
        )
    };
    assert_eq!(report(), report());
}
