//! The tables that text and Markdown show: one subject each, a year to a column.

use super::number::{counted, met_and_short, millions, quantity, share, three};
use super::order::Order;
use crate::ids::{FundId, RequirementId};
use crate::model::{Model, Need};
use crate::solution::{Build, Met, Solution, TierCoverage};

/// A table to be shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct View {
    /// Its heading.
    pub(super) title: String,
    /// A line under the heading: what the numbers are.
    pub(super) note: String,
    /// The heading of each column. Columns after the first `words` hold numbers.
    pub(super) head: Vec<String>,
    /// How many columns hold words.
    pub(super) words: usize,
    /// The cells.
    pub(super) rows: Vec<Vec<String>>,
    /// A share for each row, where the table is about shares; else empty.
    pub(super) shares: Vec<f64>,
    /// For each row, whether there is nothing to say of it; may be shorter than the rows.
    pub(super) quiet: Vec<bool>,
    /// What is so of these rows, in words that go on from their number.
    pub(super) quiet_words: &'static str,
}

impl View {
    fn new(title: &str, note: impl Into<String>, words: &[&str]) -> Self {
        Self {
            title: title.to_owned(),
            note: note.into(),
            head: words.iter().map(|&word| word.to_owned()).collect(),
            words: words.len(),
            ..Self::default()
        }
    }

    /// The same, with what is so of rows of which there is nothing to say.
    fn quiet(mut self, words: &'static str) -> Self {
        self.quiet_words = words;
        self
    }

    /// Add a row; there may be nothing to say of it.
    fn push(&mut self, row: Vec<String>, quiet: bool) {
        self.rows.push(row);
        self.quiet.push(quiet);
    }

    fn years(mut self, m: &Model) -> Self {
        self.head.extend(
            m.calendar
                .years()
                .map(|y| m.calendar.year_number(y).to_string()),
        );
        self
    }

    fn column(mut self, head: &str) -> Self {
        self.head.push(head.to_owned());
        self
    }
}

/// What is decided, and what comes of it, where there is something.
pub(super) fn decisions(m: &Model, s: &Solution, order: &Order) -> Vec<View> {
    let views = vec![
        coverage(m, s, order),
        shortfalls(m, s, order),
        output(m, s, order),
        builds(m, s, order),
        supply(m, s, order),
        gifts(m, s, order),
        stocks(m, s, order),
        funds(m, s),
        loans(m, s),
    ];
    views
        .into_iter()
        .filter(|view| !view.rows.is_empty())
        .collect()
}

fn coverage(m: &Model, s: &Solution, order: &Order) -> View {
    let history = m.calendar.last_past().map_or(String::new(), |last| {
        let year = m.calendar.year_number(m.calendar.year_of(last));
        format!(
            " What lies before {} is history: its years (to {year}) are no part of `all`.",
            m.calendar.decide_from()
        )
    });
    let note = format!(
        "Share of what is required that is met; of a level, at the ends of its windows.{history}"
    );
    let mut view = View::new(
        "Coverage by requirement and year",
        note,
        &["requirement", "tier"],
    );
    view = view
        .years(m)
        .column("all")
        .quiet("met in full in every year");
    for &r in &order.requirements {
        let (requirement, coverage) = (&m.requirements[r], &s.requirements[r]);
        let mut row = vec![requirement.name.clone(), requirement.tier.to_string()];
        row.extend(coverage.years.values().map(|met| {
            if met.required > 0.0 {
                share(met.coverage())
            } else {
                "–".into()
            }
        }));
        row.push(share(coverage.coverage()));
        view.shares.push(coverage.coverage());
        view.push(row, always_in_full(s, r));
    }
    view
}

/// Whether a requirement is met in full in every year of the calendar.
fn always_in_full(s: &Solution, r: RequirementId) -> bool {
    let coverage = &s.requirements[r];
    coverage.is_in_full() && coverage.years.values().all(Met::is_in_full)
}

fn shortfalls(m: &Model, s: &Solution, order: &Order) -> View {
    let span = if m.calendar.has_past() {
        format!("from {} on", m.calendar.decide_from())
    } else {
        "over the whole calendar".into()
    };
    let note = format!("What is required {span} (of a level: on average) and what is missing.");
    let mut view = View::new(
        "Required, met and short",
        note,
        &["requirement", "holder", "unit"],
    );
    view = view
        .column("required")
        .column("met")
        .column("short")
        .quiet("are met in full");
    for &r in &order.requirements {
        let (requirement, coverage) = (&m.requirements[r], &s.requirements[r]);
        let item = &m.items[requirement.meets[0].item];
        let level = if matches!(requirement.need, Need::Level(_)) {
            " in store"
        } else {
            ""
        };
        let numbers = [coverage.required, coverage.met, coverage.short];
        let mut row = vec![
            requirement.name.clone(),
            m.holders[requirement.holder].name.clone(),
            format!("{}{level}", item.unit),
        ];
        row.extend(met_and_short(numbers, &item.unit));
        view.push(row, coverage.is_in_full());
    }
    view
}

fn output(m: &Model, s: &Solution, order: &Order) -> View {
    let note =
        "Units made in a year; `use` is the share of usable capacity over the whole calendar.";
    let mut view = View::new("Output by line", note, &["line", "item (unit)"])
        .years(m)
        .column("use")
        .quiet("make nothing");
    let mut lines: Vec<_> = s.lines.iter().collect();
    lines.sort_by(|a, b| {
        let item = order.item(a.item).cmp(&order.item(b.item));
        let output = b.output.round().total_cmp(&a.output.round());
        item.then(output).then(a.line.cmp(&b.line))
    });
    for made in lines {
        let item = &m.items[made.item];
        let mut row = vec![
            m.lines[made.line].name.clone(),
            format!("{} ({})", item.name, item.unit),
        ];
        let years = made.years.values();
        row.extend(years.map(|year| counted(year.output, &item.unit)));
        row.push(share(made.utilisation));
        view.push(row, made.output < 1e-3);
    }
    view
}

fn builds(m: &Model, s: &Solution, order: &Order) -> View {
    let note = "Expansions ordered, when they are ordered and open, and their price.";
    let words = ["line", "expansion", "ordered", "opens"];
    let mut view = View::new("What is built", note, &words);
    let currency = m.money.base();
    view = view
        .column("share of option")
        .column("added a year")
        .column(&format!("M {currency}"));
    let felt = s.builds.iter();
    let mut felt: Vec<&Build> = felt.filter(|build| build.taken > Build::TRACE).collect();
    felt.sort_by_key(|build| {
        let line = &m.lines[m.expansions[build.expansion].line];
        let item = order.item(line.products[0].item);
        (item, build.ordered, build.expansion)
    });
    for build in felt {
        let option = &m.expansions[build.expansion];
        let line = &m.lines[option.line];
        let unit = &m.items[line.products[0].item].unit;
        let opens = option.opens(&m.calendar, build.ordered);
        view.rows.push(vec![
            line.name.clone(),
            option.name.clone(),
            m.calendar.label(build.ordered),
            opens.map_or_else(|| "later".into(), |t| m.calendar.label(t)),
            share(build.taken),
            format!(
                "{} {unit}",
                counted(build.taken * option.adds.value(), unit)
            ),
            quantity(three(build.cost_of_the_day) / 1e6),
        ]);
    }
    view
}

fn supply(m: &Model, s: &Solution, order: &Order) -> View {
    let note = "Units delivered in a year by suppliers outside the plan's industry.";
    let mut view = View::new("Supply from outside", note, &["supplier", "item (unit)"])
        .years(m)
        .quiet("deliver nothing");
    let mut suppliers: Vec<_> = m.suppliers.iter().collect();
    suppliers.sort_by(|a, b| {
        let item = order.item(a.1.item).cmp(&order.item(b.1.item));
        let total = |q| s.supply[q].total.round();
        item.then(total(b.0).total_cmp(&total(a.0)))
            .then(a.0.cmp(&b.0))
    });
    for (q, supplier) in suppliers {
        let item = &m.items[supplier.item];
        let mut row = vec![
            supplier.name.clone(),
            format!("{} ({})", item.name, item.unit),
        ];
        let years = s.supply[q].years.values();
        row.extend(years.map(|&units| counted(units, &item.unit)));
        view.push(row, s.supply[q].total < 1e-3);
    }
    view
}

fn gifts(m: &Model, s: &Solution, order: &Order) -> View {
    let note = "Units from one holder's stock that reach another's in a year.";
    let mut view = View::new("Gifts", note, &["from", "to", "item"]).years(m);
    let mut gives: Vec<_> = s.program().network().gives.iter().collect();
    gives.sort_by_key(|(g, give)| {
        let (from, to) = (&m.stocks[give.from], &m.stocks[give.to]);
        (order.holder(to.holder), order.item(from.item), *g)
    });
    for (g, give) in gives {
        let years = &s.gifts[g].arrived.years;
        if years.values().all(|&given| given < 1e-3) {
            continue;
        }
        let (from, to) = (&m.stocks[give.from], &m.stocks[give.to]);
        let mut row = vec![
            m.holders[from.holder].name.clone(),
            m.holders[to.holder].name.clone(),
            m.items[from.item].name.clone(),
        ];
        let unit = &m.items[from.item].unit;
        row.extend(years.values().map(|&given| counted(given, unit)));
        view.rows.push(row);
    }
    view
}

fn stocks(m: &Model, s: &Solution, order: &Order) -> View {
    let note = "Units in store at the end of each year, and the floor at the end of the last.";
    let mut view = View::new("Stocks", note, &["holder", "item"])
        .column("opening")
        .years(m)
        .column("floor");
    let mut stocks: Vec<_> = m.stocks.iter().collect();
    stocks.sort_by_key(|(id, stock)| (order.holder(stock.holder), order.item(stock.item), *id));
    for (id, stock) in stocks {
        let at_end = &s.stocks[id].years;
        if stock.total().value() <= 0.0 && at_end.values().all(|&kept| kept < 1e-3) {
            continue;
        }
        let floor = stock
            .floor
            .as_ref()
            .map_or(0.0, |f| f.closing(&m.calendar, m.calendar.last()).value());
        let mut row = vec![
            m.holders[stock.holder].name.clone(),
            m.items[stock.item].name.clone(),
        ];
        let unit = &m.items[stock.item].unit;
        row.push(counted(stock.total().value(), unit));
        row.extend(at_end.values().map(|&kept| counted(kept, unit)));
        row.push(counted(floor, unit));
        view.rows.push(row);
    }
    view
}

fn funds(m: &Model, s: &Solution) -> View {
    let currency = m.money.base();
    let largest = s.funds.iter().map(|year| year.available);
    let (unit, size) = match largest.fold(0.0, f64::max) {
        most if most >= 1e9 => ("bn", 1e9),
        _ => ("M", 1e6),
    };
    let note = format!(
        "{unit} {currency} of the day, spent of what is available; `worth` is what one more {currency} in the last year that is short of money would be worth."
    );
    let mut view = View::new("Money by fund and year", note, &["fund"])
        .years(m)
        .column("worth")
        .quiet("have no money");
    let amount = |value: f64| quantity_of(three(value) / size, size);
    for f in by_spending(m, s) {
        let mut row = vec![m.funds[f].name.clone()];
        let (mut worth, mut quiet) = (0.0, true);
        for y in m.calendar.years() {
            let Some(year) = s.fund(f, y) else { continue };
            quiet &= year.available < 0.5;
            row.push(format!(
                "{} / {}",
                amount(year.spent),
                amount(year.available)
            ));
            worth = if year.price > 1e-6 { year.price } else { worth };
        }
        row.push(quantity(worth));
        view.push(row, quiet);
    }
    view
}

/// Money in millions or billions: what is small beside a billion is shown to ten millions.
fn quantity_of(value: f64, size: f64) -> String {
    if size < 1e9 || value >= 0.0995 {
        return quantity(value);
    }
    if value < 5e-3 {
        return "0".into();
    }
    format!("{value:.2}")
}

/// Every fund, the one that spends most first.
fn by_spending(m: &Model, s: &Solution) -> Vec<FundId> {
    let spent = |f: FundId| -> f64 {
        let own = s.funds.iter().filter(|year| year.fund == f);
        own.map(|year| year.spent).sum::<f64>().round()
    };
    let mut all: Vec<(f64, FundId)> = m.funds.ids().map(|f| (spent(f), f)).collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    all.into_iter().map(|(_, f)| f).collect()
}

fn loans(m: &Model, s: &Solution) -> View {
    let currency = m.money.base();
    let first = m.calendar.start().year();
    let span = m.calendar.years().len();
    let decades = [10, 20, 30, 50];
    let note = format!(
        "M {currency} of the day: interest and repayment of what is drawn, until it is paid back."
    );
    let mut view = View::new("What loans cost later", note, &["fund"]);
    view = view.column("drawn").column("within the calendar");
    for years in decades {
        view = view.column(&format!("to {}", first + years - 1));
    }
    let service = s.loan_service(m);
    let lent = by_spending(m, s).into_iter();
    for f in lent.filter(|&f| m.funds[f].loan.is_some()) {
        let fund = &m.funds[f];
        let drawn: f64 = s
            .funds
            .iter()
            .filter(|year| year.fund == f)
            .map(|year| year.spent)
            .sum();
        let within = |from: i32, to: i32| -> f64 {
            let due = service
                .iter()
                .filter(|due| due.fund == f && (from..to).contains(&due.year));
            due.map(|due| due.amount).sum()
        };
        let span = i32::try_from(span).unwrap_or(0);
        let mut row = vec![
            fund.name.clone(),
            millions(drawn),
            millions(within(first, first + span)),
        ];
        row.extend(
            decades
                .iter()
                .map(|&years| millions(within(first, first + years))),
        );
        view.rows.push(row);
    }
    view
}

/// Whose requirements a tier has, how many are met in full, and which is met least.
fn tier_words(m: &Model, tier: &TierCoverage) -> String {
    let whose = tier.whose(m);
    let count = format!(
        "{whose}: {} of {} requirements met in full",
        tier.in_full, tier.requirements
    );
    match tier.lowest {
        Some((r, lowest)) if tier.in_full < tier.requirements => {
            let name = &m.requirements[r].name;
            format!("{count}; least: {name}, {}", share(lowest))
        }
        _ => count,
    }
}

/// What friction does, and when.
fn friction(m: &Model) -> Option<String> {
    let friction = m.friction;
    if !friction.is_some() {
        return None;
    }
    let when = if friction.onward {
        "all through"
    } else {
        "in history only"
    };
    Some(format!(
        "{when}: {} of output, {} of money, {} of it a year late, expansions {} months late",
        share(friction.output.value()),
        share(friction.money.value()),
        share(friction.late.value()),
        quantity(friction.delay.value())
    ))
}

/// The lines above the tables: what was asked, what came out, and how far it can be trusted.
pub(super) fn summary(m: &Model, s: &Solution) -> Vec<(String, String)> {
    let c = &m.calendar;
    let currency = m.money.base();
    let kind = crate::model::ObjectiveKind::WORDS
        .iter()
        .find(|(_, kind)| *kind == s.objective);
    let (first, last) = (c.start(), c.end().plus(-1));
    let decided = if c.has_past() {
        format!("; as decided from {} on", c.decide_from())
    } else {
        String::new()
    };
    let mut lines = vec![
        (
            "calendar".to_owned(),
            format!("{first} to {last}, by the {}{decided}", c.period().word()),
        ),
        (
            "objective".to_owned(),
            kind.map_or("", |(word, _)| word).to_owned(),
        ),
    ];
    if let Some(words) = friction(m) {
        lines.push(("friction".to_owned(), words));
    }
    let tiers = s.tiers(m).into_iter();
    lines.extend(tiers.map(|tier| (format!("tier {}", tier.tier), tier_words(m, &tier))));
    lines.push((
        "coverage".to_owned(),
        format!(
            "{} of all that is required, by value",
            share(s.mean_coverage(m))
        ),
    ));
    for stage in &s.stages {
        lines.push((
            format!("stage: {}", stage.name),
            format!("{} M {currency}", millions(stage.value)),
        ));
    }
    if !s.tie_broken {
        let words = "not broken: one of several plans of equal value";
        lines.push(("ties".to_owned(), words.to_owned()));
    }
    let cost = &s.cost;
    lines.push((
        "cost".to_owned(),
        format!(
            "{} M {currency} of the day; {} M {currency} of {} discounted",
            millions(cost.total),
            millions(cost.discounted),
            m.money.price_year
        ),
    ));
    if cost.owed > 0.5 {
        lines.push((
            "due after the end".to_owned(),
            format!("{} M {currency}", millions(cost.owed)),
        ));
    }
    let certificate = &s.certificate;
    lines.push((
        "certificate".to_owned(),
        format!(
            "rows hold to {:.0e}, each to {:.0e} of its own numbers, requirements to {:.0e} of a unit, gap {:.0e} ({}, {} columns, {} rows)",
            certificate.max_violation,
            certificate.max_row_share,
            certificate.max_requirement_miss,
            certificate.relative_gap,
            s.solver,
            s.program().columns().len(),
            s.program().rows().len()
        ),
    ));
    lines
}
