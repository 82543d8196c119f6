//! Bottlenecks: toys with known causes, sums on every model that comes with the library, remedies.
#![allow(clippy::unwrap_used)]

mod common;

use common::{same, shipped};
use sinews::analysis::bottleneck::{Bottlenecks, Branch, Cause, Question, bottleneck};
use sinews::analysis::{Findings, Work};
use sinews::document::Document;
use sinews::ids::{FundId, Id, LineId, YearId};
use sinews::program::Row;
use sinews::solve::{Options, solve};

fn ask(document: &Document) -> Bottlenecks {
    let question = Question {
        shortfalls: usize::MAX,
        ..Question::default()
    };
    let found = bottleneck(document, &question, &Options::default(), &Work::default());
    found.unwrap_or_else(|trouble| panic!("{trouble}"))
}

/// Rounds from TNT and powder, three years, and more TOML.
fn shells(more: &str) -> Document {
    let text = format!(
        r#"
model.note = "a toy"
calendar = {{ start = "2026-01", end = "2028-12", period = "year" }}
item.tnt.unit = "t"
item.powder.unit = "t"
item.round = {{ unit = "round", needs = {{ tnt = "1 t/round", powder = "2 t/round" }}, value = "100 EUR/round" }}
holder.ua.name = "Ukraine"
requirement.rounds = {{ holder = "ua", item = "round", quantity = "100 round/year" }}
line.filling = {{ makes = "round", capacity = "1000 round/year", cost = "10 EUR/round" }}
{more}
"#
    );
    Document::parse("toy.toml", &text).unwrap_or_else(|problems| panic!("{problems}"))
}

/// What counts nothing is told as such: its price is zero, whatever a solver's rounding leaves of it, and no cause is.
#[test]
fn what_counts_nothing_waits_for_nothing() {
    let found = ask(&shells(
        r#"line.mill = { makes = "powder", capacity = "150 t/year" }
supplier.tnt = { item = "tnt", rate = "1000 t/year", cost = "1 EUR/t" }
requirement.more = { holder = "ua", item = "round", quantity = "10 round/year", value = "0 EUR/round" }"#,
    ));
    let more = found
        .shortfalls
        .iter()
        .filter(|s| s.requirement.position() == 1);
    let more: Vec<_> = more.collect();
    assert_eq!(more.len(), 3);
    for shortfall in more {
        assert_eq!((shortfall.value, shortfall.causes.len()), (0.0, 0));
        assert!(found.sentence(shortfall).ends_with(
            "10 of the 10 rounds of “more” are missing. They count nothing: the requirement has no value, or no weight."
        ));
    }
    // A hundred and fifty tonnes make 75 of the hundred that count.
    for y in 0..3 {
        assert_eq!(causes(&found, y)[0].0, Cause::capacity(LineId::at(1)));
    }
}

/// The one cause that a shortfall waits for, with a share above a thousandth.
fn causes(found: &Bottlenecks, year: usize) -> Vec<(Cause, f64)> {
    let mut shortfalls = found.shortfalls.iter();
    let shortfall = shortfalls.find(|s| s.year.position() == year).unwrap();
    let shares = shortfall.causes.iter().filter(|own| own.share > 1e-3);
    shares.map(|own| (own.cause, own.share)).collect()
}

/// Of the 200 t that the mill can make 100 are on order in 2026: 50 rounds are missing for want of orders, and a tenth more of
/// them would be five rounds. Ordering half a year sooner would have it make another 50 t in that year.
#[test]
fn what_waits_for_orders_is_told_as_such() {
    let found = ask(&shells(
        r#"line.mill = { makes = "powder", capacity = "200 t/year", lead_time = "12 months", booked = "100 t/year" }
supplier.tnt = { item = "tnt", rate = "1000 t/year", cost = "1 EUR/t" }"#,
    ));
    let book = Cause::Limit(Row::Booked(LineId::at(1), Id::at(0)));
    assert_eq!(causes(&found, 0), [(book, 1.0)]);
    let sentence = found.sentence(&found.shortfalls[0]);
    assert!(sentence.contains("the order book of"), "{sentence}");
    let of = |words: &str| {
        let mut all = found.remedies.iter();
        let remedy = all.find(|own| own.lever.words == words);
        remedy.unwrap_or_else(|| panic!("{words}: {:?}", found.remedies))
    };
    let more = of("10 % more on order with line `mill`");
    same(more.gained, more.promised.unwrap());
    same(more.met[Id::at(0)][YearId::at(0)], 5.0);
    let sooner = of("what is ordered of line `mill` six months sooner");
    assert_eq!(sooner.promised, None);
    same(sooner.met[Id::at(0)][YearId::at(0)], 25.0);
}

fn sums(branch: &Branch, whole: f64) {
    if branch.parts.is_empty() {
        return;
    }
    let sum: f64 = branch.parts.values().map(|part| part.value).sum();
    let miss = (sum - branch.value).abs();
    assert!(
        miss <= 1e-6 * whole.abs(),
        "parts {sum}, whole {}",
        branch.value
    );
    for part in branch.parts.values() {
        sums(part, whole);
    }
}

#[test]
fn shells_limited_by_powder_wait_for_powder_and_nothing_else() {
    // 120 t of powder make 60 rounds; of TNT there are 500 t.
    let found = ask(&shells(
        r#"line.tnt-works = { makes = "tnt", capacity = "500 t/year" }
           line.powder-mill = { makes = "powder", capacity = "120 t/year" }"#,
    ));
    assert_eq!(found.shortfalls.len(), 3);
    for year in 0..3 {
        let [(cause, share)] = causes(&found, year)[..] else {
            panic!("{:?}", causes(&found, year));
        };
        assert_eq!(cause, Cause::capacity(LineId::at(2)));
        same(share, 1.0);
        same(found.shortfalls[year].short, 40.0);
    }
    // One more round required counts 10 times 100 EUR: 10 of it is its cost, 990 go to the two tonnes.
    let shortfall = &found.shortfalls[0];
    same(shortfall.value / shortfall.short, 1_000.0);
    same(
        shortfall.tree.causes()[&Cause::Cost] / shortfall.value,
        0.01,
    );
    let powder = Cause::capacity(LineId::at(2));
    same(shortfall.tree.causes()[&powder] / shortfall.value, 0.99);
    // 12 t more make 6 rounds more in each year, worth 990 EUR each.
    let [remedy] = &found.remedies[..] else {
        panic!("{:?}", found.remedies)
    };
    same(remedy.gained, 3.0 * 6.0 * 990.0);
    same(remedy.promised.unwrap(), remedy.gained);
    let met: Vec<f64> = remedy
        .met
        .values()
        .next()
        .unwrap()
        .values()
        .copied()
        .collect();
    common::all_same(&met, &[6.0, 6.0, 6.0]);
}

#[test]
fn shells_limited_by_money_wait_for_money() {
    // 300 EUR a year buy 30 rounds at 10 EUR.
    let found = ask(&shells(
        r#"line.tnt-works = { makes = "tnt", capacity = "500 t/year" }
           line.powder-mill = { makes = "powder", capacity = "500 t/year" }
           fund.aid.amount = "300 EUR/year""#,
    ));
    let network = found.solution.program().network();
    let aid = network.accounts.purse_of(FundId::FIRST);
    for year in 0..3 {
        let [(cause, share)] = causes(&found, year)[..] else {
            panic!("not one cause")
        };
        assert_eq!(cause, Cause::Limit(Row::Purse(aid, YearId::FIRST)));
        same(share, 1.0);
        same(found.shortfalls[year].short, 70.0);
    }
    // 1 bn EUR more is more than all 70 missing rounds of each year need, each worth 1000 − 10.
    let [billion, tenth] = &found.remedies[..] else {
        panic!("not two remedies: {:?}", found.remedies)
    };
    assert_eq!(
        billion.lever.words.to_string(),
        "1 bn EUR more in fund `aid`"
    );
    same(billion.gained, 3.0 * 70.0 * 990.0);
    // 30 EUR more a year buy 3 rounds more.
    assert_eq!(
        tenth.lever.words.to_string(),
        "10 % more money in fund `aid`"
    );
    same(tenth.gained, 3.0 * 3.0 * 990.0);
    same(tenth.promised.unwrap(), tenth.gained);
}

#[test]
fn money_that_limits_what_is_built_is_the_cause_behind_the_capacity() {
    // Powder for 10 rounds; 600 EUR in 2026 build 6/10 of a mill that adds powder for 80 from 2027.
    let found = ask(&shells(
        r#"line.tnt-works = { makes = "tnt", capacity = "500 t/year" }
           line.powder-mill = { makes = "powder", capacity = "20 t/year", expansion.hall = { adds = "160 t/year", cost = "1000 EUR", lead_time = "12 months" } }
           fund.plants = { amount = { 2026 = "600 EUR/year", 2027 = "0 EUR/year" }, buys = { pays_for = ["expansion"] } }
           fund.goods = { amount = "1 M EUR/year", buys = { pays_for = ["production"] } }"#,
    ));
    let plants = found
        .solution
        .program()
        .network()
        .accounts
        .purse_of(FundId::FIRST);
    for year in 1..3 {
        let [(cause, share)] = causes(&found, year)[..] else {
            panic!("{:?}", causes(&found, year));
        };
        assert_eq!(cause, Cause::Limit(Row::Purse(plants, YearId::FIRST)));
        same(share, 1.0);
    }
    // In the first year nothing can be open yet.
    let [(cause, _)] = causes(&found, 0)[..] else {
        panic!("not one cause")
    };
    assert!(matches!(cause, Cause::Opening(_)), "{cause:?}");
}

#[test]
fn shells_limited_by_a_lead_time_wait_for_the_new_hall_until_it_opens() {
    // The hall is ordered at once and opens two years later: from then on nothing is short.
    let found = ask(&shells(
        r#"line.tnt-works = { makes = "tnt", capacity = "500 t/year" }
           line.powder-mill = { makes = "powder", capacity = "120 t/year", expansion.hall = { adds = "500 t/year", cost = "100 EUR", lead_time = "24 months" } }"#,
    ));
    assert_eq!(found.shortfalls.len(), 2);
    for year in 0..2 {
        let [(cause, share)] = causes(&found, year)[..] else {
            panic!("not one cause")
        };
        assert!(matches!(cause, Cause::Opening(_)), "{cause:?}");
        same(share, 1.0);
    }
    // Six months sooner, it is open for half of 2027: 40 rounds more, for which twice as much of it is built,
    // for 16 EUR; 10 % more of what is there makes 6 rounds more in each of the two years.
    let by = |words: &str| {
        let found = found
            .remedies
            .iter()
            .find(|remedy| remedy.lever.words.to_string().contains(words));
        found.unwrap().gained
    };
    same(by("six months sooner"), 40.0 * 990.0 - 16.0);
    assert!(by("10 % more capacity") > 2.0 * 6.0 * 990.0 - 1.0);
}

#[test]
fn two_causes_that_tie_share_a_range_from_nothing_to_all() {
    // 60 t of TNT and 120 t of powder: both make 60 rounds, and more of either alone makes none.
    let found = ask(&shells(
        r#"line.tnt-works = { makes = "tnt", capacity = "60 t/year" }
           line.powder-mill = { makes = "powder", capacity = "120 t/year" }"#,
    ));
    for shortfall in &found.shortfalls {
        let sum: f64 = shortfall.causes.iter().map(|own| own.share).sum();
        same(sum, 1.0);
        let named: Vec<Cause> = shortfall.causes.iter().map(|own| own.cause).collect();
        for line in [1, 2] {
            let cause = Cause::capacity(LineId::at(line));
            assert!(named.contains(&cause), "{named:?}");
            let own = shortfall
                .causes
                .iter()
                .find(|own| own.cause == cause)
                .unwrap();
            assert!(own.range.0 < 1e-3 && own.range.1 > 0.999, "{:?}", own.range);
        }
    }
    // More of one alone gains nothing, whatever a price says.
    assert!(found.remedies.iter().all(|remedy| remedy.gained == 0.0));
}

#[test]
fn what_loses_out_to_more_urgent_uses_says_so() {
    let found = ask(&shells(
        r#"line.tnt-works = { makes = "tnt", capacity = "500 t/year" }
           line.powder-mill = { makes = "powder", capacity = "120 t/year" }
           holder.store.name = "Store"
           requirement.restock = { holder = "store", item = "round", quantity = "10 round/year", tier = 2 }"#,
    ));
    let restock: Vec<_> = found
        .shortfalls
        .iter()
        .filter(|s| s.requirement.position() == 1)
        .collect();
    assert_eq!(restock.len(), 3);
    for shortfall in restock {
        // A shortfall of tier 1 counts ten times one of tier 2. Rounds for the store would take the same
        // powder: price 9990 of it against 1000 offered, both with 10 for the cost.
        same(shortfall.outbid, 10.0);
        assert_eq!(shortfall.causes[0].cause, Cause::capacity(LineId::at(2)));
        same(shortfall.causes[0].share, 1.0);
    }
}

#[test]
fn a_remedy_is_what_its_plan_says() {
    let document = Document::open("models/shells.toml").unwrap();
    let found = ask(&document);
    assert!(found.remedies.len() >= 2);
    let options = Options {
        objective: Some(found.solution.objective),
        ..Options::default()
    };
    for remedy in found.remedies.iter().take(2) {
        let model = document.changed(&remedy.lever.changes).unwrap();
        let varied = solve(&model, &options).unwrap();
        for (r, gained) in remedy.met.iter() {
            for (y, gained) in gained.iter() {
                let before = found.solution.requirements[r].years[y].short;
                let after = varied.requirements[r].years[y].short;
                assert!((before - after - gained).abs() < 1.0, "{gained}");
            }
        }
        // Where only limits move, prices promise at least what the new plan gains: gains fall off.
        if let Some(promised) = remedy.promised {
            assert!(promised >= remedy.gained * (1.0 - 1e-4));
        }
    }
}

#[test]
fn shares_sum_to_the_whole_on_every_shipped_model_and_scenario() {
    let question = Question {
        shortfalls: usize::MAX,
        causes: 0,
        ..Question::default()
    };
    for path in shipped() {
        let document = Document::open(&path).unwrap();
        let mut all = vec![document.clone()];
        if path.ends_with("shells.toml") {
            let keys = document.scenarios().into_iter().map(|s| s.key);
            all.extend(keys.map(|key| document.scenario(&key).unwrap()));
        }
        for document in all {
            let found =
                bottleneck(&document, &question, &Options::default(), &Work::default()).unwrap();
            assert!(!found.shortfalls.is_empty());
            for shortfall in &found.shortfalls {
                sums(&shortfall.tree, shortfall.value);
                // The whole is the price of one more unit, times what is missing.
                let size = shortfall_price(&found, shortfall);
                assert!((size - shortfall.value).abs() <= 1e-6 * size.abs().max(1.0));
                let sum: f64 = shortfall.causes.iter().map(|own| own.share).sum();
                assert!(shortfall.causes.is_empty() || (sum - 1.0).abs() <= 1e-9);
            }
        }
    }
}

/// What is missing in a year, window by window at the price of its row.
fn shortfall_price(
    found: &Bottlenecks,
    shortfall: &sinews::analysis::bottleneck::Shortfall,
) -> f64 {
    use sinews::model::Need;
    use sinews::program::Row;
    let (m, r) = (&found.model, shortfall.requirement);
    let requirement = &m.requirements[r];
    let stock = m
        .stock(requirement.holder, requirement.meets[0].item)
        .unwrap();
    let windows = found.solution.requirements[r].windows.iter();
    let inside = windows.filter(|(t, _)| m.calendar.year_of(*t) == shortfall.year);
    let priced = inside.map(|&(t, met)| {
        let row = match requirement.need {
            Need::Flow(_) => Row::Requirement(r, t),
            Need::Level(_) => Row::Stock(stock, t),
        };
        met.short * found.solution.dual(row).unwrap_or(0.0)
    });
    priced.sum()
}

#[test]
fn a_sentence_says_what_waits_for_what_and_what_would_help() {
    let found = ask(&shells(
        r#"line.tnt-works = { makes = "tnt", capacity = "500 t/year" }
           line.powder-mill = { makes = "powder", capacity = "120 t/year" }"#,
    ));
    let first = found
        .shortfalls
        .iter()
        .find(|s| s.year.position() == 0)
        .unwrap();
    assert_eq!(
        found.sentence(first),
        "In 2026, 40 of the 100 rounds of “rounds” are missing. Of these, 40 (100 %) wait for the \
         capacity of line “powder-mill”. 10 % more capacity of line “powder-mill” would bring 6 rounds \
         in 2026 (15 % of these), 18 by the end."
    );
    assert_eq!(found.tables()[0].rows.len(), 3);
}

#[test]
fn a_requirement_that_is_not_there_is_named() {
    let question = Question {
        requirement: Some("nothing".into()),
        ..Question::default()
    };
    let document = Document::open("models/tiny.toml").unwrap();
    let trouble = bottleneck(&document, &question, &Options::default(), &Work::default());
    assert_eq!(
        trouble.unwrap_err().to_string(),
        "no requirement is called `nothing`\n  = help: name one of `shells`"
    );
}

/// Where all is met, one sentence says so; where no shortfall is to be shown, none does.
#[test]
fn what_falls_short_of_nothing_says_so() {
    let all = "line.mill = { makes = \"powder\", capacity = \"1000 t/year\" }
line.tnt = { makes = \"tnt\", capacity = \"1000 t/year\" }
requirement.more = { holder = \"ua\", item = \"powder\", quantity = \"NUMBER t/year\", tier = 2 }";
    let tables = |number: &str, requirement: Option<&str>, shortfalls: usize| {
        let question = Question {
            requirement: requirement.map(str::to_owned),
            shortfalls,
            ..Question::default()
        };
        let document = shells(&all.replace("NUMBER", number));
        let found = bottleneck(&document, &question, &Options::default(), &Work::default());
        found.unwrap().tables()
    };
    let said = |tables: Vec<sinews::table::Table>| {
        let [table] = &tables[..] else {
            panic!("{tables:?}")
        };
        assert_eq!(table.key, "sentences");
        table.rows[0][0].to_string()
    };
    assert_eq!(
        said(tables("1", None, 12)),
        "Nothing falls short from 2026-01 on."
    );
    let rounds = said(tables("5000", Some("rounds"), 12));
    assert_eq!(rounds, "Nothing of “rounds” falls short from 2026-01 on.");
    let unsaid = tables("5000", None, 0);
    assert!(unsaid.iter().all(|table| table.key != "sentences"));
}
