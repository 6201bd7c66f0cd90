//! A grey picture in floating point, with the operations of the soft reader: downscaling, smoothing, normalisation,
//! interpolation.

/// Grey values, row by row.
#[derive(Clone)]
pub(super) struct Plane {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) pixels: Vec<f32>,
}

impl Plane {
    pub(super) fn new(pixels: &[u8], width: u32, height: u32) -> Self {
        Self {
            width: width as usize,
            height: height as usize,
            pixels: pixels.iter().map(|&pixel| f32::from(pixel)).collect(),
        }
    }

    /// The picture at half the size; each pixel is the mean of four.
    pub(super) fn half(&self) -> Self {
        let (width, height) = (self.width / 2, self.height / 2);
        let mut pixels = Vec::with_capacity(width * height);
        for y in 0..height {
            let upper = &self.pixels[2 * y * self.width..][..self.width];
            let lower = &self.pixels[(2 * y + 1) * self.width..][..self.width];
            let mean = |x: usize| (upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1]) / 4.0;
            pixels.extend((0..width).map(mean));
        }
        Self { width, height, pixels }
    }

    /// The value at a point, by bilinear interpolation; outside, that of the nearest pixel.
    #[inline]
    pub(super) fn at(&self, x: f32, y: f32) -> f32 {
        // Clamped, and conversions to integers saturate: no point, not even NaN, indexes out of bounds.
        let x = (x - 0.5).clamp(0.0, self.width as f32 - 1.001);
        let y = (y - 0.5).clamp(0.0, self.height as f32 - 1.001);
        let (ix, iy) = (x as usize, y as usize);
        let (fx, fy) = (x - ix as f32, y - iy as f32);
        let at = iy * self.width + ix;
        let upper = self.pixels[at] + (self.pixels[at + 1] - self.pixels[at]) * fx;
        let at = at + self.width;
        let lower = self.pixels[at] + (self.pixels[at + 1] - self.pixels[at]) * fx;
        upper + (lower - upper) * fy
    }

    /// Smoothed with the kernel 1:2:1 along both axes.
    pub(super) fn smooth(&self) -> Self {
        let (width, height) = (self.width, self.height);
        let rows = self.pixels.chunks_exact(width).flat_map(|row| {
            (0..width).map(|x| (row[x.saturating_sub(1)] + 2.0 * row[x] + row[(x + 1).min(width - 1)]) / 4.0)
        });
        let across: Vec<f32> = rows.collect();
        let row = |y: usize| &across[y * width..][..width];
        let pixels = (0..height)
            .flat_map(|y| {
                let [upper, here, lower] = [y.saturating_sub(1), y, (y + 1).min(height - 1)].map(row);
                (0..width).map(move |x| (upper[x] + 2.0 * here[x] + lower[x]) / 4.0)
            })
            .collect();
        Self { width, height, pixels }
    }

    /// How much darker each pixel is than the window around it, in units of the window's standard deviation, from −1 to 1.
    /// Paper and ink then have the same values in light and in shadow.
    pub(super) fn normalised(&self, radius: usize) -> Self {
        let (width, height) = (self.width, self.height);
        // One over the number of pixels in a window.
        let side = 2 * radius + 1;
        let shares: Vec<f64> = (0..=side * side).map(|count| 1.0 / count.max(1) as f64).collect();
        // Running sums over windows, columns first; in f64, so that rounding errors do not accumulate.
        let mut columns = vec![(0f64, 0f64); width];
        let add = |columns: &mut [(f64, f64)], row: usize, sign: f64| {
            for (sum, &pixel) in columns.iter_mut().zip(&self.pixels[row * width..]) {
                let pixel = f64::from(pixel);
                sum.0 += sign * pixel;
                sum.1 += sign * pixel * pixel;
            }
        };
        let mut pixels = Vec::with_capacity(width * height);
        let mut windows = vec![(0f32, 0f32); width];
        let mut next = 0;
        for y in 0..height {
            while next < (y + radius + 1).min(height) {
                add(&mut columns, next, 1.0);
                next += 1;
            }
            if y > radius {
                add(&mut columns, y - radius - 1, -1.0);
            }
            let rows = next - y.saturating_sub(radius);
            let (mut sum, mut squares) = (0.0, 0.0);
            let mut right = 0;
            for (x, window) in windows.iter_mut().enumerate() {
                while right < (x + radius + 1).min(width) {
                    sum += columns[right].0;
                    squares += columns[right].1;
                    right += 1;
                }
                if x > radius {
                    sum -= columns[x - radius - 1].0;
                    squares -= columns[x - radius - 1].1;
                }
                let share = shares[rows * (right - x.saturating_sub(radius))];
                let mean = sum * share;
                *window = (mean as f32, (squares * share - mean * mean) as f32);
            }
            // Apart from the sums, so that a processor takes four roots at a time.
            let row = &self.pixels[y * width..][..width];
            pixels.extend(row.iter().zip(&windows).map(|(pixel, (mean, variance))| {
                ((mean - pixel) / (1.3 * variance.max(0.0).sqrt() + 5.0)).clamp(-1.0, 1.0)
            }));
        }
        Self { width, height, pixels }
    }
}
