//! What is in store, against floors and targets.

use super::super::page::{Chart, Mark, Section, Series};
use super::drawing::{lines, periods};
use crate::ids::{PeriodId, StockId};
use crate::model::{Model, Need};
use crate::solution::Solution;

/// Every stock by period, with its floor and what is required of it.
pub(super) fn section(m: &Model, s: &Solution) -> Section {
    let mut chart = Chart::new(
        "Stocks against floors",
        "Units in store at the end of each period, the floor that forbids drawing, and the level that is required.",
        "",
    );
    for (holder, owner) in m.holders.iter() {
        for (id, stock) in m.stocks.iter().filter(|(_, stock)| stock.holder == holder) {
            let item = &m.items[stock.item];
            let series = series(m, s, id);
            if series.iter().any(Series::has_something) {
                let (name, unit) = (item.name.clone(), item.unit.clone());
                chart = chart.view_in(owner.name.clone(), name, unit, lines(periods(m), series));
            }
        }
    }
    Section::new("What is in store").chart(chart)
}

fn series(m: &Model, s: &Solution, id: StockId) -> Vec<Series> {
    let (c, stock) = (&m.calendar, &m.stocks[id]);
    let kept = s.stocks[id].periods.values().copied();
    let mut series = vec![Series::of("in store", Mark::Area, kept)];
    if let Some(floor) = &stock.floor {
        let floor = c.periods().map(|t| floor.closing(c, t).value());
        series.push(Series::of("floor", Mark::Limit, floor));
    }
    let required = |t: PeriodId| -> f64 {
        let levels = m.requirements.values().filter_map(|requirement| {
            let here =
                requirement.holder == stock.holder && requirement.meets[0].item == stock.item;
            match &requirement.need {
                Need::Level(level) if here => Some(level.closing(c, t).value()),
                _ => None,
            }
        });
        levels.sum()
    };
    let required = Series::of("required", Mark::Step, c.periods().map(required));
    if required.has_something() {
        series.push(required);
    }
    series
}
