//! A planning tool around the library, in one file: a model from memory, an edit, a rule of one's own, a solve with a
//! limit and progress, two analyses side by side, and what was found in SQLite: the model as TOML and the plan, both of
//! which can be read back.
//!
//! ```sh
//! scripts/embed         # runs it, and its tests
//! ```

#[cfg(test)]
mod tests;

use rusqlite::{Connection, params};
use sinews::analysis::{Findings, Trouble, Work, bottleneck, sweep};
use sinews::document::{Document, Memory, to_toml};
use sinews::model::{Measured, Model, Rule};
use sinews::program::Row;
use sinews::report::{self, Format};
use sinews::solution::Solution;
use sinews::solve::{Cancel, Options, Progress, restored};
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// What a user has on screen; it names a part of itself, which is in memory as well.
const MODEL: &str = r#"
model = { name = "Shells", note = "Invented figures", include = ["industry.toml"] }
calendar = { start = "2027-01", end = "2028-12", period = "quarter" }
item.round = { unit = "round", value = "4_000 EUR/round" }
holder.ukraine = {}
requirement.shells = { holder = "ukraine", item = "round", quantity = "500_000 round/year" }
fund.aid = { amount = "1.2 bn EUR/year", buys = { holders = ["ukraine"] } }
"#;

const INDUSTRY: &str = r#"
country = { DE = {}, ES = {} }
line.unterluess = { makes = "round", country = "DE", capacity = "250_000 round/year", cost = "3_200 EUR/round" }
line.trubia = { makes = "round", country = "ES", capacity = "250_000 round/year", cost = "3_600 EUR/round" }
"#;

/// What came of it.
struct Found {
    plan: Solution,
    causes: bottleneck::Bottlenecks,
    database: Connection,
}

fn main() -> Outcome<()> {
    let Found {
        plan,
        causes,
        database,
    } = found()?;
    let model = plan.model();
    println!("{}", report::text(model, &plan));
    let (tables, currency) = (causes.tables(), model.money.base());
    for file in report::tables(Format::Text, "causes", &tables, currency).unwrap_or_default() {
        println!("{}", file.text().unwrap_or_default());
    }
    let short: f64 = database.query_row("SELECT sum(short) FROM coverage", [], |row| row.get(0))?;
    let points: i64 = database.query_row("SELECT count(*) FROM point", [], |row| row.get(0))?;
    println!("{short:.0} rounds short; {points} numbers of the sweep are in the database");
    let again = read_back(&database)?;
    println!(
        "read back: {} missing",
        again
            .requirements
            .values()
            .map(|met| met.short)
            .sum::<f64>()
            .round()
    );
    Ok(())
}

fn found() -> Outcome<Found> {
    let document = Document::parse_from("plan.toml", MODEL, &folder())?;
    let edited = edited(&document)?;
    // Saved as one file of its own. A rule is stated in Rust: a file has no words for it.
    let saved = to_toml(&edited)?;
    let model = with_the_rule(edited)?;
    let plan = solved(&model)?;
    // Both take the model as it now stands, edit and rule included, and share one cancel handle and the cores.
    let cancel = Cancel::default();
    let (causes, grid) = std::thread::scope(|scope| {
        let causes = scope.spawn(|| why_short(&model, &cancel));
        let grid = scope.spawn(|| money_against_the_rule(&model, &cancel));
        (causes.join(), grid.join())
    });
    let causes = causes.expect("it does not panic")?;
    let grid = grid.expect("it does not panic")?;
    let database = stored(&saved, &plan, &grid)?;
    Ok(Found {
        plan,
        causes,
        database,
    })
}

fn folder() -> Memory {
    Memory::new("").with("industry.toml", INDUSTRY)
}

/// What a user changed by hand: one line is a third larger. The figure has lost its source, and reports say so.
fn edited(document: &Document) -> Outcome<Model> {
    let mut draft = document.model()?.into_draft();
    let line = draft.lines.called("trubia").ok_or("no such line")?;
    draft.lines[line].capacity = draft.lines[line].capacity.map(|rate| rate * (4.0 / 3.0));
    Ok(draft.check()?)
}

/// A parliament's rule: no more than 40 % of what a fund spends in a year goes to one country.
fn with_the_rule(model: Model) -> Outcome<Model> {
    let mut draft = model.into_draft();
    let aid = draft.funds.called("aid").ok_or("no such fund")?;
    let germany = draft.regions.called("DE").ok_or("no such country")?;
    let spent = |region| Measured::Spending {
        fund: Some(aid),
        region,
    };
    let rule = Rule::at_most("germany", 0.0, "EUR")
        .named("no more than 40 % of the aid to Germany")
        .with(1.0, spent(Some(germany)))
        .with(-0.4, spent(None));
    draft.rules.push(rule);
    Ok(draft.check()?)
}

fn solved(model: &Model) -> Outcome<Solution> {
    let options = Options {
        time_limit: Some(Duration::from_secs(60)),
        progress: Some(Arc::new(|progress: &Progress| {
            eprintln!("{:3.0} %  {progress}", 100.0 * progress.share());
        })),
        ..Options::default()
    };
    Ok(sinews::solve(model, &options)?)
}

fn why_short(model: &Model, cancel: &Cancel) -> Result<bottleneck::Bottlenecks, Trouble> {
    let work = Work {
        cancel: Some(cancel.clone()),
        ..Work::default()
    };
    bottleneck::bottleneck(
        model,
        &bottleneck::Question::default(),
        &Options::default(),
        &work,
    )
}

/// More money, and a looser rule, in every combination.
fn money_against_the_rule(model: &Model, cancel: &Cancel) -> Result<sweep::Sweep, Trouble> {
    let request = sweep::Request {
        axes: vec![
            "fund.aid.amount=x0.8,x1,x1.2".parse()?,
            "rule.germany.right=0 EUR,100 M EUR".parse()?,
        ],
        ..sweep::Request::default()
    };
    let work = Work {
        cancel: Some(cancel.clone()),
        step: Some(Arc::new(|ended, of| eprintln!("point {ended} of {of}"))),
        ..Work::default()
    };
    sweep::sweep(model, &request, &Options::default(), &work)
}

fn stored(saved: &str, plan: &Solution, grid: &sweep::Sweep) -> Outcome<Connection> {
    let model = plan.model();
    let database = Connection::open_in_memory()?;
    database.execute_batch(
        "CREATE TABLE model (toml TEXT, plan TEXT);
         CREATE TABLE coverage (requirement TEXT, required REAL, met REAL, short REAL);
         CREATE TABLE price (rule TEXT, period TEXT, price REAL);
         CREATE TABLE point (setting TEXT, outcome TEXT, value REAL);",
    )?;
    let kept = serde_json::to_string(&plan.saved())?;
    database.execute("INSERT INTO model VALUES (?, ?)", params![saved, kept])?;
    for (id, met) in plan.requirements.iter() {
        let key = &model.requirements[id].key;
        let row = params![key, met.required, met.met, met.short];
        database.execute("INSERT INTO coverage VALUES (?, ?, ?, ?)", row)?;
    }
    for (id, rule) in model.rules.iter() {
        for t in model.calendar.periods() {
            if let Some(price) = plan.price(Row::Rule(id, t)) {
                let row = params![rule.key, model.calendar.label(t), price];
                database.execute("INSERT INTO price VALUES (?, ?, ?)", row)?;
            }
        }
    }
    for solved in grid.results.rows.values() {
        for (outcome, value) in grid.outcomes.iter().zip(&solved.values) {
            let row = params![solved.key, outcome.to_string(), value];
            database.execute("INSERT INTO point VALUES (?, ?, ?)", row)?;
        }
    }
    Ok(database)
}

/// The plan that is in a database, with its model: the plan is checked against it.
fn read_back(database: &Connection) -> Outcome<Solution> {
    let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
    let (toml, plan): (String, String) =
        database.query_row("SELECT toml, plan FROM model", [], row)?;
    let model = with_the_rule(sinews::document::parse("saved.toml", &toml)?)?;
    Ok(restored(&model, &serde_json::from_str(&plan)?)?)
}
