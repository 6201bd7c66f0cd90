//! Frames one label for its container: the local header of a ZIP, the header and padding of a TAR.
//!
//! In goes a label's bytes; out comes a [`FrameEntry`] with its range in the buffer. Framing is done by the worker that
//! draws the label, so that the thread that writes files writes large contiguous blocks.

use super::zip;
use crate::batch::notice::Notices;
use crate::batch::product::{BESIDE, ContainerKind, Product, ProductKind};
use crate::keys::{Day, DeliveryCode};
use crate::label::pdf::PdfLabel;
use crate::payload::{Handle, Waybill};
use std::ops::Range;

/// Seconds per day.
const DAY: u64 = 86_400;
/// Bytes per block of a TAR (POSIX.1-1988, ustar).
const BLOCK: usize = 512;

/// One label within a buffer of several.
#[derive(Debug)]
#[non_exhaustive]
pub struct FrameEntry {
    /// Its waybill number, which is also its file name.
    pub waybill: Waybill,
    /// Its handle.
    pub handle: Handle,
    /// Its delivery code, if it was asked for.
    pub code: Option<DeliveryCode>,
    /// Characters in its QR code's text, which determine the symbol's version.
    pub chars: usize,
    /// Characters without a glyph in any font.
    pub missing: usize,
    /// Texts printed as `***`.
    pub withheld: usize,
    /// What people should know of it.
    pub notices: Notices,
    /// The range of the label with its frame.
    pub frame: Range<usize>,
    /// The range of the label alone.
    pub body: Range<usize>,
    /// CRC-32 of the label, for a ZIP.
    pub crc: u32,
    /// The page, for a PDF.
    pub leaf: Option<Box<PdfLabel>>,
    /// The file beside the label, for a QR code by itself.
    pub beside: Option<FrameBeside>,
}

/// A second file of one order, with the same name and the ending [`BESIDE`]. It follows the first in the buffer.
#[derive(Debug)]
#[non_exhaustive]
pub struct FrameBeside {
    /// Where its frame begins.
    pub start: usize,
    /// The range of the file alone.
    pub body: Range<usize>,
    /// CRC-32 of it, for a ZIP.
    pub crc: u32,
}

/// Writes the frames of labels.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Framing {
    /// The container.
    pub kind: ContainerKind,
    /// The file name extension, without the dot.
    pub ending: &'static str,
    /// The day of sealing. It is the date of every file in an archive, so that archives are reproducible.
    pub day: Day,
}

impl Framing {
    /// The framing for a kind of container and product, and a day of sealing.
    #[must_use]
    pub const fn new(kind: ContainerKind, make: ProductKind, day: Day) -> Self {
        Self { kind, ending: make.ending(), day }
    }

    /// Reserves the space of the header. The caller then appends the label to `bytes`, and calls [`end`](Self::end).
    pub fn begin(&self, bytes: &mut Vec<u8>, waybill: &Waybill) -> Begun {
        self.begin_named(bytes, waybill, self.ending)
    }

    fn begin_named(&self, bytes: &mut Vec<u8>, waybill: &Waybill, ending: &str) -> Begun {
        let start = bytes.len();
        match self.kind {
            ContainerKind::Zip => bytes.resize(start + zip::LOCAL + named(waybill, ending).len(), 0),
            ContainerKind::Tar => bytes.resize(start + BLOCK, 0),
            ContainerKind::Folder | ContainerKind::Pdf | ContainerKind::Lines | ContainerKind::Stream => {}
        }
        Begun { waybill: *waybill, start, body: bytes.len() }
    }

    /// Fills in the header and adds padding, once the label's length is known.
    pub fn end(&self, bytes: &mut Vec<u8>, begun: &Begun, made: Product) -> FrameEntry {
        let second = bytes.split_off(bytes.len() - made.beside);
        let (body, crc) = self.close(bytes, begun, self.ending);
        let beside = (!second.is_empty()).then(|| {
            let begun = self.begin_named(bytes, &begun.waybill, BESIDE);
            bytes.extend_from_slice(&second);
            let (body, crc) = self.close(bytes, &begun, BESIDE);
            FrameBeside { start: begun.start, body, crc }
        });
        let Product { leaf, handle, code, chars, missing, withheld, notices, .. } = made;
        let frame = begun.start..bytes.len();
        FrameEntry {
            waybill: begun.waybill,
            handle,
            code,
            chars,
            missing,
            withheld,
            notices,
            frame,
            body,
            crc,
            leaf,
            beside,
        }
    }

    /// Fills in one file's header and adds its padding; returns its range and CRC-32.
    fn close(&self, bytes: &mut Vec<u8>, begun: &Begun, ending: &str) -> (Range<usize>, u32) {
        let body = begun.body..bytes.len();
        let mut crc = 0;
        match self.kind {
            ContainerKind::Zip => {
                crc = crc32fast::hash(&bytes[body.clone()]);
                let size = body.len() as u32;
                let head = zip::local(&named(&begun.waybill, ending), crc, size, self.day);
                bytes[begun.start..body.start].copy_from_slice(&head);
            }
            ContainerKind::Tar => {
                let mut header = tar::Header::new_ustar();
                // Cannot fail: names have at most 26 characters, and 100 are allowed.
                let _fits = header.set_path(named(&begun.waybill, ending));
                header.set_size(body.len() as u64);
                header.set_mode(0o644);
                header.set_mtime((u64::from(self.day.number()) + Day::UNIX_OFFSET) * DAY);
                header.set_entry_type(tar::EntryType::Regular);
                header.set_cksum();
                bytes[begun.start..body.start].copy_from_slice(header.as_bytes());
                bytes.resize(body.end.next_multiple_of(BLOCK), 0);
            }
            ContainerKind::Folder | ContainerKind::Pdf | ContainerKind::Lines | ContainerKind::Stream => {}
        }
        (body, crc)
    }

    /// The file name of a label.
    #[must_use]
    pub fn name(&self, waybill: &Waybill) -> String {
        named(waybill, self.ending)
    }

    /// The file name of what goes beside a label.
    #[must_use]
    pub fn name_beside(&self, waybill: &Waybill) -> String {
        named(waybill, BESIDE)
    }
}

fn named(waybill: &Waybill, ending: &str) -> String {
    format!("{}.{ending}", &*waybill.text())
}

/// A label whose header is reserved.
#[derive(Debug)]
pub struct Begun {
    waybill: Waybill,
    start: usize,
    body: usize,
}
