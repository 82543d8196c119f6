//! What do all good plans share? Decisions over the plans that are nearly as good as the best.
//!
//! ```text
//! within   Σ S + C  ≤  best + ε · |best|
//! least and most of  Σ_t b[e,t]  and of  Σ_t q[q,t]      over all plans within
//! ```
//!
//! A decision whose least is above zero is in every good plan: nobody regrets it. One whose most is zero
//! is in none. In between, plans differ: some of them are shown, each as far from those before as
//! can be: it takes as little as it can of what they have taken (Brill, Chang and Hopkins, *Management
//! Science* 28, 1982).

use super::{Findings, Trouble, Work};
use crate::dotted::joined;
use crate::ids::{ExpansionId, SupplierId};
use crate::model::{Model, ObjectiveKind};
use crate::program::{Column, Program};
use crate::solution::Solution;
use crate::solve::{Options, Session, held};
use crate::table::{Cell, Table};

/// What is asked.
///
/// ```
/// use sinews::analysis::alternatives::Request;
///
/// // Plans that are no more than one percent worse.
/// let request = Request {
///     within: 0.01,
///     ..Request::default()
/// };
/// # let _ = request;
/// ```
#[derive(Clone, Debug)]
pub struct Request {
    /// How much worse than the best a plan may be, as a share.
    pub within: f64,
    /// How many plans that differ most are shown.
    pub plans: usize,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            within: 0.01,
            plans: 3,
        }
    }
}

/// A decision of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Decision {
    /// How much of an expansion is built, in all.
    Build(ExpansionId),
    /// What a supplier delivers, in all.
    Order(SupplierId),
}

/// What good plans share.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Alternatives {
    /// How much worse than the best a plan may be, as a share.
    pub within: f64,
    /// The code of the base currency.
    pub currency: String,
    /// Every decision, in the order of the model.
    pub decisions: Vec<Range>,
    /// The best plan, and then those that differ most.
    pub plans: Vec<NearBest>,
}

/// How much of a decision good plans take.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Range {
    /// The decision.
    pub decision: Decision,
    /// Its place in the model: `line.nora.expansion.hall`.
    pub place: String,
    /// The unit it is counted in: of what is built a year, or delivered.
    pub unit: String,
    /// The least of it in any good plan.
    pub least: f64,
    /// What the best plan takes.
    pub best: f64,
    /// The most of it in any good plan.
    pub most: f64,
}

/// In how many of the good plans a decision is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Share {
    /// In all: nobody regrets it.
    All,
    /// In some.
    Some,
    /// In none.
    None,
}

/// A plan near the best.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct NearBest {
    /// The share of all that is required that is met, by value.
    pub coverage: f64,
    /// What it costs, in money of the day.
    pub cost: f64,
    /// What it takes of each decision.
    pub taken: Vec<f64>,
}

impl Range {
    /// In how many of the good plans it is.
    pub fn share(&self) -> Share {
        // What is less than a thousandth of the most is the solver's rounding.
        if self.most <= 0.0 {
            Share::None
        } else if self.least > 1e-3 * self.most {
            Share::All
        } else {
            Share::Some
        }
    }
}

/// Look at all plans near the best.
///
/// # Errors
/// A share that is none, or a model without a plan.
///
/// ```
/// use sinews::analysis::Work;
/// use sinews::analysis::alternatives::{Request, alternatives};
///
/// let model = sinews::read("models/shells.toml")?;
/// let request = Request {
///     plans: 1,
///     ..Request::default()
/// };
/// let found = alternatives(&model, &request, &Default::default(), &Work::default())?;
/// assert!(found.decisions.iter().all(|range| range.least <= range.most));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn alternatives(
    model: &Model,
    request: &Request,
    options: &Options,
    work: &Work,
) -> Result<Alternatives, Trouble> {
    if !(request.within > 0.0 && request.within < 1.0) {
        let message = format!("{} is no share between 0 and 1", request.within);
        let help = "write how much worse a plan may be, such as 0.01 for one percent";
        return Err(Trouble::request(message, help));
    }
    let program = held(model, Program::of(model, ObjectiveKind::Weighted), options)?;
    let best = Session::of(model, program.clone(), options)?;
    let best = best.solution().clone();
    let value = best.stages[0].value;
    let mut near = program;
    near.hold_within(value + request.within * value.abs());
    let session = Session::of(model, near, options)?;
    let search = Search {
        model,
        session: &session,
        work,
    };
    let decisions = decisions(model, &best);
    let ranges = search.ranges(&decisions, &best)?;
    let plans = search.plans(&decisions, &ranges, &best, request.plans)?;
    Ok(Alternatives {
        within: request.within,
        currency: model.money.base().to_owned(),
        decisions: ranges,
        plans,
    })
}

/// Every decision for which the program has columns.
fn decisions(m: &Model, best: &Solution) -> Vec<Decision> {
    let builds = m.expansions.ids().map(Decision::Build);
    let orders = m.suppliers.ids().map(Decision::Order);
    let all = builds.chain(orders);
    all.filter(|decision| !decision.columns(m, best).is_empty())
        .collect()
}

impl Decision {
    /// The columns that it adds up, each with its factor: capacity added, or units delivered.
    fn columns(self, m: &Model, s: &Solution) -> Vec<(Column, f64)> {
        let plan = s.program().plan();
        let columns = m.calendar.periods().flat_map(|t| match self {
            Self::Build(e) => vec![(Column::Build(e, t), m.expansions[e].adds.value())],
            Self::Order(q) => {
                let orders = s.program().network().orders.iter();
                let own = orders.filter(|(_, order)| order.supplier == q);
                own.map(|(o, _)| (Column::Order(o, t), 1.0)).collect()
            }
        });
        columns
            .filter(|&(column, _)| plan.get(column).is_some())
            .collect()
    }

    fn taken(self, m: &Model, s: &Solution) -> f64 {
        let columns = self.columns(m, s);
        columns
            .into_iter()
            .map(|(column, factor)| factor * s.value(column))
            .sum()
    }

    /// What flows of its item are counted in, in natural units: tens of it flow in a period.
    fn size(self, m: &Model, s: &Solution) -> f64 {
        s.program().item_size(match self {
            Self::Build(e) => m.lines[m.expansions[e].line].products[0].item,
            Self::Order(q) => m.suppliers[q].item,
        })
    }

    /// Its place in the model and the unit it is counted in.
    fn names(self, m: &Model) -> (String, String) {
        match self {
            Self::Build(e) => {
                let expansion = &m.expansions[e];
                let line = &m.lines[expansion.line];
                let unit = &m.items[line.products[0].item].unit;
                let place = joined(["line", &line.key, "expansion", &expansion.key]);
                (place, format!("{unit}/year"))
            }
            Self::Order(q) => {
                let supplier = &m.suppliers[q];
                let unit = m.items[supplier.item].unit.clone();
                (joined(["supplier", &supplier.key]), unit)
            }
        }
    }
}

/// How much of what flows are counted in is nothing.
const NOTHING: f64 = 1e-4;

struct Search<'a> {
    model: &'a Model,
    session: &'a Session,
    work: &'a Work,
}

impl Search<'_> {
    /// The plans that make each of several sums of decisions least.
    fn solve(&self, aims: &[Vec<(Decision, f64)>]) -> Result<Vec<Solution>, Trouble> {
        let first = self.session.solution();
        self.work.all(
            aims.len(),
            || self.session.runner(),
            |runner, n| {
                let mut program = first.program().clone();
                let all = aims[n].iter().flat_map(|&(decision, weight)| {
                    let columns = decision.columns(self.model, first);
                    columns
                        .into_iter()
                        .map(move |(column, factor)| (column, weight * factor))
                });
                program.pursue_columns(all.collect::<Vec<_>>());
                Ok(runner.solve_program(self.model, program)?)
            },
        )
    }

    fn ranges(&self, decisions: &[Decision], best: &Solution) -> Result<Vec<Range>, Trouble> {
        let m = self.model;
        let aims = decisions.iter().flat_map(|&d| {
            // Counted in what the best plan could take at most, so that all aims are of one size.
            let size = 1.0 / largest(m, d).max(1e-9);
            [vec![(d, size)], vec![(d, -size)]]
        });
        let found = self.solve(&aims.collect::<Vec<_>>())?;
        let ranges = decisions
            .iter()
            .zip(found.chunks(2))
            .map(|(&decision, ends)| {
                let (place, unit) = decision.names(m);
                // Each within what was best, and nothing where that is nothing against what could flow.
                let nothing = NOTHING * decision.size(m, best);
                let clean = |taken: f64| if taken > nothing { taken } else { 0.0 };
                let taken = clean(decision.taken(m, best));
                Range {
                    decision,
                    place,
                    unit,
                    least: clean(decision.taken(m, &ends[0])).min(taken),
                    best: taken,
                    most: clean(decision.taken(m, &ends[1])).max(taken),
                }
            });
        Ok(ranges.collect())
    }

    /// The best plan, and plans that take as little as they can of what those before have taken.
    fn plans(
        &self,
        decisions: &[Decision],
        ranges: &[Range],
        best: &Solution,
        plans: usize,
    ) -> Result<Vec<NearBest>, Trouble> {
        let mut all = vec![self.plan(decisions, best)];
        for _ in 0..plans {
            let aim = decisions.iter().enumerate().filter_map(|(n, &decision)| {
                let most = ranges[n].most;
                let taken: f64 = all.iter().map(|plan| plan.taken[n]).sum();
                (most > 0.0 && taken > 1e-6 * most).then(|| (decision, 1.0 / most))
            });
            let found = self.solve(&[aim.collect()])?;
            all.push(self.plan(decisions, &found[0]));
        }
        Ok(all)
    }

    fn plan(&self, decisions: &[Decision], s: &Solution) -> NearBest {
        let taken = decisions
            .iter()
            .map(|decision| decision.taken(self.model, s));
        NearBest {
            coverage: s.mean_coverage(self.model),
            cost: s.cost.total,
            taken: taken.collect(),
        }
    }
}

/// The most of a decision that there could be.
fn largest(m: &Model, decision: Decision) -> f64 {
    match decision {
        Decision::Build(e) => m.expansions[e].adds.value() * m.expansions[e].at_most.value(),
        Decision::Order(q) => m.suppliers[q].rate.most().value(),
    }
}

impl Findings for Alternatives {
    fn tables(&self) -> Vec<Table> {
        let note = format!(
            "Over all plans no more than {} % worse than the best. Built: capacity a year; delivered: units over the whole calendar.",
            100.0 * self.within
        );
        let words = ["decision", "unit", "in"];
        let title = "What good plans share";
        let heads = ["least", "best", "most"];
        let mut shared = Table::new("shared", title, note, &words).columns(heads);
        for share in [Share::All, Share::Some, Share::None] {
            for range in self.decisions.iter().filter(|range| range.share() == share) {
                let word = match share {
                    Share::All => "all",
                    Share::Some => "some",
                    Share::None => "none",
                };
                shared.push(vec![
                    range.place.clone().into(),
                    range.unit.clone().into(),
                    word.into(),
                    Cell::Quantity(range.least),
                    Cell::Quantity(range.best),
                    Cell::Quantity(range.most),
                ]);
            }
        }
        let note = format!(
            "Each takes as little as it can of what those before have taken; cost in M {} of the day.",
            self.currency
        );
        let heads = (0..self.plans.len()).map(|n| {
            if n == 0 {
                "best".into()
            } else {
                format!("plan {n}")
            }
        });
        let title = "Plans that differ most";
        let mut plans =
            Table::new("plans", title, note, &["decision", "unit"]).across("plan", heads);
        let row = |name: &str, of: &dyn Fn(&NearBest) -> Cell| {
            let words = [Cell::from(name), Cell::from("")];
            words
                .into_iter()
                .chain(self.plans.iter().map(of))
                .collect::<Vec<_>>()
        };
        plans.push(row("coverage, by value", &|plan| {
            Cell::Share(plan.coverage)
        }));
        plans.push(row("cost", &|plan| Cell::Money(plan.cost)));
        for (n, range) in self.decisions.iter().enumerate() {
            let differs = self
                .plans
                .iter()
                .any(|plan| (plan.taken[n] - self.plans[0].taken[n]).abs() > 1e-2 * range.most);
            if differs {
                let words = [range.place.clone().into(), range.unit.clone().into()];
                let cells = self.plans.iter().map(|plan| Cell::Quantity(plan.taken[n]));
                plans.push(words.into_iter().chain(cells).collect());
            }
        }
        vec![shared, plans]
    }
}
