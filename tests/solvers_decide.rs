//! Every solver comes to the same decisions: dates, causes, clashes, the worth of planning ahead.
#![allow(clippy::unwrap_used)]

use sinews::analysis::bottleneck::{Bottlenecks, Cause, Question, bottleneck};
use sinews::analysis::deadline::{Deadlines, Request, deadline};
use sinews::analysis::{Findings, Work};
use sinews::document::Document;
use sinews::ids::{Id, ItemId, PeriodId, StockId, SupplierId};
use sinews::program::Row;
use sinews::solve::{Options, Solver};

fn parse(text: &str) -> Document {
    Document::parse("toy.toml", text).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The solvers that are built in and give prices.
fn solvers() -> Vec<Options> {
    let mut all = vec![Solver::Clarabel];
    if cfg!(feature = "highs") {
        all.push(Solver::Highs);
    }
    let options = |solver| Options {
        solver,
        ..Options::default()
    };
    all.into_iter().map(options).collect()
}

fn dates(document: &Document, of: &[&str], options: &Options) -> Deadlines {
    let request = Request {
        of: of.iter().map(|&key| key.into()).collect(),
        levers: 3,
    };
    let found = deadline(document, &request, options, &Work::default());
    found.unwrap_or_else(|trouble| panic!("{trouble}"))
}

/// By requirement: the label of the first window.
fn labels(found: &Deadlines) -> Vec<String> {
    let labels = found.all.iter().map(|deadline| match deadline.from {
        Some(t) => found.model.calendar.label(t),
        None => "never".into(),
    });
    labels.collect()
}

const AT_ONCE: &str = r#"
model.note = "Invented figures"
calendar = { start = "2026-01", end = "2026-12", period = "quarter" }
item.round.unit = "round"
line.plant = { makes = "round", capacity = "60_000 round/year", cost = "3_600 EUR/round" }
holder.ukraine.name = "Ukraine"
requirement.shells = { holder = "ukraine", item = "round", quantity = "60_000 round/year" }
"#;

#[test]
fn what_is_made_as_it_is_asked_for_is_met_at_once() {
    for options in solvers() {
        let found = dates(&parse(AT_ONCE), &["shells"], &options);
        assert_eq!(labels(&found), ["2026Q1"], "{:?}", options.solver);
        assert_eq!(found.tables().len(), 1);
    }
}

#[test]
fn a_hair_less_than_is_asked_for_is_in_full_and_a_thousandth_is_not() {
    // 4 parts in 10,000 are missing in each of the four windows: none misses more than 1 in 2,000.
    let hair = AT_ONCE.replace("60_000 round/year\", cost", "59_976 round/year\", cost");
    let thousandth = AT_ONCE.replace("60_000 round/year\", cost", "59_940 round/year\", cost");
    for options in solvers() {
        assert_eq!(
            labels(&dates(&parse(&hair), &["shells"], &options)),
            ["2026Q1"]
        );
        // Of 60 rounds that are missing in all, each later window leaves 15 for the rest: the second needs
        // 45,000 of 59,940 that are made by the end.
        assert_eq!(
            labels(&dates(&parse(&thousandth), &["shells"], &options)),
            ["2026Q2"]
        );
    }
}

fn explained(document: &Document, causes: usize, options: &Options) -> Bottlenecks {
    let question = Question {
        causes,
        ..Question::default()
    };
    let found = bottleneck(document, &question, options, &Work::default());
    found.unwrap_or_else(|trouble| panic!("{trouble}"))
}

/// Two years of 200 tanks from two stores of 50 and 60, which arrive a quarter after they leave.
const TWO_DONORS: &str = r#"
model.note = "invented"
calendar = { start = "2026-01", end = "2027-12", period = "quarter" }
item.tank.unit = "tank"
holder.austria.stock.tank = { opening = "50 tank" }
holder.belgium.stock.tank = { opening = "60 tank" }
holder.ukraine.name = "Ukraine"
gift.rail = { from = ["austria", "belgium"], lag = "3 months", to = "ukraine", items = ["tank"] }
requirement.tanks = { holder = "ukraine", item = "tank", quantity = "200 tank/year" }
"#;

/// By year: each cause and its share in whole percent.
fn shares(found: &Bottlenecks) -> Vec<(i32, Vec<(Cause, f64)>)> {
    let share =
        |own: &sinews::analysis::bottleneck::Share| (own.cause, (100.0 * own.share).round());
    let year = |s: &sinews::analysis::bottleneck::Shortfall| {
        let year = found.model.calendar.year_number(s.year);
        (year, s.causes.iter().map(share).collect())
    };
    found.shortfalls.iter().map(year).collect()
}

#[test]
fn what_comes_too_late_and_what_runs_out_is_told_apart() {
    // Nothing arrives in the first quarter, which wants 50; of the other 150 of 2026, 110 come from the
    // stores, 60 to 50. In 2027 nothing is left.
    let used_up = |s| Cause::Limit(Row::Spare(StockId::at(s), PeriodId::FIRST));
    let (austria, belgium) = (used_up(0), used_up(1));
    let early = Cause::NoSource(ItemId::FIRST);
    for options in solvers() {
        let found = explained(&parse(TWO_DONORS), 10, &options);
        let late = vec![(belgium, 55.0), (austria, 45.0)];
        let first = vec![(early, 56.0), (belgium, 24.0), (austria, 20.0)];
        assert_eq!(shares(&found), [(2027, late), (2026, first)], "{options:?}");
        assert!(found.shortfalls.iter().all(|s| s.outbid == 1.0));
        let words = found.sentence(&found.shortfalls[1]);
        assert!(!words.contains("urgent"), "{words}");
    }
}

#[test]
fn a_rate_that_binds_is_tried_where_the_blame_is_on_the_lead_time() {
    // 4 a year are booked, 10 a year come after two years: 16, 16 and 10 of 20 a year are missing.
    let text = r#"
model.note = "invented"
calendar = { start = "2026-01", end = "2028-12", period = "year" }
item.round = { unit = "round", value = "100 EUR/round" }
holder.ukraine.name = "Ukraine"
supplier.abroad = { item = "round", rate = "10 round/year", booked = "4 round/year", lead_time = "24 months", cost = "10 EUR/round" }
requirement.shells = { holder = "ukraine", item = "round", quantity = "20 round/year" }
"#;
    for options in solvers() {
        let found = explained(&parse(text), 1, &options);
        assert_eq!(
            found.bottlenecks[0].cause,
            Cause::Limit(Row::OnOrder(SupplierId::FIRST, PeriodId::FIRST))
        );
        let words: Vec<String> = found
            .remedies
            .iter()
            .map(|r| r.lever.words.to_string())
            .collect();
        let more = "10 % more from supplier `abroad`";
        assert!(words.iter().any(|words| words == more), "{words:?}");
        // One more round in 2028 counts ten times 100 EUR and costs 10.
        let gained = found
            .remedies
            .iter()
            .find(|r| r.lever.words == more)
            .unwrap()
            .gained;
        assert!((gained - 990.0).abs() < 0.01, "{gained}");
    }
}

#[test]
fn a_date_that_no_limit_holds_back_waits_for_first_deliveries() {
    // 20 tanks arrive a year after they leave, 5 a quarter from 2027 on: just enough, so that more would not be sooner.
    let text = r#"
model.note = "invented"
calendar = { start = "2026-01", end = "2027-12", period = "quarter" }
macro.discount = "3 %/year"
item.tank = { unit = "tank", value = "1_000 EUR/tank" }
holder.austria.stock.tank = { opening = "20 tank" }
holder.ukraine.name = "Ukraine"
gift.rail = { from = ["austria"], lag = "12 months", to = "ukraine", items = ["tank"] }
requirement.tanks = { holder = "ukraine", item = "tank", quantity = "20 tank/year" }
"#;
    for options in solvers() {
        let found = dates(&parse(text), &["tanks"], &options);
        assert_eq!(labels(&found), ["2027Q1"]);
        let words = "the first deliveries of `tank`: no source is so early";
        assert_eq!(found.all[0].because, [(words.to_owned(), 1.0)]);
    }
}
