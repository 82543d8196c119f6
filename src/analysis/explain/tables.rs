//! An explanation as tables.

use super::{Explanation, Figure};
use crate::analysis::Findings;
use crate::table::{Cell, Table};

impl Explanation {
    fn number(&self) -> Table {
        let note = format!("In {}.", self.unit);
        let mut table = Table::new("number", "The number", note, &["what"]).columns(["value"]);
        table.push(vec![self.words.clone().into(), Cell::Quantity(self.value)]);
        for part in &self.parts {
            let words = format!("· {}", part.name);
            table.push(vec![words.into(), Cell::Quantity(part.value)]);
        }
        table
    }

    fn held(&self) -> Table {
        let note = "The limits with a price that its parts stand in: what one more unit is worth, and that \
                    times what the parts take of it, in millions.";
        let title = "What holds it where it is";
        let heads = ["price", "weight"];
        let mut table = Table::new("limits", title, note, &["limit"]).columns(heads);
        for limit in &self.limits {
            table.push(vec![
                limit.words.clone().into(),
                Cell::Price(limit.price),
                Cell::Money(limit.weight),
            ]);
        }
        table
    }

    fn terms(&self) -> Table {
        let note = format!(
            "{}: a row's price times what one unit takes of it (below zero: brings).",
            self.about
        );
        let title = "Its equation";
        let heads = ["price", "factor", "price × factor"];
        let mut table = Table::new("equation", title, note, &["term"]).columns(heads);
        for term in &self.equation {
            table.push(vec![
                term.words.clone().into(),
                term.price.map_or(Cell::Empty, Cell::Price),
                term.factor.map_or(Cell::Empty, Cell::Quantity),
                Cell::Price(term.value),
            ]);
        }
        let sum: f64 = self.equation.iter().map(|term| term.value).sum();
        if !self.equation.is_empty() {
            let row = ["the sum".into(), Cell::Empty, Cell::Empty, Cell::Price(sum)];
            table.push(row.to_vec());
        }
        table
    }

    fn rests_on(&self) -> Table {
        let note = "Each figure where it stands, and the fact or the assumption behind it.";
        let words = ["figure", "where", "unit", "basis"];
        let title = "What it rests on";
        let mut table = Table::new("figures", title, note, &words).columns(["value"]);
        for figure in &self.figures {
            table.push(vec![
                figure.place.clone().into(),
                figure.position.clone().unwrap_or_default().into(),
                figure.unit.clone().into(),
                figure.basis.clone().into(),
                Cell::Quantity(figure.value),
            ]);
        }
        table
    }
}

impl Explanation {
    fn waited_for(&self) -> Table {
        let note = "What binds, from when decisions are free, and the share of what is missing that waits for it; with the figures that would ease it.";
        let words = ["waits for", "figure", "where", "unit", "basis"];
        let heads = ["share", "value"];
        let mut table = Table::new("waits", "What it waits for", note, &words).columns(heads);
        for wait in &self.waits_for {
            let row = |figure: Option<&Figure>| {
                let text = |of: fn(&Figure) -> &str| figure.map_or("", of);
                vec![
                    wait.words.as_str().into(),
                    text(|own| &own.place).into(),
                    text(|own| own.position.as_deref().unwrap_or_default()).into(),
                    text(|own| &own.unit).into(),
                    text(|own| &own.basis).into(),
                    Cell::Share(wait.share),
                    figure.map_or(Cell::Empty, |own| Cell::Quantity(own.value)),
                ]
            };
            if wait.figures.is_empty() {
                table.push(row(None));
            }
            for figure in &wait.figures {
                table.push(row(Some(figure)));
            }
        }
        table
    }
}

impl Findings for Explanation {
    fn tables(&self) -> Vec<Table> {
        let tables = [
            self.number(),
            self.waited_for(),
            self.held(),
            self.terms(),
            self.rests_on(),
        ];
        let shown = tables.into_iter().filter(|table| !table.rows.is_empty());
        shown.collect()
    }
}
