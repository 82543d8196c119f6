//! Numbers as the page holds them: short.

use serde::{Serialize, Serializer};

/// A number of six digits: what a chart can show, without the solver's noise.
fn six_digits(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return 0.0;
    }
    format!("{value:.5e}").parse().unwrap_or(value)
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
pub(super) fn short<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    let value = six_digits(*value);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked to be a whole number"
    )]
    if value.fract() == 0.0 && value.abs() < 1e15 {
        serializer.serialize_i64(value as i64)
    } else {
        serializer.serialize_f64(value)
    }
}

pub(super) struct Short(pub(super) f64);

impl Serialize for Short {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        short(&self.0, serializer)
    }
}

#[expect(clippy::ref_option, reason = "serde asks for a reference")]
pub(super) fn short_or_none<S: Serializer>(
    value: &Option<f64>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    value.map(Short).serialize(serializer)
}

pub(super) fn short_list<S: Serializer>(
    values: &[Option<f64>],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(values.iter().map(|value| value.map(Short)))
}

pub(super) fn short_numbers<S: Serializer>(
    values: &[f64],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(values.iter().map(|&value| Short(value)))
}

pub(super) fn short_grid<S: Serializer>(
    values: &[Vec<Option<f64>>],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let rows = values.iter();
    serializer
        .collect_seq(rows.map(|row| row.iter().map(|cell| cell.map(Short)).collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let json = |value| serde_json::to_string(&Short(value)).unwrap();
        assert_eq!(json(1_234_567.0), "1234570");
        assert_eq!(json(0.1 + 0.2), "0.3");
        assert_eq!(json(f64::NAN), "0");
        assert_eq!(json(-0.0), "0");
    }
}
