//! What lines make.

use crate::ids::{ItemId, LineId, PeriodId, Table, YearId};
use crate::model::Model;
use crate::program::{Plan, Program};

/// What a line makes of one of its products.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ProductOutput {
    /// The line.
    pub line: LineId,
    /// The product.
    pub item: ItemId,
    /// What it makes by period.
    pub periods: Table<PeriodId, f64>,
    /// What it makes by year, and how busy the line is.
    pub years: Table<YearId, Made>,
    /// What it makes over the calendar.
    pub output: f64,
    /// The share of its usable capacity that the line uses for all its products.
    pub utilisation: f64,
    /// Capacity added by the end, a year, in units of the line's first product.
    pub built: f64,
}

/// A year of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Made {
    /// What it makes of the product.
    pub output: f64,
    /// The share of its usable capacity that it uses for all its products.
    pub utilisation: f64,
}

/// Every product of every line.
pub(super) fn all(m: &Model, program: &Program, plan: &Plan<f64>) -> Vec<ProductOutput> {
    let mut all = Vec::new();
    for (l, line) in m.lines.iter() {
        let busy = Busy::of(m, program, plan, l);
        for (n, product) in line.products.iter().enumerate() {
            all.push(product_output(
                m,
                program,
                plan,
                &busy,
                (l, n, product.item),
            ));
        }
    }
    all
}

/// A line's time by period: what is used, and what could be.
struct Busy {
    used: Table<PeriodId, f64>,
    usable: Table<PeriodId, f64>,
}

impl Busy {
    fn of(m: &Model, program: &Program, plan: &Plan<f64>, l: LineId) -> Self {
        let c = &m.calendar;
        let makes = program
            .network()
            .makes
            .iter()
            .filter(|(_, make)| make.line == l);
        let makes: Vec<_> = makes.map(|(k, make)| (k, make.product)).collect();
        let used = c.periods().map(|t| {
            let time = |&(k, product): &(_, usize)| {
                plan.make[(k, t)].unwrap_or(0.0) / m.lines[l].products[product].pace.value()
            };
            makes.iter().map(time).sum()
        });
        let usable = c.periods().map(|t| {
            let all = plan.financed[(l, t)].unwrap_or(0.0) + plan.added[(l, t)].unwrap_or(0.0);
            all * m.usable(l, t).value()
        });
        Self {
            used: used.collect(),
            usable: usable.collect(),
        }
    }

    fn share(&self, periods: impl Iterator<Item = PeriodId>) -> f64 {
        let (mut used, mut usable) = (0.0, 0.0);
        for t in periods {
            used += self.used[t];
            usable += self.usable[t];
        }
        if usable > 0.0 { used / usable } else { 0.0 }
    }
}

fn product_output(
    m: &Model,
    program: &Program,
    plan: &Plan<f64>,
    busy: &Busy,
    (l, n, item): (LineId, usize, ItemId),
) -> ProductOutput {
    let c = &m.calendar;
    let makes = program
        .network()
        .makes
        .iter()
        .filter(|(_, k)| k.line == l && k.product == n);
    let makes: Vec<_> = makes.map(|(k, _)| k).collect();
    let made = |t: PeriodId| {
        makes
            .iter()
            .map(|&k| plan.make[(k, t)].unwrap_or(0.0))
            .sum::<f64>()
    };
    let periods: Table<PeriodId, f64> = c.periods().map(made).collect();
    let years = c.years().map(|y| Made {
        output: c.periods_of(y).map(|t| periods[t]).sum(),
        utilisation: busy.share(c.periods_of(y)),
    });
    ProductOutput {
        line: l,
        item,
        years: years.collect(),
        output: periods.values().sum(),
        utilisation: busy.share(c.periods()),
        built: plan.added[(l, c.last())].unwrap_or(0.0) / c.length().value(),
        periods,
    }
}
