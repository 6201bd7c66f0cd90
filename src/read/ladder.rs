//! Grey pixels to the texts of QR codes: cheap stages first, and a further one only if none was read.
//!
//! A picture has a budget of work, counted and not timed, so that a hostile one ends as soon as another: of
//! large pictures that nothing reads the last stages are left out.

mod engine;

use super::image::Gray;
use super::soft;
use crate::contained;
use engine::Budget;
use image::{GrayImage, imageops};

/// One code that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// Its text.
    pub text: String,
    /// The stage that read it.
    pub stage: Stage,
}

/// What is done to a picture before it is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Nothing.
    AsIs,
    /// Half the size: for large, noisy pictures.
    Half,
    /// Twice the size: for small modules.
    Double,
    /// Contrast stretched: for pale prints and shadow.
    Stretched,
    /// Blurred: for dead dots and scratches.
    Blurred,
    /// Each pixel beside the contrast of its neighbourhood: for shadow and reflections.
    Local,
    /// Bright specks darkened: for scratches and dead dots.
    Closed,
    /// Dark specks lightened.
    Opened,
    /// Light on dark.
    Inverted,
    /// Edges sharpened: for blur.
    Sharp,
    /// A quarter of the size.
    Quarter,
    /// Two thirds of the size: for modules of many pixels with noise in them.
    TwoThirds,
    /// Twice the size, and dark is what is darker than the mean of a wide neighbourhood: for small modules whose
    /// edges are soft, on cloth and screens.
    Mean,
    /// Not an engine's: our own reader of our own symbols, by soft values.
    Soft,
}

/// The stages in the order tried.
const STAGES: [Stage; 14] = [
    Stage::AsIs,
    Stage::Soft,
    Stage::Half,
    Stage::Local,
    Stage::Stretched,
    Stage::Blurred,
    Stage::Closed,
    Stage::Inverted,
    Stage::Opened,
    Stage::Sharp,
    Stage::Quarter,
    Stage::TwoThirds,
    Stage::Mean,
    Stage::Double,
];

/// Pixels a side over which a picture is not enlarged.
const DOUBLE_MAX: u32 = 1600;

/// The texts of the codes in a picture that `accept` takes: the first stage that gives one ends the search.
///
/// A code counts only if it is accepted, which a caller does when its framing parses.
pub fn read(picture: &Gray, accept: &mut dyn FnMut(&str) -> bool) -> Vec<Read> {
    let Some(original) = pixels(picture) else { return Vec::new() };
    let mut budget = Budget::PICTURE;
    let mut reads =
        STAGES.into_iter().map(|stage| run(stage, picture, &original, None, &mut budget, accept).0);
    reads.find(|reads| !reads.is_empty()).unwrap_or_default()
}

/// As [`read`], for a picture of several labels: that one is read does not end the search for a damaged one
/// beside it.
pub fn read_all(picture: &Gray, accept: &mut dyn FnMut(&str) -> bool) -> Vec<Read> {
    let Some(original) = pixels(picture) else { return Vec::new() };
    let mut budget = Budget::PICTURE;
    let mut reads: Vec<Read> = Vec::new();
    for (at, stage) in STAGES.into_iter().enumerate() {
        // The first two read what the further ones read, but for a few.
        if at >= 2 && !reads.is_empty() {
            break;
        }
        let (found, more) = run(stage, picture, &original, None, &mut budget, accept);
        for read in found {
            if reads.iter().all(|other| other.text != read.text) {
                reads.push(read);
            }
        }
        // A picture that one label fills holds no other.
        if !more && !reads.is_empty() {
            break;
        }
    }
    reads
}

/// Work that a frame of a video adds to what further stages may spend, in pixels seen by the first stage.
const FRAME_WORK: u64 = 1_200_000;
/// Frames whose work is saved up at most: a stage that costs more is not run on a video.
const SAVED_MAX: u64 = 14;

/// The frames of a video: the first stage on every frame, and a further one in turn as soon as the frames so far
/// have left work enough for it. What no frame shows well enough is summed up over them.
#[derive(Default)]
pub struct Turns {
    next: usize,
    saved: u64,
    memory: soft::Memory,
}

impl Turns {
    /// As [`read`], for the next frame.
    pub fn read(&mut self, frame: &Gray, accept: &mut dyn FnMut(&str) -> bool) -> Vec<Read> {
        let Some(original) = pixels(frame) else { return Vec::new() };
        let mut budget = Budget::PICTURE;
        let (reads, _) = run(STAGES[0], frame, &original, None, &mut budget, accept);
        if !reads.is_empty() {
            return reads;
        }
        let Some(stage) = self.turn(u64::from(frame.width) * u64::from(frame.height)) else { return reads };
        run(stage, frame, &original, Some(&mut self.memory), &mut budget, accept).0
    }

    /// The further stage that a frame of so many pixels may have, if any.
    fn turn(&mut self, pixels: u64) -> Option<Stage> {
        self.saved = (self.saved + FRAME_WORK).min(SAVED_MAX * FRAME_WORK);
        let further = &STAGES[1..];
        // Every other turn is the soft reader's, which reads most.
        let at = if self.next.is_multiple_of(2) { 0 } else { 1 + self.next / 2 % (further.len() - 1) };
        let work = further[at].work() * pixels;
        if work > SAVED_MAX * FRAME_WORK {
            self.next += 1;
            return None;
        }
        self.saved = self.saved.checked_sub(work)?;
        self.next += 1;
        Some(further[at])
    }
}

impl Stage {
    /// Its work on a picture that nothing is read in, as a multiple of the first stage's.
    const fn work(self) -> u64 {
        match self {
            Self::AsIs | Self::Half | Self::Quarter | Self::TwoThirds => 1,
            Self::Stretched | Self::Inverted => 2,
            Self::Blurred | Self::Local | Self::Closed | Self::Opened | Self::Sharp => 4,
            Self::Double | Self::Mean | Self::Soft => 8,
        }
    }
}

fn pixels(picture: &Gray) -> Option<GrayImage> {
    GrayImage::from_raw(picture.width, picture.height, picture.pixels.clone())
}

/// One stage: what it reads, and whether there may be more in the picture.
fn run(
    stage: Stage,
    picture: &Gray,
    original: &GrayImage,
    memory: Option<&mut soft::Memory>,
    budget: &mut Budget,
    accept: &mut dyn FnMut(&str) -> bool,
) -> (Vec<Read>, bool) {
    let (texts, more): (Vec<String>, bool) = if stage == Stage::Soft {
        (contained::run(|| soft::read(picture, memory, accept)).unwrap_or_default(), true)
    } else {
        let Some((width, height)) = size(original, stage).filter(|size| budget.take(size.0, size.1)) else {
            return (Vec::new(), true);
        };
        let found =
            contained::run(|| prepare(original, stage, width, height).map(|p| engine::search(p, budget)));
        let found = found.flatten().unwrap_or_default();
        (found.texts.into_iter().filter(|text| accept(text)).collect(), found.more)
    };
    (texts.into_iter().map(|text| Read { text, stage }).collect(), more)
}

/// Pixels that a stage gives to the engine: a row, and rows; none if it does not suit the picture.
fn size(original: &GrayImage, stage: Stage) -> Option<(u32, u32)> {
    let (width, height) = original.dimensions();
    match stage {
        Stage::Half => (width.min(height) >= 400).then_some((width / 2, height / 2)),
        Stage::Quarter => (width.min(height) >= 400).then_some((width / 4, height / 4)),
        Stage::TwoThirds => (width.min(height) >= 120).then_some((width * 2 / 3, height * 2 / 3)),
        Stage::Double | Stage::Mean => (width.max(height) <= DOUBLE_MAX).then_some((width * 2, height * 2)),
        _ => Some((width, height)),
    }
}

fn prepare(original: &GrayImage, stage: Stage, width: u32, height: u32) -> Option<GrayImage> {
    match stage {
        Stage::AsIs => Some(original.clone()),
        Stage::Half | Stage::Quarter | Stage::TwoThirds | Stage::Double => {
            Some(imageops::resize(original, width, height, imageops::FilterType::Triangle))
        }
        Stage::Stretched => {
            let (dark, light) = original
                .pixels()
                .fold((255, 0), |(dark, light), pixel| (pixel.0[0].min(dark), pixel.0[0].max(light)));
            let span =
                u32::from(light).checked_sub(u32::from(dark)).filter(|span| (1..200).contains(span))?;
            let mut stretched = original.clone();
            for pixel in stretched.pixels_mut() {
                pixel.0[0] = (u32::from(pixel.0[0] - dark) * 255 / span) as u8;
            }
            Some(stretched)
        }
        Stage::Blurred => Some(imageops::fast_blur(original, 1.5)),
        Stage::Local => {
            let local = soft::local_contrast(original.as_raw(), width, height);
            GrayImage::from_raw(width, height, local)
        }
        // The darkest of each three by three, then the lightest: ink grows over what is thin, and back.
        Stage::Closed => {
            let dark = extreme(original, u8::min);
            Some(extreme(&dark, u8::max))
        }
        Stage::Opened => {
            let light = extreme(original, u8::max);
            Some(extreme(&light, u8::min))
        }
        Stage::Sharp => Some(imageops::unsharpen(original, 2.0, 0)),
        Stage::Mean => {
            let large = imageops::resize(original, width, height, imageops::FilterType::CatmullRom);
            Some(below_mean(&imageops::fast_blur(&large, 1.4)))
        }
        Stage::Inverted => {
            let mut inverted = original.clone();
            imageops::invert(&mut inverted);
            Some(inverted)
        }
        Stage::Soft => None,
    }
}

/// Black where a pixel is darker than the mean of the window around it, a quarter of the picture's lesser side,
/// or hardly lighter: ink in the doubt, since blur eats what is thin.
fn below_mean(picture: &GrayImage) -> GrayImage {
    const DOUBT: u64 = 5;
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let radius = (width.min(height) / 8).max(3);
    // Sums of the columns of a window, which moves down a row at a time.
    let mut columns = vec![0u64; width];
    let row = |y: usize| &picture.as_raw()[y * width..][..width];
    let mut black = GrayImage::new(picture.width(), picture.height());
    for y in 0..height {
        let (top, end) = (y.saturating_sub(radius), (y + radius + 1).min(height));
        let mut add =
            |y: usize| columns.iter_mut().zip(row(y)).for_each(|(sum, &pixel)| *sum += u64::from(pixel));
        if y == 0 {
            (top..end).for_each(add);
        } else {
            if y + radius < height {
                add(y + radius);
            }
            if let Some(gone) = y.checked_sub(radius + 1) {
                columns.iter_mut().zip(row(gone)).for_each(|(sum, &pixel)| *sum -= u64::from(pixel));
            }
        }
        let mut window: u64 = columns[..radius.min(width)].iter().sum();
        let out = &mut black.as_mut()[y * width..][..width];
        for (x, (out, &pixel)) in out.iter_mut().zip(row(y)).enumerate() {
            window += columns.get(x + radius).copied().unwrap_or(0);
            window -= x.checked_sub(radius + 1).map_or(0, |gone| columns[gone]);
            let left = x.saturating_sub(radius);
            let area = ((x + radius + 1).min(width) - left) as u64 * (end - top) as u64;
            *out = if u64::from(pixel) * area < window + DOUBT * area { 0 } else { 255 };
        }
    }
    black
}

/// The least or greatest of each pixel and its eight neighbours.
fn extreme(picture: &GrayImage, pick: fn(u8, u8) -> u8) -> GrayImage {
    let (width, height) = picture.dimensions();
    let along = |from: &GrayImage, dx: u32, dy: u32| {
        GrayImage::from_fn(width, height, |x, y| {
            let at = |x: u32, y: u32| from.get_pixel(x.min(width - 1), y.min(height - 1)).0[0];
            let before = at(x.saturating_sub(dx), y.saturating_sub(dy));
            image::Luma([pick(pick(before, at(x, y)), at(x + dx, y + dy))])
        })
    };
    along(&along(picture, 1, 0), 0, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_pictures_leave_out_the_last_stages_and_usual_ones_none() {
        let stages = |side: u32| {
            let mut budget = Budget::PICTURE;
            let picture = GrayImage::new(side, side);
            let mut taken = STAGES.to_vec();
            taken.retain(|&stage| {
                stage != Stage::Soft
                    && size(&picture, stage).is_some_and(|(width, height)| budget.take(width, height))
            });
            taken
        };
        assert_eq!(stages(1500).len(), STAGES.len() - 1);
        assert_eq!(
            stages(4096),
            [Stage::AsIs, Stage::Half, Stage::Local, Stage::Stretched, Stage::Quarter, Stage::TwoThirds]
        );
    }

    #[test]
    fn a_video_spends_no_more_than_its_frames_add() {
        for pixels in [640 * 480, 1280 * 720, 1920 * 1080, 4096 * 4096] {
            let mut turns = Turns::default();
            let frames = 600;
            let ran: Vec<Stage> = (0..frames).filter_map(|_| turns.turn(pixels)).collect();
            let spent: u64 = ran.iter().map(|stage| stage.work() * pixels).sum();
            assert!(spent <= frames * FRAME_WORK, "{pixels}: {spent}");
            // Up to Full HD each further stage has its turn; of the largest the smaller copies alone.
            let all = STAGES[1..].iter().all(|stage| ran.contains(stage));
            assert_eq!(all, pixels <= 1920 * 1080, "{pixels}: {ran:?}");
            assert!(
                all || ran
                    .iter()
                    .all(|stage| matches!(stage, Stage::Half | Stage::Quarter | Stage::TwoThirds))
            );
            assert!(!ran.is_empty());
        }
    }
}
