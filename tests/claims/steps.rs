//! The European model by the month, the quarter and the year.

use crate::{Answer, plans};
use sinews::document::Document;
use sinews::model::Model;
use std::fmt::Write;

const STEPS: [&str; 3] = ["month", "quarter", "year"];

/// The European model by a step; its folder's other files as they are.
fn by(step: &str) -> Model {
    let text = std::fs::read_to_string("models/europe.toml").unwrap();
    let own = "period = \"quarter\"";
    assert_eq!(text.matches(own).count(), 1, "the model's own step");
    let text = text.replace(own, &format!("period = \"{step}\""));
    let document = Document::parse_beside("models/europe.toml", &text, "models").unwrap();
    document.model().unwrap()
}

/// How many requirements of a tier are met in full, and of how many.
fn in_full(answer: &Answer, tier: u32) -> String {
    let tiers = answer.solution.tiers(&answer.model);
    let own = tiers.iter().find(|own| own.tier == tier).unwrap();
    format!("{} of {}", own.in_full, own.requirements)
}

/// What is paid from the year on in which decisions are free, in bn EUR of the day.
fn paid(answer: &Answer) -> f64 {
    let funds = answer.solution.funds.iter();
    let free = funds.filter(|fund| !answer.model.calendar.is_past_year(fund.year));
    free.map(|fund| fund.spent).sum::<f64>() / 1e9
}

/// The answer by each step, and how far the longer ones are from the shortest.
pub(crate) fn table() -> String {
    let models = STEPS.map(|step| (step.to_owned(), by(step)));
    let all = plans(models.into());
    let mut text = "| step | shortfall and cost, of 2026 | coverage by value | met in full, tier 1, 2 and 3 | paid from 2027 on, of the day |\n|---|---|---|---|---|\n".to_owned();
    for step in STEPS {
        let answer = &all[step];
        writeln!(
            text,
            "| {step} | {:.1} | {:.0} % | {}, {}, {} | {:.1} |",
            answer.solution.stages[0].value / 1e9,
            100.0 * answer.by_value(),
            in_full(answer, 1),
            in_full(answer, 2),
            in_full(answer, 3),
            paid(answer)
        )
        .unwrap();
    }
    let value = |step: &str| all[step].solution.stages[0].value;
    let off = |step: &str| 100.0 * (value(step) / value("month") - 1.0);
    writeln!(
        text,
        "\nBeside that by the month the value is {:+.2} % by the quarter, {:+.2} % by the year.",
        off("quarter"),
        off("year")
    )
    .unwrap();
    text
}
