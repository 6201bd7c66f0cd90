//! Tests, and files of `tests/` and `benches/`, that the documents name exist.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The documents, and the scripts and sources that name files, with their text.
fn texts() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut folders = vec![root().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() {
                let hidden = name.starts_with('.') && name != ".ci";
                if !hidden && !["target", "node_modules", "corpus"].contains(&name) {
                    folders.push(path);
                }
            } else if [".md", ".sh", ".rs", ".py", ".toml"].iter().any(|ending| name.ends_with(ending)) {
                let text =
                    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                files.push((path.strip_prefix(root()).unwrap().to_owned(), text));
            }
        }
    }
    files
}

/// Text between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| line.split('`').skip(1).step_by(2))
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}

#[test]
fn each_test_that_a_document_names_is_there() {
    let mut missing = Vec::new();
    let mut named = 0;
    for (document, text) in texts().iter().filter(|(path, _)| path.extension().is_some_and(|end| end == "md"))
    {
        for name in quoted(text) {
            // Tests have sentences as names; other functions have shorter names.
            let Some((module, test)) = name.rsplit_once("::") else { continue };
            if !module.split("::").all(is_word) || !is_word(test) || test.matches('_').count() < 3 {
                continue;
            }
            named += 1;
            // Of `tests`, or a unit test.
            let path = module.replace("::", "/");
            let files = [
                format!("tests/{path}.rs"),
                format!("src/{path}.rs"),
                format!("src/{}.rs", path.trim_end_matches("/tests")),
            ];
            let is_in = |file: &String| {
                fs::read_to_string(root().join(file)).is_ok_and(|source| has_test(&source, test))
            };
            if !files.iter().any(is_in) {
                missing.push(format!("{}: {name}", document.display()));
            }
        }
    }
    assert!(named >= 20, "only {named} names found: the test no longer reads the documents");
    assert!(missing.is_empty(), "tests that documents name and nobody wrote: {missing:#?}");
}

/// Whether a function of that name has the attribute `#[test]`.
fn has_test(source: &str, name: &str) -> bool {
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let head = format!("fn {name}(");
    lines.iter().enumerate().filter(|(_, line)| line.starts_with(&head)).any(|(at, _)| {
        let above = lines[..at].iter().rev();
        above
            .take_while(|line| line.starts_with("#[") || line.starts_with("//"))
            .any(|line| *line == "#[test]")
    })
}

#[test]
fn each_test_target_that_is_named_is_there() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let mut named = 0;
    for (document, text) in texts().iter().filter(|(path, _)| path != Path::new("tests/docs.rs")) {
        for line in text.lines().filter(|line| line.contains("cargo test")) {
            for name in line.split("--test ").skip(1) {
                let name = name.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
                assert!(
                    manifest.contains(&format!("[[test]]\nname = \"{name}\"\n")),
                    "{}: --test {name}",
                    document.display()
                );
                named += 1;
            }
        }
    }
    assert!(named >= 4, "only {named} targets found: the test no longer reads the documents");
}

#[test]
fn each_file_that_is_named_is_there() {
    let mut missing = BTreeSet::new();
    let mut named = 0;
    for (document, text) in texts() {
        // The changelog may name files that no longer exist.
        if document == Path::new("CHANGELOG.md") {
            continue;
        }
        for folder in ["tests/", "benches/", ".ci/", "samples/", "docs/"] {
            for (at, _) in text.match_indices(folder) {
                let before = text[..at].chars().next_back();
                if before.is_some_and(|before| before.is_alphanumeric() || "/_-.}$\"".contains(before)) {
                    continue;
                }
                let part = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
                let path =
                    text[at..].split(|c: char| !part(c)).next().unwrap().trim_end_matches(['.', '/', '-']);
                let next = text[at + path.len()..].chars().next();
                // Patterns, paths composed at run time, and files that a run of the fuzzer creates.
                let made = path.starts_with("tests/fuzz/found");
                if made || next.is_some_and(|next| "*{$<".contains(next)) || path.contains("...") {
                    continue;
                }
                named += 1;
                if !root().join(path).exists() {
                    missing.insert(format!("{}: {path}", document.display()));
                }
            }
        }
    }
    assert!(named >= 60, "only {named} paths found: the test no longer reads the documents");
    assert!(missing.is_empty(), "files that are named and not there: {missing:#?}");
}
