//! Grey values of the paper or the sensor, and the operations on a whole picture.

use crate::random::Random;

/// A picture of grey values, from 0 (black) to 255.
pub struct Sheet {
    pub side: usize,
    pub pixels: Vec<f32>,
}

impl Sheet {
    pub fn at(&self, x: f32, y: f32) -> f32 {
        let clamp = |v: f32| v.clamp(0.0, (self.side - 2) as f32);
        let (x, y) = (clamp(x), clamp(y));
        let (ix, iy) = (x as usize, y as usize);
        let (fx, fy) = (x - ix as f32, y - iy as f32);
        let row = |y: usize| {
            let at = y * self.side + ix;
            self.pixels[at] * (1.0 - fx) + self.pixels[at + 1] * fx
        };
        row(iy) * (1.0 - fy) + row(iy + 1) * fy
    }

    pub fn blur(&mut self, sigma: f32) {
        if sigma < 0.2 {
            return;
        }
        let radius = (sigma * 3.0).ceil() as usize;
        let kernel: Vec<f32> =
            (0..=2 * radius).map(|i| (-((i as f32 - radius as f32) / sigma).powi(2) / 2.0).exp()).collect();
        self.convolve(&kernel);
    }

    /// Convolves with the kernel along both axes.
    pub fn convolve(&mut self, kernel: &[f32]) {
        let sum: f32 = kernel.iter().sum();
        let (side, radius) = (self.side, kernel.len() / 2);
        for _ in 0..2 {
            let mut out = vec![0.0; self.pixels.len()];
            for y in 0..side {
                let row = &self.pixels[y * side..][..side];
                for x in 0..side {
                    let mut total = 0.0;
                    for (i, weight) in kernel.iter().enumerate() {
                        let at = (x + i).saturating_sub(radius).min(side - 1);
                        total += weight * row[at];
                    }
                    // Transposed, so that the second pass runs along the columns.
                    out[x * side + y] = total / sum;
                }
            }
            self.pixels = out;
        }
    }

    pub fn motion(&mut self, length: f32, angle: f32) {
        let steps = (length * 2.0).ceil().max(1.0) as usize;
        let (dx, dy) = (angle.cos() * length, angle.sin() * length);
        let mut out = Vec::with_capacity(self.pixels.len());
        for y in 0..self.side {
            for x in 0..self.side {
                let total: f32 = (0..=steps)
                    .map(|i| {
                        let part = i as f32 / steps as f32 - 0.5;
                        self.at(x as f32 + dx * part, y as f32 + dy * part)
                    })
                    .sum();
                out.push(total / (steps + 1) as f32);
            }
        }
        self.pixels = out;
    }

    pub fn each(&mut self, mut change: impl FnMut(f32, f32, &mut f32)) {
        let side = self.side;
        for (at, pixel) in self.pixels.iter_mut().enumerate() {
            change((at % side) as f32, (at / side) as f32, pixel);
        }
    }

    /// Everything within `width` of the line through a point.
    pub fn stroke(&mut self, from: [f32; 2], to: [f32; 2], width: f32, value: f32) {
        let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
        let length = (dx * dx + dy * dy).max(1.0);
        self.each(|x, y, pixel| {
            let along = (((x - from[0]) * dx + (y - from[1]) * dy) / length).clamp(0.0, 1.0);
            let (ox, oy) = (x - from[0] - dx * along, y - from[1] - dy * along);
            if ox * ox + oy * oy < width * width / 4.0 {
                *pixel = value;
            }
        });
    }

    /// Minimum (darker, grows ink) or maximum over a disc.
    pub fn morph(&mut self, radius: f32, darker: bool) {
        let reach = radius.ceil() as i32;
        let side = self.side as i32;
        let source = self.pixels.clone();
        for y in 0..side {
            for x in 0..side {
                let mut best = source[(y * side + x) as usize];
                for oy in -reach..=reach {
                    for ox in -reach..=reach {
                        let distance = ((ox * ox + oy * oy) as f32).sqrt();
                        let (px, py) = (x + ox, y + oy);
                        if distance > radius + 0.99 || px < 0 || py < 0 || px >= side || py >= side {
                            continue;
                        }
                        // A ring partly within the radius is weighted.
                        let part = (radius + 1.0 - distance).min(1.0);
                        let centre = source[(y * side + x) as usize];
                        let value = centre + (source[(py * side + px) as usize] - centre) * part;
                        best = if darker { best.min(value) } else { best.max(value) };
                    }
                }
                self.pixels[(y * side + x) as usize] = best;
            }
        }
    }
}

/// A smooth random field of about 0 ± 1, `scale` pixels a hill.
pub struct Hills {
    grid: Vec<f32>,
    scale: f32,
}

impl Hills {
    pub fn new(random: &mut Random, scale: f32) -> Self {
        Self { grid: (0..32 * 32).map(|_| random.range(-1.0, 1.0)).collect(), scale }
    }

    pub fn at(&self, x: f32, y: f32) -> f32 {
        let (x, y) = (x / self.scale, y / self.scale);
        let smooth = |t: f32| t * t * (3.0 - 2.0 * t);
        let (ix, iy) = (x.floor(), y.floor());
        let (fx, fy) = (smooth(x - ix), smooth(y - iy));
        let cell = |x: f32, y: f32| self.grid[(y as usize % 32) * 32 + x as usize % 32];
        let top = cell(ix, iy) * (1.0 - fx) + cell(ix + 1.0, iy) * fx;
        let bottom = cell(ix, iy + 1.0) * (1.0 - fx) + cell(ix + 1.0, iy + 1.0) * fx;
        top * (1.0 - fy) + bottom * fy
    }
}
