//! Our own reader of our own symbols, for those that every engine gives up on.
//!
//! An engine asks whether a picture holds any code at all, and takes each module for dark or light. This
//! knows more: versions of our labels, the mask, the first characters, the pads. So it finds a symbol by two
//! finders of three, lays the grid where timing, alignment and every module's contrast fit best, bent
//! paper included, keeps each module's value soft, and corrects with the doubtful codewords erased.
//!
//! ```text
//! pyramid → finders → places → fitted warps → grey of each module → darkness → codewords → text
//! ```

mod blank;
mod decode;
mod equalise;
mod finder;
mod locate;
mod plane;
mod reed_solomon;
mod sample;
mod shape;
mod warp;

use super::image::Gray;
use crate::symbol::Version;
use plane::Plane;
use shape::Shape;
use std::cell::OnceCell;
use std::sync::LazyLock;

/// Finders looked at.
const FINDERS: usize = 16;
/// Places fitted.
const PLACES: usize = 6;

/// Versions that labels are printed in; smaller ones hold no payload.
static SHAPES: LazyLock<Vec<Shape>> =
    LazyLock::new(|| Version::all().filter(|version| version.number() >= 5).map(Shape::new).collect());

/// The texts of our symbols in a picture that `accept` takes.
pub fn read(picture: &Gray, accept: &mut dyn FnMut(&str) -> bool) -> Vec<String> {
    let mut texts = Vec::new();
    if picture.width < 40 || picture.height < 40 {
        return texts;
    }
    let mut levels = vec![Plane::new(picture)];
    while let Some(last) = levels.last()
        && last.width.min(last.height) >= 80
    {
        levels.push(last.half());
    }
    let normal: Vec<Plane> = levels.iter().map(|level| level.normalised(12)).collect();
    let smooth: Vec<OnceCell<Plane>> = vec![OnceCell::new(); levels.len()];
    let finders = finder::search(&normal, FINDERS);
    for place in locate::places(&finders, &normal[0], &SHAPES, PLACES) {
        let Some(shape) = SHAPES.iter().find(|shape| shape.size == place.warp.size) else { continue };
        // The level on which a module is two to four pixels, and smooth: on a plateau nothing is to be fitted.
        let depth = (place.warp.module() / 2.2).log2().floor().clamp(0.0, levels.len() as f32 - 1.0) as usize;
        let scale = (1 << depth) as f32;
        let smooth = smooth[depth].get_or_init(|| normal[depth].smooth());
        let mut warp = place.warp.scaled(1.0 / scale);
        let score = shape.fit(&mut warp, smooth);
        let warp = warp.scaled(scale);
        if score < 0.3 {
            continue;
        }
        let greys = sample::greys(&levels[0], &warp);
        for radius in [4, 7, 2] {
            let values = sample::darkness(&greys, shape.size, radius);
            let text = decode::text(&values, shape, accept)
                .or_else(|| decode::text(&equalise::equalise(&values, shape), shape, accept));
            if let Some(text) = text {
                texts.push(text);
                break;
            }
        }
        if !texts.is_empty() {
            break;
        }
    }
    texts
}
