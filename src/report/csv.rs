//! CSV: every number, a line each, one table a file.

use super::prices::limits;
use crate::ids::Id;
use crate::model::Model;
use crate::solution::Solution;

/// The plan as CSV files: a name and a text each. Quantities are in the unit named beside them,
/// money in the base currency and money of the day, prices in base-year money.
pub fn csv(m: &Model, s: &Solution) -> Vec<(&'static str, String)> {
    vec![
        ("requirements.csv", requirements(m, s)),
        ("lines.csv", lines(m, s)),
        ("expansions.csv", expansions(m, s)),
        ("suppliers.csv", suppliers(m, s)),
        ("gifts.csv", gifts(m, s)),
        ("stocks.csv", stocks(m, s)),
        ("funds.csv", funds(m, s)),
        ("limits.csv", prices(m, s)),
        ("facts.csv", facts(m)),
        ("assumptions.csv", assumptions(m)),
    ]
}

/// A table under way.
struct Sheet(csv::Writer<Vec<u8>>);

impl Sheet {
    fn new(head: &[&str]) -> Self {
        let mut sheet = Self(csv::Writer::from_writer(Vec::new()));
        sheet.row(head);
        sheet
    }

    fn row<C: AsRef<str>>(&mut self, cells: &[C]) {
        // A cell that a spreadsheet would take for a formula is shown as text.
        let plain = cells.iter().map(|cell| {
            let cell = cell.as_ref();
            let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
            if formula && cell.parse::<f64>().is_err() {
                format!("'{cell}")
            } else {
                cell.to_owned()
            }
        });
        let plain: Vec<_> = plain.collect();
        self.0
            .write_record(&plain)
            .expect("writing to memory cannot fail");
    }

    fn text(self) -> String {
        let bytes = self.0.into_inner().expect("writing to memory cannot fail");
        String::from_utf8(bytes).expect("every cell is UTF-8")
    }
}

fn number(value: f64) -> String {
    if value == 0.0 {
        "0".into()
    } else {
        format!("{value}")
    }
}

fn requirements(m: &Model, s: &Solution) -> String {
    let head = [
        "id", "holder", "item", "unit", "tier", "period", "required", "met", "short", "coverage",
    ];
    let mut sheet = Sheet::new(&head);
    for (r, requirement) in m.requirements.iter() {
        let item = &m.items[requirement.meets[0].item];
        for (t, met) in &s.requirements[r].windows {
            sheet.row(&[
                requirement.key.clone(),
                m.holders[requirement.holder].key.clone(),
                item.key.clone(),
                item.unit.clone(),
                requirement.tier.to_string(),
                m.calendar.label(*t),
                number(met.required),
                number(met.met),
                number(met.short),
                number(met.coverage()),
            ]);
        }
    }
    sheet.text()
}

fn lines(m: &Model, s: &Solution) -> String {
    let head = [
        "id", "company", "country", "item", "unit", "period", "output", "financed", "added",
    ];
    let mut sheet = Sheet::new(&head);
    for made in &s.lines {
        let (line, item) = (&m.lines[made.line], &m.items[made.item]);
        let country = line
            .country
            .map_or("", |country| m.regions[country].key.as_str());
        for (t, &output) in made.periods.iter() {
            sheet.row(&[
                line.key.clone(),
                line.company.clone(),
                country.to_owned(),
                item.key.clone(),
                item.unit.clone(),
                m.calendar.label(t),
                number(output),
                number(s.plan.financed[(made.line, t)].unwrap_or(0.0)),
                number(s.plan.added[(made.line, t)].unwrap_or(0.0)),
            ]);
        }
    }
    sheet.text()
}

fn expansions(m: &Model, s: &Solution) -> String {
    let mut sheet = Sheet::new(&["line", "id", "ordered", "opens", "taken", "adds", "unit"]);
    for (e, t, built) in s.plan.build.iter() {
        let Some(built) = built.filter(|&built| built > 0.0) else {
            continue;
        };
        let option = &m.expansions[e];
        let line = &m.lines[option.line];
        let opens = m.calendar.after(t, m.calendar.lag(option.lead_time));
        sheet.row(&[
            line.key.clone(),
            option.key.clone(),
            m.calendar.label(t),
            opens.map_or_else(String::new, |t| m.calendar.label(t)),
            number(built),
            number(built * option.adds.value()),
            format!("{}/year", m.items[line.products[0].item].unit),
        ]);
    }
    sheet.text()
}

fn suppliers(m: &Model, s: &Solution) -> String {
    let mut sheet = Sheet::new(&[
        "id",
        "item",
        "unit",
        "price_step",
        "holder",
        "period",
        "delivered",
    ]);
    for (o, order) in s.program().network().orders.iter() {
        let supplier = &m.suppliers[order.supplier];
        let item = &m.items[supplier.item];
        let market = &s.program().network().markets[order.market];
        let holders: Vec<_> = market
            .stocks
            .iter()
            .map(|&stock| m.holders[m.stocks[stock].holder].key.as_str())
            .collect();
        let holders = if market.industry {
            "industry".into()
        } else {
            holders.join(" ")
        };
        for t in m.calendar.periods() {
            let Some(delivered) = s.plan.order[(o, t)] else {
                continue;
            };
            sheet.row(&[
                supplier.key.clone(),
                item.key.clone(),
                item.unit.clone(),
                (order.tier + 1).to_string(),
                holders.clone(),
                m.calendar.label(t),
                number(delivered),
            ]);
        }
    }
    sheet.text()
}

fn gifts(m: &Model, s: &Solution) -> String {
    let mut sheet = Sheet::new(&["id", "from", "to", "item", "unit", "period", "given"]);
    for (g, give) in s.program().network().gives.iter() {
        let (from, to) = (&m.stocks[give.from], &m.stocks[give.to]);
        for t in m.calendar.periods() {
            let Some(given) = s.plan.give[(g, t)].filter(|&given| given > 0.0) else {
                continue;
            };
            sheet.row(&[
                m.gifts[give.gift].key.clone(),
                m.holders[from.holder].key.clone(),
                m.holders[to.holder].key.clone(),
                m.items[from.item].key.clone(),
                m.items[from.item].unit.clone(),
                m.calendar.label(t),
                number(given),
            ]);
        }
    }
    sheet.text()
}

fn stocks(m: &Model, s: &Solution) -> String {
    let mut sheet = Sheet::new(&[
        "holder", "item", "unit", "period", "stock", "floor", "scrapped",
    ]);
    for (id, stock) in m.stocks.iter() {
        for t in m.calendar.periods() {
            let Some(kept) = s.plan.stock[(id, t)] else {
                continue;
            };
            let floor = stock
                .floor
                .as_ref()
                .map_or(0.0, |floor| floor.closing(&m.calendar, t).value());
            sheet.row(&[
                m.holders[stock.holder].key.clone(),
                m.items[stock.item].key.clone(),
                m.items[stock.item].unit.clone(),
                m.calendar.label(t),
                number(kept),
                number(floor),
                number(s.plan.scrap[(id, t)].unwrap_or(0.0)),
            ]);
        }
    }
    sheet.text()
}

fn funds(m: &Model, s: &Solution) -> String {
    let mut sheet = Sheet::new(&[
        "id",
        "year",
        "currency",
        "available",
        "spent",
        "carried",
        "price",
    ]);
    for year in &s.funds {
        sheet.row(&[
            m.funds[year.fund].key.clone(),
            m.calendar.year_number(year.year).to_string(),
            m.money.base().to_owned(),
            number(year.available),
            number(year.spent),
            number(year.carried),
            number(year.price),
        ]);
    }
    sheet.text()
}

fn prices(m: &Model, s: &Solution) -> String {
    let mut sheet = Sheet::new(&["limit", "unit", "year", "price"]);
    let per = |unit: &str| format!("{}/{unit}", m.money.base());
    for limit in limits(m, s) {
        for (n, &price) in limit.prices.iter().enumerate() {
            let year = m.calendar.year_number(crate::ids::YearId::at(n));
            sheet.row(&[
                limit.name.clone(),
                per(&limit.unit),
                year.to_string(),
                number(price),
            ]);
        }
    }
    sheet.text()
}

fn facts(m: &Model) -> String {
    let head = [
        "id",
        "subject",
        "value",
        "low",
        "high",
        "unit",
        "as_of",
        "confidence",
        "publisher",
        "title",
        "date",
        "url",
        "note",
    ];
    let mut sheet = Sheet::new(&head);
    for fact in &m.evidence.facts {
        let end = |end: Option<f64>| end.map_or_else(String::new, number);
        sheet.row(&[
            fact.id.clone(),
            fact.subject.clone(),
            number(fact.value),
            end(fact.low),
            end(fact.high),
            fact.unit.clone(),
            fact.as_of.clone(),
            fact.confidence.to_string(),
            fact.source.publisher.clone(),
            fact.source.title.clone(),
            fact.source.date.clone(),
            fact.source.url.clone(),
            fact.note.clone(),
        ]);
    }
    sheet.text()
}

fn assumptions(m: &Model) -> String {
    let mut sheet = Sheet::new(&["figure", "value", "low", "high", "unit", "note"]);
    for (figure, note) in m.evidence.assumptions() {
        let (low, high) = figure
            .range
            .map_or((String::new(), String::new()), |(l, h)| {
                (number(l), number(h))
            });
        sheet.row(&[
            figure.place.to_string(),
            number(figure.value),
            low,
            high,
            figure.unit.clone(),
            note.to_owned(),
        ]);
    }
    sheet.text()
}
