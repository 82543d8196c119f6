//! Changes of a model whose effect is known.

use crate::judge::{Difference, Verdict, ask, compare, embedded, is_whole, read, read_or_why};
use crate::node::{Node, Written};
use crate::rng::Rng;
use sinews::model::{Model, ObjectiveKind, Stock};

/// Limits: kind of table, and the field or fields below it.
pub const LIMITS: &[(&str, &[&str])] = &[
    ("line", &["capacity"]),
    ("line", &["expansion", "hall", "at_most"]),
    ("supplier", &["rate"]),
    ("supplier", &["tiers", "up_to"]),
    ("fund", &["amount"]),
    ("resource", &["limit"]),
    ("hub", &["throughput"]),
    ("holder", &["stock", "*", "draw"]),
    ("item", &["stock", "most"]),
    ("cap", &["quantity"]),
    ("cap", &["amount"]),
    ("burden", &["gdp"]),
];

/// What a transformed model should say.
struct Twin {
    name: &'static str,
    written: Written,
    times: f64,
}

/// Where a model and what it is changed into do not say what they must.
pub fn differences(written: &Written, model: &Model, kind: ObjectiveKind) -> Vec<Difference> {
    let mut rng = Rng::new(written.seed ^ 0x5eed);
    let solver = embedded(model);
    let own = ask(model, kind, solver);
    let mut found = Vec::new();
    for twin in twins(written, model, &mut rng) {
        let Some(other) = read(&twin.written) else {
            found.push(Difference::new(
                format!("{}: refused", twin.name),
                refusal(&twin.written),
            ));
            continue;
        };
        let verdict = ask(&other, kind, solver);
        found.extend(compare(twin.name, &own, &verdict, twin.times));
    }
    found.extend(raised(written, model, kind, &mut rng));
    found.extend(foresight(model, kind, &own));
    found
}

/// Where history is another if what lies after it is: where what can be ordered after it is ten times as dear.
fn foresight(model: &Model, kind: ObjectiveKind, own: &Verdict) -> Vec<Difference> {
    let c = model.calendar;
    if !c.has_past() {
        return Vec::new();
    }
    let mut draft = model.clone().into_draft();
    for option in draft
        .expansions
        .values_mut()
        .filter(|e| e.ordered.is_none())
    {
        if let Some(cost) = &mut option.cost {
            cost.amount = cost.amount.map(|amount| amount * 10.0);
        }
    }
    let Ok(other) = draft.check() else {
        return Vec::new();
    };
    let other = ask(&other, kind, embedded(&other));
    let (Verdict::Plan(own), Verdict::Plan(other)) = (own, &other) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (r, requirement) in model.requirements.iter() {
        let windows = |plan: &crate::judge::Answer| plan.solution.requirements[r].windows.clone();
        for ((t, a), (_, b)) in windows(own).into_iter().zip(windows(other)) {
            if c.is_past(t) && (a.short - b.short).abs() > 1e-6 * (1.0 + a.required) {
                let says = format!(
                    "`{}` in {}: {} became {}",
                    requirement.key,
                    c.label(t),
                    a.short,
                    b.short
                );
                found.push(Difference::new("history looks ahead", says));
            }
        }
    }
    found
}

fn refusal(written: &Written) -> String {
    let problems = read_or_why(written).err();
    problems.map_or_else(String::new, |p| p.to_string())
}

fn twins(written: &Written, model: &Model, rng: &mut Rng) -> Vec<Twin> {
    let mut twins = vec![
        Twin {
            name: "order of tables",
            written: shuffled(written, rng),
            times: 1.0,
        },
        Twin {
            name: "keys in order",
            written: renamed(written, |key| format!("a{key}")),
            times: 1.0,
        },
        Twin {
            name: "keys turned round",
            written: renamed(written, |key| format!("{}{key}", reversed(key))),
            times: 1.0,
        },
    ];
    let priced = model.requirements.iter().all(|(_, r)| {
        let program = sinews::program::Program::of(model, ObjectiveKind::Weighted);
        program.item_value(r.meets[0].item) > 0.0
    });
    if priced {
        let times = *rng.pick(&[1e-6, 1e6]);
        twins.push(Twin {
            name: "money",
            written: in_money(written, times),
            times,
        });
    }
    let times = *rng.pick(&[1e-6, 1e6]);
    // A pace and a factor compare units of two items.
    let compares = model.lines.values().any(|l| l.products.len() > 1)
        || model.requirements.values().any(|r| r.meets.len() > 1);
    if !compares {
        twins.push(Twin {
            name: "units",
            written: in_units(written, times),
            times: 1.0,
        });
    }
    if !is_whole(model) {
        twins.extend(halved_line(written, rng).map(|written| Twin {
            name: "line in halves",
            written,
            times: 1.0,
        }));
    }
    twins
}

fn shuffled(written: &Written, rng: &mut Rng) -> Written {
    let mut new = written.clone();
    rng.shuffle(&mut new.tables);
    new
}

fn reversed(key: &str) -> String {
    // The last letter of the alphabet first.
    let turned = key.bytes().map(|b| match b {
        b'a'..=b'z' => char::from(b'a' + b'z' - b),
        _ => 'Z',
    });
    turned.collect()
}

/// The model with other keys.
fn renamed(written: &Written, f: impl Fn(&str) -> String) -> Written {
    let mut new = written.clone();
    let mut keys: Vec<String> = new
        .tables
        .iter()
        .filter(|t| t.0 != "scenario")
        .filter_map(|t| t.1.clone())
        .collect();
    keys.push("hall".into());
    new.tables.retain(|(kind, ..)| kind != "scenario");
    for (_, key, node) in &mut new.tables {
        if let Some(key) = key {
            *key = f(key);
        }
        rename(node, &keys, &f);
    }
    new
}

fn rename(node: &mut Node, keys: &[String], f: &impl Fn(&str) -> String) {
    match node {
        Node::Text(text) if keys.contains(text) => *text = f(text),
        Node::List(list) => list.iter_mut().for_each(|node| rename(node, keys, f)),
        Node::Table(table) => {
            for (key, node) in table {
                if keys.contains(key) {
                    *key = f(key);
                }
                if key != "unit" && key != "name" {
                    rename(node, keys, f);
                }
            }
        }
        _ => {}
    }
}

const CODES: [&str; 3] = ["EUR", "USD", "PLN"];

/// The model with all money so many times as much.
fn in_money(written: &Written, times: f64) -> Written {
    let mut new = written.clone();
    new.figures(|_, number, unit| {
        let (above, below) = unit.split_once('/').unwrap_or((unit, ""));
        let money = |text: &str| {
            text.split_whitespace()
                .last()
                .is_some_and(|word| CODES.contains(&word))
        };
        if money(above) && !money(below) {
            *number *= times;
        }
    });
    new
}

/// The model with its first finished item counted in other units: rounds in millions or millionths.
fn in_units(written: &Written, times: f64) -> Written {
    let mut new = written.clone();
    new.figures(|_, number, unit| {
        let mut parts = unit.split('/');
        let above = parts.next().unwrap_or("");
        if above.split_whitespace().last() == Some("round") {
            *number /= times;
        }
        if parts.any(|part| part == "round") {
            *number *= times;
        }
    });
    new
}

/// The model with one of its lines in two equal halves.
fn halved_line(written: &Written, rng: &mut Rng) -> Option<Written> {
    let mut new = written.clone();
    let lines: Vec<usize> = (0..new.tables.len())
        .filter(|&n| new.tables[n].0 == "line")
        .collect();
    let n = (!lines.is_empty()).then(|| *rng.pick(&lines))?;
    let key = new.tables[n].1.clone()?;
    let twin = format!("{key}-b");
    let half = |node: &mut Node, fields: &[&str]| scale_at(node, fields, 0.5);
    for fields in [
        &["capacity"][..],
        &["booked"],
        &["minimum"],
        &["ramp"],
        &["running"],
        &["expansion", "hall", "adds"],
        &["expansion", "hall", "cost"],
        &["expansion", "hall", "uses"],
    ] {
        half(&mut new.tables[n].2, fields);
    }
    for fields in [&["tiers", "up_to"][..], &["makes", "*", "tiers", "up_to"]] {
        amounts_at(&mut new.tables[n].2, fields, 0.5);
    }
    let mut copy = new.tables[n].clone();
    copy.1 = Some(twin.clone());
    new.tables.push(copy);
    for (_, _, node) in &mut new.tables {
        join(node, &key, &twin);
    }
    new.tables.retain(|(kind, ..)| kind != "scenario");
    Some(new)
}

/// Put a twin into every list that names a key.
fn join(node: &mut Node, key: &str, twin: &str) {
    match node {
        Node::List(list) if list.contains(&Node::from(key)) => list.push(twin.into()),
        Node::Table(table) => table.iter_mut().for_each(|(_, node)| join(node, key, twin)),
        _ => {}
    }
}

/// Multiply the figures at some fields; returns whether there are any.
pub fn scale_at(node: &mut Node, fields: &[&str], times: f64) -> bool {
    let Some((&first, rest)) = fields.split_first() else {
        return scale(node, times);
    };
    match node {
        Node::List(list) => all(list, |node| scale_at(node, fields, times)),
        Node::Table(table) => {
            let named = table
                .iter_mut()
                .filter(|(key, _)| first == "*" || key == first);
            named.fold(false, |any, (_, node)| scale_at(node, rest, times) || any)
        }
        _ => false,
    }
}

/// Multiply the figures at some fields that are amounts; a share stays what it is.
fn amounts_at(node: &mut Node, fields: &[&str], times: f64) {
    let Some((&first, rest)) = fields.split_first() else {
        if is_amount(node) {
            scale(node, times);
        }
        return;
    };
    match node {
        Node::List(list) => list
            .iter_mut()
            .for_each(|node| amounts_at(node, fields, times)),
        Node::Table(table) => table
            .iter_mut()
            .filter(|(key, _)| first == "*" || key == first)
            .for_each(|(_, node)| amounts_at(node, rest, times)),
        _ => {}
    }
}

/// Whether a figure, or what it scales a fact by, has a unit.
fn is_amount(node: &Node) -> bool {
    match node {
        Node::Figure(_, unit) => unit != "%",
        Node::Table(table) => table.iter().any(|(_, node)| is_amount(node)),
        Node::List(_) | Node::Number(_) | Node::Text(_) => false,
    }
}

/// Do something with each of some nodes; returns whether it says yes of any.
fn all(list: &mut [Node], mut f: impl FnMut(&mut Node) -> bool) -> bool {
    let mut any = false;
    for node in list {
        any |= f(node);
    }
    any
}

fn scale(node: &mut Node, times: f64) -> bool {
    match node {
        Node::Figure(_, unit) if unit == "years" => false,
        Node::Figure(number, _) | Node::Number(number) => {
            *number *= times;
            *number != 0.0
        }
        Node::List(list) => all(list, |node| scale(node, times)),
        Node::Table(table) => {
            let parts = table.iter_mut().filter(|(key, _)| key != "year");
            parts.fold(false, |any, (_, node)| scale(node, times) || any)
        }
        Node::Text(_) => false,
    }
}

/// A limit beyond all use is the same, however far beyond.
fn raised(written: &Written, model: &Model, kind: ObjectiveKind, rng: &mut Rng) -> Vec<Difference> {
    // What is left at the end and valued has a use for any amount.
    let valued = |stock: &Stock| stock.closing_value.value() > 0.0;
    if is_whole(model) || model.stocks.values().any(valued) {
        return Vec::new();
    }
    let mut limits = LIMITS.to_vec();
    rng.shuffle(&mut limits);
    for (table, fields) in limits {
        let ramps = written.of("line").any(|(_, line)| {
            (line.get("ramp").is_some() || line.get("growth").is_some())
                && line.get("running").is_none()
        });
        if table == "line" && ramps {
            continue;
        }
        let so_far = |times: f64| {
            let mut new = written.clone();
            let mut any = false;
            for (_, _, node) in new.tables.iter_mut().filter(|(kind, ..)| kind == table) {
                any |= scale_at(node, fields, times);
            }
            any.then_some(new)
        };
        let Some(far) = so_far(1e6).as_ref().and_then(read) else {
            continue;
        };
        let far = ask(&far, kind, embedded(model));
        // Where there is no plan, a minimum may still be out of reach, and a higher limit within.
        if matches!(far, Verdict::NoPlan(_)) {
            return Vec::new();
        }
        let further = *rng.pick(&[1e7, 1e9, 1e12]);
        let Some(further) = so_far(further).as_ref().and_then(read) else {
            continue;
        };
        let further = ask(&further, kind, embedded(model));
        let name = format!("limit raised: {table}.{}", fields.join("."));
        return compare(&name, &far, &further, 1.0).into_iter().collect();
    }
    Vec::new()
}
