//! Lines that a wedge scanner typed, for commands that take label after label from the standard input.

use super::bar_codes::BarCodes;
use super::pictures::claimed;
use std::time::Instant;
use wayseal::read::wedge::{self, Burst, WedgeDamage, WedgeError};

/// What a line was.
pub enum LabelLine {
    /// A label's QR code, and the bar code that belongs to it, if one does.
    Label { text: String, damage: WedgeDamage, printed: Option<String> },
    /// A bar code alone; whether it repeats the number of the label before it. Otherwise it waits for its QR code.
    BarCode { number: String, is_own: bool },
    /// No label. The text is logged as an attempt.
    Other { text: String, error: WedgeError },
}

/// The lines of one run.
#[derive(Default)]
pub struct LabelLines {
    bar_codes: BarCodes,
}

impl LabelLines {
    /// Takes a line that came at a time; `None` if it is blank.
    pub fn take(&mut self, line: &str, at: Instant) -> Option<LabelLine> {
        if line.trim().is_empty() {
            return None;
        }
        Some(match wedge::burst(line) {
            Ok(Burst::Label { text, damage, bar_code }) => {
                let waybill = claimed(&text);
                let printed = self.bar_codes.beside(&waybill, damage, bar_code, at);
                LabelLine::Label { text, damage, printed }
            }
            Ok(Burst::BarCode(number)) => {
                let is_own = self.bar_codes.scanned(&number, at);
                LabelLine::BarCode { number, is_own }
            }
            Err(error) => LabelLine::Other { text: line.trim().to_owned(), error },
        })
    }
}
