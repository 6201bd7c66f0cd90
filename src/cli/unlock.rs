//! What opens an envelope: a passphrase or an identity, and where they come from.

use super::config::Config;
use super::failure::Failure;
use super::language::Language;
use age::secrecy::SecretString;
use clap::Args;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use wayseal::authority::custody::{self, CustodyError, Locked, Unlock};
use wayseal::files;
use wayseal::signed::envelope::Identity;
use zeroize::Zeroizing;

/// The longest passphrase or identity file.
const TEXT_MAX: u64 = 4096;

#[derive(Args, Clone, Default)]
pub struct Secrets {
    /// A file that holds the passphrase; else WAYSEAL_PASSPHRASE, else the terminal
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// An open file descriptor to read the passphrase from
    #[arg(long, value_name = "NUMBER", conflicts_with = "passphrase_file")]
    passphrase_fd: Option<u32>,
}

impl Secrets {
    /// The passphrase: of a file, of a descriptor, of the environment, of the terminal, in this order; never
    /// of an argument, which every process of the machine could read.
    pub fn passphrase(&self, config: &Config, twice: bool) -> Result<SecretString, CustodyError> {
        if let Some(number) = self.passphrase_fd {
            return line(&Zeroizing::new(descriptor(number).map_err(|_| CustodyError::NoPassphrase)?));
        }
        if let Some(path) = self.passphrase_file.as_ref().or(config.passphrase_file.as_ref()) {
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
fn line(bytes: &[u8]) -> Result<SecretString, CustodyError> {
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
    config: &Config,
    language: Language,
) -> Result<Identity, Failure> {
    read_identity(path, secrets, config).map_err(|error| match error {
        CustodyError::Damaged => Failure::key(format!(
            "{}: {}",
            path.display(),
            language.pick("not an age identity (AGE-SECRET-KEY-1…)", "不是 age 私钥 (AGE-SECRET-KEY-1…)")
        )),
        error => Failure::key(language.custody(&error)),
    })
}

fn read_identity(path: &Path, secrets: &Secrets, config: &Config) -> Result<Identity, CustodyError> {
    let bytes = Zeroizing::new(files::read_secret(path, TEXT_MAX).map_err(CustodyError::File)?);
    let plain = custody::open_text(&bytes, |_| secrets.passphrase(config, false).map(Unlock::Passphrase))?;
    let text = std::str::from_utf8(&plain).map_err(|_| CustodyError::Damaged)?;
    Identity::parse(text).ok_or(CustodyError::Damaged)
}

/// What the authority's envelope asks for.
pub fn unlock(
    locked: Locked,
    named: Option<&Path>,
    secrets: &Secrets,
    config: &Config,
) -> Result<Unlock, CustodyError> {
    match locked {
        Locked::Passphrase => secrets.passphrase(config, false).map(Unlock::Passphrase),
        Locked::Identity => {
            let path = named.ok_or(CustodyError::NoIdentity)?;
            read_identity(path, secrets, config).map(Unlock::Identity)
        }
    }
}
