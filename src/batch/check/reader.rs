//! The check of a label: what its file draws is read, or its commands are, and the text is opened.

use super::{cpcl, pdf, svg, tspl, zpl};
use crate::keys::{Day, Node};
use crate::label::native::PrinterLanguage;
use crate::label::pdf::{Paper, PdfLabel, PdfWriter};
use crate::label::{Canvas, Format};
use crate::read::image::{self, Gray};
use crate::read::ladder;
use crate::verifier::{Buffer, Verifier, Want};

/// Checks labels by opening them with the sealer's own leaves.
#[derive(Clone, Copy, Debug)]
pub struct Check<'a> {
    leaves: &'a [Node],
    day: Day,
}

impl<'a> Check<'a> {
    /// A check with the leaves of a sealer's grant.
    #[must_use]
    pub const fn new(leaves: &'a [Node], day: Day) -> Self {
        Self { leaves, day }
    }

    /// Whether every section of a payload opens.
    #[must_use]
    pub fn opens(&self, text: &[u8]) -> bool {
        let mut buffer = Buffer::new();
        Verifier::new(self.leaves, self.day).open(text, Want::Both, &mut buffer).is_ok()
    }

    /// Whether a QR code in the picture gives `text`, and every section of it opens.
    #[must_use]
    pub fn reads(&self, picture: &Gray, text: &str) -> bool {
        let mut same = |read: &str| read == text;
        !ladder::read(picture, &mut same).is_empty() && self.opens(text.as_bytes())
    }

    /// As [`reads`](Self::reads), from a label's file in a format, `width` dots wide.
    #[must_use]
    pub fn reads_label(&self, format: Format, file: &[u8], width: usize, text: &str) -> bool {
        let drawn = match format {
            Format::Png => return image::load(file).is_ok_and(|picture| self.reads(&picture, text)),
            Format::Svg => svg::drawn(file),
            Format::Pdf => pdf::drawn(file, width),
            Format::Zpl => zpl::drawn(file),
            Format::Tspl => tspl::drawn(file),
            Format::Cpcl => cpcl::drawn(file),
        };
        drawn.is_some_and(|canvas| self.reads(&gray(&canvas), text))
    }

    /// The same of a page, written as a document of its own: a document of many has the same operators for it.
    #[must_use]
    pub fn reads_page(&self, page: &PdfLabel, width: usize, text: &str) -> bool {
        let written = PdfWriter::new(Vec::new(), Paper::Label).and_then(|mut writer| {
            writer.add(page)?;
            writer.finish()
        });
        written.is_ok_and(|file| self.reads_label(Format::Pdf, &file, width, text))
    }

    /// Whether the commands of a label whose codes the printer draws have the text of the QR code and the waybill number, one
    /// code of each kind, and every section of the text opens.
    #[must_use]
    pub fn reads_commands(&self, language: PrinterLanguage, job: &[u8], text: &str, waybill: &str) -> bool {
        let codes = match language {
            PrinterLanguage::Zpl => zpl::codes(job),
            PrinterLanguage::Tspl => tspl::codes(job),
        };
        codes.is_some_and(|codes| codes.are(text, waybill)) && self.opens(text.as_bytes())
    }
}

/// Converts the dots of a label to grey pixels.
#[must_use]
pub fn gray(canvas: &Canvas) -> Gray {
    let (width, height) = (canvas.width(), canvas.height());
    let mut pixels = Vec::with_capacity(width * height);
    for row in canvas.bits().chunks_exact(canvas.stride().max(1)) {
        pixels.extend((0..width).map(|x| if row[x / 8] << (x % 8) & 0x80 == 0 { 255 } else { 0 }));
    }
    Gray { width: width as u32, height: height as u32, pixels }
}
