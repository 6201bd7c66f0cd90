//! The keys of one label in a pass.

use crate::keys::Region;
use crate::payload::{HEADER_MAX, Payload};
use crate::verifier::LabelKeys;
use std::fmt;

/// The most labels of a pass.
pub const PASS_LABELS: usize = 200;

/// A label's whole header, which names it, and its keys. They open no other label.
///
/// ```text
/// length u8 ‖ header ‖ day u16 ‖ parts u8 ‖ delivery key 32 ‖ contact key 32
/// ```
pub struct PassLabel {
    header: Vec<u8>,
    keys: LabelKeys,
}

impl PassLabel {
    /// The most bytes of a label in a grant.
    pub(super) const ROOM: usize = 1 + HEADER_MAX + LabelKeys::LEN;
    /// Bits of a header below its region: site, alias and the waybill's shape.
    const BELOW_REGION: u32 = 12 + 24 + 4;

    /// An entry for a label, whose keys are filled in by the caller: moving keys leaves copies on the stack.
    #[must_use]
    pub fn of(payload: &Payload) -> Self {
        let mut header = [0; HEADER_MAX];
        let len = payload.header().write(&mut header);
        Self { header: header[..len].to_vec(), keys: LabelKeys::empty() }
    }

    /// Whether it is of this label.
    #[must_use]
    pub fn is_of(&self, payload: &Payload) -> bool {
        payload.bytes().starts_with(&self.header)
    }

    /// The label's keys.
    #[must_use]
    pub const fn keys(&self) -> &LabelKeys {
        &self.keys
    }

    /// The label's keys, to be filled.
    pub const fn keys_mut(&mut self) -> &mut LabelKeys {
        &mut self.keys
    }

    /// The label's header.
    #[cfg(feature = "device")]
    pub(crate) fn header(&self) -> &[u8] {
        &self.header
    }

    /// An entry for a header, as [`of`](Self::of) for a payload.
    #[cfg(feature = "device")]
    pub(crate) fn of_header(header: &[u8]) -> Self {
        Self { header: header.to_vec(), keys: LabelKeys::empty() }
    }

    /// Whether it has a delivery key and a contact key.
    #[cfg(feature = "device")]
    pub(crate) fn tiers(&self) -> [bool; 2] {
        let mut bytes = zeroize::Zeroizing::new([0; LabelKeys::LEN]);
        self.keys.write(&mut bytes);
        [bytes[2] & 1 != 0, bytes[2] & 2 != 0]
    }

    /// The region that the header claims.
    #[must_use]
    pub fn region(&self) -> Option<Region> {
        let fixed = u64::from_be_bytes(*self.header.first_chunk()?);
        Region::new((fixed >> Self::BELOW_REGION & 0xfff) as u16)
    }

    /// A copy, written in place.
    #[cfg(feature = "device")]
    pub(crate) fn copy_to(&self, labels: &mut Vec<Self>) {
        labels.push(Self { header: self.header.clone(), keys: LabelKeys::empty() });
        let mut bytes = zeroize::Zeroizing::new([0; LabelKeys::LEN]);
        self.keys.write(&mut bytes);
        // Written by `write` above, so that they are valid.
        let _valid = labels.last_mut().is_some_and(|last| last.keys.read(&bytes));
    }

    /// Bytes of the label's part of a grant.
    pub(crate) fn len(&self) -> usize {
        1 + self.header.len() + LabelKeys::LEN
    }

    /// Writes the label's part of a grant.
    pub(crate) fn write(&self, mut out: impl FnMut(&[u8])) {
        out(&[self.header.len() as u8]);
        out(&self.header);
        let mut bytes = zeroize::Zeroizing::new([0; LabelKeys::LEN]);
        self.keys.write(&mut bytes);
        out(&bytes[..]);
    }

    /// Reads labels to the end of the bytes.
    pub(crate) fn read_all(mut bytes: &[u8]) -> Option<Vec<Self>> {
        // Allocated once: a vector that grows leaves an unwiped copy of the keys.
        let mut labels = Vec::with_capacity(PASS_LABELS);
        while let Some((&len, rest)) = bytes.split_first() {
            if labels.len() == PASS_LABELS || !(8..=HEADER_MAX).contains(&usize::from(len)) {
                return None;
            }
            let (header, rest) = rest.split_at_checked(usize::from(len))?;
            let (keys, rest) = rest.split_first_chunk()?;
            labels.push(Self { header: header.to_vec(), keys: LabelKeys::empty() });
            labels.last_mut()?.keys.read(keys).then_some(())?;
            bytes = rest;
        }
        Some(labels)
    }
}

impl fmt::Debug for PassLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PassLabel").field("header", &self.header).finish_non_exhaustive()
    }
}
