//! Holders and what they keep in store.

use crate::calendar::Month;
use crate::ids::{HolderId, ItemId, RegionId};
use crate::path::Path;
use crate::units::{Per, Pieces, Share, unit};

/// Who owns stocks and has requirements.
///
/// ```
/// use sinews::model::{Holder, Region};
///
/// let mut draft = sinews::read("models/tiny.toml")?.into_draft();
/// let mut poland = Holder::new("poland");
/// poland.country = Some(draft.regions.push(Region::new("PL")));
/// let poland = draft.holders.push(poland);
/// assert_eq!(draft.holders.called("poland"), Some(poland));
/// # Ok::<(), sinews::problem::Problems>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Holder {
    /// Its key in the file.
    pub key: String,
    /// Its name in reports.
    pub name: String,
    /// The country it takes deliveries in.
    pub country: Option<RegionId>,
}

impl Holder {
    /// A holder without a country.
    pub fn new(key: impl Into<String>) -> Self {
        let key = key.into();
        Self {
            name: key.clone(),
            key,
            country: None,
        }
    }
}

/// A holder's stock of an item.
///
/// ```
/// use sinews::model::Stock;
/// use sinews::units::{Pieces, Share};
///
/// let draft = sinews::read("models/tiny.toml")?.into_draft();
/// let (ukraine, round) = (draft.holders.called("ukraine"), draft.items.called("round"));
/// if let (Some(ukraine), Some(round)) = (ukraine, round) {
///     let mut stock = Stock::new(ukraine, round).opening(Pieces::new(50_000.0));
///     stock.closing_value = Share::new(0.5);
///     assert_eq!(stock.total(), Pieces::new(50_000.0));
/// }
/// # Ok::<(), sinews::problem::Problems>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Stock {
    /// Whose it is.
    pub holder: HolderId,
    /// What it is.
    pub item: ItemId,
    /// What is there at the start, by age.
    pub opening: Vec<Batch>,
    /// What must stay in store. Binds no further than what the opening stock would leave untouched:
    /// a floor forbids drawing, a requirement of a level asks for buying.
    pub floor: Option<Path<unit::Pieces>>,
    /// The countries and blocs whose lines and suppliers new units may come from; none: any.
    pub origins: Vec<RegionId>,
    /// The most that can be drawn, for use and gifts together.
    pub draw: Option<Path<Per<unit::Pieces, unit::Years>>>,
    /// What must be there at the end.
    pub closing: Option<Pieces>,
    /// What a unit left at the end is worth, as a share of the item's value.
    pub closing_value: Share,
}

impl Stock {
    /// An empty stock.
    pub fn new(holder: HolderId, item: ItemId) -> Self {
        Self {
            holder,
            item,
            opening: Vec::new(),
            floor: None,
            origins: Vec::new(),
            draw: None,
            closing: None,
            closing_value: Share::ZERO,
        }
    }

    /// The same stock with so much at the start.
    #[must_use]
    pub fn opening(mut self, quantity: Pieces) -> Self {
        self.opening.push(Batch {
            quantity,
            expires: None,
        });
        self
    }

    /// What there is at the start.
    pub fn total(&self) -> Pieces {
        self.opening.iter().map(|batch| batch.quantity).sum()
    }
}

/// A part of an opening stock that ages together.
///
/// ```
/// use sinews::model::Batch;
/// use sinews::units::Pieces;
///
/// let old = Batch {
///     quantity: Pieces::new(20_000.0),
///     expires: Some("2027-06".parse()?),
/// };
/// # let _ = old;
/// # Ok::<(), sinews::calendar::NotAMonth>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Batch {
    /// How much.
    pub quantity: Pieces,
    /// The first month in which it can no longer be used. `None`: beyond any horizon.
    pub expires: Option<Month>,
}
