//! Every picture of a file: the pages of a TIFF or BigTIFF, the frames of an animated PNG or WebP, and what is transparent in each.
//!
//! In go the bytes of a file; out come grey pictures, one at a time, so that many pages take the memory of one. No more than
//! [`PAGES_MAX`] are given, and a caller is told of the rest.

use super::image::{self, Gray, ImageError, WHITE};
use super::tiff::TiffPages;
use crate::contained;
use ::image::codecs::{png::PngDecoder, webp::WebPDecoder};
use ::image::{DynamicImage, ImageDecoder as _, ImageFormat};
use std::io::Cursor;

/// The most pages or frames of a file that are read.
pub const PAGES_MAX: usize = 32;

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
/// [`ImageError`]: the file is not an image, or none of its pages is to be read.
pub fn each(bytes: &[u8], take: &mut dyn FnMut(Gray)) -> Result<PageCount, ImageError> {
    if let Some(pages) = TiffPages::of(bytes) {
        return tiff(pages, take);
    }
    match ::image::guess_format(bytes).map_err(|_| ImageError::Unknown)? {
        ImageFormat::Png => {
            let frames = PngDecoder::with_limits(Cursor::new(bytes), image::limits());
            let decoder = frames.map_err(ImageError::of)?;
            if decoder.is_apng().unwrap_or(false) {
                // What programs show that know no animation may be no part of it, and have a label of its own.
                let mut count = if is_frame(bytes) { PageCount::default() } else { single(bytes, take)? };
                let frames = decoder.apng().map_err(ImageError::of);
                return match frames.and_then(|frames| frames_of(frames, count.read, take)) {
                    Ok(frames) => Ok(PageCount { read: count.read + frames.read, ..frames }),
                    // Frames of a kind that the decoder has not, 16 bits a sample: the still picture is what is left.
                    Err(_) => {
                        count = if count.read == 0 { single(bytes, take)? } else { count };
                        Ok(PageCount { damaged: 1, ..count })
                    }
                };
            }
            single(bytes, take)
        }
        ImageFormat::WebP => {
            let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(ImageError::of)?;
            decoder.set_limits(image::limits()).map_err(ImageError::of)?;
            if decoder.has_animation() { frames_of(decoder, 0, take) } else { single(bytes, take) }
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

/// The frames of an animation of which `before` pages were read.
fn frames_of<'a>(
    decoder: impl ::image::AnimationDecoder<'a>,
    before: usize,
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
        if before + count.read == PAGES_MAX {
            count.more = true;
            return Ok(count);
        }
        give(DynamicImage::ImageRgba8(frame.into_buffer()), take);
        count.read += 1;
    }
}

/// The pages of a TIFF. One that is damaged takes none of the others away.
fn tiff(mut pages: TiffPages, take: &mut dyn FnMut(Gray)) -> Result<PageCount, ImageError> {
    let mut count = PageCount { more: pages.count() > PAGES_MAX, ..PageCount::default() };
    let mut first = None;
    // A file without a directory has an error of its own.
    for index in 0..pages.count().clamp(1, PAGES_MAX) {
        match image::decode(pages.first(index)) {
            Ok(page) => {
                give(page, take);
                count.read += 1;
            }
            Err(error) => {
                count.damaged += 1;
                first = first.or(Some(error));
            }
        }
    }
    match first {
        Some(error) if count.read == 0 => Err(error),
        _ => Ok(count),
    }
}

/// Whether the still picture of an animated PNG is its first frame: then a chunk `fcTL` comes before its pixels.
fn is_frame(png: &[u8]) -> bool {
    let mut at = 8_usize;
    while let Some(head) = png.get(at..at.saturating_add(8)) {
        match &head[4..] {
            b"fcTL" => return true,
            b"IDAT" => return false,
            _ => {}
        }
        let len = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        at = at.saturating_add(len).saturating_add(12);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::super::tiff::tests::tiff_of;
    use super::*;
    use ::image::{GrayImage, Luma, Rgba, RgbaImage};

    fn read(bytes: &[u8]) -> (Vec<u8>, PageCount) {
        let mut greys = Vec::new();
        let count = each(bytes, &mut |page| greys.push(page.pixels[0])).unwrap();
        (greys, count)
    }

    #[test]
    fn every_page_of_a_tiff_is_read_up_to_the_bound() {
        for (is_big_endian, is_long) in [(false, false), (true, false), (false, true), (true, true)] {
            for pages in [1, 2, 5, PAGES_MAX] {
                let greys: Vec<u8> = (0..pages as u8).map(|page| page * 7).collect();
                let file = tiff_of(&greys, is_big_endian, is_long);
                assert_eq!(image::load(&file).unwrap().pixels[0], greys[0]);
                assert_eq!(read(&file), (greys, PageCount { read: pages, ..PageCount::default() }));
            }
            let greys: Vec<u8> = (0..40).collect();
            let (read, count) = read(&tiff_of(&greys, is_big_endian, is_long));
            let expected = PageCount { read: PAGES_MAX, damaged: 0, more: true };
            assert_eq!((read.len(), count), (PAGES_MAX, expected));
        }
    }

    #[test]
    fn a_tiff_that_points_at_itself_or_nowhere_ends() {
        let mut file = tiff_of(&[10, 20], false, false);
        let next = 8 + 2 + 8 * 12;
        file[next..next + 4].copy_from_slice(&8u32.to_le_bytes());
        let circle = each(&file, &mut |_| ());
        assert!(matches!(circle, Err(ImageError::Damaged(_)) | Ok(PageCount { read: 1, .. })), "{circle:?}");
        file[next..next + 4].copy_from_slice(&0xffff_fff0u32.to_le_bytes());
        assert_eq!(read(&file), (vec![10], PageCount { read: 1, damaged: 1, more: false }));
        assert!(each(b"II*\0", &mut |_| ()).is_err() && each(b"MM\0+", &mut |_| ()).is_err());
        // A first page that is damaged takes the second one not away.
        let mut file = tiff_of(&[10, 20], false, false);
        file[8 + 2 + 3 * 12 + 8] = 99;
        assert_eq!(read(&file), (vec![20], PageCount { read: 1, damaged: 1, more: false }));
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

    fn png_of(grey: u8) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        RgbaImage::from_pixel(3, 3, Rgba([grey, grey, grey, 255]))
            .write_to(&mut bytes, ImageFormat::Png)
            .unwrap();
        bytes.into_inner()
    }

    /// The chunks of a PNG: name and content.
    fn chunks(png: &[u8]) -> Vec<([u8; 4], Vec<u8>)> {
        let mut found = Vec::new();
        let mut rest = &png[8..];
        while rest.len() >= 12 {
            let len = u32::from_be_bytes(rest[..4].try_into().unwrap()) as usize;
            found.push((rest[4..8].try_into().unwrap(), rest[8..8 + len].to_vec()));
            rest = &rest[12 + len..];
        }
        found
    }

    /// An animated PNG of frames of one grey each, after a still picture that is none of them, if there is one.
    fn animated_png(still: Option<u8>, greys: &[u8]) -> Vec<u8> {
        let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
        let mut put = |name: &[u8; 4], content: &[u8]| {
            file.extend((content.len() as u32).to_be_bytes());
            file.extend(name);
            file.extend(content);
            let check = [&name[..], content].concat().iter().fold(u32::MAX, |check, byte| {
                (0..8).fold(check ^ u32::from(*byte), |check, _| {
                    check >> 1 ^ (0xedb8_8320 & (check & 1).wrapping_neg())
                })
            });
            file.extend((!check).to_be_bytes());
        };
        let of = |grey: u8, name: &[u8; 4]| -> Vec<u8> {
            chunks(&png_of(grey))
                .into_iter()
                .filter(|chunk| chunk.0 == *name)
                .flat_map(|chunk| chunk.1)
                .collect()
        };
        put(b"IHDR", &of(0, b"IHDR"));
        put(b"acTL", &[(greys.len() as u32).to_be_bytes(), [0; 4]].concat());
        if let Some(grey) = still {
            put(b"IDAT", &of(grey, b"IDAT"));
        }
        let mut sequence = 0_u32;
        let mut next = || {
            sequence += 1;
            (sequence - 1).to_be_bytes()
        };
        for (at, grey) in greys.iter().enumerate() {
            // Sequence, width, height, left, top; a tenth of a second; no disposal, no blending.
            let three = 3_u32.to_be_bytes();
            put(b"fcTL", &[&next()[..], &three, &three, &[0; 8], &[0, 1, 0, 10, 0, 0]].concat());
            let pixels = of(*grey, b"IDAT");
            if at == 0 && still.is_none() {
                put(b"IDAT", &pixels);
            } else {
                put(b"fdAT", &[&next()[..], &pixels].concat());
            }
        }
        put(b"IEND", &[]);
        file
    }

    /// An animated WebP of frames of one grey each.
    fn animated_webp(greys: &[u8]) -> Vec<u8> {
        let chunk = |name: &[u8; 4], content: &[u8]| {
            let pad = &[0][..content.len() % 2];
            [name, &(content.len() as u32).to_le_bytes()[..], content, pad].concat()
        };
        let mut parts = vec![chunk(b"VP8X", &[2, 0, 0, 0, 2, 0, 0, 2, 0, 0]), chunk(b"ANIM", &[0; 6])];
        for grey in greys {
            let mut still = Cursor::new(Vec::new());
            let picture = RgbaImage::from_pixel(3, 3, Rgba([*grey, *grey, *grey, 255]));
            picture.write_to(&mut still, ImageFormat::WebP).unwrap();
            // Left, top, width and height less one, a tenth of a second, no blending; then the picture's own chunk.
            let head = [0, 0, 0, 0, 0, 0, 2, 0, 0, 2, 0, 0, 100, 0, 0, 2];
            parts.push(chunk(b"ANMF", &[&head[..], &still.get_ref()[12..]].concat()));
        }
        let body = parts.concat();
        [b"RIFF", &(body.len() as u32 + 4).to_le_bytes()[..], b"WEBP", &body].concat()
    }

    #[test]
    fn every_frame_of_an_animation_is_read_up_to_the_bound() {
        for frames in [2, 5, PAGES_MAX] {
            let greys: Vec<u8> = (0..frames as u8).map(|frame| frame * 7).collect();
            let all = PageCount { read: frames, ..PageCount::default() };
            assert_eq!(read(&animated_png(None, &greys)), (greys.clone(), all));
            assert_eq!(read(&animated_webp(&greys)), (greys, all));
        }
        let greys: Vec<u8> = (0..40).collect();
        let some = PageCount { read: PAGES_MAX, damaged: 0, more: true };
        for file in [animated_png(None, &greys), animated_webp(&greys), animated_png(Some(200), &greys)] {
            let (read, count) = read(&file);
            assert_eq!((read.len(), count), (PAGES_MAX, some));
        }
        // The still picture that other programs show counts as one.
        let (read, count) = read(&animated_png(Some(200), &[1, 2]));
        assert_eq!((read, count), (vec![200, 1, 2], PageCount { read: 3, ..PageCount::default() }));
    }

    #[test]
    fn an_animation_that_breaks_off_gives_the_frames_before_and_says_so() {
        let damaged = PageCount { read: 1, damaged: 1, more: false };
        let png = animated_png(None, &[10, 20]);
        assert_eq!(read(&png[..png.len() - 40]), (vec![10], damaged));
        let webp = animated_webp(&[10, 20]);
        assert!(matches!(
            each(&webp[..webp.len() - 6], &mut |_| ()),
            Err(_) | Ok(PageCount { damaged: 1, .. })
        ));
        // Cut anywhere it ends, and nothing is passed over in silence.
        for file in [&png, &webp] {
            for at in 0..file.len() {
                let whole = PageCount { read: 2, ..PageCount::default() };
                let count = each(&file[..at], &mut |_| ());
                assert!(
                    count.is_err() || count.is_ok_and(|count| count != whole || at > file.len() - 16),
                    "{at}"
                );
            }
        }
    }
}
