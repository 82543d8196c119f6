//! Limits, moves and what they rest on, as tables.

use super::{Move, Sensitivity, Support};
use crate::analysis::Findings;
use crate::evidence::Basis;
use crate::model::Model;
use crate::table::{Cell, Table};

/// How many inputs are shown.
const SHOWN: usize = 20;

impl Sensitivity {
    fn limited(&self) -> Table {
        let currency = self.model.money.base();
        let looked = self.limits.iter().filter(|limit| limit.held.is_some());
        let looked: Vec<_> = looked.collect();
        let note = format!(
            "{currency} per unit in the window where it weighs most, what one more is worth and what one less costs; the price holds from the lower to the higher amount. Weight: M {currency}, a hundred times what one percent more in all windows is worth. The {} weightiest of {} limits with a price.",
            looked.len(),
            self.limits.len()
        );
        let title = "The limits that matter most, and how far their prices hold";
        let heads = ["one more", "one less", "amount", "from", "to", "weight"];
        let mut table = Table::new("limits", title, note, &["limit", "unit"]).columns(heads);
        for limit in looked {
            let ends = limit.held.map(|held| {
                let from = (limit.amount - held.down).max(0.0);
                (from, limit.amount + held.up)
            });
            let side = |side: Option<f64>| side.map_or(Cell::Empty, Cell::Price);
            let end = |end: Option<f64>| match end {
                Some(end) if end.is_finite() => Cell::Quantity(end),
                Some(_) => "any".into(),
                None => Cell::Empty,
            };
            table.push(vec![
                limit.words.to_string().into(),
                limit.unit.as_str().into(),
                side(limit.sides.more),
                side(limit.sides.less),
                Cell::Quantity(limit.amount),
                end(ends.map(|(from, _)| from)),
                end(ends.map(|(_, to)| to)),
                Cell::Money(limit.weight),
            ]);
        }
        table
    }

    fn tornado(&self) -> Table {
        let currency = self.model.money.base();
        let solved = self.moves.iter().filter(|found| found.solved).count();
        let note = format!(
            "M {currency} by which shortfall and cost together are higher at the low and at the high end of each input's range, all else as it is: {solved} of {} inputs solved there, the others as far as prices tell.",
            self.moves.len()
        );
        let title = "What moves the answer";
        let heads = ["at low", "at high", "coverage low", "coverage high"];
        let mut table = Table::new("tornado", title, note, &["input", "by"]).columns(heads);
        for found in self.moves.iter().take(SHOWN) {
            table.push(row(found));
        }
        table
    }
}

/// An input, how it was moved, and what comes of it.
fn row(found: &Move) -> Vec<Cell> {
    let name = match found.input.figures.len() {
        1 => found.input.name.clone(),
        count => format!("{} (of {count})", found.input.name),
    };
    let by = match (&found.fault, found.solved) {
        (Some(_), _) => "cannot",
        (None, true) => "solved",
        (None, false) => "price",
    };
    let money = |number: Option<f64>| number.map_or(Cell::Empty, Cell::Money);
    let share = |number: Option<f64>| number.map_or(Cell::Empty, Cell::Share);
    let (low, high) = if found.solved {
        (found.low.map(|at| at.value), found.high.map(|at| at.value))
    } else {
        found.estimate.unzip()
    };
    vec![
        name.into(),
        by.into(),
        money(low),
        money(high),
        share(found.low.map(|at| at.coverage)),
        share(found.high.map(|at| at.coverage)),
    ]
}

impl Findings for Sensitivity {
    fn tables(&self) -> Vec<Table> {
        let tables = [self.limited(), self.tornado()].into_iter();
        tables.filter(|table| !table.rows.is_empty()).collect()
    }
}

/// What an answer rests on, as a table.
pub fn evidence_table(model: &Model, found: &[(Move, Vec<Support>)]) -> Table {
    let currency = model.money.base();
    let note = format!(
        "M {currency} between the two ends of the range, or of the spread where there is no range. Age in years before the plan starts; how far sources lie apart as a share of the figure. The {} weightiest of {}.",
        found.len().min(SHOWN),
        found.len()
    );
    let title = "What the answer rests on";
    let words = ["figure", "by", "rests on", "trust"];
    let mut table = Table::new("rests_on", title, note, &words)
        .columns(["moves", "age", "apart"])
        .unit("age", "years");
    for (found, supports) in found.iter().take(SHOWN) {
        for support in supports {
            let own = row(found);
            let rests = match &support.basis {
                Basis::Fact(id) => id.clone(),
                Basis::Assumption(note) => format!("assumed: {note}"),
            };
            let trust = support.confidence.map_or("–".into(), |c| c.to_string());
            table.push(vec![
                own[0].clone(),
                own[1].clone(),
                rests.into(),
                trust.into(),
                Cell::Money(found.width()),
                support.age.map_or(Cell::Empty, Cell::Quantity),
                support.conflict.map_or(Cell::Empty, Cell::Share),
            ]);
        }
    }
    table
}
