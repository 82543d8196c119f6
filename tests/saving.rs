//! Saving: what is written reads back to the same model, and says where its figures come from.
#![allow(clippy::unwrap_used)]

mod common;

use common::{saved, shipped, text};
use sinews::calendar::{Calendar, Month, PeriodLength};
use sinews::document::{Document, NotSaved, parse, save, to_toml};
use sinews::evidence::{Basis, Evidence};
use sinews::ids::{Id, ItemId, LineId, Table};
use sinews::model::{
    Batch, Currency, Draft, Expansion, Fund, Holder, Item, Line, Measured, Model, Region,
    Requirement, Rule, Stock, Supplier,
};
use sinews::path::Path;
use sinews::units::{
    MoneyPerYear, Pieces, PiecesPerYear, Share, SharePerYear, months, per_piece, per_year,
};

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// A year of one item, made by one line for one holder.
fn draft() -> Draft {
    let year = Calendar::new(month("2026-01"), month("2027-12"), PeriodLength::Year).unwrap();
    let mut draft = Draft::new(year);
    draft.name = "Rust".into();
    let round = draft.items.push(Item::new("round", "round"));
    let plant = Line::new("plant", round)
        .capacity(per_year(100.0))
        .cost(per_piece(3_600.0));
    draft.lines.push(plant);
    let ukraine = draft.holders.push(Holder::new("ukraine"));
    let shells = Requirement::new("shells", ukraine, round, per_year(150.0));
    draft.requirements.push(shells);
    draft
}

/// The draft as it reads back, without evidence, of which a draft built in Rust has none.
fn again(draft: &Draft) -> Draft {
    let text = to_toml(draft).unwrap();
    let mut again = parse("again.toml", &text).unwrap().into_draft();
    again.evidence = Evidence::default();
    again
}

fn checked(draft: Draft) -> Draft {
    let mut draft = draft.check().unwrap().into_draft();
    draft.evidence = Evidence::default();
    draft
}

#[test]
fn every_shipped_model_reads_back_as_it_was() {
    let published = [
        "models/published/farmer.toml",
        "models/published/steelt.toml",
    ];
    let published = published.map(std::path::PathBuf::from);
    for path in shipped().into_iter().chain(published) {
        let model = sinews::read(&path).unwrap();
        if let Some(fault) = saved::fault(&model) {
            panic!(
                "{}: {}",
                path.display(),
                fault.chars().take(4_000).collect::<String>()
            );
        }
    }
}

#[test]
fn a_saved_model_reads_like_one_written_by_hand() {
    let model = text(
        r#"
[model]
name = "toy"
note = "a toy"
[calendar]
start = "2026-01"
end = "2027-12"
period = "year"
[item.round]
unit = "round"
[line.plant]
makes = "round"
cost = { value = "2_000 EUR/round", note = "a guess" }
capacity = { 2026 = { low = "1_000 round/year", high = "3_000 round/year" }, 2027-07 = "250 round/month" }
yield = "97 %"
expansion.hall = { adds = "100 round/year", lead_time = "1 year", cost = "1.5 bn EUR" }
[holder.ua]
[requirement.r]
holder = "ua"
item = "round"
quantity = "1 M round/year"
weight = 1.5
"#,
    );
    let wanted = r#"[model]
name = "toy"
note = "a toy"

[calendar]
start = "2026-01"
end = "2027-12"
period = "year"

[macro]
currency = "EUR"
price_year = 2026

[item.round]
unit = "round"

[line.plant]
makes = "round"
cost = { value = "2_000 EUR/round", note = "a guess" }
capacity = { 2026 = { value = "2_000 round/year", low = "1_000 round/year", high = "3_000 round/year" }, 2027-07 = "3_000 round/year" }
yield = "97 %"

[line.plant.expansion.hall]
adds = "100 round/year"
cost = "1.5 bn EUR"
lead_time = "12 months"

[holder.ua]

[requirement.r]
holder = "ua"
item = "round"
quantity = "1_000_000 round/year"
weight = 1.5
"#;
    assert_eq!(to_toml(&model).unwrap(), wanted);
}

#[test]
fn a_fact_is_told_in_a_note_and_keeps_its_range() {
    let europe = sinews::read("models/europe.toml").unwrap();
    let again = parse("again.toml", &to_toml(&europe).unwrap()).unwrap();
    let cited = europe
        .evidence
        .figures
        .iter()
        .position(|figure| figure.range.is_some() && matches!(figure.basis, Basis::Fact(_)));
    let (was, is) = (
        &europe.evidence.figures[cited.unwrap()],
        &again.evidence.figures[cited.unwrap()],
    );
    assert_eq!(
        (was.value, was.range, &was.unit),
        (is.value, is.range, &is.unit)
    );
    let Basis::Fact(id) = &was.basis else {
        unreachable!()
    };
    let fact = europe
        .evidence
        .facts
        .iter()
        .find(|fact| fact.id == *id)
        .unwrap();
    let Basis::Assumption(note) = &is.basis else {
        panic!("{is:?}")
    };
    assert!(
        note.contains(id) && note.contains(&fact.source.url),
        "{note}"
    );
    assert!(again.evidence.facts.is_empty());
}

/// Figures with all the digits that a number can have, and with none.
#[test]
fn numbers_read_back_to_the_last_bit() {
    let odd = [
        0.1 + 0.2,
        1.0 / 3.0,
        1e-9,
        123_456_789.123_456_79,
        1e15 + 0.125,
        2.5e19,
        1e22 / 7.0,
        1e300,
        f64::MIN_POSITIVE,
        0.07,
        1.0 + f64::EPSILON,
        999_999.999_999_999_9,
    ];
    for value in odd {
        let mut d = draft();
        let line = d.lines.values_mut().next().unwrap();
        *line = line
            .clone()
            .capacity(per_year(value))
            .cost(per_piece(value));
        line.lead_time = months(value.min(10.0));
        line.yield_share = Share::new(value.min(1.0));
        d.money.discount = SharePerYear::new(value.min(1.0));
        d.requirements.values_mut().next().unwrap().weight = value;
        let d = checked(d);
        assert_eq!(again(&d), d, "{value:e}");
    }
}

/// Paths that a file has no notation of its own for have the same value in every month.
#[test]
fn figures_over_time_keep_their_values() {
    let steps = [
        (month("2026-07"), per_year(10.0)),
        (month("2027-01"), per_year(30.0)),
    ];
    let mut d = draft();
    let line = d.lines.values_mut().next().unwrap();
    // A file has no capacity before its first step, and a price that holds before it.
    line.capacity = Path::steps(steps);
    let price = Path::steps([(month("2026-07"), per_piece(5.0))]).from_nothing();
    line.products[0].tiers[0].cost.amount = price;
    let d = checked(d);
    let is = again(&d);
    for first in [
        "1900-01", "2026-01", "2026-06", "2026-07", "2027-01", "2030-01",
    ]
    .map(month)
    {
        let line = |draft: &Draft| {
            let line = &draft.lines[LineId::at(0)];
            (
                line.capacity.at(first),
                line.products[0].tiers[0].cost.amount.at(first),
            )
        };
        assert_eq!(line(&is), line(&d), "{first}");
    }
    let mut d = draft();
    let line = d.lines.values_mut().next().unwrap();
    line.capacity = Path::steps(steps).from_nothing();
    line.utilisation = Path::steps([(month("2026-07"), Share::new(0.5))]);
    let d = checked(d);
    assert_eq!(again(&d), d);
}

#[test]
fn names_stocks_regions_and_currencies_read_back() {
    let mut d = draft();
    d.money.inflation = Path::constant(SharePerYear::new(0.021_234_567_890_123_4));
    let worth = Path::constant(Share::new(0.877_193_298_245_614_1));
    let dollar = d.money.currencies.push(Currency {
        code: "USD".into(),
        worth,
    });
    let eu = d.regions.push(Region::new("EU"));
    let mut germany = Region::new("DE");
    germany.blocs = vec![eu];
    let germany = d.regions.push(germany);
    let odd = "a \"quoted\"\nkey. with * and \u{7f}é";
    let mut line = Line::new(odd, ItemId::at(0)).capacity(per_year(1.0));
    line.country = Some(germany);
    line.name = "'\u{0}\\".into();
    let line = d.lines.push(line);
    d.expansions
        .push(Expansion::new("hall", line, per_year(5.0), months(3.0)));
    let ukraine = d.holders.ids().next().unwrap();
    let mut stock = Stock::new(ukraine, ItemId::at(0)).opening(Pieces::new(0.1));
    stock.opening.push(Batch {
        quantity: Pieces::new(1e6),
        expires: Some(month("2027-03")),
    });
    stock.opening.push(Batch {
        quantity: Pieces::new(0.3),
        expires: None,
    });
    d.stocks.push(stock);
    let amount = Path::constant(MoneyPerYear::new(1e6 / 3.0));
    let mut fund = Fund::new("aid", amount);
    fund.currency = dollar;
    d.funds.push(fund);
    d.suppliers.push(Supplier::new(
        "abroad",
        ItemId::at(0),
        per_year(7.0),
        per_piece(9.0).into(),
    ));
    let d = checked(d);
    assert_eq!(again(&d), d);
}

/// A file lists expansions with their line: only their numbers change.
#[test]
fn expansions_of_two_lines_may_change_places() {
    let mut d = draft();
    let plant = d.lines.ids().next().unwrap();
    let other = d
        .lines
        .push(Line::new("other", ItemId::at(0)).capacity(per_year(1.0)));
    let keys = [("a", other), ("b", plant), ("c", other)];
    for (key, line) in keys {
        d.expansions
            .push(Expansion::new(key, line, per_year(5.0), months(3.0)));
    }
    let d = checked(d);
    let found: Vec<_> = again(&d).expansions.values().cloned().collect();
    let sorted = [1, 0, 2].map(|n| d.expansions.values().nth(n).unwrap().clone());
    assert_eq!(found, sorted);
}

/// What was changed since it was read says so, and takes no range or note of what it was.
#[test]
fn a_figure_that_was_changed_loses_its_source() {
    let model = common::toy(
        r#"
[line.plant]
makes = "round"
capacity = { value = "100 round/year", low = "50 round/year", high = "150 round/year", note = "read" }
cost = { value = "5 EUR/round", note = "read" }
[requirement.r]
holder = "ua"
item = "round"
quantity = "100 round/year"
"#,
    );
    let mut draft = model.into_draft();
    draft.lines.values_mut().next().unwrap().capacity = per_year(200.0).into();
    let text = to_toml(&draft).unwrap();
    assert!(
        text.contains(
            "capacity = { value = \"200 round/year\", note = \"Stated without a source\" }"
        ),
        "{text}"
    );
    assert!(
        text.contains("cost = \"5 EUR/round\"\n") && text.contains("\nnote = \"read\"\n"),
        "{text}"
    );
}

/// What could not be read back is not saved: a file may not hold what only a scenario may leave.
#[test]
fn what_breaks_a_rule_is_not_saved() {
    let mut d = draft();
    d.lines.values_mut().next().unwrap().capacity = PiecesPerYear::new(-1.0).into();
    let problems = to_toml(&d).unwrap_err();
    assert_eq!(problems.list()[0].kind, sinews::problem::Kind::OutOfRange);
    let mut d = draft();
    d.items = Table::from_iter([Item::new("round", "year")]);
    let problems = to_toml(&d).unwrap_err();
    assert_eq!(problems.list()[0].kind, sinews::problem::Kind::ReservedUnit);
}

#[test]
fn a_file_is_saved_and_read() {
    let folder = std::env::temp_dir().join(format!("sinews-saving-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("saved.toml");
    let model: Model = sinews::read("models/shells.toml").unwrap();
    save(&path, &model).unwrap();
    let again = Document::open(&path).unwrap().model().unwrap();
    assert_eq!(again.lines, model.lines);
    let fault = save(folder.join("no/such/folder.toml"), &model).unwrap_err();
    assert!(matches!(fault, NotSaved::Fault(_)), "{fault}");
    std::fs::remove_dir_all(&folder).unwrap();
}

/// A file has no words for rules of one's own: a model with one is not saved without it.
#[test]
fn a_rule_is_not_lost() {
    let mut draft = sinews::read("models/shells.toml").unwrap().into_draft();
    let aid = draft.funds.called("aid");
    let spending = Measured::Spending {
        fund: aid,
        region: None,
    };
    let rule = Rule::at_most("half", 1e9, "EUR").with(1.0, spending);
    draft.rules.push(rule);
    let problems = to_toml(&draft).unwrap_err();
    assert_eq!(
        problems.list()[0].message,
        "the rule `half` cannot be saved"
    );
}
