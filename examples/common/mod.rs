//! What the examples share: words into choices, a progress line, files out.
#![allow(dead_code, clippy::print_stdout, clippy::print_stderr)]

pub(crate) mod asking;
pub(crate) mod rows;

use indicatif::ProgressBar;
use sinews::analysis::Trouble;
use sinews::report::File;
use sinews::solve::{Failure, Options, Progress};
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

/// The choice that a word stands for.
pub(crate) fn pick<T: Copy>(words: &[(&str, T)], word: Option<&str>) -> Option<T> {
    let found = words.iter().find(|(known, _)| Some(*known) == word);
    found.map(|(_, choice)| *choice)
}

/// A line on the terminal that says how far a solve has come; silent where there is no terminal.
pub(crate) fn progress(options: &mut Options) -> ProgressBar {
    let line = ProgressBar::new_spinner();
    line.enable_steady_tick(Duration::from_millis(200));
    let shown = line.clone();
    options.progress = Some(Arc::new(move |p: &Progress| {
        shown.set_message(p.to_string());
    }));
    line
}

/// Print files, or write them into a folder; exit code 1 is bad input, 2 no plan.
pub(crate) fn deliver(files: Result<Vec<File>, Box<dyn Error>>, folder: Option<&Path>) -> ExitCode {
    let written = files.and_then(|files| Ok(write(&files, folder)?));
    let Err(error) = written else {
        return ExitCode::SUCCESS;
    };
    eprintln!("{error}");
    if is_clash(error.as_ref()) {
        eprintln!(
            "the example `infeasible` finds the smallest sets of rules that clash, and where they stand"
        );
    }
    ExitCode::from(code(error.as_ref()))
}

/// Whether rules of the model cannot hold together.
fn is_clash(error: &(dyn Error + 'static)) -> bool {
    let within = match error.downcast_ref::<Trouble>() {
        Some(Trouble::Solve(failure)) => Some(failure),
        _ => error.downcast_ref::<Failure>(),
    };
    matches!(within, Some(Failure::Infeasible { .. }))
}

/// 1 for bad input, 2 for no plan.
fn code(error: &(dyn Error + 'static)) -> u8 {
    match error.downcast_ref::<Trouble>() {
        Some(Trouble::Solve(_)) => 2,
        Some(_) => 1,
        None => 1 + u8::from(error.is::<Failure>()),
    }
}

/// The arguments of an example; a wrong one is bad input.
pub(crate) fn arguments<A: clap::Parser>() -> A {
    A::try_parse().unwrap_or_else(|error| {
        let _ = error.print();
        std::process::exit(i32::from(error.use_stderr()));
    })
}

fn write(files: &[File], folder: Option<&Path>) -> std::io::Result<()> {
    for file in files {
        match folder {
            None if files.len() == 1 => print!("{}", file.text),
            None => println!("== {}\n{}", file.name, file.text),
            Some(folder) => {
                std::fs::create_dir_all(folder)?;
                std::fs::write(folder.join(&file.name), &file.text)?;
                println!("{}", folder.join(&file.name).display());
            }
        }
    }
    Ok(())
}
