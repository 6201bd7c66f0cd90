//! `wayseal authority shares`: a backup in shares, and its restore.

use super::{Place, init, lock};
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::say;
use clap::{Args, Subcommand};
use std::path::PathBuf;
use wayseal::authority::shares;
use wayseal::files::{self, Access};
use zeroize::Zeroizing;

#[derive(Subcommand)]
pub enum Shares {
    /// Write one share to each file, of which some are enough to restore the authority
    Make(Make),
    /// Put the authority together again in a new folder
    Restore(Restore),
}

#[derive(Args)]
pub struct Make {
    #[command(flatten)]
    place: Place,
    /// How many are needed to restore it
    #[arg(long, value_parser = clap::value_parser!(u8).range(2..))]
    need: u8,
    /// A file for each share, best on media of different people
    #[arg(required = true, num_args = 2..=255)]
    files: Vec<PathBuf>,
}

#[derive(Args)]
pub struct Restore {
    #[command(flatten)]
    place: Place,
    /// Seal it to this age recipient in place of a passphrase; may be given more than once
    #[arg(long, value_name = "RECIPIENT")]
    recipient: Vec<String>,
    /// The shares
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

impl Shares {
    pub fn run(self, config: &Config, language: Language) -> Result<u8, Failure> {
        match self {
            Self::Make(command) => command.run(config, language),
            Self::Restore(command) => command.run(config, language),
        }
    }
}

impl Make {
    fn run(self, config: &Config, language: Language) -> Result<u8, Failure> {
        let of = u8::try_from(self.files.len()).unwrap_or(u8::MAX);
        if self.need > of {
            return Err(Failure::usage(language.share(&shares::ShareError::Numbers)));
        }
        if let Some(there) = self.files.iter().find(|path| path.exists()) {
            return Err(Failure::usage(format!(
                "{} {}",
                there.display(),
                language.pick("is there already; a share is never replaced", "已存在；份额不会被覆盖")
            )));
        }
        let authority = self.place.open(config, language)?;
        let made = shares::make(&authority, self.need, of)
            .map_err(|error| Failure::usage(language.share(&error)))?;
        for (path, share) in self.files.iter().zip(&made) {
            files::write(path, share.as_bytes(), Access::Owner).map_err(Failure::output)?;
        }
        say(&format!(
            "{} {}, {} {}: {}",
            language.pick("shares:", "份额："),
            of,
            language.pick("needed:", "所需："),
            self.need,
            language.pick(
                "give each to another person, and try a restore now",
                "请分别交给不同的人，并立即演练一次恢复"
            )
        ))?;
        if authority.roots().iter().any(|root| root.token().is_some()) {
            say(language.pick(
                "The root in the token is not in them: only the token holds it.",
                "令牌中的根密钥不在份额之内：只有令牌持有它。",
            ))?;
        }
        Ok(0)
    }
}

impl Restore {
    fn run(self, config: &Config, language: Language) -> Result<u8, Failure> {
        let mut texts = Vec::with_capacity(self.files.len());
        for path in &self.files {
            let bytes = Zeroizing::new(files::read_secret(path, 64 * 1024).map_err(Failure::input)?);
            let text = std::str::from_utf8(&bytes).unwrap_or_default();
            texts.push(Zeroizing::new(text.to_owned()));
        }
        let authority = shares::restore(&texts).map_err(|error| Failure::key(language.share(&error)))?;
        let place = &self.place;
        let authority = init(
            &place.folder,
            || Ok(authority),
            language,
            || lock(self.recipient.clone(), &place.secrets, config),
        )?;
        say(&format!(
            "{} {}, {} {}",
            language.pick("The authority is in", "授权机构已恢复于"),
            place.folder.display(),
            language.pick("root", "根密钥"),
            authority.generation()
        ))?;
        say(language.pick(
            "Its serials follow the clock, so grants made from now on are newer. Copy the newest revocation list into \
             the folder before making any.",
            "序号随时钟递增，今后的授权都更新。签发前请将最新的吊销名单复制到该文件夹。",
        ))?;
        Ok(0)
    }
}
