//! The bench of a desk: labels come in by picture or scanner, and each new one is printed before the next comes in.

use super::out::LabelOut;
use crate::cli::arguments::desk::DeskArgs;
use crate::cli::clock::now;
use crate::cli::commands::seal::template_of;
use crate::cli::console::{say, warn};
use crate::cli::failure::Failure;
use crate::cli::language::desk as text;
use crate::cli::language::outcome::said;
use crate::cli::language::{Language, failure};
use crate::cli::pictures;
use serde_json::json;
use std::io::BufRead as _;
use std::path::Path;
use std::time::{Duration, Instant};
use wayseal::device::desk::{Desk, DeskOutcome, DeskScan, ReplacedLabel};
use wayseal::device::session::SessionError;
use wayseal::label::{Codes, Composer, Content, Dpi, Template};
use wayseal::payload::Payload;
use wayseal::read::wedge::{self, WedgeLine};

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
    /// The text that was scanned last, and when.
    last: Option<(String, Instant)>,
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
        Ok(Self { desk, composer, settings, out, language, json: typed.json, last: None })
    }

    const fn settings_of(template: &Template, discreet: bool) -> LabelSettings {
        LabelSettings { building: template.building, discreet, contact: template.contact, hub: template.hub }
    }

    pub const fn settings(&self) -> LabelSettings {
        self.settings
    }

    /// Works off all labels; the exit code says whether each got its new one.
    pub fn run(&mut self, typed: &DeskArgs, call: &mut DeskCall<'_, '_>) -> Result<u8, Failure> {
        let language = self.language;
        let mut failed = false;
        self.say_refused();
        if typed.labels == [Path::new("-")] {
            for line in std::io::stdin().lock().lines() {
                let line = line.map_err(|error| {
                    let name = language.of(failure::STANDARD_INPUT);
                    Failure::input(failure::cannot_read(language, name, language.system(&error)))
                })?;
                if line.trim().is_empty() {
                    continue;
                }
                // What is no payload is refused by its own name, and logged.
                let text = match wedge::parse(&line) {
                    Ok(WedgeLine::Payload(text, _)) => text,
                    _ => line.trim().to_owned(),
                };
                failed |= !self.label(&text, None, "-", call)?;
            }
        } else {
            let named = pictures::list(&typed.labels, language)?;
            let mut left_out = named.left_out;
            for path in named.files {
                let read = match pictures::read(&path) {
                    Ok(read) => read,
                    Err(error) => {
                        left_out.push((path, error));
                        continue;
                    }
                };
                for (text, printed) in &read.labels {
                    let file = path.display().to_string();
                    failed |= !self.label(text, printed.as_deref(), &file, call)?;
                }
                left_out.extend(read.left_out.into_iter().map(|error| (path.clone(), error)));
            }
            for (path, error) in left_out {
                failed = true;
                self.say_failed(&path.display().to_string(), "unread", &language.no_code(&error))?;
            }
        }
        self.out.finish(language)?;
        Ok(u8::from(failed))
    }

    /// Works off one label; whether it got its new one.
    fn label(
        &mut self,
        text: &str,
        printed: Option<&str>,
        source: &str,
        call: &mut DeskCall<'_, '_>,
    ) -> Result<bool, Failure> {
        let language = self.language;
        let at = Instant::now();
        if self.last.as_ref().is_some_and(|(last, since)| last == text && at - *since <= REPEATED) {
            let handle =
                Payload::parse(text.as_bytes()).map(|payload| payload.handle().printed().to_string());
            let handle = handle.unwrap_or_default();
            return self.say_same(source, &handle).map(|()| true);
        }
        let outcome = call(&mut self.desk, &DeskScan { text, printed, now: now() })
            .map_err(|error| Failure::key(said(&error, language)))?;
        self.say_refused();
        match outcome {
            DeskOutcome::Made(label) => {
                self.print(&label)?;
                self.last = Some((text.to_owned(), at));
                self.say_made(source, &label)?;
                Ok(true)
            }
            DeskOutcome::NotMade(reason) => {
                self.say_failed(source, "not_made", &language.not_made(&reason))?;
                Ok(false)
            }
            DeskOutcome::NotOpened(mark) => {
                self.say_failed(source, mark.name(), &language.not_opened(mark))?;
                Ok(false)
            }
            _ => Ok(false),
        }
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
        for (file, error) in self.desk.notices() {
            warn(&format!("wayseal: {file}: {}", said(&error, self.language)));
        }
    }
}
