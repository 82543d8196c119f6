//! Small sources with what a search of the text would miss.

use super::source::Source;
use super::{circles, violations};
use std::path::Path;

/// Two floors: `low` and `high`.
const FLOORS: &[&[&str]] = &[&["low"], &["high"]];

/// A source of these modules, by the path that leads to them.
fn source(modules: &[(&str, &str)]) -> Source {
    let mut source = Source::default();
    for (path, text) in modules {
        let module = path.split("::").filter(|name| !name.is_empty());
        let file = format!("src/{}.rs", path.replace("::", "/"));
        source.add(module.map(str::to_owned).collect(), Path::new(&file), text);
    }
    source
}

/// Where `low` looks up, with these other modules.
fn looks_up(low: &str, others: &[(&str, &str)]) -> Vec<String> {
    let mut modules = vec![
        (
            "high",
            "pub struct Tower; pub fn climb() {} pub mod roof { pub struct Tile; }",
        ),
        ("low", low),
    ];
    modules.extend(others);
    let found = violations(&source(&modules), FLOORS);
    let place = |line: String| line.split(": ").next().unwrap().to_owned();
    found.into_iter().map(place).collect()
}

#[test]
fn a_group_of_imports() {
    assert_eq!(
        looks_up("use crate::{low, high::Tower};", &[]),
        ["src/low.rs:1"]
    );
    assert_eq!(
        looks_up("use crate::{\n    high::{roof::{self, Tile}},\n};", &[]),
        ["src/low.rs:2"; 2]
    );
}

#[test]
fn super_of_super() {
    let part = "use super::super::high;";
    assert_eq!(
        looks_up("mod part;", &[("low::part", part)]),
        ["src/low/part.rs:1"]
    );
    let code = "fn f() { super::super::high::climb(); }";
    assert_eq!(
        looks_up("mod part;", &[("low::part", code)]),
        ["src/low/part.rs:1"]
    );
    assert_eq!(looks_up("use super::high::Tower;", &[]), ["src/low.rs:1"]);
}

#[test]
fn a_name_that_the_root_shows() {
    let root = [(
        "",
        "pub mod low; pub mod high; pub use high::{climb, Tower as Spire};",
    )];
    assert_eq!(
        looks_up("fn f() { crate::climb(); }", &root),
        ["src/low.rs:1"]
    );
    assert_eq!(looks_up("use crate::Spire;", &root), ["src/low.rs:1"]);
    let glob = [("", "pub mod low; pub mod high; pub use high::*;")];
    assert_eq!(looks_up("use crate::Tower;", &glob), ["src/low.rs:1"]);
    // What the root shows of the module itself is its own.
    let own = [("", "pub mod low; pub mod high; pub use low::Floor;")];
    assert!(looks_up("pub struct Floor; fn f() -> crate::Floor { Floor }", &own).is_empty());
}

#[test]
fn what_follows_a_test() {
    let low = "#[cfg(test)]\nmod tests {}\n\nfn f() {\n    crate::high::climb();\n}";
    assert_eq!(looks_up(low, &[]), ["src/low.rs:5"]);
    let inside = "#[cfg(test)]\nmod tests {\n    use super::super::high::climb;\n}";
    assert_eq!(looks_up(inside, &[]), ["src/low.rs:3"]);
}

#[test]
fn renames_and_globs() {
    assert_eq!(
        looks_up("use crate as whole;\nfn f() { whole::high::climb() }", &[]),
        ["src/low.rs:2"]
    );
    let root = [("", "pub mod low; pub mod high;")];
    assert_eq!(
        looks_up("use super::*;\nfn f() { high::climb() }", &root),
        ["src/low.rs:2"]
    );
    assert_eq!(
        looks_up(
            "use crate::high as h;\nfn f() -> h::Tower { h::Tower }",
            &[]
        )
        .len(),
        2
    );
}

#[test]
fn macros_and_attributes() {
    assert_eq!(
        looks_up("fn f() { println!(\"{}\", crate::high::climb()); }", &[]),
        ["src/low.rs:1"]
    );
    assert_eq!(
        looks_up("macro_rules! m { () => { $crate::high::climb() } }", &[]),
        ["src/low.rs:1"]
    );
    let field = "struct S {\n    #[serde(with = \"crate::high::roof\")]\n    x: f64,\n}";
    assert_eq!(looks_up(field, &[]), ["src/low.rs:2"]);
}

#[test]
fn what_is_no_import() {
    assert!(looks_up("// crate::high\n/// See [`crate::high`].\nfn f() {}", &[]).is_empty());
    assert!(looks_up("fn f() -> &'static str { \"crate::high\" }", &[]).is_empty());
    assert!(looks_up("pub(in crate::low) fn f(high: f64) -> f64 { high }", &[]).is_empty());
    assert!(looks_up("use ::high::Tower; fn f() { ::high::climb() }", &[]).is_empty());
    assert!(looks_up("fn f() { println!(\"{}\", self.high::<u8>()) }", &[]).is_empty());
}

#[test]
fn tests_may_read_models_and_no_more() {
    let floors: &[&[&str]] = &[&["low"], &["document"], &["high"]];
    let found = |low| {
        let source = source(&[
            ("low", low),
            ("document", "pub fn parse() {}"),
            ("high", "pub fn climb() {}"),
        ]);
        violations(&source, floors).len()
    };
    assert_eq!(
        found("#[cfg(test)]\nmod tests { use crate::document::parse; }"),
        0
    );
    assert_eq!(found("#[test]\nfn f() { crate::document::parse() }"), 0);
    assert_eq!(found("#[cfg(test)]\nuse crate::document::parse;"), 0);
    assert_eq!(
        found("#[cfg(test)]\nmod tests { use crate::high::climb; }"),
        1
    );
    assert_eq!(
        found("#[cfg(test)]\nmod tests {}\nuse crate::document::parse;"),
        1
    );
    assert_eq!(
        found("#[cfg(not(test))]\nmod real { use crate::document::parse; }"),
        1
    );
}

#[test]
fn a_floor_may_use_those_below_it() {
    let high = "use crate::low::{Floor, part::*};\nfn f() { super::low::g() }";
    let low = "pub struct Floor; pub fn g() {} pub mod part;";
    let source = source(&[
        ("high", high),
        ("low", low),
        ("low::part", "pub struct Part;"),
    ]);
    assert!(violations(&source, FLOORS).is_empty());
}

#[test]
fn a_module_without_a_floor() {
    let found = violations(&source(&[("new", "use std::fmt;")]), FLOORS);
    assert_eq!(
        found.first().unwrap(),
        "src/new.rs:1: `new` has no floor: add it here"
    );
}

#[test]
fn parts_that_use_one_another() {
    let both = [
        ("m", ""),
        ("m::a", "use super::b::B; pub struct A;"),
        ("m::b", "use super::a::A; pub struct B;"),
    ];
    assert_eq!(circles(&source(&both)).len(), 2);
    let one = [
        ("m", ""),
        ("m::a", "use super::b::B;"),
        ("m::b", "pub struct B;"),
    ];
    assert!(circles(&source(&one)).is_empty());
    let three = [
        ("m", ""),
        ("m::a", "use super::b;"),
        ("m::b", "use super::c;"),
        ("m::c", "use crate::m::a;"),
    ];
    assert_eq!(circles(&source(&three)).len(), 3);
}

#[test]
fn parts_that_use_one_another_through_the_module() {
    let shown = [
        ("m", "pub use b::B; pub use a::A;"),
        ("m::a", "use super::B; pub struct A;"),
        ("m::b", "use super::A; pub struct B;"),
    ];
    assert_eq!(circles(&source(&shown)).len(), 2);
}

#[test]
fn a_part_that_calls_the_module() {
    let code = [
        ("m", "fn f() {} struct D;"),
        ("m::a", "use super::D;\nfn g() { super::f() }"),
    ];
    let found = circles(&source(&code));
    assert_eq!(
        found.first().unwrap(),
        "src/m/a.rs:2: `a` calls `f` of `m`, which it is part of"
    );
    assert_eq!(found.len(), 1);
}
