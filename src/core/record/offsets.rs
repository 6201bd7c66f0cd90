//! Running sums, by which generated tables hold small differences in their source.

/// Where each of some texts, laid end to end, begins, and where the last ends, from their lengths in bytes. `N` is one
/// more than the number of texts.
pub(in crate::record) const fn offsets<const N: usize>(lengths: &[u8]) -> [u16; N] {
    assert!(N == lengths.len() + 1);
    let mut offsets = [0; N];
    let mut place = 0;
    while place < lengths.len() {
        offsets[place + 1] = offsets[place] + lengths[place] as u16;
        place += 1;
    }
    offsets
}

/// The sum of each number and those before it.
#[cfg_attr(not(feature = "names"), allow(dead_code))]
pub(in crate::record) const fn sums<const N: usize>(steps: &[u32; N]) -> [u32; N] {
    let mut sums = *steps;
    let mut place = 1;
    while place < N {
        sums[place] += sums[place - 1];
        place += 1;
    }
    sums
}
