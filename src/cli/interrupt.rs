//! Ctrl-C: the first ends a batch once the current part is finished, the second at once.

use super::console::warn;
use super::failure::Failure;
use super::language::{Bilingual, Language, failure};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The exit code of a command that was interrupted, as shells have it.
pub const INTERRUPTED: u8 = 130;

/// What the second Ctrl-C says before it ends the process.
type LastWord = Box<dyn Fn() -> String + Send>;

/// The handler of Ctrl-C.
pub struct Interrupt {
    stop: Arc<AtomicBool>,
    first: Arc<Mutex<Option<Bilingual>>>,
    last: Arc<Mutex<Option<LastWord>>>,
}

impl Interrupt {
    /// Listens; `first` is said at the first Ctrl-C.
    pub fn listen(language: Language, first: Option<Bilingual>) -> Result<Self, Failure> {
        let (stop, first) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(first)));
        let last: Arc<Mutex<Option<LastWord>>> = Arc::default();
        let (set, said, last_word) = (stop.clone(), first.clone(), last.clone());
        ctrlc::set_handler(move || {
            if set.swap(true, Ordering::Relaxed) {
                if let Some(last) = &*last_word.lock().unwrap_or_else(PoisonError::into_inner) {
                    warn("");
                    warn(&last());
                }
                std::process::exit(i32::from(INTERRUPTED));
            }
            if let Some(first) = *said.lock().unwrap_or_else(PoisonError::into_inner) {
                warn("");
                warn(language.of(first));
            }
        })
        .map_err(|error| Failure::usage(failure::no_ctrl_c(language, error)))?;
        Ok(Self { stop, first, last })
    }

    /// No handler: for what is finished whatever happens.
    pub fn none() -> Self {
        Self { stop: Arc::default(), first: Arc::default(), last: Arc::default() }
    }

    /// What the first Ctrl-C sets.
    pub fn stop(&self) -> &AtomicBool {
        &self.stop
    }

    /// Whether there was a Ctrl-C.
    pub fn is_set(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Sets what is said at the first Ctrl-C, unless nothing is said, and at the second.
    pub fn say(&self, first: Bilingual, last: impl Fn() -> String + Send + 'static) {
        if let Some(said) = &mut *self.first.lock().unwrap_or_else(PoisonError::into_inner) {
            *said = first;
        }
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(last));
    }

    /// Says nothing more at the second.
    pub fn say_nothing_more(&self) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
