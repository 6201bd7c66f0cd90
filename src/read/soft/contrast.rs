//! Normalises contrast by the neighbourhood, for a stage of the ladder.

use super::grey::Grey;

/// How much darker each pixel is than its neighbourhood, as grey values: 127 is equal, 255 is lightest.
pub(in crate::read) fn local_contrast(pixels: &[u8], width: u32, height: u32) -> Vec<u8> {
    let radius = (width.min(height) / 24).max(6) as usize;
    let plane = Grey::new(pixels, width, height).normalised(radius);
    plane.pixels.iter().map(|value| (127.5 - 127.0 * value) as u8).collect()
}
