//! The back-ends by name: one function from a label to the bytes of a file or of a printer's job.

use super::{Composed, pdf, png, svg, tspl, zpl};
use std::{fmt, io, str::FromStr};

/// A back-end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// PNG (ISO/IEC 15948), one bit a dot, dpi set.
    Png,
    /// SVG 1.1.
    Svg,
    /// PDF 1.7 (ISO 32000-1), a page of the label's own size. [`pdf::Book`] holds many.
    Pdf,
    /// ZPL II, a job of one label; jobs may follow one another in a file.
    Zpl,
    /// TSPL, a job of one label; jobs may follow one another in a file.
    Tspl,
}

/// Who draws the two codes where a printer can.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Codes {
    /// Wayseal, dot for dot.
    #[default]
    Dots,
    /// The printer, by its own commands; the rest is dots. Formats that are no printer's ignore it.
    Native,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Png, Self::Svg, Self::Pdf, Self::Zpl, Self::Tspl];

    /// Its name, and the ending of its files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Pdf => "pdf",
            Self::Zpl => "zpl",
            Self::Tspl => "tspl",
        }
    }

    /// Whether a file may hold several labels, one after another, byte for byte.
    #[must_use]
    pub const fn concatenates(self) -> bool {
        matches!(self, Self::Zpl | Self::Tspl)
    }

    /// The label in this format.
    ///
    /// # Errors
    /// None on a page that a composer accepts; a page too large for the format.
    pub fn encode(self, label: &Composed<'_>, codes: Codes) -> io::Result<Vec<u8>> {
        Ok(match self {
            Self::Png => png::encode(label.canvas, &label.page)?,
            Self::Svg => svg::encode(label).into_bytes(),
            Self::Pdf => {
                let mut book = pdf::Book::new(Vec::new(), pdf::Paper::Label)?;
                book.add(&pdf::Leaf::new(label))?;
                book.finish()?
            }
            Self::Zpl => zpl::encode(label, codes),
            Self::Tspl => tspl::encode(label, codes),
        })
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that is no format's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownFormat;

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the formats are png, svg, pdf, zpl and tspl")
    }
}

impl std::error::Error for UnknownFormat {}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        Self::ALL.into_iter().find(|format| format.name() == name).ok_or(UnknownFormat)
    }
}

/// The page without the two codes, where a printer draws them itself.
pub(super) fn without_codes(label: &Composed<'_>) -> super::Canvas {
    let mut canvas = label.canvas.clone();
    let (bars, symbol) = (label.bars, label.symbol);
    let side = symbol.choice.side_dots() as i32;
    canvas.fill(bars.x, bars.y, bars.width, bars.height, false);
    canvas.fill(symbol.x, symbol.y, side, side, false);
    canvas
}
