//! Tidy tables: one row an observation, for statistics.

use super::{Cell, Column, Holds, Table};
use std::collections::BTreeSet;

/// What a column of values is called where its name was that of their columns.
const VALUE: &str = "value";

impl Table {
    /// The table with one row an observation, money being in a currency: columns that hold one variable
    /// [across](Table::across) another become two, the other's values and the variable's. Names are plain (`in_full`,
    /// `q05` for a quantile of 5 %), units stand in the [columns](Column), periods are dates, what is missing is
    /// empty.
    #[must_use]
    pub fn tidy(&self, currency: &str) -> Self {
        let mut table = self.with_units(currency).long();
        let mut taken = BTreeSet::new();
        for column in &mut table.columns {
            let name = column
                .plain
                .take()
                .map_or_else(|| plain(&column.name), std::borrow::Cow::into_owned);
            let mut numbers = 2..;
            let mut unique = name.clone();
            while !taken.insert(unique.clone()) {
                unique = format!("{name}_{}", numbers.next().unwrap_or_default());
            }
            if column.about.is_empty() && unique != column.name {
                column.about = column.name.clone();
            }
            column.name = unique.into();
        }
        for cell in table.rows.iter_mut().flatten() {
            match cell {
                Cell::Shown(value, _) => *cell = value.bare().clone(),
                Cell::Link { address, .. } => *cell = Cell::Text(address.clone()),
                Cell::Text(text) if text.is_empty() => *cell = Cell::Empty,
                _ => {}
            }
        }
        table
    }

    /// The table with the columns across another as rows.
    fn long(self) -> Self {
        let Some(dimension) = self.columns.iter().find_map(|own| own.across.clone()) else {
            return self;
        };
        let (spread, kept): (Vec<usize>, Vec<usize>) =
            (0..self.columns.len()).partition(|&n| self.columns[n].across.is_some());
        let place = kept.partition_point(|&n| n < spread[0]);
        let level = |n: usize| {
            let name = &*self.columns[n].name;
            name.parse().map_or_else(|_| name.into(), Cell::Whole)
        };
        let levels: Vec<Cell> = spread.iter().map(|&n| level(n)).collect();
        let whole = levels.iter().all(|level| matches!(level, Cell::Whole(_)));
        let by = if whole {
            Holds::Whole("".into())
        } else {
            Holds::Words
        };
        let mut columns: Vec<Column> = kept.iter().map(|&n| self.columns[n].clone()).collect();
        let value = Column::new(VALUE, self.unit_of(&spread));
        columns.splice(place..place, [Column::new(dimension, by), value]);
        let rows = self.rows.iter().flat_map(|row| {
            spread.iter().zip(&levels).map(|(&n, level)| {
                let mut cells: Vec<Cell> = kept.iter().map(|&n| row[n].clone()).collect();
                let level = if whole {
                    level.clone()
                } else {
                    level.to_string().into()
                };
                cells.splice(place..place, [level, row[n].clone()]);
                cells
            })
        });
        let rows = rows.collect();
        Self {
            columns,
            rows,
            bars: None,
            quiet: Vec::new(),
            ..self
        }
    }

    /// What columns of one variable hold: what those of them do in which there is a number.
    fn unit_of(&self, columns: &[usize]) -> Holds {
        let filled = |n: &&usize| self.rows.iter().any(|row| *row[**n].bare() != Cell::Empty);
        let mut filled = columns
            .iter()
            .filter(filled)
            .map(|&n| &self.columns[n].holds);
        let first = filled.next().unwrap_or(&self.columns[columns[0]].holds);
        let other = filled.find(|holds| *holds != first);
        match other {
            None => first.clone(),
            // They differ from row to row, and a column says how.
            Some(_) if self.head().any(|head| head == "unit") => Holds::In("unit".into()),
            Some(other) => match (first, other) {
                (Holds::Words, _) | (_, Holds::Words) => Holds::Words,
                _ => Holds::In("".into()),
            },
        }
    }
}

/// A heading as a name that needs no quotes: small letters, digits and underscores; a quantile as `q05`.
fn plain(heading: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut parts = heading
        .split(|c: char| !(c.is_alphanumeric() || c == '%'))
        .filter(|part| !part.is_empty())
        .peekable();
    while let Some(part) = parts.next() {
        let number = part.parse::<u8>().ok();
        let quantile = number.filter(|_| parts.next_if_eq(&"%").is_some());
        words.push(quantile.map_or_else(
            || part.replace('%', "percent").to_lowercase(),
            |number| format!("q{number:02}"),
        ));
    }
    let name = words.join("_");
    if name.starts_with(|c: char| c.is_alphabetic()) {
        name
    } else {
        format!("v{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Month;

    #[test]
    fn headings_become_plain_names() {
        let names = [
            "in full",
            "5 %",
            "lowest 90 %",
            "worse by, first order",
            "fund.aid-eu.amount",
            "price × factor",
            "2027",
        ];
        let wanted = [
            "in_full",
            "q05",
            "lowest_q90",
            "worse_by_first_order",
            "fund_aid_eu_amount",
            "price_factor",
            "v2027",
        ];
        assert_eq!(names.map(plain), wanted);
    }

    #[test]
    fn years_to_a_column_become_a_row_each() {
        let mut table = Table::new("t", "Title", "", &["fund"])
            .across("year", ["2026", "2027"])
            .columns(["all"]);
        let money = [1.0, 2.0, 3.0].map(Cell::Money);
        table.push([Cell::from("a")].into_iter().chain(money).collect());
        let tidy = table.tidy("EUR");
        assert_eq!(
            tidy.head().collect::<Vec<_>>(),
            ["fund", "year", "value", "all"]
        );
        assert_eq!(tidy.columns[1].holds, Holds::Whole("".into()));
        assert_eq!(tidy.columns[2].unit(), "EUR");
        let row = |year, value| {
            vec![
                "a".into(),
                Cell::Whole(year),
                Cell::Money(value),
                Cell::Money(3.0),
            ]
        };
        assert_eq!(tidy.rows, [row(2026, 1.0), row(2027, 2.0)]);
    }

    #[test]
    fn a_summary_says_the_unit_of_each_row() {
        let mut table = Table::new("t", "Title", "", &["what"]).across("scenario", ["base", "war"]);
        table.push(vec!["cost".into(), Cell::Money(1e6), Cell::Empty]);
        table.push(vec!["met".into(), Cell::Share(0.5), Cell::Share(0.75)]);
        let tidy = table.tidy("EUR");
        let head: Vec<_> = tidy.head().collect();
        assert_eq!(head, ["what", "unit", "scenario", "value"]);
        assert_eq!(tidy.columns[3].unit(), "unit");
        assert_eq!(tidy.rows[1][..3], ["cost", "EUR", "war"].map(Cell::from));
        assert_eq!(tidy.rows[3][3], Cell::Share(0.75));
    }

    #[test]
    fn periods_are_dates_and_what_is_missing_is_empty() {
        let mut table = Table::new("t", "Title", "", &["name"]).columns(["from", "from"]);
        let month = Cell::Date(Month::new(2027, 4).unwrap());
        let cells = [
            month.clone().shown("2027Q2"),
            Cell::Empty.shown("not by the end"),
        ];
        table.push([Cell::from("")].into_iter().chain(cells).collect());
        let tidy = table.tidy("EUR");
        assert_eq!(tidy.head().collect::<Vec<_>>(), ["name", "from", "from_2"]);
        assert_eq!(tidy.rows, [[Cell::Empty, month, Cell::Empty]]);
    }
}
