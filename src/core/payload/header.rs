//! The header: the part of a payload that anyone can read, 20 bytes for common waybill numbers. It is plain text,
//! but every tag authenticates it.

use super::waybill::{self, Waybill};
use crate::keys::{Alias, Day, Generation, Region, SALT_LEN, Site};
use crate::record::CONTACT_SIZES;

/// Bytes of the longest header.
pub const HEADER_MAX: usize = FIXED + waybill::NUMBER_MAX + SALT_LEN;

/// Length in bytes of everything before the waybill number: 64 bits, generation to waybill shape.
const FIXED: usize = 8;

/// The header of a label.
///
/// Exhaustive: it mirrors the wire format, where a new field would be a new format version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The generation of the root.
    pub generation: Generation,
    /// The size class of the contact section.
    pub contact: ContactClass,
    /// The day of sealing, modulo 512; see [`Day::nearest`].
    pub day_low: u16,
    /// The destination's region.
    pub region: Region,
    /// The destination's site.
    pub site: Site,
    /// The sealer's alias at this site on this day.
    pub alias: Alias,
    /// The waybill number.
    pub waybill: Waybill,
    /// The salt, which makes the label key unique.
    pub salt: [u8; SALT_LEN],
}

impl Header {
    /// Length in bytes; it depends on the waybill's shape.
    #[must_use]
    pub fn len(&self) -> usize {
        Self::len_with(&self.waybill)
    }

    /// Length in bytes of a header with this waybill number.
    #[must_use]
    pub fn len_with(waybill: &Waybill) -> usize {
        FIXED + waybill.packed().1.len() + SALT_LEN
    }

    /// Always false: a header has at least twenty bytes.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        false
    }

    /// Writes the header into `out` and returns its length.
    ///
    /// # Panics
    /// If `out` is shorter than [`HEADER_MAX`].
    pub fn write(&self, out: &mut [u8]) -> usize {
        let (shape, number) = self.waybill.packed();
        let fixed = u64::from(self.generation.bit()) << 63
            | u64::from(self.contact.number()) << 61
            | u64::from(self.day_low) << 52
            | u64::from(self.region.number()) << 40
            | u64::from(self.site.number()) << 28
            | u64::from(self.alias.number()) << 4
            | u64::from(shape);
        out[..FIXED].copy_from_slice(&fixed.to_be_bytes());
        let salt = FIXED + number.len();
        out[FIXED..salt].copy_from_slice(number);
        out[salt..salt + SALT_LEN].copy_from_slice(&self.salt);
        salt + SALT_LEN
    }

    /// Parses the header at the start of a payload and returns it with its length. `None` for a reserved shape, a
    /// number outside its shape's range, or a number whose canonical encoding has another shape.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<(Self, usize)> {
        let mut first = [0; FIXED];
        first.copy_from_slice(bytes.get(..FIXED)?);
        let fixed = u64::from_be_bytes(first);
        let rest = &bytes[FIXED..];
        let (waybill, number_len) = Waybill::unpack((fixed & 15) as u8, rest)?;
        let mut salt = [0; SALT_LEN];
        salt.copy_from_slice(rest.get(number_len..number_len + SALT_LEN)?);
        let header = Self {
            generation: Generation::from((fixed >> 63) as u32),
            contact: ContactClass::new((fixed >> 61 & 3) as u8)?,
            day_low: (fixed >> 52 & 0x1ff) as u16,
            region: Region::new((fixed >> 40 & 0xfff) as u16)?,
            site: Site::new((fixed >> 28 & 0xfff) as u16)?,
            alias: Alias::new((fixed >> 4 & 0xff_ffff) as u32)?,
            waybill,
            salt,
        };
        Some((header, FIXED + number_len + SALT_LEN))
    }

    /// The day of sealing, resolved relative to the reader's day `today`.
    #[must_use]
    pub fn day(&self, today: Day) -> Option<Day> {
        today.nearest(self.day_low)
    }
}

/// The size class of a label's contact section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContactClass(u8);

impl ContactClass {
    /// The label has no contact section and no contact tag.
    pub const NONE: Self = Self(0);

    /// Every class, the smallest first.
    pub const ALL: [Self; 4] = [Self(0), Self(1), Self(2), Self(3)];

    /// The class of a two-bit number.
    #[must_use]
    pub const fn new(number: u8) -> Option<Self> {
        if number < 4 { Some(Self(number)) } else { None }
    }

    /// The smallest class that holds `len` bytes of plaintext.
    #[must_use]
    pub fn holding(len: usize) -> Option<Self> {
        Self::ALL.into_iter().find(|class| len <= class.len())
    }

    /// The two-bit number.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Length in bytes of the contact plaintext.
    #[must_use]
    pub const fn len(self) -> usize {
        if self.0 == 0 { 0 } else { CONTACT_SIZES[self.0 as usize - 1] }
    }

    /// Whether the label has no contact section.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}
