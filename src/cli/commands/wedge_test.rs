//! `wayseal wedge-test`: a code to scan that shows what a wedge scanner makes of a payload's characters. It needs no keys
//! and no files of its own, so that it takes its arguments without settings.

use crate::cli::arguments::wedge_test::WedgeTestArgs;
use crate::cli::console::say;
use crate::cli::failure::Failure;
use crate::cli::language::wedge as text;
use crate::cli::language::{Language, failure};
use std::io::BufRead as _;
use wayseal::read::wedge;
use wayseal::symbol::{EcLevel, MaskPattern, Symbol, Version};

/// Light modules around the code.
const QUIET: usize = 4;

/// Pixels a module in a picture.
const SCALE: usize = 10;

impl WedgeTestArgs {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        if self.read {
            return read(language);
        }
        let typed = wedge::test_text();
        // The text is fixed, and version 4 holds it: no input can change that.
        let symbol = Version::new(4)
            .and_then(|version| {
                Symbol::encode(typed.as_bytes(), version, EcLevel::M, MaskPattern::DEFAULT).ok()
            })
            .ok_or_else(|| Failure::usage(language.of(text::NO_SYMBOL)))?;
        let side = symbol.size() + 2 * QUIET;
        let dark = |x: usize, y: usize| x >= QUIET && y >= QUIET && symbol.is_dark(x - QUIET, y - QUIET);
        if let Some(path) = &self.png {
            let pixels = image::GrayImage::from_fn((side * SCALE) as u32, (side * SCALE) as u32, |x, y| {
                image::Luma([if dark(x as usize / SCALE, y as usize / SCALE) { 0 } else { 255 }])
            });
            pixels
                .save_with_format(path, image::ImageFormat::Png)
                .map_err(|error| Failure::output(failure::cannot_write(language, path.display(), error)))?;
        } else {
            // Two rows a line; light is drawn, as terminals are dark.
            for y in (0..side).step_by(2) {
                let line: String = (0..side)
                    .map(|x| match (dark(x, y), y + 1 >= side || dark(x, y + 1)) {
                        (false, false) => '█',
                        (false, true) => '▀',
                        (true, false) => '▄',
                        (true, true) => ' ',
                    })
                    .collect();
                say(&line)?;
            }
        }
        say(language.of(text::SHOULD_TYPE))?;
        say(&typed)?;
        say(language.of(text::HOW_TO_READ))?;
        Ok(0)
    }
}

pub fn read(language: Language) -> Result<u8, Failure> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(|error| {
        let name = language.of(failure::STANDARD_INPUT);
        Failure::input(failure::cannot_read(language, name, language.system(&error)))
    })?;
    match wedge::test(&line) {
        Some(damage) if damage.is_none() => {
            say(language.of(text::SET_RIGHT))?;
            Ok(0)
        }
        Some(damage) => {
            let next = language.of(text::SET_LAYOUT);
            say(&format!("{}; {next}", text::damage(damage, language)))?;
            Ok(1)
        }
        None => {
            say(language.of(text::NOT_THE_TEST))?;
            Ok(1)
        }
    }
}
