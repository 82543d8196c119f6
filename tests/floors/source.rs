//! What a crate's source names, and the modules that each name comes from.
//!
//! In come source texts by the module they are; out come [`Reference`]s: every path in code, macros and attributes,
//! in test code as well, but for methods, which have no path. [`Source::resolve`] follows a path as the compiler does, through `crate`, `super`, groups,
//! renames, globs and re-exports, to all modules on its way.

use proc_macro2::{Ident, TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemFn, ItemMod, ItemUse, Macro, Meta, UseTree, Visibility};

/// A module by the names that lead to it; the crate's root is empty.
pub(crate) type Module = Vec<String>;

/// What a name stands for in the module that declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// A struct, an enum, a trait, an alias, or a constant.
    Data,
    /// A function, or a macro.
    Code,
    /// Something that the module imports, and that others take from it.
    Import,
    /// Something that a macro declares, or the module as a whole.
    Unknown,
}

/// A module that a path leads to or through, and what it takes there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) module: Module,
    pub(crate) name: String,
    pub(crate) what: What,
}

/// A path in the source.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    pub(crate) from: Module,
    pub(crate) path: Vec<String>,
    pub(crate) file: PathBuf,
    pub(crate) line: usize,
    /// Whether it is built for tests alone.
    pub(crate) test: bool,
}

/// A name that a `use` brings in; a glob has none.
#[derive(Debug)]
struct Import {
    name: Option<String>,
    path: Vec<String>,
}

#[derive(Debug, Default)]
struct Names {
    declared: HashMap<String, What>,
    imports: Vec<Import>,
}

/// All source of a crate.
#[derive(Debug, Default)]
pub(crate) struct Source {
    modules: BTreeMap<Module, Names>,
    pub(crate) references: Vec<Reference>,
}

impl Source {
    /// The source under a folder with a `lib.rs`.
    pub(crate) fn read(folder: &Path) -> Self {
        let mut files = Vec::new();
        find(folder, &mut files);
        files.sort();
        let mut source = Self::default();
        for file in files {
            let within = file.strip_prefix(folder).unwrap().with_extension("");
            let names = within.iter().map(|name| name.to_str().unwrap().to_owned());
            let module = names
                .filter(|name| name != "lib" && name != "mod")
                .collect();
            source.add(module, &file, &std::fs::read_to_string(&file).unwrap());
        }
        source
    }

    /// One more module of this text.
    pub(crate) fn add(&mut self, module: Module, file: &Path, text: &str) {
        let parsed = syn::parse_file(text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        // A part has those around it, even if they are not read.
        for n in 0..module.len() {
            self.modules.entry(module[..n].to_vec()).or_default();
        }
        let mut reader = Reader {
            source: self,
            module,
            file,
            test: false,
        };
        reader.declare(&parsed.items);
        reader.visit_file(&parsed);
    }

    /// Every module that a reference leads to or through. None for what other crates declare, and what is local.
    pub(crate) fn resolve(&self, reference: &Reference) -> Vec<Target> {
        let mut targets = Vec::new();
        self.follow(
            &reference.from,
            &reference.path,
            &mut targets,
            &mut BTreeSet::new(),
        );
        // A name on its own never stands for a module.
        let bare = |name: &str| !matches!(name, "crate" | "self" | "super");
        if reference.path.len() == 1 && bare(&reference.path[0]) {
            targets.retain(|target| target.what != What::Unknown);
        }
        targets
    }

    /// A path as it stands in a module. False where nothing of the crate is meant.
    fn follow(
        &self,
        from: &[String],
        path: &[String],
        targets: &mut Vec<Target>,
        seen: &mut Seen,
    ) -> bool {
        let mut at = from.to_vec();
        let mut rest = path;
        let mut rooted = false;
        while let Some((first, more)) = rest.split_first() {
            match first.as_str() {
                "crate" if !rooted => at.clear(),
                "self" => {}
                "super" => drop(at.pop()),
                _ => break,
            }
            (rest, rooted) = (more, true);
        }
        self.enter(&at, rest, rooted, targets, seen)
    }

    /// The rest of a path, seen from the module that it has reached. What a rooted path names is there, even if it
    /// is a macro that declares it.
    fn enter(
        &self,
        at: &[String],
        rest: &[String],
        rooted: bool,
        targets: &mut Vec<Target>,
        seen: &mut Seen,
    ) -> bool {
        let target = |name: &str, what| Target {
            module: at.to_vec(),
            name: name.to_owned(),
            what,
        };
        let Some((name, more)) = rest.split_first() else {
            targets.push(target("", What::Unknown));
            return true;
        };
        let Some(names) = self.modules.get(at) else {
            return false;
        };
        if !seen.insert((at.to_vec(), rest.to_vec())) {
            return false;
        }
        let inside = [at, std::slice::from_ref(name)].concat();
        let mut found = false;
        if self.modules.contains_key(&inside) {
            found = self.enter(&inside, more, true, targets, seen);
            if !more.is_empty() {
                return found;
            }
        }
        if let Some(&what) = names.declared.get(name) {
            targets.push(target(name, what));
            return true;
        }
        let own = |import: &&Import| import.name.as_ref() == Some(name);
        let mut imports = names.imports.iter().filter(own).peekable();
        if imports.peek().is_some() {
            targets.push(target(name, What::Import));
            // Functions may each import something else by the same name.
            for import in imports {
                self.follow(at, &[&import.path, more].concat(), targets, seen);
            }
            return true;
        }
        for import in names.imports.iter().filter(|import| import.name.is_none()) {
            let mut through = Vec::new();
            self.follow(at, &[&import.path, rest].concat(), &mut through, seen);
            // A module that does not declare the name says nothing of it.
            through.retain(|target| target.what != What::Unknown || target.name.is_empty());
            found |= !through.is_empty();
            targets.append(&mut through);
        }
        if rooted && !found {
            targets.push(target(name, What::Unknown));
        }
        rooted || found
    }
}

/// Where a search has been, lest it go round in circles.
type Seen = BTreeSet<(Module, Vec<String>)>;

fn find(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            find(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

/// Goes through a file and notes what it declares, imports and names.
struct Reader<'a> {
    source: &'a mut Source,
    module: Module,
    file: &'a Path,
    /// Whether what is read is built for tests alone.
    test: bool,
}

impl Reader<'_> {
    fn names(&mut self) -> &mut Names {
        self.source.modules.entry(self.module.clone()).or_default()
    }

    fn declare(&mut self, items: &[Item]) {
        let names = self.names();
        for item in items {
            let (ident, what) = match item {
                Item::Const(item) => (&item.ident, What::Data),
                Item::Enum(item) => (&item.ident, What::Data),
                Item::Static(item) => (&item.ident, What::Data),
                Item::Struct(item) => (&item.ident, What::Data),
                Item::Trait(item) => (&item.ident, What::Data),
                Item::Type(item) => (&item.ident, What::Data),
                Item::Union(item) => (&item.ident, What::Data),
                Item::Fn(item) => (&item.sig.ident, What::Code),
                Item::Macro(item) if item.ident.is_some() => {
                    (item.ident.as_ref().unwrap(), What::Code)
                }
                _ => continue,
            };
            names.declared.insert(ident.to_string(), what);
        }
    }

    fn refer(&mut self, path: Vec<String>, line: usize) {
        self.source.references.push(Reference {
            from: self.module.clone(),
            path,
            file: self.file.to_owned(),
            line,
            test: self.test,
        });
    }

    /// The leaves of a `use`.
    fn import(&mut self, tree: &UseTree, before: &[String]) {
        let with = |ident: &Ident| match ident.to_string().as_str() {
            "self" if !before.is_empty() => before.to_vec(),
            name => [before, &[name.to_owned()]].concat(),
        };
        let (name, path, line) = match tree {
            UseTree::Path(path) => return self.import(&path.tree, &with(&path.ident)),
            UseTree::Group(group) => {
                return group
                    .items
                    .iter()
                    .for_each(|tree| self.import(tree, before));
            }
            UseTree::Name(leaf) => (None, with(&leaf.ident), leaf.ident.span()),
            UseTree::Rename(leaf) => (
                Some(leaf.rename.to_string()),
                with(&leaf.ident),
                leaf.ident.span(),
            ),
            UseTree::Glob(leaf) => {
                let import = Import {
                    name: None,
                    path: before.to_vec(),
                };
                self.names().imports.push(import);
                return self.refer(before.to_vec(), leaf.star_token.spans[0].start().line);
            }
        };
        let name = name.or_else(|| path.last().cloned());
        self.names().imports.push(Import {
            name,
            path: path.clone(),
        });
        self.refer(path, line.start().line);
    }

    /// The paths in the tokens of a macro or an attribute.
    fn scan(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let (mut line, mut colons, mut after) = (0, 0, ' ');
        let mut outside = false;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    if colons < 2 {
                        self.scanned(&mut path, line);
                        outside = after == '.' || (after == '$' && ident != "crate");
                    } else if path.is_empty() {
                        outside = true; // `::name` is another crate's.
                    }
                    if !outside {
                        line = ident.span().start().line;
                        path.push(ident.to_string());
                    }
                    (colons, after) = (0, ' ');
                }
                TokenTree::Punct(punct) => {
                    colons = if punct.as_char() == ':' {
                        colons + 1
                    } else {
                        0
                    };
                    if colons == 0 {
                        self.scanned(&mut path, line);
                    }
                    after = punct.as_char();
                }
                TokenTree::Group(group) => {
                    self.scanned(&mut path, line);
                    (colons, after) = (0, ' ');
                    self.scan(group.stream());
                }
                TokenTree::Literal(_) => {
                    self.scanned(&mut path, line);
                    (colons, after) = (0, ' ');
                }
            }
        }
        self.scanned(&mut path, line);
    }

    fn scanned(&mut self, path: &mut Vec<String>, line: usize) {
        if !path.is_empty() {
            self.refer(std::mem::take(path), line);
        }
    }

    /// The paths in the texts of an attribute, as in `#[serde(with = "super::short")]`.
    fn quoted(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.quoted(group.stream()),
                TokenTree::Literal(literal) => {
                    let text = literal.to_string();
                    let text = text.trim_matches('"');
                    let word = |part: &str| {
                        !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_')
                    };
                    if text.split("::").all(word) {
                        let path = text.split("::").map(str::to_owned).collect();
                        self.refer(path, literal.span().start().line);
                    }
                }
                _ => {}
            }
        }
    }
}

/// Whether an item is built for tests alone.
fn for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::Path(path) => path.is_ident("test"),
        Meta::List(list) => {
            let only = |path: &syn::Path| path.is_ident("test");
            attribute.path().is_ident("cfg") && list.parse_args().is_ok_and(|path| only(&path))
        }
        Meta::NameValue(_) => false,
    })
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        let Some((_, items)) = &item.content else {
            return;
        };
        let around = self.test;
        self.test |= for_tests(&item.attrs);
        self.module.push(item.ident.to_string());
        self.declare(items);
        visit::visit_item_mod(self, item);
        self.module.pop();
        self.test = around;
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        let around = self.test;
        self.test |= for_tests(&item.attrs);
        visit::visit_item_fn(self, item);
        self.test = around;
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        if item.leading_colon.is_none() {
            let around = self.test;
            self.test |= for_tests(&item.attrs);
            self.import(&item.tree, &[]);
            self.test = around;
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.leading_colon.is_none() {
            let names = path
                .segments
                .iter()
                .map(|segment| segment.ident.to_string());
            let line = path.segments[0].ident.span().start().line;
            self.refer(names.collect(), line);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, makro: &'ast Macro) {
        self.visit_path(&makro.path);
        self.scan(makro.tokens.clone());
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        match &attribute.meta {
            _ if attribute.path().is_ident("doc") => {}
            Meta::List(list) => {
                self.scan(list.tokens.clone());
                self.quoted(list.tokens.clone());
            }
            _ => {}
        }
    }

    /// Who may see an item is no import.
    fn visit_visibility(&mut self, _: &'ast Visibility) {}
}
