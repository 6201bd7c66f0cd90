//! Text: UTF-8 as it is, or tokens of a canonical Huffman code.

#[cfg(feature = "host")]
mod trie;

use super::{Malformed, sink::Sink, tables};
use crate::{
    bytes::{BitReader, Full},
    error::{Field, SealError},
};

/// How the texts of a section are written: three bits of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Codec {
    /// UTF-8 bytes.
    Plain = 0,
    /// Chinese tokens; a name with the table of names.
    Chinese = 1,
    /// Chinese tokens, for a name as well.
    ChineseOnly = 2,
    /// Tokens of Latin script.
    Latin = 3,
    /// Tokens of the other scripts.
    Script = 4,
}

impl Codec {
    /// Bits of a codec's number.
    pub(super) const BITS: u32 = 3;

    /// Reads the number of a codec.
    pub(super) fn take(bits: &mut BitReader<'_>) -> Result<Self, Malformed> {
        Ok(match bits.take(Self::BITS)? {
            0 => Self::Plain,
            1 => Self::Chinese,
            2 => Self::ChineseOnly,
            3 => Self::Latin,
            4 => Self::Script,
            _ => return Err(Malformed),
        })
    }

    fn table(self, name: bool) -> Option<&'static Table> {
        self.tokens(name).map(|tokens| tokens.table)
    }

    #[cfg_attr(not(feature = "host"), inline(never))]
    fn tokens(self, name: bool) -> Option<Tokens> {
        macro_rules! tokens {
            ($table:ident, $trie:ident) => {
                Tokens {
                    table: &tables::$table,
                    #[cfg(feature = "host")]
                    trie: &trie::$trie,
                }
            };
        }
        Some(match self {
            Self::Plain => return None,
            Self::Chinese if name => tokens!(NAMES, NAMES_TRIE),
            Self::Chinese | Self::ChineseOnly => tokens!(CHINESE, CHINESE_TRIE),
            Self::Latin => tokens!(LATIN, LATIN_TRIE),
            Self::Script => tokens!(SCRIPT, SCRIPT_TRIE),
        })
    }
}

/// A table as the encoder uses it.
#[derive(Clone, Copy)]
struct Tokens {
    table: &'static Table,
    #[cfg(feature = "host")]
    trie: &'static trie::Trie,
}

impl Tokens {
    /// The code at `place` and its length.
    fn code(self, place: u16) -> (u32, u32) {
        #[cfg(feature = "host")]
        return self.trie.code(place);
        #[cfg(not(feature = "host"))]
        self.table.code(place)
    }

    /// The tokens that begin at byte `at` of `text`, the shortest first: bytes, place and bits of the code.
    fn prefixes(self, text: &str, at: usize, each: impl FnMut(usize, u16, u16)) {
        #[cfg(feature = "host")]
        return self.trie.prefixes(&text[at..], each);
        #[cfg(not(feature = "host"))]
        self.table.prefixes(text.as_bytes().get(at..).unwrap_or_default(), each)
    }

    fn put(self, place: u16, sink: &mut Sink<'_>) {
        let (code, length) = self.code(place);
        sink.put(code, length);
    }
}

/// A canonical Huffman code (shorter codes first, then by the bytes of the token) of strings and three
/// commands.
pub(crate) struct Table {
    /// Codes of each length; the first entry is of length 0 and is 0.
    pub(crate) counts: [u16; 17],
    /// Where each token begins in `text`, in the order of the codes, and the end of the last.
    pub(crate) offsets: &'static [u16],
    /// The tokens, one after another; commands are empty.
    pub(crate) text: &'static str,
    /// Open addressing by [`hash`]: a token's place in the order plus one, or zero.
    pub(crate) slots: &'static [u16],
    /// Bytes of the longest token.
    pub(crate) longest: usize,
    /// The place of the command that ends a field.
    pub(crate) end: u16,
    /// The place of the command that a whole code point follows.
    pub(crate) escape: u16,
    /// The place of the command that seven bits of a code point follow, its block being the last one.
    pub(crate) window: u16,
    /// The block of 128 code points at the start of a section.
    pub(crate) block: u32,
}

/// The start and the step of the hash of a token's bytes: FNV-1a, 32 bits.
const HASH_START: u32 = 0x811c_9dc5;
const HASH_STEP: u32 = 0x0100_0193;

/// Bytes the encoder weighs splits of at a time: bounds its stack.
const CHUNK: usize = 120;

impl Table {
    /// The bytes of a token, which is whole characters.
    fn token(&self, place: u16) -> &'static [u8] {
        let place = usize::from(place);
        let Some(&[from, to]) = self.offsets.get(place..).and_then(<[u16]>::first_chunk) else { return &[] };
        self.text.as_bytes().get(usize::from(from)..usize::from(to)).unwrap_or_default()
    }

    /// The code at `place` and its length.
    #[cfg_attr(not(feature = "host"), inline(never))]
    fn code(&self, place: u16) -> (u32, u32) {
        let (mut code, mut first) = (0, 0);
        for (length, &count) in self.counts.iter().enumerate() {
            code <<= 1;
            if place < first + count {
                return (code + u32::from(place - first), length as u32);
            }
            code += u32::from(count);
            first += count;
        }
        (0, 0)
    }

    fn take(&self, bits: &mut BitReader<'_>) -> Result<u16, Malformed> {
        let (mut code, mut first_code, mut first) = (0, 0, 0);
        for &count in &self.counts[1..] {
            code = code << 1 | bits.take(1)?;
            first_code <<= 1;
            if code < first_code + u32::from(count) {
                return Ok(first + (code - first_code) as u16);
            }
            first_code += u32::from(count);
            first += count;
        }
        Err(Malformed)
    }

    /// The tokens that `text` begins with, the shortest first: bytes, place and bits of the code.
    #[cfg_attr(feature = "host", allow(dead_code))]
    fn prefixes(&self, text: &[u8], mut each: impl FnMut(usize, u16, u16)) {
        let mut hash = HASH_START;
        for (index, &byte) in text.iter().take(self.longest).enumerate() {
            hash = (hash ^ u32::from(byte)).wrapping_mul(HASH_STEP);
            // Tokens are whole characters, so that none ends before a byte that continues one.
            let whole = text.get(index + 1).is_none_or(|next| next & 0xc0 != 0x80);
            if whole && let Some(place) = self.find(&text[..=index], hash) {
                each(index + 1, place, self.code(place).1 as u16);
            }
        }
    }

    /// The token `text`, whose hash is `hash`.
    fn find(&self, text: &[u8], hash: u32) -> Option<u16> {
        let mask = self.slots.len() - 1;
        let mut slot = (hash ^ hash >> 15) as usize & mask;
        loop {
            // The table is never full, so that an empty slot ends the search.
            let place = self.slots[slot].checked_sub(1)?;
            if self.token(place) == text {
                return Some(place);
            }
            slot = (slot + 1) & mask;
        }
    }
}

/// Writes the texts of one section in one codec.
pub(super) struct Writer<'s, 'a> {
    codec: Codec,
    block: u32,
    sink: &'s mut Sink<'a>,
}

impl<'s, 'a> Writer<'s, 'a> {
    /// Writes texts to `sink`; the codec's number is the caller's to write.
    pub(super) fn new(codec: Codec, sink: &'s mut Sink<'a>) -> Self {
        Self { codec, block: codec.table(false).map_or(0, |table| table.block), sink }
    }

    /// Writes `text` and its end. `name` says that it is a person's name.
    pub(super) fn put(&mut self, text: &str, name: bool) {
        let Some(tokens) = self.codec.tokens(name) else {
            self.sink.terminated(text.as_bytes());
            return;
        };
        let mut rest = text;
        while let Some((chunk, after)) = rest.split_at_checked(rest.floor_char_boundary(CHUNK))
            && !chunk.is_empty()
        {
            self.chunk(tokens, chunk);
            rest = after;
        }
        tokens.put(tokens.table.end, self.sink);
    }

    /// Writes the cheapest split of `text`, at most [`CHUNK`] bytes.
    fn chunk(&mut self, tokens: Tokens, text: &str) {
        const ESCAPED: u16 = u16::MAX;
        // The least cost from each byte to the end, and the token that begins there.
        let mut cost = [u16::MAX; CHUNK + 1];
        let mut choice = [ESCAPED; CHUNK];
        cost[text.len()] = 0;
        let window = (tokens.code(tokens.table.window).1 + 7) as u16;
        let escape = tokens.code(tokens.table.escape).1 as u16;
        let mut characters = text.char_indices().rev();
        let mut current = None;
        loop {
            let next = characters.next();
            let Some((at, first)) = core::mem::replace(&mut current, next) else {
                // Before the last character of the text, or behind its first.
                if next.is_none() { break } else { continue }
            };
            let before = next.map_or(self.block, |(_, before)| block(before));
            let known = before == block(first) || block(first) == self.block;
            let single = if known { window } else { escape + 2 + Size::of(first).bits() as u16 };
            let mut least = cost[at + first.len_utf8()].saturating_add(single);
            tokens.prefixes(text, at, |bytes, place, bits| {
                let total = cost[at + bytes].saturating_add(bits);
                if total < least {
                    (least, choice[at]) = (total, place);
                }
            });
            cost[at] = least;
        }
        let mut end = 0;
        for (at, first) in text.char_indices() {
            if at < end {
                // Within the token before.
                continue;
            }
            let place = choice[at];
            if place == ESCAPED {
                self.character(tokens, first);
            } else {
                tokens.put(place, self.sink);
                end = at + tokens.table.token(place).len();
            }
        }
    }

    /// Writes a character that no token begins with here.
    fn character(&mut self, tokens: Tokens, character: char) {
        if block(character) == self.block {
            tokens.put(tokens.table.window, self.sink);
            self.sink.put(character as u32 & 0x7f, 7);
        } else {
            let size = Size::of(character);
            tokens.put(tokens.table.escape, self.sink);
            self.sink.put(size as u32, 2);
            self.sink.put(character as u32 - size.base(), size.bits());
            if size != Size::Ascii {
                self.block = block(character);
            }
        }
    }

    /// The block of code points at hand, which is all that later texts depend on.
    pub(super) const fn block(&self) -> u32 {
        self.block
    }
}

const fn block(character: char) -> u32 {
    character as u32 >> 7
}

/// How a whole code point is written; each has one size.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Size {
    Ascii = 0,
    Han = 1,
    Basic = 2,
    Supplementary = 3,
}

impl Size {
    const fn of(character: char) -> Self {
        match character as u32 {
            0..=0x7f => Self::Ascii,
            0x4e00..=0x9fff => Self::Han,
            0x80..=0xffff => Self::Basic,
            _ => Self::Supplementary,
        }
    }

    const fn bits(self) -> u32 {
        match self {
            Self::Ascii => 7,
            Self::Han => 15,
            Self::Basic => 16,
            Self::Supplementary => 20,
        }
    }

    const fn base(self) -> u32 {
        match self {
            Self::Han => 0x4e00,
            Self::Supplementary => 0x1_0000,
            Self::Ascii | Self::Basic => 0,
        }
    }
}

/// Reads the texts of one section.
pub(super) struct Reader {
    codec: Codec,
    block: u32,
}

impl Reader {
    /// Reads texts in `codec`.
    pub(super) fn new(codec: Codec) -> Self {
        Self { codec, block: codec.table(false).map_or(0, |table| table.block) }
    }

    /// Reads one text, which is not empty, to `out`.
    pub(super) fn take(
        &mut self,
        bits: &mut BitReader<'_>,
        out: &mut Output<'_>,
        name: bool,
    ) -> Result<(), Malformed> {
        let start = out.len();
        let Some(table) = self.codec.table(name) else { return out.push_terminated(bits) };
        loop {
            let place = table.take(bits)?;
            if place == table.end {
                break;
            }
            if place == table.window {
                let point = self.block << 7 | bits.take(7)?;
                out.push_char(point)?;
            } else if place == table.escape {
                let size = match bits.take(2)? {
                    0 => Size::Ascii,
                    1 => Size::Han,
                    2 => Size::Basic,
                    _ => Size::Supplementary,
                };
                let point = bits.take(size.bits())? + size.base();
                let character = out.push_char(point)?;
                // One way to write a character whole, and none for one whose block is at hand.
                if Size::of(character) != size || block(character) == self.block {
                    return Err(Malformed);
                }
                if size != Size::Ascii {
                    self.block = block(character);
                }
            } else {
                out.push(table.token(place))?;
            }
        }
        if out.len() == start { Err(Malformed) } else { Ok(()) }
    }
}

/// Decoded text in the caller's buffer.
pub(super) struct Output<'b> {
    buffer: &'b mut [u8],
    len: usize,
}

impl<'b> Output<'b> {
    pub(super) fn new(buffer: &'b mut [u8]) -> Self {
        Self { buffer, len: 0 }
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn since(&self, start: usize) -> &[u8] {
        self.buffer.get(start..self.len).unwrap_or_default()
    }

    #[cfg_attr(not(feature = "host"), inline(never))]
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<(), Malformed> {
        let end = self.len + bytes.len();
        self.buffer.get_mut(self.len..end).ok_or(Malformed)?.copy_from_slice(bytes);
        self.len = end;
        Ok(())
    }

    /// Reads bytes, one or more, up to a zero.
    pub(super) fn push_terminated(&mut self, bits: &mut BitReader<'_>) -> Result<(), Malformed> {
        let start = self.len;
        loop {
            match bits.take(8)? as u8 {
                0 if self.len == start => return Err(Malformed),
                0 => return Ok(()),
                byte => self.push(&[byte])?,
            }
        }
    }

    fn push_char(&mut self, point: u32) -> Result<char, Malformed> {
        let character = char::from_u32(point).ok_or(Malformed)?;
        self.push(character.encode_utf8(&mut [0; 4]).as_bytes())?;
        Ok(character)
    }

    /// The texts that end at `ends`, one after another, if they are UTF-8 of characters that may be printed.
    #[cfg_attr(not(feature = "host"), inline(never))]
    pub(super) fn finish(self, ends: &[usize], texts: &mut [&'b str]) -> Result<(), Malformed> {
        let bytes = self.buffer.get(..self.len).ok_or(Malformed)?;
        let mut rest = core::str::from_utf8(bytes).map_err(|_| Malformed)?;
        if !printable(rest) {
            return Err(Malformed);
        }
        let mut start = 0;
        for (text, end) in texts.iter_mut().zip(ends) {
            (*text, rest) = rest.split_at_checked(end - start).ok_or(Malformed)?;
            start = *end;
        }
        Ok(())
    }
}

/// Whether each character of `text` may be on a label.
#[cfg_attr(not(feature = "host"), inline(never))]
fn printable(text: &str) -> bool {
    !text.chars().any(forbidden)
}

/// Whether no label may carry `character`: controls (category Cc) and Unicode's noncharacters.
fn forbidden(character: char) -> bool {
    let point = character as u32;
    character.is_control() || matches!(point, 0xfdd0..=0xfdef) || point & 0xfffe == 0xfffe
}

/// `text` if each of its characters may be on a label.
pub(super) fn checked(field: Field, text: &str) -> Result<(), SealError> {
    if printable(text) { Ok(()) } else { Err(SealError::Character(field)) }
}

/// Whether `used` bytes of plaintext fit into `room`.
#[cfg_attr(not(feature = "host"), inline(never))]
pub(super) fn fits(used: usize, room: usize) -> Result<(), SealError> {
    match used.checked_sub(room) {
        None | Some(0) => Ok(()),
        Some(over) => Err(SealError::TooLong(over.min(u16::MAX.into()) as u16)),
    }
}

/// What is left must be zero.
pub(super) fn end(bits: &mut BitReader<'_>) -> Result<(), Malformed> {
    while bits.left() > 0 {
        if bits.take(bits.left().min(32) as u32)? != 0 {
            return Err(Malformed);
        }
    }
    Ok(())
}

impl From<Full> for Malformed {
    fn from(_: Full) -> Self {
        Self
    }
}
