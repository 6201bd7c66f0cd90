//! Proof that a mask hides what it must. Shares no rule with the masker: it compares what is printed with
//! what is known, position by position, because 王 may well stand in 王府井.

mod bare;
mod door;

use super::{Masked, Person, fold::fold};
use crate::error::Field;
use core::fmt;
use door::door;

/// A mask that hides too little, or shows what is not the person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The field.
    pub field: Field,
    /// What is wrong.
    pub rule: Rule,
}

/// What a mask must keep to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// At least one character of a name is hidden.
    NameShown,
    /// At least six digits of a phone are hidden, all of them where there are no more.
    DigitsShown,
    /// Building, unit, floor and room are hidden, and the address ends in `***`.
    DoorShown,
    /// What is printed is not the beginning of what it masks.
    Foreign,
    /// A number long enough to be a phone, or the name, stands in the address.
    PersonInAddress,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rule = match self.rule {
            Rule::NameShown => "hides no character of the name",
            Rule::DigitsShown => "hides fewer than six digits",
            Rule::DoorShown => "shows building, unit, floor or room",
            Rule::Foreign => "shows what is not in the record",
            Rule::PersonInAddress => "shows a name or phone within the address",
        };
        write!(f, "the mask of {} {rule}", self.field)
    }
}

impl core::error::Error for Violation {}

/// Checks a mask against the person.
///
/// # Errors
/// The first [`Violation`] found.
pub fn check(person: &Person<'_>, masked: &Masked) -> Result<(), Violation> {
    name(person.name, &masked.name)?;
    phone(person.phone, &masked.phone)?;
    address(person, &masked.address)
}

fn name(name: &str, masked: &str) -> Result<(), Violation> {
    let fail = |rule| Err(Violation { field: Field::Name, rule });
    let shown = masked.trim_end_matches('*');
    if shown.len() == masked.len() || shown.contains('*') {
        return fail(Rule::NameShown);
    }
    let mut whole = visible(name);
    for character in visible(shown) {
        match whole.next() {
            Some(known) if known == character => {}
            _ => return fail(Rule::Foreign),
        }
    }
    let empty = visible(name).next().is_none();
    if whole.next().is_none() && !empty { fail(Rule::NameShown) } else { Ok(()) }
}

fn phone(phone: &str, masked: &str) -> Result<(), Violation> {
    let fail = |rule| Err(Violation { field: Field::Phone, rule });
    let digits = |text| visible(text).filter(char::is_ascii_digit);
    let shown = digits(masked).count();
    if !masked.contains("******") {
        return fail(Rule::DigitsShown);
    }
    if shown == 0 {
        return Ok(());
    }
    // A field may hold two numbers. Of the one whose digits are shown, in order, six are not. The trunk prefix 0 of
    // a landline, which international notation leaves out (ITU-T E.123), tells nothing.
    let mut own = false;
    let trunk = usize::from(digits(masked).next() == Some('0'));
    let numbers = || phone.split(|c| !belongs_to_a_number(c));
    // 138/1234/5678: parts that are none by themselves are one number.
    let parted = numbers().all(|number| digits(number).count() < 7);
    // 030/12345678: an area before its number.
    let mut area = 0;
    for number in numbers().chain(parted.then_some(phone)) {
        let count = digits(number).count();
        for skipped in 0..=trunk {
            let mut rest = digits(number);
            if digits(masked).skip(skipped).all(|digit| rest.any(|known| known == digit)) {
                own = true;
                if area + count + skipped >= shown + 6 {
                    return Ok(());
                }
            }
        }
        area = if count <= 5 && digits(number).next() == Some('0') { count } else { 0 };
    }
    fail(if own { Rule::DigitsShown } else { Rule::Foreign })
}

/// Digits and what people put between those of one number.
fn belongs_to_a_number(character: char) -> bool {
    let character = fold(character);
    character.is_ascii_digit() || "+-(). ".contains(character)
}

fn address(person: &Person<'_>, masked: &str) -> Result<(), Violation> {
    let fail = |rule| Err(Violation { field: Field::Detail, rule });
    let Some(shown) = masked.strip_suffix("***") else { return fail(Rule::DoorShown) };
    if shown.contains('*') {
        return fail(Rule::Foreign);
    }
    let mut room = ['\0'; ADDRESS];
    let len = gather(shown, &mut room);
    let shown = &room[..len];
    // Align: what is shown runs through division, street and detail, each whole or left out, and ends within one.
    let mut left = shown;
    let mut ended = false;
    for part in person.division.into_iter().chain([person.street, person.detail]) {
        let mut own = visible(part);
        let matched = left.iter().take_while(|character| own.next() == Some(**character)).count();
        let whole = visible(part).nth(matched).is_none();
        if matched == 0 || ended || !(whole || matched == left.len()) {
            continue;
        }
        door(part, matched)?;
        left = &left[matched..];
        ended = !whole;
    }
    if !left.is_empty() {
        return fail(Rule::Foreign);
    }
    if has_phone(shown) || contains(shown, person.name) || contains(shown, person.phone) {
        return fail(Rule::PersonInAddress);
    }
    Ok(())
}

/// Characters of an address that is printed, at most: each is a byte or more.
const ADDRESS: usize = 512;

/// Puts a text's visible characters into a room, as many as fit, and returns how many.
fn gather(text: &str, room: &mut [char]) -> usize {
    room.iter_mut().zip(visible(text)).map(|(place, character)| *place = character).count()
}

/// Seven digits or more in a row.
fn has_phone(text: &[char]) -> bool {
    let mut run = 0;
    for character in text {
        run = if character.is_ascii_digit() { run + 1 } else { 0 };
        if run >= 7 {
            return true;
        }
    }
    false
}

/// Whether a text of two characters or more stands in another.
fn contains(text: &[char], part: &str) -> bool {
    if visible(part).nth(2).is_none() {
        // Names of two characters are words as well: 王府 stands in 王府井.
        return false;
    }
    let mut rest = visible(part);
    let Some(first) = rest.next() else { return false };
    text.iter().enumerate().filter(|(_, character)| **character == first).any(|(at, _)| {
        let mut behind = text[at + 1..].iter();
        rest.clone().all(|character| behind.next() == Some(&character))
    })
}

/// Characters in their usual form, without spaces.
pub(super) fn visible(text: &str) -> impl Iterator<Item = char> + Clone {
    text.chars().map(fold).filter(|character| !character.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Country;
    use crate::summary::mask;

    fn person() -> Person<'static> {
        Person {
            name: "王小芳",
            phone: "13812345678",
            country: Country::CN,
            division: ["北京市", "北京市", "东城区"],
            street: "东华门街道",
            detail: "王府井大街99号3号楼2单元501室",
        }
    }

    fn with(change: impl FnOnce(&mut Masked)) -> Result<(), Rule> {
        let mut masked = mask(&person());
        change(&mut masked);
        check(&person(), &masked).map_err(|violation| violation.rule)
    }

    fn text<const N: usize>(text: &str) -> crate::bytes::Text<N> {
        let mut out = crate::bytes::Text::new();
        out.push_str(text).unwrap();
        out
    }

    #[test]
    fn the_maskers_own_passes() {
        assert_eq!(with(|_| ()), Ok(()));
    }

    #[test]
    fn masks_that_hide_too_little_are_refused() {
        for name in ["王小芳", "王小芳*", "王小芳**", "", "王*芳"] {
            assert!(with(|masked| masked.name = text(name)).is_err(), "{name}");
        }
        assert_eq!(with(|masked| masked.name = text("李**")), Err(Rule::Foreign));
        for phone in ["138****5678", "13812345678", "1******45678", "13******5678***", "*****5678"] {
            assert!(with(|masked| masked.phone = text(phone)).is_err(), "{phone}");
        }
        let region = "北京市东城区东华门街道";
        for detail in [
            "王府井大街99号3号楼2单元501室",
            "王府井大街99号3号楼2单元501室***",
            "王府井大街99号3号楼***",
            "王府井大街99号3***",
            "王府井大街９９号３号楼***",
            "王府井大街99号",
            "长安街***",
            "王府井大街99号13812345678***",
        ] {
            let masked = std::format!("{region}{detail}");
            assert!(with(|m| m.address = text(&masked)).is_err(), "{detail}");
        }
        assert_eq!(with(|m| m.address = text(&std::format!("{region}王府井大街99号***"))), Ok(()));
        assert_eq!(with(|m| m.address = text(&std::format!("{region}***"))), Ok(()));
    }
}
