//! When each decision is taken: what a plan cannot leave open until more is known.
//!
//! A column is numbered by when something happens; it was decided earlier by what it takes to make it
//! happen: a lead time, a place in the queue, an advance paid, inputs taken in. An expansion, a move, a
//! gift is decided when it is ordered or leaves.

use super::{Column, Program, Row};
use crate::ids::{Id, LineId, PeriodId, SupplierId, YearId};
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

/// When something is ordered, and so binds whoever pays for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ordered {
    /// Before the start: it is on the books.
    Before,
    /// In a period.
    In(PeriodId),
}

impl Program {
    /// When what a column buys is ordered: a lead time and a place in the queue before it is delivered, or
    /// as its advance is paid if that comes first. What is not on the books at the start is ordered at the
    /// start at the earliest. `None`: it buys nothing.
    pub(crate) fn ordered(&self, m: &Model, column: Column) -> Option<Ordered> {
        let n = &self.network;
        let (t, lead, payment) = match column {
            Column::Make(k, t) => {
                let line = &m.lines[n.makes[k].line];
                (t, line.lead_time, line.payment)
            }
            Column::Order(o, t) => {
                let supplier = &m.suppliers[n.orders[o].supplier];
                (t, supplier.queue + supplier.lead_time, supplier.payment)
            }
            Column::Build(_, t) | Column::Moved(_, t) | Column::Give(_, t) => {
                return Some(Ordered::In(t));
            }
            _ => return None,
        };
        let lead = m.calendar.lag(lead);
        let before = lead.max(advance(m, payment));
        Some(if t.position() < lead {
            Ordered::Before
        } else {
            Ordered::In(PeriodId::at(t.position().saturating_sub(before)))
        })
    }

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
            | Column::Ahead(..)
            | Column::Money(..)
            | Column::Owed(_)
            | Column::Tier(_)
            | Column::Share(_)
            | Column::Level => Decided::Follows,
        }
    }

    /// What a line can make in a period with the capacity that it has, in natural units.
    pub(crate) fn line_can(&self, m: &Model, l: LineId, t: PeriodId) -> f64 {
        let usable = m.lines[l].utilisation.mean(&m.calendar, t).value();
        usable * self.data(self.plan.financed[(l, t)])
    }

    /// What a supplier can deliver in a period, in natural units: its rate, or what it has on order.
    pub(crate) fn supplier_can(&self, q: SupplierId, t: PeriodId) -> f64 {
        let rate = self.data(self.plan.available[(q, t)]);
        let booked = self.rows.position(Row::OnOrder(q, t));
        let booked = booked.map(|n| self.rows.right(n) * self.rows.unit(n));
        booked.map_or(rate, |booked| booked.min(rate))
    }

    /// The value of a column that is fixed by its bounds, in natural units.
    fn data(&self, column: Option<u32>) -> f64 {
        let column = column.map(|j| &self.columns[j as usize]);
        column.map_or(0.0, |column| column.upper * column.unit)
    }

    /// What one internal unit of a column costs whoever pays for it: the present value in base-year
    /// prices, in internal units of money.
    pub(crate) fn present_cost(&self, m: &Model, column: usize) -> f64 {
        let c = &m.calendar;
        let own = self.charges.iter().filter(|c| c.0 as usize == column);
        let present = own.map(|&(_, _, year, amount)| {
            let year = year.map_or(c.end().year(), |y| c.year_number(y));
            amount * m.present_value(year)
        });
        present.sum()
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
