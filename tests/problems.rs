//! Every kind of problem that an input can have, with the whole of its message.
#![allow(clippy::unwrap_used)]

mod common;

use expect_test::{Expect, expect};
use sinews::problem::{Kind, Problems};

/// The message of a broken text, which must have a problem of this kind.
fn check(kind: Kind, text: &str, wanted: &Expect) {
    let problems = sinews::document::parse("model.toml", text).unwrap_err();
    check_problems(kind, &problems, wanted);
}

fn check_problems(kind: Kind, problems: &Problems, wanted: &Expect) {
    let kinds: Vec<_> = problems.list().iter().map(|problem| problem.kind).collect();
    assert!(kinds.contains(&kind), "{kinds:?}\n{problems}");
    assert!(
        problems
            .list()
            .iter()
            .all(|problem| !problem.help.is_empty()),
        "{problems}"
    );
    wanted.assert_eq(&format!("{problems}\n"));
}

/// A file must describe something.
#[test]
fn an_empty_file() {
    let text = r"";
    check(
        Kind::Empty,
        text,
        &expect![[r"
        error: the file describes nothing
         --> model.toml:1:1
          |
        1 |
          | ^ no table
          |
          = help: start with `[calendar]`; see docs/format.md
    "]],
    );
}

/// Every fault of the syntax is shown, not only the first.
#[test]
fn syntax_twice() {
    let text = r#"[calendar]
start = 
end = "2026-12
period = "year"
"#;
    check(
        Kind::Syntax,
        text,
        &expect![[r#"
        error: string values must be quoted, expected literal string
         --> model.toml:2:9
          |
        2 | start = 
          |         ^
          |
          = help: see https://toml.io for how TOML is written

        error: invalid basic string, expected `"`
         --> model.toml:3:15
          |
        3 | end = "2026-12
          |               ^
          |
          = help: see https://toml.io for how TOML is written
    "#]],
    );
}

/// TOML does not allow a key twice.
#[test]
fn a_key_written_twice() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::Syntax,
        text,
        &expect![[r#"
        error: duplicate key
         --> model.toml:5:1
          |
        5 | start = "2026-01"
          | ^^^^^
          |
          = help: see https://toml.io for how TOML is written
    "#]],
    );
}

/// Tables of other names are slips.
#[test]
fn an_unknown_table() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
[lines.second]
makes = "round"
"#;
    check(
        Kind::UnknownTable,
        text,
        &expect![[r"
            error: unknown table `lines`
              --> model.toml:16:2
               |
            16 | [lines.second]
               |  ^^^^^ did you mean `line`?
               |
               = help: the tables are `model`, `calendar`, `objective`, `macro`, `country`, `item`, `resource`, `line`, `supplier`, `holder`, `gift`, `route`, `hub`, `requirement`, `fund`, `cap`, `scenario`
        "]],
    );
}

/// A misspelt field gets the right name.
#[test]
fn an_unknown_field_with_a_near_name() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capcity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::UnknownField,
        text,
        &expect![[r#"
            error: unknown field `capcity` in `line.plant`
              --> model.toml:10:1
               |
            10 | capcity = "20 round/year"
               | ^^^^^^^ did you mean `capacity`?
               |
               = help: write `capacity`
        "#]],
    );
}

/// A field like no other gets the list.
#[test]
fn an_unknown_field() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
colour = "grey"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::UnknownField,
        text,
        &expect![[r#"
            error: unknown field `colour` in `line.plant`
              --> model.toml:10:1
               |
            10 | colour = "grey"
               | ^^^^^^ no such field
               |
               = help: `line.KEY` has the fields `name`, `company`, `site`, `country`, `makes`, `cost`, `capacity`, `utilisation`, `yield`, `lead_time`, `booked`, `minimum`, `ramp`, `growth`, `running`, `cycle`, `content`, `payment`, `draws`, `expansion`, `note`
        "#]],
    );
}

/// Nothing can be read without time.
#[test]
fn no_calendar() {
    let text = r#"[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::MissingTable,
        text,
        &expect![[r#"
        error: there is no `[calendar]`
         --> model.toml:1:1
          |
        1 | [item.round]
          | ^ when is all this?
          |
          = help: write `[calendar]`, `start = "2026-01"`, `end = "2030-12"`
    "#]],
    );
}

/// A field that must be there.
#[test]
fn a_missing_field() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::MissingField,
        text,
        &expect![[r#"
        error: `line.plant` has no `makes`
         --> model.toml:8:1
          |
        8 | [line.plant]
          | ^^^^^^^^^^^^ `makes` is missing
          |
          = help: write `makes = "tnt"`
    "#]],
    );
}

/// One of two fields must be there.
#[test]
fn neither_quantity_nor_level() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
"#;
    check(
        Kind::MissingField,
        text,
        &expect![[r#"
        error: `requirement.shells` has neither `quantity` nor `level`
          --> model.toml:12:1
           |
        12 | [requirement.shells]
           | ^^^^^^^^^^^^^^^^^^^^ one of them is missing
           |
           = help: write `quantity = "1_000 round/year"`

        error: requirement: nothing is required
         |
         = help: add a `[requirement.KEY]`: without one the best plan is to do nothing
    "#]],
    );
}

/// A step of a path must say from when it holds.
#[test]
fn a_step_without_a_date() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = [{ value = "20 round/year" }]
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::MissingField,
        text,
        &expect![[r#"
        error: a step of `line.plant.capacity` has no `from`
          --> model.toml:10:13
           |
        10 | capacity = [{ value = "20 round/year" }]
           |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^ from when does it hold?
           |
           = help: write `from = "2027-01"` in it
    "#]],
    );
}

/// A figure as a table must hold one.
#[test]
fn a_figure_table_without_a_figure() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = { note = "unknown" }
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::MissingField,
        text,
        &expect![[r#"
        error: `line.plant.capacity` has neither a `fact` nor a `value`
          --> model.toml:10:12
           |
        10 | capacity = { note = "unknown" }
           |            ^^^^^^^^^^^^^^^^^^^^ what is it?
           |
           = help: cite a fact, or write `value = "12 round/year"` and a `note`
    "#]],
    );
}

/// A list where a text is wanted.
#[test]
fn a_wrong_type() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = ["round"]
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::WrongType,
        text,
        &expect![[r#"
            error: `line.plant.makes` is a list, where an item or a table of products is wanted
             --> model.toml:9:9
              |
            9 | makes = ["round"]
              |         ^^^^^^^^^ not an item or a table of products
              |
              = help: write one item: `makes = "round"`
        "#]],
    );
}

/// A value where a table is wanted.
#[test]
fn a_table_that_is_none() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
[fund]
aid = 3
"#;
    check(
        Kind::WrongType,
        text,
        &expect![[r"
        error: `fund.aid` is a number, where a table is wanted
          --> model.toml:17:7
           |
        17 | aid = 3
           |       ^ not a table
           |
           = help: write `[fund.aid]` and its fields below it
    "]],
    );
}

/// A value where the tables are wanted.
#[test]
fn a_top_table_that_is_none() {
    let text = r#"hub = 3
[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::WrongType,
        text,
        &expect![[r"
            error: `hub` is a number, where a table is wanted
             --> model.toml:1:7
              |
            1 | hub = 3
              |       ^ not a table
              |
              = help: write `[hub.KEY]` and its fields below it
        "]],
    );
}

/// A word that is none of the choices.
#[test]
fn an_unknown_choice() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
window = "yearly"
quantity = "30 round/year"
"#;
    check(
        Kind::UnknownChoice,
        text,
        &expect![[r#"
        error: `requirement.shells.window` cannot be `yearly`
          --> model.toml:15:10
           |
        15 | window = "yearly"
           |          ^^^^^^^^ did you mean `year`?
           |
           = help: write `"period"` or `"year"`
    "#]],
    );
}

/// The same in a list.
#[test]
fn an_unknown_purpose_of_a_fund() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
[fund.aid]
amount = "1 M EUR/year"
buys = { pays_for = ["salaries"] }
"#;
    check(
        Kind::UnknownChoice,
        text,
        &expect![[r#"
            error: `fund.aid.buys.pays_for` cannot be `salaries`
              --> model.toml:18:22
               |
            18 | buys = { pays_for = ["salaries"] }
               |                      ^^^^^^^^^^ no such choice
               |
               = help: write `"production"`, `"expansion"` or both
        "#]],
    );
}

/// An empty list would mean nothing or everything.
#[test]
fn an_empty_list() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
[fund.aid]
amount = "1 M EUR/year"
buys = { holders = [] }
"#;
    check(
        Kind::EmptyList,
        text,
        &expect![[r"
        error: `fund.aid.buys.holders` is an empty list
          --> model.toml:18:20
           |
        18 | buys = { holders = [] }
           |                    ^^ nothing in it
           |
           = help: name something, or leave `holders` out
    "]],
    );
}

/// A table of products with none.
#[test]
fn a_line_that_makes_nothing() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = {}
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::EmptyList,
        text,
        &expect![[r#"
        error: `line.plant` makes nothing
         --> model.toml:9:9
          |
        9 | makes = {}
          |         ^^ no product
          |
          = help: name an item: `makes = "round"`
    "#]],
    );
}

/// Two fields that say different things.
#[test]
fn item_and_meets() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
meets = { round = 1 }
quantity = "30 round/year"
"#;
    check(
        Kind::Ambiguous,
        text,
        &expect![[r#"
        error: `requirement.shells` has both `item` and `meets`
          --> model.toml:15:9
           |
        14 | item = "round"
           |        ------- either this
        15 | meets = { round = 1 }
           |         ^^^^^^^^^^^^^ or this
           |
           = help: keep one of the two

        error: requirement `shells` accepts `round` twice
          --> model.toml:15:19
           |
        15 | meets = { round = 1 }
           |                   ^ again
           |
           = help: name each accepted item once
    "#]],
    );
}

/// A cost must say of which product.
#[test]
fn one_cost_for_two_products() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[item.shell]
unit = "shell"
[line.plant]
makes = { round = {}, shell = {} }
cost = "5 EUR/round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::Ambiguous,
        text,
        &expect![[r#"
        error: `line.plant` has several products, and one `cost`
          --> model.toml:12:8
           |
        12 | cost = "5 EUR/round"
           |        ^^^^^^^^^^^^^ of which?
           |
           = help: give each product a `cost` of its own
    "#]],
    );
}

/// Regions have shares of value, not quantities.
#[test]
fn a_cap_on_a_region_by_quantity() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
[country.US]
[cap.us]
region = "US"
quantity = "5 round/year"
"#;
    check(
        Kind::Ambiguous,
        text,
        &expect![[r#"
        error: `cap.us` caps a region by `quantity`
          --> model.toml:19:12
           |
        19 | quantity = "5 round/year"
           |            ^^^^^^^^^^^^^^ a region has a share of value, or an amount of money
           |
           = help: write `share = "30 %"` or `amount = "3 bn EUR/year"`, or cap an `item`
    "#]],
    );
    check(
        Kind::Ambiguous,
        &text.replace(
            "region = \"US\"\nquantity = \"5 round/year\"",
            "item = \"round\"\namount = \"5 EUR/year\"",
        ),
        &expect![[r#"
            error: `cap.us` caps an item by `amount`
              --> model.toml:19:10
               |
            19 | amount = "5 EUR/year"
               |          ^^^^^^^^^^^^ an item has a share of supply, or a quantity
               |
               = help: write `share = "30 %"` or `quantity`, or cap a `region`
        "#]],
    );
    // What is missing depends on what is capped; what is wrong stands where it is written.
    check(
        Kind::MissingField,
        &text.replace("quantity = \"5 round/year\"\n", ""),
        &expect![[r#"
            error: `cap.us` has neither `share` nor `amount`
              --> model.toml:17:1
               |
            17 | [cap.us]
               | ^^^^^^^^ one of them is missing
               |
               = help: write `share = "30 %"`
        "#]],
    );
    check(
        Kind::OutOfRange,
        &text.replace("quantity = \"5 round/year\"", "amount = \"-5 EUR/year\""),
        &expect![[r#"
            error: `amount` is -5, which it cannot be
              --> model.toml:19:10
               |
            19 | amount = "-5 EUR/year"
               |          ^^^^^^^^^^^^^ must be zero or more
               |
               = help: write zero or more
        "#]],
    );
}

/// A cost of moving must say per what.
#[test]
fn one_cost_for_two_units_moved() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
[item.tnt]
unit = "t"
[holder.donor]
stock.round = { opening = "1 round" }
stock.tnt = { opening = "1 t" }
[gift.all]
from = ["donor"]
to = "ua"
items = ["round", "tnt"]
cost = "1 EUR/round"
"#;
    check(
        Kind::Ambiguous,
        text,
        &expect![[r#"
        error: `gift.all.cost` is one cost for `round` and `t`
          --> model.toml:25:8
           |
        25 | cost = "1 EUR/round"
           |        ^^^^^^^^^^^^^ per what?
           |
           = help: write one entry for each unit, with its own cost
    "#]],
    );
}

/// Each is named once.
#[test]
fn a_name_twice_in_a_list() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
[fund.aid]
amount = "1 M EUR/year"
buys = { holders = ["ua", "ua"] }
"#;
    check(
        Kind::Repeated,
        text,
        &expect![[r#"
        error: `fund.aid.buys.holders` names `ua` twice
          --> model.toml:18:27
           |
        18 | buys = { holders = ["ua", "ua"] }
           |                           ^^^^ again
           |
           = help: name each once
    "#]],
    );
}

/// A path has one value at a time.
#[test]
fn two_values_from_one_month() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = [{ from = "2026-01", value = "20 round/year" }, { from = "2026-01", value = "30 round/year" }]
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::Repeated,
        text,
        &expect![[r#"
        error: `line.plant.capacity` has two values from 2026-01
          --> model.toml:10:60
           |
        10 | capacity = [{ from = "2026-01", value = "20 round/year" }, { from = "2026-01", value = "30 round/year" }]
           |             ---------------------------------------------  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the second
           |             |
           |             the first
           |
           = help: keep one of them
    "#]],
    );
}

/// A misspelt name gets the nearest.
#[test]
fn an_unknown_name_with_a_near_one() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "roundd"
quantity = "30 round/year"
"#;
    check(
        Kind::UnknownName,
        text,
        &expect![[r#"
            error: unknown item `roundd`
              --> model.toml:14:8
               |
            14 | item = "roundd"
               |        ^^^^^^^^ did you mean `round`?
               |
               = help: write `round`, or declare `[item.roundd]`
        "#]],
    );
}

/// A name like no other.
#[test]
fn an_unknown_name() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "lithuania"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::UnknownName,
        text,
        &expect![[r#"
        error: unknown holder `lithuania`
          --> model.toml:13:10
           |
        13 | holder = "lithuania"
           |          ^^^^^^^^^^^ no holder has this name
           |
           = help: declare it under `[holder.lithuania]`
    "#]],
    );
}

/// Everything has a name.
#[test]
fn an_empty_name() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
[holder.""]
"#;
    check(
        Kind::EmptyName,
        text,
        &expect![[r#"
        error: a holder has no name
          --> model.toml:16:1
           |
        16 | [holder.""]
           | ^^^^^^^^^^^ empty
           |
           = help: give it a short name of its own
    "#]],
    );
}

/// A figure starts with a number.
#[test]
fn no_number() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "twenty round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::NotAQuantity,
        text,
        &expect![[r#"
        error: `twenty round/year` does not start with a number
          --> model.toml:10:12
           |
        10 | capacity = "twenty round/year"
           |            ^^^^^^^^^^^^^^^^^^^ no number
           |
           = help: write a number and its unit, such as `"12 round/year"`
    "#]],
    );
}

/// A unit is made of names.
#[test]
fn a_unit_that_cannot_be_read() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round//year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::NotAQuantity,
        text,
        &expect![[r#"
        error: `20 round//year` has no unit that can be read
          --> model.toml:10:12
           |
        10 | capacity = "20 round//year"
           |            ^^^^^^^^^^^^^^^^ not a unit
           |
           = help: write a number and its unit, such as `"12 round/year"`
    "#]],
    );
}

/// The unit must be said.
#[test]
fn a_plain_number_where_a_unit_is_needed() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = 20
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::MissingUnit,
        text,
        &expect![[r#"
        error: `line.plant.capacity` has no unit
          --> model.toml:10:12
           |
        10 | capacity = 20
           |            ^^ 20 of what?
           |
           = help: write `"20 round/year"`
    "#]],
    );
}

/// A unit that measures something else.
#[test]
fn a_quantity_where_a_rate_is_wanted() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::WrongUnit,
        text,
        &expect![[r#"
        error: `line.plant.capacity` has `round`, where `round/year` is wanted
          --> model.toml:10:12
           |
        10 | capacity = "20 round"
           |            ^^^^^^^^^^ not `round/year`
           |
           = help: write it as `"12 round/year"`
    "#]],
    );
}

/// Shares have no unit.
#[test]
fn a_unit_where_a_share_is_wanted() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
utilisation = "20 months"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::WrongUnit,
        text,
        &expect![[r#"
        error: `line.plant.utilisation` has `months`, where a pure number or `%` is wanted
          --> model.toml:10:15
           |
        10 | utilisation = "20 months"
           |               ^^^^^^^^^^^ not a pure number or `%`
           |
           = help: write it as `"85 %"`
    "#]],
    );
}

/// Units are those of items and resources, of time and mass.
#[test]
fn an_unknown_unit() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 rond/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::UnknownUnit,
        text,
        &expect![[r#"
        error: unknown unit `rond`
          --> model.toml:10:12
           |
        10 | capacity = "20 rond/year"
           |            ^^^^^^^^^^^^^^ did you mean `round`?
           |
           = help: use the `unit` of an item or a resource, a unit of time or mass, `%`, or a currency
    "#]],
    );
}

/// An item cannot count in years.
#[test]
fn a_reserved_unit() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "year"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::ReservedUnit,
        text,
        &expect![[r#"
            error: `year` cannot be the unit of `round`
             --> model.toml:7:8
              |
            7 | unit = "year"
              |        ^^^^^^ not a word of its own
              |
              = help: write one word that is no unit of time and no currency, such as `"round"`
        "#]],
    );
}

/// Figures are finite.
#[test]
fn an_infinite_figure() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = inf
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::NotFinite,
        text,
        &expect![[r"
        error: `line.plant.capacity` is not a finite number
          --> model.toml:10:12
           |
        10 | capacity = inf
           |            ^^^ not finite
           |
           = help: write a finite number
    "]],
    );
}

/// Figures can be held.
#[test]
fn a_figure_too_large() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "1e999 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::NotFinite,
        text,
        &expect![[r#"
        error: `1e999 round/year` is too large a number
          --> model.toml:10:12
           |
        10 | capacity = "1e999 round/year"
           |            ^^^^^^^^^^^^^^^^^^ not finite
           |
           = help: write a number and its unit, such as `"12 round/year"`
    "#]],
    );
}

/// A number outside what its field allows.
#[test]
fn a_negative_capacity() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "-20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::OutOfRange,
        text,
        &expect![[r#"
            error: `capacity` is -20, which it cannot be
              --> model.toml:10:12
               |
            10 | capacity = "-20 round/year"
               |            ^^^^^^^^^^^^^^^^ must be zero or more
               |
               = help: write zero or more
        "#]],
    );
}

/// A share is a share.
#[test]
fn a_share_above_one() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
utilisation = 1.8
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::OutOfRange,
        text,
        &expect![[r"
        error: `utilisation` is 1.8, which it cannot be
          --> model.toml:10:15
           |
        10 | utilisation = 1.8
           |               ^^^ must be a share from 0 to 1, or from `0 %` to `100 %`
           |
           = help: write a share from 0 to 1, or from `0 %` to `100 %`
    "]],
    );
}

/// Each step of a path is checked at its place.
#[test]
fn a_price_below_zero_in_one_step() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
cost = { 2026 = "3 EUR/round", 2027 = "-3 EUR/round" }
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::OutOfRange,
        text,
        &expect![[r#"
            error: `cost` is -3, which it cannot be
              --> model.toml:10:39
               |
            10 | cost = { 2026 = "3 EUR/round", 2027 = "-3 EUR/round" }
               |                                       ^^^^^^^^^^^^^^ must be zero or more
               |
               = help: write zero or more
        "#]],
    );
}

/// Percent, not a factor.
#[test]
fn an_implausible_inflation() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
[macro]
inflation = "200 %/year"
"#;
    check(
        Kind::OutOfRange,
        text,
        &expect![[r#"
        error: a rate of 200 % a year is not plausible
          --> model.toml:17:13
           |
        17 | inflation = "200 %/year"
           |             ^^^^^^^^^^^^ must lie between -50 % and 100 % a year
           |
           = help: write a rate such as `"2 %/year"`
    "#]],
    );
}

/// Low, value and high in order.
#[test]
fn low_above_high() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = { low = "30 round/year", value = "20 round/year", high = "40 round/year" }
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::RangeOrder,
        text,
        &expect![[r#"
        error: `line.plant.capacity` does not lie between its `low` and its `high`
          --> model.toml:10:12
           |
        10 | capacity = { low = "30 round/year", value = "20 round/year", high = "40 round/year" }
           |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ low ≤ value ≤ high does not hold
           |
           = help: put the three in order
    "#]],
    );
}

/// A path keeps its currency.
#[test]
fn two_currencies_over_time() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
[macro]
exchange = { USD = "0.9 EUR/USD" }
[fund.aid]
amount = { 2026 = "1 M EUR/year", 2027 = "1 M USD/year" }
"#;
    check(
        Kind::MixedCurrencies,
        text,
        &expect![[r#"
        error: `fund.aid.amount` is in two currencies
          --> model.toml:19:42
           |
        19 | amount = { 2026 = "1 M EUR/year", 2027 = "1 M USD/year" }
           |                   --------------         ^^^^^^^^^^^^^^ another currency
           |                   |
           |                   the first currency
           |
           = help: write every step in one currency
    "#]],
    );
}

/// Other currencies need a rate.
#[test]
fn a_currency_without_a_rate() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
cost = "3 USD/round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::UnknownCurrency,
        text,
        &expect![[r#"
        error: no exchange rate for `USD`
          --> model.toml:10:8
           |
        10 | cost = "3 USD/round"
           |        ^^^^^^^^^^^^^ what is it worth?
           |
           = help: write `exchange = { USD = "… EUR/USD" }` under `[macro]`
    "#]],
    );
}

/// Codes are three capitals.
#[test]
fn no_currency_code() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
[macro]
currency = "Euro"
"#;
    check(
        Kind::NotACurrency,
        text,
        &expect![[r#"
        error: `Euro` is not a currency code
          --> model.toml:17:12
           |
        17 | currency = "Euro"
           |            ^^^^^^ not three capitals
           |
           = help: write a code such as `EUR`, `USD` or `GBP`
    "#]],
    );
}

/// Months are written year and month.
#[test]
fn no_month() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "January 2026"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::NotAMonth,
        text,
        &expect![[r#"
        error: `January 2026` is not a month
         --> model.toml:4:9
          |
        4 | start = "January 2026"
          |         ^^^^^^^^^^^^^^ not a month
          |
          = help: write year and month, such as `"2026-07"`
    "#]],
    );
}

/// Years are whole.
#[test]
fn no_year() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
[macro]
price_year = 26
"#;
    check(
        Kind::NotAYear,
        text,
        &expect![[r"
        error: 26 is not a year
          --> model.toml:17:14
           |
        17 | price_year = 26
           |              ^^ not a year
           |
           = help: write a year such as `2026`
    "]],
    );
}

/// The end lies after the start.
#[test]
fn a_calendar_that_runs_backwards() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2025-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::NoCalendar,
        text,
        &expect![[r#"
        error: the calendar ends in 2025-12, before it starts in 2026-01
         --> model.toml:5:7
          |
        5 | end = "2025-12"
          |       ^^^^^^^^^ here
          |
          = help: write an `end` after `start`
    "#]],
    );
}

/// Each period lies in one year.
#[test]
fn a_quarter_that_starts_in_february() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-02"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::NoCalendar,
        text,
        &expect![[r#"
        error: a calendar by the quarter cannot start in 2026-02
         --> model.toml:4:9
          |
        4 | start = "2026-02"
          |         ^^^^^^^^^ here
          |
          = help: start quarters in January, April, July or October, years in January
    "#]],
    );
}

/// Whole periods only.
#[test]
fn a_calendar_with_half_a_quarter() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-11"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::NoCalendar,
        text,
        &expect![[r#"
        error: a calendar by the quarter from 2026-01 cannot end in 2027-11
         --> model.toml:5:7
          |
        5 | end = "2027-11"
          |       ^^^^^^^^^ here
          |
          = help: end with a whole period, such as in December
    "#]],
    );
}

/// At most 1,200 periods.
#[test]
fn a_calendar_too_long() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2199-12"
period = "month"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::NoCalendar,
        text,
        &expect![[r#"
        error: 2088 periods are more than the 1,200 a calendar may have
         --> model.toml:5:7
          |
        5 | end = "2199-12"
          |       ^^^^^^^^^ here
          |
          = help: end earlier, or use longer periods
    "#]],
    );
}

/// A date that can never matter.
#[test]
fn an_expansion_after_the_end() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
[line.plant.expansion.hall]
adds = "5 round/year"
lead_time = "1 year"
from = "2031-01"
"#;
    check(
        Kind::OutsideCalendar,
        text,
        &expect![[r#"
        error: expansion `hall` can never be ordered
          --> model.toml:19:8
           |
        19 | from = "2031-01"
           |        ^^^^^^^^^ the calendar runs from 2026-01 to 2027-12
           |
           = help: write a month inside the calendar, or take the option out
    "#]],
    );
}

/// A figure cites a fact or says why it may be assumed.
#[test]
fn a_figure_without_a_source() {
    let text = r#"[model]
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::NoSource,
        text,
        &expect![[r#"
        error: `line.plant.capacity` has no source
         --> model.toml:9:12
          |
        9 | capacity = "20 round/year"
          |            ^^^^^^^^^^^^^^^ no fact, no note
          |
          = help: cite a fact with `{ fact = "…" }`, or say why it may be assumed in a `note`: beside it, in its table or in `[model]`

        error: `requirement.shells.quantity` has no source
          --> model.toml:14:12
           |
        14 | quantity = "30 round/year"
           |            ^^^^^^^^^^^^^^^ no fact, no note
           |
           = help: cite a fact with `{ fact = "…" }`, or say why it may be assumed in a `note`: beside it, in its table or in `[model]`
    "#]],
    );
}

/// A fact must be in the registry.
#[test]
fn an_unknown_fact() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = { fact = "plant-capacity" }
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::UnknownFact,
        text,
        &expect![[r#"
        error: unknown fact `plant-capacity`
          --> model.toml:10:21
           |
        10 | capacity = { fact = "plant-capacity" }
           |                     ^^^^^^^^^^^^^^^^ no such fact
           |
           = help: cite a fact of the folders named by `seeds` under `[model]`, or add it there
    "#]],
    );
}

/// Without a requirement the plan is empty.
#[test]
fn nothing_required() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
"#;
    check(
        Kind::NothingRequired,
        text,
        &expect![[r"
        error: requirement: nothing is required
         |
         = help: add a `[requirement.KEY]`: without one the best plan is to do nothing
    "]],
    );
}

/// No item can need itself.
#[test]
fn a_circle_of_needs() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
needs = { body = "1 body/round" }
[item.body]
unit = "body"
needs = { round = "0.1 round/body" }
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::Circle,
        text,
        &expect![[r#"
        error: the bill of materials of `round` runs in a circle: `round` → `body` → `round`
         --> model.toml:8:18
          |
        8 | needs = { body = "1 body/round" }
          |                  ^^^^^^^^^^^^^^ leads back to itself
          |
          = help: take one of these needs out
    "#]],
    );
}

/// Something must be able to meet it.
#[test]
fn a_requirement_nothing_can_meet() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::NothingMeets,
        text,
        &expect![[r"
        error: nothing can meet requirement `shells`
         --> model.toml:9:1
          |
        9 | [requirement.shells]
          | ^^^^^^^^^^^^^^^^^^^^ asks for `round`
          |
          = help: add a line, a supplier or an opening stock that provides it, with all that it needs
    "]],
    );
}

/// A line must be able to get what it uses.
#[test]
fn a_line_without_its_input() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
needs = { tnt = "8 kg/round" }
[item.tnt]
unit = "t"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::NoInput,
        text,
        &expect![[r#"
        error: line `plant` can never get `tnt`
          --> model.toml:12:9
           |
        12 | makes = "round"
           |         ^^^^^^^ needs `tnt`
           |
           = help: add a line, a supplier or a stock of `tnt`

        error: nothing can meet requirement `shells`
          --> model.toml:15:1
           |
        15 | [requirement.shells]
           | ^^^^^^^^^^^^^^^^^^^^ asks for `round`
           |
           = help: add a line, a supplier or an opening stock that provides it, with all that it needs
    "#]],
    );
}

/// What is on order matters only where new orders take time.
#[test]
fn orders_booked_without_a_lead_time() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
booked = "10 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::NeverMatters,
        text,
        &expect![[r#"
        error: `line.plant` has orders booked, but delivers new ones at once
          --> model.toml:11:10
           |
        11 | booked = "10 round/year"
           |          ^^^^^^^^^^^^^^^ matters only until the lead time has passed
           |
           = help: say how long a new order takes, `lead_time = "24 months"`, or leave `booked` out
    "#]],
    );
}

/// Something must make or sell an item where its owner buys it.
#[test]
fn origins_without_a_source() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[country.DE]
[country.PL]
[item.round]
unit = "round"
[line.plant]
makes = "round"
country = "PL"
capacity = "20 round/year"
[holder.ua]
stock.round = { origins = ["DE"] }
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::NoOrigin,
        text,
        &expect![[r#"
        error: nothing there makes or sells `round` for holder `ua`
          --> model.toml:15:27
           |
        15 | stock.round = { origins = ["DE"] }
           |                           ^^^^^^ no line or supplier
           |
           = help: `round` comes from `PL`
    "#]],
    );
}

/// A line without capacity or expansion is a slip.
#[test]
fn a_line_without_capacity() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "0 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::NoCapacity,
        text,
        &expect![[r#"
        error: line `plant` can never make anything
          --> model.toml:10:12
           |
        10 | capacity = "0 round/year"
           |            ^^^^^^^^^^^^^^ no capacity at any time
           |
           = help: give it capacity or an `expansion`, or take the line out

        error: nothing can meet requirement `shells`
          --> model.toml:12:1
           |
        12 | [requirement.shells]
           | ^^^^^^^^^^^^^^^^^^^^ asks for `round`
           |
           = help: add a line, a supplier or an opening stock that provides it, with all that it needs
    "#]],
    );
}

/// A minimum that cannot be kept leaves no plan.
#[test]
fn a_minimum_above_capacity() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
utilisation = "50 %"
minimum = "15 round/year"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    check(
        Kind::MinimumAboveCapacity,
        text,
        &expect![[r#"
        error: the minimum rate of line `plant` is 15 a year in 2026Q1, above the 10 it can make
          --> model.toml:11:11
           |
        11 | minimum = "15 round/year"
           |           ^^^^^^^^^^^^^^^ cannot be kept
        12 | capacity = "20 round/year"
           |            --------------- this is all it can make
           |
           = help: lower `minimum`, or raise `capacity` or `utilisation`
    "#]],
    );
}

/// An expansion must open fully.
#[test]
fn an_opening_that_never_opens() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
[line.plant.expansion.hall]
adds = "5 round/year"
lead_time = "1 year"
opening = [{ after = "0 months", share = "50 %" }]
"#;
    check(
        Kind::BadOpening,
        text,
        &expect![[r#"
        error: the opening of expansion `hall` does not rise to 100 %
          --> model.toml:19:11
           |
        19 | opening = [{ after = "0 months", share = "50 %" }]
           |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ must rise, and end at 100 %
           |
           = help: write shares that never fall, the last of them `100 %`
    "#]],
    );
}

/// Later tiers are dearer, or the plan would start with them.
#[test]
fn tiers_that_get_cheaper() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
[supplier.abroad]
item = "round"
rate = "9 round/year"
tiers = [{ up_to = "5 round/year", cost = "9 EUR/round" }, { cost = "7 EUR/round" }]
"#;
    check(
        Kind::TiersFall,
        text,
        &expect![[r#"
        error: a later tier of supplier `abroad` is cheaper than one before
          --> model.toml:19:9
           |
        19 | tiers = [{ up_to = "5 round/year", cost = "9 EUR/round" }, { cost = "7 EUR/round" }]
           |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ must get dearer from tier to tier
           |
           = help: put the cheapest tier first; a discount for quantity cannot be modelled
    "#]],
    );
}

/// Only the last tier is open.
#[test]
fn a_tier_without_an_end() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
[supplier.abroad]
item = "round"
rate = "9 round/year"
tiers = [{ cost = "5 EUR/round" }, { cost = "7 EUR/round" }]
"#;
    check(
        Kind::OpenTier,
        text,
        &expect![[r#"
        error: a tier of supplier `abroad` that is not the last has no end
          --> model.toml:19:9
           |
        19 | tiers = [{ cost = "5 EUR/round" }, { cost = "7 EUR/round" }]
           |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ later tiers are never reached
           |
           = help: give every tier but the last an `up_to`
    "#]],
    );
}

/// Shares of a price add up to one at most.
#[test]
fn content_above_the_price() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
content = { US = "60 %", DE = "50 %" }
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
[country.US]
[country.DE]
"#;
    check(
        Kind::ContentAboveOne,
        text,
        &expect![[r#"
        error: the shares of `content` add up to 110.0 %
          --> model.toml:10:11
           |
        10 | content = { US = "60 %", DE = "50 %" }
           |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ more than the whole price
           |
           = help: write shares that add up to 100 % at most
    "#]],
    );
}

/// What expired before the start is not there.
#[test]
fn a_stock_that_has_expired() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
[holder.ua.stock.round]
ages = [{ quantity = "5 round", expires = "2025-06" }]
"#;
    check(
        Kind::Expired,
        text,
        &expect![[r#"
        error: `round` of holder `ua` has expired before the calendar starts
          --> model.toml:17:8
           |
        17 | ages = [{ quantity = "5 round", expires = "2025-06" }]
           |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the calendar starts in 2026-01
           |
           = help: leave out what can no longer be used
    "#]],
    );
}

/// What expires is a part of what is there.
#[test]
fn ages_above_the_opening_stock() {
    let text = r#"[model]
note = "a toy"
[calendar]
start = "2026-01"
end = "2026-12"
period = "year"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
[holder.ua.stock.round]
opening = "20 round"
ages = [{ quantity = "15 round", expires = "2027-06" }, { quantity = "10 round", expires = "2028-06" }]
"#;
    check(
        Kind::AgesAboveOpening,
        text,
        &expect![[r#"
        error: `ages` adds up to 25, more than `opening`, which is 20
          --> model.toml:19:8
           |
        18 | opening = "20 round"
           |           ---------- all that is there at the start
        19 | ages = [{ quantity = "15 round", expires = "2027-06" }, { quantity = "10 round", expires = "2028-06" }]
           |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a part of `opening`
           |
           = help: raise `opening`, or leave it out: it is then the sum of `ages`
    "#]],
    );
}

/// A gift goes to another.
#[test]
fn a_gift_to_oneself() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
[holder.ua.stock.round]
opening = "5 round"
[gift.mine]
from = ["ua"]
to = "ua"
items = ["round"]
"#;
    check(
        Kind::ToItself,
        text,
        &expect![[r#"
        error: `ua` gives to itself along gift `mine`
          --> model.toml:20:6
           |
        20 | to = "ua"
           |      ^^^^ also among `from`
           |
           = help: name another holder
    "#]],
    );
}

/// A route joins two places.
#[test]
fn a_route_to_itself() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
country = "DE"
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
[country.DE]
[route.ring]
from = "DE"
to = "DE"
items = ["round"]
"#;
    check(
        Kind::ToItself,
        text,
        &expect![[r#"
        error: `holder.ua` deals in `round`, but lies on none of its routes
          --> model.toml:12:1
           |
        12 | [holder.ua]
           | ^^^^^^^^^^^ routes of `round` join `DE`
           |
           = help: give it a `country` in one of these places, or add a route

        error: route `ring` leads from `DE` to itself
          --> model.toml:20:6
           |
        20 | to = "DE"
           |      ^^^^ the same as `from`
           |
           = help: name two places
    "#]],
    );
}

/// Givers must hold what they give.
#[test]
fn a_gift_of_what_nobody_holds() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
[holder.donor]
[gift.all]
from = ["donor"]
to = "ua"
items = ["round"]
"#;
    check(
        Kind::NothingToGive,
        text,
        &expect![[r#"
        error: nobody who gives along gift `all` holds `round`
          --> model.toml:20:9
           |
        20 | items = ["round"]
           |         ^^^^^^^^^ names `round`
           |
           = help: give one of them a `stock.round`, or take the item out
    "#]],
    );
}

/// Hubs count tonnes.
#[test]
fn a_hub_for_what_has_no_mass() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
[holder.donor]
stock.round = { opening = "5 round" }
[hub.rail]
throughput = "5 t/month"
[gift.all]
from = ["donor"]
to = "ua"
items = ["round"]
hub = "rail"
"#;
    check(
        Kind::NoMass,
        text,
        &expect![[r#"
        error: `round` passes hub `rail`, but has no mass
          --> model.toml:24:7
           |
         6 | [item.round]
           | ------------ has no `mass`
        ...
        24 | hub = "rail"
           |       ^^^^^^ counts in tonnes
           |
           = help: write `mass = "47 kg/round"` with its weight
    "#]],
    );
}

/// Whoever deals in an item lies on its routes.
#[test]
fn a_line_off_the_routes() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
[country.DE]
[country.UA]
[route.east]
from = "DE"
to = "UA"
items = ["round"]
"#;
    check(
        Kind::NoPlace,
        text,
        &expect![[r"
        error: `line.plant` deals in `round`, but lies on none of its routes
         --> model.toml:8:1
          |
        8 | [line.plant]
          | ^^^^^^^^^^^^ routes of `round` join `DE`, `UA`
          |
          = help: give it a `country` in one of these places, or add a route

        error: `holder.ua` deals in `round`, but lies on none of its routes
          --> model.toml:11:1
           |
        11 | [holder.ua]
           | ^^^^^^^^^^^ routes of `round` join `DE`, `UA`
           |
           = help: give it a `country` in one of these places, or add a route
    "]],
    );
}

/// Tiers are 1 to 9.
#[test]
fn no_tier() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
tier = 1.5
quantity = "30 round/year"
"#;
    check(
        Kind::NotATier,
        text,
        &expect![[r"
            error: 1.5 is not a tier
              --> model.toml:15:8
               |
            15 | tier = 1.5
               |        ^^^ must be a whole number from 1 to 9
               |
               = help: write 1 for what comes first, up to 9 for what comes last
        "]],
    );
}

/// A fund has money in the calendar.
#[test]
fn a_fund_without_money() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
[fund.aid]
amount = [{ from = "2030-01", value = "1 M EUR/year" }]
"#;
    check(
        Kind::NoMoney,
        text,
        &expect![[r#"
        error: fund `aid` has no money between 2026-01 and 2027-12
          --> model.toml:17:10
           |
        17 | amount = [{ from = "2030-01", value = "1 M EUR/year" }]
           |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ nothing in the calendar
           |
           = help: write an amount in a year of the calendar, or take the fund out
    "#]],
    );
}

/// A fund can pay for something.
#[test]
fn a_fund_that_can_pay_for_nothing() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
[supplier.abroad]
item = "round"
rate = "9 round/year"
[item.tnt]
unit = "t"
[fund.all]
amount = "1 M EUR/year"
[fund.aid]
amount = "1 M EUR/year"
buys = { items = ["tnt"] }
"#;
    check(
        Kind::UselessFund,
        text,
        &expect![[r#"
        error: fund `aid` can pay for nothing in this model
          --> model.toml:25:8
           |
        25 | buys = { items = ["tnt"] }
           |        ^^^^^^^^^^^^^^^^^^^ no line, supplier, expansion, gift or route passes all of these
           |
           = help: widen `buys`, or take the fund out
    "#]],
    );
}

/// Where money counts, someone must be able to pay.
#[test]
fn a_requirement_no_fund_can_pay_for() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
[holder.other]
[requirement.theirs]
holder = "other"
item = "round"
quantity = "5 round/year"
[fund.aid]
amount = "1 M EUR/year"
buys = { holders = ["ua"] }
"#;
    check(
        Kind::NoPayer,
        text,
        &expect![[r"
        error: no fund can pay for requirement `theirs`
          --> model.toml:17:1
           |
        17 | [requirement.theirs]
           | ^^^^^^^^^^^^^^^^^^^^ for holder `other`
           |
           = help: let a fund buy what meets it for this holder, from where it is made
    "]],
    );
}

/// Loans are paid back after their grace.
#[test]
fn a_loan_that_matures_in_its_grace() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
[fund.loan]
amount = "1 M EUR/year"
loan = { rate = "3 %/year", grace = "10 years", maturity = "5 years" }
"#;
    check(
        Kind::LoanMatures,
        text,
        &expect![[r#"
        error: loan `loan` matures before it is paid back
          --> model.toml:18:60
           |
        18 | loan = { rate = "3 %/year", grace = "10 years", maturity = "5 years" }
           |                                     ----------             ^^^^^^^^^ not after `grace`
           |                                     |
           |                                     nothing is paid back before this
           |
           = help: write a `maturity` longer than `grace`
    "#]],
    );
}

/// Files that cannot be read at all.
#[test]
fn a_file_that_is_not_there() {
    let problems = sinews::read("models/nowhere.toml").unwrap_err();
    check_problems(
        Kind::NoFile,
        &problems,
        &expect![[r"
        error: models/nowhere.toml: cannot read the file: No such file or directory (os error 2)
         |
         = help: name a TOML file that is there
    "]],
    );
}

#[test]
fn a_file_that_is_not_text() {
    let folder = scratch("not-text");
    std::fs::write(folder.join("model.toml"), b"[model]\nname = \"\xff\"\n").unwrap();
    let problems = sinews::read(folder.join("model.toml")).unwrap_err();
    assert_eq!(problems.list()[0].kind, Kind::NotUtf8);
    let text = problems.to_string();
    assert!(
        text.ends_with("the file is not UTF-8 text (at byte 16)\n |\n = help: save it as UTF-8"),
        "{text}"
    );
}

#[test]
fn a_file_that_is_too_large() {
    let folder = scratch("too-large");
    std::fs::write(folder.join("model.toml"), vec![b'#'; (16 << 20) + 1]).unwrap();
    let problems = sinews::read(folder.join("model.toml")).unwrap_err();
    assert_eq!(problems.list()[0].kind, Kind::TooLarge);
    let text = problems.to_string();
    assert!(text.ends_with("the file is larger than 16 MiB\n |\n = help: split it, and name the parts under `include`"), "{text}");
}

/// Names of files that a model names and that are not there. What may not be read: tests/files.rs.
#[test]
fn named_files_that_are_not_there() {
    let text = "[model]\nnote = \"a test\"\nseeds = [\"no-seeds\"]\ninclude = [\"no-part.toml\"]\n";
    let opened = sinews::document::Document::parse_beside("model.toml", text, ".");
    check_problems(
        Kind::NoFile,
        &opened.unwrap_err(),
        &expect![[r#"
        error: cannot read `no-seeds`
         --> model.toml:3:10
          |
        3 | seeds = ["no-seeds"]
          |          ^^^^^^^^^^ not there
          |
          = help: name a folder of `*.toml` files, relative to this file

        error: cannot read `no-part.toml`
         --> model.toml:4:12
          |
        4 | include = ["no-part.toml"]
          |            ^^^^^^^^^^^^^^ not there
          |
          = help: name a TOML file, relative to this file
    "#]],
    );
}

/// A text that comes from no folder reads none.
#[test]
fn files_that_a_text_names() {
    check(
        Kind::OutOfReach,
        "[model]\ninclude = [\"models/tiny.toml\"]\n",
        &expect![[r#"
        error: `include` names files, and a text has no folder to read them from
         --> model.toml:2:12
          |
        2 | include = ["models/tiny.toml"]
          |            ^^^^^^^^^^^^^^^^^^ not read
          |
          = help: open the model as a file, or put what it names into the text
    "#]],
    );
}

/// Two files that belong together must not say two things.
#[test]
fn two_files_that_clash() {
    let folder = scratch("clash");
    std::fs::write(folder.join("part.toml"), "[item.round]\nunit = \"shell\"\n").unwrap();
    let text =
        "[model]\nnote = \"a test\"\ninclude = [\"part.toml\"]\n[item.round]\nunit = \"round\"\n";
    std::fs::write(folder.join("model.toml"), text).unwrap();
    let problems = sinews::read(folder.join("model.toml")).unwrap_err();
    assert_eq!(problems.list()[0].kind, Kind::DuplicateKey);
    let shown = problems.to_string();
    assert!(shown.contains("`unit` is written twice"), "{shown}");
    assert!(
        shown.contains("model.toml:5:1") && shown.contains("part.toml:2:1"),
        "{shown}"
    );
}

const FACT: &str = r#"
[[fact]]
id = "plant-capacity"
subject = "A plant"
quantity = "capacity"
value = 20
unit = "round/year"
as_of = "2026"
confidence = "high"
source = { publisher = "A ministry", title = "A report", date = "2026-01-01", url = "https://example.org" }
"#;

/// A model that cites the fact in a folder of its own.
fn citing(fact: &str, capacity: &str) -> Problems {
    let folder = scratch(&format!("cite-{}", capacity.len() + fact.len() * 1000));
    std::fs::create_dir_all(folder.join("seeds")).unwrap();
    std::fs::write(folder.join("seeds/facts.toml"), fact).unwrap();
    let text = format!(
        "[model]\nnote = \"a test\"\nseeds = [\"seeds\"]\n[calendar]\nstart = \"2026-01\"\nend = \"2026-12\"\n[item.round]\nunit = \"round\"\n[line.plant]\nmakes = \"round\"\ncapacity = {capacity}\n[holder.ua]\n[requirement.shells]\nholder = \"ua\"\nitem = \"round\"\nquantity = \"30 round/year\"\n"
    );
    std::fs::write(folder.join("model.toml"), text).unwrap();
    sinews::read(folder.join("model.toml")).unwrap_err()
}

/// The message without the folder it was made in.
fn check_cited(kind: Kind, fact: &str, capacity: &str, wanted: &Expect) {
    let problems = citing(fact, capacity);
    assert!(
        problems.list().iter().any(|problem| problem.kind == kind),
        "{problems}"
    );
    let text = problems.to_string();
    let plain: Vec<_> = text
        .lines()
        .map(|line| match line.split_once("--> ") {
            Some((before, path)) => format!("{before}--> {}", path.rsplit('/').next().unwrap()),
            None => line.to_owned(),
        })
        .collect();
    wanted.assert_eq(&format!("{}\n", plain.join("\n")));
}

#[test]
fn a_stale_copy_of_a_fact() {
    let capacity = r#"{ fact = "plant-capacity", value = "25 round/year" }"#;
    check_cited(
        Kind::StaleCopy,
        FACT,
        capacity,
        &expect![[r#"
        error: the copy of fact `plant-capacity` is stale
          --> model.toml:11:47
           |
        11 | capacity = { fact = "plant-capacity", value = "25 round/year" }
           |                     ----------------          ^^^^^^^^^^^^^^^ the fact says 20 round/year
           |                     |
           |                     cited here
           |
           = help: write what the fact says, or leave `value` out
    "#]],
    );
}

#[test]
fn a_fact_in_another_unit() {
    let fact = FACT.replace("round/year", "round");
    check_cited(
        Kind::FactUnit,
        &fact,
        r#"{ fact = "plant-capacity" }"#,
        &expect![[r#"
            error: fact `plant-capacity` is in `round`, where `round/year` is wanted
              --> model.toml:11:21
               |
            11 | capacity = { fact = "plant-capacity" }
               |                     ^^^^^^^^^^^^^^^^ 20 round
               |
               = help: cite another fact, give `scale` a unit, spread it `over` a time, or write the figure with a note that says how it follows from this one
        "#]],
    );
}

#[test]
fn a_fact_scaled_to_another_unit() {
    let fact = FACT.replace("round/year", "gun");
    check_cited(
        Kind::FactUnit,
        &fact,
        r#"{ fact = "plant-capacity", scale = "4 round/gun" }"#,
        &expect![[r#"
            error: fact `plant-capacity` is in `gun × round/gun`, where `round/year` is wanted
              --> model.toml:11:21
               |
            11 | capacity = { fact = "plant-capacity", scale = "4 round/gun" }
               |                     ^^^^^^^^^^^^^^^^ 20 gun
               |
               = help: cite another fact, give `scale` a unit, spread it `over` a time, or write the figure with a note that says how it follows from this one
        "#]],
    );
}

#[test]
fn a_scale_that_leaves_two_units_above_the_line() {
    let fact = FACT.replace("round/year", "gun");
    check_cited(
        Kind::FactUnit,
        &fact,
        r#"{ fact = "plant-capacity", scale = "4 round", over = "2 years" }"#,
        &expect![[r#"
            error: `gun` times `round × 1/(years)` is no unit
              --> model.toml:11:21
               |
            11 | capacity = { fact = "plant-capacity", scale = "4 round", over = "2 years" }
               |                     ^^^^^^^^^^^^^^^^ two names stay above the line
               |
               = help: write a `scale` whose unit takes the fact's away, such as `"4 missile/ship"` for a fact in ships
        "#]],
    );
}

#[test]
fn a_fact_spread_over_what_is_no_time() {
    let fact = FACT.replace("round/year", "round");
    check_cited(
        Kind::WrongUnit,
        &fact,
        r#"{ fact = "plant-capacity", over = "2 rounds" }"#,
        &expect![[r#"
            error: `line.plant.capacity.over` is not a time
              --> model.toml:11:46
               |
            11 | capacity = { fact = "plant-capacity", over = "2 rounds" }
               |                                              ^^^^^^^^^^ over how long?
               |
               = help: write a time above zero, such as `"4 years"`
        "#]],
    );
}

#[test]
fn a_range_in_another_currency_than_its_figure() {
    check(
        Kind::MixedCurrencies,
        r#"
[model]
note = "a test"
[macro]
exchange = { USD = "1.1 USD/EUR" }
[calendar]
start = "2026-01"
end = "2026-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "10 round/year"
cost = { value = "100 EUR/round", low = "90 EUR/round", high = "120 USD/round", note = "a guess" }
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#,
        &expect![[r#"
            error: `line.plant.cost.high` is in another currency than its figure
              --> model.toml:14:64
               |
            14 | cost = { value = "100 EUR/round", low = "90 EUR/round", high = "120 USD/round", note = "a guess" }
               |                                                                ^^^^^^^^^^^^^^^ not EUR
               |
               = help: write both ends of the range in EUR
        "#]],
    );
}

#[test]
fn ends_of_a_range_beside_a_fact_out_of_order() {
    check_cited(
        Kind::RangeOrder,
        FACT,
        r#"{ fact = "plant-capacity", low = "25 round/year", high = "30 round/year" }"#,
        &expect![[r#"
            error: `line.plant.capacity` does not lie between its `low` and its `high`
              --> model.toml:11:21
               |
            11 | capacity = { fact = "plant-capacity", low = "25 round/year", high = "30 round/year" }
               |                     ^^^^^^^^^^^^^^^^ low ≤ value ≤ high does not hold
               |
               = help: put the three in order
        "#]],
    );
}

#[test]
fn a_fault_in_a_step_is_told_once() {
    check_cited(
        Kind::UnknownField,
        FACT,
        r#"[{ from = "2026-01", fact = "plant-capacity", factor = 2 }]"#,
        &expect![[r#"
            error: unknown field `factor` in `line.plant.capacity.2026-01`
              --> model.toml:11:58
               |
            11 | capacity = [{ from = "2026-01", fact = "plant-capacity", factor = 2 }]
               |                                                          ^^^^^^ did you mean `fact`?
               |
               = help: write `fact`
        "#]],
    );
}

#[test]
fn a_fact_with_a_near_name() {
    check_cited(
        Kind::UnknownFact,
        FACT,
        r#"{ fact = "plant-capacty" }"#,
        &expect![[r#"
            error: unknown fact `plant-capacty`
              --> model.toml:11:21
               |
            11 | capacity = { fact = "plant-capacty" }
               |                     ^^^^^^^^^^^^^^^ did you mean `plant-capacity`?
               |
               = help: cite a fact of the folders named by `seeds` under `[model]`, or add it there
        "#]],
    );
}

#[test]
fn two_facts_of_one_name() {
    check_cited(
        Kind::DuplicateFact,
        &format!("{FACT}{FACT}"),
        "1",
        &expect![[r"
            error: two facts are called `plant-capacity`
              --> facts.toml:12:1
               |
             2 | [[fact]]
               | -------- the first
            ...
            12 | [[fact]]
               | ^^^^^^^^ the second
               |
               = help: give each an id of its own; keep conflicting figures side by side under two ids
        "]],
    );
}

#[test]
fn a_fact_without_a_source() {
    let lines: Vec<_> = FACT
        .lines()
        .filter(|line| !line.starts_with("source"))
        .collect();
    let fact = lines.join("\n");
    check_cited(
        Kind::MissingField,
        &fact,
        "1",
        &expect![[r#"
        error: `fact.plant-capacity` has no `source`
         --> facts.toml:2:1
          |
        2 | [[fact]]
          | ^^^^^^^^ `source` is missing
          |
          = help: write `source = { publisher = "Army Technology", title = "TNT plant at Nora", date = "2026-01-15", url = "https://…" }`
    "#]],
    );
}

#[test]
fn a_fact_with_a_unit_that_cannot_be_read() {
    let fact = FACT.replace("round/year", "rounds per year");
    check_cited(
        Kind::FactUnit,
        &fact,
        "1",
        &expect![[r#"
        error: `rounds per year` is no unit that can be read
         --> facts.toml:7:8
          |
        7 | unit = "rounds per year"
          |        ^^^^^^^^^^^^^^^^^ not a unit
          |
          = help: write it as in a model: `round/year`, `EUR/round`, `month`, `%`
    "#]],
    );
}

#[test]
fn a_fact_with_its_range_in_disorder() {
    let fact = FACT.replace("value = 20", "value = 20\nlow = 25\nhigh = 30");
    check_cited(
        Kind::RangeOrder,
        &fact,
        "1",
        &expect![[r"
        error: the value of fact `plant-capacity` does not lie between its `low` and its `high`
         --> facts.toml:6:9
          |
        6 | value = 20
          |         ^^ low ≤ value ≤ high does not hold
          |
          = help: put the three in order
    "]],
    );
}

/// Models built in Rust get the same rules; their problems name the value by its keys.
#[test]
fn a_model_built_in_rust() {
    use sinews::calendar::{Calendar, PeriodLength};
    use sinews::model::{Draft, Holder, Item, Line, Requirement};
    use sinews::units::per_year;
    let month = "2026-01".parse().unwrap();
    let mut draft = Draft::new(Calendar::new(month, month, PeriodLength::Month).unwrap());
    let round = draft.items.push(Item::new("round", "round"));
    draft
        .lines
        .push(Line::new("plant", round).capacity(per_year(-20.0)));
    draft
        .lines
        .push(Line::new("plant", round).capacity(per_year(f64::NAN)));
    let ua = draft.holders.push(Holder::new("ua"));
    draft
        .requirements
        .push(Requirement::new("shells", ua, round, per_year(30.0)));
    let problems = draft.check().unwrap_err();
    check_problems(
        Kind::DuplicateName,
        &problems,
        &expect![[r"
            error: line.plant: two lines are called `plant`
             |
             = help: give each a name of its own

            error: line.plant.capacity: `capacity` is -20, which it cannot be
             |
             = help: write zero or more

            error: line.plant.capacity: `capacity` is not a finite number
             |
             = help: write a finite number
        "]],
    );
}

/// A change that can do nothing to what it names.
#[test]
fn a_shift_of_one_price_for_all_time() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "30 round/year"
cost = "9 EUR/round"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
[scenario.late]
note = "dearer, later"
shift = { "line.plant.cost" = "6 months" }
"#;
    let document = sinews::document::Document::parse("model.toml", text).unwrap();
    let problems = document.scenario("late").and_then(|late| late.model());
    check_problems(
        Kind::NoEffect,
        &problems.unwrap_err(),
        &expect![[r#"
            error: a shift of `line.plant.cost` moves nothing
              --> model.toml:19:11
               |
            11 | cost = "9 EUR/round"
               |        ------------- one value for all time, before its first step as well
            ...
            19 | shift = { "line.plant.cost" = "6 months" }
               |           ^^^^^^^^^^^^^^^^^ no step to move
               |
               = help: write the figure as steps, `[{ from = "2026-01", value = … }, { from = "2027-01", value = … }]`: all but the first move
        "#]],
    );
}

/// Several faults at once: all of them, in the order of the text.
#[test]
fn every_problem_at_once() {
    let text = r#"[model]
note = "a test"
[calendar]
start = "2026-01"
end = "2027-12"
perod = "year"
[item.round]
unit = "round"
needs = { tnt = "8 kg/round" }
[line.plant]
makes = "rounds"
capacity = 350000
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "-30 round/year"
tier = 0
"#;
    check(
        Kind::UnknownName,
        text,
        &expect![[r#"
            error: unknown field `perod` in `calendar`
             --> model.toml:6:1
              |
            6 | perod = "year"
              | ^^^^^ did you mean `period`?
              |
              = help: write `period`

            error: unknown item `tnt`
             --> model.toml:9:11
              |
            9 | needs = { tnt = "8 kg/round" }
              |           ^^^ no item has this name
              |
              = help: declare it under `[item.tnt]`

            error: unknown item `rounds`
              --> model.toml:11:9
               |
            11 | makes = "rounds"
               |         ^^^^^^^^ did you mean `round`?
               |
               = help: write `round`, or declare `[item.rounds]`

            error: `line.plant.capacity` has no unit
              --> model.toml:12:12
               |
            12 | capacity = 350000
               |            ^^^^^^ 350000 of what?
               |
               = help: write `"350000 round/year"`

            error: `quantity` is -30, which it cannot be
              --> model.toml:17:12
               |
            17 | quantity = "-30 round/year"
               |            ^^^^^^^^^^^^^^^^ must be zero or more
               |
               = help: write zero or more

            error: 0 is not a tier
              --> model.toml:18:8
               |
            18 | tier = 0
               |        ^ must be a whole number from 1 to 9
               |
               = help: write 1 for what comes first, up to 9 for what comes last
        "#]],
    );
}

/// An empty folder of its own.
fn scratch(name: &str) -> std::path::PathBuf {
    let folder = std::env::temp_dir().join(format!("sinews-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Each kind has a test above.
#[test]
fn every_kind_is_tested() {
    let tests = include_str!("problems.rs");
    let kinds = include_str!("../src/problem/kind.rs");
    let names = kinds
        .lines()
        .filter_map(|line| line.trim().strip_suffix(','));
    let names: Vec<_> = names
        .filter(|name| name.chars().all(char::is_alphanumeric))
        .collect();
    assert!(names.len() >= 40, "{names:?}");
    for name in names {
        assert!(
            tests.contains(&format!("Kind::{name}")),
            "no test of `Kind::{name}`"
        );
    }
}
