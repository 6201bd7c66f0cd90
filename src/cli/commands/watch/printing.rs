//! Sends the labels of a file to a printer, once: a note says before the first byte that printing has begun, and after the
//! last that it is done. Where neither is known, nothing is printed again: a person looks at the paper.

use super::job::{Job, PRINTED, PRINTING};
use crate::cli::commands::print;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::watch as text;
use std::fs;
use std::path::Path;
use wayseal::files::{self, Access};

/// What became of the labels.
pub enum Printed {
    /// They were sent whole.
    Whole,
    /// Some may have been sent; why not all.
    Unknown(String),
}

/// Prints a job of labels.
///
/// # Errors
/// [`Failure`] if nothing was sent: the printer does not answer, or the labels cannot be read.
pub fn print(job: &Job<'_>, labels: &Path, printer: &str, language: Language) -> Result<Printed, Failure> {
    if job.note(PRINTED).exists() {
        return Ok(Printed::Whole);
    }
    if job.note(PRINTING).exists() {
        return Ok(Printed::Unknown(text::interrupted_printing(language, printer)));
    }
    let bytes = print::job(labels, language)?;
    let mut open = print::open(printer, language)?;
    let note = |ending| {
        files::write(&job.note(ending), b"", Access::Owner)
            .map_err(|error| Failure::output(language.written(&error)))
    };
    note(PRINTING)?;
    if let Err(error) = open.send(&bytes).and_then(|()| open.finish()) {
        return Ok(Printed::Unknown(language.system(&error)));
    }
    note(PRINTED)?;
    Ok(Printed::Whole)
}

/// Removes the notes of a job that is finished.
pub fn forget(job: &Job<'_>) {
    for ending in [PRINTING, PRINTED] {
        // A note without its job is ignored, and its name is not used again.
        let _left = fs::remove_file(job.note(ending));
    }
}
