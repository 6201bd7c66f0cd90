//! The decoder's input: the bits of a plaintext, and the caller's buffer for the decoded texts.
//!
//! Errors are recorded and reported once, by [`FieldSource::finish`]. A plaintext is rejected as a whole, so a
//! device has one branch instead of forty.

use super::decode_error::DecodeError;
use super::entries::EntryKinds;
use super::printable::printable;
use crate::bytes::{BitReader, decimal};

/// Bits to read and texts to write. Values read are not valid until [`FieldSource::finish`] has returned.
pub(super) struct FieldSource<'p, 'b> {
    bits: BitReader<'p>,
    text: &'b mut [u8],
    len: usize,
    sound: bool,
}

impl<'p, 'b> FieldSource<'p, 'b> {
    /// Reads from `plain`, and writes decoded texts to `text`.
    pub(super) fn new(plain: &'p [u8], text: &'b mut [u8]) -> Self {
        Self { bits: BitReader::new(plain), text, len: 0, sound: true }
    }

    /// The next `count` bits, at most 32. If fewer are left, the plaintext is marked invalid.
    #[cfg_attr(not(feature = "fast"), inline(never))]
    pub(super) fn take(&mut self, count: u32) -> u32 {
        let bits = self.bits.take(count);
        self.require(bits.is_ok());
        bits.unwrap_or(0)
    }

    /// The next `count` bits, at most 64.
    pub(super) fn take_wide(&mut self, count: u32) -> u64 {
        let high = count.saturating_sub(32);
        u64::from(self.take(high)) << 32 | u64::from(self.take(count - high))
    }

    /// The bit reader, for callers that check validity themselves.
    pub(super) fn bits(&mut self) -> &mut BitReader<'p> {
        &mut self.bits
    }

    /// The next bit.
    pub(super) fn flag(&mut self) -> bool {
        self.take(1) == 1
    }

    /// Marks the plaintext invalid unless `held`.
    pub(super) fn require(&mut self, held: bool) {
        self.sound &= held;
    }

    /// Whether no error has occurred so far. Loops that read until a terminator need it to end.
    pub(super) fn is_sound(&self) -> bool {
        self.sound
    }

    /// The number of bytes of text so far.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The text from byte `start` on.
    pub(super) fn since(&self, start: usize) -> &[u8] {
        self.text.get(start..self.len).unwrap_or_default()
    }

    /// Appends `bytes` to the text.
    #[cfg_attr(not(feature = "fast"), inline(never))]
    pub(super) fn push(&mut self, bytes: &[u8]) {
        let end = self.len + bytes.len();
        match self.text.get_mut(self.len..end) {
            Some(place) => {
                place.copy_from_slice(bytes);
                self.len = end;
            }
            None => self.sound = false,
        }
    }

    /// Appends `value` with `width` digits, at most ten. A larger value makes the plaintext invalid.
    pub(super) fn push_decimal(&mut self, value: u64, width: usize) {
        let mut text = [0; 10];
        let text = &mut text[..width];
        let fits = decimal(value, text);
        self.require(fits);
        self.push(text);
    }

    /// Appends a code point to the text.
    pub(super) fn push_char(&mut self, point: u32) {
        let character = char::from_u32(point);
        self.require(character.is_some());
        self.push(character.unwrap_or_default().encode_utf8(&mut [0; 4]).as_bytes());
    }

    /// Reads bytes up to a zero byte.
    pub(super) fn push_terminated(&mut self) {
        loop {
            match self.take(8) as u8 {
                0 => return,
                byte => self.push(&[byte]),
            }
        }
    }

    /// Skips the list of entries after the last field; returns their kinds, and whether each may be skipped.
    ///
    /// ```text
    /// entry    1 ‖ must 1 ‖ kind 6 ‖ (bytes − 1) 5 ‖ data        kinds ascend; a 0 or the end of the section ends the list
    /// ```
    ///
    /// No kind is assigned yet, so that a reader either skips an entry and says so, or refuses the label as unsupported.
    fn skip_entries(&mut self) -> (EntryKinds, bool) {
        let (mut kinds, mut skippable, mut least) = (EntryKinds::default(), true, 0);
        while self.sound && self.bits.left() > 0 && self.flag() {
            skippable &= !self.flag();
            let kind = self.take(6);
            self.require(kind >= least);
            least = kind + 1;
            kinds.insert(kind);
            for _ in 0..=self.take(5) {
                self.take(8);
            }
        }
        (kinds, skippable)
    }

    /// Checks the whole plaintext: no error, only entries and zeros left, and the consecutive texts that end at `ends`
    /// are UTF-8 with allowed characters only. Returns the kinds of the entries, all of which may be skipped.
    #[cfg_attr(not(feature = "fast"), inline(never))]
    pub(super) fn finish(mut self, ends: &[usize]) -> Result<EntryKinds, DecodeError> {
        let (skipped, skippable) = self.skip_entries();
        while self.bits.left() > 0 {
            let rest = self.take(self.bits.left().min(32) as u32);
            self.require(rest == 0);
        }
        let text = core::str::from_utf8(self.since(0)).ok().filter(|_| self.sound);
        let text = text.ok_or(DecodeError::Malformed)?;
        if !printable(text) || !ends.iter().all(|end| text.is_char_boundary(*end)) {
            return Err(DecodeError::Malformed);
        }
        // Last: a plaintext that is not canonical is malformed, whatever a later reader knows.
        if skippable { Ok(skipped) } else { Err(DecodeError::Unsupported) }
    }
}

/// The consecutive texts that end at `ends`, which [`FieldSource::finish`] has checked.
#[cfg_attr(not(feature = "fast"), inline(never))]
pub(super) fn split<'b>(text: &'b [u8], ends: &[usize], out: &mut [&'b str]) -> Result<(), DecodeError> {
    let text = text.get(..ends.last().copied().unwrap_or(0)).ok_or(DecodeError::Malformed)?;
    let mut rest = core::str::from_utf8(text).map_err(|_| DecodeError::Malformed)?;
    let mut start = 0;
    for (text, end) in out.iter_mut().zip(ends) {
        (*text, rest) = rest.split_at_checked(end - start).ok_or(DecodeError::Malformed)?;
        start = *end;
    }
    Ok(())
}
