//! With HiGHS built in: it agrees with Clarabel on every model, and reads the program files back.
#![cfg(feature = "highs")]
#![allow(clippy::unwrap_used, unsafe_code)]

mod common;

use common::{shipped, side_by_side};
use sinews::model::ObjectiveKind;
use sinews::solve::{Options, Solver};
use std::ffi::CString;
use std::path::{Path, PathBuf};

fn models() -> Vec<PathBuf> {
    let published = [
        "models/published/steelt.toml",
        "models/published/lands.toml",
    ]
    .map(Into::into);
    shipped().into_iter().chain(published).collect()
}

#[track_caller]
fn near(what: &str, a: f64, b: f64) {
    assert!(
        (a - b).abs() <= 1e-6 * (1.0 + a.abs()),
        "{what}: {a} and {b}"
    );
}

/// Every stage of every objective reaches the same value on both, and so does the plan's cost.
#[test]
fn clarabel_and_highs_agree_on_every_model() {
    let kinds = |path: PathBuf| ObjectiveKind::WORDS.map(|kind| (path.clone(), kind));
    side_by_side(models().into_iter().flat_map(kinds), |(path, kind)| {
        agree(&path, kind);
    });
}

fn agree(path: &Path, (word, kind): (&str, ObjectiveKind)) {
    let model = sinews::read(path).unwrap();
    let solve = |solver| {
        let options = Options {
            objective: Some(kind),
            solver,
            ..Options::default()
        };
        let failed = |failure| panic!("{}, {word}, {solver:?}: {failure}", path.display());
        sinews::solve(&model, &options).unwrap_or_else(failed)
    };
    let (one, other) = (solve(Solver::Clarabel), solve(Solver::Highs));
    assert_eq!(
        one.stages.len(),
        other.stages.len(),
        "{}, {word}",
        path.display()
    );
    for (a, b) in one.stages.iter().zip(&other.stages) {
        let what = format!("{}, {word}, stage {}", path.display(), a.name);
        near(&what, a.value, b.value);
    }
    let what = format!("{}, {word}, cost", path.display());
    near(&what, one.cost.discounted, other.cost.discounted);
}

/// Whole blocks: HiGHS and microlp decide alike.
#[test]
fn highs_and_microlp_agree_on_whole_blocks() {
    let model = common::toy(
        "[line.plant]\nmakes = \"round\"\n[line.plant.expansion.hall]\nadds = \"10 round/year\"\ncost = \"400 EUR\"\nlead_time = \"12 months\"\nat_most = 5\nblocks = \"whole\"\n[requirement.shells]\nholder = \"ua\"\nitem = \"round\"\nquantity = { 2027 = \"25 round/year\" }\n",
    );
    for solver in [Solver::Highs, Solver::Microlp] {
        let solution = sinews::solve(
            &model,
            &Options {
                solver,
                ..Options::default()
            },
        )
        .unwrap();
        common::same(solution.cost.total, 1_200.0);
    }
}

/// The optimum of a program file, read and solved by HiGHS itself.
fn optimum_of(file: &Path) -> f64 {
    let name = CString::new(file.to_str().unwrap()).unwrap();
    let option = CString::new("output_flag").unwrap();
    // SAFETY: the calls of HiGHS' C interface on an instance of our own, which is destroyed at the end.
    unsafe {
        let highs = highs_sys::Highs_create();
        highs_sys::Highs_setBoolOptionValue(highs, option.as_ptr(), 0);
        assert_ne!(
            highs_sys::Highs_readModel(highs, name.as_ptr()),
            -1,
            "{}",
            file.display()
        );
        assert_eq!(highs_sys::Highs_run(highs), 0);
        let value = highs_sys::Highs_getObjectiveValue(highs);
        highs_sys::Highs_destroy(highs);
        value
    }
}

#[test]
fn highs_reads_the_program_files_back() {
    let folder = std::env::temp_dir().join(format!("sinews-readback-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for path in models() {
        let model = sinews::read(&path).unwrap();
        for kind in [ObjectiveKind::Lexicographic, ObjectiveKind::Weighted] {
            let options = Options {
                objective: Some(kind),
                solver: Solver::Clarabel,
                ..Options::default()
            };
            let solution = sinews::solve(&model, &options).unwrap();
            // What is solved is the program with its history held.
            let program = solution.program();
            let wanted = solution.stages[0].value / program.money_size();
            for (ending, text) in [("lp", program.lp(&model)), ("mps", program.mps(&model))] {
                let file = folder.join(format!("program.{ending}"));
                std::fs::write(&file, text).unwrap();
                near(
                    &format!("{} as {ending}", path.display()),
                    wanted,
                    optimum_of(&file),
                );
            }
        }
    }
}

/// Whole blocks are decided right however many there may be: three give all that can be made use of, and each more costs 10 EUR.
/// The supplier gives 175 of 300 at 4 EUR, the first 10 a year are cheap; by hand and by microlp 540 EUR.
#[test]
fn whole_blocks_are_as_many_as_are_of_use() {
    for most in ["4", "20", "1000", "1e9"] {
        let text = format!(
            r#"model.note = "a toy"
calendar = {{ start = "2026-01", end = "2028-12", period = "quarter" }}
item.a = {{ unit = "a", value = "5 EUR/a" }}
holder.h = {{}}
line.l = {{ makes = "a", capacity = "10 a/year", cost = "2 EUR/a", expansion.e = {{ adds = "40 a/year", cost = "10 EUR", lead_time = "6 months", at_most = {most}, blocks = "whole" }} }}
supplier.s = {{ item = "a", rate = "1000 a/year", minimum_order = "7 a", cost = "4 EUR/a", lead_time = "9 months" }}
requirement.r = {{ holder = "h", item = "a", quantity = "100 a/year" }}
"#
        );
        let model = sinews::document::parse("toy.toml", &text).unwrap();
        for solver in [Solver::Highs, Solver::Microlp] {
            let options = Options {
                solver,
                ..Options::default()
            };
            let plan = sinews::solve(&model, &options).unwrap();
            near(&format!("{solver:?}, {most}"), plan.cost.total, 540.0);
        }
    }
}
