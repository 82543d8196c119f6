//! What the database holds, worked out by hand.
//!
//! 1.2 bn EUR a year: 40 % buy 150,000 rounds at 3,200 EUR, the rest 200,000 at 3,600 EUR, of 500,000 that are wanted.

use super::*;

fn numbers(database: &Connection, query: &str) -> Vec<f64> {
    let mut statement = database.prepare(query).expect("a query");
    let rows = statement.query_map([], |row| row.get(0)).expect("rows");
    rows.map(|number| number.expect("a number")).collect()
}

fn same(found: f64, wanted: f64) {
    let near = (found - wanted).abs() <= 1e-6 * (1.0 + wanted.abs());
    assert!(near, "found {found}, wanted {wanted}");
}

#[test]
fn the_database_holds_the_plan_its_prices_and_every_point() {
    let Found {
        causes, database, ..
    } = found().expect("a plan");
    let coverage = numbers(
        &database,
        "SELECT short FROM coverage WHERE requirement = 'shells'",
    );
    assert_eq!(coverage.len(), 1);
    same(coverage[0], 300_000.0);
    // One more euro to Germany buys 1/3,200 of a round there in place of 1/3,600; a round is worth 4,000 EUR.
    let prices = numbers(
        &database,
        "SELECT price FROM price WHERE rule = 'germany' ORDER BY period",
    );
    assert_eq!(prices.len(), 2);
    for price in prices {
        same(price, 4_000.0 / 3_200.0 - 4_000.0 / 3_600.0);
    }
    // By money, and by what Germany may have beside 40 %.
    let coverage = numbers(
        &database,
        "SELECT value FROM point WHERE outcome = 'coverage' ORDER BY rowid",
    );
    let rounds = |money: f64, more: f64| {
        let germany = 0.4 * money + more;
        germany / 3_200.0 + (money - germany) / 3_600.0
    };
    let mut wanted = Vec::new();
    for factor in [0.8, 1.0, 1.2] {
        for more in [0.0, 100e6] {
            wanted.push(rounds(factor * 1.2e9, more) / 500_000.0);
        }
    }
    assert_eq!(coverage.len(), wanted.len());
    for (found, wanted) in coverage.into_iter().zip(wanted) {
        same(found, wanted);
    }
    assert!(!causes.bottlenecks.is_empty());
}

#[test]
fn what_is_stored_reads_back() {
    let Found { plan, database, .. } = found().expect("a plan");
    let toml: String = database
        .query_row("SELECT toml FROM model", [], |row| row.get(0))
        .expect("a text");
    let model = sinews::document::parse("saved.toml", &toml).expect("a model");
    // The line that a user has made larger; a file has no words for the rule.
    let line = model.lines.called("trubia").expect("the line");
    same(
        model.lines[line].capacity.most().value(),
        250_000.0 * 4.0 / 3.0,
    );
    assert!(model.rules.is_empty());
    assert_eq!(model.lines, plan.model().lines);
    let again = read_back(&database).expect("the plan");
    assert_eq!(again.model().rules, plan.model().rules);
    same(again.cost.total, plan.cost.total);
    assert!(again.certificate.holds());
}
