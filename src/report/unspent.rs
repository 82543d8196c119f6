//! What funds do not spend, and why.

use super::number::millions;
use super::view::View;
use crate::model::Model;
use crate::solution::{Solution, Why};

/// A fund a line, and all of them together, if there are several.
pub(super) fn view(m: &Model, s: &Solution) -> View {
    let currency = m.money.base();
    let note = format!(
        "M {currency} of the day over the whole calendar. `lapsed`: not carried over to a year in which it would have been worth something; `earmarked`: money is short elsewhere, where the fund may not pay; `other limit`: what it may buy is short, but not for want of money; `not needed`: more of it would buy nothing."
    );
    let mut view = View {
        title: "What is not spent, and why".into(),
        note,
        head: vec!["fund".into(), "unspent".into()],
        words: 1,
        rows: Vec::new(),
        shares: Vec::new(),
        quiet: Vec::new(),
        quiet_words: "",
    };
    let all = s.unspent(m);
    let used = Why::WORDS.iter().map(|&(_, why)| why);
    let used: Vec<Why> = used
        .filter(|why| all.iter().any(|own| own.why == *why))
        .collect();
    view.head
        .extend(used.iter().map(|why| why.word().to_owned()));
    let row = |name: String, which: &dyn Fn(&crate::solution::Unspent) -> bool| {
        let sum = |why: Option<Why>| -> f64 {
            let own = all
                .iter()
                .filter(|own| which(own) && why.is_none_or(|why| own.why == why));
            own.map(|own| own.amount).sum()
        };
        let mut row = vec![name, millions(sum(None))];
        row.extend(used.iter().map(|&why| millions(sum(Some(why)))));
        row
    };
    for (f, fund) in m.funds.iter() {
        if all.iter().any(|own| own.fund == f) {
            view.rows.push(row(fund.name.clone(), &|own| own.fund == f));
        }
    }
    if view.rows.len() > 1 {
        view.rows.push(row("all funds".into(), &|_| true));
    }
    view
}
