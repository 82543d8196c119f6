//! When no solver's answer stands up: which figures are too far from all others of their kind.

use super::{Failure, FarFigure};
use crate::evidence::Figure;
use crate::model::Model;
use std::collections::BTreeMap;

/// A figure so many powers of ten from the middle one of its unit is far from it.
const FAR: f64 = 6.0;
/// How many figures are named.
const NAMED: usize = 3;

/// The same failure, with the figures that may be its cause; as it is, where none is far from others.
pub(super) fn at_fault(model: &Model, failure: Failure) -> Failure {
    let figures = farthest(&model.evidence.figures);
    if figures.is_empty() {
        return failure;
    }
    Failure::Numbers {
        figures,
        cause: Box::new(failure),
    }
}

/// The figures farthest from the middle one of all that are in their unit.
fn farthest(figures: &[Figure]) -> Vec<FarFigure> {
    let mut by_unit: BTreeMap<&str, Vec<(f64, &Figure)>> = BTreeMap::new();
    for figure in figures.iter().filter(|figure| figure.value > 0.0) {
        let size = figure.value.log10();
        by_unit
            .entry(&figure.unit)
            .or_default()
            .push((size, figure));
    }
    let mut far = Vec::new();
    for mut same in by_unit.into_values() {
        same.sort_by(|a, b| a.0.total_cmp(&b.0));
        let middle = same[same.len() / 2].0;
        let distances = same
            .iter()
            .map(|&(size, figure)| ((size - middle).abs(), figure));
        far.extend(distances.filter(|&(distance, _)| distance >= FAR));
    }
    far.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.place.cmp(&b.1.place)));
    let named = far.into_iter().take(NAMED);
    named
        .map(|(_, figure)| FarFigure {
            place: figure.place.clone(),
            value: figure.value,
            unit: figure.unit.clone(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::Basis;
    use crate::problem::Place;

    #[test]
    fn the_figure_that_is_far_from_its_like_is_named() {
        let figure = |key: &str, value| Figure {
            place: Place::new(["fund", key, "amount"]),
            value,
            unit: "EUR/year".into(),
            range: None,
            basis: Basis::Assumption("x".into()),
            derived: false,
        };
        let figures = [figure("a", 3e9), figure("b", 1e9), figure("c", 1e18)];
        let failure = Failure::Numbers {
            figures: farthest(&figures),
            cause: Box::new(Failure::solver("Clarabel", "numerical error")),
        };
        assert_eq!(
            failure.to_string(),
            "Clarabel failed: numerical error; figures may be too far apart for the solvers that are built in: `fund.c.amount` is 1e18 EUR/year, far from all others in that unit"
        );
        assert!(farthest(&figures[..2]).is_empty());
    }
}
