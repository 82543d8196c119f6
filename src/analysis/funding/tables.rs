//! Money as tables: each says its unit and, where prices are of a year, which.

mod bought;
mod burdens;
mod owed;
mod row;
mod sides;

use super::{Contracts, Funding};
use crate::analysis::Findings;
use crate::ids::{FundId, RequirementId, YearId};
use crate::table::{Cell, Table};
use row::spread;

impl Funding {
    fn base(&self) -> &str {
        self.model.money.base()
    }

    /// `M EUR of the day`.
    fn day(&self) -> String {
        format!("M {} of the day", self.base())
    }

    /// `M EUR of 2026`.
    fn real(&self) -> String {
        format!("M {} of {}", self.base(), self.model.money.price_year)
    }

    fn years(&self) -> impl Iterator<Item = (YearId, i32)> + '_ {
        let c = &self.model.calendar;
        c.years().map(|y| (y, c.year_number(y)))
    }

    /// A table by year.
    fn by_year(&self, key: &str, title: String, note: &str, words: &[&str]) -> Table {
        let years = self.years().map(|(_, year)| year.to_string());
        let all = std::iter::once("before".to_owned()).chain(years);
        Table::new(key, title, note, words)
            .across("year", all.chain(["after".into()]))
            .columns(["all"])
    }

    fn fund(&self, fund: Option<FundId>) -> String {
        fund.map_or_else(
            || "no fund".into(),
            |fund| self.model.funds[fund].name.clone(),
        )
    }

    fn requirement(&self, r: RequirementId) -> (String, String) {
        let requirement = &self.model.requirements[r];
        let unit = self.model.items[requirement.meets[0].item].unit.clone();
        (requirement.name.clone(), unit)
    }

    /// Commitments against payments, a year to a row.
    fn commitments(&self) -> Table {
        let (day, real) = (self.day(), self.real());
        let title = format!("Commitments and payments by year, {day} and {real}");
        let note = format!(
            "Committed: the whole price of what is signed in the year; paid: what falls due in it; open: signed and not yet \
             paid at its end. Deflator: the price index of the year, {} = 1; in prices of {0} each payment is divided by that \
             of the year it is paid in. Arms deflator: the index of the prices of what is paid for. Storage, which no fund pays, is left out.",
            self.model.money.price_year
        );
        let heads = ["committed", "paid", "open", "committed", "paid", "open"];
        let basis = |n: usize| {
            if n < 3 {
                "of the day".to_owned()
            } else {
                format!("of {}", self.model.money.price_year)
            }
        };
        let heads = heads
            .iter()
            .enumerate()
            .map(|(n, head)| format!("{head}, {}", basis(n)));
        let deflators = ["deflator".to_owned(), "arms deflator".to_owned()];
        let heads = deflators.into_iter().chain(heads);
        let table = Table::new("commitments", title, note, &["year"]);
        let mut table = table
            .columns(heads)
            .unit("deflator", "base-year money/money of the day")
            .unit("arms deflator", "base-year money/money of the day");
        let money = &self.model.money;
        let deflators =
            |year| [money.price_index(year), money.arms_index(year)].map(Cell::Quantity);
        let none = || [Cell::Empty, Cell::Empty];
        let total = self.total();
        let flows = [&total.day, &total.base];
        let before = flows.iter().flat_map(|flow| {
            let signed = flow.committed.before;
            [Cell::Money(signed), Cell::Money(0.0), Cell::Money(signed)]
        });
        table.push(row(["before the start"], none(), before));
        for (y, year) in self.years() {
            let cells = flows.iter().flat_map(|flow| {
                let (committed, paid) = (flow.committed.years[y], flow.paid.years[y]);
                [committed, paid, flow.undisbursed(y)].map(Cell::Money)
            });
            table.push(row([year.to_string()], deflators(year), cells));
        }
        let last_index = self.model.calendar.end().plus(-1).year() + 1;
        let after = flows.iter().flat_map(|flow| {
            let paid = flow.paid.after;
            [Cell::Money(0.0), Cell::Money(paid), Cell::Money(0.0)]
        });
        table.push(row(["after the end"], deflators(last_index), after));
        let all = flows.iter().flat_map(|flow| {
            let totals = [flow.committed.total(), flow.paid.total()];
            let [committed, paid] = totals.map(Cell::Money);
            [committed, paid, Cell::Empty]
        });
        table.push(row(["all"], none(), all));
        table
    }

    /// What each fund commits and pays, the largest first.
    fn by_fund(&self, real: bool) -> Table {
        let (key, unit) = if real {
            ("funds_real", self.real())
        } else {
            ("funds", self.day())
        };
        let title = format!("Commitments and payments by fund, {unit}");
        let note = "Open: signed and not yet paid at the end of the year. Funds that pay into one account share what is \
                    charged to it in proportion to what they pay. No fund: what falls due after the last year, or a \
                    model without funds.";
        let mut table = self.by_year(key, title, note, &["fund", "what"]);
        let flow = |contracts: &Contracts| {
            if real {
                contracts.base.clone()
            } else {
                contracts.day.clone()
            }
        };
        let mut all: Vec<&Contracts> = self.contracts.iter().collect();
        all.sort_by(|a, b| {
            let paid = |contracts: &Contracts| contracts.day.paid.total();
            paid(b).total_cmp(&paid(a)).then(a.fund.cmp(&b.fund))
        });
        for contracts in all {
            let (name, flow) = (self.fund(contracts.fund), flow(contracts));
            table.push(spread([&name, "committed"], &flow.committed));
            table.push(spread([&name, "paid"], &flow.paid));
            let open = self.years().map(|(y, _)| Cell::Money(flow.undisbursed(y)));
            let mut cells = vec![
                name.into(),
                "open".into(),
                Cell::Money(flow.committed.before),
            ];
            cells.extend(open);
            cells.extend([Cell::Empty, Cell::Empty]);
            table.push(cells);
        }
        table
    }
}

/// A row that begins with words and deflators.
fn row<S: Into<String>>(
    words: impl IntoIterator<Item = S>,
    deflators: [Cell; 2],
    cells: impl Iterator<Item = Cell>,
) -> Vec<Cell> {
    let words = words.into_iter().map(|word| Cell::Text(word.into()));
    words.chain(deflators).chain(cells).collect()
}

impl Findings for Funding {
    fn tables(&self) -> Vec<Table> {
        let mut all = vec![
            self.commitments(),
            self.burdens(),
            self.burdens_by_year(),
            self.loans(),
            self.currencies(),
            self.rates(),
            self.delays(),
        ];
        all.extend(self.sides());
        all.extend([
            self.coverage_money(),
            self.unit_costs(),
            self.by_fund(false),
            self.by_fund(true),
            self.service(),
        ]);
        all.retain(|table| !table.rows.is_empty());
        all
    }
}
