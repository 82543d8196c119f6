//! Names in program files, and the program in the standard formats: LP and MPS.

use super::naming::{earmark_name, make_name, market_name, pay_name, purse_name, stock_name};
use super::{Column, Program, Row, Sense};
use crate::dotted;
use crate::ids::{Id, PeriodId, YearId};
use crate::model::Model;
use std::collections::HashMap;
use std::fmt::Write;

/// Writing to a string.
const SAFE: &str = "writing to a string cannot fail";

impl Program {
    /// The number of the row with a name as program files have it; keys may stand in it as they are, or in quotes.
    pub(crate) fn row_called(&self, m: &Model, name: &str) -> Option<usize> {
        called(
            name,
            (0..self.rows.len()).map(|n| self.row_name(m, self.rows.name(n))),
        )
    }

    /// The number of the column with a name as program files have it; keys may stand in it as they are, or in quotes.
    pub(crate) fn column_position(&self, m: &Model, name: &str) -> Option<usize> {
        let names = self.columns.iter().map(|c| self.column_name(m, c.name));
        called(name, names)
    }

    /// The name of a column as program files have it.
    pub(crate) fn column_called(&self, m: &Model, column: Column) -> String {
        self.column_name(m, column)
    }

    /// The name of a row in a program file: its family, what it is about, and when.
    pub(super) fn row_name(&self, m: &Model, row: Row) -> String {
        row_named(m, row, &row.thing().key(m, &self.network))
    }

    /// The name of a column in a program file.
    pub(super) fn column_name(&self, m: &Model, column: Column) -> String {
        let n = &self.network;
        let at = |t: PeriodId| m.calendar.label(t);
        let year = |y: YearId| m.calendar.year_number(y);
        let family = column.family();
        match column {
            Column::Make(k, t) => format!("{family}.{}.{}", make_name(m, n, k), at(t)),
            Column::Order(o, t) => {
                let order = &n.orders[o];
                let supplier = &m.suppliers[order.supplier].key;
                format!(
                    "{family}.{supplier}.{}.{}.{}",
                    order.tier + 1,
                    market_name(m, n, order.market),
                    at(t)
                )
            }
            Column::Placed(q, t) | Column::Available(q, t) => {
                format!("{family}.{}.{}", m.suppliers[q].key, at(t))
            }
            Column::Financed(l, t) | Column::Added(l, t) => {
                format!("{family}.{}.{}", m.lines[l].key, at(t))
            }
            Column::Build(e, t) => {
                let option = &m.expansions[e];
                format!(
                    "{family}.{}.{}.{}",
                    m.lines[option.line].key,
                    option.key,
                    at(t)
                )
            }
            Column::Pool(k, t) => format!("{family}.{}.{}", market_name(m, n, k), at(t)),
            Column::Deliver(d, t) => {
                let delivery = &n.deliveries[d];
                let market = market_name(m, n, delivery.market);
                format!(
                    "{family}.{market}.{}.{}",
                    stock_name(m, delivery.stock),
                    at(t)
                )
            }
            Column::Moved(v, t) => {
                let along = &n.moves[v];
                let route = &m.routes[along.route];
                let place = n.markets[along.to].place.filter(|&to| to != route.to);
                let to = place.map_or_else(String::new, |to| format!(".{}", m.regions[to].key));
                format!(
                    "{family}.{}.{}{to}.{}",
                    route.key,
                    market_name(m, n, along.from),
                    at(t)
                )
            }
            Column::Stock(s, t) | Column::Fresh(s, t) | Column::Old(s, t) | Column::Scrap(s, t) => {
                format!("{family}.{}.{}", stock_name(m, s), at(t))
            }
            Column::Give(g, t) => {
                let give = &n.gives[g];
                format!(
                    "{family}.{}.{}.{}",
                    m.gifts[give.gift].key,
                    stock_name(m, give.from),
                    at(t)
                )
            }
            Column::Meet(e, t) => {
                let meet = &n.meets[e];
                let item = &m.items[m.stocks[meet.stock].item].key;
                format!(
                    "{family}.{}.{item}.{}",
                    m.requirements[meet.requirement].key,
                    at(t)
                )
            }
            Column::Short(r, t) | Column::Required(r, t) => {
                format!("{family}.{}.{}", m.requirements[r].key, at(t))
            }
            Column::Pay(p, y) => format!("{family}.{}.{}", pay_name(m, n, p), year(y)),
            Column::Ahead(e, y) => format!("{family}.{}.{}", earmark_name(m, n, e), year(y)),
            Column::Allot(a, y) => {
                let (from, to) = (n.allots[a].from, n.allots[a].to);
                let (from, to) = (earmark_name(m, n, from), earmark_name(m, n, to));
                format!("{family}.{from}.{to}.{}", year(y))
            }
            Column::Carry(g, y) => format!("{family}.{}.{}", purse_name(m, n, g), year(y)),
            Column::Money(f, y) => format!("{family}.{}.{}", m.funds[f].key, year(y)),
            Column::Owed(a, y) => format!("{family}.a{}.{}", a.position(), year(y)),
            Column::Tier(k) => format!("{family}.{}", n.tiers[k]),
            Column::Share(r) => format!("{family}.{}", m.requirements[r].key),
            Column::Level => family.to_owned(),
        }
    }

    /// The program in the LP format. Of several aims the first is written, the rest as comments.
    ///
    /// ```
    /// # let model = sinews::read("models/tiny.toml")?;
    /// let program = sinews::program::Program::of(&model, model.objective.kind);
    /// assert!(program.lp(&model).contains("capacity.plant.2026Q1:"));
    /// # Ok::<(), sinews::problem::Problems>(())
    /// ```
    pub fn lp(&self, m: &Model) -> String {
        let m = self.own(m);
        let (columns, rows) = self.file_names(m);
        let mut text = self.heading(m, "\\");
        text.push_str("Minimize\n aim:");
        let stages = self.stages();
        lp_terms(&mut text, &stages[0].aim, &columns);
        text.push_str("\nSubject To\n");
        for (n, name) in rows.iter().enumerate() {
            write!(text, " {name}:").expect(SAFE);
            lp_terms(&mut text, self.rows.row(n), &columns);
            let sense = match self.rows.sense(n) {
                Sense::AtMost => "<=",
                Sense::AtLeast => ">=",
                Sense::Equal => "=",
            };
            writeln!(text, " {sense} {}", plain(self.rows.right(n))).expect(SAFE);
        }
        text.push_str("Bounds\n");
        for (column, name) in self.columns.iter().zip(&columns) {
            if column.lower == column.upper {
                writeln!(text, " {name} = {}", plain(column.lower)).expect(SAFE);
            } else if column.upper.is_finite() {
                writeln!(
                    text,
                    " {} <= {name} <= {}",
                    plain(column.lower),
                    plain(column.upper)
                )
                .expect(SAFE);
            }
        }
        let whole: Vec<_> = self
            .columns
            .iter()
            .zip(&columns)
            .filter(|(c, _)| c.whole)
            .collect();
        if !whole.is_empty() {
            text.push_str("General\n");
            for (_, name) in whole {
                writeln!(text, " {name}").expect(SAFE);
            }
        }
        text.push_str("End\n");
        text
    }

    /// The program in the free MPS format. Of several aims the first is written.
    pub fn mps(&self, m: &Model) -> String {
        let m = self.own(m);
        let (columns, rows) = self.file_names(m);
        let mut text = self.heading(m, "*");
        text.push_str("NAME sinews\nROWS\n N aim\n");
        for (n, name) in rows.iter().enumerate() {
            let sense = match self.rows.sense(n) {
                Sense::AtMost => 'L',
                Sense::AtLeast => 'G',
                Sense::Equal => 'E',
            };
            writeln!(text, " {sense} {name}").expect(SAFE);
        }
        text.push_str("COLUMNS\n");
        self.mps_columns(&mut text, &columns, &rows);
        text.push_str("RHS\n");
        for (n, name) in rows.iter().enumerate() {
            if self.rows.right(n) != 0.0 {
                writeln!(text, " rhs {name} {}", plain(self.rows.right(n))).expect(SAFE);
            }
        }
        text.push_str("BOUNDS\n");
        for (column, name) in self.columns.iter().zip(&columns) {
            if column.lower == column.upper {
                writeln!(text, " FX bound {name} {}", plain(column.lower)).expect(SAFE);
            } else if column.upper.is_finite() {
                writeln!(text, " UP bound {name} {}", plain(column.upper)).expect(SAFE);
            }
        }
        text.push_str("ENDATA\n");
        text
    }

    fn mps_columns(&self, text: &mut String, columns: &[String], rows: &[String]) {
        let mut by_column: Vec<Vec<(&str, f64)>> = vec![Vec::new(); columns.len()];
        for &(j, factor) in &self.stages()[0].aim {
            by_column[j as usize].push(("aim", factor));
        }
        for (n, name) in rows.iter().enumerate() {
            for &(j, factor) in self.rows.row(n) {
                by_column[j as usize].push((name, factor));
            }
        }
        let mut whole = false;
        for (j, terms) in by_column.iter().enumerate() {
            if self.columns[j].whole != whole {
                whole = self.columns[j].whole;
                let kind = if whole { "INTORG" } else { "INTEND" };
                writeln!(text, " MARKER{j} 'MARKER' '{kind}'").expect(SAFE);
            }
            for (row, factor) in terms {
                writeln!(text, " {} {row} {}", columns[j], plain(*factor)).expect(SAFE);
            }
            if terms.is_empty() {
                writeln!(text, " {} aim 0", columns[j]).expect(SAFE);
            }
        }
        if whole {
            text.push_str(" MARKEREND 'MARKER' 'INTEND'\n");
        }
    }

    fn heading(&self, m: &Model, comment: &str) -> String {
        let mut text = String::new();
        let name: String = m
            .name
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        writeln!(text, "{comment} {name}").expect(SAFE);
        let stages = self.stages();
        let names: Vec<_> = stages.iter().map(|stage| stage.name.as_str()).collect();
        writeln!(
            text,
            "{comment} least {}; this file asks for the first",
            names.join(", then ")
        )
        .expect(SAFE);
        text
    }

    /// A name for each column and each row, without characters that the formats forbid.
    fn file_names(&self, m: &Model) -> (Vec<String>, Vec<String>) {
        let columns = self
            .columns
            .iter()
            .map(|column| self.column_name(m, column.name));
        let rows = (0..self.rows.len()).map(|n| self.row_name(m, self.rows.name(n)));
        (unique(columns), unique(rows))
    }
}

/// The name of a row, with a name of what it is about.
pub(super) fn row_named(m: &Model, row: Row, key: &str) -> String {
    let mut name = row.family().to_owned();
    for part in [key, &row.time(m)] {
        if !part.is_empty() {
            write!(name, ".{part}").expect(SAFE);
        }
    }
    name
}

/// A name with the letters, digits, `_` and `.` that program files allow.
fn in_file(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '.' => plain.push(c),
            '-' | ' ' => plain.push('_'),
            other => write!(plain, "u{:x}", u32::from(other)).expect(SAFE),
        }
    }
    plain
}

/// Which of several names is meant: the one with these very keys; else one that a program file writes so.
fn called(name: &str, all: impl Iterator<Item = String>) -> Option<usize> {
    let exact = dotted::keys(name)?.join(".");
    let (plain, all) = (in_file(&exact), all.collect::<Vec<_>>());
    let in_keys = all.iter().position(|name| *name == exact);
    let in_files = || all.iter().position(|name| in_file(name) == plain);
    let again = || {
        unique(all.iter().cloned())
            .iter()
            .position(|name| *name == plain)
    };
    in_keys.or_else(in_files).or_else(again)
}

/// Names with letters, digits, `_` and `.` only, each its own.
fn unique(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    names
        .map(|name| {
            let plain = in_file(&name);
            let times = seen.entry(plain.clone()).or_insert(0);
            *times += 1;
            if *times > 1 {
                format!("{plain}.again{times}")
            } else {
                plain
            }
        })
        .collect()
}

/// A number to 14 significant digits, without the noise of the arithmetic behind it.
fn plain(number: f64) -> String {
    let number: f64 = format!("{number:.13e}").parse().unwrap_or(number);
    let number = if number == 0.0 { 0.0 } else { number };
    if (1e-5..1e15).contains(&number.abs()) || number == 0.0 {
        format!("{number}")
    } else {
        format!("{number:e}")
    }
}

fn lp_terms(text: &mut String, terms: &[(u32, f64)], columns: &[String]) {
    let mut length = 0;
    for &(j, factor) in terms {
        let sign = if factor < 0.0 { '-' } else { '+' };
        let term = format!(" {sign} {} {}", plain(factor.abs()), columns[j as usize]);
        if length + term.len() > 180 {
            text.push_str("\n  ");
            length = 0;
        }
        length += term.len();
        text.push_str(&term);
    }
    if terms.is_empty() {
        text.push_str(" 0");
        text.push_str(columns.first().map_or("", |_| " "));
        text.push_str(columns.first().map_or("", String::as_str));
    }
}
