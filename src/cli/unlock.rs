//! What opens an envelope: a passphrase or an identity, read from where the settings say.

use crate::cli::arguments::pin::PinArgs;
use crate::cli::console;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::keys as text;
use crate::cli::settings::passphrase::PassphraseSource;
use age::secrecy::{ExposeSecret as _, SecretString};
use std::io::{self, IsTerminal as _};
use std::path::Path;
use wayseal::authority::custody::{self, CustodyError, Locked, Unlock};
use wayseal::device::operators::{PIN_MAX, PIN_MIN, Pin};
use wayseal::files;
use wayseal::signed::envelope::Identity;
use zeroize::Zeroizing;

/// The longest passphrase or identity file.
pub const TEXT_MAX: u64 = 4096;

impl PassphraseSource {
    /// The passphrase; a new one is asked for twice.
    pub fn passphrase(&self, twice: bool) -> Result<SecretString, CustodyError> {
        match self {
            Self::Descriptor(number) => line(&Zeroizing::new(descriptor(*number).map_err(unread)?)),
            Self::File(path) => {
                line(&Zeroizing::new(files::read_secret(path, TEXT_MAX).map_err(CustodyError::File)?))
            }
            Self::Given(passphrase) => line(passphrase.expose_secret().as_bytes()),
            Self::Terminal(language) => {
                let passphrase = prompt(language.of(text::PASSPHRASE))?;
                if twice && *passphrase != *prompt(language.of(text::PASSPHRASE_AGAIN))? {
                    return Err(CustodyError::Differ);
                }
                line(passphrase.as_bytes())
            }
        }
    }
}

/// An operator's PIN from a descriptor, a file, the environment or the terminal; a new one is asked for twice.
pub fn pin(named: &PinArgs, twice: bool, language: Language) -> Result<Pin, Failure> {
    let fail = |error: CustodyError| Failure::key(language.custody(&error));
    let given = match (named.pin_fd, &named.pin_file) {
        (Some(number), _) => {
            let bytes = Zeroizing::new(descriptor(number).map_err(|error| fail(unread(error)))?);
            Zeroizing::new(String::from_utf8_lossy(&bytes).into_owned())
        }
        (None, Some(path)) => {
            let bytes =
                files::read_secret(path, TEXT_MAX).map_err(|error| fail(CustodyError::File(error)))?;
            Zeroizing::new(String::from_utf8_lossy(&Zeroizing::new(bytes)).into_owned())
        }
        (None, None) => {
            let typed = prompt(language.of(text::OPERATORS_PIN)).map_err(fail)?;
            if twice && *typed != *prompt(language.of(text::PIN_AGAIN)).map_err(fail)? {
                return Err(Failure::key(language.of(text::PINS_DIFFER)));
            }
            typed
        }
    };
    let line = given.lines().next().unwrap_or_default();
    Pin::new(line).ok_or_else(|| Failure::usage(text::bad_pin(language, PIN_MIN, PIN_MAX)))
}

/// Asks on the terminal; without one fails at once.
pub fn prompt(text: &str) -> Result<Zeroizing<String>, CustodyError> {
    if !io::stdin().is_terminal() && !console::is_watched() {
        return Err(CustodyError::NoPassphrase(None));
    }
    rpassword::prompt_password(text).map(Zeroizing::new).map_err(unread)
}

/// The first line; an empty passphrase is none.
pub fn line(bytes: &[u8]) -> Result<SecretString, CustodyError> {
    let text = std::str::from_utf8(bytes).map_err(io::Error::other).map_err(unread)?;
    match text.lines().next() {
        Some(line) if !line.is_empty() => Ok(line.into()),
        _ => Err(CustodyError::NoPassphrase(None)),
    }
}

const fn unread(cause: io::Error) -> CustodyError {
    CustodyError::NoPassphrase(Some(cause))
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

/// An open descriptor of the process, to write to.
#[cfg(unix)]
pub fn descriptor_to(number: u32) -> io::Result<std::fs::File> {
    std::fs::OpenOptions::new().append(true).open(format!("/dev/fd/{number}"))
}

/// An open descriptor of the process, to write to.
#[cfg(not(unix))]
pub fn descriptor_to(_: u32) -> io::Result<std::fs::File> {
    Err(io::ErrorKind::Unsupported.into())
}

/// A device's or custodian's identity, whose file may itself be under a passphrase.
pub fn identity(path: &Path, secrets: &PassphraseSource, language: Language) -> Result<Identity, Failure> {
    read_identity(path, secrets).map_err(|error| match error {
        CustodyError::Damaged => {
            Failure::key(format!("{}: {}", path.display(), language.of(text::NOT_AN_IDENTITY)))
        }
        error => Failure::key(language.custody(&error)),
    })
}

fn read_identity(path: &Path, secrets: &PassphraseSource) -> Result<Identity, CustodyError> {
    let bytes = Zeroizing::new(files::read_secret(path, TEXT_MAX).map_err(CustodyError::File)?);
    let plain = custody::open_text(&bytes, |_| secrets.passphrase(false).map(Unlock::Passphrase))?;
    let text = std::str::from_utf8(&plain).map_err(|_| CustodyError::Damaged)?;
    Identity::parse(text).ok_or(CustodyError::Damaged)
}

/// What the authority's envelope asks for.
pub fn unlock(
    locked: Locked,
    named: Option<&Path>,
    secrets: &PassphraseSource,
) -> Result<Unlock, CustodyError> {
    match locked {
        Locked::Passphrase => secrets.passphrase(false).map(Unlock::Passphrase),
        Locked::Identity => {
            let path = named.ok_or(CustodyError::NoIdentity)?;
            read_identity(path, secrets).map(Unlock::Identity)
        }
    }
}
