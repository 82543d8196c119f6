//! Money as tables: each says its unit and, where prices are of a year, which.

use super::{Change, Contracts, Funding, LoanCost, Spread, UnitCost};
use crate::analysis::Findings;
use crate::ids::{FundId, RequirementId, YearId};
use crate::table::{Cell, Table, number};

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

    /// The heads of a table by year.
    fn heads(&self, before: &str, after: &str) -> Vec<String> {
        let years = self.years().map(|(_, year)| year.to_string());
        let all = std::iter::once(before.to_owned()).chain(years);
        all.chain([after.to_owned(), "all".into()]).collect()
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
             of the year it is paid in. Storage, which no fund pays, is left out.",
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
        let heads = std::iter::once("deflator".to_owned()).chain(heads);
        let table = Table::new("commitments", title, note, &["year"]);
        let mut table = table
            .columns(heads)
            .unit("deflator", "base-year money/money of the day");
        let total = self.total();
        let flows = [&total.day, &total.base];
        let before = flows.iter().flat_map(|flow| {
            let signed = flow.committed.before;
            [Cell::Money(signed), Cell::Money(0.0), Cell::Money(signed)]
        });
        table.push(row(["before the start"], Cell::Empty, before));
        for (y, year) in self.years() {
            let cells = flows.iter().flat_map(|flow| {
                let (committed, paid) = (flow.committed.years[y], flow.paid.years[y]);
                [committed, paid, flow.undisbursed(y)].map(Cell::Money)
            });
            let deflator = Cell::Quantity(self.model.money.price_index(year));
            table.push(row([year.to_string()], deflator, cells));
        }
        let last_index = self.model.calendar.end().plus(-1).year() + 1;
        let after = flows.iter().flat_map(|flow| {
            let paid = flow.paid.after;
            [Cell::Money(0.0), Cell::Money(paid), Cell::Money(0.0)]
        });
        let deflator = Cell::Quantity(self.model.money.price_index(last_index));
        table.push(row(["after the end"], deflator, after));
        let all = flows.iter().flat_map(|flow| {
            let totals = [flow.committed.total(), flow.paid.total()];
            let [committed, paid] = totals.map(Cell::Money);
            [committed, paid, Cell::Empty]
        });
        table.push(row(["all"], Cell::Empty, all));
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
        let heads = self.heads("before", "after");
        let mut table = Table::new(key, title, note, &["fund", "what"]).columns(heads);
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

    /// Each loan that is drawn in a row.
    fn loans(&self) -> Table {
        let title = format!(
            "Loans and their present value, M of their currency of the day and {}",
            self.real()
        );
        let note = format!(
            "Terms: interest a year, years without repayment, years to the last instalment. Drawn and interest: M of the \
             fund's own currency, of the day, to the end. Present values: M {} of {}, discounted at {} a year real to the \
             start; service: interest and repayment; counted: what the plan's objective counts for the same money. Grant: \
             1 − service / drawn, in present value.",
            self.base(),
            self.model.money.price_year,
            number::share(self.model.money.discount.value())
        );
        let heads = [
            "drawn",
            "interest",
            "drawn, present",
            "service, present",
            "counted",
            "grant",
        ];
        let words = ["fund", "terms", "currency"];
        let mut table = Table::new("loans", title, note, &words).columns(heads);
        for loan in self.loans.iter().filter(|loan| !loan.years.is_empty()) {
            let years = |months: crate::units::Months| number::quantity(months.value() / 12.0);
            let terms = format!(
                "{}, {} of {}",
                number::share(loan.terms.rate.value()),
                years(loan.terms.grace),
                years(loan.terms.maturity)
            );
            table.push(vec![
                self.fund(Some(loan.fund)).into(),
                terms.into(),
                self.code(loan).into(),
                Cell::Money(loan.drawn()),
                Cell::Money(loan.interest()),
                Cell::Money(loan.drawn_present),
                Cell::Money(loan.present),
                Cell::Money(loan.counted),
                loan.grant_element().map_or(Cell::Empty, Cell::Share),
            ]);
        }
        table
    }

    fn code(&self, loan: &LoanCost) -> String {
        self.model.money.currencies[loan.currency].code.clone()
    }

    /// Each year of each loan in a row.
    fn service(&self) -> Table {
        let title = "Loan service by year, M of the fund's currency of the day";
        let note = "Interest on what was owed at the end of the year before; repaid evenly from the end of grace to maturity; \
                    owed at the end of the year.";
        let words = ["fund", "currency"];
        let heads = ["year", "drawn", "interest", "repaid", "owed"];
        let mut table = Table::new("service", title, note, &words).columns(heads);
        for loan in &self.loans {
            for (&year, due) in &loan.years {
                table.push(vec![
                    self.fund(Some(loan.fund)).into(),
                    self.code(loan).into(),
                    year.into(),
                    Cell::Money(due.drawn),
                    Cell::Money(due.interest),
                    Cell::Money(due.repaid),
                    Cell::Money(due.owed),
                ]);
            }
        }
        table
    }

    /// What is priced and paid in each currency.
    fn currencies(&self) -> Table {
        let title = format!("Exposure to currencies, {}", self.day());
        let note = "Priced: paid for what is priced in the currency; funded: paid by funds whose amounts are in it; net: funded less \
                    priced. Net above zero: the plan gains when the currency rises. After: what falls due after the end, which no \
                    fund pays.";
        let heads = self.heads("before", "after");
        let mut table = Table::new("currencies", title, note, &["currency", "what"]).columns(heads);
        for exposure in &self.exposures {
            let code = &self.model.money.currencies[exposure.currency].code;
            table.push(spread([code, "priced"], &exposure.priced));
            table.push(spread([code, "funded"], &exposure.funded));
            table.push(spread([code, "net"], &exposure.net()));
        }
        table
    }

    /// What a move of each rate does.
    fn rates(&self) -> Table {
        let moved = number::share(self.rate);
        let (day, real) = (self.day(), self.real());
        let title = format!("What a move of each currency by {moved} does, {day} and {real}");
        let note = format!(
            "Every rate of the currency {moved} higher against {}. Funds: what new money of funds in it is worth more; same plan: \
             what the same purchases cost more; cost: what the plan made anew costs more (all three of the day). Worse by: \
             shortfalls at what they count, and discounted cost, in prices of {}: to first order from prices of the plan, and \
             as the plan made anew confirms; missing: at its value.",
            self.base(),
            self.model.money.price_year
        );
        let heads = [
            "funds",
            "same plan",
            "cost",
            "worse by, first order",
            "worse by, anew",
            "missing",
        ];
        let mut table = Table::new("rates", title, note, &["currency"]).columns(heads);
        for exposure in &self.exposures {
            let Some(moved) = &exposure.moved else {
                continue;
            };
            let anew = |of: fn(&Change) -> f64| {
                let change = moved.anew.as_ref();
                change.map_or(Cell::Empty, |change| Cell::Money(of(change)))
            };
            table.push(vec![
                self.model.money.currencies[exposure.currency]
                    .code
                    .clone()
                    .into(),
                Cell::Money(self.rate * exposure.money),
                Cell::Money(moved.same_plan),
                anew(|c| c.cost),
                moved.first_order.map_or(Cell::Empty, Cell::Money),
                anew(|c| c.worse),
                anew(|c| c.missing),
            ]);
        }
        table
    }

    /// The money that goes into each requirement.
    fn coverage_money(&self) -> Table {
        let (day, real) = (self.day(), self.real());
        let title = format!("Money in each requirement, {day} and {real}");
        let note = "Money down the bill of materials, shared costs and plants by quantity; what was in store at the start cost \
                    nothing. Levels in store: at the end. New: the share made or bought since the start.";
        let heads = ["met".into(), "coverage".into(), "new".into(), day, real];
        let words = ["requirement", "unit"];
        let mut table = Table::new("coverage_money", title, note, &words).columns(heads);
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
    fn unit_costs(&self) -> Table {
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

    fn delays(&self) -> Table {
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

    fn sides(&self) -> Vec<Table> {
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

    fn crowded(&self, rivalry: &super::Rivalry, names: &[String; 2]) -> Table {
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

    fn contested(&self, rivalry: &super::Rivalry, name: &str) -> Table {
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

/// A row that begins with words and a deflator.
fn row<S: Into<String>>(
    words: impl IntoIterator<Item = S>,
    deflator: Cell,
    cells: impl Iterator<Item = Cell>,
) -> Vec<Cell> {
    let words = words.into_iter().map(|word| Cell::Text(word.into()));
    words.chain([deflator]).chain(cells).collect()
}

/// A row of money by year.
fn spread(words: [&str; 2], money: &Spread) -> Vec<Cell> {
    let words = words.into_iter().map(Cell::from);
    let years = money.years.values().copied();
    let all = std::iter::once(money.before).chain(years);
    let all = all.chain([money.after, money.total()]);
    words.chain(all.map(Cell::Money)).collect()
}

impl Findings for Funding {
    fn tables(&self) -> Vec<Table> {
        let mut all = vec![
            self.commitments(),
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
