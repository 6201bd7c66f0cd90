//! Decodes any supported encoding to UTF-8, through a buffer of fixed size.
//!
//! In go bytes of a file or stream; out comes text, line by line. Memory is constant, buffers are never reallocated and are
//! wiped on drop.

use super::error::InputError;
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};
use std::io::{self, Read};
use zeroize::Zeroizing;

/// The longest row that is read, in bytes: many times what a label holds.
pub(super) const RECORD_MAX: usize = 1 << 16;
const BUFFER: usize = 4 * RECORD_MAX;
/// The block of bytes that is read at once.
pub(super) const RAW: usize = RECORD_MAX;

/// The encoding of a file, and the length of its byte order mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spelling {
    pub(super) encoding: &'static Encoding,
    pub(super) mark: usize,
    /// Whether invalid bytes are replaced by U+FFFD, which rejects their row; otherwise the text is checked UTF-8.
    pub(super) replaces: bool,
}

impl Spelling {
    /// An encoding without a byte order mark.
    pub(super) const fn unmarked(encoding: &'static Encoding) -> Self {
        Self { encoding, mark: 0, replaces: true }
    }

    /// UTF-8 without a byte order mark.
    pub(super) const fn utf8() -> Self {
        Self { encoding: UTF_8, mark: 0, replaces: false }
    }

    /// The encoding that a byte order mark says.
    pub(super) fn marked(start: &[u8]) -> Option<Self> {
        let (encoding, mark) = Encoding::for_bom(start)?;
        Some(Self { encoding, mark, replaces: encoding != UTF_8 })
    }
}

/// Fills `buffer` unless the input ends first, so that a slow pipe gives the same blocks as a file.
pub(super) fn read_some(from: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match from.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// A stream of decoded text. The buffers never grow, and are wiped.
pub(super) struct DecodedText {
    from: Box<dyn Read + Send>,
    /// `None` for checked UTF-8, which is validated row by row again.
    decoder: Option<Decoder>,
    raw: Zeroizing<Vec<u8>>,
    raw_at: usize,
    raw_end: usize,
    buffer: Zeroizing<Vec<u8>>,
    start: usize,
    end: usize,
    ended: bool,
    /// Whether lines end with a carriage return alone, as an old Mac wrote them; decided by the first block.
    returns: Option<bool>,
    /// The number of the next line.
    pub(super) line: u64,
}

impl DecodedText {
    pub(super) fn new(mut from: Box<dyn Read + Send>, spelling: Spelling) -> Result<Self, InputError> {
        let mut mark = [0; 3];
        read_some(&mut from, &mut mark[..spelling.mark])?;
        let decoder = spelling.replaces.then(|| spelling.encoding.new_decoder_without_bom_handling());
        let raw = if decoder.is_some() { RAW } else { 0 };
        Ok(Self {
            from,
            decoder,
            raw: Zeroizing::new(vec![0; raw]),
            raw_at: 0,
            raw_end: 0,
            buffer: Zeroizing::new(vec![0; BUFFER]),
            start: 0,
            end: 0,
            ended: false,
            returns: None,
            line: 1,
        })
    }

    /// The text that has been decoded and not yet taken.
    pub(super) fn here(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// Whether the input ends with [`Self::here`].
    pub(super) const fn ended(&self) -> bool {
        self.ended
    }

    /// Whether invalid bytes appear as U+FFFD instead of as an error.
    pub(super) const fn replaces(&self) -> bool {
        self.decoder.is_some()
    }

    /// Removes bytes from the front, and counts their lines.
    pub(super) fn take(&mut self, count: usize) {
        let taken = &self.buffer[self.start..self.start + count];
        self.line += memchr::memchr_iter(b'\n', taken).count() as u64;
        self.start += count;
    }

    /// Appends more text to [`Self::here`].
    pub(super) fn more(&mut self) -> Result<(), InputError> {
        let before = self.end - self.start;
        self.fill()?;
        let new = &mut self.buffer[before..self.end];
        let returns = *self.returns.get_or_insert_with(|| {
            memchr::memchr(b'\n', new).is_none() && memchr::memchr(b'\r', new).is_some()
        });
        if returns {
            new.iter_mut().filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
        }
        Ok(())
    }

    fn fill(&mut self) -> Result<(), InputError> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        let Some(decoder) = &mut self.decoder else {
            let count = read_some(&mut self.from, &mut self.buffer[self.end..])?;
            self.end += count;
            self.ended = self.end < BUFFER;
            return Ok(());
        };
        loop {
            if self.raw_at == self.raw_end {
                self.raw_at = 0;
                self.raw_end = read_some(&mut self.from, &mut self.raw)?;
            }
            let last = self.raw_end < RAW;
            let (result, read, written, _) = decoder.decode_to_utf8(
                &self.raw[self.raw_at..self.raw_end],
                &mut self.buffer[self.end..],
                last,
            );
            self.raw_at += read;
            self.end += written;
            match result {
                CoderResult::InputEmpty if last => {
                    self.ended = true;
                    return Ok(());
                }
                CoderResult::InputEmpty => {}
                CoderResult::OutputFull => return Ok(()),
            }
        }
    }

    /// Skips to the end of the line, however long it is.
    pub(super) fn skip_line(&mut self) -> Result<(), InputError> {
        loop {
            if let Some(end) = memchr::memchr(b'\n', self.here()) {
                self.take(end + 1);
                return Ok(());
            }
            self.take(self.here().len());
            if self.ended {
                return Ok(());
            }
            self.more()?;
        }
    }

    /// The length of the next line, its line end included; `None` if it is longer than [`RECORD_MAX`].
    pub(super) fn line(&mut self) -> Result<Option<usize>, InputError> {
        loop {
            let here = self.here();
            if let Some(end) = memchr::memchr(b'\n', &here[..here.len().min(RECORD_MAX)]) {
                return Ok(Some(end + 1));
            }
            if here.len() >= RECORD_MAX {
                return Ok(None);
            }
            if self.ended {
                return Ok(Some(here.len()));
            }
            self.more()?;
        }
    }
}
