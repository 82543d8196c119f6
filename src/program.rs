//! The linear program: columns, rows, and what is made least, in turn.
//!
//! [`Program::of`] builds it from a model by a list of calls, one for each family of rows; each
//! family is one file that opens with its equation. `docs/formulation.md` has the whole of it.

mod accounts;
mod balance;
mod burden;
mod capacity;
mod content;
mod decision;
mod deed;
mod display;
mod earmark;
mod family;
mod financing;
mod funding;
mod keys;
mod ledger;
mod naming;
mod network;
mod objective;
mod origin;
mod past;
mod plan;
mod rates;
mod requirement;
mod resource;
mod route;
mod rows;
mod rule;
mod scope;
mod size;
mod steps;
mod stock;
mod subject;
mod sum;
mod supply;
mod thing;
mod useful;
mod when;

pub use accounts::{Account, Accounts, Article, Pay, Payer};
pub(crate) use decision::Decided;
pub(crate) use deed::Deed;
pub use family::Row;
pub(crate) use family::{By, Easing, MORE_CAPACITY, OPENING_SOONER, Role, SUPPLIER_SOONER};
pub(crate) use financing::{Part, Payers, filled};
pub use network::{
    Allot, Delivery, Earmark, Give, Make, Market, Meet, Move, Network, Order, Source,
};
pub(crate) use objective::loan_service;
pub use plan::{Column, Plan};
pub use rows::{ColumnData, Rows, Sense};
pub(crate) use thing::Thing;
pub use when::When;

use crate::ids::{AccountId, Id, ItemId, PeriodId, RegionId, RequirementId, Table, TierId, YearId};
use crate::model::{Model, ObjectiveKind};
use scope::Scope;
use size::Sizes;
use std::sync::Arc;

/// What one internal unit of a column charges: the account, the year (of the calendar, or after its last), money.
type Charge = (u32, AccountId, YearId, f64);

/// A linear program with the names of its columns and rows.
///
/// ```
/// use sinews::model::ObjectiveKind;
/// use sinews::program::Program;
///
/// let model = sinews::read("models/tiny.toml")?;
/// let program = Program::of(&model, ObjectiveKind::Weighted);
/// assert!(program.lp(&model).contains("Minimize"));
/// # Ok::<(), sinews::problem::Problems>(())
/// ```
#[derive(Clone, Debug)]
pub struct Program {
    /// The model it is of.
    model: Arc<Model>,
    kind: ObjectiveKind,
    network: Network,
    columns: Vec<ColumnData>,
    rows: Rows,
    plan: Plan<u32>,
    aims: Aims,
    /// What is made least instead of the objective, if an analysis asks for it.
    goal: Option<Goals>,
    charges: Vec<Charge>,
    size: Sizes,
    /// What a unit of each requirement counts where shortfalls count as shares.
    counted: Table<RequirementId, f64>,
    /// For how many years a unit short in a window of each requirement counts; 1 if it is lost.
    durations: Table<RequirementId, f64>,
    /// What is history and not held yet.
    past: Option<past::Past>,
    /// Who pays.
    payers: Payers,
}

/// The functions that are made least, as factors of columns.
#[derive(Clone, Debug, Default, PartialEq)]
struct Aims {
    cost: Vec<(u32, f64)>,
    tie_break: Vec<(u32, f64)>,
    /// Which of funds that the rule of financing leaves the choice to: of what they pay alone.
    payers: Vec<(u32, f64)>,
}

/// What is made least in place of an objective, in a unit of its own: a certificate says nothing of what is a
/// millionth of the unit it is counted in.
#[derive(Clone, Debug, PartialEq)]
struct Pursued {
    name: &'static str,
    /// Columns and their factors, in internal units.
    aim: Vec<(u32, f64)>,
    /// How much one internal unit of it is: of money, of what is required, of windows.
    size: f64,
}

/// What is pursued, in turn.
#[derive(Clone, Debug, PartialEq)]
struct Goals {
    all: Vec<Pursued>,
    /// Whether ties are broken as those of the objective are.
    tie_break: bool,
}

impl Goals {
    fn one(name: &'static str, mut aim: Vec<(u32, f64)>, size: f64) -> Self {
        sum::add_up(&mut aim, 0);
        let all = vec![Pursued { name, aim, size }];
        let tie_break = false;
        Self { all, tie_break }
    }
}

/// One function to be made least in place of an objective.
///
/// ```
/// use sinews::program::{Goal, Program};
/// use sinews::solve::solve_program;
///
/// // How little can be missing, whatever it costs?
/// let model = sinews::read("models/tiny.toml")?;
/// let mut program = Program::of(&model, model.objective.kind);
/// program.pursue(&model, Goal::SHORTFALL);
/// let plan = solve_program(&model, program, &Default::default())?;
/// assert!(plan.certificate.holds());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Goal {
    /// So many times the shortfall of all tiers, as the objective counts it, and so many times the cost.
    Blend {
        /// The factor of the shortfall.
        shortfall: f64,
        /// The factor of the cost.
        cost: f64,
    },
    /// What one requirement is short of, in units of its first item: of what waits and of a level, times
    /// the years it is missing. Other requirements may go short for it.
    Requirement(RequirementId),
}

impl Goal {
    /// The shortfall of all tiers, whatever it costs.
    pub const SHORTFALL: Self = Self::Blend {
        shortfall: 1.0,
        cost: 0.0,
    };
    /// The cost, whatever falls short.
    pub const COST: Self = Self::Blend {
        shortfall: 0.0,
        cost: 1.0,
    };

    fn name(self) -> &'static str {
        match self {
            Self::Blend { cost: 0.0, .. } => "shortfall",
            Self::Blend { shortfall: 0.0, .. } => "cost",
            Self::Blend { .. } => "shortfall and cost",
            Self::Requirement(_) => "requirement",
        }
    }
}

/// A step of the solve: what is made least, on the plans that were best in the steps before.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    /// What it is called: `tier 1`, `cost`, `tie-break`.
    pub name: String,
    /// The columns and their factors, each once, in the order of the columns.
    pub aim: Vec<(u32, f64)>,
    /// Whether its value is money, and its prices count.
    pub priced: bool,
    /// Whether it raises the lowest coverage: repeated until every requirement is settled.
    pub levels: bool,
}

/// An aim whose largest part counts less, in internal units, is faint: solvers take prices of that size for none.
pub(crate) const FAINT: f64 = 1e-4;

impl Program {
    /// The program of a model, for an objective.
    pub fn of(m: &Model, kind: ObjectiveKind) -> Self {
        Self::build(m, kind, None)
    }

    /// The model it is of.
    pub fn model(&self) -> &Arc<Model> {
        &self.model
    }

    /// The model it is of, whichever is given: of another one, names and positions mean nothing here.
    pub(crate) fn own(&self, _given: &Model) -> &Model {
        &self.model
    }

    /// The same, to keep while the program goes elsewhere.
    pub(crate) fn shared(&self, _given: &Model) -> Arc<Model> {
        Arc::clone(&self.model)
    }

    /// The program of a model that is a variation of another: measured in the same units, and a
    /// shortfall counting the same, so that their values and prices compare.
    ///
    /// Things that both have must come in the same order; new ones come last.
    pub fn like(m: &Model, other: &Self) -> Self {
        Self::build(m, other.kind, Some(other))
    }

    fn build(m: &Model, kind: ObjectiveKind, like: Option<&Self>) -> Self {
        let network = Network::of(m);
        let mut x = Scope::new(m, &network, like);
        x.counted = objective::counted(&x, kind, like.map(|other| &other.counted));
        let bounds = Plan::of(&x, kind == ObjectiveKind::MaxMin);
        let mut columns = Vec::new();
        bounds.each(|name, b| {
            let unit = x.unit(name);
            columns.push(ColumnData {
                name,
                lower: b.lower,
                upper: b.upper,
                whole: b.whole,
                unit,
            });
        });
        // Columns are numbered in the order of the plan, in which they were written down above.
        let mut numbers = 0..;
        let v = bounds.map(|_| numbers.next().expect("fewer than 2^32 columns"));
        let mut rows = Rows::new(columns.len());
        let charges = x.charges(&v);
        capacity::add(&mut rows, &x, &v);
        supply::add(&mut rows, &x, &v);
        steps::add(&mut rows, &x, &v);
        balance::add(&mut rows, &x, &v);
        stock::add(&mut rows, &x, &v);
        requirement::add(&mut rows, &x, &v);
        route::add(&mut rows, &x, &v);
        resource::add(&mut rows, &x, &v);
        funding::add(&mut rows, &x, &v, &charges);
        earmark::add(&mut rows, &x, &v, &charges);
        let bill = origin::Bill {
            columns: &columns,
            charges: &charges,
        };
        burden::add(&mut rows, &x, &v);
        origin::add(&mut rows, &x, &v, &bill);
        rule::add(&mut rows, &x, &v, &bill);
        objective::add(&mut rows, &x, &v, kind);
        let used = |mut aim: objective::Aim| {
            sum::add_up(&mut aim, 0);
            aim
        };
        let aims = Aims {
            cost: used(objective::cost(&x, &v)),
            tie_break: used(objective::tie_break(&x, &v)),
            payers: used(objective::payers(&x, &v)),
        };
        let charge = |c: ledger::Charge| (c.column, c.account, c.year, c.amount);
        let charges = charges.into_iter().map(charge).collect();
        let past = past::Past::of(&x, &v, &objective::cost_of_all(&x, &v));
        let durations = m.requirements.ids().map(|r| objective::duration_of(&x, r));
        let durations = durations.collect();
        let payers = Payers::of(m, &network.accounts);
        let Scope { size, counted, .. } = x;
        let model = Arc::new(m.clone());
        Self {
            model,
            kind,
            network,
            columns,
            rows,
            plan: v,
            aims,
            goal: None,
            charges,
            size,
            counted,
            durations,
            past,
            payers,
        }
    }

    /// The same as [`like`](Self::like) of a model that differs from this program's own in nothing but how much
    /// money its funds have: the same rows, other fixed columns. `None`: it differs in more.
    pub(crate) fn refunded(&self, m: &Model, own: &Model) -> Option<Self> {
        let cells = || {
            let years = |f| m.calendar.years().map(move |y| (f, y));
            m.funds.ids().flat_map(years)
        };
        // Columns of what a fund could pay are left out in years in which it has nothing.
        let pays = |m: &Model, (f, y)| m.fund_money(f, y) > 0.0;
        // History, if it is held, would be another with other money.
        let is_held = self.past.is_none();
        let is_history = |(f, y): (_, YearId)| {
            is_held && m.calendar.is_past_year(y) && m.fund_money(f, y) != own.fund_money(f, y)
        };
        if !m.is_refunded(own)
            || cells().any(|cell| pays(m, cell) != pays(own, cell) || is_history(cell))
        {
            return None;
        }
        let mut new = self.clone();
        new.model = Arc::new(m.clone());
        for (f, y) in cells() {
            new.fix(Column::Money(f, y), m.fund_money(f, y));
        }
        Some(new)
    }

    /// Whether it differs from another program in nothing but where fixed columns are fixed.
    #[cfg(feature = "highs")]
    pub(crate) fn is_moved(&self, other: &Self) -> bool {
        let fixed = |column: &ColumnData| column.lower == column.upper;
        let alike = |(a, b): (&ColumnData, &ColumnData)| {
            a == b || (fixed(a) && fixed(b) && a.name == b.name && a.unit == b.unit)
        };
        self.columns.len() == other.columns.len()
            && self.columns.iter().zip(&other.columns).all(alike)
            && self.rows.are(&other.rows)
            && self.aims.cost == other.aims.cost
            && self.goal == other.goal
            && self.kind == other.kind
    }

    /// The same program with another right side of a row, in internal units.
    pub(crate) fn with_right(&self, n: usize, right: f64) -> Self {
        let mut new = self.clone();
        new.rows.move_right(n, right);
        new
    }

    /// The same program with other bounds of some columns: what is not to be seen, what is decided.
    #[must_use]
    pub fn with_bounds(mut self, mut change: impl FnMut(usize, &mut ColumnData)) -> Self {
        for (j, column) in self.columns.iter_mut().enumerate() {
            change(j, column);
        }
        self
    }

    /// Make one goal least instead of what the objective says, without a tie-break.
    pub fn pursue(&mut self, m: &Model, goal: Goal) {
        let Pursued { name, aim, size } = self.pursued(m, goal);
        self.goal = Some(Goals::one(name, aim, size));
    }

    /// Make goals least one after another instead of what the objective says, each on the plans that are best for
    /// those before it; ties are then broken.
    pub fn pursue_in_turn(&mut self, m: &Model, goals: &[Goal]) {
        let goals = goals.iter().map(|&goal| self.pursued(m, goal));
        let mut all: Vec<Pursued> = goals.collect();
        for goal in &mut all {
            sum::add_up(&mut goal.aim, 0);
        }
        let tie_break = true;
        self.goal = Some(Goals { all, tie_break });
    }

    fn pursued(&self, m: &Model, goal: Goal) -> Pursued {
        let m = self.own(m);
        let (aim, size) = match goal {
            Goal::Blend { shortfall, cost } => {
                let tiers = self.plan.tier.values().flatten().map(|&s| (s, shortfall));
                let costs = self.aims.cost.iter().map(|&(j, factor)| (j, cost * factor));
                (tiers.chain(costs).collect(), self.size.money)
            }
            Goal::Requirement(r) => {
                let short = m.calendar.open_periods();
                let short = short.filter_map(|t| self.plan.get(Column::Short(r, t)));
                let aim = short.map(|&j| (j, self.durations[r])).collect();
                let size = self.requirement_size(m, r);
                (aim, if size > 0.0 { size } else { 1.0 })
            }
        };
        let name = goal.name();
        Pursued { name, aim, size }
    }

    /// Make the share missing of some requirements in some windows least, all of them together, instead of
    /// what the objective says: a window short of everything counts 1.
    pub fn pursue_windows(&mut self, m: &Model, windows: &[(RequirementId, PeriodId)]) {
        let share = |&(r, t): &(RequirementId, PeriodId)| {
            let &j = self.plan.get(Column::Short(r, t))?;
            let required = self.fixed(Column::Required(r, t)) / self.requirement_size(m, r);
            (required > 0.0).then(|| (j, 1.0 / required))
        };
        let aim = windows.iter().filter_map(share).collect();
        self.goal = Some(Goals::one(Goal::SHORTFALL.name(), aim, 1.0));
    }

    /// Make any function of columns least instead of what the objective says: factors by natural unit.
    pub fn pursue_columns(&mut self, columns: impl IntoIterator<Item = (Column, f64)>) {
        let term = |(column, factor): (Column, f64)| {
            let &j = self.plan.get(column)?;
            Some((j, factor * self.columns[j as usize].unit))
        };
        let mut aim: Vec<(u32, f64)> = columns.into_iter().filter_map(term).collect();
        let largest = aim.iter().fold(0.0_f64, |most, (_, f)| most.max(f.abs()));
        let size = if largest > 0.0 { largest } else { 1.0 };
        for (_, factor) in &mut aim {
            *factor /= size;
        }
        self.goal = Some(Goals::one(Goal::SHORTFALL.name(), aim, size));
    }

    /// How much one internal unit of what a stage makes least is: of the base currency, or of what is pursued.
    pub(crate) fn stage_size(&self, stage: usize) -> f64 {
        let goal = self.goal.as_ref().and_then(|goals| goals.all.get(stage));
        goal.map_or(self.size.money, |goal| goal.size)
    }

    /// Let a plan be no worse than so much, in the base currency, of what is made least now.
    pub fn hold_within(&mut self, most: f64) {
        let stages = self.stages();
        let aim = stages.first().map_or(&[][..], |stage| stage.aim.as_slice());
        let size = self.stage_size(0);
        self.rows.at_most_of(Row::Within, size, aim, most / size);
    }

    /// Let a column be no larger than so much, in natural units. A column that does not exist is zero
    /// anyway.
    pub fn limit(&mut self, column: Column, most: f64) {
        if let Some(&j) = self.plan.get(column) {
            let data = &mut self.columns[j as usize];
            data.upper = data.upper.min(most / data.unit);
        }
    }

    /// Move the right side of a row to so much, in natural units. Returns whether there is such a row.
    pub fn move_right(&mut self, row: Row, to: f64) -> bool {
        let Some(n) = self.rows.position(row) else {
            return false;
        };
        let unit = self.rows.unit(n);
        self.rows.move_right(n, to / unit);
        true
    }

    /// Hold a fixed column, such as a fund's money in a year, elsewhere. In natural units.
    ///
    /// Returns whether the program has such a column.
    pub fn fix(&mut self, column: Column, value: f64) -> bool {
        let Some(&j) = self.plan.get(column) else {
            return false;
        };
        let data = &mut self.columns[j as usize];
        let fixed = data.lower == data.upper;
        if fixed {
            (data.lower, data.upper) = (value / data.unit, value / data.unit);
        }
        fixed
    }

    /// What a fixed column is held at, in natural units; zero if the program has no such column.
    pub fn fixed(&self, column: Column) -> f64 {
        self.plan.get(column).map_or(0.0, |&j| {
            let data = &self.columns[j as usize];
            data.lower * data.unit
        })
    }

    /// Its columns, by number.
    pub fn columns(&self) -> &[ColumnData] {
        &self.columns
    }

    /// Its rows, by number.
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// The number of each column, by name.
    pub fn plan(&self) -> &Plan<u32> {
        &self.plan
    }

    /// Who serves whom.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The objective it was built for.
    pub fn kind(&self) -> ObjectiveKind {
        self.kind
    }

    /// The steps in which it is solved.
    pub fn stages(&self) -> Vec<Stage> {
        let stage = |name: &str, aim: Vec<(u32, f64)>, priced| Stage {
            name: name.to_owned(),
            aim,
            priced,
            levels: false,
        };
        let tiers: Vec<(u32, f64)> = self
            .plan
            .tier
            .values()
            .flatten()
            .map(|&s| (s, 1.0))
            .collect();
        let of_tier = |k: usize| self.faint(k).unwrap_or_else(|| vec![tiers[k]]);
        let mut stages = Vec::new();
        if let Some(goals) = &self.goal {
            let all = goals.all.iter();
            stages.extend(all.map(|goal| stage(goal.name, goal.aim.clone(), true)));
            if goals.tie_break {
                stages.push(stage("tie-break", self.aims.tie_break.clone(), false));
            }
            return stages;
        }
        match self.kind {
            ObjectiveKind::Lexicographic => {
                for (k, tier) in self.network.tiers.values().enumerate() {
                    stages.push(stage(&format!("tier {tier}"), of_tier(k), true));
                }
                stages.push(stage("cost", self.aims.cost.clone(), true));
            }
            ObjectiveKind::Weighted => {
                let mut both = self.aims.cost.clone();
                both.extend(tiers);
                sum::add_up(&mut both, 0);
                stages.push(stage("shortfall and cost", both, true));
            }
            ObjectiveKind::MaxMin => {
                let level = self.plan.level.map(|level| (level, 1.0));
                let name = "lowest coverage".to_owned();
                let aim = level.into_iter().collect();
                stages.push(Stage {
                    name,
                    aim,
                    priced: false,
                    levels: true,
                });
                stages.push(stage("shortfall", tiers, true));
                stages.push(stage("cost", self.aims.cost.clone(), true));
            }
        }
        stages.push(stage("tie-break", self.aims.tie_break.clone(), false));
        stages
    }

    /// What is missing of a tier of which every unit counts next to nothing beside the money of all of them, unit by unit: by
    /// what the tier's row adds up to it would be lost in rounding. `None`: of no such tier.
    fn faint(&self, tier: usize) -> Option<Vec<(u32, f64)>> {
        let id = TierId::at(tier);
        let total = self.plan.tier[id]?;
        let row = self.rows.row(self.rows.position(Row::Shortfall(id))?);
        let parts = row.iter().filter(|&&(j, _)| j != total);
        let parts: Vec<(u32, f64)> = parts.map(|&(j, factor)| (j, -factor)).collect();
        let largest = parts
            .iter()
            .fold(0.0_f64, |most, &(_, part)| most.max(part));
        (largest > 0.0 && largest < FAINT).then_some(parts)
    }

    /// Who pays, if that is settled by itself after what is made: not where one goal alone is pursued.
    pub(crate) fn settled_payers(&self) -> Option<&Payers> {
        let whole = self.goal.as_ref().is_none_or(|goals| goals.tie_break);
        Some(&self.payers).filter(|payers| whole && payers.is_settled_last())
    }

    /// Who pays, by what rule.
    pub(crate) fn payers(&self) -> &Payers {
        &self.payers
    }

    /// Small preferences between funds that may pay for the same.
    pub(crate) fn preferred_payers(&self) -> &[(u32, f64)] {
        &self.aims.payers
    }

    /// Natural units in one internal unit of an item; none of an item that the model does not have.
    pub fn item_size(&self, item: ItemId) -> f64 {
        let known = self.model.items.get(item);
        known.map_or(0.0, |_| self.size.item(item))
    }

    /// What a unit of an item is worth, in base-year money, nothing if the model does not have it; of a missing one [`worth`](Self::worth) says it.
    pub fn item_value(&self, item: ItemId) -> f64 {
        self.size.value.get(item).copied().unwrap_or(0.0)
    }

    /// What a missing unit of a requirement is worth, in base-year money: its own value, else that of its
    /// first item. Whatever adds up or compares shortfalls in money goes by it; what one counts in the
    /// objective is in [`shortfall_factors`](Self::shortfall_factors). Nothing of one that the model does not have.
    pub fn worth(&self, m: &Model, r: RequirementId) -> f64 {
        let m = self.own(m);
        let known = m.requirements.get(r);
        known.map_or(0.0, |own| own.worth(m, &self.size.value))
    }

    /// Base currency in one internal unit of money.
    pub fn money_size(&self) -> f64 {
        self.size.money
    }

    /// What each column charges, to whom, when.
    pub(crate) fn charges(&self) -> &[Charge] {
        &self.charges
    }

    /// The share of what a column of goods or of an expansion costs that comes from a region. `None`: it is
    /// neither.
    pub(crate) fn share_from(&self, m: &Model, column: Column, region: RegionId) -> Option<f64> {
        origin::from_region(m, &self.network, column, region)
    }

    /// The factors of the cost.
    pub(crate) fn cost(&self) -> &[(u32, f64)] {
        &self.aims.cost
    }

    /// The factors by which the shortfalls of a tier count in money.
    pub fn shortfall_factors(&self, k: TierId) -> &[(u32, f64)] {
        self.rows
            .position(Row::Shortfall(k))
            .map_or(&[], |n| self.rows.row(n))
    }

    /// Natural units in one internal unit of a requirement; none of one that the model does not have.
    pub fn requirement_size(&self, m: &Model, r: RequirementId) -> f64 {
        let m = self.own(m);
        let known = m.requirements.get(r);
        known.map_or(0.0, |_| self.size.requirement(m, r))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Change, Document, How};

    #[test]
    fn other_money_is_put_into_the_same_program() {
        for path in ["models/shells.toml", "models/europe.toml"] {
            let document = Document::open(path).expect("a document");
            let own = document.model().expect("a model");
            let program = Program::of(&own, ObjectiveKind::Weighted);
            let changed = |figures: &str, how| {
                let change = Change::new(figures.parse().expect("a pattern"), how);
                let model = document.changed(&[change]).expect("a model");
                let refunded = program.refunded(&model, &own);
                (Program::like(&model, &program), refunded)
            };
            let (built, refunded) = changed("fund.*.amount", How::Scale(0.7));
            let refunded = refunded.expect("nothing else differs");
            assert_eq!(refunded.columns, built.columns);
            assert_ne!(refunded.columns, program.columns);
            assert!(refunded.rows.are(&built.rows));
            assert_eq!(refunded.charges, built.charges);
            assert_eq!(refunded.aims, built.aims);
            // Without money other columns are left out; another price is another program.
            let (_, refunded) = changed("fund.*.amount", How::Scale(0.0));
            assert!(refunded.is_none());
            let (_, refunded) = changed("line.*.cost", How::Scale(0.7));
            assert!(refunded.is_none());
        }
    }
}
