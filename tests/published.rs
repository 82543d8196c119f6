//! Published models, written in the format, reach their published optimum.
#![allow(clippy::unwrap_used)]

mod common;

use common::{all_same, same, solved};
use sinews::ids::PeriodId;
use sinews::program::Column;

/// The market is worth 25·6000 + 26·6000 + 27·4000 + 27·6500 for bands and 30·4000 + 35·2500 + 37·3500 +
/// 39·4200 for coils; the greatest profit is that less the least of sales lost and cost.
#[test]
fn steel_t_earns_515_033() {
    let model = sinews::read("models/published/steelt.toml").unwrap();
    let solution = solved(&model);
    let bands = 25.0 * 6_000.0 + 26.0 * 6_000.0 + 27.0 * 4_000.0 + 27.0 * 6_500.0;
    let coils = 30.0 * 4_000.0 + 35.0 * 2_500.0 + 37.0 * 3_500.0 + 39.0 * 4_200.0;
    let least = solution.stages[0].value;
    same(bands + coils - least, 515_033.0);
}

/// The least expected cost, and what is built.
#[test]
fn land_s_costs_381_853() {
    let model = sinews::read("models/published/lands.toml").unwrap();
    let solution = solved(&model);
    same(solution.cost.total, 381.853_333_333);
    let built: Vec<f64> = model
        .expansions
        .ids()
        .map(|e| solution.value(Column::Build(e, PeriodId::FIRST)))
        .collect();
    all_same(&built, &[8.0 / 3.0, 4.0, 10.0 / 3.0, 2.0]);
}
