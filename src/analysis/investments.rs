//! Which plant next? Every expansion option with its value, its cost, and when a growing budget takes it.
//!
//! ```text
//! value[e]  =  least (shortfall + cost) without e  −  least (shortfall + cost) with every option
//! ```
//!
//! The value of an option is what the best plan loses without it, its own cost already paid: what it is
//! worth beyond its price, given all the others. Options that stand in for one another each seem worth little;
//! the order in which a growing budget takes them shows which comes first.

use super::measure::{beyond, built, price_of, rank};
use super::{Findings, Trouble, Work};
use crate::dotted::joined;
use crate::ids::{ExpansionId, FundId, YearId};
use crate::model::{Model, ObjectiveKind};
use crate::program::{Column, Program};
use crate::solution::Solution;
use crate::solve::{Options, Session, solve_program};
use crate::table::{Cell, Table};

/// Every expansion option, the most valuable first.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Investments {
    /// The code of the base currency.
    pub currency: String,
    /// The options.
    pub options: Vec<Investment>,
    /// The budgets that were tried, as multiples of the model's money.
    pub budgets: Vec<f64>,
}

/// An expansion option.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Investment {
    /// The option.
    pub expansion: ExpansionId,
    /// Its place in the model: `line.nora.expansion.hall`.
    pub place: String,
    /// How much of it the best plan builds, in times.
    pub built: f64,
    /// What that costs, each order at its price on its date, at the prices of the base year.
    pub cost: f64,
    /// What the best plan loses without it, in the weighted sum of shortfall and cost.
    pub value: f64,
    /// What more is missing without it, at its value in the base currency.
    pub avoided: f64,
    /// The least of the budgets at which it is built. `None`: at none of them.
    pub from_budget: Option<f64>,
}

impl Investment {
    /// What is no longer missing for each unit of money that it costs. `None`: it is not built, or free.
    pub fn payback(&self) -> Option<f64> {
        (self.cost > 0.0).then(|| self.avoided / self.cost)
    }
}

/// Rank the expansion options of a model.
///
/// # Errors
/// A model without options, or without a plan.
///
/// ```
/// use sinews::analysis::Work;
/// use sinews::analysis::investments::{investments};
///
/// let model = sinews::read("models/shells.toml")?;
/// let found = investments(&model, &[], &Default::default(), &Work::default())?;
/// assert_eq!(found.options.len(), model.expansions.len());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn investments(
    model: &Model,
    budgets: &[f64],
    options: &Options,
    work: &Work,
) -> Result<Investments, Trouble> {
    if model.expansions.is_empty() {
        let help = "add a `[line.KEY.expansion.KEY]`";
        return Err(Trouble::request("the model has no expansion options", help));
    }
    let program = Program::of(model, ObjectiveKind::Weighted);
    // What is built hangs on which of equal plans it is: the one chosen on purpose.
    let best = solve_program(model, program.clone(), options)?;
    let session = Session::of(model, program, options)?;
    let first = session.solution();
    let without = work.all(
        model.expansions.len(),
        || session.runner(),
        |runner, n| {
            let e = crate::ids::Id::at(n);
            if built(model, &best, e) == 0.0 {
                return Ok(first.clone());
            }
            let mut program = first.program().clone();
            for t in model.calendar.periods() {
                program.limit(Column::Build(e, t), 0.0);
            }
            Ok(runner.solve_program(model, program)?)
        },
    );
    let without = without?;
    let grown = work.all(
        budgets.len(),
        || (),
        |(), n| {
            let mut program = first.program().clone();
            for (f, y) in cells(model) {
                let column = Column::Money(f, y);
                program.fix(column, first.program().fixed(column) * budgets[n]);
            }
            Ok(solve_program(model, program, options)?)
        },
    );
    let grown = grown?;
    let mut all: Vec<Investment> = model
        .expansions
        .ids()
        .zip(&without)
        .map(|(e, without)| {
            let at = budgets.iter().zip(&grown);
            let at = at.filter(|(_, plan)| built(model, plan, e) > 0.0);
            let from_budget = at.map(|(&budget, _)| budget).min_by(f64::total_cmp);
            option(model, (first, &best), without, e, from_budget)
        })
        .collect();
    let value = first.stages[0].value;
    rank(&mut all, |o| o.value, value, |o| o.place.clone());
    Ok(Investments {
        currency: model.money.base().to_owned(),
        options: all,
        budgets: budgets.to_vec(),
    })
}

fn cells(m: &Model) -> impl Iterator<Item = (FundId, YearId)> + '_ {
    let years = |f| m.calendar.years().map(move |y| (f, y));
    m.funds.ids().flat_map(years)
}

fn option(
    m: &Model,
    (first, best): (&Solution, &Solution),
    without: &Solution,
    e: ExpansionId,
    from_budget: Option<f64>,
) -> Investment {
    let expansion = &m.expansions[e];
    let built = built(m, best, e);
    let used = built > 0.0;
    let missing = without.missing_value(m);
    Investment {
        expansion: e,
        place: joined([
            "line",
            &m.lines[expansion.line].key,
            "expansion",
            &expansion.key,
        ]),
        built,
        cost: if used { price_of(best, e) } else { 0.0 },
        value: beyond(without.stages[0].value, first.stages[0].value).max(0.0),
        avoided: if used {
            beyond(missing, best.missing_value(m))
        } else {
            0.0
        },
        from_budget,
    }
}

impl Findings for Investments {
    fn tables(&self) -> Vec<Table> {
        let budgets: Vec<String> = self.budgets.iter().map(ToString::to_string).collect();
        let note = format!(
            "M {}. Value: what the best plan is worse by without it, weighted shortfall and discounted cost; avoided: what would be missing more, at its value; payback: avoided for each unit of cost; from: the least of the budgets ({} times the model's money) at which it is built.",
            self.currency,
            budgets.join(", ")
        );
        let title = "Expansion options, the most valuable first";
        let heads = ["built", "cost", "value", "avoided", "payback", "from"];
        let mut table = Table::new("investments", title, note, &["option"])
            .columns(heads)
            .unit("built", "blocks")
            .unit("payback", "money avoided/cost")
            .unit("from", "times the model's money");
        for option in &self.options {
            table.push(vec![
                option.place.clone().into(),
                Cell::Quantity(option.built),
                Cell::Money(option.cost),
                Cell::Money(option.value),
                Cell::Money(option.avoided),
                option.payback().map_or(Cell::Empty, Cell::Quantity),
                option.from_budget.map_or(Cell::Empty, Cell::Quantity),
            ]);
        }
        vec![table]
    }
}
