//! `wayseal authority`: the root, and the grants made from it.

mod audit;
mod bulk;
mod grant;
mod prune;
mod revoke;
mod root;
mod shares;
mod show;
mod source;
#[cfg(feature = "hsm")]
mod token;

use super::config::{self, Config};
use super::failure::Failure;
use super::language::Language;
use super::unlock::{self, Secrets};
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};
use wayseal::authority::custody::{Authority as Root, CustodyError, Lock, Work};
use wayseal::files::{self, Access};
use wayseal::signed::revocation::{ListError, Revocations};

#[derive(Subcommand)]
pub enum Authority {
    /// Make the root and the signing keys, sealed under a passphrase or to age recipients
    Init(root::Init),
    /// Make a grant, or with --devices those of many devices
    Grant(Box<grant::Command>),
    /// Print a grant without its keys
    Show(show::Show),
    /// Revoke sealers and scanners: the next revocation list
    Revoke(revoke::Revoke),
    /// Name the labels of a sample that no sealer made
    Audit(audit::Audit),
    /// Erase grants that are over
    Prune(prune::Prune),
    /// Take a new root into use, beside the one before
    Rotate(root::Rotate),
    /// Erase the roots before the newest, at the end of a change-over
    Retire(root::Retire),
    /// A backup in shares, and its restore
    #[command(subcommand)]
    Shares(shares::Shares),
}

/// Where the authority is, and what opens it.
#[derive(Args)]
pub struct Place {
    /// The authority's folder
    #[arg(long, value_name = "FOLDER", default_value = "authority")]
    folder: PathBuf,
    #[command(flatten)]
    secrets: Secrets,
    /// An identity to open an authority that is sealed to age recipients
    #[arg(long, value_name = "FILE")]
    identity: Option<PathBuf>,
    #[cfg(feature = "hsm")]
    #[command(flatten)]
    token: token::TokenArgs,
}

impl Authority {
    pub fn run(self, config: &Config, language: Language) -> Result<u8, Failure> {
        match self {
            Self::Init(command) => command.run(config, language),
            Self::Grant(command) => command.run(config, language),
            Self::Show(command) => command.run(config, language),
            Self::Revoke(command) => command.run(config, language),
            Self::Audit(command) => command.run(config, language),
            Self::Prune(command) => command.run(config, language),
            Self::Rotate(command) => command.run(config, language),
            Self::Retire(command) => command.run(config, language),
            Self::Shares(command) => command.run(config, language),
        }
    }
}

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
            language.pick(
                "is there already; an authority is never replaced: choose another folder with --folder",
                "已存在；授权机构不会被覆盖：请用 --folder 另选文件夹",
            )
        )));
    }
    let fail = |error| Failure::key(language.custody(&error));
    let lock = lock().map_err(fail)?;
    std::fs::create_dir_all(folder)
        .map_err(|error| Failure::output(format!("cannot make {}: {error}", folder.display())))?;
    let root = make().map_err(fail)?;
    root.store(&envelope, lock).map_err(fail)?;
    let public = config::public_key_text(&root.public());
    files::write(&folder.join("authority.pub"), public.as_bytes(), Access::Everyone)
        .map_err(Failure::output)?;
    Ok(root)
}

fn envelope(folder: &Path) -> PathBuf {
    folder.join("authority.age")
}

/// The lock of a new envelope: age recipients if any are named, otherwise a passphrase.
fn lock(recipients: Vec<String>, secrets: &Secrets, config: &Config) -> Result<Lock, CustodyError> {
    if recipients.is_empty() {
        secrets.passphrase(config, true).map(|passphrase| Lock::Passphrase(passphrase, Work::Full))
    } else {
        Ok(Lock::Recipients(recipients))
    }
}

/// The revocation list of a folder's authority; of number 0 before the first.
pub fn revocations(
    folder: &Path,
    authority: &ed25519_dalek::VerifyingKey,
    language: Language,
) -> Result<Revocations, Failure> {
    let path = folder.join("revocations");
    match Revocations::load(&path, authority) {
        Err(ListError::File(error)) if error.is_missing() => Ok(Revocations::none()),
        list => list.map_err(|error| Failure::key(format!("{}: {}", path.display(), language.list(&error)))),
    }
}

/// The next serial of a folder's authority: the time, so that day issuers need no common count, and always
/// more than the last.
pub fn next_serial(folder: &Path, now: u64) -> Result<u64, Failure> {
    let path = folder.join("serial");
    let last = match files::read(&path, 64) {
        Ok(bytes) => {
            std::str::from_utf8(&bytes).ok().and_then(|text| text.trim().parse::<u64>().ok()).ok_or_else(
                || Failure::key(format!("{}: not a number; restore it from a backup", path.display())),
            )?
        }
        Err(error) if error.is_missing() => 0,
        Err(error) => return Err(Failure::key(error)),
    };
    let serial = last.saturating_add(1).max(now);
    files::write(&path, format!("{serial}\n").as_bytes(), Access::Owner).map_err(Failure::output)?;
    Ok(serial)
}

impl Place {
    fn open(&self, config: &Config, language: Language) -> Result<Root, Failure> {
        self.load(config).map_err(|error| Failure::key(language.custody(&error)))
    }

    fn load(&self, config: &Config) -> Result<Root, CustodyError> {
        let root = Root::load(&envelope(&self.folder), |locked| {
            unlock::unlock(locked, self.identity.as_deref(), &self.secrets, config)
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
