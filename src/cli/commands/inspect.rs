//! `wayseal inspect`: what anyone can read from a label.

use crate::cli::arguments::inspect::InspectArgs;
use crate::cli::clock::today;
use crate::cli::console::say;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::pictures;
use serde_json::json;
use wayseal::keys::Day;
use wayseal::payload::Payload;

impl InspectArgs {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        let today = self.day.map_or_else(|| today(language), Ok)?;
        let mut failed = false;
        for path in pictures::list(&self.pictures, language)? {
            match pictures::read(&path) {
                Ok((_, texts)) => {
                    for text in texts {
                        self.show(&path.display().to_string(), &text, today)?;
                    }
                }
                Err(error) => {
                    failed = true;
                    if self.json {
                        say(&json!({"file": path.display().to_string(), "error": error.to_string()})
                            .to_string())?;
                    } else {
                        eprintln!("{}: {}", path.display(), language.no_code(&error));
                    }
                }
            }
        }
        Ok(u8::from(failed))
    }

    pub fn show(&self, file: &str, text: &str, today: Day) -> Result<(), Failure> {
        let Ok(payload) = Payload::parse(text.as_bytes()) else { return Ok(()) };
        let header = payload.header();
        let layout = payload.layout();
        let day = header.day(today).map_or_else(String::new, |day| day.to_string());
        if self.json {
            return say(&json!({
                "file": file,
                "text": text,
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
        say(&format!("  handle      {}", payload.handle().printed()))?;
        say(&format!("  waybill     {}", header.waybill))?;
        say(&format!("  sealed on   {day}"))?;
        say(&format!("  station     region {}, site {}", header.region.number(), header.site.number()))?;
        say(&format!("  sealer      {:06x}, an alias of this station and day", header.alias.number()))?;
        say(&format!(
            "  sealed      {} bytes of delivery, {} of contact; {} in all",
            layout.delivery.len(),
            layout.contact.len(),
            payload.bytes().len()
        ))?;
        say(&format!("  text        {text}"))
    }
}
