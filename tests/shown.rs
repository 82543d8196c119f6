//! What a user makes or calls is shown: each type that can be made, and each analysis, has an example that runs.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use syn::visit::{self, Visit};

/// What is made by naming its fields, or is at the front of the library.
const BY_NAME: [&str; 14] = [
    "Ask", "Batch", "Document", "Draft", "Group", "Keep", "Memory", "Model", "Options", "Question",
    "Request", "Session", "Solution", "Work",
];

/// What a file shows of a type.
#[derive(Default)]
struct Shown {
    /// Whether it is public.
    public: bool,
    /// Whether users make it.
    made: bool,
    /// Whether an example stands with it, or with one of its functions.
    example: bool,
}

/// What a file of the source shows.
#[derive(Default)]
struct File {
    /// The examples at its head.
    head: String,
    types: BTreeMap<String, Shown>,
    /// Functions that solve something, and whether an example stands with them.
    functions: BTreeMap<String, bool>,
    /// The type whose `impl` is open.
    own: Option<String>,
}

/// The documentation of something.
fn docs(attributes: &[syn::Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| {
        let syn::Meta::NameValue(pair) = &attribute.meta else {
            return None;
        };
        let syn::Expr::Lit(literal) = &pair.value else {
            return None;
        };
        let syn::Lit::Str(text) = &literal.lit else {
            return None;
        };
        pair.path.is_ident("doc").then(|| text.value() + "\n")
    });
    lines.collect()
}

/// The examples of a documentation: what stands between fences that are Rust.
fn examples(docs: &str) -> String {
    let (mut found, mut inside, mut rust) = (String::new(), false, false);
    for line in docs.lines() {
        if let Some(language) = line.trim().strip_prefix("```") {
            inside = !inside;
            rust = inside && language.is_empty();
        } else if rust {
            found += line;
            found.push('\n');
        }
    }
    found
}

fn is_public(visibility: &syn::Visibility) -> bool {
    matches!(visibility, syn::Visibility::Public(_))
}

/// Whether a type is, or holds, `Self` or the type of that name: `Result<Self, Problems>`.
fn gives(output: &syn::ReturnType, own: &str) -> bool {
    struct Names<'a>(&'a str, bool);
    impl<'ast> Visit<'ast> for Names<'_> {
        fn visit_ident(&mut self, name: &'ast syn::Ident) {
            self.1 |= name == "Self" || name == self.0;
        }
    }
    let mut names = Names(own, false);
    names.visit_return_type(output);
    names.1
}

impl File {
    fn add(&mut self, name: &syn::Ident, visibility: &syn::Visibility, docs: &str) {
        let shown = self.types.entry(name.to_string()).or_default();
        shown.public |= is_public(visibility);
        shown.made |= BY_NAME.iter().any(|own| name == own);
        shown.example |= !examples(docs).is_empty();
    }
}

impl<'ast> Visit<'ast> for File {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if item.ident != "tests" {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.add(&item.ident, &item.vis, &docs(&item.attrs));
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.add(&item.ident, &item.vis, &docs(&item.attrs));
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        let name = match &*item.self_ty {
            syn::Type::Path(path) => path.path.segments.last().map(|s| s.ident.to_string()),
            _ => None,
        };
        self.own = name.filter(|_| item.trait_.is_none());
        visit::visit_item_impl(self, item);
        self.own = None;
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        let Some(own) = self.own.clone().filter(|_| is_public(&item.vis)) else {
            return;
        };
        let makes = item.sig.receiver().is_none() && gives(&item.sig.output, &own);
        let shown = self.types.entry(own).or_default();
        shown.made |= makes;
        shown.example |= !examples(&docs(&item.attrs)).is_empty();
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        let takes = |argument: &syn::FnArg| match argument {
            syn::FnArg::Typed(typed) => match &*typed.ty {
                syn::Type::Reference(to) => match &*to.elem {
                    syn::Type::Path(path) => path.path.is_ident("Options"),
                    _ => false,
                },
                _ => false,
            },
            syn::FnArg::Receiver(_) => false,
        };
        if is_public(&item.vis) && item.sig.inputs.iter().any(takes) {
            let example = !examples(&docs(&item.attrs)).is_empty();
            self.functions.insert(item.sig.ident.to_string(), example);
        }
    }
}

fn read(text: &str) -> File {
    let parsed = syn::parse_file(text).expect("Rust");
    let mut file = File {
        head: examples(&docs(&parsed.attrs)),
        ..File::default()
    };
    file.visit_file(&parsed);
    file
}

/// Whether a text names something, as a whole word.
fn names(text: &str, name: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    text.split(|c| !word(c)).any(|own| own == name)
}

/// What is not shown in a file, the examples at whose head may show it.
fn missing(file: &File) -> Vec<String> {
    let types = file.types.iter();
    let types = types.filter(|(_, shown)| shown.public && shown.made && !shown.example);
    let functions = file.functions.iter().filter(|(_, shown)| !**shown);
    let all = types
        .map(|(name, _)| name)
        .chain(functions.map(|(name, _)| name));
    let hidden = all.filter(|name| !names(&file.head, name));
    hidden.cloned().collect()
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn what_a_user_makes_or_calls_has_an_example() {
    let mut all = Vec::new();
    files(Path::new("src"), &mut all);
    all.sort();
    let (mut found, mut made, mut solving) = (Vec::new(), 0, 0);
    for path in all {
        let file = read(&std::fs::read_to_string(&path).unwrap());
        made += file
            .types
            .values()
            .filter(|shown| shown.public && shown.made)
            .count();
        solving += file.functions.len();
        let missing = missing(&file);
        found.extend(
            missing
                .iter()
                .map(|name| format!("{}: {name}", path.display())),
        );
    }
    assert!(
        made > 60 && solving > 20,
        "only {made} types and {solving} functions were seen"
    );
    assert!(
        found.is_empty(),
        "without an example:\n{}",
        found.join("\n")
    );
}

#[test]
fn what_is_not_shown_is_found() {
    let cases = [
        ("pub struct A; impl A { pub fn new() -> Self { A } }", 1),
        (
            "/// Text.\n/// ```\n/// A::new();\n/// ```\npub struct A; impl A { pub fn new() -> Self { A } }",
            0,
        ),
        (
            "pub struct A; impl A { /// ```\n/// A::new();\n/// ```\npub fn new() -> Result<A, B> { A } }",
            0,
        ),
        (
            "//! ```\n//! A::new();\n//! ```\npub struct A; impl A { pub fn new() -> Self { A } }",
            0,
        ),
        (
            "//! ```text\n//! A\n//! ```\npub struct A; impl A { pub fn new() -> Self { A } }",
            1,
        ),
        ("struct A; impl A { pub fn new() -> Self { A } }", 0),
        (
            "pub struct A; impl A { pub fn next(self) -> Self { A } }",
            0,
        ),
        ("pub struct Request { pub a: u8 }", 1),
        ("pub fn find(m: &Model, options: &Options) -> Found {}", 1),
        (
            "//! ```\n//! finding();\n//! ```\npub fn find(m: &Model, options: &Options) -> Found {}",
            1,
        ),
        (
            "//! ```\n//! find(&m);\n//! ```\npub fn find(m: &Model, options: &Options) -> Found {}",
            0,
        ),
    ];
    for (text, wanted) in cases {
        assert_eq!(missing(&read(text)).len(), wanted, "{text}");
    }
}
