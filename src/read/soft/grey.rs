//! A grey picture in whole numbers, with what the soft reader does to all of its pixels: downscaling and normalisation.

use super::plane::Plane;

/// Parts of a grey value: in a dark picture of little contrast, whole values would lose what downscaling gains over noise.
const PARTS: u16 = 4;

/// What is added to the contrast of a window, so that the noise of blank paper stays faint: five grey values.
const FAINT: f32 = 5.0 * PARTS as f32;

/// Grey values, row by row, in [`PARTS`] of a value of the picture.
pub(super) struct Grey {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) pixels: Vec<u16>,
}

impl Grey {
    pub(super) fn new(pixels: &[u8], width: u32, height: u32) -> Self {
        let (width, height) = (width as usize, height as usize);
        Self {
            width,
            height,
            pixels: pixels[..width * height].iter().map(|&pixel| PARTS * u16::from(pixel)).collect(),
        }
    }

    /// The picture in floating point, in its own values.
    pub(super) fn plane(&self) -> Plane {
        let pixels = self.pixels.iter().map(|&pixel| f32::from(pixel) / f32::from(PARTS)).collect();
        Plane { width: self.width, height: self.height, pixels }
    }

    /// The picture at half the size; each pixel is the mean of four.
    pub(super) fn half(&self) -> Self {
        let (width, height) = (self.width / 2, self.height / 2);
        let mut pixels = Vec::with_capacity(width * height);
        let row = |y: usize| &self.pixels[y * self.width..][..2 * width];
        for y in 0..height {
            let pairs = row(2 * y).chunks_exact(2).zip(row(2 * y + 1).chunks_exact(2));
            pixels.extend(pairs.map(|(a, b)| (a[0] + a[1] + b[0] + b[1] + 2) / 4));
        }
        Self { width, height, pixels }
    }

    /// How much darker each pixel is than the window around it, in units of the window's standard deviation, from −1 to 1.
    /// Paper and ink then have the same values in light and in shadow.
    pub(super) fn normalised(&self, radius: usize) -> Plane {
        let (width, height) = (self.width, self.height);
        // Sums over the rows of a window, for each column and for columns of nothing on either side; sums of whole numbers have
        // no rounding errors that accumulate.
        let mut sums = vec![0u32; width + 2 * radius + 1];
        let mut squares = sums.clone();
        let widths: Vec<u64> =
            (0..width).map(|x| ((x + radius + 1).min(width) - x.saturating_sub(radius)) as u64).collect();
        let mut windows = vec![(0f32, 0f32); width];
        let mut pixels = Vec::with_capacity(width * height);
        let row = |y: usize| &self.pixels[y * width..][..width];
        let mut next = 0;
        for y in 0..height {
            while next < (y + radius + 1).min(height) {
                let columns = sums[radius + 1..].iter_mut().zip(&mut squares[radius + 1..]);
                for ((sum, square), &pixel) in columns.zip(row(next)) {
                    let pixel = u32::from(pixel);
                    *sum += pixel;
                    *square += pixel * pixel;
                }
                next += 1;
            }
            if y > radius {
                let columns = sums[radius + 1..].iter_mut().zip(&mut squares[radius + 1..]);
                for ((sum, square), &pixel) in columns.zip(row(y - radius - 1)) {
                    let pixel = u32::from(pixel);
                    *sum -= pixel;
                    *square -= pixel * pixel;
                }
            }
            let rows = (next - y.saturating_sub(radius)) as u64;
            let total = |of: &[u32]| of[..=2 * radius].iter().map(|&sum| u64::from(sum)).sum::<u64>();
            let (mut sum, mut square) = (total(&sums), total(&squares));
            let ends =
                sums.iter().zip(&squares).zip(sums[2 * radius + 1..].iter().zip(&squares[2 * radius + 1..]));
            for ((window, width), ((sum_out, square_out), (sum_in, square_in))) in
                windows.iter_mut().zip(&widths).zip(ends)
            {
                sum = sum + u64::from(*sum_in) - u64::from(*sum_out);
                square = square + u64::from(*square_in) - u64::from(*square_out);
                let count = rows * width;
                // The variance times the square of the count.
                let spread = count * square - sum * sum;
                *window = (
                    sum as i64 as f32 / count as i64 as f32,
                    spread as i64 as f32 / (count * count) as i64 as f32,
                );
            }
            // Apart from the sums, so that a processor takes four roots at a time.
            pixels.extend(row(y).iter().zip(&windows).map(|(&pixel, (mean, variance))| {
                ((mean - f32::from(pixel)) / (1.3 * variance.sqrt() + FAINT)).clamp(-1.0, 1.0)
            }));
        }
        Plane { width, height, pixels }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(width: u32, height: u32) -> Grey {
        let hash = |at: u32| ((at * 7919 + 11).wrapping_mul(2_654_435_761) >> 24) as u8;
        let pixels: Vec<u8> = (0..width * height).map(hash).collect();
        Grey::new(&pixels, width, height)
    }

    #[test]
    fn normalised_values_are_those_of_each_window() {
        for (width, height, radius) in [(31, 40, 6), (40, 17, 12), (9, 9, 12), (25, 25, 12)] {
            let grey = noise(width, height);
            let normal = grey.normalised(radius);
            for y in 0..grey.height {
                for x in 0..grey.width {
                    let rows = y.saturating_sub(radius)..(y + radius + 1).min(grey.height);
                    let columns = x.saturating_sub(radius)..(x + radius + 1).min(grey.width);
                    let window: Vec<f64> = rows
                        .flat_map(|y| {
                            grey.pixels[y * grey.width..][columns.clone()].iter().copied().map(f64::from)
                        })
                        .collect();
                    let mean = window.iter().sum::<f64>() / window.len() as f64;
                    let spread =
                        window.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / window.len() as f64;
                    let own = f64::from(grey.pixels[y * grey.width + x]);
                    let value = ((mean - own) / (1.3 * spread.sqrt() + 20.0)).clamp(-1.0, 1.0);
                    let found = f64::from(normal.pixels[y * grey.width + x]);
                    assert!((found - value).abs() < 1e-4, "{x}, {y}: {found} for {value}");
                }
            }
        }
    }

    #[test]
    fn a_half_has_the_means_of_four() {
        let grey = Grey::new(&[0, 2, 9, 5, 6, 9, 9, 9, 9], 3, 3);
        let half = grey.half();
        assert_eq!((half.width, half.height, half.pixels), (1, 1, vec![13]));
    }
}
