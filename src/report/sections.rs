//! A plan as sections: what falls short, who makes what, where it goes, who pays, what it rests on.
//!
//! One subject a file. The page shows them, and so can anything else that draws a [`Picture`](super::page::Picture).

pub(super) mod builds;
mod coverage;
mod decisions;
mod drawing;
mod evidence;
mod flows;
mod industry;
mod limits;
mod map;
mod money;
mod payments;
mod stocks;
mod supply;

use super::page::Section;
use crate::ids::HolderId;
use crate::model::Model;
use crate::solution::Solution;

pub(super) use drawing::{nominal, real};

/// Every section of a plan that has something in it.
pub(super) fn of(m: &Model, s: &Solution) -> Vec<Section> {
    let sections = vec![
        coverage::section(m, s),
        decisions::section(m, s),
        industry::section(m, s),
        builds::section(m, s),
        flows::section(m, s),
        stocks::section(m, s),
        supply::section(m, s),
        money::section(m, s),
        limits::section(m, s),
        evidence::section(m),
    ];
    sections
        .into_iter()
        .filter(|section| !section.is_empty())
        .collect()
}

/// What some holders lack.
pub(super) fn lacking(m: &Model, s: &Solution, holders: &[HolderId]) -> Section {
    coverage::section_of(m, s, |r| holders.contains(&m.requirements[r].holder))
}

/// The sections in which plans of several scenarios differ most.
pub(super) fn brief(m: &Model, s: &Solution) -> Vec<Section> {
    let sections = vec![
        coverage::section(m, s),
        builds::section(m, s),
        money::section(m, s),
        limits::section(m, s),
    ];
    sections
        .into_iter()
        .filter(|section| !section.is_empty())
        .collect()
}
