//! Sweeps: grids of settings, rows that can be gone on from, shards that are merged.
#![allow(clippy::unwrap_used)]

mod common;

use common::same;
use sinews::analysis::sweep::{Request, Sweep, sweep};
use sinews::analysis::{Findings, Keep, Outcome, Results, Shard, Trouble, Work};
use sinews::document::{Change, Document, How};
use sinews::model::ObjectiveKind;
use sinews::solve::{Cancel, Options};
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// 10 rounds a year are made and 20 wanted, in two years; a round is worth 100 EUR and costs 50. From 2027
/// on, 20 are made.
const TOY: &str = r#"
[model]
name = "toy"
note = "a toy"
[calendar]
start = "2026-01"
end = "2027-12"
period = "year"
[item.round]
unit = "round"
value = "100 EUR/round"
[line.plant]
makes = "round"
capacity = [
    { from = "2026-01", value = "10 round/year" },
    { from = "2027-01", value = "20 round/year" },
]
cost = "50 EUR/round"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "20 round/year"
"#;

fn document() -> Document {
    Document::parse("toy.toml", TOY).unwrap()
}

fn request(axes: &[&str]) -> Request {
    Request {
        axes: axes.iter().map(|axis| axis.parse().unwrap()).collect(),
        prices: vec!["line.plant.capacity".parse().unwrap()],
        ..Request::default()
    }
}

fn options() -> Options {
    Options {
        objective: Some(ObjectiveKind::Weighted),
        ..Options::default()
    }
}

fn swept(request: &Request) -> Result<Sweep, Trouble> {
    sweep(&document(), request, &options(), &Work::default())
}

fn column(found: &Sweep, wanted: &Outcome) -> Vec<f64> {
    let n = found.outcomes.iter().position(|o| o == wanted).unwrap();
    let rows = found.results.rows.values();
    rows.map(|row| row.values[n].unwrap()).collect()
}

#[track_caller]
fn all_same(a: &[f64], b: &[f64]) {
    assert_eq!(a.len(), b.len());
    for (a, b) in a.iter().zip(b) {
        same(*a, *b);
    }
}

/// With `f` times the capacity, min(20, 10 f) + min(20, 20 f) rounds of 40 are made at 50 EUR; what is missing
/// is worth 100 EUR a round. From the year on in which 20 can be made, the requirement is met in full.
#[test]
fn factors_move_the_answer_as_worked_out_by_hand() {
    let found = swept(&request(&["line.*.capacity=x0,x0.5,x1,x2"])).unwrap();
    let shells = || "shells".to_owned();
    all_same(
        &column(&found, &Outcome::Coverage),
        &[0.0, 0.375, 0.75, 1.0],
    );
    all_same(
        &column(&found, &Outcome::CoverageOf(shells())),
        &[0.0, 0.375, 0.75, 1.0],
    );
    all_same(
        &column(&found, &Outcome::Missing),
        &[4_000.0, 2_500.0, 1_000.0, 0.0],
    );
    all_same(
        &column(&found, &Outcome::Cost),
        &[0.0, 750.0, 1_500.0, 2_000.0],
    );
    let dates = Outcome::FullFrom(shells());
    let dates = found.outcomes.iter().position(|o| *o == dates).unwrap();
    let dates: Vec<_> = found
        .results
        .rows
        .values()
        .map(|row| row.values[dates])
        .collect();
    assert_eq!(dates, [None, None, Some(2027.0), Some(2026.0)]);
    assert!(!found.results.csv().contains("inf"));
    // One more round a year avoids 10 times 100 EUR of shortfall, and costs 50 EUR.
    let place = sinews::problem::Place::new(["line", "plant", "capacity"]);
    let prices = column(&found, &Outcome::Price(place));
    same(prices[1], 950.0);
}

/// The second axis changes fastest; a value is laid over the file, a delay moves the step of 2027 out.
#[test]
fn values_and_delays_make_a_grid() {
    let axes = [
        "requirement.shells.quantity=20 round/year,40 round/year",
        "line.plant.capacity=+0 months,+12 months",
    ];
    let found = swept(&request(&axes)).unwrap();
    // Made in all: 10 + 20, or, a year later, 0 + 10, for nothing is made before the first step.
    all_same(
        &column(&found, &Outcome::Coverage),
        &[30.0 / 40.0, 10.0 / 40.0, 30.0 / 80.0, 10.0 / 80.0],
    );
    let settings = |n: usize| {
        let settings = found.settings(n).into_iter();
        settings.map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(settings(1), ["20 round/year", "+12 months"]);
    assert_eq!(settings(2), ["40 round/year", "+0 months"]);
    assert_eq!(
        found.results.rows[&2].key,
        "requirement.shells.quantity=40 round/year; line.plant.capacity=+0 months"
    );
    for table in found.tables() {
        assert!(!table.rows.is_empty(), "{}", table.key);
    }
}

/// Each point is the plan that a solve by itself finds, on a model with money, builds and two tiers.
#[test]
fn a_point_is_what_a_single_solve_finds() {
    let document = Document::open("models/shells.toml").unwrap();
    let request = Request {
        axes: vec![
            "line.powder-mill.capacity=x0.5,x1,x2".parse().unwrap(),
            "fund.*.amount=x0.5,x1".parse().unwrap(),
        ],
        ..Request::default()
    };
    for objective in [ObjectiveKind::Weighted, ObjectiveKind::Lexicographic] {
        let options = Options {
            objective: Some(objective),
            ..Options::default()
        };
        let found = sweep(&document, &request, &options, &Work::default()).unwrap();
        let scale =
            |figures: &str, factor| Change::new(figures.parse().unwrap(), How::Scale(factor));
        for (n, (mill, money)) in [
            (0.5, 0.5),
            (0.5, 1.0),
            (1.0, 0.5),
            (1.0, 1.0),
            (2.0, 0.5),
            (2.0, 1.0),
        ]
        .into_iter()
        .enumerate()
        {
            let changes = [
                scale("line.powder-mill.capacity", mill),
                scale("fund.*.amount", money),
            ];
            let model = document.changed(&changes).unwrap();
            let solution = sinews::solve(&model, &options).unwrap();
            let row = &found.results.rows[&n];
            for (outcome, value) in found.outcomes.iter().zip(&row.values) {
                // What a shortfall of a smaller model counts is its own; all else is the same.
                let wanted = outcome.of(&model, &solution);
                if matches!(outcome, Outcome::Coverage | Outcome::CoverageOf(_)) {
                    let (value, wanted) = (value.unwrap(), wanted.unwrap());
                    assert!(
                        (value - wanted).abs() < 1e-5,
                        "{outcome}: {value}, {wanted}"
                    );
                }
            }
        }
    }
}

/// Any number of threads and shards, any order: the same rows.
#[test]
fn shards_merge_into_the_whole() {
    let axes = ["line.*.capacity=x0,x0.5,x1,x2,x3", "line.plant.cost=x1,x2"];
    let whole = swept(&request(&axes)).unwrap().results;
    let part = |number, threads| {
        let mut request = request(&axes);
        request.keep.shard = Shard::new(number, 3).unwrap();
        let work = Work {
            threads: Some(threads),
            ..Work::default()
        };
        let found = sweep(&document(), &request, &options(), &work).unwrap();
        (format!("part {number}"), found.results)
    };
    let parts = vec![part(3, 1), part(1, 2), part(2, 3)];
    assert_eq!(Results::merge(parts.clone()).unwrap(), whole);

    let refused = |parts| Results::merge(parts).unwrap_err().to_string();
    assert_eq!(
        refused(parts[..2].to_vec()),
        "3 of 10 rows are missing\n  = help: run shard `2/3` again, and merge all files"
    );
    assert_eq!(
        refused(vec![parts[0].clone(), parts[0].clone()]),
        "row 7 is in `part 3` and in a file before it\n  = help: name each shard's file once"
    );
    let other = swept(&request(&["line.*.capacity=x0,x1"])).unwrap().results;
    assert_eq!(
        refused(vec![parts[0].clone(), ("other".into(), other)]),
        "`other` is of another request than `part 3`\n  = help: merge files of one request only, all made by one version"
    );
}

/// Points go on from each other, whichever of them a shard holds, and whichever are there already: to the last
/// digit, the parts are the whole.
#[test]
fn a_point_is_the_same_in_any_part_of_the_grid() {
    let document = Document::open("models/shells.toml").unwrap();
    let request = Request {
        axes: vec![
            "line.powder-mill.capacity=x0.5,x1".parse().unwrap(),
            "fund.*.amount=x0.4..1.6 in 19".parse().unwrap(),
        ],
        prices: vec!["line.*.capacity".parse().unwrap()],
        ..Request::default()
    };
    let options = Options {
        objective: Some(ObjectiveKind::Weighted),
        any_of_equals: true,
        ..Options::default()
    };
    let part = |threads, keep: Keep| {
        let request = Request {
            keep,
            ..request.clone()
        };
        let work = Work {
            threads: Some(threads),
            ..Work::default()
        };
        let found = sweep(&document, &request, &options, &work).unwrap();
        found.results
    };
    let whole = part(1, Keep::default());
    let shards = (1..=5).map(|number| {
        let shard = Shard::new(number, 5).unwrap();
        let keep = Keep {
            shard,
            ..Keep::default()
        };
        (format!("part {number}"), part(2, keep))
    });
    let merged = Results::merge(shards.collect()).unwrap();
    assert_eq!(merged.csv(), whole.csv());

    let mut some = whole.clone();
    some.rows.retain(|number, _| number % 3 == 0);
    let keep = Keep {
        done: Some(some),
        ..Keep::default()
    };
    assert_eq!(part(3, keep).csv(), whole.csv());
}

/// Two of four points are there; the other two are made, and none twice.
#[test]
fn points_that_are_there_are_not_made_again() {
    let first = swept(&request(&["line.*.capacity=x0.5,x2"]))
        .unwrap()
        .results;
    let made = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&made);
    let mut request = request(&["line.*.capacity=x0.5,x1,x2,x4"]);
    request.keep = Keep {
        done: Some(first),
        each: Some(Arc::new(move |_, _| {
            count.fetch_add(1, Ordering::Relaxed);
        })),
        ..Keep::default()
    };
    let found = swept(&request).unwrap();
    assert_eq!(made.load(Ordering::Relaxed), 2);
    all_same(
        &column(&found, &Outcome::Coverage),
        &[0.375, 0.75, 1.0, 1.0],
    );

    let other = Document::parse("toy.toml", &TOY.replace("10 round", "11 round")).unwrap();
    let refused = sweep(&other, &request, &options(), &Work::default()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the results to go on from are of another model\n  = help: give results of the same model, made by the same version, or none"
    );
}

#[test]
fn a_cancelled_sweep_keeps_what_has_ended() {
    let cancel = Cancel::default();
    let handle = cancel.clone();
    let mut request = request(&["line.*.capacity=x0,x0.5,x1,x2"]);
    request.keep.each = Some(Arc::new(move |number, _| {
        if number == 1 {
            handle.cancel();
        }
    }));
    let work = Work {
        threads: Some(1),
        cancel: Some(cancel),
        step: None,
    };
    let found = sweep(&document(), &request, &options(), &work).unwrap();
    // From the model itself upwards, then downwards: none is left for x0.
    all_same(&column(&found, &Outcome::Coverage), &[0.375, 0.75, 1.0]);
    assert!(!found.results.is_complete());
}

/// With a tenth of the capacity, 3 rounds are made and 5 must be left; with all of it, 30 are made.
#[test]
fn a_point_without_a_plan_says_so() {
    let text = TOY.replace(
        "[holder.ua]",
        "[holder.ua]\nstock.round = { closing = \"5 round\" }",
    );
    let document = Document::parse("toy.toml", &text).unwrap();
    let found = sweep(
        &document,
        &request(&["line.*.capacity=x0.1,x1"]),
        &options(),
        &Work::default(),
    )
    .unwrap();
    let failure = found.results.rows[&0].failure.as_ref().unwrap();
    assert!(failure.starts_with("no plan keeps every rule"), "{failure}");
    assert!(found.results.rows[&1].failure.is_none());
    assert!(found.tables()[0].note.contains("Points without a plan: 1"));
}

#[test]
fn requests_that_cannot_be_answered() {
    let refused = |axes: &[&str]| swept(&request(axes)).unwrap_err().to_string();
    let nothing = "nothing is varied\n  = help: write which figures, and their settings: `fund.*.amount=x0.5,x1,x1.5`";
    assert_eq!(refused(&[]), nothing);
    assert_eq!(
        refused(&["line.*.capacity="]),
        "`line.*.capacity` has no settings: the grid is empty\n  = help: write `line.*.capacity=x0.5,x1,x1.5`"
    );
    assert_eq!(
        refused(&["line.nora.capacity=x1"]),
        "`line.nora.capacity` names no figure of the model\n  = help: write where the figures stand, such as `line.KEY.capacity`; `*` stands for any letters of one key; a key with a dot stands in quotes, `line.\"a.b\".capacity`"
    );
    let unit = refused(&["line.plant.capacity=5 t/year"]);
    assert!(
        unit.contains("`line.plant.capacity` has `t/year`, where `round/year` is wanted")
            && unit.contains("sweep:1:"),
        "{unit}"
    );
    let mut price = request(&["line.*.capacity=x1"]);
    price.prices = vec!["line.plant.cost".parse().unwrap()];
    let price = swept(&price).unwrap_err().to_string();
    assert!(
        price.starts_with("`line.plant.cost` names no limit that has a price"),
        "{price}"
    );
}

/// What is in a file is what is in memory, to the last digit; a line cut off is left out.
#[test]
fn files_hold_every_digit() {
    let results = swept(&request(&["line.*.capacity=x0.123,x0.5,x1.7"]))
        .unwrap()
        .results;
    let text = results.csv();
    assert_eq!(Results::parse("x", &text).unwrap(), results);
    let cut = Results::parse("x", &text[..text.len() - 3]).unwrap();
    assert_eq!(cut.rows.len(), 2);
    assert!(Results::parse("x", "number,key\n").is_err());
    let folder = folder("digits");
    let file = folder.join("rows.csv");
    results.write(&file).unwrap();
    assert_eq!(Results::read(&file).unwrap(), results);
    std::fs::remove_file(folder.join("rows.datapackage.json")).unwrap();
    let refused = Results::read(&file).unwrap_err().to_string();
    assert!(
        refused.ends_with(
            "name files that `--rows` wrote, each with its `.datapackage.json` beside it"
        ),
        "{refused}"
    );
    #[cfg(feature = "parquet")]
    {
        let file = folder.join("rows.parquet");
        results.write(&file).unwrap();
        assert_eq!(Results::read(&file).unwrap(), results);
    }
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("sinews-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn example(arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut path = std::env::current_exe().unwrap();
    path.pop();
    path.pop();
    let output = Command::new(path.join("examples").join("sweep"))
        .args([
            "models/shells.toml",
            "--vary",
            "line.powder-mill.capacity=x0.5,x1,x1.5",
        ])
        .args(arguments)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

/// Shards that are run, killed half-way and run again; what they wrote is merged.
#[test]
fn the_example_scales_out() {
    let folder = folder("shards");
    let rows = folder.join("rows.csv");
    let rows = rows.to_str().unwrap();
    let part = |shard: &str| example(&["--rows", rows, "--shard", shard]);
    let (code, out, err) = part("1/2");
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    let first = folder.join("rows-1-of-2.csv");
    let whole = std::fs::read_to_string(&first).unwrap();
    assert!(whole.starts_with("number,key,failure,coverage,"), "{whole}");
    // As if the run had been killed after its first row, in the middle of the second.
    let kept = Results::read(&first).unwrap().csv();
    let end = kept.match_indices('\n').nth(2).unwrap().0;
    std::fs::write(folder.join("rows-1-of-2.csv.part"), &kept[..end + 9]).unwrap();
    std::fs::remove_file(&first).unwrap();
    let files = [
        first.to_str().unwrap(),
        &rows.replace(".csv", "-2-of-2.csv"),
    ]
    .map(str::to_owned);
    assert_eq!(part("2/2").0, Some(0));
    let (code, _, err) = example(&["--merge", &files[1]]);
    assert_eq!(code, Some(1));
    assert!(
        err.contains("2 of 3 rows are missing") && err.contains("run shard `1/2` again"),
        "{err}"
    );
    assert_eq!(part("1/2").0, Some(0));
    assert_eq!(std::fs::read_to_string(&first).unwrap(), whole);
    assert!(!folder.join("rows-1-of-2.csv.part").exists());

    let (code, merged, err) = example(&["--merge", &files[0], &files[1]]);
    assert_eq!(code, Some(0), "{err}");
    assert_eq!(merged, example(&[]).1);
    for line in merged.lines() {
        assert!(line.chars().count() <= 100, "{line}");
    }
    let (code, _, err) = example(&["--merge", &files[0], &files[1], "--objective", "weighted"]);
    assert_eq!(code, Some(1));
    assert!(
        err.contains("the files are of another model than what is asked"),
        "{err}"
    );
    let (code, _, err) = example(&["--shard", "5/4", "--rows", rows]);
    assert_eq!(code, Some(1));
    assert!(err.contains("there is no shard 5 of 4"), "{err}");
    let (code, _, err) = example(&["--shard", "1/4"]);
    assert_eq!(code, Some(1));
    assert!(err.contains("shard 1/4 has nowhere to go"), "{err}");
}

/// 20 a year are wanted, now as 5 times 2 times a factor that is swept: 10 and 20 in two years are all of 2 · 10, and
/// 30 of 2 · 40.
#[test]
fn a_factor_is_swept_and_what_it_multiplies_stays() {
    let quantity = "quantity = { value = \"5 round/year\", times = { engaged = 3, each = 2 } }";
    let text = TOY.replace("quantity = \"20 round/year\"", quantity);
    let document = Document::parse("toy.toml", &text).unwrap();
    let swept = |axis: &str| sweep(&document, &request(&[axis]), &options(), &Work::default());
    let found = swept("requirement.shells.quantity.times.engaged=1,4").unwrap();
    all_same(&column(&found, &Outcome::Coverage), &[1.0, 30.0 / 80.0]);
    let trouble = swept("requirement.shells.quantity.times.engagd=1,4").unwrap_err();
    let message = "`requirement.shells.quantity.times.engagd` matches nothing";
    assert!(trouble.to_string().contains(message), "{trouble}");
}
