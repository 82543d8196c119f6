//! Numbers along an axis.

use super::super::number::{quantity, share};

/// A value in a unit, `%` being shares.
pub(super) fn shown(value: f64, unit: &str) -> String {
    if unit == "%" {
        share(value)
    } else {
        quantity(value)
    }
}

/// Round values from nothing to at least `most`, about five of them.
pub(super) fn ticks(most: f64) -> Vec<f64> {
    if most <= 0.0 || !most.is_finite() {
        return vec![0.0, 1.0];
    }
    let size = 10_f64.powf((most / 5.0).log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].map(|times| times * size);
    let step = step
        .into_iter()
        .find(|step| step * 5.0 >= most)
        .unwrap_or(10.0 * size);
    let mut ticks = vec![0.0];
    while ticks.last().is_some_and(|&last| last < most - 1e-9 * most) {
        ticks.push(step * crate::units::as_number(ticks.len()));
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_reach_the_top() {
        assert_eq!(ticks(95.0), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(ticks(2.5), [0.0, 0.5, 1.0, 1.5, 2.0, 2.5]);
        assert_eq!(ticks(0.0), [0.0, 1.0]);
    }
}
