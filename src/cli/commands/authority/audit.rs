//! `wayseal authority audit`: labels that no sealer made.

use crate::cli::console::{say, warn};
use crate::cli::failure::Failure;
use crate::cli::language::audit as text;
use crate::cli::language::{Language, failure};
use crate::cli::pictures;
use crate::cli::settings::authority::audit::AuditPlan;
use crate::cli::settings::resolved::TEXT_MAX;
use crate::cli::tenants_file::Tenants;
use serde_json::{Value, json};
use std::io::Read as _;
use std::path::PathBuf;
use wayseal::authority::audit::{AuditError, Finding, MadeBy, examine};
use wayseal::authority::custody::Authority as Root;
use wayseal::error::Refusal;
use wayseal::files;
use wayseal::keys::{Day, Generation};
use wayseal::payload::Payload;

/// What came of one label.
pub struct AuditOutcome {
    at: String,
    payload: Option<Payload>,
    found: Result<Finding, AuditError>,
}

impl AuditPlan {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        let texts = texts_of(&self.labels, language)?;
        let tenants = match &self.tenants {
            Some(path) => Tenants::load(path, language)?,
            None => Tenants::default(),
        };
        let root = self.place.open(language)?;
        let (mut made, mut false_ones, mut unread) = (0, 0, 0);
        for (at, text) in texts {
            let outcome = look(&root, at, &text, self.day, &tenants);
            match &outcome.found {
                Ok(Finding { made: MadeBy::BySealer, .. }) => made += 1,
                Ok(_) | Err(AuditError::Label(Refusal::Tampered)) => false_ones += 1,
                Err(_) => unread += 1,
            }
            if self.json {
                say(&outcome.json(&tenants).to_string())?;
            } else if let Some(line) = outcome.line(&tenants, language) {
                say(&line)?;
            }
        }
        if !self.json {
            say(&format!(
                "{} {made}, {} {false_ones}, {} {unread}",
                language.of(text::MADE_BY_SEALER),
                language.of(text::MADE_BY_NO_SEALER),
                language.of(text::NOT_EXAMINED)
            ))?;
        }
        Ok(u8::from(false_ones + unread > 0))
    }
}

/// The texts of labels in pictures, folders of them and files of texts, each with its place; an empty text stands for what was not read.
pub fn texts_of(labels: &[PathBuf], language: Language) -> Result<Vec<(String, String)>, Failure> {
    let mut texts = Vec::new();
    let (lists, images): (Vec<_>, Vec<_>) = labels.iter().cloned().partition(|path| {
        path.as_os_str() == "-" || path.extension().is_some_and(|ending| ending == "txt" || ending == "jsonl")
    });
    for path in lists {
        let bytes = if path.as_os_str() == "-" {
            let mut bytes = Vec::new();
            let read = std::io::stdin().lock().take(TEXT_MAX).read_to_end(&mut bytes);
            read.map_err(|error| {
                Failure::input(failure::cannot_read(
                    language,
                    language.of(failure::STANDARD_INPUT),
                    language.system(&error),
                ))
            })?;
            bytes
        } else {
            files::read(&path, TEXT_MAX).map_err(|error| Failure::input(language.file(&error)))?
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
    let named = pictures::list(&images, language)?;
    let mut left_out = named.left_out;
    for path in named.files {
        let at = path.display().to_string();
        match pictures::read(&path) {
            Ok(read) => {
                texts.extend(read.labels.into_iter().map(|(text, _)| (at.clone(), text)));
                left_out.extend(read.left_out.into_iter().map(|error| (path.clone(), error)));
            }
            Err(error) => left_out.push((path, error)),
        }
    }
    for (path, error) in left_out {
        let at = path.display().to_string();
        warn(&format!("wayseal: {at}: {}", language.no_code(&error)));
        texts.push((at, String::new()));
    }
    Ok(texts)
}

pub fn look(root: &Root, at: String, text: &str, day: Day, tenants: &Tenants) -> AuditOutcome {
    let payload = match Payload::parse(text.as_bytes()) {
        Ok(payload) => payload,
        Err(refusal) => return AuditOutcome { at, payload: None, found: Err(AuditError::Label(refusal)) },
    };
    // The newest of the roots that share the label's bit.
    let bit = payload.header().generation;
    let own = root.roots().iter().find(|root| Generation::from(root.number()) == bit);
    let found = own
        .ok_or(AuditError::Label(Refusal::OtherGeneration))
        .and_then(|root| examine(root, &payload, day, tenants.numbers()));
    AuditOutcome { at, payload: Some(payload), found }
}

impl AuditOutcome {
    pub fn json(&self, tenants: &Tenants) -> Value {
        let mut value = json!({"file": self.at});
        if let Some(payload) = &self.payload {
            value["handle"] = json!(payload.handle().printed().to_string());
            value["waybill"] = json!(payload.header().waybill.to_string());
        }
        match &self.found {
            Ok(finding) => {
                value["made"] = json!(match finding.made {
                    MadeBy::BySealer => "by_sealer",
                    MadeBy::ByNoSealer => "by_no_sealer",
                    MadeBy::ContactBroken => "contact_broken",
                });
                value["sealer"] = json!(finding.sealer.number());
                value["day"] = json!(finding.day.to_string());
                if let Some(tenant) = finding.tenant {
                    value["tenant"] = json!(tenant.number());
                    value["tenant_name"] = json!(tenants.name(tenant));
                }
            }
            Err(AuditError::Label(refusal)) => value["refusal"] = json!(refusal.name()),
            Err(error) => value["error"] = json!(error.to_string()),
        }
        value
    }

    /// Nothing of a label that its sealer made for itself.
    pub fn line(&self, tenants: &Tenants, language: Language) -> Option<String> {
        let claims = self.payload.as_ref().map_or_else(String::new, |payload| {
            format!("{} {}", payload.header().waybill, payload.handle().printed())
        });
        let said = match &self.found {
            Ok(Finding { made: MadeBy::BySealer, sealer, tenant, .. }) => {
                let tenant = (*tenant)?;
                let name = tenants.name(tenant).unwrap_or_default();
                text::for_tenant(language, sealer.number(), tenant.number(), name).trim_end().to_owned()
            }
            Ok(Finding { made: MadeBy::ByNoSealer, sealer, .. }) => format!(
                "{} {}; {}",
                language.of(text::NAMES_SEALER),
                sealer.number(),
                language.of(text::FORGED)
            ),
            Ok(Finding { made: MadeBy::ContactBroken, sealer, .. }) => format!(
                "{} {}; {}",
                language.of(text::NAMES_SEALER),
                sealer.number(),
                language.of(text::CONTACT_ALTERED)
            ),
            Err(error) => language.audit(error),
        };
        Some(format!("{}  {claims}  {said}", self.at))
    }
}
