//! Reads the texts of Wayseal's symbols in a picture: the steps of the soft reader in order.

use super::grey::Grey;
use super::memory::Memory;
use super::pattern::Finder;
use super::plane::Plane;
use super::shape::Shape;
use super::sight::Sighting;
use super::warp::Warp;
use super::{blank, decode, equalise, finder, locate, sample};
use crate::read::content::Content;
use crate::read::image::Gray;
use crate::symbol::Version;
use std::cell::OnceCell;
use std::sync::LazyLock;

/// The most finder patterns of either polarity examined in a picture.
const FINDERS: usize = 24;
/// The most candidates for symbols fitted in a picture.
const PLACES: usize = 8;
/// Pixels above which a picture is first halved.
const PIXELS_MAX: usize = 3 << 20;
/// Pixels from the middle of the window by which contrast is normalised to its edge.
const WINDOW: usize = 12;
/// The least pixels of a module where it is sampled, if it has as many.
const SAMPLED: f32 = 4.0;
/// The least similarity of a fitted candidate that is worth decoding.
const FIT_MIN: f32 = 0.3;
/// The most candidates for symbols too small for a payload.
const SMALL_PLACES: usize = 5;
/// The least version that can hold a payload.
const PAYLOAD_MIN: u8 = 5;
/// The versions of labels. Computed once, at first use.
static SHAPES: LazyLock<Vec<Shape>> = LazyLock::new(|| shapes(|number| number >= PAYLOAD_MIN));
/// The versions below, in which others write.
static SMALL_SHAPES: LazyLock<Vec<Shape>> = LazyLock::new(|| shapes(|number| number < PAYLOAD_MIN));

fn shapes(of: impl Fn(u8) -> bool) -> Vec<Shape> {
    Version::all().filter(|version| of(version.number())).map(Shape::new).collect()
}

/// A picture prepared for the search, with the finder patterns seen in it: what decides whether it has a code at all.
pub(in crate::read) struct Glance {
    /// The finest level first.
    levels: Vec<Grey>,
    normal: Vec<Plane>,
    finders: Vec<Finder>,
    /// Pixels of the picture to one of the finest level.
    scale: f32,
}

impl Glance {
    /// Prepares a picture, and finds its finder patterns. The picture may be one that was reduced by `scale`.
    pub(in crate::read) fn new(pixels: &[u8], width: u32, height: u32, scale: f32) -> Self {
        let mut look = Self { levels: Vec::new(), normal: Vec::new(), finders: Vec::new(), scale };
        let enough = width as usize * height as usize;
        if width.min(height) < 40 || pixels.len() < enough {
            return look;
        }
        let mut finest = Grey::new(pixels, width, height);
        while finest.pixels.len() > PIXELS_MAX {
            finest = finest.half();
            look.scale *= 2.0;
        }
        look.levels.push(finest);
        while let Some(last) = look.levels.last()
            && last.width.min(last.height) >= 80
        {
            look.levels.push(last.half());
        }
        look.normal = look.levels.iter().map(|level| level.normalised(WINDOW)).collect();
        look.finders = finder::search(&look.normal, FINDERS);
        look
    }

    /// The parts of the picture where codes may be, the likeliest first.
    pub(in crate::read) fn sights(&self) -> Vec<Sighting> {
        Sighting::all(&self.finders, self.scale)
    }

    /// What the symbols hold whose texts `accept` accepts. With a memory of earlier frames, a symbol that no frame shows well enough
    /// is read from their average.
    pub(in crate::read) fn read(
        &self,
        mut memory: Option<&mut Memory>,
        accept: &mut dyn FnMut(&str) -> bool,
    ) -> Vec<Content> {
        let mut contents = Vec::new();
        let Self { levels, normal, .. } = self;
        let dark: Vec<Finder> = self.finders.iter().filter(|finder| !finder.light).copied().collect();
        if dark.len() < 2 {
            return contents;
        }
        let smooth: Vec<OnceCell<Plane>> = vec![OnceCell::new(); levels.len()];
        let planes = smooth.clone();
        // The level on which a module has at least so many pixels, and less than twice as many.
        let depth_of = |warp: &Warp, pixels: f32| {
            (warp.module() / pixels).log2().floor().clamp(0.0, levels.len() as f32 - 1.0) as usize
        };
        let mut read: Vec<Warp> = Vec::new();
        let mut remembered = false;
        let mut places = locate::places(&dark, &normal[0], &SHAPES, PLACES);
        places.append(&mut locate::places(&dark, &normal[0], &SMALL_SHAPES, SMALL_PLACES));
        for place in places {
            let mut shapes = SHAPES.iter().chain(&*SMALL_SHAPES);
            let Some(shape) = shapes.find(|shape| shape.size == place.warp.size) else { continue };
            if read.iter().any(|other| other.overlaps(&place.warp)) {
                continue;
            }
            // Fit on the level where a module has two to four pixels, smoothed: a plateau has no gradient to follow.
            let depth = depth_of(&place.warp, 2.2);
            let scale = (1 << depth) as f32;
            let smooth = smooth[depth].get_or_init(|| normal[depth].smooth());
            let mut warp = place.warp.scaled(1.0 / scale);
            let score = shape.fit(&mut warp, smooth);
            let warp = warp.scaled(scale);
            if score < FIT_MIN {
                continue;
            }
            // The means of a coarser level see through specks in large modules.
            let depth = depth_of(&warp, SAMPLED);
            let plane = planes[depth].get_or_init(|| levels[depth].plane());
            let greys = sample::greys(plane, &warp.scaled(1.0 / (1 << depth) as f32));
            let mut content = [4, 7, 2].into_iter().find_map(|radius| {
                let values = sample::darkness(&greys, shape.size, radius);
                decode::content(&values, shape, accept)
                    .or_else(|| decode::content(&equalise::equalise(&values, shape), shape, accept))
            });
            // Only the best candidate is remembered: the others are mostly distorted fits of the same symbol.
            if let (None, false, Some(memory)) = (&content, remembered, memory.as_deref_mut()) {
                let values = sample::darkness(&greys, shape.size, 4);
                let mut values = equalise::equalise(&values, shape);
                // Modules hidden by a reflection get a low weight, so that other frames decide them.
                let hidden = blank::chances(&values, shape);
                for (value, gone) in values.iter_mut().zip(hidden) {
                    *value *= 1.0 - gone;
                }
                memory.add(&values);
                remembered = true;
                content = memory.mean().and_then(|mean| decode::content(&mean, shape, accept));
            }
            if let Some(content) = content {
                if !contents.contains(&content) {
                    contents.push(content);
                }
                read.push(warp);
            }
        }
        contents
    }
}

/// The texts of the symbols in a picture that `accept` accepts. With a memory of earlier frames, a symbol that no frame
/// shows well enough is read from their average.
pub fn read(
    picture: &Gray,
    memory: Option<&mut Memory>,
    accept: &mut dyn FnMut(&str) -> bool,
) -> Vec<String> {
    let contents = Glance::new(&picture.pixels, picture.width, picture.height, 1.0).read(memory, accept);
    contents.iter().map(|content| content.coded().into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::symbol::{EcLevel, MaskPattern, Symbol};

    /// A code of others with six pixels a module, a blot on it and a wedge-shaped view.
    fn blotted(text: &str, version: u8, blot: usize) -> Gray {
        let version = Version::new(version).unwrap();
        let symbol =
            Symbol::encode(text.as_bytes(), version, EcLevel::M, MaskPattern::new(3).unwrap()).unwrap();
        let (n, side) = (symbol.size() as f32, 6 * (symbol.size() as u32 + 16));
        let pixel = |at: u32| {
            let (x, y) = ((at % side) as f32 / 6.0 - 8.0, (at / side) as f32 / 6.0 - 8.0);
            // Rows get shorter downwards by a tenth.
            let (u, v) = (n / 2.0 + (x - n / 2.0) / (1.0 - 0.1 * y / n), y);
            let blotted = (u - 0.5 * n).abs() < blot as f32 / 2.0 && (v - 0.5 * n).abs() < blot as f32 / 2.0;
            let dark = u >= 0.0 && v >= 0.0 && symbol.is_dark(u as usize, v as usize);
            if dark || blotted { 40 } else { 200 }
        };
        Gray { width: side, height: side, pixels: (0..side * side).map(pixel).collect() }
    }

    #[test]
    fn a_blotted_code_of_others_is_read() {
        for (text, version, blot) in
            [("HTTPS://A.EXAMPLE/12345", 2, 7), ("HTTPS://B.EXAMPLE/1234567890123456789", 3, 8)]
        {
            assert_eq!(read(&blotted(text, version, blot), None, &mut |_| true), [text], "{version}");
        }
    }

    #[test]
    fn a_code_of_others_that_is_lost_gives_no_text() {
        for blot in 13..20 {
            let picture = blotted("HTTPS://A.EXAMPLE/12345", 2, blot);
            assert!(read(&picture, None, &mut |_| true).is_empty(), "{blot}");
        }
    }
}
