//! The QR code without its label, for a layout of the carrier's own: exact modules with their quiet zone.
//!
//! In: a payload's text and a composer's choice of version, level and dots per module. Out: the symbol as dots, PNG, SVG or a
//! ZPL graphic. It is the symbol that the same composer draws on its label.

use super::canvas::Canvas;
use super::encode::{png, zpl_graphic};
use super::page::Page;
use crate::symbol::{Choice, Symbol};
use std::fmt::Write as _;
use std::io;

/// Modules of quiet zone on each side (ISO/IEC 18004, 9.1).
pub const QUIET: usize = 4;

/// A QR code by itself.
#[derive(Debug)]
#[non_exhaustive]
pub struct SymbolAlone {
    /// Version, level and dots per module.
    pub choice: Choice,
    /// The modules, without the quiet zone.
    pub modules: Symbol,
    page: Page,
}

impl SymbolAlone {
    pub(super) const fn new(choice: Choice, modules: Symbol, page: Page) -> Self {
        Self { choice, modules, page }
    }

    /// Modules on a side, quiet zone included.
    #[must_use]
    pub const fn side(&self) -> usize {
        self.modules.size() + 2 * QUIET
    }

    /// The rows of modules from top to bottom in hexadecimal: the leftmost module is the highest bit of the first digit, dark
    /// is 1, and zeros fill the last digit.
    pub fn rows(&self) -> impl Iterator<Item = String> {
        let digits = self.modules.size().div_ceil(4);
        self.modules.rows().iter().map(move |row| {
            let whole = format!("{row:016x}");
            whole[..digits].to_owned()
        })
    }

    /// The symbol in the printer's dots.
    #[must_use]
    pub fn canvas(&self) -> Canvas {
        let dots = self.choice.dots as usize;
        let mut canvas = Canvas::new(self.side() * dots, self.side() * dots);
        for (x, y, long) in self.runs() {
            let at = |modules: usize| (modules * dots) as i32;
            canvas.fill(at(x), at(y), at(long), at(1), true);
        }
        canvas
    }

    /// Appends a PNG of the printer's dots, with its resolution.
    ///
    /// # Errors
    /// None for a symbol that a composer chose.
    pub fn png(&self, out: &mut Vec<u8>) -> io::Result<()> {
        out.extend_from_slice(&png::encode(&self.canvas(), &self.page)?);
        Ok(())
    }

    /// An SVG of one unit a module, in millimetres.
    #[must_use]
    pub fn svg(&self) -> String {
        let side = self.side();
        let um = side as u32 * self.choice.module_um;
        let (mm, rest) = (um / 1000, um % 1000);
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{mm}.{rest:03}mm\" height=\"{mm}.{rest:03}mm\" \
             viewBox=\"0 0 {side} {side}\"><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/>\
             <path shape-rendering=\"crispEdges\" d=\""
        );
        for (x, y, long) in self.runs() {
            // Writing to a String cannot fail.
            let _ = write!(svg, "M{x} {y}h{long}v1h-{long}z");
        }
        svg.push_str("\"/></svg>\n");
        svg
    }

    /// Appends a ZPL graphic, to be placed by the `^FO` before it. The quiet zone is part of it.
    pub fn zpl(&self, out: &mut Vec<u8>) {
        zpl_graphic(&self.canvas(), out);
    }

    /// Runs of dark modules, as x, y and length, counted from the corner of the quiet zone.
    fn runs(&self) -> impl Iterator<Item = (usize, usize, usize)> {
        let size = self.modules.size();
        (0..size).flat_map(move |y| {
            let mut x = 0;
            std::iter::from_fn(move || {
                while x < size && !self.modules.is_dark(x, y) {
                    x += 1;
                }
                let from = x;
                while x < size && self.modules.is_dark(x, y) {
                    x += 1;
                }
                (x > from).then_some((from + QUIET, y + QUIET, x - from))
            })
        })
    }
}
