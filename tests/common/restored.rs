//! What must hold of every plan that is kept: it reads back as it was.

use sinews::solution::{Saved, Solution};
use sinews::solve::restored;

/// Where a plan that is kept reads back as another.
pub fn fault(was: &Solution) -> Option<String> {
    let model = was.model();
    let kept: Saved = serde_json::from_value(serde_json::to_value(was.saved()).unwrap()).unwrap();
    let is = match restored(model, &kept) {
        Ok(is) => is,
        Err(why) => return Some(why.to_string()),
    };
    let rows = was.program().rows();
    let mut rows = (0..rows.len()).map(|n| rows.name(n));
    if is != *was {
        Some("another plan".into())
    } else if is.saved() != kept {
        Some("kept again it is another".into())
    } else if let Some(row) = rows.find(|&row| is.prices(row) != was.prices(row)) {
        Some(format!("another price of {row:?}"))
    } else if is.unspent(model) != was.unspent(model) {
        Some("other money is left".into())
    } else {
        None
    }
}
