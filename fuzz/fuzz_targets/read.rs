//! The reader takes any bytes and never panics: `cargo fuzz run read` (needs cargo-fuzz and a nightly compiler).
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    match sinews::document::parse("fuzz.toml", &text) {
        Ok(model) => drop(sinews::program::Program::of(&model, model.objective.kind)),
        Err(problems) => assert!(!problems.to_string().is_empty()),
    }
    let _ = sinews::document::seeds_from("fuzz.toml", &text);
});
