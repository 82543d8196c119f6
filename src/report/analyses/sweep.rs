//! A grid of settings: a line along one axis, a grid over two.

use super::super::page::{Chart, Heat, Mark, Picture, Scale, Series};
use super::drawing::lines;
use super::{Illustrated, Placed};
use crate::analysis::Outcome;
use crate::analysis::sweep::Sweep;
use crate::model::Model;

impl Illustrated for Sweep {
    fn charts(&self, m: &Model) -> Vec<Placed> {
        let base = m.money.base();
        let wanted = [
            (
                "Coverage, by value",
                Outcome::Coverage,
                "%".to_owned(),
                1.0,
                Scale::Good,
            ),
            (
                "Missing, at its value",
                Outcome::Missing,
                format!("M {base} of {}", m.money.price_year),
                1e-6,
                Scale::Bad,
            ),
            (
                "Cost",
                Outcome::Cost,
                format!("M {base} of the day"),
                1e-6,
                Scale::Plain,
            ),
        ];
        let along = self.axes.iter().map(|axis| axis.figures.to_string());
        let along: Vec<String> = along.collect();
        let note = match along.as_slice() {
            [one] => format!("Along the bottom: {one}. A gap: no plan."),
            [one, other] => format!("A row each setting of {one}, a column each of {other}."),
            _ => return Vec::new(),
        };
        let chart = Chart::new("The plan at each setting", note, "%");
        let chart =
            wanted
                .into_iter()
                .fold(chart, |chart, (name, outcome, unit, factor, scale)| {
                    let Some(n) = self.outcomes.iter().position(|other| *other == outcome) else {
                        return chart;
                    };
                    let at = |number: usize| {
                        let solved = self.results.rows.get(&number)?;
                        Some(factor * (*solved.values.get(n)?)?)
                    };
                    chart.view_in("", name, unit, self.picture(name, scale, &at))
                });
        vec![("points", chart)]
    }
}

impl Sweep {
    /// One outcome by point, over one axis or two.
    fn picture(&self, name: &str, scale: Scale, at: &dyn Fn(usize) -> Option<f64>) -> Picture {
        let settings = |axis: usize| {
            let settings = self.axes[axis].settings.iter();
            settings.map(ToString::to_string).collect::<Vec<_>>()
        };
        if self.axes.len() == 1 {
            let steps = settings(0);
            let values: Vec<_> = (0..steps.len()).map(at).collect();
            return lines(steps, vec![Series::new(name, Mark::Line, values)]);
        }
        let (rows, columns) = (settings(0), settings(1));
        // The last axis changes fastest.
        let values = (0..rows.len()).map(|r| {
            let cells = (0..columns.len()).map(|c| at(r * columns.len() + c));
            cells.collect()
        });
        Picture::Heat(Heat {
            values: values.collect(),
            rows,
            columns,
            scale,
        })
    }
}
