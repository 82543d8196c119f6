//! Intervals that are kept: what samples said of each tier, and of which model.
//!
//! Samples take a hundred solves and more, a plan takes one. So what they said is kept in a file, by convention
//! `NAME/intervals.toml` beside the model `NAME.toml`, and whoever plans that very model again need not draw anew. They are
//! of no other: [`Intervals::fit`] compares the digest of all that the model says.

use super::{Outlook, Side};
use crate::analysis::{Outcome, Trouble, digest};
use crate::document::Vary;
use crate::files;
use crate::model::ObjectiveKind;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// What to do about a file that cannot be used.
const ANEW: &str = "draw them anew, with the example `outlook` and `--keep`";
/// The most bytes of a file of intervals.
const LARGEST: u64 = 1 << 20;

/// What samples say of each tier, and of which model.
///
/// ```
/// # use sinews::{analysis::{Spread, Work, outlook::{Intervals, Request, outlook}}, document::Document, solve::Options};
/// let document = Document::open("models/backtest-2023.toml")?;
/// let request = Request { samples: 4, ..Request::default() };
/// let kind = document.model()?.objective.kind;
/// let drawn = outlook(&document, &request, &Options::default(), &Work::default())?.intervals(&document);
/// assert_eq!(drawn.samples, 4);
/// assert!(drawn.fit(&document, kind) && !drawn.fit(&Document::open("models/tiny.toml")?, kind));
/// assert_eq!(Intervals::from_toml(&drawn.to_toml()?)?, drawn);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Intervals {
    /// The [digest] of the model of which they are.
    pub model: String,
    /// The word for what its plans strive for.
    pub objective: String,
    /// How many samples were drawn.
    pub samples: usize,
    /// Where their draws start.
    pub seed: u64,
    /// Each tier on each side.
    pub tiers: Vec<Interval>,
}

/// Between which ends a tier lies in eight samples of ten: one in ten lies below the first, one above the second.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Interval {
    /// The tier.
    pub tier: u32,
    /// `could be done` or `likely`.
    pub side: String,
    /// How many requirements are met in full.
    pub in_full: [f64; 2],
    /// The share of the samples in which fewer are met in full than by the plan of this side.
    pub below: f64,
    /// The lowest coverage, a share.
    pub lowest: [f64; 2],
}

impl Outlook {
    /// What its samples say of each tier, to be kept. `document` is what it was made of. Without samples there are no tiers.
    pub fn intervals(&self, document: &dyn Vary) -> Intervals {
        let first = &self.sides[0];
        let samples = first.samples.as_ref();
        let tiers = first.solution.tiers(&first.model).into_iter();
        let tiers =
            tiers.flat_map(|own| self.sides.iter().filter_map(move |s| interval(s, own.tier)));
        Intervals {
            model: digest(document),
            objective: first.solution.objective.word().to_owned(),
            samples: samples.map_or(0, |samples| samples.samples),
            seed: samples.map_or(0, |samples| samples.seed),
            tiers: tiers.collect(),
        }
    }
}

fn interval(side: &Side, tier: u32) -> Option<Interval> {
    let ends = |outcome: Outcome| {
        let spread = side.spread(&outcome)?;
        Some([spread.quantile(0.1)?, spread.quantile(0.9)?])
    };
    Some(Interval {
        tier,
        side: side.name.to_owned(),
        in_full: ends(Outcome::InFull(tier))?,
        below: side.standing(&Outcome::InFull(tier))?,
        lowest: ends(Outcome::Lowest(tier))?,
    })
}

impl Intervals {
    /// Where the intervals of a model in a file are kept: `europe/intervals.toml` beside `europe.toml`.
    ///
    /// ```
    /// # use sinews::analysis::outlook::Intervals;
    /// let kept = Intervals::place("models/europe.toml".as_ref());
    /// assert_eq!(kept, std::path::Path::new("models/europe/intervals.toml"));
    /// ```
    pub fn place(model: &Path) -> PathBuf {
        model.with_extension("").join("intervals.toml")
    }

    /// Those that are kept of a model in a file. `None`: there are none.
    ///
    /// # Errors
    /// What is there cannot be read, or is no such file.
    pub fn kept(model: &Path) -> Result<Option<Self>, Trouble> {
        let place = Self::place(model);
        if !place.exists() {
            return Ok(None);
        }
        let bytes = files::read(&place, LARGEST);
        let bytes = bytes.map_err(|fault| Trouble::request(fault.to_string(), ANEW))?;
        Self::from_toml(&String::from_utf8_lossy(&bytes)).map(Some)
    }

    /// Whether they are of this very model, planned for this objective.
    pub fn fit(&self, document: &dyn Vary, objective: ObjectiveKind) -> bool {
        self.objective == objective.word() && self.model == digest(document)
    }

    /// Those of a tier, what could be done first.
    pub fn of_tier(&self, tier: u32) -> impl Iterator<Item = &Interval> {
        self.tiers.iter().filter(move |own| own.tier == tier)
    }

    /// As a TOML text.
    ///
    /// # Errors
    /// A seed of 64 bits: TOML's whole numbers have 63.
    pub fn to_toml(&self) -> Result<String, Trouble> {
        let text = toml::to_string(self);
        text.map_err(|fault| Trouble::request(fault.to_string(), "take a smaller seed"))
    }

    /// From a TOML text.
    ///
    /// # Errors
    /// No TOML, or not that of intervals.
    pub fn from_toml(text: &str) -> Result<Self, Trouble> {
        toml::from_str(text).map_err(|fault| {
            let message = format!("these are no intervals: {}", fault.message());
            Trouble::request(message, ANEW)
        })
    }
}
