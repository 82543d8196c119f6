//! A smaller model with the same fault: tables and fields are taken out for as long as it stays.

use crate::node::{Node, Written};

/// The smallest model found of which something still holds.
pub fn shrunk(written: &Written, holds: impl Fn(&Written) -> bool) -> Written {
    let mut best = written.clone();
    loop {
        let before = best.text().len();
        for n in (0..best.tables.len()).rev() {
            let mut less = best.clone();
            less.tables.remove(n);
            if holds(&less) {
                best = less;
            }
        }
        let mut n = 0;
        while let Some(less) = edited(&best, n) {
            if less.text().len() < best.text().len() && holds(&less) {
                best = less;
            } else {
                n += 1;
            }
        }
        if best.text().len() >= before {
            return best;
        }
    }
}

/// The model with its `n`-th small change; `None` when there are no more.
fn edited(written: &Written, n: usize) -> Option<Written> {
    let mut new = written.clone();
    let mut left = n;
    for (_, _, node) in &mut new.tables {
        if edit(node, &mut left) {
            return Some(new);
        }
    }
    None
}

fn edit(node: &mut Node, left: &mut usize) -> bool {
    let mut now = || {
        let now = *left == 0;
        *left = left.wrapping_sub(1);
        now
    };
    match node {
        Node::Table(table) => {
            let plain = table
                .iter()
                .find(|(key, _)| key == "value" || key == "mode")
                .map(|(_, node)| node.clone());
            let plain = plain.or_else(|| {
                let by_year = |(key, _): &&(String, Node)| key.parse::<u32>().is_ok();
                table.iter().find(by_year).map(|(_, node)| node.clone())
            });
            if let Some(plain) = plain
                && now()
            {
                *node = plain;
                return true;
            }
            for n in 0..table.len() {
                let mut now = || {
                    let now = *left == 0;
                    *left = left.wrapping_sub(1);
                    now
                };
                if now() {
                    table.remove(n);
                    return true;
                }
                if edit(&mut table[n].1, left) {
                    return true;
                }
            }
            false
        }
        Node::List(list) => {
            for n in 0..list.len() {
                if *left == 0 {
                    list.remove(n);
                    return true;
                }
                *left -= 1;
                if edit(&mut list[n], left) {
                    return true;
                }
            }
            false
        }
        Node::Figure(number, unit) => {
            let rounded: f64 = format!("{number:.0e}").parse().unwrap_or(*number);
            let whole = unit.split_once(' ').map(|(_, unit)| unit.to_owned());
            if rounded != *number && whole.is_none() && now() {
                *number = rounded;
                return true;
            }
            false
        }
        _ => false,
    }
}
