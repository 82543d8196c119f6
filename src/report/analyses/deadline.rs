//! By when it can be met.

use super::super::page::{Chart, Mark, Series};
use super::drawing::{BARS, across};
use super::{Illustrated, Placed};
use crate::analysis::deadline::Deadlines;
use crate::ids::PeriodId;
use crate::model::Model;

impl Illustrated for Deadlines {
    fn charts(&self, _: &Model) -> Vec<Placed> {
        let c = &self.model.calendar;
        let end = |t: PeriodId| c.after(t, 1).map_or(c.end(), |next| c.first_month(next));
        let months = |t: PeriodId| f64::from(end(t).since(c.start()));
        let shown: Vec<_> = self.all.iter().take(BARS).collect();
        let now: Vec<_> = shown.iter().map(|one| one.from.map(months)).collect();
        let sooner = shown.iter().map(|one| {
            let levers = one.levers.iter().filter_map(|lever| lever.from);
            levers.min().or(one.from).map(months)
        });
        let bars = vec![
            Series::new("as it is", Mark::Bar, now),
            Series::new("with the best lever", Mark::Bar, sooner.collect::<Vec<_>>()),
        ];
        let details = shown.iter().map(|one| {
            let from = one
                .from
                .map_or("not within the calendar".into(), |t| c.label(t));
            let best = one.levers.iter().filter(|lever| lever.from.is_some());
            let best = best.min_by_key(|lever| lever.from);
            let lever = best.map_or_else(String::new, |lever| {
                format!("; best lever: {}", lever.words)
            });
            format!("in full from: {from}{lever}")
        });
        let chart = Chart::new(
            "Months until it can be met in full",
            "From the start of the calendar to the end of the first window from which on it can be met. No bar: not within the calendar.",
            "months",
        );
        let names = shown.iter().map(|one| one.name.clone()).collect();
        let chart = chart.view("", across(names, details.collect(), bars));
        vec![("deadlines", chart)]
    }
}
