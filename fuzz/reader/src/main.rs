//! The reader on millions of broken models: `scripts/fuzz [COUNT [SEED]]`
//!
//! An input is made from the seed and its number alone, so that any can be made again: `scripts/fuzz --show NUMBER
//! SEED` prints one. Inputs are read by a process of their own, a batch at a time: one that dies, of a stack that
//! overflows or of a hang, is halved until the input is found.

mod inputs;
mod reading;

use inputs::Corpus;
use reading::{Fault, batch};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

/// So many inputs are read by one process.
const BATCH: u64 = 100_000;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number = |n: usize, otherwise: u64| {
        let word = words.get(n);
        word.map_or(Some(otherwise), |word| word.replace('_', "").parse().ok())
    };
    match words.first().map(String::as_str) {
        Some("--batch") => {
            let (from, to) = (number(1, 0).unwrap_or(0), number(2, 0).unwrap_or(0));
            batch(from, to, number(3, 1).unwrap_or(1))
        }
        Some("--show") => {
            let (input, seed) = (number(1, 0).unwrap_or(0), number(2, 1).unwrap_or(1));
            let text = Corpus::of(Path::new(".")).input(seed, input);
            let _ = std::io::stdout().write_all(&text);
            ExitCode::SUCCESS
        }
        _ => match (number(0, 10_000_000), number(1, 1)) {
            (Some(count), Some(seed)) => all(count, seed),
            _ => {
                eprintln!("scripts/fuzz [COUNT [SEED]], or --show NUMBER [SEED]");
                ExitCode::FAILURE
            }
        },
    }
}

/// Where the log and the inputs at fault go.
fn folder() -> PathBuf {
    PathBuf::from("target/fuzz")
}

/// Read all inputs, and sum up.
fn all(count: u64, seed: u64) -> ExitCode {
    let folder = folder();
    std::fs::create_dir_all(&folder).expect("target can be written to");
    let path = folder.join(format!("reader-{seed}.log"));
    let mut log = std::fs::File::create(path).expect("target can be written to");
    let mut say = |line: &str| {
        println!("{line}");
        writeln!(log, "{line}").expect("the log can be written to");
    };
    let corpus = Corpus::of(Path::new("."));
    say(&format!(
        "{count} inputs from seed {seed}, made from {corpus}"
    ));
    let begun = Instant::now();
    let (mut done, mut faults, mut slowest) = (0, Vec::new(), 0);
    while done < count {
        let to = count.min(done + BATCH);
        let before = faults.len();
        slowest = slowest.max(run(done, to, seed, &mut faults));
        done = to;
        for fault in &faults[before..] {
            let name = format!("{}-{seed}-{}.toml", fault.kind, fault.number);
            let text = corpus.input(seed, fault.number);
            std::fs::write(folder.join(&name), text).expect("target can be written to");
            say(&format!(
                "{} {}: {} ({name})",
                fault.kind, fault.number, fault.words
            ));
        }
        if done % (10 * BATCH) == 0 || done == count {
            let rate = done as f64 / begun.elapsed().as_secs_f64();
            say(&format!(
                "{done} of {count}, {rate:.0} a second, slowest {slowest} ms"
            ));
        }
    }
    let of = |kind: &str| faults.iter().filter(|fault| fault.kind == kind).count();
    say(&format!(
        "{count} inputs, seed {seed}, {:.0} s: {} panics, {} over a second, {} deaths; slowest {slowest} ms",
        begun.elapsed().as_secs_f64(),
        of("panic"),
        of("slow"),
        of("death")
    ));
    ExitCode::from(u8::from(!faults.is_empty()))
}

/// Read inputs in a process of their own; where it dies, halves of them. Gives the milliseconds of the slowest.
fn run(from: u64, to: u64, seed: u64, faults: &mut Vec<Fault>) -> u64 {
    let own = std::env::current_exe().expect("a program has a path");
    let words = [from, to, seed].map(|number| number.to_string());
    let output = Command::new(own)
        .arg("--batch")
        .args(words)
        .stderr(Stdio::null())
        .output()
        .expect("a program can run itself");
    if output.status.success() {
        let text = String::from_utf8_lossy(&output.stdout);
        let mut slowest = 0;
        for line in text.lines() {
            match line.strip_prefix("slowest ") {
                Some(time) => slowest = time.parse().unwrap_or(0),
                None => faults.extend(Fault::read(line)),
            }
        }
        return slowest;
    }
    if to - from == 1 {
        faults.push(Fault {
            kind: "death",
            number: from,
            words: output.status.to_string(),
        });
        return 0;
    }
    let middle = from.midpoint(to);
    run(from, middle, seed, faults).max(run(middle, to, seed, faults))
}
