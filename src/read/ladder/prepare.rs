//! The image processing of each stage, before the engine searches the picture.
//!
//! In goes the original picture and a stage; out comes the processed picture, or nothing if the stage does not apply.

use super::filter::{self, Kernel};
use super::stage::Stage;
use crate::read::soft;
use image::{GrayImage, imageops};

/// The longest side of a picture that is enlarged, in pixels.
const DOUBLE_MAX: u32 = 1600;

/// Width and height of the picture after a stage; `None` if the stage does not apply to a picture of this size.
pub(super) fn size(original: &GrayImage, stage: Stage) -> Option<(u32, u32)> {
    let (width, height) = original.dimensions();
    match stage {
        Stage::Half => (width.min(height) >= 160).then_some((width / 2, height / 2)),
        Stage::Quarter => (width.min(height) >= 320).then_some((width / 4, height / 4)),
        Stage::TwoThirds => (width.min(height) >= 120).then_some((width * 2 / 3, height * 2 / 3)),
        Stage::Wide => (width <= DOUBLE_MAX).then_some((width * 2, height)),
        Stage::Tall => (height <= DOUBLE_MAX).then_some((width, height * 2)),
        Stage::Double | Stage::Mean => (width.max(height) <= DOUBLE_MAX).then_some((width * 2, height * 2)),
        _ => Some((width, height)),
    }
}

/// The picture after a stage; `None` if the stage would change nothing, or uses no engine.
pub(super) fn prepare(original: &GrayImage, stage: Stage, width: u32, height: u32) -> Option<GrayImage> {
    match stage {
        Stage::AsIs => Some(original.clone()),
        Stage::Half | Stage::Quarter | Stage::TwoThirds | Stage::Wide | Stage::Tall | Stage::Double => {
            Some(filter::resample(original, width, height, Kernel::Triangle))
        }
        Stage::Stretched => {
            let (dark, light) = original
                .pixels()
                .fold((255, 0), |(dark, light), pixel| (pixel.0[0].min(dark), pixel.0[0].max(light)));
            let span =
                u32::from(light).checked_sub(u32::from(dark)).filter(|span| (1..200).contains(span))?;
            let mut stretched = original.clone();
            for pixel in stretched.pixels_mut() {
                pixel.0[0] = (u32::from(pixel.0[0] - dark) * 255 / span) as u8;
            }
            Some(stretched)
        }
        Stage::Blurred => Some(filter::blurred(original)),
        Stage::Local => {
            let local = soft::local_contrast(original.as_raw(), width, height);
            GrayImage::from_raw(width, height, local)
        }
        // Morphological closing of the ink, 3 × 3: dilate, then erode. It fills thin light lines.
        Stage::Closed => Some(filter::lightest(&filter::darkest(original))),
        Stage::Opened => Some(filter::darkest(&filter::lightest(original))),
        Stage::Sharp => Some(imageops::unsharpen(original, 2.0, 0)),
        Stage::Mean => {
            let large = filter::resample(original, width, height, Kernel::CatmullRom);
            Some(below_mean(&filter::blurred(&large)))
        }
        Stage::Inverted => {
            let mut inverted = original.clone();
            imageops::invert(&mut inverted);
            Some(inverted)
        }
        Stage::Soft | Stage::Eighth => None,
    }
}

/// Thresholds each pixel by the mean of the window around it, whose side is a quarter of the picture's shorter side. A
/// pixel slightly lighter than the mean still counts as ink, since blur thins dark modules.
fn below_mean(picture: &GrayImage) -> GrayImage {
    const DOUBT: u64 = 5;
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let radius = (width.min(height) / 8).max(3);
    // Running sums of the window's columns, which move down a row at a time.
    let mut columns = vec![0u64; width];
    let row = |y: usize| &picture.as_raw()[y * width..][..width];
    let mut black = GrayImage::new(picture.width(), picture.height());
    for y in 0..height {
        let (top, end) = (y.saturating_sub(radius), (y + radius + 1).min(height));
        let mut add =
            |y: usize| columns.iter_mut().zip(row(y)).for_each(|(sum, &pixel)| *sum += u64::from(pixel));
        if y == 0 {
            (top..end).for_each(add);
        } else {
            if y + radius < height {
                add(y + radius);
            }
            if let Some(gone) = y.checked_sub(radius + 1) {
                columns.iter_mut().zip(row(gone)).for_each(|(sum, &pixel)| *sum -= u64::from(pixel));
            }
        }
        let mut window: u64 = columns[..radius.min(width)].iter().sum();
        let out = &mut black.as_mut()[y * width..][..width];
        for (x, (out, &pixel)) in out.iter_mut().zip(row(y)).enumerate() {
            window += columns.get(x + radius).copied().unwrap_or(0);
            window -= x.checked_sub(radius + 1).map_or(0, |gone| columns[gone]);
            let left = x.saturating_sub(radius);
            let area = ((x + radius + 1).min(width) - left) as u64 * (end - top) as u64;
            *out = if u64::from(pixel) * area < window + DOUBT * area { 0 } else { 255 };
        }
    }
    black
}
