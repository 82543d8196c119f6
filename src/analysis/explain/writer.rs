//! What a solution says about a number: its parts, the limits that hold it, its equation, what it waits for.

use super::number::Subject;
use super::subject::figures;
use super::{Explanation, Hold, Part, Term, Wait};
use crate::analysis::bottleneck::Cause;
use crate::analysis::equation::{Matrix, Prices};
use crate::document::Vary;
use crate::model::Model;
use crate::program::{Column, Sense, When};
use crate::solution::Solution;

/// The stage whose prices matter: for a price the first in which the row has one; for what is missing the first in which
/// that counts; else the first.
pub(super) fn stage(solution: &Solution, subject: &Subject) -> usize {
    if let Some(n) = subject.row {
        let row = solution.program().rows().name(n);
        let prices = solution.prices(row);
        let first = prices.iter().position(|&(_, price)| price != 0.0);
        return first.unwrap_or(0);
    }
    let Some(r) = subject.requirement else {
        return 0;
    };
    let program = solution.program();
    let counts = |aim: &[(u32, f64)]| {
        let mut aim = aim.iter().map(|&(j, _)| program.columns()[j as usize].name);
        aim.any(|column| matches!(column, Column::Short(own, _) if own == r))
    };
    let stages = program.stages();
    let mut priced = stages.iter().filter(|stage| stage.priced);
    priced.position(|stage| counts(&stage.aim)).unwrap_or(0)
}

/// The sums of the parts of each year.
fn by_year(parts: &[Part]) -> Vec<(i32, f64)> {
    let mut years = std::collections::BTreeMap::new();
    for part in parts {
        if let Some(year) = part.year {
            *years.entry(year).or_insert(0.0) += part.value;
        }
    }
    years.into_iter().collect()
}

/// Writes what a solution says about a subject.
pub(super) struct Writer<'a> {
    pub(super) m: &'a Model,
    pub(super) solution: &'a Solution,
    pub(super) matrix: &'a Matrix<'a>,
    pub(super) prices: &'a Prices,
}

impl Writer<'_> {
    /// All of it; what a subject that is missing waits for is given.
    pub(super) fn explanation(
        &self,
        document: &dyn Vary,
        subject: Subject,
        waits: &[(Cause, f64)],
    ) -> Explanation {
        let program = self.solution.program();
        let (about, equation) = self.equation(&subject);
        let parts = self.parts(&subject);
        let wait = |&(cause, share): &(Cause, f64)| Wait {
            words: cause.words(self.m, program).in_quotes(),
            share,
            figures: figures(document, self.m, &cause.places(self.m, program.network())),
        };
        Explanation {
            value: subject.value,
            unit: subject.unit.clone(),
            years: subject.years.clone().unwrap_or_else(|| by_year(&parts)),
            parts,
            limits: self.limits(&subject),
            figures: figures(document, self.m, &subject.places),
            words: subject.words,
            equation,
            about,
            waits_for: waits.iter().map(wait).collect(),
        }
    }

    fn money(&self) -> f64 {
        self.solution.program().money_size()
    }

    /// The columns that add up to the number, each with its factor in it.
    fn parts(&self, subject: &Subject) -> Vec<Part> {
        let program = self.solution.program();
        let c = &self.m.calendar;
        let year = |column: Column| match column.when() {
            When::Period(t) => Some(c.year_number(c.year_of(t))),
            When::Year(y) => Some(c.year_number(y)),
            When::End | When::Always => None,
        };
        let part = |&(j, factor): &(usize, f64)| {
            let column = program.columns()[j].name;
            Part {
                name: program.column_called(self.m, column),
                year: year(column),
                value: factor * self.natural(j),
            }
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
