//! The hash table that a device searches for a token, made while compiling.

/// FNV-1a, 32 bits: the offset basis and the prime.
pub(super) const HASH_START: u32 = 0x811c_9dc5;
const HASH_STEP: u32 = 0x0100_0193;

/// The slots of a table of tokens, from their text and their lengths: of each token that is not empty its index plus
/// one, in the first free slot. `N` is a power of two and above the number of tokens.
pub(in crate::record) const fn slots<const N: usize>(text: &str, lengths: &[u8]) -> [u16; N] {
    assert!(N.is_power_of_two() && N > lengths.len());
    let (text, mut slots) = (text.as_bytes(), [0; N]);
    let (mut place, mut at) = (0, 0);
    while place < lengths.len() {
        let (end, mut hash) = (at + lengths[place] as usize, HASH_START);
        while at < end {
            hash = step(hash, text[at]);
            at += 1;
        }
        let mut slot = first_slot(hash, N);
        while slots[slot] != 0 {
            slot = (slot + 1) & (N - 1);
        }
        if lengths[place] > 0 {
            slots[slot] = place as u16 + 1;
        }
        place += 1;
    }
    slots
}

/// The first of `slots` slots to try for a hash.
pub(super) const fn first_slot(hash: u32, slots: usize) -> usize {
    (hash ^ hash >> 15) as usize & (slots - 1)
}

/// The hash of some bytes and one more.
pub(super) const fn step(hash: u32, byte: u8) -> u32 {
    (hash ^ byte as u32).wrapping_mul(HASH_STEP)
}
