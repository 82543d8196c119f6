//! Remedies: the smallest change that helps against a cause, and what comes of it in a new plan.

use super::cause::Cause;
use crate::analysis::equation::{Matrix, Prices};
use crate::document::{Change, How};
use crate::dotted::joined;
use crate::ids::{PurseId, RequirementId, SupplierId, Table, YearId};
use crate::model::Model;
use crate::program::{Column, Program};
use crate::units::Months;

/// A change that helps against a cause.
#[derive(Clone, Debug, PartialEq)]
pub struct Lever {
    /// The cause.
    pub cause: Cause,
    /// The change in words: "10 % more capacity of line `nora`".
    pub words: String,
    /// What it does to the figures of the document.
    pub changes: Vec<Change>,
    /// Whether it moves a limit and nothing else, so that prices promise what it is worth.
    pub limit: bool,
}

/// What a lever does in a new plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Remedy {
    /// The lever.
    pub lever: Lever,
    /// What the prices of the plan promise, in the base currency: shortfall avoided at what it counts,
    /// and cost saved. `None`: the lever is no change of a limit.
    pub promised: Option<f64>,
    /// What the new plan is better by, in the same measure.
    pub gained: f64,
    /// What each requirement is less short of in the new plan, by year, in its unit.
    pub met: Table<RequirementId, Table<YearId, f64>>,
}

/// What a lever adds to a fund, spread over its years as its money is.
const BILLION: f64 = 1e9;
/// How much sooner a lead time ends.
const SOONER: Months = Months::new(6.0);

/// The levers against a cause: those for which the document has a figure.
#[expect(clippy::too_many_lines, reason = "one arm a cause")]
pub(crate) fn levers(m: &Model, program: &Program, cause: Cause) -> Vec<Lever> {
    let mut levers = Vec::new();
    let mut push = |words: String, patterns: Vec<String>, factor: f64, limit: bool| {
        let change = |text: &String| Some(Change::new(text.parse().ok()?, How::Scale(factor)));
        let changes: Vec<Change> = patterns.iter().filter_map(change).collect();
        let there = |change: &Change| {
            let mut figures = m.evidence.figures.iter();
            figures.any(|figure| change.figures.matches(&figure.place))
        };
        if !changes.is_empty() && changes.iter().all(there) {
            levers.push(Lever {
                cause,
                words,
                changes,
                limit,
            });
        }
    };
    let stock = |s| {
        let stock: &crate::model::Stock = &m.stocks[s];
        let (holder, item) = (&m.holders[stock.holder].key, &m.items[stock.item].key);
        (
            joined(["holder", holder, "stock", item]),
            format!("`{item}` of holder `{holder}`"),
        )
    };
    let more = |what: &str| format!("10 % more {what}");
    match cause {
        Cause::Capacity(l) => {
            let line = &m.lines[l];
            let key = &line.key;
            let words = more(&format!("capacity of line `{key}`"));
            if line.capacity.most().value() > 0.0 {
                push(words, vec![joined(["line", key, "capacity"])], 1.1, true);
            } else {
                push(
                    words,
                    vec![joined(["line", key, "expansion", "*", "adds"])],
                    1.1,
                    false,
                );
            }
        }
        Cause::Opening(e) => {
            let expansion = &m.expansions[e];
            let (line, key) = (&m.lines[expansion.line].key, &expansion.key);
            let figure = joined(["line", line, "expansion", key, "lead_time"]);
            let words = format!("expansion `{key}` of line `{line}` open six months sooner");
            push(words, vec![figure], sooner(expansion.lead_time), false);
            let words = more(&format!("capacity of line `{line}`"));
            push(words, vec![joined(["line", line, "capacity"])], 1.1, true);
        }
        Cause::LineLead(l) => {
            let line = &m.lines[l];
            let figure = joined(["line", &line.key, "lead_time"]);
            let words = format!("a lead time of line `{}` six months shorter", line.key);
            push(words, vec![figure], sooner(line.lead_time), false);
        }
        Cause::Ramp(l) => {
            let key = &m.lines[l].key;
            let words = format!("a ramp of line `{key}` 10 % steeper");
            push(words, vec![joined(["line", key, "ramp"])], 1.1, true);
        }
        Cause::Minimum(l) => {
            let key = &m.lines[l].key;
            let words = format!("a minimum rate of line `{key}` 10 % lower");
            push(words, vec![joined(["line", key, "minimum"])], 0.9, true);
        }
        Cause::Rate(q) => {
            let key = &m.suppliers[q].key;
            let words = more(&format!("from supplier `{key}`"));
            push(words, vec![joined(["supplier", key, "rate"])], 1.1, true);
        }
        Cause::SupplierLead(q) => {
            let (figure, factor) = wait(m, q);
            let words = format!(
                "deliveries of supplier `{}` six months sooner",
                m.suppliers[q].key
            );
            push(words, vec![figure], factor, false);
        }
        Cause::NoSource(i) => {
            for (q, supplier) in m.suppliers.iter().filter(|(_, q)| q.item == i) {
                let (figure, factor) = wait(m, q);
                let words = format!(
                    "deliveries of supplier `{}` six months sooner",
                    supplier.key
                );
                push(words, vec![figure], factor, false);
            }
        }
        Cause::Money(g) => {
            let keys = program.network().accounts.purses()[g].iter();
            let keys: Vec<&str> = keys.map(|&f| m.funds[f].key.as_str()).collect();
            let names = program.of_purse(m, "", g);
            let figures = || {
                keys.iter()
                    .map(|key| joined(["fund", key, "amount"]))
                    .collect()
            };
            push(more(&format!("money in {names}")), figures(), 1.1, true);
            let all = money(m, program, g);
            if all > 0.0 {
                let words = format!("1 bn {} more in {names}", m.money.base());
                push(words, figures(), 1.0 + BILLION / all, true);
            }
        }
        Cause::Floor(s) => {
            let (place, name) = stock(s);
            let words = |what| format!("a {what} of {name} 10 % lower");
            push(words("floor"), vec![format!("{place}.floor")], 0.9, true);
            push(
                words("closing stock"),
                vec![format!("{place}.closing")],
                0.9,
                true,
            );
        }
        Cause::UsedUp(s) => {
            let (place, name) = stock(s);
            let words = more(&format!("{name} in store at the start"));
            push(words, vec![format!("{place}.opening")], 1.1, true);
        }
        Cause::Draw(s) => {
            let (place, name) = stock(s);
            let words = format!("a draw limit of {name} 10 % higher");
            push(words, vec![format!("{place}.draw")], 1.1, true);
        }
        Cause::Pool(i) => {
            let key = &m.items[i].key;
            let words = more(&format!("room for makers' stock of `{key}`"));
            push(
                words,
                vec![joined(["item", key, "stock", "most"])],
                1.1,
                true,
            );
        }
        Cause::Hub(h) => {
            let key = &m.hubs[h].key;
            let words = more(&format!("throughput of hub `{key}`"));
            push(words, vec![joined(["hub", key, "throughput"])], 1.1, true);
        }
        Cause::Resource(x) => {
            let key = &m.resources[x].key;
            let words = more(&format!("of resource `{key}`"));
            push(words, vec![joined(["resource", key, "limit"])], 1.1, true);
        }
        Cause::Cap(cap) => {
            let key = &m.caps[cap].key;
            let words = format!("cap `{key}` 10 % higher");
            push(
                words.clone(),
                vec![joined(["cap", key, "share"])],
                1.1,
                false,
            );
            push(words, vec![joined(["cap", key, "quantity"])], 1.1, true);
        }
        Cause::Content(g) => {
            for &f in &program.network().accounts.purses()[g] {
                let key = &m.funds[f].key;
                let words = format!("a content rule of fund `{key}` 10 % lower");
                push(
                    words,
                    vec![joined(["fund", key, "content", "share"])],
                    0.9,
                    false,
                );
            }
        }
        _ => {}
    }
    levers
}

/// What the funds of a purse hold in all years, in the base currency.
fn money(m: &Model, program: &Program, g: PurseId) -> f64 {
    let years = m.calendar.years();
    let funds = &program.network().accounts.purses()[g];
    let columns = years.flat_map(|y| funds.iter().map(move |&f| Column::Money(f, y)));
    let held = columns.filter_map(|column| program.plan().get(column));
    let held = held.map(|&j| program.columns()[j as usize].lower);
    held.sum::<f64>() * program.money_size()
}

/// The factor by which a span of time becomes six months shorter.
fn sooner(span: Months) -> f64 {
    if span.value() > 0.0 {
        ((span.value() - SOONER.value()) / span.value()).max(0.0)
    } else {
        1.0
    }
}

/// The longer of a supplier's queue and lead time, and the factor that makes it six months shorter.
fn wait(m: &Model, q: SupplierId) -> (String, f64) {
    let supplier = &m.suppliers[q];
    if supplier.queue.value() > supplier.lead_time.value() {
        (
            joined(["supplier", &supplier.key, "queue"]),
            sooner(supplier.queue),
        )
    } else {
        (
            joined(["supplier", &supplier.key, "lead_time"]),
            sooner(supplier.lead_time),
        )
    }
}

/// What prices promise for a program whose limits lie elsewhere: each limit's move at its price, in
/// internal units of money.
pub(super) fn promise(matrix: &Matrix<'_>, prices: &Prices, varied: &Program) -> f64 {
    let (own, other) = (matrix.program.rows(), varied.rows());
    let right = |n: usize| {
        let there = other.position(own.name(n));
        there.map_or(0.0, |there| other.right(there) - own.right(n))
    };
    let rows: f64 = (0..own.len()).map(|n| prices.duals[n] * right(n)).sum();
    let fixed = matrix.program.columns().iter().enumerate();
    let fixed = fixed.filter(|(_, column)| column.lower == column.upper);
    let moved = |(j, column): (usize, &crate::program::ColumnData)| {
        let there = varied.plan().get(column.name);
        let there = there.map(|&there| varied.columns()[there as usize].lower);
        prices.reduced[j] * (there.unwrap_or(0.0) - column.lower)
    };
    -(rows + fixed.map(moved).sum::<f64>())
}
