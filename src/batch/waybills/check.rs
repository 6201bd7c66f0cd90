//! Rules by which carriers compute the check digit of a waybill number from the digits before it.

use std::str::FromStr;

/// A rule of check digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CheckRule {
    /// UPU S10: weights 8 6 4 2 3 5 9 7 on eight digits, modulo 11.
    S10,
    /// Luhn (ISO/IEC 7812-1).
    Luhn,
    /// GS1: weights 3 1 from the right, modulo 10.
    Gs1,
    /// The number modulo 7.
    Mod7,
}

impl FromStr for CheckRule {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Ok(match name.to_ascii_lowercase().as_str() {
            "s10" => Self::S10,
            "luhn" => Self::Luhn,
            "gs1" => Self::Gs1,
            "mod7" => Self::Mod7,
            _ => return Err(()),
        })
    }
}

impl CheckRule {
    /// The check digit of some digits; `None` if the rule is for another number of them.
    pub(super) fn digit(self, digits: &str) -> Option<char> {
        let values = || digits.bytes().map(|byte| u64::from(byte - b'0'));
        // From the right, beginning with the digit beside the check digit.
        let weighed = |weights: [u64; 2]| -> u64 {
            values().rev().enumerate().map(|(at, value)| value * weights[at % 2]).sum()
        };
        let digit = match self {
            Self::S10 => {
                if digits.len() != 8 {
                    return None;
                }
                let sum: u64 =
                    values().zip([8, 6, 4, 2, 3, 5, 9, 7]).map(|(value, weight)| value * weight).sum();
                match 11 - sum % 11 {
                    10 => 0,
                    11 => 5,
                    digit => digit,
                }
            }
            Self::Luhn => {
                let doubled = |(at, value): (usize, u64)| match at % 2 {
                    0 => value * 2 / 10 + value * 2 % 10,
                    _ => value,
                };
                (10 - values().rev().enumerate().map(doubled).sum::<u64>() % 10) % 10
            }
            Self::Gs1 => (10 - weighed([3, 1]) % 10) % 10,
            Self::Mod7 => values().fold(0, |rest, value| (rest * 10 + value) % 7),
        };
        u32::try_from(digit).ok().and_then(|digit| char::from_digit(digit, 10))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_those_of_known_numbers() {
        // UPU S10, section 6; ISO/IEC 7812-1, annex B; GS1 General Specifications, 7.9.
        assert_eq!(CheckRule::S10.digit("47312482"), Some('9'));
        assert_eq!(CheckRule::Luhn.digit("7992739871"), Some('3'));
        assert_eq!(CheckRule::Gs1.digit("37610425002123456"), Some('9'));
        assert_eq!(CheckRule::Mod7.digit("12345678"), Some('2'));
        assert_eq!(CheckRule::S10.digit("473124"), None);
    }
}
