//! What opens an envelope: a passphrase or an identity, read from where the settings say.

use crate::cli::arguments::secrets::Secrets;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::keys as text;
use age::secrecy::SecretString;
use std::io::{self, IsTerminal as _};
use std::path::Path;
use wayseal::authority::custody::{self, CustodyError, Locked, Unlock};
use wayseal::files;
use wayseal::signed::envelope::Identity;
use zeroize::Zeroizing;

/// The longest passphrase or identity file.
pub const TEXT_MAX: u64 = 4096;

impl Secrets {
    /// The passphrase: of a file, of a descriptor, of the environment, of the terminal, in this order; never
    /// of an argument, which every process of the machine could read.
    pub fn passphrase(&self, configured: Option<&Path>, twice: bool) -> Result<SecretString, CustodyError> {
        if let Some(number) = self.passphrase_fd {
            return line(&Zeroizing::new(descriptor(number).map_err(|_| CustodyError::NoPassphrase)?));
        }
        if let Some(path) = self.passphrase_file.as_deref().or(configured) {
            return line(&Zeroizing::new(files::read_secret(path, TEXT_MAX).map_err(CustodyError::File)?));
        }
        if let Ok(passphrase) = std::env::var("WAYSEAL_PASSPHRASE") {
            return line(Zeroizing::new(passphrase).as_bytes());
        }
        let passphrase = prompt("Passphrase: ")?;
        if twice && *passphrase != *prompt("Passphrase again: ")? {
            return Err(CustodyError::Differ);
        }
        line(passphrase.as_bytes())
    }
}

/// Asks on the terminal; without one fails at once.
pub fn prompt(text: &str) -> Result<Zeroizing<String>, CustodyError> {
    if !io::stdin().is_terminal() && !io::stderr().is_terminal() {
        return Err(CustodyError::NoPassphrase);
    }
    rpassword::prompt_password(text).map(Zeroizing::new).map_err(|_| CustodyError::NoPassphrase)
}

/// The first line; an empty passphrase is none.
pub fn line(bytes: &[u8]) -> Result<SecretString, CustodyError> {
    let text = std::str::from_utf8(bytes).map_err(|_| CustodyError::NoPassphrase)?;
    match text.lines().next() {
        Some(line) if !line.is_empty() => Ok(line.into()),
        _ => Err(CustodyError::NoPassphrase),
    }
}

#[cfg(unix)]
pub fn descriptor(number: u32) -> io::Result<Vec<u8>> {
    use std::io::Read as _;
    let mut bytes = Vec::with_capacity(TEXT_MAX as usize);
    std::fs::File::open(format!("/dev/fd/{number}"))?.take(TEXT_MAX).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(not(unix))]
pub fn descriptor(_: u32) -> io::Result<Vec<u8>> {
    Err(io::ErrorKind::Unsupported.into())
}

/// A device's or custodian's identity, whose file may itself be under a passphrase.
pub fn identity(
    path: &Path,
    secrets: &Secrets,
    configured: Option<&Path>,
    language: Language,
) -> Result<Identity, Failure> {
    read_identity(path, secrets, configured).map_err(|error| match error {
        CustodyError::Damaged => {
            Failure::key(format!("{}: {}", path.display(), language.of(text::NOT_AN_AGE_IDENTITY_AGE)))
        }
        error => Failure::key(language.custody(&error)),
    })
}

pub fn read_identity(
    path: &Path,
    secrets: &Secrets,
    configured: Option<&Path>,
) -> Result<Identity, CustodyError> {
    let bytes = Zeroizing::new(files::read_secret(path, TEXT_MAX).map_err(CustodyError::File)?);
    let plain =
        custody::open_text(&bytes, |_| secrets.passphrase(configured, false).map(Unlock::Passphrase))?;
    let text = std::str::from_utf8(&plain).map_err(|_| CustodyError::Damaged)?;
    Identity::parse(text).ok_or(CustodyError::Damaged)
}

/// What the authority's envelope asks for.
pub fn unlock(
    locked: Locked,
    named: Option<&Path>,
    secrets: &Secrets,
    configured: Option<&Path>,
) -> Result<Unlock, CustodyError> {
    match locked {
        Locked::Passphrase => secrets.passphrase(configured, false).map(Unlock::Passphrase),
        Locked::Identity => {
            let path = named.ok_or(CustodyError::NoIdentity)?;
            read_identity(path, secrets, configured).map(Unlock::Identity)
        }
    }
}
