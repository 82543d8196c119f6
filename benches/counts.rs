//! What a plan costs that does not depend on the machine: `scripts/counts`
//!
//! Five fixed jobs on the embedded solver: iterations, numbers in the factored matrix, columns that a solver sees,
//! allocations. They are compared with those in `benches/counts.toml`; what is larger by more than the tolerance is
//! an error. With `--write` the file is written anew.
#![allow(clippy::unwrap_used, clippy::print_stdout, unsafe_code)]

mod common;

use common::counts::{Counts, kept, larger, of, ratio};
use common::synthetic;
use sinews::calendar::PeriodLength;
use sinews::document::Document;
use sinews::model::Model;
use sinews::solve::{Options, Solver};
use std::alloc::{GlobalAlloc, Layout, System};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};

/// The allocator of the system, which counts what is asked of it.
struct Counting;

static ASKED: AtomicU64 = AtomicU64::new(0);
static BYTES: AtomicU64 = AtomicU64::new(0);

// SAFETY: every call goes to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ASKED.fetch_add(1, Ordering::Relaxed);
        BYTES.fetch_add(layout.size() as u64, Ordering::Relaxed);
        // SAFETY: the caller keeps what the system's allocator asks.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the pointer came from the system's allocator.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ASKED.fetch_add(1, Ordering::Relaxed);
        BYTES.fetch_add(size as u64, Ordering::Relaxed);
        // SAFETY: the pointer came from the system's allocator.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// A model file, by the period that is wanted.
fn file(path: &str, period: &str) -> Model {
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.replace("period = \"quarter\"", &format!("period = \"{period}\""));
    let folder = std::path::Path::new(path).parent().unwrap();
    Document::parse_beside(path, &text, folder)
        .unwrap()
        .model()
        .unwrap()
}

/// A job: its name, and the model that it solves.
type Job = (&'static str, fn() -> Model);

/// The jobs, by name.
const JOBS: [Job; 5] = [
    ("shells", || file("models/shells.toml", "quarter")),
    ("synthetic", || synthetic(20, 5, 2, PeriodLength::Month)),
    ("backtest", || file("models/backtest-2026.toml", "quarter")),
    ("europe-by-the-quarter", || {
        file("models/europe.toml", "quarter")
    }),
    ("europe-by-the-month", || {
        file("models/europe.toml", "month")
    }),
];

/// What reading, building and solving a model counts.
fn counted(model: fn() -> Model) -> Counts {
    let before = [&ASKED, &BYTES].map(|count| count.load(Ordering::Relaxed));
    let options = Options {
        solver: Solver::Clarabel,
        ..Options::default()
    };
    let solution = sinews::solve(&model(), &options).unwrap();
    let after = [&ASKED, &BYTES].map(|count| count.load(Ordering::Relaxed));
    let mut counts = of(&solution.effort);
    counts.insert("allocations".into(), after[0] - before[0]);
    counts.insert("kibibytes".into(), (after[1] - before[1]) >> 10);
    counts
}

/// What stands at the head of the file.
const HEAD: &str = "\
# What five jobs cost on the embedded solver, whatever the machine: `scripts/counts` compares, `scripts/counts --write`
# writes it anew. A count may be larger by this share of it; one that is smaller by more is worth writing down.
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let asked = |word: &str| words.iter().any(|own| own == word);
    let named: Vec<&String> = words
        .iter()
        .filter(|word| !word.starts_with("--"))
        .collect();
    let (tolerance, kept) = kept();
    let mut found = BTreeMap::new();
    for (name, model) in JOBS {
        if named.is_empty() || named.iter().any(|word| *word == name) {
            found.insert(name.to_owned(), counted(model));
        }
    }
    let mut worse = Vec::new();
    println!("job                    count              kept          now   ratio");
    for (job, counts) in &found {
        let nothing = Counts::new();
        let before = kept.get(job).unwrap_or(&nothing);
        for (name, &now) in counts {
            let (was, times) = match before.get(name) {
                Some(&was) => (was.to_string(), format!("{:7.3}", ratio(now, was))),
                None => ("–".into(), String::new()),
            };
            println!("{job:22} {name:12} {was:>11} {now:>12} {times}");
        }
        worse.extend(larger(job, counts, before, tolerance));
    }
    if asked("--write") {
        let mut jobs = kept;
        jobs.extend(found);
        let mut text = format!("{HEAD}tolerance = {tolerance:?}\n");
        for (job, counts) in &jobs {
            writeln!(text, "\n[job.{job}]").unwrap();
            for (name, count) in counts {
                writeln!(text, "{name} = {count}").unwrap();
            }
        }
        std::fs::write("benches/counts.toml", text).unwrap();
        return ExitCode::SUCCESS;
    }
    for line in &worse {
        println!("larger: {line}");
    }
    ExitCode::from(u8::from(!worse.is_empty()))
}
