//! What can be brought at all: rows that nothing can reach, whatever is planned.
//!
//! A column can run if every row that it takes from and that only passes on can be supplied; a row can be
//! supplied if some column that can run brings something into it, or its right side does. What no column
//! reaches has a price that is whatever a solver leaves it at: it is no more than what asks for it offers.

use crate::analysis::equation::Matrix;

/// Which rows can be supplied, and which columns can run.
#[derive(Debug)]
pub(super) struct Reach {
    rows: Vec<bool>,
    columns: Vec<bool>,
}

impl Reach {
    pub(super) fn of(matrix: &Matrix<'_>) -> Self {
        let (rows, columns) = (matrix.program.rows(), matrix.program.columns());
        let takes = |j: usize| {
            let own = matrix.rows(j).iter();
            own.filter(|&&(n, factor)| factor < 0.0 && matrix.passes(n))
        };
        let mut new = Self {
            rows: vec![false; rows.len()],
            columns: vec![false; columns.len()],
        };
        // By row: the columns that wait for it; by column: how many rows it still waits for.
        let mut waiting: Vec<Vec<usize>> = vec![Vec::new(); rows.len()];
        let mut missing = vec![0_usize; columns.len()];
        let mut free: Vec<usize> = Vec::new();
        for j in (0..columns.len()).filter(|&j| columns[j].upper > 0.0) {
            for &(n, _) in takes(j) {
                missing[j] += 1;
                waiting[n].push(j);
            }
            free.extend((missing[j] == 0).then_some(j));
        }
        let mut supplied: Vec<usize> = Vec::new();
        supplied.extend((0..rows.len()).filter(|&n| rows.right(n) < 0.0));
        loop {
            for n in supplied.drain(..) {
                if std::mem::replace(&mut new.rows[n], true) {
                    continue;
                }
                for &j in &waiting[n] {
                    missing[j] -= 1;
                    free.extend((missing[j] == 0).then_some(j));
                }
            }
            if free.is_empty() {
                return new;
            }
            for j in free.drain(..) {
                new.columns[j] = true;
                let brings = matrix.rows(j).iter().filter(|&&(_, factor)| factor > 0.0);
                let missing = matrix.is_missing(j);
                supplied.extend(brings.filter(|_| !missing).map(|&(n, _)| n));
            }
        }
    }

    /// Whether something can be brought into a row.
    pub(super) fn row(&self, n: usize) -> bool {
        self.rows[n]
    }

    /// Whether a column can be more than zero.
    pub(super) fn column(&self, j: usize) -> bool {
        self.columns[j]
    }
}
