//! Small things beside large ones: what one holder, fund or tier has is not nothing because another has a million times as much.
#![allow(clippy::unwrap_used)]

mod common;

use common::{same, text};
use sinews::analysis::bottleneck::{Question, bottleneck};
use sinews::analysis::infeasible::infeasible;
use sinews::analysis::rolling::{Ask, rolling};
use sinews::analysis::sensitivity::{Request, sensitivity};
use sinews::analysis::{Findings, Work};
use sinews::document::Document;
use sinews::ids::{FundId, Id, RequirementId};
use sinews::model::Model;
use sinews::program::Row;
use sinews::solution::{Solution, Why};
use sinews::solve::{Options, Solver, solve};

/// The solvers that are built in.
fn solvers() -> Vec<Solver> {
    let mut all = vec![Solver::Clarabel, Solver::Microlp];
    if cfg!(feature = "highs") {
        all.push(Solver::Auto);
    }
    all
}

/// A model's best plan on each of them.
fn plans(model: &Model) -> Vec<Solution> {
    let plan = |solver| {
        let options = Options {
            solver,
            ..Options::default()
        };
        solve(model, &options).unwrap_or_else(|failure| panic!("{solver:?}: {failure}"))
    };
    solvers().into_iter().map(plan).collect()
}

const YEAR: &str = r#"model.note = "a toy"
holder.a = {}
holder.b = {}
"#;

/// One holder takes all four hundred million rounds there can be; the other gets none of its twenty.
#[test]
fn nothing_met_of_little_is_not_met_in_full() {
    for period in ["month", "quarter", "year"] {
        let model = text(&format!(
            r#"{YEAR}calendar = {{ start = "2026-01", end = "2026-12", period = "{period}" }}
item.round = {{ unit = "round" }}
line.plant = {{ makes = "round", capacity = "4e8 round/year", cost = "1 EUR/round" }}
requirement.b = {{ holder = "b", item = "round", quantity = "4e8 round/year", tier = 1 }}
requirement.a = {{ holder = "a", item = "round", quantity = "20 round/year", tier = 2 }}
"#
        ));
        for plan in plans(&model) {
            let a = &plan.requirements[RequirementId::at(1)];
            // A ten thousand millionth of all there is may be rounding.
            assert!((a.short - 20.0).abs() < 0.04, "{}", a.short);
            assert!(a.coverage() < 2e-3);
        }
    }
}

/// Thirty kits a year are paid from 30,000 EUR beside a fund of six milliards, all of which is spent.
#[test]
fn a_small_fund_spends_what_it_pays() {
    let model = text(&format!(
        r#"{YEAR}calendar = {{ start = "2026-01", end = "2027-12", period = "year" }}
item.big = {{ unit = "big" }}
item.kit = {{ unit = "kit" }}
line.l = {{ makes = "big", capacity = "50_000 big/year", cost = "100_000 EUR/big" }}
line.k = {{ makes = "kit", capacity = "40 kit/year", cost = "1000 EUR/kit" }}
requirement.a = {{ holder = "a", item = "big", quantity = "50_000 big/year" }}
requirement.b = {{ holder = "b", item = "kit", quantity = "40 kit/year", value = "1_000 EUR/kit" }}
fund.rich = {{ amount = "6 bn EUR/year", buys = {{ holders = ["a"] }} }}
fund.poor = {{ amount = "30_000 EUR/year", buys = {{ holders = ["b"] }} }}
"#
    ));
    for plan in plans(&model) {
        same(plan.requirements[RequirementId::at(1)].met, 60.0);
        let poor = plan.funds.iter().filter(|own| own.fund == FundId::at(1));
        same(poor.map(|own| own.spent).sum(), 60_000.0);
    }
}

/// A hundred fuzes a year at a cent each are the first tier, however little they are worth beside the second.
#[test]
fn a_first_tier_that_is_worth_next_to_nothing_comes_first() {
    for cost in ["1", "0.01", "0.0001"] {
        let model = text(&format!(
            r#"{YEAR}calendar = {{ start = "2026-01", end = "2027-12", period = "year" }}
item.round = {{ unit = "round" }}
item.fuze = {{ unit = "fuze" }}
line.plant = {{ makes = {{ round = {{ cost = "3600 EUR/round" }}, fuze = {{ cost = "{cost} EUR/fuze" }} }}, capacity = "1_000_000 round/year" }}
requirement.fuzes = {{ holder = "a", item = "fuze", quantity = "100 fuze/year", tier = 1 }}
requirement.shells = {{ holder = "a", item = "round", quantity = "2_000_000 round/year", tier = 2 }}
"#
        ));
        for plan in plans(&model) {
            same(plan.requirements[RequirementId::at(0)].coverage(), 1.0);
            same(plan.requirements[RequirementId::at(1)].met, 1_999_800.0);
        }
    }
}

/// What two holders want to have left at the end clashes with what can be made, each by itself: 30,000 or 20,000 rounds
/// where 10,000 can be; the fund of one euro beside them changes nothing of it.
#[test]
fn clashes_are_the_same_beside_a_tiny_fund() {
    let text = r#"model.note = "a toy"
calendar = { start = "2026-01", end = "2026-12", period = "year" }
item.round = { unit = "round" }
line.plant = { makes = "round", capacity = "10_000 round/year", cost = "3000 EUR/round" }
holder.a = { stock.round = { closing = "30_000 round" } }
holder.b = { stock.round = { closing = "20_000 round" } }
requirement.a = { holder = "a", item = "round", quantity = "60_000 round/year" }
fund.x = { amount = "1 EUR/year" }
"#;
    let document = Document::parse("toy.toml", text).unwrap();
    let found = |solver| {
        let options = Options {
            solver,
            ..Options::default()
        };
        let found = infeasible(&document, &options).unwrap_or_else(|t| panic!("{solver:?}: {t}"));
        let clashes = found.clashes.iter().map(|clash| {
            let rules = clash.rules.iter().map(|own| own.rule.to_string());
            rules.collect::<Vec<_>>()
        });
        clashes.collect::<Vec<_>>()
    };
    let all: Vec<_> = solvers().into_iter().map(found).collect();
    for clashes in &all {
        assert_eq!(clashes, &all[0]);
    }
    let sizes: Vec<usize> = all[0].iter().map(Vec::len).collect();
    assert_eq!(sizes, [2, 2], "{:?}", all[0]);
}

/// How far the price of a limit holds is not told where it cannot be seen: of a limit of nothing, and of one that moves less
/// than rounding hides of the whole.
#[test]
fn how_far_a_price_holds_is_told_only_where_it_shows() {
    let of_nothing = r#"model.note = "a toy"
calendar = { start = "2026-01", end = "2026-12", period = "year" }
item.round = { unit = "round", value = "1_000 EUR/round" }
line.plant = { makes = "round", capacity = "1_000 round/year", cost = "1_000 EUR/round" }
holder.ua = {}
requirement.now = { holder = "ua", item = "round", quantity = "100 round/year" }
fund.f = { amount = "80_000 EUR/year" }
cap.q = { item = "round", quantity = "0 round/year", lines = ["plant"] }
"#;
    let beside_much = r#"model.note = "a toy"
calendar = { start = "2026-01", end = "2026-12", period = "year" }
item.big = { unit = "big", value = "1e10 EUR/big" }
item.round = { unit = "round", value = "1_000 EUR/round" }
line.plant = { makes = "round", capacity = "10 round/year", cost = "100 EUR/round" }
line.none = { makes = "big", capacity = "1 big/year", cost = "1_000 EUR/big" }
holder.ua = {}
requirement.now = { holder = "ua", item = "round", quantity = "20 round/year" }
requirement.big = { holder = "ua", item = "big", quantity = "1_000 big/year" }
objective = { measure = "value" }
"#;
    for (text, wanted) in [(of_nothing, "cap"), (beside_much, "plant")] {
        let document = Document::parse("toy.toml", text).unwrap();
        let (options, work) = (Options::default(), Work::default());
        let found = sensitivity(&document, &Request::default(), &options, &work).unwrap();
        let own = found.limits.iter().find(|limit| match limit.row {
            Row::Cap(..) => wanted == "cap",
            Row::Capacity(line, _) => wanted == "plant" && line.position() == 0,
            _ => false,
        });
        assert_eq!(own.unwrap().held, None, "{wanted}");
    }
}

/// Ten are required in 2026 and a hundred a year later on. Who sees one year expects ten a year and, of equal plans, makes all
/// thirty at once: with fifty more 2027 misses thirty, on every solver.
#[test]
fn who_sees_a_year_decides_the_same_on_every_solver() {
    let model = text(
        r#"model.note = "a toy"
calendar = { start = "2026-01", end = "2028-12", period = "year" }
item.x = { unit = "x" }
line.l = { makes = "x", capacity = "50 x/year", cost = "1 M EUR/x", expansion.e = { adds = "50 x/year", cost = "10 M EUR", lead_time = "12 months" } }
holder.a = {}
requirement.r = { holder = "a", item = "x", quantity = { 2026 = "10 x/year", 2027 = "100 x/year", 2028 = "100 x/year" } }
fund.f = { amount = "100 M EUR/year", carry_over = "100 %" }
"#,
    );
    for solver in solvers() {
        let options = Options {
            solver,
            ..Options::default()
        };
        let found = rolling(&model, &Ask::default(), &options, &Work::default()).unwrap();
        let plan = found.plans.last().unwrap();
        let short = plan.solution.requirements[RequirementId::at(0)].short;
        assert!((short - 30.0).abs() < 0.01, "{solver:?}: {short}");
        assert!(!found.tables().is_empty());
    }
}

/// A row of a resource is counted in units of its own limit. Ten percent more hours make 1,000 rounds more a year, each of
/// which counts ten times its 10,000 EUR, as tiers are weighed, and is made for 4,000: what prices promise a new plan gains.
#[test]
fn prices_promise_what_more_of_a_resource_brings() {
    let text = r#"model.note = "a toy"
calendar = { start = "2026-01", end = "2027-12", period = "quarter" }
objective = { kind = "weighted", measure = "value" }
resource.hall = { unit = "hour", limit = "10_000 hour/year" }
item.round = { unit = "round", value = "10_000 EUR/round" }
line.r = { makes = "round", capacity = "40_000 round/year", cost = "4_000 EUR/round", draws = { hall = "1 hour/round" } }
holder.ukraine = {}
requirement.shells = { holder = "ukraine", item = "round", quantity = "60_000 round/year" }
"#;
    let document = Document::parse("toy.toml", text).unwrap();
    let (options, work) = (Options::default(), Work::default());
    let found = bottleneck(&document, &Question::default(), &options, &work).unwrap();
    let hall = found
        .remedies
        .iter()
        .find(|own| own.lever.words.to_string().contains("hall"));
    let hall = hall.unwrap();
    same(hall.promised.unwrap(), 2_000.0 * 96_000.0);
    same(hall.gained, 2_000.0 * 96_000.0);
}

/// A fund that spends all it has in two years and leaves some of what it has in the third was not kept from what it bought by
/// want of goods: of the third year's money no more is needed.
#[test]
fn what_is_left_in_the_end_is_of_the_end() {
    let model = text(
        r#"model.note = "a toy"
calendar = { start = "2026-01", end = "2028-12", period = "year" }
item.round = { unit = "round", value = "5_000 EUR/round" }
line.plant = { makes = "round", capacity = "30_000 round/year", cost = "3_000 EUR/round" }
holder.ua = {}
requirement.ua = { holder = "ua", item = "round", quantity = "20_000 round/year" }
fund.ua = { amount = { 2026 = "30 M EUR/year", 2027 = "30 M EUR/year", 2028 = "100 M EUR/year" }, carry_over = "100 %" }
"#,
    );
    for plan in plans(&model) {
        let left = plan.unspent(&model);
        assert_eq!(left.len(), 1);
        same(left[0].amount, 40e6);
        assert_eq!(left[0].why, Why::NotNeeded);
    }
}
