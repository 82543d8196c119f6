//! What is owed and in which money: loans, their service, currencies.

use super::row::spread;
use crate::analysis::funding::{Change, Funding, LoanCost};
use crate::table::{Cell, Table, number};

impl Funding {
    /// Each loan that is drawn in a row.
    pub(super) fn loans(&self) -> Table {
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
    pub(super) fn service(&self) -> Table {
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
    pub(super) fn currencies(&self) -> Table {
        let title = format!("Exposure to currencies, {}", self.day());
        let note = "Priced: paid for what is priced in the currency; funded: paid by funds whose amounts are in it; net: funded less \
                    priced. Net above zero: the plan gains when the currency rises. After: what falls due after the end, which no \
                    fund pays.";
        let mut table = self.by_year("currencies", title, note, &["currency", "what"]);
        for exposure in &self.exposures {
            let code = &self.model.money.currencies[exposure.currency].code;
            table.push(spread([code, "priced"], &exposure.priced));
            table.push(spread([code, "funded"], &exposure.funded));
            table.push(spread([code, "net"], &exposure.net()));
        }
        table
    }

    /// What a move of each rate does.
    pub(super) fn rates(&self) -> Table {
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
}
