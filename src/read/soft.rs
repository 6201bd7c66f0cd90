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
use warp::Warp;

/// Finders looked at in a picture.
const FINDERS: usize = 24;
/// Places fitted in a picture.
const PLACES: usize = 8;
/// Pixels over which a picture is halved first.
const PIXELS_MAX: usize = 3 << 20;
/// The least likeness of a fitted place that is worth reading.
const FIT_MIN: f32 = 0.3;
/// Frames that a memory sums up.
const MEMORY_MAX: usize = 8;

/// Versions that labels are printed in; smaller ones hold no payload.
static SHAPES: LazyLock<Vec<Shape>> =
    LazyLock::new(|| Version::all().filter(|version| version.number() >= 5).map(Shape::new).collect());

/// How much darker each pixel is than its neighbourhood, as grey values of the same picture: 255 lightest.
pub(super) fn local_contrast(pixels: &[u8], width: u32, height: u32) -> Vec<u8> {
    let picture = Gray { width, height, pixels: pixels.to_vec() };
    let radius = (width.min(height) / 24).max(6) as usize;
    let plane = Plane::new(&picture).normalised(radius);
    plane.pixels.iter().map(|value| (127.5 - 127.0 * value) as u8).collect()
}

/// What was seen of a symbol in frames that could not be read one by one: the sum of its modules' values.
#[derive(Default)]
pub struct Memory {
    values: Vec<f32>,
    frames: usize,
}

impl Memory {
    /// Adds a frame's values; those of another symbol start anew.
    fn add(&mut self, values: &[f32]) {
        let same = self.values.len() == values.len() && self.frames < MEMORY_MAX && {
            let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
            let lengths = dot(values, values) * dot(&self.values, &self.values);
            dot(values, &self.values) > 0.5 * lengths.sqrt()
        };
        if !same {
            self.values = vec![0.0; values.len()];
            self.frames = 0;
        }
        for (sum, value) in self.values.iter_mut().zip(values) {
            *sum += value;
        }
        self.frames += 1;
    }

    /// The mean of the frames, once there are two.
    fn mean(&self) -> Option<Vec<f32>> {
        (self.frames > 1).then(|| self.values.iter().map(|sum| sum / self.frames as f32).collect())
    }
}

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
