//! Numbers as people read them: as analyses write them in sentences.

pub(super) use crate::table::number::{
    counted, met_and_short, millions, money, plural, price, quantity, share, short_money, three,
};
