//! What may use what: modules use themselves and lower floors, and inside a module its parts do not go round in
//! circles. Read from the parsed source ([`source`]); [`holes`] shows on small texts what must not slip through.
#![allow(clippy::unwrap_used)]

mod holes;
mod source;

use source::{Module, Reference, Source, What};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The floors, lowest first. Modules of one floor do not import one another.
const FLOORS: &[&[&str]] = &[
    &["dotted", "files", "ids", "units"],
    &["calendar"],
    &["path", "problem", "table"],
    &["evidence"],
    &["model"],
    &["names"],
    &["document", "program"],
    &["solution"],
    &["solve"],
    &["analysis"],
    &["report"],
    &["pages"],
];

/// What code that is built for tests alone may use besides: the shortest way to a model is a text.
const FOR_TESTS: &[&str] = &["document"];

/// Where a reference stands, as a compiler says it.
fn place(reference: &Reference) -> String {
    format!("{}:{}", reference.file.display(), reference.line)
}

/// What uses something that is on no floor below it.
fn violations(source: &Source, floors: &[&[&str]]) -> BTreeSet<String> {
    let floor = |module: &str| floors.iter().position(|modules| modules.contains(&module));
    let mut found = BTreeSet::new();
    for reference in &source.references {
        let Some(own) = reference.from.first() else {
            continue; // The root shows what the others hold.
        };
        let Some(height) = floor(own) else {
            found.insert(format!(
                "{}: `{own}` has no floor: add it here",
                place(reference)
            ));
            continue;
        };
        for target in source.resolve(reference) {
            let fine = match target.module.first() {
                Some(other) => {
                    let below = floor(other).is_some_and(|other| other < height);
                    let allowed = reference.test && FOR_TESTS.contains(&other.as_str());
                    other == own || below || allowed
                }
                // The root itself may be named on the way; what it declares lies above all.
                None => !matches!(target.what, What::Data | What::Code),
            };
            if !fine {
                let other = target.module.first().map_or("the root", String::as_str);
                found.insert(format!(
                    "{}: `{own}` uses `{other}` ({}), which is no floor below it",
                    place(reference),
                    reference.path.join("::")
                ));
            }
        }
    }
    found
}

/// What goes round in a circle inside a module: parts that use one another, and parts that call functions of the
/// module they are part of. What a part takes from it is data that the module's own file declares. Tests may use
/// what they like.
fn circles(source: &Source) -> BTreeSet<String> {
    let mut uses: BTreeMap<(Module, String, String), BTreeSet<String>> = BTreeMap::new();
    let mut found = BTreeSet::new();
    let built = |reference: &&Reference| !reference.test;
    for reference in source.references.iter().filter(built) {
        for target in source.resolve(reference) {
            let from = &reference.from;
            let shared = from.iter().zip(&target.module).take_while(|(a, b)| a == b);
            let shared = shared.count();
            if shared == 0 || from.len() == shared {
                continue;
            }
            let parent = from[..shared].to_vec();
            match target.module.get(shared) {
                Some(other) => {
                    let edge = (parent, from[shared].clone(), other.clone());
                    uses.entry(edge).or_default().insert(place(reference));
                }
                None if target.what == What::Code => {
                    found.insert(format!(
                        "{}: `{}` calls `{}` of `{}`, which it is part of",
                        place(reference),
                        from[shared..].join("::"),
                        target.name,
                        parent.join("::")
                    ));
                }
                None => {}
            }
        }
    }
    for ((parent, one, other), places) in &uses {
        if leads(&uses, parent, other, one) {
            let first = places.first().unwrap();
            found.insert(format!(
                "{first}: in `{}`, `{one}` uses `{other}`, which leads back to it ({} such)",
                parent.join("::"),
                places.len()
            ));
        }
    }
    found
}

/// Whether one part of a module leads to another.
fn leads<T>(
    uses: &BTreeMap<(Module, String, String), T>,
    parent: &Module,
    from: &str,
    to: &str,
) -> bool {
    let mut reached = BTreeSet::from([from]);
    loop {
        let edges = uses
            .keys()
            .filter(|(inside, one, _)| inside == parent && reached.contains(one.as_str()));
        let next: BTreeSet<_> = edges.map(|(_, _, other)| other.as_str()).collect();
        if next.contains(to) {
            return true;
        }
        let before = reached.len();
        reached.extend(next);
        if reached.len() == before {
            return false;
        }
    }
}

fn told(faults: &BTreeSet<String>) {
    let lines: Vec<_> = faults.iter().map(String::as_str).collect();
    assert!(faults.is_empty(), "\n{}\n", lines.join("\n"));
}

#[test]
fn modules_use_lower_floors_only() {
    let source = Source::read(Path::new("src"));
    assert!(
        source.references.len() > 10_000,
        "{}",
        source.references.len()
    );
    told(&violations(&source, FLOORS));
}

#[test]
fn parts_of_a_module_use_one_another_in_no_circle() {
    let source = Source::read(Path::new("src"));
    told(&circles(&source));
}
