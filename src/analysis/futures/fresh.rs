//! A fresh sample judges the plans: out of sample, beside the futures that they were made for.
//!
//! A plan is the best for the futures that it was made for, so what it comes to in them flatters it. Here figures that are
//! uncertain are drawn anew, each draw in one of the futures, as often as that is likely; what a plan has decided before
//! the date stands, and all else is planned for the draw.

use super::block::{Blocks, Source};
use super::tree::{Extent, Kept};
use super::{Ask, Plans};
use crate::analysis::compare::opened;
use crate::analysis::monte_carlo::{Statistics, drawn};
use crate::analysis::uncertain::{Group, Input, Spread, inputs};
use crate::analysis::{Trouble, Work};
use crate::document::Vary;
use crate::model::{Model, ObjectiveKind};
use crate::program::Program;
use crate::solve::Options;
use crate::units::as_number;

/// A fresh sample.
#[derive(Clone, Debug, PartialEq)]
pub struct Fresh {
    /// How many draws.
    pub samples: usize,
    /// Where the draws start: the same seed gives the same draws.
    pub seed: u64,
    /// How far figures without a range may lie from their value. By default they are certain.
    pub spread: Spread,
    /// Figures that move together.
    pub groups: Vec<Group>,
}

impl Default for Fresh {
    fn default() -> Self {
        Self {
            samples: 50,
            seed: 1,
            spread: Spread::default(),
            groups: Vec::new(),
        }
    }
}

impl Fresh {
    pub(super) fn check(&self) -> Result<(), Trouble> {
        if self.samples < 2 {
            let message = format!("a fresh sample of {}", self.samples);
            return Err(Trouble::request(message, "draw 2 or more"));
        }
        self.spread.check()
    }
}

/// What a fresh sample says. Values are those of [`Futures`](super::Futures): less is better.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Judged {
    /// How many draws.
    pub samples: usize,
    /// Where they started.
    pub seed: u64,
    /// How many inputs were drawn.
    pub inputs: usize,
    /// How the plan for all futures fares.
    pub together: Tried,
    /// The same of the plan for mean figures. `None`: mean figures have no plan.
    pub mean_plan: Option<Tried>,
    /// By how much the plan for mean figures is worse, draw by draw: the value of the stochastic solution out of sample, with
    /// its error, over the draws in which both plans can be kept to in full. `None`: there are fewer than two.
    pub stochastic_solution: Option<Statistics>,
}

/// How a plan fares in a fresh sample.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Tried {
    /// What it comes to in the draws in which it can be kept to.
    pub values: Statistics,
    /// In how many of these it can be kept to in its expansions and orders only, so that its value is at best so much.
    pub cut: usize,
    /// In how many draws it cannot be kept to at all: they count in no value.
    pub lost: usize,
}

/// What judges plans.
pub(super) struct Judge<'a> {
    pub(super) document: &'a dyn Vary,
    pub(super) ask: &'a Ask,
    /// How many periods lie before the date.
    pub(super) periods: usize,
    pub(super) sources: &'a [Source],
    pub(super) blocks: &'a Blocks,
    pub(super) plans: &'a Plans,
}

/// A future to draw in.
struct Drawn {
    model: Model,
    document: Box<dyn Vary>,
    inputs: Vec<Input>,
    /// By input: the share of its range that it takes in each draw.
    shares: Vec<Vec<f64>>,
}

impl Tried {
    /// What is known of a plan by draw; values in units of so much money.
    fn of(kept: impl Iterator<Item = Option<Kept>>, size: f64) -> Self {
        let kept: Vec<Option<Kept>> = kept.collect();
        let found: Vec<Kept> = kept.iter().copied().flatten().collect();
        let values: Vec<f64> = found.iter().map(|kept| kept.value * size).collect();
        let cut = found.iter().filter(|kept| kept.extent != Extent::Full);
        Self {
            values: Statistics::of(&values),
            cut: cut.count(),
            lost: kept.len() - found.len(),
        }
    }
}

impl Judge<'_> {
    pub(super) fn judged(
        &self,
        fresh: &Fresh,
        options: &Options,
        work: &Work,
    ) -> Result<Judged, Trouble> {
        let futures = self.ask.futures.iter();
        let futures = futures.map(|(key, _)| {
            let (_, model, document) = opened(self.document, key)?;
            let inputs = inputs(&model, &fresh.groups, fresh.spread)?;
            let shares = inputs
                .iter()
                .map(|input| drawn(fresh.seed, input, fresh.samples));
            Ok(Drawn {
                shares: shares.collect(),
                model,
                document,
                inputs,
            })
        });
        let futures: Vec<Drawn> = futures.collect::<Result<_, Trouble>>()?;
        if futures.iter().all(|future| future.inputs.is_empty()) {
            return Err(Trouble::request(
                "nothing in the futures is uncertain: a fresh sample would be the futures themselves",
                "give figures a range (`low`, `high`), or assumptions a spread",
            ));
        }
        let comes = self.comes(fresh.samples);
        let job = |(): &mut (), n: usize| self.draw(&futures[comes[n]], n, options);
        let values = work.all(fresh.samples, || (), job)?;
        let size = self.sources[0].program.money_size();
        let tried = |plan: usize| Tried::of(values.iter().map(|kept| kept[plan]), size);
        let in_full = |kept: Option<Kept>| kept.filter(|kept| kept.extent == Extent::Full);
        let worse = |kept: &[Option<Kept>; 2]| {
            let [together, mean] = kept.map(in_full);
            Some((mean?.value - together?.value) * size)
        };
        let worse: Vec<f64> = values.iter().filter_map(worse).collect();
        Ok(Judged {
            samples: fresh.samples,
            seed: fresh.seed,
            inputs: futures
                .iter()
                .map(|future| future.inputs.len())
                .max()
                .unwrap_or(0),
            together: tried(0),
            mean_plan: self.plans.mean.is_some().then(|| tried(1)),
            stochastic_solution: (worse.len() > 1).then(|| Statistics::of(&worse)),
        })
    }

    /// Which future each draw is of: each as often as it is likely, spread evenly over the draws.
    fn comes(&self, samples: usize) -> Vec<usize> {
        let mut counts = vec![0_usize; self.ask.futures.len()];
        let next = |n: usize, counts: &[usize]| {
            let behind = |future: usize| {
                self.ask.futures[future].1 * as_number(n + 1) - as_number(counts[future])
            };
            let futures = 0..counts.len();
            futures.max_by(|&a, &b| behind(a).total_cmp(&behind(b)).then(b.cmp(&a)))
        };
        let all = (0..samples).map(|n| {
            let future = next(n, &counts).unwrap_or(0);
            counts[future] += 1;
            future
        });
        all.collect()
    }

    /// What the plan for all futures, and that for mean figures, come to in a draw.
    fn draw(
        &self,
        future: &Drawn,
        n: usize,
        options: &Options,
    ) -> Result<[Option<Kept>; 2], Trouble> {
        let inputs = future.inputs.iter().zip(&future.shares);
        let changes: Vec<_> = inputs
            .flat_map(|(input, shares)| input.at(shares[n]))
            .collect();
        let model = if changes.is_empty() {
            future.model.clone()
        } else {
            future.document.changed(&changes)?
        };
        let first = &self.sources[0];
        debug_assert_eq!(first.program.kind(), ObjectiveKind::Weighted, "as asked");
        let program = Program::like(&model, &first.program);
        let mut source = Source::new(model, program, 1.0);
        source.until_the_date_as(first, self.periods);
        let program = first.give_history(&source.model, source.program);
        let source = Source::new(source.model, program, 1.0);
        let block = self.blocks.unplanned(self.sources, &source);
        let kept = |decided: &[f64]| self.blocks.kept_in(&block, decided, options);
        let together = kept(&self.plans.together.decided)?;
        let mean = self.plans.mean.as_ref();
        let mean = mean.map(|mean| kept(&mean.decided)).transpose()?;
        Ok([together, mean.flatten()])
    }
}
