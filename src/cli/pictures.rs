//! Pictures named on the command line: files, folders, `-`.

use super::failure::Failure;
use super::language::Language;
use super::language::failure as text;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use wayseal::files;
use wayseal::payload::Payload;
use wayseal::read::image::{self, Gray, ImageError};
use wayseal::read::{beside, ladder};

/// The largest picture file read.
const PICTURE_MAX: u64 = 256 << 20;

/// Endings of pictures within a folder.
const ENDINGS: [&str; 8] = ["png", "jpg", "jpeg", "webp", "tif", "tiff", "bmp", "PNG"];

/// The files that the arguments name, folders opened, in order.
pub fn list(named: &[PathBuf], language: Language) -> Result<Vec<PathBuf>, Failure> {
    let mut pictures = Vec::new();
    for path in named {
        if !path.is_dir() {
            pictures.push(path.clone());
            continue;
        }
        let unreadable = |error: std::io::Error| {
            Failure::input(text::cannot_read(language, path.display(), language.system(&error)))
        };
        let mut inside: Vec<PathBuf> = std::fs::read_dir(path)
            .map_err(unreadable)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()
            .map_err(unreadable)?;
        inside.retain(|path| {
            path.extension()
                .and_then(|ending| ending.to_str())
                .is_some_and(|ending| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
        });
        inside.sort();
        pictures.append(&mut inside);
    }
    if pictures.is_empty() {
        return Err(Failure::input(language.of(text::NO_PICTURES)));
    }
    Ok(pictures)
}

/// Why a file gave no code.
pub enum NoCode {
    /// It cannot be read.
    File(files::FileError),
    /// It is no picture.
    Image(ImageError),
    /// No code of ours was found in it.
    Nothing,
}

impl std::fmt::Display for NoCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(error) => error.fmt(f),
            Self::Image(error) => error.fmt(f),
            Self::Nothing => f.write_str("no Wayseal code was read; take the picture closer, in more light"),
        }
    }
}

/// The payload texts of a picture, and the picture.
pub fn read(path: &Path) -> Result<(Gray, Vec<String>), NoCode> {
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        let read = std::io::stdin().lock().take(PICTURE_MAX).read_to_end(&mut bytes);
        read.map_err(|_| NoCode::Image(ImageError::Unknown))?;
        bytes
    } else {
        files::read(path, PICTURE_MAX).map_err(NoCode::File)?
    };
    let picture = image::load(&bytes).map_err(NoCode::Image)?;
    let mut ours = |text: &str| Payload::parse(text.as_bytes()).is_ok();
    let texts: Vec<String> =
        ladder::read_all(&picture, &mut ours).into_iter().map(|read| read.text).collect();
    if texts.is_empty() { Err(NoCode::Nothing) } else { Ok((picture, texts)) }
}

/// The waybill number in the bar code that belongs to each label of a picture; `None` where that is not known.
pub fn printed(picture: &Gray, texts: &[String]) -> Vec<Option<String>> {
    beside::printed(picture, &texts.iter().map(String::as_str).collect::<Vec<_>>())
}

/// The waybill number that a label claims; empty if it is none.
pub fn claimed(text: &str) -> String {
    Payload::parse(text.as_bytes())
        .map_or_else(|_| String::new(), |it| it.header().waybill.text().to_string())
}
