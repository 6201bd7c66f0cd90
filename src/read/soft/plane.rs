//! A grey picture in floating point, with the operations of the soft reader: smoothing and interpolation.

/// Grey values, row by row.
#[derive(Clone)]
pub(super) struct Plane {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) pixels: Vec<f32>,
}

impl Plane {
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

    /// As [`at`](Self::at), for many points.
    #[inline]
    pub(super) fn values<const N: usize>(&self, xs: &[f32; N], ys: &[f32; N]) -> [f32; N] {
        /// What has no bits below the point: added to a small number, it leaves the next whole one in the lowest bits. Interpolation
        /// is the same from either neighbour of a whole number.
        const WHOLE: f32 = 12_582_912.0;
        let (right, bottom) = (self.width as f32 - 1.001, self.height as f32 - 1.001);
        let (mut places, mut across, mut down) = ([0usize; N], [0f32; N], [0f32; N]);
        for at in 0..N {
            // The greater of NaN and a number is the number.
            let (x, y) = ((xs[at] - 0.5).max(0.0).min(right), (ys[at] - 0.5).max(0.0).min(bottom));
            let (left, top) = (x - 0.5 + WHOLE, y - 0.5 + WHOLE);
            let (column, row) = (left.to_bits() - WHOLE.to_bits(), top.to_bits() - WHOLE.to_bits());
            places[at] = row as usize * self.width + column as usize;
            (across[at], down[at]) = (x - (left - WHOLE), y - (top - WHOLE));
        }
        let mut values = [0f32; N];
        for at in 0..N {
            let upper = &self.pixels[places[at]..][..2];
            let lower = &self.pixels[places[at] + self.width..][..2];
            let above = upper[0] + (upper[1] - upper[0]) * across[at];
            let below = lower[0] + (lower[1] - lower[0]) * across[at];
            values[at] = above + (below - above) * down[at];
        }
        values
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_points_have_the_values_of_each() {
        let (width, height) = (7, 5);
        let pixels = (0..width * height).map(|at| (at * at % 11) as f32 - 5.0).collect();
        let plane = Plane { width, height, pixels };
        let places = [-3.0, 0.0, 0.4, 0.5, 0.9, 1.5, 2.0, 2.49, 3.0, 4.51, 5.0, 5.5, 6.4, 6.5, 7.0, 90.0];
        for x in places.into_iter().chain([f32::NAN, f32::INFINITY]) {
            let values = plane.values(&[x; 16], &places);
            for (y, value) in places.into_iter().zip(values) {
                let one = plane.at(if x.is_nan() { 0.0 } else { x }, y);
                assert!((value - one).abs() < 1e-4, "{x}, {y}: {value} for {one}");
            }
        }
    }
}
