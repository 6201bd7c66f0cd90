//! The hand-in: challenge, answer with the log, signed head, next keys.

use super::{Desk, LOG_MAX, named, read_text};
use crate::cli::config::Config;
use crate::cli::courier;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::{now, say};
use clap::Args;
use std::path::PathBuf;
use wayseal::device::log::Log;
use wayseal::device::log::head::{Answer, hex, unhex};
use wayseal::files::{self, Access};
use zeroize::Zeroizing;

/// What a hand-in begins with; then the answer, an empty line, and the log.
const MAGIC: &str = "wayseal hand-in 1\n";
/// Seconds for which a challenge is good.
const FRESH: u64 = 86_400;

#[derive(Args)]
pub struct Challenge {
    /// The device's name
    device: String,
    #[command(flatten)]
    desk: Desk,
}

impl Challenge {
    pub fn run(&self, config: &Config, language: Language) -> Result<u8, Failure> {
        named(&self.device)?;
        self.desk.key(config, language)?;
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|_| Failure::key("the system gave no random bytes"))?;
        let challenge = hex(&bytes);
        let note = format!("{challenge} {}\n", now());
        let path = self.desk.at(&format!("{}.challenge", self.device));
        files::write(&path, note.as_bytes(), Access::Owner).map_err(Failure::output)?;
        say(&challenge)?;
        Ok(0)
    }
}

#[derive(Args)]
pub struct HandIn {
    /// The device's state folder
    #[arg(long, value_name = "FOLDER")]
    state: PathBuf,
    /// The auditor's challenge
    #[arg(long, value_name = "DIGITS")]
    challenge: String,
    /// The file to hand in
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

impl HandIn {
    pub fn run(&self, language: Language) -> Result<u8, Failure> {
        let challenge = unhex(&self.challenge)
            .map_err(|_| Failure::usage("a challenge has 64 hexadecimal digits; copy it whole"))?;
        let session = courier::open(&self.state, language)?;
        let mut content = format!("{MAGIC}{}\n\n", session.answer(&challenge)).into_bytes();
        content.extend(files::read(&self.state.join(Log::FILE), LOG_MAX).map_err(Failure::input)?);
        files::write(&self.output, &content, Access::Owner).map_err(Failure::output)?;
        say(&format!(
            "{}: {} {}",
            self.output.display(),
            session.log().count(),
            language.pick("entries; give it to the auditor", "条记录：请交给审计方")
        ))?;
        Ok(0)
    }
}

/// What was handed in, or a bare log.
pub struct Handed {
    pub answer: Option<Answer>,
    pub log: Vec<u8>,
}

impl Handed {
    pub fn read(path: &std::path::Path) -> Result<Self, Failure> {
        let bytes = files::read(path, LOG_MAX).map_err(Failure::input)?;
        let Some(rest) = bytes.strip_prefix(MAGIC.as_bytes()) else {
            return Ok(Self { answer: None, log: bytes });
        };
        let damaged = || Failure::input(format!("{}: a damaged hand-in; copy it again", path.display()));
        let end = rest.windows(2).position(|pair| pair == b"\n\n").ok_or_else(damaged)?;
        let answer = std::str::from_utf8(&rest[..end]).ok().and_then(|text| text.parse().ok());
        Ok(Self { answer: Some(answer.ok_or_else(damaged)?), log: rest[end + 2..].to_vec() })
    }
}

#[derive(Args)]
pub struct Sign {
    /// What the device handed in
    #[arg(value_name = "FILE")]
    handed: PathBuf,
    #[command(flatten)]
    desk: Desk,
    /// The next grant, released with the head and only then; sealed to the device, the auditor cannot read it
    #[arg(long, value_name = "FILE")]
    keys: Option<PathBuf>,
    /// The folder for the device's inbox: the head, and the keys
    #[arg(short, long, value_name = "FOLDER")]
    output: PathBuf,
}

impl Sign {
    pub fn run(&self, config: &Config, language: Language) -> Result<u8, Failure> {
        let auditor = self.desk.key(config, language)?;
        let handed = Handed::read(&self.handed)?;
        let refused = |message: &dyn std::fmt::Display| {
            Failure::key(format!(
                "{}: {message}; {}",
                self.handed.display(),
                language.pick("no head was signed and no key released", "未签名，未放行密钥")
            ))
        };
        let answer = handed.answer.ok_or_else(|| {
            refused(&"a bare log, without an answer to a challenge; use `wayseal log hand-in` on the device")
        })?;
        let device = wayseal::device::log::verify::device(&handed.log).map_err(|error| refused(&error))?;
        named(&device)?;
        let open = self.desk.at(&format!("{device}.challenge"));
        let challenge = read_text(&open)
            .ok()
            .and_then(|text| {
                let (digits, made) = text.trim().split_once(' ')?;
                Some((unhex(digits).ok()?, made.parse::<u64>().ok()?))
            })
            .filter(|(_, made)| now() < made.saturating_add(FRESH));
        let (challenge, _) = challenge.ok_or_else(|| {
            refused(&format!("no fresh challenge is out for {device}; make one with `wayseal log challenge`"))
        })?;
        let last = self.desk.head(&device, &auditor)?;
        let (head, note) = auditor
            .sign(&handed.log, &answer, &challenge, last.as_ref(), now())
            .map_err(|error| refused(&error))?;

        // The keys are read before anything is signed, so that one cannot come without the other.
        let keys = self.keys.as_ref().map(|path| files::read_secret(path, LOG_MAX)).transpose();
        let keys = keys.map_err(Failure::input)?.map(Zeroizing::new);
        std::fs::create_dir_all(&self.output)
            .map_err(|error| Failure::output(format!("cannot make {}: {error}", self.output.display())))?;
        let write = |path: PathBuf, content: &[u8]| {
            files::write(&path, content, Access::Owner).map_err(Failure::output)
        };
        // Used once: the challenge is gone before the head is out.
        std::fs::remove_file(&open).map_err(Failure::output)?;
        write(self.desk.at(&format!("{device}.head")), note.as_bytes())?;
        write(self.output.join(format!("{device}.head")), note.as_bytes())?;
        if let Some(keys) = keys {
            write(self.output.join(format!("{device}.grant")), &keys)?;
        }
        say(&format!(
            "{device}: {} {}",
            head.count,
            language.pick("entries checked and signed for", "条记录已核对并签名")
        ))?;
        Ok(0)
    }
}

#[derive(Args)]
pub struct Accept {
    /// The head, and the grant if one was released
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The device's state folder
    #[arg(long, value_name = "FOLDER")]
    state: PathBuf,
}

impl Accept {
    pub fn run(&self, language: Language) -> Result<u8, Failure> {
        let mut session = courier::open(&self.state, language)?;
        for path in &self.files {
            let told = |message: String| Failure::key(format!("{}: {message}", path.display()));
            if path.extension().is_some_and(|ending| ending == "head") {
                let note = read_text(path).map_err(Failure::input)?;
                session.accept_head(&note).map_err(|error| told(courier::said(&error, language)))?;
                say(&format!(
                    "{}: {}",
                    path.display(),
                    language.pick("head taken; the budget begins anew", "已接受：额度重新计算")
                ))?;
            } else {
                let bytes = Zeroizing::new(files::read(path, LOG_MAX).map_err(Failure::input)?);
                let taken = session.take_grant(&bytes, now());
                let taken = taken.map_err(|error| told(courier::said(&error, language)))?;
                say(&format!(
                    "{}: {} {}, {} {}",
                    path.display(),
                    language.pick("grant", "授权"),
                    taken.role.name(),
                    taken.added,
                    language.pick("new keys", "个新密钥")
                ))?;
            }
        }
        Ok(0)
    }
}
