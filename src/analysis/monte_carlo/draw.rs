//! Latin hypercube samples: each input takes a value from every equally likely slice of its range once.
//!
//! An input's values depend on the seed, the number of samples and its own name alone: the same input
//! takes the same values in every scenario (*common random numbers*), whatever other inputs there are.

use crate::analysis::fingerprint;
use crate::units::as_number;

/// `SplitMix64` (Steele, Lea and Flood 2014): a counter that is stirred.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64, name: &str) -> Self {
        let text = fingerprint([seed.to_string().as_str(), name]);
        Self(u64::from_str_radix(&text[..16], 16).unwrap_or(seed))
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to below 1.
    fn share(&mut self) -> f64 {
        let high = u32::try_from(self.next() >> 32).unwrap_or_default();
        f64::from(high) / 4_294_967_296.0
    }

    /// From the standard normal distribution (Box and Muller 1958).
    fn normal(&mut self) -> f64 {
        let (radius, turn) = (1.0 - self.share(), self.share());
        (-2.0 * radius.ln()).sqrt() * (2.0 * std::f64::consts::PI * turn).cos()
    }

    /// From 0 to below a number.
    fn below(&mut self, n: usize) -> usize {
        let wide = u128::from(self.next()) * (n as u128);
        usize::try_from(wide >> 64).unwrap_or_default()
    }
}

/// The shares of its range that an input takes, sample by sample.
pub(super) fn shares(seed: u64, name: &str, samples: usize) -> Vec<f64> {
    let mut random = Random::new(seed, name);
    let mut slices: Vec<usize> = (0..samples).collect();
    for n in (1..samples).rev() {
        slices.swap(n, random.below(n + 1));
    }
    let place = |slice: usize| (as_number(slice) + random.share()) / as_number(samples);
    slices.into_iter().map(place).collect()
}

/// Shares of a range in an order that tends the way of a group: those of two of its inputs have ranks with so much
/// correlation. Each slice is still taken once.
///
/// ```text
/// score[n]  =  √ρ · common[n] + √(1 − ρ) · own[n],   ρ = 2 sin(π · correlation / 6)
/// ```
///
/// `common` and `own` are standard normal, the one drawn for the group, the other for the input; the n-th lowest share goes to
/// the sample with the n-th lowest score (Iman and Conover 1982). For normal scores with correlation `ρ` that of the ranks
/// is `6 arcsin(ρ / 2) / π`.
pub(super) fn tending(
    shares: &[f64],
    (seed, input): (u64, &str),
    (group, correlation): (&str, f64),
) -> Vec<f64> {
    let rho = 2.0 * (std::f64::consts::PI * correlation / 6.0).sin();
    let mut common = Random::new(seed, &format!("group {group}"));
    let mut own = Random::new(seed, &format!("order of {input}"));
    let score = |_: &f64| rho.sqrt() * common.normal() + (1.0 - rho).sqrt() * own.normal();
    let scores: Vec<f64> = shares.iter().map(score).collect();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by(|&a, &b| scores[a].total_cmp(&scores[b]));
    let mut sorted = shares.to_vec();
    sorted.sort_by(f64::total_cmp);
    let mut all = vec![0.0; shares.len()];
    for (n, share) in order.into_iter().zip(sorted) {
        all[n] = share;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counter_is_stirred_as_published() {
        // The first numbers of SplitMix64 from the state 1234567, as its authors' C code prints them.
        let mut random = Random(1_234_567);
        let first = [random.next(), random.next()];
        assert_eq!(
            first,
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]
        );
    }

    #[test]
    fn inputs_of_a_group_tend_the_same_way_as_far_as_they_are_told() {
        let draw = |input: &str, correlation: f64| {
            let own = shares(3, input, 4_000);
            tending(&own, (3, input), ("prices", correlation))
        };
        let between = |correlation: f64| {
            let (a, b) = (draw("a", correlation), draw("b", correlation));
            super::super::rank_correlation(&a, &b).expect("both vary")
        };
        for wanted in [0.2, 0.6, 0.9] {
            // The standard error of a rank correlation of 4,000 samples is below 0.016.
            let found = between(wanted);
            assert!((found - wanted).abs() < 0.04, "{found} for {wanted}");
        }
        let mut sorted = draw("a", 0.6);
        sorted.sort_by(f64::total_cmp);
        let mut apart = shares(3, "a", 4_000);
        apart.sort_by(f64::total_cmp);
        assert_eq!(sorted, apart);
    }

    #[test]
    fn every_slice_is_taken_once() {
        let mut shares = shares(7, "line.a.capacity", 100);
        assert_eq!(shares, super::shares(7, "line.a.capacity", 100));
        assert_ne!(shares, super::shares(8, "line.a.capacity", 100));
        shares.sort_by(f64::total_cmp);
        for (n, share) in (0_u32..).zip(shares) {
            let slice = f64::from(n) / 100.0;
            assert!(
                (slice..slice + 0.01).contains(&share),
                "{share} in slice {n}"
            );
        }
    }
}
