//! Every text that the command says to people exists in English and Chinese.

use crate::common::sources::{parse, sources};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use syn::visit::{self, Visit};

/// Errors of the library that the command puts into words; by module, since some share a name.
const ERRORS: [(&str, &str); 35] = [
    ("core/error", "Refusal"),
    ("core/error", "SealError"),
    ("core/symbol", "NoFit"),
    ("authority/audit", "AuditError"),
    ("authority/bulk", "BulkError"),
    ("authority/bulk", "MakeError"),
    ("authority/custody", "CustodyError"),
    ("authority/day_keys", "IssueError"),
    ("authority/decoys", "DecoyError"),
    ("authority/enquiry", "EnquiryError"),
    ("authority/shares", "ShareError"),
    ("authority/token", "TokenError"),
    ("batch/columns", "MappingProblem"),
    ("batch/excel", "ExcelDamage"),
    ("batch/notice", "Notice"),
    ("batch/input", "RowFault"),
    ("batch/input", "InputError"),
    ("batch/manifest", "ManifestError"),
    ("batch/recipient", "CiphertextSource"),
    ("batch/recipient", "IdentityKind"),
    ("batch/recipient", "RecipientFault"),
    ("batch/reject", "Reason"),
    ("batch/output", "TargetError"),
    ("device/log", "LogError"),
    ("device/log/verify", "LogDamage"),
    ("device/operators", "OperatorsError"),
    ("device/session", "SessionError"),
    ("device/state", "Refused"),
    ("device/state", "StateError"),
    ("label", "ComposeError"),
    ("label/template", "TemplateError"),
    ("signed/envelope", "EnvelopeError"),
    ("signed/grant", "GrantError"),
    ("signed/revocation", "ListError"),
    ("signed/stations", "StationsSignatureError"),
];

/// The sources of the command, but for those that hold its texts.
fn of_the_command() -> impl Iterator<Item = PathBuf> {
    let command = root().join("src/cli");
    let texts = ["language", "advice"].map(|place| command.join(place));
    sources(&command).into_iter().filter(move |file| !texts.iter().any(|place| file.starts_with(place)))
}

#[test]
fn texts_stand_in_language_and_advice_alone() {
    let mut read = 0;
    let mut wrong = Vec::new();
    for file in of_the_command() {
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
fn no_sentence_is_written_where_the_command_prints_or_fails() {
    let mut read = 0;
    let mut wrong = Vec::new();
    for file in of_the_command() {
        read += 1;
        let mut sentences = Sentences::default();
        sentences.visit_file(&parse(&file));
        wrong.extend(sentences.found.into_iter().map(|found| format!("{}: {found}", file.display())));
    }
    assert!(read > 60, "only {read} files: the test no longer reads the command");
    assert!(wrong.is_empty(), "sentences in one language: {wrong:#?}");
}

#[test]
fn a_sentence_is_found_in_each_way_to_print_or_fail() {
    let found = |code: &str| {
        let mut sentences = Sentences::default();
        sentences.visit_expr(&syn::parse_str(code).unwrap());
        sentences.found.len()
    };
    for wrong in [
        "Failure::usage(\"no sealer\")",
        "fails().map_err(|_| Failure::key(format!(\"{}: not a number\", path.display())))",
        "crate::cli::failure::Failure::input(format!(\"cannot read {}: {error}\", name))",
        "say(\"the end\")",
        "console::say(&format!(\"  sealed on {day}\"))",
        "console::warn(&format!(\"{}: not read\", path.display()))",
        "eprintln!(\"{}: line {}: {violation}\", path.display(), order.line)",
    ] {
        assert_eq!(found(wrong), 1, "{wrong}");
    }
    for right in [
        "Failure::usage(language.of(text::NO_STATE))",
        "Failure::input(format!(\"{}: {error}\", path.display()))",
        "eprintln!(\"wayseal: {file}: {}\", language.refused(&error))",
        "say(&format!(\"sealer,{},{}\", number, day))",
        "say(&json!({\"file\": file, \"what it is\": 1}).to_string())",
        "event(\"no message\")",
    ] {
        assert_eq!(found(right), 0, "{right}");
    }
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

/// Sentences in what is printed (`say`, `tell`, `warn`, `eprintln!`, `println!`) or reported (`Failure::…`).
#[derive(Default)]
struct Sentences {
    found: Vec<String>,
    /// How many calls that print or report the visitor is inside.
    within: usize,
}

impl Sentences {
    /// Words beside places to fill; the name in front of a message is none.
    fn is_sentence(text: &str) -> bool {
        let text = text.strip_prefix("wayseal: ").unwrap_or(text);
        let words = text.split('{').enumerate().map(|(at, part)| match at {
            0 => part,
            _ => part.split_once('}').map_or("", |(_, rest)| rest),
        });
        let words: String = words.collect();
        let has_word = words.split(|c: char| !c.is_ascii_alphabetic()).any(|word| {
            // A program's name is the same in both languages.
            word.len() > 1 && word != "wayseal"
        });
        text.contains(' ') && has_word
    }
}

impl<'ast> Visit<'ast> for Sentences {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if module.ident != "tests" {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        let syn::Expr::Path(function) = &*call.func else { return visit::visit_expr_call(self, call) };
        let names: Vec<_> = function.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let prints = match &names[..] {
            [.., name, _] if name == "Failure" => true,
            [.., name] => ["say", "tell", "warn"].contains(&name.as_str()),
            [] => false,
        };
        self.within += usize::from(prints);
        visit::visit_expr_call(self, call);
        self.within -= usize::from(prints);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        let prints = ["eprintln", "println", "eprint", "print"].iter().any(|name| call.path.is_ident(name));
        if !prints && !call.path.is_ident("format") {
            return;
        }
        let parts = syn::punctuated::Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated;
        let parts = call.parse_body_with(parts).unwrap();
        // The visitor keeps nothing of what it visits but texts.
        let mut inside = Self { found: Vec::new(), within: self.within + usize::from(prints) };
        for part in &parts {
            inside.visit_expr(part);
        }
        self.found.append(&mut inside.found);
    }

    fn visit_lit_str(&mut self, text: &'ast syn::LitStr) {
        if self.within > 0 && Self::is_sentence(&text.value()) {
            self.found.push(text.value());
        }
    }
}

/// The enum variants named in code, by the last two segments of their paths.
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

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
