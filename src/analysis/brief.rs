//! The answer in one screen: how it stands, what is missing and what helps, what it costs and who pays, what has to
//! be decided within a year, and what all of it rests on.
//!
//! A brief is made of a plan that is there. It makes a few further plans, each with the weighted objective, as
//! [`bottleneck`](super::bottleneck) does: one with each lever that it names, and one in which nothing is signed for a
//! quarter. How many is counted, not timed unless that is asked for, so that the same input gives the same words. It
//! makes no samples unless they are asked for.

mod basis;
mod decisions;
mod missing;
mod money;
mod standing;
mod tables;
mod whose;
mod words;

pub use decisions::calendar;
pub use words::{Paragraph, Passage, Room, Span};

use super::bottleneck::{Asked, Budget};
use super::outlook::{self, Interval, Intervals, outlook};
use super::{Trouble, Work};
use crate::document::Vary;
use crate::ids::PeriodId;
use crate::model::{Model, ObjectiveKind};
use crate::program::Program;
use crate::solution::{Solution, Why};
use crate::solve::{Failure, Options, solve_program};
use serde::Serialize;
use std::time::Duration;
use web_time::Instant;

/// What to look into.
///
/// ```
/// use sinews::analysis::brief::Request;
///
/// // As much as can be said without trying levers or drawing samples.
/// let request = Request {
///     solves: 0,
///     samples: 0,
///     ..Request::default()
/// };
/// # let _ = request;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// How many further plans may be made: one for each lever, one for waiting a quarter. With none at all nothing
    /// is said of causes, levers, waiting and the weight of assumptions. A plan with another objective than the
    /// weighted one takes one more.
    pub solves: usize,
    /// For how long plans may be made: what has not been tried then is left untried, and the brief says so. `None`:
    /// only their number counts, so that the same input gives the same words on a slow machine and a fast one.
    pub time: Option<Duration>,
    /// How many gaps are named at most.
    pub gaps: usize,
    /// How many samples are drawn for intervals, as [`outlook`](mod@super::outlook) does.
    pub samples: usize,
    /// The seed of the samples.
    pub seed: u64,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            solves: 8,
            time: None,
            gaps: 5,
            samples: 0,
            seed: 1,
        }
    }
}

/// The answer in one screen. Quantities are in the unit beside them, money in `currency` and of the day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Brief {
    /// The model's name.
    pub model: String,
    /// The scenario's name. `None`: the model as it stands.
    pub scenario: Option<String>,
    /// The first month of the calendar.
    pub start: String,
    /// The last month.
    pub end: String,
    /// The month from which decisions are free: all numbers count from there.
    pub decide_from: String,
    /// Whether there is history before.
    pub has_history: bool,
    /// How long a period is: `month`, `quarter` or `year`.
    pub period: &'static str,
    /// Whether friction acts on history alone, so that this is what could be done and not what is likely.
    pub without_friction: bool,
    /// The base currency.
    pub currency: String,
    /// The year of base-year prices.
    pub price_year: i32,
    /// How each tier stands, the first first.
    pub tiers: Vec<Standing>,
    /// How many samples its intervals rest on; 0: it has none.
    pub samples: usize,
    /// The gaps that matter most: by tier, then by the value of what is missing.
    pub gaps: Vec<Gap>,
    /// How many further requirements are not met in full.
    pub other_gaps: usize,
    /// The same of each group of holders by itself: the one that has most of the first tier, all others, each alone.
    /// None where one holder has all requirements.
    pub groups: Vec<Group>,
    /// What it costs and who pays.
    pub money: Money,
    /// What has to be decided within a year.
    pub decisions: Decisions,
    /// What it rests on.
    pub basis: Basis,
    /// The plans made for it.
    pub solves: Solves,
}

/// How a tier stands from when decisions are free.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Standing {
    /// The tier.
    pub tier: u32,
    /// Whose requirements they are.
    pub holders: Vec<HolderStanding>,
    /// How many requirements there are of which anything is required.
    pub requirements: usize,
    /// How many are met in full over the calendar.
    pub in_full: usize,
    /// How many are met in full in every year.
    pub every_year: usize,
    /// The first year from which on all are met in full. `None`: not even in the last year.
    pub all_from: Option<i32>,
    /// The one whose coverage is lowest.
    pub lowest: Option<Lowest>,
    /// What samples say, of what could be done and of what is likely; empty without samples.
    pub sampled: Vec<Interval>,
}

/// How many requirements of a holder in a tier are met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HolderStanding {
    /// The holder's name.
    pub name: String,
    /// How many requirements there are of which anything is required.
    pub requirements: usize,
    /// How many are met in full over the calendar.
    pub in_full: usize,
}

/// The requirement of a tier that is met least.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lowest {
    /// Its key.
    pub requirement: String,
    /// Its name.
    pub name: String,
    /// The share of it that is met.
    pub coverage: f64,
}

/// How it stands for some holders, and what they lack.
///
/// ```
/// # use sinews::{analysis::{Work, brief}, document::Document, solve::Options};
/// let document = Document::open("models/shells.toml")?;
/// let model = document.model()?;
/// let (options, work) = (Options::default(), Work::default());
/// let plan = sinews::solve(&model, &options)?;
/// let request = brief::Request { solves: 0, ..Default::default() };
/// let found = brief::brief(&document, (&model, &plan), &request, &options, &work)?;
/// assert!(found.groups.iter().all(|group| !group.tiers.is_empty()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// What it is called: the holder's name, or that of the bloc that they have in common.
    pub name: String,
    /// The keys of its holders.
    pub holders: Vec<String>,
    /// How each tier stands in which they have requirements.
    pub tiers: Vec<Standing>,
    /// The gaps that matter most. Levers are tried for those alone that are named of all.
    pub gaps: Vec<Gap>,
    /// How many further requirements of theirs are not met in full.
    pub other_gaps: usize,
}

/// A requirement that is not met in full, why, and what helps.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Gap {
    /// Its key.
    pub requirement: String,
    /// Its name.
    pub name: String,
    /// The name of its holder.
    pub holder: String,
    /// Its tier.
    pub tier: u32,
    /// The unit of its quantities.
    pub unit: String,
    /// Whether a level in store is required: its quantities are means.
    pub level: bool,
    /// What is required.
    pub required: f64,
    /// What is met.
    pub met: f64,
    /// What is missing.
    pub short: f64,
    /// The share that is met.
    pub coverage: f64,
    /// The first and the last year in which it is not met in full.
    pub years: [i32; 2],
    /// What it waits for, the weightiest first.
    pub waits_for: Vec<Wait>,
    /// Whether a plan with the weighted objective meets it: it is short for the sake of the plan's own aim.
    pub met_by_weights: bool,
    /// What helps, as a further plan confirmed.
    pub helps: Option<Help>,
    /// How many levers were tried.
    pub tried: usize,
    /// How many were not, because no more plans were to be made or because another helped.
    pub untried: usize,
}

/// A cause of a gap.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Wait {
    /// The cause in words.
    pub cause: String,
    /// The share of what is missing that waits for it.
    pub share: f64,
}

/// A lever and what it brings.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Help {
    /// The lever in words.
    pub lever: String,
    /// How many units less are missing with it.
    pub brings: f64,
}

/// What a plan costs from when decisions are free, and who pays; in the base currency and money of the day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Money {
    /// All that is paid and owed.
    pub needed: f64,
    /// What of it falls due after the last year.
    pub owed: f64,
    /// How many funds there are.
    pub funds: usize,
    /// What they have.
    pub available: f64,
    /// What they spend.
    pub spent: f64,
    /// What they leave.
    pub unspent: f64,
    /// Why they leave it, the largest sum first.
    pub left: Vec<Left>,
    /// Those that pay most.
    pub payers: Vec<Payer>,
    /// How many others pay anything.
    pub other_payers: usize,
}

/// Money that is left for a reason.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Left {
    /// The reason, told by its [word](Why::word).
    #[serde(serialize_with = "by_word")]
    pub why: Why,
    /// How much.
    pub amount: f64,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde hands it over like this
fn by_word<S: serde::Serializer>(why: &Why, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(why.word())
}

/// A fund and what it spends.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Payer {
    /// The name by which [`explain`](super::explain) knows it: `fund.KEY`.
    pub key: String,
    /// Its name.
    pub fund: String,
    /// What it spends.
    pub spent: f64,
}

/// What has to be decided in the twelve months after decisions are free.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Decisions {
    /// The last of these months.
    pub until: String,
    /// The dearest expansions to be ordered.
    pub builds: Vec<Build>,
    /// How many there are in all.
    pub all_builds: usize,
    /// What they cost in all, at the price level of their orders.
    pub builds_cost: f64,
    /// The weightiest purchases to be signed, by the value of their goods.
    pub orders: Vec<Order>,
    /// How many there are in all.
    pub all_orders: usize,
    /// What comes of it if nothing is signed for a quarter. `None`: not looked into, or there is no plan then.
    pub waiting: Option<Waiting>,
}

/// An expansion to be ordered.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Build {
    /// The line.
    pub line: String,
    /// The expansion.
    pub expansion: String,
    /// The name by which [`explain`](super::explain) knows it: `line.KEY.expansion.KEY`.
    pub key: String,
    /// The period of the order.
    pub ordered: String,
    /// The period in which it opens. `None`: after the last.
    pub opens: Option<String>,
    /// How often it is taken: 1 is all of one.
    pub taken: f64,
    /// What it costs at the price level of the order.
    pub cost: f64,
}

/// A purchase to be signed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Order {
    /// The line or supplier.
    pub from: String,
    /// The name by which [`explain`](super::explain) knows that: `line.KEY` or `supplier.KEY`.
    pub key: String,
    /// The item.
    pub item: String,
    /// Its unit.
    pub unit: String,
    /// How much is signed for in the twelve months.
    pub quantity: f64,
    /// The first and the last period in which it is.
    pub signed: [String; 2],
}

/// A decision on the calendar: an expansion to be ordered, or a purchase to be signed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Decision {
    /// The period in which it is taken.
    pub period: PeriodId,
    /// The line that is expanded; the line or supplier that is bought from.
    pub from: String,
    /// The expansion, or the item.
    pub what: String,
    /// The name by which [`explain`](super::explain) knows the expansion, or who is bought from.
    pub key: String,
    /// How often the expansion is taken; how much is bought.
    pub quantity: f64,
    /// The unit of what is bought. `None`: it is an expansion.
    pub unit: Option<String>,
    /// The period in which the expansion opens, or the last in which what is signed for is delivered. `None`: after the
    /// last.
    pub ready: Option<PeriodId>,
    /// What the expansion costs at the price level of its order; what the goods are worth, in base-year money. In the
    /// base currency.
    pub worth: f64,
}

/// What it costs to sign nothing for a quarter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Waiting {
    /// The first month in which something is signed.
    pub until: String,
    /// By tier: the tier, how many requirements are met in full, and how many then.
    pub in_full: Vec<(u32, usize, usize)>,
    /// The requirement that loses most: of the first tier that loses, by value.
    pub loses: Option<Loss>,
}

/// What a requirement loses.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Loss {
    /// Its key.
    pub requirement: String,
    /// Its name.
    pub name: String,
    /// Its tier.
    pub tier: u32,
    /// The unit.
    pub unit: String,
    /// How many units more are missing.
    pub units: f64,
}

/// What a plan rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Basis {
    /// Figures as published.
    pub published: usize,
    /// Figures derived from what is published.
    pub derived: usize,
    /// Figures that are assumed.
    pub assumed: usize,
    /// The facts that are cited.
    pub facts: usize,
    /// The assumptions on which it hangs most, of those that stand behind its weightiest limits and requirements: as
    /// far as prices tell.
    pub weightiest: Vec<Assumption>,
}

/// An assumption.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Assumption {
    /// What it is, by its place.
    pub figure: String,
    /// Its place in the file.
    pub place: String,
    /// Its value in the model, its first step.
    pub value: f64,
    /// The low and the high end of its range.
    pub range: [f64; 2],
    /// The unit.
    pub unit: String,
    /// By how much shortfall and cost together differ between its ends, in base-year money.
    pub moves: f64,
}

/// Plans made for a brief.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Solves {
    /// How many were made.
    pub made: usize,
    /// How many levers were not tried, though nothing had helped yet.
    pub left_out: usize,
    /// Whether time ran out.
    pub out_of_time: bool,
}

/// Make a brief of a plan: the solution of the model that the document holds.
///
/// # Errors
/// A variation that has no model; samples where nothing is uncertain; cancelled.
///
/// ```
/// # use sinews::{analysis::{Work, brief}, document::Document, solve::Options};
/// let document = Document::open("models/tiny.toml")?;
/// let model = document.model()?;
/// let (options, work) = (Options::default(), Work::default());
/// let plan = sinews::solve(&model, &options)?;
/// let brief = brief::brief(&document, (&model, &plan), &Default::default(), &options, &work)?;
/// assert_eq!(brief.gaps[0].short.round(), 20_000.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn brief(
    document: &dyn Vary,
    plan: (&Model, &Solution),
    request: &Request,
    options: &Options,
    work: &Work,
) -> Result<Brief, Trouble> {
    let drawn = drawn(document, plan.1, request, options, work)?;
    brief_with(document, plan, drawn.as_ref(), request, options, work)
}

/// The plan with the weighted objective. `None`: time ran out.
fn weighted_plan(
    model: &Model,
    budget: &Budget,
    options: &Options,
) -> Result<Option<Solution>, Trouble> {
    let Some(options) = budget.options(options) else {
        return Ok(None);
    };
    let program = Program::of(model, ObjectiveKind::Weighted);
    match solve_program(model, program, &options) {
        Ok(found) => Ok(Some(found)),
        Err(Failure::TimeLimit) if budget.until.is_some() => Ok(None),
        Err(failure) => Err(failure.into()),
    }
}

/// The same with intervals of samples that were drawn before, of this very model; the request's own are not drawn.
///
/// # Errors
/// As [`brief`].
///
/// ```
/// # use sinews::{analysis::{Work, brief, outlook}, document::Document, solve::Options};
/// let document = Document::open("models/tiny.toml")?;
/// let model = document.model()?;
/// let (options, work) = (Options::default(), Work::default());
/// let plan = sinews::solve(&model, &options)?;
/// let drawn = outlook::outlook(&document, &Default::default(), &options, &work)?;
/// let kept = drawn.intervals(&document);
/// let request = brief::Request::default();
/// let brief = brief::brief_with(&document, (&model, &plan), Some(&kept), &request, &options, &work)?;
/// assert!(brief.tiers[0].sampled.is_empty()); // no samples were asked for
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn brief_with(
    document: &dyn Vary,
    (model, plan): (&Model, &Solution),
    intervals: Option<&Intervals>,
    request: &Request,
    options: &Options,
    work: &Work,
) -> Result<Brief, Trouble> {
    let until = request
        .time
        .and_then(|time| Instant::now().checked_add(time));
    let budget = Budget {
        solves: request.solves,
        until,
    };
    let options = Options {
        objective: Some(ObjectiveKind::Weighted),
        progress: None,
        cancel: options.cancel.clone().or_else(|| work.cancel.clone()),
        ..options.clone()
    };
    let mut solves = Solves {
        made: 0,
        left_out: 0,
        out_of_time: false,
    };
    let mut weighted = None;
    let mut allowed = request.solves;
    if plan.objective != ObjectiveKind::Weighted && allowed > 0 {
        weighted = weighted_plan(model, &budget, &options)?;
        if weighted.is_some() {
            solves.made += 1;
        } else {
            // Nothing can be told of causes from a plan with another aim.
            solves.out_of_time = true;
            allowed = 0;
        }
    }
    let request = &Request {
        solves: allowed,
        ..request.clone()
    };
    let base = weighted.as_ref().unwrap_or(plan);
    let asked = Asked {
        document,
        model,
        base,
        options: &options,
        work,
    };
    let mut decisions = decisions::of(model, plan);
    let groups = whose::groups(model, plan);
    let missing = missing::of(&asked, plan, &groups, request, (&mut solves, &budget))?;
    decisions.waiting = missing.waiting;
    let (gaps, other_gaps) = missing.all;
    let groups = groups.into_iter().zip(missing.groups);
    let group = |(own, (gaps, other_gaps)): (whose::Own, (Vec<Gap>, usize))| {
        let keys = own.holders.iter().map(|&h| model.holders[h].key.clone());
        Group {
            tiers: standing::of_holders(model, plan, &own.holders),
            holders: keys.collect(),
            name: own.name,
            gaps,
            other_gaps,
        }
    };
    let c = &model.calendar;
    Ok(Brief {
        model: model.name.clone(),
        scenario: document.applied().map(|scenario| scenario.name.clone()),
        start: c.start().to_string(),
        end: c.end().plus(-1).to_string(),
        decide_from: c.decide_from().to_string(),
        has_history: c.has_past(),
        period: c.period().word(),
        without_friction: model.has_friction() && !model.friction.onward,
        currency: model.money.base().to_owned(),
        price_year: model.money.price_year,
        tiers: standing::of(model, plan, intervals),
        samples: intervals.map_or(0, |own| own.samples),
        gaps,
        other_gaps,
        groups: groups.map(group).collect(),
        money: money::of(model, plan),
        decisions,
        basis: basis::of(&asked, request.solves > 0)?,
        solves,
    })
}

/// Intervals of samples, if any are asked for.
fn drawn(
    document: &dyn Vary,
    plan: &Solution,
    request: &Request,
    options: &Options,
    work: &Work,
) -> Result<Option<Intervals>, Trouble> {
    if request.samples == 0 {
        return Ok(None);
    }
    let options = Options {
        objective: Some(plan.objective),
        progress: None,
        cancel: options.cancel.clone().or_else(|| work.cancel.clone()),
        ..options.clone()
    };
    let request = outlook::Request {
        samples: request.samples,
        seed: request.seed,
    };
    let found = outlook(document, &request, &options, work)?;
    Ok(Some(found.intervals(document)))
}
