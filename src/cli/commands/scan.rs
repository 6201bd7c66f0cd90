//! `wayseal scan`: labels to records, with a device's state or a grant alone.

use crate::cli::columns::pad;
use crate::cli::console::{say, warn};
use crate::cli::device_session::{self, say_refused};
use crate::cli::failure::Failure;
use crate::cli::language;
use crate::cli::language::Language;
use crate::cli::language::contact::dialled;
use crate::cli::language::scan as text;
use crate::cli::pictures::{self, NoCode};
use crate::cli::record_text::{address, division_of};
use crate::cli::settings::scan::{Labels, ScanKey, ScanPlan};
use serde_json::{Value, json};
use std::collections::HashMap;
use wayseal::device::session::{Attempt, ScanOutcome, Session};
use wayseal::keys::Day;
use wayseal::payload::{Handle, Payload};
use wayseal::read::frames::Frames;
use wayseal::record::{EntryKinds, PhoneNumber};
use wayseal::signed::grant::Grant;
use wayseal::verifier::{Buffer, Opened, Verifier};

/// Frames without a label after which it counts as out of sight: a second or more of video.
const OUT_OF_SIGHT: u64 = 45;

/// Frames in which the bar code beside a label is looked for.
const LOOKS: u32 = 15;

/// A label that a camera sees.
struct Sight {
    /// The frame in which it was read last.
    last: u64,
    /// In how many more its bar code is looked for.
    looks: u32,
}

/// What opens labels.
enum Opener {
    /// A device: it logs, counts and refuses. After it come those of other carriers.
    Device(Box<Session>, Vec<Session>),
    /// A grant alone.
    Grant { grant: Box<Grant>, day: Day, buffer: Box<Buffer> },
}

impl ScanPlan {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        let mut opener = self.opener(language)?;
        let mut failed = false;
        if !self.json {
            let [outcome, waybill, name, phone, rest] = text::HEADS.map(|head| language.of(head));
            say(&row(outcome, waybill, name, phone, rest))?;
        }
        let named = match &self.labels {
            Labels::Frames => return self.watch(&mut opener, language),
            Labels::Pictures(named) => named,
        };
        let named = pictures::list(named, language)?;
        for path in &named.files {
            let file = path.display().to_string();
            let (labels, left_out) = match pictures::read(path) {
                Ok(read) => (read.labels, read.left_out),
                Err(error) => (Vec::new(), vec![error]),
            };
            for (text, printed) in labels {
                failed |= !self.claim(&file, printed.as_deref(), &text, &mut opener, language)?;
            }
            for error in &left_out {
                failed = true;
                self.say_unread(&file, error, language)?;
            }
        }
        for (path, error) in &named.left_out {
            failed = true;
            self.say_unread(&path.display().to_string(), error, language)?;
        }
        Ok(u8::from(failed))
    }

    /// Says what of a file was not read.
    fn say_unread(&self, file: &str, error: &NoCode, language: Language) -> Result<(), Failure> {
        let line = if self.json {
            json!({"file": file, "outcome": "unread", "error": error.to_string()}).to_string()
        } else {
            row("unread", "", "", "", &format!("{file}: {}", language.no_code(error)))
        };
        say(&line)
    }

    /// Opens what the frames of a video show. A camera sees a label thirty times a second: it is opened once, and
    /// again when it was out of sight.
    fn watch(&self, opener: &mut Opener, language: Language) -> Result<u8, Failure> {
        let mut frames = Frames::new(std::io::stdin().lock());
        let mut in_sight: HashMap<String, Sight> = HashMap::new();
        let mut failed = false;
        let mut opened = 0_u64;
        loop {
            let reads = frames.next(&mut |text| Payload::parse(text.as_bytes()).is_ok());
            let Some(reads) =
                reads.map_err(|error| Failure::input(format!("-: {}", language.system(&error))))?
            else {
                break;
            };
            let (now, _) = frames.counts();
            in_sight.retain(|_, sight| now - sight.last <= OUT_OF_SIGHT);
            let texts = reads.into_iter().map(|read| read.text).collect::<Vec<_>>();
            let looks = texts.iter().any(|text| in_sight.get(text).is_none_or(|sight| sight.looks > 0));
            let printed = match frames.picture().filter(|_| looks) {
                Some(picture) => pictures::printed(picture, &texts),
                None => vec![None; texts.len()],
            };
            for (text, printed) in texts.iter().zip(printed) {
                let new = !in_sight.contains_key(text);
                let sight = in_sight.entry(text.clone()).or_insert(Sight { last: now, looks: LOOKS });
                sight.last = now;
                // A bar code may be read frames after the label: another waybill's is an alarm then, too.
                let moved = printed.as_deref().is_some_and(|printed| printed != pictures::claimed(text));
                let alarm = moved && sight.looks > 0;
                sight.looks = if printed.is_some() { 0 } else { sight.looks.saturating_sub(1) };
                if new || alarm {
                    opened += u64::from(new);
                    failed |= !self.claim("-", printed.as_deref(), text, opener, language)?;
                }
            }
        }
        let (seen, damaged) = frames.counts();
        if damaged > 0 || opened == 0 {
            warn(&text::frames(language, seen, damaged, opened));
        }
        Ok(u8::from(failed || opened == 0))
    }

    /// Opens the label of a text that was read, by what it claims to be; whether it opened.
    fn claim(
        &self,
        file: &str,
        printed: Option<&str>,
        text: &str,
        opener: &mut Opener,
        language: Language,
    ) -> Result<bool, Failure> {
        let claimed = pictures::claimed(text);
        let handle = Payload::parse(text.as_bytes()).ok().map(|payload| payload.handle());
        let scan = Scanned { file, handle, claimed: &claimed, printed, json: self.json, language };
        self.open(&scan, text, opener)
    }

    fn opener(&self, language: Language) -> Result<Opener, Failure> {
        match &self.key {
            ScanKey::Device { states, now } => {
                let mut sessions = device_session::open_all(states, *now, language)?;
                // Also if no label is read after this.
                sessions.iter_mut().for_each(|session| say_refused(session.notices(), language));
                // There is one at least.
                let first = Box::new(sessions.remove(0));
                Ok(Opener::Device(first, sessions))
            }
            ScanKey::Grant { file, trust, day } => {
                let grant = Box::new(trust.grant(file, language)?);
                warn(language.of(text::NO_LOG_KEPT));
                Ok(Opener::Grant { grant, day: *day, buffer: Box::default() })
            }
        }
    }

    /// Opens one label and prints what came of it; whether it opened.
    fn open(&self, scan: &Scanned<'_>, text: &str, opener: &mut Opener) -> Result<bool, Failure> {
        let want = self.want;
        match opener {
            Opener::Grant { grant, day, buffer } => {
                let opened = Verifier::new(&grant.nodes, *day).open(text.as_bytes(), want, buffer);
                let result = match opened {
                    Ok(record) => {
                        // A code that was moved to another parcel.
                        let moved =
                            scan.printed.is_some_and(|printed| printed != &*record.header.waybill.text());
                        let outcome = if moved { "moved" } else { "opened" };
                        say(&scan.record(outcome, &record, None))?;
                        Ok(!moved)
                    }
                    Err(refusal) => {
                        say(&scan.refused("refused", refusal.name(), scan.language.refusal(refusal)))?;
                        Ok(false)
                    }
                };
                buffer.wipe();
                result
            }
            Opener::Device(session, others) => {
                let attempt =
                    Attempt::new(text).with_purpose(self.purpose).with_printed(scan.printed).with_want(want);
                let outcome =
                    Session::choose(session, others, &attempt).and_then(|()| session.scan(&attempt));
                let outcome = match outcome {
                    Ok(outcome) => outcome,
                    Err(error) => {
                        say_refused(session.notices(), scan.language);
                        return Err(Failure::key(language::outcome::said(&error, scan.language)));
                    }
                };
                let opened = if let ScanOutcome::Opened { record, times, left, .. } = &outcome {
                    say(&scan.record("opened", record, Some((*times, *left))))?;
                    true
                } else {
                    let advice =
                        language::outcome::told(&outcome, scan.language).map_or("", |(_, advice)| advice);
                    let kind = if let ScanOutcome::Moved = outcome { "moved" } else { "refused" };
                    say(&scan.refused(kind, outcome.name(), advice))?;
                    false
                };
                session.conceal();
                say_refused(session.notices(), scan.language);
                Ok(opened)
            }
        }
    }
}

/// One line of the table: outcome, waybill, name, phone, and the rest.
pub fn row(outcome: &str, waybill: &str, name: &str, phone: &str, rest: &str) -> String {
    let line =
        [pad(outcome, 16), pad(waybill, 20), pad(name, 12), pad(phone, 16), rest.to_owned()].join("  ");
    line.trim_end().to_owned()
}

/// One code of one picture.
struct Scanned<'a> {
    file: &'a str,
    handle: Option<Handle>,
    /// The waybill that the label claims.
    claimed: &'a str,
    printed: Option<&'a str>,
    json: bool,
    language: Language,
}

impl Scanned<'_> {
    pub fn value(&self, outcome: &str) -> Value {
        let handle = self.handle.map_or_else(String::new, |handle| handle.printed().to_string());
        json!({"file": self.file, "outcome": outcome, "handle": handle})
    }

    /// A record, and of a device which opening of the label it is, and what the budget leaves.
    pub fn record(&self, outcome: &str, opened: &Opened<'_>, counted: Option<(u32, Option<u32>)>) -> String {
        let waybill = opened.header.waybill.text();
        if self.json {
            let mut value = self.value(outcome);
            value["waybill"] = json!(&*waybill);
            value["day"] = json!(opened.day.to_string());
            value["bar_code"] = json!(match self.printed {
                Some(printed) if printed == &*waybill => "same",
                Some(_) => "other",
                None => "not_compared",
            });
            if let Some(delivery) = &opened.delivery {
                value["delivery"] = json!({
                    "name": delivery.name,
                    "country": delivery.country.as_str(),
                    "postcode": delivery.postcode,
                    "division": division_of(delivery),
                    "street": delivery.street,
                    "detail": delivery.detail,
                    "note": delivery.note,
                });
            }
            if let Some(contact) = &opened.contact {
                value["contact"] = json!({
                    "phone": contact.phone,
                    "tel": PhoneNumber::of(contact.phone).tel().to_string(),
                    "sender_phone": contact.sender_phone,
                    "sender_name": contact.sender_name,
                });
            }
            if !opened.skipped.is_empty() {
                let kinds = |skipped: EntryKinds| skipped.iter().collect::<Vec<_>>();
                value["skipped"] = json!({"delivery": kinds(opened.skipped.delivery), "contact": kinds(opened.skipped.contact)});
            }
            if let Some((times, left)) = counted {
                value["times"] = json!(times);
                value["left"] = json!(left);
            }
            return value.to_string();
        }
        let delivery = opened.delivery.as_ref();
        let note = delivery.map(|delivery| delivery.note).filter(|note| !note.is_empty());
        let alarm = match outcome {
            "moved" => self.language.of(text::ALARM_MOVED),
            _ if self.printed.is_none() => self.language.of(text::NOT_COMPARED),
            _ => "",
        };
        let skipped = if opened.skipped.is_empty() { "" } else { self.language.of(text::ENTRIES_SKIPPED) };
        row(
            outcome,
            &waybill,
            delivery.map_or("", |delivery| delivery.name),
            &opened.contact.as_ref().map_or_else(String::new, |contact| dialled(contact.phone)),
            &[
                delivery.map(address).unwrap_or_default(),
                note.map(|note| format!("[{note}]")).unwrap_or_default(),
                alarm.to_owned(),
                skipped.to_owned(),
            ]
            .join(" "),
        )
    }

    pub fn refused(&self, outcome: &str, refusal: &str, advice: &str) -> String {
        if self.json {
            let mut value = self.value(outcome);
            value["refusal"] = json!(refusal);
            value["advice"] = json!(advice);
            value.to_string()
        } else {
            row(refusal, self.claimed, "", "", advice)
        }
    }
}
