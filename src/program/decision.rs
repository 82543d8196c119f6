//! When each decision is taken: what a plan cannot leave open until more is known.
//!
//! A column is numbered by when something happens; it was decided earlier by what it takes to make it
//! happen: a lead time, a place in the queue, an advance paid, inputs taken in. An expansion, a move, a
//! gift is decided when it is ordered or leaves. What happens evenly over a period was decided evenly over the
//! period moved by that span.

use super::{Column, Deed, Program, Row};
use crate::calendar::Stretch;
use crate::ids::{LineId, PeriodId, SupplierId, YearId};
use crate::model::{Model, Payment};
use crate::units::Months;

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
    /// When what a column buys is ordered, and so binds whoever pays for it: a lead time and a place in the
    /// queue before it is delivered, or as its advance is paid if that comes first. What lies before the start
    /// is on the books. `None`: it buys nothing.
    pub(crate) fn ordered(&self, m: &Model, column: Column) -> Option<Stretch> {
        let c = &m.calendar;
        match column.deed(&self.network)? {
            Deed::Make(make, t) => {
                let line = &m.lines[make.line];
                let ahead = line.bound_for().max(advance(line.payment));
                Some(c.stretch(t).earlier(ahead))
            }
            Deed::Order(order, t) => {
                let supplier = &m.suppliers[order.supplier];
                let ahead = supplier.bound_for().max(advance(supplier.payment));
                Some(c.stretch(t).earlier(ahead))
            }
            Deed::Build(e, t) => {
                let date = m.expansions[e].building(c, t)?.start();
                Some(Stretch::between(date, date))
            }
            Deed::Move(_, t) | Deed::Give(_, t) => Some(c.stretch(t)),
        }
    }

    /// When what a column stands for is decided: most of it, where it is decided over several periods.
    pub(crate) fn decided(&self, m: &Model, column: Column) -> Decided {
        let n = &self.network;
        match column {
            Column::Make(k, t) => {
                let line = &m.lines[n.makes[k].line];
                let ahead = line.bound_for().max(line.cycle);
                self::ahead(m, t, ahead.max(advance(line.payment)))
            }
            Column::Order(o, t) => {
                let supplier = &m.suppliers[n.orders[o].supplier];
                let ahead = supplier.bound_for().max(advance(supplier.payment));
                self::ahead(m, t, ahead)
            }
            Column::Placed(q, t) => {
                let supplier = &m.suppliers[q];
                let ahead = supplier.bound_for().max(advance(supplier.payment));
                self::ahead(m, t, ahead)
            }
            Column::Build(_, t)
            | Column::Deliver(_, t)
            | Column::Moved(_, t)
            | Column::Scrap(_, t)
            | Column::Give(_, t)
            | Column::Meet(_, t) => ahead(m, t, Months::ZERO),
            Column::Pay(_, y) => Decided::Year(y),
            Column::Financed(..)
            | Column::Added(..)
            | Column::Available(..)
            | Column::Pool(..)
            | Column::Stock(..)
            | Column::Fresh(..)
            | Column::Old(..)
            | Column::Short(..)
            | Column::Required(..)
            | Column::Carry(..)
            | Column::Ahead(..)
            | Column::Allot(..)
            | Column::Money(..)
            | Column::Owed(..)
            | Column::Tier(_)
            | Column::Share(_)
            | Column::Level => Decided::Follows,
        }
    }

    /// What a line can make in a period with the capacity that it has, in natural units.
    pub(crate) fn line_can(&self, m: &Model, l: LineId, t: PeriodId) -> f64 {
        m.usable(l, t).value() * self.data(self.plan.financed[(l, t)])
    }

    /// The most that a delivery could be, in natural units; nothing for any other column.
    pub(crate) fn could(&self, m: &Model, column: Column) -> f64 {
        match column.deed(&self.network) {
            Some(Deed::Make(make, t)) => {
                let pace = m.lines[make.line].products[make.product].pace;
                self.line_could(m, make.line, t) * pace.value()
            }
            Some(Deed::Order(order, t)) => self.supplier_can(order.supplier, t),
            Some(Deed::Build(..) | Deed::Move(..) | Deed::Give(..)) | None => 0.0,
        }
    }

    /// What a line could make in a period if all that may add to it were ordered as early as it can be, in
    /// natural units.
    fn line_could(&self, m: &Model, l: LineId, t: PeriodId) -> f64 {
        let c = &m.calendar;
        let options = m.expansions.iter().filter(|(_, e)| e.line == l);
        let added = options.filter_map(|(e, option)| {
            let first = c.periods().find(|&o| self.plan.build[(e, o)].is_some())?;
            let blocks = option.adds * c.length() * option.at_most.value();
            Some(blocks.value() * option.open_share(c, first, t))
        });
        m.usable(l, t).value() * added.sum::<f64>() + self.line_can(m, l, t)
    }

    /// What a supplier can deliver in a period, in natural units: its rate, or what it has on order and what of
    /// its rate is free for new orders.
    pub(crate) fn supplier_can(&self, q: SupplierId, t: PeriodId) -> f64 {
        let column = self.plan.available[(q, t)];
        let rate = self.data(column);
        let Some(n) = self.rows.position(Row::OnOrder(q, t)) else {
            return rate;
        };
        let terms = self.rows.row(n).iter();
        let free: f64 = terms
            .filter(|(j, _)| Some(*j) == column)
            .map(|(_, factor)| -factor)
            .sum();
        let booked = self.rows.right(n) * self.rows.unit(n);
        rate.min(booked + free * rate)
    }

    /// The value of a column that is fixed by its bounds, in natural units.
    fn data(&self, column: Option<u32>) -> f64 {
        let column = column.map(|j| &self.columns[j as usize]);
        column.map_or(0.0, |column| column.upper * column.unit)
    }

    /// What one internal unit of a column costs whoever pays for it: the present value in base-year
    /// prices, in internal units of money.
    pub(crate) fn present_cost(&self, m: &Model, column: usize) -> f64 {
        let own = self.charges.iter().filter(|c| c.0 as usize == column);
        let present =
            own.map(|&(_, _, year, amount)| amount * m.present_value(m.calendar.year_number(year)));
        m.objective.cost_of_funds.value() * present.sum::<f64>()
    }
}

/// How long before delivery an advance is paid; no time without one.
fn advance(terms: Payment) -> Months {
    if terms.advance.value() > 0.0 {
        terms.before
    } else {
        Months::ZERO
    }
}

/// The period in which the middle of what happens in `t` was decided, so long ahead.
fn ahead(m: &Model, t: PeriodId, span: Months) -> Decided {
    let c = &m.calendar;
    let middle = c.stretch(t).earlier(span).middle().value();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a checked span is below 1,200 months"
    )]
    let period = (middle / f64::from(c.period().months())).floor() as i64;
    Decided::Period(period)
}
