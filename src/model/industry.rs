//! Industry: production lines, their expansion, what they share, and suppliers outside.

use super::allowed::Allowed;
use super::{Tier, TotalPrice, UnitPrice, Window};
use crate::calendar::Month;
use crate::ids::{ItemId, LineId, RegionId, ResourceId};
use crate::path::Path;
use crate::units::{Amount, Per, unit};
use crate::units::{Months, Pieces, PiecesPerPiece, PiecesPerYear, PiecesPerYearPerYear, Share};

/// A production line at a site.
///
/// ```
/// use sinews::model::{Item, Line};
/// use sinews::units::{months, per_piece, per_year};
///
/// let mut draft = sinews::read("models/tiny.toml")?.into_draft();
/// let fuze = draft.items.push(Item::new("fuze", "fuze"));
/// let mut works = Line::new("fuze-works", fuze)
///     .capacity(per_year(120_000.0))
///     .cost(per_piece(400.0));
/// works.lead_time = months(9.0);
/// draft.lines.push(works);
/// # Ok::<(), sinews::problem::Problems>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Line {
    /// Its key in the file.
    pub key: String,
    /// Its name in reports.
    pub name: String,
    /// Who runs it.
    pub company: String,
    /// Where it stands.
    pub site: String,
    /// The country it stands in.
    pub country: Option<RegionId>,
    /// What it makes. Products of one line share its time.
    pub products: Vec<Product>,
    /// Financed capacity over time, in units of its first product.
    pub capacity: Path<Per<unit::Pieces, unit::Years>>,
    /// The share of its capacity that it can use.
    pub utilisation: Path<unit::One>,
    /// Good units out per unit started: what falls out has used its inputs.
    pub yield_share: Share,
    /// From order to delivery. Until it has passed since decisions are free, only what is booked is made.
    pub lead_time: Months,
    /// Its order book: what is on order when decisions are free, by when it is to be delivered, in units of its first
    /// product; in history, what was. All that it makes until the lead time has passed since then. `None`: nothing.
    pub booked: Option<Path<Per<unit::Pieces, unit::Years>>>,
    /// The least it must make to stay open, in units of its first product.
    pub minimum: Option<Path<Per<unit::Pieces, unit::Years>>>,
    /// How fast its output may grow, in units of its first product.
    pub ramp: Option<PiecesPerYearPerYear>,
    /// By what share of a calendar year's output the next may exceed it.
    pub growth: Option<Share>,
    /// Its output just before the calendar starts; where a ramp and growth begin.
    /// `None`: all of its capacity.
    pub running: Option<PiecesPerYear>,
    /// How much of the price comes from where. Empty: all from its country.
    pub content: Vec<(RegionId, Share)>,
    /// When buyers pay.
    pub payment: Payment,
    /// How long before its output a line takes in what it uses.
    pub cycle: Months,
    /// What it draws on shared resources for each unit of its first product (or of the time that
    /// one of those takes).
    pub draws: Vec<(ResourceId, PiecesPerPiece)>,
}

impl Line {
    /// Its figures that do not change over time: field, figure, and what it may be.
    pub(super) fn figures(&self) -> [(&'static str, Option<f64>, Allowed); 6] {
        [
            ("yield", Some(self.yield_share.value()), Allowed::SomeShare),
            ("lead_time", Some(self.lead_time.value()), Allowed::Span),
            ("ramp", self.ramp.map(Amount::value), Allowed::Worthwhile),
            (
                "growth",
                self.growth.map(Amount::value),
                Allowed::NotNegative,
            ),
            (
                "running",
                self.running.map(Amount::value),
                Allowed::NotNegative,
            ),
            ("cycle", Some(self.cycle.value()), Allowed::Span),
        ]
    }

    /// A line that makes one item and has no capacity yet.
    pub fn new(key: impl Into<String>, item: ItemId) -> Self {
        let key = key.into();
        Self {
            name: key.clone(),
            key,
            company: String::new(),
            site: String::new(),
            country: None,
            products: vec![Product::new(item)],
            capacity: Path::constant(PiecesPerYear::ZERO),
            utilisation: Path::constant(Share::new(1.0)),
            yield_share: Share::new(1.0),
            lead_time: Months::ZERO,
            booked: None,
            minimum: None,
            ramp: None,
            growth: None,
            running: None,
            content: Vec::new(),
            payment: Payment::default(),
            cycle: Months::ZERO,
            draws: Vec::new(),
        }
    }

    /// Its financed capacity.
    #[must_use]
    pub fn capacity(self, capacity: impl Into<Path<Per<unit::Pieces, unit::Years>>>) -> Self {
        Self {
            capacity: capacity.into(),
            ..self
        }
    }

    /// What a buyer pays for one unit of its first product.
    #[must_use]
    pub fn cost(mut self, cost: impl Into<UnitPrice>) -> Self {
        self.products[0].tiers = vec![Tier::all(cost.into())];
        self
    }

    /// One more product that shares its time: in the time of one unit of the first product it
    /// makes `pace` units of this one.
    #[must_use]
    pub fn also_makes(mut self, item: ItemId, pace: f64, cost: Option<UnitPrice>) -> Self {
        self.products.push(Product {
            pace: Share::new(pace),
            tiers: cost.map(Tier::all).into_iter().collect(),
            ..Product::new(item)
        });
        self
    }
}

/// What a line makes.
///
/// ```
/// use sinews::ids::ItemId;
/// use sinews::model::{Line, Product};
/// use sinews::units::Share;
///
/// let mut line = Line::new("press", ItemId::FIRST);
/// let mut second = Product::new(ItemId::FIRST);
/// second.pace = Share::new(2.0);
/// line.products.push(second);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Product {
    /// The item.
    pub item: ItemId,
    /// Units of it made in the time of one unit of the line's first product.
    pub pace: Share,
    /// What a buyer pays for one: price steps, the cheapest first. The last has no upper end. Empty: its cost lies in the
    /// price of what it goes into.
    pub tiers: Vec<Tier>,
}

impl Product {
    /// A product that takes as long as the line's first, and whose cost lies in the price of what it goes into.
    pub fn new(item: ItemId) -> Self {
        Self {
            item,
            pace: Share::new(1.0),
            tiers: Vec::new(),
        }
    }
}

/// When a buyer pays: an advance before delivery, the rest after.
///
/// ```
/// use sinews::model::Payment;
/// use sinews::units::{Share, months};
///
/// // A third a year ahead, the rest on delivery.
/// let mut terms = Payment::default();
/// terms.advance = Share::new(1.0 / 3.0);
/// terms.before = months(12.0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Payment {
    /// The share paid ahead.
    pub advance: Share,
    /// How long before delivery the advance is paid.
    pub before: Months,
    /// How long after delivery the rest is paid.
    pub after: Months,
}

/// An option to expand a line, taken once or several times.
///
/// ```
/// use sinews::model::Expansion;
/// use sinews::units::{Money, months, per_year};
///
/// let mut draft = sinews::read("models/tiny.toml")?.into_draft();
/// let plant = draft.lines.called("plant").expect("there is such a line");
/// let mut hall = Expansion::new("hall", plant, per_year(20_000.0), months(3.0));
/// hall.cost = Some(Money::new(30e6).into());
/// hall.whole = true;
/// draft.expansions.push(hall);
/// assert_eq!(draft.check()?.expansions.len(), 1);
/// # Ok::<(), sinews::problem::Problems>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Expansion {
    /// Its key in the file.
    pub key: String,
    /// Its name in reports.
    pub name: String,
    /// The line it expands.
    pub line: LineId,
    /// The capacity that it adds, in units of the line's first product.
    pub adds: PiecesPerYear,
    /// What it costs, paid evenly while it is built.
    pub cost: Option<TotalPrice>,
    /// From order to first output.
    pub lead_time: Months,
    /// After opening: months since, and the share of the added capacity that then runs.
    /// Empty: all of it at once.
    pub opening: Vec<(Months, Share)>,
    /// How often it may be taken.
    pub at_most: Share,
    /// Whether only whole blocks can be built.
    pub whole: bool,
    /// The month at whose start all of it was ordered, before decisions are free: it is under way. `None`: it is an
    /// option.
    pub ordered: Option<Month>,
    /// How much later than its lead time it opens, as [friction](super::Friction) has it: set by
    /// [`Draft::check`](super::Draft::check).
    pub delay: Months,
    /// The first month in which it can be ordered. `None`: as soon as decisions are free.
    pub from: Option<Month>,
    /// The last month in which it can be ordered. `None`: the end.
    pub until: Option<Month>,
    /// What building it uses up, evenly while it is built.
    pub uses: Vec<(ItemId, Pieces)>,
}

impl Expansion {
    /// An option that adds so much, so long after it is ordered, at no cost, once, in any share.
    pub fn new(
        key: impl Into<String>,
        line: LineId,
        adds: PiecesPerYear,
        lead_time: Months,
    ) -> Self {
        let key = key.into();
        Self {
            name: key.clone(),
            key,
            line,
            adds,
            cost: None,
            lead_time,
            opening: Vec::new(),
            at_most: Share::new(1.0),
            whole: false,
            ordered: None,
            delay: Months::ZERO,
            from: None,
            until: None,
            uses: Vec::new(),
        }
    }
}

/// A limit that several lines draw on.
///
/// ```
/// use sinews::model::Resource;
/// use sinews::units::{PiecesPerPiece, per_year};
///
/// let mut draft = sinews::read("models/tiny.toml")?.into_draft();
/// let range = draft.resources.push(Resource::new("proving-ground", "test", per_year(400.0)));
/// for line in draft.lines.values_mut() {
///     line.draws.push((range, PiecesPerPiece::new(0.002)));
/// }
/// # Ok::<(), sinews::problem::Problems>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Resource {
    /// Its key in the file.
    pub key: String,
    /// Its name in reports.
    pub name: String,
    /// What one of it is called: `hour`, `test`.
    pub unit: String,
    /// How much there is.
    pub limit: Path<Per<unit::Pieces, unit::Years>>,
    /// Within what time it may be used up.
    pub window: Window,
}

impl Resource {
    /// So much in each calendar year, of what one is called `unit`.
    pub fn new(
        key: impl Into<String>,
        unit: impl Into<String>,
        limit: impl Into<Path<Per<unit::Pieces, unit::Years>>>,
    ) -> Self {
        let key = key.into();
        Self {
            name: key.clone(),
            key,
            unit: unit.into(),
            limit: limit.into(),
            window: Window::Year,
        }
    }
}

/// A source outside the plan's industry.
///
/// ```
/// use sinews::model::Supplier;
/// use sinews::units::{months, per_piece, per_year};
///
/// let mut draft = sinews::read("models/tiny.toml")?.into_draft();
/// let round = draft.items.called("round").expect("there is such an item");
/// let mut abroad = Supplier::new("abroad", round, per_year(10_000.0), per_piece(4_800.0).into());
/// abroad.lead_time = months(6.0);
/// draft.suppliers.push(abroad);
/// # Ok::<(), sinews::problem::Problems>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Supplier {
    /// Its key in the file.
    pub key: String,
    /// Its name in reports.
    pub name: String,
    /// The country it delivers from.
    pub country: Option<RegionId>,
    /// What it sells.
    pub item: ItemId,
    /// The most it delivers, over time.
    pub rate: Path<Per<unit::Pieces, unit::Years>>,
    /// Price steps, the cheapest first. The last has no upper end. Empty: free of charge.
    pub tiers: Vec<Tier>,
    /// From order to delivery.
    pub lead_time: Months,
    /// How long others come first: the wait before the first order is taken up.
    pub queue: Months,
    /// What is on order when decisions are free, by when it is to be delivered; in history, what was. All that it delivers
    /// until queue and lead time have passed since then. `None`: nothing.
    pub booked: Option<Path<Per<unit::Pieces, unit::Years>>>,
    /// The least it delivers in a period in which it delivers at all.
    pub minimum_order: Option<Pieces>,
    /// How much of the price comes from where. Empty: all from its country.
    pub content: Vec<(RegionId, Share)>,
    /// When buyers pay.
    pub payment: Payment,
}

impl Supplier {
    /// A supplier of an item at a rate, at one price.
    pub fn new(key: impl Into<String>, item: ItemId, rate: PiecesPerYear, cost: UnitPrice) -> Self {
        let key = key.into();
        Self {
            name: key.clone(),
            key,
            country: None,
            item,
            rate: Path::constant(rate),
            tiers: vec![Tier::all(cost)],
            lead_time: Months::ZERO,
            queue: Months::ZERO,
            booked: None,
            minimum_order: None,
            content: Vec::new(),
            payment: Payment::default(),
        }
    }
}
