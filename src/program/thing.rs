//! Things that rows and columns are about: in words, by key, in which unit, and where the file says it.

use super::naming::{earmark_name, market_name, purse_name, stock_name};
use super::network::{Network, Source};
use crate::ids::{
    AccountId, BurdenId, CapId, EarmarkId, ExpansionId, FundId, HubId, Id, ItemId, LineId,
    MarketId, PurseId, RegionId, RequirementId, ResourceId, RuleId, StockId, SupplierId, TierId,
};
use crate::model::{CapRule, Item, Model, Window};
use crate::names::Words;
use crate::problem::Place;
use crate::units::Months;

/// What a row or a column is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Thing {
    /// A line.
    Line(LineId),
    /// An option to expand a line.
    Expansion(ExpansionId),
    /// An item where some consumers are served.
    Market(MarketId),
    /// A holder's stock.
    Stock(StockId),
    /// A requirement.
    Requirement(RequirementId),
    /// A hub.
    Hub(HubId),
    /// A resource that lines share.
    Resource(ResourceId),
    /// A supplier.
    Supplier(SupplierId),
    /// A price step of a supplier, or of a product of a line.
    Step(Source, u32),
    /// Expenses that the same funds may pay.
    Account(AccountId),
    /// A fund.
    Fund(FundId),
    /// Funds that are alike.
    Purse(PurseId),
    /// What funds for some holders may buy of a component.
    Earmark(EarmarkId),
    /// A cap.
    Cap(CapId),
    /// What a country may bear.
    Burden(BurdenId, RegionId),
    /// A rule of one's own.
    Rule(RuleId),
    /// Requirements that are equally urgent.
    Tier(TierId),
    /// The plan as a whole.
    Plan,
}

impl Thing {
    /// It in words: "line `nora`".
    pub(crate) fn words(self, m: &Model, n: &Network) -> Words {
        match self {
            Self::Line(l) => thing("line ", &m.lines[l].key, &m.lines[l].name),
            Self::Expansion(e) => {
                let option = &m.expansions[e];
                let line = &m.lines[option.line];
                let words = thing("expansion ", &option.key, &option.name);
                words.text(" of line ").thing(&line.key, &line.name)
            }
            Self::Market(k) => {
                let item = &m.items[n.markets[k].item];
                let words = thing("", &item.key, &item.name);
                match n.markets[k].place.map(|place| &m.regions[place]) {
                    Some(place) => words.text(" at ").thing(&place.key, &place.name),
                    None => words,
                }
            }
            Self::Stock(s) => {
                let (item, holder) = (&m.items[m.stocks[s].item], &m.holders[m.stocks[s].holder]);
                let words = thing("", &item.key, &item.name).text(" of holder ");
                words.thing(&holder.key, &holder.name)
            }
            Self::Requirement(r) => thing(
                "requirement ",
                &m.requirements[r].key,
                &m.requirements[r].name,
            ),
            Self::Hub(h) => thing("hub ", &m.hubs[h].key, &m.hubs[h].name),
            Self::Resource(x) => thing("resource ", &m.resources[x].key, &m.resources[x].name),
            Self::Supplier(q) => thing("supplier ", &m.suppliers[q].key, &m.suppliers[q].name),
            Self::Step(source, step) => {
                let words = Words::new(format!("price step {} of ", step + 1));
                let words = words.and(seller(source).words(m, n));
                match product(m, source) {
                    Some(item) => words.text(" for ").thing(&item.key, &item.name),
                    None => words,
                }
            }
            Self::Account(a) => account(m, n, a),
            Self::Fund(f) => thing("fund ", &m.funds[f].key, &m.funds[f].name),
            Self::Purse(g) => match *n.accounts.purses()[g] {
                [] => Words::new("no fund"),
                [only] => Self::Fund(only).words(m, n),
                [first, ref rest @ ..] => {
                    let words = Self::Fund(first).words(m, n);
                    words.text(format!(" and {} like it", rest.len()))
                }
            },
            Self::Earmark(e) => earmark(m, n, e),
            Self::Cap(cap) => thing("cap ", &m.caps[cap].key, &m.caps[cap].name),
            Self::Burden(b, d) => {
                let (burden, country) = (&m.burdens[b], &m.regions[d]);
                let words = thing("burden ", &burden.key, &burden.name).text(" on ");
                words.thing(&country.key, &country.name)
            }
            Self::Rule(r) => thing("rule ", &m.rules[r].key, &m.rules[r].name),
            Self::Tier(k) => Words::new(format!("tier {}", n.tiers[k])),
            Self::Plan => Words::new("the plan"),
        }
    }

    /// Its name in program files, of keys of the file; empty for the plan.
    pub(super) fn key(self, m: &Model, n: &Network) -> String {
        match self {
            Self::Line(l) => m.lines[l].key.clone(),
            Self::Expansion(e) => {
                let option = &m.expansions[e];
                format!("{}.{}", m.lines[option.line].key, option.key)
            }
            Self::Market(k) => market_name(m, n, k),
            Self::Stock(s) => stock_name(m, s),
            Self::Requirement(r) => m.requirements[r].key.clone(),
            Self::Hub(h) => m.hubs[h].key.clone(),
            Self::Resource(x) => m.resources[x].key.clone(),
            Self::Supplier(q) => m.suppliers[q].key.clone(),
            Self::Step(source, step) => {
                let product = product(m, source).map(|item| format!(".{}", item.key));
                let product = product.unwrap_or_default();
                format!("{}{product}.{}", seller(source).key(m, n), step + 1)
            }
            Self::Account(a) => format!("a{}", a.position()),
            Self::Fund(f) => m.funds[f].key.clone(),
            Self::Purse(g) => purse_name(m, n, g),
            Self::Earmark(e) => earmark_name(m, n, e),
            Self::Cap(cap) => m.caps[cap].key.clone(),
            Self::Burden(b, d) => format!("{}.{}", m.burdens[b].key, m.regions[d].key),
            Self::Rule(r) => m.rules[r].key.clone(),
            Self::Tier(k) => n.tiers[k].to_string(),
            Self::Plan => String::new(),
        }
    }

    /// The item that it is counted in; `None`: it is counted in something else.
    pub(crate) fn item(self, m: &Model, n: &Network) -> Option<ItemId> {
        match self {
            Self::Line(l) => Some(m.lines[l].products[0].item),
            Self::Market(k) => Some(n.markets[k].item),
            Self::Stock(s) => Some(m.stocks[s].item),
            Self::Requirement(r) => Some(m.requirements[r].meets[0].item),
            Self::Supplier(q) => Some(m.suppliers[q].item),
            Self::Step(source, _) => Some(source.item(m)),
            Self::Earmark(e) => Some(n.earmarks[e].item),
            Self::Cap(cap) => match m.caps[cap].rule {
                CapRule::Content { .. } | CapRule::Spending { .. } => None,
                CapRule::SourceShare { item, .. } | CapRule::Quantity { item, .. } => Some(item),
            },
            Self::Expansion(_)
            | Self::Hub(_)
            | Self::Resource(_)
            | Self::Account(_)
            | Self::Fund(_)
            | Self::Purse(_)
            | Self::Burden(..)
            | Self::Rule(_)
            | Self::Tier(_)
            | Self::Plan => None,
        }
    }

    /// The unit that it is counted in.
    pub(crate) fn unit(self, m: &Model, n: &Network) -> String {
        match (self, self.item(m, n)) {
            (_, Some(item)) => m.items[item].unit.clone(),
            (Self::Expansion(_), None) => "option".into(),
            (Self::Hub(_), None) => "t".into(),
            (Self::Resource(x), None) => m.resources[x].unit.clone(),
            (Self::Rule(r), None) => m.rules[r].unit.clone(),
            (_, None) => m.money.base().to_owned(),
        }
    }

    /// Where the file says something about it: in a field, or all of it where the field is empty.
    pub(crate) fn places(self, m: &Model, n: &Network, field: &str) -> Vec<Place> {
        let at = |keys: &[&str]| {
            let fields = field.split('.').filter(|field| !field.is_empty());
            fields.fold(Place::new(keys.to_vec()), |place, field| place.then(field))
        };
        let one = |keys: &[&str]| vec![at(keys)];
        match self {
            Self::Line(l) => one(&["line", &m.lines[l].key]),
            Self::Expansion(e) => {
                let (line, key) = (&m.lines[m.expansions[e].line].key, &m.expansions[e].key);
                one(&["line", line, "expansion", key])
            }
            Self::Market(k) => one(&["item", &m.items[n.markets[k].item].key]),
            Self::Stock(s) => {
                let (holder, item) = (&m.holders[m.stocks[s].holder].key, m.stocks[s].item);
                one(&["holder", holder, "stock", &m.items[item].key])
            }
            Self::Requirement(r) => one(&["requirement", &m.requirements[r].key]),
            Self::Hub(h) => one(&["hub", &m.hubs[h].key]),
            Self::Resource(x) => one(&["resource", &m.resources[x].key]),
            Self::Supplier(q) => one(&["supplier", &m.suppliers[q].key]),
            Self::Step(source @ Source::Line(l, _), _) => match product(m, source) {
                Some(item) => one(&["line", &m.lines[l].key, "makes", &item.key]),
                None => one(&["line", &m.lines[l].key]),
            },
            Self::Step(Source::Supplier(q), _) => Self::Supplier(q).places(m, n, field),
            Self::Fund(f) => one(&["fund", &m.funds[f].key]),
            Self::Purse(g) => {
                let funds = n.accounts.purses()[g].iter();
                funds.map(|&f| at(&["fund", &m.funds[f].key])).collect()
            }
            Self::Cap(cap) => one(&["cap", &m.caps[cap].key]),
            Self::Burden(b, _) => one(&["burden", &m.burdens[b].key]),
            Self::Rule(r) => one(&["rule", &m.rules[r].key]),
            Self::Account(_) | Self::Earmark(_) | Self::Tier(_) | Self::Plan => Vec::new(),
        }
    }

    /// The line that it is, or belongs to.
    pub(crate) fn line(self, m: &Model) -> Option<LineId> {
        if let Self::Line(l) | Self::Step(Source::Line(l, _), _) = self {
            return Some(l);
        }
        if let Self::Expansion(e) = self {
            return Some(m.expansions[e].line);
        }
        None
    }

    /// The supplier that it is, or belongs to.
    pub(crate) fn supplier(self) -> Option<SupplierId> {
        let (Self::Supplier(q) | Self::Step(Source::Supplier(q), _)) = self else {
            return None;
        };
        Some(q)
    }

    /// Within what time what it limits may be used up.
    pub(super) fn window(self, m: &Model) -> Window {
        if let Self::Resource(x) = self {
            return m.resources[x].window;
        }
        if let Self::Step(source, step) = self {
            let step = usize::try_from(step).ok();
            let tier = step.and_then(|step| source.tiers(m).get(step));
            return tier.map_or(Window::Year, |tier| tier.window);
        }
        if let Self::Rule(r) = self {
            return m.rules[r].window;
        }
        Window::Period
    }

    /// The longest of its spans of time from order to delivery, and the field that says it.
    pub(crate) fn wait(self, m: &Model) -> Option<(&'static str, Months)> {
        if let Some(q) = self.supplier() {
            let (queue, lead) = (m.suppliers[q].queue, m.suppliers[q].lead_time);
            let queues = queue.value() > lead.value();
            return Some(if queues {
                ("queue", queue)
            } else {
                ("lead_time", lead)
            });
        }
        if let Self::Expansion(e) = self {
            return Some(("lead_time", m.expansions[e].lead_time));
        }
        self.line(m).map(|l| ("lead_time", m.lines[l].lead_time))
    }
}

/// Who sells.
fn seller(source: Source) -> Thing {
    match source {
        Source::Line(l, _) => Thing::Line(l),
        Source::Supplier(q) => Thing::Supplier(q),
    }
}

/// Which product of a line of several.
fn product(m: &Model, source: Source) -> Option<&Item> {
    let Source::Line(l, p) = source else {
        return None;
    };
    let products = &m.lines[l].products;
    (products.len() > 1).then(|| &m.items[products[p].item])
}

fn thing(text: &str, key: &str, name: &str) -> Words {
    Words::new(text).thing(key, name)
}

fn account(m: &Model, n: &Network, a: AccountId) -> Words {
    let purses = n.accounts[a].purses.iter();
    let funds = purses.flat_map(|&g| &n.accounts.purses()[g]);
    let mut funds = funds.map(|&f| &m.funds[f]);
    let Some(first) = funds.next() else {
        return Words::new("account of all");
    };
    let words = thing("account of ", &first.key, &first.name);
    funds.fold(words, |words, fund| {
        words.text(", ").thing(&fund.key, &fund.name)
    })
}

fn earmark(m: &Model, n: &Network, e: EarmarkId) -> Words {
    let earmark = &n.earmarks[e];
    let mut words = Words::new("what funds for ");
    for (number, &h) in earmark.holders.iter().enumerate() {
        let between = if number == 0 { "holder " } else { ", " };
        let holder = &m.holders[h];
        words = words.text(between).thing(&holder.key, &holder.name);
    }
    for (number, &e) in earmark.expansions.iter().enumerate() {
        let first = number == 0 && earmark.holders.is_empty();
        let between = if first { "expansion " } else { ", expansion " };
        let expansion = &m.expansions[e];
        words = words.text(between).thing(&expansion.key, &expansion.name);
    }
    let item = &m.items[earmark.item];
    let words = words.text(" may buy of ").thing(&item.key, &item.name);
    match earmark.route.map(|route| &m.routes[route].key) {
        Some(key) => words.text(" along route ").thing(key, key),
        None => words,
    }
}
