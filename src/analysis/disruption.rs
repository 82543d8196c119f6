//! What if something is lost? Each line, supplier, fund and country in turn, ranked by harm.
//!
//! An element is lost for a stated time: a line makes nothing, a supplier delivers nothing, a fund has no
//! money in the years that lie in it (a share of a year counts as that share), a country loses all its
//! lines and suppliers. Everything else is planned anew, with foresight. Harm is what the best plan is worse by, in
//! one weighted sum of shortfall and cost, so it is never negative. Minimum rates are waived in all these
//! plans, the first one included: a plant without inputs cannot keep its own.

use super::{Findings, Trouble, Work};
use crate::calendar::Month;
use crate::document::Pattern;
use crate::ids::{FundId, LineId, PeriodId, RegionId, RequirementId, SupplierId};
use crate::model::{Model, ObjectiveKind};
use crate::problem::Place;
use crate::program::{Column, Program, Row};
use crate::solution::Solution;
use crate::solve::{Options, Session};
use crate::table::{Cell, Table};
use std::collections::BTreeSet;

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Which elements, as patterns such as `line.*` or `supplier.us-*`. Empty: all.
    pub elements: Vec<String>,
    /// From when they are lost. `None`: the start.
    pub from: Option<Month>,
    /// For how many months. `None`: to the end.
    pub months: Option<i32>,
    /// Of how many of the worst every pair is lost as well, and a second source is tried.
    pub worst: usize,
}

/// What may be lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
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

/// What each loss does.
#[derive(Clone, Debug)]
pub struct Disruption {
    /// The code of the base currency.
    pub currency: String,
    /// Every element, the worst loss first.
    pub losses: Vec<Loss>,
    /// Pairs of the worst, the worst first.
    pub pairs: Vec<Pair>,
}

/// What the loss of an element does.
#[derive(Clone, Debug, PartialEq)]
pub struct Loss {
    /// What is lost.
    pub element: Element,
    /// Its place in the model: `line.nora`.
    pub place: String,
    /// Its name.
    pub name: String,
    /// What the plan is worse by: shortfall as it counts, and discounted cost, in the base currency.
    pub harm: f64,
    /// What more is missing, at its value in the base currency.
    pub missing: f64,
    /// What the plan costs more, in money of the day.
    pub cost: f64,
    /// The requirement that loses most by value: its name, its unit, and how much.
    pub victim: Option<(String, String, f64)>,
    /// The share of the harm that a second source of half as much would avoid. `None`: not tried.
    pub blunted: Option<f64>,
}

/// What the loss of two elements at once does.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The places of both.
    pub places: [String; 2],
    /// What the plan is worse by.
    pub harm: f64,
    /// By how much that is more than the sum of both alone: they stand in for one another.
    pub beyond: f64,
}

/// Lose each element in turn.
///
/// # Errors
/// Patterns that name nothing, a time outside the calendar, or a model without a plan.
pub fn disruption(
    model: &Model,
    request: &Request,
    options: &Options,
    work: &Work,
) -> Result<Disruption, Trouble> {
    let elements = elements(model, &request.elements)?;
    let periods = periods(model, request)?;
    let kind = options.objective.unwrap_or(ObjectiveKind::Weighted);
    let mut program = Program::of(model, kind);
    for l in model.lines.ids() {
        for t in model.calendar.periods() {
            program.move_right(Row::Minimum(l, t), 0.0);
        }
    }
    let session = Session::of(model, program, options)?;
    let run = Run {
        model,
        session: &session,
        periods,
        work,
    };
    let singles: Vec<Vec<Element>> = elements.iter().map(|&e| vec![e]).collect();
    let found = run.lose(&singles, 0.0)?;
    let mut losses: Vec<Loss> = found
        .into_iter()
        .zip(&elements)
        .map(|(l, &e)| l.of(model, e))
        .collect();
    losses.sort_by(|a, b| {
        b.harm
            .total_cmp(&a.harm)
            .then_with(|| a.place.cmp(&b.place))
    });
    let worst: Vec<Element> = losses
        .iter()
        .take(request.worst)
        .map(|l| l.element)
        .collect();
    let halves: Vec<Vec<Element>> = worst.iter().map(|&e| vec![e]).collect();
    for (loss, half) in losses.iter_mut().zip(run.lose(&halves, 0.5)?) {
        let avoided = 1.0 - half.harm / loss.harm;
        loss.blunted = (loss.harm > 0.0).then_some(avoided.clamp(0.0, 1.0));
    }
    let pairs = run.pairs(&losses[..worst.len()])?;
    Ok(Disruption {
        currency: model.money.base().to_owned(),
        losses,
        pairs,
    })
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
    pub fn names(self, m: &Model) -> (String, String) {
        let (table, key, name) = match self {
            Self::Line(l) => ("line", &m.lines[l].key, &m.lines[l].name),
            Self::Supplier(q) => ("supplier", &m.suppliers[q].key, &m.suppliers[q].name),
            Self::Fund(f) => ("fund", &m.funds[f].key, &m.funds[f].name),
            Self::Country(c) => ("country", &m.regions[c].key, &m.regions[c].name),
        };
        (format!("{table}.{key}"), name.clone())
    }

    /// Keep only a share of what it gives in some periods of a program.
    fn lose(
        self,
        m: &Model,
        first: &Solution,
        program: &mut Program,
        periods: &[PeriodId],
        keeps: f64,
    ) {
        let network = first.program().network();
        match self {
            Self::Line(l) => {
                for (k, _) in network.makes.iter().filter(|(_, make)| make.line == l) {
                    for &t in periods {
                        let made = first.plan.make[(k, t)].unwrap_or(0.0);
                        program.limit(Column::Make(k, t), keeps * made);
                    }
                }
            }
            Self::Supplier(q) => {
                for (o, _) in network
                    .orders
                    .iter()
                    .filter(|(_, order)| order.supplier == q)
                {
                    for &t in periods {
                        let ordered = first.plan.order[(o, t)].unwrap_or(0.0);
                        program.limit(Column::Order(o, t), keeps * ordered);
                    }
                }
            }
            Self::Fund(f) => {
                for y in m.calendar.years() {
                    let all = m.calendar.periods_of(y).count();
                    let lost = m
                        .calendar
                        .periods_of(y)
                        .filter(|t| periods.contains(t))
                        .count();
                    let column = Column::Money(f, y);
                    let share = 1.0 - (1.0 - keeps) * ratio(lost, all);
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

fn ratio(part: usize, all: usize) -> f64 {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    if all == 0 {
        0.0
    } else {
        number(part) / number(all)
    }
}

fn elements(model: &Model, patterns: &[String]) -> Result<Vec<Element>, Trouble> {
    let all = all(model);
    if patterns.is_empty() {
        return Ok(all);
    }
    let mut chosen = BTreeSet::new();
    for text in patterns {
        let pattern: Option<Pattern> = text.parse().ok();
        let named = |element: &&Element| {
            let (place, _) = element.names(model);
            let place = Place::new(place.splitn(2, '.'));
            pattern
                .as_ref()
                .is_some_and(|pattern| pattern.matches(&place))
        };
        let before = chosen.len();
        chosen.extend(all.iter().filter(named).copied());
        if chosen.len() == before {
            let message = format!("`{text}` names nothing that can be lost");
            let help = "write `line.KEY`, `supplier.KEY`, `fund.KEY` or `country.KEY`; `*` stands for any letters";
            return Err(Trouble::request(message, help));
        }
    }
    Ok(chosen.into_iter().collect())
}

fn periods(model: &Model, request: &Request) -> Result<Vec<PeriodId>, Trouble> {
    let c = &model.calendar;
    let from = request.from.unwrap_or(c.start());
    let until = request.months.map_or(c.end(), |months| from.plus(months));
    let lost = |&t: &PeriodId| from <= c.first_month(t) && c.first_month(t) < until;
    let periods: Vec<PeriodId> = c.periods().filter(lost).collect();
    if periods.is_empty() {
        let message = format!("no period begins between {from} and {until}");
        let help = format!("ask for a time within {} and {}", c.start(), c.end());
        return Err(Trouble::request(message, help));
    }
    Ok(periods)
}

/// What a loss does, before it has a name.
struct Outcome {
    harm: f64,
    missing: f64,
    cost: f64,
    victim: Option<(RequirementId, f64)>,
}

impl Outcome {
    fn of(self, m: &Model, element: Element) -> Loss {
        let (place, name) = element.names(m);
        let victim = self.victim.map(|(r, short)| {
            let requirement = &m.requirements[r];
            let unit = m.items[requirement.meets[0].item].unit.clone();
            (requirement.name.clone(), unit, short)
        });
        Loss {
            element,
            place,
            name,
            harm: self.harm,
            missing: self.missing,
            cost: self.cost,
            victim,
            blunted: None,
        }
    }
}

struct Run<'a> {
    model: &'a Model,
    session: &'a Session,
    periods: Vec<PeriodId>,
    work: &'a Work,
}

impl Run<'_> {
    /// Lose sets of elements, each set in a plan of its own.
    fn lose(&self, sets: &[Vec<Element>], keeps: f64) -> Result<Vec<Outcome>, Trouble> {
        let first = self.session.solution();
        self.work.all(
            sets.len(),
            || self.session.runner(),
            |runner, n| {
                let mut program = first.program().clone();
                for element in &sets[n] {
                    element.lose(self.model, first, &mut program, &self.periods, keeps);
                }
                let solution = runner.solve_program(self.model, program)?;
                Ok(self.outcome(first, &solution))
            },
        )
    }

    fn outcome(&self, first: &Solution, now: &Solution) -> Outcome {
        let value = |s: &Solution| s.stages.iter().map(|stage| stage.value).sum::<f64>();
        let harm = value(now) - value(first);
        let lost = self.model.requirements.ids().map(|r| {
            let short = now.requirements[r].short - first.requirements[r].short;
            let item = self.model.requirements[r].meets[0].item;
            (r, short, short * first.program().item_value(item))
        });
        let worst = lost.max_by(|a, b| a.2.total_cmp(&b.2));
        let (m, old) = (self.model, first.missing_value(self.model));
        Outcome {
            // Less than the solver's own rounding is nothing.
            harm: if harm < 1e-7 * value(first).abs() {
                0.0
            } else {
                harm
            },
            missing: now.missing_value(m) - old,
            cost: now.cost.total - first.cost.total,
            victim: worst
                .filter(|w| w.2 > 1e-6 * (1.0 + old))
                .map(|(r, short, _)| (r, short)),
        }
    }

    fn pairs(&self, worst: &[Loss]) -> Result<Vec<Pair>, Trouble> {
        let both = |n: usize| (n + 1..worst.len()).map(move |k| (n, k));
        let indices: Vec<(usize, usize)> = (0..worst.len()).flat_map(both).collect();
        let sets = indices
            .iter()
            .map(|&(n, k)| vec![worst[n].element, worst[k].element]);
        let found = self.lose(&sets.collect::<Vec<_>>(), 0.0)?;
        let pair = |((n, k), outcome): ((usize, usize), Outcome)| Pair {
            places: [worst[n].place.clone(), worst[k].place.clone()],
            harm: outcome.harm,
            beyond: outcome.harm - worst[n].harm - worst[k].harm,
        };
        let mut pairs: Vec<Pair> = indices.into_iter().zip(found).map(pair).collect();
        pairs.sort_by(|a, b| {
            b.harm
                .total_cmp(&a.harm)
                .then_with(|| a.places.cmp(&b.places))
        });
        Ok(pairs)
    }
}

impl Findings for Disruption {
    fn tables(&self) -> Vec<Table> {
        let note = format!(
            "M {0}. Harm: what the best plan without it is worse by, shortfall as the objective counts it and discounted cost; missing: at its value; a second source of half as much would avoid the share shown last.",
            self.currency
        );
        let words = ["lost", "name", "loses most", "unit"];
        let heads = ["units", "harm", "missing", "cost", "avoided"];
        let title = "What each loss does, the worst first";
        let mut losses = Table::new("losses", title, note, &words).columns(heads);
        for loss in &self.losses {
            let (victim, unit, short) = loss.victim.clone().unwrap_or_default();
            losses.push(vec![
                loss.place.clone().into(),
                loss.name.clone().into(),
                victim.into(),
                unit.into(),
                Cell::Quantity(short),
                Cell::Money(loss.harm),
                Cell::Money(loss.missing),
                Cell::Money(loss.cost),
                loss.blunted.map_or(Cell::Empty, Cell::Share),
            ]);
        }
        let note = format!(
            "M {}. Beyond: by how much the harm of both is more than that of each added up; they stand in for one another.",
            self.currency
        );
        let title = "Two at once";
        let mut pairs =
            Table::new("pairs", title, note, &["lost", "and"]).columns(["harm", "beyond"]);
        for pair in &self.pairs {
            let [one, other] = pair.places.clone();
            let (harm, beyond) = (Cell::Money(pair.harm), Cell::Money(pair.beyond));
            pairs.push(vec![one.into(), other.into(), harm, beyond]);
        }
        let tables = [losses, pairs];
        tables
            .into_iter()
            .filter(|table| !table.rows.is_empty())
            .collect()
    }
}
