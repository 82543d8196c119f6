//! The answers to the founding claims.

use super::{Answer, percent};
use std::collections::BTreeMap;
use std::fmt::Write;

#[expect(clippy::too_many_lines, reason = "a line a question")]
pub(crate) fn table(all: &BTreeMap<String, Answer>) -> String {
    let base = &all["armed_neutrality"];
    let cut = &all["us_supplies_cut"];
    let war = &all["war_goes_on"];
    let push = &all["energetics_push"];
    let force = &all["reassurance_force"];
    let futures =
        ["coerced_deal", "drawn_out_talks", "ceasefire_rearmament"].map(|key| all[key].plants());
    let in_all = futures[0]
        .iter()
        .filter(|plant| futures[1].contains(*plant) && futures[2].contains(*plant));
    let against = |key: &str, other: &Answer| {
        format!(
            "{} against {}",
            percent(&[all[key].by_value()]),
            percent(&[other.by_value()])
        )
    };
    let taken = |key| {
        format!(
            "{:.0} to {:.0} %",
            100.0 * base.of(key),
            100.0 * force.of(key)
        )
    };
    let ballistic = "ua-ballistic-defence";
    let rows = [
        (
            "Can 20 bn USD a year be met? All requirements, by value",
            "armed_neutrality",
            percent(&[base.by_value()]),
        ),
        (
            "Ukraine's basket: mean coverage of its requirements in 2027, 2028, 2029",
            "armed_neutrality",
            percent(&[2027, 2028, 2029].map(|year| base.mean_in(year))),
        ),
        (
            "What it costs in five years from 2027, with Europe's own goals",
            "armed_neutrality",
            format!("{:.0} bn EUR", base.cost()),
        ),
        (
            "Ballistic missile defence in 2026, which is history, in 2027 and 2031",
            "armed_neutrality",
            percent(&[2026, 2027, 2031].map(|year| base.in_year(ballistic, year))),
        ),
        (
            "The same without American supplies, 2027 and 2031",
            "us_supplies_cut",
            percent(&[2027, 2031].map(|year| cut.in_year(ballistic, year))),
        ),
        (
            "Requirements of Ukraine met in full: what could be done, what is likely",
            "armed_neutrality, likely",
            format!(
                "{} and {} of {}",
                base.met(),
                all["likely"].met(),
                base.ukraine().count()
            ),
        ),
        (
            "Anti-radiation missiles without American supplies",
            "us_supplies_cut",
            percent(&[cut.of("ua-sead")]),
        ),
        (
            "Guided rockets without American supplies",
            "us_supplies_cut",
            percent(&[cut.of("ua-rocket-guided")]),
        ),
        (
            "Requirements of Ukraine met in full; without American supplies",
            "armed_neutrality, us_supplies_cut",
            format!(
                "{} of {}, {}",
                base.met(),
                base.ukraine().count(),
                cut.met()
            ),
        ),
        (
            "War: all requirements, by value",
            "war_goes_on",
            percent(&[war.by_value()]),
        ),
        (
            "War: 155 mm for Ukraine",
            "war_goes_on",
            percent(&[war.of("ua-round-155")]),
        ),
        (
            "The same with explosives and powder first",
            "energetics_push",
            percent(&[push.of("ua-round-155")]),
        ),
        (
            "Mines at war; with explosives and powder first",
            "war_goes_on, energetics_push",
            percent(&[war.of("ua-mine"), push.of("ua-mine")]),
        ),
        (
            "What firms' idle capacity adds at war, by value",
            "order_books_full",
            against("order_books_full", war),
        ),
        (
            "What contracts of several years add at war, by value",
            "multi_year_contracts",
            against("multi_year_contracts", war),
        ),
        (
            "What South Korea adds at war: guided rockets",
            "south_korea",
            format!(
                "{} against {}",
                percent(&[all["south_korea"].of("ua-rocket-guided")]),
                percent(&[war.of("ua-rocket-guided")])
            ),
        ),
        (
            "What a force of 25,000 costs beyond the base",
            "reassurance_force",
            format!("{:.0} bn EUR", force.cost() - base.cost()),
        ),
        (
            "What it takes: British anti-tank weapons, French anti-tank missiles",
            "reassurance_force",
            format!("{}, {}", taken("gb-nlaw"), taken("fr-akeron")),
        ),
        (
            "Every capital for itself, by value",
            "national_only",
            against("national_only", base),
        ),
        (
            "Plants ordered in each of the three futures",
            "coerced_deal, drawn_out_talks, ceasefire_rearmament",
            format!(
                "{} in all three; {}, {} and {}",
                in_all.count(),
                futures[0].len(),
                futures[1].len(),
                futures[2].len()
            ),
        ),
    ];
    let mut table = "| question | scenario | answer |\n|---|---|--:|\n".to_owned();
    for (question, scenario, answer) in rows {
        writeln!(table, "| {question} | {scenario} | {answer} |").unwrap();
    }
    table
}
