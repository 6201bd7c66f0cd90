//! The choice of a symbol by its printed size: the version, level and dots per module with the best expected read
//! rate.
//!
//! In: the number of characters, the side of the box and the printer's resolution. Out: a [`Choice`], or [`NoFit`].
//!
//! # Where the score comes from
//!
//! Read rates of symbols printed in a box of 25 mm at 203 dpi, over 1,140 synthetic frames of 19 degradations
//! (blur, tilt, glare, scratches, dead dots …), by decoders of that time:
//!
//! | module at 203 dpi | L | M | Q | H |
//! |---|---|---|---|---|
//! | 3 dots, 0.375 mm | – | 50 | 55 | – |
//! | 4 dots, 0.500 mm | 64 | 68 | 73 | 74 |
//! | 5 dots, 0.625 mm | – | 78 | – | – |
//!
//! The score is the level's read rate at 0.5 mm plus a gain for the module width, interpolated linearly between the
//! measured widths: −18 points at 0.375 mm, 0 at 0.5 mm, +10 at 0.625 mm. At five dots and above, every level is
//! assumed to gain as M does: 3 points for the sixth dot, 6 for the seventh and 3 for the eighth, so that seven dots go before a stronger
//! level with six (below). Other
//! resolutions are scored by the width in millimetres, which is what a camera sees. Scores order the choices; they
//! do not predict a read rate.
//!
//! # Validation of the choice
//!
//! `cargo bench --bench read_rate -- --boxes` applies the same defects to every choice for a box. The table gives
//! the percentage read of 190 frames by this crate's scanner and by rxing, on 100 × 150 mm at 203 dpi in a box of
//! 26 mm (`--size 100x150 --dpi 203 --frames 2`; `--bytes 78` and `100`, with `--choices` as listed):
//!
//! | 121 characters | ours | rxing | | 154 characters | ours | rxing |
//! |---|---|---|---|---|---|---|
//! | v8-H, 4 dots | 92.1 | 63.7 | | **v6-M, 5 dots** | 91.6 | 62.6 |
//! | v6-M, 5 dots | 91.6 | 62.1 | | v8-Q, 4 dots | 90.0 | 61.1 |
//! | **v5-M, 5 dots** | 91.1 | 60.0 | | v6-L, 5 dots | 86.8 | 57.4 |
//! | v7-Q, 4 dots | 91.1 | 60.5 | | v7-M, 4 dots | 86.3 | 58.9 |
//! | v8-Q, 4 dots | 90.5 | 61.6 | | v5-L, 5 dots | 85.8 | 58.4 |
//! | v5-M, 4 dots | 88.4 | 57.4 | | | | |
//! | v5-L, 5 dots | 86.8 | 57.4 | | | | |
//! | v6-L, 5 dots | 85.8 | 58.4 | | | | |
//! | v9-H, 3 dots | 84.2 | 51.6 | | | | |
//!
//! No choice is better than the chosen one (bold) by more than the standard error: v8-H reads nine frames that v5-M
//! misses, and v5-M seven that v8-H misses. Level L and modules of three dots are worse by more than two standard
//! errors.
//!
//! In the boxes of 36.8 and 32.5 mm the candidates have not been raced. There seven dots go before a stronger level with six by
//! decision: wider modules are read from farther away. The percentages in the table stand for the box of 26 mm.
//!
//! The same for other resolutions and lengths: percent read by this crate's scanner, and in brackets the difference
//! from the chosen one in standard errors. The box was 26 mm (29 mm for 204 bytes).
//!
//! | `--size 100x150 --frames 2` | chosen | `--choices` |
//! |---|---|---|
//! | `--dpi 300 --bytes 78` | v5-M-8: 92.6 | v7-Q-6: 92.6 (0.0), v8-H-6: 91.6 (−0.5), v6-M-7: 88.9 (−2.6) |
//! | `--dpi 300 --bytes 100` | v6-M-7: 90.0 | v8-Q-6: 88.9 (−0.5), v7-M-6: 87.4 (−1.4), v5-L-8: 86.3 (−1.9), v6-L-7: 85.8 (−2.5) |
//! | `--dpi 300 --bytes 144` | v8-M-6: 86.8 | v10-Q-5: 84.2 (−1.1), v9-M-5: 82.1 (−2.1), v8-L-6: 80.5 (−3.0), v7-L-6: 79.5 (−3.3) |
//! | `--dpi 203 --bytes 144` | v8-M-4: 87.9 | v10-Q-3: 81.1 (−2.5), v8-L-4: 82.7 of 133 frames (−3.2), v7-L-4: 76.8 of 95 (−3.3) |
//! | `--dpi 203 --bytes 204` | v10-M-4: 82.6 | all that fit: v9-L-4: 77.4 (−2.5), v10-M-3: 75.3 (−2.6), v10-L-4: 71.9 of 114 (−3.2) |
//! | `--dpi 300 --bytes 204` | v10-M-6: 82.6 | all that fit: v9-L-6: 78.4 (−2.3), v10-M-5: 77.4 (−2.2), v10-M-4: 73.0 of 152 (−3.0) |
//!
//! With zxing-cpp, in `benches/rivals` with `--dpi 203 --bytes 78 --only wayseal,zxing-cpp`, the chosen symbol has
//! the highest rate of all that fit: v5-M-5 62.1, v6-M-5 60.0, v8-H-4 59.5, v5-L-5 59.5, others less.

use super::{EcLevel, Version, capacity};
use core::fmt;

/// Width in modules of the quiet zone on each side (ISO/IEC 18004, 9.1). It lies outside the box given to
/// [`choose`].
pub const QUIET_ZONE: usize = 4;

/// The narrowest module in micrometres: 0.33 mm.
pub const MODULE_MIN_UM: u32 = 330;

/// A version, level and module width that hold the text and fit the box.
///
/// Exhaustive, so that callers can build one and compare it with what [`choose`] returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The version.
    pub version: Version,
    /// The error correction level.
    pub level: EcLevel,
    /// Printer dots per side of a module.
    pub dots: u32,
    /// Width of a module in micrometres.
    pub module_um: u32,
    /// Expected read rate in tenths of a point, for comparison with other choices only.
    pub score: u32,
}

impl Choice {
    /// Width of a module in millimetres.
    #[must_use]
    pub fn module_mm(&self) -> f32 {
        self.module_um as f32 / 1000.0
    }

    /// Printer dots per side of the symbol, without the quiet zone.
    #[must_use]
    pub const fn side_dots(&self) -> u32 {
        self.dots * self.version.size() as u32
    }

    /// Printed width of the symbol in micrometres, without the quiet zone.
    #[must_use]
    pub const fn side_um(&self) -> u32 {
        self.module_um * self.version.size() as u32
    }

    /// The sort key: the score, then the wider module, then the smaller symbol.
    #[must_use]
    pub fn rank(&self) -> impl Ord + use<> {
        (self.score, self.module_um, core::cmp::Reverse(self.version), self.level)
    }
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { version, level, dots, score, .. } = self;
        let (mm, um) = (self.module_um / 1000, self.module_um % 1000);
        let (points, tenths) = (score / 10, score % 10);
        write!(f, "{version}-{level} at {dots} dots a module ({mm}.{um:03} mm), score {points}.{tenths}")
    }
}

/// The choice with the best score for `chars` characters in a square box of `box_um` micrometres, quiet zone not
/// included, on a printer of `dpi` dots per inch. Modules are whole dots and at least 0.33 mm wide.
///
/// # Errors
/// [`NoFit`] if no version holds the text, or none has wide enough modules in this box.
pub fn choose(chars: usize, box_um: u32, dpi: u32) -> Result<Choice, NoFit> {
    candidates(chars, box_um, dpi).max_by_key(Choice::rank).ok_or_else(|| NoFit::of(chars, dpi))
}

/// All candidates that fit the box, from which [`choose`] takes the best: by ascending version, then from the
/// weakest level.
pub fn candidates(chars: usize, box_um: u32, dpi: u32) -> impl Iterator<Item = Choice> + Clone {
    considered(chars, box_um, dpi).filter_map(|one| one.choice().ok())
}

/// Every version and level, whether it fits the box or not, in the same order.
pub fn considered(chars: usize, box_um: u32, dpi: u32) -> impl Iterator<Item = Considered> + Clone {
    let side_dots = u64::from(box_um) * u64::from(dpi) / UM_PER_INCH;
    let levels = move |version: Version| {
        let dots = u32::try_from(side_dots / version.size() as u64).unwrap_or(u32::MAX);
        EcLevel::ALL.into_iter().map(move |level| Considered { version, level, dots, chars, dpi })
    };
    Version::all().flat_map(levels)
}

/// A version and level considered for a text in a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Considered {
    /// The version.
    pub version: Version,
    /// The error correction level.
    pub level: EcLevel,
    /// Whole dots per module side that the box allows.
    pub dots: u32,
    chars: usize,
    dpi: u32,
}

impl Considered {
    /// Capacity in characters.
    #[must_use]
    pub fn capacity(&self) -> usize {
        capacity(self.version, self.level)
    }

    /// The choice for this candidate.
    ///
    /// # Errors
    /// [`Unfit`].
    pub fn choice(&self) -> Result<Choice, Unfit> {
        let Self { version, level, dots, chars, dpi } = *self;
        if chars > self.capacity() {
            return Err(Unfit::Holds);
        }
        if dots < least_dots(dpi) {
            return Err(Unfit::Module);
        }
        let module_um = module_um(dots, dpi);
        Ok(Choice { version, level, dots, module_um, score: score(level, module_um) })
    }
}

/// Why a version and level cannot be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// Its capacity is less than the text's length.
    Holds,
    /// Its modules would be narrower than 0.33 mm in this box.
    Module,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Holds => "it holds fewer characters",
            Self::Module => "its modules would be narrower than 0.33 mm",
        })
    }
}

impl core::error::Error for Unfit {}

const UM_PER_INCH: u64 = 25_400;

/// Width of a module in micrometres, rounded.
fn module_um(dots: u32, dpi: u32) -> u32 {
    let dpi = u64::from(dpi.max(1));
    u32::try_from((u64::from(dots) * UM_PER_INCH + dpi / 2) / dpi).unwrap_or(u32::MAX)
}

/// The fewest dots for a module of at least [`MODULE_MIN_UM`]; at least one.
#[must_use]
pub fn least_dots(dpi: u32) -> u32 {
    (u64::from(MODULE_MIN_UM) * u64::from(dpi)).div_ceil(UM_PER_INCH).max(1) as u32
}

/// The level's read rate at 0.5 mm plus the gain of the module width, in tenths of a point.
fn score(level: EcLevel, module_um: u32) -> u32 {
    const WIDTHS: [(u32, i32); 7] =
        [(250, -360), (375, -180), (500, 0), (625, 100), (750, 130), (875, 190), (1000, 220)];
    let base = match level {
        EcLevel::L => 640,
        EcLevel::M => 680,
        EcLevel::Q => 730,
        EcLevel::H => 740,
    };
    let width = module_um.clamp(WIDTHS[0].0, WIDTHS[WIDTHS.len() - 1].0);
    let gain = WIDTHS.windows(2).find(|pair| width <= pair[1].0).map_or(0, |pair| {
        let ((from, low), (to, high)) = (pair[0], pair[1]);
        low + (high - low) * (width - from) as i32 / (to - from) as i32
    });
    (base + gain) as u32
}

/// Why a text cannot be printed as a readable symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoFit {
    /// No version up to 10 holds the text.
    TooLong {
        /// Length of the text in characters.
        chars: usize,
        /// Capacity of the largest symbol in characters.
        capacity: usize,
    },
    /// The box is too small for modules of 0.33 mm.
    TooSmall {
        /// Length of the text in characters.
        chars: usize,
        /// Side of the smallest sufficient box on this printer, in micrometres.
        least_um: u32,
    },
}

impl NoFit {
    /// The error for a text that does not fit the box.
    fn of(chars: usize, dpi: u32) -> Self {
        match Version::all().find(|&version| chars <= capacity(version, EcLevel::L)) {
            None => Self::TooLong { chars, capacity: capacity(Version::MAX, EcLevel::L) },
            Some(version) => {
                let dots = u64::from(least_dots(dpi)) * version.size() as u64;
                let um = (dots * UM_PER_INCH).div_ceil(u64::from(dpi.max(1)));
                Self::TooSmall { chars, least_um: u32::try_from(um).unwrap_or(u32::MAX) }
            }
        }
    }
}

impl fmt::Display for NoFit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { chars, capacity } => {
                write!(f, "the text has {chars} characters; the largest symbol holds {capacity}")
            }
            Self::TooSmall { chars, least_um } => {
                let tenths = least_um.div_ceil(100);
                let (mm, tenth) = (tenths / 10, tenths % 10);
                write!(f, "{chars} characters need a box of at least {mm}.{tenth} mm for modules of 0.33 mm")
            }
        }
    }
}

impl core::error::Error for NoFit {}
