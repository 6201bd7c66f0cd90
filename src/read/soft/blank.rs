//! Estimates where print is lost: areas and lines of one colour that are unlikely in a symbol's data.
//!
//! In go soft values of modules; out comes the probability of each that its print is lost. A tear, a fold without ink, a
//! reflection or a scratch makes every module that it covers clearly light, or clearly dark. Encrypted data is random: a run
//! of L modules of one colour occurs by chance once in 2^(L−1), and a square of S × S once in 2^(S²−1).

use super::shape::Shape;

/// Directions along which runs are counted.
const DIRECTIONS: [(isize, isize); 8] = [(1, 0), (0, 1), (1, 1), (1, -1), (2, 1), (1, 2), (2, -1), (1, -2)];
/// Bits of surprise at which a loss has the probability 1/2. It covers the rarity of damage, and the number of runs and
/// squares that are tested.
const EVEN: f32 = 9.0;
/// The side of the largest square searched for, in modules.
const SQUARE_MAX: usize = 5;

/// The probability of each module that its print is lost, row by row, from 0 to 1.
pub(super) fn chances(values: &[f32], shape: &Shape) -> Vec<f32> {
    let size = shape.size;
    // A function module with the right colour proves that its print is there.
    let mut colours = vec![0i8; size * size];
    for y in 0..size {
        for x in 0..size {
            let dark = values[y * size + x] > 0.0;
            let intact = shape.grid.fixed(x, y) == Some(dark);
            colours[y * size + x] = if intact {
                0
            } else if dark {
                1
            } else {
                -1
            };
        }
    }
    let at = |x: isize, y: isize| {
        let inside = (0..size as isize).contains(&x) && (0..size as isize).contains(&y);
        if inside { colours[y as usize * size + x as usize] } else { 0 }
    };
    let mut bits = vec![0f32; size * size];
    for y in 0..size as isize {
        for x in 0..size as isize {
            let colour = at(x, y);
            if colour == 0 {
                continue;
            }
            let run =
                |dx: isize, dy: isize| (1..16).take_while(|i| at(x + i * dx, y + i * dy) == colour).count();
            let longest = DIRECTIONS.iter().map(|&(dx, dy)| run(dx, dy) + run(-dx, -dy)).max();
            let own = &mut bits[y as usize * size + x as usize];
            *own = own.max(longest.unwrap_or(0) as f32);
            // The largest square of this colour with its top left corner here.
            let side = (2..=SQUARE_MAX)
                .take_while(|&side| {
                    let edge = side as isize - 1;
                    (0..=edge).all(|i| at(x + edge, y + i) == colour && at(x + i, y + edge) == colour)
                })
                .count()
                + 1;
            for row in y as usize..y as usize + side {
                for cell in &mut bits[row * size + x as usize..][..side] {
                    *cell = cell.max((side * side - 1) as f32);
                }
            }
        }
    }
    bits.iter().map(|bits| 1.0 / (1.0 + (EVEN - bits).exp2())).collect()
}
