//! What each loss does.

use super::super::number::quantity;
use super::super::page::Chart;
use super::drawing::{BARS, across, millions, series};
use super::{Illustrated, Placed};
use crate::analysis::disruption::Disruption;
use crate::model::Model;

impl Illustrated for Disruption {
    fn charts(&self, _: &Model) -> Vec<Placed> {
        let unit = format!("M {}", self.currency);
        let shown: Vec<_> = self.losses.iter().take(BARS).collect();
        let details = shown.iter().map(|loss| match &loss.victim {
            Some((name, unit, short)) => {
                format!("{name} loses most: {} {unit}", quantity(*short))
            }
            None => String::new(),
        });
        let harm = shown.iter().map(|loss| millions(loss.harm.max(0.0)));
        let left = shown.iter().map(|loss| {
            let blunted = loss.blunted.unwrap_or(0.0);
            millions((loss.harm * (1.0 - blunted)).max(0.0))
        });
        let mut bars = vec![series("harm", harm)];
        if shown.iter().any(|loss| loss.blunted.is_some()) {
            bars.push(series("left with a second source of half as much", left));
        }
        let losses = Chart::new(
            "The losses that do most harm",
            "What the best plan without it is worse by: shortfall as the objective counts it, and discounted cost.",
            unit.clone(),
        );
        let names = shown.iter().map(|loss| loss.name.clone()).collect();
        let losses = losses.view("", across(names, details.collect(), bars));
        let name = |place: &String| {
            let found = self.losses.iter().find(|loss| loss.place == *place);
            found.map_or_else(|| place.clone(), |loss| loss.name.clone())
        };
        let shown: Vec<_> = self.pairs.iter().take(BARS).collect();
        let both = shown.iter().map(|pair| millions(pair.harm.max(0.0)));
        let alone = shown
            .iter()
            .map(|pair| millions((pair.harm - pair.beyond).max(0.0)));
        let bars = vec![
            series("both at once", both),
            series("each alone, added up", alone),
        ];
        let names = shown.iter().map(|pair| {
            let [one, other] = &pair.places;
            format!("{} and {}", name(one), name(other))
        });
        let pairs = Chart::new(
            "Two losses at once",
            "Harm of both together, and of each alone added up.",
            unit,
        );
        let pairs = pairs.view("", across(names.collect(), Vec::new(), bars));
        vec![("losses", losses), ("pairs", pairs)]
    }
}
