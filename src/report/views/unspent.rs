//! What funds do not spend, and why.

use crate::model::Model;
use crate::solution::{Solution, Unspent, Why};
use crate::table::{Cell, Table};

/// A fund a line, and all of them together, if there are several.
pub(super) fn view(m: &Model, s: &Solution) -> Table {
    let currency = m.money.base();
    let note = format!(
        "M {currency} of the day over the whole calendar. `lapsed`: not carried over to a year in which it would have been worth something; `earmarked`: money is short elsewhere, where the fund may not pay; `other limit`: what it may buy is short, but not for want of money; `not needed`: more of it would buy nothing."
    );
    let all = s.unspent(m);
    let used = Why::WORDS.iter().map(|&(_, why)| why);
    let used: Vec<Why> = used
        .filter(|why| all.iter().any(|own| own.why == *why))
        .collect();
    let mut view = Table::new("unspent", "What is not spent, and why", note, &["fund"])
        .columns(["unspent"])
        .columns(used.iter().map(|why| why.word()));
    let row = |name: &str, which: &dyn Fn(&Unspent) -> bool| {
        let sum = |why: Option<Why>| -> f64 {
            let own = all
                .iter()
                .filter(|own| which(own) && why.is_none_or(|why| own.why == why));
            own.map(|own| own.amount).sum()
        };
        let sums = used.iter().map(|&why| Cell::Money(sum(Some(why))));
        let all = [name.into(), Cell::Money(sum(None))];
        all.into_iter().chain(sums).collect::<Vec<_>>()
    };
    for (f, fund) in m.funds.iter() {
        if all.iter().any(|own| own.fund == f) {
            view.push(row(&fund.name, &|own| own.fund == f));
        }
    }
    if view.rows.len() > 1 {
        view.push(row("all funds", &|_| true));
    }
    view
}
