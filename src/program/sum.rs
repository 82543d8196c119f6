//! Sums of columns: what stands on the left side of a row, or is made least, while it is put together.

/// Columns by their numbers, each times a factor. A column may come several times.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sum {
    terms: Vec<(u32, f64)>,
}

impl Sum {
    /// One column.
    pub(super) fn of(column: u32) -> Self {
        Self {
            terms: vec![(column, 1.0)],
        }
    }

    /// Add a factor times a column, if it exists.
    pub(super) fn add(&mut self, factor: f64, column: impl Into<Option<u32>>) {
        if let Some(column) = column.into() {
            self.terms.push((column, factor));
        }
    }

    /// The same with a factor times a column, if it exists.
    pub(super) fn with(mut self, factor: f64, column: impl Into<Option<u32>>) -> Self {
        self.add(factor, column);
        self
    }

    /// Add a factor times another sum.
    pub(super) fn add_all(&mut self, factor: f64, other: &Self) {
        let terms = other.terms.iter();
        self.terms
            .extend(terms.map(|&(column, own)| (column, factor * own)));
    }

    /// The same with the factor of each column times something.
    pub(super) fn scaled(&self, by: impl Fn(u32) -> f64) -> Self {
        let terms = self.terms.iter();
        Self {
            terms: terms
                .map(|&(column, own)| (column, own * by(column)))
                .collect(),
        }
    }

    /// The largest of its factors that are not zero.
    pub(super) fn largest(&self) -> Option<f64> {
        let factors = self.terms.iter().map(|(_, factor)| factor.abs());
        factors.filter(|&factor| factor > 0.0).reduce(f64::max)
    }

    /// Whether there is nothing in it.
    pub(super) fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Write down its terms in the order of the columns, each once, without those that cancel out.
    pub(super) fn write(&self, terms: &mut Vec<(u32, f64)>) {
        let start = terms.len();
        terms.extend_from_slice(&self.terms);
        add_up(terms, start);
    }
}

/// Bring the terms from `start` on into the order of the columns, each once, without those that cancel out.
pub(super) fn add_up(terms: &mut Vec<(u32, f64)>, start: usize) {
    // In a stable order, so that factors are added up as they came.
    terms[start..].sort_by_key(|&(column, _)| column);
    let mut kept = start;
    let mut next = start;
    while next < terms.len() {
        let (column, mut factor) = terms[next];
        next += 1;
        while next < terms.len() && terms[next].0 == column {
            factor += terms[next].1;
            next += 1;
        }
        if factor != 0.0 {
            terms[kept] = (column, factor);
            kept += 1;
        }
    }
    terms.truncate(kept);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_written_in_order_and_once() {
        let mut sum = Sum::of(3).with(2.0, 1);
        sum.add(-1.0, None);
        sum.add(0.5, Some(3));
        let mut other = Sum::of(7);
        other.add(1.0, 1);
        sum.add_all(-2.0, &other);
        let mut terms = vec![(9, 1.0)];
        sum.write(&mut terms);
        assert_eq!(terms, [(9, 1.0), (3, 1.5), (7, -2.0)]);
        assert!(!sum.is_empty() && Sum::default().is_empty());
    }
}
