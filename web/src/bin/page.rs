//! Puts the page together: `page WASM OUT`, from the root of the project. Code, model, facts and the plan of record go into one
//! file, packed; the same input gives the same bytes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::{Compression, GzBuilder};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use sinews_web::{Desk, Heard};
use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// The model of the page.
const MAIN: &str = "models/europe.toml";
/// Where its parts and facts are.
const FOLDERS: [&str; 2] = ["models/europe", "seeds"];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(wasm), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err("write: page WASM OUT".into());
    };
    let engine = std::fs::read(wasm)?;
    let record = record(&engine)?;
    let parts = [
        "basics.js",
        "engine.js",
        "model.js",
        "levels.js",
        "levers.js",
        "charts.js",
        "lines.js",
        "answer.js",
        "explore.js",
        "workbook.js",
        "files.js",
        "text.js",
        "page.js",
    ];
    let scripts: Result<Vec<String>, _> = parts.iter().map(|name| part(name)).collect();
    let script = format!(
        "(() => {{\n\"use strict\";\n{}}})();\n",
        scripts?.join("\n")
    );
    let style = part("page.css")?;
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}' 'wasm-unsafe-eval'; style-src 'sha256-{}'; worker-src blob:; img-src data:; base-uri 'none'; form-action 'none'",
        hash(&script),
        hash(&style)
    );
    let page = part("page.html")?
        .replace("{policy}", &policy)
        .replace("{style}", &style)
        .replace("{worker}", &part("worker.js")?)
        .replace("{engine}", &packed(&engine)?)
        .replace("{record}", &packed(record.to_string().as_bytes())?)
        .replace("{script}", &script);
    if let Some(folder) = Path::new(&out).parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(out, page)?;
    Ok(())
}

fn part(name: &str) -> Result<String, std::io::Error> {
    std::fs::read_to_string(Path::new("web/page").join(name))
}

/// What the page shows before its engine runs: texts, figures, and the plan of record.
fn record(engine: &[u8]) -> Result<Value, Box<dyn Error>> {
    let mut texts = Map::new();
    let mut names = vec![MAIN.to_owned()];
    for folder in FOLDERS {
        let files = sinews::files::list(Path::new(folder))?.into_iter();
        let files = files.filter(|name| Path::new(name).extension().is_some_and(|e| e == "toml"));
        names.extend(files.map(|name| format!("{folder}/{name}")));
    }
    let mut digest = Sha256::new();
    for name in names {
        let text = std::fs::read_to_string(&name)?;
        digest.update(&name);
        digest.update(&text);
        texts.insert(name, text.into());
    }
    let mut desk = Desk::default();
    let heard: Heard = Arc::new(|_: &str| {});
    let mut ask = |request: Value| -> Result<Value, Box<dyn Error>> {
        let mut reply: Value = serde_json::from_str(&desk.ask(&request.to_string(), &heard))?;
        match reply.get_mut("ok") {
            Some(answer) => Ok(answer.take()),
            None => Err(reply.to_string().into()),
        }
    };
    let none = json!({});
    let opened = ask(json!({ "ask": "open", "texts": texts, "main": MAIN }))?;
    let figures = ask(json!({ "ask": "figures", "changes": none }))?;
    let levels = ask(json!({ "ask": "levels" }))?;
    let mut answer = ask(json!({ "ask": "solve", "changes": none }))?;
    // The brief of the plan of record says at once what gaps wait for and what helps.
    answer["brief"] = ask(json!({ "ask": "brief", "solves": 4 }))?["brief"].take();
    let version = json!({
        "code": env!("CARGO_PKG_VERSION"),
        "engine": short(&Sha256::digest(engine)),
        "model": short(&digest.finalize()),
    });
    Ok(json!({
        "texts": texts, "main": MAIN, "opened": opened, "figures": figures, "levels": levels, "answer": answer, "version": version,
    }))
}

/// The first twelve letters of a fingerprint.
fn short(digest: &[u8]) -> String {
    let first = digest.iter().take(6);
    first.fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

fn hash(text: &str) -> String {
    STANDARD.encode(Sha256::digest(text))
}

/// Packed as the page unpacks it, without a date.
fn packed(bytes: &[u8]) -> Result<String, std::io::Error> {
    let mut file = GzBuilder::new()
        .mtime(0)
        .write(Vec::new(), Compression::best());
    file.write_all(bytes)?;
    Ok(STANDARD.encode(file.finish()?))
}
