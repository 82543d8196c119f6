//! The lines above the tables of a plan: what was asked, what came out, and how far it can be trusted.

use super::number::{millions, quantity, share};
use crate::model::Model;
use crate::solution::{Solution, TierCoverage};

/// Whose requirements a tier has, how many are met in full, and which is met least.
fn tier_words(m: &Model, tier: &TierCoverage) -> String {
    let whose = tier.whose(m);
    let count = format!(
        "{whose}: {} of {} requirements met in full",
        tier.in_full, tier.requirements
    );
    match tier.lowest {
        Some((r, lowest)) if tier.in_full < tier.requirements => {
            let name = &m.requirements[r].name;
            format!("{count}; least: {name}, {}", share(lowest))
        }
        _ => count,
    }
}

/// What friction does, and when.
fn friction(m: &Model) -> Option<String> {
    let friction = m.friction;
    if !m.has_friction() {
        return None;
    }
    let own = m.funds.values();
    let own = own.filter(|fund| fund.fulfilled.is_some() || fund.late.is_some());
    let own = match own.count() {
        0 => String::new(),
        1 => "; one fund pays as it says itself".to_owned(),
        count => format!("; {count} funds pay as they say themselves"),
    };
    let when = if friction.onward {
        "all through"
    } else {
        "in history only"
    };
    Some(format!(
        "{when}: {} of output, {} of money, {} of it a year late, expansions {} months late{own}",
        share(friction.output.value()),
        share(friction.money.value()),
        share(friction.late.value()),
        quantity(friction.delay.value())
    ))
}

/// Each line under its name.
pub(super) fn summary(m: &Model, s: &Solution) -> Vec<(String, String)> {
    let c = &m.calendar;
    let currency = m.money.base();
    let kind = crate::model::ObjectiveKind::WORDS
        .iter()
        .find(|(_, kind)| *kind == s.objective);
    let (first, last) = (c.start(), c.end().plus(-1));
    let decided = if c.has_past() {
        format!("; as decided from {} on", c.decide_from())
    } else {
        String::new()
    };
    let mut lines = vec![
        (
            "calendar".to_owned(),
            format!("{first} to {last}, by the {}{decided}", c.period().word()),
        ),
        (
            "objective".to_owned(),
            kind.map_or("", |(word, _)| word).to_owned(),
        ),
    ];
    if let Some(words) = friction(m) {
        lines.push(("friction".to_owned(), words));
    }
    let tiers = s.tiers(m).into_iter();
    lines.extend(tiers.map(|tier| (format!("tier {}", tier.tier), tier_words(m, &tier))));
    lines.push((
        "coverage".to_owned(),
        format!(
            "{} of all that is required, by value",
            share(s.mean_coverage(m))
        ),
    ));
    for stage in &s.stages {
        lines.push((
            format!("stage: {}", stage.name),
            format!("{} M {currency}", millions(stage.value)),
        ));
    }
    if !s.tie_broken {
        let words = "not broken: one of several plans of equal value";
        lines.push(("ties".to_owned(), words.to_owned()));
    }
    let cost = &s.cost;
    lines.push((
        "cost".to_owned(),
        format!(
            "{} M {currency} of the day; {} M {currency} of {} discounted",
            millions(cost.total),
            millions(cost.discounted),
            m.money.price_year
        ),
    ));
    if cost.owed > 0.5 {
        lines.push((
            "due after the end".to_owned(),
            format!("{} M {currency}", millions(cost.owed)),
        ));
    }
    let certificate = &s.certificate;
    lines.push((
        "certificate".to_owned(),
        format!(
            "rows hold to {:.0e}, each to {:.0e} of its own numbers, requirements to {:.0e} of a unit, gap {:.0e} ({}, {} columns, {} rows)",
            certificate.max_violation,
            certificate.max_row_share,
            certificate.max_requirement_miss,
            certificate.relative_gap,
            s.solver,
            s.program().columns().len(),
            s.program().rows().len()
        ),
    ));
    lines
}
