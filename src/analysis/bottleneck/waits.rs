//! What a shortfall waits for: its price, split down to what binds.

use super::cause::Cause;
use super::chain::{Branch, Chains};
use super::{Share, Shortfall};
use crate::analysis::equation::{Matrix, Prices};
use crate::ids::{PeriodId, RequirementId, YearId};
use crate::model::{Model, Need, Stock};
use crate::program::Row;
use crate::solution::{Met, Solution};

/// A share of a requirement below this is no shortfall.
const NO_SHORTFALL: f64 = 1e-6;
/// What counts less than this share of the plan's value is lost in its rounding.
const NO_VALUE: f64 = 1e-11;
/// Prices miss a plan if what they leave unexplained is more than this share.
pub(super) const MISSED: f64 = 1e-4;

/// Every shortfall with its tree at some prices.
pub(super) fn explained(
    m: &Model,
    matrix: &Matrix<'_>,
    prices: &Prices,
    solution: &Solution,
    only: Option<RequirementId>,
) -> Vec<Shortfall> {
    let mut chains = Chains::new(m, matrix, prices);
    let mut shortfalls = Vec::new();
    let chosen = |r: &RequirementId| only.is_none_or(|only| only == *r);
    for r in m.requirements.ids().filter(chosen) {
        // What was short in history waits for nothing any more.
        let years = solution.requirements[r].years.iter();
        for (y, met) in years.filter(|&(y, _)| !m.calendar.is_past_year(y)) {
            if is_short(met) {
                shortfalls.push(shortfall(&mut chains, m, solution, (r, y)));
            }
        }
    }
    shortfalls
}

/// Whether something is missing.
pub(super) fn is_short(met: &Met) -> bool {
    met.short > NO_SHORTFALL * met.required.max(1.0)
}

/// What a requirement is short of in a year: its windows, each weighted by what is missing in it.
pub(super) fn shortfall(
    chains: &mut Chains<'_>,
    m: &Model,
    solution: &Solution,
    (r, y): (RequirementId, YearId),
) -> Shortfall {
    let program = solution.program();
    let size = program.requirement_size(m, r);
    let coverage = &solution.requirements[r];
    let mut tree = Branch::default();
    for &(t, met) in &coverage.windows {
        let row = program.rows().position(price_row(m, (r, t)));
        let inside = m.calendar.year_of(t) == y && met.short > 0.0;
        if let Some(n) = row.filter(|_| inside) {
            let branch = chains.explain(n);
            tree.add(&branch, met.short / size * program.money_size());
        }
    }
    // What counts less than the value of the plan is known to counts nothing.
    if tree.value.abs() <= NO_VALUE * solution.stages[0].value.abs() {
        tree = Branch::default();
    }
    let (causes, outbid) = if tree.value == 0.0 {
        (Vec::new(), 1.0)
    } else {
        shares(&tree)
    };
    let outbid = if has_rivals(m) { outbid } else { 1.0 };
    Shortfall {
        requirement: r,
        year: y,
        required: coverage.years[y].required,
        short: coverage.years[y].short,
        value: tree.value,
        causes,
        outbid,
        tree,
    }
}

/// Whether anything is wanted beside one requirement: another, or something that has to stay in store.
fn has_rivals(m: &Model) -> bool {
    let kept = |stock: &Stock| stock.floor.is_some() || stock.closing.is_some();
    let worth = |stock: &Stock| stock.closing_value.value() > 0.0;
    m.requirements.len() > 1 || m.stocks.values().any(|stock| kept(stock) || worth(stock))
}

/// The row whose price is what one more unit would cost: the requirement's; of a level, that of the stock
/// it is kept in, where a unit stays for all later levels.
pub(super) fn price_row(m: &Model, (r, t): (RequirementId, PeriodId)) -> Row {
    let requirement = &m.requirements[r];
    match requirement.need {
        Need::Flow(_) => Row::Requirement(r, t),
        Need::Level(_) => {
            let stock = m.stock(requirement.holder, requirement.meets[0].item);
            Row::Stock(stock.expect("stocks are implied"), t)
        }
    }
}

/// What binds, and how many times what is offered others offer.
fn shares(tree: &Branch) -> (Vec<Share>, f64) {
    let causes = tree.causes();
    let urgent = causes.get(&Cause::Urgent).copied().unwrap_or(0.0);
    let outbid = (tree.value - urgent) / tree.value;
    let outbid = if outbid > 1.0 + MISSED { outbid } else { 1.0 };
    let binding = || {
        causes
            .iter()
            .filter(|(cause, value)| cause.binds() && **value > 0.0)
    };
    let total: f64 = binding().map(|(_, value)| value).sum();
    if total <= 1e-9 * tree.value {
        return (Vec::new(), outbid);
    }
    let mut shares: Vec<Share> = binding()
        .map(|(&cause, value)| {
            let share = value / total;
            Share {
                cause,
                share,
                range: (share, share),
            }
        })
        .collect();
    shares.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.cause.cmp(&b.cause)));
    (shares, outbid)
}
