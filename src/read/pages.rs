//! Every picture of a file: the pages of a TIFF, the frames of an animated PNG or WebP, and what is transparent in each.
//!
//! In go the bytes of a file; out come grey pictures, one at a time, so that many pages take the memory of one. No more than
//! [`PAGES_MAX`] are given, and a caller is told of the rest.

use super::image::{self, Gray, ImageError, WHITE};
use crate::contained;
use ::image::codecs::{png::PngDecoder, webp::WebPDecoder};
use ::image::{DynamicImage, ImageDecoder as _, ImageFormat};
use std::io::Cursor;

/// The most pages or frames of a file that are read.
pub const PAGES_MAX: usize = 32;

/// The most pages that are counted.
const COUNTED_MAX: usize = 10_000;

/// What was in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PageCount {
    /// Pages or frames that were read.
    pub read: usize,
    /// Those that could not be decoded.
    pub damaged: usize,
    /// Whether there are more than [`PAGES_MAX`], which were not read.
    pub more: bool,
}

/// Gives every page of a file to `take`. A page with transparent pixels is given over white, and then over black.
///
/// # Errors
/// [`ImageError`]: the file is not an image, or its first page is damaged or too large.
pub fn each(bytes: &[u8], take: &mut dyn FnMut(Gray)) -> Result<PageCount, ImageError> {
    match ::image::guess_format(bytes).map_err(|_| ImageError::Unknown)? {
        ImageFormat::Tiff => tiff(bytes, take),
        ImageFormat::Png => {
            let frames = PngDecoder::with_limits(Cursor::new(bytes), image::limits());
            let decoder = frames.map_err(ImageError::of)?;
            if decoder.is_apng().unwrap_or(false) {
                return frames_of(decoder.apng().map_err(ImageError::of)?, take);
            }
            single(bytes, take)
        }
        ImageFormat::WebP => {
            let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(ImageError::of)?;
            decoder.set_limits(image::limits()).map_err(ImageError::of)?;
            if decoder.has_animation() { frames_of(decoder, take) } else { single(bytes, take) }
        }
        _ => single(bytes, take),
    }
}

fn single(bytes: &[u8], take: &mut dyn FnMut(Gray)) -> Result<PageCount, ImageError> {
    give(image::decode(bytes)?, take);
    Ok(PageCount { read: 1, ..PageCount::default() })
}

/// Gives a page over white, and over black if that makes another picture.
fn give(page: DynamicImage, take: &mut dyn FnMut(Gray)) {
    let is_transparent = page.color().has_alpha() && page.to_rgba8().pixels().any(|pixel| pixel.0[3] < 255);
    if is_transparent {
        take(image::gray(page.clone(), WHITE));
        take(image::gray(page, 0));
    } else {
        take(image::gray(page, WHITE));
    }
}

fn frames_of<'a>(
    decoder: impl ::image::AnimationDecoder<'a>,
    take: &mut dyn FnMut(Gray),
) -> Result<PageCount, ImageError> {
    let mut frames = decoder.into_frames();
    let mut count = PageCount::default();
    loop {
        let frame = match contained::run(|| frames.next()) {
            Some(None) => return Ok(count),
            Some(Some(Ok(frame))) => frame,
            Some(Some(Err(error))) if count.read == 0 => return Err(ImageError::of(error)),
            None if count.read == 0 => return Err(ImageError::Damaged(None)),
            // A decoder does not go on after an error.
            _ => {
                count.damaged += 1;
                return Ok(count);
            }
        };
        if count.read == PAGES_MAX {
            count.more = true;
            return Ok(count);
        }
        give(DynamicImage::ImageRgba8(frame.into_buffer()), take);
        count.read += 1;
    }
}

/// The pages of a TIFF. Its decoder reads the first one, so that the file's head is pointed at each in turn.
fn tiff(bytes: &[u8], take: &mut dyn FnMut(Gray)) -> Result<PageCount, ImageError> {
    let directories = directories(bytes);
    let mut bytes = bytes.to_vec();
    let mut count = PageCount { more: directories.len() > PAGES_MAX, ..PageCount::default() };
    for (at, directory) in directories.into_iter().take(PAGES_MAX).enumerate() {
        if let Some(first) = bytes.get_mut(4..8) {
            first.copy_from_slice(&directory);
        }
        match image::decode(&bytes) {
            Ok(page) => {
                give(page, take);
                count.read += 1;
            }
            Err(error) if at == 0 => return Err(error),
            Err(_) => count.damaged += 1,
        }
    }
    if count.read == 0 { single(&bytes, take) } else { Ok(count) }
}

/// Where the directories of a TIFF are: each ends with the place of the next (TIFF 6.0, section 2). Of a BigTIFF, whose places
/// are longer, none: its first page is read.
fn directories(bytes: &[u8]) -> Vec<[u8; 4]> {
    let is_big_endian = bytes.starts_with(b"MM\0*");
    let mut found: Vec<[u8; 4]> = Vec::new();
    if !is_big_endian && !bytes.starts_with(b"II*\0") {
        return found;
    }
    let word = |at: usize| <[u8; 4]>::try_from(bytes.get(at..at.checked_add(4)?)?).ok();
    let place = |word: [u8; 4]| {
        (if is_big_endian { u32::from_be_bytes(word) } else { u32::from_le_bytes(word) }) as usize
    };
    let mut next = word(4);
    while let Some(directory) = next
        && place(directory) != 0
        && found.len() < COUNTED_MAX
        && !found.contains(&directory)
    {
        found.push(directory);
        let at = place(directory);
        let entries = bytes.get(at..at + 2).and_then(|bytes| <[u8; 2]>::try_from(bytes).ok()).map(|count| {
            usize::from(if is_big_endian { u16::from_be_bytes(count) } else { u16::from_le_bytes(count) })
        });
        // A directory is a count, entries of twelve bytes, and the place of the next.
        next = entries.and_then(|entries| word(at + 2 + 12 * entries));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::image::{GrayImage, Luma, Rgba, RgbaImage};

    /// A TIFF of pages of one grey each, by hand: a directory and four pixels a page.
    fn tiff_of(greys: &[u8]) -> Vec<u8> {
        let mut file = b"II*\0".to_vec();
        file.extend(8u32.to_le_bytes());
        for (at, grey) in greys.iter().enumerate() {
            let start = file.len() as u32;
            let entries: [(u16, u32); 8] =
                [(256, 2), (257, 2), (258, 8), (259, 1), (262, 1), (273, start + 102), (277, 1), (279, 4)];
            file.extend((entries.len() as u16).to_le_bytes());
            for (tag, value) in entries {
                file.extend(tag.to_le_bytes());
                file.extend(4u16.to_le_bytes());
                file.extend(1u32.to_le_bytes());
                file.extend(value.to_le_bytes());
            }
            let next = if at + 1 == greys.len() { 0 } else { start + 106 };
            file.extend(next.to_le_bytes());
            file.extend([*grey; 4]);
        }
        file
    }

    fn read(bytes: &[u8]) -> (Vec<u8>, PageCount) {
        let mut greys = Vec::new();
        let count = each(bytes, &mut |page| greys.push(page.pixels[0])).unwrap();
        (greys, count)
    }

    #[test]
    fn every_page_of_a_tiff_is_read_up_to_the_bound() {
        for pages in [1, 2, 5, PAGES_MAX] {
            let greys: Vec<u8> = (0..pages as u8).map(|page| page * 7).collect();
            assert_eq!(read(&tiff_of(&greys)), (greys, PageCount { read: pages, ..PageCount::default() }));
        }
        let greys: Vec<u8> = (0..40).collect();
        let (read, count) = read(&tiff_of(&greys));
        assert_eq!((read.len(), count), (PAGES_MAX, PageCount { read: PAGES_MAX, damaged: 0, more: true }));
    }

    #[test]
    fn a_tiff_that_points_at_itself_or_nowhere_ends() {
        let mut file = tiff_of(&[10, 20]);
        let next = 8 + 2 + 8 * 12;
        file[next..next + 4].copy_from_slice(&8u32.to_le_bytes());
        assert!(matches!(each(&file, &mut |_| ()), Err(ImageError::Damaged(_))));
        file[next..next + 4].copy_from_slice(&0xffff_fff0u32.to_le_bytes());
        assert_eq!(read(&file), (vec![10], PageCount { read: 1, damaged: 1, more: false }));
        assert!(each(b"II*\0", &mut |_| ()).is_err());
    }

    #[test]
    fn what_is_transparent_is_seen_over_white_and_over_black() {
        let write = |picture: RgbaImage| {
            let mut bytes = Cursor::new(Vec::new());
            picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
            bytes.into_inner()
        };
        assert_eq!(read(&write(RgbaImage::from_pixel(3, 3, Rgba([255, 255, 255, 0])))).0, [255, 0]);
        assert_eq!(read(&write(RgbaImage::from_pixel(3, 3, Rgba([9, 9, 9, 255])))).0, [9]);
        let mut bytes = Cursor::new(Vec::new());
        GrayImage::from_pixel(3, 3, Luma([7])).write_to(&mut bytes, ImageFormat::Bmp).unwrap();
        assert_eq!(read(bytes.get_ref()).0, [7]);
        assert!(matches!(each(b"waybill", &mut |_| ()), Err(ImageError::Unknown)));
    }
}
