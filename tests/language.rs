//! Every text that the command says to people exists in English and Chinese.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use syn::visit::{self, Visit};

/// Errors of the library that the command puts into words; by module, since some share a name.
const ERRORS: [(&str, &str); 27] = [
    ("core/error", "Refusal"),
    ("core/error", "SealError"),
    ("core/symbol", "NoFit"),
    ("authority/audit", "AuditError"),
    ("authority/bulk", "BulkError"),
    ("authority/bulk", "MakeError"),
    ("authority/custody", "CustodyError"),
    ("authority/day_keys", "IssueError"),
    ("authority/shares", "ShareError"),
    ("authority/token", "TokenError"),
    ("batch/columns", "MappingError"),
    ("batch/excel", "ExcelDamage"),
    ("batch/input", "RowFault"),
    ("batch/input", "InputError"),
    ("batch/manifest", "ManifestError"),
    ("batch/reject", "Reason"),
    ("batch/output", "TargetError"),
    ("device/log", "LogError"),
    ("device/log/verify", "LogDamage"),
    ("device/session", "SessionError"),
    ("device/state", "Refused"),
    ("device/state", "StateError"),
    ("label", "ComposeError"),
    ("label/template", "TemplateError"),
    ("signed/envelope", "EnvelopeError"),
    ("signed/grant", "GrantError"),
    ("signed/revocation", "ListError"),
];

#[test]
fn texts_stand_in_language_and_advice_alone() {
    let mut read = 0;
    let mut wrong = Vec::new();
    for file in sources(&root().join("src/cli")) {
        if ["language", "advice"].iter().any(|place| file.starts_with(root().join("src/cli").join(place))) {
            continue;
        }
        read += 1;
        let mut texts = Texts::default();
        texts.visit_file(&parse(&file));
        wrong.extend(texts.found.into_iter().map(|found| format!("{}: {found}", file.display())));
    }
    assert!(read > 60, "only {read} files: the test no longer reads the command");
    assert!(
        wrong.is_empty(),
        "texts, or choices between languages, outside src/cli/language and src/cli/advice: {wrong:#?}"
    );
}

#[test]
fn every_error_of_the_library_has_a_chinese_text() {
    let mut said = Variants::default();
    for file in sources(&root().join("src/cli/language")) {
        said.visit_file(&parse(&file));
    }
    let mut missing = Vec::new();
    for (module, name) in ERRORS {
        let variants = variants(module, name);
        assert!(!variants.is_empty(), "{module} has no {name}: the list is old");
        missing.extend(
            variants
                .into_iter()
                .map(|variant| format!("{name}::{variant}"))
                .filter(|path| !said.named.contains(path)),
        );
    }
    assert!(missing.is_empty(), "without a Chinese text: {missing:#?}");
}

/// Chinese in literals, and choices between languages.
#[derive(Default)]
struct Texts {
    found: Vec<String>,
}

impl Texts {
    fn look(&mut self, text: &str) {
        // Ideographs and their full stop, colon and comma; drawn marks and full-width digits are no text.
        if text.chars().any(|c| matches!(c, '\u{3001}'..='\u{3002}' | '\u{3400}'..='\u{9fff}' | '：' | '，'))
        {
            self.found.push(text.to_owned());
        }
    }
}

impl<'ast> Visit<'ast> for Texts {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if module.ident != "tests" {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}

    fn visit_lit_str(&mut self, text: &'ast syn::LitStr) {
        self.look(&text.value());
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.look(&call.tokens.to_string());
        if call.tokens.to_string().contains(". pick (") {
            self.found.push("pick".to_owned());
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        if call.method == "pick" {
            self.found.push("pick".to_owned());
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if let [.., language, which] = &names[..]
            && language == "Language"
            && (which == "En" || which == "Zh")
        {
            self.found.push(names.join("::"));
        }
        visit::visit_path(self, path);
    }
}

/// Variants of enums that code names, the last two parts of their paths.
#[derive(Default)]
struct Variants {
    named: BTreeSet<String>,
}

impl<'ast> Visit<'ast> for Variants {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if let [.., name, variant] = &names[..] {
            self.named.insert(format!("{name}::{variant}"));
        }
        visit::visit_path(self, path);
    }
}

/// The variants of an enum, wherever it stands in a module or below.
fn variants(module: &str, name: &str) -> Vec<String> {
    let front = root().join("src").join(module);
    let mut files = if front.is_dir() { sources(&front) } else { Vec::new() };
    files.extend([front.with_extension("rs")].into_iter().filter(|file| file.exists()));
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in files {
        for item in parse(&file).items {
            if let syn::Item::Enum(item) = item {
                let variants = item.variants.iter().map(|variant| variant.ident.to_string()).collect();
                found.entry(item.ident.to_string()).or_insert(variants);
            }
        }
    }
    found.remove(name).unwrap_or_default()
}

fn parse(file: &Path) -> syn::File {
    let text = fs::read_to_string(file).unwrap();
    syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
