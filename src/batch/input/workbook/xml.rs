//! The elements of a part of a workbook.

use super::archive::PartReader;
use crate::batch::input::error::InputError;
use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::Event;
use std::io::{self, BufRead, BufReader, Read};
use zeroize::Zeroizing;

/// The deepest nesting of elements; workbooks have about ten.
const DEPTH_MAX: usize = 64;

/// The most bytes of one tag, text or comment: many times what a cell may hold.
const EVENT_MAX: usize = 1 << 20;

/// One tag, or a piece of text.
pub(super) enum XmlToken<'a> {
    /// An element begins. An empty element ends next.
    Start(XmlTag<'a>),
    /// The element of this local name ends.
    End(&'a [u8]),
    /// Text, entities resolved.
    Text(&'a str),
}

/// The tag with which an element begins.
#[derive(Clone, Copy)]
pub(super) struct XmlTag<'a> {
    name: &'a [u8],
    attributes: &'a [u8],
}

impl<'a> XmlTag<'a> {
    fn new(tag: &'a [u8]) -> Self {
        let end = tag.iter().position(u8::is_ascii_whitespace).unwrap_or(tag.len());
        Self { name: local(&tag[..end]), attributes: &tag[end..] }
    }

    /// The name without its namespace.
    pub(super) const fn name(self) -> &'a [u8] {
        self.name
    }

    /// The local name and the raw value of each attribute.
    pub(super) fn attributes(self) -> impl Iterator<Item = (&'a [u8], &'a [u8])> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            let equals = memchr::memchr(b'=', rest)?;
            let name = local(rest[..equals].trim_ascii());
            let after = rest[equals + 1..].trim_ascii_start();
            let quote = *after.first().filter(|quote| matches!(quote, b'"' | b'\''))?;
            let end = memchr::memchr(quote, &after[1..])? + 1;
            rest = &after[end + 1..];
            Some((name, &after[1..end]))
        })
    }

    /// The value of an attribute, entities resolved.
    pub(super) fn attribute(self, name: &str) -> Option<String> {
        let (_, raw) = self.attributes().find(|(known, _)| *known == name.as_bytes())?;
        unescape(std::str::from_utf8(raw).ok()?).ok().map(|text| text.into_owned())
    }
}

/// Reads the elements of a part, one after the other.
pub(super) struct Xml {
    reader: Reader<EventReader>,
    buffer: Zeroizing<Vec<u8>>,
    /// The last tag without its angle brackets.
    tag: Vec<u8>,
    text: Zeroizing<String>,
    depth: usize,
}

impl Xml {
    pub(super) fn new(part: PartReader) -> Self {
        let mut reader =
            Reader::from_reader(EventReader { part: BufReader::with_capacity(1 << 16, part), taken: 0 });
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        let buffer = Zeroizing::new(Vec::new());
        Self { reader, buffer, tag: Vec::new(), text: Zeroizing::new(String::new()), depth: 0 }
    }

    /// The next token; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<XmlToken<'_>>, InputError> {
        loop {
            self.buffer.clear();
            self.reader.get_mut().taken = 0;
            match self.reader.read_event_into(&mut self.buffer).map_err(|error| damage(&error))? {
                Event::Start(tag) => {
                    self.depth += 1;
                    if self.depth > DEPTH_MAX {
                        return Err(InputError::Workbook);
                    }
                    self.tag.clear();
                    self.tag.extend_from_slice(&tag);
                    return Ok(Some(XmlToken::Start(XmlTag::new(&self.tag))));
                }
                Event::End(tag) => {
                    self.depth = self.depth.saturating_sub(1);
                    self.tag.clear();
                    self.tag.extend_from_slice(tag.name().into_inner());
                    return Ok(Some(XmlToken::End(local(&self.tag))));
                }
                Event::Text(text) => {
                    self.text.clear();
                    self.text.push_str(&text.xml10_content().map_err(|_| InputError::Workbook)?);
                    return Ok(Some(XmlToken::Text(&self.text)));
                }
                Event::CData(text) => {
                    self.text.clear();
                    self.text.push_str(&text.xml10_content().map_err(|_| InputError::Workbook)?);
                    return Ok(Some(XmlToken::Text(&self.text)));
                }
                Event::GeneralRef(entity) => {
                    self.text.clear();
                    if let Some(character) = entity.resolve_char_ref().map_err(|_| InputError::Workbook)? {
                        self.text.push(character);
                    } else {
                        let name = entity.decode().map_err(|_| InputError::Workbook)?;
                        self.text.push_str(resolve_predefined_entity(&name).ok_or(InputError::Workbook)?);
                    }
                    return Ok(Some(XmlToken::Text(&self.text)));
                }
                Event::DocType(_) => return Err(InputError::Workbook),
                Event::Eof => return Ok(None),
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::Empty(_) => {}
            }
        }
    }

    /// Skips to the end of the element that began last.
    pub(super) fn skip(&mut self) -> Result<(), InputError> {
        let outside = self.depth - 1;
        while self.depth > outside {
            if self.next()?.is_none() {
                return Err(InputError::Workbook);
            }
        }
        Ok(())
    }
}

/// A part, of which one event may take a bounded number of bytes: the reader collects an event whole, and a comment or a
/// quoted value may hold any number of angle brackets.
struct EventReader {
    part: BufReader<PartReader>,
    taken: usize,
}

impl Read for EventReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for EventReader {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken > EVENT_MAX {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.part.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.taken += count;
        self.part.consume(count);
    }
}

fn local(name: &[u8]) -> &[u8] {
    memchr::memrchr(b':', name).map_or(name, |at| &name[at + 1..])
}

/// What an error of reading a part means.
pub(super) fn damage(error: &quick_xml::Error) -> InputError {
    match error {
        quick_xml::Error::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => InputError::Large,
        _ => InputError::Workbook,
    }
}
