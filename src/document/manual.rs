//! The manual of the format, made from the same list that reading uses.

use super::schema::{FACT, SOURCE, Spec, TABLES};
use std::fmt::Write;

/// What stands before the tables.
const INTRODUCTION: &str = include_str!("manual.md");

/// The manual of the TOML format, field by field, as Markdown: the text of `docs/format.md`.
pub fn manual() -> String {
    let mut text = String::from(INTRODUCTION);
    for spec in TABLES {
        table(&mut text, spec);
    }
    text.push_str("\n# The registry of facts\n");
    for spec in [&FACT, &SOURCE] {
        table(&mut text, spec);
    }
    text
}

fn table(text: &mut String, spec: &Spec) {
    let heading = if spec.is_top() {
        format!("[{}]", spec.path)
    } else {
        spec.path.to_owned()
    };
    let fault = "writing to a string cannot fail";
    write!(text, "\n## `{heading}`\n\n{}\n\n", spec.about).expect(fault);
    text.push_str("| field | what it holds | without it | meaning |\n|---|---|---|---|\n");
    for field in spec.fields {
        let default = field.default.unwrap_or("**must be there**");
        writeln!(
            text,
            "| `{}` | {} | {default} | {} |",
            field.key, field.holds, field.about
        )
        .expect(fault);
    }
    text.push_str("\n```toml\n");
    for field in spec.fields {
        text.push_str(field.example);
        text.push('\n');
    }
    text.push_str("```\n");
}
