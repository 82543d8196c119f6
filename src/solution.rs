//! The answer: the plan in natural units, what it is short of, what it costs, and every price.
//!
//! Two conventions of prices have two names:
//!
//! | name | of a limit (`≤`) | of a demand (`≥`, `=`) | sign |
//! |---|---|---|---|
//! | [`dual`](Solution::dual) | how the aim changes with the right side | the same | `≤ 0` for a limit |
//! | [`price`](Solution::price) | what one more unit of the limit is worth | what one more unit wanted costs | `≥ 0` for both |
//!
//! Both are in the base currency per natural unit of the row: EUR per round, EUR per tonne, EUR per
//! EUR of a fund. Where an objective has several stages, a row's price is that of the first stage it
//! matters to, as a shortfall of tier 1 comes before all else: for a fund that is short, the tier-1
//! shortfall that one more euro avoids, valued in euros. [`Solution::prices`] gives all of them.

mod answer;
mod by_id;
mod certificate;
mod clean;
mod coverage;
mod effort;
mod estimate;
mod flows;
mod industry;
mod limits;
mod money;
mod saved;
mod sides;
mod tiers;
mod unspent;

pub(crate) use answer::{Answer, Change, Ground};
pub use certificate::Certificate;
pub use coverage::{Coverage, Met};
pub use effort::{Effort, Step, Task};
pub use flows::{Build, Flow, Kept, Transfer};
pub use industry::{Made, ProductOutput};
pub use limits::PricedLimit;
pub use money::{Cost, FundYear, LoanService};
pub use saved::{Saved, SavedStage};
pub use sides::Sides;
pub(crate) use tiers::whose;
pub use tiers::{HolderCoverage, TierCoverage};
pub use unspent::{Unspent, Why};

use crate::ids::{
    FundId, GiveId, MoveId, OrderId, RequirementId, StockId, SupplierId, Table, YearId,
};
use crate::model::{Model, ObjectiveKind};
use crate::program::{Column, Plan, Program, Row, Sense};
use flows::Flows;
use std::sync::Arc;

/// The best plan of a model, certified.
///
/// ```
/// let model = sinews::read("models/tiny.toml")?;
/// let solution = sinews::solve(&model, &Default::default())?;
/// let shells = model.requirements.called("shells").expect("there is such a requirement");
/// assert_eq!(solution.requirements[shells].short.round(), 20_000.0);
/// assert_eq!(solution.cost.total.round(), 40_000.0 * 3_600.0);
/// assert_eq!(solution.model().name, model.name);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Solution {
    /// What was checked, and how well it holds.
    pub certificate: Certificate,
    /// The solver that found it.
    pub solver: &'static str,
    /// What it strives for.
    pub objective: ObjectiveKind,
    /// Whether it was chosen on purpose among plans of equal value. If not, it is any of them: as good, but
    /// another solver may tell another story.
    pub tie_broken: bool,
    /// The solver's iterations in all stages.
    pub iterations: u64,
    /// Every decision, in natural units. A cell is `None` where the column could only be zero.
    pub plan: Plan<f64>,
    /// What each requirement gets.
    pub requirements: Table<RequirementId, Coverage>,
    /// What each line makes of each product.
    pub lines: Vec<ProductOutput>,
    /// The orders of expansions, by option and then by time.
    pub builds: Vec<Build>,
    /// What suppliers deliver at each price step to each market.
    pub orders: Table<OrderId, Flow>,
    /// What each supplier delivers in all.
    pub supply: Table<SupplierId, Flow>,
    /// What holders give to one another.
    pub gifts: Table<GiveId, Transfer>,
    /// What moves along routes.
    pub moves: Table<MoveId, Transfer>,
    /// What is in each stock.
    pub stocks: Table<StockId, Kept>,
    /// What each fund has and spends in each year.
    pub funds: Vec<FundYear>,
    /// What the plan costs.
    pub cost: Cost,
    /// Every stage that has prices.
    pub stages: Vec<Priced>,
    /// What it took to find. Two plans are equal whatever they took.
    pub effort: Effort,
    program: Program,
    /// Every column of the program as it was found, in internal units.
    columns: Vec<f64>,
    /// Whether it was found to the last digits.
    refined: bool,
    /// What prices stand on, of a small program.
    ground: Option<Arc<dyn Ground>>,
}

/// Solutions are equal that say the same: every number to the last bit, whatever program it was found with.
impl PartialEq for Solution {
    fn eq(&self, other: &Self) -> bool {
        let Self {
            certificate,
            solver,
            objective,
            tie_broken,
            iterations,
            plan,
            requirements,
            lines,
            builds,
            orders,
            supply,
            gifts,
            moves,
            stocks,
            funds,
            cost,
            stages,
            effort: _,
            program: _,
            columns: _,
            refined: _,
            ground: _,
        } = self;
        *certificate == other.certificate
            && *solver == other.solver
            && *objective == other.objective
            && *tie_broken == other.tie_broken
            && *iterations == other.iterations
            && *plan == other.plan
            && *requirements == other.requirements
            && *lines == other.lines
            && *builds == other.builds
            && *orders == other.orders
            && *supply == other.supply
            && *gifts == other.gifts
            && *moves == other.moves
            && *stocks == other.stocks
            && *funds == other.funds
            && *cost == other.cost
            && *stages == other.stages
    }
}

/// A stage of the solve and its prices.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Priced {
    /// What it is called: `tier 1`, `cost`.
    pub name: String,
    /// What was reached, in the base currency, or in the unit of what is pursued instead of the objective.
    pub value: f64,
    /// What was reached, in internal units.
    reached: f64,
    duals: Vec<f64>,
    /// The largest of them.
    largest: f64,
    /// How much one internal unit of its value is.
    size: f64,
    /// A dual no larger than this is no price.
    rounding: f64,
}

impl Priced {
    /// A stage whose value is in so many natural units; refined, if it was found to the last digits.
    fn new(name: String, value: f64, duals: Vec<f64>, size: f64, refined: bool) -> Self {
        // What is nothing against the largest price is the solver's rounding.
        let largest = duals
            .iter()
            .fold(0.0_f64, |most, dual| most.max(dual.abs()));
        Self {
            name,
            value: value * size,
            reached: value,
            size,
            largest,
            rounding: (1e-8 * largest).max(if refined { 1e-11 } else { 1e-6 }),
            duals,
        }
    }

    /// The largest of its duals, and how much one internal unit of its value is.
    fn scale(&self) -> (f64, f64) {
        (self.largest, self.size)
    }

    /// A row's dual by internal unit of the row, without the solver's rounding.
    fn dual(&self, n: usize) -> f64 {
        if self.duals[n].abs() > self.rounding {
            self.duals[n] * self.size
        } else {
            0.0
        }
    }
}

impl Solution {
    /// The solution that an answer describes.
    pub(crate) fn new(
        model: &Model,
        program: Program,
        answer: Answer,
        ground: Option<Arc<dyn Ground>>,
    ) -> Self {
        let refined = ground.as_ref().is_some_and(|ground| ground.is_small());
        Self::of(model, program, answer, ground, refined)
    }

    /// The same, where it is known whether the answer was found to the last digits.
    pub(crate) fn of(
        model: &Model,
        program: Program,
        answer: Answer,
        ground: Option<Arc<dyn Ground>>,
        refined: bool,
    ) -> Self {
        let mut plan = clean::plan(&program, &answer.columns);
        fill_falling(model, &program, &mut plan);
        let flows = Flows::of(model, program.network(), &plan);
        let stages = answer.stages.into_iter().enumerate();
        let stages = stages.map(|(n, (name, value, duals))| {
            Priced::new(name, value, duals, program.stage_size(n), refined)
        });
        let mut new = Self {
            certificate: answer.certificate,
            solver: answer.solver,
            objective: program.kind(),
            tie_broken: answer.tie_broken,
            iterations: answer.iterations,
            requirements: coverage::all(model, &plan),
            lines: industry::all(model, &program, &plan),
            builds: flows.builds,
            orders: flows.orders,
            supply: flows.supply,
            gifts: flows.gifts,
            moves: flows.moves,
            stocks: flows.stocks,
            funds: Vec::new(),
            cost: Cost::of(model, &program, &answer.columns),
            plan,
            stages: stages.collect(),
            effort: answer.effort,
            program,
            columns: answer.columns,
            refined,
            ground,
        };
        new.funds = money::all(model, &new);
        new
    }

    /// The program it solves.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The model it is a plan of. Reports and methods that take a model go by this one, whichever they are given.
    pub fn model(&self) -> &Arc<Model> {
        self.program.model()
    }

    /// The model it is a plan of, whichever is given.
    pub(crate) fn own(&self, given: &Model) -> &Model {
        self.program.own(given)
    }

    /// A column's value in natural units; zero if the program has no such column.
    pub fn value(&self, column: Column) -> f64 {
        self.plan.get(column).copied().unwrap_or(0.0)
    }

    /// By how much the aim of the first stage that a row matters to grows with the row's right
    /// side, in the base currency per natural unit. `None`: the program has no such row.
    pub fn dual(&self, row: Row) -> Option<f64> {
        let n = self.program.rows().position(row)?;
        let mut duals = self.stages.iter().map(|stage| stage.dual(n));
        let first = duals.find(|&dual| dual != 0.0).unwrap_or(0.0);
        Some(self.natural(first, n))
    }

    /// What one more unit of a limit is worth, or what one more unit wanted costs, in the first
    /// stage that it matters to. `None`: the program has no such row.
    pub fn price(&self, row: Row) -> Option<f64> {
        Some(self.oriented(row, self.dual(row)?))
    }

    /// The dual of every row of the program in a stage, in internal units.
    pub(crate) fn duals(&self, stage: usize) -> &[f64] {
        self.stages.get(stage).map_or(&[], |stage| &stage.duals)
    }

    /// Of all duals of a stage that prove the plan, those that put as much, or as little, on some rows together as any
    /// do: as if these rows' right sides went up, or down. In internal units; `None`: the program is too large for
    /// that, or it could not be proved.
    pub(crate) fn other_duals(&self, stage: usize, rows: &[usize], up: bool) -> Option<Vec<f64>> {
        let ground = self.ground.as_deref().filter(|ground| ground.is_small())?;
        let by = if up { 1.0 } else { -1.0 };
        let moves: Vec<(usize, f64)> = rows.iter().map(|&n| (n, by)).collect();
        ground.duals(stage, &moves)
    }

    /// The price of a row in each stage, with the stage's name.
    pub fn prices(&self, row: Row) -> Vec<(&str, f64)> {
        let Some(n) = self.program.rows().position(row) else {
            return Vec::new();
        };
        let price = |stage: &Priced| self.oriented(row, self.natural(stage.dual(n), n));
        self.stages
            .iter()
            .map(|stage| (stage.name.as_str(), price(stage)))
            .collect()
    }

    fn natural(&self, dual: f64, n: usize) -> f64 {
        dual / self.program.rows().unit(n)
    }

    fn oriented(&self, row: Row, dual: f64) -> f64 {
        let sense = self
            .program
            .rows()
            .position(row)
            .map(|n| self.program.rows().sense(n));
        let price = if sense == Some(Sense::AtMost) {
            -dual
        } else {
            dual
        };
        if price == 0.0 { 0.0 } else { price }
    }

    /// A fund's year.
    pub fn fund(&self, f: FundId, y: YearId) -> Option<&FundYear> {
        self.funds
            .iter()
            .find(|fund| fund.fund == f && fund.year == y)
    }

    /// All that is missing, at what it is worth in the base currency.
    pub fn missing_value(&self, model: &Model) -> f64 {
        let model = self.own(model);
        let short = self.requirements.iter();
        short
            .map(|(r, met)| met.short * self.program.worth(model, r))
            .sum()
    }

    /// The mean coverage of all requirements, each weighted by what is required of it at what it is worth.
    pub fn mean_coverage(&self, model: &Model) -> f64 {
        let all: Vec<RequirementId> = self.requirements.ids().collect();
        self.mean_coverage_of(self.own(model), &all)
    }

    /// The same of some requirements.
    pub(crate) fn mean_coverage_of(&self, m: &Model, of: &[RequirementId]) -> f64 {
        let worth = |r: RequirementId| self.requirements[r].required * self.program.worth(m, r);
        let all: f64 = of.iter().copied().map(worth).sum();
        let met = of
            .iter()
            .map(|&r| worth(r) * self.requirements[r].coverage());
        let met: f64 = met.sum();
        if all > 0.0 { met / all } else { 1.0 }
    }
}

/// What is left of the stocks that only fall, for which the program has no columns.
fn fill_falling(model: &Model, program: &Program, plan: &mut Plan<f64>) {
    let network = program.network();
    for (s, stock) in model.stocks.iter() {
        let mut left = stock.total().value();
        for t in model.calendar.periods() {
            if plan.stock[(s, t)].is_some() {
                break;
            }
            let given = network.gives.iter().filter(|(_, give)| give.from == s);
            let given = given.filter_map(|(g, _)| plan.give[(g, t)]);
            let met = network.meets.iter().filter(|(_, meet)| meet.stock == s);
            let met = met.filter_map(|(e, _)| plan.meet[(e, t)]);
            left -= given.chain(met).sum::<f64>();
            plan.stock[(s, t)] = Some(left.max(0.0));
        }
    }
}
