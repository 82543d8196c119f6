//! The tables of `docs/backtest.md`.

use crate::fit::{Fitted, Range, Used};
use crate::items::{Told, Where};
use std::fmt::Write;

/// A page with the part between its two marks replaced.
pub(crate) fn replaced(page: &str, name: &str, text: &str) -> String {
    let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- end {name} -->"));
    let (before, rest) = page.split_once(&start).unwrap_or_else(|| panic!("{start}"));
    let (_, after) = rest.split_once(&end).unwrap_or_else(|| panic!("{end}"));
    format!("{before}{start}{text}{end}{after}")
}

/// What was fitted.
pub(crate) fn factors(used: &Used, first: Fitted, second: Fitted) -> String {
    let mut text = String::from(
        "| friction | fitted on 2023 to 2025 | fitted on 2026 | used, with its ends |\n|---|--:|--:|--:|\n",
    );
    let share = |share: f64| format!("{:.0} %", 100.0 * share);
    let months = |months: f64| format!("{months:.0} months");
    let mut row = |name: &str, own: [f64; 2], range: Range, show: &dyn Fn(f64) -> String| {
        let [first, second] = own.map(show);
        let [low, value, high] = [range.low, range.value, range.high].map(show);
        writeln!(
            text,
            "| {name} | {first} | {second} | {value} ({low} to {high}) |"
        )
        .unwrap();
    };
    row(
        "output: what is made of what could be",
        [first.output, second.output],
        used.output,
        &share,
    );
    row(
        "money: what is ever paid of what was promised",
        [first.money, second.money],
        used.money,
        &share,
    );
    row(
        "late: what of that comes a year later",
        [first.late, second.late],
        used.late,
        &share,
    );
    row(
        "delay of works",
        [first.delay, second.delay],
        used.delay,
        &months,
    );
    text
}

/// What of the rounds that the plan gives Ukraine went to others.
pub(crate) fn elsewhere(share: f64) -> String {
    format!(
        "\nOf the rounds that the plan of 2023 gives Ukraine, {:.0} % did not come: what is made is not all given.\n",
        100.0 * share
    )
}

/// Every item without and with friction.
pub(crate) fn table(title: &str, plain: &[Told], rubbed: &[Told]) -> String {
    let mut text = format!(
        "\n### {title}\n\n| item | reading | said | with friction | came | error | with friction |\n|---|---|--:|--:|--:|--:|--:|\n"
    );
    for (a, b) in plain.iter().zip(rubbed) {
        let (low, high) = a.ends;
        let came = if low < high {
            format!("{} ({} to {})", number(a.came), number(low), number(high))
        } else {
            number(a.came)
        };
        let [said, with] = [a, b].map(|told| number(told.said));
        let [error, better] = [a, b].map(error);
        writeln!(
            text,
            "| {} | {} | {said} | {with} | {came} {} | {error} | {better} |",
            a.item.0, a.reading, a.unit
        )
        .unwrap();
    }
    let [plain, rubbed] = [plain, rubbed].map(off);
    for (n, name) in ["output", "money"].iter().enumerate() {
        if let (Some(plain), Some(rubbed)) = (plain[n], rubbed[n]) {
            let words = "mean square of the logs, as a factor";
            writeln!(
                text,
                "| **{name}: {words}** | | | | | {plain:.2} | {rubbed:.2} |"
            )
            .unwrap();
        }
    }
    text
}

fn is_time(told: &Told) -> bool {
    matches!(told.item.1, Where::Opens(..) | Where::LeadTime(_))
}

fn error(told: &Told) -> String {
    if is_time(told) {
        format!("{:+.0} months", told.said - told.came)
    } else {
        format!("{:+.0} %", 100.0 * (told.said / told.came - 1.0))
    }
}

/// By what factor quantities and sums are off: the root of the mean square of the logs.
fn off(all: &[Told]) -> [Option<f64>; 2] {
    let money = |told: &Told| matches!(told.item.1, Where::Paid(..));
    [false, true].map(|of_money| {
        let of = all
            .iter()
            .filter(|told| !is_time(told) && money(told) == of_money);
        let squares: Vec<f64> = of
            .map(|told| (told.said / told.came).ln().powi(2))
            .collect();
        let count: f64 = squares.iter().map(|_| 1.0).sum();
        (count > 0.0).then(|| (squares.iter().sum::<f64>() / count).sqrt().exp())
    })
}

/// With thousands set apart; large sums in millions.
fn number(value: f64) -> String {
    if value >= 1e8 {
        return format!("{} M", number(value / 1e6));
    }
    if value < 100.0 {
        return format!("{}", (value * 10.0).round() / 10.0);
    }
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
