//! What the command says of a folder: lines for people, or JSON events.

use super::inbox::Skip;
use crate::cli::console::{say, warn};
use crate::cli::failure::Failure;
use crate::cli::language::watch as text;
use crate::cli::language::{Bilingual, Language};
use serde_json::{Value, json};

/// Where reports go.
#[derive(Clone, Copy)]
pub struct Reporter {
    pub language: Language,
    pub json: bool,
}

impl Reporter {
    /// An event for machines; for people its line, if it has one.
    pub fn tell(self, event: &Value, line: Option<&str>) -> Result<(), Failure> {
        match line {
            _ if self.json => say(&event.to_string()),
            Some(line) => say(line),
            None => Ok(()),
        }
    }

    /// A file that is not taken, or not yet.
    pub fn skipped(self, file: &str, skip: Skip) -> Result<(), Failure> {
        let (name, why) = said(skip);
        let why = self.language.of(why);
        let event = json!({"event": "skipped", "file": file, "reason": name, "error": why});
        self.tell(&event, Some(&format!("{file}: {why}")))
    }

    /// What went wrong, on the standard error for people.
    pub fn wrong(self, event: &Value, line: &str) -> Result<(), Failure> {
        if self.json {
            return say(&event.to_string());
        }
        warn(line);
        Ok(())
    }
}

/// The name of a reason in events, and its text.
const fn said(skip: Skip) -> (&'static str, Bilingual) {
    match skip {
        Skip::Link => ("link", text::LINK),
        Skip::Kind => ("kind", text::KIND),
        Skip::SecondName => ("second_name", text::SECOND_NAME),
        Skip::Name => ("name", text::NAME),
        Skip::Unfinished => ("unfinished", text::UNFINISHED),
        Skip::Ending => ("ending", text::ENDING),
        Skip::Open => ("open", text::OPEN),
        Skip::Growing => ("growing", text::STILL_GROWING),
    }
}
