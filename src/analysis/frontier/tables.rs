//! The curve as tables: its corners, and what changes at each.

use super::Frontier;
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
            let cheapest = point.cheapest;
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
        vec![table, self.changes()]
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
