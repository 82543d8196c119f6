//! Who bears it.

use crate::analysis::funding::{Borne, Funding};
use crate::ids::RegionId;
use crate::table::{Cell, Table};

impl Funding {
    /// The name of who bears something.
    fn bearer(&self, borne: &Borne) -> String {
        borne.country.map_or_else(
            || "no country".into(),
            |country| self.model.regions[country].name.clone(),
        )
    }

    /// What is said of funds that are borne in even parts, as some of those that give them do not state what they produce.
    fn borne_evenly(&self) -> String {
        let m = &self.model;
        let mut silent: Vec<RegionId> = Vec::new();
        let mut funds: Vec<&str> = Vec::new();
        for fund in m.funds.values() {
            let givers = m.countries_in(&fund.given_by);
            let own = givers
                .iter()
                .copied()
                .filter(|&d| m.regions[d].gdp.is_none());
            let own: Vec<RegionId> = own.collect();
            if givers.len() > 1 && !own.is_empty() {
                funds.push(&fund.name);
                silent.extend(own);
            }
        }
        if funds.is_empty() {
            return String::new();
        }
        silent.sort_unstable();
        silent.dedup();
        let named: Vec<&str> = silent.iter().map(|&d| m.regions[d].name.as_str()).collect();
        format!(
            " Of {} each that gives it bears an even part, as {} do not state what they produce (`gdp`).",
            funds.join(", "),
            named.join(", ")
        )
    }

    /// What each country bears, beside its even share.
    pub(super) fn burdens(&self) -> Table {
        let title = format!("Who bears it, {}", self.day());
        let note = format!(
            "What funds pay while decisions are free is borne by the countries that give them, of a fund of several by each in \
                    proportion to its gross domestic product; a loan counts when it is drawn. Share: of what all countries \
                    bear. Even: what the share would be by gross domestic product, or by capacity to pay; times: how many \
                    times that it is.{}",
            self.borne_evenly()
        );
        let heads = [
            "borne",
            "share",
            "even by GDP",
            "times",
            "even by capacity",
            "times, by capacity",
            "of its GDP",
        ];
        let mut table = Table::new("burdens", title, note, &["country"])
            .columns(heads)
            .unit("times", "of the even share")
            .unit("times, by capacity", "of the even share");
        let countries = self.burdens.iter().filter(|borne| borne.country.is_some());
        let all: f64 = countries.map(Borne::total).sum();
        for borne in &self.burdens {
            let share = borne.country.map(|_| borne.total() / all);
            let share = share.filter(|share| share.is_finite());
            let cell = |share: Option<f64>| share.map_or(Cell::Empty, Cell::Share);
            let times = |even: Option<f64>| {
                let times = share.zip(even).map(|(share, even)| share / even);
                times.map_or(Cell::Empty, Cell::Quantity)
            };
            table.push(vec![
                self.bearer(borne).into(),
                Cell::Money(borne.total()),
                cell(share),
                cell(borne.even_by_gdp),
                times(borne.even_by_gdp),
                cell(borne.even_by_capacity),
                times(borne.even_by_capacity),
                cell(borne.of_gdp()),
            ]);
        }
        table
    }

    /// The same by year.
    pub(super) fn burdens_by_year(&self) -> Table {
        let years = || self.model.calendar.open_years();
        let heads = years().map(|y| self.model.calendar.year_number(y).to_string());
        let title = format!("Who bears it, by year, {}", self.day());
        let note = "What funds pay in the year, borne by the countries that give them.";
        let mut table =
            Table::new("burdens_by_year", title, note, &["country"]).across("year", heads);
        for borne in &self.burdens {
            let mut row: Vec<Cell> = vec![self.bearer(borne).into()];
            row.extend(years().map(|y| Cell::Money(borne.years[y])));
            table.push(row);
        }
        table
    }
}
