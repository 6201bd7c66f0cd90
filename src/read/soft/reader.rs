//! From a picture to the texts of our symbols in it.

use super::memory::Memory;
use super::plane::Plane;
use super::shape::Shape;
use super::warp::Warp;
use super::{blank, decode, equalise, finder, locate, sample};
use crate::read::image::Gray;
use crate::symbol::Version;
use std::cell::OnceCell;
use std::sync::LazyLock;

/// Finders looked at in a picture.
const FINDERS: usize = 24;
/// Places fitted in a picture.
const PLACES: usize = 8;
/// Pixels over which a picture is halved first.
const PIXELS_MAX: usize = 3 << 20;
/// The least likeness of a fitted place that is worth reading.
const FIT_MIN: f32 = 0.3;
/// Versions that labels are printed in; smaller ones hold no payload.
static SHAPES: LazyLock<Vec<Shape>> =
    LazyLock::new(|| Version::all().filter(|version| version.number() >= 5).map(Shape::new).collect());

/// The texts of our symbols in a picture that `accept` takes. With a memory of the frames before it, a
/// symbol that no frame shows well enough is read from all of them.
pub fn read(
    picture: &Gray,
    mut memory: Option<&mut Memory>,
    accept: &mut dyn FnMut(&str) -> bool,
) -> Vec<String> {
    let mut texts = Vec::new();
    if picture.width < 40 || picture.height < 40 {
        return texts;
    }
    let mut levels = vec![Plane::new(picture)];
    while levels[0].pixels.len() > PIXELS_MAX {
        levels[0] = levels[0].half();
    }
    while let Some(last) = levels.last()
        && last.width.min(last.height) >= 80
    {
        levels.push(last.half());
    }
    let normal: Vec<Plane> = levels.iter().map(|level| level.normalised(12)).collect();
    let smooth: Vec<OnceCell<Plane>> = vec![OnceCell::new(); levels.len()];
    let finders = finder::search(&normal, FINDERS);
    let mut read: Vec<Warp> = Vec::new();
    let mut remembered = false;
    for place in locate::places(&finders, &normal[0], &SHAPES, PLACES) {
        let Some(shape) = SHAPES.iter().find(|shape| shape.size == place.warp.size) else { continue };
        if read.iter().any(|other| other.overlaps(&place.warp)) {
            continue;
        }
        // The level on which a module is two to four pixels, and smooth: on a plateau nothing is to be fitted.
        let depth = (place.warp.module() / 2.2).log2().floor().clamp(0.0, levels.len() as f32 - 1.0) as usize;
        let scale = (1 << depth) as f32;
        let smooth = smooth[depth].get_or_init(|| normal[depth].smooth());
        let mut warp = place.warp.scaled(1.0 / scale);
        let score = shape.fit(&mut warp, smooth);
        let warp = warp.scaled(scale);
        if score < FIT_MIN {
            continue;
        }
        let greys = sample::greys(&levels[0], &warp);
        let mut text = [4, 7, 2].into_iter().find_map(|radius| {
            let values = sample::darkness(&greys, shape.size, radius);
            decode::text(&values, shape, accept)
                .or_else(|| decode::text(&equalise::equalise(&values, shape), shape, accept))
        });
        // The likeliest place alone is remembered: the others are the same symbol seen askew.
        if let (None, false, Some(memory)) = (&text, remembered, memory.as_deref_mut()) {
            let values = sample::darkness(&greys, shape.size, 4);
            let mut values = equalise::equalise(&values, shape);
            // What a reflection hides in this frame, another one shows.
            let hidden = blank::chances(&values, shape);
            for (value, gone) in values.iter_mut().zip(hidden) {
                *value *= 1.0 - gone;
            }
            memory.add(&values);
            remembered = true;
            text = memory.mean().and_then(|mean| decode::text(&mean, shape, accept));
        }
        if let Some(text) = text {
            if !texts.contains(&text) {
                texts.push(text);
            }
            read.push(warp);
        }
    }
    texts
}
