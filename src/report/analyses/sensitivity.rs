//! What the answer hangs on, as a tornado.

use super::super::number::quantity;
use super::super::page::{Bar, Chart, Picture, Tornado};
use super::drawing::{BARS, across, millions, series};
use super::{Illustrated, Placed};
use crate::analysis::Input;
use crate::analysis::sensitivity::{Move, Sensitivity};
use crate::model::Model;
use crate::names::of_place;

impl Illustrated for Sensitivity {
    fn charts(&self, m: &Model) -> Vec<Placed> {
        vec![
            ("tornado", self.tornado_chart(m)),
            ("limits", self.limit_chart(m)),
        ]
    }
}

impl Sensitivity {
    fn tornado_chart(&self, m: &Model) -> Chart {
        let chart = Chart::new(
            "What moves the answer",
            "By how much shortfall and cost together are higher than as it is, with one input at a time at the low and at the high end of its range; less is better.",
            format!("M {}", m.money.base()),
        );
        let moved = self.moves.iter().filter(|found| found.width() > 0.0);
        let bars: Vec<Bar> = moved.take(BARS).filter_map(|found| bar(m, found)).collect();
        if bars.is_empty() {
            return chart;
        }
        chart.view("", Picture::Tornado(Tornado { base: 0.0, bars }))
    }

    fn limit_chart(&self, m: &Model) -> Chart {
        let shown: Vec<_> = self.limits.iter().take(BARS).collect();
        let names = shown.iter().map(|limit| limit.words.in_names());
        let details = shown.iter().map(|limit| {
            let (price, amount) = (quantity(limit.price), quantity(limit.amount));
            format!(
                "one more {} is worth {price} {}; there are {amount} in this window",
                limit.unit,
                m.money.base()
            )
        });
        let weights = shown.iter().map(|limit| millions(limit.weight.max(0.0)));
        let picture = across(
            names.collect(),
            details.collect(),
            vec![series("weight", weights)],
        );
        let chart = Chart::new(
            "The limits that matter most",
            "Price times amount over all windows: a hundred times what one percent more is worth.",
            format!("M {}", m.money.base()),
        );
        if shown.is_empty() {
            return chart;
        }
        chart.view("", picture)
    }
}

/// The outcome at both ends of an input's range. `None`: it cannot be told at one of them.
fn bar(m: &Model, found: &Move) -> Option<Bar> {
    let solved = found
        .low
        .zip(found.high)
        .map(|(low, high)| (low.value, high.value));
    let (low, high) = solved.or(found.estimate)?;
    let [low_input, high_input] = ends(&found.input);
    Some(Bar {
        low_input,
        high_input,
        ..Bar::new(name(m, &found.input), millions(low), millions(high))
    })
}

/// What an input is called: a group by its name, others by the name of what their first figure belongs to.
pub(super) fn name(m: &Model, input: &Input) -> String {
    let first = &input.figures[0].place;
    let name = if input.name == first.to_string() {
        of_place(m, first)
    } else {
        input.name.clone()
    };
    match input.figures.len() {
        1 => name,
        count => format!("{name} (of {count})"),
    }
}

/// The two ends of an input's range, in words.
fn ends(input: &Input) -> [String; 2] {
    let [one] = input.figures.as_slice() else {
        return ["low ends", "high ends"].map(|ends| format!("all at their {ends}"));
    };
    let figure = &one.first;
    let range = match one.spread {
        Some(spread) => Some((figure.value * (1.0 - spread), figure.value * (1.0 + spread))),
        None => figure.range,
    };
    let (low, high) = range.unwrap_or((figure.value, figure.value));
    [low, high].map(|end| format!("{} {}", quantity(end), figure.unit))
}
