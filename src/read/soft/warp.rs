//! Maps modules of a symbol to pixels: a perspective, plus a bend of low degree for paper that is not flat.

use super::plane::Plane;

/// The number of terms of the bend.
pub(super) const BENDS: usize = 7;

/// The parameters of a map from modules to pixels.
#[derive(Clone)]
pub(super) struct Warp {
    /// The symbol's corners in pixels: top left, top right, bottom left, bottom right.
    pub(super) corners: [[f32; 2]; 4],
    /// Displacements in pixels, for each term of the bend.
    pub(super) bend: [[f32; 2]; BENDS],
    /// Modules along a side.
    pub(super) size: usize,
}

/// The Legendre polynomials of degree two and three.
fn legendre(t: f32) -> (f32, f32) {
    (1.5 * t * t - 0.5, (2.5 * t * t - 1.5) * t)
}

impl Warp {
    pub(super) fn new(corners: [[f32; 2]; 4], size: usize) -> Self {
        Self { corners, bend: [[0.0; 2]; BENDS], size }
    }

    /// The affine map that takes three points to three pixels; a point is column and row in modules. `None` if the points
    /// are collinear.
    pub(super) fn affine(points: [([f32; 2], [f32; 2]); 3], size: usize) -> Option<Self> {
        let [(a, p), (b, q), (c, r)] = points;
        let (u, v) = ([b[0] - a[0], b[1] - a[1]], [c[0] - a[0], c[1] - a[1]]);
        let area = u[0] * v[1] - u[1] * v[0];
        if area.abs() < 1e-3 {
            return None;
        }
        let at = |x: f32, y: f32| {
            let (x, y) = (x - a[0], y - a[1]);
            let along = (x * v[1] - y * v[0]) / area;
            let across = (u[0] * y - u[1] * x) / area;
            [0, 1].map(|i| p[i] + (q[i] - p[i]) * along + (r[i] - p[i]) * across)
        };
        let n = size as f32;
        Some(Self::new([at(0.0, 0.0), at(n, 0.0), at(0.0, n), at(n, n)], size))
    }

    /// The mean side of a module, in pixels.
    pub(super) fn module(&self) -> f32 {
        let [a, b, c, d] = self.corners;
        let cross = (d[0] - a[0]) * (c[1] - b[1]) - (d[1] - a[1]) * (c[0] - b[0]);
        (cross.abs() / 2.0).sqrt() / self.size as f32
    }

    /// Whether two symbols overlap: their centres are closer than half a side.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        let middle =
            |warp: &Self| [0, 1].map(|i| warp.corners.iter().map(|corner| corner[i]).sum::<f32>() / 4.0);
        let (a, b) = (middle(self), middle(other));
        let side = |warp: &Self| warp.module() * warp.size as f32;
        (a[0] - b[0]).hypot(a[1] - b[1]) < 0.5 * side(self).max(side(other))
    }

    /// The same map for a picture scaled by `factor`.
    pub(super) fn scaled(&self, factor: f32) -> Self {
        let mut scaled = self.clone();
        for point in scaled.corners.iter_mut().chain(&mut scaled.bend) {
            *point = point.map(|value| value * factor);
        }
        scaled
    }

    /// Solves the perspective, for evaluating the map at many points.
    pub(super) fn ready(&self) -> Ready<'_> {
        let [p, q, r, s] = self.corners;
        // Unit square to quadrilateral (Heckbert 1989): (0,0) → p, (1,0) → q, (1,1) → s, (0,1) → r.
        let sum = [0, 1].map(|i| p[i] - q[i] + s[i] - r[i]);
        let (one, two) = ([0, 1].map(|i| q[i] - s[i]), [0, 1].map(|i| r[i] - s[i]));
        let area = one[0] * two[1] - two[0] * one[1];
        let area = if area.abs() < 1e-6 { 1e-6 } else { area };
        let g = (sum[0] * two[1] - two[0] * sum[1]) / area;
        let h = (one[0] * sum[1] - sum[0] * one[1]) / area;
        let x = [q[0] - p[0] + g * q[0], r[0] - p[0] + h * r[0], p[0]];
        let y = [q[1] - p[1] + g * q[1], r[1] - p[1] + h * r[1], p[1]];
        let bent = self.bend.iter().any(|term| term[0] != 0.0 || term[1] != 0.0);
        Ready { warp: self, x, y, w: [g, h], bent }
    }
}

/// Points of a symbol, in modules from its top left corner.
#[derive(Default)]
pub(super) struct ModulePoints {
    columns: Vec<f32>,
    rows: Vec<f32>,
}

impl ModulePoints {
    pub(super) fn push(&mut self, column: f32, row: f32) {
        self.columns.push(column);
        self.rows.push(row);
    }

    pub(super) fn len(&self) -> usize {
        self.columns.len()
    }
}

/// A [`Warp`] with its perspective solved.
pub(super) struct Ready<'w> {
    warp: &'w Warp,
    x: [f32; 3],
    y: [f32; 3],
    w: [f32; 2],
    bent: bool,
}

impl Ready<'_> {
    /// The pixel of a point, given in modules from the symbol's top left corner.
    #[inline(always)]
    pub(super) fn at(&self, column: f32, row: f32) -> (f32, f32) {
        let size = self.warp.size as f32;
        let (u, v) = (column / size, row / size);
        let w = 1.0 / (self.w[0] * u + self.w[1] * v + 1.0);
        let mut x = (self.x[0] * u + self.x[1] * v + self.x[2]) * w;
        let mut y = (self.y[0] * u + self.y[1] * v + self.y[2]) * w;
        if self.bent {
            let (s, t) = (2.0 * u - 1.0, 2.0 * v - 1.0);
            let ((s2, s3), (t2, t3)) = (legendre(s), legendre(t));
            let terms = [s2, t2, s * t, s3, t3, s2 * t, s * t2];
            for (term, [dx, dy]) in terms.iter().zip(self.warp.bend) {
                x += term * dx;
                y += term * dy;
            }
        }
        (x, y)
    }

    /// Gives the picture's value at each of the points, in their order.
    pub(super) fn values(&self, plane: &Plane, points: &ModulePoints, mut each: impl FnMut(f32)) {
        // As many points together as a processor maps and weighs in a few steps.
        const TOGETHER: usize = 16;
        let all = points.columns.chunks(TOGETHER).zip(points.rows.chunks(TOGETHER));
        for (columns, rows) in all {
            let (mut c, mut r) = ([0f32; TOGETHER], [0f32; TOGETHER]);
            c[..columns.len()].copy_from_slice(columns);
            r[..rows.len()].copy_from_slice(rows);
            let (mut xs, mut ys) = ([0f32; TOGETHER], [0f32; TOGETHER]);
            for at in 0..TOGETHER {
                (xs[at], ys[at]) = self.at(c[at], r[at]);
            }
            plane.values(&xs, &ys)[..columns.len()].iter().for_each(|value| each(*value));
        }
    }

    /// The picture's value at a point of the symbol.
    #[inline]
    pub(super) fn value(&self, plane: &Plane, column: f32, row: f32) -> f32 {
        let (x, y) = self.at(column, row);
        plane.at(x, y)
    }
}
