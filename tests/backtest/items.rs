//! What is compared: each item, where the model says it, and the fact that says what came.

use crate::fit::Fitted;
use sinews::calendar::Month;
use sinews::document::{Document, read_seeds};
use sinews::evidence::Registry;
use sinews::ids::PeriodId;
use sinews::model::Model;
use sinews::solution::Solution;
use sinews::solve::{Options, solve};

/// Where a model says something: of lines or a supplier over months, of a requirement over years (the last one in part),
/// of a fund in so many months from the start, or when an expansion of a line opens.
#[derive(Clone, Copy)]
pub(crate) enum Where {
    Made(&'static [&'static str], (i32, u32), (i32, u32)),
    Supplied(&'static str, (i32, u32), (i32, u32)),
    Met(&'static str, &'static [(i32, f64)]),
    Paid(&'static str, f64),
    Opens(&'static str, &'static str),
    LeadTime(&'static str),
}

/// An item: what it is called, where it stands in the model, what came.
pub(crate) struct Item(
    pub(crate) &'static str,
    pub(crate) Where,
    pub(crate) &'static str,
);

/// A backtest: its model, the scenarios that are readings of the same time, what is compared; and what is known of the
/// same years without a model: shares ever paid of what was promised, shares that had come when due, months that works came
/// late.
pub(crate) struct Backtest {
    pub(crate) file: &'static str,
    pub(crate) readings: &'static [&'static str],
    pub(crate) items: &'static [Item],
    pub(crate) paid: &'static [&'static str],
    pub(crate) in_time: &'static [&'static str],
    pub(crate) late: &'static [&'static str],
}

use Where::{LeadTime, Made, Met, Opens, Paid, Supplied};

/// Every fact there is.
pub(crate) fn facts() -> Registry {
    read_seeds("seeds").unwrap()
}

/// A backtest and what came of it.
pub(crate) struct Sample {
    pub(crate) backtest: &'static Backtest,
    pub(crate) registry: Registry,
    readings: Vec<(&'static str, Document)>,
}

/// What one reading says of one item, and what came.
pub(crate) struct Told {
    pub(crate) reading: &'static str,
    pub(crate) item: &'static Item,
    pub(crate) said: f64,
    pub(crate) came: f64,
    pub(crate) ends: (f64, f64),
    pub(crate) unit: String,
}

impl Sample {
    pub(crate) fn of(backtest: &'static Backtest) -> Self {
        let document = Document::open(backtest.file).unwrap();
        let read = |reading: &&'static str| match *reading {
            "base" => (*reading, document.clone()),
            scenario => (*reading, document.scenario(scenario).unwrap()),
        };
        Self {
            backtest,
            registry: facts(),
            readings: backtest.readings.iter().map(read).collect(),
        }
    }

    /// What every reading says of every item with so much friction.
    pub(crate) fn said(&self, friction: Fitted) -> Vec<Told> {
        let told = self.readings.iter().flat_map(|(reading, document)| {
            let text = friction.text();
            let model = document
                .with("friction", &text, "fitted")
                .and_then(|d| d.model())
                .unwrap();
            let solution = solve(&model, &Options::default()).unwrap();
            let told = |item| self.told(reading, item, said(&model, &solution, item));
            self.backtest.items.iter().map(told).collect::<Vec<_>>()
        });
        told.collect()
    }

    fn told(&self, reading: &'static str, item: &'static Item, said: f64) -> Told {
        let fact = self.registry.get(item.2).unwrap();
        Told {
            reading,
            item,
            said,
            came: fact.value,
            ends: (
                fact.low.unwrap_or(fact.value),
                fact.high.unwrap_or(fact.value),
            ),
            unit: fact.unit.clone(),
        }
    }
}

/// The periods that begin in a span of months, and the share of each that lies in it.
fn within(m: &Model, from: (i32, u32), to: (i32, u32)) -> Vec<(PeriodId, f64)> {
    let month = |(year, number)| Month::new(year, number).unwrap();
    let (from, to) = (month(from), month(to).plus(1));
    let c = &m.calendar;
    let months = c.length().value() * 12.0;
    let share = |t| {
        let first = c.first_month(t);
        let start = from.max(first);
        let left = months - f64::from(start.since(first));
        let overlap = f64::from(to.since(start)).min(left);
        (t, overlap.max(0.0) / months)
    };
    c.periods()
        .map(share)
        .filter(|(_, share)| *share > 0.0)
        .collect()
}

fn said(m: &Model, solution: &Solution, item: &Item) -> f64 {
    let c = &m.calendar;
    match item.1 {
        Made(keys, from, to) => {
            let lines = solution
                .lines
                .iter()
                .filter(|made| keys.contains(&m.lines[made.line].key.as_str()));
            let periods = within(m, from, to);
            lines
                .map(|made| {
                    periods
                        .iter()
                        .map(|&(t, share)| share * made.periods[t])
                        .sum::<f64>()
                })
                .sum()
        }
        Supplied(key, from, to) => {
            let (q, _) = m.suppliers.iter().find(|(_, s)| s.key == key).unwrap();
            within(m, from, to)
                .iter()
                .map(|&(t, share)| share * solution.supply[q].periods[t])
                .sum()
        }
        Met(key, years) => {
            let (r, _) = m.requirements.iter().find(|(_, r)| r.key == key).unwrap();
            let met = |&(year, share): &(i32, f64)| {
                share * solution.requirements[r].years[c.year(year).unwrap()].met
            };
            years.iter().map(met).sum()
        }
        Paid(key, months) => {
            let fund = m.funds.values().find(|fund| fund.key == key).unwrap();
            let start = c.start();
            let in_month = |n: i32| {
                let share = (months - f64::from(n)).clamp(0.0, 1.0);
                share * fund.amount.at(start.plus(n)).value() / 12.0
            };
            let friction = m.friction.money.value() * (1.0 - m.friction.late.value());
            friction * (0..12).map(in_month).sum::<f64>()
        }
        Opens(line, key) => {
            let of = |line: &str| m.lines.iter().find(|(_, l)| l.key == line).unwrap().0;
            let line = of(line);
            let found = m
                .expansions
                .values()
                .find(|e| e.line == line && e.key == key)
                .unwrap();
            (found.lead_time + found.delay).value()
        }
        // Friction delays works, not orders.
        LeadTime(key) => m
            .lines
            .values()
            .find(|line| line.key == key)
            .unwrap()
            .lead_time
            .value(),
    }
}
