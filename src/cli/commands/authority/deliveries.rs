//! `wayseal authority deliveries`: whether the delivery codes of logs are those that the recipients were sent.

use crate::cli::columns::pad;
use crate::cli::commands::log::verified::verified;
use crate::cli::console::{say, warn};
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::deliveries as text;
use crate::cli::settings::authority::deliveries::DeliveriesPlan;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use wayseal::authority::deliveries::{CodeVerdict, LoggedDeliveries, LoggedSignOff};
use wayseal::authority::report::CodeCounts;
use wayseal::files::{self, Access};

impl DeliveriesPlan {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        let auditor = self.auditor.key(language)?;
        let root = self.place.open(language)?;
        let (logs, mut failed) = verified(&self.logs, &self.auditor, &auditor, language);
        for log in logs.iter().filter(|log| !log.damage.is_empty()) {
            // Its sign-offs are judged as they stand; who altered a log can have altered them.
            failed = true;
            warn(&format!("wayseal: {}", text::damaged(language, &log.device, log.damage.len())));
        }
        let deliveries = LoggedDeliveries::of(&logs, self.desks);
        let mut counts: BTreeMap<&str, CodeCounts> = BTreeMap::new();
        let mut lines = String::new();
        for sign_off in &deliveries.sign_offs {
            let verdict = deliveries.judge(root.roots(), sign_off, self.day).unwrap_or_else(|error| {
                failed = true;
                warn(&format!("wayseal: {}: {}", sign_off.handle.printed(), language.issue(&error)));
                CodeVerdict::Unknown
            });
            counts.entry(&sign_off.device).or_default().add(verdict);
            lines.push_str(&line(sign_off, verdict).to_string());
            lines.push('\n');
        }
        if let Some(path) = &self.output {
            files::write(path, lines.as_bytes(), Access::Owner)
                .map_err(|error| Failure::output(language.file(&error)))?;
        }
        if self.json {
            if !lines.is_empty() {
                say(lines.trim_end())?;
            }
        } else {
            let row = |cells: [String; 5]| {
                let [device, rest @ ..] = cells;
                let rest: String = rest.iter().map(|cell| pad(cell, 11)).collect();
                say(format!("{}{rest}", pad(&device, 20)).trim_end())
            };
            row(text::HEADS.map(|head| language.of(head).to_owned()))?;
            for (device, counts) in &counts {
                let [right, wrong, none, unknown] =
                    CodeVerdict::ALL.map(|verdict| counts.of(verdict).to_string());
                row([(*device).to_owned(), right, wrong, none, unknown])?;
            }
        }
        Ok(u8::from(failed))
    }
}

/// A sign-off and its verdict, without its code.
fn line(sign_off: &LoggedSignOff, verdict: CodeVerdict) -> Value {
    let handle = sign_off.handle.printed().to_string();
    let waybill = sign_off.header.as_ref().map(|header| header.waybill.to_string());
    json!({
        "device": sign_off.device, "operator": sign_off.operator, "time": sign_off.time, "handle": handle,
        "waybill": waybill, "verdict": verdict.name(),
    })
}
