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
