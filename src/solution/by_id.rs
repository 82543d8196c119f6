//! What a plan says of one thing, by its id.

use super::{Build, ProductOutput, Solution, Transfer};
use crate::ids::{ExpansionId, GiftId, LineId, PeriodId, RouteId, StockId, SupplierId};
use crate::program::{Give, Move};

impl Solution {
    /// What a line makes, product by product. Nothing for a line of another model.
    pub fn made(&self, line: LineId) -> impl Iterator<Item = &ProductOutput> {
        self.lines.iter().filter(move |made| made.line == line)
    }

    /// The orders of an expansion, in order of time.
    ///
    /// ```
    /// let model = sinews::read("models/shells.toml")?;
    /// let solution = sinews::solve(&model, &Default::default())?;
    /// for (e, option) in model.expansions.iter() {
    ///     let taken: f64 = solution.built(e).map(|order| order.taken).sum();
    ///     assert!(taken <= option.at_most.value() + 1e-6);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn built(&self, expansion: ExpansionId) -> impl Iterator<Item = &Build> {
        let own = move |build: &&Build| build.expansion == expansion;
        self.builds.iter().filter(own)
    }

    /// What a supplier delivers in a period, in units of its item. `None`: not of this model.
    pub fn delivered(&self, supplier: SupplierId, t: PeriodId) -> Option<f64> {
        self.supply.get(supplier)?.periods.get(t).copied()
    }

    /// What is in a stock at the end of a period, in units of its item. `None`: not of this model.
    pub fn kept(&self, stock: StockId, t: PeriodId) -> Option<f64> {
        self.stocks.get(stock)?.periods.get(t).copied()
    }

    /// What is given by a gift, from each stock that may give to each that may receive.
    pub fn given(&self, gift: GiftId) -> impl Iterator<Item = (&Give, &Transfer)> {
        let gives = self.program().network().gives.iter();
        let own = gives.filter(move |(_, give)| give.gift == gift);
        own.filter_map(|(g, give)| Some((give, self.gifts.get(g)?)))
    }

    /// What moves along a route, from each market to each other.
    pub fn moved(&self, route: RouteId) -> impl Iterator<Item = (&Move, &Transfer)> {
        let moves = self.program().network().moves.iter();
        let own = moves.filter(move |(_, one)| one.route == route);
        own.filter_map(|(v, one)| Some((one, self.moves.get(v)?)))
    }
}
