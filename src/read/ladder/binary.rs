//! Decides for each pixel between ink and paper, as the engine's own hybrid binariser does, several times as fast.
//!
//! In goes a picture; out comes the engine's matrix; a picture of less than five blocks a side is its own work. Blocks of 8 × 8 pixels each have a black point, and a pixel is compared
//! with the mean of 5 × 5 of them. Where blocks of the last row or column overlap others, a pixel that either calls dark is dark.

use image::GrayImage;
use rxing::common::{BitArray, BitMatrix, HybridBinarizer};
use rxing::{BinaryBitmap, Luma8LuminanceSource};

/// Pixels along a block's side.
const BLOCK: usize = 8;
/// The least range of grey within a block that has both ink and paper.
const RANGE_MIN: u8 = 24;
/// The least side of a picture in which blocks are compared with their neighbours.
const SIDE_MIN: usize = 5 * BLOCK;

/// The ink of a picture; `None` if it has no pixels.
pub(super) fn ink(picture: &GrayImage) -> Option<BitMatrix> {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    if width.min(height) < SIDE_MIN {
        let source =
            Luma8LuminanceSource::new(picture.as_raw().clone(), picture.width(), picture.height()).ok()?;
        return Some(BinaryBitmap::new(HybridBinarizer::new(source)).get_black_matrix().clone());
    }
    let pixels = picture.as_raw();
    let (across, down) = (width.div_ceil(BLOCK), height.div_ceil(BLOCK));
    let points = black_points(pixels, (width, height), (across, down));
    let mut matrix = BitMatrix::new(picture.width(), picture.height()).ok()?;
    let mut thresholds = [vec![0u8; width], vec![0u8; width]];
    let mut last = usize::MAX;
    for y in 0..height {
        let block = y / BLOCK;
        if block != last {
            row_of_thresholds(&points, (across, down), block, &mut thresholds[0]);
            last = block;
            // The last row of blocks ends with the picture, and overlaps the row above it.
            if block + 2 == down {
                row_of_thresholds(&points, (across, down), block + 1, &mut thresholds[1]);
            }
        }
        let row = &pixels[y * width..][..width];
        let bits = if block + 2 == down && y + BLOCK >= height {
            let both: Vec<u8> = thresholds[0].iter().zip(&thresholds[1]).map(|(a, b)| *a.max(b)).collect();
            bits(row, &both)
        } else {
            bits(row, &thresholds[0])
        };
        matrix.setRow(y as u32, &bits);
    }
    Some(matrix)
}

/// One bit a pixel: whether it is at most its threshold. The first pixel is the lowest bit.
fn bits(row: &[u8], thresholds: &[u8]) -> BitArray {
    const WORD: usize = usize::BITS as usize;
    /// Moves the lowest bits of eight bytes into the highest byte, the first byte's bit lowest.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let mut bits = BitArray::with_size(row.len());
    for (from, (row, thresholds)) in row.chunks(WORD).zip(thresholds.chunks(WORD)).enumerate() {
        let mut word = 0;
        for (at, (row, thresholds)) in row.chunks(8).zip(thresholds.chunks(8)).enumerate() {
            let mut dark = [0u8; 8];
            for (dark, (pixel, threshold)) in dark.iter_mut().zip(row.iter().zip(thresholds)) {
                *dark = u8::from(pixel <= threshold);
            }
            let byte = u64::from_le_bytes(dark).wrapping_mul(GATHER) >> 56;
            word |= (byte as usize) << (8 * at);
        }
        bits.setBulk(WORD * from, word);
    }
    bits
}

/// The thresholds of a row of blocks, one for each column of pixels.
fn row_of_thresholds(points: &[u8], (across, down): (usize, usize), block: usize, thresholds: &mut [u8]) {
    let width = thresholds.len();
    let top = block.clamp(2, down - 3) - 2;
    // Sums of five points of a column.
    let sums: Vec<u32> =
        (0..across).map(|x| (top..top + 5).map(|y| u32::from(points[y * across + x])).sum()).collect();
    let of = |x: usize| {
        let left = x.clamp(2, across - 3) - 2;
        (sums[left..left + 5].iter().sum::<u32>() / 25) as u8
    };
    for (x, columns) in thresholds.chunks_mut(BLOCK).enumerate() {
        columns.fill(of(x));
    }
    // The last block ends with the row.
    let end = of(across - 1);
    for threshold in &mut thresholds[width - BLOCK..] {
        *threshold = (*threshold).max(end);
    }
}

/// The black point of each block: the mean of its pixels, or, if it has ink or paper alone, what its neighbours make likely.
fn black_points(pixels: &[u8], (width, height): (usize, usize), (across, down): (usize, usize)) -> Vec<u8> {
    let mut points = vec![0u8; across * down];
    let (mut least, mut most, mut sums) = (vec![0u8; width], vec![0u8; width], vec![0u16; width]);
    for y in 0..down {
        let from = (y * BLOCK).min(height - BLOCK);
        least.fill(255);
        most.fill(0);
        sums.fill(0);
        for row in pixels[from * width..].chunks_exact(width).take(BLOCK) {
            for (((least, most), sum), &pixel) in least.iter_mut().zip(&mut most).zip(&mut sums).zip(row) {
                *least = pixel.min(*least);
                *most = pixel.max(*most);
                *sum += u16::from(pixel);
            }
        }
        for x in 0..across {
            let columns = (x * BLOCK).min(width - BLOCK)..;
            let dark = least[columns.clone()][..BLOCK].iter().fold(255, |a: u8, &b| a.min(b));
            let light = most[columns.clone()][..BLOCK].iter().fold(0, |a: u8, &b| a.max(b));
            let point = if light - dark > RANGE_MIN {
                (sums[columns][..BLOCK].iter().map(|&sum| u32::from(sum)).sum::<u32>() / 64) as u8
            } else if y > 0 && x > 0 {
                let point = |y: usize, x: usize| u32::from(points[y * across + x]);
                let around = (point(y - 1, x) + 2 * point(y, x - 1) + point(y - 1, x - 1)) / 4;
                if u32::from(dark) < around { around as u8 } else { dark / 2 }
            } else {
                dark / 2
            };
            points[y * across + x] = point;
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pixel_is_as_the_engine_has_it() {
        let mut state = 1u32;
        for (width, height) in [(40, 40), (41, 47), (64, 83), (129, 71), (200, 48)] {
            for kind in 0..4 {
                let picture = GrayImage::from_fn(width, height, |x, y| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    let noise = (state >> 24) as u8;
                    image::Luma([match kind {
                        0 => noise,
                        1 => noise / 16 + if (x / 13 + y / 17) % 2 == 0 { 30 } else { 200 },
                        2 => noise / 64 + (x + y) as u8 / 2,
                        _ => {
                            if (x / 3 + y / 3) % 2 == 0 {
                                0
                            } else {
                                255
                            }
                        }
                    }])
                });
                let source = Luma8LuminanceSource::new(picture.as_raw().clone(), width, height).unwrap();
                let bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
                assert_eq!(
                    ink(&picture).as_ref(),
                    Some(bitmap.get_black_matrix()),
                    "{width}×{height} {kind}"
                );
            }
        }
    }
}
