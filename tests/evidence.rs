//! What the evidence must show, beyond what the reader asks: who is primary, which factors say why, which
//! assumptions have a range, and that no goal is met by what was there.
#![allow(clippy::unwrap_used)]

use regex_lite::Regex;
use sinews::model::{Model, Need};
use std::fs;

const EUROPE: &str = "models/europe.toml";

/// The publishers that speak of themselves: companies, governments, the EU, NATO.
const PRIMARY: &str = "seeds/primary-publishers.txt";

fn toml_files(folder: &str) -> Vec<(String, String)> {
    let files = fs::read_dir(folder).unwrap();
    let paths = files.map(|file| file.unwrap().path());
    let mut all: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            (path.display().to_string(), text)
        })
        .collect();
    all.sort();
    all
}

#[test]
fn only_a_primary_publisher_gives_high_confidence() {
    let list = fs::read_to_string(PRIMARY).unwrap();
    let primary: Vec<&str> = list
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    let publisher = Regex::new("publisher = \"([^\"]*)\"").unwrap();
    let mut wrong = Vec::new();
    let mut used = Vec::new();
    for (file, text) in toml_files("seeds") {
        for fact in text.split("[[fact]]").skip(1) {
            if !fact.contains("\nconfidence = \"high\"") {
                continue;
            }
            let name = publisher.captures(fact).unwrap()[1].to_owned();
            if primary.contains(&name.as_str()) {
                used.push(name);
            } else {
                let id = fact.lines().nth(1).unwrap_or_default();
                wrong.push(format!("{file}: {id}: {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "not primary: {wrong:#?}");
    let idle: Vec<_> = primary
        .iter()
        .filter(|name| !used.iter().any(|u| u == *name))
        .collect();
    assert!(idle.is_empty(), "no fact needs them: {idle:?}");
}

/// The inline tables of a text, each without those inside it, and the line each begins in.
fn inline_tables(text: &str) -> Vec<(usize, String)> {
    let mut open: Vec<(usize, String)> = Vec::new();
    let mut all = Vec::new();
    let mut line = 1;
    let (mut quoted, mut escaped, mut comment) = (false, false, false);
    for c in text.chars() {
        if c == '\n' {
            line += 1;
            comment = false;
        }
        if comment {
            continue;
        }
        if let Some((_, inside)) = open.last_mut() {
            inside.push(c);
        }
        if quoted {
            if escaped {
                escaped = false;
            } else if c == '\\' {
                escaped = true;
            } else if c == '"' {
                quoted = false;
            }
            continue;
        }
        match c {
            '"' => quoted = true,
            '#' => comment = true,
            '{' => open.push((line, String::new())),
            '}' => all.extend(open.pop()),
            _ => {}
        }
    }
    all
}

#[test]
fn a_strong_factor_on_a_fact_says_why() {
    let fact = Regex::new("\\bfact = \"([^\"]+)\"").unwrap();
    let scale = Regex::new("\\bscale = \"?([0-9._]+)").unwrap();
    let mut silent = Vec::new();
    for (file, text) in toml_files("models/europe") {
        for (line, table) in inline_tables(&text) {
            let (Some(id), Some(factor)) = (fact.captures(&table), scale.captures(&table)) else {
                continue;
            };
            let number: f64 = factor[1].replace('_', "").parse().unwrap();
            if !(0.8..=1.25).contains(&number) && !table.contains("note = \"") {
                silent.push(format!("{file}:{line}: {} times {number}", &id[1]));
            }
        }
    }
    assert!(
        silent.is_empty(),
        "{} say nothing: {silent:#?}",
        silent.len()
    );
}

#[test]
fn inline_tables_are_told_apart() {
    let text = "a = { fact = \"x\", scale = 2, note = \"} {\" } # { not this }\nb = { c = { scale = 3 } }\n";
    let all = inline_tables(text);
    assert_eq!(all.len(), 3);
    assert_eq!(all[0].0, 1);
    assert!(all[0].1.contains("note"));
    assert_eq!(all[1], (2, " scale = 3 }".to_owned()));
    assert_eq!(all[2], (2, " c = { }".to_owned()));
}

#[test]
fn every_sum_of_a_fund_has_a_range() {
    let m = sinews::read(EUROPE).unwrap();
    let amount = Regex::new("^fund\\.[^.]+\\.amount").unwrap();
    let mut sums = 0;
    let mut certain = Vec::new();
    for figure in &m.evidence.figures {
        let place = figure.place.to_string();
        if !amount.is_match(&place) || figure.value == 0.0 {
            continue;
        }
        sums += 1;
        if !figure.range.is_some_and(|(low, high)| low < high) {
            certain.push(place);
        }
    }
    assert!(sums > 90, "{sums}");
    assert!(certain.is_empty(), "no range: {certain:#?}");
}

#[test]
fn every_need_of_ukraine_has_a_range() {
    let m = sinews::read(EUROPE).unwrap();
    let quantity = Regex::new("^requirement\\.ua-[^.]+\\.quantity").unwrap();
    let needs = m
        .evidence
        .figures
        .iter()
        .filter(|figure| quantity.is_match(&figure.place.to_string()));
    let (mut all, mut certain) = (0, Vec::new());
    for figure in needs {
        all += 1;
        if !figure.range.is_some_and(|(low, high)| low < high) {
            certain.push(figure.place.to_string());
        }
    }
    assert!(all >= 29, "{all}");
    assert!(certain.is_empty(), "no range: {certain:#?}");
}

/// Assumed figures that need no range: what things are made of, shares that must add up, steps of an opening, terms
/// that law or arithmetic fixes.
const FIXED: &str = r"(\.(content|opening|at_most|pace|loan|lag|mass|tier|weight|price_year)(\.|$))|^macro\.|^item\.[^.]+\.needs\.|^objective\.|^calendar\.";

#[test]
fn what_is_assumed_has_a_range_unless_it_is_structure() {
    let m = sinews::read(EUROPE).unwrap();
    let fixed = Regex::new(FIXED).unwrap();
    let (mut all, mut ranged, mut certain) = (0, 0, Vec::new());
    for (figure, _) in m.evidence.assumptions() {
        let place = figure.place.to_string();
        all += 1;
        let range = figure.range.is_some_and(|(low, high)| low < high);
        ranged += usize::from(range);
        let full = figure.value == 0.0 || figure.value == 1.0;
        if !range && !full && !fixed.is_match(&place) {
            certain.push(place);
        }
    }
    assert!(
        certain.is_empty(),
        "{} without: {certain:#?}",
        certain.len()
    );
    assert!(ranged * 10 > all * 8, "{ranged} of {all}");
}

/// What a goal first asks for in store, and what is there at the start.
fn first_level_and_opening(m: &Model) -> Vec<(String, f64, f64)> {
    let goals = m.requirements.values().filter_map(|goal| match &goal.need {
        Need::Level(level) => Some((goal, level)),
        Need::Flow(_) => None,
    });
    goals
        .filter_map(|(goal, level)| {
            let first = m
                .calendar
                .periods()
                .map(|t| level.mean(&m.calendar, t).value())
                .find(|value| *value > 0.0)?;
            let opening = m
                .stocks
                .values()
                .filter(|stock| {
                    stock.holder == goal.holder
                        && goal.meets.iter().any(|met| met.item == stock.item)
                })
                .flat_map(|stock| &stock.opening)
                .map(|batch| batch.quantity.value())
                .sum();
            Some((goal.key.clone(), first, opening))
        })
        .collect()
}

#[test]
fn no_goal_begins_at_what_is_in_store() {
    let m = sinews::read(EUROPE).unwrap();
    let built_in: Vec<_> = first_level_and_opening(&m)
        .into_iter()
        .filter(|(_, first, opening)| *first <= 1.02 * opening)
        .collect();
    assert!(built_in.is_empty(), "{built_in:#?}");
}
