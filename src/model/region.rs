//! Countries and blocs.

use super::Price;
use crate::ids::RegionId;
use crate::units::{Amount, Per, unit};

/// A country, or a bloc that countries belong to.
///
/// ```
/// use sinews::model::Region;
///
/// let mut draft = sinews::read("models/tiny.toml")?.into_draft();
/// let union = draft.regions.push(Region::new("EU"));
/// let mut spain = Region::new("ES");
/// spain.blocs.push(union);
/// let spain = draft.regions.push(spain);
/// assert!(draft.lies_in(spain, union));
/// # Ok::<(), sinews::problem::Problems>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Region {
    /// Its code, such as `DE` or `EU`.
    pub key: String,
    /// Its name in reports.
    pub name: String,
    /// The blocs it belongs to.
    pub blocs: Vec<RegionId>,
    /// Its gross domestic product. `None`: not stated.
    pub gdp: Option<Price<Per<unit::Money, unit::Years>>>,
    /// How many people live there. `None`: not stated.
    pub population: Option<Amount<unit::One>>,
}

impl Region {
    /// A region in no bloc.
    pub fn new(key: impl Into<String>) -> Self {
        let key = key.into();
        Self {
            name: key.clone(),
            key,
            blocs: Vec::new(),
            gdp: None,
            population: None,
        }
    }
}
