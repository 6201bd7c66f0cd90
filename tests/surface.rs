//! The library's public surface: what may grow says so, errors keep their causes, and no foreign type comes in unseen.
//!
//! The tests parse the sources of both packages. An item is public if its module is, or if a public module re-exports it.

use crate::layers::source::{Package, Source, is_test_only};
use std::collections::{BTreeMap, BTreeSet};
use syn::visit::{self, Visit};
use syn::{Attribute, Fields, Item, ReturnType, Type, Visibility};

/// Public structs of which a program writes all fields, and why none will be added.
const CLOSED: &[(&str, &str)] = &[
    ("Ceilings", "each is signed: whoever makes a certificate decides on all"),
    ("CertificateTerms", "likewise"),
    ("Choice", "a code's geometry in a box, which a bench varies"),
    ("Contact", "the fields of a section are the format's"),
    ("Content", "whoever prints one more thing decides on it"),
    ("Days", "a first and a last day"),
    ("Delivery", "the fields of a section are the format's"),
    ("Gray", "width, height and pixels"),
    ("Header", "the format's"),
    ("LogBefore", "a log and where it was signed last"),
    ("Moment", "a number of seconds"),
    ("Person", "what a mask is made of: a field more is masked by its maker, or leaks"),
    ("Reopening", "a rule for each of two states"),
    ("Revoked", "a sealer and a day, signed"),
    ("Shift", "two times of day and a time zone"),
    ("SignOffEntry", "what a delivery's code is judged by"),
    ("SignedHead", "the four lines that are signed"),
    ("TokenRef", "a token and an object in it"),
    ("UnknownDpi", "the number that is none"),
    ("UnknownNumber", "likewise"),
    ("Window", "a first and a last day"),
];

/// Errors that are enums and say all that can be, and why.
const CLOSED_ERRORS: &[(&str, &str)] = &[];

/// Types of other crates in public signatures that are re-exported under no name of ours.
const FOREIGN: &[(&str, &str)] = &[];

#[test]
fn a_public_struct_may_grow_or_is_closed_for_a_reason() {
    let mut closed = BTreeSet::new();
    let mut wrong = Vec::new();
    for_each_public(&mut |source, item| {
        if let Item::Struct(item) = item
            && is_open_to_literals(item)
        {
            let name = item.ident.to_string();
            match CLOSED.iter().find(|(closed, _)| *closed == name) {
                Some((name, _)) => drop(closed.insert(*name)),
                None => wrong.push(format!("{}: {name}", source.name())),
            }
        }
    });
    assert!(wrong.is_empty(), "all fields public and neither non_exhaustive nor in CLOSED: {wrong:#?}");
    let gone: Vec<_> = CLOSED.iter().filter(|(name, _)| !closed.contains(name)).collect();
    assert!(gone.is_empty(), "no such structs: {gone:?}");
}

#[test]
fn no_function_is_named_of_something_in_place_of_a_conversion() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for_each_function(&mut |source, function| {
        seen += 1;
        let name = function.ident.to_string();
        if name.starts_with("of_") || name == "named" {
            wrong.push(format!("{}: {name}", source.name()));
        }
    });
    assert!(seen > 1000, "only {seen} functions: the test no longer reads the sources");
    assert!(wrong.is_empty(), "write From, TryFrom, FromStr or `from_…`: {wrong:#?}");
}

#[test]
fn what_a_function_fails_with_is_an_error_that_may_grow() {
    let errors = error_types();
    assert!(errors.len() > 60, "only {} error types: the test no longer reads the sources", errors.len());
    let mut wrong = BTreeSet::new();
    for_each_function(&mut |source, function| {
        if let Some(name) = failure(&function.output)
            && !errors.contains_key(&name)
            && !["Error", "Self"].contains(&name.as_str())
        {
            wrong.insert(format!("{}: {name} of {}", source.name(), function.ident));
        }
    });
    assert!(wrong.is_empty(), "no errors, without Display and source(): {wrong:#?}");
    let closed: Vec<_> = errors
        .iter()
        .filter(|(name, may_grow)| !**may_grow && !CLOSED_ERRORS.iter().any(|(closed, _)| closed == name))
        .collect();
    assert!(closed.is_empty(), "enums of errors without non_exhaustive: {closed:?}");
}

#[test]
fn an_error_within_an_error_is_its_source() {
    let errors = error_types();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for_each(&mut |source, item| {
        let Item::Enum(item) = item else { return };
        if !derives_error(&item.attrs) {
            return;
        }
        for variant in &item.variants {
            seen += 1;
            if !keeps_its_cause(variant, &errors) {
                wrong.push(format!("{}: {}::{}", source.name(), item.ident, variant.ident));
            }
        }
    });
    assert!(seen > 200, "only {seen} variants: the test no longer reads the sources");
    assert!(wrong.is_empty(), "a cause that source() does not give: {wrong:#?}");
}

#[test]
fn no_text_of_the_library_names_an_option_of_the_command() {
    let mut lines = 0;
    let mut wrong = Vec::new();
    for package in [Package::core(), Package::host()] {
        for source in package.sources().filter(|source| is_of_the_library(source)) {
            for (number, line) in source.code() {
                lines += 1;
                if names_an_option(line) {
                    wrong.push(format!("{}:{number}: {}", source.name(), line.trim()));
                }
            }
        }
    }
    assert!(lines > 30_000, "only {lines} lines: the test no longer reads the sources");
    assert!(wrong.is_empty(), "the command says what to do, in src/cli/advice: {wrong:#?}");
}

#[test]
fn a_foreign_type_in_a_signature_is_re_exported() {
    let packages = [Package::core(), Package::host()];
    let ours: BTreeSet<&str> =
        packages.iter().flat_map(Package::sources).flat_map(Source::exports).map(|(name, _)| name).collect();
    let mut wrong = BTreeSet::new();
    let mut seen = 0;
    for_each_function(&mut |source, function| {
        let mut types = Types::default();
        types.visit_signature(function);
        for name in types.names {
            if let Some(from) = source.foreign(&name) {
                seen += 1;
                if !ours.contains(name.as_str()) && !FOREIGN.iter().any(|(known, _)| *known == name) {
                    wrong.insert(format!("{name} of {from}, in {}", source.name()));
                }
            }
        }
    });
    assert!(seen > 10, "only {seen} foreign types: the test no longer reads the sources");
    assert!(wrong.is_empty(), "re-export them, or say in FOREIGN why not: {wrong:#?}");
}

#[test]
fn each_fault_of_a_surface_is_found() {
    for (text, is_open) in [
        ("pub struct A { pub a: u8 }", true),
        ("pub struct A(pub u8);", true),
        ("pub struct A { pub a: u8, b: u8 }", false),
        ("pub struct A { pub a: u8, pub(crate) b: u8 }", false),
        ("#[non_exhaustive] pub struct A { pub a: u8 }", false),
        ("pub struct A;", false),
    ] {
        assert_eq!(is_open_to_literals(&syn::parse_str(text).unwrap()), is_open, "{text}");
    }
    let errors = BTreeMap::from([("FileError".to_owned(), true)]);
    for (text, keeps) in [
        ("A(FileError)", false),
        ("A { at: u8, error: io::Error }", false),
        ("A(#[source] FileError)", true),
        ("A { source: FileError }", true),
        ("A(#[from] Box<FileError>)", true),
        ("A(Box<FileError>)", false),
        ("#[error(transparent)] A(FileError)", true),
        ("A(u8)", true),
    ] {
        assert_eq!(keeps_its_cause(&syn::parse_str(text).unwrap(), &errors), keeps, "{text}");
    }
    for (line, names) in
        [("\"add --force\"", true), ("#[error(\"see --day\")]", true), ("a - -b", false), ("\"--\"", false)]
    {
        assert_eq!(names_an_option(line), names, "{line}");
    }
    let output = |text: &str| failure(&syn::parse_str::<syn::Signature>(text).unwrap().output);
    assert_eq!(output("fn a() -> Result<u8, crate::Bad>").as_deref(), Some("Bad"));
    assert_eq!(output("fn a() -> io::Result<u8>"), None);
}

/// Whether a program may write one with all its fields, so that a new field breaks it.
fn is_open_to_literals(item: &syn::ItemStruct) -> bool {
    let fields = match &item.fields {
        Fields::Named(fields) => &fields.named,
        Fields::Unnamed(fields) => &fields.unnamed,
        Fields::Unit => return false,
    };
    !fields.is_empty()
        && fields.iter().all(|field| matches!(field.vis, Visibility::Public(_)))
        && !has(&item.attrs, "non_exhaustive")
}

/// Whether `--` and a letter follow each other: no expression has that.
fn names_an_option(line: &str) -> bool {
    line.split("--").skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()))
}

/// Whether each error that a variant holds is named as its source.
fn keeps_its_cause(variant: &syn::Variant, errors: &BTreeMap<String, bool>) -> bool {
    let is_transparent = variant.attrs.iter().any(|attribute| {
        attribute.path().is_ident("error")
            && attribute.meta.require_list().is_ok_and(|list| list.tokens.to_string() == "transparent")
    });
    is_transparent
        || variant.fields.iter().all(|field| {
            let mut types = Types::default();
            types.visit_type(&field.ty);
            let is_error = types.names.iter().any(|name| name == "Error" || errors.contains_key(name));
            let is_source = has(&field.attrs, "source")
                || has(&field.attrs, "from")
                || field.ident.as_ref().is_some_and(|name| name == "source");
            !is_error || is_source
        })
}

/// The type that a function fails with; `None` for an alias of `Result`.
fn failure(output: &ReturnType) -> Option<String> {
    let ReturnType::Type(_, output) = output else { return None };
    let Type::Path(path) = &**output else { return None };
    let last = path.path.segments.last()?;
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    if last.ident != "Result" || arguments.args.len() != 2 {
        return None;
    }
    match arguments.args.last()? {
        syn::GenericArgument::Type(Type::Path(path)) => Some(path.path.segments.last()?.ident.to_string()),
        syn::GenericArgument::Type(_) => Some("a type without a name".to_owned()),
        _ => None,
    }
}

/// The types that implement `Error`, and whether each may grow: all but enums without `non_exhaustive`.
fn error_types() -> BTreeMap<String, bool> {
    let (mut implemented, mut closed) = (BTreeSet::new(), BTreeSet::new());
    for_each(&mut |_, item| match item {
        Item::Enum(item) => {
            if derives_error(&item.attrs) {
                implemented.insert(item.ident.to_string());
            }
            if !has(&item.attrs, "non_exhaustive") {
                closed.insert(item.ident.to_string());
            }
        }
        Item::Struct(item) if derives_error(&item.attrs) => {
            implemented.insert(item.ident.to_string());
        }
        Item::Impl(item) => {
            let of_error = item
                .trait_
                .as_ref()
                .and_then(|(_, path, _)| path.segments.last())
                .is_some_and(|it| it.ident == "Error");
            if let (true, Type::Path(path)) = (of_error, &*item.self_ty) {
                implemented.extend(path.path.segments.last().map(|last| last.ident.to_string()));
            }
        }
        _ => {}
    });
    implemented.into_iter().map(|name| (name.clone(), !closed.contains(&name))).collect()
}

fn derives_error(attributes: &[Attribute]) -> bool {
    attributes.iter().filter(|attribute| attribute.path().is_ident("derive")).any(|attribute| {
        let names = attribute.meta.require_list().map(|list| list.tokens.to_string()).unwrap_or_default();
        names.split(',').any(|name| name.trim() == "Error" || name.trim().ends_with(":: Error"))
    })
}

fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident(name))
}

fn is_of_the_library(source: &Source) -> bool {
    source.top() != "cli" && !source.name().to_string().starts_with("main.rs")
}

/// Each item of the library at module level, without those that only tests compile.
fn for_each(take: &mut dyn FnMut(&Source, &Item)) {
    for package in [Package::core(), Package::host()] {
        for source in package.sources().filter(|source| is_of_the_library(source)) {
            source
                .parsed()
                .items
                .iter()
                .filter(|item| !is_test_only(item))
                .for_each(|item| take(source, item));
        }
    }
}

/// Each public item of the library.
fn for_each_public(take: &mut dyn FnMut(&Source, &Item)) {
    for package in [Package::core(), Package::host()] {
        let mut seen = 0;
        for source in package.sources().filter(|source| is_of_the_library(source)) {
            for item in source.parsed().items.iter().filter(|item| !is_test_only(item)) {
                let name = match item {
                    Item::Struct(item) if matches!(item.vis, Visibility::Public(_)) => &item.ident,
                    _ => continue,
                };
                if package.is_public(source, &name.to_string()) {
                    seen += 1;
                    take(source, item);
                }
            }
        }
        assert!(seen > 25, "only {seen} public structs: the test no longer reads the sources");
    }
}

/// Each function of the library that is `pub`, free or of a type.
fn for_each_function(take: &mut dyn FnMut(&Source, &syn::Signature)) {
    for_each(&mut |source, item| match item {
        Item::Fn(item) if matches!(item.vis, Visibility::Public(_)) => {
            take(source, &item.sig);
        }
        Item::Impl(item) => {
            for item in &item.items {
                if let syn::ImplItem::Fn(item) = item
                    && matches!(item.vis, Visibility::Public(_))
                {
                    take(source, &item.sig);
                }
            }
        }
        _ => {}
    });
}

/// The last names of the paths of types.
#[derive(Default)]
struct Types {
    names: BTreeSet<String>,
}

impl<'ast> Visit<'ast> for Types {
    fn visit_type_path(&mut self, path: &'ast syn::TypePath) {
        self.names.extend(path.path.segments.last().map(|last| last.ident.to_string()));
        visit::visit_type_path(self, path);
    }
}
