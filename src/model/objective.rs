//! What the plan strives for.

use crate::units::Share;

/// What the plan strives for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Objective {
    /// In which order shortfalls and cost count.
    pub kind: ObjectiveKind,
    /// How shortfalls of different items add up.
    pub measure: Measure,
    /// How much dearer a shortfall is than what is missing, in a weighted objective: the last tier
    /// counts this many times its value, each tier before it as many times more.
    pub shortfall_value: Share,
}

impl Default for Objective {
    fn default() -> Self {
        Self {
            kind: ObjectiveKind::default(),
            measure: Measure::default(),
            shortfall_value: Share::new(10.0),
        }
    }
}

/// In which order shortfalls and cost count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ObjectiveKind {
    /// Least shortfall of tier 1, then of tier 2, …, then least cost.
    #[default]
    Lexicographic,
    /// Least sum of shortfalls, valued in money, and cost.
    Weighted,
    /// Raise the lowest coverage first, then the next lowest, …, then least cost.
    MaxMin,
}

impl ObjectiveKind {
    /// Every kind, with the word for it.
    pub const WORDS: [(&'static str, Self); 3] = [
        ("lexicographic", Self::Lexicographic),
        ("weighted", Self::Weighted),
        ("max-min", Self::MaxMin),
    ];
}

/// How shortfalls of different items add up within a tier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Each as a share of what is required, times its weight: half of the mines weighs as much as
    /// half of the shells. In money, all of a tier's shares are worth all that the tier requires.
    #[default]
    Share,
    /// Each unit at its value in money, times its weight.
    Value,
}
