//! Samples a symbol's modules as soft values: how dark each is compared with ink and paper nearby.
//!
//! In go a picture and a warp; out comes one value per module, row by row.

use super::plane::Plane;
use super::warp::Warp;
use crate::read::order::ascending;

/// The mean grey of nine samples around each module's centre, row by row.
pub(super) fn greys(plane: &Plane, warp: &Warp) -> Vec<f32> {
    const SPREAD: [f32; 3] = [0.22, 0.5, 0.78];
    let ready = warp.ready();
    let size = warp.size;
    let mut greys = Vec::with_capacity(size * size);
    for y in 0..size {
        for x in 0..size {
            let mut sum = 0.0;
            for v in SPREAD {
                for u in SPREAD {
                    sum += ready.value(plane, x as f32 + u, y as f32 + v);
                }
            }
            greys.push(sum / 9.0);
        }
    }
    greys
}

/// The darkness of each module: about 1 for ink, −1 for paper, and 0 where a window of `radius` modules has no contrast.
/// Ink and paper of a window are separated by iterated means (2-means clustering).
pub(super) fn darkness(greys: &[f32], size: usize, radius: usize) -> Vec<f32> {
    let sorted = ascending(greys);
    let at = |part: usize| sorted[(sorted.len() * part / 10).min(sorted.len() - 1)];
    let least = (0.3 * (at(9) - at(1))).max(6.0);
    let mut darkness = Vec::with_capacity(greys.len());
    for y in 0..size {
        for x in 0..size {
            let rows = y.saturating_sub(radius)..(y + radius + 1).min(size);
            let columns = x.saturating_sub(radius)..(x + radius + 1).min(size);
            let window = || rows.clone().flat_map(|row| &greys[row * size..][columns.clone()]);
            let count = (rows.len() * columns.len()) as f32;
            let mut middle = window().sum::<f32>() / count;
            let mut contrast = 0.0;
            for _ in 0..3 {
                let (mut dark, mut light) = ((0.0, 0.0f32), (0.0, 0.0f32));
                for &grey in window() {
                    let side = if grey < middle { &mut dark } else { &mut light };
                    side.0 += grey;
                    side.1 += 1.0;
                }
                let (dark, light) = (dark.0 / dark.1.max(1.0), light.0 / light.1.max(1.0));
                middle = (dark + light) / 2.0;
                contrast = light - dark;
            }
            let value = (middle - greys[y * size + x]) / (contrast.max(least) / 2.0);
            darkness.push(value.clamp(-1.5, 1.5));
        }
    }
    darkness
}
