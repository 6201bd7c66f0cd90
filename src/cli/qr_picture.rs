//! A QR code of digits, larger than any label's: as lines of a terminal, or as a picture.

use crate::cli::failure::Failure;
use crate::cli::language::{Language, failure, giving};
use qrcode::{Color, EcLevel, QrCode};
use std::path::Path;

/// Light modules around the code.
const QUIET: usize = 4;
/// Pixels a module in a picture.
const SCALE: u32 = 6;

/// The modules of a code, with its light margin.
pub struct QrPicture {
    side: usize,
    dark: Vec<bool>,
}

impl QrPicture {
    /// The code of a text.
    pub fn of(text: &str, language: Language) -> Result<Self, Failure> {
        let code = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::L)
            .map_err(|_| Failure::usage(language.of(giving::NO_CODE_HOLDS_IT)))?;
        let width = code.width();
        let side = width + 2 * QUIET;
        let mut dark = vec![false; side * side];
        for y in 0..width {
            for x in 0..width {
                dark[(y + QUIET) * side + x + QUIET] = code[(x, y)] == Color::Dark;
            }
        }
        Ok(Self { side, dark })
    }

    /// Lines of a terminal, two rows each. Light is drawn, as terminals are dark.
    pub fn lines(&self) -> Vec<String> {
        let dark = |x: usize, y: usize| y < self.side && self.dark[y * self.side + x];
        let cell = |x: usize, y: usize| match (dark(x, y), y + 1 >= self.side || dark(x, y + 1)) {
            (false, false) => '█',
            (false, true) => '▀',
            (true, false) => '▄',
            (true, true) => ' ',
        };
        (0..self.side).step_by(2).map(|y| (0..self.side).map(|x| cell(x, y)).collect()).collect()
    }

    /// Writes it as a PNG.
    pub fn write(&self, path: &Path, language: Language) -> Result<(), Failure> {
        let side = self.side as u32 * SCALE;
        let dark = |x: u32, y: u32| self.dark[(y / SCALE) as usize * self.side + (x / SCALE) as usize];
        let picture =
            image::GrayImage::from_fn(side, side, |x, y| image::Luma([if dark(x, y) { 0 } else { 255 }]));
        picture
            .save_with_format(path, image::ImageFormat::Png)
            .map_err(|error| Failure::output(failure::cannot_write(language, path.display(), error)))
    }
}
