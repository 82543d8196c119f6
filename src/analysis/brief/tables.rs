//! A brief as tables: its sentences, and the numbers in them.

use super::{Brief, Room};
use crate::analysis::Findings;
use crate::table::{Cell, Table};

impl Brief {
    fn sentences(&self) -> Table {
        let note = "What matters, in sentences.";
        let mut table = Table::new("brief", "In one screen", note, &["about", "in words"]);
        for paragraph in self.paragraphs(Room::ALL) {
            for line in paragraph.lines {
                table.push(vec![paragraph.heading.into(), line.into()]);
            }
        }
        table
    }

    fn by_tier(&self) -> Table {
        let note = "Requirements met in full from when decisions are free: over the calendar, in every year, and the year from which on all are.";
        let words = ["tier", "whose", "lowest is"];
        let heads = ["of", "met in full", "in every year", "all from", "lowest"];
        let mut table =
            Table::new("brief_tiers", "How each tier stands", note, &words).columns(heads);
        for tier in &self.tiers {
            let lowest = tier.lowest.as_ref();
            let names = tier.holders.iter().map(|own| own.name.as_str());
            let names: Vec<&str> = names.collect();
            table.push(vec![
                tier.tier.to_string().into(),
                names.join(", ").into(),
                lowest.map_or("", |own| own.name.as_str()).into(),
                tier.requirements.into(),
                tier.in_full.into(),
                tier.every_year.into(),
                tier.all_from.map_or(Cell::Empty, Cell::from),
                lowest.map_or(Cell::Empty, |own| Cell::Share(own.coverage)),
            ]);
        }
        table
    }

    fn by_gap(&self) -> Table {
        let note = "By tier, then by the value of what is missing; what a lever brings is of a further plan.";
        let words = ["requirement", "tier", "unit", "waits for", "lever"];
        let heads = ["required", "short", "met", "waits", "brings"];
        let title = "The gaps that matter most";
        let mut table = Table::new("brief_gaps", title, note, &words).columns(heads);
        for gap in &self.gaps {
            let (wait, help) = (gap.waits_for.first(), gap.helps.as_ref());
            table.push(vec![
                gap.name.as_str().into(),
                gap.tier.to_string().into(),
                gap.unit.as_str().into(),
                wait.map_or("", |own| own.cause.as_str()).into(),
                help.map_or("", |own| own.lever.as_str()).into(),
                Cell::Quantity(gap.required),
                Cell::Quantity(gap.short),
                Cell::Share(gap.coverage),
                wait.map_or(Cell::Empty, |own| Cell::Share(own.share)),
                help.map_or(Cell::Empty, |own| Cell::Quantity(own.brings)),
            ]);
        }
        table
    }
}

impl Brief {
    fn by_decision(&self) -> Table {
        let own = &self.decisions;
        let note = format!(
            "The weightiest of those to be taken by {}; of an expansion how often it is taken, and what it costs.",
            own.until
        );
        let title = "What has to be decided first";
        let words = ["decision", "from", "what", "first", "last", "unit"];
        let mut table =
            Table::new("brief_decisions", title, note, &words).columns(["quantity", "cost"]);
        for build in &own.builds {
            table.push(vec![
                "order".into(),
                build.line.as_str().into(),
                build.expansion.as_str().into(),
                build.ordered.as_str().into(),
                build.ordered.as_str().into(),
                "option".into(),
                Cell::Quantity(build.taken),
                Cell::Money(build.cost),
            ]);
        }
        for order in &own.orders {
            let [first, last] = &order.signed;
            table.push(vec![
                "sign".into(),
                order.from.as_str().into(),
                order.item.as_str().into(),
                first.as_str().into(),
                last.as_str().into(),
                order.unit.as_str().into(),
                Cell::counted(order.quantity, &order.unit),
                Cell::Empty,
            ]);
        }
        table
    }
}

impl Findings for Brief {
    fn tables(&self) -> Vec<Table> {
        let tables = [
            self.sentences(),
            self.by_tier(),
            self.by_gap(),
            self.by_decision(),
        ]
        .into_iter();
        tables.filter(|table| !table.rows.is_empty()).collect()
    }
}
