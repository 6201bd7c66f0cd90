//! A camera: grey planes in, texts of labels and of colleagues' codes out, each label with the number in its bar code.

use crate::reply::{Call, Reply};
use wayseal_host::device::app::{DeviceCode, DeviceFailure, PassCode};
use wayseal_host::payload::Payload;
use wayseal_host::read::beside;
use wayseal_host::read::image::{Gray, SIDE_MAX};
use wayseal_host::read::ladder::Turns;

/// Frames after which the bar code of a label that is still in sight is looked for again: half a second.
const KEPT: u32 = 15;

/// What is remembered of the frames before.
#[derive(Default)]
pub(crate) struct Camera {
    turns: Turns,
    frame: Option<Gray>,
    /// The labels of the frame before.
    seen: Vec<Seen>,
}

/// A label in sight. Its bar code is a longer search than its QR code, so the number stays for some frames; not for longer, and not over
/// a frame without it, since the next label may be a copy of this one on another parcel.
struct Seen {
    text: String,
    printed: Option<String>,
    frames: u32,
}

/// A grey plane: rows of `stride` bytes, of which `width` are pixels.
pub(crate) struct Plane<'p> {
    pub bytes: &'p [u8],
    pub width: i32,
    pub height: i32,
    pub stride: i32,
}

impl Camera {
    /// Reads the labels of a frame.
    pub fn read(&mut self, plane: &Plane<'_>) -> Call {
        let refused = || {
            let message = "the plane is too small for its size, or larger than a picture may be";
            DeviceFailure::new(DeviceCode::Argument, message)
        };
        let pixels = self.frame.take().map(|frame| frame.pixels).unwrap_or_default();
        let frame = self.frame.insert(filled(plane, pixels).ok_or_else(refused)?);
        let reads = self
            .turns
            .read(frame, &mut |text| Payload::parse(text.as_bytes()).is_ok() || PassCode::of(text).is_some());
        let before = std::mem::take(&mut self.seen);
        let (mut seen, mut new) = (Vec::new(), Vec::new());
        for text in reads.into_iter().map(|read| read.text) {
            match before.iter().find(|known| known.text == text && known.frames < KEPT) {
                Some(known) => {
                    seen.push(Seen { text, printed: known.printed.clone(), frames: known.frames + 1 });
                }
                // A colleague's code has no bar code beside it.
                None if PassCode::of(&text).is_some() => seen.push(Seen { text, printed: None, frames: 0 }),
                None => new.push(text),
            }
        }
        if !new.is_empty() {
            let texts: Vec<&str> = new.iter().map(String::as_str).collect();
            let numbers = beside::printed(frame, &texts);
            seen.extend(new.into_iter().zip(numbers).map(|(text, printed)| Seen {
                text,
                printed,
                frames: 0,
            }));
        }
        self.seen = seen;
        Ok(Reply::done()
            .list(&self.seen, |reply, seen| reply.text(&seen.text).text_or_none(seen.printed.as_deref())))
    }
}

/// The pixels of a plane, in the memory of those before.
fn filled(plane: &Plane<'_>, mut pixels: Vec<u8>) -> Option<Gray> {
    let side = |side: i32| u32::try_from(side).ok().filter(|side| (1..=SIDE_MAX).contains(side));
    let (width, height) = (side(plane.width)?, side(plane.height)?);
    let stride = usize::try_from(plane.stride).ok().filter(|stride| *stride >= width as usize)?;
    // The last row need not be whole.
    plane.bytes.get(..stride.checked_mul(height as usize - 1)?.checked_add(width as usize)?)?;
    pixels.clear();
    for row in plane.bytes.chunks(stride).take(height as usize) {
        pixels.extend_from_slice(&row[..width as usize]);
    }
    Some(Gray { width, height, pixels })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_is_left_out_and_no_size_reads_beyond_the_plane() {
        let bytes: Vec<u8> = (0..100).collect();
        let plane = |width, height, stride| Plane { bytes: &bytes, width, height, stride };
        let gray = filled(&plane(3, 2, 10), vec![7; 50]).unwrap();
        assert_eq!(gray.pixels, [0, 1, 2, 10, 11, 12]);
        assert!(filled(&plane(10, 10, 10), Vec::new()).is_some());
        assert!(filled(&plane(9, 9, 11), Vec::new()).is_some(), "a last row of 9");
        for (width, height, stride) in [
            (10, 11, 10),
            (10, 9, 12),
            (11, 2, 10),
            (0, 1, 1),
            (1, 0, 1),
            (-1, 1, 1),
            (1, -1, 1),
            (1, 1, -1),
            (i32::MAX, i32::MAX, i32::MAX),
            (1, 4096, i32::MAX),
        ] {
            assert!(filled(&plane(width, height, stride), Vec::new()).is_none(), "{width} {height} {stride}");
        }
    }
}
