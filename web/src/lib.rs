//! The library for a page: requests and answers as JSON.
//!
//! A [`Desk`] holds one opened model and the answer last found. The page sends it requests from a worker; the program that puts
//! the page together, and the check that compares both, ask it the same natively.
//!
//! | request | answer |
//! |---|---|
//! | `open`: texts by name, and which is the model | its name, its scenarios, or its faults |
//! | `figures`: changes | every figure with its unit, range, source or note, and the facts |
//! | `change`: changes | the scenario that makes them, as TOML; faults |
//! | `solve`: changes | the plan: tiers, coverage, money, what binds |
//! | `tables` | the tables of the last plan as CSV |
//! | `compare` | the figures that changes move, before and after |
//! | `frontier`: changes, a range | least shortfall against money |
//! | `levels` | by how much each scenario moves each figure |
//!
//! An answer is `{"ok": …}`, `{"faults": […], "text": "…"}` for what is wrong with texts, or `{"error": "…"}`.

#![deny(unsafe_code)] // allowed in `exports` alone, which says why

mod answer;
mod changes;
mod curve;
mod desk;
#[cfg(target_family = "wasm")]
mod exports;
mod faults;
mod figures;

pub use changes::Changes;
pub use desk::{Desk, Heard};
