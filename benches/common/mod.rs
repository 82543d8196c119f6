//! What benchmarks share: a model of any size, the median of several runs, the peak of memory.
#![allow(dead_code, clippy::unwrap_used)]

pub(crate) mod counts;

use sinews::calendar::{Calendar, Month, PeriodLength};
use sinews::model::{Draft, Expansion, Fund, Holder, Item, Line, Model, Requirement};
use sinews::path::Path;
use sinews::units::{MoneyPerYear, months, per_piece, per_year};

/// A model with `lines` lines in each of three layers and `holders` holders, over whole years.
pub(crate) fn synthetic(lines: usize, holders: usize, years: i32, period: PeriodLength) -> Model {
    let start = Month::new(2026, 1).unwrap();
    let calendar = Calendar::new(start, start.plus(12 * years - 1), period).unwrap();
    let mut draft = Draft::new(calendar);
    let number = |n: usize| f64::from(u32::try_from(n).unwrap());
    let items = lines.div_ceil(2);
    let raw: Vec<_> = (0..items)
        .map(|n| draft.items.push(Item::new(format!("raw-{n}"), "t")))
        .collect();
    let part = |n: usize| Item::new(format!("part-{n}"), "part").needs(raw[n], 0.01);
    let parts: Vec<_> = (0..items).map(part).collect();
    let parts: Vec<_> = parts
        .into_iter()
        .map(|item| draft.items.push(item))
        .collect();
    let good = |n: usize| {
        Item::new(format!("good-{n}"), "good")
            .needs(parts[n], 2.0)
            .needs(parts[(n + 1) % items], 1.0)
    };
    let goods: Vec<_> = (0..items).map(good).collect();
    let goods: Vec<_> = goods
        .into_iter()
        .map(|item| draft.items.push(item))
        .collect();
    for n in 0..lines {
        let wobble = 1.0 + 0.1 * number(n % 7);
        let i = n % items;
        draft
            .lines
            .push(Line::new(format!("mine-{n}"), raw[i]).capacity(per_year(500.0 * wobble)));
        draft
            .lines
            .push(Line::new(format!("shop-{n}"), parts[i]).capacity(per_year(60_000.0 * wobble)));
        let cost = per_piece(4_000.0 * wobble);
        let l = draft.lines.push(
            Line::new(format!("plant-{n}"), goods[i])
                .capacity(per_year(15_000.0 * wobble))
                .cost(cost),
        );
        if n % 3 == 0 {
            let mut option = Expansion::new("hall", l, per_year(5_000.0), months(12.0));
            option.cost = Some(sinews::units::Money::new(2e7).into());
            draft.expansions.push(option);
        }
    }
    for h in 0..holders {
        let holder = draft.holders.push(Holder::new(format!("holder-{h}")));
        for n in (0..items).filter(|n| h == 0 || (n + h) % 4 == 0) {
            let need = per_year(if h == 0 { 25_000.0 } else { 2_000.0 });
            let mut requirement = Requirement::new(format!("need-{h}-{n}"), holder, goods[n], need);
            requirement.tier = if h == 0 {
                1 + u32::try_from(n % 2).unwrap()
            } else {
                3
            };
            draft.requirements.push(requirement);
        }
        let money = MoneyPerYear::new(if h == 0 { 3e7 } else { 5e6 } * number(items));
        let mut fund = Fund::new(format!("fund-{h}"), Path::constant(money));
        fund.buys.holders = if h == 0 {
            vec![holder]
        } else {
            vec![holder, sinews::ids::HolderId::FIRST]
        };
        draft.funds.push(fund);
    }
    draft.check().unwrap()
}

/// The median time of several runs, in seconds, and what the last one gave.
pub(crate) fn median<T>(runs: usize, mut work: impl FnMut() -> T) -> (f64, T) {
    let mut times = Vec::new();
    let mut last = None;
    for _ in 0..runs {
        let start = std::time::Instant::now();
        last = Some(work());
        times.push(start.elapsed().as_secs_f64());
    }
    times.sort_by(f64::total_cmp);
    (times[times.len() / 2], last.unwrap())
}

/// The most memory this process has held so far, in MiB, where the system tells.
pub(crate) fn peak_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024.0)
}

/// The time that the processor spent on some work, in seconds, where the system tells; else that of the clock.
pub(crate) fn processor<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let (start, before) = (std::time::Instant::now(), processor_so_far());
    let done = work();
    let spent = before.and_then(|before| Some(processor_so_far()? - before));
    (spent.unwrap_or_else(|| start.elapsed().as_secs_f64()), done)
}

/// The time that the processor has spent on this process, all threads together, outside of the system's own work.
fn processor_so_far() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program is the one word that may hold spaces.
    let (_, rest) = status.rsplit_once(')')?;
    let hundredths: f64 = rest.split_whitespace().nth(11)?.parse().ok()?;
    Some(hundredths / 100.0)
}
