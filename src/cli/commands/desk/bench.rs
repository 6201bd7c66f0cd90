//! The bench of a desk: labels come in by picture or scanner, and each new one is printed before the next comes in.

use super::out::LabelOut;
use crate::cli::arguments::desk::DeskArgs;
use crate::cli::arrivals::{self, Arrival, ArrivedLabel};
use crate::cli::clock::now;
use crate::cli::commands::seal::template_of;
use crate::cli::console::say;
use crate::cli::device_session::say_refused;
use crate::cli::doubts::{Doubt, Doubts};
use crate::cli::failure::Failure;
use crate::cli::language::courier;
use crate::cli::language::desk as text;
use crate::cli::language::outcome::said;
use crate::cli::language::{Language, outcome, wedge as wedge_text};
use serde_json::json;
use std::time::{Duration, Instant};
use wayseal::device::desk::{Desk, DeskOutcome, DeskScan, ReplacedLabel};
use wayseal::device::log::EntryOutcome;
use wayseal::device::session::SessionError;
use wayseal::label::{Codes, Composer, Content, Dpi, Template};
use wayseal::payload::Payload;
use wayseal::read::wedge::WedgeError;
use wayseal::signed::signer::VerifyingKey;

/// Within this time a label that arrives again is the same scan, sent twice: one new label is enough.
const REPEATED: Duration = Duration::from_secs(5);

/// A call of the desk for one label.
pub type DeskCall<'c, 't> = dyn FnMut(&mut Desk, &DeskScan<'_>) -> Result<DeskOutcome<'t>, SessionError> + 'c;

/// What the template and the arguments say of each label.
#[derive(Clone, Copy)]
pub struct LabelSettings {
    pub building: bool,
    pub discreet: bool,
    pub contact: bool,
    pub hub: bool,
}

/// A desk with what draws and prints its labels.
pub struct DeskBench {
    desk: Desk,
    composer: Composer,
    settings: LabelSettings,
    out: LabelOut,
    language: Language,
    json: bool,
    /// When the file of stations was signed.
    stations: Option<u64>,
    /// The text that was scanned last, and when.
    last: Option<(String, Instant)>,
    doubts: Doubts,
}

impl DeskBench {
    pub fn open(typed: &DeskArgs, language: Language) -> Result<Self, Failure> {
        let template = template_of(typed.template.as_deref(), &[], language)?;
        let page = template.page(typed.size, typed.dpi.map(Dpi::from));
        let failed = |error| Failure::usage(language.template(&error));
        if !page.is_usable() {
            return Err(failed(wayseal::label::TemplateError::Size));
        }
        let composer = Composer::new(&template, page, Vec::new()).map_err(failed)?;
        let out = LabelOut::new(typed, page, language)?;
        let desk = Desk::open(&typed.state, now()).map_err(|error| {
            Failure::key(format!("{}: {}", typed.state.display(), said(&error, language)))
        })?;
        let settings = Self::settings_of(&template, typed.discreet);
        Ok(Self {
            desk,
            composer,
            settings,
            out,
            language,
            json: typed.json,
            stations: None,
            last: None,
            doubts: Doubts::default(),
        })
    }

    const fn settings_of(template: &Template, discreet: bool) -> LabelSettings {
        LabelSettings { building: template.building, discreet, contact: template.contact, hub: template.hub }
    }

    pub const fn settings(&self) -> LabelSettings {
        self.settings
    }

    /// The authority that the device pins.
    pub fn authority(&self) -> Result<VerifyingKey, Failure> {
        let damaged = || Failure::key(said(&SessionError::Damaged, self.language));
        self.desk.authority().ok_or_else(damaged)
    }

    /// Takes the time at which the file of stations was signed; refused before the first label if the sealer's grant demands
    /// another.
    pub fn seal_by(&mut self, signed: Option<u64>) -> Result<(), Failure> {
        self.stations = signed;
        self.say_refused();
        self.desk.check(signed, now()).map_err(|error| Failure::key(said(&error, self.language)))
    }

    /// Works off all labels; the exit code says whether each got its new one.
    pub fn run(&mut self, typed: &DeskArgs, call: &mut DeskCall<'_, '_>) -> Result<u8, Failure> {
        let language = self.language;
        self.say_refused();
        let all = arrivals::each(&typed.labels, language, &mut |arrival| match arrival {
            Arrival::Label(label) => self.label(&label, call),
            Arrival::BarCode { number, is_own } => self.say_bar_code(number, is_own).map(|()| true),
            Arrival::Other { text, error } => self.other(text, error, call).map(|()| false),
            Arrival::LeftOut { path, error } => self
                .say_failed(&path.display().to_string(), "unread", &language.no_code(error))
                .map(|()| false),
        })?;
        self.out.finish(language)?;
        Ok(u8::from(!all))
    }

    /// Works off one label; whether it got its new one.
    fn label(&mut self, arrived: &ArrivedLabel<'_>, call: &mut DeskCall<'_, '_>) -> Result<bool, Failure> {
        let language = self.language;
        let ArrivedLabel { text, printed, source, typed } = *arrived;
        let at = Instant::now();
        if self.last.as_ref().is_some_and(|(last, since)| last == text && at - *since <= REPEATED) {
            let handle =
                Payload::parse(text.as_bytes()).map(|payload| payload.handle().printed().to_string());
            let handle = handle.unwrap_or_default();
            return self.say_same(source, &handle).map(|()| true);
        }
        let outcome = call(
            &mut self.desk,
            &DeskScan::new(text, now()).with_printed(printed).with_stations(self.stations),
        )
        .map_err(|error| Failure::key(said(&error, language)))?;
        self.say_refused();
        match outcome {
            DeskOutcome::Made(label) => {
                self.print(&label)?;
                self.doubts.clear();
                self.last = Some((text.to_owned(), at));
                self.say_made(source, &label)?;
                Ok(true)
            }
            DeskOutcome::NotMade(reason) => {
                self.say_failed(source, "not_made", &language.not_made(&reason))?;
                Ok(false)
            }
            DeskOutcome::NotOpened(mark) => {
                let doubt = match (mark, typed) {
                    (EntryOutcome::Refused(refusal), Some((_, damage))) => {
                        Some((self.doubts.judge(text, damage, refusal, at), refusal))
                    }
                    _ => None,
                };
                let advice = match doubt {
                    Some((doubt, refusal)) if doubt != Doubt::Nothing => {
                        outcome::doubted(doubt, text, refusal, language)
                    }
                    _ => language.not_opened(mark),
                };
                self.say_failed(source, mark.name(), &advice)?;
                Ok(false)
            }
            _ => Ok(false),
        }
    }

    /// A line that is no label's: it is logged as an attempt, and said by what was done to it.
    fn other(&mut self, text: &str, error: &WedgeError, call: &mut DeskCall<'_, '_>) -> Result<(), Failure> {
        let scan = DeskScan::new(text, now()).with_stations(self.stations);
        let outcome =
            call(&mut self.desk, &scan).map_err(|error| Failure::key(said(&error, self.language)))?;
        self.say_refused();
        let name = match outcome {
            DeskOutcome::NotOpened(mark) => mark.name(),
            _ => "unread",
        };
        self.say_failed("-", name, &wedge_text::said(error, self.language))
    }

    /// Says what a bar code is for that came alone.
    fn say_bar_code(&self, number: &str, is_own: bool) -> Result<(), Failure> {
        if self.json {
            let outcome = if is_own { "bar_code_matches" } else { "bar_code" };
            return say(&json!({"file": "-", "outcome": outcome, "bar_code": number}).to_string());
        }
        let what = if is_own { courier::BAR_CODE_MATCHES } else { courier::SCAN_QR_NEXT };
        say(&format!("{number}: {}", self.language.of(what)))
    }

    /// Draws a label and gives it out. Its entry is on the log: if this fails, the same scan makes the same label again.
    fn print(&mut self, label: &ReplacedLabel<'_>) -> Result<(), Failure> {
        let content = Content {
            waybill: &label.waybill.text(),
            routing: label.routing,
            hub: label.hub,
            summary: &label.summary,
            payload: label.text.as_str(),
            handle: &label.handle.printed(),
            goods: label.goods,
            remark: label.remark,
            piece: None,
            payment: None,
            day: &label.day.to_string(),
        };
        let language = self.language;
        let composed =
            self.composer.compose(&content).map_err(|error| Failure::output(language.compose(&error)))?;
        let job = self.out.format().encode(&composed, Codes::Dots).map_err(Failure::output)?;
        self.out.put(label, &job, language)
    }

    fn say_made(&self, source: &str, label: &ReplacedLabel<'_>) -> Result<(), Failure> {
        let language = self.language;
        let (old, new) = (label.old.printed(), label.handle.printed());
        let mut notes = Vec::new();
        if !label.left_out.is_nothing() {
            notes.push(language.of(text::SENDER_LEFT_OUT));
        }
        if label.lost_entries {
            notes.push(language.of(text::ENTRIES_LOST));
        }
        if label.is_without_sender {
            notes.push(language.of(text::TO_SEALERS_PLACE));
        }
        if label.goods.is_hidden() || label.remark.is_hidden() {
            notes.push(language.of(text::TEXT_WITHHELD));
        }
        if self.json {
            let value = json!({
                "file": source, "outcome": "made", "waybill": label.waybill.to_string(), "old": old.to_string(),
                "handle": new.to_string(), "left": label.left, "notes": notes,
            });
            return say(&value.to_string());
        }
        let left = label.left.map_or_else(String::new, |left| text::labels_left(language, left));
        let notes: String = notes.iter().map(|note| format!("; {note}")).collect();
        say(&format!("{}  {old} → {new}{left}{notes}", label.waybill))
    }

    fn say_same(&self, source: &str, handle: &str) -> Result<(), Failure> {
        if self.json {
            return say(&json!({"file": source, "outcome": "repeated", "old": handle}).to_string());
        }
        say(&format!("{handle}: {}", self.language.of(text::SCANNED_TWICE)))
    }

    fn say_failed(&self, source: &str, outcome: &str, advice: &str) -> Result<(), Failure> {
        if self.json {
            return say(&json!({"file": source, "outcome": outcome, "advice": advice}).to_string());
        }
        say(&format!("{source}: {advice}"))
    }

    /// Says what the inbox brought and was refused.
    fn say_refused(&mut self) {
        say_refused(self.desk.notices(), self.language);
    }
}

/// Also what the inbox refused before an error is said.
impl Drop for DeskBench {
    fn drop(&mut self) {
        self.say_refused();
    }
}
