//! `wayseal inspect`: what anyone can read from a label. It opens nothing, so that it needs no keys and no settings.

use crate::cli::arguments::inspect::InspectArgs;
use crate::cli::clock::today;
use crate::cli::columns::pad;
use crate::cli::console::{say, warn};
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::inspect as text;
use crate::cli::pictures;
use serde_json::json;
use wayseal::keys::Day;
use wayseal::payload::Payload;

impl InspectArgs {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        let today = self.day.map_or_else(|| today(language), Ok)?;
        let mut failed = false;
        let named = pictures::list(&self.pictures, language)?;
        let mut left_out = Vec::new();
        for path in named.files {
            match pictures::read(&path) {
                Ok(read) => {
                    for (text, _) in read.labels {
                        self.show(&path.display().to_string(), &text, today, language)?;
                    }
                    left_out.extend(read.left_out.into_iter().map(|error| (path.clone(), error)));
                }
                Err(error) => left_out.push((path, error)),
            }
        }
        for (path, error) in left_out.into_iter().chain(named.left_out) {
            failed = true;
            if self.json {
                say(&json!({"file": path.display().to_string(), "error": error.to_string()}).to_string())?;
            } else {
                warn(&format!("{}: {}", path.display(), language.no_code(&error)));
            }
        }
        Ok(u8::from(failed))
    }

    fn show(&self, file: &str, code: &str, today: Day, language: Language) -> Result<(), Failure> {
        let Ok(payload) = Payload::parse(code.as_bytes()) else { return Ok(()) };
        let header = payload.header();
        let layout = payload.layout();
        let day = header.day(today).map_or_else(String::new, |day| day.to_string());
        if self.json {
            return say(&json!({
                "file": file,
                "text": code,
                "handle": &*payload.handle().printed(),
                "bytes": payload.bytes().len(),
                "generation_bit": header.generation.bit(),
                "day": day,
                "region": header.region.number(),
                "site": header.site.number(),
                "alias": header.alias.number(),
                "waybill": &*header.waybill.text(),
                "delivery_bytes": layout.delivery.len(),
                "contact_bytes": layout.contact.len(),
            })
            .to_string());
        }
        say(file)?;
        let alias = format!("{:06x}", header.alias.number());
        let (delivery, contact) = (layout.delivery.len(), layout.contact.len());
        let rows = [
            (text::HANDLE, payload.handle().printed().to_string()),
            (text::WAYBILL, header.waybill.to_string()),
            (text::SEALED_ON, day),
            (text::STATION, text::station(language, header.region.number(), header.site.number())),
            (text::SEALER, text::alias(language, alias)),
            (text::SEALED, text::sizes(language, delivery, contact, payload.bytes().len())),
            (text::TEXT, code.to_owned()),
        ];
        rows.into_iter()
            .try_for_each(|(name, value)| say(&format!("  {}{value}", pad(language.of(name), 12))))
    }
}
