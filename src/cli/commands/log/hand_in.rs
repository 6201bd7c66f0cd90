//! The hand-in: challenge, answer with the log, signed head, next keys.

use crate::cli::commands::log::auditor_folder::{named, read_text};
use crate::cli::commands::log::handed::{Handed, LOG_MAX};
use crate::cli::console::say;
use crate::cli::failure::Failure;
use crate::cli::language::log as text;
use crate::cli::language::{Language, failure};
use crate::cli::settings::log::{AcceptHeadPlan, ChallengePlan, HandInPlan, SignPlan};
use crate::cli::{device_session, language};
use std::path::PathBuf;
use wayseal::authority::auditor::LogBefore;
use wayseal::device::exchange::HandIn;
use wayseal::device::log::head::{hex, unhex};
use wayseal::device::log::{Log, verify};
use wayseal::files::{self, Access};
use zeroize::Zeroizing;

/// Seconds for which a challenge is good.
const FRESH: u64 = 86_400;

impl ChallengePlan {
    pub fn run(&self, language: Language) -> Result<u8, Failure> {
        named(&self.device, language)?;
        self.desk.key(language)?;
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|_| Failure::key(language.of(failure::NO_RANDOM_BYTES)))?;
        let challenge = hex(&bytes);
        let note = format!("{challenge} {}\n", self.now);
        let path = self.desk.at(&format!("{}.challenge", self.device));
        files::write(&path, note.as_bytes(), Access::Owner)
            .map_err(|error| Failure::output(language.file(&error)))?;
        say(&challenge)?;
        Ok(0)
    }
}

impl HandInPlan {
    pub fn run(&self, language: Language) -> Result<u8, Failure> {
        let challenge =
            unhex(&self.challenge).map_err(|_| Failure::usage(language.of(text::BAD_CHALLENGE)))?;
        let session = device_session::open(&self.state, self.now, language)?;
        let log = files::read(&self.state.join(Log::FILE), LOG_MAX)
            .map_err(|error| Failure::input(language.file(&error)))?;
        let content = HandIn::bytes(&session.answer(&challenge), &log);
        files::write(&self.output, &content, Access::Owner)
            .map_err(|error| Failure::output(language.file(&error)))?;
        say(&format!(
            "{}: {} {}",
            self.output.display(),
            session.log().count(),
            language.of(text::ENTRIES_TO_HAND_IN)
        ))?;
        Ok(0)
    }
}

impl SignPlan {
    pub fn run(&self, language: Language) -> Result<u8, Failure> {
        let auditor = self.desk.key(language)?;
        let handed = Handed::read(&self.handed, language)?;
        let refused = |message: &dyn std::fmt::Display| {
            Failure::key(format!("{}: {message}; {}", self.handed.display(), language.of(text::NOT_SIGNED)))
        };
        let answer = handed.answer.ok_or_else(|| refused(&language.of(text::BARE_LOG)))?;
        let device = verify::device(&handed.log).map_err(|error| refused(&error))?;
        named(&device, language)?;
        let open = self.desk.at(&format!("{device}.challenge"));
        let challenge = read_text(&open)
            .ok()
            .and_then(|text| {
                let (digits, made) = text.trim().split_once(' ')?;
                Some((unhex(digits).ok()?, made.parse::<u64>().ok()?))
            })
            .filter(|(_, made)| self.now < made.saturating_add(FRESH));
        let (challenge, _) =
            challenge.ok_or_else(|| refused(&text::no_fresh_challenge(language, &device)))?;
        let last = self.desk.head(&device, &auditor, language)?;
        let before = self.before.as_deref().map(|path| Handed::read(path, language)).transpose()?;
        let before_last = match &before {
            Some(handed) => {
                let device = verify::device(&handed.log).map_err(|error| refused(&error))?;
                named(&device, language)?;
                self.desk.head(&device, &auditor, language)?
            }
            None => None,
        };
        let before = before.as_ref().map(|handed| LogBefore { log: &handed.log, last: before_last.as_ref() });
        let (head, note) = auditor
            .sign_after(&handed.log, &answer, &challenge, last.as_ref(), before, self.now)
            .map_err(|error| refused(&error))?;

        // The keys are read before anything is signed, so that one cannot come without the other.
        let keys = self.keys.as_ref().map(|path| files::read_secret(path, LOG_MAX)).transpose();
        let keys = keys.map_err(|error| Failure::input(language.file(&error)))?.map(Zeroizing::new);
        std::fs::create_dir_all(&self.output).map_err(|error| {
            Failure::output(failure::cannot_make_folder(
                language,
                self.output.display(),
                language.system(&error),
            ))
        })?;
        let write = |path: PathBuf, content: &[u8]| {
            files::write(&path, content, Access::Owner)
                .map_err(|error| Failure::output(language.file(&error)))
        };
        // A challenge is used once, so it is erased before the head is written.
        std::fs::remove_file(&open).map_err(|error| {
            Failure::output(failure::cannot_write(language, open.display(), language.system(&error)))
        })?;
        write(self.desk.at(&format!("{device}.head")), note.as_bytes())?;
        write(self.output.join(format!("{device}.head")), note.as_bytes())?;
        if let Some(keys) = keys {
            write(self.output.join(format!("{device}.grant")), &keys)?;
        }
        say(&format!("{device}: {} {}", head.count, language.of(text::ENTRIES_SIGNED)))?;
        Ok(0)
    }
}

impl AcceptHeadPlan {
    pub fn run(&self, language: Language) -> Result<u8, Failure> {
        let mut session = device_session::open(&self.state, self.now, language)?;
        for path in &self.files {
            let refused = |message: String| Failure::key(format!("{}: {message}", path.display()));
            if path.extension().is_some_and(|ending| ending == "head") {
                let note = read_text(path).map_err(|error| Failure::input(language.file(&error)))?;
                session
                    .accept_head(&note, self.now)
                    .map_err(|error| refused(language::outcome::said(&error, language)))?;
                say(&format!("{}: {}", path.display(), language.of(text::HEAD_TAKEN)))?;
            } else {
                let bytes = Zeroizing::new(
                    files::read(path, LOG_MAX).map_err(|error| Failure::input(language.file(&error)))?,
                );
                let taken = session.take_grant(&bytes, self.now);
                let taken = taken.map_err(|error| refused(language::outcome::said(&error, language)))?;
                say(&format!(
                    "{}: {} {}, {} {}",
                    path.display(),
                    language.of(text::GRANT),
                    taken.role.name(),
                    taken.added,
                    language.of(text::NEW_KEYS)
                ))?;
            }
        }
        Ok(0)
    }
}
