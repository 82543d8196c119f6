//! What could be done, and what is likely to be.

use super::super::page::{Chart, Mark, Picture, Scale, Section, Series};
use super::drawing::grid;
use super::{Illustrated, Placed};
use crate::analysis::outlook::{Outlook, Side};
use crate::analysis::{Findings, Outcome};
use crate::model::Model;

impl Illustrated for Outlook {
    fn charts(&self, _: &Model) -> Vec<Placed> {
        let chart = Chart::new(
            "Coverage by requirement",
            "Share of what is required that is met.",
            "%",
        );
        let picture = grid(&self.tables(), "requirements", Scale::Good);
        let placed = picture.map(|picture| ("requirements", chart.view("", picture)));
        let years = ("outlook", self.years());
        placed.into_iter().chain([years]).collect()
    }
}

impl Outlook {
    /// What samples say, as a section of a plan's page: bands of coverage by year around the plan, and the chance that
    /// each requirement is met. Without samples there is nothing in it.
    pub fn section(&self) -> Section {
        let section = Section::new("How sure it is");
        let mut chances = Chart::new(
            "How likely each requirement is met",
            "Share of the samples in which it is met in full over the whole calendar, and coverage in the middle sample.",
            "%",
        );
        let mut samples = 0;
        for side in &self.sides {
            let Some(found) = &side.samples else {
                continue;
            };
            samples = samples.max(found.samples);
            for view in found.chance_chart(&side.model).views {
                chances = chances.view(side.name, view.picture);
            }
        }
        if samples == 0 {
            return section;
        }
        section
            .say(format!(
                "{samples} samples of what is uncertain, each planned anew."
            ))
            .chart(self.years())
            .chart(chances)
            .in_print()
    }

    /// Coverage by year: the plan, the middle of the samples, and bands of them.
    fn years(&self) -> Chart {
        let chart = Chart::new(
            "Coverage by year, and what samples say",
            "Share of what is required in a year that is met, by value: in the plan, and in so many of the samples.",
            "%",
        );
        self.sides.iter().fold(chart, |chart, side| {
            let Some(found) = &side.samples else {
                return chart;
            };
            let views = found.year_chart(&side.model).views.into_iter();
            views.fold(chart, |chart, view| {
                chart.view(side.name, with_plan(view.picture, side))
            })
        })
    }
}

/// Bands, and the plan of record among them.
fn with_plan(picture: Picture, side: &Side) -> Picture {
    let Picture::Lines(mut lines) = picture else {
        return picture;
    };
    let covered = lines.steps.iter().map(|year| {
        let year = year.parse().ok()?;
        Outcome::CoverageIn(year).of(&side.model, &side.solution)
    });
    let covered: Vec<Option<f64>> = covered.collect();
    lines
        .series
        .push(Series::new("the plan", Mark::Line, covered));
    Picture::Lines(lines)
}
