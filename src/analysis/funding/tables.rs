//! Money as tables.
use super::Funding;
use crate::analysis::Findings;
use crate::table::Table;
impl Findings for Funding {
    fn tables(&self) -> Vec<Table> {
        Vec::new()
    }
}
