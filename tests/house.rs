//! The house stays in order: what is new cannot be forgotten in a `match` that takes the rest in one arm.

use std::path::{Path, PathBuf};
use syn::visit::{self, Visit};

/// Enums that are matched variant by variant.
const TABLED: [&str; 4] = ["Row", "Column", "Cause", "Thing"];

/// Finds matches on those enums, and in them arms for everything else.
struct Matches {
    file: PathBuf,
    /// The type whose `impl` is open: what `Self` stands for.
    own: Vec<String>,
    seen: usize,
    found: Vec<String>,
}

/// The types whose variants a pattern names.
#[derive(Default)]
struct Named {
    types: Vec<String>,
}

impl<'a> Visit<'a> for Named {
    fn visit_path(&mut self, path: &'a syn::Path) {
        let mut segments = path.segments.iter().rev().skip(1);
        self.types
            .extend(segments.next().map(|s| s.ident.to_string()));
        visit::visit_path(self, path);
    }
}

/// Whether a pattern takes whatever comes: `_`, a name, or several of these.
fn takes_all(pattern: &syn::Pat) -> bool {
    match pattern {
        syn::Pat::Wild(_) => true,
        syn::Pat::Ident(name) => {
            // A constant begins with a capital letter.
            let text = name.ident.to_string();
            name.subpat.is_none() && text.starts_with(|c: char| c.is_lowercase() || c == '_')
        }
        syn::Pat::Or(any) => any.cases.iter().any(takes_all),
        syn::Pat::Tuple(tuple) => tuple.elems.iter().all(takes_all),
        syn::Pat::Paren(inner) => takes_all(&inner.pat),
        syn::Pat::Reference(inner) => takes_all(&inner.pat),
        _ => false,
    }
}

/// The patterns of an arm, or what stands inside `Some(…)` and the like.
fn inner(pattern: &syn::Pat) -> Vec<&syn::Pat> {
    match pattern {
        syn::Pat::Or(any) => any.cases.iter().flat_map(inner).collect(),
        syn::Pat::TupleStruct(one) if one.path.is_ident("Some") || one.path.is_ident("Ok") => {
            one.elems.iter().flat_map(inner).collect()
        }
        syn::Pat::Reference(one) => inner(&one.pat),
        syn::Pat::Paren(one) => inner(&one.pat),
        other => vec![other],
    }
}

impl<'a> Visit<'a> for Matches {
    fn visit_item_impl(&mut self, item: &'a syn::ItemImpl) {
        let name = match &*item.self_ty {
            syn::Type::Path(path) => path.path.segments.last().map(|s| s.ident.to_string()),
            _ => None,
        };
        self.own.push(name.unwrap_or_default());
        visit::visit_item_impl(self, item);
        self.own.pop();
    }

    fn visit_expr_match(&mut self, found: &'a syn::ExprMatch) {
        let mut named = Named::default();
        found.arms.iter().for_each(|arm| named.visit_pat(&arm.pat));
        let own = self.own.last().cloned().unwrap_or_default();
        let real = |name: &String| {
            if name == "Self" {
                own.clone()
            } else {
                name.clone()
            }
        };
        let mut types = named.types.iter().map(real);
        if let Some(name) = types.find(|name| TABLED.contains(&name.as_str())) {
            self.seen += 1;
            let all = found.arms.iter().flat_map(|arm| inner(&arm.pat));
            if all.into_iter().any(takes_all) {
                let place = (self.file.display(), &own);
                self.found.push(format!(
                    "{}, in `{}`: a match on `{name}`",
                    place.0, place.1
                ));
            }
        }
        visit::visit_expr_match(self, found);
    }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

fn look(file: PathBuf, text: &str) -> Matches {
    let parsed = syn::parse_file(text).expect("Rust");
    let mut matches = Matches {
        file,
        own: Vec::new(),
        seen: 0,
        found: Vec::new(),
    };
    matches.visit_file(&parsed);
    matches
}

#[test]
fn rows_columns_and_causes_are_matched_variant_by_variant() {
    let mut all = Vec::new();
    files(Path::new("src"), &mut all);
    all.sort();
    let (mut found, mut matches) = (Vec::new(), 0);
    for path in all {
        let text = std::fs::read_to_string(&path).expect("a text");
        let seen = look(path, &text);
        matches += seen.seen;
        found.extend(seen.found);
    }
    assert!(matches > 5, "only {matches} matches were seen");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn an_arm_for_the_rest_is_found() {
    let cases = [
        (
            "fn f(r: Row) -> u8 { match r { Row::Ramp(..) => 1, _ => 0 } }",
            1,
        ),
        (
            "fn f(r: Row) -> u8 { match r { Row::Ramp(..) => 1, other => g(other) } }",
            1,
        ),
        (
            "fn f(r: Option<Row>) -> u8 { match r { Some(Row::Ramp(..)) => 1, Some(_) => 2, None => 0 } }",
            1,
        ),
        (
            "fn f(r: Row, b: u8) -> u8 { match (r, b) { (Row::Ramp(..), 1) => 1, (_, _) => 0 } }",
            1,
        ),
        (
            "impl Column { fn f(self) -> u8 { match self { Self::Level => 1, x => 0 } } }",
            1,
        ),
        (
            "fn f(r: program::Cause) -> u8 { match r { Cause::Cost => 1, Cause::Limit(_) | _ => 2 } }",
            1,
        ),
        (
            "fn f(r: Row) -> u8 { match r { Row::Ramp(l, _) | Row::Booked(l, _) => 1, Row::Within => 2 } }",
            0,
        ),
        (
            "fn f(r: Sense) -> u8 { match r { Sense::Equal => 1, _ => 2 } }",
            0,
        ),
    ];
    for (text, wanted) in cases {
        assert_eq!(
            look(PathBuf::from("toy.rs"), text).found.len(),
            wanted,
            "{text}"
        );
    }
}

/// Every page of `docs/` can be read beside the reference.
#[test]
fn every_page_is_among_those_of_the_reference() {
    let root = std::fs::read_to_string("src/lib.rs").expect("a text");
    let mut pages = 0;
    for folder in ["docs", "docs/analyses"] {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.extension().is_none_or(|ending| ending != "md") {
                continue;
            }
            pages += 1;
            let name = path.strip_prefix("docs").expect("it lies there");
            let line = format!("= \"{}\",", name.display());
            assert!(
                root.contains(&line),
                "`pages` in src/lib.rs has no {}",
                path.display()
            );
        }
    }
    assert!(pages > 20, "only {pages} pages were seen");
}
