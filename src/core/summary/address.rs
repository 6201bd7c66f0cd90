//! Addresses.
//!
//! What is printed is the beginning of the address, up to what leads to one door, and then `***`, whether or not
//! anything was hidden, so that the stars say nothing.

mod code;
mod count;
mod date;
mod mark;
mod number;
mod word;

use super::Person;
use super::fold::{fold, is_digit, is_ideograph, is_unseen, is_wide};
use crate::bytes::Text;
use number::Kind;

/// Division and street in full, then the detail up to what leads to a door, then `***`.
pub(super) fn mask(person: &Person<'_>) -> Text<512> {
    begin(person, Reach::Door)
}

/// The same up to the first number or letter of whatever kind: for an address of which a number is doubted.
pub(super) fn mask_briefly(person: &Person<'_>) -> Text<512> {
    begin(person, Reach::Number)
}

/// The division alone, then `***`: for an address whose way of leading to a door is not known.
pub(super) fn mask_coarsely(person: &Person<'_>) -> Text<512> {
    begin(person, Reach::Division)
}

/// Nothing of the address.
pub(super) fn mask_all() -> Text<512> {
    let mut out = Text::new();
    close(&mut out);
    out
}

/// How far an address is printed at most.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Division,
    Number,
    Door,
}

fn begin(person: &Person<'_>, reach: Reach) -> Text<512> {
    let mut out = Text::new();
    let mut previous = "";
    for part in person.division {
        let part = part.trim();
        // A municipality is named twice: as a province and as its city.
        if part.is_empty() || part == previous {
            continue;
        }
        previous = part;
        // Divisions bear numerals in their names (二七区, 三门县) and digits only where they are none.
        let end =
            if part.chars().any(|c| is_digit(c) || fold(c) == '#') { cut(part, person) } else { part.len() };
        push(&mut out, &part[..end]);
        if end < part.len() {
            close(&mut out);
            return out;
        }
    }
    if reach != Reach::Division {
        // A street that itself leads to a door ends the address.
        if push_to_door(&mut out, person.street.trim(), person, reach) {
            push_to_door(&mut out, person.detail.trim(), person, reach);
        }
    }
    close(&mut out);
    out
}

/// Appends a part up to what leads to a door; whether that is all of it.
fn push_to_door(out: &mut Text<512>, part: &str, person: &Person<'_>, reach: Reach) -> bool {
    // Blanks other than the usual, and full-width forms, begin with these bytes in UTF-8, and ideographs with none
    // of them.
    let (blank, wide) = part.bytes().fold((false, false), |(blank, wide), byte| {
        let space = matches!(byte, b' ' | b'\t' | 0xc2 | 0xe2 | 0xe3 | 0xef);
        (blank | space, wide | matches!(byte, 0xe3..=0xe9 | 0xef | 0xf0))
    });
    if blank && wide && part.len() <= 512 {
        // Of a text that is not printed whole no copy is left.
        let mut joined = joined(part);
        let whole = push_joined(out, &joined, person, reach);
        joined.wipe();
        return whole;
    }
    push_joined(out, part, person, reach)
}

/// The same of a part without blanks within words.
fn push_joined(out: &mut Text<512>, part: &str, person: &Person<'_>, reach: Reach) -> bool {
    let mut end = cut(part, person);
    if reach == Reach::Number {
        let number = part.find(|c| number::is_numeral(c) || word::is_letter(c)).unwrap_or(part.len());
        end = trim(part, end.min(number));
    }
    push(out, &part[..end]);
    // A comma at the end is no door.
    end == part.len() || end == trim(part, part.len())
}

/// A part in its usual form, without the blanks beside ideographs, 三 号 楼, 12 号, SOHOB 座. Those between words of
/// letters part them, and those between numbers of two kinds: 20 四条 are a house and a road.
fn joined(part: &str) -> Text<512> {
    let blank = |c| fold(c) == ' ' && !is_unseen(c);
    let mut out = Text::new();
    let mut rest = part;
    while let Some(at) = rest.find(blank) {
        let (before, behind) = (&rest[..at], rest[at..].trim_start_matches(blank));
        push_folded(&mut out, before);
        let last = out.last();
        let wide = last.is_some_and(is_ideograph) || behind.starts_with(is_ideograph);
        // 甲 12号 is 甲12号.
        let numbers = last.is_some_and(|c| number::is_numeral(c) && !"甲乙丙丁".contains(c))
            && behind.starts_with(number::is_numeral)
            && (last.is_some_and(is_digit) || behind.starts_with(is_digit));
        if !wide || numbers {
            let _fits = out.push(' ');
        }
        rest = behind;
    }
    push_folded(&mut out, rest);
    out
}

fn push_folded(out: &mut Text<512>, text: &str) {
    for character in text.chars().filter(|c| !is_unseen(*c)) {
        // Long vowels are told from dashes where they are printed.
        let _fits = out.push(if character == 'ー' { character } else { fold(character) });
    }
}

const STARS: &str = "***";

fn close(out: &mut Text<512>) {
    // `push` leaves room for them.
    let _fits = out.push_str(STARS);
}

/// Appends a part in its usual form: one space where people type any number and behind a comma, and none beside an
/// ideograph.
fn push(out: &mut Text<512>, part: &str) {
    // Beside an ideograph there is no space, and none changes its form: the ideographs that a part begins with, mostly
    // all of it, are appended at once.
    let plain = part.find(|c| !is_plain(c)).unwrap_or(part.len());
    let plain = if out.len() + plain + STARS.len() <= 512 { plain } else { 0 };
    let _fits = out.push_str(&part[..plain]);
    // Kept beside the text, which would be looked through for each.
    let (mut len, mut last) = (out.len(), out.last());
    let mut spaced = plain == 0 && len > 0;
    for typed in part[plain..].chars().filter(|c| !c.is_control()) {
        // Behind kana ー is a long vowel and no dash.
        let vowel = typed == 'ー' && last.is_some_and(|c| is_wide(c) && !is_ideograph(c));
        let character = if vowel { typed } else { fold(typed) };
        if character == ' ' {
            spaced = true;
            continue;
        }
        let wide = is_wide(character) || last.is_none_or(is_wide);
        let space = (spaced || last == Some(',')) && !wide && character != ',';
        spaced = false;
        len += usize::from(space) + character.len_utf8();
        if len + STARS.len() > 512 {
            break;
        }
        if space {
            let _fits = out.push(' ');
        }
        let _fits = out.push(character);
        last = Some(character);
    }
}

/// An ideograph that is printed as it is typed.
fn is_plain(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}')
}

/// Where an address is cut, in bytes: at the first building, unit, floor or room, and if there is none at the last
/// door.
fn cut(text: &str, person: &Person<'_>) -> usize {
    let end = before_remarks(text, person);
    let (mut door, mut more) = (None, None);
    let mut in_lane = false;
    for (at, kind) in number::all(&text[..end]) {
        match kind {
            // 阳光花园12号302: of a compound, and not in a road, 12号 is the building.
            Kind::Unit if door.is_some_and(|door| is_building(text, door, at)) => {
                return trim(text, door.unwrap_or(at));
            }
            Kind::Unit => return trim(text, more.unwrap_or_else(|| before_side(text, at))),
            // Within a lane or a yard a number is a building's: 658弄5号.
            Kind::Door if in_lane => return trim(text, at),
            Kind::Door => door = Some(at),
            Kind::Lane => {
                in_lane = true;
                door = Some(at);
            }
            // 12号附3, 12号之3: of the same door.
            Kind::More => {
                more = more.or(Some(at));
                door = door.or(more);
            }
        }
    }
    trim(text, door.unwrap_or(end))
}

/// 花园东3栋, dois lote: the side of a compound is a part of the building's name, and a code may stand before what
/// it is of.
fn before_side(text: &str, unit: usize) -> usize {
    let before = &text[..unit];
    if before.ends_with(['.', ' '])
        && let Some(code) = code::before_lead(before)
    {
        return code;
    }
    let less = before.strip_suffix(['东', '西', '南', '北']).unwrap_or(before);
    if less.ends_with(|c| "园苑庭府舍区院大学厦心场寓 ,-，、".contains(c)) {
        less.len()
    } else {
        unit
    }
}

/// Whether the door at `door` is a compound's building: a room's number comes next, at `unit`, with nothing between,
/// and no road before.
fn is_building(text: &str, door: usize, unit: usize) -> bool {
    let plain = |c: char| is_digit(c) || c == ' ' || "号號〇零一二三四五六七八九十甲乙丙丁".contains(c);
    let before = text[..door].trim_end();
    !before.is_empty()
        && !number::is_road(before)
        && before.ends_with(is_ideograph)
        && text[door..unit].chars().all(plain)
        && text[unit..].trim_end().chars().all(|c| plain(c) || c.is_ascii_alphabetic())
}

/// Remarks in brackets hold phones and names, and so does what follows a sign that begins a remark.
fn before_remarks(text: &str, person: &Person<'_>) -> usize {
    let begins =
        |c| matches!(fold(c), '(' | '[' | '{' | '<' | '《' | '【' | '「' | '〔' | '#' | '@' | '〈' | '『');
    let mut end = text.find(begins).unwrap_or(text.len());
    for secret in [person.name.trim(), person.phone.trim()] {
        if secret.chars().nth(1).is_some()
            && let Some(at) = find(&text[..end], secret)
        {
            end = at;
        }
    }
    end
}

/// Where a part stands, in bytes: by its first character, which in most texts is nowhere.
fn find(text: &str, part: &str) -> Option<usize> {
    let mut places = text.match_indices(part.chars().next()?).map(|(at, _)| at);
    places.find(|at| text[*at..].starts_with(part))
}

/// Takes off what only leads to the number that was cut: `第`3座, `附`2号, `No.` 5, `д.` 5.
fn trim(text: &str, end: usize) -> usize {
    let mut shown = &text[..end];
    loop {
        let before = shown.len();
        shown = shown.trim_end_matches(|c| {
            matches!(fold(c), ' ' | ',' | '-' | '/' | '.' | '、' | '。' | ':' | ';' | '·' | '،') && c != 'ー'
        });
        shown = LEADING.iter().find_map(|lead| shown.strip_suffix(lead)).unwrap_or(shown);
        let less = word::without_lead(shown);
        if less.len() < shown.len() {
            shown = code::before_lead(less).map_or(less, |code| &less[..code]);
        }
        if shown.len() == before {
            return before;
        }
    }
}

/// Characters before a number that say nothing without it.
const LEADING: [&str; 10] = ["吊", "第", "负", "負", "地下", "附", "之", "约", "番地", "邮编"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Country;

    fn person<'a>(street: &'a str, detail: &'a str) -> Person<'a> {
        Person {
            name: "王芳",
            phone: "13812345678",
            country: Country::CN,
            division: ["上海市", "上海市", "浦东新区"],
            street,
            detail,
        }
    }

    #[test]
    fn a_municipality_is_printed_once() {
        assert_eq!(&*mask(&person("张江镇", "碧波路5号")), "上海市浦东新区张江镇碧波路***");
        assert_eq!(&*mask_briefly(&person("张江镇", "碧波路5号院3栋")), "上海市浦东新区张江镇碧波路***");
        assert_eq!(&*mask_briefly(&person("张江镇", "碧波路A5号院")), "上海市浦东新区张江镇碧波路***");
        assert_eq!(&*mask_coarsely(&person("张江镇", "碧波路5号")), "上海市浦东新区***");
        assert_eq!(&*mask_all(), "***");
    }

    #[test]
    fn a_street_that_leads_to_a_door_ends_the_address() {
        assert_eq!(&*mask(&person("碧波路5号", "天峰东湾")), "上海市浦东新区碧波路***");
    }

    #[test]
    fn blanks_behind_commas_and_between_numerals_are_a_matter_of_taste() {
        for (one, other) in [
            ("储运公司，68路终点站", "储运公司， 68路终点站"),
            ("Rye Lane,Peckham", "Rye  Lane ,  Peckham"),
            ("九五国际大厦", "九 五 国际大厦"),
            ("三里屯SOHOB座1102", "三里屯 SOHOB 座 1102"),
            ("地铁站A口宏发大厦5楼", "地铁站A 口 宏发大厦 5楼"),
            ("天峰东湾五二三〇一", "天峰东湾 五 二 三〇一"),
        ] {
            assert_eq!(mask(&person("", one)), mask(&person("", other)), "{one}");
        }
        assert_eq!(&*mask(&person("", "天峰东湾五 二 三〇一")), "上海市浦东新区天峰东湾***");
    }

    #[test]
    fn a_comma_behind_the_street_is_no_door() {
        for street in ["张江镇,", "张江镇、 ", "张江镇\u{200b}"] {
            assert_eq!(&*mask(&person(street, "碧波路5号")), "上海市浦东新区张江镇碧波路***", "{street}");
        }
    }

    #[test]
    fn a_division_is_cut_where_it_has_digits() {
        let mut person = person("", "天峰东湾");
        person.division = ["上海市", "幸福路3栋201", ""];
        assert_eq!(&*mask(&person), "上海市幸福路***");
        person.division = ["河南省", "郑州市", "二七区"];
        assert_eq!(&*mask(&person), "河南省郑州市二七区天峰东湾***");
    }

    #[test]
    fn stars_have_room_behind_any_address() {
        let long = "长".repeat(300);
        let masked = mask(&person("", &long));
        assert!(masked.ends_with("长***") && masked.len() <= 512);
    }
}
