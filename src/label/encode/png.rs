//! PNG (ISO/IEC 15948): one bit per dot, resolution in `pHYs`, no row filter, one `IDAT` chunk.

use super::deflate::{self, PageRows};
use crate::label::canvas::Canvas;
use crate::label::page::Page;
use std::io;

const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

/// Encodes the page as a PNG file. Equal pages give equal bytes.
///
/// # Errors
/// A page without dots, or a page too large for the format.
pub fn encode(canvas: &Canvas, page: &Page) -> io::Result<Vec<u8>> {
    let mut out = Vec::with_capacity(32 * 1024);
    append(canvas, page, &mut out)?;
    Ok(out)
}

/// Appends the encoded page to `out`.
pub(super) fn append(canvas: &Canvas, page: &Page, out: &mut Vec<u8>) -> io::Result<()> {
    let side = |dots: usize| match i32::try_from(dots) {
        Ok(1..) => Ok((dots as u32).to_be_bytes()),
        _ => Err(io::Error::new(io::ErrorKind::InvalidInput, "a PNG has 1 to 2147483647 dots a side")),
    };
    // Grey, one bit per sample; deflate, adaptive filtering, not interlaced.
    let kind = [1, 0, 0, 0, 0];
    let per_metre = (f64::from(page.dpi.dots_per_mm()) * 1000.0).round() as u32;
    out.extend_from_slice(&SIGNATURE);
    let (width, height) = (side(canvas.width())?, side(canvas.height())?);
    chunk(out, b"IHDR", |out| out.extend([width.as_slice(), &height, &kind].concat()));
    let [x, y, metre] = [per_metre.to_be_bytes(), per_metre.to_be_bytes(), [1, 0, 0, 0]];
    chunk(out, b"pHYs", |out| out.extend([x.as_slice(), &y, &metre[..1]].concat()));
    chunk(out, b"IDAT", |out| deflate::compress(canvas.bits(), canvas.stride(), PageRows::Png, out));
    chunk(out, b"IEND", |_| ());
    Ok(())
}

/// A chunk: length, type, the data that `data` appends, and the CRC-32 of type and data.
fn chunk(out: &mut Vec<u8>, kind: &[u8; 4], data: impl FnOnce(&mut Vec<u8>)) {
    let start = out.len();
    out.extend_from_slice(&[0; 4]);
    out.extend_from_slice(kind);
    data(out);
    let length = (out.len() - start - 8) as u32;
    out[start..start + 4].copy_from_slice(&length.to_be_bytes());
    let check = crc32fast::hash(&out[start + 4..]);
    out.extend_from_slice(&check.to_be_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::label::{Dpi, canvas::Bitmap};

    fn pages() -> impl Iterator<Item = (Canvas, Page)> {
        [Page::SMALL, Page::MEDIUM, Page::LARGE].into_iter().zip([Dpi::D203, Dpi::D203, Dpi::D300]).map(
            |(size, dpi)| {
                let page = Page::new(size, dpi);
                let dots = |mm: f64| (mm as f32 * dpi.dots_per_mm()).round() as usize;
                let mut canvas = Canvas::new(dots(page.width_mm), dots(page.height_mm));
                for place in 0..60 {
                    canvas.fill(place * 13, place * 19, 11 + place, 1 + place % 7 * 5, place % 5 > 0);
                    let bits = (0..40).map(|at| (place * 37 + at * at * 11) as u8).collect();
                    canvas.blit(&Bitmap { stride: 4, bits }, 700 - place * 9, place * 17, true);
                }
                (canvas, page)
            },
        )
    }

    #[test]
    fn decoders_that_are_not_ours_see_every_dot() {
        for (canvas, page) in pages() {
            let file = encode(&canvas, &page).unwrap();
            let mut reader = png::Decoder::new(io::Cursor::new(&file)).read_info().unwrap();
            let per_metre = if page.dpi == Dpi::D203 { 8000 } else { 11_811 };
            assert_eq!(reader.info().pixel_dims.unwrap().xppu, per_metre);
            let mut bits = vec![0; reader.output_buffer_size().unwrap()];
            reader.next_frame(&mut bits).unwrap();
            let white: Vec<u8> = canvas.bits().iter().map(|byte| !byte).collect();
            assert!(bits == white);

            let grey = image::load_from_memory(&file).unwrap().into_luma8();
            assert_eq!(grey.dimensions(), (canvas.width() as u32, canvas.height() as u32));
            for (x, y, dot) in grey.enumerate_pixels() {
                let byte = canvas.bits()[y as usize * canvas.stride() + x as usize / 8];
                assert_eq!(dot.0[0] == 0, byte << (x % 8) & 0x80 != 0, "{x}, {y}");
            }
        }
    }

    #[test]
    fn a_page_without_dots_is_refused() {
        let page = Page::new(Page::MEDIUM, Dpi::D203);
        assert_eq!(encode(&Canvas::new(0, 4), &page).unwrap_err().kind(), io::ErrorKind::InvalidInput);
    }
}
