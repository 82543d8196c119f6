//! Requirements, lines, expansions, suppliers, gifts and stocks.

use super::notation::{columns, row};
use super::{Column, Kind, Value};
use crate::model::Model;
use crate::solution::Solution;

pub(super) const REQUIREMENTS: Kind = Kind {
    name: "requirements",
    about: "A requirement in a window: a period, or a year named by its last period.",
    columns: columns! {
        id: "text" => "Key of the requirement.";
        holder: "text" => "Key of the holder who requires it.";
        item: "text" => "Key of the first item that meets it.";
        unit: "text" => "Unit of that item.";
        tier: "number" => "Its priority; 1 comes first.";
        period: "text" => "The last period of the window.";
        required: "unit" => "What is required; of a level, what must be in store then.";
        met: "unit" => "What is met.";
        short: "unit" => "What is missing; of what waits, all that still waits.";
        coverage: "share" => "The share that is met.";
    },
    rows: requirements,
};

pub(super) const LINES: Kind = Kind {
    name: "lines",
    about: "A product of a line in a period.",
    columns: columns! {
        id: "text" => "Key of the line.";
        company: "text" => "Who runs it.";
        country: "text" => "Key of the country it stands in.";
        item: "text" => "Key of the product.";
        unit: "text" => "Unit of the product.";
        period: "text" => "The period.";
        output: "unit" => "What the line makes of the product in the period.";
        financed: "unit of the first product" => "What the line's financed capacity could make in the period.";
        added: "unit of the first product" => "What its expansions could make in the period.";
    },
    rows: lines,
};

pub(super) const EXPANSIONS: Kind = Kind {
    name: "expansions",
    about: "An order of an expansion.",
    columns: columns! {
        line: "text" => "Key of the line.";
        id: "text" => "Key of the expansion.";
        ordered: "text" => "The period in which it is ordered.";
        opens: "text" => "The period in which it opens; empty after the end.";
        taken: "share" => "The share of the option that is taken, or how often it is taken.";
        adds: "unit" => "The capacity that it adds.";
        unit: "text" => "Unit of that capacity.";
    },
    rows: expansions,
};

pub(super) const SUPPLIERS: Kind = Kind {
    name: "suppliers",
    about: "What a supplier delivers at a price step to some holders in a period.",
    columns: columns! {
        id: "text" => "Key of the supplier.";
        item: "text" => "Key of the item.";
        unit: "text" => "Unit of the item.";
        price_step: "number" => "Which of its price steps, the cheapest being 1.";
        holder: "text" => "Keys of the holders it is for, or `industry`.";
        period: "text" => "The period.";
        delivered: "unit" => "What it delivers.";
    },
    rows: suppliers,
};

pub(super) const GIFTS: Kind = Kind {
    name: "gifts",
    about: "A gift in a period.",
    columns: columns! {
        id: "text" => "Key of the gift.";
        from: "text" => "Key of the holder who gives.";
        to: "text" => "Key of the holder who receives.";
        item: "text" => "Key of the item.";
        unit: "text" => "Unit of the item.";
        period: "text" => "The period.";
        given: "unit" => "What leaves the giver's stock in the period.";
        arrives: "unit" => "What reaches the receiver's stock in the period. What is on the way at the end reaches it in none.";
    },
    rows: gifts,
};

pub(super) const STOCKS: Kind = Kind {
    name: "stocks",
    about: "A stock at the end of a period.",
    columns: columns! {
        holder: "text" => "Key of the holder.";
        item: "text" => "Key of the item.";
        unit: "text" => "Unit of the item.";
        period: "text" => "The period.";
        stock: "unit" => "What is in store at its end.";
        floor: "unit" => "What must stay in store.";
        scrapped: "unit" => "What is scrapped in the period because it expired.";
    },
    rows: stocks,
};

fn requirements(m: &Model, s: &Solution) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    for (r, requirement) in m.requirements.iter() {
        let item = &m.items[requirement.meets[0].item];
        for (t, met) in &s.requirements[r].windows {
            rows.push(row![
                requirement.key.as_str(),
                m.holders[requirement.holder].key.as_str(),
                item.key.as_str(),
                item.unit.as_str(),
                requirement.tier,
                m.calendar.label(*t),
                met.required,
                met.met,
                met.short,
                met.coverage(),
            ]);
        }
    }
    rows
}

fn lines(m: &Model, s: &Solution) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    for made in &s.lines {
        let (line, item) = (&m.lines[made.line], &m.items[made.item]);
        let country = line
            .country
            .map_or("", |country| m.regions[country].key.as_str());
        for (t, &output) in made.periods.iter() {
            rows.push(row![
                line.key.as_str(),
                line.company.as_str(),
                country,
                item.key.as_str(),
                item.unit.as_str(),
                m.calendar.label(t),
                output,
                s.plan.financed[(made.line, t)].unwrap_or(0.0),
                s.plan.added[(made.line, t)].unwrap_or(0.0),
            ]);
        }
    }
    rows
}

fn expansions(m: &Model, s: &Solution) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    for build in &s.builds {
        let option = &m.expansions[build.expansion];
        let line = &m.lines[option.line];
        let opens = option.opens(&m.calendar, build.ordered);
        rows.push(row![
            line.key.as_str(),
            option.key.as_str(),
            m.calendar.label(build.ordered),
            opens.map_or_else(String::new, |t| m.calendar.label(t)),
            build.taken,
            build.taken * option.adds.value(),
            format!("{}/year", m.items[line.products[0].item].unit),
        ]);
    }
    rows
}

fn suppliers(m: &Model, s: &Solution) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    let network = s.program().network();
    for (o, order) in network.orders.iter() {
        let supplier = &m.suppliers[order.supplier];
        let item = &m.items[supplier.item];
        let market = &network.markets[order.market];
        let served = market.stocks.iter();
        let holders: Vec<_> = served
            .map(|&stock| m.holders[m.stocks[stock].holder].key.as_str())
            .collect();
        let holders = if market.industry {
            "industry".to_owned()
        } else {
            holders.join(" ")
        };
        for (t, &delivered) in s.orders[o].periods.iter() {
            rows.push(row![
                supplier.key.as_str(),
                item.key.as_str(),
                item.unit.as_str(),
                u32::try_from(order.tier + 1).unwrap_or(u32::MAX),
                holders.as_str(),
                m.calendar.label(t),
                delivered,
            ]);
        }
    }
    rows
}

fn gifts(m: &Model, s: &Solution) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    for (g, give) in s.program().network().gives.iter() {
        let (from, to) = (&m.stocks[give.from], &m.stocks[give.to]);
        let gift = &s.gifts[g];
        for (t, &given) in gift.left.periods.iter() {
            let arrives = gift.arrived.periods[t];
            if given <= 0.0 && arrives <= 0.0 {
                continue;
            }
            rows.push(row![
                m.gifts[give.gift].key.as_str(),
                m.holders[from.holder].key.as_str(),
                m.holders[to.holder].key.as_str(),
                m.items[from.item].key.as_str(),
                m.items[from.item].unit.as_str(),
                m.calendar.label(t),
                given,
                arrives,
            ]);
        }
    }
    rows
}

fn stocks(m: &Model, s: &Solution) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    for (id, stock) in m.stocks.iter() {
        for (t, &kept) in s.stocks[id].periods.iter() {
            let floor = stock.floor.as_ref();
            rows.push(row![
                m.holders[stock.holder].key.as_str(),
                m.items[stock.item].key.as_str(),
                m.items[stock.item].unit.as_str(),
                m.calendar.label(t),
                kept,
                floor.map_or(0.0, |floor| floor.closing(&m.calendar, t).value()),
                s.stocks[id].scrapped[t],
            ]);
        }
    }
    rows
}
