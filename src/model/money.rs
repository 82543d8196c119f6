//! Currencies, prices, the price index and the discount rate.

use crate::calendar::Month;
use crate::ids::{CurrencyId, Table};
use crate::path::Path;
use crate::units::{self, Amount, Per, PricePerPiece, Share, SharePerYear, unit};

/// A price in its own currency, at the prices of the base year.
///
/// ```
/// use sinews::model::{Money, UnitPrice};
/// use sinews::units::per_piece;
///
/// let price = UnitPrice::constant(per_piece(3_600.0));
/// assert_eq!(price.currency, Money::BASE);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Price<U> {
    /// How much, over time.
    pub amount: Path<U>,
    /// In what.
    pub currency: CurrencyId,
}

/// A price per unit of an item.
pub type UnitPrice = Price<Per<unit::Money, unit::Pieces>>;
/// A price of a whole thing.
pub type TotalPrice = Price<unit::Money>;
/// A price per unit of an item and year in store.
pub type StoragePrice = Price<Per<Per<unit::Money, unit::Pieces>, unit::Years>>;

impl<U> Price<U> {
    /// A constant price in the base currency.
    pub fn constant(amount: Amount<U>) -> Self {
        Self {
            amount: Path::constant(amount),
            currency: Money::BASE,
        }
    }
}

impl From<PricePerPiece> for UnitPrice {
    fn from(amount: PricePerPiece) -> Self {
        Self::constant(amount)
    }
}

impl From<units::Money> for TotalPrice {
    fn from(amount: units::Money) -> Self {
        Self::constant(amount)
    }
}

/// A currency and what it is worth.
///
/// ```
/// use sinews::model::{Currency, Money};
/// use sinews::path::Path;
/// use sinews::units::Share;
///
/// let mut money = Money::new("EUR", 2026);
/// let worth = Path::constant(Share::new(0.9));
/// let dollar = money.currencies.push(Currency { code: "USD".into(), worth });
/// assert_eq!(money.currency("USD"), Some(dollar));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Currency {
    /// Its code, such as `USD`.
    pub code: String,
    /// What one unit of it buys of the base currency, over time.
    pub worth: Path<unit::One>,
}

/// Everything that turns a price into what is paid, and what is paid into its present value.
///
/// ```
/// use sinews::model::Money;
/// use sinews::path::Path;
/// use sinews::units::SharePerYear;
///
/// let mut money = Money::new("EUR", 2026);
/// money.inflation = Path::constant(SharePerYear::new(0.02));
/// money.discount = SharePerYear::new(0.03);
/// assert_eq!(money.base(), "EUR");
/// assert!((money.price_index(2028) - 1.0404).abs() < 1e-12);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Money {
    /// The currencies in use. The first is the base currency.
    pub currencies: Table<CurrencyId, Currency>,
    /// The year at whose prices every price is stated.
    pub price_year: i32,
    /// How fast prices in general rise.
    pub inflation: Path<Per<unit::One, unit::Years>>,
    /// How fast prices of what a plan pays for rise: goods, plants, transport. `None`: as prices in general.
    pub arms_inflation: Option<Path<Per<unit::One, unit::Years>>>,
    /// The real rate at which later costs and later shortfalls weigh less.
    pub discount: SharePerYear,
}

impl Money {
    /// The base currency, in which the plan counts.
    pub const BASE: CurrencyId = CurrencyId::FIRST;

    /// Money in one currency, without inflation and without discounting.
    pub fn new(code: impl Into<String>, price_year: i32) -> Self {
        let base = Currency {
            code: code.into(),
            worth: Path::constant(Share::new(1.0)),
        };
        Self {
            currencies: [base].into_iter().collect(),
            price_year,
            inflation: Path::constant(SharePerYear::ZERO),
            arms_inflation: None,
            discount: SharePerYear::ZERO,
        }
    }

    /// The code of the base currency.
    pub fn base(&self) -> &str {
        &self.currencies[Self::BASE].code
    }

    /// A currency by its code.
    pub fn currency(&self, code: &str) -> Option<CurrencyId> {
        self.currencies
            .ids()
            .find(|&c| self.currencies[c].code == code)
    }

    /// What money of the base year has become in a year: inflation compounded.
    ///
    /// ```text
    /// index[y] = Π_{base < n ≤ y} (1 + inflation[n]),   and the inverse for years before the base
    /// ```
    pub fn price_index(&self, year: i32) -> f64 {
        self.compounded(&self.inflation, year)
    }

    /// What a price of what a plan pays for has become in a year, of the base year: the deflator of defence, compounded
    /// in the same way from `arms_inflation`.
    pub fn arms_index(&self, year: i32) -> f64 {
        self.compounded(
            self.arms_inflation.as_ref().unwrap_or(&self.inflation),
            year,
        )
    }

    fn compounded(&self, pace: &Path<Per<unit::One, unit::Years>>, year: i32) -> f64 {
        let growth = |n: i32| {
            let january = Month::new(n.clamp(1900, 2200), 1).expect("a year in range");
            1.0 + pace.at(january).value()
        };
        if year >= self.price_year {
            (self.price_year + 1..=year).map(growth).product()
        } else {
            1.0 / (year + 1..=self.price_year).map(growth).product::<f64>()
        }
    }

    /// What one unit of a currency is worth in the base currency in a year (its mean rate).
    pub fn exchange(&self, currency: CurrencyId, year: i32) -> f64 {
        let worth = &self.currencies[currency].worth;
        let months = (1..=12).filter_map(|m| Month::new(year, m));
        months.map(|month| worth.at(month).value()).sum::<f64>() / 12.0
    }

    /// What a price stated in the base year is when paid in `year`, in the base currency.
    pub fn nominal(&self, currency: CurrencyId, year: i32) -> f64 {
        self.arms_index(year) * self.exchange(currency, year)
    }

    /// The weight of base-year money spent `years` after the start.
    pub fn discount_factor(&self, years: f64) -> f64 {
        (1.0 + self.discount.value()).powf(-years)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Id;
    use approx::assert_relative_eq;

    #[test]
    fn the_index_compounds_both_ways() {
        let mut money = Money::new("EUR", 2026);
        let from = |year| Month::new(year, 1).unwrap();
        money.inflation = Path::steps([
            (from(2020), SharePerYear::new(0.10)),
            (from(2028), SharePerYear::new(0.05)),
        ]);
        assert_relative_eq!(money.price_index(2026), 1.0);
        assert_relative_eq!(money.price_index(2028), 1.10 * 1.05);
        assert_relative_eq!(money.price_index(2024), 1.0 / 1.21);
    }

    #[test]
    fn arms_may_become_dearer_than_all_else() {
        let mut money = Money::new("EUR", 2026);
        money.inflation = Path::constant(SharePerYear::new(0.02));
        assert_relative_eq!(money.arms_index(2028), 1.02 * 1.02);
        money.arms_inflation = Some(Path::constant(SharePerYear::new(0.05)));
        assert_relative_eq!(money.arms_index(2028), 1.05 * 1.05);
        assert_relative_eq!(money.price_index(2028), 1.02 * 1.02);
        assert_relative_eq!(money.nominal(Money::BASE, 2025), 1.0 / 1.05);
    }

    #[test]
    fn a_dollar_price_is_paid_at_the_rate_of_its_year() {
        let mut money = Money::new("EUR", 2026);
        money.inflation = Path::constant(SharePerYear::new(0.02));
        let from = |year, month| Month::new(year, month).unwrap();
        let worth = Path::steps([
            (from(2026, 1), Share::new(0.8)),
            (from(2027, 7), Share::new(0.9)),
        ]);
        let dollar = money.currencies.push(Currency {
            code: "USD".into(),
            worth,
        });
        assert_relative_eq!(money.nominal(dollar, 2026), 0.8);
        assert_relative_eq!(money.nominal(dollar, 2027), 0.85 * 1.02);
        assert_eq!(money.currency("USD"), Some(dollar));
        assert_eq!(dollar, CurrencyId::at(1));
    }
}
