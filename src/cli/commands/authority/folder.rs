//! The authority's folder: root, public key, serials, revocation list.

use crate::cli::failure::Failure;
use crate::cli::language::authority as text;
use crate::cli::language::{Language, failure};
use crate::cli::settings::authority::folder::AuthorityFolder;
use crate::cli::settings::passphrase::PassphraseSource;
use crate::cli::settings::public_key;
use crate::cli::unlock;
use std::path::{Path, PathBuf};
use wayseal::authority::custody::{Authority as Root, CustodyError, Lock, Work};
use wayseal::files::{self, Access, FileLock};
use wayseal::signed::certificate::Certificate;
use wayseal::signed::revocation::{ADDITIONS_MAX, Additions, LIST_MAX, ListError, RevocationList};

/// Makes an authority in a folder that holds none.
pub fn init(
    folder: &Path,
    make: impl FnOnce() -> Result<Root, CustodyError>,
    language: Language,
    lock: impl FnOnce() -> Result<Lock, CustodyError>,
) -> Result<Root, Failure> {
    let envelope = envelope(folder);
    if envelope.exists() {
        return Err(Failure::usage(format!(
            "{} {}",
            envelope.display(),
            language.of(text::AUTHORITY_EXISTS)
        )));
    }
    let fail = |error| Failure::key(language.custody(&error));
    let lock = lock().map_err(fail)?;
    files::private_folder(folder).map_err(|error| {
        Failure::output(failure::cannot_make_folder(language, folder.display(), language.system(&error)))
    })?;
    let root = make().map_err(fail)?;
    root.store(&envelope, lock).map_err(fail)?;
    let public = public_key::public_key_text(&root.public());
    files::write(&folder.join("authority.pub"), public.as_bytes(), Access::Everyone)
        .map_err(|error| Failure::output(language.file(&error)))?;
    Ok(root)
}

pub fn envelope(folder: &Path) -> PathBuf {
    folder.join("authority.age")
}

/// The lock of a new envelope: age recipients if any are named, otherwise a passphrase.
pub fn lock(recipients: Vec<String>, passphrase: &PassphraseSource) -> Result<Lock, CustodyError> {
    if recipients.is_empty() {
        passphrase.passphrase(true).map(|passphrase| Lock::Passphrase(passphrase, Work::Full))
    } else {
        Ok(Lock::Recipients(recipients))
    }
}

/// A verified revocation list with its signed bytes; of number 0 and empty if the file is not there.
pub fn list_at(
    path: &Path,
    authority: &ed25519_dalek::VerifyingKey,
    language: Language,
) -> Result<(RevocationList, Vec<u8>), Failure> {
    let fail = |error: &ListError| Failure::key(format!("{}: {}", path.display(), language.list(error)));
    let signed = match files::read(path, LIST_MAX) {
        Err(error) if error.is_missing() => return Ok((RevocationList::none(), Vec::new())),
        signed => signed.map_err(|error| fail(&ListError::File(error)))?,
    };
    let list = RevocationList::verify(&signed, authority).map_err(|error| fail(&error))?;
    Ok((list, signed))
}

/// The newest revocation list of an authority: the one that its envelope remembers, or a later one.
pub fn newest_list(folder: &Path, root: &Root, language: Language) -> Result<RevocationList, Failure> {
    let path = list_path(folder);
    let (list, signed) = list_at(&path, &root.public(), language)?;
    let newest = root.list();
    if newest.number() == 0 && list.number == 0 || newest.admits(&list, &signed) {
        return with_additions(list, folder, &root.public(), language);
    }
    Err(Failure::key(text::list_behind(language, path.display(), list.number, newest.number())))
}

/// The revocation list in an issuer's folder: at least the one with which the issuer was certified.
pub fn issuers_list(
    folder: &Path,
    authority: &ed25519_dalek::VerifyingKey,
    least: u64,
    language: Language,
) -> Result<RevocationList, Failure> {
    let path = list_path(folder);
    let (list, _) = list_at(&path, authority, language)?;
    if list.number < least {
        return Err(Failure::key(text::list_behind(language, path.display(), list.number, least)));
    }
    with_additions(list, folder, authority, language)
}

/// A list with what stop keys added since, by the files in the folder `additions`: the next list contains them.
fn with_additions(
    mut list: RevocationList,
    folder: &Path,
    authority: &ed25519_dalek::VerifyingKey,
    language: Language,
) -> Result<RevocationList, Failure> {
    let folder = folder.join("additions");
    let entries = match std::fs::read_dir(&folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(list),
        entries => entries.and_then(Iterator::collect::<Result<Vec<_>, _>>),
    };
    let system = |error| Failure::input(format!("{}: {}", folder.display(), language.system(&error)));
    for entry in entries.map_err(system)? {
        let path = entry.path();
        let fail = |error: ListError| Failure::key(format!("{}: {}", path.display(), language.list(&error)));
        let signed = files::read(&path, ADDITIONS_MAX).map_err(|error| fail(ListError::File(error)))?;
        let additions = Additions::verify(&signed, authority).map_err(fail)?;
        let terms = additions.certificate.terms();
        // A stop key that the list revokes adds nothing any more.
        if list.issuer(&terms.name).is_none_or(|from| terms.until < from) {
            list.absorb(&additions.entries);
        }
    }
    Ok(list)
}

pub fn list_path(folder: &Path) -> PathBuf {
    folder.join("revocations")
}

/// Seconds that advance an issuer's serial by one: a block lasts longer than any certificate.
const ISSUER_PACE: u64 = 8;
/// Times that a lock is tried, each after a tenth of a second.
const LOCK_TRIES: u32 = 100;

/// The lock of what changes an authority's envelope and its newest list: each command opens what the last one wrote.
pub fn exclusive_use(folder: &Path, language: Language) -> Result<Option<FileLock>, Failure> {
    // Without an envelope there is nothing to lock; opening it says what is missing.
    if !envelope(folder).exists() {
        return Ok(None);
    }
    exclusive(&folder.join(".authority.lock"), language).map(Some)
}

/// The lock of a file that commands of one authority change in turn.
fn exclusive(path: &Path, language: Language) -> Result<FileLock, Failure> {
    for _ in 0..LOCK_TRIES {
        match FileLock::take(path).map_err(|error| Failure::output(language.file(&error)))? {
            Some(lock) => return Ok(lock),
            None => std::thread::sleep(std::time::Duration::from_millis(100)),
        }
    }
    Err(Failure::output(text::is_locked(language, path.display())))
}

/// The next serial of a folder's authority, always more than the last: the time, or for an issuer a number of its block.
/// Grants that are made at once get different ones.
pub fn next_serial(
    folder: &Path,
    now: u64,
    issuer: Option<&Certificate>,
    language: Language,
) -> Result<u64, Failure> {
    let _lock = exclusive(&folder.join(".serial.lock"), language)?;
    let path = folder.join("serial");
    let last = match files::read(&path, 64) {
        Ok(bytes) => std::str::from_utf8(&bytes)
            .ok()
            .and_then(|text| text.trim().parse::<u64>().ok())
            .ok_or_else(|| Failure::key(text::bad_serial(language, path.display())))?,
        Err(error) if error.is_missing() => 0,
        Err(error) => return Err(Failure::key(language.file(&error))),
    };
    let next = last.saturating_add(1);
    let serial = match issuer.map(Certificate::terms) {
        None => next.max(now),
        // Counted by the time as well, so that a lost file repeats no serial of days ago.
        Some(terms) => {
            let start = *terms.serials.start();
            let by_time = start + now.saturating_sub(terms.issued) / ISSUER_PACE;
            if terms.serials.contains(&next) { next.max(by_time) } else { by_time }
        }
    };
    files::write(&path, format!("{serial}\n").as_bytes(), Access::Owner)
        .map_err(|error| Failure::output(language.file(&error)))?;
    Ok(serial)
}

impl AuthorityFolder {
    pub fn open(&self, language: Language) -> Result<Root, Failure> {
        self.load().map_err(|error| Failure::key(language.custody(&error)))
    }

    pub fn load(&self) -> Result<Root, CustodyError> {
        let root = Root::load(&envelope(&self.folder), |locked| {
            unlock::unlock(locked, self.identity.as_deref(), &self.passphrase)
        });
        self.connected(root?)
    }

    /// The authority with the tokens of its roots, each opened by its officer's PIN.
    #[cfg(feature = "hsm")]
    pub fn connected(&self, mut root: Root) -> Result<Root, CustodyError> {
        // A token's place among those of its root says whose PIN opens it.
        let mut tokens: Vec<(usize, String)> = Vec::new();
        for (place, at) in root.roots().iter().flat_map(|root| root.tokens().enumerate()) {
            if !tokens.iter().any(|(_, label)| label == &at.token) {
                tokens.push((place, at.token.clone()));
            }
        }
        for (place, label) in tokens {
            root.connect(&self.token.open(&label, place)?)?;
        }
        Ok(root)
    }

    /// The authority as it is: without the feature `hsm` no token is opened, and a root in one gives no key.
    #[cfg(not(feature = "hsm"))]
    #[allow(clippy::unused_self, clippy::unnecessary_wraps)]
    pub fn connected(&self, root: Root) -> Result<Root, CustodyError> {
        Ok(root)
    }
}
