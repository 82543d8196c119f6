//! How sure it is, as bands.

use super::super::page::{Band, Chart, Lines, Mark, Picture, Series};
use super::drawing::{BARS, across, lines, series};
use super::sensitivity::name;
use super::{Illustrated, Placed};
use crate::analysis::Outcome;
use crate::analysis::monte_carlo::{MonteCarlo, Running};
use crate::model::Model;

impl Illustrated for MonteCarlo {
    fn charts(&self, m: &Model) -> Vec<Placed> {
        vec![
            ("chances", self.year_chart(m)),
            ("chances", self.chance_chart(m)),
            ("spread", self.quantile_chart(m)),
            ("drivers", self.driver_chart(m)),
            ("running", self.running_chart()),
        ]
    }
}

impl MonteCarlo {
    fn number(&self, outcome: &Outcome) -> Option<usize> {
        self.outcomes.iter().position(|other| other == outcome)
    }

    /// The scenarios by name; a single one has no name.
    fn names(&self) -> Vec<(usize, String)> {
        let several = self.scenarios.len() > 1;
        let named = self.scenarios.iter().enumerate();
        let name = |(n, (scenario, _)): (usize, &(crate::document::Scenario, Model))| {
            let name = if several {
                scenario.name.clone()
            } else {
                String::new()
            };
            (n, name)
        };
        named.map(name).collect()
    }

    /// Coverage by year: the middle, and bands of samples around it.
    pub(super) fn year_chart(&self, m: &Model) -> Chart {
        let chart = Chart::new(
            "Coverage by year over the samples",
            "Share of what is required in a year that is met, by value.",
            "%",
        );
        let years: Vec<i32> = m
            .calendar
            .years()
            .map(|y| m.calendar.year_number(y))
            .collect();
        self.names().into_iter().fold(chart, |chart, (s, name)| {
            let spread = years.iter().filter_map(|&year| {
                let n = self.number(&Outcome::CoverageIn(year))?;
                Some((year, self.statistics(s, n)))
            });
            let spread: Vec<_> = spread.filter(|(_, found)| found.count > 0).collect();
            if spread.is_empty() {
                return chart;
            }
            let at = |share: f64| {
                let found = spread.iter().map(move |(_, found)| found.quantile(share));
                found
                    .map(|value| value.unwrap_or(0.0))
                    .collect::<Vec<f64>>()
            };
            let band = |name: &str, low: f64, high: f64| Band {
                name: name.into(),
                low: at(low),
                high: at(high),
            };
            let picture = Picture::Lines(Lines {
                steps: spread.iter().map(|(year, _)| year.to_string()).collect(),
                series: vec![Series::of("median", Mark::Line, at(0.5))],
                bands: vec![
                    band("90 % of the samples", 0.05, 0.95),
                    band("half of the samples", 0.25, 0.75),
                ],
            });
            chart.view(name, picture)
        })
    }

    /// What the first samples say of coverage: a band of two standard errors around the mean, and one of quantiles.
    fn running_chart(&self) -> Chart {
        let chart = Chart::new(
            "Whether there are samples enough",
            "Coverage by value over the first so many samples: the mean with two standard errors to either side, and what lies between a twentieth and nineteen twentieths of them.",
            "%",
        );
        let Some(n) = self.number(&Outcome::Coverage) else {
            return chart;
        };
        self.names().into_iter().fold(chart, |chart, (s, name)| {
            let found = self.running(s, n);
            if found.is_empty() {
                return chart;
            }
            let all = |of: &dyn Fn(&Running) -> f64| found.iter().map(of).collect::<Vec<f64>>();
            let band = |name: &str, low: Vec<f64>, high: Vec<f64>| Band {
                name: name.into(),
                low,
                high,
            };
            let picture = Picture::Lines(Lines {
                steps: found.iter().map(|at| at.samples.to_string()).collect(),
                series: vec![Series::of("mean", Mark::Line, all(&|at| at.mean))],
                bands: vec![
                    band("90 % of the samples", all(&|at| at.low), all(&|at| at.high)),
                    band(
                        "two standard errors",
                        all(&|at| at.mean - 2.0 * at.error),
                        all(&|at| at.mean + 2.0 * at.error),
                    ),
                ],
            });
            chart.view(name, picture)
        })
    }

    /// The chance that each requirement is met in full.
    pub(super) fn chance_chart(&self, m: &Model) -> Chart {
        let chart = Chart::new(
            "How likely each requirement is met",
            "Share of the samples in which it is met in full over the whole calendar, and coverage in the middle sample.",
            "%",
        );
        self.names().into_iter().fold(chart, |chart, (s, name)| {
            let rows = m.requirements.values().filter_map(|requirement| {
                let key = &requirement.key;
                let n = self.number(&Outcome::CoverageOf(key.clone()))?;
                let middle = self.statistics(s, n).quantile(0.5)?;
                Some((requirement.name.clone(), self.chance(s, key)?, middle))
            });
            let rows: Vec<_> = rows.collect();
            if rows.is_empty() {
                return chart;
            }
            let bars = vec![
                series("met in full", rows.iter().map(|row| row.1)),
                series("coverage, median", rows.iter().map(|row| row.2)),
            ];
            let names = rows.iter().map(|row| row.0.clone()).collect();
            chart.view(name, across(names, Vec::new(), bars))
        })
    }

    /// How the plan as a whole is spread: what so many samples do not exceed.
    fn quantile_chart(&self, m: &Model) -> Chart {
        let money = format!("M {} of the day", m.money.base());
        let chart = Chart::new(
            "How the plan as a whole is spread",
            "What a share of the samples does not exceed.",
            "%",
        );
        let wanted = [
            ("Coverage, by value", Outcome::Coverage, "%".to_owned(), 1.0),
            (
                "Missing, at its value",
                Outcome::Missing,
                format!("M {} of {}", m.money.base(), m.money.price_year),
                1e-6,
            ),
            ("Cost", Outcome::Cost, money, 1e-6),
        ];
        let shares: Vec<f64> = (0..=20).map(|n| f64::from(n) / 20.0).collect();
        let steps: Vec<String> = shares
            .iter()
            .map(|share| format!("{:.0} %", 100.0 * share))
            .collect();
        wanted
            .into_iter()
            .fold(chart, |chart, (title, outcome, unit, scale)| {
                let Some(n) = self.number(&outcome) else {
                    return chart;
                };
                let curves = self.names().into_iter().map(|(s, name)| {
                    let found = self.statistics(s, n);
                    let values = shares
                        .iter()
                        .map(|&share| Some(scale * found.quantile(share)?));
                    let name = if name.is_empty() {
                        "samples".into()
                    } else {
                        name
                    };
                    Series::new(name, Mark::Line, values.collect::<Vec<_>>())
                });
                chart.view_in("", title, unit, lines(steps.clone(), curves.collect()))
            })
    }

    /// What drives the spread.
    fn driver_chart(&self, m: &Model) -> Chart {
        let chart = Chart::new(
            "What drives the spread",
            "Rank correlation of an input with the outcome over the samples: 1 where they rise together without exception.",
            "",
        );
        let wanted = [
            ("What is missing", Outcome::Missing),
            ("Cost", Outcome::Cost),
        ];
        wanted.into_iter().fold(chart, |chart, (title, outcome)| {
            let drivers = self.number(&outcome).map(|n| self.drivers(0, n));
            let drivers: Vec<_> = drivers.unwrap_or_default().into_iter().take(BARS).collect();
            if drivers.is_empty() {
                return chart;
            }
            let side = |sign: f64| drivers.iter().map(move |d| (sign * d.correlation).max(0.0));
            let bars = vec![
                series("rises with the input", side(1.0)),
                series("falls as the input rises", side(-1.0)),
            ];
            let names = drivers.iter().map(|d| name(m, &self.inputs[d.input]));
            let details = drivers.iter().map(|d| match d.first_order {
                Some(share) => format!(
                    "explains {} of the variance by itself",
                    super::super::number::share(share.value)
                ),
                None => String::new(),
            });
            let mut picture = across(names.collect(), details.collect(), bars);
            if let Picture::Bars(bars) = &mut picture {
                bars.stacked = true;
            }
            chart.view(title, picture)
        })
    }
}
