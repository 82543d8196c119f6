//! What a row is about: in words, and in which unit. One table, whatever shows a limit.

use super::rows::When;
use super::{Program, Row};
use crate::ids::{
    AccountId, CapId, EarmarkId, ExpansionId, ItemId, LineId, MarketId, PurseId, StockId,
    SupplierId,
};
use crate::model::{CapRule, Model, Window};
use crate::names::Words;

impl Program {
    /// A row in words, for messages and reports: "the capacity of line `nora` in 2027Q1".
    pub fn describe(&self, m: &Model, row: Row) -> String {
        self.sentence(m, row).to_string()
    }

    /// A row in words with its time.
    pub(crate) fn sentence(&self, m: &Model, row: Row) -> Words {
        let words = self.subject(m, row);
        let (c, (_, when)) = (&m.calendar, row.parts());
        let label = match when {
            When::Period(t) => window(m, row).label(c, t),
            When::Year(y) => c.year_number(y).to_string(),
            When::End | When::Always => return words,
        };
        words.text(format!(" {} {label}", preposition(row)))
    }

    /// What a row is about, in words without the time: "the capacity of line `nora`".
    pub(crate) fn subject(&self, m: &Model, row: Row) -> Words {
        let line = |text: &str, l: LineId| thing(text, &m.lines[l].key, &m.lines[l].name);
        let supplier =
            |text: &str, q: SupplierId| thing(text, &m.suppliers[q].key, &m.suppliers[q].name);
        let stock = |text: &str, s: StockId| of_stock(m, text, s);
        match row {
            Row::Capacity(l, _) => line("the capacity of line ", l),
            Row::Booked(l, _) => line("what line ", l).text(" has on order"),
            Row::Added(l, _) => line("the added capacity of line ", l),
            Row::Ramp(l, _) => line("the ramp of line ", l),
            Row::Minimum(l, _) => line("the minimum rate of line ", l),
            Row::Options(e) => of_expansion(m, e),
            Row::Balance(k, _) => self.of_market(m, "the balance of ", k),
            Row::PoolMost(k, _) => self.of_market(m, "the room makers have for ", k),
            Row::PoolClosing(k) => self.of_market(m, "the makers' closing stock of ", k),
            Row::Spare(s, _) => stock("what can be spared of ", s),
            Row::Stock(s, _) => stock("the stock of ", s),
            Row::Floor(s, _) => stock("the floor of ", s),
            Row::Draw(s, _) => stock("the draw limit of ", s),
            Row::Fresh(s, _) => stock("what has reached ", s),
            Row::Life(s, _) => stock("the shelf life of ", s),
            Row::Expired(s, _) => stock("what expires of ", s),
            Row::Kept(s, _) => stock("what will expire of ", s),
            Row::Closing(s) => stock("the closing stock of ", s),
            Row::Requirement(r, _) => {
                let requirement = &m.requirements[r];
                thing("requirement ", &requirement.key, &requirement.name)
            }
            Row::Hub(h, _) => thing("the throughput of hub ", &m.hubs[h].key, &m.hubs[h].name),
            Row::Resource(x, _) => thing("resource ", &m.resources[x].key, &m.resources[x].name),
            Row::Rate(q, _) => supplier("the rate of supplier ", q),
            Row::OnOrder(q, _) => supplier("what supplier ", q).text(" has on order"),
            Row::Tier(q, n, _) => supplier(&format!("price step {} of supplier ", n + 1), q),
            Row::Least(q, _) | Row::Placed(q, _) => supplier("the minimum order of supplier ", q),
            Row::Expense(a, _) => self.of_account(m, "the expenses of account ", a),
            Row::Due(a, _) => self
                .of_account(m, "what account ", a)
                .text(" owes after the end"),
            Row::Purse(g, _) => self.of_purse(m, "", g),
            Row::Content(g, _) => self.of_purse(m, "the content rule of ", g),
            Row::Earmark(e, _) => self.earmark(m, e),
            Row::Cap(cap, _) => thing("cap ", &m.caps[cap].key, &m.caps[cap].name),
            Row::Shortfall(k) => {
                Words::new(format!("the shortfall of tier {}", self.network.tiers[k]))
            }
            Row::Share(r) | Row::Level(r) => {
                let requirement = &m.requirements[r];
                thing(
                    "the coverage of requirement ",
                    &requirement.key,
                    &requirement.name,
                )
            }
            Row::Within => Words::new("how much worse than the best a plan may be"),
        }
    }

    /// The unit of a row's right side.
    pub(crate) fn unit_of(&self, m: &Model, row: Row) -> String {
        let item = |i: ItemId| m.items[i].unit.clone();
        let money = || m.money.base().to_owned();
        match row {
            Row::Capacity(l, _)
            | Row::Booked(l, _)
            | Row::Added(l, _)
            | Row::Ramp(l, _)
            | Row::Minimum(l, _) => item(m.lines[l].products[0].item),
            Row::Options(_) => "option".into(),
            Row::Balance(k, _) | Row::PoolMost(k, _) | Row::PoolClosing(k) => {
                item(self.network.markets[k].item)
            }
            Row::Spare(s, _)
            | Row::Stock(s, _)
            | Row::Floor(s, _)
            | Row::Draw(s, _)
            | Row::Fresh(s, _)
            | Row::Life(s, _)
            | Row::Expired(s, _)
            | Row::Kept(s, _)
            | Row::Closing(s) => item(m.stocks[s].item),
            Row::Requirement(r, _) => item(m.requirements[r].meets[0].item),
            Row::Hub(..) => "t".into(),
            Row::Resource(x, _) => m.resources[x].unit.clone(),
            Row::Rate(q, _)
            | Row::OnOrder(q, _)
            | Row::Tier(q, ..)
            | Row::Least(q, _)
            | Row::Placed(q, _) => item(m.suppliers[q].item),
            Row::Earmark(e, _) => item(self.network.earmarks[e].item),
            Row::Cap(cap, _) => capped(m, cap).map_or_else(money, item),
            Row::Share(_) | Row::Level(_) => "share".into(),
            Row::Expense(..)
            | Row::Due(..)
            | Row::Purse(..)
            | Row::Content(..)
            | Row::Shortfall(_)
            | Row::Within => money(),
        }
    }

    fn of_market(&self, m: &Model, text: &str, k: MarketId) -> Words {
        let market = &self.network.markets[k];
        let item = &m.items[market.item];
        let words = thing(text, &item.key, &item.name);
        match market.place {
            Some(place) => words
                .text(" at ")
                .thing(&m.regions[place].key, &m.regions[place].name),
            None => words,
        }
    }

    fn of_account(&self, m: &Model, text: &str, a: AccountId) -> Words {
        let purses = &self.network.accounts[a].purses;
        let funds = purses
            .iter()
            .flat_map(|&g| &self.network.accounts.purses()[g]);
        let mut funds = funds.map(|&f| &m.funds[f]);
        let Some(first) = funds.next() else {
            return Words::new(text).text("of all");
        };
        let words = thing(&format!("{text}of "), &first.key, &first.name);
        funds.fold(words, |words, fund| {
            words.text(", ").thing(&fund.key, &fund.name)
        })
    }

    /// The funds of a purse, in words.
    pub(crate) fn of_purse(&self, m: &Model, text: &str, g: PurseId) -> Words {
        let Some((&first, rest)) = self.network.accounts.purses()[g].split_first() else {
            return Words::new(text).text("no fund");
        };
        let fund = &m.funds[first];
        let words = thing(&format!("{text}fund "), &fund.key, &fund.name);
        if rest.is_empty() {
            words
        } else {
            words.text(format!(" and {} like it", rest.len()))
        }
    }

    /// What funds for some holders may pay for of a component, in words.
    pub(crate) fn earmark(&self, m: &Model, e: EarmarkId) -> Words {
        let earmark = &self.network.earmarks[e];
        let mut words = Words::new("what funds for ");
        for (n, &h) in earmark.holders.iter().enumerate() {
            let between = if n == 0 { "holder " } else { ", " };
            words = words
                .text(between)
                .thing(&m.holders[h].key, &m.holders[h].name);
        }
        let item = &m.items[earmark.item];
        let words = words.text(" may buy of ").thing(&item.key, &item.name);
        match earmark.route {
            Some(route) => {
                let key = &m.routes[route].key;
                words.text(" along route ").thing(key, key)
            }
            None => words,
        }
    }
}

/// The item that a cap counts; `None`: it counts money.
fn capped(m: &Model, cap: CapId) -> Option<ItemId> {
    match m.caps[cap].rule {
        CapRule::Content { .. } | CapRule::Spending { .. } => None,
        CapRule::SourceShare { item, .. } | CapRule::Quantity { item, .. } => Some(item),
    }
}

/// The word between what a row is about and its time.
fn preposition(row: Row) -> &'static str {
    match row {
        Row::Booked(..) | Row::OnOrder(..) => "for",
        Row::Spare(..) | Row::Fresh(..) => "by",
        Row::Kept(..) => "after",
        Row::Capacity(..)
        | Row::Added(..)
        | Row::Options(..)
        | Row::Ramp(..)
        | Row::Minimum(..)
        | Row::Balance(..)
        | Row::PoolMost(..)
        | Row::PoolClosing(..)
        | Row::Stock(..)
        | Row::Floor(..)
        | Row::Draw(..)
        | Row::Life(..)
        | Row::Expired(..)
        | Row::Closing(..)
        | Row::Requirement(..)
        | Row::Hub(..)
        | Row::Resource(..)
        | Row::Rate(..)
        | Row::Tier(..)
        | Row::Least(..)
        | Row::Placed(..)
        | Row::Expense(..)
        | Row::Due(..)
        | Row::Purse(..)
        | Row::Content(..)
        | Row::Earmark(..)
        | Row::Cap(..)
        | Row::Shortfall(..)
        | Row::Share(..)
        | Row::Level(..)
        | Row::Within => "in",
    }
}

fn thing(text: &str, key: &str, name: &str) -> Words {
    Words::new(text).thing(key, name)
}

fn of_stock(m: &Model, text: &str, s: StockId) -> Words {
    let stock = &m.stocks[s];
    let (item, holder) = (&m.items[stock.item], &m.holders[stock.holder]);
    thing(text, &item.key, &item.name)
        .text(" of holder ")
        .thing(&holder.key, &holder.name)
}

fn of_expansion(m: &Model, e: ExpansionId) -> Words {
    let option = &m.expansions[e];
    let line = &m.lines[option.line];
    thing("how often expansion ", &option.key, &option.name)
        .text(" of line ")
        .thing(&line.key, &line.name)
        .text(" can be taken")
}

/// The window that a row of a period stands for.
pub(super) fn window(m: &Model, row: Row) -> Window {
    match row {
        Row::Resource(x, _) => m.resources[x].window,
        Row::Tier(q, n, _) => m.suppliers[q].tier_window(n),
        _ => Window::Period,
    }
}
