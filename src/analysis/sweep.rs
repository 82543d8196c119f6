//! How does the answer move? A grid of settings, a plan for each point.
//!
//! Every point is measured as the model itself is. Where HiGHS is built in, points go on from the plan of
//! the point before on a line of the grid, from the one nearest to the model itself outwards, which starts
//! from the model's own plan. Which goes on from which is fixed by the grid: it gives the same numbers on any
//! number of threads and machines.

mod observations;
mod setting;
mod show;

pub use crate::document::Setting;
pub use setting::Axis;

use super::results::{Header, Results};
use super::{Keep, Outcome, Trouble, Work, many, work};
use crate::document::{Change, Pattern, Vary};
use crate::model::Model;
use crate::problem::Problems;
use crate::solve::{Options, Session};

/// What to vary, and what to keep.
///
/// ```
/// use sinews::analysis::sweep::Request;
///
/// let request = Request {
///     axes: vec!["fund.*.amount=x0.5,x1,x2".parse()?],
///     prices: vec!["line.*.capacity".parse()?],
///     ..Request::default()
/// };
/// # let _ = request;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// What is varied; every setting of one with every setting of the others, the last changing fastest.
    pub axes: Vec<Axis>,
    /// The limits whose prices are kept, by the figures that set them: `line.*.capacity`.
    pub prices: Vec<Pattern>,
    /// Which points, and what becomes of them.
    pub keep: Keep,
}

/// A grid of settings and the plan of each point.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Sweep {
    /// The model itself.
    pub model: Model,
    /// What was varied.
    pub axes: Vec<Axis>,
    /// What was kept of each plan, in the order of the columns of the results.
    pub outcomes: Vec<Outcome>,
    /// What each point gave, by its number; see [`settings`](Self::settings).
    pub results: Results,
}

/// The most points of a grid.
const MOST: usize = 1_000_000;

impl Request {
    fn check(&self, document: &dyn Vary) -> Result<usize, Trouble> {
        if self.axes.is_empty() {
            let help = "write which figures, and their settings: `fund.*.amount=x0.5,x1,x1.5`";
            return Err(Trouble::request("nothing is varied", help));
        }
        let mut points = 1_usize;
        for axis in &self.axes {
            let figures = &axis.figures;
            if axis.settings.is_empty() {
                let message = format!("`{figures}` has no settings: the grid is empty");
                let help = format!("write `{figures}=x0.5,x1,x1.5`");
                return Err(Trouble::request(message, help));
            }
            points = points.saturating_mul(axis.settings.len());
        }
        if points > MOST {
            let message = format!("the grid has {points} points, more than {MOST}");
            return Err(Trouble::request(message, "take fewer settings"));
        }
        for axis in &self.axes {
            axis.has_effect(document)?;
        }
        Ok(points)
    }

    fn key(&self, number: usize) -> String {
        let settings = self.axes.iter().zip(point(&self.axes, number));
        let settings = settings.map(|(axis, setting)| format!("{}={setting}", axis.figures));
        settings.collect::<Vec<_>>().join("; ")
    }

    /// The model at some settings, one an axis.
    fn model(&self, document: &dyn Vary, settings: &[&Setting]) -> Result<Model, Problems> {
        let axes = || self.axes.iter().zip(settings);
        let changes: Vec<Change> = axes()
            .filter_map(|(axis, s)| s.change(&axis.figures))
            .collect();
        let values: Vec<_> = axes().filter_map(|(axis, s)| axis.value(s)).collect();
        if values.is_empty() {
            return document.changed(&changes);
        }
        document.with_values(&values)?.changed(&changes)
    }

    fn header(
        &self,
        document: &dyn Vary,
        options: &Options,
        points: usize,
        outcomes: &[Outcome],
    ) -> Header {
        let request = format!("{:?} {:?}", self.axes, self.prices);
        let names = self.axes.iter().map(|axis| axis.figures.to_string());
        let what = (many::columns(outcomes, names), self.keep.shard);
        many::header("sweep", document, options, &request, points, what)
    }
}

/// What the results of a request belong to: for a [`Journal`](super::Journal).
///
/// # Errors
/// As [`sweep`].
///
/// ```
/// use sinews::analysis::sweep::{Request, header};
///
/// let model = sinews::read("models/tiny.toml")?;
/// let request = Request {
///     axes: vec!["line.plant.capacity=x1,x2,x3".parse()?],
///     ..Request::default()
/// };
/// assert_eq!(header(&model, &request, &Default::default())?.rows, 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn header(
    document: &dyn Vary,
    request: &Request,
    options: &Options,
) -> Result<Header, Trouble> {
    let model = document.model()?;
    let points = request.check(document)?;
    let outcomes = Outcome::all(&model, &request.prices)?;
    Ok(request.header(document, options, points, &outcomes))
}

/// Solve a model at every point of a grid.
///
/// A point without a plan gives a row that says so. After a cancellation, the points that have ended
/// are given.
///
/// # Errors
/// A request that names no figure, has no settings or a value that the model cannot take; a model without
/// a plan.
///
/// ```
/// # use sinews::{analysis::{Work, sweep}, document::Document};
/// let document = Document::open("models/shells.toml")?;
/// let request = sweep::Request {
///     axes: vec!["line.powder-mill.capacity=x0.5,x1,x1.5".parse()?],
///     ..Default::default()
/// };
/// let found = sweep::sweep(&document, &request, &Default::default(), &Work::default())?;
/// let coverage = |n: usize| found.results.rows[&n].values[0];
/// assert!(coverage(0) < coverage(1) && coverage(1) < coverage(2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn sweep(
    document: &dyn Vary,
    request: &Request,
    options: &Options,
    work: &Work,
) -> Result<Sweep, Trouble> {
    let model = document.model()?;
    let points = request.check(document)?;
    check_values(document, request)?;
    let outcomes = Outcome::all(&model, &request.prices)?;
    let header = request.header(document, options, points, &outcomes);
    let keys: Vec<String> = (0..points).map(|n| request.key(n)).collect();
    let results = many::run(
        header,
        &keys,
        &request.keep,
        work,
        chains(&request.axes),
        || Ok(vec![Session::new(&model, options)?]),
        |number| {
            let settings = point(&request.axes, number).into_iter();
            settings
                .map(|s| observations::number_of(s).number())
                .collect()
        },
        |runner, number, follows| {
            let model = request.model(document, &point(&request.axes, number))?;
            let solution = if follows {
                runner.go_on(&model)?
            } else {
                runner.solve(&model)?
            };
            Ok(outcomes.iter().map(|o| o.of(&model, &solution)).collect())
        },
    )?;
    Ok(Sweep {
        model,
        axes: request.axes.clone(),
        outcomes,
        results,
    })
}

/// Read the model with each value by itself, so that one it cannot take is found before any solve.
fn check_values(document: &dyn Vary, request: &Request) -> Result<(), Trouble> {
    for axis in &request.axes {
        for setting in &axis.settings {
            if let Some(value) = axis.value(setting) {
                document.with_values(&[value])?.model()?;
            }
        }
    }
    Ok(())
}

/// The settings of a point of a grid, one an axis.
fn point(axes: &[Axis], mut number: usize) -> Vec<&Setting> {
    let mut settings: Vec<&Setting> = Vec::new();
    for axis in axes.iter().rev() {
        settings.push(&axis.settings[number % axis.settings.len()]);
        number /= axis.settings.len();
    }
    settings.reverse();
    settings
}

/// The longest run of settings that go on from each other.
const RUN: usize = 24;

/// Which points go on from which: neighbours on a line along the last axis.
fn chains(axes: &[Axis]) -> Vec<Vec<usize>> {
    let points = axes.iter().map(|axis| axis.settings.len()).product();
    let Some(Axis { settings, .. }) = axes.last() else {
        return Vec::new();
    };
    let runs = settings.len().div_ceil(RUN);
    let distances: Vec<f64> = settings.iter().map(setting::distance).collect();
    let lines = (0..points).step_by(settings.len().max(1));
    lines
        .flat_map(|line| work::outwards(&distances, line, runs))
        .collect()
}

impl Sweep {
    /// The settings of a point, one an axis.
    pub fn settings(&self, number: usize) -> Vec<&Setting> {
        point(&self.axes, number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axes(texts: &[&str]) -> Vec<Axis> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn points_go_on_from_the_one_nearest_to_the_model_outwards() {
        let grid = axes(&["line.a.capacity=x1,x2", "fund.*.amount=x0.5,x0.9,x1.2"]);
        let wanted = [vec![1, 2], vec![0], vec![4, 5], vec![3]];
        assert_eq!(chains(&grid), wanted);
        let long = axes(&["fund.*.amount=x0.5..1.2 in 29"]);
        let lengths: Vec<usize> = chains(&long).iter().map(Vec::len).collect();
        assert_eq!(lengths, [1, 14, 9, 5]);
        let values = axes(&["line.a.cost=3 EUR/t,2 EUR/t"]);
        assert_eq!(chains(&values), [[0, 1]]);
    }
}
