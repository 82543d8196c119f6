//! How far a share can go: what it is at other prices that prove the same plan.
//!
//! Where several limits are used up at once, the price of one more unit can be put on either. In a small program all
//! prices that are right can be had: for each cause those that put most on it and those that put least. In a large
//! one each limit is moved by a hair, and the plan made again.

use super::super::equation::{Matrix, Prices};
use super::waits::MISSED;
use super::{Cause, Share, Shortfall};
use crate::model::Model;
use crate::solution::Solution;

/// The prices that put most, and least, on each of some causes.
pub(super) fn others(
    matrix: &Matrix<'_>,
    m: &Model,
    solution: &Solution,
    causes: &[Cause],
) -> Vec<Prices> {
    let program = solution.program();
    let rows = |cause: Cause| -> Vec<usize> {
        let all = 0..program.rows().len();
        all.filter(|&n| Cause::of(m, program, program.rows().name(n)) == cause)
            .collect()
    };
    let mut found = Vec::new();
    for rows in causes.iter().map(|&cause| rows(cause)) {
        for up in [true, false] {
            let duals = solution.other_duals(0, &rows, up);
            found.extend(duals.map(|duals| matrix.priced(duals)));
        }
    }
    found
}

/// Widen the ranges of shares by what they are at other prices of the plan.
pub(super) fn widen(shortfalls: &mut [Shortfall], others: &[Shortfall]) {
    for shortfall in shortfalls {
        if let Some(other) = same(shortfall, others) {
            stretch(shortfall, other);
        }
    }
}

/// The same by what they are at the prices of a plan that is nearly the same, where they explain as much.
pub(super) fn widen_near(shortfalls: &mut [Shortfall], others: &[Shortfall]) {
    for shortfall in shortfalls {
        let Some(other) = same(shortfall, others) else {
            continue;
        };
        let served = shortfall.outbid == 1.0 && other.outbid == 1.0;
        let near = (other.value - shortfall.value).abs() <= MISSED * shortfall.value;
        if served && near {
            stretch(shortfall, other);
        }
    }
}

fn same<'s>(shortfall: &Shortfall, others: &'s [Shortfall]) -> Option<&'s Shortfall> {
    let of = |one: &Shortfall| (one.requirement, one.year);
    others.iter().find(|other| of(other) == of(shortfall))
}

fn stretch(shortfall: &mut Shortfall, other: &Shortfall) {
    for share in &other.causes {
        if shortfall.causes.iter().all(|own| own.cause != share.cause) {
            shortfall.causes.push(Share {
                share: 0.0,
                range: (0.0, 0.0),
                ..*share
            });
        }
    }
    for own in &mut shortfall.causes {
        let there = other.causes.iter().find(|share| share.cause == own.cause);
        let there = there.map_or(0.0, |share| share.share);
        own.range = (own.range.0.min(there), own.range.1.max(there));
    }
}
