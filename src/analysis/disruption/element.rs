//! What may be lost: lines, suppliers, funds, countries.

use crate::analysis::Trouble;
use crate::document::Pattern;
use crate::ids::{FundId, LineId, PeriodId, RegionId, SupplierId};
use crate::model::Model;
use crate::problem::{Place, nearest};
use crate::program::{Column, Program};
use crate::solution::Solution;
use crate::units::as_number;

use std::collections::BTreeSet;

/// What may be lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Element {
    /// A line makes nothing.
    Line(LineId),
    /// A supplier delivers nothing.
    Supplier(SupplierId),
    /// A fund has no money.
    Fund(FundId),
    /// All lines and suppliers of a country.
    Country(RegionId),
}

/// Every element that can be lost, in the order of the model.
pub fn all(model: &Model) -> Vec<Element> {
    let lines = model.lines.ids().map(Element::Line);
    let suppliers = model.suppliers.ids().map(Element::Supplier);
    let funds = model.funds.ids().map(Element::Fund);
    let makers = model.lines.values().filter_map(|line| line.country);
    let sellers = model.suppliers.values().filter_map(|q| q.country);
    let countries: BTreeSet<RegionId> = makers.chain(sellers).collect();
    let countries = countries.into_iter().map(Element::Country);
    lines
        .chain(suppliers)
        .chain(funds)
        .chain(countries)
        .collect()
}

impl Element {
    /// Its place in the model and its name.
    pub fn names(self, m: &Model) -> (Place, String) {
        let (table, key, name) = match self {
            Self::Line(l) => ("line", &m.lines[l].key, &m.lines[l].name),
            Self::Supplier(q) => ("supplier", &m.suppliers[q].key, &m.suppliers[q].name),
            Self::Fund(f) => ("fund", &m.funds[f].key, &m.funds[f].name),
            Self::Country(c) => ("country", &m.regions[c].key, &m.regions[c].name),
        };
        (Place::new([table, key]), name.clone())
    }

    /// Keep only a share of what it gives in the lost part of some periods of a program; in the rest of them it
    /// may give what it can.
    pub(super) fn lose(
        self,
        m: &Model,
        first: &Solution,
        program: &mut Program,
        periods: &[(PeriodId, f64)],
        keeps: f64,
    ) {
        let network = first.program().network();
        match self {
            Self::Line(l) => {
                for (k, _) in network.makes.iter().filter(|(_, make)| make.line == l) {
                    for &period in periods {
                        limit(m, first, program, |t| Column::Make(k, t), period, keeps);
                    }
                }
            }
            Self::Supplier(q) => {
                for (o, _) in network
                    .orders
                    .iter()
                    .filter(|(_, order)| order.supplier == q)
                {
                    for &period in periods {
                        limit(m, first, program, |t| Column::Order(o, t), period, keeps);
                    }
                }
            }
            Self::Fund(f) => {
                for y in m.calendar.years() {
                    let all = m.calendar.periods_of(y).count();
                    let own = periods.iter();
                    let own = own.filter(|&&(t, _)| m.calendar.year_of(t) == y);
                    let lost: f64 = own.map(|(_, lost)| lost).sum();
                    let column = Column::Money(f, y);
                    let share = 1.0 - (1.0 - keeps) * lost / as_number(all.max(1));
                    program.fix(column, first.program().fixed(column) * share);
                }
            }
            Self::Country(c) => {
                for (l, _) in m.lines.iter().filter(|(_, line)| line.country == Some(c)) {
                    Self::Line(l).lose(m, first, program, periods, keeps);
                }
                for (q, _) in m.suppliers.iter().filter(|(_, q)| q.country == Some(c)) {
                    Self::Supplier(q).lose(m, first, program, periods, keeps);
                }
            }
        }
    }
}

/// Limit a delivery in a period of which a share is lost.
fn limit(
    m: &Model,
    first: &Solution,
    program: &mut Program,
    column: impl Fn(PeriodId) -> Column,
    (t, lost): (PeriodId, f64),
    keeps: f64,
) {
    let kept = lost * keeps * first.value(column(t));
    let free = (1.0 - lost) * program.could(m, column(t));
    program.limit(column(t), kept + free);
}

/// The elements that patterns name; all without patterns.
pub(super) fn elements(model: &Model, patterns: &[String]) -> Result<Vec<Element>, Trouble> {
    let all = all(model);
    if patterns.is_empty() {
        return Ok(all);
    }
    let mut chosen = BTreeSet::new();
    for text in patterns {
        let pattern: Option<Pattern> = text.parse().ok();
        let named = |element: &&Element| {
            let (place, _) = element.names(model);
            pattern
                .as_ref()
                .is_some_and(|pattern| pattern.matches(&place))
        };
        let before = chosen.len();
        chosen.extend(all.iter().filter(named).copied());
        if chosen.len() == before {
            let message = format!("`{text}` names nothing that can be lost");
            let names: Vec<String> = all
                .iter()
                .map(|own| own.names(model).0.to_string())
                .collect();
            let near = nearest(text, names.iter().map(String::as_str));
            let near = near.map_or_else(String::new, |near| format!("did you mean `{near}`? "));
            let help = format!(
                "{near}write `line.KEY`, `supplier.KEY`, `fund.KEY` or `country.KEY`; `*` stands for any letters"
            );
            return Err(Trouble::request(message, help));
        }
    }
    Ok(chosen.into_iter().collect())
}
