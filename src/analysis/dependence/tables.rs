//! Dependence as tables.

use super::{Capped, Dependence, Origin};
use crate::analysis::Findings;
use crate::ids::RegionId;
use crate::table::number::share;
use crate::table::{Cell, Table};
use crate::units::as_number;

use std::collections::BTreeMap;

/// Shares below this are not shown.
const SMALL: f64 = 0.005;

impl Dependence {
    fn region(&self, region: Option<RegionId>) -> String {
        region.map_or_else(
            || "no country stated".into(),
            |r| self.model.regions[r].name.clone(),
        )
    }

    /// What comes from each country and bloc, the most first; blocs hold their countries.
    fn regions(&self, cost: &BTreeMap<Option<RegionId>, f64>) -> Vec<(String, f64)> {
        let m = &self.model;
        let mut all: BTreeMap<Option<RegionId>, f64> = BTreeMap::new();
        for (&origin, value) in cost {
            *all.entry(origin).or_default() += value;
            let Some(country) = origin else { continue };
            for &bloc in &m.regions[country].blocs {
                *all.entry(Some(bloc)).or_default() += value;
            }
        }
        let mut all: Vec<_> = all.into_iter().collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let named = all
            .into_iter()
            .map(|(region, value)| (self.region(region), value));
        named.collect()
    }

    fn costs(&self) -> Table {
        let base = self.model.money.base();
        let note = format!(
            "What holders' new goods cost through the bill of materials, by where that value comes from; M \
             {base} of the day over the whole calendar. Blocs hold their countries, so shares overlap."
        );
        let title = "Cost by origin";
        let money = format!("M {base}");
        let mut table = Table::new("cost", title, note, &["holder", "origin"])
            .columns([money.as_str(), "share"])
            .plain(&money, "cost");
        for (holder, cost) in &self.cost {
            let whole: f64 = cost.values().sum();
            for (region, value) in self.regions(cost) {
                if value >= SMALL * whole && whole > 0.0 {
                    table.push(vec![
                        self.model.holders[*holder].name.clone().into(),
                        region.into(),
                        Cell::Money(value),
                        Cell::Share(value / whole),
                    ]);
                }
            }
        }
        table
    }

    fn delivered(&self) -> Table {
        let note = "Who makes, sells or gives the finished good, over the whole calendar.";
        let words = ["holder", "item", "unit", "from"];
        let title = "Deliveries by origin";
        let mut table = Table::new("deliveries", title, note, &words).columns(["units", "share"]);
        for one in &self.deliveries {
            let item = &self.model.items[one.item];
            for (origin, units) in &one.origins {
                let part = units / one.quantity;
                if part < SMALL {
                    continue;
                }
                let from = match origin {
                    Origin::Country(country) => self.region(*country),
                    Origin::Store(giver) => {
                        format!("stores of {}", self.model.holders[*giver].name)
                    }
                };
                table.push(vec![
                    self.model.holders[one.holder].name.clone().into(),
                    item.name.clone().into(),
                    item.unit.clone().into(),
                    from.into(),
                    Cell::Quantity(*units),
                    Cell::Share(part),
                ]);
            }
        }
        table
    }

    fn sweep(&self) -> Table {
        let base = self.model.money.base();
        let note = format!(
            "No more of each year's money for goods may go there than so much of what goes there in the plan. \
             M {base}: the most a year, in the mean, and cost, of the day; what the plan is worse by, shortfalls \
             at what they count; price: what one more {base} for goods from there is worth in the dearest year."
        );
        let words = ["left of it", "what breaks most against the step before"];
        let heads = ["most a year", "cost", "worse by", "coverage", "price"];
        let title = "Depending less";
        let mut table = Table::new("sweep", title, note, &words).columns(heads);
        let mut before: Option<&Capped> = None;
        for step in &self.sweep {
            let years = as_number(step.most.len());
            let mean = step.most.values().sum::<f64>() / years;
            let Some(plan) = &step.plan else {
                let nothing = "no plan keeps the cap and all other rules";
                let mut row = vec![share(step.left).into(), nothing.into(), Cell::Money(mean)];
                row.extend([Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty]);
                table.push(row);
                continue;
            };
            let breaks = before.map_or_else(String::new, |before| self.breaks(before, plan));
            table.push(vec![
                share(step.left).into(),
                breaks.into(),
                Cell::Money(mean),
                Cell::Money(plan.cost),
                Cell::Money(plan.worse),
                Cell::Share(plan.coverage),
                Cell::Price(plan.price),
            ]);
            before = Some(plan);
        }
        table
    }

    /// The requirement whose coverage falls most from one step to the next.
    fn breaks(&self, before: &Capped, now: &Capped) -> String {
        let fall = now
            .requirements
            .iter()
            .map(|(r, &now)| (r, before.requirements[r] - now));
        let most = fall.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        match most.filter(|&(_, fall)| fall > 1e-4) {
            None => "nothing".into(),
            Some((r, _)) => format!(
                "{}: {} instead of {}",
                self.model.requirements[r].name,
                share(now.requirements[r]),
                share(before.requirements[r])
            ),
        }
    }
}

impl Findings for Dependence {
    fn tables(&self) -> Vec<Table> {
        let tables = [self.sweep(), self.costs(), self.delivered()];
        let shown = tables.into_iter().filter(|table| !table.rows.is_empty());
        shown.collect()
    }
}
