//! More of anything never hurts, a price lies between its two one-sided differences, and finer periods change nothing.

use crate::judge::{Difference, Verdict, ask, embedded, is_whole, near, read};
use crate::metamorphic::{LIMITS, scale_at};
use crate::node::{Node, Written};
use crate::rng::Rng;
use sinews::ids::PeriodId;
use sinews::model::{Model, ObjectiveKind, Tier, UpTo};
use sinews::program::Row;

/// Where more of a limit makes the plan worse.
pub fn hurts(written: &Written, model: &Model, rng: &mut Rng) -> Vec<Difference> {
    if is_whole(model) {
        return Vec::new();
    }
    let own = ask(model, ObjectiveKind::Weighted, embedded(model));
    let (table, fields) = *rng.pick(LIMITS);
    let mut more = written.clone();
    let mut any = false;
    for (_, _, node) in more.tables.iter_mut().filter(|(kind, ..)| kind == table) {
        any |= scale_at(node, fields, 1.5);
    }
    let Some(model) = any.then(|| read(&more)).flatten() else {
        return Vec::new();
    };
    let other = ask(&model, ObjectiveKind::Weighted, embedded(&model));
    if let (Verdict::Plan(own), Verdict::Plan(other)) = (&own, &other) {
        let (before, after) = (own.stages[0].1, other.stages[0].1);
        if after > before && !near(before, after, own.worth) {
            let name = format!("more hurts: {table}.{}", fields.join("."));
            return vec![Difference::new(name, format!("{before} became {after}"))];
        }
    }
    Vec::new()
}

fn has_share(tiers: &[Tier]) -> bool {
    tiers
        .iter()
        .any(|tier| matches!(tier.up_to, Some(UpTo::Share(_))))
}

/// Where the price of a line's capacity lies outside its two one-sided differences.
pub fn prices(written: &Written, model: &Model) -> Vec<Difference> {
    let period = model.calendar.first_month(PeriodId::FIRST);
    let mut found = Vec::new();
    let Verdict::Plan(own) = ask(model, ObjectiveKind::Weighted, embedded(model)) else {
        return found;
    };
    for (l, line) in model.lines.iter() {
        let price = own.solution.price(Row::Capacity(l, PeriodId::FIRST));
        let rate = line.capacity.at(period).value();
        let simple = line.capacity.is_constant()
            && line.ramp.is_none()
            && line.growth.is_none()
            && line.minimum.is_none()
            // Price steps that are shares of capacity move with it; its own price is at the steps as they are.
            && line.products.iter().all(|product| !has_share(&product.tiers))
            // Else what is free of a period in which the lead time passes is its capacity as well.
            && line.lead_time == sinews::units::Months::ZERO
            && rate > 0.0;
        let (Some(price), true) = (price, simple && !is_whole(model)) else {
            continue;
        };
        let step = 0.01 * rate;
        let moved = |by: f64| {
            let mut draft = model.clone().into_draft();
            let steps = [
                (period, rate + by),
                (period.plus(model.calendar.period().months()), rate),
            ];
            let steps = steps.map(|(month, value)| (month, sinews::units::per_year(value)));
            draft.lines[l].capacity = sinews::path::Path::steps(steps);
            let model = draft.check().ok()?;
            match ask(&model, ObjectiveKind::Weighted, embedded(&model)) {
                Verdict::Plan(answer) => Some(answer.stages[0].1),
                _ => None,
            }
        };
        let (Some(more), Some(less)) = (moved(step), moved(-step)) else {
            continue;
        };
        // The price is of what can be used.
        let friction = if model.friction.onward {
            model.friction.output.value()
        } else {
            1.0
        };
        let usable = step
            * friction
            * model.calendar.length().value()
            * line
                .utilisation
                .mean(&model.calendar, PeriodId::FIRST)
                .value();
        if usable <= 0.0 {
            continue;
        }
        let value = own.stages[0].1;
        let noise = (4e-6 * value.abs() + 4e-8 * own.worth) / usable;
        let (worth, cost) = ((value - more) / usable, (less - value) / usable);
        if price < worth - noise - 1e-4 * worth.abs() || price > cost + noise + 1e-4 * cost.abs() {
            let says = format!(
                "capacity of `{}`: {price} lies outside {worth} (one more) to {cost} (one less)",
                line.key
            );
            found.push(Difference::new(
                "price outside its one-sided differences",
                says,
            ));
        }
    }
    let _ = written;
    found
}

/// The calendars that a model without structure finer than a year may have, and what they say.
pub fn periods(written: &Written, model: &Model) -> Vec<Difference> {
    if !is_plain(written, model) {
        return Vec::new();
    }
    let by = |word: &str| {
        let mut new = written.clone();
        for (_, _, node) in new
            .tables
            .iter_mut()
            .filter(|(kind, ..)| kind == "calendar")
        {
            if let Node::Table(table) = node {
                table.retain(|(key, _)| key != "period");
                table.push(("period".into(), word.into()));
            }
        }
        let model = read(&new)?;
        match ask(&model, ObjectiveKind::Weighted, embedded(&model)) {
            Verdict::Plan(answer) => Some((answer.stages[0].1, answer.worth)),
            _ => None,
        }
    };
    let (Some((year, worth)), Some((quarter, _))) = (by("year"), by("quarter")) else {
        return Vec::new();
    };
    if near(year, quarter, worth) {
        return Vec::new();
    }
    vec![Difference::new(
        "periods",
        format!("{year} by the year, {quarter} by the quarter"),
    )]
}

/// Whether nothing of a model is finer than a year, or waits, or is kept.
fn is_plain(written: &Written, model: &Model) -> bool {
    let text = written.text();
    let words = [
        "months",
        "years",
        "/month",
        "/quarter",
        "level",
        "stock",
        "unmet",
        "window",
        "ramp",
        "growth",
        "closing",
        "expires",
        "payment",
        "lead_time",
        "cycle",
        "queue",
        "minimum_order",
        "storage_cost",
        "expansion",
        "from = \"20",
    ];
    !is_whole(model)
        && model.calendar.start().number() == 1
        && words.iter().all(|word| !text.contains(word))
}
