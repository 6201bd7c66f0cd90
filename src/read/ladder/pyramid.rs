//! A picture and its halves, and the part of one of them in which a code may be.
//!
//! In go a picture and what the soft reader saw in it; out come smaller pictures for the engine.

use super::stage::Stage;
use crate::read::image::Gray;
use crate::read::soft::Sighting;
use image::{GrayImage, imageops};

/// Pixels of the smallest picture.
const PIXELS_MIN: usize = 100_000;
/// The least side of a module in a part, in pixels: a picture in which it is twice as long or longer is halved.
const MODULE_MIN: f32 = 4.5;

/// A part of a picture in which a code may be.
pub(super) struct Part {
    pub(super) picture: GrayImage,
    /// Side of a module, in pixels.
    pub(super) module: f32,
    /// Whether what was seen is light on dark.
    pub(super) light: bool,
}

impl Part {
    /// Whether a stage is for modules of this size and colour.
    pub(super) fn helped_by(&self, stage: Stage) -> bool {
        match stage {
            Stage::Inverted => true,
            _ if self.light => false,
            Stage::Half => self.module >= 4.0,
            Stage::Quarter => self.module >= 7.0,
            Stage::Double | Stage::Mean => self.module <= 7.0,
            _ => true,
        }
    }
}

/// A picture, and the same at half the size, a quarter and so on.
pub(super) struct Pyramid {
    /// The picture itself first.
    pub(super) levels: Vec<GrayImage>,
}

impl Pyramid {
    /// Takes a picture; `None` if it has fewer pixels than its size says.
    pub(super) fn new(picture: &Gray) -> Option<Self> {
        let whole = GrayImage::from_raw(picture.width, picture.height, picture.pixels.clone())?;
        let mut levels = vec![whole];
        while let Some(last) = levels.last()
            && last.len() >= 4 * PIXELS_MIN
        {
            levels.push(half(last));
        }
        Some(Self { levels })
    }

    /// The part that is in sight, from the level in which its modules are small but whole.
    pub(super) fn part(&self, sight: &Sighting) -> Part {
        let depth = (sight.module / MODULE_MIN).log2().floor().max(0.0) as usize;
        let mut halvings = depth;
        let from = halvings.min(self.levels.len() - 1);
        halvings -= from;
        let level = &self.levels[from];
        let scale = (1u32 << from) as f32;
        let within = |at: f32, most: u32| ((at / scale).max(0.0) as u32).min(most);
        let (left, top) = (within(sight.area[0], level.width()), within(sight.area[1], level.height()));
        let (right, bottom) = (within(sight.area[2], level.width()), within(sight.area[3], level.height()));
        let mut picture = imageops::crop_imm(level, left, top, right - left, bottom - top).to_image();
        let mut module = sight.module / scale;
        while halvings > 0 && picture.width().min(picture.height()) >= 80 {
            picture = half(&picture);
            module /= 2.0;
            halvings -= 1;
        }
        Part { picture, module, light: sight.light }
    }
}

/// A picture at half the size; each pixel is the mean of four.
fn half(picture: &GrayImage) -> GrayImage {
    let (width, height) = (picture.width() / 2, picture.height() / 2);
    let mut pixels = Vec::with_capacity(width as usize * height as usize);
    let row = |y: u32| &picture.as_raw()[(y * picture.width()) as usize..][..2 * width as usize];
    for y in 0..height {
        let (upper, lower) = (row(2 * y), row(2 * y + 1));
        pixels.extend(upper.chunks_exact(2).zip(lower.chunks_exact(2)).map(|(a, b)| {
            let sum = u16::from(a[0]) + u16::from(a[1]) + u16::from(b[0]) + u16::from(b[1]);
            ((sum + 2) / 4) as u8
        }));
    }
    GrayImage::from_raw(width, height, pixels).expect("as many pixels as the size says")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: u32, height: u32) -> Gray {
        Gray { width, height, pixels: (0..width * height).map(|at| (at % 251) as u8).collect() }
    }

    #[test]
    fn levels_end_where_a_picture_is_small() {
        let sides = |width, height| -> Vec<_> {
            Pyramid::new(&picture(width, height)).unwrap().levels.iter().map(GrayImage::dimensions).collect()
        };
        assert_eq!(sides(480, 480), [(480, 480)]);
        assert_eq!(sides(4000, 3001), [(4000, 3001), (2000, 1500), (1000, 750), (500, 375)]);
        assert!(Pyramid::new(&Gray { pixels: vec![0; 9], ..picture(10, 1) }).is_none());
    }

    #[test]
    fn a_part_keeps_within_the_picture_and_its_modules_are_small_but_whole() {
        let pyramid = Pyramid::new(&picture(4000, 3000)).unwrap();
        for (module, side) in [(3.0, 3.0), (8.9, 8.9), (9.0, 4.5), (40.0, 5.0), (200.0, 6.25)] {
            let sight = Sighting { area: [-50.0, 800.0, 2400.0, 9000.0], module, light: false };
            let Part { picture: part, module: found, .. } = pyramid.part(&sight);
            assert_eq!(found, side);
            let scale = module / side;
            assert!((part.width() as f32 - 2400.0 / scale).abs() <= 1.0, "{:?}", part.dimensions());
            assert!((part.height() as f32 - 2200.0 / scale).abs() <= 2.0, "{:?}", part.dimensions());
        }
        let outside = Sighting { area: [5000.0, 0.0, 6000.0, 9.0], module: 3.0, light: false };
        assert_eq!(pyramid.part(&outside).picture.width(), 0);
    }
}
