//! What is asked about: the number that a name means.

use super::Figure;
use super::number::{Subject, natural};
use super::sums::{Sums, is_within};
use crate::analysis::Trouble;
use crate::document::Vary;
use crate::dotted;
use crate::ids::YearId;
use crate::model::Model;
use crate::plain::plain;
use crate::problem::{Place, nearest};
use crate::program::{Column, Deed, Thing, When};
use crate::solution::Solution;
use crate::table::number::quantity;

/// What can be asked.
const HELP: &str = "write `requirement.KEY.YEAR`, `line.KEY.YEAR`, `supplier.KEY.YEAR`, `fund.KEY.YEAR` (without the year: from when decisions are free), `cost`, `holder.KEY.stock.ITEM.YEAR`, `gift.KEY.GIVER.ITEM.YEAR`, `line.KEY.expansion.KEY`, a key with a dot in quotes: `line.\"a.b\".YEAR`; or `price.` and a row, or `column.` and a column, as `--format lp` names them";

/// That there is no such number: with the name that was most likely meant, where one is near.
fn unknown(m: &Model, what: &str) -> Trouble {
    let meant = meant(m, what).map_or_else(String::new, |near| format!("did you mean `{near}`? "));
    let message = format!("no number is called `{}`", plain(what, ASKED));
    Trouble::request(message, format!("{meant}{HELP}"))
}

/// A name that is asked for is repeated no longer than this.
const ASKED: usize = 100;

/// The name of a number that is most like what was asked for: another kind, or another key.
fn meant(m: &Model, what: &str) -> Option<String> {
    let keys = dotted::keys(what)?;
    let (kind, rest) = keys.split_first()?;
    let (key, rest) = rest.split_first()?;
    let kind = nearest(
        kind,
        ["requirement", "line", "supplier", "fund", "holder", "gift"],
    )?;
    let known: Vec<&str> = match kind {
        "requirement" => m
            .requirements
            .values()
            .map(|own| own.key.as_str())
            .collect(),
        "line" => m.lines.values().map(|own| own.key.as_str()).collect(),
        "supplier" => m.suppliers.values().map(|own| own.key.as_str()).collect(),
        "fund" => m.funds.values().map(|own| own.key.as_str()).collect(),
        "holder" => m.holders.values().map(|own| own.key.as_str()).collect(),
        _ => m.gifts.values().map(|own| own.key.as_str()).collect(),
    };
    let near = nearest(key, known)?;
    let name = [kind, near].into_iter();
    let near = dotted::joined(name.chain(rest.iter().map(String::as_str)));
    // What is all right so far is not what is wrong.
    (near != dotted::joined(&keys)).then(|| plain(&near, ASKED))
}

impl Subject {
    /// The number that a name stands for.
    pub(super) fn of(m: &Model, s: &Solution, what: &str) -> Result<Self, Trouble> {
        let unknown = || unknown(m, what);
        // By the year, a figure of a report and the row that holds it have one name: the figure is meant,
        // unless `price.` stands before it.
        if let Some(found) = Self::figure(m, s, what) {
            return Ok(found);
        }
        if let Some(name) = what.strip_prefix("column.") {
            return Self::column(m, s, name).ok_or_else(unknown);
        }
        let name = what.strip_prefix("price.").unwrap_or(what);
        let row = s.program().row_called(m, name);
        row.and_then(|row| Self::price(m, s, row))
            .ok_or_else(unknown)
    }

    /// A figure of a report: `line.KEY.YEAR` and the like; from when decisions are free where no year is named.
    fn figure(m: &Model, s: &Solution, what: &str) -> Option<Self> {
        let keys = dotted::keys(what)?;
        let mut keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let number = keys.last().and_then(|year| year.parse::<i32>().ok());
        let year = number.and_then(|number| m.calendar.year(number));
        if year.is_some() {
            keys.pop();
        }
        let sums = || Sums::of(m, s, year);
        match *keys {
            ["requirement", key] => {
                let r = m.requirements.iter().find(|(_, own)| own.key == key)?.0;
                Some(sums().missing(r))
            }
            ["line", key] => {
                let l = m.lines.iter().find(|(_, own)| own.key == key)?.0;
                Some(sums().made(l))
            }
            ["supplier", key] => {
                let q = m.suppliers.iter().find(|(_, own)| own.key == key)?.0;
                Some(sums().delivered(q))
            }
            ["fund", key] => {
                let f = m.funds.iter().find(|(_, own)| own.key == key)?.0;
                Some(sums().spent(f))
            }
            ["holder", key, "stock", item] => {
                let y = year.or_else(|| m.calendar.years().last())?;
                Self::in_store(m, s, (key, item), y)
            }
            ["gift", key, giver, item] => Self::given(m, s, [key, giver, item], year),
            ["cost"] if year.is_none() => Some(Self::cost(m, s)),
            ["line", line, "expansion", key] if year.is_none() => {
                let own = |e: &crate::model::Expansion| e.key == key && m.lines[e.line].key == line;
                let e = m.expansions.iter().find(|(_, e)| own(e))?.0;
                Some(sums().built(e))
            }
            _ => None,
        }
    }

    /// What the whole plan costs, discounted.
    pub(super) fn cost(m: &Model, s: &Solution) -> Self {
        let program = s.program();
        let money = program.money_size();
        let part = |&(j, factor): &(u32, f64)| {
            let j = j as usize;
            (j, factor * money / program.columns()[j].unit)
        };
        Self {
            words: "what the plan costs, in base-year prices and discounted".into(),
            value: s.cost.discounted,
            unit: m.money.base().into(),
            columns: program.cost().iter().map(part).collect(),
            years: None,
            row: None,
            requirement: None,
            places: vec![Place::new(["macro"])],
        }
    }

    /// A column by its name in program files.
    fn column(m: &Model, s: &Solution, name: &str) -> Option<Self> {
        let program = s.program();
        let j = program.column_position(m, name)?;
        let column = program.columns()[j].name;
        let network = program.network();
        let thing = column.thing(network);
        let unit = match column.deed(network) {
            Some(Deed::Make(make, _)) => {
                let product = m.lines[make.line].products[make.product].item;
                m.items[product].unit.clone()
            }
            Some(Deed::Build(..)) => "times".into(),
            Some(Deed::Order(..) | Deed::Move(..) | Deed::Give(..)) | None => {
                thing.unit(m, network)
            }
        };
        Some(Self {
            words: format!("the column `{}`", program.column_called(m, column)),
            value: natural(s, j),
            unit,
            columns: vec![(j, 1.0)],
            years: None,
            row: None,
            requirement: None,
            places: thing.places(m, network, ""),
        })
    }

    /// What is in store at the end of a year.
    fn in_store(m: &Model, s: &Solution, (key, item): (&str, &str), y: YearId) -> Option<Self> {
        let mut all = m.stocks.iter();
        let (k, kept) = all.find(|(_, stock)| {
            m.holders[stock.holder].key == key && m.items[stock.item].key == item
        })?;
        let last = m.calendar.periods_of(y).next_back()?;
        let network = s.program().network();
        let level = Column::Stock(k, last);
        let mut new = Self::sum(s, |column| (column == level).then_some(1.0));
        let mut start = String::new();
        if new.columns.is_empty() {
            // A stock that only falls has no column of its own: it is what it was, less what has left it.
            new = Self::sum(s, |column| {
                let (Column::Give(_, t) | Column::Meet(_, t)) = column else {
                    return None;
                };
                let own = column.thing(network) == Thing::Stock(k);
                (own && t <= last).then_some(-1.0)
            });
            start = format!(", {} at the start", quantity(kept.total().value()));
        }
        new.value = s.value(level);
        new.words = format!(
            "what of `{}` `{}` has in store at the end of {}{start}",
            m.items[kept.item].name,
            m.holders[kept.holder].name,
            m.calendar.year_number(y)
        );
        new.unit.clone_from(&m.items[kept.item].unit);
        new.places = Thing::Stock(k).places(m, network, "");
        Some(new)
    }

    /// What one holder gives of an item.
    fn given(
        m: &Model,
        s: &Solution,
        [key, giver, item]: [&str; 3],
        year: Option<YearId>,
    ) -> Option<Self> {
        let network = s.program().network();
        let mut all = network.gives.iter();
        let (g, give) = all.find(|(_, give)| {
            let from = &m.stocks[give.from];
            m.gifts[give.gift].key == key
                && m.holders[from.holder].key == giver
                && m.items[from.item].key == item
        })?;
        let mut new = Self::sum(s, |column| {
            let When::Period(t) = column.when() else {
                return None;
            };
            let own = column == Column::Give(g, t) && is_within(m, t, year);
            own.then_some(1.0)
        });
        let from = &m.stocks[give.from];
        new.words = format!("what `{}` gives", m.holders[from.holder].name);
        new.unit.clone_from(&m.items[from.item].unit);
        new.places = Thing::Stock(give.from).places(m, network, "");
        new.places.push(Place::new(["gift", key]));
        Some(new)
    }

    /// What a row is worth.
    fn price(m: &Model, s: &Solution, n: usize) -> Option<Self> {
        let program = s.program();
        let row = program.rows().name(n);
        let mut places = row.places(m, program.network());
        if places.is_empty() {
            places = row.thing().places(m, program.network(), "");
        }
        Some(Self {
            words: format!("the price of {}", program.describe(m, row)),
            value: s.price(row)?,
            unit: format!("{} a unit", m.money.base()),
            columns: Vec::new(),
            years: None,
            row: Some(n),
            requirement: None,
            places,
        })
    }
}

/// The figures that stand below some places.
pub(super) fn figures(document: &dyn Vary, m: &Model, places: &[Place]) -> Vec<Figure> {
    let within = |place: &Place| {
        let mut places = places.iter();
        places.any(|around| place.keys().starts_with(around.keys()))
    };
    let figures = m
        .evidence
        .figures
        .iter()
        .filter(|figure| within(&figure.place));
    let figures = figures.map(|figure| Figure {
        place: figure.place.to_string(),
        position: document.position(&figure.place),
        value: figure.value,
        unit: figure.unit.clone(),
        basis: m.evidence.basis_in_words(&figure.basis),
    });
    figures.collect()
}
