//! Ctrl-C: the first ends a batch once the current part is finished, the second at once.

use super::failure::Failure;
use super::language::{Bilingual, Language, failure};
use crate::cli::language::seal as text;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The exit code of a command that was interrupted, as shells have it.
pub const INTERRUPTED: u8 = 130;

/// Listens, and returns what the first Ctrl-C sets.
pub fn listen(language: Language, quiet: bool) -> Result<Arc<AtomicBool>, Failure> {
    listen_and_say(language, quiet, text::FINISHING_PART)
}

/// The same, and says what is finished first.
pub fn listen_and_say(language: Language, quiet: bool, said: Bilingual) -> Result<Arc<AtomicBool>, Failure> {
    let stop = Arc::new(AtomicBool::new(false));
    let set = stop.clone();
    ctrlc::set_handler(move || {
        if set.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(INTERRUPTED));
        }
        if !quiet {
            eprintln!("\n{}", language.of(said));
        }
    })
    .map_err(|error| Failure::usage(failure::no_ctrl_c(language, error)))?;
    Ok(stop)
}
