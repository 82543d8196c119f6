//! What a plan takes in Rust, for `scripts/python-time`: `cargo run --release --example time -- models/tiny.toml 200`
//!
//! Prints the median time of so many plans of a model, and of reading it, in microseconds.

use std::time::{Duration, Instant};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().unwrap_or("models/tiny.toml".into());
    let count: usize = arguments.next().unwrap_or("200".into()).parse()?;
    let model = sinews::read(&path)?;
    let options = sinews::solve::Options::default();
    let plan = || sinews::solve(&model, &options).map(drop);
    plan()?;
    let plans = median(count, || plan().expect("it was found before"));
    let reads = median(count, || {
        drop(sinews::read(&path).expect("it was read before"))
    });
    println!("{} {}", plans.as_micros(), reads.as_micros());
    Ok(())
}

fn median(count: usize, job: impl Fn()) -> Duration {
    let time = |_| {
        let began = Instant::now();
        job();
        began.elapsed()
    };
    let mut times: Vec<Duration> = (0..count).map(time).collect();
    times.sort();
    times[count / 2]
}
