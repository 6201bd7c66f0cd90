//! Pictures named on the command line: files, folders, `-`.

use super::failure::Failure;
use super::language::Language;
use super::language::failure as text;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use wayseal::files;
use wayseal::payload::Payload;
use wayseal::read::image::{Gray, ImageError};
use wayseal::read::pages::{self, PAGES_MAX};
use wayseal::read::{beside, ladder};

/// The largest picture file read.
const PICTURE_MAX: u64 = 256 << 20;

/// Endings of pictures within a folder.
const ENDINGS: [&str; 7] = ["png", "jpg", "jpeg", "webp", "tif", "tiff", "bmp"];

/// Endings of pictures that cannot be read.
const OTHER_ENDINGS: [&str; 9] = ["heic", "heif", "avif", "gif", "jxl", "jp2", "dng", "psd", "pdf"];

/// The deepest folder that is entered, counted from the named one.
const DEPTH_MAX: usize = 16;

/// What the arguments name.
#[derive(Default)]
pub struct NamedPictures {
    /// The files to read, in order.
    pub files: Vec<PathBuf>,
    /// What lies among them and is not read, with the reason.
    pub left_out: Vec<(PathBuf, NoCode)>,
}

/// The files that the arguments name, folders and the folders in them opened, in order.
pub fn list(named: &[PathBuf], language: Language) -> Result<NamedPictures, Failure> {
    let mut pictures = NamedPictures::default();
    for path in named {
        if path.is_dir() {
            pictures.enter(path, 0).map_err(|(path, error)| {
                Failure::input(text::cannot_read(language, path.display(), language.system(&error)))
            })?;
        } else {
            pictures.files.push(path.clone());
        }
    }
    if pictures.files.is_empty() && pictures.left_out.is_empty() {
        return Err(Failure::input(language.of(text::NO_PICTURES)));
    }
    Ok(pictures)
}

impl NamedPictures {
    fn enter(&mut self, folder: &Path, depth: usize) -> Result<(), (PathBuf, std::io::Error)> {
        let failed = |error| (folder.to_owned(), error);
        let entries = std::fs::read_dir(folder).map_err(failed)?.collect::<Result<Vec<_>, _>>();
        let mut entries = entries.map_err(failed)?;
        entries.sort_by_key(std::fs::DirEntry::path);
        for entry in entries {
            let path = entry.path();
            let has = |endings: &[&str]| {
                let ending = path.extension().and_then(|ending| ending.to_str());
                ending.is_some_and(|ending| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
            };
            if path.is_dir() {
                // A link may lead back to where it is.
                if depth == DEPTH_MAX || entry.file_type().map_err(failed)?.is_symlink() {
                    self.left_out.push((path, NoCode::NotEntered));
                } else {
                    self.enter(&path, depth + 1)?;
                }
            } else if has(&ENDINGS) {
                self.files.push(path);
            } else if has(&OTHER_ENDINGS) {
                self.left_out.push((path, NoCode::Image(ImageError::Unknown)));
            }
        }
        Ok(())
    }
}

/// Why a file gave no code.
pub enum NoCode {
    /// It cannot be read.
    File(files::FileError),
    /// It is no picture.
    Image(ImageError),
    /// No code of ours was found in it.
    Nothing,
    /// A folder that was not entered: a link, or too deep.
    NotEntered,
    /// Pages that could not be decoded, of so many.
    DamagedPages(usize),
    /// It has more pages than are read.
    MorePages,
}

impl std::fmt::Display for NoCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(error) => error.fmt(f),
            Self::Image(error) => error.fmt(f),
            Self::Nothing => f.write_str("no Wayseal code was read; take the picture closer, in more light"),
            Self::NotEntered => {
                f.write_str("this folder was not entered, being a link or too deep; name it itself")
            }
            Self::DamagedPages(count) => write!(f, "{count} pages are damaged and were not read"),
            Self::MorePages => {
                write!(f, "only the first {PAGES_MAX} pages or frames were read; split the file")
            }
        }
    }
}

/// What was read of a file.
pub struct ReadPictures {
    /// The payloads' texts, each with the number in the bar code that belongs to its label.
    pub labels: Vec<(String, Option<String>)>,
    /// What of the file was not read.
    pub left_out: Vec<NoCode>,
}

/// The labels on all pages of a picture file.
pub fn read(path: &Path) -> Result<ReadPictures, NoCode> {
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        let read = std::io::stdin().lock().take(PICTURE_MAX).read_to_end(&mut bytes);
        read.map_err(|_| NoCode::Image(ImageError::Unknown))?;
        bytes
    } else {
        files::read(path, PICTURE_MAX).map_err(NoCode::File)?
    };
    let mut labels: Vec<(String, Option<String>)> = Vec::new();
    let count = pages::each(&bytes, &mut |page| {
        for (text, number) in of_page(page) {
            // A label may be on many frames: its bar code is read on one of them.
            match labels.iter_mut().find(|(known, _)| *known == text) {
                Some((_, known)) => *known = known.take().or(number),
                None => labels.push((text, number)),
            }
        }
    });
    let count = count.map_err(NoCode::Image)?;
    let mut left_out = Vec::new();
    if count.damaged > 0 {
        left_out.push(NoCode::DamagedPages(count.damaged));
    }
    if count.more {
        left_out.push(NoCode::MorePages);
    }
    if labels.is_empty() && left_out.is_empty() {
        return Err(NoCode::Nothing);
    }
    Ok(ReadPictures { labels, left_out })
}

/// The labels of a page. One on which nothing is read may be light on dark, at any size.
fn of_page(page: Gray) -> Vec<(String, Option<String>)> {
    let mut ours = |text: &str| Payload::parse(text.as_bytes()).is_ok();
    let mut texts = |page: &Gray| -> Vec<String> {
        ladder::read_all(page, &mut ours).into_iter().map(|read| read.text).collect()
    };
    let mut page = page;
    let mut found = texts(&page);
    if found.is_empty() {
        page.pixels.iter_mut().for_each(|pixel| *pixel = 255 - *pixel);
        found = texts(&page);
    }
    let numbers = printed(&page, &found);
    found.into_iter().zip(numbers).collect()
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
