//! The keys of a model, by which its results are written and read.

use super::Draft;
use crate::dotted::joined;
use crate::ids::{
    CurrencyId, ExpansionId, HolderId, Id, ItemId, Keyed, Keys, LineId, PeriodId, StockId, Table,
    YearId,
};

impl Draft {
    /// The keys by which results are written and read with serde: those of its things, an expansion's after its
    /// line's, a stock's its holder's and its item's; periods as `2026Q1`, years as `2026`.
    pub fn keys(&self) -> Keys {
        fn of<I: Id, T: Keyed>(keys: Keys, table: &Table<I, T>) -> Keys {
            keys.with::<I>(table.values().map(|thing| thing.key().to_owned()))
        }
        let keys = of(Keys::default(), &self.regions);
        let keys = of(keys, &self.items);
        let keys = of(keys, &self.resources);
        let keys = of(keys, &self.lines);
        let keys = of(keys, &self.suppliers);
        let keys = of(keys, &self.holders);
        let keys = of(keys, &self.gifts);
        let keys = of(keys, &self.routes);
        let keys = of(keys, &self.hubs);
        let keys = of(keys, &self.requirements);
        let keys = of(keys, &self.funds);
        let keys = of(keys, &self.caps);
        let keys = of(keys, &self.rules);
        let line = |l: LineId| self.lines.get(l).map_or("", |line| line.key.as_str());
        let options = self.expansions.values();
        let keys =
            keys.with::<ExpansionId>(options.map(|e| joined([line(e.line), e.key.as_str()])));
        let holder = |h: HolderId| self.holders.get(h).map_or("", |holder| holder.key.as_str());
        let item = |i: ItemId| self.items.get(i).map_or("", |item| item.key.as_str());
        let stocks = self.stocks.values();
        let keys = keys.with::<StockId>(stocks.map(|s| joined([holder(s.holder), item(s.item)])));
        let currencies = self.money.currencies.values();
        let keys = keys.with::<CurrencyId>(currencies.map(|currency| currency.code.clone()));
        let c = &self.calendar;
        let keys = keys.with::<PeriodId>(c.periods().map(|t| c.label(t)));
        keys.with::<YearId>(c.years().map(|y| c.year_number(y).to_string()))
    }
}
