//! The findings as tables.

use super::{Foresight, Rolling};
use crate::analysis::Findings;
use crate::analysis::measure::coverage_of_year;
use crate::table::{Cell, Table};

impl Findings for Rolling {
    fn tables(&self) -> Vec<Table> {
        let tables = vec![self.summary(), self.coverage(), self.built()];
        let filled = |table: &Table| !table.rows.is_empty();
        tables.into_iter().filter(filled).collect()
    }
}

impl Rolling {
    fn heads(&self) -> impl Iterator<Item = String> {
        self.plans.iter().map(|plan| plan.name.clone())
    }

    fn row(&self, words: Vec<Cell>, of: impl Fn(&Foresight) -> Cell) -> Vec<Cell> {
        words.into_iter().chain(self.plans.iter().map(of)).collect()
    }

    fn summary(&self) -> Table {
        let m = &self.model;
        let note = format!(
            "Money in M {} of the day; what is missing and discounted cost at prices of {}.",
            m.money.base(),
            m.money.price_year
        );
        let title = "The cost of planning year by year";
        let mut table =
            Table::new("summary", title, note, &["what"]).across("planning", self.heads());
        let mut line = |what: String, of: &dyn Fn(&Foresight) -> Cell| {
            table.push(self.row(vec![what.into()], of));
        };
        let full = self.plans[0].solution.missing_value(m);
        line("coverage, by value".into(), &|p| {
            Cell::Share(p.solution.mean_coverage(m))
        });
        for y in m.calendar.years() {
            let what = format!("coverage in {}, by value", m.calendar.year_number(y));
            line(what, &|p| {
                coverage_of_year(m, &p.solution, y).map_or(Cell::Empty, Cell::Share)
            });
        }
        line("missing, at its value".into(), &|p| {
            Cell::Money(p.solution.missing_value(m))
        });
        line("more than with full foresight".into(), &|p| {
            Cell::Money(p.solution.missing_value(m) - full)
        });
        line("cost in all".into(), &|p| {
            Cell::Money(p.solution.cost.total)
        });
        line("cost, discounted".into(), &|p| {
            Cell::Money(p.solution.cost.discounted)
        });
        line("expansions ordered".into(), &|p| {
            let ordered = m.expansions.ids().filter(|&e| p.ordered(m, e).is_some());
            Cell::from(ordered.count())
        });
        table
    }

    fn coverage(&self) -> Table {
        let note = "Share of what is required over the whole calendar that is met.";
        let words = ["requirement", "tier"];
        let title = "Coverage by requirement";
        let mut table =
            Table::new("coverage", title, note, &words).across("planning", self.heads());
        for (r, requirement) in self.model.requirements.iter() {
            let words = vec![
                requirement.name.clone().into(),
                requirement.tier.to_string().into(),
            ];
            let covered = |p: &Foresight| Cell::Share(p.solution.requirements[r].coverage());
            if self.plans[0].solution.requirements[r].required > 0.0 {
                table.push(self.row(words, covered));
            }
        }
        table
    }

    fn built(&self) -> Table {
        let m = &self.model;
        let note = "Blocks ordered with full foresight and the month of the order; then blocks and by how many months later, on average. Only what differs.";
        let words = ["line", "expansion", "ordered"];
        let mut heads = vec!["full foresight".to_owned()];
        for plan in &self.plans[1..] {
            heads.extend([plan.name.clone(), "months later".into()]);
        }
        let title = "What is built too late, or not at all";
        let mut table = Table::new("built", title, note, &words)
            .columns(heads)
            .unit("months later", "months");
        for plan in &self.plans {
            table = table.unit(&plan.name, "blocks");
        }
        for (e, option) in m.expansions.iter() {
            let all = self.plans.iter().map(|plan| plan.ordered(m, e));
            let all: Vec<_> = all.collect();
            let (full, rolled) = (all[0], &all[1..]);
            let blocks = |o: Option<super::Ordered>| o.map_or(0.0, |o| o.blocks);
            let differs = |o: &Option<super::Ordered>| {
                let later = o.zip(full).map_or(0.0, |(o, f)| o.months - f.months);
                (blocks(*o) - blocks(full)).abs() > 0.005 || later.abs() > 0.5
            };
            if !rolled.iter().any(differs) {
                continue;
            }
            #[expect(clippy::cast_possible_truncation, reason = "a few hundred months")]
            let when = full.map_or(String::new(), |full| {
                m.calendar
                    .start()
                    .plus(full.months.round() as i32)
                    .to_string()
            });
            let line = m.lines[option.line].key.clone();
            let mut row: Vec<Cell> = vec![line.into(), option.key.clone().into(), when.into()];
            row.push(Cell::Quantity(blocks(full)));
            for &own in rolled {
                let later = own
                    .zip(full)
                    .map(|(o, f)| Cell::Quantity(o.months - f.months));
                row.extend([Cell::Quantity(blocks(own)), later.unwrap_or(Cell::Empty)]);
            }
            table.push(row);
        }
        table
    }
}
