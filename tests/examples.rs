//! Every example runs, and every model that comes with the library gives a certified plan.
#![allow(clippy::unwrap_used)]

mod common;

use common::shipped;
use std::path::PathBuf;
use std::process::{Command, Output};

/// An example as Cargo built it for this test run.
fn example(name: &str) -> PathBuf {
    let mut path = std::env::current_exe().unwrap();
    path.pop();
    path.pop();
    path.join("examples").join(name)
}

fn run(name: &str, arguments: &[&str]) -> Output {
    Command::new(example(name))
        .args(arguments)
        .output()
        .unwrap()
}

fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn quickstart_prints_a_shortfall_and_a_price() {
    let output = run("quickstart", &[]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        printed(&output),
        "short 108000 of 300000 rounds\none more tonne of propellant in 2026Q1 avoids a shortfall worth 288000 EUR\n"
    );
}

#[test]
fn plan_prints_every_shipped_model_within_100_columns() {
    for model in shipped() {
        let output = run("plan", &[model.to_str().unwrap(), "--solver", "clarabel"]);
        assert_eq!(
            output.status.code(),
            Some(0),
            "{}: {}",
            model.display(),
            String::from_utf8_lossy(&output.stderr)
        );
        let text = printed(&output);
        assert!(text.contains("Coverage by requirement and year"), "{text}");
        for line in text.lines() {
            assert!(line.chars().count() <= 100, "{}: {line}", model.display());
        }
        assert!(
            output.stderr.is_empty(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

#[test]
fn plan_has_exit_codes() {
    assert_eq!(run("plan", &["--help"]).status.code(), Some(0));
    assert_eq!(run("plan", &["models/nowhere.toml"]).status.code(), Some(1));
    assert_eq!(run("plan", &["--solver", "abacus"]).status.code(), Some(1));
    let late = run("plan", &["models/shells.toml", "--time-limit", "0"]);
    assert_eq!(late.status.code(), Some(2));
    assert_eq!(
        String::from_utf8_lossy(&late.stderr),
        "no plan within the time limit\n"
    );
}

#[test]
fn plan_says_where_the_time_went() {
    let said = run("plan", &["models/shells.toml", "--no-brief", "--profile"]);
    let text = String::from_utf8_lossy(&said.stderr);
    assert!(text.starts_with("Where the time went"), "{text}");
    let words = ["read", "build", "condense", "solve", "certify", "report"];
    for word in words {
        assert!(text.contains(word), "{word}: {text}");
    }
    let file = std::env::temp_dir().join(format!("sinews-effort-{}.json", std::process::id()));
    let asked = format!("--profile={}", file.display());
    let written = run("plan", &["models/shells.toml", "--no-brief", &asked]);
    assert_eq!(said.stdout, written.stdout, "the report is the same");
    let effort = std::fs::read_to_string(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    let effort: serde_json::Value = serde_json::from_str(&effort).unwrap();
    let steps = effort["steps"].as_array().unwrap();
    for word in words {
        assert!(steps.iter().any(|step| step["task"] == word), "{word}");
    }
    // What has no terms takes no iterations.
    let counted = |step: &&serde_json::Value| step["task"] == "solve" && step["terms"] != 0;
    let mut solves = steps.iter().filter(counted);
    assert!(solves.all(|step| step["iterations"].as_u64().unwrap() > 0));
    assert_eq!(effort["peak_memory"].is_u64(), cfg!(target_os = "linux"));
}

#[test]
fn plan_writes_every_format() {
    let folder = std::env::temp_dir().join(format!("sinews-formats-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    for (format, _) in sinews::report::Format::WORDS {
        let arguments = [
            "models/shells.toml",
            "--format",
            format,
            "--out",
            folder.to_str().unwrap(),
        ];
        let output = run("plan", &arguments);
        assert_eq!(output.status.code(), Some(0), "{format}");
        for file in printed(&output).lines() {
            assert!(std::fs::metadata(file).unwrap().len() > 0, "{file}");
        }
    }
    let json = std::fs::read_to_string(folder.join("shells.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["status"], "optimal");
    assert_eq!(json["requirements"][0]["id"], "ukraine");
    let met = json["requirements"][0]["met"].as_f64().unwrap();
    assert!((met - 2_066_666.67).abs() < 1.0, "{met}");
    assert!(json["certificate"]["relative_gap"].as_f64().unwrap() < 1e-6);
    let csv = std::fs::read_to_string(folder.join("requirements.csv")).unwrap();
    assert!(csv.starts_with("id,holder,item,unit,tier,period,required (unit),met (unit),short (unit),coverage (share)\nukraine,ukraine,round,round,1,2026Q1,300000,"), "{csv}");
}

#[test]
fn every_example_has_a_help_with_three_calls() {
    for entry in std::fs::read_dir("examples").unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.extension().is_none() || name == "quickstart" {
            continue;
        }
        let help = printed(&run(&name, &["--help"]));
        let (options, calls) = help
            .split_once("Examples:\n")
            .unwrap_or_else(|| panic!("{name}"));
        let calls: Vec<&str> = calls.lines().collect();
        assert_eq!(calls.len(), 3, "{name}");
        for call in calls {
            let mut words = call.split_whitespace();
            assert_eq!(words.next(), Some(name.as_str()), "{call}");
            for word in words {
                let known = !word.starts_with("--") || options.contains(word);
                assert!(known, "{call}: {word}");
                let path = std::path::Path::new(word);
                let there = path.extension().is_none_or(|ending| ending != "toml") || path.exists();
                assert!(there, "{call}: {word}");
            }
        }
    }
}

#[test]
fn a_wrong_name_gets_what_was_most_likely_meant() {
    for (name, arguments, meant) in [
        (
            "plan",
            &["models/shells.toml", "--scenario", "half_aid"][..],
            "half_the_aid",
        ),
        ("plan", &["models/shels.toml"], "models/shells.toml"),
        ("plan", &["models/shells.toml", "--no-breif"], "--no-brief"),
        (
            "compare",
            &["models/shells.toml", "half_aid"],
            "half_the_aid",
        ),
        (
            "bottleneck",
            &["models/shells.toml", "--requirement", "ukrain"],
            "ukraine",
        ),
        (
            "explain",
            &["requirement.ukrain.2027", "models/shells.toml"],
            "requirement.ukraine.2027",
        ),
        (
            "deadline",
            &["models/shells.toml", "--of", "ukrain"],
            "ukraine",
        ),
        (
            "disruption",
            &["models/shells.toml", "--element", "line.fillin"],
            "line.filling",
        ),
    ] {
        let output = run(name, arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{name}: {said}");
        assert!(said.contains(meant), "{name} {arguments:?}: {said}");
    }
}

/// Nor does a wrong one: it is repeated in part, and escaped.
#[test]
fn wrong_names_are_cut_and_escaped() {
    let long = format!("{}\u{1b}[31m", "x".repeat(100_000));
    for (name, arguments) in [
        ("plan", &["models/shells.toml", "--scenario", &long][..]),
        (
            "bottleneck",
            &["models/shells.toml", "--requirement", &long],
        ),
        ("explain", &[&long, "models/shells.toml"]),
        ("deadline", &["models/shells.toml", "--of", &long]),
        ("disruption", &["models/shells.toml", "--element", &long]),
    ] {
        let output = run(name, arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(said.len() < 5_000, "{name}: {}", said.len());
        assert!(!said.contains('\u{1b}'), "{name}");
    }
    let file = std::env::temp_dir().join(format!("sinews-wrong-{}.toml", std::process::id()));
    let text = std::fs::read_to_string("models/tiny.toml").unwrap();
    let text = text.replacen(
        "item = \"",
        &format!("item = \"\\u001b[31m{}", "y".repeat(100_000)),
        1,
    );
    std::fs::write(&file, text).unwrap();
    let output = run("plan", &[file.to_str().unwrap()]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.len() < 5_000 && !said.contains('\u{1b}'),
        "{}",
        said.len()
    );
    std::fs::remove_file(&file).unwrap();
}

/// A model may call things whatever it likes: no name reaches a terminal as a command, or fills it.
#[test]
fn names_are_cut_and_escaped_on_a_terminal() {
    let file = std::env::temp_dir().join(format!("sinews-names-{}.toml", std::process::id()));
    let evil = format!("\\u001b[31m{}", "x".repeat(100_000));
    let text = std::fs::read_to_string("models/tiny.toml").unwrap();
    let text = text.replace("Ukraine", &evil);
    std::fs::write(&file, format!("{text}\n")).unwrap();
    for name in ["plan", "brief"] {
        let output = run(name, &[file.to_str().unwrap()]);
        let text = printed(&output);
        assert_eq!(output.status.code(), Some(0), "{text}");
        assert!(
            !text.contains('\u{1b}') && text.len() < 20_000,
            "{name}: {}",
            text.len()
        );
    }
    std::fs::remove_file(&file).unwrap();
}

/// What an example prints, which must go well and fit a terminal.
fn fits(name: &str, arguments: &[&str]) -> String {
    let output = run(name, arguments);
    let fault = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{name}: {fault}");
    // No progress where there is no terminal.
    assert!(fault.is_empty(), "{name}: {fault}");
    let text = printed(&output);
    for line in text.lines() {
        assert!(line.chars().count() <= 100, "{name}: {line}");
    }
    text
}

#[test]
fn analyses_write_a_page_and_pictures() {
    let folder = std::env::temp_dir().join(format!("sinews-pages-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let path = folder.to_str().unwrap();
    let asked: [(&str, &[&str], &str); 4] = [
        (
            "bottleneck",
            &[],
            "from-the-missing-units-to-what-binds.svg",
        ),
        ("frontier", &["--cost"], "what-money-buys.svg"),
        ("sensitivity", &[], "the-limits-that-matter-most.svg"),
        ("compare", &[], "coverage-by-requirement-and-scenario.svg"),
    ];
    for (name, more, picture) in asked {
        let shown = ["models/shells.toml", "--format", "html", "--out", path];
        let arguments = [&shown[..], more, &["--plots", path]].concat();
        let output = run(name, &arguments);
        let fault = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), &*fault), (Some(0), ""), "{name}");
        let page = folder.join(format!("shells-{name}.html"));
        assert_eq!(printed(&output), format!("{}\n", page.display()));
        let page = std::fs::read_to_string(page).unwrap();
        assert!(page.starts_with("<!doctype html>"), "{name}");
        let picture = std::fs::read_to_string(folder.join(picture)).unwrap();
        assert!(picture.starts_with("<svg"), "{name}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[cfg(feature = "png")]
#[test]
fn pictures_can_be_pixels() {
    let folder = std::env::temp_dir().join(format!("sinews-pixels-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let path = folder.to_str().unwrap();
    let arguments = ["models/shells.toml", "--plots", path, "--pictures", "png"];
    assert_eq!(run("plan", &arguments).status.code(), Some(0));
    let picture = std::fs::read(folder.join("coverage-by-requirement-and-year.png")).unwrap();
    assert_eq!(&picture[..4], b"\x89PNG");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_wants_a_folder() {
    let output = run("plan", &["models/tiny.toml", "--format", "parquet"]);
    assert_eq!(output.status.code(), Some(1));
    let fault = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        fault,
        "brief.parquet is no text: name a folder with `--out`\n"
    );
}

#[test]
fn bottleneck_says_what_the_shells_wait_for() {
    let text = fits("bottleneck", &["models/shells.toml"]);
    assert!(text.starts_with("Why it falls short\n"), "{text}");
    assert!(text.contains("Bottlenecks and their victims"), "{text}");
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let wanted = "wait for expansion “second-mill” of line “powder-mill” to open";
    assert!(words.contains(wanted), "{text}");
}

#[test]
fn explain_goes_back_to_the_line_of_the_file() {
    let text = fits(
        "explain",
        &["capacity.powder-mill.2028Q1", "models/shells.toml"],
    );
    assert!(text.contains("models/shells.toml:40"), "{text}");
    let wrong = run("explain", &["capacity.nothing", "models/shells.toml"]);
    assert_eq!(wrong.status.code(), Some(1));
}

#[test]
fn dependence_shows_who_delivers() {
    let text = fits("dependence", &["models/shells.toml"]);
    assert!(text.contains("stores of Donors"), "{text}");
}

#[test]
fn funding_says_unit_and_price_year_of_every_table() {
    let shells = "models/shells.toml";
    let text = fits("funding", &[shells, "--for", "ukraine", "--delay", "2"]);
    let title = "Commitments and payments by year, M EUR of the day and M EUR of 2026";
    assert!(text.starts_with(title), "{text}");
    assert!(text.contains("Two sides in each other's way"), "{text}");
    let json = printed(&run("funding", &[shells, "--format", "json"]));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    for (key, table) in json.as_object().unwrap() {
        let title = table["title"].as_str().unwrap();
        assert!(
            title.contains(" of the day") || title.contains(" of 2026"),
            "{key}: {title}"
        );
    }
    assert!(json["delay"]["rows"][0]["missing"].as_f64().unwrap() > 0.0);
    let wrong = run("funding", &[shells, "--for", "nobody"]);
    assert_eq!(wrong.status.code(), Some(1));
}

#[test]
fn infeasible_names_the_clash_that_plan_points_to() {
    assert!(fits("infeasible", &["models/shells.toml"]).starts_with("No clash\n"));
    let folder = std::env::temp_dir().join(format!("sinews-clash-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("clash.toml");
    let shells = std::fs::read_to_string("models/shells.toml").unwrap();
    let minimum = "capacity = \"1_000_000 round/year\"\nminimum = \"800_000 round/year\"";
    let clash = shells.replace("capacity = \"1_000_000 round/year\"", minimum);
    std::fs::write(&path, clash).unwrap();
    let path = path.to_str().unwrap();
    let plan = run("plan", &[path]);
    assert_eq!(plan.status.code(), Some(2));
    let hint = String::from_utf8_lossy(&plan.stderr).into_owned();
    assert!(hint.contains("the example `infeasible` finds"), "{hint}");
    // In text, a long path wraps the names.
    let text = printed(&run("infeasible", &[path, "--format", "csv"]));
    assert!(text.contains("line.filling.minimum"), "{text}");
    assert!(text.contains("line.powder-mill.capacity"), "{text}");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn futures_says_what_to_build_before_it_is_known() {
    let shells = "models/shells.toml";
    let futures = ["base=0.5", "half_the_aid=0.2", "powder_bought=0.3"];
    let mut arguments = vec![shells];
    arguments.extend(futures);
    arguments.extend(["--date", "2027-01"]);
    let text = fits("futures", &arguments);
    assert!(text.contains("What to build and order now"), "{text}");
    let wrong = run("futures", &[shells, "base=0.5", "--date", "2027-01"]);
    assert_eq!(wrong.status.code(), Some(1));
}

#[test]
fn outlook_sets_what_is_likely_beside_what_could_be_done() {
    let text = fits("outlook", &["models/shells.toml", "--samples", "0"]);
    assert!(text.contains("could be done"), "{text}");
    // Nothing in it has a range.
    let wrong = run("outlook", &["models/shells.toml", "--samples", "4"]);
    assert_eq!(wrong.status.code(), Some(1));
}

#[test]
fn rolling_sets_short_sight_beside_the_full_plan() {
    let text = fits("rolling", &["models/shells.toml", "--contracts", "1"]);
    assert!(text.contains("sees 1 year, annual contracts"), "{text}");
}

#[test]
fn what_cannot_be_written_is_named() {
    let path = std::env::temp_dir().join(format!("sinews-blocked-{}", std::process::id()));
    std::fs::write(&path, "in the way").unwrap();
    let below = path.join("below");
    let (path, below) = (path.to_str().unwrap(), below.to_str().unwrap());
    let tiny = "models/tiny.toml";
    let rows = format!("{below}/rows.csv");
    let asked: [(&str, &[&str], String); 5] = [
        (
            "plan",
            &["--out", path],
            format!("cannot make the folder `{path}`: "),
        ),
        (
            "plan",
            &["--out", below],
            format!("cannot make the folder `{below}`: "),
        ),
        (
            "plan",
            &["--plots", below],
            format!("cannot make the folder `{below}`: "),
        ),
        (
            "compare",
            &["--out", below],
            format!("cannot make the folder `{below}`: "),
        ),
        (
            "sweep",
            &["--vary", "line.*.capacity=x1,x2", "--rows", &rows],
            format!("cannot write `{rows}.part`: "),
        ),
    ];
    for (name, more, wanted) in asked {
        let model: &[&str] = if name == "compare" {
            &[tiny, "base"]
        } else {
            &[tiny]
        };
        let output = run(name, &[model, more].concat());
        let fault = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{name}: {fault}");
        assert!(fault.starts_with(&wanted), "{name}: {fault}");
    }
    std::fs::remove_file(path).unwrap();
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::fs::File;
    use std::process::Stdio;

    fn full() -> Stdio {
        File::options()
            .write(true)
            .open("/dev/full")
            .unwrap()
            .into()
    }

    /// Behind `| head` nobody listens after a while.
    #[test]
    fn a_pipe_that_closes_ends_quietly() {
        for (name, arguments) in [
            ("plan", &["models/tiny.toml"][..]),
            ("quickstart", &[]),
            ("compare", &["models/tiny.toml", "base"]),
            ("plan", &["--help"]),
        ] {
            let mut child = Command::new(example(name))
                .args(arguments)
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            drop(child.stdout.take());
            let output = child.wait_with_output().unwrap();
            let fault = String::from_utf8_lossy(&output.stderr);
            assert_eq!((output.status.code(), &*fault), (Some(0), ""), "{name}");
        }
    }

    #[test]
    fn a_full_disk_is_told() {
        let told = |name: &str, arguments: &[&str]| {
            let mut command = Command::new(example(name));
            let output = command.args(arguments).stdout(full()).output().unwrap();
            let fault = String::from_utf8_lossy(&output.stderr).into_owned();
            (output.status.code(), fault)
        };
        let wanted = "cannot write to the standard output: No space left on device (os error 28)\n";
        for arguments in [
            &["models/tiny.toml"][..],
            &["models/tiny.toml", "--format", "csv"],
        ] {
            assert_eq!(told("plan", arguments), (Some(1), wanted.to_owned()));
        }
        assert_eq!(told("plan", &["--help"]).0, Some(1));
        assert_eq!(told("quickstart", &[]).0, Some(1));
        // Where even the fault cannot be told there is the exit code.
        let mut command = Command::new(example("plan"));
        let status = command.arg("models/nowhere.toml").stderr(full()).status();
        assert_eq!(status.unwrap().code(), Some(1));
    }

    /// A page is larger than the 8 kB that may be written: no part of it stays.
    #[test]
    fn no_file_is_written_by_half() {
        let folder = std::env::temp_dir().join(format!("sinews-half-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        let limited = format!(
            "trap '' XFSZ; ulimit -f 8; exec {} models/tiny.toml --format html --out {}",
            example("plan").display(),
            folder.display()
        );
        let output = Command::new("bash")
            .args(["-c", &limited])
            .output()
            .unwrap();
        let fault = String::from_utf8_lossy(&output.stderr);
        let page = folder.join("tiny.html");
        let wanted = format!(
            "cannot write `{}`: File too large (os error 27)\n",
            page.display()
        );
        assert_eq!((output.status.code(), &*fault), (Some(1), &*wanted));
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_pipe_is_no_model() {
        let path = std::env::temp_dir().join(format!("sinews-pipe-{}.toml", std::process::id()));
        assert!(
            Command::new("mkfifo")
                .arg(&path)
                .status()
                .unwrap()
                .success()
        );
        let output = run("plan", &[path.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(1));
        std::fs::remove_file(&path).unwrap();
    }
}
