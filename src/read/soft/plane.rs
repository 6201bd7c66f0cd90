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
