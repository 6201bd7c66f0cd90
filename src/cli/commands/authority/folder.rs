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
use wayseal::files::{self, Access};
use wayseal::signed::revocation::{ListError, RevocationList};

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

/// The revocation list of a folder's authority; of number 0 before the first.
pub fn revocations(
    folder: &Path,
    authority: &ed25519_dalek::VerifyingKey,
    language: Language,
) -> Result<RevocationList, Failure> {
    let path = folder.join("revocations");
    match RevocationList::load(&path, authority) {
        Err(ListError::File(error)) if error.is_missing() => Ok(RevocationList::none()),
        list => list.map_err(|error| Failure::key(format!("{}: {}", path.display(), language.list(&error)))),
    }
}

/// The next serial of a folder's authority: the time, so that day issuers need no common count, and always
/// more than the last.
pub fn next_serial(folder: &Path, now: u64, language: Language) -> Result<u64, Failure> {
    let path = folder.join("serial");
    let last = match files::read(&path, 64) {
        Ok(bytes) => std::str::from_utf8(&bytes)
            .ok()
            .and_then(|text| text.trim().parse::<u64>().ok())
            .ok_or_else(|| Failure::key(text::bad_serial(language, path.display())))?,
        Err(error) if error.is_missing() => 0,
        Err(error) => return Err(Failure::key(language.file(&error))),
    };
    let serial = last.saturating_add(1).max(now);
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
        #[cfg(feature = "hsm")]
        let root = root.and_then(|mut root| {
            let mut tokens: Vec<_> =
                root.roots().iter().filter_map(|root| root.token()).map(|at| at.token.clone()).collect();
            tokens.dedup();
            for label in tokens {
                root.connect(&self.token.open(&label)?)?;
            }
            Ok(root)
        });
        root
    }
}
