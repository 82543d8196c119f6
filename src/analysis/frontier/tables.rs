//! The curve as tables: its corners, and what changes at each.

use super::{Frontier, Gain};
use crate::analysis::Findings;
use crate::table::number::quantity;
use crate::table::{Cell, Table};

impl Findings for Frontier {
    fn tables(&self) -> Vec<Table> {
        let note = format!(
            "Money in M {0} of the day over the whole calendar; the funds have {1} M {0} in the model. Shortfall in {2}. The price holds from its line to the next: what one more {0} avoids.{3} Coverage, missing and cost are those of the cheapest plan that falls short so little.",
            self.currency,
            quantity(self.money / 1e6),
            self.measure,
            if self.gap > 0.0 {
                format!(
                    " Traced to within {} of that in {} solves.",
                    quantity(if self.in_money {
                        self.gap / 1e6
                    } else {
                        self.gap
                    }),
                    self.solves
                )
            } else {
                format!(" Exact, in {} solves.", self.solves)
            }
        );
        let heads = [
            "times",
            "money",
            "shortfall",
            "price",
            "coverage",
            "missing",
            "cost",
        ];
        let mut table = Table::new("frontier", "Shortfall against money", note, &["point"]);
        table = table.columns(heads).unit("times", "of the model's money");
        let decimals = decimals(self.points.iter().map(|point| point.factor));
        for (n, point) in self.points.iter().enumerate() {
            let cheapest = point.cheapest.as_ref();
            let price = self.pieces.get(n);
            table.push(vec![
                (n + 1).to_string().into(),
                Cell::Decimals(point.factor, decimals),
                Cell::Money(point.money),
                if self.in_money {
                    Cell::Money(point.shortfall)
                } else {
                    Cell::Quantity(point.shortfall)
                },
                price.map_or(Cell::Empty, |piece| Cell::Price(piece.price)),
                cheapest.map_or(Cell::Empty, |plan| Cell::Share(plan.coverage)),
                cheapest.map_or(Cell::Empty, |plan| Cell::Money(plan.missing)),
                cheapest.map_or(Cell::Empty, |plan| Cell::Money(plan.cost)),
            ]);
        }
        vec![
            table,
            self.pieces_table(decimals),
            self.gains_table(),
            self.changes(),
        ]
        .into_iter()
        .filter(|table| !table.rows.is_empty())
        .collect()
    }
}

/// So many decimals, 2 or more, tell rising numbers apart.
fn decimals(numbers: impl Iterator<Item = f64>) -> usize {
    let numbers: Vec<f64> = numbers.collect();
    let apart = |n: usize| {
        let mut shown: Vec<String> = numbers.iter().map(|at| format!("{at:.n$}")).collect();
        shown.dedup();
        shown.len() == numbers.len()
    };
    (2..=9).find(|&n| apart(n)).unwrap_or(9)
}

/// How many changes are shown at a breakpoint.
const SHOWN: usize = 5;

impl Frontier {
    /// Each piece: over which range its price holds, and what it buys first.
    fn pieces_table(&self, decimals: usize) -> Table {
        let currency = &self.currency;
        let note = format!(
            "What the next {currency} buys: the price of each piece, what one more {currency} avoids, and the range of money over which it holds, in M {currency} of the day and in times the model's money. Gains most: the requirement of which most is met by the end of the piece that was not at its start, at its value, and its share of all that is gained. Gives way: that of which most is given up for it."
        );
        let heads = [
            "from times",
            "to times",
            "from",
            "to",
            "price",
            "share of gains",
        ];
        let words = ["piece", "gains most", "gives way"];
        let title = format!("What the next {} buys, piece by piece", self.currency);
        let mut table = Table::new("pieces", title, note, &words)
            .columns(heads)
            .unit("from times", "of the model's money")
            .unit("to times", "of the model's money");
        for (n, (piece, ends)) in self.pieces.iter().zip(self.points.windows(2)).enumerate() {
            let gained: f64 = piece.gains.iter().map(|gain| gain.worth.max(0.0)).sum();
            let first = piece.gains.first().filter(|gain| gain.more > 0.0);
            let last = piece.gains.last().filter(|gain| gain.more < 0.0);
            let name = |gain: Option<&Gain>| Cell::from(gain.map_or("", |gain| gain.name.as_str()));
            let share = first
                .filter(|_| gained > 0.0)
                .map(|gain| gain.worth / gained);
            table.push(vec![
                (n + 1).to_string().into(),
                name(first),
                name(last),
                Cell::Decimals(ends[0].factor, decimals),
                Cell::Decimals(ends[1].factor, decimals),
                Cell::Money(ends[0].money),
                Cell::Money(ends[1].money),
                Cell::Price(piece.price),
                share.map_or(Cell::Empty, Cell::Share),
            ]);
        }
        table
    }

    /// Which requirement gains in each piece.
    fn gains_table(&self) -> Table {
        let currency = &self.currency;
        let note = format!(
            "By how much less is missing at the end of a piece than at its start, in the cheapest plans there: in units, by M {currency} of money, and at its value in M {currency} of the base year; below zero where a requirement gives way to others."
        );
        let words = ["piece", "requirement", "unit"];
        let title = "Which requirement gains in each piece";
        let mut table = Table::new("gains", title, note, &words)
            .columns(["gains", "by million", "worth"])
            .unit("by million", &format!("unit/M {currency}"));
        for (n, (piece, ends)) in self.pieces.iter().zip(self.points.windows(2)).enumerate() {
            let millions = (ends[1].money - ends[0].money) / 1e6;
            for gain in &piece.gains {
                table.push(vec![
                    (n + 1).to_string().into(),
                    gain.name.clone().into(),
                    gain.unit.clone().into(),
                    Cell::Quantity(gain.more),
                    Cell::Quantity(gain.more / millions),
                    Cell::Money(gain.worth),
                ]);
            }
        }
        table
    }

    fn changes(&self) -> Table {
        let note = "What limits the plan after a breakpoint and did not before, and the other way round; the weightiest.";
        let words = ["point", "then", "limit"];
        let mut table = Table::new(
            "breakpoints",
            "What changes at each breakpoint",
            note,
            &words,
        );
        for (n, piece) in self.pieces.iter().enumerate() {
            let all = [("binds", &piece.begins), ("binds no more", &piece.ends)];
            for (what, names) in all {
                for name in names.iter().take(SHOWN) {
                    let point = (n + 1).to_string();
                    table.push(vec![point.into(), what.into(), name.to_string().into()]);
                }
            }
        }
        table
    }
}
