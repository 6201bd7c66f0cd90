//! What the labels of one person tell together.

use super::line::Line;
use super::person::{Masked, Person};
use crate::error::Field;
use core::fmt;

/// Two labels of one person of which one tells something about the other that its own mask hides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Beyond {
    /// The place of the label of which more is known.
    pub label: usize,
    /// The place of the label that tells it.
    pub by: usize,
    /// The field of which more is known.
    pub field: Field,
}

impl fmt::Display for Beyond {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "two labels of one person tell more of {} than one of them", self.field)
    }
}

impl core::error::Error for Beyond {}

/// Checks that the labels of one person, laid side by side, tell nothing beyond one mask.
///
/// # Errors
/// The first pair that does: of some field, one label shows more characters of what the other label's record
/// says than that label shows itself.
pub fn union(labels: &[(&Person<'_>, &Masked)]) -> Result<(), Beyond> {
    for (label, (person, own)) in labels.iter().enumerate() {
        for (by, (_, other)) in labels.iter().enumerate() {
            let told = [
                (Field::Name, name(person, own, other)),
                (Field::Phone, phone(person, own, other)),
                (Field::Detail, address(person, own, other)),
            ];
            if let Some((field, _)) = told.into_iter().find(|(_, more)| *more) {
                return Err(Beyond { label, by, field });
            }
        }
    }
    Ok(())
}

/// Whether one name shows more than another that begins alike.
fn name(person: &Person<'_>, own: &Masked, other: &Masked) -> bool {
    let shown = |masked: &'_ Masked| masked.name.trim_end_matches('*').chars().count();
    let more = Line::of_ideographs(&[other.name.trim_end_matches('*')], true);
    shown(other) > shown(own) && Line::of_ideographs(&[person.name], true).starts_with(&more)
}

fn phone(person: &Person<'_>, own: &Masked, other: &Masked) -> bool {
    let typed = Line::of_phone(person.phone);
    let known = || typed.iter().copied().filter(char::is_ascii_digit);
    let ((head, tail), (own_head, own_tail)) = (ends(&other.phone), ends(&own.phone));
    let count = |text: &str| digits(text).count();
    let more_after = count(tail) > count(own_tail)
        && known().skip(known().count().saturating_sub(count(tail))).eq(digits(tail));
    more_after || count(head) > count(own_head) && known().take(count(head)).eq(digits(head))
}

/// What stands before the stars and after them.
fn ends(masked: &str) -> (&str, &str) {
    masked.split_once('*').map_or((masked, ""), |(head, rest)| (head, rest.trim_start_matches('*')))
}

fn digits(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(char::is_ascii_digit)
}

/// Whether one address goes on where another, which begins alike, has ended, with what stands in the person's address.
fn address(person: &Person<'_>, own: &Masked, other: &Masked) -> bool {
    let shown = |masked: &'_ Masked| Line::of_ideographs(&[masked.address.trim_end_matches('*')], true);
    let (less, more) = (shown(own), shown(other));
    let known = Line::of_ideographs(&[person.street, person.detail], true);
    more.len() > less.len()
        && more.starts_with(&less)
        && known.windows(more.len() - less.len()).any(|part| part == &more[less.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bytes::Text;
    use crate::record::Country;
    use crate::summary::masking::mask;

    fn person<'a>(name: &'a str, phone: &'a str, detail: &'a str) -> Person<'a> {
        let division = ["广东省", "深圳市", "南山区"];
        Person { name, phone, country: Country::CN, postcode: "", division, street: "粤海街道", detail }
    }

    fn text<const N: usize>(text: &str) -> Text<N> {
        let mut out = Text::new();
        out.push_str(text).unwrap();
        out
    }

    #[test]
    fn our_masks_tell_nothing_together() {
        let spellings = [
            person("王小芳", "13812345678", "科技园路9号3栋1501室"),
            person("王 小芳", "+86 138-1234-5678", "科技园路 9 号 3 栋 1501 室"),
            person("王小芳(公司)", "13812345678转1", "软件大道88号2楼"),
            person("王芳", "1381234 5678", "科技园路9号3-1501"),
        ];
        let masks = spellings.each_ref().map(mask);
        let labels: std::vec::Vec<_> = spellings.iter().zip(&masks).collect();
        assert_eq!(union(&labels), Ok(()));
    }

    type Change = (Field, fn(&mut Masked));

    #[test]
    fn a_second_mask_that_tells_more_is_found() {
        let person = person("欧阳修远", "13812345678", "科技园路9号3栋1501室");
        let own = mask(&person);
        let cases: [Change; 4] = [
            (Field::Name, |masked| masked.name = text("欧阳修*")),
            (Field::Phone, |masked| masked.phone = text("138******78")),
            (Field::Phone, |masked| masked.phone = text("******45678")),
            (Field::Detail, |masked| masked.address = text("广东省深圳市南山区粤海街道科技园路9号3栋***")),
        ];
        for (field, change) in cases {
            let mut other = own.clone();
            change(&mut other);
            let found = union(&[(&person, &own), (&person, &other)]);
            assert_eq!(found, Err(Beyond { label: 0, by: 1, field }), "{other:?}");
        }
    }
}
