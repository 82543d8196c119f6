//! Requirements, lines, expansions, suppliers, gifts and stocks.

use super::notation::{columns, row};
use super::{Column, Kind};
use crate::model::Model;
use crate::solution::Solution;
use crate::table::Cell;

pub(super) const REQUIREMENTS: Kind = Kind {
    name: "requirements",
    about: "A requirement in a window: a period, or a year named by its last period.",
    columns: columns! {
        id: words => "Key of the requirement.";
        holder: words => "Key of the holder who requires it.";
        item: words => "Key of the first item that meets it.";
        unit: words => "Unit of that item.";
        tier: whole "number" => "Its priority; 1 comes first.";
        period: words => "The last period of the window.";
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
        id: words => "Key of the line.";
        company: words => "Who runs it.";
        country: words => "Key of the country it stands in.";
        item: words => "Key of the product.";
        unit: words => "Unit of the product.";
        period: words => "The period.";
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
        line: words => "Key of the line.";
        id: words => "Key of the expansion.";
        ordered: words => "The period in which it is ordered.";
        opens: words => "The period in which it opens; empty after the end.";
        taken: "share" => "The share of the option that is taken, or how often it is taken.";
        adds: "unit" => "The capacity that it adds.";
        unit: words => "Unit of that capacity.";
    },
    rows: expansions,
};

pub(super) const SUPPLIERS: Kind = Kind {
    name: "suppliers",
    about: "What a supplier delivers at a price step to some holders in a period.",
    columns: columns! {
        id: words => "Key of the supplier.";
        item: words => "Key of the item.";
        unit: words => "Unit of the item.";
        price_step: whole "number" => "Which of its price steps, the cheapest being 1.";
        holder: words => "Keys of the holders it is for, or `industry`.";
        period: words => "The period.";
        delivered: "unit" => "What it delivers.";
    },
    rows: suppliers,
};

pub(super) const GIFTS: Kind = Kind {
    name: "gifts",
    about: "A gift in a period.",
    columns: columns! {
        id: words => "Key of the gift.";
        from: words => "Key of the holder who gives.";
        to: words => "Key of the holder who receives.";
        item: words => "Key of the item.";
        unit: words => "Unit of the item.";
        period: words => "The period.";
        given: "unit" => "What leaves the giver's stock in the period.";
        arrives: "unit" => "What reaches the receiver's stock in the period. What is on the way at the end reaches it in none.";
    },
    rows: gifts,
};

pub(super) const STOCKS: Kind = Kind {
    name: "stocks",
    about: "A stock at the end of a period.",
    columns: columns! {
        holder: words => "Key of the holder.";
        item: words => "Key of the item.";
        unit: words => "Unit of the item.";
        period: words => "The period.";
        stock: "unit" => "What is in store at its end.";
        floor: "unit" => "What must stay in store.";
        scrapped: "unit" => "What is scrapped in the period because it expired.";
    },
    rows: stocks,
};

fn requirements(m: &Model, s: &Solution) -> Vec<Vec<Cell>> {
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
                Cell::period(&m.calendar, *t),
                met.required,
                met.met,
                met.short,
                met.coverage(),
            ]);
        }
    }
    rows
}

fn lines(m: &Model, s: &Solution) -> Vec<Vec<Cell>> {
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
                Cell::period(&m.calendar, t),
                output,
                s.plan.financed[(made.line, t)].unwrap_or(0.0),
                s.plan.added[(made.line, t)].unwrap_or(0.0),
            ]);
        }
    }
    rows
}

fn expansions(m: &Model, s: &Solution) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    for build in &s.builds {
        let option = &m.expansions[build.expansion];
        let line = &m.lines[option.line];
        let opens = option.opens(&m.calendar, build.ordered);
        rows.push(row![
            line.key.as_str(),
            option.key.as_str(),
            Cell::period(&m.calendar, build.ordered),
            opens.map(|t| Cell::period(&m.calendar, t)),
            build.taken,
            build.taken * option.adds.value(),
            format!("{}/year", m.items[line.products[0].item].unit),
        ]);
    }
    rows
}

fn suppliers(m: &Model, s: &Solution) -> Vec<Vec<Cell>> {
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
                order.tier + 1,
                holders.as_str(),
                Cell::period(&m.calendar, t),
                delivered,
            ]);
        }
    }
    rows
}

fn gifts(m: &Model, s: &Solution) -> Vec<Vec<Cell>> {
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
                Cell::period(&m.calendar, t),
                given,
                arrives,
            ]);
        }
    }
    rows
}

fn stocks(m: &Model, s: &Solution) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    for (id, stock) in m.stocks.iter() {
        for (t, &kept) in s.stocks[id].periods.iter() {
            let floor = stock.floor.as_ref();
            rows.push(row![
                m.holders[stock.holder].key.as_str(),
                m.items[stock.item].key.as_str(),
                m.items[stock.item].unit.as_str(),
                Cell::period(&m.calendar, t),
                kept,
                floor.map_or(0.0, |floor| floor.closing(&m.calendar, t).value()),
                s.stocks[id].scrapped[t],
            ]);
        }
    }
    rows
}
