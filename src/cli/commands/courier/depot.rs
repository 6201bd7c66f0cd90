//! `wayseal courier init`, `depot`, `load` and `unlock`: what is done with a device at the depot. Each command names all
//! its files, so that none needs settings; only the clock is read.

use crate::cli::arguments::courier::{CourierInitArgs, CourierShiftArgs, DepotArgs, LoadArgs, UnlockArgs};
use crate::cli::arrivals::{self, Arrival};
use crate::cli::clock::now;
use crate::cli::commands::log::auditor_folder::read_text;
use crate::cli::console::say;
use crate::cli::device_session::{DeviceSession, open};
use crate::cli::failure::Failure;
use crate::cli::language::courier;
use crate::cli::language::depot as text;
use crate::cli::language::outcome::said;
use crate::cli::language::wedge as wedge_text;
use crate::cli::language::{Language, outcome};
use crate::cli::unlock;
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
        let all = arrivals::each(&self.labels, language, &mut |arrival| match arrival {
            Arrival::Label(label) => {
                let source = label.typed.map_or(label.source, |(line, _)| line);
                load(&mut session, label.text, label.printed, source, language)
            }
            Arrival::BarCode { number, is_own } => {
                let what = if is_own { courier::BAR_CODE_MATCHES } else { courier::SCAN_QR_NEXT };
                say(&format!("{number}: {}", language.of(what))).map(|()| true)
            }
            // Refused by its own name, and logged; then said by what was done to it.
            Arrival::Other { text, error } => {
                load(&mut session, text, None, text, language)?;
                if *error != WedgeError::NotOurs {
                    say(&wedge_text::said(error, language))?;
                }
                Ok(false)
            }
            Arrival::LeftOut { path, error } => {
                say(&format!("{}: {}", path.display(), language.no_code(error))).map(|()| false)
            }
        })?;
        // Sorted by place, as the parcels go into the van.
        let mut parcels: Vec<_> =
            session.parcels().iter().filter(|parcel| !parcel.place.is_empty()).collect();
        parcels.sort_by(|one, other| (&one.place, &one.waybill).cmp(&(&other.place, &other.waybill)));
        for parcel in parcels {
            say(&format!("{}  {}", parcel.place, parcel.waybill))?;
        }
        session.lock(&self.depot, now()).map_err(|error| Failure::key(said(&error, language)))?;
        say(&format!("{} {}", session.parcels().len(), language.of(text::LOADED)))?;
        Ok(u8::from(!all))
    }
}

/// Loads one label and says so; whether it was.
pub fn load(
    session: &mut DeviceSession,
    text: &str,
    printed: Option<&str>,
    source: &str,
    language: Language,
) -> Result<bool, Failure> {
    let attempt = Attempt::new(text).with_printed(printed);
    let outcome = session.load(&attempt).map_err(|error| Failure::key(said(&error, language)))?;
    let (is_loaded, line) = if let ScanOutcome::Loaded(count) = outcome {
        // The place and the building alone: what sorting needs, and no person.
        let place = session.parcels().last().map_or("", |parcel| parcel.place.as_str());
        (true, format!("{count}  {place}"))
    } else {
        let (title, advice) = outcome::told(&outcome, language).unwrap_or_default();
        (false, format!("{source}: {title}: {advice}"))
    };
    session.say_refused();
    say(&line)?;
    Ok(is_loaded)
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
