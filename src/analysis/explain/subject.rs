//! What is asked about: a number, the columns that add up to it, and the places it rests on.

use super::Figure;
use crate::analysis::Trouble;
use crate::document::Vary;
use crate::dotted;
use crate::ids::{PeriodId, RequirementId, YearId};
use crate::model::Model;
use crate::plain::plain;
use crate::problem::{Place, nearest};
use crate::program::{Column, Deed, Thing, in_file};
use crate::solution::Solution;
use crate::table::number::quantity;

/// A number of a plan.
pub(super) struct Subject {
    pub(super) words: String,
    pub(super) value: f64,
    pub(super) unit: String,
    /// The columns that add up to it, each with the factor that brings it to its unit.
    pub(super) columns: Vec<(usize, f64)>,
    /// The row whose price it is, if it is one.
    pub(super) row: Option<usize>,
    /// The requirement of which it is what is missing, if it is that.
    pub(super) requirement: Option<RequirementId>,
    /// Where what it rests on stands: everything below these places.
    pub(super) places: Vec<Place>,
}

/// What can be asked.
const HELP: &str = "write `requirement.KEY.YEAR`, `line.KEY.YEAR`, `supplier.KEY.YEAR`, `fund.KEY.YEAR` (without the year: over all years), `cost`, `holder.KEY.stock.ITEM.YEAR`, `gift.KEY.GIVER.ITEM.YEAR`, `line.KEY.expansion.KEY`, a key with a dot in quotes: `line.\"a.b\".YEAR`; or `price.` and a row, or `column.` and a column, as `--format lp` names them";

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

    /// A figure of a report: `line.KEY.YEAR` and the like; over all years where none is named.
    fn figure(m: &Model, s: &Solution, what: &str) -> Option<Self> {
        let keys = dotted::keys(what)?;
        let mut keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let named = keys.last().and_then(|year| year.parse::<i32>().ok());
        let named = named.filter(|&year| m.calendar.year(year).is_some());
        let mut years: Vec<YearId> = m.calendar.years().collect();
        if let Some(year) = named {
            keys.pop();
            years.retain(|&y| m.calendar.year_number(y) == year);
        }
        let last = *years.last()?;
        match *keys {
            ["requirement", key] => Self::shortfall(m, s, key, &years),
            ["line", key] => Self::output(m, s, key, &years),
            ["supplier", key] => Self::delivered(m, s, key, &years),
            ["fund", key] => Self::spending(m, s, key, &years),
            ["holder", key, "stock", item] => Self::in_store(m, s, (key, item), last),
            ["gift", key, giver, item] => Self::given(m, s, [key, giver, item], &years),
            ["cost"] if named.is_none() => Some(Self::cost(m, s)),
            ["line", line, "expansion", key] if named.is_none() => {
                Self::built(m, s, (line, key), &years)
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
            row: None,
            requirement: None,
            places: vec![Place::new(["macro"])],
        }
    }

    /// A column by its name in program files.
    fn column(m: &Model, s: &Solution, name: &str) -> Option<Self> {
        let program = s.program();
        let wanted = in_file(&dotted::keys(name)?.join("."));
        let mut all = program.columns().iter();
        let j = all.position(|c| in_file(&program.column_called(m, c.name)) == wanted)?;
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
        years: &[YearId],
    ) -> Option<Self> {
        let network = s.program().network();
        let mut all = network.gives.iter();
        let (g, give) = all.find(|(_, give)| {
            let from = &m.stocks[give.from];
            m.gifts[give.gift].key == key
                && m.holders[from.holder].key == giver
                && m.items[from.item].key == item
        })?;
        let mut new = Self::years(m, s, years, |column, t| {
            (column == Column::Give(g, t)).then_some(1.0)
        });
        let from = &m.stocks[give.from];
        new.words = format!("what `{}` gives", m.holders[from.holder].name);
        new.unit.clone_from(&m.items[from.item].unit);
        new.places = Thing::Stock(give.from).places(m, network, "");
        new.places.push(Place::new(["gift", key]));
        Some(new)
    }

    /// How often an expansion is taken.
    fn built(m: &Model, s: &Solution, (line, key): (&str, &str), years: &[YearId]) -> Option<Self> {
        let mut all = m.expansions.iter();
        let (e, option) = all.find(|(_, e)| e.key == key && m.lines[e.line].key == line)?;
        let mut new = Self::years(m, s, years, |column, t| {
            (column == Column::Build(e, t)).then_some(1.0)
        });
        new.words = format!("how often expansion `{}` is taken", option.name);
        new.unit = "times".into();
        new.places = Thing::Expansion(e).places(m, s.program().network(), "");
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
            row: Some(n),
            requirement: None,
            places,
        })
    }

    fn shortfall(m: &Model, s: &Solution, key: &str, years: &[YearId]) -> Option<Self> {
        let (r, requirement) = m.requirements.iter().find(|(_, r)| r.key == key)?;
        let short = years.iter().map(|&y| s.requirements[r].years[y].short);
        let mut new = Self::years(m, s, years, |column, t| {
            (column == Column::Short(r, t)).then_some(1.0)
        });
        new.requirement = Some(r);
        new.words = format!("what is missing of `{}`", requirement.name);
        new.value = short.sum();
        new.unit
            .clone_from(&m.items[requirement.meets[0].item].unit);
        new.places = vec![Place::new(["requirement", key])];
        let meets = requirement.meets.iter();
        let items = meets.map(|accepted| m.items[accepted.item].key.as_str());
        new.places
            .extend(items.map(|item| Place::new(["item", item])));
        Some(new)
    }

    fn output(m: &Model, s: &Solution, key: &str, years: &[YearId]) -> Option<Self> {
        let (l, line) = m.lines.iter().find(|(_, line)| line.key == key)?;
        let network = s.program().network();
        let mut new = Self::years(m, s, years, |column, t| {
            let Deed::Make(make, at) = column.deed(network)? else {
                return None;
            };
            let pace = line.products.get(make.product)?.pace.value();
            (at == t && make.line == l).then(|| 1.0 / pace)
        });
        new.words = format!(
            "what line `{}` makes, in units of its first product",
            line.name
        );
        new.unit.clone_from(&m.items[line.products[0].item].unit);
        new.places = vec![Place::new(["line", key])];
        Some(new)
    }

    fn delivered(m: &Model, s: &Solution, key: &str, years: &[YearId]) -> Option<Self> {
        let (q, supplier) = m.suppliers.iter().find(|(_, q)| q.key == key)?;
        let network = s.program().network();
        let mut new = Self::years(m, s, years, |column, t| {
            let Deed::Order(order, at) = column.deed(network)? else {
                return None;
            };
            (at == t && order.supplier == q).then_some(1.0)
        });
        new.words = format!("what supplier `{}` delivers", supplier.name);
        new.unit.clone_from(&m.items[supplier.item].unit);
        new.places = vec![Place::new(["supplier", key])];
        Some(new)
    }

    /// A fund's spending: what its purse pays, of which it has its part.
    pub(super) fn spending(m: &Model, s: &Solution, key: &str, years: &[YearId]) -> Option<Self> {
        let (f, fund) = m.funds.iter().find(|(_, fund)| fund.key == key)?;
        let accounts = &s.program().network().accounts;
        let purse = accounts.purse_of(f);
        let (mut columns, mut spent) = (Vec::new(), 0.0);
        for &y in years {
            let own = Self::columns(s, |column| {
                let Column::Pay(p, at) = column else {
                    return None;
                };
                let of_purse = at == y && accounts.pays()[p].purse == Some(purse);
                of_purse.then_some(1.0)
            });
            let paid: f64 = own.iter().map(|&(j, _)| natural(s, j)).sum();
            let part = s.fund(f, y).map_or(0.0, |year| year.spent);
            let factor = if paid > 0.0 { part / paid } else { 0.0 };
            columns.extend(own.into_iter().map(|(j, _)| (j, factor)));
            spent += part;
        }
        Some(Self {
            words: format!("what fund `{}` spends", fund.name),
            value: spent,
            unit: m.money.base().into(),
            columns,
            row: None,
            requirement: None,
            places: vec![Place::new(["fund", key])],
        })
    }

    /// The columns of the periods of years that are part of a number; the number is their sum.
    fn years(
        m: &Model,
        s: &Solution,
        years: &[YearId],
        factor: impl Fn(Column, PeriodId) -> Option<f64>,
    ) -> Self {
        let periods = years.iter().flat_map(|&y| m.calendar.periods_of(y));
        let periods: Vec<PeriodId> = periods.collect();
        Self::sum(s, |column| periods.iter().find_map(|&t| factor(column, t)))
    }

    /// A number that is the sum of columns.
    fn sum(s: &Solution, factor: impl Fn(Column) -> Option<f64>) -> Self {
        Self::of_columns(s, Self::columns(s, factor))
    }

    /// A number that is the sum of columns, each with its factor.
    pub(super) fn of_columns(s: &Solution, columns: Vec<(usize, f64)>) -> Self {
        let value = columns.iter().map(|&(j, factor)| factor * natural(s, j));
        Self {
            words: String::new(),
            value: value.sum(),
            unit: String::new(),
            columns,
            row: None,
            requirement: None,
            places: Vec::new(),
        }
    }

    fn columns(s: &Solution, factor: impl Fn(Column) -> Option<f64>) -> Vec<(usize, f64)> {
        let all = s.program().columns().iter().enumerate();
        all.filter_map(|(j, column)| Some((j, factor(column.name)?)))
            .collect()
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

/// A column's value in natural units.
fn natural(s: &Solution, j: usize) -> f64 {
    s.value(s.program().columns()[j].name)
}
