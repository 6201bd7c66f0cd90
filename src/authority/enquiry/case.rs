//! Why a label is opened, and by whom.

use super::error::{CASE_MAX, EnquiryError};

/// What an enquiry is for, in words: a case number, a complaint. It is the only text of the log that may say something personal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case(String);

impl Case {
    /// A text of 1 to [`CASE_MAX`] characters on one line.
    ///
    /// # Errors
    /// [`EnquiryError::Case`].
    pub fn new(text: &str) -> Result<Self, EnquiryError> {
        let text = text.trim();
        let fits = (1..=CASE_MAX).contains(&text.chars().count()) && !text.chars().any(char::is_control);
        fits.then(|| Self(text.to_owned())).ok_or(EnquiryError::Case)
    }

    pub(super) fn text(&self) -> &str {
        &self.0
    }
}

/// The officers who act together, by the names of their tokens or the numbers of their shares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Officers(Vec<String>);

impl Officers {
    /// Two officers or more.
    ///
    /// # Errors
    /// [`EnquiryError::Officers`] if fewer than two names differ.
    pub fn new(names: impl IntoIterator<Item = String>) -> Result<Self, EnquiryError> {
        // A name stands in a field of a line, among others.
        let plain = |name: String| name.replace(|c: char| c.is_control() || c == ';', "_");
        let mut names: Vec<String> = names.into_iter().map(plain).collect();
        names.sort_unstable();
        names.dedup();
        if names.len() < 2 { Err(EnquiryError::Officers) } else { Ok(Self(names)) }
    }

    pub(super) fn names(&self) -> &[String] {
        &self.0
    }
}
