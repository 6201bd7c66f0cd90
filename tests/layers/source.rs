//! Parses the source files of a package: what each file defines, and which other files it imports.
//!
//! In goes a folder of sources; out come [`Source`]s with their definitions, and pairs of importing and imported file.
//! Only syntax is read (by `syn`): macros are not expanded, so what a macro defines is not seen.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use syn::visit::{self, Visit};
use syn::{Attribute, Item, UseTree, Visibility};

/// The source files of a package, without those that only tests compile.
pub struct Package {
    /// By module path, such as `["record", "text"]`.
    sources: BTreeMap<Vec<String>, Source>,
}

/// One file.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    module: Vec<String>,
    file: PathBuf,
    text: String,
    front: bool,
    definitions: Vec<String>,
    /// Names of its structs, enums, traits and type aliases, those of inline modules included.
    types: Vec<String>,
    /// Paths named in it, as written, split at `::`.
    paths: Vec<Vec<String>>,
    /// Re-exported names, with the path of each.
    exports: BTreeMap<String, Vec<String>>,
}

impl Package {
    /// The `no_std` core, parsed once for all tests.
    pub fn core() -> &'static Self {
        static CORE: OnceLock<Package> = OnceLock::new();
        CORE.get_or_init(|| Self::read(&root().join("src/core"), &[]))
    }

    /// The host's library and command.
    pub fn host() -> &'static Self {
        static HOST: OnceLock<Package> = OnceLock::new();
        HOST.get_or_init(|| Self::read(&root().join("src"), &["core", "server"]))
    }

    fn read(folder: &Path, without: &[&str]) -> Self {
        let mut sources = BTreeMap::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(next) = folders.pop() {
            for entry in fs::read_dir(next).unwrap() {
                let path = entry.unwrap().path();
                let relative = path.strip_prefix(folder).unwrap();
                if path.is_dir() {
                    if !without.iter().any(|name| relative == Path::new(name)) {
                        folders.push(path);
                    }
                } else if path.extension().is_some_and(|ending| ending == "rs")
                    && !path.ends_with("tests.rs")
                    && !relative.components().any(|part| part.as_os_str() == "tests")
                {
                    let source = Source::read(relative, &path);
                    // `main.rs` is a crate of its own, whose root has no name here.
                    sources.insert(source.module.clone(), source);
                }
            }
        }
        Self { sources }
    }

    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        self.sources.values()
    }

    /// Each import of one file by another, once per mention.
    pub fn imports(&self) -> impl Iterator<Item = (&Source, &Source)> {
        self.sources.values().flat_map(move |source| {
            source.paths.iter().filter_map(move |path| {
                let used = self.resolve(&source.module, path, 0)?;
                (used.module != source.module).then_some((source, used))
            })
        })
    }

    /// The file to which a path named in `module` resolves, through the re-exports of front files.
    fn resolve(&self, module: &[String], path: &[String], depth: usize) -> Option<&Source> {
        if depth > 8 {
            return None;
        }
        let (mut at, mut rest) = match path.first()?.as_str() {
            "crate" => (Vec::new(), &path[1..]),
            "wayseal" if !module.is_empty() && module[0] == "cli" => (Vec::new(), &path[1..]),
            "self" => (module.to_vec(), &path[1..]),
            "super" => (module[..module.len().checked_sub(1)?].to_vec(), &path[1..]),
            first => {
                let child = [module, &[first.to_owned()]].concat();
                if !self.sources.contains_key(&child) {
                    return None;
                }
                (module.to_vec(), path)
            }
        };
        while rest.first().is_some_and(|name| name == "super") {
            at.pop()?;
            rest = &rest[1..];
        }
        while let Some(name) = rest.first() {
            let child = [&at[..], std::slice::from_ref(name)].concat();
            if !self.sources.contains_key(&child) {
                break;
            }
            at = child;
            rest = &rest[1..];
        }
        let found = self.sources.get(&at)?;
        match rest.first().and_then(|name| found.exports.get(name)) {
            Some(export) if found.front || at.is_empty() => {
                self.resolve(&at, export, depth + 1).or(Some(found))
            }
            _ => Some(found),
        }
    }
}

impl Source {
    fn read(relative: &Path, path: &Path) -> Self {
        let mut module: Vec<String> =
            relative.with_extension("").iter().map(|part| part.to_str().unwrap().to_owned()).collect();
        if module.last().is_some_and(|last| last == "lib") {
            module.pop();
        }
        let text = fs::read_to_string(path).unwrap();
        let parsed = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut source = Self {
            module,
            file: relative.to_owned(),
            text,
            front: false,
            definitions: Vec::new(),
            types: Vec::new(),
            paths: Vec::new(),
            exports: BTreeMap::new(),
        };
        for item in &parsed.items {
            source.add(item);
        }
        add_types(&parsed.items, &mut source.types);
        source
    }

    fn add(&mut self, item: &Item) {
        match item {
            Item::Mod(module) if is_test(&module.attrs) => return,
            Item::Mod(module) if module.content.is_none() => self.front = true,
            // A module that only includes a document.
            Item::Mod(module) if module.content.as_ref().is_some_and(|(_, items)| items.is_empty()) => {}
            Item::Use(item) => {
                let mut leaves = Vec::new();
                flatten(&item.tree, &mut Vec::new(), &mut leaves);
                for (path, name) in leaves {
                    if !matches!(item.vis, Visibility::Inherited) {
                        self.exports.insert(name, path.clone());
                    }
                    self.paths.push(path);
                }
                return;
            }
            Item::ExternCrate(_) => {}
            other if attributes(other).is_some_and(is_test) => return,
            Item::Fn(function) => self.definitions.push(function.sig.ident.to_string()),
            Item::Struct(item) => self.definitions.push(item.ident.to_string()),
            Item::Enum(item) => self.definitions.push(item.ident.to_string()),
            Item::Trait(item) => self.definitions.push(item.ident.to_string()),
            Item::Type(item) => self.definitions.push(item.ident.to_string()),
            Item::Const(item) => self.definitions.push(item.ident.to_string()),
            Item::Static(item) => self.definitions.push(item.ident.to_string()),
            _ => self.definitions.push("an impl or a macro".to_owned()),
        }
        self.visit_item(item);
    }

    /// The module's name at the top of its package; empty for the root.
    pub fn top(&self) -> &str {
        match self.module.first().map_or("", String::as_str) {
            "main" => "",
            top => top,
        }
    }

    pub fn name(&self) -> std::path::Display<'_> {
        self.file.display()
    }

    /// Whether it declares modules in files of their own.
    pub fn is_front(&self) -> bool {
        self.front && self.file != Path::new("main.rs")
    }

    pub fn definitions(&self) -> &[String] {
        &self.definitions
    }

    /// Names of the types, traits and aliases declared in it, each as often as it is declared.
    pub fn types(&self) -> &[String] {
        &self.types
    }

    /// Its lines before its tests, numbered, without comments.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let code = self.text.split("#[cfg(test)]").next().unwrap();
        code.lines().map(|line| line.split("//").next().unwrap()).enumerate().map(|(n, line)| (n + 1, line))
    }
}

/// Paths that code names without importing them.
impl Visit<'_> for Source {
    fn visit_path(&mut self, path: &syn::Path) {
        if path.segments.len() > 1 {
            self.paths.push(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        }
        visit::visit_path(self, path);
    }

    /// `pub(in path)` is not an import.
    fn visit_visibility(&mut self, _: &Visibility) {}
}

fn flatten(tree: &UseTree, at: &mut Vec<String>, leaves: &mut Vec<(Vec<String>, String)>) {
    match tree {
        UseTree::Path(path) => {
            at.push(path.ident.to_string());
            flatten(&path.tree, at, leaves);
            at.pop();
        }
        UseTree::Name(name) if name.ident == "self" => {
            leaves.push((at.clone(), at.last().cloned().unwrap_or_default()));
        }
        UseTree::Name(name) => {
            leaves.push(([&at[..], &[name.ident.to_string()]].concat(), name.ident.to_string()));
        }
        UseTree::Rename(name) => {
            leaves.push(([&at[..], &[name.ident.to_string()]].concat(), name.rename.to_string()));
        }
        UseTree::Glob(_) => leaves.push((at.clone(), "*".to_owned())),
        UseTree::Group(group) => group.items.iter().for_each(|tree| flatten(tree, at, leaves)),
    }
}

/// The names of types at module level; items that only tests compile are left out.
fn add_types(items: &[Item], types: &mut Vec<String>) {
    for item in items.iter().filter(|item| !attributes(item).is_some_and(is_test)) {
        match item {
            Item::Struct(item) => types.push(item.ident.to_string()),
            Item::Enum(item) => types.push(item.ident.to_string()),
            Item::Trait(item) => types.push(item.ident.to_string()),
            Item::Type(item) => types.push(item.ident.to_string()),
            Item::Mod(module) => {
                if let Some((_, items)) = &module.content {
                    add_types(items, types);
                }
            }
            _ => {}
        }
    }
}

fn attributes(item: &Item) -> Option<&[Attribute]> {
    Some(match item {
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Const(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => return None,
    })
}

/// Whether `cfg(test)` or `cfg(all(test, ...))` restricts an item to tests.
fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.meta.require_list().is_ok_and(|list| {
                let text = list.tokens.to_string();
                text == "test" || text.starts_with("all (test")
            })
    })
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
