//! Money as economists see it.

use super::super::page::{Chart, Mark, Series};
use super::drawing::{lines, millions};
use super::{Illustrated, Placed};
use crate::analysis::funding::Funding;
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
        vec![("commitments", chart.view("", picture))]
    }
}
