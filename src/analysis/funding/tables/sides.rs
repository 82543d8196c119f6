//! Two sides in each other's way.

use crate::analysis::funding::{Funding, Rivalry};
use crate::table::{Cell, Table};

impl Funding {
    /// The two sides, the requirements that are crowded out, and the funds that both draw on.
    pub(super) fn sides(&self) -> Vec<Table> {
        let Some(rivalry) = &self.rivalry else {
            return Vec::new();
        };
        let names = rivalry.holders.iter();
        let names: Vec<&str> = names
            .map(|&h| self.model.holders[h].name.as_str())
            .collect();
        let names = [names.join(", "), "all others".to_owned()];
        let (day, real) = (self.day(), self.real());
        let title = format!("Two sides in each other's way, {real} and {day}");
        let note = format!(
            "Alone: the other side requires nothing; its floors stay. Coverage and missing by value, {real}; goods: what goes into \
             new goods for the side through the bill of materials, plants not counted, and cost: all that is paid where the \
             side is alone, both {day}."
        );
        let heads = [
            "coverage",
            "coverage alone",
            "missing",
            "missing alone",
            "goods",
            "goods alone",
            "cost alone",
        ];
        let mut sides = Table::new("rivalry", title, note, &["side"]).columns(heads);
        for (name, side) in names.iter().zip(&rivalry.sides) {
            sides.push(vec![
                name.clone().into(),
                Cell::Share(side.together),
                Cell::Share(side.alone),
                Cell::Money(side.missing_together),
                Cell::Money(side.missing_alone),
                Cell::Money(side.goods_together),
                Cell::Money(side.goods_alone),
                Cell::Money(side.cost_alone),
            ]);
        }
        vec![
            sides,
            self.crowded(rivalry, &names),
            self.contested(rivalry, &names[0]),
        ]
    }

    fn crowded(&self, rivalry: &Rivalry, names: &[String; 2]) -> Table {
        let title = "Requirements crowded out, shares of what is required";
        let note = "Coverage over the whole calendar, together and where the other side requires nothing; only where they \
                    differ by a thousandth. Units: what more it gets alone, of its first item; of a level, the mean.";
        let words = ["requirement", "side", "unit"];
        let heads = ["coverage", "alone", "units"];
        let mut table = Table::new("crowded", title, note, &words).columns(heads);
        for crowded in &rivalry.requirements {
            if (crowded.alone - crowded.together).abs() < 1e-3 {
                continue;
            }
            let (name, unit) = self.requirement(crowded.requirement);
            table.push(vec![
                name.into(),
                names[crowded.side].clone().into(),
                unit.into(),
                Cell::Share(crowded.together),
                Cell::Share(crowded.alone),
                Cell::Quantity(crowded.units),
            ]);
        }
        table
    }

    fn contested(&self, rivalry: &Rivalry, name: &str) -> Table {
        let title = format!("Funds that both sides draw on, {}", self.day());
        let note = "Spent over the calendar: on both sides together, and on each alone. Contested: what the two plans alone would \
                    spend beyond what is spent together.";
        let alone = format!("for {name} alone");
        let heads = [
            "together",
            alone.as_str(),
            "for all others alone",
            "contested",
            "share",
        ];
        let mut table = Table::new("contested", title, note, &["fund"]).columns(heads);
        for fund in &rivalry.funds {
            let spent = fund.together.max(fund.alone[0]).max(fund.alone[1]);
            if spent <= 0.0 {
                continue;
            }
            let share = fund.contested() / (fund.alone[0] + fund.alone[1]);
            table.push(vec![
                self.fund(Some(fund.fund)).into(),
                Cell::Money(fund.together),
                Cell::Money(fund.alone[0]),
                Cell::Money(fund.alone[1]),
                Cell::Money(fund.contested()),
                if share.is_finite() {
                    Cell::Share(share)
                } else {
                    Cell::Empty
                },
            ]);
        }
        table
    }
}
