//! Undoes blur, motion blur and bleeding ink with a linear equaliser.
//!
//! In go soft values of modules; out come values with the contributions of neighbouring modules removed. The weights are
//! fitted by least squares to the modules whose colour is known.

use super::shape::Shape;

/// Neighbouring modules on each side that contribute.
const REACH: isize = 2;
/// The number of weights: the module, its neighbours, and a constant.
const TAPS: usize = ((2 * REACH + 1) * (2 * REACH + 1)) as usize + 1;

/// The equalised values, from −1.5 to 1.5.
pub(super) fn equalise(values: &[f32], shape: &Shape) -> Vec<f32> {
    let size = shape.size;
    let known = |x: usize, y: usize| shape.grid.fixed(x, y).map(|dark| if dark { 1.0 } else { -1.0 });
    let once = solve(values, size, &|x, y, _| known(x, y).map(|dark| (dark, 1.0)));
    // A second pass learns from every module that is clear after the first.
    solve(values, size, &|x, y, at: usize| match known(x, y) {
        Some(dark) => Some((dark, 1.0)),
        None => Some((once[at].signum(), (once[at].abs() - 0.2).clamp(0.0, 1.0))),
    })
}

/// The colour of a module (1 dark, −1 light) and its weight, by column, row and index; `None` if it is unknown.
type Teacher<'t> = dyn Fn(usize, usize, usize) -> Option<(f32, f32)> + 't;

fn solve(values: &[f32], size: usize, teacher: &Teacher<'_>) -> Vec<f32> {
    let taps = |x: usize, y: usize| {
        let mut taps = [1.0; TAPS];
        let mut next = 0;
        for dy in -REACH..=REACH {
            for dx in -REACH..=REACH {
                let (x, y) = (x as isize + dx, y as isize + dy);
                let inside = (0..size as isize).contains(&x) && (0..size as isize).contains(&y);
                // Outside is the quiet zone, which is light.
                taps[next] = if inside { values[y as usize * size + x as usize] } else { -1.0 };
                next += 1;
            }
        }
        taps
    };
    // Ridge regression towards the identity, so that few known modules do not amplify noise.
    let mut matrix = [[0f32; TAPS + 1]; TAPS];
    for (i, row) in matrix.iter_mut().enumerate() {
        row[i] = 6.0;
        row[TAPS] = if i == TAPS / 2 { 6.0 } else { 0.0 };
    }
    for y in 0..size {
        for x in 0..size {
            let Some((colour, weight)) = teacher(x, y, y * size + x) else { continue };
            if weight <= 0.0 {
                continue;
            }
            let taps = taps(x, y);
            for (row, tap) in matrix.iter_mut().zip(taps) {
                let scaled = tap * weight;
                for (sum, other) in row.iter_mut().zip(taps) {
                    *sum += scaled * other;
                }
                row[TAPS] += scaled * colour;
            }
        }
    }
    let weights = eliminate(&mut matrix);
    let value = |i: usize| {
        let sum: f32 = taps(i % size, i / size).iter().zip(&weights).map(|(tap, weight)| tap * weight).sum();
        sum.clamp(-1.5, 1.5)
    };
    (0..size * size).map(value).collect()
}

/// Gauss–Jordan elimination; the matrix is positive definite, so no pivoting is needed.
fn eliminate(matrix: &mut [[f32; TAPS + 1]; TAPS]) -> [f32; TAPS] {
    for i in 0..TAPS {
        let pivot = matrix[i].map(|value| value / matrix[i][i]);
        for (j, row) in matrix.iter_mut().enumerate() {
            if j != i {
                let factor = row[i];
                for (value, own) in row.iter_mut().zip(&pivot) {
                    *value -= factor * own;
                }
            }
        }
        matrix[i] = pivot;
    }
    std::array::from_fn(|i| matrix[i][TAPS])
}
