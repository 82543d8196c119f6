//! How much of an outcome's variance inputs explain in all, together with others, from the samples that are there: no more solves.
//!
//! It is the share of the variance that, of a polynomial fitted to the samples, the terms with the input hold. Its terms are Legendre's,
//! orthonormal over the shares of the inputs' ranges, so that variance is a sum of squared coefficients (Sudret 2008); they are chosen
//! one by one, as in the sparse expansions of Blatman and Sudret (2011), each only if it explains more than the best of so many would by
//! chance (the risk inflation criterion, Foster and George 1994). Errors, those of the jackknife, take the chosen terms as given.

use super::effects::{Estimate, jackknife, mean, spread};
use crate::units::as_number;

/// The samples that a polynomial is fitted to, at most: the first so many.
const MOST: usize = 2_000;
/// The highest degree of a term.
const DEGREE: usize = 4;
/// Between so many inputs, those that explain most by themselves, terms of two are tried.
const PAIRED: usize = 12;
/// A polynomial that explains less than this share of the variance says nothing of totals.
const LEAST: f64 = 0.5;

/// An outcome as a polynomial of the shares that inputs take of their ranges.
///
/// ```
/// use sinews::analysis::monte_carlo::Surrogate;
///
/// // What comes of a hundred and twenty samples is twice the one input and not the other.
/// let share = |n: u32, of: u32| f64::from(n * 37 % of) / f64::from(of);
/// let inputs: [Vec<f64>; 2] = [113, 101].map(|of| (0..120).map(|n| share(n, of)).collect());
/// let values: Vec<f64> = inputs[0].iter().map(|x| 2.0 * x).collect();
/// let fitted = Surrogate::of(&inputs, &values).expect("it varies");
/// assert!(fitted.explained > 0.99);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Surrogate {
    /// How many terms it has.
    pub terms: usize,
    /// The share of the variance that it explains of samples that it has not seen: each in turn left out.
    pub explained: f64,
    totals: Vec<Option<Estimate>>,
}

impl Surrogate {
    /// Fitted to samples: by input the share of its range in each, and what came of each. `None` for fewer than a hundred samples,
    /// for values that are not finite, or where nothing varies.
    pub fn of(inputs: &[Vec<f64>], values: &[f64]) -> Option<Self> {
        let values = &values[..values.len().min(MOST)];
        let (mean, total) = spread(values)?;
        let centred: Vec<f64> = values.iter().map(|value| value - mean).collect();
        let (chosen, residual) = chosen(inputs, &centred, total);
        let theta: Vec<f64> = chosen.iter().map(|c| dot(&c.column, &centred)).collect();
        let coefficients = back(&chosen, theta);
        let count = as_number(values.len());
        let mut unexplained = 0.0;
        // By input: the sum of squares with each sample left out, as shares of the variance.
        let mut without = vec![Vec::with_capacity(values.len()); inputs.len()];
        for (n, residual) in residual.iter().enumerate() {
            let row: Vec<f64> = chosen.iter().map(|c| c.column[n]).collect();
            let leverage = 1.0 / count + dot(&row, &row);
            let left_out = residual / (1.0 - leverage);
            unexplained += left_out * left_out;
            let moved = back(&chosen, row).into_iter().zip(&coefficients);
            let moved: Vec<f64> = moved.map(|(by, c)| c - by * left_out).collect();
            let variance = (total - centred[n].powi(2) * count / (count - 1.0)) / (count - 1.0);
            for (input, without) in without.iter_mut().enumerate() {
                without.push(held(&chosen, &moved, input) / variance);
            }
        }
        let total_of = |(input, without): (usize, Vec<f64>)| {
            let named = chosen.iter().any(|c| c.has(input));
            let all = held(&chosen, &coefficients, input) / (total / count);
            named.then(|| jackknife(all, &without))
        };
        Some(Self {
            terms: chosen.len(),
            explained: (1.0 - unexplained / total).max(0.0),
            totals: without.into_iter().enumerate().map(total_of).collect(),
        })
    }

    /// The share of the variance that an input, by its number, explains by itself and together with others. `None`: too little to be
    /// told from chance, or the polynomial explains less than half.
    pub fn total(&self, input: usize) -> Option<Estimate> {
        let total = self.totals.get(input).copied().flatten();
        total.filter(|_| self.explained >= LEAST)
    }
}

/// A term of a polynomial over the samples: made orthogonal to those chosen before it.
struct Candidate {
    /// Inputs and the degree of each.
    factors: Vec<(usize, usize)>,
    column: Vec<f64>,
    /// Its parts along those chosen before it; once it is chosen, also its own length.
    along: Vec<f64>,
}

impl Candidate {
    fn new(inputs: &[Vec<f64>], count: usize, factors: Vec<(usize, usize)>) -> Self {
        let at = |n: usize| {
            let factors = factors.iter();
            factors
                .map(|&(input, degree)| legendre(degree, inputs[input][n]))
                .product()
        };
        let mut column: Vec<f64> = (0..count).map(at).collect();
        let mean = mean(&column);
        for value in &mut column {
            *value -= mean;
        }
        Self {
            factors,
            column,
            along: Vec::new(),
        }
    }

    fn has(&self, input: usize) -> bool {
        self.factors.iter().any(|&(own, _)| own == input)
    }

    /// By how much the squares of a residual become less with it.
    fn gain(&self, residual: &[f64]) -> f64 {
        let own = dot(&self.column, &self.column);
        // What is left of a term that others make up is rounding.
        if own < 1e-6 * as_number(residual.len()) {
            return 0.0;
        }
        dot(&self.column, residual).powi(2) / own
    }
}

/// The terms that explain more than chance would, each made orthogonal to those before it, of length one; and what they leave.
fn chosen(inputs: &[Vec<f64>], centred: &[f64], total: f64) -> (Vec<Candidate>, Vec<f64>) {
    let count = centred.len();
    let mut open: Vec<Candidate> = Vec::new();
    let mut alone: Vec<(f64, usize)> = Vec::new();
    for input in 0..inputs.len() {
        let own = (1..=DEGREE).map(|p| Candidate::new(inputs, count, vec![(input, p)]));
        let own: Vec<Candidate> = own.collect();
        alone.push((own.iter().map(|c| c.gain(centred)).sum(), input));
        open.extend(own);
    }
    alone.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    alone.truncate(PAIRED);
    for (n, &(_, a)) in alone.iter().enumerate() {
        for &(_, b) in &alone[n + 1..] {
            for p in 1..DEGREE {
                let factors = (1..=DEGREE - p).map(|q| vec![(a, p), (b, q)]);
                open.extend(factors.map(|f| Candidate::new(inputs, count, f)));
            }
        }
    }
    let chance = 2.0 * as_number(open.len().max(2)).ln();
    let mut chosen: Vec<Candidate> = Vec::new();
    let mut residual = centred.to_vec();
    while chosen.len() < count / 5 {
        let gains = open.iter().map(|candidate| candidate.gain(&residual));
        let best = gains
            .enumerate()
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        let Some((n, gain)) = best else { break };
        let left = dot(&residual, &residual) - gain;
        let noise = left.max(1e-12 * total) / as_number(count - chosen.len() - 2);
        if gain <= chance * noise {
            break;
        }
        let mut best = open.swap_remove(n);
        let length = dot(&best.column, &best.column).sqrt();
        best.column.iter_mut().for_each(|value| *value /= length);
        best.along.push(length);
        take(&mut residual, &best.column);
        for other in &mut open {
            let along = take(&mut other.column, &best.column);
            other.along.push(along);
        }
        chosen.push(best);
    }
    (chosen, residual)
}

/// Take from a column its part along another of length one, and say how long it was.
fn take(column: &mut [f64], along: &[f64]) -> f64 {
    let part = dot(column, along);
    let pairs = column.iter_mut().zip(along);
    pairs.for_each(|(value, along)| *value -= part * along);
    part
}

/// Coefficients of terms as they were before they were made orthogonal, from those of what they became.
fn back(chosen: &[Candidate], mut theta: Vec<f64>) -> Vec<f64> {
    for n in (0..chosen.len()).rev() {
        theta[n] /= chosen[n].along[n];
        let (before, rest) = theta.split_at_mut(n);
        let parts = before.iter_mut().zip(&chosen[n].along);
        parts.for_each(|(theta, along)| *theta -= along * rest[0]);
    }
    theta
}

/// The variance in the terms with an input.
fn held(chosen: &[Candidate], coefficients: &[f64], input: usize) -> f64 {
    let own = chosen
        .iter()
        .zip(coefficients)
        .filter(|(c, _)| c.has(input));
    own.map(|(_, coefficient)| coefficient * coefficient).sum()
}

/// Legendre's polynomial of a degree over shares from 0 to 1, of mean square one.
fn legendre(degree: usize, share: f64) -> f64 {
    let x = 2.0 * share - 1.0;
    let (mut before, mut own) = (1.0, x);
    for p in 1..degree {
        let p = as_number(p);
        (before, own) = (own, ((2.0 * p + 1.0) * x * own - p * before) / (p + 1.0));
    }
    own * (2.0 * as_number(degree) + 1.0).sqrt()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::super::draw::shares;
    use super::super::effects::first_order;
    use super::*;
    use approx::assert_relative_eq;

    fn sampled(inputs: usize, count: usize, seed: u64) -> Vec<Vec<f64>> {
        (0..inputs)
            .map(|n| shares(seed, &format!("x{n}"), count))
            .collect()
    }

    fn values(inputs: &[Vec<f64>], of: impl Fn(&[f64]) -> f64) -> Vec<f64> {
        let row = |n: usize| inputs.iter().map(|input| input[n]).collect::<Vec<_>>();
        (0..inputs[0].len()).map(|n| of(&row(n))).collect()
    }

    /// Sobol's g-function, a product of kinks: Π (|4u − 2| + a)/(1 + a). Of its variance V = Π(1 + vᵢ) − 1 with
    /// vᵢ = 1/(3(1 + aᵢ)²), input i explains vᵢ by itself and vᵢ Π_{j≠i}(1 + vⱼ) in all.
    const SLOPES: [f64; 6] = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0];

    fn g(u: &[f64]) -> f64 {
        let factors = u.iter().zip(SLOPES);
        factors
            .map(|(u, a)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a))
            .product()
    }

    fn exact(input: usize) -> (f64, f64) {
        let v = SLOPES.map(|a: f64| 1.0 / (3.0 * (1.0 + a).powi(2)));
        let all: f64 = v.iter().map(|v| 1.0 + v).product();
        let total = v[input] * all / (1.0 + v[input]);
        (v[input] / (all - 1.0), total / (all - 1.0))
    }

    #[test]
    fn a_sum_is_told_apart_exactly() {
        let inputs = sampled(2, 400, 1);
        let values = values(&inputs, |u| 3.0 * u[0] + 4.0 * u[1]);
        let found = Surrogate::of(&inputs, &values).unwrap();
        assert_eq!(found.terms, 2);
        assert_relative_eq!(found.explained, 1.0, epsilon = 1e-9);
        for (input, part) in [(0, 0.36), (1, 0.64)] {
            let total = found.total(input).unwrap();
            assert_relative_eq!(total.value, part, epsilon = 0.03);
            let alone = first_order(&inputs[input], &values).unwrap();
            assert!((alone.value - part).abs() < 3.0 * alone.error, "{alone:?}");
        }
        assert_eq!(first_order(&inputs[0][..50], &values[..50]), None);
        assert_eq!(Surrogate::of(&inputs, &vec![1.0; 400]), None);
    }

    #[test]
    fn what_acts_together_is_in_both_totals_and_in_neither_alone() {
        let inputs = sampled(3, 500, 1);
        let values = values(&inputs, |u| (u[0] - 0.5) * (u[1] - 0.5));
        let found = Surrogate::of(&inputs, &values).unwrap();
        for (input, drawn) in inputs.iter().enumerate().take(2) {
            let alone = first_order(drawn, &values).unwrap();
            assert!(alone.value < 0.08, "{alone:?}");
            assert_relative_eq!(found.total(input).unwrap().value, 1.0, epsilon = 0.1);
        }
        assert_eq!(found.total(2), None);
    }

    /// Over forty samples of 300 the truth lies within two standard errors about as often as it should: 95 times in a hundred.
    #[test]
    fn effects_of_a_product_of_kinks_are_those_known_within_their_errors() {
        let (mut alone_within, mut total_within) = (0, 0);
        for seed in 1..=40 {
            let inputs = sampled(6, 300, seed);
            let values = values(&inputs, g);
            let found = Surrogate::of(&inputs, &values).unwrap();
            assert!(found.explained > 0.95, "{}", found.explained);
            for (input, drawn) in inputs.iter().enumerate().take(2) {
                let (first, total) = exact(input);
                let alone = first_order(drawn, &values).unwrap();
                let all = found.total(input).unwrap();
                assert!(alone.error < 0.1 && all.error < 0.1, "{alone:?} {all:?}");
                alone_within += usize::from((alone.value - first).abs() < 2.0 * alone.error);
                total_within += usize::from((all.value - total).abs() < 2.0 * all.error);
            }
        }
        assert!(alone_within >= 72, "{alone_within} of 80");
        assert!(total_within >= 72, "{total_within} of 80");
    }

    #[test]
    fn noise_has_no_terms() {
        let inputs = sampled(30, 200, 3);
        let noise = shares(9, "noise", 200);
        let found = Surrogate::of(&inputs, &noise).unwrap();
        assert!(found.terms <= 1, "{}", found.terms);
        assert!((0..30).all(|input| found.total(input).is_none()));
    }
}
