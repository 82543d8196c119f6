//! What the plan strives for.

use crate::units::Share;

/// What the plan strives for.
///
/// ```
/// use sinews::model::{Objective, ObjectiveKind};
///
/// let mut draft = sinews::read("models/tiny.toml")?.into_draft();
/// draft.objective = Objective::default();
/// draft.objective.kind = ObjectiveKind::MaxMin;
/// # Ok::<(), sinews::problem::Problems>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Objective {
    /// In which order shortfalls and cost count.
    pub kind: ObjectiveKind,
    /// How shortfalls of different items add up.
    pub measure: Measure,
    /// How much dearer a shortfall is than what is missing, in a weighted objective: the last tier
    /// counts this many times its value, each tier before it as many times more.
    pub shortfall_value: Share,
    /// Who pays.
    pub financing: Financing,
    /// The marginal cost of public funds: how many times the cost of the objective counts what is paid.
    pub cost_of_funds: Share,
}

impl Default for Objective {
    fn default() -> Self {
        Self {
            kind: ObjectiveKind::default(),
            measure: Measure::default(),
            shortfall_value: Share::new(10.0),
            financing: Financing::default(),
            cost_of_funds: Share::new(1.0),
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

    /// The word for it.
    pub fn word(self) -> &'static str {
        let found = Self::WORDS.iter().find(|(_, kind)| *kind == self);
        found.map_or("", |(word, _)| word)
    }
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

/// Who pays, where several funds may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Financing {
    /// Whoever it costs least in present value: a loan counts what it takes to pay it back.
    #[default]
    Cheapest,
    /// Funds that are not paid back come first, each in proportion to what it has; loans after them.
    GrantsFirst,
    /// Each fund in proportion to what it has at the time.
    ProRata,
    /// Each fund in proportion to the gross domestic product of who gives it, up to what it has; first those
    /// that nobody is said to give.
    ByGdp,
}

impl Financing {
    /// Every rule, with the word for it.
    pub const WORDS: [(&'static str, Self); 4] = [
        ("cheapest", Self::Cheapest),
        ("grants-first", Self::GrantsFirst),
        ("pro-rata", Self::ProRata),
        ("by-gdp", Self::ByGdp),
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        let found = Self::WORDS.iter().find(|(_, rule)| *rule == self);
        found.map_or("", |(word, _)| word)
    }
}
