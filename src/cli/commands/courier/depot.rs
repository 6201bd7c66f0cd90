//! `wayseal courier init`, `depot`, `load` and `unlock`: what is done with a device at the depot. Each command names all
//! its files, so that none needs settings; only the clock is read.

use crate::cli::arguments::courier::{CourierInitArgs, CourierShiftArgs, DepotArgs, LoadArgs, UnlockArgs};
use crate::cli::clock::now;
use crate::cli::commands::log::auditor_folder::read_text;
use crate::cli::console::say;
use crate::cli::device_session::open;
use crate::cli::failure::Failure;
use crate::cli::label_lines::{LabelLine, LabelLines};
use crate::cli::language::courier;
use crate::cli::language::depot as text;
use crate::cli::language::outcome::said;
use crate::cli::language::wedge as wedge_text;
use crate::cli::language::{Language, failure, outcome};
use crate::cli::{pictures, unlock};
use std::io::BufRead as _;
use std::path::Path;
use std::time::Instant;
use wayseal::device::log::enrolment::Enrolment;
use wayseal::device::session::{Attempt, ScanOutcome, Session, ShiftBegin};
use wayseal::files::{self, Access};
use wayseal::read::wedge::WedgeError;
use wayseal::signed::envelope::Identity;
use zeroize::Zeroizing;

impl CourierInitArgs {
    pub fn run(&self, language: Language) -> Result<u8, Failure> {
        let bytes = Zeroizing::new(
            files::read_secret(&self.enrolment, 4096).map_err(|error| Failure::key(language.file(&error)))?,
        );
        let enrolment = std::str::from_utf8(&bytes)
            .ok()
            .and_then(Enrolment::parse)
            .ok_or_else(|| Failure::key(text::no_enrolment(language, self.enrolment.display())))?;
        Session::enrol(&self.state, &enrolment).map_err(|error| Failure::key(said(&error, language)))?;
        say(&format!("{} {}", language.of(text::DEVICE_BEGUN), self.state.display()))?;
        say(language.of(text::AFTER_ENROLMENT))?;
        Ok(0)
    }
}

impl DepotArgs {
    pub fn run(&self, language: Language) -> Result<u8, Failure> {
        if self.output.exists() {
            return Err(Failure::usage(text::depot_key_exists(language, self.output.display())));
        }
        let identity = Identity::generate();
        files::write(&self.output, identity.file().as_bytes(), Access::Owner)
            .map_err(|error| Failure::output(language.file(&error)))?;
        say(&identity.recipient())?;
        Ok(0)
    }
}

impl LoadArgs {
    pub fn run(&self, language: Language) -> Result<u8, Failure> {
        if !wayseal::signed::envelope::is_recipient(&self.depot) {
            return Err(Failure::usage(language.of(text::NO_DEPOT_RECIPIENT)));
        }
        let mut session = open(&self.state, now(), language)?;
        let mut failed = false;
        if self.labels == [Path::new("-")] {
            let mut lines = LabelLines::default();
            for line in std::io::stdin().lock().lines() {
                let line = line.map_err(|error| {
                    let name = language.of(failure::STANDARD_INPUT);
                    Failure::input(failure::cannot_read(language, name, language.system(&error)))
                })?;
                match lines.take(&line, Instant::now()) {
                    None => {}
                    Some(LabelLine::Label { text, printed, .. }) => {
                        failed |= !load(&mut session, &text, printed.as_deref(), line.trim(), language)?;
                    }
                    Some(LabelLine::BarCode { number, is_own }) => {
                        let what = if is_own { courier::BAR_CODE_MATCHES } else { courier::SCAN_QR_NEXT };
                        say(&format!("{number}: {}", language.of(what)))?;
                    }
                    // Refused by its own name, and logged; then said by what was done to it.
                    Some(LabelLine::Other { text, error }) => {
                        failed = true;
                        load(&mut session, &text, None, line.trim(), language)?;
                        if error != WedgeError::NotOurs {
                            say(&wedge_text::said(&error, language))?;
                        }
                    }
                }
            }
        } else {
            let named = pictures::list(&self.labels, language)?;
            let mut left_out = Vec::new();
            for path in named.files {
                let read = match pictures::read(&path) {
                    Ok(read) => read,
                    Err(error) => {
                        left_out.push((path, error));
                        continue;
                    }
                };
                let file = path.display().to_string();
                for (text, printed) in &read.labels {
                    failed |= !load(&mut session, text, printed.as_deref(), &file, language)?;
                }
                left_out.extend(read.left_out.into_iter().map(|error| (path.clone(), error)));
            }
            for (path, error) in left_out.iter().chain(&named.left_out) {
                failed = true;
                say(&format!("{}: {}", path.display(), language.no_code(error)))?;
            }
        }
        // Sorted by place, as the parcels go into the van.
        let mut parcels: Vec<_> =
            session.parcels().iter().filter(|parcel| !parcel.place.is_empty()).collect();
        parcels.sort_by(|one, other| (&one.place, &one.waybill).cmp(&(&other.place, &other.waybill)));
        for parcel in parcels {
            say(&format!("{}  {}", parcel.place, parcel.waybill))?;
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
    let attempt = Attempt::new(text).with_printed(printed);
    let outcome = session.load(&attempt).map_err(|error| Failure::key(said(&error, language)))?;
    if let ScanOutcome::Loaded(count) = outcome {
        // The place and the building alone: what sorting needs, and no person.
        let place = session.parcels().last().map_or("", |parcel| parcel.place.as_str());
        say(&format!("{count}  {place}"))?;
        return Ok(true);
    }
    let (title, advice) = outcome::told(&outcome, language).unwrap_or_default();
    say(&format!("{source}: {title}: {advice}"))?;
    Ok(false)
}

impl UnlockArgs {
    pub fn run(&self, language: Language) -> Result<u8, Failure> {
        wayseal::files::read_secret(&self.depot_key, 4096)
            .map_err(|error| Failure::key(language.file(&error)))?;
        let text =
            Zeroizing::new(read_text(&self.depot_key).map_err(|error| Failure::key(language.file(&error)))?);
        let identity = Identity::parse(&text)
            .ok_or_else(|| Failure::key(text::not_a_depot_key(language, self.depot_key.display())))?;
        let mut session = open(&self.state, now(), language)?;
        session.unlock(&identity, now()).map_err(|error| Failure::key(said(&error, language)))?;
        say(language.of(text::UNLOCKED))?;
        Ok(0)
    }
}

impl CourierShiftArgs {
    pub fn run(&self, language: Language) -> Result<u8, Failure> {
        let mut session = open(&self.state, now(), language)?;
        let fail = |error| Failure::key(said(&error, language));
        let Some(operator) = self.operator else {
            let ended = session.end_shift(now()).map_err(fail)?;
            say(language.of(if ended { text::SHIFT_ENDED } else { text::NO_SHIFT_TO_END }))?;
            return Ok(u8::from(!ended));
        };
        let pin = unlock::pin(&self.pin, false, language)?;
        match session.begin_shift(operator, &pin, now()).map_err(fail)? {
            ShiftBegin::Begun => {
                say(&text::shift_begun(language, operator))?;
                Ok(0)
            }
            ShiftBegin::Wrong(left) => Err(Failure::key(text::wrong_pin(language, left))),
            ShiftBegin::NoOperators => Err(Failure::key(language.of(text::NO_OPERATORS))),
            _ => Err(Failure::key(language.of(text::PINS_SPENT))),
        }
    }
}
