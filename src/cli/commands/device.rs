//! `wayseal device`: sets up a device, takes grants and revocation lists, and shows what it holds.

use crate::cli::columns::pad;
use crate::cli::console::{say, warn};
use crate::cli::failure::Failure;
use crate::cli::language::device as text;
use crate::cli::language::{Language, failure};
use crate::cli::settings::device::{
    AcceptGrantPlan, DeviceFolder, DeviceInitPlan, DevicePlan, ShowDevicePlan,
};
use crate::cli::unlock;
use serde_json::json;
use std::path::{Path, PathBuf};
use wayseal::authority::custody;
use wayseal::device::log::{Log, LogEntry, LogError, TakenKind};
use wayseal::device::state::{self, DeviceState as State, Refused};
use wayseal::device::store::SharedStore;
use wayseal::files::{self, Access};
use wayseal::signed::envelope::{self, Identity};
use wayseal::signed::grant::{self, GrantError, Reopen, Role};
use wayseal::signed::revocation::LIST_MAX;
use zeroize::Zeroizing;

impl DevicePlan {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        match self {
            Self::Init(command) => command.run(language),
            Self::Accept(command) => command.run(language),
            Self::Show(command) => command.run(language),
        }
    }
}

impl DeviceFolder {
    pub fn identity(&self) -> PathBuf {
        self.folder.join("identity")
    }

    pub fn state(&self) -> PathBuf {
        self.folder.join("state")
    }

    /// The device's state, with the identity that opens it.
    pub fn open(&self, language: Language) -> Result<(State, Identity), Failure> {
        let path = self.state();
        if !path.exists() {
            return Err(Failure::key(format!("{}: {}", path.display(), language.of(text::NO_DEVICE))));
        }
        let identity = unlock::identity(&self.identity(), &self.passphrase, language)?;
        let state = State::load(&path, Some(&identity))
            .map_err(|error| Failure::key(format!("{}: {}", path.display(), language.state(&error))))?;
        Ok((state, identity))
    }

    /// Writes the state back.
    pub fn store(&self, state: &State, language: Language) -> Result<(), Failure> {
        state.store(&self.state()).map_err(|error| Failure::output(language.state(&error)))
    }
}

impl DeviceInitPlan {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        let path = self.place.identity();
        if path.exists() {
            return Err(Failure::usage(format!("{} {}", path.display(), language.of(text::DEVICE_EXISTS))));
        }
        let pinned = self.trust.pinned_anew(language)?;
        let fail = |error| Failure::key(language.custody(&error));
        let identity = Identity::generate();
        let file = identity.file();
        let file = if self.protect {
            let passphrase = self.place.passphrase.passphrase(true).map_err(fail)?;
            Zeroizing::new(
                custody::seal_text(file.as_bytes(), passphrase).map_err(|error| fail(error.into()))?,
            )
        } else {
            Zeroizing::new(file.as_bytes().to_vec())
        };
        let folder = &self.place.folder;
        files::private_folder(folder).map_err(|error| {
            Failure::output(failure::cannot_make_folder(language, folder.display(), language.system(&error)))
        })?;
        files::write(&path, &file, Access::Owner).map_err(|error| Failure::output(language.file(&error)))?;
        self.place.store(&State::new(pinned, self.name, identity.recipient()), language)?;
        say(&identity.recipient())?;
        Ok(0)
    }
}

impl AcceptGrantPlan {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        // Before the state is read: a session that is open would store its own over this one.
        let store = state::lock(&self.place.folder).map_err(|error| Failure::key(language.state(&error)))?;
        let (mut state, identity) = self.place.open(language)?;
        let mut log = self.log(store, language)?;
        let mut refused = false;
        for path in &self.files {
            match take(&mut state, path, &identity, self.now, language) {
                Ok((entry, line)) => {
                    if let Some(log) = &mut log {
                        note(log, entry).map_err(|error| Failure::output(language.log(&error)))?;
                    }
                    say(&format!("{}: {line}", path.display()))?;
                }
                Err(error) => {
                    refused = true;
                    warn(&format!("wayseal: {}: {}", path.display(), language.refused(&error)));
                }
            }
        }
        self.place.store(&state, language)?;
        Ok(if refused { 3 } else { 0 })
    }

    /// The log of a courier's folder; a device that opens no labels has none.
    fn log(&self, store: SharedStore, language: Language) -> Result<Option<Log>, Failure> {
        if !self.place.folder.join(Log::FILE).exists() {
            return Ok(None);
        }
        let opened = Log::open_in(store, self.now).map_err(|error| Failure::key(language.log(&error)))?;
        Ok(Some(opened.0))
    }
}

/// Writes the entry of what was taken, before the state that holds it. The serial in use is the last one noted, unless a grant
/// brings another.
fn note(log: &mut Log, entry: LogEntry) -> Result<(), LogError> {
    let held = log.last()?.map_or(0, |last| last.serial);
    let serial = if entry.serial == 0 { held } else { entry.serial };
    log.append(&entry.with_serial(serial))
}

/// Takes one file, a grant or a list; returns the entry that a log has of it, and what to say.
pub fn take(
    state: &mut State,
    path: &Path,
    identity: &Identity,
    now: u64,
    language: Language,
) -> Result<(LogEntry, String), Refused> {
    let bytes = files::read(path, LIST_MAX).map_err(|error| Refused::Grant(GrantError::File(error)))?;
    let bytes = Zeroizing::new(bytes);
    if !envelope::is_sealed(&bytes) && is_list(&bytes) {
        let number = state.accept_list(&bytes, now)?;
        let entry = LogEntry::taken(TakenKind::List, number, &bytes, now, 0);
        return Ok((entry, format!("{} {number}", language.of(text::REVOCATION_LIST))));
    }
    let plain = grant::read(path, Some(identity))?;
    let accepted = state.accept(&plain, now)?;
    let kind = if accepted.role == Role::Pass { TakenKind::Pass } else { TakenKind::Grant };
    let entry = LogEntry::taken(kind, accepted.serial, &plain, now, accepted.serial);
    let said = format!(
        "{} {}, {} {}, {} {}, {} {}",
        language.of(text::GRANT),
        accepted.role.name(),
        language.of(text::SERIAL),
        accepted.serial,
        language.of(text::KEYS_ADDED),
        accepted.added,
        language.of(text::KEYS_ERASED),
        accepted.erased
    );
    Ok((entry, said))
}

fn is_list(bytes: &[u8]) -> bool {
    // An array of four and the name of the form.
    bytes.get(1..).is_some_and(|rest| rest.starts_with(b"\x73wayseal revocations"))
}

impl ShowDevicePlan {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        let (state, _) = self.place.open(language)?;
        let roles: Vec<_> = state.roles().map(|role| (role, state.session(role, self.now))).collect();
        if self.json {
            let held: Vec<_> = roles
                .iter()
                .flat_map(|(role, session)| match session {
                    Ok(session) => session.sets.iter().map(|set| json!({
                        "role": role.name(), "serial": set.serial, "keys": set.count(),
                        "budget": set.budget, "reopen": set.reopening.again.name(),
                        "after_delivery": set.reopening.delivered.map(Reopen::name), "today": session.today.to_string(),
                    })).collect(),
                    Err(refused) => vec![json!({"role": role.name(), "locked": language.refused(refused)})],
                })
                .collect();
            say(&json!({
                "name": state.name(), "recipient": state.recipient(), "signed": state.floor().0,
                "revocations": state.list_number(), "grants": held,
            })
            .to_string())?;
            return Ok(0);
        }
        for (name, value) in [
            (text::NAME, state.name().to_owned()),
            (text::RECIPIENT, state.recipient().to_owned()),
            (text::NEWEST_SIGNED_TIME, state.floor().to_string()),
            (text::REVOCATION_LIST, state.list_number().to_string()),
        ] {
            row(language.of(name), &value)?;
        }
        for (role, session) in roles {
            match &session {
                // A set for each of the terms under which the keys open labels.
                Ok(session) => {
                    for set in &session.sets {
                        let (serial, keys) = (language.of(text::SERIAL), language.of(text::KEYS_IN_USE));
                        row(role.name(), &format!("{serial} {}, {keys} {}", set.serial, set.count()))?;
                    }
                }
                Err(refused) => row(role.name(), &language.refused(refused))?,
            }
        }
        Ok(0)
    }
}

pub fn row(name: &str, value: &str) -> Result<(), Failure> {
    say(&format!("{}{value}", pad(name, 24)))
}
