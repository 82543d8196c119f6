//! What money is worth by year, looked up where each column and year would compound it anew.

use crate::ids::{CurrencyId, Table};
use crate::model::Model;

/// What prices and payments of the years of a plan count.
pub(super) struct Rates {
    first: i32,
    /// By currency and year: what a price of the base year is when paid.
    nominal: Table<CurrencyId, Vec<f64>>,
    /// By year: internal units of base-year money, at the start, that one unit paid is worth.
    present: Vec<f64>,
}

impl Rates {
    pub(super) fn of(m: &Model) -> Self {
        let first = m.calendar.start().year();
        let years = || first..=m.calendar.end().year();
        let nominal = |currency| {
            years()
                .map(|year| m.money.nominal(currency, year))
                .collect()
        };
        Self {
            first,
            nominal: m.money.currencies.ids().map(nominal).collect(),
            present: years().map(|year| m.present_value(year)).collect(),
        }
    }

    fn position(&self, year: i32) -> Option<usize> {
        usize::try_from(year - self.first).ok()
    }

    /// What a price stated in the base year is when paid in a year, in the base currency.
    pub(super) fn nominal(&self, m: &Model, currency: CurrencyId, year: i32) -> f64 {
        let known = self.position(year);
        let known = known.and_then(|n| self.nominal[currency].get(n).copied());
        known.unwrap_or_else(|| m.money.nominal(currency, year))
    }

    /// What one unit paid in a year is worth at the start.
    pub(super) fn present_value(&self, m: &Model, year: i32) -> f64 {
        let known = self.position(year);
        let known = known.and_then(|n| self.present.get(n).copied());
        known.unwrap_or_else(|| m.present_value(year))
    }
}
