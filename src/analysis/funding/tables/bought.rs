//! What the money buys: what coverage costs, and what delay does.

use crate::analysis::funding::{Change, Funding, UnitCost};
use crate::table::{Cell, Table};

impl Funding {
    /// The money that goes into each requirement.
    pub(super) fn coverage_money(&self) -> Table {
        let (day, real) = (self.day(), self.real());
        let title = format!("Money in each requirement, {day} and {real}");
        let note = "Money down the bill of materials, shared costs and plants by quantity; what was in store at the start cost \
                    nothing. Levels in store: at the end. New: the share made or bought since the start.";
        let heads = ["met".into(), "coverage".into(), "new".into(), day, real];
        let words = ["requirement", "unit"];
        let mut table = Table::new("coverage_money", title, note, &words)
            .columns(heads)
            .plain(&self.day(), "money_of_the_day")
            .plain(&self.real(), "money_of_the_price_year");
        for cost in &self.unit_costs {
            let (name, unit) = self.requirement(cost.requirement);
            table.push(vec![
                name.into(),
                unit.into(),
                Cell::Quantity(cost.met.met),
                Cell::Share(cost.met.coverage()),
                Cell::Share(cost.new),
                Cell::Money(cost.day),
                Cell::Money(cost.base),
            ]);
        }
        self.push_rest(&mut table);
        table
    }

    /// What is paid and goes into no requirement, and all that is paid.
    fn push_rest(&self, table: &mut Table) {
        let total = self.total();
        let paid = [total.day.paid.total(), total.base.paid.total()];
        let traced = |of: fn(&UnitCost) -> f64| self.unit_costs.iter().map(of).sum::<f64>();
        let traced = [traced(|cost| cost.day), traced(|cost| cost.base)];
        let rest = [paid[0] - traced[0], paid[1] - traced[1]];
        for (name, money) in [("in none of them", rest), ("all that is paid", paid)] {
            let mut cells = vec![name.into(), "".into()];
            cells.extend([Cell::Empty, Cell::Empty, Cell::Empty]);
            cells.extend(money.map(Cell::Money));
            table.push(cells);
        }
    }

    /// What a unit of each requirement costs.
    pub(super) fn unit_costs(&self) -> Table {
        let (base, year) = (self.base(), self.model.money.price_year);
        let title = format!("What coverage costs, {base} of {year}");
        let note = format!(
            "{base} of {year}. Per unit met: the money of the table before over what is met; per new unit: over what was made \
             or bought since the start; per point: for each hundredth of what is required; one more: the price of one \
             more unit required, of a level at all times; where it falls short, what the shortfall counts."
        );
        let heads = ["per unit met", "per new unit", "per point", "one more"];
        let words = ["requirement", "unit"];
        let mut table = Table::new("unit_costs", title, note, &words).columns(heads);
        let price = |price: Option<f64>| price.map_or(Cell::Empty, Cell::Price);
        for cost in &self.unit_costs {
            let (name, unit) = self.requirement(cost.requirement);
            table.push(vec![
                name.into(),
                unit.into(),
                price(cost.per_unit()),
                price(cost.per_new_unit()),
                price(cost.per_point()),
                Cell::Price(cost.marginal),
            ]);
        }
        table
    }

    pub(super) fn delays(&self) -> Table {
        let (day, real) = (self.day(), self.real());
        let title = format!("What delay costs, {real} and {day}");
        let note = format!(
            "Nothing that a holder is to get and no expansion is signed before the month shown; what is on the books goes on. \
             Worse by: shortfalls at what they count, and discounted cost; missing: at its value, both {real}; cost: {day}; \
             coverage: all requirements, by value."
        );
        let words = ["first signed", "loses most", "unit"];
        let heads = [
            "quarters",
            "worse by",
            "missing",
            "cost",
            "coverage",
            "units lost",
        ];
        let mut table = Table::new("delay", title, note, &words).columns(heads);
        for delay in &self.delays {
            let (name, unit) = delay
                .victim
                .map_or_else(Default::default, |(r, _)| self.requirement(r));
            let name = if delay.change.is_none() {
                "no plan keeps the rules".into()
            } else {
                name
            };
            let change = delay.change;
            let money = |of: fn(&Change) -> f64| {
                change.as_ref().map_or(Cell::Empty, |c| Cell::Money(of(c)))
            };
            let first = self.solution.mean_coverage(&self.model);
            table.push(vec![
                delay.until.to_string().into(),
                name.into(),
                unit.into(),
                Cell::Whole(i64::from(delay.quarters)),
                money(|c| c.worse),
                money(|c| c.missing),
                money(|c| c.cost),
                change.map_or(Cell::Empty, |c| Cell::Share(first + c.coverage)),
                delay
                    .victim
                    .map_or(Cell::Empty, |(_, units)| Cell::Quantity(units)),
            ]);
        }
        table
    }
}
