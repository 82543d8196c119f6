//! What the value of a varied model would be, as far as the prices of this plan can tell.
//!
//! ```text
//! V'  ≈  Σ_n y[n]·b'[n]  +  Σ_j (c'[j] − Σ_n y[n]·A'[n,j]) · x'[j]
//! ```
//!
//! with the varied program's factors, this plan's prices `y` and columns `x`; a column at a bound moves
//! with it. Exact to the first order of any change: the envelope theorem.

use super::Solution;
use crate::program::Program;

impl Solution {
    /// The value of the aim if the program were another, in the base currency, at this plan's prices.
    /// `None`: the objective has several stages, or the other program has other columns or rows.
    pub fn estimate(&self, program: &Program) -> Option<f64> {
        let [stage] = self.stages.as_slice() else {
            return None;
        };
        let own = &self.program;
        let program = &program.clone().with_history_of(own);
        let columns = || own.columns().iter().zip(program.columns());
        let rows = || 0..own.rows().len();
        let same = own.columns().len() == program.columns().len()
            && own.rows().len() == program.rows().len()
            && columns().all(|(a, b)| a.name == b.name)
            && rows().all(|n| own.rows().name(n) == program.rows().name(n));
        if !same {
            return None;
        }
        let mut reduced = vec![0.0; program.columns().len()];
        for &(j, factor) in &program.stages().first()?.aim {
            reduced[j as usize] += factor;
        }
        let mut value = 0.0;
        for n in rows() {
            // A row may be counted in units of its own limit, which is another here.
            let dual = stage.duals[n] * program.rows().unit(n) / own.rows().unit(n);
            value += dual * program.rows().right(n);
            for &(j, factor) in program.rows().row(n) {
                reduced[j as usize] -= dual * factor;
            }
        }
        for ((old, new), reduced) in columns().zip(reduced) {
            let at = self.value(old.name) / old.unit;
            // A column at a bound moves with the bound.
            let moved = if (at - old.lower).abs() < AT_BOUND {
                new.lower
            } else if (at - old.upper).abs() < AT_BOUND {
                new.upper
            } else {
                at
            };
            value += reduced * moved;
        }
        Some(value * own.money_size())
    }
}

/// A column this near to its bound, in internal units, is at it.
const AT_BOUND: f64 = 1e-4;
