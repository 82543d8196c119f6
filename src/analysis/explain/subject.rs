//! What is asked about: a number, the columns that add up to it, and the places it rests on.

use super::Figure;
use crate::analysis::Trouble;
use crate::analysis::infeasible::Rule;
use crate::document::Document;
use crate::evidence::Basis;
use crate::ids::{PeriodId, YearId};
use crate::model::Model;
use crate::problem::Place;
use crate::program::{Column, Row};
use crate::solution::Solution;

/// A number of a plan.
pub(super) struct Subject {
    pub(super) words: String,
    pub(super) value: f64,
    pub(super) unit: String,
    /// The columns that add up to it, each with the factor that brings it to its unit.
    pub(super) columns: Vec<(usize, f64)>,
    /// The row whose price it is, if it is one.
    pub(super) row: Option<usize>,
    /// Where what it rests on stands: everything below these places.
    places: Vec<Place>,
}

/// What can be asked.
const HELP: &str = "write `requirement.KEY.YEAR`, `line.KEY.YEAR`, `supplier.KEY.YEAR`, `fund.KEY.YEAR`, or `price.` and a row as `--format lp` names it";

impl Subject {
    /// The number that a name stands for.
    pub(super) fn of(m: &Model, s: &Solution, what: &str) -> Result<Self, Trouble> {
        let unknown = || Trouble::request(format!("no number is called `{what}`"), HELP);
        // By the year, a figure of a report and the row that holds it have one name: the figure is meant,
        // unless `price.` stands before it.
        if let Some(found) = Self::figure(m, s, what) {
            return Ok(found);
        }
        let name = what.strip_prefix("price.").unwrap_or(what);
        let row = s.program().row_called(m, name);
        row.and_then(|row| Self::price(m, s, row))
            .ok_or_else(unknown)
    }

    /// A figure of a report: `line.KEY.YEAR` and the like.
    fn figure(m: &Model, s: &Solution, what: &str) -> Option<Self> {
        let mut keys: Vec<&str> = what.split('.').collect();
        let year = keys.pop().and_then(|year| year.parse().ok());
        let mut years = m.calendar.years();
        let y = years.find(|&y| Some(m.calendar.year_number(y)) == year)?;
        let [family, key] = keys.as_slice() else {
            return None;
        };
        match *family {
            "requirement" => Self::shortfall(m, s, key, y),
            "line" => Self::output(m, s, key, y),
            "supplier" => Self::delivered(m, s, key, y),
            "fund" => Self::spending(m, s, key, y),
            _ => None,
        }
    }

    /// What a row is worth.
    fn price(m: &Model, s: &Solution, n: usize) -> Option<Self> {
        let program = s.program();
        let row = program.rows().name(n);
        let places = Rule::of(m, program, row).map(|rule| rule.places);
        let about = match row {
            Row::Requirement(r, _) => Some(Place::new(["requirement", &m.requirements[r].key])),
            Row::Balance(k, _) => {
                let item = program.network().markets[k].item;
                Some(Place::new(["item", &m.items[item].key]))
            }
            _ => None,
        };
        Some(Self {
            words: format!("the price of {}", program.describe(m, row)),
            value: s.price(row)?,
            unit: format!("{} a unit", m.money.base()),
            columns: Vec::new(),
            row: Some(n),
            places: places.into_iter().flatten().chain(about).collect(),
        })
    }

    fn shortfall(m: &Model, s: &Solution, key: &str, y: YearId) -> Option<Self> {
        let (r, requirement) = m.requirements.iter().find(|(_, r)| r.key == key)?;
        let met = s.requirements[r].years[y];
        let mut new = Self::year(m, s, y, |column, t| match column {
            Column::Short(other, at) if other == r && at == t => Some(1.0),
            _ => None,
        });
        new.words = format!("what is missing of `{}`", requirement.name);
        new.value = met.short;
        new.unit
            .clone_from(&m.items[requirement.meets[0].item].unit);
        new.places = vec![Place::new(["requirement", key])];
        let meets = requirement.meets.iter();
        let items = meets.map(|accepted| m.items[accepted.item].key.as_str());
        new.places
            .extend(items.map(|item| Place::new(["item", item])));
        Some(new)
    }

    fn output(m: &Model, s: &Solution, key: &str, y: YearId) -> Option<Self> {
        let (l, line) = m.lines.iter().find(|(_, line)| line.key == key)?;
        let network = s.program().network();
        let mut new = Self::year(m, s, y, |column, t| match column {
            Column::Make(k, at) if at == t && network.makes[k].line == l => {
                let product = network.makes[k].product;
                Some(1.0 / line.products[product].pace.value())
            }
            _ => None,
        });
        new.words = format!(
            "what line `{}` makes, in units of its first product",
            line.name
        );
        new.unit.clone_from(&m.items[line.products[0].item].unit);
        new.places = vec![Place::new(["line", key])];
        Some(new)
    }

    fn delivered(m: &Model, s: &Solution, key: &str, y: YearId) -> Option<Self> {
        let (q, supplier) = m.suppliers.iter().find(|(_, q)| q.key == key)?;
        let network = s.program().network();
        let mut new = Self::year(m, s, y, |column, t| match column {
            Column::Order(o, at) if at == t && network.orders[o].supplier == q => Some(1.0),
            _ => None,
        });
        new.words = format!("what supplier `{}` delivers", supplier.name);
        new.unit.clone_from(&m.items[supplier.item].unit);
        new.places = vec![Place::new(["supplier", key])];
        Some(new)
    }

    /// A fund's spending: what its purse pays, of which it has its part.
    fn spending(m: &Model, s: &Solution, key: &str, y: YearId) -> Option<Self> {
        let (f, fund) = m.funds.iter().find(|(_, fund)| fund.key == key)?;
        let accounts = &s.program().network().accounts;
        let purse = accounts.purse_of(f);
        let spent = s.fund(f, y).map_or(0.0, |year| year.spent);
        let mut columns = Self::columns(s, |column| match column {
            Column::Pay(p, at) if at == y && accounts.pays()[p].purse == Some(purse) => Some(1.0),
            _ => None,
        });
        let paid: f64 = columns.iter().map(|&(j, _)| natural(s, j)).sum();
        for (_, factor) in &mut columns {
            *factor = if paid > 0.0 { spent / paid } else { 0.0 };
        }
        Some(Self {
            words: format!("what fund `{}` spends", fund.name),
            value: spent,
            unit: m.money.base().into(),
            columns,
            row: None,
            places: vec![Place::new(["fund", key])],
        })
    }

    /// The columns of a year's periods that are part of a number; the number is their sum.
    fn year(
        m: &Model,
        s: &Solution,
        y: YearId,
        factor: impl Fn(Column, PeriodId) -> Option<f64>,
    ) -> Self {
        let periods: Vec<PeriodId> = m.calendar.periods_of(y).collect();
        let columns = Self::columns(s, |column| periods.iter().find_map(|&t| factor(column, t)));
        let value = columns.iter().map(|&(j, factor)| factor * natural(s, j));
        Self {
            words: String::new(),
            value: value.sum(),
            unit: String::new(),
            columns,
            row: None,
            places: Vec::new(),
        }
    }

    fn columns(s: &Solution, factor: impl Fn(Column) -> Option<f64>) -> Vec<(usize, f64)> {
        let all = s.program().columns().iter().enumerate();
        all.filter_map(|(j, column)| Some((j, factor(column.name)?)))
            .collect()
    }

    /// The figures that it rests on.
    pub(super) fn figures(&self, document: &Document, m: &Model) -> Vec<Figure> {
        let within = |place: &Place| {
            let mut places = self.places.iter();
            places.any(|around| place.keys().starts_with(around.keys()))
        };
        let figures = m
            .evidence
            .figures
            .iter()
            .filter(|figure| within(&figure.place));
        let figures = figures.map(|figure| Figure {
            place: figure.place.to_string(),
            position: document.position(&figure.place),
            value: figure.value,
            unit: figure.unit.clone(),
            basis: basis(document, &figure.basis),
        });
        figures.collect()
    }
}

/// A column's value in natural units.
fn natural(s: &Solution, j: usize) -> f64 {
    s.value(s.program().columns()[j].name)
}

/// What a figure rests on, in words.
fn basis(document: &Document, basis: &Basis) -> String {
    match basis {
        Basis::Assumption(note) => format!("assumed: {note}"),
        Basis::Fact(id) => match document.registry().get(id) {
            None => format!("fact `{id}`"),
            Some(fact) => format!(
                "fact `{id}`: {} {} ({}, confidence {}); {}, “{}”, {}, {}",
                fact.value,
                fact.unit,
                fact.as_of,
                fact.confidence,
                fact.source.publisher,
                fact.source.title,
                fact.source.date,
                fact.source.url
            ),
        },
    }
}
