//! Which symbol is read best from a box of a given size.

use super::{Level, VERSION_MAX};

/// Characters of the alphanumeric mode that versions 1 to 10 hold at L, M, Q and H (ISO/IEC 18004, table 7).
const CAPACITY: [[u16; 4]; VERSION_MAX as usize] = [
    [25, 20, 16, 10],
    [47, 38, 29, 20],
    [77, 61, 47, 35],
    [114, 90, 67, 50],
    [154, 122, 87, 64],
    [195, 154, 108, 84],
    [224, 178, 125, 93],
    [279, 221, 157, 122],
    [335, 262, 189, 143],
    [395, 311, 221, 174],
];

/// A module is never printed smaller, in micrometres.
const MODULE_MIN_UM: u32 = 330;

/// A version, a level and whole printer dots per module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The version, 1 to 10.
    pub version: u8,
    /// The level of error correction.
    pub level: Level,
    /// Printer dots a module is wide and high.
    pub dots: u32,
    /// The module's side in micrometres.
    pub module_um: u32,
    /// The expected read rate in points of a hundred: see [`candidates`].
    pub score: u32,
}

/// No symbol that holds the text fits the box with modules that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoFit;

impl core::fmt::Display for NoFit {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("no QR code of this text fits the box with modules of 0.33 mm; use a larger box")
    }
}

impl core::error::Error for NoFit {}

/// Characters that a version holds at a level; 0 for a version that is not used.
#[must_use]
pub const fn capacity(version: u8, level: Level) -> usize {
    if version == 0 || version > VERSION_MAX {
        return 0;
    }
    CAPACITY[version as usize - 1][level as usize] as usize
}

/// The symbol for `characters` that is read best from a box of `box_um` micrometres a side, the quiet zone
/// not counted, on a printer of `dpi` dots an inch.
///
/// # Errors
/// [`NoFit`]: a label that cannot be read is refused, not shrunk.
pub fn choose(characters: usize, box_um: u32, dpi: u32) -> Result<Choice, NoFit> {
    candidates(characters, box_um, dpi)
        .max_by_key(|choice| (choice.score, core::cmp::Reverse(choice.version)))
        .ok_or(NoFit)
}

/// Every symbol that holds the text in the box, each at the most dots that fit, with its score.
///
/// The score is the read rate measured on synthetic frames of printed and photographed symbols: at four
/// dots of a 203 dpi printer (0.5 mm) 64, 68, 73 and 74 for L, M, Q and H; a dot less costs 18 points, a
/// dot more gains 10, and each further one 4.
pub fn candidates(characters: usize, box_um: u32, dpi: u32) -> impl Iterator<Item = Choice> {
    let levels = [Level::L, Level::M, Level::Q, Level::H];
    (1..=VERSION_MAX)
        .flat_map(move |version| levels.map(|level| (version, level)))
        .filter(move |&(version, level)| capacity(version, level) >= characters)
        .filter_map(move |(version, level)| {
            let dots_in_box = u64::from(box_um) * u64::from(dpi) / 25_400;
            let dots = (dots_in_box / (17 + 4 * u64::from(version))) as u32;
            let module_um = (u64::from(dots) * 25_400).checked_div(u64::from(dpi))? as u32;
            (module_um >= MODULE_MIN_UM).then(|| Choice {
                version,
                level,
                dots,
                module_um,
                score: score(level, module_um),
            })
        })
}

/// Points of a hundred, linear between the modules that were measured.
fn score(level: Level, module_um: u32) -> u32 {
    let base = match level {
        Level::L => 64,
        Level::M => 68,
        Level::Q => 73,
        Level::H => 74,
    };
    // A dot of a 203 dpi printer is 125 micrometres.
    let points = match module_um {
        0..=500 => (base * 125u32).saturating_sub((500 - module_um) * 18),
        501..=625 => base * 125 + (module_um - 500) * 10,
        _ => base * 125 + 1250 + (module_um.min(1000) - 625) * 4,
    };
    (points / 125).min(99)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_box_gives_the_sizes_of_the_design() {
        // 26 mm at 203 dpi: 207 dots, so five a module up to version 6.
        let choice = choose(154, 26_000, 203).unwrap();
        assert_eq!((choice.version, choice.level, choice.dots), (6, Level::M, 5));
        let choice = choose(121, 26_000, 203).unwrap();
        assert_eq!((choice.version, choice.level, choice.dots), (5, Level::M, 5));
        let choice = choose(310, 29_000, 203).unwrap();
        assert_eq!((choice.version, choice.level, choice.dots), (10, Level::M, 4));
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        assert_eq!(choose(310, 15_000, 203), Err(NoFit));
        assert_eq!(choose(500, 80_000, 203), Err(NoFit));
        assert_eq!(choose(121, 26_000, 0), Err(NoFit));
        for dpi in [203, 300, 600] {
            for um in (10_000..60_000).step_by(500) {
                for choice in candidates(121, um, dpi) {
                    assert!(choice.module_um >= 330);
                    assert!(choice.dots * (17 + 4 * u32::from(choice.version)) * 25_400 <= um * dpi);
                }
            }
        }
    }
}
