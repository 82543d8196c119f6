//! What does money buy? The exact curve of shortfall against money, with its breakpoints.
//!
//! ```text
//! z(θ)   = least shortfall when every chosen fund has θ times its money       convex, piecewise linear
//! z′(θ)  = − Σ_{f,y} price of f's money in y · M[f,y]
//! ```
//!
//! A solve at `θ` gives a point of the curve and, by the prices of money, a line that lies below all of
//! it. Where the lines of two neighbours cross, the curve is solved again: either it passes through the
//! crossing, which is then its only breakpoint between them, or a new piece has been found. A curve of
//! `k` pieces takes at most `2k + 1` solves, and nothing of it is guessed. What limits the plan on a piece
//! is read from a touch inside it; where all touches of a piece lie at its ends, one more is made. At each
//! breakpoint the cheapest of the plans that fall short so little is then looked for. Values are told apart where
//! they differ by more than their certificates leave open.
//!
//! [`cost()`] gives the curve of cost against shortfall in the same way, by the slopes at which it is
//! touched: the least of `shortfall + λ · cost` for every `λ`.

mod cost;
mod tables;

pub use cost::{Corner, CostCurve, cost};

use super::{Trouble, Work, work};
use crate::document::Pattern;
use crate::ids::{FundId, RequirementId, YearId};
use crate::model::{Model, Requirement};
use crate::names::Words;
use crate::problem::Place;
use crate::program::{Column, Goal, Program, Row};
use crate::solution::{Coverage, Solution};
use crate::solve::{Certificate, Failure, Options, Runner, Session, solve_program};
use std::collections::BTreeSet;

/// What is asked of a frontier.
///
/// ```
/// use sinews::analysis::frontier::Request;
///
/// // From half of the money that there is to all of it.
/// let request = Request {
///     from: 0.5,
///     to: 1.0,
///     ..Request::default()
/// };
/// # let _ = request;
/// ```
#[derive(Clone, Debug)]
pub struct Request {
    /// Which funds, as patterns such as `fund.aid-*`. Empty: all.
    pub funds: Vec<String>,
    /// The key of the requirement whose shortfall counts. `None`: all, as the objective weighs them.
    pub requirement: Option<String>,
    /// From how many times their money.
    pub from: f64,
    /// To how many times.
    pub to: f64,
    /// The most solves beside that of the model itself, at least 2. Half of them trace the curve: where they run
    /// out, it is known to lie within [`Frontier::gap`]. The others see what limits pieces and what breakpoints
    /// cost: where they run out, the last of these are not known.
    pub solves: usize,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            funds: Vec::new(),
            requirement: None,
            from: 0.0,
            to: 2.0,
            solves: 200,
        }
    }
}

/// The curve of shortfall against money.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Frontier {
    /// The funds whose money varies, by key.
    pub funds: Vec<String>,
    /// What they have in the model, over the whole calendar, in the base currency and money of the day.
    pub money: f64,
    /// What the shortfall is counted in.
    pub measure: String,
    /// Whether that is money.
    pub in_money: bool,
    /// The code of the base currency.
    pub currency: String,
    /// The ends of the pieces, from the least money to the most.
    pub points: Vec<Point>,
    /// The pieces: one fewer than the points.
    pub pieces: Vec<Piece>,
    /// How many solves it took to trace it, and to see what limits its pieces.
    pub solves: usize,
    /// How many it took to find the cheapest plans of its points.
    pub settled: usize,
    /// How far the curve can lie from the points at most, in the measure of the shortfall; 0: exact.
    pub gap: f64,
}

/// An end of a piece.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Point {
    /// How many times the model's money.
    pub factor: f64,
    /// So much money.
    pub money: f64,
    /// The shortfall in the measure of the curve.
    pub shortfall: f64,
    /// The cheapest plan that falls short so little. `None`: no solve was left for it, or none stood up.
    pub cheapest: Option<Cheapest>,
}

/// The cheapest of the plans of a point, ties broken.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Cheapest {
    /// All that is missing, at its value in the base currency.
    pub missing: f64,
    /// The share of all that is required that is met, by value.
    pub coverage: f64,
    /// What the plan spends in all, in the base currency and money of the day.
    pub cost: f64,
    /// By requirement, as in the model: what is missing, in units of its first item.
    pub short: Vec<f64>,
}

/// What a requirement gains along a piece, from the cheapest plan at its start to that at its end.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Gain {
    /// The key of the requirement.
    pub requirement: String,
    /// Its name.
    pub name: String,
    /// The unit of its first item.
    pub unit: String,
    /// How much less of it is missing, in that unit; below zero where it gives way to others.
    pub more: f64,
    /// The same at its value, in the base currency at base-year prices.
    pub worth: f64,
}

/// A piece of the curve: what one more unit of money is worth, and what then limits the plan.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Piece {
    /// What one more unit of money avoids, in the measure of the shortfall.
    pub price: f64,
    /// Which requirements gain, the most at its value first, and which give way. Empty: the plans at its ends are not known,
    /// or nothing gains.
    pub gains: Vec<Gain>,
    /// What limits the plan here and did not on the piece before, the weightiest first.
    pub begins: Vec<Words>,
    /// What limited it before and no longer does.
    pub ends: Vec<Words>,
}

/// What is missing of a requirement at two points, and what it gets in the model's own plan.
type Ends<'e> = ((&'e f64, &'e f64), &'e Coverage);

/// A solve at a point: where the curve is, and the line below it.
#[derive(Clone, Debug)]
struct Touch {
    at: f64,
    value: f64,
    slope: f64,
    point: Point,
    limits: Vec<Words>,
}

/// The curve of the least shortfall against the money of some funds.
///
/// # Errors
/// Unknown funds or requirements, an empty range, a range that begins with less money than the rules of the
/// model need, or a model without a plan.
///
/// ```
/// use sinews::analysis::Work;
/// use sinews::analysis::frontier::{Request, frontier};
///
/// let model = sinews::read("models/shells.toml")?;
/// let request = Request {
///     solves: 6,
///     ..Request::default()
/// };
/// let found = frontier(&model, &request, &Default::default(), &Work::default())?;
/// // More money never leaves more missing.
/// let mut pairs = found.points.windows(2);
/// assert!(pairs.all(|pair| pair[1].shortfall <= pair[0].shortfall + 1.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn frontier(
    model: &Model,
    request: &Request,
    options: &Options,
    work: &Work,
) -> Result<Frontier, Trouble> {
    let funds = chosen(model, &request.funds)?;
    if !(0.0 <= request.from && request.from < request.to && request.to.is_finite()) {
        let message = format!("the range from {} to {} is none", request.from, request.to);
        let help = "ask for two factors of the model's money, such as from 0 to 2";
        return Err(Trouble::request(message, help));
    }
    if request.solves < 2 {
        let message = format!("{} solves make no curve", request.solves);
        return Err(Trouble::request(message, "allow for 2 or more: one an end"));
    }
    let kind = options.objective.unwrap_or(model.objective.kind);
    let mut program = Program::of(model, kind);
    let goal = match &request.requirement {
        None => Goal::SHORTFALL,
        Some(key) => Goal::Requirement(requirement(model, key)?),
    };
    program.pursue(model, goal);
    let session = Session::of(model, program, options)?;
    let curve = Curve {
        model,
        session: &session,
        funds: &funds,
        options,
        work,
    };
    let (touches, solves, gap) = curve.trace(request)?;
    let money = curve.money();
    let measure = match goal {
        Goal::Requirement(r) => {
            let requirement = &model.requirements[r];
            let unit = &model.items[requirement.meets[0].item].unit;
            format!("{unit} of `{}`", requirement.key)
        }
        Goal::Blend { .. } => format!("M {}, as the objective weighs it", model.money.base()),
    };
    let keys = funds.iter().map(|&f| model.funds[f].key.clone());
    let open = curve.open(&touches);
    let corners = corners(&touches, open);
    let (pieces, more) = curve.pieces(&touches, &corners, request.solves - solves)?;
    let solves = solves + more;
    let mut points: Vec<Point> = corners.iter().map(|&n| touches[n].point.clone()).collect();
    let settled = points.len().min(request.solves - solves);
    for (point, cheapest) in points
        .iter_mut()
        .zip(curve.cheapest(&corners, &touches, settled)?)
    {
        point.cheapest = cheapest;
    }
    let mut pieces = pieces;
    for (piece, ends) in pieces.iter_mut().zip(points.windows(2)) {
        piece.gains = curve.gains(&ends[0], &ends[1]);
    }
    Ok(Frontier {
        funds: keys.collect(),
        money,
        measure,
        in_money: request.requirement.is_none(),
        currency: model.money.base().to_owned(),
        points,
        pieces,
        solves,
        settled,
        gap,
    })
}

/// The funds that some patterns name.
pub(crate) fn chosen(model: &Model, patterns: &[String]) -> Result<Vec<FundId>, Trouble> {
    if model.funds.is_empty() {
        let help = "add a `[fund.KEY]` to the model: without funds money is no object";
        return Err(Trouble::request("the model has no funds", help));
    }
    if patterns.is_empty() {
        return Ok(model.funds.ids().collect());
    }
    let mut all = BTreeSet::new();
    for text in patterns {
        let whole = if text.starts_with("fund.") {
            text.clone()
        } else {
            format!("fund.{text}")
        };
        let pattern: Option<Pattern> = whole.parse().ok();
        let named = |key: &str| {
            let place = Place::new(["fund", key]);
            // A key may as well be given as it is.
            key == text || pattern.as_ref().is_some_and(|p| p.matches(&place))
        };
        let found: Vec<_> = model.funds.iter().filter(|(_, f)| named(&f.key)).collect();
        if found.is_empty() {
            let keys = model.funds.values().map(|fund| fund.key.as_str());
            return Err(Trouble::unknown("fund", text, keys));
        }
        all.extend(found.into_iter().map(|(f, _)| f));
    }
    Ok(all.into_iter().collect())
}

/// The requirement with a key.
pub(crate) fn requirement(model: &Model, key: &str) -> Result<RequirementId, Trouble> {
    let found = model.requirements.iter().find(|(_, r)| r.key == key);
    found.map(|(r, _)| r).ok_or_else(|| {
        let keys = model.requirements.values().map(|r| r.key.as_str());
        Trouble::unknown("requirement", key, keys)
    })
}

/// Into so many runs the places of a wave are cut: those of a run go on from each other.
const RUNS: usize = 2;

/// A curve being traced.
struct Curve<'a> {
    model: &'a Model,
    session: &'a Session,
    funds: &'a [FundId],
    options: &'a Options,
    work: &'a Work,
}

/// How far two values of the curve may lie apart for being one, against the values: what their certificates leave
/// open.
const OPEN: f64 = 2.0 * Certificate::GAP;
/// What of a requirement is no gain, against what is required: rounding.
const GAIN: f64 = 1e-5;
/// What is worth less than this share of all that a piece moves is no gain: what the cheapest plans of its ends leave open.
const WORTH: f64 = 1e-4;
/// How much of what is open the cheapest plan of a point may fall short more than its point: what is left open is
/// far less as a rule, and each bit of it saves money.
const CLOSE: f64 = 0.1;

impl Curve<'_> {
    /// What the funds have in the model, in the base currency.
    fn money(&self) -> f64 {
        let cells = self.cells();
        cells.map(|(_, _, money)| money).sum()
    }

    fn cells(&self) -> impl Iterator<Item = (FundId, YearId, f64)> + '_ {
        let program = self.session.solution().program();
        let years = move |&f: &FundId| {
            let years = self.model.calendar.years();
            years.map(move |y| (f, y, program.fixed(Column::Money(f, y))))
        };
        self.funds.iter().flat_map(years)
    }

    /// Solve at several places.
    fn touch(&self, places: &[f64]) -> Result<Vec<Touch>, Trouble> {
        let distances: Vec<f64> = places.iter().map(|at| (at - 1.0).abs()).collect();
        let chains = work::outwards(&distances, 0, RUNS);
        let runner = || self.session.runner();
        let touch = |runner: &mut Runner, n: usize, follows: bool| {
            let at = places[n];
            let program = self.program(at);
            let solution = if follows {
                runner.go_on_to(self.model, program)?
            } else {
                runner.solve_program(self.model, program)?
            };
            Ok(self.read(at, &solution))
        };
        self.work.all_chains(&chains, places.len(), runner, touch)
    }

    /// The program in which the funds have so many times their money.
    fn program(&self, at: f64) -> Program {
        let mut program = self.session.solution().program().clone();
        for (f, y, money) in self.cells() {
            program.fix(Column::Money(f, y), money * at);
        }
        program
    }

    /// The cheapest plans at the first so many corners.
    fn cheapest(
        &self,
        corners: &[usize],
        touches: &[Touch],
        count: usize,
    ) -> Result<Vec<Option<Cheapest>>, Trouble> {
        let slack = CLOSE * self.open(touches);
        let job = |(): &mut (), n: usize| {
            let touch = &touches[corners[n]];
            let mut program = self.program(touch.at);
            program.hold_within(touch.value + slack);
            program.pursue_in_turn(self.model, &[Goal::COST]);
            let solution = match solve_program(self.model, program, self.options) {
                Ok(solution) => solution,
                Err(
                    Failure::Infeasible { .. }
                    | Failure::Uncertified { .. }
                    | Failure::Numbers { .. },
                ) => return Ok(None),
                Err(failure) => return Err(failure.into()),
            };
            let met = solution.requirements.values();
            Ok(Some(Cheapest {
                short: met.map(|met| met.short).collect(),
                missing: solution.missing_value(self.model),
                coverage: solution.mean_coverage(self.model),
                cost: solution.cost.total,
            }))
        };
        self.work.all(count, || (), job)
    }

    /// What each requirement gains from one point to the next, if it is worth something beside all that they gain.
    fn gains(&self, from: &Point, to: &Point) -> Vec<Gain> {
        let (Some(before), Some(after)) = (&from.cheapest, &to.cheapest) else {
            return Vec::new();
        };
        let m = self.model;
        let program = self.session.solution().program();
        let met = self.session.solution().requirements.values();
        let ends = before.short.iter().zip(&after.short).zip(met);
        let gain = |((r, requirement), ends): ((RequirementId, &Requirement), Ends<'_>)| {
            let ((before, after), met) = ends;
            let more = before - after;
            let is_some = more.abs() > GAIN * met.required.max(f64::MIN_POSITIVE);
            is_some.then(|| Gain {
                requirement: requirement.key.clone(),
                name: requirement.name.clone(),
                unit: m.items[requirement.meets[0].item].unit.clone(),
                more,
                worth: more * program.worth(m, r),
            })
        };
        let mut gains: Vec<Gain> = m.requirements.iter().zip(ends).filter_map(gain).collect();
        let all: f64 = gains.iter().map(|gain| gain.worth.abs()).sum();
        gains.retain(|gain| gain.worth.abs() > WORTH * all);
        gains.sort_by(|a, b| b.worth.total_cmp(&a.worth));
        gains
    }

    /// How far apart two values of the curve may be for being one.
    fn open(&self, touches: &[Touch]) -> f64 {
        let size = self.session.solution().program().stage_size(0);
        OPEN * (size + touches.first().map_or(0.0, |touch| touch.value.abs()))
    }

    fn read(&self, at: f64, solution: &Solution) -> Touch {
        let accounts = &solution.program().network().accounts;
        let gains = self.cells().map(|(f, y, money)| {
            let row = Row::Purse(accounts.purse_of(f), y);
            money * solution.price(row).unwrap_or(0.0)
        });
        let value = solution.stages[0].value;
        let limits = solution.limits(self.model);
        Touch {
            at,
            value,
            slope: -gains.sum::<f64>(),
            limits: limits
                .into_iter()
                .filter(|limit| limit.binds)
                .map(|limit| limit.words)
                .collect(),
            point: Point {
                factor: at,
                money: at * self.money(),
                shortfall: value,
                cheapest: None,
            },
        }
    }

    /// Touch the curve until it is known everywhere, wave by wave.
    fn trace(&self, request: &Request) -> Result<(Vec<Touch>, usize, f64), Trouble> {
        let mut touches = match self.touch(&[request.from, request.to]) {
            Err(Trouble::Solve(Failure::Infeasible { .. })) => return Err(too_little(request)),
            found => found?,
        };
        let open = self.open(&touches);
        let most = (request.solves / 2).max(2);
        // By the left end of each gap: whether the curve is known there.
        let mut known = vec![false];
        let mut solves = 2;
        loop {
            let gaps: Vec<(usize, f64)> = (0..known.len())
                .filter(|&n| !known[n])
                .filter_map(|n| Some((n, crossing(&touches[n], &touches[n + 1], open)?)))
                .take(most - solves)
                .collect();
            if gaps.is_empty() {
                break;
            }
            let places: Vec<f64> = gaps.iter().map(|&(_, at)| at).collect();
            let found = self.touch(&places)?;
            solves += found.len();
            for ((n, _), touch) in gaps.into_iter().zip(found).rev() {
                let on_line = |other: &Touch| {
                    let line = other.value + other.slope * (touch.at - other.at);
                    (touch.value - line).abs() <= open
                };
                let (left, right) = (on_line(&touches[n]), on_line(&touches[n + 1]));
                touches.insert(n + 1, touch);
                known[n] = left;
                known.insert(n + 1, right);
            }
        }
        let rest = (0..known.len()).filter(|&n| !known[n]);
        let gaps = rest.filter_map(|n| {
            let (left, right) = (&touches[n], &touches[n + 1]);
            crossing(left, right, open).map(|_| below_chord(left, right))
        });
        let gap = gaps.fold(0.0, f64::max);
        Ok((touches, solves, gap))
    }
}

/// Why there is no plan where the range begins, or ends: the model has one with the money it has.
fn too_little(request: &Request) -> Trouble {
    let message = format!(
        "with {} times the money of the model what its rules demand cannot be paid for: there is no plan",
        request.from
    );
    let help = "begin the range with more money, such as 0.5 times what the model has (`from`)";
    Trouble::request(message, help)
}

/// Between two touches no further apart than that, in shares of the model's money, the curve is as good as known.
const NARROW: f64 = 1e-6;

/// By how much the right one of two touches lies above the line of the left one, and the left one above that of the
/// right one: less than nothing if a line is none of the curve's, as no curve of least shortfalls lies below its lines.
fn above_lines(left: &Touch, right: &Touch) -> (f64, f64) {
    let span = right.at - left.at;
    (
        right.value - (left.value + left.slope * span),
        left.value - (right.value - right.slope * span),
    )
}

/// Where to touch the curve next between two touches: where their lines cross. `None`: it is known there, as one of
/// them lies on the line of the other.
fn crossing(left: &Touch, right: &Touch, open: f64) -> Option<f64> {
    let span = right.at - left.at;
    let (off, back) = above_lines(left, right);
    if off.abs() <= open || back.abs() <= open || span <= NARROW {
        return None;
    }
    // Values are certified, a slope may be any of several prices, or one that only rounding made.
    if off < 0.0 || back < 0.0 {
        return Some(f64::midpoint(left.at, right.at));
    }
    let at = left.at + span * back / (off + back);
    Some(at.clamp(left.at + 1e-6 * span, right.at - 1e-6 * span))
}

/// How far the curve between two touches can lie below their chord.
fn below_chord(left: &Touch, right: &Touch) -> f64 {
    let (off, back) = above_lines(left, right);
    match (off >= 0.0, back >= 0.0) {
        (true, true) if off + back > 0.0 => off * back / (off + back),
        (true, true) => 0.0,
        (true, false) => off,
        (false, true) => back,
        (false, false) => (left.value - right.value).abs(),
    }
}

/// The slope of the curve between two touches.
fn slope(a: &Touch, b: &Touch) -> f64 {
    (b.value - a.value) / (b.at - a.at)
}

/// Which touches are ends of pieces: those that lie inside a piece are not, nor are those that lie off the
/// chord of their neighbours by no more than is open, as two touches of one corner do.
fn corners(touches: &[Touch], open: f64) -> Vec<usize> {
    let mut kept: Vec<usize> = Vec::new();
    for n in 0..touches.len() {
        while let [.., before, last] = kept.as_slice() {
            let left = slope(&touches[*before], &touches[*last]);
            let chord = slope(&touches[*before], &touches[n]);
            let off = (left - chord).abs() * (touches[*last].at - touches[*before].at);
            if off > open {
                break;
            }
            kept.pop();
        }
        kept.push(n);
    }
    kept
}

impl Curve<'_> {
    /// The pieces between corners, and how many more solves it took, of so many, to see what limits the plan there.
    fn pieces(
        &self,
        touches: &[Touch],
        corners: &[usize],
        solves: usize,
    ) -> Result<(Vec<Piece>, usize), Trouble> {
        let open = self.open(touches);
        let ends: Vec<(usize, usize)> = corners.windows(2).map(|w| (w[0], w[1])).collect();
        let inside = |&(from, to): &(usize, usize)| {
            let wanted = slope(&touches[from], &touches[to]);
            let on = |touch: &&Touch| (touch.slope - wanted).abs() <= 1e-5 * wanted.abs().max(1e-9);
            touches[from..=to].iter().find(on)
        };
        let found: Vec<Option<&Touch>> = ends.iter().map(inside).collect();
        let missing = ends.iter().zip(&found).filter(|(_, touch)| touch.is_none());
        let middle =
            |(from, to): &(usize, usize)| f64::midpoint(touches[*from].at, touches[*to].at);
        let places: Vec<f64> = missing.map(|(ends, _)| middle(ends)).take(solves).collect();
        let more = self.touch(&places)?;
        let mut rest = more.iter();
        let mut pieces = Vec::new();
        let mut before: Option<&[Words]> = None;
        for (&(from, to), touch) in ends.iter().zip(&found) {
            let touch = touch.or_else(|| rest.next());
            let limits = touch.map(|touch| touch.limits.as_slice());
            let falls = touches[from].value - touches[to].value;
            let money = (touches[to].at - touches[from].at) * self.money();
            let new = before.zip(limits);
            pieces.push(Piece {
                price: if falls <= open { 0.0 } else { falls / money },
                gains: Vec::new(),
                begins: new.map_or_else(Vec::new, |(old, limits)| beside(limits, old)),
                ends: new.map_or_else(Vec::new, |(old, limits)| beside(old, limits)),
            });
            before = limits.or(before);
        }
        Ok((pieces, places.len()))
    }
}

/// What is among some names and not among others.
fn beside(names: &[Words], others: &[Words]) -> Vec<Words> {
    let fresh = names.iter().filter(|name| !others.contains(name));
    fresh.cloned().collect()
}
