//! When each decision is taken: what a plan cannot leave open until more is known.
//!
//! A column is numbered by when something happens; it was decided earlier by what it takes to make it
//! happen: a lead time, a place in the queue, an advance paid, inputs taken in. An expansion, a move, a
//! gift is decided when it is ordered or leaves.

use super::{Column, Program};
use crate::ids::{Id, PeriodId, YearId};
use crate::model::{Model, Payment};

/// When a decision is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decided {
    /// So many periods after the start; less than nothing: before it.
    Period(i64),
    /// In the course of a year.
    Year(YearId),
    /// It is not a decision: it follows from others, or it is data.
    Follows,
}

impl Program {
    /// When what a column stands for is decided.
    pub(crate) fn decided(&self, m: &Model, column: Column) -> Decided {
        let n = &self.network;
        match column {
            Column::Make(k, t) => {
                let line = &m.lines[n.makes[k].line];
                let before = m
                    .calendar
                    .lag(line.lead_time)
                    .max(m.calendar.lag(line.cycle));
                ahead(t, before.max(advance(m, line.payment)))
            }
            Column::Order(o, t) => {
                let supplier = &m.suppliers[n.orders[o].supplier];
                let before = m.calendar.lag(supplier.queue + supplier.lead_time);
                ahead(t, before.max(advance(m, supplier.payment)))
            }
            Column::Placed(q, t) => {
                let supplier = &m.suppliers[q];
                let before = m.calendar.lag(supplier.queue + supplier.lead_time);
                ahead(t, before.max(advance(m, supplier.payment)))
            }
            Column::Build(_, t)
            | Column::Deliver(_, t)
            | Column::Moved(_, t)
            | Column::Scrap(_, t)
            | Column::Give(_, t)
            | Column::Meet(_, t) => ahead(t, 0),
            Column::Pay(_, y) => Decided::Year(y),
            Column::Financed(..)
            | Column::Added(..)
            | Column::Available(..)
            | Column::Pool(..)
            | Column::Stock(..)
            | Column::Fresh(..)
            | Column::Short(..)
            | Column::Required(..)
            | Column::Carry(..)
            | Column::Money(..)
            | Column::Owed(_)
            | Column::Tier(_)
            | Column::Share(_)
            | Column::Level => Decided::Follows,
        }
    }

    /// What the source of a delivery can give in the period, in natural units: what a line can make with
    /// what it has, what a supplier can deliver. `None`: the column is no delivery.
    pub(crate) fn source(&self, m: &Model, column: Column) -> Option<f64> {
        let upper = |j: Option<u32>| j.map_or(0.0, |j| self.columns[j as usize].upper);
        match column {
            Column::Make(k, t) => {
                let line = self.network.makes[k].line;
                let usable = m.lines[line].utilisation.mean(&m.calendar, t).value();
                let unit = self.plan.financed[(line, t)];
                let unit = unit.map_or(1.0, |j| self.columns[j as usize].unit);
                Some(usable * upper(self.plan.financed[(line, t)]) * unit)
            }
            Column::Order(o, t) => {
                let supplier = self.network.orders[o].supplier;
                let unit = self.plan.available[(supplier, t)];
                let unit = unit.map_or(1.0, |j| self.columns[j as usize].unit);
                Some(upper(self.plan.available[(supplier, t)]) * unit)
            }
            _ => None,
        }
    }
}

/// How many periods before delivery an advance is paid; none without one.
fn advance(m: &Model, terms: Payment) -> usize {
    if terms.advance.value() > 0.0 {
        m.calendar.lag(terms.before)
    } else {
        0
    }
}

fn ahead(t: PeriodId, before: usize) -> Decided {
    let signed = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Decided::Period(signed(t.position()) - signed(before))
}
