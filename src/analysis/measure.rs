//! What analyses measure plans by.

use crate::ids::{PeriodId, RequirementId, YearId};
use crate::model::Model;
use crate::program::Program;
use crate::solution::Solution;

/// What a unit of a requirement is worth, in the base currency at base-year prices.
pub(super) fn worth(m: &Model, program: &Program, r: RequirementId) -> f64 {
    program.item_value(m.requirements[r].meets[0].item)
}

/// The share of what is required in a year that is met, by value; `None` where nothing is required.
pub(crate) fn coverage_of_year(m: &Model, solution: &Solution, y: YearId) -> Option<f64> {
    let (mut required, mut met) = (0.0, 0.0);
    for (r, coverage) in solution.requirements.iter() {
        let year = coverage.years[y];
        let worth = worth(m, solution.program(), r) * year.required;
        required += worth;
        met += worth * year.coverage();
    }
    (required > 0.0).then(|| met / required)
}

/// The first period of a year.
pub(super) fn first_period(m: &Model, y: YearId) -> usize {
    use crate::ids::Id;
    let mut periods = m.calendar.periods_of(y);
    periods.next().map_or(0, PeriodId::position)
}
