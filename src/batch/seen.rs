//! Finds duplicate waybill numbers in a batch.
//!
//! In goes one number after another; out comes whether it is new. The answer is exact, not probabilistic: a false duplicate
//! would reject a parcel. Numbers are packed into words, since a batch may have ten millions of them.

use crate::payload::Waybill;
use std::collections::{HashMap, HashSet};

/// The set of waybill numbers seen so far.
///
/// A number takes 8 bytes whatever its shape: ten million take 151 MB with the hash table's overhead. Long numbers are
/// split at a shared beginning; once there are more than 65,536 different beginnings, further numbers take 15 bytes each
/// (ten million: 268 MB).
pub struct Seen {
    /// Packed numbers, by [`NumberWidth`] and shard. Each shard grows on its own, so that old and new table exist side by
    /// side for a 256th of the numbers only.
    words: [Vec<HashSet<u64>>; 4],
    /// The beginnings of long numbers, each with its index.
    beginnings: HashMap<u64, u16>,
    /// Long numbers whose beginning got no index.
    other: Vec<HashSet<Waybill>>,
}

/// How a number is packed into 64 bits.
#[derive(Clone, Copy)]
enum NumberWidth {
    /// The shape in the top byte, then up to seven bytes.
    Short = 0,
    /// Eight bytes, of a shape whose numbers always have eight.
    Eight = 1,
    /// Eight bytes, of shape 0, whose numbers may have any length.
    Any = 2,
    /// The index of the beginning in the top two bytes, then the last six bytes.
    Long = 3,
}

/// Trailing bytes of a long number that are stored in its word.
const END: usize = 6;

impl Default for Seen {
    fn default() -> Self {
        let words = [(); 4].map(|()| vec![HashSet::new(); 256]);
        Self { words, beginnings: HashMap::new(), other: vec![HashSet::new(); 256] }
    }
}

impl Seen {
    /// Adds a number; returns whether it is new.
    pub fn is_new(&mut self, waybill: &Waybill) -> bool {
        let (shape, number) = waybill.packed();
        let (form, word) = match number.len() {
            0..8 => (NumberWidth::Short, u64::from(shape) << 56 | word(number)),
            8 if shape == 0 => (NumberWidth::Any, word(number)),
            8 => (NumberWidth::Eight, word(number)),
            // Only shape 0 has more bytes, at most fourteen; its first byte has the length, so that no two collide.
            len => {
                let (begin, end) = number.split_at(len - END);
                let free = u16::try_from(self.beginnings.len()).ok();
                let known = self.beginnings.get(&word(begin)).copied();
                let Some(begin) = known.or_else(|| {
                    self.beginnings.insert(word(begin), free?);
                    free
                }) else {
                    return self.other[shard(word(end))].insert(*waybill);
                };
                (NumberWidth::Long, u64::from(begin) << (8 * END) | word(end))
            }
        };
        self.words[form as usize][shard(word)].insert(word)
    }
}

/// At most eight bytes as a big-endian number.
fn word(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte))
}

/// The shard of a word, by Fibonacci hashing: consecutive numbers spread evenly. An attacker gains nothing by choosing
/// shards, since the hash within each table is keyed.
fn shard(word: u64) -> usize {
    (word.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_new_once() {
        let mut seen = Seen::default();
        let of = |form: fn(u64) -> String| move |number| Waybill::parse(&form(number)).unwrap();
        for waybill in [
            of(|number| format!("YT88{number:011}")),
            of(|number| format!("SF88{number:011}")),
            of(|number| format!("JD88{number:011}-{}-9-", number % 9 + 1)),
            of(|number| format!("ZTO-{number:012}")),
            of(|number| format!("ZTO-{number:06}")),
            of(|number| format!("1Z999AA1{number:010}")),
            of(|number| format!("{number:04}-0123456789ABCDE")),
        ] {
            for number in 1..3000 {
                assert!(seen.is_new(&waybill(number)), "{number}");
            }
            for number in 1..3000 {
                assert!(!seen.is_new(&waybill(number)), "{number}");
            }
        }
    }

    #[test]
    fn numbers_with_beginnings_beyond_the_index_are_distinguished_too() {
        let mut seen = Seen::default();
        let waybill = |number: u64| Waybill::parse(&format!("{number:08}-0123456789A")).unwrap();
        let numbers = || (1..70_000).map(|number| number * 1_000);
        assert!(numbers().all(|number| seen.is_new(&waybill(number))));
        assert!(seen.beginnings.len() == 1 << 16 && seen.other.iter().any(|shard| !shard.is_empty()));
        assert!(numbers().all(|number| !seen.is_new(&waybill(number))));
        // Their neighbours are others.
        assert!(numbers().all(|number| seen.is_new(&waybill(number + 1))));
    }
}
