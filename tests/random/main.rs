//! Random models as the judge: what must hold of any model, tried on many small ones.
//!
//! `scripts/random COUNT SEED` tries many more. `RANDOM_MODEL=SEED cargo test --test random one_model -- --ignored --nocapture`
//! shows one.
#![allow(clippy::unwrap_used, clippy::print_stdout, unreachable_pub)]

mod analyses;
mod covers;
mod differential;
mod generate;
mod judge;
mod metamorphic;
mod more;
mod node;
#[path = "../common/restored.rs"]
mod restored;
mod rng;
#[path = "../common/saved.rs"]
mod saved;
mod second;
mod shrink;
mod sides;
mod simplex;

use judge::{Difference, read, valid};
use node::Written;
use sinews::model::{Model, ObjectiveKind};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Everything that is wrong with a model's answers.
fn faults(written: &Written, model: &Model) -> Vec<Difference> {
    let mut all = differential::differences(model);
    all.extend(differential::second(model));
    all.extend(differential::second_max_min(model));
    let (_, kind) = ObjectiveKind::WORDS[usize::try_from(written.seed % 3).unwrap()];
    all.extend(metamorphic::differences(written, model, kind));
    all.extend(more::hurts(
        written,
        model,
        &mut rng::Rng::new(written.seed),
    ));
    all.extend(more::prices(written, model));
    all.extend(more::periods(written, model));
    all.extend(analyses::differences(written, model));
    all.extend(sides::differences(written, model));
    all
}

/// Try models on as many threads as there are cores: what is found, by seed.
fn try_many(first: u64, count: u64) -> Vec<(Written, Vec<Difference>)> {
    let next = AtomicUsize::new(0);
    let found = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, Into::into) {
            scope.spawn(|| {
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed) as u64;
                    if n >= count {
                        break;
                    }
                    let (written, model) = valid(first + n);
                    let faults = faults(&written, &model);
                    if !faults.is_empty() {
                        found.lock().unwrap().push((written, faults));
                    }
                }
            });
        }
    });
    let mut found = found.into_inner().unwrap();
    found.sort_by_key(|(written, _)| written.seed);
    found
}

/// A number from the environment.
fn asked(name: &str, or: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(or)
}

/// What is written down of a model that something is wrong with.
fn described(written: &Written, faults: &[Difference]) -> String {
    let lines = faults
        .iter()
        .map(|d| format!("# {}\n# {}\n", d.kind, d.says.replace('\n', "\n# ")));
    format!(
        "# seed {}\n{}{}",
        written.seed,
        lines.collect::<String>(),
        written.text()
    )
}

/// Many models: counts what is found by kind and keeps each model under `target/random`.
#[test]
#[ignore = "takes as long as it is told to; scripts/random runs it"]
fn many_models() {
    let (count, seed) = (asked("RANDOM_COUNT", 1_000), asked("RANDOM_SEED", 1));
    let found = try_many(seed, count);
    let folder = std::path::Path::new("target/random");
    std::fs::create_dir_all(folder).unwrap();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for (written, faults) in &found {
        std::fs::write(
            folder.join(format!("{}.toml", written.seed)),
            described(written, faults),
        )
        .unwrap();
        for fault in faults {
            *kinds.entry(&fault.kind).or_default() += 1;
        }
    }
    for (kind, times) in &kinds {
        println!("{times:6}  {kind}");
    }
    let (asked, gave_up) = (&differential::ASKED, &differential::GAVE_UP);
    println!(
        "the second formulation was asked {} times and gave up {} times",
        asked.load(Ordering::Relaxed),
        gave_up.load(Ordering::Relaxed)
    );
    println!("{count} models from seed {seed}: {} disagree", found.len());
}

/// One model: its text and what is wrong with it.
#[test]
#[ignore = "shows the model of RANDOM_MODEL"]
fn one_model() {
    let written = generate::draw(asked("RANDOM_MODEL", 1_000));
    match read(&written) {
        None => println!(
            "{}\n{}",
            written.text(),
            judge::read_or_why(&written).unwrap_err()
        ),
        Some(model) => {
            println!("{}", written.text());
            println!("{}", described(&written, &faults(&written, &model)));
        }
    }
}

/// The faults of a model, and the smallest model that is found to have the first of them, or the one that
/// `RANDOM_KIND` names a part of.
#[test]
#[ignore = "shrinks the model of RANDOM_MODEL"]
fn smallest_model() {
    let written = generate::draw(asked("RANDOM_MODEL", 1_000));
    let wanted = std::env::var("RANDOM_KIND").unwrap_or_default();
    let found =
        |written: &Written| read(written).map_or_else(Vec::new, |model| faults(written, &model));
    let Some(first) = found(&written)
        .into_iter()
        .find(|fault| fault.kind.contains(&wanted))
    else {
        return println!("nothing is wrong with {}", written.seed);
    };
    let smallest = shrink::shrunk(&written, |less| {
        found(less).iter().any(|fault| fault.kind == first.kind)
    });
    let own: Vec<_> = found(&smallest)
        .into_iter()
        .filter(|fault| fault.kind == first.kind)
        .collect();
    println!("{}", described(&smallest, &own));
}

/// What is known to be wrong, by seed and how its kind begins. Of 136001 and 261000 one solver proves a side of a price that
/// another does not; 196000 has two limits of which each solver is sure of another; in 239000 0.2 EUR stand beside
/// 4 bn EUR, and the order of tables moves what is short by four parts in a million, or leaves no plan that stands up; in
/// 84000 a line of which half has a limit of 2.5e8 beside flows of 1e-2 is more than the embedded solvers can do.
const OPEN: [(u64, &str); 5] = [
    (84_000, "line in halves: fault"),
    (136_001, "sides: "),
    (196_000, "bottleneck: embedded and HiGHS"),
    (239_000, "order of tables"),
    (261_000, "sides: "),
];

/// Three hundred models: nothing is wrong with any, but for what is [`OPEN`].
#[test]
fn three_hundred_models_agree() {
    let mut found = try_many(1, 300);
    for (written, faults) in &mut found {
        let seed = written.seed;
        let open = |fault: &Difference| {
            let mut known = OPEN.iter();
            known.any(|(own, kind)| *own == seed && fault.kind.starts_with(kind))
        };
        faults.retain(|fault| !open(fault));
    }
    found.retain(|(_, faults)| !faults.is_empty());
    let (asked, gave_up) = (&differential::ASKED, &differential::GAVE_UP);
    let (asked, gave_up) = (
        asked.load(Ordering::Relaxed),
        gave_up.load(Ordering::Relaxed),
    );
    assert!(
        20 * gave_up < asked,
        "the second formulation gave up on {gave_up} of {asked}"
    );
    let all: Vec<String> = found
        .iter()
        .map(|(written, faults)| described(written, faults))
        .collect();
    assert!(
        all.is_empty(),
        "{} of 300 models disagree:\n{}",
        all.len(),
        all.join("\n")
    );
}

/// Most models break no rule of the format.
#[test]
fn most_models_break_no_rule() {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for seed in 0..1_000 {
        let written = generate::draw(seed);
        if let Err(problems) = judge::read_or_why(&written) {
            let first = problems
                .list()
                .first()
                .map_or_else(String::new, |p| format!("{:?}", p.kind));
            *kinds.entry(first).or_default() += 1;
        }
    }
    let refused: usize = kinds.values().sum();
    assert!(
        refused < 300,
        "{refused} of 1000 models are refused: {kinds:?}"
    );
}

/// What is saved reads back as it was, whatever the format allows.
#[test]
fn models_read_back_as_they_were_saved() {
    let mut read_back = 0;
    for seed in 0..2_000 {
        let written = generate::draw(seed);
        let Some(model) = read(&written) else {
            continue;
        };
        if let Some(fault) = saved::fault(&model) {
            panic!("seed {seed}: {fault}\n{}", written.text());
        }
        read_back += 1;
    }
    assert!(
        read_back > 1_400,
        "only {read_back} of 2000 models could be read"
    );
}

/// Over many seeds every field of the format is written, in every notation that it may have.
#[test]
fn every_field_is_written_in_every_notation() {
    let mut missing = covers::possible();
    for seed in 0..3_000 {
        let written = generate::draw(seed);
        if read(&written).is_some() {
            for field in covers::written(&written.text()) {
                missing.remove(&field);
            }
        }
    }
    assert!(
        missing.is_empty(),
        "never written:\n{}",
        Vec::from_iter(missing).join("\n")
    );
}

/// The plans of random models, each objective in turn, read back as they were.
#[test]
fn plans_of_sixty_models_read_back() {
    let mut read = 0;
    for seed in 1..=60 {
        let (written, model) = valid(seed);
        let (_, kind) = ObjectiveKind::WORDS[usize::try_from(seed % 3).unwrap()];
        let options = sinews::solve::Options {
            objective: Some(kind),
            solver: judge::embedded(&model),
            ..Default::default()
        };
        // Some have no plan.
        let Ok(solution) = sinews::solve(&model, &options) else {
            continue;
        };
        read += 1;
        if let Some(fault) = restored::fault(&solution) {
            panic!("{fault}\n{}", written.text());
        }
    }
    assert!(read > 40, "only {read} of 60 models have a plan");
}
