//! What a courier types where a delivery code or an outcome is asked for.

use wayseal::device::session::ParcelOutcome;
use wayseal::keys::DeliveryCode;

/// The outcome that a number stands for where outcomes are asked.
pub fn chosen(text: &str) -> Option<ParcelOutcome> {
    let number = text.parse::<usize>().ok()?;
    ParcelOutcome::ALL
        .into_iter()
        .filter(|outcome| *outcome != ParcelOutcome::Delivered)
        .nth(number.checked_sub(1)?)
}

/// What a courier typed where a delivery code is asked for.
pub enum TypedCode {
    None,
    Code(DeliveryCode),
    /// Digits that are no code.
    Slip,
}

/// Reads a delivery code as it is typed: with blanks and hyphens, and in the full-width digits of a Chinese keyboard. `None` for
/// what is meant for something else: a key of the menu, or a scan.
pub fn typed_code(text: &str) -> Option<TypedCode> {
    let digits: String = text
        .chars()
        .filter(|character| !character.is_whitespace() && *character != '-')
        .map(|character| match u32::from(character).checked_sub(u32::from('０')) {
            Some(digit @ 0..=9) => char::from_digit(digit, 10).unwrap_or(character),
            _ => character,
        })
        .collect();
    match digits.len() {
        0 => Some(TypedCode::None),
        2..=9 if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some(DeliveryCode::parse(&digits).map_or(TypedCode::Slip, TypedCode::Code))
        }
        _ => None,
    }
}
