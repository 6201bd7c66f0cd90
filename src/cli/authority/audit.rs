//! `wayseal authority audit`: labels that no sealer made.

use super::Place;
use crate::cli::config::{Config, TEXT_MAX};
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::{pictures, say, today};
use clap::Args;
use serde_json::{Value, json};
use std::io::Read as _;
use std::path::PathBuf;
use wayseal::authority::audit::{AuditError, Finding, Made, examine};
use wayseal::authority::custody::Authority as Root;
use wayseal::error::Refusal;
use wayseal::files;
use wayseal::keys::{Day, Generation};
use wayseal::payload::Payload;

#[derive(Args)]
pub struct Audit {
    #[command(flatten)]
    place: Place,
    /// Pictures of labels, folders of them, or texts of codes: .txt, .jsonl of `inspect --json`, - for these on
    /// standard input
    #[arg(required = true)]
    labels: Vec<PathBuf>,
    /// The day of the audit, such as 2026-11-24; today if not given
    #[arg(long)]
    day: Option<Day>,
    /// Print JSON lines
    #[arg(long)]
    json: bool,
}

/// What came of one label.
struct Outcome {
    at: String,
    payload: Option<Payload>,
    found: Result<Finding, AuditError>,
}

impl Audit {
    pub fn run(self, config: &Config, language: Language) -> Result<u8, Failure> {
        let day = self.day.map_or_else(today, Ok)?;
        let texts = self.texts(language)?;
        let root = self.place.open(config, language)?;
        let (mut made, mut false_ones, mut unread) = (0, 0, 0);
        for (at, text) in texts {
            let outcome = look(&root, at, &text, day);
            match &outcome.found {
                Ok(Finding { made: Made::BySealer, .. }) => made += 1,
                Ok(_) | Err(AuditError::Label(Refusal::Tampered)) => false_ones += 1,
                Err(_) => unread += 1,
            }
            if self.json {
                say(&outcome.json().to_string())?;
            } else if let Some(line) = outcome.line(language) {
                say(&line)?;
            }
        }
        if !self.json {
            say(&format!(
                "{} {made}, {} {false_ones}, {} {unread}",
                language.pick("made by the sealer named:", "确由所标打单方制作："),
                language.pick("made by no sealer:", "非任何打单方制作："),
                language.pick("not examined:", "未能检查：")
            ))?;
        }
        Ok(u8::from(false_ones + unread > 0))
    }

    fn texts(&self, language: Language) -> Result<Vec<(String, String)>, Failure> {
        let mut texts = Vec::new();
        let (lists, images): (Vec<_>, Vec<_>) = self.labels.iter().cloned().partition(|path| {
            path.as_os_str() == "-"
                || path.extension().is_some_and(|ending| ending == "txt" || ending == "jsonl")
        });
        for path in lists {
            let bytes = if path.as_os_str() == "-" {
                let mut bytes = Vec::new();
                let read = std::io::stdin().lock().take(TEXT_MAX).read_to_end(&mut bytes);
                read.map_err(|error| Failure::input(format!("cannot read standard input: {error}")))?;
                bytes
            } else {
                files::read(&path, TEXT_MAX).map_err(Failure::input)?
            };
            let lines = String::from_utf8_lossy(&bytes);
            for (at, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
                let text = match serde_json::from_str::<Value>(line) {
                    Ok(value) => value["text"].as_str().unwrap_or_default().to_owned(),
                    Err(_) => line.trim().to_owned(),
                };
                texts.push((format!("{}:{}", path.display(), at + 1), text));
            }
        }
        if images.is_empty() {
            return Ok(texts);
        }
        for path in pictures::list(&images)? {
            let at = path.display().to_string();
            match pictures::read(&path) {
                Ok((_, found)) => texts.extend(found.into_iter().map(|text| (at.clone(), text))),
                Err(error) => {
                    eprintln!("wayseal: {at}: {}", language.no_code(&error));
                    texts.push((at, String::new()));
                }
            }
        }
        Ok(texts)
    }
}

fn look(root: &Root, at: String, text: &str, day: Day) -> Outcome {
    let payload = match Payload::parse(text.as_bytes()) {
        Ok(payload) => payload,
        Err(refusal) => return Outcome { at, payload: None, found: Err(AuditError::Label(refusal)) },
    };
    // The newest of the roots that share the label's bit.
    let bit = payload.header().generation;
    let own = root.roots().iter().find(|root| Generation::from(root.number()) == bit);
    let found =
        own.ok_or(AuditError::Label(Refusal::OtherGeneration)).and_then(|root| examine(root, &payload, day));
    Outcome { at, payload: Some(payload), found }
}

impl Outcome {
    fn json(&self) -> Value {
        let mut value = json!({"file": self.at});
        if let Some(payload) = &self.payload {
            value["handle"] = json!(payload.handle().printed().to_string());
            value["waybill"] = json!(payload.header().waybill.to_string());
        }
        match &self.found {
            Ok(finding) => {
                value["made"] = json!(match finding.made {
                    Made::BySealer => "by_sealer",
                    Made::ByNoSealer => "by_no_sealer",
                    Made::ContactBroken => "contact_broken",
                });
                value["sealer"] = json!(finding.sealer.number());
                value["day"] = json!(finding.day.to_string());
            }
            Err(AuditError::Label(refusal)) => value["refusal"] = json!(refusal.name()),
            Err(error) => value["error"] = json!(error.to_string()),
        }
        value
    }

    /// Nothing of a label that is in order.
    fn line(&self, language: Language) -> Option<String> {
        let claims = self.payload.as_ref().map_or_else(String::new, |payload| {
            format!("{} {}", payload.header().waybill, payload.handle().printed())
        });
        let said = match &self.found {
            Ok(Finding { made: Made::BySealer, .. }) => return None,
            Ok(Finding { made: Made::ByNoSealer, sealer, .. }) => format!(
                "{} {}; {}",
                language.pick("names sealer", "标明打单方"),
                sealer.number(),
                language.pick(
                    "and was made or altered by a holder of its station's keys",
                    "实为持有该网点密钥者伪造或篡改"
                )
            ),
            Ok(Finding { made: Made::ContactBroken, sealer, .. }) => format!(
                "{} {}; {}",
                language.pick("names sealer", "标明打单方"),
                sealer.number(),
                language.pick("and its contact section was altered", "其联系方式部分被篡改")
            ),
            Err(AuditError::Label(refusal)) => {
                format!("{}: {}", refusal.name(), language.refusal(*refusal))
            }
            Err(AuditError::Issue(error)) => language.issue(error),
            Err(error) => error.to_string(),
        };
        Some(format!("{}  {claims}  {said}", self.at))
    }
}
