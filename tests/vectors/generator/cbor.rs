//! Deterministic CBOR, as the format's signed files use it.

use super::bits::hex;
use serde_json::{Value, json};

/// A value.
#[derive(Clone)]
pub enum Item {
    Number(u64),
    Bytes(Vec<u8>),
    Text(String),
    Bool(bool),
    Array(Vec<Item>),
    Map(Vec<(u64, Item)>),
}

impl Item {
    pub fn encode(&self) -> Vec<u8> {
        match self {
            Self::Number(number) => head(0, *number),
            Self::Bytes(bytes) => [head(2, bytes.len() as u64), bytes.clone()].concat(),
            Self::Text(text) => [head(3, text.len() as u64), text.clone().into_bytes()].concat(),
            Self::Bool(value) => vec![0xf4 | u8::from(*value)],
            Self::Array(items) => {
                let parts: Vec<_> = items.iter().map(Self::encode).collect();
                [head(4, items.len() as u64), parts.concat()].concat()
            }
            Self::Map(pairs) => {
                let parts: Vec<_> =
                    pairs.iter().map(|(key, value)| [head(0, *key), value.encode()].concat()).collect();
                [head(5, pairs.len() as u64), parts.concat()].concat()
            }
        }
    }

    /// In the terms of the vectors.
    pub fn told(&self) -> Value {
        match self {
            Self::Number(number) => json!(number),
            Self::Bytes(bytes) => json!(hex(bytes)),
            Self::Text(text) => json!(text),
            Self::Bool(value) => json!(value),
            Self::Array(items) => items.iter().map(Self::told).collect(),
            Self::Map(pairs) => pairs.iter().map(|(key, value)| (key.to_string(), value.told())).collect(),
        }
    }
}

impl From<&str> for Item {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// Numbers, one after the other.
pub fn numbers(numbers: &[u64]) -> Item {
    Item::Array(numbers.iter().copied().map(Item::Number).collect())
}

fn head(major: u8, number: u64) -> Vec<u8> {
    let bytes = number.to_be_bytes();
    match number {
        0..24 => vec![major << 5 | bytes[7]],
        24..0x100 => vec![major << 5 | 24, bytes[7]],
        0x100..0x1_0000 => [&[major << 5 | 25], &bytes[6..]].concat(),
        0x1_0000..0x1_0000_0000 => [&[major << 5 | 26], &bytes[4..]].concat(),
        _ => [&[major << 5 | 27], &bytes[..]].concat(),
    }
}
