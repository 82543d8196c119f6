//! Rows that several tables have.

use crate::analysis::funding::Spread;
use crate::table::Cell;

/// A row of money by year.
pub(super) fn spread(words: [&str; 2], money: &Spread) -> Vec<Cell> {
    let words = words.into_iter().map(Cell::from);
    let years = money.years.values().copied();
    let all = std::iter::once(money.before).chain(years);
    let all = all.chain([money.after, money.total()]);
    words.chain(all.map(Cell::Money)).collect()
}
