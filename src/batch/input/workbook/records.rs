//! The records of an XLS stream (MS-XLS), and their strings.

use super::compound::{u16_at, u32_at};
use zeroize::Zeroizing;

/// The record that continues the one before.
const CONTINUE: u16 = 0x003c;

/// A record, with those that continue it.
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) data: &'a [u8],
    more: Vec<&'a [u8]>,
}

/// The records of a stream from a place on.
pub(super) struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    pub(super) const fn new(stream: &'a [u8], at: usize) -> Self {
        Self { stream, at }
    }

    fn peek(&self) -> Option<(u16, &'a [u8])> {
        let kind = u16_at(self.stream, self.at)?;
        let length = usize::from(u16_at(self.stream, self.at + 2)?);
        Some((kind, self.stream.get(self.at + 4..self.at + 4 + length)?))
    }

    fn take(&mut self) -> Option<(u16, &'a [u8])> {
        let (kind, data) = self.peek()?;
        self.at += 4 + data.len();
        Some((kind, data))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (kind, data) = self.take()?;
        let mut more = Vec::new();
        while let Some((CONTINUE, data)) = self.peek() {
            more.push(data);
            self.take();
        }
        Some(Record { kind, data, more })
    }
}

impl<'a> Record<'a> {
    /// Reads the record and what continues it from a place on.
    pub(super) fn text(&self, at: usize) -> RecordTexts<'a, '_> {
        RecordTexts { rest: self.data.get(at..).unwrap_or_default(), more: self.more.iter() }
    }
}

/// Strings that may be cut between records, where the width of their characters is said anew.
pub(super) struct RecordTexts<'a, 'r> {
    rest: &'a [u8],
    more: std::slice::Iter<'r, &'a [u8]>,
}

impl RecordTexts<'_, '_> {
    fn byte(&mut self) -> Option<u8> {
        while self.rest.is_empty() {
            self.rest = self.more.next()?;
        }
        let (&first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(first)
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    /// A string with a length of two bytes, its fonts and phonetics skipped.
    pub(super) fn long(&mut self) -> Option<Zeroizing<String>> {
        let length = self.u16()?;
        self.characters(length)
    }

    /// A string with a length of one byte.
    pub(super) fn short(&mut self) -> Option<Zeroizing<String>> {
        let length = self.byte()?;
        self.characters(length.into())
    }

    fn characters(&mut self, length: u16) -> Option<Zeroizing<String>> {
        let flags = self.byte()?;
        let mut wide = flags & 1 != 0;
        let fonts = if flags & 8 != 0 { usize::from(self.u16()?) * 4 } else { 0 };
        let phonetics = if flags & 4 != 0 {
            u32_at(&[self.byte()?, self.byte()?, self.byte()?, self.byte()?], 0)? as usize
        } else {
            0
        };
        let mut units = Zeroizing::new(Vec::with_capacity(length.into()));
        while units.len() < length.into() {
            if self.rest.is_empty() {
                self.rest = self.more.next()?;
                wide = self.byte()? & 1 != 0;
                continue;
            }
            units.push(if wide { self.u16()? } else { self.byte()?.into() });
        }
        for _ in 0..fonts.checked_add(phonetics)? {
            self.byte()?;
        }
        Some(Zeroizing::new(String::from_utf16_lossy(&units)))
    }
}
