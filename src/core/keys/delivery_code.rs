//! The delivery code of a label: what the recipient tells the courier, as evidence that the parcel was handed over.

use super::level::{DOMAIN, KeyLevel};
use super::salt::check_origin;
use super::{Node, Prk, WrongNode};
use crate::bytes::{decimal, divide};
use crate::secret::{Key, Secret, scrubbed};
use core::fmt;

/// Digits of a delivery code, its check digit included.
const DIGITS: usize = 7;

/// Six digits and their check digit (ISO 7064 MOD 11,10).
///
/// ```text
/// number = first 8 bytes of HKDF-Expand(origin leaf, "WS1" ‖ 09 ‖ header, 32), big endian, modulo 10^6
/// ```
///
/// The header is the label's, with its salt. The sealer and the authority can compute it and no scanner can; the label
/// does not hold it. It is a secret until its recipient tells it: it wipes itself, is not `Clone`, and `Debug` does not show it.
pub struct DeliveryCode(Secret<DIGITS>);

impl DeliveryCode {
    /// The code of the label with this `header`, as its sealer's origin leaf gives it.
    ///
    /// # Errors
    /// Any other node.
    pub fn derive(leaf: &Node, header: &[u8]) -> Result<Self, WrongNode> {
        check_origin(leaf)?;
        let mut code = Self(Secret::zero());
        scrubbed(|| {
            let mut key = Key::zero();
            let info: [&[u8]; 3] = [&DOMAIN, &[KeyLevel::DeliveryCode as u8], header];
            Prk::new(leaf.key()).expand(&info, &mut key);
            let mut number = key.expose().first_chunk().map_or(0, |first| u64::from_be_bytes(*first));
            let low = divide(&mut number, 1000);
            let high = divide(&mut number, 1000);
            code.write(u64::from(high) * 1000 + u64::from(low));
        });
        Ok(code)
    }

    /// Makes it the code of a number below 10^6.
    fn write(&mut self, number: u64) {
        let (digits, check) = self.0.expose_mut().split_at_mut(DIGITS - 1);
        let _below_a_million = decimal(number, digits);
        check[0] = check_digit(digits);
    }

    /// A code as the recipient told it. `None` if it has not seven digits or its check digit is wrong: it was misheard
    /// or mistyped.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = <&[u8; DIGITS]>::try_from(text.as_bytes()).ok()?;
        let (number, check) = digits.split_at(DIGITS - 1);
        let sound = number.iter().all(u8::is_ascii_digit) && check == [check_digit(number)];
        sound.then(|| {
            let mut code = Self(Secret::zero());
            *code.0.expose_mut() = *digits;
            code
        })
    }

    /// The seven digits.
    #[must_use]
    pub fn text(&self) -> &str {
        // Seven ASCII digits by construction.
        core::str::from_utf8(self.0.expose()).unwrap_or_default()
    }
}

/// ISO 7064 MOD 11,10, the hybrid system of one decimal check digit.
fn check_digit(digits: &[u8]) -> u8 {
    let mut product = 10;
    for digit in digits {
        let sum = (product + (digit - b'0')) % 10;
        product = (if sum == 0 { 10 } else { sum }) * 2 % 11;
    }
    b'0' + (11 - product) % 10
}

impl PartialEq for DeliveryCode {
    fn eq(&self, other: &Self) -> bool {
        self.0.expose() == other.0.expose()
    }
}

impl Eq for DeliveryCode {}

impl fmt::Debug for DeliveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeliveryCode(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_is_that_of_the_standard() {
        // ISO 7064:2003 calculates 5 for 0794.
        assert_eq!(check_digit(b"0794"), b'5');
    }

    #[test]
    fn a_slip_of_one_digit_or_of_neighbours_is_found() {
        for number in (0..1_000_000).step_by(3313) {
            let mut code = DeliveryCode(Secret::zero());
            code.write(number);
            let text = code.text();
            assert!(DeliveryCode::parse(text).is_some_and(|parsed| parsed == code));
            for at in 0..DIGITS {
                for digit in b'0'..=b'9' {
                    let mut slip = *code.0.expose();
                    slip[at] = digit;
                    let parsed = DeliveryCode::parse(core::str::from_utf8(&slip).unwrap());
                    assert_eq!(parsed.is_some(), slip == *code.0.expose(), "{text} {at} {digit}");
                }
            }
        }
        for text in ["", "079400", "07940000", "07940a0", "０７９４００"] {
            assert_eq!(DeliveryCode::parse(text), None);
        }
    }
}
