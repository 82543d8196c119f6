//! What a page is made of: sections with charts and tables, plain data without any drawing.
//!
//! The page of a plan is a list of [`Section`]s, and so is what an analysis adds to it
//! ([`html_with`](super::html_with)): fill a section, hand it over, and the page gives it a place in the
//! contents, a table behind each chart, and downloads.
//!
//! ```
//! use sinews::report::page::{Bar, Chart, Picture, Section, Tornado};
//!
//! let bars = vec![Bar::new("price of a round", 41.0, 58.0)];
//! let tornado = Tornado { base: 50.0, bars };
//! let chart = Chart::new("What moves the cost", "Cost of the plan", "bn EUR of 2026")
//!     .view("", Picture::Tornado(tornado));
//! let section = Section::new("Sensitivity").say("One input at a time.").chart(chart);
//! assert_eq!(section.id(), "sensitivity");
//! ```
//!
//! A unit of `%` means shares, shown in percent.

mod number;
mod relations;
mod section;
mod table;
mod values;

pub use crate::table::{Cell, Table};
pub use relations::{Branch, Flow, Gantt, Link, Map, Node, Site, Task, Tree};
pub(super) use section::slug;
pub use section::{Chart, Picture, Section, View};
pub use values::{Band, Bar, Bars, Curve, Heat, Lines, Mark, Point, Scale, Series, Tornado};
