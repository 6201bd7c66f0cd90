//! The sizes of payloads and the byte ranges of their sections.

use super::header::ContactClass;
use crate::secret::aead;
use core::ops::Range;

/// The payload sizes in bytes. Each fills the Base45 capacity of one QR version and level, so that the length
/// reveals little about the record.
pub const SIZES: [usize; 4] = [78, 100, 144, 204];

/// The largest payload in bytes.
pub const PAYLOAD_MAX: usize = SIZES[3];

/// Length in bytes of a tag: AES-GCM's, truncated to twelve bytes.
pub const TAG_LEN: usize = aead::TAG_LEN;

/// The byte ranges of a payload's sections.
///
/// Exhaustive: it mirrors the wire format, where a new section would be a new format version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The header, which is the associated data of the delivery section.
    pub header: Range<usize>,
    /// The delivery ciphertext.
    pub delivery: Range<usize>,
    /// The tag of the delivery section.
    pub delivery_tag: Range<usize>,
    /// The contact ciphertext; empty for class 0. Its associated data is everything before it.
    pub contact: Range<usize>,
    /// The tag of the contact section; empty for class 0.
    pub contact_tag: Range<usize>,
}

impl Layout {
    /// The layout of a payload of `size` bytes; `None` if the sections do not fit.
    #[must_use]
    #[cfg_attr(not(feature = "fast"), inline(never))]
    pub const fn new(header: usize, class: ContactClass, size: usize) -> Option<Self> {
        let contact = class.len();
        let contact_tag = if contact == 0 { 0 } else { TAG_LEN };
        let fixed = header + TAG_LEN + contact + contact_tag;
        if size <= fixed {
            return None;
        }
        let delivery_end = size - contact_tag - contact - TAG_LEN;
        Some(Self {
            header: 0..header,
            delivery: header..delivery_end,
            delivery_tag: delivery_end..delivery_end + TAG_LEN,
            contact: delivery_end + TAG_LEN..size - contact_tag,
            contact_tag: size - contact_tag..size,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payload::HEADER_MAX;

    #[test]
    fn sections_follow_each_other_without_a_gap() {
        for size in SIZES {
            for class in ContactClass::ALL {
                for header in 20..=HEADER_MAX {
                    let Some(layout) = Layout::new(header, class, size) else { continue };
                    assert_eq!(layout.header.end, layout.delivery.start);
                    assert_eq!(layout.delivery.end, layout.delivery_tag.start);
                    assert_eq!(layout.delivery_tag.end, layout.contact.start);
                    assert_eq!(layout.contact.end, layout.contact_tag.start);
                    assert_eq!(layout.contact_tag.end, size);
                    assert!(!layout.delivery.is_empty());
                }
            }
        }
    }
}
