//! Sums that rows have in common, each with a column of its own.
//!
//! ```text
//! Σ_{j ∈ C} a[j]·x[j]  =  s          every row in which C stands with factors  r · a[j]  takes  r · s  instead
//! ```
//!
//! An interior-point solver factors a matrix in which two columns meet wherever a row has both, and two rows wherever a
//! column does. Rows that say the same of a hundred columns, such as the earmarks of one holder for each component of
//! the same shells, meet in each of them; with the sum in a column they meet once. Prices of the rows stay what they
//! are, and so do the values of the columns.

use super::linear::{Bounds, Linear};
use crate::program::Sense;
use std::collections::BTreeMap;

/// Rows with fewer terms are left as they are.
const LONG: usize = 24;
/// Fewer columns are no sum worth a column of its own. With 40, Europe's factor has an eighth fewer numbers than
/// without sums; with 12 it has more, as columns of sums meet in turn.
const LEAST: usize = 40;

/// The same program with shared sums taken out: their columns come last, the rows that define them first. Gives how
/// many there are.
pub(super) fn taken_out(linear: &Linear) -> (Linear, usize) {
    let mut work = Work::of(linear);
    for n in 0..work.long.len() {
        while let Some((partner, ratio)) = work.partner(n) {
            work.take_out(n, partner, ratio);
        }
    }
    let sums = work.sums.len();
    (work.written(linear), sums)
}

/// The long rows of a program, and the sums taken out of them.
struct Work {
    /// The numbers of the long rows.
    long: Vec<usize>,
    /// What stands in each of them.
    terms: Vec<BTreeMap<u32, f64>>,
    /// The long rows in which each column stands, by their place among them.
    rows: Vec<Vec<usize>>,
    /// The sums, in order.
    sums: Vec<BTreeMap<u32, f64>>,
    /// The columns there were before.
    columns: usize,
}

/// A ratio of factors, blind to rounding.
type Ratio = u64;

fn ratio(of: f64, to: f64) -> Ratio {
    // The last ten of 52 bits tell no ratios apart.
    ((of / to).to_bits() + (1 << 9)) & !((1 << 10) - 1)
}

impl Work {
    fn of(linear: &Linear) -> Self {
        let all = 0..linear.senses.len();
        let long: Vec<usize> = all.filter(|&n| linear.row(n).len() >= LONG).collect();
        let terms: Vec<BTreeMap<u32, f64>> = long
            .iter()
            .map(|&n| linear.row(n).iter().copied().collect())
            .collect();
        let mut rows = vec![Vec::new(); linear.columns.len()];
        for (n, terms) in terms.iter().enumerate() {
            for &j in terms.keys() {
                rows[j as usize].push(n);
            }
        }
        Self {
            long,
            terms,
            rows,
            sums: Vec::new(),
            columns: linear.columns.len(),
        }
    }

    /// The other long row with the most columns of this one in one ratio, if they are enough.
    fn partner(&self, n: usize) -> Option<(usize, Ratio)> {
        let mut shared: BTreeMap<(usize, Ratio), usize> = BTreeMap::new();
        for (&j, &a) in &self.terms[n] {
            let Some(rows) = self.rows.get(j as usize) else {
                continue;
            };
            for &m in rows.iter().filter(|&&m| m != n) {
                let ratio = ratio(self.terms[m][&j], a);
                *shared.entry((m, ratio)).or_default() += 1;
            }
        }
        let best = shared
            .into_iter()
            .max_by_key(|&((m, _), count)| (count, std::cmp::Reverse(m)));
        best.filter(|&(_, count)| count >= LEAST)
            .map(|(partner, _)| partner)
    }

    /// Take out of a row, and of all others that have it as well, what its partner has in one ratio.
    fn take_out(&mut self, n: usize, partner: usize, at: Ratio) {
        let other = &self.terms[partner];
        let own = self.terms[n].iter();
        let columns = self.columns;
        let sum: BTreeMap<u32, f64> = own
            .filter(|(j, _)| (**j as usize) < columns)
            .filter(|(j, a)| other.get(j).is_some_and(|&b| ratio(b, **a) == at))
            .map(|(&j, &a)| (j, a))
            .collect();
        let number =
            u32::try_from(self.columns + self.sums.len()).expect("fewer than 2^32 columns");
        let (&first, &a) = sum.first_key_value().expect("a sum has columns");
        let candidates = self.rows[first as usize].clone();
        for m in candidates {
            let terms = &mut self.terms[m];
            let times = terms[&first] / a;
            let at = ratio(terms[&first], a);
            let has = |(j, &a): (&u32, &f64)| terms.get(j).is_some_and(|&b| ratio(b, a) == at);
            if sum.iter().all(has) {
                terms.retain(|j, _| !sum.contains_key(j));
                terms.insert(number, times);
                for &j in sum.keys() {
                    self.rows[j as usize].retain(|&row| row != m);
                }
            }
        }
        self.sums.push(sum);
    }

    /// The program written anew.
    fn written(self, linear: &Linear) -> Linear {
        let mut new = Linear {
            columns: linear.columns.clone(),
            aim: linear.aim.clone(),
            starts: vec![0],
            offset: linear.offset,
            fine: linear.fine,
            ..Linear::default()
        };
        for (n, sum) in self.sums.iter().enumerate() {
            new.columns.push(Bounds {
                lower: f64::NEG_INFINITY,
                upper: f64::INFINITY,
                whole: false,
            });
            new.aim.push(0.0);
            let number = u32::try_from(self.columns + n).expect("fewer than 2^32 columns");
            new.terms.extend(sum.iter().map(|(&j, &a)| (j, a)));
            new.terms.push((number, -1.0));
            new.starts.push(new.terms.len());
            new.senses.push(Sense::Equal);
            new.rights.push(0.0);
        }
        let mut long = self.long.iter().zip(&self.terms).peekable();
        for n in 0..linear.senses.len() {
            match long.next_if(|&(&row, _)| row == n) {
                Some((_, terms)) => new.terms.extend(terms.iter().map(|(&j, &a)| (j, a))),
                None => new.terms.extend_from_slice(linear.row(n)),
            }
            new.starts.push(new.terms.len());
        }
        new.senses.extend_from_slice(&linear.senses);
        new.rights.extend_from_slice(&linear.rights);
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two rows that say the same of fifty columns, one three times as much, and one of its own each.
    #[test]
    fn what_rows_share_is_written_once() {
        let row = |times: f64, own: u32| {
            let shared = (0..50).map(move |j| (j, times * f64::from(j + 1)));
            shared.chain([(own, 5.0)])
        };
        let linear = Linear {
            columns: vec![Bounds::FREE; 52],
            starts: vec![0, 51, 102],
            terms: row(1.0, 50).chain(row(3.0, 51)).collect(),
            senses: vec![Sense::AtMost, Sense::AtLeast],
            rights: vec![7.0, 8.0],
            aim: vec![1.0; 52],
            ..Linear::default()
        };
        let (new, sums) = taken_out(&linear);
        assert_eq!((sums, new.columns.len(), new.senses.len()), (1, 53, 3));
        assert_eq!(new.row(0).last(), Some(&(52, -1.0)));
        assert_eq!(new.row(0).len(), 51);
        assert_eq!(new.row(1), [(50, 5.0), (52, 1.0)]);
        assert_eq!(new.row(2), [(51, 5.0), (52, 3.0)]);
        assert_eq!(new.rights, [0.0, 7.0, 8.0]);
    }

    #[test]
    fn short_rows_stay() {
        let linear = Linear {
            columns: vec![Bounds::FREE; 2],
            starts: vec![0, 2, 4],
            terms: vec![(0, 1.0), (1, 1.0), (0, 1.0), (1, 1.0)],
            senses: vec![Sense::AtMost; 2],
            rights: vec![1.0; 2],
            aim: vec![1.0; 2],
            ..Linear::default()
        };
        let (new, sums) = taken_out(&linear);
        assert_eq!((sums, new.terms), (0, linear.terms));
    }
}
