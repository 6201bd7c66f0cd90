//! What a courier collects, and who pays for the carriage: printed, since it is of no person.

use std::fmt;

/// What a label says of payment; the default says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Payment {
    /// To be collected from the recipient for the sender (cash on delivery).
    pub collect: Option<Amount>,
    /// Who pays for the carriage.
    pub terms: Option<FreightTerms>,
    /// The declared value.
    pub declared: Option<Amount>,
}

impl Payment {
    /// Whether it says nothing.
    #[must_use]
    pub const fn is_nothing(&self) -> bool {
        self.collect.is_none() && self.terms.is_none() && self.declared.is_none()
    }
}

/// Who pays for the carriage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FreightTerms {
    /// The recipient, to the courier.
    Collect,
    /// The sender has paid.
    Prepaid,
    /// An account of the sender.
    Account,
}

impl FreightTerms {
    /// Its name in files of payloads.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Collect => "collect",
            Self::Prepaid => "prepaid",
            Self::Account => "account",
        }
    }
}

/// An amount of money: a currency and digits, and nothing else, so that no other text can be printed as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    currency: [u8; 3],
    /// Digits, and `.` with two or three more.
    digits: String,
}

/// The most digits before the point; a phone number has more.
const DIGITS_MAX: usize = 9;

impl Amount {
    /// From three capital letters (ISO 4217), and digits with or without a point and at most three more; `None` for anything
    /// else.
    #[must_use]
    pub fn new(currency: [u8; 3], digits: &str) -> Option<Self> {
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let all = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let valid = currency.iter().all(u8::is_ascii_uppercase)
            && (1..=DIGITS_MAX).contains(&whole.len())
            && part.len() <= 3
            && (part.is_empty() != digits.contains('.'))
            && all(whole)
            && all(part);
        let whole = whole.trim_start_matches('0');
        let whole = if whole.is_empty() { "0" } else { whole };
        let part = match part.len() {
            0 => String::new(),
            1 => format!(".{part}0"),
            _ => format!(".{part}"),
        };
        valid.then(|| Self { currency, digits: format!("{whole}{part}") })
    }

    /// Whether it is nothing.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.digits.bytes().all(|byte| matches!(byte, b'0' | b'.'))
    }

    /// The three letters of the currency.
    #[must_use]
    pub fn currency(&self) -> &str {
        std::str::from_utf8(&self.currency).unwrap_or_default()
    }

    /// The digits.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.digits
    }
}

/// As printed: `¥299.00`, or `USD 12.50`.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.currency() {
            "CNY" => write!(f, "¥{}", self.digits),
            other => write!(f, "{other} {}", self.digits),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_digits_of_a_currency_and_no_other_text() {
        let printed = |digits| Amount::new(*b"CNY", digits).map(|amount| amount.to_string());
        assert_eq!(printed("299").as_deref(), Some("¥299"));
        assert_eq!(printed("0299.5").as_deref(), Some("¥299.50"));
        assert_eq!(Amount::new(*b"KWD", "1.250").unwrap().to_string(), "KWD 1.250");
        for digits in ["", ".", ".5", "1.", "-1", "1.2345", "13812345678", "1,000", "１", "1e3"] {
            assert_eq!(printed(digits), None, "{digits}");
        }
        assert_eq!(Amount::new(*b"cny", "1"), None);
        assert!(
            Amount::new(*b"CNY", "0.00").unwrap().is_zero()
                && !Amount::new(*b"CNY", "0.01").unwrap().is_zero()
        );
    }
}
