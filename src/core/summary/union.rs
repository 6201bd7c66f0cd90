//! What the labels of one person tell together.

use super::{Masked, Person, check::visible};
use crate::error::Field;
use core::fmt;

/// Two labels of one person of which one tells something about the other that its own mask hides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

fn name(person: &Person<'_>, own: &Masked, other: &Masked) -> bool {
    let shown = |masked: &'_ Masked| visible(masked.name.trim_end_matches('*')).count();
    let more = shown(other);
    more > shown(own) && visible(person.name).take(more).eq(visible(other.name.trim_end_matches('*')))
}

fn phone(person: &Person<'_>, own: &Masked, other: &Masked) -> bool {
    let known = digits(person.phone).count();
    let (head, tail) = ends(&other.phone);
    let (own_head, own_tail) = ends(&own.phone);
    let count = |text| digits(text).count();
    let more_behind = count(tail) > count(own_tail)
        && digits(person.phone).skip(known.saturating_sub(count(tail))).eq(digits(tail));
    let more_before =
        count(head) > count(own_head) && digits(person.phone).take(count(head)).eq(digits(head));
    more_behind || more_before
}

/// What stands before the stars and behind them.
fn ends(masked: &str) -> (&str, &str) {
    masked.split_once('*').map_or((masked, ""), |(head, rest)| (head, rest.trim_start_matches('*')))
}

fn digits(text: &str) -> impl Iterator<Item = char> + Clone {
    visible(text).filter(char::is_ascii_digit)
}

fn address(person: &Person<'_>, own: &Masked, other: &Masked) -> bool {
    let shown = |masked: &'_ Masked| visible(masked.address.trim_end_matches('*')).count();
    let (less, more) = (shown(own), shown(other));
    let begins_alike = visible(&own.address).take(less).eq(visible(&other.address).take(less));
    if more <= less || !begins_alike {
        return false;
    }
    // What the other shows beyond stands in this person's street or detail, or runs from one into the other.
    let mut rest = visible(person.street).chain(visible(person.detail));
    loop {
        if visible(&other.address).skip(less).take(more - less).eq(rest.clone().take(more - less)) {
            return true;
        }
        if rest.next().is_none() {
            return false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bytes::Text;
    use crate::record::Country;
    use crate::summary::mask;

    fn person<'a>(name: &'a str, phone: &'a str, detail: &'a str) -> Person<'a> {
        let division = ["广东省", "深圳市", "南山区"];
        Person { name, phone, country: Country::CN, division, street: "粤海街道", detail }
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
