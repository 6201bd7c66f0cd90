//! Runs the blocks of the documents that are marked `sh`: those of one document in order, in a folder of its own.
//!
//! ````text
//! ```sh            runs here
//! ```sh no_run     is only shown: it needs a printer, a camera, a build or an hour
//! ```sh hsm        runs in CI, with a token
//! ````
#![cfg(all(feature = "cli", unix))]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// The script of a document: its blocks marked `sh`, concatenated.
fn script(document: &str) -> String {
    let mut script = String::new();
    let mut runs = None;
    for line in document.lines() {
        match (line.strip_prefix("```"), runs) {
            (Some(language), None) => runs = Some(language == "sh"),
            (Some(_), Some(_)) => runs = None,
            (None, Some(true)) => script = script + line + "\n",
            (None, _) => {}
        }
    }
    assert_eq!(runs, None, "a block is not closed");
    script
}

/// Runs a document's script and asserts that each command of it succeeds.
fn run(document: &str, least: usize) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let script = script(&fs::read_to_string(root.join(document)).unwrap());
    let calls = script.lines().filter(|line| line.contains("wayseal ")).count();
    assert!(calls >= least, "{document}: only {calls} commands found");
    assert!(!script.contains("://"), "{document}: a block that runs names an address of a network");

    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(root.join("samples"), folder.path().join("samples")).unwrap();
    let command = Path::new(env!("CARGO_BIN_EXE_wayseal")).parent().unwrap();
    let path = format!("{}:{}", command.display(), std::env::var("PATH").unwrap_or_default());
    let out = Command::new("bash")
        .args(["-euo", "pipefail", "-x", "-c", &format!("umask 077\n{script}")])
        .current_dir(folder.path())
        .env_clear()
        .env("PATH", path)
        .env("HOME", folder.path())
        .env("LC_ALL", "C.UTF-8")
        .env("WAYSEAL_PASSPHRASE", "a passphrase")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(
        out.status.success(),
        "{document}: {}\n{}\n{}",
        out.status,
        String::from_utf8_lossy(&out.stdout),
        String::from_utf8_lossy(&out.stderr)
    );
}

#[test]
fn the_commands_of_the_readme_run() {
    run("README.md", 5);
}

#[test]
fn the_commands_of_the_chinese_readme_run() {
    run("docs/README.zh.md", 5);
}

#[test]
fn the_commands_of_the_guide_run() {
    run("docs/guide.md", 30);
}

#[test]
fn the_commands_of_the_ceremony_run() {
    run("docs/ceremony.md", 30);
}

/// The `text` block of each README is what the demonstration prints.
#[test]
fn the_demonstration_prints_what_the_readmes_show() {
    for (document, language) in [("README.md", "en"), ("docs/README.zh.md", "zh")] {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(document)).unwrap();
        let shown = text.split_once("```text\n").unwrap().1.split_once("```").unwrap().0;
        let folder = tempfile::tempdir().unwrap();
        let out = Command::new(env!("CARGO_BIN_EXE_wayseal"))
            .args(["demo", "--day", "2026-11-24", "--lang", language])
            .current_dir(folder.path())
            .env_clear()
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let printed = String::from_utf8(out.stdout).unwrap();
        assert!(out.status.success() && shown.lines().count() >= 5);
        assert!(printed.contains(shown), "{document} shows\n{shown}\nand the command prints\n{printed}");
    }
}

/// Whether a source file defines an item, such as `Type::function`.
fn defines(source: &str, item: &str) -> bool {
    let name = item.rsplit("::").next().unwrap();
    ["fn", "struct", "enum", "trait", "const", "static", "type", "mod"].iter().any(|kind| {
        let head = format!("{kind} {name}");
        source.match_indices(&head).any(|(at, _)| {
            let next = source[at + head.len()..].chars().next();
            next.is_none_or(|next| !next.is_alphanumeric() && next != '_')
        })
    })
}

#[test]
fn each_source_file_and_item_that_a_document_points_to_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let documents = fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let (mut files, mut items, mut missing) = (0, 0, Vec::new());
    for document in documents.chain([root.join("README.md")]) {
        if document.extension().is_none_or(|ending| ending != "md") {
            continue;
        }
        let text = fs::read_to_string(&document).unwrap();
        for line in text.lines() {
            let parts: Vec<&str> = line.split('`').collect();
            for at in (1..parts.len()).step_by(2) {
                let path = parts[at];
                if !path.starts_with("src/") || path.contains(['*', ' ', '…']) {
                    continue;
                }
                files += 1;
                if !root.join(path).exists() {
                    missing.push(format!("{}: {path}", document.display()));
                    continue;
                }
                // English names an item before its file, Chinese after it.
                let item = match (parts.get(at.wrapping_sub(1)), parts.get(at + 1)) {
                    (Some(&" in "), _) => parts[at - 2],
                    (_, Some(&" 的 ")) => parts[at + 2],
                    _ => continue,
                };
                items += 1;
                if !fs::read_to_string(root.join(path)).is_ok_and(|source| defines(&source, item)) {
                    missing.push(format!("{}: {item} in {path}", document.display()));
                }
            }
        }
    }
    assert!(files >= 40 && items >= 12, "only {files} files and {items} items found");
    assert!(missing.is_empty(), "what documents point to and is not there: {missing:#?}");
}

/// A document's text without its code blocks, whose brackets are not links.
fn prose(text: &str) -> String {
    let parts = text.split("\n```").enumerate().filter(|(at, _)| at % 2 == 0);
    parts.map(|(_, part)| part).collect::<Vec<_>>().join("\n")
}

/// The anchor that GitHub generates for a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || "-_ ".contains(*c));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect::<String>().to_lowercase()
}

#[test]
fn each_link_of_a_document_leads_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let documents = fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let (mut links, mut wrong) = (0, Vec::new());
    for document in documents.chain([root.join("README.md"), root.join("SECURITY.md")]) {
        if document.extension().is_none_or(|ending| ending != "md") {
            continue;
        }
        let text = prose(&fs::read_to_string(&document).unwrap());
        for (start, end) in [("](", ')'), ("src=\"", '"')] {
            for part in text.split(start).skip(1) {
                let link = part.split(end).next().unwrap();
                if link.contains("://") || link.contains(' ') {
                    continue;
                }
                links += 1;
                let (file, heading) = link.split_once('#').unwrap_or((link, ""));
                let target =
                    if file.is_empty() { document.clone() } else { document.parent().unwrap().join(file) };
                let is_there = target.exists()
                    && (heading.is_empty()
                        || fs::read_to_string(&target).unwrap().lines().any(|line| {
                            line.starts_with('#') && anchor(line.trim_start_matches('#')) == heading
                        }));
                if !is_there {
                    wrong.push(format!("{}: {link}", document.display()));
                }
            }
        }
    }
    assert!(links >= 80, "only {links} links found");
    assert!(wrong.is_empty(), "links that lead nowhere: {wrong:#?}");
}

#[test]
fn a_block_that_is_not_marked_is_not_run() {
    let document =
        "```sh\na\n```\n```sh no_run\nb\n```\n```sh hsm\nc\n```\n    d\n```text\ne\n```\n```sh\nf\n```\n";
    assert_eq!(script(document), "a\nf\n");
}
