//! Countries and blocs.

use super::Price;
use crate::ids::RegionId;
use crate::units::{Amount, Per, unit};

/// A country, or a bloc that countries belong to.
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
