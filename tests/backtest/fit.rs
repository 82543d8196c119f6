//! How frictions are fitted: shares by least squares of the logs of said over came, delay by least squares of months.
//!
//! The delay is the mean of what works were late, none if they were early; with it, the share of output is sought in
//! steps of two in a hundred; the share of money is the geometric mean of what was paid of promises of which the end is
//! known, the share that is late one less that of what had come when it was due.

use crate::items::{Sample, Told, Where};

/// A set of frictions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Fitted {
    pub(crate) output: f64,
    pub(crate) money: f64,
    pub(crate) late: f64,
    /// Months.
    pub(crate) delay: f64,
}

/// A value and its ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Range {
    pub(crate) low: f64,
    pub(crate) value: f64,
    pub(crate) high: f64,
}

impl Range {
    fn of(value: f64, others: impl IntoIterator<Item = f64>) -> Self {
        let mut range = Self {
            low: value,
            value,
            high: value,
        };
        for other in others {
            range.low = range.low.min(other);
            range.high = range.high.max(other);
        }
        range
    }

    pub(crate) fn percent(self) -> Self {
        self.map(|share| 100.0 * share)
    }

    pub(crate) fn rounded(self) -> Self {
        self.map(f64::round)
    }

    fn map(self, f: impl Fn(f64) -> f64) -> Self {
        Self {
            low: f(self.low),
            value: f(self.value),
            high: f(self.high),
        }
    }
}

/// What is used: the fit on the first backtest; its ends are the least and the most of the fits without one of its items
/// or one of its readings, and of the fit on the second.
pub(crate) struct Used {
    pub(crate) output: Range,
    pub(crate) money: Range,
    pub(crate) late: Range,
    pub(crate) delay: Range,
}

impl Fitted {
    /// As a table that is laid over a model.
    pub(crate) fn text(self) -> String {
        let Self {
            output,
            money,
            late,
            delay,
        } = self;
        format!(
            "[friction]\noutput = {output}\nmoney = {money}\nlate = {late}\ndelay = \"{delay} months\"\nonward = \"yes\"\n"
        )
    }
}

/// Shares of what could be made that are tried.
fn tried() -> impl Iterator<Item = f64> {
    (15..=50).map(|n| f64::from(n) / 50.0)
}

/// What works were late, in months.
fn late(sample: &Sample) -> Vec<f64> {
    let said = sample.said(crate::NONE);
    let opened = said.iter().filter(|told| {
        told.reading == "base" && matches!(told.item.1, Where::Opens(..) | Where::LeadTime(_))
    });
    let known = sample
        .backtest
        .late
        .iter()
        .map(|id| sample.registry.get(id).unwrap().value);
    opened
        .map(|told| told.came - told.said)
        .chain(known)
        .collect()
}

/// What facts say of shares.
fn shares(sample: &Sample, ids: &[&str]) -> Vec<f64> {
    let share = |id: &&str| sample.registry.get(id).unwrap().value / 100.0;
    ids.iter().map(share).collect()
}

/// The shares that were ever paid of what was promised.
fn paid(sample: &Sample) -> Vec<f64> {
    shares(sample, sample.backtest.paid)
}

/// The shares that had come when they were due.
fn in_time(sample: &Sample) -> Vec<f64> {
    let said = sample.said(crate::NONE);
    let funds = said
        .iter()
        .filter(|told| matches!(told.item.1, Where::Paid(..)));
    let known = shares(sample, sample.backtest.in_time);
    funds
        .map(|told| told.came / told.said)
        .chain(known)
        .collect()
}

/// Of what plans give Ukraine, the share that did not come.
pub(crate) fn elsewhere(sample: &Sample) -> f64 {
    let said = sample.said(crate::NONE);
    let given = said
        .iter()
        .filter(|told| matches!(told.item.1, Where::Met(..)));
    let came: Vec<f64> = given.map(|told| told.came / told.said).collect();
    1.0 - geometric(&came)
}

/// The share that is not there.
fn missing(shares: &[f64]) -> f64 {
    1.0 - at_most_all(shares)
}

/// The geometric mean of shares, all of it where there is more or none is known.
fn at_most_all(shares: &[f64]) -> f64 {
    if shares.is_empty() {
        return 1.0;
    }
    geometric(shares).min(1.0)
}

fn is_output(told: &Told) -> bool {
    matches!(
        told.item.1,
        Where::Made(..) | Where::Supplied(..) | Where::Met(..)
    )
}

/// What is made at each share that is tried; what came, and in which reading.
struct Outputs {
    grid: Vec<(f64, Vec<f64>)>,
    came: Vec<f64>,
    readings: Vec<&'static str>,
}

fn outputs(sample: &Sample, delay: f64) -> Outputs {
    let at = |output| {
        let all = sample.said(Fitted {
            output,
            money: 1.0,
            late: 0.0,
            delay,
        });
        all.into_iter().filter(is_output).collect::<Vec<Told>>()
    };
    let said = |told: Vec<Told>| told.iter().map(|told| told.said).collect();
    let all = at(1.0);
    Outputs {
        grid: tried().map(|share| (share, said(at(share)))).collect(),
        came: all.iter().map(|told| told.came).collect(),
        readings: all.iter().map(|told| told.reading).collect(),
    }
}

impl Outputs {
    fn least(&self, kept: impl Fn(usize) -> bool) -> f64 {
        least(&self.grid, &self.came, kept)
    }

    /// The fits without one of the items, and without one of the readings, if there are several.
    fn without_one(&self) -> Vec<f64> {
        let items = (0..self.came.len()).map(|out| self.least(|n| n != out));
        let readings = self
            .readings
            .iter()
            .filter(|out| self.readings.iter().any(|r| r != *out));
        let readings = readings.map(|out| self.least(|n| self.readings[n] != *out));
        items.chain(readings).collect()
    }
}

/// The share of a grid at which the squares of the logs of said over came add up to the least, over the items kept.
pub(crate) fn least(grid: &[(f64, Vec<f64>)], came: &[f64], kept: impl Fn(usize) -> bool) -> f64 {
    let squares = |said: &[f64]| -> f64 {
        let items = said.iter().zip(came).enumerate().filter(|(n, _)| kept(*n));
        items
            .map(|(_, (said, came))| (said / came).ln().powi(2))
            .sum()
    };
    let best = grid
        .iter()
        .min_by(|a, b| squares(&a.1).total_cmp(&squares(&b.1)));
    best.unwrap().0
}

pub(crate) fn geometric(shares: &[f64]) -> f64 {
    mean(&shares.iter().map(|share| share.ln()).collect::<Vec<_>>()).exp()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.iter().map(|_| 1.0).sum::<f64>()
}

/// A function of all but one, for each.
fn without_one(values: &[f64], f: impl Fn(&[f64]) -> f64) -> Vec<f64> {
    let without = |n: usize| {
        let mut rest = values.to_vec();
        rest.remove(n);
        f(&rest)
    };
    (0..values.len())
        .filter(|_| values.len() > 1)
        .map(without)
        .collect()
}

fn no_less_than_none(months: &[f64]) -> f64 {
    mean(months).max(0.0).round()
}

/// The frictions that fit a backtest best.
pub(crate) fn fitted(sample: &Sample) -> Fitted {
    let delay = no_less_than_none(&late(sample));
    Fitted {
        output: outputs(sample, delay).least(|_| true),
        money: at_most_all(&paid(sample)),
        late: missing(&in_time(sample)),
        delay,
    }
}

/// The set that is used, with its ends.
pub(crate) fn used(first: &Sample, second: &Sample) -> Used {
    let other = fitted(second);
    let (late, paid, in_time) = (late(first), paid(first), in_time(first));
    let delay = no_less_than_none(&late);
    let outputs = outputs(first, delay);
    Used {
        output: Range::of(
            outputs.least(|_| true),
            outputs.without_one().into_iter().chain([other.output]),
        ),
        money: Range::of(at_most_all(&paid), without_one(&paid, at_most_all)),
        late: Range::of(
            missing(&in_time),
            without_one(&in_time, missing)
                .into_iter()
                .chain([other.late]),
        ),
        delay: Range::of(
            delay,
            without_one(&late, no_less_than_none)
                .into_iter()
                .chain([other.delay]),
        ),
    }
}
