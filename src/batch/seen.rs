//! Waybill numbers that stand twice in a batch.

use crate::payload::Waybill;
use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};

/// The waybill numbers of a batch so far, as keyed fingerprints of 64 bits: at most 16 bytes a number, 151 MB
/// for ten million.
///
/// Two different numbers have one fingerprint with a chance of n²/2⁶⁵ in a batch of n, three in a million for
/// ten million. The later is then rejected as a duplicate, and reported like one; no row is dropped.
pub struct Seen {
    key: RandomState,
    /// By the first byte, so that a set that grows holds twice only a 256th of them.
    shards: Vec<HashSet<u64>>,
}

impl Default for Seen {
    fn default() -> Self {
        Self { key: RandomState::new(), shards: vec![HashSet::new(); 256] }
    }
}

impl Seen {
    /// Notes a number, and says whether it is new.
    pub fn is_new(&mut self, waybill: &Waybill) -> bool {
        let print = self.key.hash_one(waybill);
        self.shards[(print >> 56) as usize].insert(print)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_new_once() {
        let mut seen = Seen::default();
        let waybill = |number: u64| Waybill::parse(&format!("YT88{number:011}")).unwrap();
        for number in 1..5000 {
            assert!(seen.is_new(&waybill(number)), "{number}");
        }
        for number in 1..5000 {
            assert!(!seen.is_new(&waybill(number)), "{number}");
        }
    }
}
