//! The file of delivery codes: for each label its waybill number, its handle, and the code that its recipient is to be
//! sent.
//!
//! The file is its owner's alone. Sealed to an age recipient it is JSON Lines, each with an age file of its own, so that a
//! batch resumes after any label and the print room cannot read back what it wrote.

use super::output::FrameEntry;
use crate::signed::envelope;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use std::io;
use std::path::Path;
use zeroize::Zeroizing;

/// The first line of a CSV file of codes.
const HEADER: &str = "waybill,handle,code\r\n";

/// How codes are written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CodesForm {
    /// CSV with a header.
    Csv,
    /// A JSON object a line.
    Lines,
    /// A JSON object a line, with the code in an age file for this recipient.
    Sealed(String),
}

impl CodesForm {
    /// The form of a file by its name, for a recipient if there is one.
    #[must_use]
    pub fn new(path: &Path, recipient: Option<String>) -> Self {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        match recipient {
            Some(recipient) => Self::Sealed(recipient),
            None if ending.eq_ignore_ascii_case("jsonl") => Self::Lines,
            None => Self::Csv,
        }
    }

    /// What a file begins with.
    #[must_use]
    pub const fn header(&self) -> &'static str {
        match self {
            Self::Csv => HEADER,
            Self::Lines | Self::Sealed(_) => "",
        }
    }

    /// The line of a label; nothing if its code was not asked for.
    ///
    /// # Errors
    /// Errors of sealing.
    pub fn line(&self, label: &FrameEntry) -> io::Result<Zeroizing<String>> {
        let Some(code) = &label.code else { return Ok(Zeroizing::default()) };
        let (waybill, handle, code) = (label.waybill.text(), label.handle.printed(), code.text());
        // Nothing in waybills, handles, codes and base64 is escaped in CSV or JSON.
        let (waybill, handle) = (&*waybill, &*handle);
        let line = match self {
            Self::Csv => format!("{waybill},{handle},{code}\r\n"),
            Self::Lines => {
                format!("{{\"waybill\":\"{waybill}\",\"handle\":\"{handle}\",\"code\":\"{code}\"}}\n")
            }
            Self::Sealed(recipient) => {
                let sealed = envelope::seal(code.as_bytes(), recipient).map_err(io::Error::other)?;
                let sealed = STANDARD.encode(sealed);
                format!(
                    "{{\"waybill\":\"{waybill}\",\"handle\":\"{handle}\",\"code_sealed\":\"{sealed}\"}}\n"
                )
            }
        };
        Ok(Zeroizing::new(line))
    }
}
