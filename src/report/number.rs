//! Numbers as people read them: as analyses write them in sentences.

pub(super) use crate::table::number::{millions, plural, price, quantity, share};
