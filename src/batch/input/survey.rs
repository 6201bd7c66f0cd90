//! The first pass over a file: its format, encoding, digest and number of lines.
//!
//! The encoding of a file can only be decided by reading all of it; the digest goes into the manifest, and the number of
//! lines into the progress bar. A file that is not UTF-8 is read once more, to judge its encoding.

use super::encoding::{Judge, Verdict};
use super::error::InputError;
use super::form::FileForm;
use super::options::InputOptions;
use super::text::{RAW, Spelling, read_some};
use super::utf16;
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use sha2::{Digest as _, Sha256};
use simdutf8::compat::from_utf8;
use std::fs::File;
use std::io::{Read, Seek as _};
use std::path::Path;
use zeroize::Zeroizing;

/// The result of a first pass over a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Survey {
    /// SHA-256 of the file's bytes.
    pub digest: [u8; 32],
    /// The number of lines, for text formats.
    pub lines: Option<u64>,
    pub(super) form: FileForm,
    pub(super) spelling: Spelling,
}

impl Survey {
    /// Reads a whole file once, or twice if it is neither marked nor UTF-8.
    ///
    /// # Errors
    /// [`InputError`] if it cannot be read, or its format or encoding is not supported or not certain.
    pub fn read(path: &Path, options: &InputOptions) -> Result<Self, InputError> {
        Self::of_file(&mut File::open(path)?, options)
    }

    pub(super) fn of_file(file: &mut File, options: &InputOptions) -> Result<Self, InputError> {
        let mut start = Zeroizing::new([0; 4096]);
        let count = read_some(file, &mut *start)?;
        let start = &start[..count];
        let mut form = FileForm::detect(start)?;
        file.rewind()?;
        let pass = Pass::over(&mut *file)?;
        file.rewind()?;
        let spelling = match form {
            // Their text is marked within.
            FileForm::Xlsx | FileForm::Ods | FileForm::Xls | FileForm::Parquet => Spelling::utf8(),
            FileForm::Csv | FileForm::Jsonl => {
                let spelling = match certain(start, pass.is_utf8, options) {
                    Some(spelling) => spelling,
                    None => {
                        let spelling = judged(&mut *file)?;
                        file.rewind()?;
                        spelling
                    }
                };
                form = FileForm::of_text(start, spelling.encoding)?;
                spelling
            }
        };
        let lines = matches!(form, FileForm::Csv | FileForm::Jsonl).then_some(pass.lines);
        Ok(Self { digest: pass.digest, lines, form, spelling })
    }

    /// Whether it is JSON Lines.
    #[must_use]
    pub fn is_jsonl(&self) -> bool {
        self.form == FileForm::Jsonl
    }

    /// Whether opening the file only for its header is cheap; a workbook has to be parsed whole.
    #[must_use]
    pub fn is_light(&self) -> bool {
        !self.form.is_workbook()
    }
}

/// The encoding of a stream, decided by its first bytes; `whole` if there are no more.
pub(super) fn of_window(window: &[u8], whole: bool, options: &InputOptions) -> Result<Spelling, InputError> {
    let is_utf8 = match std::str::from_utf8(window) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none() && !whole,
    };
    match certain(window, is_utf8, options) {
        Some(spelling) => Ok(spelling),
        None => judged(window),
    }
}

/// The encoding that needs no judging: that of a mark, UTF-16 by its zeros, UTF-8, or the one given.
fn certain(start: &[u8], is_utf8: bool, options: &InputOptions) -> Option<Spelling> {
    let wide = options.encoding.filter(|given| [UTF_16LE, UTF_16BE].contains(given));
    Spelling::marked(start)
        .or_else(|| wide.or_else(|| utf16::without_mark(start)).map(Spelling::unmarked))
        .or_else(|| is_utf8.then(Spelling::utf8))
        .or_else(|| options.encoding.map(Spelling::unmarked))
}

/// The encoding of text that is not UTF-8.
fn judged(mut text: impl Read) -> Result<Spelling, InputError> {
    let mut buffer = Zeroizing::new(vec![0; RAW]);
    let mut judge = Judge::new();
    loop {
        let count = read_some(&mut text, &mut buffer)?;
        if count == 0 {
            break;
        }
        judge.feed(&buffer[..count]);
    }
    match judge.verdict() {
        Verdict::Is(encoding) => Ok(Spelling::unmarked(encoding)),
        Verdict::Open => Err(InputError::AmbiguousEncoding),
        Verdict::Mixed => Err(InputError::MixedEncodings),
    }
}

/// What one pass over the bytes finds.
struct Pass {
    digest: [u8; 32],
    lines: u64,
    is_utf8: bool,
}

impl Pass {
    fn over(mut file: impl Read) -> Result<Self, InputError> {
        let mut buffer = Zeroizing::new(vec![0; RAW]);
        let mut digest = Sha256::new();
        let (mut lines, mut returns, mut kept, mut is_utf8, mut marked) = (1, 1, 0, true, None);
        loop {
            let count = read_some(&mut file, &mut buffer[kept..])?;
            if count == 0 {
                is_utf8 &= kept == 0;
                // Lines that end with a carriage return alone, as an old Mac wrote them.
                let lines = if lines == 1 { returns } else { lines };
                return Ok(Self { digest: digest.finalize().into(), lines, is_utf8 });
            }
            let new = &buffer[kept..kept + count];
            digest.update(new);
            lines += memchr::memchr_iter(b'\n', new).count() as u64;
            if lines == 1 {
                returns += memchr::memchr_iter(b'\r', new).count() as u64;
            }
            let filled = kept + count;
            let marked = *marked.get_or_insert_with(|| Encoding::for_bom(&buffer[..filled]).is_some());
            kept = match (is_utf8 && !marked).then(|| from_utf8(&buffer[..filled])) {
                // A character cut at the end of the block: its bytes are kept for the next one.
                Some(Err(error)) if error.error_len().is_none() => {
                    let from = error.valid_up_to();
                    buffer.copy_within(from..filled, 0);
                    filled - from
                }
                Some(Ok(_)) => 0,
                Some(Err(_)) | None => {
                    is_utf8 = false;
                    0
                }
            };
        }
    }
}
