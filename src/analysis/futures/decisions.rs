//! What is decided before the date, added up to what a reader knows: expansions, orders, output, gifts.

use super::Plans;
use super::block::{Shared, Source};
use crate::program::{Column, Deed};
use std::collections::HashMap;

/// What is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Kind {
    /// How much of an expansion is ordered.
    Expansion,
    /// What is ordered from a supplier, whenever it arrives.
    Order,
    /// What a line makes, or is ordered to make, of a product.
    Output,
    /// What a holder gives.
    Gift,
}

impl Kind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Expansion => "build",
            Self::Order => "order",
            Self::Output => "make",
            Self::Gift => "give",
        }
    }
}

/// What is decided before the date, in natural units.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Decision {
    /// What kind of decision.
    pub kind: Kind,
    /// The expansion, supplier, line or giver, by its key; of gifts and lines also the item.
    pub what: String,
    /// Its unit; an expansion counts in blocks.
    pub unit: String,
    /// In the plan for all futures.
    pub together: f64,
    /// In the plan for mean figures.
    pub mean: f64,
    /// In the plan for each future alone, in their order.
    pub alone: Vec<f64>,
}

impl Decision {
    /// How far the plans are apart, relative to the largest.
    pub fn spread(&self) -> f64 {
        let all = || self.alone.iter().chain([&self.together]).copied();
        let (least, most) = (
            all().fold(f64::INFINITY, f64::min),
            all().fold(0.0, f64::max),
        );
        if most > 0.0 {
            (most - least) / most
        } else {
            0.0
        }
    }
}

pub(super) fn all(sources: &[Source], shared: &[Shared], plans: &Plans) -> Vec<Decision> {
    let mut found: Vec<Decision> = Vec::new();
    let mut number: HashMap<(Kind, String), usize> = HashMap::new();
    for (n, shared) in shared.iter().enumerate() {
        let source = &sources[shared.named.0];
        let column = &source.program.columns()[shared.named.1];
        let Some((kind, what, unit)) = named(source, column.name) else {
            continue;
        };
        let at = *number.entry((kind, what.clone())).or_insert_with(|| {
            let alone = vec![0.0; sources.len()];
            found.push(Decision {
                kind,
                what,
                unit,
                together: 0.0,
                mean: 0.0,
                alone,
            });
            found.len() - 1
        });
        let decision = &mut found[at];
        decision.together += column.unit * plans.together.decided[n];
        let mean = plans.mean.as_ref().map_or(0.0, |plan| plan.decided[n]);
        decision.mean += column.unit * mean;
        for (sum, plan) in decision.alone.iter_mut().zip(&plans.alone) {
            *sum += column.unit * plan.decided[n];
        }
    }
    for decision in &mut found {
        tidy(decision);
    }
    found.retain(|d| d.together > 0.0 || d.mean > 0.0 || d.alone.iter().any(|&n| n > 0.0));
    found.sort_by(|a, b| (a.kind, &a.what).cmp(&(b.kind, &b.what)));
    found
}

/// Without the solver's rounding: a hundred thousandth of the largest plan.
fn tidy(decision: &mut Decision) {
    let all = decision
        .alone
        .iter()
        .chain([&decision.together, &decision.mean]);
    let most = all.copied().fold(0.0, f64::max);
    let blocks = if decision.kind == Kind::Expansion {
        1e-3
    } else {
        0.0
    };
    let least = (1e-5 * most).max(blocks);
    let clean = |value: &mut f64| {
        if *value < least {
            *value = 0.0;
        }
    };
    decision.alone.iter_mut().for_each(clean);
    clean(&mut decision.together);
    clean(&mut decision.mean);
}

fn named(source: &Source, column: Column) -> Option<(Kind, String, String)> {
    let m = &source.model;
    Some(match column.deed(source.program.network())? {
        Deed::Build(e, _) => {
            let option = &m.expansions[e];
            let what = format!("{} {}", m.lines[option.line].key, option.key);
            (Kind::Expansion, what, "option".into())
        }
        Deed::Order(order, _) => {
            let supplier = &m.suppliers[order.supplier];
            let unit = m.items[supplier.item].unit.clone();
            (Kind::Order, supplier.key.clone(), unit)
        }
        Deed::Make(make, _) => {
            let line = &m.lines[make.line];
            let item = &m.items[line.products[make.product].item];
            let what = format!("{} {}", line.key, item.key);
            (Kind::Output, what, item.unit.clone())
        }
        Deed::Give(give, _) => {
            let stock = &m.stocks[give.from];
            let item = &m.items[stock.item];
            let what = format!("{} {}", m.holders[stock.holder].key, item.key);
            (Kind::Gift, what, item.unit.clone())
        }
        Deed::Move(..) => return None,
    })
}
