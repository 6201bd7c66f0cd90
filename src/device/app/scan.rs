//! What is asked of a device with a label.

use crate::signed::grant::Purpose;
use crate::verifier::Want;

/// One scan.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct LabelScan<'a> {
    /// The text of the QR code.
    pub text: &'a str,
    /// The text of the label's bar code, if it was read.
    pub printed: Option<&'a str>,
    /// The purpose for which the label is opened.
    pub purpose: Purpose,
    /// Which sections to open.
    pub want: Want,
    /// Now by the device's clock, in seconds since 1970-01-01 UTC.
    pub now: u64,
}

impl<'a> LabelScan<'a> {
    /// A scan for delivery, of all sections that the keys reach, without a bar code.
    #[must_use]
    pub const fn new(text: &'a str, now: u64) -> Self {
        Self { text, printed: None, purpose: Purpose::Deliver, want: Want::Held, now }
    }

    /// With the text of the label's bar code, if it was read.
    #[must_use]
    pub const fn with_printed(self, printed: Option<&'a str>) -> Self {
        Self { printed, ..self }
    }

    /// The same for a purpose.
    #[must_use]
    pub const fn with_purpose(self, purpose: Purpose) -> Self {
        Self { purpose, ..self }
    }

    /// The same of some sections alone.
    #[must_use]
    pub const fn with_want(self, want: Want) -> Self {
        Self { want, ..self }
    }
}
