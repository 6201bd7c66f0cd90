//! Imports run one way: a module may use the layers below its own and nothing above.

use std::fs;
use std::path::{Path, PathBuf};

/// Layers from the ground up; modules of one layer do not import each other, but for the pairs in
/// [`ALLOWED`].
const LAYERS: [&[&str]; 8] = [
    &["secret", "error", "bytes", "files"],
    &["record"],
    &["keys", "payload", "summary"],
    &["sealer", "verifier"],
    &["symbol"],
    &["label", "capi"],
    &["authority", "batch", "scanner"],
    &["cli"],
];

/// Imports within a layer: a header is made of the tree's numbers; a batch opens labels with a scanner's
/// eyes to verify them.
const ALLOWED: [(&str, &str); 4] =
    [("payload", "keys"), ("batch", "authority"), ("scanner", "authority"), ("batch", "scanner")];

/// The core: no standard library, no heap.
const CORE: [&str; 9] =
    ["secret", "error", "bytes", "record", "keys", "payload", "summary", "sealer", "verifier"];

#[test]
fn imports_run_downwards() {
    let mut seen = 0;
    let mut wrong = Vec::new();
    for (file, module, text) in sources() {
        let Some(own) = layer(&module) else { continue };
        for used in uses(&text) {
            let Some(other) = layer(&used) else { continue };
            seen += 1;
            let down = other < own || used == module;
            if !down && !ALLOWED.contains(&(module.as_str(), used.as_str())) {
                wrong.push(format!("{} imports {used}", file.display()));
            }
        }
    }
    assert!(seen > 20, "only {seen} imports found: the test no longer reads the sources");
    assert!(wrong.is_empty(), "imports that run upwards: {wrong:#?}");
}

#[test]
fn every_module_has_a_layer() {
    let lib = fs::read_to_string(root().join("lib.rs")).unwrap();
    let declared = lib.lines().filter_map(|line| line.trim().strip_prefix("pub mod ")?.strip_suffix(';'));
    for module in declared {
        assert!(layer(module).is_some(), "{module} is in no layer");
    }
}

#[test]
fn the_core_names_no_heap_and_no_standard_library() {
    for (file, module, text) in sources() {
        if !CORE.contains(&module.as_str()) {
            continue;
        }
        let code = text.split("#[cfg(test)]").next().unwrap();
        for (number, line) in code.lines().enumerate() {
            let line = line.split("//").next().unwrap();
            for word in ["std::", "alloc::", "Vec<", "String", "Box<", "unsafe "] {
                assert!(!line.contains(word), "{}:{}: {line}", file.display(), number + 1);
            }
        }
    }
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|modules| modules.contains(&module))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every source file with the module it belongs to; `tests.rs` is compiled for tests alone.
fn sources() -> Vec<(PathBuf, String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("tests.rs") {
                files.push(path);
            }
        }
    }
    files
        .into_iter()
        .map(|path| {
            let first = path.strip_prefix(root()).unwrap().components().next().unwrap();
            let module = first.as_os_str().to_str().unwrap().trim_end_matches(".rs").to_owned();
            let text = fs::read_to_string(&path).unwrap();
            (path, module, text)
        })
        .collect()
}

/// Modules of the crate that a text names: `crate::x`, `wayseal::x`, also within braces.
fn uses(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in text.lines().map(|line| line.split("//").next().unwrap()) {
        for start in ["crate::", "wayseal::"] {
            for (at, _) in line.match_indices(start) {
                let rest = &line[at + start.len()..];
                let names: Vec<&str> = match rest.strip_prefix('{') {
                    Some(group) => group.split([',', '}']).collect(),
                    None => vec![rest],
                };
                for name in names {
                    let name: String =
                        name.trim().chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
                    if !name.is_empty() {
                        found.push(name);
                    }
                }
            }
        }
    }
    found
}
