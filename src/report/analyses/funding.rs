//! Money as economists see it.

use super::super::page::{Chart, Mark, Series};
use super::drawing::{across, lines, millions, series};
use super::{Illustrated, Placed};
use crate::analysis::funding::{Borne, Funding};
use crate::model::Model;

impl Illustrated for Funding {
    fn charts(&self, m: &Model) -> Vec<Placed> {
        let years = || m.calendar.years();
        let steps = years().map(|y| m.calendar.year_number(y).to_string());
        let all = self.total().day;
        let of = |name: &str, value: &dyn Fn(crate::ids::YearId) -> f64| {
            Series::of(name, Mark::Line, years().map(|y| millions(value(y))))
        };
        let series = vec![
            of("committed", &|y| all.committed.years[y]),
            of("paid", &|y| all.paid.years[y]),
            of("signed and not yet paid", &|y| all.undisbursed(y)),
        ];
        let chart = Chart::new(
            "Commitments and payments by year",
            "Committed: the whole price of what is signed in the year. Paid: what falls due in it.",
            format!("M {} of the day", m.money.base()),
        );
        let picture = lines(steps.collect(), series);
        let mut charts = vec![("commitments", chart.view("", picture))];
        charts.extend(self.burden_chart().map(|chart| ("burdens", chart)));
        charts
    }
}

impl Funding {
    /// What each country bears, beside even shares; none where no country bears anything.
    fn burden_chart(&self) -> Option<Chart> {
        let borne: Vec<&Borne> = self
            .burdens
            .iter()
            .filter(|b| b.country.is_some())
            .collect();
        let all: f64 = borne.iter().map(|borne| borne.total()).sum();
        if all <= 0.0 {
            return None;
        }
        let mut bars = vec![series(
            "borne",
            borne.iter().map(|borne| borne.total() / all),
        )];
        let mut even = |name: &str, of: fn(&Borne) -> Option<f64>| {
            let shares: Option<Vec<f64>> = borne.iter().map(|borne| of(borne)).collect();
            bars.extend(shares.map(|shares| series(name, shares)));
        };
        even("even by GDP", |borne| borne.even_by_gdp);
        even("even by capacity to pay", |borne| borne.even_by_capacity);
        let names = borne.iter().filter_map(|borne| borne.country);
        let names = names.map(|country| self.model.regions[country].name.clone());
        let chart = Chart::new(
            "Who bears it",
            "The share of each country in what all countries bear, and what an even share would be.",
            "%",
        );
        Some(chart.view("", across(names.collect(), Vec::new(), bars)))
    }
}
