//! A grey picture in whole numbers, with what the soft reader does to all of its pixels: downscaling and normalisation.

use super::plane::Plane;

/// Parts of a grey value: in a dark picture of little contrast, whole values would lose what downscaling gains over noise.
const PARTS: u16 = 4;

/// The middle of the scale.
const MIDDLE: i16 = 128 * PARTS as i16;

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
        // no rounding errors that accumulate. Squares are of values about the middle of the scale, which are smaller.
        let mut sums = vec![0i32; width + 2 * radius + 1];
        let mut squares = sums.clone();
        let widths: Vec<f32> =
            (0..width).map(|x| ((x + radius + 1).min(width) - x.saturating_sub(radius)) as f32).collect();
        let (mut totals, mut square_totals) = (vec![0f32; width], vec![0f32; width]);
        let mut pixels = Vec::with_capacity(width * height);
        let row = |y: usize| &self.pixels[y * width..][..width];
        let mut next = 0;
        for y in 0..height {
            let (own, own_squares) = (&mut sums[radius + 1..], &mut squares[radius + 1..]);
            while next < (y + radius + 1).min(height) {
                add(own, own_squares, row(next), 1);
                next += 1;
            }
            if y > radius {
                add(own, own_squares, row(y - radius - 1), -1);
            }
            let rows = (next - y.saturating_sub(radius)) as f32;
            slide(&sums, radius, &mut totals);
            slide(&squares, radius, &mut square_totals);
            // Apart from the sums, so that a processor takes four roots at a time.
            let windows = totals.iter().zip(&square_totals).zip(&widths);
            pixels.extend(row(y).iter().zip(windows).map(|(&pixel, ((total, squares), width))| {
                let part = 1.0 / (rows * width);
                let mean = total * part;
                let variance = (squares * part - mean * mean).max(0.0);
                let own = f32::from(pixel as i16 - MIDDLE);
                ((mean - own) / (1.3 * variance.sqrt() + FAINT)).clamp(-1.0, 1.0)
            }));
        }
        Plane { width, height, pixels }
    }
}

/// Adds a row of pixels and of their squares to sums of columns, or takes it away.
fn add(sums: &mut [i32], squares: &mut [i32], row: &[u16], sign: i32) {
    for ((sum, square), &pixel) in sums.iter_mut().zip(squares).zip(row) {
        let pixel = i32::from(pixel as i16 - MIDDLE);
        *sum += sign * pixel;
        *square += sign * pixel * pixel;
    }
}

/// Sums of a window that moves along a row; `columns` begin with as many of nothing as it reaches, and one.
fn slide(columns: &[i32], radius: usize, totals: &mut [f32]) {
    let mut total: i64 = columns[..=2 * radius].iter().map(|&sum| i64::from(sum)).sum();
    for (out, (gone, come)) in totals.iter_mut().zip(columns.iter().zip(&columns[2 * radius + 1..])) {
        total += i64::from(come - gone);
        *out = total as f32;
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
