//! Imports run downwards between layers, and without circles between the files of a package.
//!
//! The tests parse the sources of both packages; `docs/ARCHITECTURE.md` draws the layers.

pub mod source;

use source::{Package, Source};
use std::collections::{BTreeMap, BTreeSet};

/// Layers of the core, lowest first. Modules of one layer do not import each other, except for [`ALLOWED`].
const CORE: &[&[&str]] = &[
    &["secret", "error", "bytes"],
    &["record"],
    &["keys", "payload", "summary"],
    &["sealer", "verifier"],
    &["symbol"],
    &["capi"],
];

/// Layers of the host package, lowest first.
const HOST: &[&[&str]] =
    &[&["files", "contained"], &["signed"], &["device", "label", "read"], &["authority", "batch"], &["cli"]];

/// Allowed imports within a layer: a header holds numbers of the key tree.
const ALLOWED: [(&str, &str); 1] = [("payload", "keys")];

#[test]
fn imports_run_downwards() {
    for (package, layers) in [(Package::core(), CORE), (Package::host(), HOST)] {
        let layer = |module: &str| layers.iter().position(|modules| modules.contains(&module));
        let mut wrong = Vec::new();
        let mut seen = 0;
        for (from, to) in package.imports() {
            let (own, used) = (from.top(), to.top());
            let (Some(low), Some(high)) = (layer(used), layer(own)) else {
                assert!(own.is_empty() || used.is_empty(), "{own} or {used} is in no layer");
                continue;
            };
            seen += 1;
            if low >= high && own != used && !ALLOWED.contains(&(own, used)) {
                wrong.push(format!("{} imports {}", from.name(), to.name()));
            }
        }
        assert!(seen > 40, "only {seen} imports found: the test no longer reads the sources");
        assert!(wrong.is_empty(), "imports that run upwards: {wrong:#?}");
    }
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    for package in [Package::core(), Package::host()] {
        let mut imports: BTreeMap<&Source, BTreeSet<&Source>> = BTreeMap::new();
        for (from, to) in package.imports() {
            imports.entry(from).or_default().insert(to);
        }
        assert!(imports.len() > 20, "the test no longer reads the sources");
        // A file that imports none of the remaining files is in no circle.
        loop {
            let left: BTreeSet<&Source> = imports.keys().copied().collect();
            let before = imports.len();
            imports.retain(|_, used| used.iter().any(|used| left.contains(used)));
            if imports.len() == before {
                break;
            }
        }
        // Nor is a file that none of the remaining files imports.
        loop {
            let used: BTreeSet<&Source> = imports.values().flatten().copied().collect();
            let before = imports.len();
            imports.retain(|file, _| used.contains(file));
            if imports.len() == before {
                break;
            }
        }
        let left: BTreeSet<&Source> = imports.keys().copied().collect();
        let circle: Vec<String> = imports
            .iter()
            .flat_map(|(file, used)| used.intersection(&left).map(move |used| (file, used)))
            .map(|(file, used)| format!("{} imports {}", file.name(), used.name()))
            .collect();
        assert!(circle.is_empty(), "files in a circle: {circle:#?}");
    }
}

#[test]
fn front_files_hold_no_definitions() {
    for package in [Package::core(), Package::host()] {
        let fronts: Vec<_> = package.sources().filter(|source| source.is_front()).collect();
        assert!(fronts.len() > 5, "the test no longer reads the sources");
        let wrong: Vec<_> = fronts
            .iter()
            .filter(|source| !source.definitions().is_empty())
            .map(|source| format!("{} defines {}", source.name(), source.definitions().join(", ")))
            .collect();
        assert!(wrong.is_empty(), "front files with definitions: {wrong:#?}");
    }
}

#[test]
fn the_core_names_no_heap_and_no_standard_library() {
    let core = Package::core();
    let mut lines = 0;
    for source in core.sources() {
        for (number, line) in source.code() {
            lines += 1;
            // `ArrayString` has a fixed capacity and lives on the stack.
            let line = &line.replace("ArrayString", "");
            for word in ["std::", "alloc::", "Vec<", "String", "Box<"] {
                assert!(!line.contains(word), "{}:{number}: {line}", source.name());
            }
            assert!(
                !line.contains("unsafe ") || source.top() == "capi",
                "{}:{number}: {line}",
                source.name()
            );
        }
    }
    assert!(lines > 3000, "only {lines} lines read");
}
