//! The codes of tokens, built from the tables in the format's appendix.

use super::bits::Bits;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::OnceLock;

const FORMAT: &str = include_str!("../../../docs/format.md");

/// A canonical Huffman code.
pub struct Table {
    codes: HashMap<Entry, (u64, u32)>,
    /// Its tokens, in the order of their codes.
    pub tokens: Vec<String>,
}

#[derive(PartialEq, Eq, Hash)]
enum Entry {
    Token(String),
    Command(u64),
}

/// One step of a text.
#[derive(Clone)]
pub enum Piece {
    Token(String),
    /// Seven bits in the current block.
    Window(u64),
    /// A kind, and the bits of the code point.
    Escape(u64, u64),
    End,
}

/// The bits of a code point by the kind of its escape.
pub const ESCAPE_BITS: [u32; 4] = [7, 15, 16, 20];

impl Table {
    pub fn named(name: &str) -> &'static Self {
        static TABLES: OnceLock<HashMap<&'static str, Table>> = OnceLock::new();
        let read = |name| (name, Self::read(name));
        &TABLES.get_or_init(|| ["names", "chinese", "latin", "script", "japanese", "korean"].map(read).into())
            [name]
    }

    fn read(name: &str) -> Self {
        let listed = FORMAT.split_once(&format!("### {name}\n\n```text\n")).unwrap().1;
        let listed = listed.split_once("```").unwrap().0;
        let (mut codes, mut tokens) = (HashMap::new(), Vec::new());
        let mut next: Option<(u64, u32)> = None;
        for line in listed.lines() {
            let (length, entries) = line.split_once(' ').unwrap();
            let length: u32 = length.parse().unwrap();
            let entries: Vec<Value> = serde_json::from_str(entries).unwrap();
            for entry in entries {
                let code = next.map_or(0, |(code, before)| (code + 1) << (length - before));
                next = Some((code, length));
                let entry = match entry {
                    Value::String(token) => {
                        tokens.push(token.clone());
                        Entry::Token(token)
                    }
                    command => Entry::Command(command.as_u64().unwrap()),
                };
                codes.insert(entry, (code, length));
            }
        }
        // The code must be complete: every string of bits is a sequence of codes.
        assert!(next.is_some_and(|(last, length)| last + 1 == 1 << length), "{name}");
        Self { codes, tokens }
    }

    pub fn has(&self, token: &str) -> bool {
        self.codes.contains_key(&Entry::Token(token.to_owned()))
    }

    /// The lengths of the pieces that take the fewest bits; of equal ones the shortest.
    fn cheapest(&self, text: &str, block: u32) -> Vec<usize> {
        let characters: Vec<(usize, char)> = text.char_indices().collect();
        let ends: Vec<usize> = characters.iter().map(|(at, c)| at + c.len_utf8()).collect();
        let bits = |entry| self.codes[&entry].1;
        let mut best = vec![(0, 0); characters.len() + 1];
        for (place, &(at, first)) in characters.iter().enumerate().rev() {
            let of = |character: char| character as u32 >> 7;
            let known = of(first) == block || place > 0 && of(characters[place - 1].1) == of(first);
            let kind = match first as u32 {
                0..=0x7f => 0,
                0x4e00..=0x9fff => 1,
                0x80..=0xffff => 2,
                _ => 3,
            };
            let single = if known {
                bits(Entry::Command(2)) + 7
            } else {
                bits(Entry::Command(1)) + 2 + ESCAPE_BITS[kind]
            };
            best[place] = (best[place + 1].0 + single, first.len_utf8());
            for end in place..characters.len() {
                if let Some((_, length)) = self.codes.get(&Entry::Token(text[at..ends[end]].to_owned())) {
                    let total = best[end + 1].0 + length;
                    if total < best[place].0 {
                        best[place] = (total, ends[end] - at);
                    }
                }
            }
        }
        let (mut lengths, mut place) = (Vec::new(), 0);
        while place < characters.len() {
            let length = best[place].1;
            lengths.push(length);
            place += ends[place..].iter().position(|end| *end == characters[place].0 + length).unwrap() + 1;
        }
        lengths
    }

    fn put(&self, entry: &Entry, bits: &mut Bits) {
        let (code, length) = self.codes[entry];
        bits.put(code, length);
    }
}

/// Writes the texts of one section.
pub struct Coder {
    codec: u64,
    block: u32,
    pub bits: Bits,
}

impl Coder {
    pub fn new(codec: u64) -> Self {
        let block = match codec {
            1 | 2 => 156,
            3 => 1,
            4 => 8,
            5 => 97,
            6 => 344,
            _ => 0,
        };
        Self { codec, block, bits: Bits::new() }
    }

    /// The table of a text; `None` for UTF-8 and for the reserved codecs, which are written as UTF-8.
    pub fn table(&self, name: bool) -> Option<&'static Table> {
        Some(Table::named(match (self.codec, name) {
            (1, true) => "names",
            (1 | 2, _) => "chinese",
            (3, _) => "latin",
            (4, _) => "script",
            (5, _) => "japanese",
            (6, _) => "korean",
            _ => return None,
        }))
    }

    /// Writes a text and its end in the fewest bits; returns the pieces with the bits of each.
    pub fn text(&mut self, text: &str, name: bool) -> Vec<(Piece, Bits)> {
        let Some(table) = self.table(name) else {
            for byte in text.bytes().chain([0]) {
                self.bits.put(byte.into(), 8);
            }
            return Vec::new();
        };
        let mut written = Vec::new();
        let mut write = |coder: &mut Self, piece: Piece| {
            let whole = std::mem::take(&mut coder.bits);
            coder.piece(&piece, name);
            let bits = std::mem::replace(&mut coder.bits, whole);
            coder.bits.append(&bits);
            written.push((piece, bits));
        };
        let mut rest = text;
        for length in table.cheapest(text, self.block) {
            let (part, after) = rest.split_at(length);
            rest = after;
            let first = part.chars().next().unwrap();
            // A token of one character is cheaper than any other way to write it.
            let piece = if table.has(part) { Piece::Token(part.to_owned()) } else { self.single(first) };
            write(self, piece);
        }
        write(self, Piece::End);
        written
    }

    /// The piece for a character without a token.
    pub fn single(&self, character: char) -> Piece {
        let point = character as u32;
        if point >> 7 == self.block {
            return Piece::Window((point & 0x7f).into());
        }
        let (kind, base) = match point {
            0..=0x7f => (0, 0),
            0x4e00..=0x9fff => (1, 0x4e00),
            0x80..=0xffff => (2, 0),
            _ => (3, 0x10000),
        };
        Piece::Escape(kind, (point - base).into())
    }

    pub fn piece(&mut self, piece: &Piece, name: bool) {
        let table = self.table(name).expect("a codec of tokens");
        match piece {
            Piece::Token(token) => table.put(&Entry::Token(token.clone()), &mut self.bits),
            Piece::End => table.put(&Entry::Command(0), &mut self.bits),
            Piece::Window(low) => {
                table.put(&Entry::Command(2), &mut self.bits);
                self.bits.put(*low, 7);
            }
            Piece::Escape(kind, value) => {
                table.put(&Entry::Command(1), &mut self.bits);
                self.bits.put(*kind, 2).put(*value, ESCAPE_BITS[*kind as usize]);
                let base = [0, 0x4e00, 0, 0x10000][*kind as usize];
                if *kind != 0 {
                    self.block = (*value as u32 + base) >> 7;
                }
            }
        }
    }
}
