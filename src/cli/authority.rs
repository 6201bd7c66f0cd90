//! `wayseal authority`: the root, and the grants made from it.

mod grant;
mod show;

use super::config::{self, Config};
use super::failure::Failure;
use super::language::Language;
use super::say;
use age::secrecy::SecretString;
use clap::{Args, Subcommand};
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use wayseal::authority::custody::{Authority as Root, CustodyError, Work};
use wayseal::files::{self, Access};
use zeroize::Zeroizing;

#[derive(Subcommand)]
pub enum Authority {
    /// Make the root and the signing key, sealed under a passphrase
    Init(Init),
    /// Make a grant
    #[command(subcommand)]
    Grant(Box<grant::Grant>),
    /// Print a grant without its keys
    Show(show::Show),
}

#[derive(Args)]
pub struct Place {
    /// The authority's folder
    #[arg(long, value_name = "FOLDER", default_value = "authority")]
    folder: PathBuf,
    /// A file that holds the passphrase; else WAYSEAL_PASSPHRASE, else the terminal
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

#[derive(Args)]
pub struct Init {
    #[command(flatten)]
    place: Place,
    /// The number of the root; its lowest bit stands on every label
    #[arg(long, default_value_t = 0)]
    generation: u32,
}

impl Authority {
    pub fn run(self, config: &Config, language: Language) -> Result<u8, Failure> {
        match self {
            Self::Init(command) => {
                let folder = &command.place.folder;
                init(folder, command.generation, Work::Full, language, || {
                    command.place.passphrase(config, true)
                })?;
                say(&format!(
                    "{} {}",
                    language.pick("The authority is in", "授权机构已建立于"),
                    folder.display()
                ))?;
                say(language.pick(
                    "Give authority.pub to every device; keep authority.age and its passphrase apart, with a backup.",
                    "请将 authority.pub 发给每台设备；authority.age 与口令分开保管，并做好备份。",
                ))?;
                Ok(0)
            }
            Self::Grant(command) => command.run(config, language),
            Self::Show(command) => command.run(config, language),
        }
    }
}

/// Makes an authority in a folder that holds none.
pub fn init(
    folder: &Path,
    generation: u32,
    work: Work,
    language: Language,
    passphrase: impl FnOnce() -> Result<SecretString, CustodyError>,
) -> Result<Root, Failure> {
    let envelope = folder.join("authority.age");
    if envelope.exists() {
        return Err(Failure::usage(format!(
            "{} is there already; an authority is never replaced: choose another folder with --folder",
            envelope.display()
        )));
    }
    let passphrase = passphrase().map_err(|error| Failure::key(language.custody(&error)))?;
    std::fs::create_dir_all(folder)
        .map_err(|error| Failure::output(format!("cannot make {}: {error}", folder.display())))?;
    let root = Root::generate(generation).map_err(Failure::key)?;
    root.store(&envelope, passphrase, work).map_err(Failure::output)?;
    let public = config::public_key_text(&root.public());
    files::write(&folder.join("authority.pub"), public.as_bytes(), Access::Everyone)
        .map_err(Failure::output)?;
    Ok(root)
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
        Root::load(&self.folder.join("authority.age"), || self.passphrase(config, false))
            .map_err(|error| Failure::key(language.custody(&error)))
    }

    /// The passphrase: of a file, of the environment, of the terminal, in this order; never of an
    /// argument, which every process of the machine could read.
    fn passphrase(&self, config: &Config, twice: bool) -> Result<SecretString, CustodyError> {
        if let Some(path) = self.passphrase_file.as_ref().or(config.passphrase_file.as_ref()) {
            let bytes = Zeroizing::new(files::read_secret(path, 4096).map_err(CustodyError::File)?);
            let text = std::str::from_utf8(&bytes).map_err(|_| CustodyError::NoPassphrase)?;
            return Ok(text.trim_end_matches(['\r', '\n']).into());
        }
        if let Ok(passphrase) = std::env::var("WAYSEAL_PASSPHRASE") {
            return Ok(passphrase.into());
        }
        if !std::io::stdin().is_terminal() {
            return Err(CustodyError::NoPassphrase);
        }
        let ask = |prompt| rpassword::prompt_password(prompt).map_err(|_| CustodyError::NoPassphrase);
        let passphrase = Zeroizing::new(ask("Passphrase: ")?);
        if twice && *passphrase != *Zeroizing::new(ask("Passphrase again: ")?) {
            return Err(CustodyError::Passphrase);
        }
        Ok(passphrase.as_str().into())
    }
}
