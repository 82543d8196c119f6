//! A plain dense simplex: two phases, rows and columns scaled to one size, Bland's rule when it stalls. What is whole,
//! or comes in lots, is branched on, the deepest node first.
//!
//! It shares nothing with the solvers of the library, so that they can be judged by it.

/// Columns and their factors.
pub type Terms = Vec<(usize, f64)>;

/// What a row says of its left side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// No more than the right side.
    AtMost,
    /// No less.
    AtLeast,
    /// Just as much.
    Equal,
}

/// Rows over columns that are zero or more.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// How many columns there are.
    pub columns: usize,
    /// Terms, sense and right side.
    pub rows: Vec<(Terms, Sense, f64)>,
    /// Columns that are whole numbers.
    pub whole: Vec<usize>,
    /// Sums that are nothing, or no less than a lot.
    pub lots: Vec<(Terms, f64)>,
    /// To which period what is added next belongs; `None`: to none.
    pub at: Option<usize>,
    columns_at: Vec<Option<usize>>,
    rows_at: Vec<Option<usize>>,
}

/// How much may be done to find a value, in entries of the tableau that are changed: a few seconds.
const MOST_WORK: f64 = 2e9;
/// What is this near to a whole number is one; a sum this small beside its lot is nothing.
const WHOLE: f64 = 1e-6;

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoValue {
    /// No point keeps every row.
    Infeasible,
    /// It falls without end.
    Unbounded,
    /// It took too long.
    TooLong,
}

impl Program {
    /// A new column.
    pub fn column(&mut self) -> usize {
        self.columns += 1;
        self.columns_at.push(self.at);
        self.columns - 1
    }

    /// A new row.
    pub fn row(&mut self, terms: Vec<(usize, f64)>, sense: Sense, right: f64) {
        self.rows.push((terms, sense, right));
        self.rows_at.push(self.at);
    }

    /// The rows of no period and of those before one; columns of later periods are nothing.
    pub fn before(&self, now: usize) -> Self {
        let early = |at: Option<usize>| at.is_none_or(|t| t < now);
        let own = |terms: &Terms| -> Terms {
            let own = terms.iter().filter(|&&(j, _)| early(self.columns_at[j]));
            own.copied().collect()
        };
        let mut new = Self {
            columns: self.columns,
            columns_at: self.columns_at.clone(),
            ..Self::default()
        };
        for ((terms, sense, right), &at) in self.rows.iter().zip(&self.rows_at) {
            if early(at) {
                new.row(own(terms), *sense, *right);
            }
        }
        let lots = self.lots.iter().map(|(terms, lot)| (own(terms), *lot));
        new.lots = lots.filter(|(terms, _)| !terms.is_empty()).collect();
        new.whole = self
            .whole
            .iter()
            .copied()
            .filter(|&j| early(self.columns_at[j]))
            .collect();
        new
    }

    /// The least value of an aim, and the point at which it is reached.
    pub fn least(&self, aim: &[(usize, f64)]) -> Result<(f64, Vec<f64>), NoValue> {
        let mut work = MOST_WORK;
        let mut open = vec![self.clone()];
        let mut best: Option<(f64, Vec<f64>)> = None;
        while let Some(node) = open.pop() {
            let (value, point) = match node.relaxed(aim, &mut work) {
                Ok(found) => found,
                Err(NoValue::Infeasible) => continue,
                Err(why) => return Err(why),
            };
            let better = best
                .as_ref()
                .is_none_or(|(known, _)| value < known - 1e-9 * known.abs());
            if better {
                match node.branches(&point) {
                    Some(branches) => open.extend(branches),
                    None => best = Some((value, point)),
                }
            }
        }
        best.ok_or(NoValue::Infeasible)
    }

    /// The two programs that leave a point out, if something at it is neither whole nor a lot.
    fn branches(&self, point: &[f64]) -> Option<[Self; 2]> {
        let with = |terms: &Terms, sense, right| {
            let mut new = self.clone();
            new.row(terms.clone(), sense, right);
            new
        };
        let short = self.lots.iter().find_map(|(terms, lot)| {
            let sum: f64 = terms.iter().map(|&(j, a)| a * point[j]).sum();
            (sum > WHOLE * lot && sum < (1.0 - WHOLE) * lot).then_some((terms, *lot))
        });
        if let Some((terms, lot)) = short {
            let none = with(terms, Sense::AtMost, 0.0);
            return Some([with(terms, Sense::AtLeast, lot), none]);
        }
        let broken = |&&j: &&usize| (point[j] - point[j].round()).abs() > WHOLE;
        let &j = self.whole.iter().find(broken)?;
        let (terms, down) = (vec![(j, 1.0)], point[j].floor());
        let more = with(&terms, Sense::AtLeast, down + 1.0);
        Some([with(&terms, Sense::AtMost, down), more])
    }

    /// The least value of an aim if nothing has to be whole.
    fn relaxed(&self, aim: &[(usize, f64)], work: &mut f64) -> Result<(f64, Vec<f64>), NoValue> {
        let mut cost = vec![0.0; self.columns];
        for &(j, factor) in aim {
            cost[j] += factor;
        }
        let (columns, rows) = self.scales();
        let mut tableau = Tableau::of(self, &columns, &rows);
        tableau.work = *work;
        tableau.first_phase()?;
        let scaled: Vec<f64> = cost
            .iter()
            .zip(&columns)
            .map(|(cost, scale)| cost * scale)
            .collect();
        tableau.second_phase(&scaled)?;
        *work = tableau.work;
        let point: Vec<f64> = tableau
            .point(self.columns)
            .iter()
            .zip(&columns)
            .map(|(x, scale)| x * scale)
            .collect();
        Ok((
            cost.iter().zip(&point).map(|(cost, x)| cost * x).sum(),
            point,
        ))
    }

    /// Factors that bring what stands in each column and row near one.
    fn scales(&self) -> (Vec<f64>, Vec<f64>) {
        let mut columns = vec![1.0; self.columns];
        let mut rows = vec![1.0; self.rows.len()];
        for _ in 0..6 {
            let mut seen = vec![(f64::INFINITY, 0.0_f64); self.columns];
            for (n, (terms, ..)) in self.rows.iter().enumerate() {
                let sizes = terms
                    .iter()
                    .map(|&(j, a)| (a * columns[j]).abs())
                    .filter(|&a| a > 0.0);
                let (low, high) = sizes.fold((f64::INFINITY, 0.0_f64), |(low, high), a| {
                    (low.min(a), high.max(a))
                });
                if high > 0.0 {
                    rows[n] = 1.0 / (low * high).sqrt();
                }
                for &(j, a) in terms.iter().filter(|(_, a)| *a != 0.0) {
                    let size = (a * rows[n]).abs();
                    seen[j] = (seen[j].0.min(size), seen[j].1.max(size));
                }
            }
            for (scale, (low, high)) in columns.iter_mut().zip(seen) {
                if high > 0.0 {
                    *scale = 1.0 / (low * high).sqrt();
                }
            }
        }
        (columns, rows)
    }
}

/// The rows solved for some columns, the last entry of each being its right side.
struct Tableau {
    rows: Vec<Vec<f64>>,
    basis: Vec<usize>,
    /// The right side of each row before any step.
    rights: Vec<f64>,
    width: usize,
    /// From here on columns are helpers that must leave.
    helpers: usize,
    /// What may still be done.
    work: f64,
}

/// What counts as nothing.
const NOTHING: f64 = 1e-9;

impl Tableau {
    fn of(program: &Program, columns: &[f64], scales: &[f64]) -> Self {
        let slacks = program
            .rows
            .iter()
            .filter(|(_, sense, _)| *sense != Sense::Equal)
            .count();
        let helpers = program.columns + slacks;
        let width = helpers + program.rows.len();
        let mut rows = Vec::new();
        let mut basis = Vec::new();
        let mut slack = program.columns;
        for (n, (terms, sense, right)) in program.rows.iter().enumerate() {
            let mut row = vec![0.0; width + 1];
            for &(j, a) in terms {
                row[j] += a * columns[j] * scales[n];
            }
            row[width] = right * scales[n];
            let own = match sense {
                Sense::Equal => None,
                Sense::AtMost => Some(1.0),
                Sense::AtLeast => Some(-1.0),
            };
            if let Some(sign) = own {
                row[slack] = sign;
            }
            if row[width] < 0.0 {
                for a in &mut row {
                    *a = -*a;
                }
            }
            if own.is_some() && row[slack] > 0.0 {
                basis.push(slack);
            } else {
                row[helpers + n] = 1.0;
                basis.push(helpers + n);
            }
            slack += usize::from(own.is_some());
            rows.push(row);
        }
        let rights = rows.iter().map(|row: &Vec<f64>| row[width]).collect();
        Self {
            rows,
            basis,
            rights,
            width,
            helpers,
            work: MOST_WORK,
        }
    }

    fn first_phase(&mut self) -> Result<(), NoValue> {
        let mut aim = vec![0.0; self.width + 1];
        aim[self.helpers..self.width].fill(1.0);
        self.descend(aim, self.width)?;
        let missed = self.rows.iter().zip(&self.basis).any(|(row, &j)| {
            let own = j.checked_sub(self.helpers).map(|n| self.rights[n]);
            own.is_some_and(|right| row[self.width] > 1e-7 * right.max(1.0))
        });
        if missed {
            return Err(NoValue::Infeasible);
        }
        // Helpers that are still there at zero leave for any column of their row.
        for n in 0..self.rows.len() {
            if self.basis[n] >= self.helpers {
                let row = &self.rows[n];
                let best = (0..self.helpers).max_by(|&a, &b| row[a].abs().total_cmp(&row[b].abs()));
                if let Some(j) = best.filter(|&j| row[j].abs() > 1e-7) {
                    self.pivot(n, j, &mut vec![0.0; self.width + 1]);
                }
            }
        }
        Ok(())
    }

    fn second_phase(&mut self, cost: &[f64]) -> Result<f64, NoValue> {
        let mut aim = vec![0.0; self.width + 1];
        aim[..cost.len()].copy_from_slice(cost);
        let size = cost
            .iter()
            .fold(0.0_f64, |most, c| most.max(c.abs()))
            .max(1e-300);
        for c in &mut aim {
            *c /= size;
        }
        self.descend(aim, self.helpers).map(|value| value * size)
    }

    /// Make an aim least over the columns before `open`; its value.
    fn descend(&mut self, mut aim: Vec<f64>, open: usize) -> Result<f64, NoValue> {
        for (n, &j) in self.basis.iter().enumerate() {
            let factor = aim[j];
            if factor != 0.0 {
                let row = &self.rows[n];
                aim.iter_mut().zip(row).for_each(|(c, a)| *c -= factor * a);
            }
        }
        let patient = 50 + 2 * self.rows.len();
        for step in 0..40_000 {
            let bland = step > patient;
            let entering = if bland {
                (0..open).find(|&j| aim[j] < -NOTHING)
            } else {
                (0..open)
                    .filter(|&j| aim[j] < -NOTHING)
                    .min_by(|&a, &b| aim[a].total_cmp(&aim[b]))
            };
            let Some(j) = entering else {
                return Ok(-aim[self.width]);
            };
            let Some(n) = self.leaving(j) else {
                return Err(NoValue::Unbounded);
            };
            self.pivot(n, j, &mut aim);
            if self.work <= 0.0 {
                return Err(NoValue::TooLong);
            }
        }
        Err(NoValue::TooLong)
    }

    fn leaving(&self, j: usize) -> Option<usize> {
        let ratio = |n: usize| self.rows[n][self.width].max(0.0) / self.rows[n][j];
        let open = (0..self.rows.len()).filter(|&n| self.rows[n][j] > NOTHING);
        open.min_by(|&a, &b| {
            ratio(a)
                .total_cmp(&ratio(b))
                .then(self.basis[a].cmp(&self.basis[b]))
        })
    }

    fn pivot(&mut self, n: usize, j: usize, aim: &mut [f64]) {
        let factor = 1.0 / self.rows[n][j];
        self.rows[n].iter_mut().for_each(|a| *a *= factor);
        self.rows[n][j] = 1.0;
        let row = std::mem::take(&mut self.rows[n]);
        let mut changed = 1.0;
        let mut eliminate = |other: &mut [f64]| {
            let factor = other[j];
            if factor != 0.0 {
                changed += 1.0;
                other
                    .iter_mut()
                    .zip(&row)
                    .for_each(|(a, b)| *a -= factor * b);
                other[j] = 0.0;
            }
        };
        self.rows
            .iter_mut()
            .filter(|row| !row.is_empty())
            .for_each(|row| eliminate(row));
        eliminate(aim);
        #[expect(clippy::cast_precision_loss, reason = "a few thousand columns")]
        let width = self.width as f64;
        self.work -= changed * width;
        self.rows[n] = row;
        self.basis[n] = j;
    }

    fn point(&self, columns: usize) -> Vec<f64> {
        let mut point = vec![0.0; columns];
        for (row, &j) in self.rows.iter().zip(&self.basis) {
            if j < columns {
                point[j] = row[self.width].max(0.0);
            }
        }
        point
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Most of 3x + 5y for x ≤ 4, 2y ≤ 12, 3x + 2y ≤ 18 is 36 at (2, 6).
    #[test]
    fn a_known_program_has_its_known_value() {
        let mut program = Program::default();
        let (x, y) = (program.column(), program.column());
        program.row(vec![(x, 1.0)], Sense::AtMost, 4.0);
        program.row(vec![(y, 2.0)], Sense::AtMost, 12.0);
        program.row(vec![(x, 3.0), (y, 2.0)], Sense::AtMost, 18.0);
        let (value, point) = program.least(&[(x, -3.0), (y, -5.0)]).unwrap();
        assert!(
            (value + 36.0).abs() < 1e-9
                && (point[x] - 2.0).abs() < 1e-9
                && (point[y] - 6.0).abs() < 1e-9
        );
        program.row(vec![(x, 1.0), (y, 1.0)], Sense::AtLeast, 11.0);
        assert_eq!(program.least(&[(x, 1.0)]).unwrap_err(), NoValue::Infeasible);
    }

    /// Most of 5x + 4y for 6x + 4y ≤ 24, x + 2y ≤ 6 is 21 at (3, 1.5); of whole numbers 20 at (4, 0).
    #[test]
    fn whole_numbers_and_lots_are_kept() {
        let mut program = Program::default();
        let (x, y) = (program.column(), program.column());
        program.row(vec![(x, 6.0), (y, 4.0)], Sense::AtMost, 24.0);
        program.row(vec![(x, 1.0), (y, 2.0)], Sense::AtMost, 6.0);
        let aim = [(x, -5.0), (y, -4.0)];
        assert!((program.least(&aim).unwrap().0 + 21.0).abs() < 1e-9);
        let mut lots = program.clone();
        program.whole = vec![x, y];
        assert!((program.least(&aim).unwrap().0 + 20.0).abs() < 1e-9);
        // Two of y, or none: 2 and 2 give 18, 4 and none 20; with y at 5, 2 and 2 give 20, 4 and none 20; at 6, 22.
        lots.lots = vec![(vec![(y, 1.0)], 2.0)];
        assert!((lots.least(&aim).unwrap().0 + 20.0).abs() < 1e-9);
        assert!((lots.least(&[(x, -5.0), (y, -6.0)]).unwrap().0 + 22.0).abs() < 1e-9);
    }

    #[test]
    fn what_falls_without_end_is_found() {
        let mut program = Program::default();
        let (x, y) = (program.column(), program.column());
        program.row(vec![(x, 1.0), (y, -1.0)], Sense::Equal, 1.0);
        assert_eq!(program.least(&[(y, -1.0)]).unwrap_err(), NoValue::Unbounded);
    }
}
