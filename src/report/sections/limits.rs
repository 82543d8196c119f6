//! What limits the plan.

use super::super::number::quantity;
use super::super::page::{Bars, Chart, Picture, Section};

use super::drawing::{bars, lines, real, years};
use crate::model::Model;
use crate::solution::{PricedLimit, Solution};

/// How many limits are shown.
const SHOWN: usize = 24;

/// The limits that matter most, and what one more unit of each would be worth.
pub(super) fn section(m: &Model, s: &Solution) -> Section {
    let all = s.limits(m);
    let section = Section::new("What limits the plan");
    let shown: Vec<_> = all.iter().take(SHOWN).collect();
    if shown.is_empty() {
        return section.say("No limit has a price: more of anything would be worth nothing.");
    }
    let chart = Chart::new(
        "The limits that matter most",
        "All limits: price times size, which ranks them. One limit: what one more unit of it would be worth in shortfall avoided and cost saved, the mean of each year; it holds for small changes.",
        real(m),
    );
    let mut chart = chart.view("All limits, by weight", ranking(m, &shown));
    for limit in &shown {
        let name = limit.words.in_names();
        let price = bars(
            "worth of one more unit",
            limit.prices.iter().map(|sides| sides.worth()),
        );
        let unit = price_unit(m, &limit.unit);
        chart = chart.view_in("one limit", name, unit, lines(years(m), vec![price]));
    }
    let count = format!(
        "{} limits have a price; the {} weightiest are shown.",
        all.len(),
        shown.len()
    );
    section.say(count).chart(chart)
}

/// Money of the price year for a unit.
fn price_unit(m: &Model, unit: &str) -> String {
    let currency = m.money.base();
    format!("{currency} of {} per {unit}", m.money.price_year)
}

/// The highest price of a limit, and the year it has it in.
fn peak(m: &Model, limit: &PricedLimit) -> (f64, i32) {
    let years = m.calendar.years().map(|y| m.calendar.year_number(y));
    let prices = limit.prices.iter().map(|sides| sides.worth()).zip(years);
    prices.fold(
        (0.0, 0),
        |most, next| if next.0 > most.0 { next } else { most },
    )
}

fn ranking(m: &Model, shown: &[&PricedLimit]) -> Picture {
    let detail = |limit: &&PricedLimit| {
        let (price, year) = peak(m, limit);
        format!(
            "{} {} in {year}",
            quantity(price),
            price_unit(m, &limit.unit)
        )
    };
    let weights = shown.iter().map(|limit| limit.weight / 1e6);
    Picture::Bars(Bars {
        categories: shown.iter().map(|limit| limit.words.in_names()).collect(),
        details: shown.iter().map(detail).collect(),
        series: vec![bars("price times size", weights)],
        stacked: true,
        across: true,
    })
}
