//! A device's state folder, opened, and what its inbox refused.

use crate::cli::console::warn;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::courier;
use crate::cli::language::outcome::said;
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use wayseal::device::session::{Session, SessionError};

/// A session of one command. Whatever its inbox refuses is said, at the latest when it ends, also by an error.
pub struct DeviceSession {
    session: Session,
    language: Language,
}

impl DeviceSession {
    /// Says what the inbox refused since the last call.
    pub fn say_refused(&mut self) {
        say_refused(self.session.notices(), self.language);
    }
}

impl Deref for DeviceSession {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.session
    }
}

impl DerefMut for DeviceSession {
    fn deref_mut(&mut self) -> &mut Session {
        &mut self.session
    }
}

impl Drop for DeviceSession {
    fn drop(&mut self) {
        self.say_refused();
    }
}

/// Says which files of an inbox were refused, and why.
pub fn say_refused(notices: Vec<(String, SessionError)>, language: Language) {
    let title = language.of(courier::REFUSED_FROM_THE_INBOX);
    for (file, error) in notices {
        warn(&format!("{title}: {}", refusal(&file, &error, language)));
    }
}

/// A file of the inbox, and why it was refused.
pub fn refusal(file: &str, error: &SessionError, language: Language) -> String {
    format!("{file}: {}", said(error, language))
}

/// Opens the state folders of several carriers' devices, of which no two hold keys of one place. Whoever calls this says what their
/// inboxes refused.
pub fn open_all(states: &[PathBuf], now: u64, language: Language) -> Result<Vec<Session>, Failure> {
    let sessions: Vec<Session> =
        states.iter().map(|state| session(state, now, language)).collect::<Result<_, _>>()?;
    Session::check_distinct(&sessions).map_err(|error| Failure::key(said(&error, language)))?;
    Ok(sessions)
}

/// Opens a device's state folder at a time in seconds since 1970.
pub fn open(state: &Path, now: u64, language: Language) -> Result<DeviceSession, Failure> {
    let mut session = DeviceSession { session: session(state, now, language)?, language };
    session.say_refused();
    Ok(session)
}

fn session(state: &Path, now: u64, language: Language) -> Result<Session, Failure> {
    Session::open(state, now)
        .map_err(|error| Failure::key(format!("{}: {}", state.display(), said(&error, language))))
}
