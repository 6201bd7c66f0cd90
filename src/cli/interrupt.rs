//! Ctrl-C: the first ends a batch once the current part is finished, the second at once.

use super::failure::Failure;
use super::language::{Bilingual, Language, failure};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The exit code of a command that was interrupted, as shells have it.
pub const INTERRUPTED: u8 = 130;

/// Listens, and returns what the first Ctrl-C sets; `first` is said then, and what `last` returns at the second.
pub fn listen(
    language: Language,
    first: Option<Bilingual>,
    last: impl Fn() -> Option<String> + Send + 'static,
) -> Result<Arc<AtomicBool>, Failure> {
    let stop = Arc::new(AtomicBool::new(false));
    let set = stop.clone();
    ctrlc::set_handler(move || {
        if set.swap(true, Ordering::Relaxed) {
            if let Some(last) = last() {
                eprintln!("\n{last}");
            }
            std::process::exit(i32::from(INTERRUPTED));
        }
        if let Some(first) = first {
            eprintln!("\n{}", language.of(first));
        }
    })
    .map_err(|error| Failure::usage(failure::no_ctrl_c(language, error)))?;
    Ok(stop)
}
