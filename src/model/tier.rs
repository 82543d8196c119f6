//! Price steps: what a line or a supplier sells at which price, the cheapest first.

use super::{UnitPrice, Window};
use crate::units::{PiecesPerYear, Share};

/// A price step of a supplier, or of a product of a line.
///
/// ```
/// use sinews::model::{Tier, UpTo};
/// use sinews::units::{Share, per_piece, per_year};
///
/// // 10,000 a year at the first price, half of what is left at the second, the rest at the third.
/// let price = |money| Tier::all(per_piece(money).into());
/// let steps = [
///     price(3_000.0).up_to(per_year(10_000.0)),
///     price(3_500.0).share(Share::new(0.5)),
///     price(4_500.0),
/// ];
/// assert_eq!(steps[0].up_to, Some(UpTo::Rate(per_year(10_000.0))));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Tier {
    /// How much there is at this price. `None`: all that is left.
    pub up_to: Option<UpTo>,
    /// Within what time that may be used up.
    pub window: Window,
    /// The price.
    pub cost: UnitPrice,
}

/// How much there is at the price of a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum UpTo {
    /// So much a year, whatever else there is.
    Rate(PiecesPerYear),
    /// A share of what there could be: of what a line can make with all the capacity that it can use, what expansions
    /// add included; of a supplier's rate.
    Share(Share),
}

impl Tier {
    /// One price for all there is.
    pub fn all(cost: UnitPrice) -> Self {
        Self {
            up_to: None,
            window: Window::Year,
            cost,
        }
    }

    /// So much of it in each calendar year.
    #[must_use]
    pub fn up_to(self, rate: PiecesPerYear) -> Self {
        Self {
            up_to: Some(UpTo::Rate(rate)),
            window: Window::Year,
            ..self
        }
    }

    /// A share of what there could be in each period.
    #[must_use]
    pub fn share(self, share: Share) -> Self {
        Self {
            up_to: Some(UpTo::Share(share)),
            window: Window::Period,
            ..self
        }
    }
}
