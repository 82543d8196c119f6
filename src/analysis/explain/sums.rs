//! Numbers that are sums of columns over a year, or from when decisions are free: what requirements lack, lines make,
//! suppliers deliver, funds spend, and how often expansions are taken. The columns of all are found in one walk.

use super::number::{Subject, natural};
use crate::ids::{ExpansionId, FundId, Id, LineId, PeriodId, RequirementId, SupplierId, YearId};
use crate::model::Model;
use crate::problem::Place;
use crate::program::{Column, Deed, Thing, When};
use crate::solution::Solution;

/// Columns by what they are about, each with its factor.
type Columns = Vec<Vec<(usize, f64)>>;

/// The columns of a year, or without one of all periods from when decisions are free.
pub(super) struct Sums<'a> {
    m: &'a Model,
    s: &'a Solution,
    year: Option<YearId>,
    short: Columns,
    made: Columns,
    delivered: Columns,
    built: Columns,
}

/// Whether a period is in a year, or without one decisions of it are free.
pub(super) fn is_within(m: &Model, t: PeriodId, year: Option<YearId>) -> bool {
    year.map_or(!m.calendar.is_past(t), |y| m.calendar.year_of(t) == y)
}

impl<'a> Sums<'a> {
    pub(super) fn of(m: &'a Model, s: &'a Solution, year: Option<YearId>) -> Self {
        let program = s.program();
        let network = program.network();
        let none = |count: usize| -> Columns { vec![Vec::new(); count] };
        let parts = s.requirements.values().map(|own| own.parts(m, year));
        let parts: Vec<Vec<(PeriodId, f64)>> = parts.collect();
        let mut new = Self {
            m,
            s,
            year,
            short: none(m.requirements.len()),
            made: none(m.lines.len()),
            delivered: none(m.suppliers.len()),
            built: none(m.expansions.len()),
        };
        for (j, column) in program.columns().iter().enumerate() {
            let When::Period(t) = column.name.when() else {
                continue;
            };
            if !is_within(m, t, year) {
                continue;
            }
            if let Column::Short(r, _) = column.name {
                let part = parts[r.position()].iter().find(|(own, _)| *own == t);
                new.short[r.position()].extend(part.map(|&(_, part)| (j, part)));
            }
            match column.name.deed(network) {
                Some(Deed::Make(make, _)) => {
                    let product = &m.lines[make.line].products[make.product];
                    let factor = 1.0 / product.pace.value();
                    new.made[make.line.position()].push((j, factor));
                }
                Some(Deed::Order(order, _)) => {
                    new.delivered[order.supplier.position()].push((j, 1.0));
                }
                Some(Deed::Build(e, _)) => new.built[e.position()].push((j, 1.0)),
                Some(Deed::Move(..) | Deed::Give(..)) | None => {}
            }
        }
        new
    }

    /// What a requirement lacks: of a level the mean, of what waits what waits last.
    pub(super) fn missing(&self, r: RequirementId) -> Subject {
        let (m, requirement) = (self.m, &self.m.requirements[r]);
        let coverage = &self.s.requirements[r];
        let mut new = Subject::of_columns(self.s, self.short[r.position()].clone());
        new.words = format!("what is missing of “{}”{}", requirement.name, self.from());
        new.value = self
            .year
            .map_or(coverage.short, |y| coverage.years[y].short);
        let years = coverage.years.iter();
        let years = years.filter(|(y, met)| {
            let within = self
                .year
                .map_or(!m.calendar.is_past_year(*y), |own| own == *y);
            within && met.short != 0.0
        });
        let years = years.map(|(y, met)| (m.calendar.year_number(y), met.short));
        new.years = Some(years.collect());
        new.unit
            .clone_from(&m.items[requirement.meets[0].item].unit);
        new.requirement = Some(r);
        let items = requirement.meets.iter();
        let items = items.map(|own| Place::new(["item", m.items[own.item].key.as_str()]));
        new.places = vec![Place::new(["requirement", requirement.key.as_str()])];
        new.places.extend(items);
        new
    }

    /// What a line makes.
    pub(super) fn made(&self, l: LineId) -> Subject {
        let line = &self.m.lines[l];
        let mut new = Subject::of_columns(self.s, self.made[l.position()].clone());
        let several = if line.products.len() > 1 {
            ", in units of its first product"
        } else {
            ""
        };
        new.words = format!("what line “{}” makes{}{several}", line.name, self.from());
        new.unit
            .clone_from(&self.m.items[line.products[0].item].unit);
        new.places = vec![Place::new(["line", line.key.as_str()])];
        new
    }

    /// What a supplier delivers.
    pub(super) fn delivered(&self, q: SupplierId) -> Subject {
        let supplier = &self.m.suppliers[q];
        let mut new = Subject::of_columns(self.s, self.delivered[q.position()].clone());
        new.words = format!("what supplier “{}” delivers{}", supplier.name, self.from());
        new.unit.clone_from(&self.m.items[supplier.item].unit);
        new.places = vec![Place::new(["supplier", supplier.key.as_str()])];
        new
    }

    /// How often an expansion is taken.
    pub(super) fn built(&self, e: ExpansionId) -> Subject {
        let option = &self.m.expansions[e];
        let line = &self.m.lines[option.line];
        let mut new = Subject::of_columns(self.s, self.built[e.position()].clone());
        new.words = format!(
            "how often expansion “{}” of “{}” is taken",
            option.name, line.name
        );
        new.unit = "times".into();
        new.places = Thing::Expansion(e).places(self.m, self.s.program().network(), "");
        new
    }

    /// What a fund spends: what its purse pays, of which it has its part.
    pub(super) fn spent(&self, f: FundId) -> Subject {
        let (m, s) = (self.m, self.s);
        let accounts = &s.program().network().accounts;
        let purse = accounts.purse_of(f);
        let (mut columns, mut spent) = (Vec::new(), 0.0);
        let years = m.calendar.years();
        for y in years.filter(|&y| {
            self.year
                .map_or(!m.calendar.is_past_year(y), |own| own == y)
        }) {
            let own = Subject::columns(s, |column| {
                let Column::Pay(p, at) = column else {
                    return None;
                };
                let of_purse = at == y && accounts.pays()[p].purse == Some(purse);
                of_purse.then_some(1.0)
            });
            let paid: f64 = own.iter().map(|&(j, _)| natural(s, j)).sum();
            let part = s.fund(f, y).map_or(0.0, |year| year.spent);
            let factor = if paid > 0.0 { part / paid } else { 0.0 };
            columns.extend(own.into_iter().map(|(j, _)| (j, factor)));
            spent += part;
        }
        let fund = &m.funds[f];
        let mut new = Subject::of_columns(s, columns);
        new.words = format!("what fund “{}” spends{}", fund.name, self.from());
        new.value = spent;
        new.unit = m.money.base().into();
        new.places = vec![Place::new(["fund", fund.key.as_str()])];
        new
    }

    /// From when it counts, where that is not all of the calendar.
    fn from(&self) -> String {
        let c = &self.m.calendar;
        if self.year.is_none() && c.has_past() {
            format!(" from {} on", c.decide_from())
        } else {
            String::new()
        }
    }
}
