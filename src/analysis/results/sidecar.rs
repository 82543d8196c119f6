//! What a CSV file of results belongs to and holds, in a file beside it: a Frictionless data package.

use super::record::is_date;
use super::{Header, LEADING};
use crate::analysis::Trouble;
use crate::files;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The property that holds what the rows belong to.
const KEY: &str = "sinews:results";
/// The largest such file that is read.
const MOST_BYTES: u64 = 16 << 20;

/// The file beside a file of results: `rows.datapackage.json` beside `rows.csv`.
fn beside(path: &Path) -> PathBuf {
    path.with_extension("datapackage.json")
}

/// Write the file beside one of results.
pub(super) fn write(path: &Path, header: &Header) -> Result<(), Trouble> {
    let leading = LEADING.into_iter().zip(["integer", "string", "string"]);
    let columns = header.columns.iter().map(String::as_str);
    let columns = columns.map(|name| (name, if is_date(name) { "date" } else { "number" }));
    let fields = leading.chain(columns);
    let fields = fields.map(|(name, kind)| json!({ "name": name, "type": kind }));
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let package = json!({
        "profile": "tabular-data-package",
        KEY: header.line(),
        "resources": [{
            "profile": "tabular-data-resource",
            "name": header.analysis,
            "path": file,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": { "fields": fields.collect::<Vec<_>>(), "missingValues": [""] },
        }],
    });
    let text = serde_json::to_string_pretty(&package).expect("every key is a text") + "\n";
    files::write(&beside(path), text.as_bytes()).map_err(Trouble::file)
}

/// The line that says what the rows of a file belong to, if there is a file beside it that says so.
pub(super) fn read(path: &Path) -> Option<String> {
    let bytes = files::read(&beside(path), MOST_BYTES).ok()?;
    let package: Value = serde_json::from_slice(&bytes).ok()?;
    package[KEY].as_str().map(str::to_owned)
}
