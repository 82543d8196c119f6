//! What a plan says in a few sentences.

use super::number::{met_and_short, millions, plural, quantity, share};
use super::sections::builds;
use crate::ids::RequirementId;
use crate::model::Model;
use crate::solution::{PricedLimit, Solution};
use serde::Serialize;
use std::collections::BTreeSet;

/// A finding: a question, the figure that answers it, and what stands behind it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Finding {
    /// The question.
    pub(super) title: String,
    /// The figure.
    pub(super) figure: String,
    /// What the figure is.
    pub(super) caption: String,
    /// Sentences.
    pub(super) text: Vec<String>,
}

impl Finding {
    fn new(title: &str, figure: impl Into<String>, caption: impl Into<String>) -> Self {
        Self {
            title: title.to_owned(),
            figure: figure.into(),
            caption: caption.into(),
            text: Vec::new(),
        }
    }

    fn say(mut self, text: impl Into<String>) -> Self {
        self.text.push(text.into());
        self
    }
}

/// How many examples a finding names.
const NAMED: usize = 3;

/// What falls short, what limits the plan, what it costs, what is built, what it rests on.
pub(super) fn all(m: &Model, s: &Solution) -> Vec<Finding> {
    let findings = [
        Some(shortfall(m, s, |_| true)),
        Some(limit(m, s)),
        Some(cost(m, s)),
        built(m, s),
        evidence(m),
    ];
    findings.into_iter().flatten().collect()
}

/// What some requirements lack.
pub(super) fn shortfall(m: &Model, s: &Solution, of: impl Fn(RequirementId) -> bool) -> Finding {
    let mut short: Vec<RequirementId> = m.requirements.ids().filter(|&r| of(r)).collect();
    let all = short.clone();
    short.retain(|&r| !s.requirements[r].is_in_full());
    if short.is_empty() {
        let caption = format!("{} requirements are met in full", all.len());
        return Finding::new("What falls short", "Nothing", caption);
    }
    let figure = format!("{} of {}", short.len(), all.len());
    let finding = Finding::new(
        "What falls short",
        figure,
        "requirements are not met in full",
    )
    .say(format!(
        "{} of all that is required, by value, is met.",
        share(s.mean_coverage_of(m, &all))
    ))
    .say("The widest gaps, by tier and then by value:");
    let worth = |r: RequirementId| s.requirements[r].short * s.program().worth(m, r);
    short.sort_by(|&a, &b| {
        let tier = m.requirements[a].tier.cmp(&m.requirements[b].tier);
        tier.then(worth(b).total_cmp(&worth(a))).then(a.cmp(&b))
    });
    short.truncate(2 * NAMED);
    let gaps = short.into_iter().map(|r| {
        let coverage = &s.requirements[r];
        let unit = &m.items[m.requirements[r].meets[0].item].unit;
        format!(
            "{}: {} met, {} {} short",
            m.requirements[r].name,
            share(coverage.coverage()),
            met_and_short([coverage.required, coverage.met, coverage.short], unit)[2],
            plural(unit)
        )
    });
    gaps.fold(finding, Finding::say)
}

fn limit(m: &Model, s: &Solution) -> Finding {
    let all = s.limits(m);
    let caption =
        "limits are used up: with more of one, less would be missing or it would cost less";
    let finding = Finding::new("What limits the plan", all.len().to_string(), caption);
    if all.is_empty() {
        return finding.say("Nothing: more of anything would be worth nothing.");
    }
    let named = all
        .iter()
        .take(LIMITS)
        .map(|limit| format!("{}: {}", limit.words.in_names(), when(m, limit)));
    named.fold(
        finding.say("Those that matter most, and when they bind:"),
        Finding::say,
    )
}

/// How many limits a finding names.
const LIMITS: usize = 5;

/// The years in which a limit binds, in words.
fn when(m: &Model, limit: &PricedLimit) -> String {
    let years = m.calendar.years().map(|y| m.calendar.year_number(y));
    let years = years.zip(&limit.prices);
    let bound: Vec<i32> = years
        .filter(|(_, sides)| sides.worth() > 0.0 || sides.less.is_none_or(|less| less > 0.0))
        .map(|(y, _)| y)
        .collect();
    if bound.len() == limit.prices.len() && bound.len() > 1 {
        return "in every year".into();
    }
    // Years in a row become one span.
    let spans = bound.chunk_by(|a, b| b - a == 1).map(|span| match span {
        [one] => one.to_string(),
        [first, .., last] => format!("{first} to {last}"),
        [] => String::new(),
    });
    format!("in {}", spans.collect::<Vec<_>>().join(", "))
}

/// Money in words: billions, millions, or as it is.
fn money(value: f64, unit: &str) -> String {
    if value.abs() >= 1e9 {
        format!("{} bn {unit}", quantity(value / 1e9))
    } else if value.abs() >= 1e6 {
        format!("{} M {unit}", quantity(value / 1e6))
    } else {
        format!("{} {unit}", quantity(value))
    }
}

fn cost(m: &Model, s: &Solution) -> Finding {
    let currency = m.money.base();
    let caption = "of the day, all that is paid and owed";
    let mut finding = Finding::new("What it costs", money(s.cost.total, currency), caption);
    finding = finding.say(format!(
        "{} of {} discounted, with what loans cost later.",
        money(s.cost.discounted, currency),
        m.money.price_year
    ));
    if s.cost.owed > 0.5 {
        let owed = money(s.cost.owed, currency);
        finding = finding.say(format!("{owed} of it falls due after the end."));
    }
    let spent: f64 = s.funds.iter().map(|year| year.spent).sum();
    let available: f64 = s.plan.money.iter().filter_map(|(_, _, money)| *money).sum();
    if available > 0.5 {
        finding = finding.say(format!(
            "{} of the {} that funds get is spent.",
            share(spent / available),
            money(available, currency)
        ));
        let used_up: BTreeSet<_> = s
            .funds
            .iter()
            .filter(|year| year.price > 1e-6)
            .map(|year| year.fund)
            .collect();
        finding = finding.say(match used_up.len() {
            0 => {
                "More money in any fund would be worth nothing: other limits bind first.".to_owned()
            }
            1 => "In one fund more money would be worth something.".to_owned(),
            n => format!(
                "In {n} of {} funds more money would be worth something.",
                m.funds.len()
            ),
        });
    }
    finding
}

fn built(m: &Model, s: &Solution) -> Option<Finding> {
    if m.expansions.is_empty() {
        return None;
    }
    let mut all = builds::all(s);
    let currency = m.money.base();
    let caption = format!(
        "expansions of lines ordered, of {} that could be",
        m.expansions.len()
    );
    let options: BTreeSet<_> = all.iter().map(|build| build.expansion).collect();
    let finding = Finding::new("What is built", options.len().to_string(), caption);
    if all.is_empty() {
        return Some(finding.say("Nothing: the lines there are do what can be done."));
    }
    let total: f64 = all.iter().map(|build| build.cost_of_the_day).sum();
    let finding = finding.say(format!(
        "For {} at the price level of their orders. The dearest:",
        money(total, currency)
    ));
    all.sort_by(|a, b| b.cost_of_the_day.total_cmp(&a.cost_of_the_day));
    let named = all.iter().take(NAMED).map(|build| {
        let option = &m.expansions[build.expansion];
        let line = &m.lines[option.line];
        format!(
            "{} ({}), ordered {}: {} M {currency}",
            line.name,
            option.name,
            m.calendar.label(build.ordered),
            millions(build.cost_of_the_day)
        )
    });
    Some(named.fold(finding, Finding::say))
}

fn evidence(m: &Model) -> Option<Finding> {
    let evidence = &m.evidence;
    if evidence.figures.is_empty() {
        return None;
    }
    let assumed = evidence.assumptions().count();
    let cited = evidence.figures.len() - assumed;
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    let figure = share(cited as f64 / evidence.figures.len() as f64);
    let caption = "of the model's figures cite a public fact";
    let publishers: BTreeSet<_> = evidence
        .facts
        .iter()
        .map(|fact| &fact.source.publisher)
        .collect();
    Some(
        Finding::new("What it rests on", figure, caption)
            .say(format!(
                "{} facts of {} publishers, each with its source.",
                evidence.facts.len(),
                publishers.len()
            ))
            .say(format!(
                "{assumed} assumptions, each with a note that says why."
            )),
    )
}
