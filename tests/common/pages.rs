//! Pages as tests see them.

use serde_json::Value;
use std::path::PathBuf;

/// Where the pages are left for a browser to open: `scripts/browser-check`.
pub fn leave(name: &str, page: &str) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pages");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name), page).unwrap();
}

/// The data of a page, as its script reads them.
pub fn data(page: &str) -> Value {
    let start = "<script type=\"application/json\" id=\"data\">";
    let (_, rest) = page.split_once(start).unwrap();
    let (json, _) = rest.split_once("</script>").unwrap();
    serde_json::from_str(json).unwrap()
}
