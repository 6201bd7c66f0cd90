//! Texts of an order that a label prints as they were given, held to what its masks hide.
//!
//! A remark is free: it may repeat the very phone that was masked. [`Summary::show`] finds what belongs to one
//! of the label's people, and a label's content is made only of what it let pass.
//!
//! A number alone tells less than 1501室: 2024 may be a year, and the day that every label bears may be
//! somebody's room. So a number that is also a room's is refused beside a word that makes it a door, passes
//! before a measure (2024款, 1500 g), and else is not printed, but the label is. The same is done with what may be
//! a part of a name, and with a door in few characters or other words (`short`).

mod gist;
mod name;
mod row;
mod short;

use super::check::visible;
use super::fold::fold;
use super::{Masked, Person, Summary};
use core::fmt;
use core::ops::Deref;
use gist::Gist;
use name::{has_name, has_part_of_name};
use row::{Door, door};

/// Digits in a row by which a phone is known.
const PHONE: usize = 7;
/// Characters in a row, a digit among them, by which a door is known; of bare digits one more.
const DOOR: usize = 3;

/// Stands for a text that is not printed.
const HIDDEN: &str = "***";

/// A text that tells nothing that the label's masks hide.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Shown<'t>(&'t str);

impl Deref for Shown<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        self.0
    }
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shown")
    }
}

/// What a text tells that the masks hide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Told {
    /// Seven digits in a row of somebody's phone.
    Phone,
    /// Somebody's whole name.
    Name,
    /// A part with a digit of what is hidden of somebody's address.
    Door,
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self {
            Self::Phone => "the phone",
            Self::Name => "the name",
            Self::Door => "the building or room",
        };
        write!(
            f,
            "{what} of recipient or sender stands in a text that is printed; take it out, or put it into the note, \
             which is sealed"
        )
    }
}

impl core::error::Error for Told {}

impl Summary {
    /// Lets a text be printed beside this summary of these people; as `***` if it has a number that may be the
    /// one of a door.
    ///
    /// # Errors
    /// [`Told`], if it tells what the summary hides of them.
    pub fn show<'t>(
        &self,
        text: &'t str,
        recipient: &Person<'_>,
        sender: Option<&Person<'_>>,
    ) -> Result<Shown<'t>, Told> {
        let alike = self.looked_at(text, recipient, sender, true)?;
        Ok(Shown(if alike { HIDDEN } else { text }))
    }

    /// The same of a code that the carrier sorts by, which stands where nobody looks for a door and must not be
    /// missing: a number alone passes.
    ///
    /// # Errors
    /// As [`show`](Self::show).
    pub fn show_code<'t>(
        &self,
        code: &'t str,
        recipient: &Person<'_>,
        sender: Option<&Person<'_>>,
    ) -> Result<Shown<'t>, Told> {
        self.looked_at(code, recipient, sender, false)?;
        Ok(Shown(code))
    }

    /// Whether a text has a number that may be a door's, or a part of a name, if it is looked at closely.
    fn looked_at(
        &self,
        text: &str,
        recipient: &Person<'_>,
        sender: Option<&Person<'_>>,
        closely: bool,
    ) -> Result<bool, Told> {
        if text.is_empty() {
            return Ok(false);
        }
        let mut gist = Gist::of(text);
        gist.door &= closely;
        let alike = look(text, &gist, recipient, &self.recipient, closely)?;
        match sender.zip(self.sender.as_ref()) {
            Some((person, masked)) => Ok(look(text, &gist, person, masked, closely)? || alike),
            None => Ok(alike),
        }
    }
}

fn look(text: &str, gist: &Gist, person: &Person<'_>, masked: &Masked, closely: bool) -> Result<bool, Told> {
    // People write phones into the field of the name as well.
    if gist.digits >= PHONE && [person.phone, person.name].into_iter().any(|number| has_phone(text, number)) {
        return Err(Told::Phone);
    }
    // A shop's name is known without what stands behind it in brackets.
    let bare = person.name.split(['(', '（']).next().unwrap_or_default();
    if gist.may_have(bare) && [person.name, bare].into_iter().any(|name| has_name(text, name)) {
        return Err(Told::Name);
    }
    let mut alike = closely && has_part_of_name(text, gist, bare, &masked.name);
    if gist.coded {
        for field in [person.street, person.detail] {
            let shared = gist.may_share(field);
            if field.is_empty() || !shared && !gist.door {
                continue;
            }
            let hidden = hidden_of(&masked.address, field);
            if hidden.is_empty() || field == person.street && is_shown(&masked.address, field) {
                continue;
            }
            if shared {
                match door(text, hidden) {
                    Door::Told => return Err(Told::Door),
                    Door::Alike => alike = true,
                    Door::None => {}
                }
            }
            alike = alike || gist.door && short::has_door(text, hidden);
        }
    }
    Ok(alike)
}

/// Whether [`PHONE`] digits in a row, whatever stands between them but letters, are in a row in the number too.
fn has_phone(text: &str, number: &str) -> bool {
    if [text, number].into_iter().any(|text| text.chars().filter_map(digit).count() < PHONE) {
        return false;
    }
    let mut start = marked_digits(text);
    loop {
        let mut known = marked_digits(number);
        loop {
            let alike = start.clone().zip(known.clone()).take(PHONE);
            // Only the first digit of a row may come behind a letter.
            let same = alike
                .enumerate()
                .take_while(|(at, (one, other))| one.0 == other.0 && (*at == 0 || !one.1 && !other.1));
            if same.count() == PHONE {
                return true;
            }
            if known.next().is_none() {
                break;
            }
        }
        if start.next().is_none() {
            return false;
        }
    }
}

/// The digits of a text, each with whether a letter stands before it.
fn marked_digits(text: &str) -> impl Iterator<Item = (u8, bool)> + Clone {
    let mut behind_letter = false;
    text.chars().filter_map(move |character| {
        let digit = digit(character);
        if digit.is_none() {
            behind_letter |= character.is_alphanumeric();
        }
        digit.map(|digit| (digit, core::mem::take(&mut behind_letter)))
    })
}

/// The value of a digit: ASCII, full-width, Chinese, Arabic, Persian, Devanagari, Thai.
fn digit(character: char) -> Option<u8> {
    let of_script = |zero: char| Some((u32::from(character) - u32::from(zero)) as u8);
    match character {
        '0'..='9' => of_script('0'),
        '０'..='９' => of_script('０'),
        '٠'..='٩' => of_script('٠'),
        '۰'..='۹' => of_script('۰'),
        '०'..='९' => of_script('०'),
        '๐'..='๙' => of_script('๐'),
        '〇' | '零' => Some(0),
        '一' | '壹' | '幺' => Some(1),
        '二' | '贰' => Some(2),
        '三' | '叁' => Some(3),
        '四' | '肆' => Some(4),
        '五' | '伍' => Some(5),
        '六' | '陆' => Some(6),
        '七' | '柒' => Some(7),
        '八' | '捌' => Some(8),
        '九' | '玖' => Some(9),
        _ => None,
    }
}

fn lower(character: char) -> char {
    character.to_ascii_lowercase()
}

/// How many characters of the detail an address's mask shows: as many as it ends with.
fn shown_of(masked: &str, detail: &str) -> usize {
    let shown = visible(masked.trim_end_matches('*'));
    let (long, whole) = (shown.clone().count(), visible(detail).count());
    (0..=whole.min(long))
        .rev()
        .find(|count| shown.clone().skip(long - count).eq(visible(detail).take(*count)))
        .unwrap_or(0)
}

/// What an address's mask hides of a field.
fn hidden_of<'t>(masked: &str, field: &'t str) -> &'t str {
    let shown = shown_of(masked, field);
    let first = field.char_indices().filter(|(_, c)| !fold(*c).is_whitespace()).nth(shown);
    first.map_or("", |(at, _)| &field[at..])
}

/// Whether an address's mask shows the whole of a field.
fn is_shown(masked: &str, field: &str) -> bool {
    let mut start = visible(masked);
    loop {
        let mut rest = start.clone();
        if visible(field).all(|known| rest.next() == Some(known)) {
            return true;
        }
        if start.next().is_none() {
            return false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Country;

    fn person<'a>(name: &'a str, phone: &'a str, detail: &'a str) -> Person<'a> {
        let division = ["北京市", "北京市", "东城区"];
        Person { name, phone, country: Country::CN, division, street: "东华门街道", detail }
    }

    fn shown(text: &str) -> Result<&str, Told> {
        let recipient = person("王芳", "13812345678", "王府井大街99号3号楼2单元2024室");
        let summary = Summary::new(&recipient, None).unwrap();
        summary.show(text, &recipient, None).map(|shown| shown.0)
    }

    #[test]
    fn a_number_that_may_be_something_else_refuses_no_label() {
        for text in ["2024", "送到2024", "2024 谢谢", "to 2024 please", "２０２４"] {
            assert_eq!(shown(text), Ok(HIDDEN), "{text}");
        }
        for text in
            ["2024年", "2024款毛衣", "2024 g", "¥2024", "12024", "20245", "v2.024", "2025", "2026-11-24"]
        {
            assert_eq!(shown(text), Ok(text), "{text}");
        }
        for text in ["2024室", "房号2024", "Room 2024", "2-2024", "2024号门", "单元2024", "#2024"] {
            assert_eq!(shown(text), Err(Told::Door), "{text}");
        }
        // Nobody looks for a room where the routing code stands.
        let recipient = person("王芳", "13812345678", "王府井大街99号3号楼2单元2024室");
        let summary = Summary::new(&recipient, None).unwrap();
        let code = |text| summary.show_code(text, &recipient, None).map(|shown| shown.0);
        assert_eq!(code("2024"), Ok("2024"));
        assert_eq!(code("2024室"), Err(Told::Door));
        assert_eq!(code("12345678"), Err(Told::Phone));
    }

    fn told(text: &str) -> Option<Told> {
        let recipient = person("王芳", "138 1234-5678", "王府井大街99号3号楼2单元1501室");
        let sender = person("Amelia Hart(Books)", "0755-26543299", "泰然九路3号2栋");
        let summary = Summary::new(&recipient, Some(&sender)).unwrap();
        summary.show(text, &recipient, Some(&sender)).err()
    }

    #[test]
    fn phones_are_found_however_they_are_written() {
        for text in [
            "电话13812345678",
            "138-1234-5678",
            "１３８ １２３４ ５６７８",
            "打1234567转",
            "一三八一二三四五六七八",
            "幺三八一二三四五六七八",
            "١٣٨١٢٣٤٥٦٧٨",
            "寄件人 26543299",
            "(0755) 2654-3299",
        ] {
            assert_eq!(told(text), Some(Told::Phone), "{text}");
        }
        for text in ["95338", "400-811-1111", "13900000000", "1381件2345盒6789", "尾号5678", "20261124"] {
            assert_eq!(told(text), None, "{text}");
        }
    }

    #[test]
    fn names_are_found_whole() {
        for text in ["请交王芳", "王 芳收", "from amelia hart", "AmeliaHart", "AMELIA HART (Books), 2 boxes"]
        {
            assert_eq!(told(text), Some(Told::Name), "{text}");
        }
        for text in ["王府井", "芳", "Hart", "Amelia Hartmann", "Pamelia Hart", "王**"] {
            assert_eq!(told(text), None, "{text}");
        }
    }

    #[test]
    fn doors_are_found_and_other_numbers_are_not() {
        for text in ["送到1501室", "2 单元门口", "3号楼下", "房号 1501", "99号3号楼2单元1501室", "３号楼"]
        {
            assert_eq!(told(text), Some(Told::Door), "{text}");
        }
        for text in ["501室", "11501室", "东华门", "3件", "12单元", "1501234", "易碎，轻放", "2×150 g", ""]
        {
            assert_eq!(told(text), None, "{text}");
        }
    }

    #[test]
    fn what_the_mask_shows_may_be_repeated() {
        let recipient = person("张敏", "13812345678", "科技园路114号");
        let summary = Summary::new(&recipient, None).unwrap();
        let show = |text| summary.show(text, &recipient, None).map(|shown| shown.len());
        assert_eq!(show("科技园路分拨"), Ok("科技园路分拨".len()));
        assert_eq!(show("科技园路114号"), Err(Told::Door));
    }

    #[test]
    fn parts_of_a_name_are_not_printed() {
        let shown = |name, text| {
            let recipient = person(name, "13812345678", "人民路");
            let summary = Summary::new(&recipient, None).unwrap();
            summary.show(text, &recipient, None).map(|shown| shown.len())
        };
        for (name, text) in [
            ("王小芳", "给小芳"),
            ("阿里木·买买提", "买买提收"),
            ("John Smith", "for Mr Smith"),
            ("김철수", "철수님"),
        ] {
            assert_eq!(shown(name, text), Ok(HIDDEN.len()), "{name}: {text}");
        }
        for (name, text) in [
            ("王先生", "请先生签收"),
            ("王芳", "芳香剂"),
            ("欧阳修", "欧阳"),
            ("Amy Li", "Li-ion"),
            ("John Smith", "Smithson"),
        ] {
            assert_eq!(shown(name, text), Ok(text.len()), "{name}: {text}");
        }
    }

    #[test]
    fn a_door_in_the_street_is_one_too() {
        let mut recipient = person("王芳", "13812345678", "");
        for (street, text, told) in [
            ("碧波路5号院3栋201", "3栋201", Err(Told::Door)),
            ("碧波路5号院3栋201", "三栋", Ok(HIDDEN.len())),
            ("G320国道", "G320国道边", Ok("G320国道边".len())),
        ] {
            recipient.street = street;
            let summary = Summary::new(&recipient, None).unwrap();
            assert_eq!(
                summary.show(text, &recipient, None).map(|shown| shown.len()),
                told,
                "{street}: {text}"
            );
        }
    }

    #[test]
    fn nothing_of_a_text_is_debugged() {
        assert_eq!(std::format!("{:?}", Shown("王芳")), "Shown");
        assert!(!std::format!("{}", Told::Name).contains("王芳"));
    }
}
