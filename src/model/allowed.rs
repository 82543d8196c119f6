//! The numbers that a field may hold.

/// The numbers a field may hold.
#[derive(Clone, Copy, Debug)]
pub(super) enum Allowed {
    /// Zero or more.
    NotNegative,
    /// More than zero.
    Positive,
    /// More than zero, as it is written; zero only in a scenario or where its range reaches above it.
    Worthwhile,
    /// From 0 to 1.
    Share,
    /// More than 0, at most 1.
    SomeShare,
    /// Months: zero or more, at most 100 years.
    Span,
}

impl Allowed {
    pub(super) fn holds(self, value: f64) -> bool {
        match self {
            Self::NotNegative => value >= 0.0,
            Self::Positive | Self::Worthwhile => value > 0.0,
            Self::Share => (0.0..=1.0).contains(&value),
            Self::SomeShare => value > 0.0 && value <= 1.0,
            Self::Span => (0.0..=1_200.0).contains(&value),
        }
    }

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::NotNegative => "zero or more",
            Self::Positive | Self::Worthwhile => "more than zero",
            Self::Share => "a share from 0 to 1, or from `0 %` to `100 %`",
            Self::SomeShare => "a share above 0 and up to 1, or up to `100 %`",
            Self::Span => "a span from 0 months to 100 years",
        }
    }
}
