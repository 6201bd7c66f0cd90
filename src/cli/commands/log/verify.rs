//! `wayseal log verify`: checks logs, and names the entries that were deleted, inserted, moved or edited.

use super::auditor_folder::named;
use crate::cli::commands::log::handed::Handed;
use crate::cli::console::say;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::damage::said;
use crate::cli::language::log as text;
use crate::cli::settings::log::VerifyPlan;
use serde_json::json;
use wayseal::device::log::verify::Verified;

/// Lines of damage that are printed of one log.
const SHOWN: usize = 20;

impl VerifyPlan {
    pub fn run(&self, language: Language) -> Result<u8, Failure> {
        let auditor = self.desk.key(language)?;
        let mut failed = false;
        for path in &self.logs {
            let file = path.display().to_string();
            let checked = Handed::read(path, language).and_then(|handed| {
                let device = wayseal::device::log::verify::device(&handed.log)
                    .map_err(|error| Failure::input(format!("{file}: {}", language.log(&error))))?;
                named(&device, language)?;
                let last = self.desk.head(&device, &auditor, language)?;
                auditor
                    .verify(&handed.log, last.as_ref())
                    .map_err(|error| Failure::input(language.log(&error)))
            });
            match checked {
                Ok(verified) => {
                    failed |= !verified.damage.is_empty();
                    self.report(&file, &verified, language)?;
                }
                // The other logs are still checked.
                Err(failure) => {
                    failed = true;
                    say(&if self.json {
                        json!({"file": file, "outcome": "unread", "error": failure.message(language)})
                            .to_string()
                    } else {
                        failure.message(language)
                    })?;
                }
            }
        }
        Ok(u8::from(failed))
    }

    fn report(&self, file: &str, verified: &Verified, language: Language) -> Result<(), Failure> {
        let (device, count, damage) = (&verified.device, verified.count, &verified.damage);
        if self.json {
            let damage: Vec<_> = damage.iter().map(ToString::to_string).collect();
            let outcome = if damage.is_empty() { "whole" } else { "damaged" };
            let value = json!({
                "file": file, "outcome": outcome, "device": device, "entries": count, "damage": damage,
            });
            return say(&value.to_string());
        }
        if damage.is_empty() {
            let whole = language.of(text::ENTRIES_WHOLE);
            return say(&format!("{file}: {device}: {count} {whole}"));
        }
        for damage in damage.iter().take(SHOWN) {
            say(&format!("{file}: {device}: {}", said(damage, language)))?;
        }
        if damage.len() > SHOWN {
            let more = language.of(text::MORE_JSON_PRINTS_ALL);
            say(&format!("{file}: {device}: {} {more}", damage.len() - SHOWN))?;
        }
        Ok(())
    }
}
