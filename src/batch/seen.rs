//! Waybill numbers that stand twice in a batch.

use crate::payload::Waybill;
use std::collections::{HashMap, HashSet};

/// The waybill numbers of a batch so far, exactly: two are never taken for one.
///
/// A number takes 8 bytes, and a table of ten million 151 MB, whatever its shape. Only of long numbers that begin
/// in more than 65,536 ways each of the rest takes 15, and ten million of them 268 MB.
pub struct Seen {
    /// Numbers as a word, by [`Form`] and in shards: a table that grows then holds twice only a 256th of all.
    words: [Vec<HashSet<u64>>; 4],
    /// How long numbers begin, numbered.
    beginnings: HashMap<u64, u16>,
    /// Long numbers that begin in yet another way.
    other: Vec<HashSet<Waybill>>,
}

/// How a number is made a word.
#[derive(Clone, Copy)]
enum NumberWidth {
    /// Up to seven bytes behind their shape.
    Short = 0,
    /// The eight bytes of a shape that always has eight.
    Eight = 1,
    /// The eight bytes of the shape that has any number of them.
    Any = 2,
    /// The last six bytes behind the number of what they follow.
    Long = 3,
}

/// Bytes of a long number that are kept as they are.
const END: usize = 6;

impl Default for Seen {
    fn default() -> Self {
        let words = [(); 4].map(|()| vec![HashSet::new(); 256]);
        Self { words, beginnings: HashMap::new(), other: vec![HashSet::new(); 256] }
    }
}

impl Seen {
    /// Notes a number, and says whether it is new.
    pub fn is_new(&mut self, waybill: &Waybill) -> bool {
        let (shape, number) = waybill.packed();
        let (form, word) = match number.len() {
            0..8 => (NumberWidth::Short, u64::from(shape) << 56 | word(number)),
            8 if shape == 0 => (NumberWidth::Any, word(number)),
            8 => (NumberWidth::Eight, word(number)),
            // Only shape 0 has more, at most fourteen, and their length is in the first.
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

/// At most eight bytes as a number.
fn word(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte))
}

/// An odd factor spreads numbers that follow each other; the tables' own hash is keyed.
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
    fn more_beginnings_than_are_numbered_are_told_apart_too() {
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
