//! The back-ends by name: one function from a label to the bytes of a file or printer job.

use super::native::{self, PrinterLanguage};
use super::{cpcl, pdf, png, svg, tspl, zpl};
use crate::label::compose::Composed;
use std::{fmt, io, str::FromStr};

/// An output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// PNG (ISO/IEC 15948), one bit per dot, with the resolution set.
    Png,
    /// SVG 1.1.
    Svg,
    /// PDF 1.7 (ISO 32000-1), one page of the label's size. [`pdf::PdfWriter`] writes many labels to one file.
    Pdf,
    /// ZPL II, a job of one label. A file may contain several jobs.
    Zpl,
    /// TSPL, a job of one label. A file may contain several jobs.
    Tspl,
    /// CPCL, a job of one label. A file may contain several jobs.
    Cpcl,
}

/// Who draws the bar code and the QR code, for printers that can.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Codes {
    /// Wayseal draws them dot by dot.
    #[default]
    Dots,
    /// The printer draws them with its own commands. Rules are commands too, and text becomes small bitmaps.
    /// Ignored by formats that are not printer languages, and for a label whose waybill number contains characters
    /// of printer commands.
    Native,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 6] = [Self::Png, Self::Svg, Self::Pdf, Self::Zpl, Self::Tspl, Self::Cpcl];

    /// The name, which is also the file extension.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Pdf => "pdf",
            Self::Zpl => "zpl",
            Self::Tspl => "tspl",
            Self::Cpcl => "cpcl",
        }
    }

    /// Whether a file may contain several labels by concatenation.
    #[must_use]
    pub const fn concatenates(self) -> bool {
        matches!(self, Self::Zpl | Self::Tspl | Self::Cpcl)
    }

    /// The language in which the printer draws the codes itself, if it can.
    #[must_use]
    pub const fn language(self) -> Option<PrinterLanguage> {
        match self {
            Self::Zpl => Some(PrinterLanguage::Zpl),
            Self::Tspl => Some(PrinterLanguage::Tspl),
            Self::Png | Self::Svg | Self::Pdf | Self::Cpcl => None,
        }
    }

    /// Encodes the label in this format.
    ///
    /// # Errors
    /// None for a page that a composer accepts; otherwise a page too large for the format.
    pub fn encode(self, label: &Composed<'_>, codes: Codes) -> io::Result<Vec<u8>> {
        let mut out = Vec::with_capacity(32 * 1024);
        self.append(label, codes, &mut out)?;
        Ok(out)
    }

    /// Appends the encoded label to `out`.
    ///
    /// # Errors
    /// As [`encode`](Self::encode).
    pub fn append(self, label: &Composed<'_>, codes: Codes, out: &mut Vec<u8>) -> io::Result<()> {
        if let (Some(language), Codes::Native) = (self.language(), codes)
            && native::append(label, language, out)
        {
            return Ok(());
        }
        match self {
            Self::Png => png::append(label.canvas, &label.page, out)?,
            Self::Svg => out.extend_from_slice(svg::encode(label).as_bytes()),
            Self::Pdf => {
                let mut writer = pdf::PdfWriter::new(out, pdf::Paper::Label)?;
                writer.add(&pdf::PdfLabel::new(label))?;
                writer.finish()?;
            }
            Self::Zpl => zpl::append(label, out),
            Self::Tspl => tspl::append(label, out),
            Self::Cpcl => cpcl::append(label, out),
        }
        Ok(())
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The name of no format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the formats are png, svg, pdf, zpl, tspl and cpcl")]
pub struct UnknownFormat;

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        Self::ALL.into_iter().find(|format| format.name() == name).ok_or(UnknownFormat)
    }
}
