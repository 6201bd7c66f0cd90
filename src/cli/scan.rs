//! `wayseal scan`: labels to records, with a scanner's grant.

use super::config::Config;
use super::failure::Failure;
use super::language::Language;
use super::{pictures, say, today};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::path::PathBuf;
use wayseal::authority::grant::Grant;
use wayseal::error::Refusal;
use wayseal::keys::Day;
use wayseal::payload::Handle;
use wayseal::payload::Payload;
use wayseal::record::{Delivery, Division, division};
use wayseal::scanner::code128;
use wayseal::verifier::{Buffer, Verifier, Want};

#[derive(Args)]
pub struct Scan {
    /// Pictures of labels, folders of them, or - for standard input
    #[arg(required = true)]
    pictures: Vec<PathBuf>,
    /// The scanner's grant
    #[arg(long, value_name = "FILE")]
    grant: PathBuf,
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

#[derive(Clone, Copy, ValueEnum)]
enum Tiers {
    Held,
    Delivery,
    Contact,
    Both,
}

impl Scan {
    pub fn run(self, config: &Config, language: Language) -> Result<u8, Failure> {
        let grant =
            config.grant(&self.grant, self.authority.as_deref(), self.identity.as_deref(), language)?;
        let day = self.day.map_or_else(today, Ok)?;
        let want = match self.want {
            Tiers::Held => Want::Held,
            Tiers::Delivery => Want::Delivery,
            Tiers::Contact => Want::Contact,
            Tiers::Both => Want::Both,
        };
        let mut failed = false;
        let mut buffer = Buffer::new();
        if !self.json {
            let [outcome, waybill, name, phone, rest] = match language {
                Language::En => ["OUTCOME", "WAYBILL", "NAME", "PHONE", "ADDRESS [NOTE], OR WHAT TO DO"],
                Language::Zh => ["结果", "运单号", "姓名", "电话", "地址 [备注]，或下一步"],
            };
            say(&row(outcome, waybill, name, phone, rest))?;
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
            let printed = code128::read(&picture);
            for text in texts {
                let payload = Payload::parse(text.as_bytes()).ok();
                let claimed =
                    payload.as_ref().map(|payload| payload.header().waybill.text()).unwrap_or_default();
                let handle = payload.map(|payload| payload.handle());
                let scan = Scanned { file: &file, handle, claimed: &claimed, printed: printed.as_deref() };
                failed |= self.open(&scan, &text, &grant, day, want, &mut buffer, language)?;
                buffer.wipe();
            }
        }
        Ok(u8::from(failed))
    }

    /// Opens one label and prints what came of it; whether it failed.
    #[expect(clippy::too_many_arguments, reason = "what a scan is made of")]
    fn open(
        &self,
        scan: &Scanned<'_>,
        text: &str,
        grant: &Grant,
        day: Day,
        want: Want,
        buffer: &mut Buffer,
        language: Language,
    ) -> Result<bool, Failure> {
        let opened = match Verifier::new(&grant.nodes, day).open(text.as_bytes(), want, buffer) {
            Ok(opened) => opened,
            Err(refusal) => {
                say(&scan.refused(refusal, self.json, language))?;
                return Ok(true);
            }
        };
        let waybill = opened.header.waybill.text();
        // A code that was moved to another parcel.
        let moved = scan.printed.is_some_and(|printed| printed != &*waybill);
        if self.json {
            let mut value = scan.value(if moved { "moved" } else { "opened" });
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
            say(&value.to_string())?;
            return Ok(moved);
        }
        let delivery = opened.delivery.as_ref();
        let contact = opened.contact.as_ref();
        let note = delivery.map(|delivery| delivery.note).filter(|note| !note.is_empty());
        say(&row(
            if moved { "moved" } else { "opened" },
            &waybill,
            delivery.map_or("", |delivery| delivery.name),
            contact.map_or("", |contact| contact.phone),
            &[
                delivery.map(address).unwrap_or_default(),
                note.map(|note| format!("[{note}]")).unwrap_or_default(),
                if moved {
                    language
                        .pick(
                            "ALARM: the bar code is another waybill's",
                            "警报：条码为另一运单，二维码可能被移贴",
                        )
                        .to_owned()
                } else {
                    String::new()
                },
            ]
            .join(" "),
        ))?;
        Ok(moved)
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
}

impl Scanned<'_> {
    fn handle(&self) -> String {
        self.handle.map_or_else(String::new, |handle| handle.printed().to_string())
    }

    fn value(&self, outcome: &str) -> Value {
        json!({"file": self.file, "outcome": outcome, "handle": self.handle()})
    }

    fn refused(&self, refusal: Refusal, json: bool, language: Language) -> String {
        if json {
            let mut value = self.value("refused");
            value["refusal"] = json!(refusal.name());
            value["advice"] = json!(language.refusal(refusal));
            value.to_string()
        } else {
            row(refusal.name(), self.claimed, "", "", language.refusal(refusal))
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
