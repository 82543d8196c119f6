//! Bills of materials must end somewhere, and what is required must be obtainable.

use super::{Allowed, Check};
use crate::ids::{ItemId, Table};
use crate::model::{Draft, Need, Stock};
use crate::problem::{Kind, Place, Problem};

impl Check<'_> {
    pub(super) fn materials(&mut self) {
        for item in self.draft.items.values() {
            let place = Place::new(["item", &item.key]);
            for need in &item.needs {
                let input = &self.draft.items[need.item].key;
                let at = place.then("needs").then(input);
                self.number(&at, need.amount.value(), Allowed::Worthwhile);
            }
            self.amount(
                &place.then("shelf_life"),
                item.shelf_life,
                Allowed::Positive,
            );
            self.amount(&place.then("mass"), item.mass, Allowed::Positive);
            self.price(&place.then("storage_cost"), item.storage_cost.as_ref());
            self.price(&place.then("value"), item.value.as_ref());
            if let Some(stock) = &item.stock {
                let place = place.then("stock");
                self.number(
                    &place.then("opening"),
                    stock.opening.value(),
                    Allowed::NotNegative,
                );
                self.number(
                    &place.then("closing"),
                    stock.closing.value(),
                    Allowed::NotNegative,
                );
                if let Some(most) = &stock.most {
                    self.path(&place.then("most"), most, Allowed::NotNegative);
                }
            }
        }
    }

    /// No item may need itself, directly or further down.
    pub(super) fn cycles(&mut self) -> bool {
        let items = &self.draft.items;
        let mut state: Table<ItemId, u8> = items.ids().map(|_| 0).collect();
        let mut found = None;
        for start in items.ids() {
            if found.is_none() {
                found = circle(self.draft, start, &mut state);
            }
        }
        let Some(circle) = found else { return false };
        let keys: Vec<_> = circle.iter().map(|&i| items[i].key.as_str()).collect();
        let place = Place::new(["item", keys[0], "needs", keys[1 % keys.len()]]);
        let chain = format!("`{}` → `{}`", keys.join("` → `"), keys[0]);
        let message = format!(
            "the bill of materials of `{}` runs in a circle: {chain}",
            keys[0]
        );
        let problem = Problem::new(Kind::Circle, place, message).label("leads back to itself");
        self.push(problem.help("take one of these needs out"));
        true
    }

    /// Every requirement must have something that could meet it, every line what it uses.
    pub(super) fn obtainable(&mut self) {
        let obtainable = self.items_to_be_had();
        if self.doubt.names {
            return;
        }
        for requirement in self.draft.requirements.values() {
            let wanted = match &requirement.need {
                Need::Flow(path) => path.most().value() > 0.0,
                Need::Level(path) => path.most().value() > 0.0,
            };
            if wanted
                && !requirement
                    .meets
                    .iter()
                    .any(|accepted| obtainable[accepted.item])
            {
                let items = requirement.meets.iter().map(|a| &self.draft.items[a.item]);
                let names: Vec<_> = items.map(|item| item.key.as_str()).collect();
                let names = names.join("`, `");
                let place = Place::new(["requirement", &requirement.key]);
                let message = format!("nothing can meet requirement `{}`", requirement.key);
                let problem = Problem::new(Kind::NothingMeets, place, message)
                    .label(format!("asks for `{names}`"))
                    .help("add a line, a supplier or an opening stock that provides it, with all that it needs");
                self.push(problem);
            }
        }
        self.origins();
        for line in self.draft.lines.values() {
            for product in &line.products {
                for need in &self.draft.items[product.item].needs {
                    if !obtainable[need.item] {
                        let input = &self.draft.items[need.item].key;
                        let place = Place::new(["line", &line.key, "makes"]);
                        let message = format!("line `{}` can never get `{input}`", line.key);
                        let problem = Problem::new(Kind::NoInput, place, message)
                            .label(format!("needs `{input}`"))
                            .help(format!("add a line, a supplier or a stock of `{input}`"));
                        self.push(problem);
                    }
                }
            }
        }
    }

    /// Where a stock's new units may come from, something must make or sell them.
    fn origins(&mut self) {
        if self.any_doubtful("line") || self.any_doubtful("supplier") {
            return;
        }
        let d = self.draft;
        for stock in d.stocks.values().filter(|s| !s.origins.is_empty()) {
            let makers = d.lines.values();
            let makers = makers.filter(|l| l.products.iter().any(|p| p.item == stock.item));
            let sellers = d.suppliers.values().filter(|q| q.item == stock.item);
            let homes: Vec<_> = makers
                .map(|line| line.country)
                .chain(sellers.map(|supplier| supplier.country))
                .collect();
            if homes.iter().any(|&home| d.is_from(home, &stock.origins)) {
                continue;
            }
            let (holder, item) = (&d.holders[stock.holder].key, &d.items[stock.item].key);
            let mut known: Vec<_> = homes
                .iter()
                .flatten()
                .map(|&home| d.regions[home].key.as_str())
                .collect();
            known.sort_unstable();
            known.dedup();
            let place = Place::new(["holder", holder, "stock", item, "origins"]);
            let message = format!("nothing there makes or sells `{item}` for holder `{holder}`");
            let problem = Problem::new(Kind::NoOrigin, place, message).label("no line or supplier");
            self.push(problem.help(if known.is_empty() {
                format!("give a line or a supplier of `{item}` a `country`, or leave `origins` out")
            } else {
                format!("`{item}` comes from `{}`", known.join("`, `"))
            }));
        }
    }

    /// Whether a holder has any of an item at the start, or may have in a draw.
    pub(super) fn is_held(&self, stock: &Stock) -> bool {
        let (holder, item) = (
            &self.draft.holders[stock.holder],
            &self.draft.items[stock.item],
        );
        let place = Place::new(["holder", &holder.key, "stock", &item.key]);
        let parts = ["opening", "ages"].map(|key| place.then(key));
        let total = stock.total().value();
        parts.iter().any(|part| self.can_be_some(part, total))
    }

    /// Which items there can ever be any of. What could not be read is given the benefit of the doubt.
    fn items_to_be_had(&self) -> Table<ItemId, bool> {
        let d = self.draft;
        let mut found: Table<ItemId, bool> = d.items.map(|item| {
            let kept = item.stock.as_ref().is_some_and(|stock| {
                let place = Place::new(["item", &item.key, "stock", "opening"]);
                self.can_be_some(&place, stock.opening.value())
            });
            kept || self.is_doubtful("item", &item.key)
        });
        for supplier in d.suppliers.values() {
            let place = Place::new(["supplier", &supplier.key, "rate"]);
            let sells = self.can_be_some(&place, supplier.rate.most().value());
            found[supplier.item] |= sells || self.is_doubtful("supplier", &supplier.key);
        }
        for stock in d.stocks.values() {
            found[stock.item] |=
                self.is_held(stock) || self.is_doubtful("holder", &d.holders[stock.holder].key);
        }
        loop {
            let before = found.clone();
            for (l, line) in d.lines.iter() {
                let expands = || d.expansions.values().any(|e| e.line == l);
                let place = Place::new(["line", &line.key, "capacity"]);
                let open = self.can_be_some(&place, line.capacity.most().value()) || expands();
                if !open && !self.is_doubtful("line", &line.key) {
                    continue;
                }
                for product in &line.products {
                    let needs = &d.items[product.item].needs;
                    found[product.item] |= needs.iter().all(|need| before[need.item]);
                }
            }
            if found == before {
                return found;
            }
        }
    }
}

/// The items of a circle of needs that `start` leads to, if there is one. A bill of materials may be longer than a
/// stack is deep.
fn circle(draft: &Draft, start: ItemId, state: &mut Table<ItemId, u8>) -> Option<Vec<ItemId>> {
    const OPEN: u8 = 1;
    const DONE: u8 = 2;
    if state[start] == DONE {
        return None;
    }
    state[start] = OPEN;
    // The items that lead here, each with how many of its needs have been followed.
    let mut trail = vec![(start, 0)];
    while let Some((item, followed)) = trail.last_mut() {
        let Some(need) = draft.items[*item].needs.get(*followed) else {
            state[*item] = DONE;
            trail.pop();
            continue;
        };
        *followed += 1;
        match state[need.item] {
            DONE => {}
            OPEN => {
                let items = trail.iter().map(|&(item, _)| item);
                return Some(items.skip_while(|&item| item != need.item).collect());
            }
            _ => {
                state[need.item] = OPEN;
                trail.push((need.item, 0));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{Calendar, PeriodLength};
    use crate::model::Item;

    use crate::ids::Id;

    #[test]
    fn a_circle_is_found_behind_a_branch_that_ends() {
        let month = "2026-01".parse().unwrap();
        let mut draft = Draft::new(Calendar::new(month, month, PeriodLength::Month).unwrap());
        let steel = draft.items.push(Item::new("steel", "t"));
        let body = ItemId::at(2);
        draft.items.push(
            Item::new("round", "round")
                .needs(steel, 1.0)
                .needs(body, 1.0),
        );
        draft
            .items
            .push(Item::new("body", "body").needs(ItemId::at(1), 1.0));
        let problems = draft.check().unwrap_err();
        let circle = problems
            .list()
            .iter()
            .find(|problem| problem.kind == Kind::Circle);
        assert_eq!(
            circle.unwrap().message,
            "the bill of materials of `round` runs in a circle: `round` → `body` → `round`"
        );
    }
}
