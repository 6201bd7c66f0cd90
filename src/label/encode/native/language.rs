//! The printer languages, and the command of each for every part of a label.

use super::parts;
use crate::label::area::Area;
use crate::label::canvas::Canvas;
use crate::label::compose::Sketch;
use crate::label::drawing::{Layer, Rect};
use crate::label::encode::decimal::number;
use crate::label::encode::{tspl, zpl};
use crate::label::font::Fonts;
use crate::label::page::Page;

/// The command language of a printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrinterLanguage {
    /// ZPL II.
    Zpl,
    /// TSPL.
    Tspl,
}

impl PrinterLanguage {
    /// Starts a label.
    pub(super) fn open(self, out: &mut Vec<u8>) {
        match self {
            Self::Zpl => out.extend_from_slice(b"^XA"),
            Self::Tspl => {}
        }
    }

    /// The size of the sheet.
    pub(super) fn page(self, page: Page, out: &mut Vec<u8>) {
        match self {
            Self::Zpl => zpl::page(page, out),
            Self::Tspl => tspl::page(page, out),
        }
    }

    /// A rectangle as a printer command.
    pub(super) fn rule(self, rule: &Rect, out: &mut Vec<u8>) {
        match self {
            Self::Zpl => zpl::rule(rule, out),
            Self::Tspl => tspl::rule(rule, out),
        }
    }

    /// The position of the next bitmap.
    pub(super) fn at(self, x: i32, y: i32, out: &mut Vec<u8>) {
        out.extend_from_slice(match self {
            Self::Zpl => b"^FO",
            Self::Tspl => b"BITMAP ",
        });
        number(x, out);
        out.push(b',');
        number(y, out);
    }

    /// Draws the layers' content in a box on `canvas`, and appends it as a bitmap at that position.
    pub(super) fn draw(
        self,
        area: Area,
        layers: &[Layer<'_>],
        fonts: &Fonts,
        canvas: &mut Canvas,
        out: &mut Vec<u8>,
    ) {
        parts::draw(area, layers, fonts, self.black(), canvas);
        self.at(area.x, area.y, out);
        self.picture(canvas, out);
    }

    /// Whether a set bit is black in bitmaps of this language.
    pub(super) fn black(self) -> bool {
        match self {
            Self::Zpl => true,
            Self::Tspl => false,
        }
    }

    /// A bitmap. Its position is written before it.
    pub(super) fn picture(self, picture: &Canvas, out: &mut Vec<u8>) {
        match self {
            Self::Zpl => zpl::picture(picture, out),
            Self::Tspl => tspl::picture(picture, out),
        }
    }

    /// The bar code and the QR code as commands.
    pub(super) fn codes(self, label: &Sketch<'_>, out: &mut Vec<u8>) {
        match self {
            Self::Zpl => zpl::codes(label.bars, label.symbol, out),
            Self::Tspl => tspl::codes(label.bars, label.symbol, out),
        }
    }

    /// Ends a label.
    pub(super) fn close(self, out: &mut Vec<u8>) {
        out.extend_from_slice(match self {
            Self::Zpl => b"^XZ\n",
            Self::Tspl => b"PRINT 1,1\r\n",
        });
    }
}
