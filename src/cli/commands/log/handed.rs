//! The file that a device hands in.

use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::log as text;
use wayseal::device::log::head::Answer;
use wayseal::files;

/// The largest log read: 2 million entries.
pub const LOG_MAX: u64 = 256 << 20;

/// What a hand-in begins with; then the answer, an empty line, and the log.
pub const MAGIC: &str = "wayseal hand-in 1\n";

/// What was handed in, or a bare log.
pub struct Handed {
    pub answer: Option<Answer>,
    pub log: Vec<u8>,
}

impl Handed {
    pub fn read(path: &std::path::Path, language: Language) -> Result<Self, Failure> {
        let bytes = files::read(path, LOG_MAX).map_err(|error| Failure::input(language.file(&error)))?;
        let Some(rest) = bytes.strip_prefix(MAGIC.as_bytes()) else {
            return Ok(Self { answer: None, log: bytes });
        };
        let damaged = || Failure::input(text::damaged_hand_in(language, path.display()));
        let end = rest.windows(2).position(|pair| pair == b"\n\n").ok_or_else(damaged)?;
        let answer = std::str::from_utf8(&rest[..end]).ok().and_then(|text| text.parse().ok());
        Ok(Self { answer: Some(answer.ok_or_else(damaged)?), log: rest[end + 2..].to_vec() })
    }
}
