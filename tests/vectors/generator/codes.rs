//! The token codes, read from the format's appendix.

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
        &TABLES.get_or_init(|| ["names", "chinese", "latin", "script"].map(read).into())[name]
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
        Self { codes, tokens }
    }

    pub fn has(&self, token: &str) -> bool {
        self.codes.contains_key(&Entry::Token(token.to_owned()))
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
            _ => 0,
        };
        Self { codec, block, bits: Bits::new() }
    }

    /// The table of a text; none for UTF-8, and for the reserved codecs, which are written as that.
    pub fn table(&self, name: bool) -> Option<&'static Table> {
        Some(Table::named(match (self.codec, name) {
            (1, true) => "names",
            (1 | 2, _) => "chinese",
            (3, _) => "latin",
            (4, _) => "script",
            _ => return None,
        }))
    }

    /// Writes a text and its end, with the longest token at each place.
    pub fn text(&mut self, text: &str, name: bool) {
        let Some(table) = self.table(name) else {
            for byte in text.bytes().chain([0]) {
                self.bits.put(byte.into(), 8);
            }
            return;
        };
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
            let token = ends.take(40).filter(|end| table.has(&rest[..*end])).last();
            let piece = match token {
                Some(end) => Piece::Token(rest[..end].to_owned()),
                None => self.single(first),
            };
            rest = &rest[token.unwrap_or(first.len_utf8())..];
            self.piece(&piece, name);
        }
        self.piece(&Piece::End, name);
    }

    /// The piece that is a character without a token.
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
