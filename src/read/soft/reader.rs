//! Reads the texts of Wayseal's symbols in a picture: the steps of the soft reader in order.

use super::memory::Memory;
use super::plane::Plane;
use super::shape::Shape;
use super::warp::Warp;
use super::{blank, decode, equalise, finder, locate, sample};
use crate::read::image::Gray;
use crate::symbol::Version;
use std::cell::OnceCell;
use std::sync::LazyLock;

/// The most finder patterns examined in a picture.
const FINDERS: usize = 24;
/// The most candidates for symbols fitted in a picture.
const PLACES: usize = 8;
/// Pixels above which a picture is first halved.
const PIXELS_MAX: usize = 3 << 20;
/// The least similarity of a fitted candidate that is worth decoding.
const FIT_MIN: f32 = 0.3;
/// The versions of labels; smaller ones cannot hold a payload. Computed once, at first use.
static SHAPES: LazyLock<Vec<Shape>> =
    LazyLock::new(|| Version::all().filter(|version| version.number() >= 5).map(Shape::new).collect());

/// The texts of the symbols in a picture that `accept` accepts. With a memory of earlier frames, a symbol that no frame
/// shows well enough is read from their average.
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
        // Fit on the level where a module has two to four pixels, smoothed: a plateau has no gradient to follow.
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
        // Only the best candidate is remembered: the others are mostly distorted fits of the same symbol.
        if let (None, false, Some(memory)) = (&text, remembered, memory.as_deref_mut()) {
            let values = sample::darkness(&greys, shape.size, 4);
            let mut values = equalise::equalise(&values, shape);
            // Modules hidden by a reflection get a low weight, so that other frames decide them.
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
