//! Pages that say what the code does are made from it, or checked against it.
#![allow(clippy::unwrap_used)]

use expect_test::expect_file;
use serde_json::Value;
use std::collections::BTreeSet;

#[test]
fn the_manual_of_the_format_is_up_to_date() {
    expect_file!["../docs/format.md"].assert_eq(&sinews::document::manual());
}

#[test]
fn the_data_dictionary_is_up_to_date() {
    let dictionary = sinews::report::sheets::data_dictionary();
    expect_file!["../docs/data-dictionary.md"].assert_eq(&dictionary);
}

fn keys(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                found.insert(key.clone());
                keys(value, found);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| keys(value, found)),
        _ => {}
    }
}

fn borrowed() -> sinews::model::Model {
    let text = r#"
[model]
seeds = ["seeds"]
note = "round figures"
[calendar]
start = "2026-01"
end = "2026-12"
period = "year"
[item.round]
unit = "round"
[supplier.abroad]
item = "round"
rate = { fact = "be-knds-nivelles-155mm-capacity" }
cost = "1 EUR/round"
[holder.ua]
[requirement.rounds]
holder = "ua"
item = "round"
quantity = "10 round/year"
[fund.loan]
amount = "1 M EUR/year"
loan = { rate = "3 %/year", grace = "1 year", maturity = "10 years" }
"#;
    let document = sinews::document::Document::parse_beside("borrowed.toml", text, ".");
    let model = document.and_then(|document| document.model());
    model.unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn every_key_of_a_report_is_described() {
    let mut found = BTreeSet::new();
    // The second has what the first lacks: a supplier, a loan, a fact.
    for model in [sinews::read("models/shells.toml").unwrap(), borrowed()] {
        let solution = sinews::solve(&model, &sinews::solve::Options::default()).unwrap();
        let report = sinews::report::json(&model, &solution);
        keys(&serde_json::from_str(&report).unwrap(), &mut found);
    }
    assert!(found.len() > 50);
    let page = include_str!("../docs/report.md");
    for key in found {
        assert!(
            page.contains(&format!("`{key}`")),
            "docs/report.md lacks `{key}`"
        );
    }
}

/// The README shows the brief of the shells and these tables as they are printed.
const SHOWN: [&str; 4] = [
    "Coverage by requirement and year",
    "Output by line",
    "What is built",
    "What limits the plan, and what one more unit would be worth",
];

#[test]
fn the_readme_shows_a_real_plan() {
    let model = sinews::read("models/shells.toml").unwrap();
    // On the solver that the README's command uses: where several prices are right, others give others.
    let options = sinews::solve::Options {
        solver: sinews::solve::Solver::Clarabel,
        ..Default::default()
    };
    let solution = sinews::solve(&model, &options).unwrap();
    let report = sinews::report::text(&model, &solution);
    let shown: Vec<_> = SHOWN
        .iter()
        .map(|heading| section(&report, heading))
        .collect();
    let readme = include_str!("../README.md");
    let (before, rest) = readme.split_once("<!-- shells -->\n").unwrap();
    let (_, after) = rest.split_once("<!-- end -->").unwrap();
    let document = sinews::document::Document::open("models/shells.toml").unwrap();
    let ask = sinews::analysis::brief::Request::default();
    let work = sinews::analysis::Work::default();
    let plan = (&model, &solution);
    let brief = sinews::analysis::brief::brief(&document, plan, &ask, &options, &work).unwrap();
    let brief = sinews::report::brief_text(&brief, sinews::report::Style::default());
    let plan = format!("{brief}\n{}", shown.join("\n"));
    expect_file!["../README.md"].assert_eq(&format!(
        "{before}<!-- shells -->\n```text\n{plan}```\n<!-- end -->{after}"
    ));
}

/// A section of a report from its heading to the next.
fn section(report: &str, heading: &str) -> String {
    let start = report
        .find(heading)
        .unwrap_or_else(|| panic!("no `{heading}`"));
    let end = report[start..]
        .find("\n\n")
        .map_or(report.len(), |end| start + end + 1);
    report[start..end].to_owned()
}
