//! `wayseal scan`: labels to records, with a device's state or a grant alone.

use super::config::Config;
use super::failure::Failure;
use super::language::Language;
use super::{courier, pictures, say, today};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use wayseal::device::session::{Attempt, Outcome, Session};
use wayseal::keys::Day;
use wayseal::payload::Handle;
use wayseal::payload::Payload;
use wayseal::read::frames::Frames;
use wayseal::record::{Delivery, Division, division};
use wayseal::signed::grant::{Grant, Purpose};
use wayseal::verifier::{Buffer, Opened, Verifier, Want};

/// Frames without a label after which it is out of sight: a second or more of video.
const OUT_OF_SIGHT: u64 = 45;
/// Frames in which the bar code beside a label is looked for until one shows it.
const LOOKS: u32 = 15;

/// With `--state` every attempt is on the device's log before its record is printed, and the grant's purposes and
/// budget hold. With `--grant` alone nothing is logged: for tests and for desks that keep their own record.
#[derive(Args)]
pub struct Scan {
    /// Pictures of labels, folders of them, or - for standard input
    #[arg(required_unless_present = "frames")]
    pictures: Vec<PathBuf>,
    /// Standard input is a video, JPEG after JPEG, as `ffmpeg -f v4l2 -i /dev/video0 -c copy -f mjpeg -` writes it
    #[arg(long, conflicts_with = "pictures")]
    frames: bool,
    /// A device's state folder: grants, log, budget
    #[arg(long, value_name = "FOLDER", required_unless_present = "grant", conflicts_with_all = ["grant", "authority", "day"])]
    state: Option<PathBuf>,
    /// What the labels are opened for: deliver, return, relabel, enquiry
    #[arg(long = "for", value_name = "PURPOSE", default_value = "deliver", value_parser = purpose, requires = "state")]
    purpose: Purpose,
    /// A scanner's grant, without a log
    #[arg(long, value_name = "FILE")]
    grant: Option<PathBuf>,
    /// The authority's public key
    #[arg(long, value_name = "FILE")]
    authority: Option<PathBuf>,
    /// The identity that opens a grant sealed to this device
    #[arg(long, value_name = "FILE")]
    identity: Option<PathBuf>,
    /// What to open: whatever the grant reaches, or a tier that it must reach
    #[arg(long, value_enum, default_value = "held")]
    want: Tiers,
    /// Print JSON lines
    #[arg(long)]
    json: bool,
    /// The day of scanning, such as 2026-11-24; today if not given
    #[arg(long)]
    day: Option<Day>,
}

fn purpose(name: &str) -> Result<Purpose, String> {
    name.parse().map_err(|_| "not a purpose; they are deliver, return, relabel, enquiry".to_owned())
}

#[derive(Clone, Copy, ValueEnum)]
enum Tiers {
    Held,
    Delivery,
    Contact,
    Both,
}

/// A label that a camera sees.
struct Sight {
    /// The frame in which it was read last.
    last: u64,
    /// In how many more its bar code is looked for.
    looks: u32,
}

/// What opens labels.
enum Opener {
    /// A device: it logs, counts and refuses.
    Device(Box<Session>),
    /// A grant alone.
    Grant { grant: Box<Grant>, day: Day, buffer: Box<Buffer> },
}

impl Scan {
    pub fn run(self, config: &Config, language: Language) -> Result<u8, Failure> {
        let mut opener = self.opener(config, language)?;
        let mut failed = false;
        if !self.json {
            let [outcome, waybill, name, phone, rest] = match language {
                Language::En => ["OUTCOME", "WAYBILL", "NAME", "PHONE", "ADDRESS [NOTE], OR WHAT TO DO"],
                Language::Zh => ["结果", "运单号", "姓名", "电话", "地址 [备注]，或下一步"],
            };
            say(&row(outcome, waybill, name, phone, rest))?;
        }
        if self.frames {
            return self.watch(&mut opener, language);
        }
        for path in pictures::list(&self.pictures)? {
            let file = path.display().to_string();
            let (picture, texts) = match pictures::read(&path) {
                Ok(read) => read,
                Err(error) => {
                    failed = true;
                    let line = if self.json {
                        json!({"file": file, "outcome": "unread", "error": error.to_string()}).to_string()
                    } else {
                        row("unread", "", "", "", &format!("{file}: {}", language.no_code(&error)))
                    };
                    say(&line)?;
                    continue;
                }
            };
            for (text, printed) in texts.iter().zip(pictures::printed(&picture, &texts)) {
                failed |= !self.claim(&file, printed.as_deref(), text, &mut opener, language)?;
            }
        }
        Ok(u8::from(failed))
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
            let Some(reads) = reads.map_err(|error| Failure::input(format!("-: {error}")))? else { break };
            let (now, _) = frames.counts();
            in_sight.retain(|_, sight| now - sight.last <= OUT_OF_SIGHT);
            let texts = reads.into_iter().map(|read| read.text).collect::<Vec<_>>();
            let looks = texts.iter().any(|text| in_sight.get(text).is_none_or(|sight| sight.looks > 0));
            let printed = match frames.picture().filter(|_| looks) {
                // A label that was read a moment ago may show its bar code alone: it is nobody else's.
                Some(picture) => {
                    let beside = in_sight.keys().filter(|text| !texts.contains(text)).cloned();
                    pictures::printed(picture, &texts.iter().cloned().chain(beside).collect::<Vec<_>>())
                }
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
            eprintln!(
                "{}",
                match language {
                    Language::En =>
                        format!("wayseal: {seen} frames, {damaged} of them damaged, {opened} labels"),
                    Language::Zh => format!("wayseal：共 {seen} 帧，其中 {damaged} 帧损坏，{opened} 张面单"),
                }
            );
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

    fn opener(&self, config: &Config, language: Language) -> Result<Opener, Failure> {
        if let Some(state) = &self.state {
            return Ok(Opener::Device(Box::new(courier::open(state, language)?)));
        }
        let path = self.grant.as_deref().unwrap_or(Path::new("scanner.grant"));
        let (authority, identity) = (self.authority.as_deref(), self.identity.as_deref());
        let grant = Box::new(config.grant(path, authority, identity, language)?);
        let day = self.day.map_or_else(today, Ok)?;
        eprintln!(
            "{}",
            language.pick(
                "wayseal: --grant keeps no log; with --state every attempt is logged",
                "wayseal：--grant 不留记录；使用 --state 时每次尝试均有记录"
            )
        );
        Ok(Opener::Grant { grant, day, buffer: Box::default() })
    }

    const fn want(&self) -> Want {
        match self.want {
            Tiers::Held => Want::Held,
            Tiers::Delivery => Want::Delivery,
            Tiers::Contact => Want::Contact,
            Tiers::Both => Want::Both,
        }
    }

    /// Opens one label and prints what came of it; whether it opened.
    fn open(&self, scan: &Scanned<'_>, text: &str, opener: &mut Opener) -> Result<bool, Failure> {
        let want = self.want();
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
            Opener::Device(session) => {
                let attempt =
                    Attempt { purpose: self.purpose, printed: scan.printed, want, ..Attempt::new(text) };
                let outcome = session
                    .scan(&attempt)
                    .map_err(|error| Failure::key(courier::said(&error, scan.language)))?;
                let opened = if let Outcome::Opened { record, times, left, .. } = &outcome {
                    say(&scan.record("opened", record, Some((*times, *left))))?;
                    true
                } else {
                    let advice = courier::told(&outcome, scan.language).map_or("", |(_, advice)| advice);
                    let kind = if let Outcome::Moved = outcome { "moved" } else { "refused" };
                    say(&scan.refused(kind, outcome.name(), advice))?;
                    false
                };
                session.conceal();
                for (file, error) in session.notices() {
                    eprintln!("wayseal: {file}: {}", courier::said(&error, scan.language));
                }
                Ok(opened)
            }
        }
    }
}

/// One line of the table: outcome, waybill, name, phone, and the rest.
fn row(outcome: &str, waybill: &str, name: &str, phone: &str, rest: &str) -> String {
    // An ideograph is two columns wide.
    let pad = |text: &str, width: usize| {
        let used = unicode_width::UnicodeWidthStr::width(text);
        format!("{text}{}", " ".repeat(width.saturating_sub(used)))
    };
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
    fn value(&self, outcome: &str) -> Value {
        let handle = self.handle.map_or_else(String::new, |handle| handle.printed().to_string());
        json!({"file": self.file, "outcome": outcome, "handle": handle})
    }

    /// A record, and of a device which opening of the label it is, and what the budget leaves.
    fn record(&self, outcome: &str, opened: &Opened<'_>, counted: Option<(u32, Option<u32>)>) -> String {
        let waybill = opened.header.waybill.text();
        if self.json {
            let mut value = self.value(outcome);
            value["waybill"] = json!(&*waybill);
            value["day"] = json!(opened.day.to_string());
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
                    "sender_phone": contact.sender_phone,
                    "sender_name": contact.sender_name,
                });
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
            "moved" => self
                .language
                .pick("ALARM: the bar code is another waybill's", "警报：条码为另一运单，二维码可能被移贴"),
            _ => "",
        };
        row(
            outcome,
            &waybill,
            delivery.map_or("", |delivery| delivery.name),
            opened.contact.as_ref().map_or("", |contact| contact.phone),
            &[
                delivery.map(address).unwrap_or_default(),
                note.map(|note| format!("[{note}]")).unwrap_or_default(),
                alarm.to_owned(),
            ]
            .join(" "),
        )
    }

    fn refused(&self, outcome: &str, refusal: &str, advice: &str) -> String {
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

fn division_of(delivery: &Delivery<'_>) -> Value {
    match delivery.division {
        Division::Code(code) => {
            let [province, city, district] = division::names(code).unwrap_or_default();
            json!({"code": code.number(), "province": province, "city": city, "district": district})
        }
        Division::Names { province, city, district } => {
            json!({"province": province, "city": city, "district": district})
        }
    }
}

/// The address on one line.
pub fn address(delivery: &Delivery<'_>) -> String {
    let mut parts = Vec::new();
    match delivery.division {
        Division::Code(code) => match division::names(code) {
            Some(names) => parts.extend(names.map(str::to_owned)),
            // A newer table's code: the digits say as much to a sorter.
            None => parts.push(format!("{:06}", code.number())),
        },
        Division::Names { province, city, district } => {
            parts.extend([province, city, district].map(str::to_owned));
        }
    }
    parts.extend([delivery.street, delivery.detail, delivery.postcode].map(str::to_owned));
    parts.retain(|part| !part.is_empty());
    parts.dedup();
    parts.join(" ")
}
