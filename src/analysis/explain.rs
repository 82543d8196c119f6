//! Where does one number come from? Its parts, the rows that hold it, the terms of its dual equation, and
//! the figures and facts behind them.
//!
//! A number is named as reports name it: `requirement.KEY.YEAR` is what is missing, `line.KEY.YEAR` what a
//! line makes, `supplier.KEY.YEAR` what a supplier delivers, `fund.KEY.YEAR` what a fund spends, each over all
//! years without one; `holder.KEY.stock.ITEM.YEAR` is what is in store at a year's end,
//! `gift.KEY.GIVER.ITEM.YEAR` what a holder gives, `line.KEY.expansion.KEY` how much of an expansion is taken.
//! A row by its name in program files (`--format lp`), such as `price.capacity.powder-mill.2026Q1`, is its
//! price, a column, such as `column.make.filling.round.ua.2026Q1`, its value.
//! `docs/analyses/explain.md` has the mathematics and its limits.

mod subject;
mod tables;

use super::Trouble;
use super::equation::{Matrix, Prices};
use crate::document::Vary;
use crate::model::Model;
use crate::program::Sense;
use crate::solution::Solution;
use crate::solve::{Options, solve};
use subject::Subject;

/// One number and what is behind it.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Explanation {
    /// The number in words.
    pub words: String,
    /// The number.
    pub value: f64,
    /// Its unit.
    pub unit: String,
    /// What adds up to it.
    pub parts: Vec<Part>,
    /// The limits with a price that its parts stand in, the weightiest first.
    pub limits: Vec<Hold>,
    /// The dual equation of its largest part; of a price, the terms that sum to it.
    pub equation: Vec<Term>,
    /// What the equation is about, in words.
    pub about: String,
    /// The figures behind it.
    pub figures: Vec<Figure>,
}

/// A part of a number.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Part {
    /// What it is, as program files name it.
    pub name: String,
    /// Its value, in the unit of the number.
    pub value: f64,
}

/// A limit that holds a number where it is.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Hold {
    /// The limit in words.
    pub words: String,
    /// What one more unit of it is worth, or the last unit of it costs, in the base currency.
    pub price: f64,
    /// The price times what the parts take of the limit, in the base currency.
    pub weight: f64,
}

/// A term of a dual equation.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Term {
    /// What it is, in words.
    pub words: String,
    /// The price of a row, in the base currency per unit of the row. `None`: no row's.
    pub price: Option<f64>,
    /// How many units of the row one unit takes (more than zero) or brings.
    pub factor: Option<f64>,
    /// Price times factor, in the base currency per unit.
    pub value: f64,
}

/// A figure of the document and what it rests on.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Figure {
    /// Where it stands: the keys.
    pub place: String,
    /// File and line.
    pub position: Option<String>,
    /// Its value.
    pub value: f64,
    /// Its unit.
    pub unit: String,
    /// The fact it cites, with its source, or the note on why it is assumed.
    pub basis: String,
}

/// Explain one number of the plan of a document.
///
/// # Errors
/// A fault of the document, no plan, or a number that is not there.
///
/// ```
/// # use sinews::{analysis::explain::explain, document::Document};
/// let document = Document::open("models/tiny.toml")?;
/// let found = explain(&document, "requirement.shells.2026", &Default::default())?;
/// assert_eq!(found.value.round(), 20_000.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn explain(document: &dyn Vary, what: &str, options: &Options) -> Result<Explanation, Trouble> {
    let model = document.model()?;
    let solution = solve(&model, options)?;
    let subject = Subject::of(&model, &solution, what)?;
    let matrix = Matrix::of(&solution, stage(&solution, &subject));
    let prices = matrix.prices(&solution);
    let writer = Writer {
        m: &model,
        solution: &solution,
        matrix: &matrix,
        prices: &prices,
    };
    let (about, equation) = writer.equation(&subject);
    Ok(Explanation {
        value: subject.value,
        unit: subject.unit.clone(),
        parts: writer.parts(&subject),
        limits: writer.limits(&subject),
        figures: subject.figures(document, &model),
        words: subject.words,
        equation,
        about,
    })
}

/// The stage whose prices matter: for a price the first in which the row has one, else the first.
fn stage(solution: &Solution, subject: &Subject) -> usize {
    let Some(n) = subject.row else { return 0 };
    let row = solution.program().rows().name(n);
    let prices = solution.prices(row);
    let first = prices.iter().position(|&(_, price)| price != 0.0);
    first.unwrap_or(0)
}

/// Writes what a solution says about a subject.
struct Writer<'a> {
    m: &'a Model,
    solution: &'a Solution,
    matrix: &'a Matrix<'a>,
    prices: &'a Prices,
}

impl Writer<'_> {
    fn money(&self) -> f64 {
        self.solution.program().money_size()
    }

    /// The columns that add up to the number, each with its factor in it.
    fn parts(&self, subject: &Subject) -> Vec<Part> {
        let program = self.solution.program();
        let part = |&(j, factor): &(usize, f64)| Part {
            name: program.column_called(self.m, program.columns()[j].name),
            value: factor * self.natural(j),
        };
        let parts = subject.columns.iter().map(part);
        parts.filter(|part| part.value != 0.0).collect()
    }

    /// A column's value in natural units.
    fn natural(&self, j: usize) -> f64 {
        let column = &self.solution.program().columns()[j];
        if column.lower < column.upper {
            self.solution.value(column.name)
        } else {
            column.lower * column.unit
        }
    }

    fn limits(&self, subject: &Subject) -> Vec<Hold> {
        let program = self.solution.program();
        let rows = program.rows();
        let mut weights = std::collections::BTreeMap::new();
        for &(j, _) in &subject.columns {
            for &(n, factor) in self.matrix.rows(j) {
                if rows.sense(n) != Sense::Equal && self.prices.duals[n] != 0.0 {
                    let taken = factor * self.matrix.value(j);
                    *weights.entry(n).or_insert(0.0) += taken * -self.prices.duals[n];
                }
            }
        }
        if let Some(n) = subject.row {
            weights.insert(n, -self.prices.duals[n]);
        }
        let limits = weights.into_iter().filter_map(|(n, weight)| {
            let price = self.solution.price(rows.name(n))?;
            (price != 0.0).then(|| Hold {
                words: program.describe(self.m, rows.name(n)),
                price,
                weight: weight * self.money(),
            })
        });
        let mut limits: Vec<Hold> = limits.collect();
        limits.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
        limits
    }

    /// The dual equation of the largest part, or of the largest source of a row.
    fn equation(&self, subject: &Subject) -> (String, Vec<Term>) {
        let program = self.solution.program();
        let flow = |(j, factor): &(usize, f64)| (factor * self.matrix.value(*j)).abs();
        let (row, sources): (Option<usize>, Vec<(usize, f64)>) = match subject.row {
            Some(n) => (Some(n), self.terms_of(n)),
            None => (None, subject.columns.clone()),
        };
        let free = |(j, _): &&(usize, f64)| {
            let column = &program.columns()[*j];
            column.lower < column.upper
        };
        let largest = sources
            .iter()
            .filter(free)
            .max_by(|a, b| flow(a).total_cmp(&flow(b)));
        let Some(&(j, _)) = largest else {
            return (String::new(), Vec::new());
        };
        let name = program.column_called(self.m, program.columns()[j].name);
        let about = match row {
            Some(n) => {
                let row = program.describe(self.m, program.rows().name(n));
                format!("{row}, as the equation of `{name}` has it")
            }
            None => format!("one more unit of `{name}`"),
        };
        (about, self.terms(j, row))
    }

    /// The columns of a row: those that bring something where it passes on, else those that take.
    fn terms_of(&self, n: usize) -> Vec<(usize, f64)> {
        if self.matrix.passes(n) {
            self.matrix.sources(n).collect()
        } else {
            let terms = self.solution.program().rows().row(n).iter();
            terms.map(|&(j, factor)| (j as usize, factor)).collect()
        }
    }

    /// The terms of a column's dual equation, per unit of the column; or per unit of one of its rows and
    /// solved for that row's price: of a demand what it costs, of a limit what it earns.
    fn terms(&self, j: usize, solved: Option<usize>) -> Vec<Term> {
        let program = self.solution.program();
        let rows = program.rows();
        let column = program.columns()[j].unit;
        let own = solved.and_then(|n| {
            let factor = self.matrix.rows(j).iter().find(|(m, _)| *m == n)?.1;
            Some(factor * rows.unit(n) / column)
        });
        let limit = solved.is_some_and(|n| rows.sense(n) == Sense::AtMost);
        let sign = if limit { -1.0 } else { 1.0 };
        let per = sign * self.money() / column / own.unwrap_or(1.0);
        let mut terms = Vec::new();
        for &(n, factor) in self.matrix.rows(j) {
            let dual = self.prices.duals[n];
            let value = -factor * dual * per;
            if Some(n) == solved || value.abs() < 1e-9 {
                continue;
            }
            terms.push(Term {
                words: program.describe(self.m, rows.name(n)),
                price: Some(dual.abs() * self.money() / rows.unit(n)),
                factor: Some(value / (dual.abs() * self.money() / rows.unit(n))),
                value,
            });
        }
        let mut other = |words: &str, value: f64| {
            if value.abs() > 1e-9 {
                terms.push(Term {
                    words: words.into(),
                    price: None,
                    factor: None,
                    value,
                });
            }
        };
        other("what it costs in the aim itself", self.matrix.cost(j) * per);
        other("less its reduced cost", -self.prices.reduced[j] * per);
        terms.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()));
        terms
    }
}
