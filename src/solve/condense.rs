//! A program made smaller and better scaled before an interior-point solver sees it, without changing
//! what it says.
//!
//! ```text
//! defined   x[k] = (b − Σ a[j]·x[j]) / a[k] ≥ 0 whatever x[j] are, and nothing else mentions x[k]:
//!           row and column go, c[j] becomes c[j] − y·a[j], and the row's price is y = c[k] / a[k]
//! bound     a · x[k] ≤ b alone in its row: a bound of x[k]; its price is what is left of c[k]
//! scale     the aim is divided by a power of ten, so that its largest factor is no larger than wanted
//! ```
//!
//! A column that adds up a whole tier is a thousand times larger than all others, and a solver's misses
//! are as large as its largest number: without these columns it takes half the iterations, and rows
//! hold a thousand times better. The certificate is computed on the program as it was.

use super::linear::{Bounds, Found, Linear};
use crate::program::Sense;

/// A program made smaller, and how to undo it.
#[derive(Debug)]
pub(super) struct Condensed<'a> {
    pub(super) linear: Linear,
    whole: &'a Linear,
    /// The rows that are kept, by their number in the whole program.
    rows: Vec<usize>,
    /// The columns that are kept.
    columns: Vec<usize>,
    /// Columns that a row defines, with the row.
    defined: Vec<(usize, usize)>,
    /// The row, and its factor, that gives a column its lower and its upper bound.
    lower: Vec<Option<(usize, f64)>>,
    upper: Vec<Option<(usize, f64)>>,
    scale: f64,
}

impl<'a> Condensed<'a> {
    /// The program made smaller, no factor of its aim larger than `largest`.
    pub(super) fn of(whole: &'a Linear, largest: f64) -> Self {
        let columns = whole.columns.len();
        let mut new = Self {
            linear: Linear::default(),
            whole,
            rows: Vec::new(),
            columns: Vec::new(),
            defined: Vec::new(),
            lower: vec![None; columns],
            upper: vec![None; columns],
            scale: 1.0,
        };
        let mut aim = whole.aim.clone();
        let mut bounds = whole.columns.clone();
        let gone = new.define(&mut aim);
        new.bound(&mut bounds);
        let keeps = |n: &usize| !gone.rows[*n] && !new.is_bound(*n, &bounds);
        new.rows = (0..whole.senses.len()).filter(keeps).collect();
        new.columns = (0..columns).filter(|&j| !gone.columns[j]).collect();
        new.scale(&aim, largest);
        new.fill(&aim, &bounds);
        new
    }

    /// Take out what equations define.
    fn define(&mut self, aim: &mut [f64]) -> Gone {
        let whole = self.whole;
        let mut mentions = vec![0_u32; whole.columns.len()];
        for &(j, _) in &whole.terms {
            mentions[j as usize] += 1;
        }
        let mut gone = Gone {
            rows: vec![false; whole.senses.len()],
            columns: vec![false; whole.columns.len()],
        };
        for n in (0..whole.senses.len()).filter(|&n| whole.senses[n] == Sense::Equal) {
            let terms = whole.row(n);
            let candidates = terms.iter().copied();
            let mut once = candidates.filter(|&(j, _)| mentions[j as usize] == 1);
            let Some((k, a)) = once.find(|&term| self.is_implied(n, term)) else {
                continue;
            };
            let k = k as usize;
            let price = aim[k] / a;
            for &(j, factor) in terms {
                aim[j as usize] -= price * factor;
            }
            gone.rows[n] = true;
            gone.columns[k] = true;
            self.defined.push((k, n));
        }
        gone
    }

    /// Whether the rest of an equation keeps a column within its bounds, whatever it is.
    fn is_implied(&self, n: usize, (k, a): (u32, f64)) -> bool {
        let whole = self.whole;
        let own = whole.columns[k as usize];
        let from_zero = own.lower == 0.0 && own.upper == f64::INFINITY && !own.whole;
        let others = whole.row(n).iter().filter(|&&(j, _)| j != k);
        // Each other term adds to the column, as it is not negative and its factor has the other sign.
        let mut others = others.map(|&(j, factor)| (whole.columns[j as usize].lower, factor));
        from_zero
            && whole.row(n).len() > 2
            && whole.rights[n] / a >= 0.0
            && others.all(|(lower, factor)| lower >= 0.0 && factor / a <= 0.0)
    }

    /// Turn rows with one term into bounds, where they are tighter.
    fn bound(&mut self, bounds: &mut [Bounds]) {
        let whole = self.whole;
        for n in 0..whole.senses.len() {
            let [(j, a)] = *whole.row(n) else { continue };
            let (j, at) = (j as usize, whole.rights[n] / a);
            let below = match whole.senses[n] {
                Sense::Equal => continue,
                Sense::AtMost => a > 0.0,
                Sense::AtLeast => a < 0.0,
            };
            // What crosses stays a row, so that the solver finds it.
            if below && at < bounds[j].upper && at > bounds[j].lower {
                bounds[j].upper = at;
                self.upper[j] = Some((n, a));
            } else if !below && at > bounds[j].lower && at < bounds[j].upper {
                bounds[j].lower = at;
                self.lower[j] = Some((n, a));
            }
        }
    }

    /// Whether a row says nothing beside the bounds.
    fn is_bound(&self, n: usize, bounds: &[Bounds]) -> bool {
        let [(j, a)] = *self.whole.row(n) else {
            return false;
        };
        let j = j as usize;
        let is = |bound: Option<(usize, f64)>| bound.is_some_and(|(row, _)| row == n);
        if is(self.lower[j]) || is(self.upper[j]) {
            return true;
        }
        // No tighter than the bounds are by now.
        let at = self.whole.rights[n] / a;
        let own = bounds[j];
        match self.whole.senses[n] {
            Sense::Equal => false,
            Sense::AtMost if a > 0.0 => at >= own.upper,
            Sense::AtLeast if a < 0.0 => at >= own.upper,
            Sense::AtMost | Sense::AtLeast => at <= own.lower,
        }
    }

    fn scale(&mut self, aim: &[f64], wanted: f64) {
        let found = self.columns.iter().map(|&j| aim[j].abs());
        let found = found.fold(0.0, f64::max);
        if found > wanted {
            self.scale = 10f64.powf(-(found / wanted).log10().ceil());
        }
    }

    fn fill(&mut self, aim: &[f64], bounds: &[Bounds]) {
        let mut number = vec![u32::MAX; bounds.len()];
        for (n, &j) in (0..).zip(&self.columns) {
            number[j] = n;
        }
        let linear = &mut self.linear;
        linear.columns = self.columns.iter().map(|&j| bounds[j]).collect();
        linear.aim = self.columns.iter().map(|&j| aim[j] * self.scale).collect();
        linear.starts.push(0);
        for &n in &self.rows {
            let terms = self.whole.row(n).iter();
            linear
                .terms
                .extend(terms.map(|&(j, factor)| (number[j as usize], factor)));
            linear.starts.push(linear.terms.len());
            linear.senses.push(self.whole.senses[n]);
            linear.rights.push(self.whole.rights[n]);
        }
    }

    /// What was found, for the program as it was.
    pub(super) fn undo(&self, found: &Found) -> Found {
        let whole = self.whole;
        let mut columns = vec![0.0; whole.columns.len()];
        for (&j, &value) in self.columns.iter().zip(&found.columns) {
            columns[j] = value;
        }
        let mut duals = vec![0.0; whole.senses.len()];
        for (&n, &dual) in self.rows.iter().zip(&found.duals) {
            duals[n] = dual / self.scale;
        }
        for &(k, n) in &self.defined {
            let terms = whole.row(n);
            let own = terms.iter().find(|&&(j, _)| j as usize == k);
            let (_, a) = *own.expect("the row that defines a column mentions it");
            columns[k] = (whole.rights[n] - whole.left(n, &columns)) / a;
            duals[n] = whole.aim[k] / a;
        }
        let reduced = whole.reduced_costs(&duals);
        for (j, &reduced) in reduced.iter().enumerate() {
            let bound = if reduced > 0.0 {
                self.lower[j]
            } else {
                self.upper[j]
            };
            if let Some((n, a)) = bound {
                duals[n] = reduced / a;
            }
        }
        Found {
            columns,
            duals,
            iterations: found.iterations,
        }
    }
}

/// Rows and columns that are taken out.
struct Gone {
    rows: Vec<bool>,
    columns: Vec<bool>,
}

#[cfg(test)]
mod tests {
    use super::super::Certificate;
    use super::*;

    const FREE: Bounds = Bounds {
        lower: 0.0,
        upper: f64::INFINITY,
        whole: false,
    };

    /// min 50 S, S = 3 u + 2 v, u + v ≥ 4, u ≥ 1, v ≤ 2: v = 2, u = 2, S = 10, value 500.
    fn toy() -> Linear {
        Linear {
            columns: vec![FREE; 3],
            starts: vec![0, 3, 5, 6, 7, 8],
            terms: vec![
                (0, -1.0),
                (1, 3.0),
                (2, 2.0),
                (1, 1.0),
                (2, 1.0),
                (1, 2.0),
                (2, -1.0),
                (2, 1.0),
            ],
            senses: vec![
                Sense::Equal,
                Sense::AtLeast,
                Sense::AtLeast,
                Sense::AtLeast,
                Sense::AtMost,
            ],
            rights: vec![0.0, 4.0, 2.0, -2.0, 9.0],
            aim: vec![50.0, 0.0, 0.0],
            offset: 0.0,
        }
    }

    #[test]
    fn sums_and_bounds_go_and_come_back_with_their_prices() {
        let toy = toy();
        let condensed = Condensed::of(&toy, 1_000.0);
        let small = &condensed.linear;
        assert_eq!((small.columns.len(), small.senses.len()), (2, 1));
        assert_eq!((small.columns[0].lower, small.columns[1].upper), (1.0, 2.0));
        assert_eq!(small.aim, [150.0, 100.0]);
        // One more of the row costs one more u at 150; v at its bound is worth 50.
        let found = condensed.undo(&Found {
            columns: vec![2.0, 2.0],
            duals: vec![150.0],
            iterations: 1,
        });
        assert_eq!(found.columns, [10.0, 2.0, 2.0]);
        // S is worth 50: the row that defines it −50, u 150, the bound of v 100 − 150 over −1.
        assert_eq!(found.duals, [-50.0, 150.0, 0.0, 50.0, 0.0]);
        let certificate = Certificate::of(&toy, &found);
        assert!(certificate.holds(), "{certificate:?}");
        assert_eq!(certificate.value, 500.0);
    }
}
