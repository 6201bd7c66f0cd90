//! Labels one after the other, for commands that work each off: of the standard input, as a wedge scanner types them, or of
//! pictures.

use super::failure::Failure;
use super::label_lines::{LabelLine, LabelLines};
use super::language::Language;
use super::pictures::{self, NoCode};
use super::typed_lines;
use std::path::{Path, PathBuf};
use std::time::Instant;
use wayseal::read::wedge::{WedgeDamage, WedgeError};

/// What came.
pub enum Arrival<'a> {
    /// A label.
    Label(ArrivedLabel<'a>),
    /// A bar code alone; whether it repeats the number of the label before it.
    BarCode { number: &'a str, is_own: bool },
    /// A line that is no label's: it is to be logged as an attempt.
    Other { text: &'a str, error: &'a WedgeError },
    /// A picture that was not read, or not whole.
    LeftOut { path: &'a Path, error: &'a NoCode },
}

/// A label as it came.
#[derive(Clone, Copy)]
pub struct ArrivedLabel<'a> {
    pub text: &'a str,
    /// The number of the bar code that belongs to it, if it is known.
    pub printed: Option<&'a str>,
    /// Its file, or `-`.
    pub source: &'a str,
    /// The line as it was typed, and what was undone of it; `None` for a picture's.
    pub typed: Option<(&'a str, WedgeDamage)>,
}

/// Hands on each label that the arguments name; `take` says whether it was worked off. What is not read of pictures comes last.
/// Returns whether all were worked off.
pub fn each(
    labels: &[PathBuf],
    language: Language,
    take: &mut dyn FnMut(Arrival<'_>) -> Result<bool, Failure>,
) -> Result<bool, Failure> {
    if labels == [Path::new("-")] { typed(language, take) } else { in_pictures(labels, language, take) }
}

fn typed(
    language: Language,
    take: &mut dyn FnMut(Arrival<'_>) -> Result<bool, Failure>,
) -> Result<bool, Failure> {
    let (mut input, mut lines, mut all) = (std::io::stdin().lock(), LabelLines::default(), true);
    while let Some(line) = typed_lines::next(&mut input, language)? {
        all &= match lines.take(&line, Instant::now()) {
            None => true,
            Some(LabelLine::Label { text, damage, printed }) => take(Arrival::Label(ArrivedLabel {
                text: &text,
                printed: printed.as_deref(),
                source: "-",
                typed: Some((line.trim(), damage)),
            }))?,
            Some(LabelLine::BarCode { number, is_own }) => {
                take(Arrival::BarCode { number: &number, is_own })?
            }
            Some(LabelLine::Other { text, error }) => take(Arrival::Other { text: &text, error: &error })?,
        };
    }
    Ok(all)
}

fn in_pictures(
    labels: &[PathBuf],
    language: Language,
    take: &mut dyn FnMut(Arrival<'_>) -> Result<bool, Failure>,
) -> Result<bool, Failure> {
    let named = pictures::list(labels, language)?;
    let (mut left_out, mut all) = (Vec::new(), true);
    for path in named.files {
        let read = match pictures::read(&path) {
            Ok(read) => read,
            Err(error) => {
                left_out.push((path, error));
                continue;
            }
        };
        let source = &*path.display().to_string();
        for (text, printed) in &read.labels {
            let printed = printed.as_deref();
            all &= take(Arrival::Label(ArrivedLabel { text, printed, source, typed: None }))?;
        }
        left_out.extend(read.left_out.into_iter().map(|error| (path.clone(), error)));
    }
    for (path, error) in left_out.iter().chain(&named.left_out) {
        all &= take(Arrival::LeftOut { path, error })?;
    }
    Ok(all)
}
