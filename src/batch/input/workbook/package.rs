//! The parts of an XLSX: where its sheets, strings and styles are.

use super::archive::Archive;
use super::facts::SheetEntry;
use super::formats;
use super::number::NumberShown;
use super::strings::Strings;
use super::xml::{Xml, XmlTag, XmlToken};
use crate::batch::input::error::InputError;
use std::collections::HashMap;

/// The most sheets, number formats and cell formats; Excel has fewer.
const LIST_MAX: usize = 1 << 17;

/// What the parts say, but for the sheets' cells.
pub(super) struct Package {
    pub(super) archive: Archive,
    pub(super) sheets: Vec<SheetEntry>,
    /// The part of each sheet; empty for a chart, which has no cells.
    pub(super) parts: Vec<String>,
    pub(super) strings: Strings,
    /// How numbers are shown in each cell format.
    pub(super) shown: Vec<NumberShown>,
    pub(super) since_1904: bool,
}

impl Package {
    pub(super) fn read(archive: Archive) -> Result<Self, InputError> {
        let root = relations(&archive, "")?;
        let book = root.into_iter().find(|relation| relation.kind == "officeDocument");
        let book = book.map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.target);
        if book.to_ascii_lowercase().ends_with(".bin") {
            return Err(InputError::BinaryWorkbook);
        }
        let relations = relations(&archive, &book)?;
        let targets: HashMap<&str, &Relation> =
            relations.iter().map(|relation| (&*relation.id, relation)).collect();
        let of_kind = |kind: &str| {
            relations.iter().find(|relation| relation.kind == kind).map(|relation| &*relation.target)
        };
        let (mut sheets, mut parts, mut since_1904) = (Vec::new(), Vec::new(), false);
        let mut xml = Xml::new(archive.part(&book)?);
        while let Some(token) = xml.next()? {
            let XmlToken::Start(tag) = token else { continue };
            match tag.name() {
                b"workbookPr" => since_1904 = tag.attribute("date1904").is_some_and(|value| is_true(&value)),
                b"sheet" => {
                    let id = tag.attribute("id").unwrap_or_default();
                    let part = targets.get(&*id).filter(|relation| relation.kind == "worksheet");
                    let hidden = tag.attribute("state").is_some_and(|state| state != "visible");
                    sheets.push(SheetEntry { name: tag.attribute("name").unwrap_or_default(), hidden });
                    parts.push(part.map(|relation| relation.target.clone()).unwrap_or_default());
                    if sheets.len() > LIST_MAX {
                        return Err(InputError::Large);
                    }
                }
                _ => {}
            }
        }
        let strings =
            of_kind("sharedStrings").map(|part| strings(&archive, part)).transpose()?.unwrap_or_default();
        let shown = of_kind("styles").map(|part| styles(&archive, part)).transpose()?.unwrap_or_default();
        Ok(Self { archive, sheets, parts, strings, shown, since_1904 })
    }
}

/// A part that another part refers to.
struct Relation {
    id: String,
    /// The last word of its type, which transitional and strict files share.
    kind: String,
    target: String,
}

/// The relations of a part; those of the package for an empty name.
fn relations(archive: &Archive, part: &str) -> Result<Vec<Relation>, InputError> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let before = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let list = format!("{before}_rels/{name}.rels");
    if !archive.has(&list) {
        return Ok(Vec::new());
    }
    let mut relations = Vec::new();
    let mut xml = Xml::new(archive.part(&list)?);
    while let Some(token) = xml.next()? {
        let XmlToken::Start(tag) = token else { continue };
        if tag.name() != b"Relationship" {
            continue;
        }
        let kind = tag.attribute("Type").unwrap_or_default();
        relations.push(Relation {
            id: tag.attribute("Id").unwrap_or_default(),
            kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
            target: path(&before, &tag.attribute("Target").unwrap_or_default()),
        });
        if relations.len() > LIST_MAX {
            return Err(InputError::Large);
        }
    }
    Ok(relations)
}

/// The name of a part that is referred to from a folder.
fn path(folder: &str, target: &str) -> String {
    let whole = match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{folder}{target}"),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn strings(archive: &Archive, part: &str) -> Result<Strings, InputError> {
    let mut strings = Strings::default();
    let mut xml = Xml::new(archive.part(part)?);
    let mut text = zeroize::Zeroizing::new(String::new());
    let mut within = false;
    while let Some(token) = xml.next()? {
        match token {
            XmlToken::Start(tag) => match tag.name() {
                b"si" => text.clear(),
                b"t" => within = true,
                // How a text is read aloud, in Japanese.
                b"rPh" => xml.skip()?,
                _ => {}
            },
            XmlToken::End(b"t") => within = false,
            XmlToken::End(b"si") => strings.push(&unescaped(&text))?,
            XmlToken::Text(piece) if within => push(&mut text, piece)?,
            XmlToken::End(_) | XmlToken::Text(_) => {}
        }
    }
    Ok(strings)
}

/// Appends text to a cell's, which is bounded.
pub(super) fn push(text: &mut String, piece: &str) -> Result<(), InputError> {
    if text.len() + piece.len() > 1 << 20 {
        return Err(InputError::Large);
    }
    text.push_str(piece);
    Ok(())
}

/// Text with the escapes of characters that XML cannot hold, such as `_x000D_`, resolved.
pub(super) fn unescaped(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains("_x") {
        return text.into();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest[at..].get(6..7) == Some("_"));
        let character = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        let end = if character.is_some() { at + 7 } else { at + 2 };
        plain.push_str(if character.is_some() { &rest[..at] } else { &rest[..end] });
        plain.extend(character);
        rest = &rest[end..];
    }
    plain.push_str(rest);
    plain.into()
}

fn styles(archive: &Archive, part: &str) -> Result<Vec<NumberShown>, InputError> {
    let (mut customs, mut shown) = (HashMap::new(), Vec::new());
    let mut within = false;
    let mut xml = Xml::new(archive.part(part)?);
    while let Some(token) = xml.next()? {
        match token {
            XmlToken::Start(tag) => match tag.name() {
                b"numFmt" => {
                    let code = tag.attribute("formatCode").unwrap_or_default();
                    customs.insert(id(tag), formats::custom(&code));
                }
                b"cellXfs" => within = true,
                b"xf" if within => {
                    let id = id(tag);
                    shown.push(customs.get(&id).copied().unwrap_or_else(|| formats::built_in(id)));
                }
                _ => {}
            },
            XmlToken::End(b"cellXfs") => within = false,
            XmlToken::End(_) | XmlToken::Text(_) => {}
        }
        if customs.len().max(shown.len()) > LIST_MAX {
            return Err(InputError::Large);
        }
    }
    Ok(shown)
}

fn id(tag: XmlTag<'_>) -> u16 {
    tag.attribute("numFmtId").and_then(|id| id.parse().ok()).unwrap_or_default()
}

/// A boolean attribute.
pub(super) fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true" | "on")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_resolved_once() {
        for (text, plain) in [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_x00", "_x00"),
            ("_xZZZZ_", "_xZZZZ_"),
            ("名_x0041_", "名A"),
        ] {
            assert_eq!(unescaped(text), plain);
        }
    }

    #[test]
    fn targets_are_relative_to_their_part_or_to_the_package() {
        assert_eq!(path("xl/", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(path("xl/", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(path("xl/", "../xl/./a.xml"), "xl/a.xml");
    }
}
