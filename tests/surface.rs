//! The library's public surface: what may grow says so, errors keep their causes, and no foreign type comes in unseen.
//!
//! The tests parse the sources of both packages. An item is public if its module is, or if a public module re-exports it.

use crate::layers::source::{Package, Source, is_test_only};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
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
    ("Layout", "it mirrors the format, where a section more is a version more"),
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
const CLOSED_ERRORS: &[(&str, &str)] =
    &[("NoFit", "a text is too long, or a box too small"), ("Unfit", "likewise")];

/// Types that implement `Error` for their texts, and are a kind within an error, no cause of it.
const KINDS: &[&str] = &["CiphertextSource", "IdentityKind"];

/// Types of other crates in public signatures that are re-exported under no name of ours.
const FOREIGN: &[(&str, &str)] =
    &[("Error", "io's, by the name of thiserror's derive"), ("TempDir", "of a module of tests")];

#[test]
fn a_public_struct_may_grow_or_is_closed_for_a_reason() {
    let surface = Surface::read();
    assert!(surface.structs > 150, "only {} structs: the test no longer reads the sources", surface.structs);
    let is_closed = |(_, name): &&(String, String)| CLOSED.iter().any(|(closed, _)| closed == name);
    let (closed, wrong): (Vec<_>, Vec<_>) = surface.open.iter().partition(is_closed);
    assert!(wrong.is_empty(), "all fields public and neither non_exhaustive nor in CLOSED: {wrong:#?}");
    let gone: Vec<_> =
        CLOSED.iter().filter(|(name, _)| !closed.iter().any(|(_, closed)| closed == name)).collect();
    assert!(gone.is_empty(), "no such structs: {gone:?}");
}

#[test]
fn no_function_is_named_of_something_in_place_of_a_conversion() {
    let functions = &Surface::read().functions;
    assert!(functions.len() > 1000, "only {}: the test no longer reads the sources", functions.len());
    let wrong: Vec<_> = functions
        .iter()
        .filter(|it| it.name.starts_with("of_") || it.name == "named")
        .map(Function::place)
        .collect();
    assert!(wrong.is_empty(), "write From, TryFrom, FromStr or `from_…`: {wrong:#?}");
}

#[test]
fn what_a_function_fails_with_is_an_error_that_may_grow() {
    let Surface { errors, functions, .. } = Surface::read();
    assert!(errors.len() > 60, "only {} error types: the test no longer reads the sources", errors.len());
    let is_error = |name: &String| errors.contains_key(name) || ["Error", "Self"].contains(&name.as_str());
    let wrong: Vec<_> = functions
        .iter()
        .filter(|it| it.fails_with.as_ref().is_some_and(|name| !is_error(name)))
        .map(Function::place)
        .collect();
    assert!(wrong.is_empty(), "no errors, without Display and source(): {wrong:#?}");
    let closed: Vec<_> = errors
        .iter()
        .filter(|(name, may_grow)| !**may_grow && !CLOSED_ERRORS.iter().any(|(closed, _)| closed == name))
        .collect();
    assert!(closed.is_empty(), "enums of errors without non_exhaustive: {closed:?}");
}

#[test]
fn an_error_within_an_error_is_its_source() {
    let Surface { errors, variants, .. } = Surface::read();
    assert!(variants.len() > 200, "only {} variants: the test no longer reads the sources", variants.len());
    let wrong: Vec<_> = variants.iter().filter(|it| it.loses_its_cause(errors)).map(|it| &it.name).collect();
    assert!(wrong.is_empty(), "a cause that source() does not give: {wrong:#?}");
}

#[test]
fn no_text_of_the_library_names_an_option_of_the_command() {
    let mut lines = 0;
    let mut wrong = Vec::new();
    for source in library() {
        for (number, line) in source.code() {
            lines += 1;
            if names_an_option(line) {
                wrong.push(format!("{}:{number}: {}", source.name(), line.trim()));
            }
        }
    }
    assert!(lines > 30_000, "only {lines} lines: the test no longer reads the sources");
    assert!(wrong.is_empty(), "the command says what to do, in src/cli/advice: {wrong:#?}");
}

#[test]
fn a_foreign_type_in_a_signature_is_re_exported() {
    let foreign: BTreeSet<_> = Surface::read().functions.iter().flat_map(|it| &it.foreign).collect();
    assert!(foreign.len() > 3, "only {foreign:?}: the test no longer reads the sources");
    let ours: BTreeSet<&str> = library().flat_map(Source::exports).map(|(name, _)| name).collect();
    let wrong: Vec<_> = foreign
        .iter()
        .filter(|(name, from)| {
            !ours.contains(name.as_str())
                && !ours.contains(from.as_str())
                && !FOREIGN.iter().any(|(known, _)| known == name)
        })
        .collect();
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
        let variant = ErrorVariant::of("E", &syn::parse_str(text).unwrap());
        assert_eq!(!variant.loses_its_cause(&errors), keeps, "{text}");
    }
    for (line, names) in
        [("\"add --force\"", true), ("#[error(\"see --day\")]", true), ("a - -b", false), ("\"--\"", false)]
    {
        assert_eq!(names_an_option(line), names, "{line}");
    }
    let output = |text: &str| failure(&syn::parse_str::<syn::Signature>(text).unwrap().output);
    assert_eq!(output("fn a() -> Result<u8, crate::Bad>").as_deref(), Some("Bad"));
    assert_eq!(output("fn a() -> Result<u8, (u8, Option<Bad>)>").as_deref(), Some("Bad"));
    assert_eq!(output("fn a() -> Result<u8, ()>").as_deref(), Some("()"));
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

/// A variant of an enum of errors.
struct ErrorVariant {
    name: String,
    is_transparent: bool,
    /// The types that each field names, and whether the field is the source.
    fields: Vec<(BTreeSet<String>, bool)>,
}

impl ErrorVariant {
    fn of(of: &str, variant: &syn::Variant) -> Self {
        let is_transparent = variant.attrs.iter().any(|attribute| {
            attribute.path().is_ident("error")
                && attribute.meta.require_list().is_ok_and(|list| list.tokens.to_string() == "transparent")
        });
        let fields = variant.fields.iter().map(|field| {
            let mut types = Types::default();
            types.visit_type(&field.ty);
            let is_source = has(&field.attrs, "source")
                || has(&field.attrs, "from")
                || field.ident.as_ref().is_some_and(|name| name == "source");
            (types.names, is_source)
        });
        Self { name: format!("{of}::{}", variant.ident), is_transparent, fields: fields.collect() }
    }

    /// Whether it holds an error that is not named as its source.
    fn loses_its_cause(&self, errors: &BTreeMap<String, bool>) -> bool {
        !self.is_transparent
            && self.fields.iter().any(|(types, is_source)| {
                let holds = |name: &String| {
                    name == "Error" || errors.contains_key(name) && !KINDS.contains(&name.as_str())
                };
                !is_source && types.iter().any(holds)
            })
    }
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
        syn::GenericArgument::Type(failure) => name_of(failure),
        _ => None,
    }
}

/// The name of a type; of a place and an error, or of an error that may be missing, that of the error.
fn name_of(failure: &Type) -> Option<String> {
    match failure {
        Type::Tuple(both) => both.elems.last().map_or(Some("()".to_owned()), name_of),
        Type::Path(path) => {
            let last = path.path.segments.last()?;
            match &last.arguments {
                syn::PathArguments::AngleBracketed(within) if last.ident == "Option" => {
                    within.args.iter().find_map(|within| match within {
                        syn::GenericArgument::Type(within) => name_of(within),
                        _ => None,
                    })
                }
                _ => Some(last.ident.to_string()),
            }
        }
        _ => Some("a type without a name".to_owned()),
    }
}

/// A public function.
struct Function {
    file: String,
    name: String,
    fails_with: Option<String>,
    /// The types of other crates in its signature, with the crate.
    foreign: Vec<(String, String)>,
}

impl Function {
    fn place(&self) -> String {
        format!("{} in {}", self.name, self.file)
    }
}

/// What the tests look at, of the whole library.
#[derive(Default)]
struct Surface {
    /// How many public structs there are.
    structs: usize,
    /// Those of which a program may write all fields: file and name.
    open: Vec<(String, String)>,
    functions: Vec<Function>,
    /// The types that implement `Error`, and whether each may grow: all but enums without `non_exhaustive`.
    errors: BTreeMap<String, bool>,
    variants: Vec<ErrorVariant>,
}

impl Surface {
    /// Reads the sources, once for all tests.
    fn read() -> &'static Self {
        static SURFACE: OnceLock<Surface> = OnceLock::new();
        SURFACE.get_or_init(|| {
            let mut surface = Self::default();
            let mut closed = BTreeSet::new();
            for package in [Package::core(), Package::host()] {
                for source in package.sources().filter(|source| is_of_the_library(source)) {
                    for item in source.parsed().items.iter().filter(|item| !is_test_only(item)) {
                        surface.add(package, source, item, &mut closed);
                    }
                }
            }
            for (name, may_grow) in &mut surface.errors {
                *may_grow = !closed.contains(name);
            }
            surface
        })
    }

    fn add(&mut self, package: &Package, source: &Source, item: &Item, closed: &mut BTreeSet<String>) {
        match item {
            Item::Struct(item) => {
                let name = item.ident.to_string();
                if derives_error(&item.attrs) {
                    self.errors.insert(name.clone(), true);
                }
                if matches!(item.vis, Visibility::Public(_)) && package.is_public(source, &name) {
                    self.structs += 1;
                    if is_open_to_literals(item) {
                        self.open.push((source.name().to_string(), name));
                    }
                }
            }
            Item::Enum(item) => {
                let name = item.ident.to_string();
                if matches!(item.vis, Visibility::Public(_)) && !has(&item.attrs, "non_exhaustive") {
                    closed.insert(name.clone());
                }
                if derives_error(&item.attrs) {
                    self.variants
                        .extend(item.variants.iter().map(|variant| ErrorVariant::of(&name, variant)));
                    self.errors.insert(name, true);
                }
            }
            Item::Fn(item) if matches!(item.vis, Visibility::Public(_)) => {
                self.add_function(source, &item.sig)
            }
            Item::Impl(item) => {
                let of_trait = item.trait_.as_ref().and_then(|(_, path, _)| path.segments.last());
                if let (Some(of_trait), Type::Path(path)) = (of_trait, &*item.self_ty)
                    && of_trait.ident == "Error"
                {
                    self.errors.extend(path.path.segments.last().map(|last| (last.ident.to_string(), true)));
                }
                for item in &item.items {
                    if let syn::ImplItem::Fn(item) = item
                        && matches!(item.vis, Visibility::Public(_))
                    {
                        self.add_function(source, &item.sig);
                    }
                }
            }
            _ => {}
        }
    }

    fn add_function(&mut self, source: &Source, function: &syn::Signature) {
        let mut types = Types::default();
        types.visit_signature(function);
        let foreign = types.names.into_iter();
        let foreign =
            foreign.filter_map(|name| source.foreign(&name).map(|from| (name.clone(), from.to_owned())));
        let is_parameter = |name: &String| function.generics.type_params().any(|it| it.ident == *name);
        self.functions.push(Function {
            file: source.name().to_string(),
            name: function.ident.to_string(),
            fails_with: failure(&function.output).filter(|name| !is_parameter(name)),
            foreign: foreign.collect(),
        });
    }
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

fn library() -> impl Iterator<Item = &'static Source> {
    let packages = [Package::core(), Package::host()].into_iter();
    packages.flat_map(Package::sources).filter(|source| is_of_the_library(source))
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
