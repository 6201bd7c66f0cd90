//! What stands around one label in its container. It is written by the thread that draws the label, so that
//! the thread that writes files has whole stretches to write.

use super::zip;
use crate::batch::product::{ContainerKind, Product, ProductKind};
use crate::keys::Day;
use crate::label::pdf::PdfLabel;
use crate::payload::{Handle, Waybill};
use std::ops::Range;

/// Seconds of a day.
const DAY: u64 = 86_400;
/// Bytes of a block of a TAR.
const BLOCK: usize = 512;

/// One label among the bytes of others.
#[derive(Debug)]
#[non_exhaustive]
pub struct FrameEntry {
    /// Its waybill number, and the name of its file.
    pub waybill: Waybill,
    /// Its handle.
    pub handle: Handle,
    /// Characters of its QR code, on which the symbol depends.
    pub chars: usize,
    /// Characters that no font had.
    pub missing: usize,
    /// Texts that are printed as `***`.
    pub withheld: usize,
    /// The label with what stands around it.
    pub frame: Range<usize>,
    /// The label alone.
    pub body: Range<usize>,
    /// CRC-32 of the label, for a ZIP.
    pub crc: u32,
    /// What a page needs, for a PDF.
    pub leaf: Option<Box<PdfLabel>>,
}

/// Writes labels with what stands around them.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Framing {
    /// The container.
    pub kind: ContainerKind,
    /// What the names of files end in.
    pub ending: &'static str,
    /// The day of sealing: files are of that day, so that the same label is the same file at any time.
    pub day: Day,
}

impl Framing {
    /// What stands around labels that are made so, sealed on a day, in such a container.
    #[must_use]
    pub const fn new(kind: ContainerKind, make: ProductKind, day: Day) -> Self {
        Self { kind, ending: make.ending(), day }
    }

    /// Writes what stands before a label that is now appended to `bytes`.
    pub fn begin(&self, bytes: &mut Vec<u8>, waybill: &Waybill) -> Begun {
        let start = bytes.len();
        match self.kind {
            ContainerKind::Zip => bytes.resize(start + zip::LOCAL + self.name(waybill).len(), 0),
            ContainerKind::Tar => bytes.resize(start + BLOCK, 0),
            ContainerKind::Folder | ContainerKind::Pdf | ContainerKind::Lines | ContainerKind::Stream => {}
        }
        Begun { waybill: *waybill, start, body: bytes.len() }
    }

    /// Completes what stands around a label.
    pub fn end(&self, bytes: &mut Vec<u8>, begun: &Begun, made: Product) -> FrameEntry {
        let body = begun.body..bytes.len();
        let mut crc = 0;
        match self.kind {
            ContainerKind::Zip => {
                crc = crc32fast::hash(&bytes[body.clone()]);
                let size = body.len() as u32;
                let head = zip::local(&self.name(&begun.waybill), crc, size, self.day);
                bytes[begun.start..body.start].copy_from_slice(&head);
            }
            ContainerKind::Tar => {
                let mut header = tar::Header::new_ustar();
                // At most 26 of a hundred characters.
                let _fits = header.set_path(self.name(&begun.waybill));
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
        let Product { leaf, handle, chars, missing, withheld } = made;
        let frame = begun.start..bytes.len();
        FrameEntry { waybill: begun.waybill, handle, chars, missing, withheld, frame, body, crc, leaf }
    }

    /// The name of a label's file.
    #[must_use]
    pub fn name(&self, waybill: &Waybill) -> String {
        format!("{}.{}", &*waybill.text(), self.ending)
    }
}

/// A label whose frame is begun.
#[derive(Debug)]
pub struct Begun {
    waybill: Waybill,
    start: usize,
    body: usize,
}
