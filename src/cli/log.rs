//! `wayseal log`: the auditor's side of every device's log, and the hand-in between the two.

mod hand_in;
mod report;
mod verify;

use super::config::Config;
use super::failure::Failure;
use super::language::Language;
use super::say;
use super::unlock::Secrets;
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};
use wayseal::authority::auditor::Auditor;
use wayseal::authority::custody::{self, Unlock};
use wayseal::device::log::enrolment::pin;
use wayseal::device::log::head::Head;
use wayseal::files::{self, Access, FileError};
use zeroize::Zeroizing;

/// The largest log read: 3.7 million entries.
pub const LOG_MAX: u64 = 256 << 20;

#[derive(Subcommand)]
pub enum Log {
    /// Make the auditor's key, which checks logs and opens no label
    Auditor(Init),
    /// Make the file that a device begins its log with
    Enrol(Enrol),
    /// Auditor: a challenge for a device's hand-in, used once
    Challenge(hand_in::Challenge),
    /// Device: answer a challenge, and put answer and log in one file
    HandIn(hand_in::HandIn),
    /// Auditor: check what was handed in, sign its head, and release the next keys
    Sign(hand_in::Sign),
    /// Device: take a signed head, and the keys that came with it
    Accept(hand_in::Accept),
    /// Auditor: say of a log whether it is as the device wrote it, and if not, which entry
    Verify(verify::Verify),
    /// Auditor: what all devices did: a table, JSON, or a page with charts
    Report(report::Report),
}

/// The auditor's folder: `auditor.key`, `auditor.pub`, and of each device the last head and the challenge out.
#[derive(Args)]
pub struct Desk {
    /// The auditor's folder
    #[arg(long, value_name = "FOLDER", default_value = "auditor")]
    auditor: PathBuf,
    #[command(flatten)]
    secrets: Secrets,
}

#[derive(Args)]
pub struct Init {
    #[command(flatten)]
    desk: Desk,
    /// Put the key under a passphrase, which every later step of the auditor asks for
    #[arg(long)]
    protect: bool,
}

#[derive(Args)]
pub struct Enrol {
    /// The device's name, as its grants have it: letters, digits, `.`, `_` and `-`
    device: String,
    #[command(flatten)]
    desk: Desk,
    /// The authority's public key, which the device will pin
    #[arg(long, value_name = "FILE")]
    authority: Option<PathBuf>,
    /// The file; a secret until the device has begun
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

impl Log {
    pub fn run(self, config: &Config, language: Language) -> Result<u8, Failure> {
        match self {
            Self::Auditor(command) => command.run(config, language),
            Self::Enrol(command) => command.run(config, language),
            Self::Challenge(command) => command.run(config, language),
            Self::HandIn(command) => command.run(language),
            Self::Sign(command) => command.run(config, language),
            Self::Accept(command) => command.run(language),
            Self::Verify(command) => command.run(config, language),
            Self::Report(command) => command.run(config, language),
        }
    }
}

impl Enrol {
    fn run(&self, config: &Config, language: Language) -> Result<u8, Failure> {
        named(&self.device)?;
        let authority = config.pinned(self.authority.as_deref())?;
        let enrolment = self.desk.key(config, language)?.enrol(&self.device, authority);
        files::write(&self.output, enrolment.text().as_bytes(), Access::Owner).map_err(Failure::output)?;
        say(&format!(
            "{}: {}",
            self.output.display(),
            language.pick(
                "a secret; take it to the device, run `wayseal courier init` there, and erase it",
                "机密文件：请送至设备，在设备上运行 `wayseal courier init`，然后销毁"
            )
        ))?;
        Ok(0)
    }
}

impl Init {
    fn run(&self, config: &Config, language: Language) -> Result<u8, Failure> {
        let desk = &self.desk;
        let path = desk.at("auditor.key");
        if path.exists() {
            return Err(Failure::usage(format!(
                "{} is there already; an auditor is never replaced: choose another folder with --auditor",
                path.display()
            )));
        }
        std::fs::create_dir_all(&desk.auditor)
            .map_err(|error| Failure::output(format!("cannot make {}: {error}", desk.auditor.display())))?;
        let auditor = Auditor::generate().map_err(Failure::key)?;
        let text = auditor.text();
        let fail = |error| Failure::key(language.custody(&error));
        let content = if self.protect {
            let passphrase = desk.secrets.passphrase(config, true).map_err(fail)?;
            Zeroizing::new(
                custody::seal_text(text.as_bytes(), passphrase).map_err(|error| fail(error.into()))?,
            )
        } else {
            Zeroizing::new(text.as_bytes().to_vec())
        };
        files::write(&path, &content, Access::Owner).map_err(Failure::output)?;
        let public = pin("auditor", &auditor.public());
        files::write(&desk.at("auditor.pub"), public.as_bytes(), Access::Everyone)
            .map_err(Failure::output)?;
        say(&format!("{} {}", language.pick("The auditor is in", "审计方已建立于"), desk.auditor.display()))?;
        Ok(0)
    }
}

impl Desk {
    pub fn key(&self, config: &Config, language: Language) -> Result<Auditor, Failure> {
        let path = self.at("auditor.key");
        let bytes = Zeroizing::new(files::read_secret(&path, 4096).map_err(Failure::key)?);
        let bytes =
            custody::open_text(&bytes, |_| self.secrets.passphrase(config, false).map(Unlock::Passphrase))
                .map_err(|error| Failure::key(format!("{}: {}", path.display(), language.custody(&error))))?;
        let auditor = std::str::from_utf8(&bytes).ok().and_then(Auditor::parse);
        auditor.ok_or_else(|| Failure::key(format!("{}: not an auditor's key", path.display())))
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.auditor.join(name)
    }

    /// The last head signed for a device.
    pub fn head(&self, device: &str, auditor: &Auditor) -> Result<Option<Head>, Failure> {
        let path = self.at(&format!("{device}.head"));
        match read_text(&path) {
            Ok(note) => Head::verify(&note, &auditor.public()).map(Some).map_err(|error| {
                Failure::key(format!("{}: {error}; restore it from a backup", path.display()))
            }),
            Err(error) if error.is_missing() => Ok(None),
            Err(error) => Err(Failure::input(error)),
        }
    }
}

/// A device's name becomes a file's.
pub fn named(device: &str) -> Result<(), Failure> {
    let fits = (1..=48).contains(&device.len())
        && !device.starts_with('.')
        && device.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
    if fits {
        return Ok(());
    }
    Err(Failure::usage(
        "a device's name has 1 to 48 letters, digits, `.`, `_` and `-`, and begins with no dot",
    ))
}

pub fn read_text(path: &Path) -> Result<String, FileError> {
    files::read(path, 64 << 10).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}
