//! Strings of bits, and bytes as text in hexadecimal and Base45.

use std::fmt;

/// A string of bits, most significant first.
#[derive(Clone, Default)]
pub struct Bits(Vec<bool>);

impl Bits {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn put(&mut self, value: u64, count: u32) -> &mut Self {
        assert!(count == 64 || value >> count == 0, "{value} in {count} bits");
        self.0.extend((0..count).rev().map(|place| value >> place & 1 == 1));
        self
    }

    pub fn append(&mut self, other: &Self) -> &mut Self {
        self.0.extend(&other.0);
        self
    }

    pub fn bytes(&self) -> Vec<u8> {
        let byte =
            |chunk: &[bool]| (0..8).fold(0, |byte, at| byte << 1 | u8::from(chunk.get(at) == Some(&true)));
        self.0.chunks(8).map(byte).collect()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// A string of one field.
    pub fn of(value: u64, count: u32) -> Self {
        let mut bits = Self::new();
        bits.put(value, count);
        bits
    }
}

/// The bits as digits 0 and 1.
impl fmt::Display for Bits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|bit| write!(f, "{}", u8::from(*bit)))
    }
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn base45(bytes: &[u8]) -> String {
    let alphabet: Vec<char> = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".chars().collect();
    let mut text = String::new();
    for group in bytes.chunks(2) {
        let mut value = group.iter().fold(0, |value, byte| value << 8 | usize::from(*byte));
        for _ in 0..=group.len() {
            text.push(alphabet[value % 45]);
            value /= 45;
        }
    }
    text
}
