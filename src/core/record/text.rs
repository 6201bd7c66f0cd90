//! Text: UTF-8 as it is, or tokens of a canonical Huffman code.

#[cfg(any(not(feature = "fast"), test))]
mod hash;
#[cfg(feature = "fast")]
mod lookup;
#[cfg(feature = "fast")]
mod trie;

use super::{Malformed, sink::Sink, source::Source, tables};
#[cfg(any(not(feature = "fast"), test))]
use crate::bytes::BitReader;
use crate::{
    bytes::Full,
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
    pub(super) fn take(source: &mut Source<'_, '_>) -> Self {
        match source.take(Self::BITS) {
            0 => Self::Plain,
            1 => Self::Chinese,
            2 => Self::ChineseOnly,
            3 => Self::Latin,
            number => {
                source.require(number == Self::Script as u32);
                Self::Script
            }
        }
    }

    /// Writes a section to `out` in the codec that is shortest for its texts, of equals the first of `order`, and
    /// returns its bits. `head` writes what stands between the codec's number and the texts; of these a name
    /// comes first, and empty ones are not written.
    ///
    /// What is likely the shortest is written at once; others are counted only where they may be shorter.
    #[cfg_attr(not(feature = "fast"), inline(never))]
    pub(super) fn shortest(
        order: &[Self],
        texts: &[&str],
        out: &mut [u8],
        head: &dyn Fn(&mut Sink<'_>),
    ) -> usize {
        let floors = Self::floors(texts, order.len() > 2);
        let floor = |codec: Self| floors[codec as usize];
        #[cfg(feature = "fast")]
        let likely = order.iter().copied().min_by_key(|codec| (*codec == Self::Plain, floor(*codec)));
        #[cfg(not(feature = "fast"))]
        let likely = order.first().copied();
        let likely = likely.unwrap_or(Self::Plain);
        let mut sink = Sink::new(out);
        let (mut least, mut shortest) = (likely.section(texts, &mut sink, head), likely);
        let mut earlier = true;
        for &codec in order {
            if codec == likely {
                earlier = false;
            } else if floor(codec) < least + usize::from(earlier) {
                let bits = if codec == Self::Plain {
                    floor(codec)
                } else {
                    codec.texts(texts, &mut Sink::counter())
                };
                if bits < least + usize::from(earlier) {
                    (least, shortest) = (bits, codec);
                    earlier = false;
                }
            }
        }
        if shortest != likely {
            sink = Sink::new(out);
            shortest.section(texts, &mut sink, head);
        }
        sink.finish()
    }

    /// Writes a section, and returns the bits of its texts.
    #[cfg_attr(not(feature = "fast"), inline(never))]
    fn section(self, texts: &[&str], sink: &mut Sink<'_>, head: &dyn Fn(&mut Sink<'_>)) -> usize {
        sink.put(self as u32, Self::BITS);
        head(sink);
        self.texts(texts, sink)
    }

    /// Writes the texts of a section, and returns their bits.
    fn texts(self, texts: &[&str], sink: &mut Sink<'_>) -> usize {
        let before = sink.bits();
        let mut writer = Writer::new(self, sink);
        for (place, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            writer.put(text, place == 0);
        }
        sink.bits() - before
    }

    /// Bits that texts take at the least in each codec, by its number; a name comes first, and empty texts are
    /// not written. UTF-8 is exact; others are zero unless `all` are asked for, and on a device, which has no
    /// table of them.
    fn floors(texts: &[&str], all: bool) -> [usize; 5] {
        let mut floors = [0; 5];
        for (place, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            floors[Self::Plain as usize] += 8 * (text.len() + 1);
            #[cfg(feature = "fast")]
            if all {
                let [names, chinese, latin, script] = trie::floors(text);
                floors[Self::Chinese as usize] += if place == 0 { names } else { chinese };
                floors[Self::ChineseOnly as usize] += chinese;
                floors[Self::Latin as usize] += latin;
                floors[Self::Script as usize] += script;
            }
            #[cfg(not(feature = "fast"))]
            let _ = (place, all);
        }
        floors
    }

    fn table(self, name: bool) -> Option<&'static Table> {
        self.tokens(name).map(|tokens| tokens.table)
    }

    #[cfg_attr(not(feature = "fast"), inline(never))]
    fn tokens(self, name: bool) -> Option<Tokens> {
        macro_rules! tokens {
            ($table:ident, $trie:ident, $lookup:ident) => {
                Tokens {
                    table: &tables::$table,
                    #[cfg(feature = "fast")]
                    trie: &trie::$trie,
                    #[cfg(feature = "fast")]
                    lookup: &lookup::$lookup,
                }
            };
        }
        Some(match self {
            Self::Plain => return None,
            Self::Chinese if name => tokens!(NAMES, NAMES_TRIE, NAMES_LOOKUP),
            Self::Chinese | Self::ChineseOnly => tokens!(CHINESE, CHINESE_TRIE, CHINESE_LOOKUP),
            Self::Latin => tokens!(LATIN, LATIN_TRIE, LATIN_LOOKUP),
            Self::Script => tokens!(SCRIPT, SCRIPT_TRIE, SCRIPT_LOOKUP),
        })
    }
}

/// A table, and what a host has made of it.
#[derive(Clone, Copy)]
struct Tokens {
    table: &'static Table,
    #[cfg(feature = "fast")]
    trie: &'static trie::Trie,
    #[cfg(feature = "fast")]
    lookup: &'static lookup::Lookup,
}

impl Tokens {
    /// The code at `place` and its length.
    fn code(self, place: u16) -> (u32, u32) {
        #[cfg(feature = "fast")]
        return self.trie.code(place);
        #[cfg(not(feature = "fast"))]
        self.table.code(place)
    }

    /// The cheapest split of `text`, at most [`CHUNK`] bytes, piece by piece. `at_hand` is the block before it.
    fn split(self, text: &str, at_hand: u32, each: impl FnMut(Piece)) {
        #[cfg(feature = "fast")]
        return self.trie.split(text, at_hand, each);
        #[cfg(not(feature = "fast"))]
        hash::split(self.table, text, at_hand, each)
    }

    fn put(self, place: u16, sink: &mut Sink<'_>) {
        let (code, length) = self.code(place);
        sink.put(code, length);
    }

    /// The place of the next code; that of the end where there is none.
    fn take(self, source: &mut Source<'_, '_>) -> u16 {
        #[cfg(feature = "fast")]
        let place = self.lookup.take(self.table, source.bits());
        #[cfg(not(feature = "fast"))]
        let place = self.table.take(source.bits());
        source.require(place.is_ok());
        place.unwrap_or(self.table.end)
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
    /// Open addressing by the hash of [`hash`]: a token's place in the order plus one, or zero. For devices, as
    /// the next.
    #[cfg_attr(feature = "fast", allow(dead_code))]
    pub(crate) slots: &'static [u16],
    /// Bytes of the longest token.
    #[cfg_attr(feature = "fast", allow(dead_code))]
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

/// Bytes the encoder weighs splits of at a time: bounds its stack.
const CHUNK: usize = 120;

/// A piece of a text as it is split.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    /// The token at a place of the table.
    Token(u16),
    /// A code point that no token begins with here.
    Character(u32),
}

impl Table {
    /// The bytes of a token, which is whole characters.
    fn token(&self, place: u16) -> &'static [u8] {
        let place = usize::from(place);
        let Some(&[from, to]) = self.offsets.get(place..).and_then(<[u16]>::first_chunk) else { return &[] };
        self.text.as_bytes().get(usize::from(from)..usize::from(to)).unwrap_or_default()
    }

    /// The code at `place` and its length.
    #[cfg(any(not(feature = "fast"), test))]
    #[cfg_attr(not(feature = "fast"), inline(never))]
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

    /// Takes the code of a token, bit by bit, and returns its place.
    #[cfg(any(not(feature = "fast"), test))]
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
        tokens.split(text, self.block, |piece| match piece {
            Piece::Token(place) => tokens.put(place, self.sink),
            Piece::Character(point) => self.character(tokens, point),
        });
    }

    /// Writes a code point that no token begins with here.
    fn character(&mut self, tokens: Tokens, point: u32) {
        if block(point) == self.block {
            tokens.put(tokens.table.window, self.sink);
            self.sink.put(point & 0x7f, 7);
        } else {
            let size = Size::of(point);
            tokens.put(tokens.table.escape, self.sink);
            self.sink.put(size as u32, 2);
            self.sink.put(point - size.base(), size.bits());
            if size != Size::Ascii {
                self.block = block(point);
            }
        }
    }

    /// The block of code points at hand, which is all that later texts depend on.
    pub(super) const fn block(&self) -> u32 {
        self.block
    }
}

const fn block(point: u32) -> u32 {
    point >> 7
}

/// Whether a character of `text` is of one of two blocks.
pub(super) fn touches(text: &str, blocks: [u32; 2]) -> bool {
    text.chars().any(|character| blocks.contains(&block(character as u32)))
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
    const fn of(point: u32) -> Self {
        match point {
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

    /// Reads one text, which is not empty. `name` says that it is a person's name.
    pub(super) fn take(&mut self, source: &mut Source<'_, '_>, name: bool) {
        let start = source.len();
        match self.codec.tokens(name) {
            Some(tokens) => self.tokens(tokens, source),
            None => source.push_terminated(),
        }
        source.require(source.len() > start);
    }

    fn tokens(&mut self, tokens: Tokens, source: &mut Source<'_, '_>) {
        let table = tokens.table;
        while source.is_sound() {
            let place = tokens.take(source);
            if place == table.end {
                return;
            }
            if place == table.window {
                let point = self.block << 7 | source.take(7);
                source.push_char(point);
            } else if place == table.escape {
                let size = match source.take(2) {
                    0 => Size::Ascii,
                    1 => Size::Han,
                    2 => Size::Basic,
                    _ => Size::Supplementary,
                };
                let point = source.take(size.bits()) + size.base();
                source.push_char(point);
                // One way to write a character whole, and none for one whose block is at hand.
                source.require(Size::of(point) == size && block(point) != self.block);
                if size != Size::Ascii {
                    self.block = block(point);
                }
            } else {
                source.push(table.token(place));
            }
        }
    }
}

/// Whether each character of `text` may be on a label.
#[cfg_attr(not(feature = "fast"), inline(never))]
pub(super) fn printable(text: &str) -> bool {
    // Nearly every text has no byte that a forbidden character could begin with.
    #[cfg(feature = "fast")]
    if !text.bytes().fold(false, |suspect, byte| suspect | SUSPECT[usize::from(byte)]) {
        return true;
    }
    !text.chars().any(forbidden)
}

/// The bytes that a character which is [`forbidden`] begins with.
#[cfg(feature = "fast")]
static SUSPECT: [bool; 256] = {
    let mut suspect = [false; 256];
    let mut byte = 0;
    while byte < suspect.len() {
        suspect[byte] = matches!(byte, 0..0x20 | 0x7f | 0xc2 | 0xef..);
        byte += 1;
    }
    suspect
};

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
#[cfg_attr(not(feature = "fast"), inline(never))]
pub(super) fn fits(used: usize, room: usize) -> Result<(), SealError> {
    match used.checked_sub(room) {
        None | Some(0) => Ok(()),
        Some(over) => Err(SealError::TooLong(over.min(u16::MAX.into()) as u16)),
    }
}

impl From<Full> for Malformed {
    fn from(_: Full) -> Self {
        Self
    }
}
