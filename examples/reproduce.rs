//! Results that can be made again: `cargo run --release --example reproduce -- models/europe.toml --out out`

mod common;

use clap::Parser;
use common::out::{complain, save, say};
use common::{bar, deliver, pick, words};
use serde::{Deserialize, Serialize};
use sinews::analysis::monte_carlo::{MonteCarlo, Request, monte_carlo};
use sinews::analysis::{Findings, Outcome, Spread, Work, digest, fingerprint};
use sinews::document::Document;
use sinews::model::{Model, ObjectiveKind};
use sinews::report::{File, Format, tables};
use sinews::solution::Solution;
use sinews::solve::{Options, Solver};
use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Solve a model, and record beside the tables what it takes to do so again; or do it again and compare.
///
/// Exit code 0: recorded, or the same again; 1: bad input, or another model; 2: no plan, or another answer.
#[derive(Parser)]
#[command(name = "reproduce", after_help = CALLS)]
struct Arguments {
    /// The model, a TOML file
    #[arg(default_value = "models/europe.toml")]
    model: PathBuf,
    /// A scenario of the model, instead of the model as it stands
    #[arg(long)]
    scenario: Option<String>,
    /// What to strive for, instead of what the model says
    #[arg(long, value_parser = words(&ObjectiveKind::WORDS))]
    objective: Option<String>,
    /// Which solver to use
    #[arg(long, default_value = "auto", value_parser = words(Solver::WORDS))]
    solver: String,
    /// How many samples of what is uncertain are solved as well
    #[arg(long, default_value_t = 0)]
    samples: usize,
    /// Where the draws start
    #[arg(long, default_value_t = Request::default().seed)]
    seed: u64,
    /// Let assumptions without a range lie so far from their value
    #[arg(long, value_name = "SHARE")]
    spread: Option<f64>,
    /// The folder for the tables and their record, `results.toml`
    #[arg(long, default_value = "out")]
    out: PathBuf,
    /// Solve again what the record in this folder tells of, and compare; all else that is asked comes from the record
    #[arg(long, value_name = "FOLDER")]
    again: Option<PathBuf>,
}

/// Three calls.
const CALLS: &str = "Examples:
  reproduce models/shells.toml --out out
  reproduce models/shells.toml --samples 20 --spread 0.2 --seed 7 --out out
  reproduce --again out";

/// The name of the record, and the most bytes of one.
const RECORD: (&str, u64) = ("results.toml", 1 << 20);
/// Outcomes that are nearer than this share of one another are the same: another build may round in another way.
const SAME: f64 = 1e-6;

/// What it takes to make results again, and what came of it.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Record {
    /// The version of the library.
    version: String,
    /// Its features.
    features: Vec<String>,
    /// The digest of all that the model says.
    model: String,
    /// The solver that found the plan.
    solver: String,
    asked: Asked,
    /// Numbers of the plan, and their means over samples.
    outcomes: BTreeMap<String, f64>,
    /// Each table's digest.
    tables: BTreeMap<String, String>,
}

/// What was asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Asked {
    model: PathBuf,
    scenario: Option<String>,
    objective: Option<String>,
    solver: String,
    samples: usize,
    seed: u64,
    spread: Option<f64>,
}

fn main() -> ExitCode {
    let arguments = common::arguments::<Arguments>();
    if let Some(folder) = &arguments.again {
        return match again(folder) {
            Ok(code) => code,
            Err(error) => deliver(Err(error), None),
        };
    }
    let asked = Asked {
        model: arguments.model,
        scenario: arguments.scenario,
        objective: arguments.objective,
        solver: arguments.solver,
        samples: arguments.samples,
        seed: arguments.seed,
        spread: arguments.spread,
    };
    let made = made(asked).and_then(|(record, mut files)| {
        let text = toml::to_string(&record)?;
        let head = "# What it takes to make the tables beside this file again: `reproduce --again FOLDER`.\n";
        files.push(File::new(RECORD.0, format!("{head}{text}")));
        Ok(files)
    });
    deliver(made, Some(&arguments.out))
}

/// Solve what is asked: the record, and the tables.
fn made(asked: Asked) -> Result<(Record, Vec<File>), Box<dyn Error>> {
    let document = Document::open(&asked.model)?;
    let document = match &asked.scenario {
        Some(scenario) => document.scenario(scenario)?,
        None => document,
    };
    let model = document.model()?;
    let options = Options {
        objective: pick(&ObjectiveKind::WORDS, asked.objective.as_deref()),
        solver: pick(Solver::WORDS, Some(&asked.solver)).ok_or("the record names no solver")?,
        ..Options::default()
    };
    let solution = sinews::solve(&model, &options)?;
    let mut files = Format::Csv.files("plan", &model, &solution);
    let mut outcomes = outcomes(&model, &solution)?;
    if asked.samples > 0 {
        let request = Request {
            samples: asked.samples,
            seed: asked.seed,
            spread: Spread {
                assumptions: asked.spread,
                facts: None,
            },
            ..Request::default()
        };
        let work = Work {
            step: Some(bar()),
            ..Work::default()
        };
        let found = monte_carlo(&document, &request, &options, &work)?;
        outcomes.extend(means(&found));
        let all = [found.tables(), found.observations()].concat();
        files.extend(tables(Format::Csv, "samples", &all, model.money.base()).unwrap_or_default());
    }
    let marks = files.iter().map(|file| {
        let text = file.text().unwrap_or_default();
        (file.name.clone(), fingerprint([text]))
    });
    let record = Record {
        version: env!("CARGO_PKG_VERSION").into(),
        features: features(),
        model: digest(&document),
        solver: solution.solver.into(),
        outcomes,
        tables: marks.collect(),
        asked,
    };
    Ok((record, files))
}

/// What the library is built with here.
fn features() -> Vec<String> {
    let all = [
        ("highs", cfg!(feature = "highs")),
        ("parquet", cfg!(feature = "parquet")),
        ("png", cfg!(feature = "png")),
        ("xlsx", cfg!(feature = "xlsx")),
    ];
    let on = all.into_iter().filter(|(_, on)| *on);
    on.map(|(name, _)| name.to_owned()).collect()
}

fn outcomes(model: &Model, plan: &Solution) -> Result<BTreeMap<String, f64>, Box<dyn Error>> {
    let all = Outcome::all(model, &[])?.into_iter();
    let numbers = all.filter_map(|outcome| Some((outcome.to_string(), outcome.of(model, plan)?)));
    Ok(numbers.collect())
}

/// The means of what every sample has.
fn means(found: &MonteCarlo) -> BTreeMap<String, f64> {
    let all = found.outcomes.iter().enumerate();
    let means = all.map(|(n, outcome)| {
        let statistics = found.statistics(0, n);
        (format!("mean of {outcome}"), statistics.mean)
    });
    means.filter(|(_, mean)| mean.is_finite()).collect()
}

/// Solve again what a record tells of, and say what differs.
fn again(folder: &Path) -> Result<ExitCode, Box<dyn Error>> {
    let path = folder.join(RECORD.0);
    let text = String::from_utf8(sinews::files::read(&path, RECORD.1)?)?;
    let before: Record = toml::from_str(&text)?;
    let (now, files) = made(before.asked.clone())?;
    if now.model != before.model {
        complain(&format!(
            "{} is not the model that was solved: it or a file or fact of it has changed since",
            before.asked.model.display()
        ));
        return Ok(ExitCode::from(1));
    }
    let told = compared(&before, &now);
    say(&told.words)?;
    if told.differs {
        let place = folder.join("again");
        save(&files, &place)?;
        complain(&format!("what came of it now is in {}", place.display()));
        return Ok(ExitCode::from(2));
    }
    Ok(ExitCode::SUCCESS)
}

/// How two records compare, and whether their answers differ.
struct Compared {
    words: String,
    differs: bool,
}

fn compared(before: &Record, now: &Record) -> Compared {
    let mut lines = Vec::new();
    let made = [
        ("version", &before.version, &now.version),
        (
            "features",
            &before.features.join(", "),
            &now.features.join(", "),
        ),
        ("solver", &before.solver, &now.solver),
    ];
    for (what, before, now) in made {
        if before != now {
            lines.push(format!("{what}: it was `{before}`, here it is `{now}`"));
        }
    }
    let names = before.outcomes.keys().chain(now.outcomes.keys());
    let names: std::collections::BTreeSet<&String> = names.collect();
    let mut differs = false;
    for name in names {
        let [was, is] = [before, now].map(|record| record.outcomes.get(name).copied());
        if was == is {
            continue;
        }
        let by = was
            .zip(is)
            .map(|(was, is)| (was - is).abs() / was.abs().max(is.abs()));
        differs |= by.is_none_or(|by| by > SAME);
        let word = |value: Option<f64>| value.map_or("none".into(), |value| value.to_string());
        lines.push(format!(
            "{name}: it was {}, now it is {}",
            word(was),
            word(is)
        ));
    }
    let tables = before.tables.iter().chain(&now.tables);
    let other = tables.filter(|(name, _)| before.tables.get(*name) != now.tables.get(*name));
    let other: std::collections::BTreeSet<&str> = other.map(|(name, _)| name.as_str()).collect();
    lines.push(match (differs, other.is_empty()) {
        (false, true) => format!("the same: {} tables, to the last byte", now.tables.len()),
        (false, false) => format!(
            "the same to one part in a million; digits differ in {}",
            joined(&other)
        ),
        (true, true) => "not the same, though every table is".to_owned(),
        (true, false) => format!("not the same; tables that differ: {}", joined(&other)),
    });
    Compared {
        words: lines.join("\n") + "\n",
        differs,
    }
}

fn joined(names: &std::collections::BTreeSet<&str>) -> String {
    names.iter().copied().collect::<Vec<_>>().join(", ")
}
