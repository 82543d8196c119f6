//! The future of mean figures: every factor, limit and bound at its mean.
//!
//! A factor is averaged over the futures that have both its row and its column, a limit over those that
//! have its row, data (columns fixed by their bounds) over all, being nothing where they are not there.

use super::block::{Block, BlockRow, Source, bounds};
use crate::program::{ColumnData, Sense};
use std::collections::HashMap;

/// Columns and rows of all futures, by name, in the order in which they come.
#[derive(Default)]
struct Union<'a> {
    number: HashMap<&'a str, u32>,
    names: Vec<&'a str>,
    /// Natural units in one internal unit, where it first came.
    units: Vec<f64>,
}

impl<'a> Union<'a> {
    fn add(&mut self, name: &'a str, unit: f64) {
        if !self.number.contains_key(name) {
            let next = u32::try_from(self.names.len()).expect("fewer than 2^32 columns");
            self.number.insert(name, next);
            self.names.push(name);
            self.units.push(unit);
        }
    }
}

/// A row on its way: what its futures say, and how much they weigh together.
struct Gathered {
    terms: HashMap<u32, f64>,
    sense: Sense,
    right: f64,
    weight: f64,
    /// Which futures have it.
    futures: Vec<usize>,
}

pub(super) fn block(sources: &[Source], numbers: &[Vec<Option<(usize, f64)>>]) -> Block {
    let (mut columns, mut rows) = (Union::default(), Union::default());
    for source in sources {
        let all = source.column_keys().iter().zip(source.program.columns());
        for (key, column) in all {
            columns.add(key, column.unit);
        }
        for (n, key) in source.row_keys().iter().enumerate() {
            rows.add(key, source.program.rows().unit(n));
        }
    }
    Block {
        rows: mean_rows(sources, &columns, &rows),
        aim: mean_aim(sources, &columns),
        shared: mean_shares(sources, &columns, numbers),
        columns: mean_bounds(sources, &columns),
    }
}

fn mean_bounds(sources: &[Source], columns: &Union<'_>) -> Vec<(f64, f64, bool)> {
    let mut all: Vec<Option<(f64, f64, bool)>> = vec![None; columns.names.len()];
    for source in sources {
        for (key, column) in source.column_keys().iter().zip(source.program.columns()) {
            let n = columns.number[key.as_str()] as usize;
            let (lower, upper, whole) = in_units(column, columns.units[n]);
            let fixed = lower == upper;
            let weight = if fixed { source.chance } else { 1.0 };
            let own = (weight * lower, weight * upper, whole);
            all[n] = Some(match all[n] {
                None => own,
                Some((l, u, w)) if fixed => (l + own.0, u + own.1, w),
                Some((l, u, w)) => (l.min(own.0), u.max(own.1), w || whole),
            });
        }
    }
    all.into_iter().flatten().collect()
}

fn in_units(column: &ColumnData, unit: f64) -> (f64, f64, bool) {
    let (lower, upper, whole) = bounds(column);
    let factor = if column.unit == unit {
        1.0
    } else {
        column.unit / unit
    };
    (factor * lower, factor * upper, whole)
}

fn mean_rows(sources: &[Source], columns: &Union<'_>, rows: &Union<'_>) -> Vec<BlockRow> {
    let mut all: Vec<Option<Gathered>> = rows.names.iter().map(|_| None).collect();
    for (s, source) in sources.iter().enumerate() {
        let own = source.program.rows();
        for (n, key) in source.row_keys().iter().enumerate() {
            let number = rows.number[key.as_str()] as usize;
            let scale = own.unit(n) / rows.units[number];
            let row = all[number].get_or_insert_with(|| Gathered {
                terms: HashMap::new(),
                sense: own.sense(n),
                right: 0.0,
                weight: 0.0,
                futures: Vec::new(),
            });
            row.weight += source.chance;
            row.right += source.chance * scale * own.right(n);
            row.futures.push(s);
            for &(j, factor) in own.row(n) {
                let column = columns.number[source.column_keys()[j as usize].as_str()];
                let unit = source.program.columns()[j as usize].unit;
                let factor = factor * scale * columns.units[column as usize] / unit;
                *row.terms.entry(column).or_insert(0.0) += source.chance * factor;
            }
        }
    }
    let finished = |row: Gathered| {
        let chance = |column: u32| {
            let name = columns.names[column as usize];
            let have = row.futures.iter().map(|&s| &sources[s]);
            have.filter(|source| source.has(name))
                .map(|source| source.chance)
                .sum::<f64>()
        };
        let mut terms: Vec<(u32, f64)> = row
            .terms
            .iter()
            .map(|(&column, &sum)| (column, sum / chance(column)))
            .collect();
        terms.sort_unstable_by_key(|&(column, _)| column);
        (terms, row.sense, row.right / row.weight)
    };
    all.into_iter().flatten().map(finished).collect()
}

fn mean_aim(sources: &[Source], columns: &Union<'_>) -> Vec<(u32, f64)> {
    let mut sums = vec![(0.0, 0.0); columns.names.len()];
    for source in sources {
        for &(j, factor) in &source.program.stages()[0].aim {
            let n = columns.number[source.column_keys()[j as usize].as_str()] as usize;
            let unit = source.program.columns()[j as usize].unit;
            sums[n].0 += source.chance * factor * columns.units[n] / unit;
            sums[n].1 += source.chance;
        }
    }
    let terms = (0..).zip(sums).filter(|(_, (_, weight))| *weight > 0.0);
    terms.map(|(n, (sum, weight))| (n, sum / weight)).collect()
}

/// Of a decision comes true what does so on average.
fn mean_shares(
    sources: &[Source],
    columns: &Union<'_>,
    numbers: &[Vec<Option<(usize, f64)>>],
) -> Vec<Option<(usize, f64)>> {
    let mut shares: Vec<Option<(usize, f64)>> = vec![None; columns.names.len()];
    for (source, numbers) in sources.iter().zip(numbers) {
        for (key, number) in source.column_keys().iter().zip(numbers) {
            let Some((shared, part)) = *number else {
                continue;
            };
            let n = columns.number[key.as_str()] as usize;
            let before = shares[n].map_or(0.0, |(_, part)| part);
            shares[n] = Some((shared, before + source.chance * part));
        }
    }
    shares
}
