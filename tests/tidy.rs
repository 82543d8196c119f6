//! Tidy output: one row an observation, plain names, and beside it what each column holds; changes from a list.
#![allow(clippy::unwrap_used)]

mod common;

use common::solved;
use expect_test::expect;
use serde_json::Value;
use sinews::analysis::compare::compare;
use sinews::analysis::monte_carlo::{self, monte_carlo};
use sinews::analysis::sweep::{self, Axis, sweep};
use sinews::analysis::{BASE, Findings, Outcome, Work};
use sinews::document::{ChangeList, Document, triangular};
use sinews::report::{File, Format, tables};
use sinews::solve::Options;
use std::collections::BTreeMap;

/// The lines of a CSV file, each by the names of its columns.
fn lines(file: &File) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(&*file.bytes);
    let head = reader.headers().unwrap().clone();
    let lines = reader.into_records().map(|line| {
        let line = line.unwrap();
        let cells = head.iter().zip(line.iter());
        cells.map(|(a, b)| (a.to_owned(), b.to_owned())).collect()
    });
    lines.collect()
}

fn named<'a>(files: &'a [File], name: &str) -> &'a File {
    files.iter().find(|file| file.name == name).unwrap()
}

/// What stands in each cell is what the sidecar says of its column.
fn holds(files: &[File]) {
    let (last, tables) = files.split_last().unwrap();
    assert_eq!(last.name, "datapackage.json");
    let package: Value = serde_json::from_slice(&last.bytes).unwrap();
    let resources = package["resources"].as_array().unwrap();
    assert_eq!(resources.len(), tables.len());
    for (resource, table) in resources.iter().zip(tables) {
        assert_eq!(resource["path"], table.name);
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let names: Vec<&str> = fields.iter().map(|f| f["name"].as_str().unwrap()).collect();
        let head = table.text().unwrap().lines().next().unwrap();
        assert_eq!(names.join(","), head);
        for name in &names {
            let plain = |c: char| c.is_alphanumeric() || c == '_';
            assert!(
                name.chars().all(plain) && !name.starts_with(char::is_numeric),
                "{name}"
            );
        }
        for line in lines(table) {
            for field in fields {
                let name = field["name"].as_str().unwrap();
                let cell = line[name].as_str();
                let fits = cell.is_empty()
                    || match field["type"].as_str().unwrap() {
                        "integer" => cell.parse::<i64>().is_ok(),
                        "number" => cell.parse::<f64>().is_ok_and(f64::is_finite),
                        "date" => cell.len() == 10 && cell.ends_with("-01"),
                        "string" => !["–", "inf", "NaN"].contains(&cell),
                        _ => false,
                    };
                assert!(fits, "{}: {name}: {cell}: {field}", table.name);
                let by_row = field.get("unitColumn").is_some();
                assert!(!by_row || names.contains(&"unit"), "{}: {name}", table.name);
            }
        }
    }
}

#[test]
fn a_plan_is_tidy() {
    let model = sinews::read("models/shells.toml").unwrap();
    let files = Format::Csv.files("shells", &model, &solved(&model));
    holds(&files);
    let requirements = named(&files, "requirements.csv").text().unwrap();
    let head = requirements.lines().next().unwrap();
    let wanted = "id,holder,item,unit,tier,period,required,met,short,coverage";
    assert_eq!(head, wanted);
    let package: Value = serde_json::from_slice(&named(&files, "datapackage.json").bytes).unwrap();
    let fields = &package["resources"][0]["schema"]["fields"];
    expect![[r#"
        [{"description":"The last period of the window. The first day of the period.","name":"period","type":"date"},{"description":"What is required; of a level, what must be in store then.","name":"required","type":"number","unitColumn":"unit"}]"#]]
    .assert_eq(&serde_json::to_string(&[&fields[5], &fields[6]]).unwrap());
    let mut available = package["resources"].as_array().unwrap().iter();
    let funds = available.rfind(|own| own["name"] == "funds");
    let fields = &funds.unwrap()["schema"]["fields"];
    assert_eq!(fields[3]["unit"], "EUR of the day");

    let headings = Format::Spreadsheet.files("shells", &model, &solved(&model));
    let plain = sinews::report::csv(&model, &solved(&model));
    let plain = plain.into_iter().map(|(name, text)| File::new(name, text));
    assert_eq!(headings, plain.collect::<Vec<_>>());
    let marked = headings[0].clone().marked();
    assert_eq!(marked.bytes[..3], [0xef, 0xbb, 0xbf]);
    assert_eq!(marked.bytes[3..], headings[0].bytes);
    let page = File::new("x.html", "a");
    assert_eq!(page.clone().marked(), page);
}

#[test]
fn scenarios_side_by_side_are_a_row_each() {
    let document = Document::open("models/shells.toml").unwrap();
    let keys = [BASE, "half_the_aid"];
    let found = compare(&document, &keys, &Options::default(), &Work::default()).unwrap();
    let files = tables(Format::Csv, "shells", &found.tables(), "EUR").unwrap();
    holds(&files);
    let summary = lines(named(&files, "summary.csv"));
    let of = |scenario: &str| {
        let mut found = summary
            .iter()
            .filter(|line| line["scenario"] == scenario && line["what"] == "coverage, by value");
        let line = found.next().unwrap();
        assert_eq!(line["unit"], "share");
        line["value"].parse::<f64>().unwrap()
    };
    assert!(of("half_the_aid") < of(BASE));
}

/// 10 rounds a year are made, more or less, and 20 wanted.
const TOY: &str = r#"
[model]
name = "toy"
note = "a toy"
[calendar]
start = "2026-01"
end = "2027-12"
period = "quarter"
[item.round]
unit = "round"
value = "100 EUR/round"
[line.plant]
makes = "round"
capacity = { low = "5 round/year", value = "10 round/year", high = "15 round/year" }
cost = "50 EUR/round"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "12 round/year"
"#;

/// Inputs stand beside outcomes, so that a regression needs no more than the file.
#[test]
fn a_regression_needs_no_cleaning() {
    let document = Document::parse("toy.toml", TOY).unwrap();
    let request = monte_carlo::Request {
        samples: 20,
        ..Default::default()
    };
    let (options, work) = (Options::default(), Work::default());
    let found = monte_carlo(&document, &request, &options, &work).unwrap();
    let files = tables(Format::Csv, "toy", &found.observations(), "EUR").unwrap();
    holds(&files);
    let lines = lines(named(&files, "observations.csv"));
    assert_eq!(lines.len(), 20);
    let coverage = found.outcomes.iter().position(|o| *o == Outcome::Coverage);
    let coverage = found.values(0, coverage.unwrap());
    let mut drawn = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let number = |name: &str| line[name].parse::<f64>().unwrap();
        assert_eq!(line["sample"], n.to_string());
        let capacity = number("line_plant_capacity");
        let wanted = (capacity / 12.0).min(1.0);
        assert!((number("coverage") - wanted).abs() < 1e-6, "{line:?}");
        assert!((number("coverage") - coverage[n].1).abs() < 1e-12);
        // Where it is never met in full there is no date.
        let from = &line["full_from_of_shells"];
        assert_eq!(
            from.as_str(),
            if capacity < 12.0 { "" } else { "2026-01-01" }
        );
        drawn.push(capacity);
        // The same stands in the rows of results.
        let row = &found.results.rows[&n];
        assert_eq!(row.values.last(), Some(&Some(capacity)));
    }
    assert_eq!(
        found.results.header.columns.last().unwrap(),
        "input line.plant.capacity"
    );
    // A value from every slice of the range once.
    drawn.sort_by(f64::total_cmp);
    for (n, value) in drawn.into_iter().enumerate() {
        let end = |n: usize| {
            let slice = f64::from(u32::try_from(n).unwrap());
            triangular(5.0, 10.0, 15.0, slice / 20.0)
        };
        assert!(end(n) <= value && value <= end(n + 1), "{n}: {value}");
    }
}

#[test]
fn settings_of_a_sweep_are_numbers() {
    let document = Document::parse("toy.toml", TOY).unwrap();
    let list = "figure,value\n\
                line.plant.capacity,x0.5\n\
                requirement.shells.quantity,6 round/year\n\
                line.plant.capacity,x1.5\n\
                requirement.shells.quantity,24 round/year\n";
    let list = ChangeList::parse("grid.csv", list).unwrap();
    let request = sweep::Request {
        axes: Axis::listed(&document, &list).unwrap(),
        ..Default::default()
    };
    let found = sweep(&document, &request, &Options::default(), &Work::default()).unwrap();
    let files = tables(Format::Csv, "toy", &found.observations(), "EUR").unwrap();
    holds(&files);
    let lines = lines(named(&files, "observations.csv"));
    let point = |line: &BTreeMap<String, String>| {
        let cells = [
            "line_plant_capacity",
            "requirement_shells_quantity",
            "coverage",
        ];
        cells.map(|name| line[name].parse::<f64>().unwrap())
    };
    let points: Vec<_> = lines.iter().map(point).collect();
    for ([factor, wanted, coverage], [f, w]) in
        points
            .iter()
            .zip([[0.5, 6.0], [0.5, 24.0], [1.5, 6.0], [1.5, 24.0]])
    {
        assert_eq!([*factor, *wanted], [f, w]);
        assert!((coverage - (10.0 * f / w).min(1.0)).abs() < 1e-6);
    }
}

#[test]
fn a_list_of_changes_makes_a_scenario() {
    let document = Document::parse("toy.toml", TOY).unwrap();
    // As a spreadsheet writes it: with a mark, semicolons and a column more.
    let list = "\u{feff}value;figure;note\r\n\
                x2;line.*.capacity;\r\n\
                \"24 round/year\";requirement.shells.quantity;a bad year\r\n";
    let list = ChangeList::parse("worse.csv", list).unwrap();
    let model = document.listed(&list).unwrap().model().unwrap();
    let figure = |place: &str| {
        let mut all = model.evidence.figures.iter();
        all.find(|figure| figure.place.to_string() == place)
            .unwrap()
            .clone()
    };
    assert_eq!(figure("line.plant.capacity").value, 20.0);
    let quantity = figure("requirement.shells.quantity");
    assert_eq!(quantity.value, 24.0);
    assert!(format!("{:?}", quantity.basis).contains("a bad year"));
}

#[test]
fn every_fault_of_a_list_stands_at_its_line() {
    let list = "figure,value\nline,x2\nline.plant.capacity,x-1\n,\n";
    let found = ChangeList::parse("worse.csv", list).unwrap_err();
    expect![[r#"
        error: `line` names no figures; write keys joined by dots, such as `line.*.capacity`, a key with a dot in quotes: `line."a.b".capacity`
         --> worse.csv:2:1
          |
        2 | line,x2
          | ^^^^ names no figures
          |
          = help: write where the figures stand: `line.*.capacity`

        error: `x-1` is no factor
         --> worse.csv:3:21
          |
        3 | line.plant.capacity,x-1
          |                     ^^^ cannot be read
          |
          = help: write a factor as `x0.5`, a delay as `+6 months`, a value as a model file does: `3 bn EUR/year`

        error: `` names no figures; write keys joined by dots, such as `line.*.capacity`, a key with a dot in quotes: `line."a.b".capacity`
         --> worse.csv:4:1
          |
        4 | ,
          | ^ names no figures
          |
          = help: write where the figures stand: `line.*.capacity`

        error: `` is no setting
         --> worse.csv:4:1
          |
        4 | ,
          | ^ cannot be read
          |
          = help: write a factor as `x0.5`, a delay as `+6 months`, a value as a model file does: `3 bn EUR/year`"#]].assert_eq(&found.to_string());
    let found = ChangeList::parse("worse.csv", "figure,factor\n").unwrap_err();
    expect![[r"
        error: no column `value`
         --> worse.csv:1:1
          |
        1 | figure,factor
          | ^^^^^^^^^^^^^ names the columns
          |
          = help: write `figure,value` in the first line, and a change in each that follows

        error: there is no column `factor`
         --> worse.csv:1:8
          |
        1 | figure,factor
          |        ^^^^^^ not known
          |
          = help: write `figure,value` in the first line, and a change in each that follows"]]
    .assert_eq(&found.to_string());
    assert!(ChangeList::parse("worse.csv", "").is_err());

    let document = Document::parse("toy.toml", TOY).unwrap();
    let list = "figure,value\n\
                line.plan.capacity,x2\n\
                line.plant.cost,50 EUR/t\n\
                line.plant.cost,x2\n\
                requirement.shells.quantity,+3 months\n";
    let list = ChangeList::parse("worse.csv", list).unwrap();
    let found = document.listed(&list).unwrap_err();
    expect![[r"
        error: `line.plant.cost` is changed twice
         --> worse.csv:4:1
          |
        3 | line.plant.cost,50 EUR/t
          | --------------- the first
        4 | line.plant.cost,x2
          | ^^^^^^^^^^^^^^^ the second
          |
          = help: keep one of them"]]
    .assert_eq(&found.to_string());
    let found = Axis::listed(&document, &list).unwrap_err();
    expect![[r#"
        error: `line.plan.capacity` names no figure of the model
         --> worse.csv:2:1
          |
        2 | line.plan.capacity,x2
          | ^^^^^^^^^^^^^^^^^^ nothing to change
          |
          = help: write where the figures stand, such as `line.KEY.capacity`; `*` stands for any letters of one key; a key with a dot stands in quotes, `line."a.b".capacity`

        error: `line.plant.cost` has `EUR/t`, where `EUR/round` is wanted
         --> worse.csv:3:17
          |
        3 | line.plant.cost,50 EUR/t
          |                 ^^^^^^^^ not `EUR/round`
          |
          = help: write it as `"12 EUR/round"`"#]].assert_eq(&found.to_string());
}
