//! The file that a device hands in.

use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::log as text;
use wayseal::device::exchange::HandIn;
use wayseal::device::log::head::Answer;
use wayseal::files;

/// The largest log read: 2 million entries.
pub const LOG_MAX: u64 = 256 << 20;

/// What was handed in, or a bare log.
pub struct Handed {
    pub answer: Option<Answer>,
    pub log: Vec<u8>,
}

impl Handed {
    pub fn read(path: &std::path::Path, language: Language) -> Result<Self, Failure> {
        let bytes = files::read(path, LOG_MAX).map_err(|error| Failure::input(language.file(&error)))?;
        let damaged = |_| Failure::input(text::damaged_hand_in(language, path.display()));
        let HandIn { answer, log, .. } = HandIn::parse(&bytes).map_err(damaged)?;
        let log = log.to_vec();
        Ok(Self { answer, log })
    }
}
