//! Gifts, routes and hubs.

use super::UnitPrice;
use crate::ids::{HolderId, HubId, ItemId, RegionId};
use crate::path::Path;
use crate::units::{Months, Per, unit};

/// What holders may give from their stocks.
///
/// ```
/// use sinews::model::{Gift, Holder, Stock};
/// use sinews::units::{Pieces, months};
///
/// let mut draft = sinews::read("models/tiny.toml")?.into_draft();
/// let round = draft.items.called("round").expect("there is such an item");
/// let to = draft.holders.called("ukraine").expect("there is such a holder");
/// let donor = draft.holders.push(Holder::new("donor"));
/// draft.stocks.push(Stock::new(donor, round).opening(Pieces::new(30_000.0)));
/// let mut gift = Gift::new("aid", [donor], to, [round]);
/// gift.lag = months(2.0);
/// draft.gifts.push(gift);
/// assert_eq!(draft.check()?.gifts.len(), 1);
/// # Ok::<(), sinews::problem::Problems>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Gift {
    /// Its key in the file.
    pub key: String,
    /// Who may give.
    pub from: Vec<HolderId>,
    /// Who receives.
    pub to: HolderId,
    /// What may be given.
    pub items: Vec<ItemId>,
    /// What giving one costs (transport, overhaul), paid by a fund of the receiver.
    pub cost: Option<UnitPrice>,
    /// From leaving one stock to reaching the other.
    pub lag: Months,
    /// The hub it passes.
    pub hub: Option<HubId>,
}

impl Gift {
    /// What some holders may give to another, at once and free of charge.
    pub fn new(
        key: impl Into<String>,
        from: impl Into<Vec<HolderId>>,
        to: HolderId,
        items: impl Into<Vec<ItemId>>,
    ) -> Self {
        Self {
            key: key.into(),
            from: from.into(),
            to,
            items: items.into(),
            cost: None,
            lag: Months::ZERO,
            hub: None,
        }
    }
}

/// A route along which items move between places.
///
/// An item that any route names is kept apart by place: a place is a country in which one of its routes
/// starts or ends, and each line, supplier and holder deals in it in its own country. A bloc at an end of a
/// route stands for each of its countries but those that a route of the item names themselves at that end.
/// An item that no route names moves freely.
///
/// ```
/// use sinews::model::{Region, Route};
/// use sinews::units::{months, per_piece};
///
/// let mut draft = sinews::read("models/tiny.toml")?.into_draft();
/// let [from, to] = ["PL", "UA"].map(|code| draft.regions.push(Region::new(code)));
/// let items: Vec<_> = draft.items.ids().collect();
/// let mut road = Route::new("road", from, to, items);
/// road.cost = Some(per_piece(20.0).into());
/// road.lag = months(0.5);
/// draft.routes.push(road);
/// # Ok::<(), sinews::problem::Problems>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Route {
    /// Its key in the file.
    pub key: String,
    /// Where from: a country or a bloc.
    pub from: RegionId,
    /// Where to.
    pub to: RegionId,
    /// What may move.
    pub items: Vec<ItemId>,
    /// What moving one costs.
    pub cost: Option<UnitPrice>,
    /// From leaving to arriving.
    pub lag: Months,
    /// The hub it passes.
    pub hub: Option<HubId>,
}

impl Route {
    /// A route between two countries or blocs, at once and free of charge.
    pub fn new(
        key: impl Into<String>,
        from: RegionId,
        to: RegionId,
        items: impl Into<Vec<ItemId>>,
    ) -> Self {
        Self {
            key: key.into(),
            from,
            to,
            items: items.into(),
            cost: None,
            lag: Months::ZERO,
            hub: None,
        }
    }
}

/// A place that everything must pass, with so much room.
///
/// ```
/// use sinews::model::Hub;
/// use sinews::units::TonnesPerYear;
///
/// let mut draft = sinews::read("models/tiny.toml")?.into_draft();
/// let station = draft.hubs.push(Hub::new("border", TonnesPerYear::new(250_000.0)));
/// for route in draft.routes.values_mut() {
///     route.hub = Some(station);
/// }
/// # Ok::<(), sinews::problem::Problems>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Hub {
    /// Its key in the file.
    pub key: String,
    /// Its name in reports.
    pub name: String,
    /// What it can handle.
    pub throughput: Path<Per<unit::Tonnes, unit::Years>>,
}

impl Hub {
    /// A hub that can handle so much.
    pub fn new(
        key: impl Into<String>,
        throughput: impl Into<Path<Per<unit::Tonnes, unit::Years>>>,
    ) -> Self {
        let key = key.into();
        Self {
            name: key.clone(),
            key,
            throughput: throughput.into(),
        }
    }
}
