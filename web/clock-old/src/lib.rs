//! The clock of a page under the version by which Clarabel asks for it.

pub use clock::{Duration, Instant};
