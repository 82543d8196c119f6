//! A model built in Rust, solved: `cargo run --example quickstart`

mod common;

use common::out::say;
use sinews::calendar::{Calendar, PeriodLength};
use sinews::ids::PeriodId;
use sinews::model::{Draft, Expansion, Holder, Item, Line, Requirement};
use sinews::program::Row;
use sinews::solve::Options;
use sinews::units::{Money, months, per_piece, per_year};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Two years in quarters.
    let start = "2026-01".parse()?;
    let mut draft = Draft::new(Calendar::new(
        start,
        "2027-12".parse()?,
        PeriodLength::Quarter,
    )?);

    // A round takes 12.5 kg of propellant.
    let powder = draft.items.push(Item::new("powder", "t"));
    let round = draft
        .items
        .push(Item::new("round", "round").needs(powder, 0.0125));

    // A mill for 1,000 t a year, which can be expanded, and a plant for 120,000 rounds.
    let mill = draft
        .lines
        .push(Line::new("mill", powder).capacity(per_year(1_000.0)));
    let mut second = Expansion::new("second-mill", mill, per_year(400.0), months(12.0));
    second.cost = Some(Money::new(60e6).into());
    draft.expansions.push(second);
    let plant = Line::new("plant", round)
        .capacity(per_year(120_000.0))
        .cost(per_piece(3_600.0));
    draft.lines.push(plant);

    // Ukraine needs 150,000 rounds a year.
    let ukraine = draft.holders.push(Holder::new("ukraine"));
    let need = Requirement::new("shells", ukraine, round, per_year(150_000.0));
    let need = draft.requirements.push(need);

    let model = draft.check()?;
    let solution = sinews::solve(&model, &Options::default())?;

    let shells = &solution.requirements[need];
    let (short, required) = (shells.short, shells.required);
    say(&format!("short {short:.0} of {required:.0} rounds\n"))?;
    let price = solution
        .price(Row::Capacity(mill, PeriodId::FIRST))
        .unwrap_or_default();
    say(&format!(
        "one more tonne of propellant in 2026Q1 avoids a shortfall worth {price:.0} EUR\n"
    ))
}
