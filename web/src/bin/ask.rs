//! Answers requests natively, one a line, as the engine of the page does: what the page is checked against.

use sinews_web::{Desk, Heard};
use std::io::BufRead;
use std::sync::Arc;

fn main() -> Result<(), std::io::Error> {
    let mut desk = Desk::default();
    let heard: Heard = Arc::new(|progress: &str| eprintln!("{progress}"));
    for line in std::io::stdin().lock().lines() {
        println!("{}", desk.ask(&line?, &heard));
    }
    Ok(())
}
