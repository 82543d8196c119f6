//! One batch of inputs, read side by side: panics are caught, slow ones are told, a hang ends the process.

use crate::inputs::Corpus;
use sinews::document::{Document, seeds_from};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// What an input did that none may.
#[derive(Debug)]
pub struct Fault {
    /// `panic`, `slow` or `death`.
    pub kind: &'static str,
    /// The number of the input.
    pub number: u64,
    /// What happened.
    pub words: String,
}

impl Fault {
    /// As a batch prints it.
    pub fn read(line: &str) -> Option<Self> {
        let mut words = line.splitn(3, ' ');
        let kind = match words.next()? {
            "panic" => "panic",
            "slow" => "slow",
            _ => return None,
        };
        Some(Self {
            kind,
            number: words.next()?.parse().ok()?,
            words: words.next()?.to_owned(),
        })
    }
}

/// No input may take longer.
const SLOW: Duration = Duration::from_secs(1);
/// After so long an input is taken to hang.
const HANG: Duration = Duration::from_secs(20);

/// Read a batch, and print its faults.
pub fn batch(from: u64, to: u64, seed: u64) -> ExitCode {
    std::panic::set_hook(Box::new(|_| {}));
    let corpus = Corpus::of(Path::new("."));
    let next = AtomicU64::new(from);
    let (slowest, found) = (AtomicU64::new(0), Mutex::new(Vec::new()));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = if to - from == 1 { 1 } else { threads };
    // When each thread began its input, in milliseconds after the start; none: 0.
    let start = Instant::now();
    let now = || 1 + u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX - 1);
    let begun: Vec<AtomicU64> = (0..threads).map(|_| AtomicU64::new(0)).collect();
    let work = |own: &AtomicU64| {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= to {
                return;
            }
            let text = corpus.input(seed, number);
            own.store(now(), Ordering::Relaxed);
            let (time, panic) = read(&text);
            own.store(0, Ordering::Relaxed);
            let millis = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
            slowest.fetch_max(millis, Ordering::Relaxed);
            let fault = match panic {
                Some(words) => format!("panic {number} {}", words.replace('\n', " ")),
                None if time > SLOW => format!("slow {number} {millis} ms"),
                None => continue,
            };
            let mut found = found.lock().expect("nothing panics under it");
            found.push((number, fault));
        }
    };
    let work = &work;
    std::thread::scope(|scope| {
        let workers: Vec<_> = begun
            .iter()
            .map(|own| scope.spawn(move || work(own)))
            .collect();
        while workers.iter().any(|worker| !worker.is_finished()) {
            std::thread::sleep(Duration::from_millis(20));
            let hangs = |own: &AtomicU64| {
                let began = own.load(Ordering::Relaxed);
                began > 0 && u128::from(now() - began) > HANG.as_millis()
            };
            if begun.iter().any(hangs) {
                std::process::exit(3);
            }
        }
    });
    let mut found = found.into_inner().expect("nothing panics under it");
    found.sort();
    for (_, fault) in found {
        println!("{fault}");
    }
    println!("slowest {}", slowest.into_inner());
    ExitCode::SUCCESS
}

/// Read an input: how long it took, and the words of a panic. What seems slow is read again: the machine may have
/// been busy.
fn read(bytes: &[u8]) -> (Duration, Option<String>) {
    let text = String::from_utf8_lossy(bytes);
    let once = || {
        let begun = Instant::now();
        let read = catch_unwind(AssertUnwindSafe(|| {
            match Document::parse("fuzz.toml", &text) {
                Err(problems) => {
                    assert!(!problems.to_string().is_empty(), "a problem without words")
                }
                Ok(document) => model(&document),
            }
            let _ = seeds_from("fuzz.toml", &text).map_err(|problems| problems.to_string());
        }));
        let words = read.err().map(|panic| {
            let text = panic.downcast_ref::<String>().cloned();
            let word = panic.downcast_ref::<&str>().map(|&word| word.to_owned());
            text.or(word).unwrap_or_default()
        });
        (begun.elapsed(), words)
    };
    match once() {
        (time, None) if time > SLOW => once(),
        found => found,
    }
}

/// The model of a document, and those of its scenarios.
fn model(document: &Document) {
    let scenarios = document.scenarios();
    let varied = scenarios
        .iter()
        .map(|scenario| document.scenario(&scenario.key));
    let models = varied.map(|varied| varied.and_then(|document| document.model()));
    for problems in models.chain([document.model()]).filter_map(Result::err) {
        assert!(!problems.to_string().is_empty(), "a problem without words");
    }
}
