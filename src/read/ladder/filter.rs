//! Resampling, blurring and morphology of grey pictures, with the results of `image`'s functions in a small part of their time.
//!
//! In go pictures; out come pictures. `image` resamples four channels in floating point, column by column; these work on rows of
//! one channel, several pixels at a time.

use image::GrayImage;

/// A kernel of resampling.
#[derive(Clone, Copy)]
pub(super) enum Kernel {
    /// Linear interpolation; means where a picture gets smaller.
    Triangle,
    /// The cubic spline of Catmull and Rom.
    CatmullRom,
}

impl Kernel {
    /// How far it reaches from its middle, in pixels of the larger grid.
    const fn reach(self) -> f32 {
        match self {
            Self::Triangle => 1.0,
            Self::CatmullRom => 2.0,
        }
    }

    fn weight(self, at: f32) -> f32 {
        let at = at.abs();
        match self {
            Self::Triangle => (1.0 - at).max(0.0),
            Self::CatmullRom if at < 1.0 => (9.0 * at.powi(3) - 15.0 * at.powi(2) + 6.0) / 6.0,
            Self::CatmullRom if at < 2.0 => (-3.0 * at.powi(3) + 15.0 * at.powi(2) - 24.0 * at + 12.0) / 6.0,
            Self::CatmullRom => 0.0,
        }
    }
}

/// The pixels along an axis that one of the result is the weighted sum of.
struct Taps {
    first: usize,
    weights: Vec<f32>,
}

impl Taps {
    /// Those of each pixel of the result.
    fn all(from: u32, to: u32, kernel: Kernel) -> Vec<Self> {
        let ratio = from as f32 / to as f32;
        let wide = ratio.max(1.0);
        let reach = kernel.reach() * wide;
        let one = |at: u32| {
            let middle = (at as f32 + 0.5) * ratio;
            let first = ((middle - reach).floor().max(0.0) as u32).min(from - 1);
            let end = ((middle + reach).ceil() as u32).clamp(first + 1, from);
            let weight = |pixel: u32| kernel.weight((pixel as f32 - (middle - 0.5)) / wide);
            let mut weights: Vec<f32> = (first..end).map(weight).collect();
            let sum: f32 = weights.iter().sum();
            weights.iter_mut().for_each(|weight| *weight /= sum);
            Self { first: first as usize, weights }
        };
        (0..to).map(one).collect()
    }
}

/// A picture in another size, of at least a pixel.
pub(super) fn resample(picture: &GrayImage, width: u32, height: u32, kernel: Kernel) -> GrayImage {
    if picture.is_empty() || width == 0 || height == 0 {
        return GrayImage::new(width, height);
    }
    let row = |y: usize| &picture.as_raw()[y * picture.width() as usize..][..picture.width() as usize];
    let across = Taps::all(picture.width(), width, kernel);
    let mut out = GrayImage::new(width, height);
    let mut sums = vec![0f32; picture.width() as usize];
    let rows = out.as_mut().chunks_exact_mut(width as usize);
    for (out, down) in rows.zip(Taps::all(picture.height(), height, kernel)) {
        sums.fill(0.0);
        for (y, weight) in down.weights.iter().enumerate() {
            for (sum, &pixel) in sums.iter_mut().zip(row(down.first + y)) {
                *sum += f32::from(pixel) * weight;
            }
        }
        for (out, taps) in out.iter_mut().zip(&across) {
            let sum = match *taps.weights {
                [a, b] => sum_of(&sums[taps.first..], [a, b]),
                [a, b, c] => sum_of(&sums[taps.first..], [a, b, c]),
                [a, b, c, d] => sum_of(&sums[taps.first..], [a, b, c, d]),
                [a, b, c, d, e] => sum_of(&sums[taps.first..], [a, b, c, d, e]),
                _ => sums[taps.first..].iter().zip(&taps.weights).fold(0.0, |sum, (v, w)| sum + v * w),
            };
            *out = (sum.clamp(0.0, 255.0) + 0.5) as u8;
        }
    }
    out
}

/// The weighted sum of so many values, in their order.
#[inline]
fn sum_of<const N: usize>(values: &[f32], weights: [f32; N]) -> f32 {
    values[..N].iter().zip(weights).fold(0.0, |sum, (value, weight)| sum + value * weight)
}

/// The mean of each pixel and its eight neighbours, thrice: about a Gaussian of 1.4 pixels.
pub(super) fn blurred(picture: &GrayImage) -> GrayImage {
    let mean = |a: u8, b: u8, c: u8| ((u16::from(a) + u16::from(b) + u16::from(c) + 1) / 3) as u8;
    (0..3).fold(picture.clone(), |picture, _| of_three(&picture, mean))
}

/// The darkest of each pixel and its eight neighbours.
pub(super) fn darkest(picture: &GrayImage) -> GrayImage {
    of_three(picture, |a, b, c| a.min(b).min(c))
}

/// The lightest.
pub(super) fn lightest(picture: &GrayImage) -> GrayImage {
    of_three(picture, |a, b, c| a.max(b).max(c))
}

/// Of each pixel and its neighbours along the row, then of these along the column, a value. Outside of the picture are the values of its nearest pixels.
fn of_three(picture: &GrayImage, pick: impl Fn(u8, u8, u8) -> u8) -> GrayImage {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    if width == 0 || height == 0 {
        return picture.clone();
    }
    let mut along = vec![0u8; width * height];
    for (out, row) in along.chunks_exact_mut(width).zip(picture.as_raw().chunks_exact(width)) {
        let last = width - 1;
        out[0] = pick(row[0], row[0], row[last.min(1)]);
        out[last] = pick(row[last.saturating_sub(1)], row[last], row[last]);
        if width > 2 {
            let triples = row.iter().zip(&row[1..]).zip(&row[2..]);
            for (out, ((&a, &b), &c)) in out[1..last].iter_mut().zip(triples) {
                *out = pick(a, b, c);
            }
        }
    }
    let row = |y: usize| &along[y * width..][..width];
    let mut done = GrayImage::new(picture.width(), picture.height());
    for (y, out) in done.as_mut().chunks_exact_mut(width).enumerate() {
        let triples = row(y.saturating_sub(1)).iter().zip(row(y)).zip(row((y + 1).min(height - 1)));
        for (out, ((&a, &b), &c)) in out.iter_mut().zip(triples) {
            *out = pick(a, b, c);
        }
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::imageops::{self, FilterType};

    fn pictures() -> impl Iterator<Item = GrayImage> {
        let mut state = 7u32;
        [(1, 1), (2, 1), (1, 3), (3, 2), (33, 20), (64, 65), (130, 71)].into_iter().map(
            move |(width, height)| {
                GrayImage::from_fn(width, height, |x, y| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    let noise = (state >> 24) as u8;
                    image::Luma([if (x / 7 + y / 5) % 2 == 0 { noise } else { 255 - noise / 8 }])
                })
            },
        )
    }

    #[test]
    fn a_picture_is_resampled_as_image_does_it() {
        for picture in pictures() {
            let (width, height) = picture.dimensions();
            for (w, h) in [
                (2 * width, 2 * height),
                (width.div_ceil(2), height.div_ceil(2)),
                (width.div_ceil(4), height.div_ceil(4)),
                ((2 * width).div_ceil(3), (2 * height).div_ceil(3)),
                (width, (3 * height).div_ceil(5)),
            ] {
                for (kernel, filter) in
                    [(Kernel::Triangle, FilterType::Triangle), (Kernel::CatmullRom, FilterType::CatmullRom)]
                {
                    let expected = imageops::resize(&picture, w, h, filter);
                    assert_eq!(resample(&picture, w, h, kernel), expected, "{width} × {height} to {w} × {h}");
                }
            }
        }
    }

    #[test]
    fn a_picture_is_blurred_as_image_does_it() {
        for picture in pictures() {
            for sigma in [1.4, 1.5] {
                assert_eq!(
                    blurred(&picture),
                    imageops::fast_blur(&picture, sigma),
                    "{:?}",
                    picture.dimensions()
                );
            }
        }
    }

    #[test]
    fn extremes_are_of_nine() {
        for picture in pictures() {
            let (width, height) = picture.dimensions();
            let nine = |x: u32, y: u32| {
                let rows = y.saturating_sub(1)..=(y + 1).min(height - 1);
                let columns = x.saturating_sub(1)..=(x + 1).min(width - 1);
                rows.flat_map(move |y| columns.clone().map(move |x| (x, y)))
                    .map(|(x, y)| picture.get_pixel(x, y).0[0])
            };
            let (dark, light) = (darkest(&picture), lightest(&picture));
            for (x, y, pixel) in dark.enumerate_pixels() {
                assert_eq!(Some(pixel.0[0]), nine(x, y).min());
                assert_eq!(Some(light.get_pixel(x, y).0[0]), nine(x, y).max());
            }
        }
    }
}
