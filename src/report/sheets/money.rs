//! Funds, loans, and what limits are worth.

use super::notation::{columns, row};
use super::{Column, Kind};
use crate::ids::{Id, YearId};
use crate::model::Model;
use crate::solution::Solution;
use crate::table::Cell;

pub(super) const FUNDS: Kind = Kind {
    name: "funds",
    about: "A fund in a year.",
    columns: columns! {
        id: words => "Key of the fund.";
        year: whole "year" => "The calendar year.";
        currency: words => "The base currency, in which the amounts are.";
        available: "base currency of the day" => "The year's money, with what was carried over into it.";
        spent: "base currency of the day" => "What it spends.";
        carried: "base currency of the day" => "What is left of it for the next year.";
        price: "base currency of the price year per base currency" => "What one more unit of money in it would be worth.";
    },
    rows: funds,
};

pub(super) const UNSPENT: Kind = Kind {
    name: "unspent",
    about: "What a fund does not spend and cannot carry over from a year, or has left at the end; and why.",
    columns: columns! {
        id: words => "Key of the fund.";
        year: whole "year" => "The calendar year at whose end it is lost to the fund, or left.";
        currency: words => "The base currency, in which the amounts are.";
        why: words => "Why: `lapsed`, `earmarked`, `other limit`, `nobody may` or `not needed`.";
        amount: "base currency of the day" => "How much.";
    },
    rows: unspent,
};

pub(super) const LOANS: Kind = Kind {
    name: "loans",
    about: "What a loan costs in a year, until it is paid back.",
    columns: columns! {
        id: words => "Key of the fund.";
        year: whole "year" => "The calendar year.";
        currency: words => "The base currency, in which the amounts are.";
        service: "base currency of the day" => "Interest and repayment.";
    },
    rows: loans,
};

pub(super) const LIMITS: Kind = Kind {
    name: "limits",
    about: "A limit with a price, in a year; the weightiest limit first.",
    columns: columns! {
        limit: words => "What limits, in words.";
        unit: words => "The unit of the price: base currency of the price year per unit of the limit.";
        year: whole "year" => "The calendar year.";
        price: "unit" => "What one more unit of the limit, spread over the year, would be worth; empty where one less would cost another amount.";
        more: "unit" => "What one more unit would be worth; empty where there can be no more.";
        less: "unit" => "What one unit less would cost; empty where no plan can do with less.";
    },
    rows: limits,
};

fn funds(m: &Model, s: &Solution) -> Vec<Vec<Cell>> {
    let row = |year: &crate::solution::FundYear| {
        row![
            m.funds[year.fund].key.as_str(),
            m.calendar.year_number(year.year),
            m.money.base(),
            year.available,
            year.spent,
            year.carried,
            year.price,
        ]
    };
    s.funds.iter().map(row).collect()
}

fn unspent(m: &Model, s: &Solution) -> Vec<Vec<Cell>> {
    let row = |left: crate::solution::Unspent| {
        row![
            m.funds[left.fund].key.as_str(),
            m.calendar.year_number(left.year),
            m.money.base(),
            left.why.word(),
            left.amount,
        ]
    };
    s.unspent(m).into_iter().map(row).collect()
}

fn loans(m: &Model, s: &Solution) -> Vec<Vec<Cell>> {
    let service = s.loan_service(m).into_iter();
    let row = |due: crate::solution::LoanService| {
        row![
            m.funds[due.fund].key.as_str(),
            due.year,
            m.money.base(),
            due.amount,
        ]
    };
    service.map(row).collect()
}

fn limits(m: &Model, s: &Solution) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    // What was not tried is not said.
    let tried = s.has_sides();
    for limit in s.limits(m) {
        for (n, &sides) in limit.prices.iter().enumerate() {
            rows.push(row![
                limit.words.to_string(),
                format!("{}/{}", m.money.base(), limit.unit),
                m.calendar.year_number(YearId::at(n)),
                sides.price(),
                sides.more.filter(|_| tried),
                sides.less.filter(|_| tried),
            ]);
        }
    }
    rows
}
