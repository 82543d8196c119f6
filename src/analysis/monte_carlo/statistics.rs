//! Quantiles, ranks, and what drives a spread.

use crate::units::as_number;

/// How a number is spread over samples.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Statistics {
    /// How many samples have it.
    pub count: usize,
    /// Its mean.
    pub mean: f64,
    /// Its standard deviation.
    pub deviation: f64,
    /// The standard error of its mean, as if the samples were drawn one by one: a Latin hypercube's is
    /// smaller.
    pub error: f64,
    /// Its mean over the first and over the second half of the samples.
    pub halves: (f64, f64),
    sorted: Vec<f64>,
}

impl Statistics {
    /// Of the values in the order of their samples.
    pub(in crate::analysis) fn of(values: &[f64]) -> Self {
        let count = values.len();
        let mean = mean(values);
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        let deviation = (squares / as_number(count.max(2) - 1)).sqrt();
        let (first, second) = values.split_at(count / 2);
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        Self {
            count,
            mean,
            deviation,
            error: deviation / as_number(count.max(1)).sqrt(),
            halves: (self::mean(first), self::mean(second)),
            sorted,
        }
    }

    /// The least value that a share of the samples does not exceed.
    pub fn quantile(&self, share: f64) -> Option<f64> {
        let mut at = share * as_number(self.count);
        // A share of a whole number of samples is that number in spite of rounding.
        if (at - at.round()).abs() < 1e-9 {
            at = at.round();
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "in range"
        )]
        let rank = (at.ceil().max(1.0) as usize).min(self.count);
        self.sorted.get(rank.checked_sub(1)?).copied()
    }

    /// The share of the samples that exceed a value.
    pub fn above(&self, value: f64) -> f64 {
        let below = self.sorted.partition_point(|&found| found <= value);
        as_number(self.count - below) / as_number(self.count.max(1))
    }
}

fn mean(values: &[f64]) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    values.iter().sum::<f64>() / as_number(values.len())
}

/// The rank of each value, from 0; of equal ones their mean rank.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let mut start = 0;
    while start < order.len() {
        let same = order[start..]
            .iter()
            .take_while(|&&n| values[n] == values[order[start]])
            .count();
        let rank = f64::midpoint(as_number(start), as_number(start + same - 1));
        for &n in &order[start..start + same] {
            ranks[n] = rank;
        }
        start += same;
    }
    ranks
}

/// The correlation of ranks (Spearman): 1 where one never falls as the other rises. `None` where one of
/// them is constant.
pub fn rank_correlation(a: &[f64], b: &[f64]) -> Option<f64> {
    let (a, b) = (ranks(a), ranks(b));
    let (mean_a, mean_b) = (mean(&a), mean(&b));
    let (mut both, mut left, mut right) = (0.0, 0.0, 0.0);
    for (a, b) in a.iter().zip(&b) {
        both += (a - mean_a) * (b - mean_b);
        left += (a - mean_a).powi(2);
        right += (b - mean_b).powi(2);
    }
    (left > 0.0 && right > 0.0).then(|| both / (left * right).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn quantiles_are_values_that_were_found() {
        let found = Statistics::of(&[4.0, 1.0, 3.0, 2.0, f64::INFINITY]);
        assert_eq!(found.quantile(0.0), Some(1.0));
        assert_eq!(found.quantile(0.2), Some(1.0));
        assert_eq!(found.quantile(0.5), Some(3.0));
        assert_eq!(found.quantile(0.95), Some(f64::INFINITY));
        assert_eq!(Statistics::of(&[]).quantile(0.5), None);
        let found = Statistics::of(&[1.0, 3.0, 5.0, 7.0]);
        assert_eq!(found.halves, (2.0, 6.0));
        // Squares of 3, 1, 1, 3 are 20; over three.
        assert_relative_eq!(found.deviation, (20.0_f64 / 3.0).sqrt());
        assert_relative_eq!(found.error, found.deviation / 2.0);
    }

    #[test]
    fn ranks_correlate_however_curved() {
        let a = [1.0, 2.0, 3.0, 4.0];
        let curved = a.map(|x: f64| x.powi(5));
        assert_relative_eq!(rank_correlation(&a, &curved).unwrap(), 1.0);
        let falling = a.map(|x: f64| -x);
        assert_relative_eq!(rank_correlation(&a, &falling).unwrap(), -1.0);
        // 1 − 6 Σd²/(n(n² − 1)) with d = 1, 1, 0, 0.
        let swapped = [2.0, 1.0, 3.0, 4.0];
        assert_relative_eq!(rank_correlation(&a, &swapped).unwrap(), 1.0 - 12.0 / 60.0);
        assert_eq!(rank_correlation(&a, &[1.0; 4]), None);
    }
}
