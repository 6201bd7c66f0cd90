//! A label by the usual libraries, for comparison: the `qrcode` crate with its best of eight masks, a page of one byte
//! per dot, and the `image` crate's PNG with default options.
//!
//! The text costs nothing here: the page is given with everything drawn except the code.

use image::{DynamicImage, GrayImage, ImageFormat, Luma};
use qrcode::{Color, EcLevel, QrCode};
use std::io::Cursor;

/// A page without its QR code, and where that goes.
pub struct UsualPage {
    page: GrayImage,
    left: u32,
    top: u32,
    dots: u32,
}

impl UsualPage {
    /// The page of rows of `stride` bytes, a bit a dot, set is black; modules of `dots` dots from (`left`,
    /// `top`).
    pub fn new(bits: &[u8], stride: usize, width: usize, [left, top, dots]: [u32; 3]) -> Self {
        let height = bits.len() / stride.max(1);
        let dot = |x: u32, y: u32| {
            let byte = bits[y as usize * stride + x as usize / 8];
            Luma([if byte << (x % 8) & 0x80 != 0 { 0 } else { 255 }])
        };
        Self { page: GrayImage::from_fn(width as u32, height as u32, dot), left, top, dots }
    }

    /// The page with so many dots a module.
    #[allow(dead_code)]
    pub fn with_dots(&self, dots: u32) -> Self {
        Self { page: self.page.clone(), dots, ..*self }
    }

    /// The page as it is, without its code.
    pub fn blank(&self) -> GrayImage {
        self.page.clone()
    }

    /// The label as a PNG file.
    pub fn finish(&self, payload: &[u8]) -> Vec<u8> {
        let mut page = self.blank();
        let code = QrCode::with_error_correction_level(payload, EcLevel::M).expect("a payload fits a symbol");
        let side = code.width();
        for (at, color) in code.to_colors().into_iter().enumerate() {
            let (x, y) = ((at % side) as u32 * self.dots, (at / side) as u32 * self.dots);
            let shade = Luma([if color == Color::Dark { 0 } else { 255 }]);
            for (dx, dy) in (0..self.dots).flat_map(|dy| (0..self.dots).map(move |dx| (dx, dy))) {
                page.put_pixel(self.left + x + dx, self.top + y + dy, shade);
            }
        }
        encode(page)
    }
}

/// The page as the crate's default PNG.
pub fn encode(page: GrayImage) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    DynamicImage::ImageLuma8(page).write_to(&mut file, ImageFormat::Png).expect("memory does not fail");
    file.into_inner()
}
