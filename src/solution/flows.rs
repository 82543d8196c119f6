//! What is built, bought, given, moved and kept, by period and by calendar year.

use crate::ids::{
    ExpansionId, GiveId, MoveId, OrderId, PeriodId, StockId, SupplierId, Table, YearId,
};
use crate::model::Model;
use crate::program::{Network, Plan};
use crate::units::Months;

/// A quantity by period and by calendar year, in units of its item.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Flow {
    /// By period.
    pub periods: Table<PeriodId, f64>,
    /// By year.
    pub years: Table<YearId, f64>,
    /// Over the calendar.
    pub total: f64,
}

impl Flow {
    fn of(m: &Model, of: impl Fn(PeriodId) -> f64) -> Self {
        let c = &m.calendar;
        let periods: Table<PeriodId, f64> = c.periods().map(of).collect();
        let year = |y| c.periods_of(y).map(|t| periods[t]).sum();
        Self {
            years: c.years().map(year).collect(),
            total: periods.values().sum(),
            periods,
        }
    }
}

/// What goes from one place to another and takes its time: what is on the way at the end arrives in no period.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Transfer {
    /// What leaves.
    pub left: Flow,
    /// What arrives.
    pub arrived: Flow,
}

impl Transfer {
    /// An even flow that leaves in each period and arrives so much later.
    fn of(m: &Model, lag: Months, left: impl Fn(PeriodId) -> f64) -> Self {
        let c = &m.calendar;
        let left = Flow::of(m, left);
        let arrived = Flow::of(m, |t| {
            let parts = c.parts(c.stretch(t).earlier(lag));
            parts.map(|(t, share)| share * left.periods[t]).sum()
        });
        Self { left, arrived }
    }
}

/// An expansion that is ordered in a period.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Build {
    /// The option.
    pub expansion: ExpansionId,
    /// The period of the order.
    pub ordered: PeriodId,
    /// How often it is taken, in times.
    pub taken: f64,
    /// What it costs in all, at its price on the date of the order: in the base currency at base-year prices.
    pub cost: f64,
    /// The same at the price level of the year of the order.
    pub cost_of_the_day: f64,
}

/// What is in store in a holder's stock, in units of its item.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Kept {
    /// At the end of each period.
    pub periods: Table<PeriodId, f64>,
    /// At the end of each year.
    pub years: Table<YearId, f64>,
    /// What expires and is thrown away in each period.
    pub scrapped: Table<PeriodId, f64>,
}

impl Build {
    /// A share of an option no larger than this is the solver's rounding.
    pub const TRACE: f64 = 1e-4;
}

/// All of it.
pub(super) struct Flows {
    pub(super) builds: Vec<Build>,
    pub(super) orders: Table<OrderId, Flow>,
    pub(super) supply: Table<SupplierId, Flow>,
    pub(super) gifts: Table<GiveId, Transfer>,
    pub(super) moves: Table<MoveId, Transfer>,
    pub(super) stocks: Table<StockId, Kept>,
}

impl Flows {
    pub(super) fn of(m: &Model, n: &Network, plan: &Plan<f64>) -> Self {
        let or_nothing = |cell: Option<f64>| cell.unwrap_or(0.0);
        let order = |o| Flow::of(m, |t| or_nothing(plan.order[(o, t)]));
        let orders: Table<OrderId, Flow> = n.orders.ids().map(order).collect();
        let supply = |q: SupplierId| {
            let own = n.orders.iter().filter(|(_, order)| order.supplier == q);
            let own: Vec<&Flow> = own.map(|(o, _)| &orders[o]).collect();
            Flow::of(m, |t| own.iter().map(|flow| flow.periods[t]).sum())
        };
        let gifts = n.gives.iter().map(|(g, give)| {
            let lag = m.gifts[give.gift].lag;
            Transfer::of(m, lag, |t| or_nothing(plan.give[(g, t)]))
        });
        let moves = n.moves.iter().map(|(v, along)| {
            let lag = m.routes[along.route].lag;
            Transfer::of(m, lag, |t| or_nothing(plan.moved[(v, t)]))
        });
        Self {
            builds: builds(m, plan),
            supply: m.suppliers.ids().map(supply).collect(),
            gifts: gifts.collect(),
            moves: moves.collect(),
            stocks: m.stocks.ids().map(|s| kept(m, plan, s)).collect(),
            orders,
        }
    }
}

/// Every order of an expansion, by option and then by time.
fn builds(m: &Model, plan: &Plan<f64>) -> Vec<Build> {
    let ordered = plan.build.iter().filter_map(|(expansion, ordered, taken)| {
        let taken = taken.filter(|&taken| taken > 0.0)?;
        Some(Build {
            expansion,
            ordered,
            taken,
            cost: taken * m.order_price(expansion, ordered),
            cost_of_the_day: taken * m.order_price_of_the_day(expansion, ordered),
        })
    });
    ordered.collect()
}

fn kept(m: &Model, plan: &Plan<f64>, s: StockId) -> Kept {
    let c = &m.calendar;
    let at = |t| plan.stock[(s, t)].unwrap_or(0.0);
    let end = |y| c.periods_of(y).next_back().map_or(0.0, at);
    Kept {
        periods: c.periods().map(at).collect(),
        years: c.years().map(end).collect(),
        scrapped: c
            .periods()
            .map(|t| plan.scrap[(s, t)].unwrap_or(0.0))
            .collect(),
    }
}
