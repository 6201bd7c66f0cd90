//! The part of a picture where codes may be, for the further stages: cut out, and reduced to what its modules need.

use super::stage::{STAGES, Stage};
use crate::read::soft::Sight;
use image::GrayImage;
use image::imageops::{self, FilterType};

/// Pixels of a module above which the part is reduced, and to which.
const MODULE_MAX: f32 = 9.0;
const MODULE: f32 = 6.0;

/// The part of a picture that is in sight.
pub(super) fn of(picture: &GrayImage, sight: &Sight) -> GrayImage {
    let (width, height) = picture.dimensions();
    let within = |at: f32, most: u32| (at.max(0.0) as u32).min(most);
    let (left, top) = (within(sight.area[0], width), within(sight.area[1], height));
    let (right, bottom) = (within(sight.area[2], width), within(sight.area[3], height));
    let part = imageops::crop_imm(picture, left, top, right - left, bottom - top).to_image();
    if sight.module <= MODULE_MAX {
        return part;
    }
    let reduced = |side: u32| ((side as f32 * MODULE / sight.module) as u32).clamp(1, side.max(1));
    let (width, height) = (reduced(part.width()), reduced(part.height()));
    imageops::resize(&part, width, height, FilterType::Triangle)
}

/// The stages that a part is given, in order: those for other sizes of modules are left out. `whole` has the first stage too,
/// which a picture that was not given to the engine as a whole has not had.
pub(super) fn stages(sight: &Sight, whole: bool) -> impl Iterator<Item = Stage> {
    let reduced = sight.module > MODULE_MAX;
    let module = if reduced { MODULE } else { sight.module };
    let light = sight.light;
    let first = (whole || reduced).then_some(Stage::AsIs);
    let inverted = light.then_some(Stage::Inverted);
    let others = STAGES.into_iter().skip(1).filter(move |stage| match stage {
        Stage::Inverted => !light,
        Stage::Quarter => module >= 6.0,
        Stage::Double | Stage::Mean => module <= 6.0,
        _ => true,
    });
    first.into_iter().chain(inverted).chain(others)
}
