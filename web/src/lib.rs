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
//! | `joined`: changes | the model with its parts and changes as one TOML |
//! | `solve`: changes | the plan: brief, tiers, coverage, money, what binds |
//! | `brief`: how many further plans | the brief of the last plan, with what gaps wait for and what helps |
//! | `estimate`: steps | what each would do to the last plan, as far as its prices tell |
//! | `tables` | the tables of the last plan as CSV |
//! | `sheets` | the same, cell by cell |
//! | `compare`: changes | the figures that they move, before and after |
//! | `levels` | by how much each scenario moves each figure |
//!
//! An answer is `{"ok": …}`, `{"faults": […], "text": "…"}` for what is wrong with texts, or `{"error": "…"}`.

#![deny(unsafe_code)] // allowed in `exports` alone, which says why

mod answer;
mod changes;
mod desk;
#[cfg(target_family = "wasm")]
mod exports;
mod faults;
mod figures;
mod joined;
mod step;

pub use changes::Changes;
pub use desk::{Desk, Heard};
