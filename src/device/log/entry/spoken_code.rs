//! The delivery code that a courier was told, as an entry has it.

use crate::keys::DeliveryCode;
use std::fmt;

/// A delivery code that was told. Its recipient gave it away and the log has it in the clear, so that, other than a [`DeliveryCode`],
/// it may be copied with its entry; `Debug` does not show it either.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SpokenCode(u32);

impl SpokenCode {
    /// The code of a number as entries have it; `None` for one whose check digit is wrong.
    pub(super) fn read(number: u32) -> Option<Self> {
        DeliveryCode::parse(&Self(number).digits()).map(Self::from)
    }

    /// The number that its seven digits are.
    pub(super) const fn number(self) -> u32 {
        self.0
    }

    /// The seven digits.
    #[must_use]
    pub fn digits(self) -> String {
        format!("{:07}", self.0)
    }

    /// Whether it is this code.
    #[must_use]
    pub fn is(self, code: &DeliveryCode) -> bool {
        self.0 == number(code)
    }
}

impl From<DeliveryCode> for SpokenCode {
    fn from(code: DeliveryCode) -> Self {
        Self(number(&code))
    }
}

impl fmt::Debug for SpokenCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SpokenCode(..)")
    }
}

/// The number of a code's seven digits.
fn number(code: &DeliveryCode) -> u32 {
    code.text().bytes().fold(0, |number, digit| number * 10 + u32::from(digit - b'0'))
}
