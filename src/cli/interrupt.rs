//! Ctrl-C: the first ends a batch with the part in the making, the second at once.

use super::failure::Failure;
use super::language::Language;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The exit code of a command that was interrupted, as shells have it.
pub const INTERRUPTED: u8 = 130;

/// Listens, and returns what the first Ctrl-C sets.
pub fn listen(language: Language, quiet: bool) -> Result<Arc<AtomicBool>, Failure> {
    let stop = Arc::new(AtomicBool::new(false));
    let set = stop.clone();
    ctrlc::set_handler(move || {
        if set.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(INTERRUPTED));
        }
        if !quiet {
            eprintln!(
                "\n{}",
                language.pick(
                    "finishing the part in the making; press Ctrl-C again to stop at once, which loses nothing \
                     that is finished",
                    "正在完成当前分卷；再按一次 Ctrl-C 立即停止，已完成的分卷不受影响"
                )
            );
        }
    })
    .map_err(|error| Failure::usage(format!("cannot listen for Ctrl-C: {error}")))?;
    Ok(stop)
}
