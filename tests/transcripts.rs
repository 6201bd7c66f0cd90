//! The blocks of the documents that are marked `sh`, and what documents point to.
//!
//! ````text
//! ```sh            runs in CI: those of one document in order, in a folder of its own
//! ```sh no_run     is only shown: it needs a printer, a camera, a build or an hour
//! ```sh hsm        runs in CI, with a token
//! ````
//!
//! They open a root under its passphrase some seventy times, a second each where all is optimised: `optimised.rs` runs those of the
//! READMEs and the guide, and a script of CI the ceremony's.
#![cfg(all(feature = "cli", unix))]

pub mod blocks;

use blocks::script;
use std::fs;
use std::path::Path;

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
