//! Scenarios and changes: what they do to a model, and what is said of those that are wrong.
#![allow(clippy::unwrap_used)]

mod common;

use common::same;
use expect_test::{Expect, expect};
use sinews::calendar::Month;
use sinews::document::{Change, Document, How};
use sinews::evidence::Basis;
use sinews::ids::{Id, LineId};
use sinews::model::Model;

const BASE: &str = r#"
[model]
note = "a toy"
[calendar]
start = "2026-01"
end = "2028-12"
period = "year"
[item.round]
unit = "round"
[line.north]
makes = "round"
utilisation = "80 %"
capacity = [{ from = "2026-01", value = "10 round/year" }, { from = "2027-01", value = "20 round/year" }]
[line.south]
makes = "round"
capacity = { low = "10 round/year", mode = "20 round/year", high = "40 round/year" }
[holder.ua]
[requirement.rounds]
holder = "ua"
item = "round"
quantity = "50 round/year"
"#;

fn document(more: &str) -> Document {
    Document::parse("toy.toml", &format!("{BASE}{more}")).unwrap_or_else(|e| panic!("{e}"))
}

fn scenario(more: &str, key: &str) -> Model {
    let document = document(more)
        .scenario(key)
        .unwrap_or_else(|e| panic!("{e}"));
    document.model().unwrap_or_else(|e| panic!("{e}"))
}

fn capacity(model: &Model, line: usize, year: i32) -> f64 {
    let line = &model.lines[LineId::at(line)];
    line.capacity.at(Month::new(year, 1).unwrap()).value()
}

#[test]
fn what_a_scenario_sets_takes_the_place_of_what_is_there() {
    let model = scenario(
        r#"
[scenario.quiet]
note = "a quiet year"
[scenario.quiet.set.line.north]
capacity = "5 round/year"
[scenario.quiet.set.line.east]
makes = "round"
capacity = "7 round/year"
"#,
        "quiet",
    );
    same(capacity(&model, 0, 2027), 5.0);
    same(capacity(&model, 1, 2027), 20.0);
    same(capacity(&model, 2, 2027), 7.0);
    // The rest of a table stays, and the scenario's note covers what the scenario sets.
    same(model.lines[LineId::at(0)].utilisation.most().value(), 0.8);
    let notes: Vec<_> = model
        .evidence
        .assumptions()
        .map(|(f, note)| (f.value, note))
        .collect();
    assert!(notes.contains(&(5.0, "a quiet year")), "{notes:?}");
    assert!(notes.contains(&(20.0, "a toy")), "{notes:?}");
}

#[test]
fn a_star_in_a_key_stands_for_every_entry_that_matches() {
    let more = "[scenario.all]\nnote = \"x\"\n[scenario.all.set.line.\"*th\"]\nutilisation = 0.5\n";
    let model = scenario(more, "all");
    assert!(
        model
            .lines
            .values()
            .all(|line| line.utilisation.most().value() == 0.5)
    );
}

#[test]
fn figures_are_scaled_and_shifted_and_scenarios_extend_one_another() {
    let more = r#"
[scenario.half]
note = "half of it"
scale = { "line.*.capacity" = 0.5 }
[scenario.late]
note = "half of it, a year late"
extends = "half"
shift = { "line.north.capacity" = "12 months" }
[scenario.busy]
note = "busier than can be"
extends = ["late"]
scale = { "line.north.utilisation" = 2, "line.south.capacity" = "200 %" }
"#;
    let half = scenario(more, "half");
    same(capacity(&half, 0, 2027), 10.0);
    same(capacity(&half, 1, 2027), 10.0);
    let late = scenario(more, "late");
    same(capacity(&late, 0, 2027), 5.0);
    same(capacity(&late, 0, 2028), 10.0);
    let busy = scenario(more, "busy");
    same(busy.lines[LineId::at(0)].utilisation.most().value(), 1.0);
    same(capacity(&busy, 1, 2027), 20.0);
}

#[test]
fn a_figure_takes_any_place_in_its_range() {
    let at = |share| {
        let change = Change::new("line.*.capacity".parse().unwrap(), How::Quantile(share));
        let model = document("").changed(&[change]).unwrap();
        same(capacity(&model, 0, 2027), 20.0);
        capacity(&model, 1, 2027)
    };
    same(at(0.0), 10.0);
    same(at(1.0 / 3.0), 20.0);
    same(at(1.0), 40.0);
}

#[test]
fn a_scenario_may_leave_a_line_idle_on_purpose() {
    let more = "[scenario.none]\nnote = \"x\"\nscale = { \"line.*.capacity\" = 0 }\n";
    let solution = common::solved(&scenario(more, "none"));
    same(solution.requirements.values().next().unwrap().short, 150.0);
}

#[test]
fn tables_can_be_laid_over_from_elsewhere() {
    let changed = document("")
        .with(
            "what if",
            "requirement.rounds.quantity = \"9 round/year\"",
            "asked",
        )
        .unwrap();
    let model = changed.model().unwrap();
    let figure = model
        .evidence
        .figures
        .iter()
        .find(|f| f.value == 9.0)
        .unwrap();
    assert_eq!(figure.basis, Basis::Assumption("asked".into()));
}

/// The message of a broken scenario.
fn refused(more: &str, key: &str, wanted: &Expect) {
    let document = document(more);
    let problems = document
        .scenario(key)
        .and_then(|document| document.model())
        .unwrap_err();
    assert!(
        problems
            .list()
            .iter()
            .all(|problem| !problem.help.is_empty())
    );
    wanted.assert_eq(&format!("{problems}\n"));
}

#[test]
fn a_scenario_that_is_not_there() {
    let more = "[scenario.quiet]\nnote = \"x\"\n";
    refused(
        more,
        "quite",
        &expect![[r"
        error: scenario.quite: unknown scenario `quite`
         |
         = help: name one of `quiet`
    "]],
    );
}

#[test]
fn a_scenario_that_extends_nothing() {
    let more = "[scenario.quiet]\nnote = \"x\"\nextends = \"base\"\n";
    refused(
        more,
        "quiet",
        &expect![[r#"
        error: unknown scenario `base`
          --> toy.toml:24:11
           |
        24 | extends = "base"
           |           ^^^^^^ no scenario has this name
           |
           = help: name one of `quiet`
    "#]],
    );
}

#[test]
fn scenarios_that_extend_one_another() {
    let more = "[scenario.a]\nnote = \"x\"\nextends = \"b\"\n[scenario.b]\nnote = \"x\"\nextends = \"a\"\n";
    refused(
        more,
        "a",
        &expect![[r#"
        error: scenario `a` extends itself
          --> toy.toml:27:11
           |
        27 | extends = "a"
           |           ^^^ leads back to it
           |
           = help: take one of the scenarios out of the circle
    "#]],
    );
}

#[test]
fn a_scenario_without_a_note_and_with_a_field_too_many() {
    let more = "[scenario.a]\nscales = { \"line.*.capacity\" = 2 }\n";
    refused(
        more,
        "a",
        &expect![[r#"
        error: `scenario.a` has no `note`
          --> toy.toml:22:1
           |
        22 | [scenario.a]
           | ^^^^^^^^^^^^ `note` is missing
           |
           = help: write `note = "No deliveries from the US after 2026"`

        error: unknown field `scales` in `scenario.a`
          --> toy.toml:23:1
           |
        23 | scales = { "line.*.capacity" = 2 }
           | ^^^^^^ did you mean `scale`?
           |
           = help: write `scale`
    "#]],
    );
}

#[test]
fn patterns_that_match_nothing() {
    let more = r#"
[scenario.a]
note = "x"
scale = { "line.west.capacity" = 2, "line" = 2, "line.*.utilisation" = "much" }
shift = { "line.north.capacity" = 12 }
[scenario.a.set.line."w*"]
capacity = "1 round/year"
"#;
    refused(
        more,
        "a",
        &expect![[r#"
        error: `line` names no figures
          --> toy.toml:25:37
           |
        25 | scale = { "line.west.capacity" = 2, "line" = 2, "line.*.utilisation" = "much" }
           |                                     ^^^^^^ not keys joined by dots
           |
           = help: write where the figures stand, in quotes: `"line.*.capacity"`; a key with a dot in quotes of its own: `'line."a.b".capacity'`

        error: `scenario.a.scale."line.*.utilisation"` is a text, where a factor is wanted
          --> toy.toml:25:72
           |
        25 | scale = { "line.west.capacity" = 2, "line" = 2, "line.*.utilisation" = "much" }
           |                                                                        ^^^^^^ not a factor
           |
           = help: write a number such as `0.5`, or `"50 %"`

        error: `scenario.a.shift."line.north.capacity"` is a number, where a span of time is wanted
          --> toy.toml:26:35
           |
        26 | shift = { "line.north.capacity" = 12 }
           |                                   ^^ not a span of time
           |
           = help: write it as `"12 months"`

        error: `line.w*` matches nothing
          --> toy.toml:27:22
           |
        27 | [scenario.a.set.line."w*"]
           |                      ^^^^ no such entry in the model
           |
           = help: name entries that are there; `*` stands for any letters of one key
    "#]],
    );
    let unmatched = "[scenario.a]\nnote = \"x\"\nscale = { \"line.west.capacity\" = 2 }\n";
    refused(
        unmatched,
        "a",
        &expect![[r#"
        error: `line.west.capacity` names no figure of the model
          --> toy.toml:24:11
           |
        24 | scale = { "line.west.capacity" = 2 }
           |           ^^^^^^^^^^^^^^^^^^^^ nothing to change
           |
           = help: write where the figures stand, such as `line.KEY.capacity`; `*` stands for any letters of one key; a key with a dot stands in quotes, `line."a.b".capacity`
    "#]],
    );
}

#[test]
fn a_value_of_a_scenario_is_shown_where_the_scenario_writes_it() {
    let more = "[scenario.a]\nnote = \"x\"\n[scenario.a.set.line.north]\ncapacity = \"5 t/year\"\ncapacities = 1\n";
    refused(
        more,
        "a",
        &expect![[r#"
        error: `line.north.capacity` has `t/year`, where `round/year` is wanted
          --> toy.toml:25:12
           |
        25 | capacity = "5 t/year"
           |            ^^^^^^^^^^ not `round/year`
           |
           = help: write it as `"12 round/year"`

        error: unknown field `capacities` in `line.north`
          --> toy.toml:26:1
           |
        26 | capacities = 1
           | ^^^^^^^^^^ did you mean `capacity`?
           |
           = help: write `capacity`
    "#]],
    );
}

#[test]
fn every_scenario_is_read_with_its_model() {
    let text = format!("{BASE}[scenario.a]\nnotes = \"x\"\nextends = \"b\"\n");
    let problems = sinews::document::parse("toy.toml", &text).unwrap_err();
    assert_eq!(problems.list().len(), 3, "{problems}");
}

/// A figure with one end of its range has itself for the other.
#[test]
fn one_end_of_a_range_is_enough() {
    let text = r#"
[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2026-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = { value = "20 round/year", low = "15 round/year", note = "a guess" }
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    let model = sinews::document::parse("model.toml", text).unwrap();
    let mut figures = model.evidence.figures.iter();
    let capacity = figures.find(|figure| figure.place.to_string() == "line.plant.capacity");
    assert_eq!(capacity.unwrap().range, Some((15.0, 20.0)));
}

/// Each of forty scenarios extends the one before it twice over: 2^40 ways lead to the first.
#[test]
fn a_scenario_that_many_extend_is_applied_once() {
    let mut more =
        String::from("[scenario.s0]\nnote = \"a test\"\nscale = { \"line.*.capacity\" = 2 }\n");
    for n in 1..40 {
        let before = n - 1;
        let both = format!("extends = [\"a{n}\", \"b{n}\"]\n");
        for (key, bases) in [
            (format!("a{n}"), format!("extends = \"s{before}\"\n")),
            (format!("b{n}"), format!("extends = \"s{before}\"\n")),
            (format!("s{n}"), both),
        ] {
            more.extend([format!("[scenario.{key}]\nnote = \"a test\"\n{bases}")]);
        }
    }
    let plain = document(&more).model().unwrap();
    let varied = document(&more).scenario("s39").unwrap().model().unwrap();
    for (line, varied) in plain.lines.values().zip(varied.lines.values()) {
        assert_eq!(
            2.0 * line.capacity.most().value(),
            varied.capacity.most().value()
        );
    }
}

/// However many extend one another in a row, the reader comes to an end and says where.
#[test]
fn scenarios_extend_one_another_a_hundred_times() {
    let mut more = String::from("[scenario.s0]\nnote = \"a test\"\n");
    for n in 1..=2_000 {
        let before = n - 1;
        more.extend([format!(
            "[scenario.s{n}]\nnote = \"a test\"\nextends = \"s{before}\"\n"
        )]);
    }
    let document = document(&more);
    assert!(document.scenario("s99").is_ok());
    let problems = document.scenario("s2000").unwrap_err();
    assert_eq!(
        problems.list()[0].message,
        "more than 100 scenarios extend one another in a row"
    );
}

/// What is wrong with a scenario is told with all else that is wrong with the file, whether it is applied or not.
fn told(more: &str) -> Vec<String> {
    let problems = document(more).model().unwrap_err();
    let list = problems.list().iter();
    list.map(|problem| problem.message.clone()).collect()
}

#[test]
fn circles_are_told_of_scenarios_that_are_not_applied() {
    let more = r#"
[scenario]
first = { note = "x", extends = "a" }
a = { note = "x", extends = ["b", "c"] }
b = { note = "x" }
c = { note = "x", extends = ["b", "a"] }
own = { note = "x", extends = "own" }
"#;
    let circles = [
        "scenario `a` extends itself",
        "scenario `own` extends itself",
    ];
    assert_eq!(told(more), circles);
    let applied = document(more).scenario("b").unwrap();
    assert_eq!(applied.model().unwrap_err().list().len(), 2);
}

#[test]
fn patterns_that_name_nothing_are_told_of_scenarios_that_are_not_applied() {
    let more = r#"
[scenario.wrong]
note = "x"
scale = { "line.nord.capacity" = 2, "line.*.capacty" = 2, "line.north.capacity.2027" = 2, "line.n*.capacity" = 2 }
shift = { "requirement.shells.quantity" = "6 months" }
set.line."so*".capacity = "5 round/year"
set.line."we*".capacity = "5 round/year"
[scenario.new]
note = "x"
set.line.west = { makes = "round", capacity = "5 round/year" }
[scenario.newer]
note = "x"
extends = "new"
scale = { "line.west.capacity" = 2 }
set.line."we*".utilisation = "50 %"
[scenario.other]
note = "x"
scale = { "line.west.capacity" = 2, "line.north.capacity" = "twice" }
"#;
    let wanted = [
        "`line.nord.capacity` names no figure of the model",
        "`line.*.capacty` names no figure of the model",
        "`requirement.shells.quantity` names no figure of the model",
        "`line.we*` matches nothing",
        "`scenario.other.scale.\"line.north.capacity\"` is a text, where a factor is wanted",
        "`line.west.capacity` names no figure of the model",
    ];
    let (mut found, mut wanted) = (told(more), wanted.map(str::to_owned).to_vec());
    found.sort();
    wanted.sort();
    assert_eq!(found, wanted);
    // Where it is applied it is told once as well.
    let more = "[scenario.bad]\nnote = \"x\"\nscale = { \"line.nord.capacity\" = 2 }\n";
    let applied = document(more).scenario("bad").unwrap();
    assert_eq!(applied.model().unwrap_err().list().len(), 1);
}

/// 10 of which the half is engaged, with 4 each: a scenario sets one of the factors, and the rest stays.
const ENGAGED: &str = r#"
[requirement.flat]
holder = "ua"
item = "round"
quantity = { value = "10 round/year", times = { engaged = { value = "50 %", note = "y" }, each = 4 } }
[requirement.listed]
holder = "ua"
item = "round"
quantity = [
    { from = "2026-01", value = "10 round/year", times = { engaged = "50 %", each = 4 } },
    { from = "2027-01", value = "20 round/year", times = { engaged = "50 %" } },
]
[requirement.yearly]
holder = "ua"
item = "round"
quantity = { 2026 = { value = "10 round/year", times = { engaged = "50 %", each = 4 } }, 2027 = "30 round/year" }
[scenario.one]
note = "all of it"
set.requirement.flat.quantity.times.engaged = 1
[scenario.half]
note = "x"
scale = { "requirement.*.quantity" = 0.5, "requirement.flat.quantity.times.engaged" = 0.1 }
[scenario.all]
note = "x"
extends = "half"
set.requirement."*".quantity.times.engaged = { value = 1, note = "own" }
[scenario.year]
note = "x"
set.requirement.listed.quantity.2027.times.engaged = 1
set.requirement.yearly.quantity.2026.times = { each = 2, engaged = 1 }
"#;

#[test]
fn a_factor_is_set_and_what_it_multiplies_stays() {
    let wanted = |key: &str| -> Vec<[f64; 2]> {
        let model = scenario(ENGAGED, key);
        let path = |own: &sinews::model::Requirement| {
            let sinews::model::Need::Flow(path) = &own.need else {
                panic!("{own:?}")
            };
            [2026, 2027].map(|year| path.at(Month::new(year, 1).unwrap()).value())
        };
        model.requirements.values().skip(1).map(path).collect()
    };
    assert_eq!(wanted("one"), [[40.0, 40.0], [20.0, 10.0], [20.0, 30.0]]);
    // Half of each figure; a factor that is set after it is not scaled.
    assert_eq!(wanted("all"), [[20.0, 20.0], [20.0, 10.0], [20.0, 15.0]]);
    assert_eq!(wanted("year"), [[20.0, 20.0], [20.0, 20.0], [20.0, 30.0]]);
    let model = scenario(ENGAGED, "one");
    let of = |place: &str| {
        let mut figures = model.evidence.figures.iter();
        let found = figures.find(|figure| figure.place.to_string() == place);
        found.unwrap().basis.clone()
    };
    let engaged = of("requirement.flat.quantity.times.engaged");
    assert_eq!(engaged, Basis::Assumption("all of it".into()));
}

#[test]
fn a_factor_that_no_figure_has_is_not_added() {
    for (keys, place) in [
        (
            "requirement.flat.quantity.times.engagd",
            "requirement.flat.quantity.times.engagd",
        ),
        (
            "requirement.\"*\".quantity.times.none",
            "requirement.*.quantity.times.none",
        ),
        (
            "requirement.rounds.quantity.times.each",
            "requirement.rounds.quantity.times.each",
        ),
    ] {
        let laid = document(ENGAGED).with("more", &format!("{keys} = 2\n"), "x");
        let problems = laid.unwrap_err();
        let [problem] = problems.list() else {
            panic!("{problems}")
        };
        assert_eq!(problem.message, format!("`{place}` matches nothing"));
    }
}
