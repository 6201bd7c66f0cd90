//! What a printer was handed, label by label.

use crate::cli::language::Language;
use crate::cli::language::seal as text;
use wayseal::payload::Waybill;

/// How far a printer is.
#[derive(Default)]
pub struct Sent {
    /// Labels handed over whole.
    whole: u64,
    last: Option<Waybill>,
    /// The one that is handed over.
    next: Option<Waybill>,
}

impl Sent {
    /// Notes that a label is handed over next: those before it were whole.
    pub fn next(&mut self, waybill: Waybill) {
        if let Some(last) = self.next.replace(waybill) {
            self.last = Some(last);
            self.whole += 1;
        }
    }

    /// What to say if the printer broke off.
    pub fn broken(&self, language: Language) -> String {
        let Some(next) = &self.next else {
            return language.of(text::NO_LABEL_WAS_PRINTED).to_owned();
        };
        match &self.last {
            None => text::none_handed_over(language, next),
            Some(last) => text::handed_over(language, self.whole, last, next),
        }
    }

    /// What to say if the batch was stopped between two labels.
    pub fn stopped(&self, language: Language) -> String {
        match &self.next {
            None => language.of(text::NO_LABEL_WAS_PRINTED).to_owned(),
            Some(last) => text::stopped_after(language, self.whole + 1, last),
        }
    }
}
