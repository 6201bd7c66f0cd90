//! At the depot: begin a device, load it, lock it, unlock it.

use crate::cli::arguments::courier::{CourierInitArgs, DepotArgs, LoadArgs, UnlockArgs};
use crate::cli::clock::now;
use crate::cli::commands::log::auditor_folder::read_text;
use crate::cli::console::say;
use crate::cli::device_session::open;
use crate::cli::failure::Failure;
use crate::cli::language::depot as text;
use crate::cli::language::outcome::said;
use crate::cli::language::{Language, outcome};
use crate::cli::pictures;
use std::io::BufRead as _;
use std::path::Path;
use wayseal::device::log::enrolment::Enrolment;
use wayseal::device::session::{Attempt, ScanOutcome, Session};
use wayseal::files::{self, Access};
use wayseal::read::wedge::{self, WedgeLine};
use wayseal::signed::envelope::Identity;
use zeroize::Zeroizing;

impl CourierInitArgs {
    pub fn run(&self, language: Language) -> Result<u8, Failure> {
        let bytes = Zeroizing::new(files::read_secret(&self.enrolment, 4096).map_err(Failure::key)?);
        let enrolment = std::str::from_utf8(&bytes).ok().and_then(Enrolment::parse).ok_or_else(|| {
            Failure::key(format!(
                "{}: no enrolment; make one with `wayseal log enrol`",
                self.enrolment.display()
            ))
        })?;
        Session::enrol(&self.state, &enrolment).map_err(|error| Failure::key(said(&error, language)))?;
        say(&format!(
            "{} {}\n{}",
            language.of(text::DEVICE_BEGUN),
            self.state.display(),
            language.of(text::AFTER_ENROLMENT)
        ))?;
        Ok(0)
    }
}

impl DepotArgs {
    pub fn run(&self, _language: Language) -> Result<u8, Failure> {
        if self.output.exists() {
            return Err(Failure::usage(format!(
                "{} is there already; devices may be locked under it",
                self.output.display()
            )));
        }
        let identity = Identity::generate();
        files::write(&self.output, identity.file().as_bytes(), Access::Owner).map_err(Failure::output)?;
        say(&identity.recipient())?;
        Ok(0)
    }
}

impl LoadArgs {
    pub fn run(&self, language: Language) -> Result<u8, Failure> {
        if !wayseal::signed::envelope::is_recipient(&self.depot) {
            return Err(Failure::usage("--depot is no age recipient; `wayseal courier depot` prints it"));
        }
        let mut session = open(&self.state, now(), language)?;
        let mut failed = false;
        if self.labels == [Path::new("-")] {
            for line in std::io::stdin().lock().lines() {
                let line = line.map_err(Failure::input)?;
                if !line.trim().is_empty() {
                    // What is no payload is refused by its own name, and logged.
                    let text = match wedge::parse(&line) {
                        Ok(WedgeLine::Payload(text, _)) => text,
                        _ => line.trim().to_owned(),
                    };
                    failed |= !load(&mut session, &text, None, line.trim(), language)?;
                }
            }
        } else {
            for path in pictures::list(&self.labels, language)? {
                let file = path.display().to_string();
                match pictures::read(&path) {
                    Ok((picture, texts)) => {
                        for (text, printed) in texts.iter().zip(pictures::printed(&picture, &texts)) {
                            failed |= !load(&mut session, text, printed.as_deref(), &file, language)?;
                        }
                    }
                    Err(error) => {
                        failed = true;
                        say(&format!("{file}: {}", language.no_code(&error)))?;
                    }
                }
            }
        }
        session.lock(&self.depot, now()).map_err(|error| Failure::key(said(&error, language)))?;
        say(&format!("{} {}", session.parcels().len(), language.of(text::LOADED)))?;
        Ok(u8::from(failed))
    }
}

/// Loads one label and says so; whether it was.
pub fn load(
    session: &mut Session,
    text: &str,
    printed: Option<&str>,
    source: &str,
    language: Language,
) -> Result<bool, Failure> {
    let attempt = Attempt { printed, ..Attempt::new(text) };
    let outcome = session.load(&attempt).map_err(|error| Failure::key(said(&error, language)))?;
    if let ScanOutcome::Loaded(_) = outcome {
        return Ok(true);
    }
    let (title, advice) = outcome::told(&outcome, language).unwrap_or_default();
    say(&format!("{source}: {title}: {advice}"))?;
    Ok(false)
}

impl UnlockArgs {
    pub fn run(&self, language: Language) -> Result<u8, Failure> {
        wayseal::files::read_secret(&self.depot_key, 4096).map_err(Failure::key)?;
        let text = Zeroizing::new(read_text(&self.depot_key).map_err(Failure::key)?);
        let identity = Identity::parse(&text)
            .ok_or_else(|| Failure::key(format!("{}: no depot's secret", self.depot_key.display())))?;
        let mut session = open(&self.state, now(), language)?;
        session.unlock(&identity, now()).map_err(|error| Failure::key(said(&error, language)))?;
        say(language.of(text::UNLOCKED))?;
        Ok(0)
    }
}
