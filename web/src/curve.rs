//! How much the next euro buys.

use crate::desk::Heard;
use crate::faults::Fault;
use serde_json::{Value, json};
use sinews::analysis::Work;
use sinews::analysis::frontier::{Request, frontier as trace};
use sinews::model::Model;
use sinews::solve::Options;
use std::sync::Arc;

/// The least shortfall against the money of all funds, between two factors of it.
pub fn frontier(
    m: &Model,
    from: f64,
    to: f64,
    solves: usize,
    heard: &Heard,
) -> Result<Value, Fault> {
    let request = Request {
        from,
        to,
        solves,
        ..Request::default()
    };
    let (steps, first) = (heard.clone(), heard.clone());
    let options = Options {
        progress: Some(Arc::new(move |progress| first(&progress.to_string()))),
        ..Options::default()
    };
    let work = Work {
        threads: Some(1),
        step: Some(Arc::new(move |done, of| {
            steps(&format!("solve {done} of {of}"));
        })),
        ..Work::default()
    };
    let found = trace(m, &request, &options, &work)?;
    let points = found.points.iter().map(|point| {
        let cheapest = point.cheapest.map(|c| json!({ "missing": c.missing, "coverage": c.coverage, "cost": c.cost }));
        json!({ "factor": point.factor, "money": point.money, "shortfall": point.shortfall, "cheapest": cheapest })
    });
    let pieces = found.pieces.iter().map(|piece| {
        let begins: Vec<String> = piece
            .begins
            .iter()
            .take(4)
            .map(sinews::names::Words::in_names)
            .collect();
        json!({ "price": piece.price, "begins": begins })
    });
    Ok(json!({
        "measure": found.measure, "in_money": found.in_money, "currency": found.currency, "money": found.money,
        "gap": found.gap, "points": points.collect::<Vec<_>>(), "pieces": pieces.collect::<Vec<_>>(),
    }))
}
