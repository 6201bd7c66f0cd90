//! PNG (ISO/IEC 15948): one bit a dot, the dpi in `pHYs`.

use crate::label::{Page, canvas::Canvas};
use std::io;

/// The page as a PNG file.
///
/// # Errors
/// None on a page of a label; a page too large for the format.
pub fn encode(canvas: &Canvas, page: &Page) -> io::Result<Vec<u8>> {
    let mut out = Vec::with_capacity(32 * 1024);
    let (width, height) = (canvas.width() as u32, canvas.height() as u32);
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    // Rows resemble the row above; fdeflate's constant code then costs a tenth of the default level.
    encoder.set_filter(png::Filter::Up);
    encoder.set_deflate_compression(png::DeflateCompression::FdeflateUltraFast);
    let per_metre = (f64::from(page.dpi.dots_per_mm()) * 1000.0).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: per_metre,
        yppu: per_metre,
        unit: png::Unit::Meter,
    }));
    let mut writer = encoder.write_header()?;
    // PNG's 1 is white.
    let white: Vec<u8> = canvas.bits().iter().map(|byte| !byte).collect();
    writer.write_image_data(&white)?;
    writer.finish()?;
    Ok(out)
}
