//! Short names of what the network puts together: markets, purses, earmarks, stocks.

use super::network::Network;
use crate::ids::{EarmarkId, Id, MakeId, MarketId, PayId, PurseId, StockId};
use crate::model::Model;
use std::fmt::Write;

/// Writing to a string.
const SAFE: &str = "writing to a string cannot fail";

/// The holder of a stock, and its item.
pub(super) fn stock_name(m: &Model, s: StockId) -> String {
    let stock = &m.stocks[s];
    format!(
        "{}.{}",
        m.holders[stock.holder].key, m.items[stock.item].key
    )
}

/// The first fund of a purse.
pub(super) fn purse_name(m: &Model, n: &Network, g: PurseId) -> String {
    let funds = &n.accounts.purses()[g];
    format!("{}{}", m.funds[funds[0]].key, and_more(funds.len()))
}

/// An item, its place, and whom the market serves if it is not the industry.
pub(super) fn market_name(m: &Model, n: &Network, k: MarketId) -> String {
    let market = &n.markets[k];
    let mut name = m.items[market.item].key.clone();
    if let Some(place) = market.place {
        write!(name, ".{}", m.regions[place].key).expect(SAFE);
    }
    if market.industry {
        name.push_str(".industry");
    } else if let Some(&first) = market.stocks.first() {
        let (holder, rest) = (m.stocks[first].holder, and_more(market.stocks.len()));
        write!(name, ".{}{rest}", m.holders[holder].key).expect(SAFE);
    }
    name
}

/// A component, the route along which it moves if that is what is paid for, and the first holder; an expansion if there
/// is none.
pub(super) fn earmark_name(m: &Model, n: &Network, e: EarmarkId) -> String {
    let earmark = &n.earmarks[e];
    let mut name = m.items[earmark.item].key.clone();
    if let Some(route) = earmark.route {
        write!(name, ".{}", m.routes[route].key).expect(SAFE);
    }
    let rest = and_more(earmark.holders.len() + earmark.expansions.len());
    if let Some(&holder) = earmark.holders.first() {
        write!(name, ".{}{rest}", m.holders[holder].key).expect(SAFE);
    } else if let Some(&e) = earmark.expansions.first() {
        let expansion = &m.expansions[e];
        let line = &m.lines[expansion.line].key;
        write!(name, ".{line}.{}{rest}", expansion.key).expect(SAFE);
    }
    name
}

/// What stands for all but the first of several.
fn and_more(count: usize) -> &'static str {
    if count > 1 { "_etc" } else { "" }
}

/// A line, its price step if there are several, and the market.
pub(super) fn make_name(m: &Model, n: &Network, k: MakeId) -> String {
    let make = &n.makes[k];
    let line = &m.lines[make.line];
    let steps = line.products[make.product].tiers.len() > 1;
    let step = steps.then(|| format!(".{}", make.tier + 1));
    let market = market_name(m, n, make.market);
    format!("{}{}.{market}", line.key, step.unwrap_or_default())
}

/// A purse, or any money, and the account that it pays.
pub(super) fn pay_name(m: &Model, n: &Network, p: PayId) -> String {
    let pay = n.accounts.pays()[p];
    let purse = pay
        .purse
        .map_or_else(|| "any".to_owned(), |g| purse_name(m, n, g));
    format!("{purse}.a{}", pay.account.position())
}
