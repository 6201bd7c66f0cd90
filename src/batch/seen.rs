//! Waybill numbers that stand twice in a batch.

use crate::payload::Waybill;
use std::collections::HashSet;

/// The waybill numbers of a batch so far, exactly: two are never taken for one.
///
/// A number of a common shape takes 8 bytes, and a table of ten million 151 MB; any other number takes 15,
/// and ten million 268 MB.
pub struct Seen {
    /// Numbers of eight bytes with their shape, in shards: a table that grows then holds twice only a 256th
    /// of all.
    common: Vec<HashSet<u64>>,
    other: Vec<HashSet<Waybill>>,
}

impl Default for Seen {
    fn default() -> Self {
        Self { common: vec![HashSet::new(); 256], other: vec![HashSet::new(); 256] }
    }
}

impl Seen {
    /// Notes a number, and says whether it is new.
    pub fn is_new(&mut self, waybill: &Waybill) -> bool {
        let (shape, number) = waybill.packed();
        let mut bytes = [0; 8];
        let exact = number.len() < bytes.len();
        bytes[0] = shape;
        for (byte, from) in bytes[1..].iter_mut().zip(number) {
            *byte = *from;
        }
        let bytes = u64::from_be_bytes(bytes);
        // An odd factor spreads numbers that follow each other; the tables' own hash is keyed.
        let shard = (bytes.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as usize;
        if exact { self.common[shard].insert(bytes) } else { self.other[shard].insert(*waybill) }
    }
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
        ] {
            for number in 1..3000 {
                assert!(seen.is_new(&waybill(number)), "{number}");
            }
            for number in 1..3000 {
                assert!(!seen.is_new(&waybill(number)), "{number}");
            }
        }
    }
}
