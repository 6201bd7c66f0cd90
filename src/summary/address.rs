//! Addresses.

use super::Person;
use super::fold::{fold, folded, is_ideograph};
use crate::bytes::Text;

/// Division and street in full, then the detail up to what leads to a door, then `***`.
pub(super) fn mask(person: &Person<'_>) -> Text<512> {
    let mut out = Text::new();
    let mut previous = "";
    let latin = !person.detail.chars().chain(person.street.chars()).any(is_ideograph);
    let last = person.street;
    let mut whole = true;
    for part in person.division.into_iter().chain([last]) {
        let part = part.trim();
        // A municipality is named twice: as a province and as its city.
        if part.is_empty() || part == previous {
            continue;
        }
        previous = part;
        let end = if core::ptr::eq(part, last.trim()) { cut(part, person) } else { part.len() };
        push(&mut out, &part[..end], latin);
        whole &= end == part.len();
    }
    // A street that itself leads to a door ends the address.
    if whole {
        let detail = person.detail.trim();
        push(&mut out, &detail[..cut(detail, person)], latin);
    }
    // Room for the stars was left by `push`.
    let _fits = out.push_str("***");
    out
}

/// The division alone, then `***`: for an address whose way of leading to a door is not known.
pub(super) fn mask_coarsely(person: &Person<'_>) -> Text<512> {
    let [province, city, district] = person.division;
    mask(&Person {
        name: person.name,
        phone: person.phone,
        country: person.country,
        division: [province, city, district],
        street: "",
        detail: "",
    })
}

/// Appends a part in its usual form as long as there is room for the stars behind it.
fn push(out: &mut Text<512>, part: &str, spaced: bool) {
    let mut room = (512 - 8) - out.len().min(512 - 8);
    if spaced && !out.is_empty() && !part.is_empty() {
        room = room.saturating_sub(1);
        let _fits = out.push(' ');
    }
    for character in folded(part) {
        if character.len_utf8() > room || character.is_control() {
            break;
        }
        room -= character.len_utf8();
        let _fits = out.push(character);
    }
}

/// Where a detail is cut, in bytes.
fn cut(detail: &str, person: &Person<'_>) -> usize {
    let mut end = detail.len();
    for (at, character) in detail.char_indices() {
        // Remarks in brackets hold phones and names; a comma ends the road.
        if "([{<（【《「#".contains(fold(character)) || fold(character) == '@' {
            end = at;
            break;
        }
    }
    for secret in [person.name.trim(), person.phone.trim()] {
        if secret.chars().nth(1).is_some()
            && let Some(at) = detail[..end].find(secret)
        {
            end = at;
        }
    }
    let mut runs = Runs { text: &detail[..end], at: 0 };
    let mut door = None;
    while let Some(run) = runs.next_run() {
        match run.kind {
            Kind::Unit => return trim(detail, run.start),
            Kind::Door => door = Some(run.start),
            Kind::Road => {}
        }
    }
    trim(detail, door.unwrap_or(end))
}

fn trim(detail: &str, end: usize) -> usize {
    detail[..end].trim_end_matches([' ', ',', '，', '-', '－', '、', '.', '/']).len()
}

/// What a number in an address is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Of a building, unit, floor, room, locker, box, group: it and all behind it is hidden.
    Unit,
    /// Of a door in a road: hidden if no unit follows.
    Door,
    /// Of a road: it stays.
    Road,
}

struct Run {
    start: usize,
    kind: Kind,
}

/// Runs of digits, letters and Chinese numerals that are numbers of something.
struct Runs<'a> {
    text: &'a str,
    at: usize,
}

impl Runs<'_> {
    fn next_run(&mut self) -> Option<Run> {
        loop {
            let rest = &self.text[self.at..];
            let offset = rest.find(|c| is_number(c) || is_word_start(c))?;
            let start = self.at + offset;
            let run = &self.text[start..];
            let len = run.find(|c| !is_number(c) && !fold(c).is_ascii_alphabetic()).unwrap_or(run.len());
            let len = len.max(run.chars().next().map_or(1, char::len_utf8));
            self.at = start + len;
            if let Some(kind) = kind(&run[..len], &run[len..], start == 0) {
                return Some(Run { start, kind });
            }
        }
    }
}

fn kind(run: &str, behind: &str, first: bool) -> Option<Kind> {
    let behind = behind.trim_start();
    let latin = run.chars().all(|c| fold(c).is_ascii_alphabetic());
    if latin {
        let word = |known: &&str| run.len() <= 12 && run.eq_ignore_ascii_case(known);
        if UNIT_WORDS.iter().any(word) {
            return Some(Kind::Unit);
        }
        // A building may be called by a letter: B座, A栋.
        return starts(behind, &UNITS).then_some(Kind::Unit);
    }
    // Digits of any script; Chinese numerals are letters as well.
    let arabic = run.chars().any(|c| fold(c).is_ascii_digit() || (c.is_numeric() && c != '〇'));
    if starts(behind, &ROADS) {
        return Some(Kind::Road);
    }
    if starts(behind, &UNITS) {
        return Some(Kind::Unit);
    }
    if !arabic {
        // 三 of 三里屯 is no number; 三号 is.
        return starts(behind, &DOORS).then_some(Kind::Door);
    }
    if starts(behind, &DOORS) {
        return Some(Kind::Door);
    }
    // 12-3-401, or a number with nothing that says what it is: a door's, unless a road bears it in front.
    let joined = behind.chars().next().is_some_and(|c| matches!(fold(c), '-' | '/' | '~'));
    if joined {
        return Some(Kind::Unit);
    }
    if first && run.chars().next().is_some_and(|c| fold(c).is_ascii_alphabetic()) {
        return Some(Kind::Road);
    }
    Some(Kind::Unit)
}

fn starts(text: &str, known: &[&str]) -> bool {
    known.iter().any(|word| text.starts_with(word))
}

fn is_number(character: char) -> bool {
    fold(character).is_ascii_digit()
        || "〇零一二三四五六七八九十百千两甲乙丙丁①②③④⑤⑥⑦⑧⑨ⅠⅡⅢⅣⅤ".contains(character)
        || character.is_numeric()
}

fn is_word_start(character: char) -> bool {
    fold(character).is_ascii_alphabetic()
}

/// Behind a number: a building, unit, floor, room, locker, box, group.
const UNITS: [&str; 46] = [
    "号楼",
    "號樓",
    "栋",
    "棟",
    "幢",
    "座",
    "单元",
    "單元",
    "室",
    "房",
    "楼",
    "樓",
    "层",
    "層",
    "门",
    "户",
    "铺",
    "舖",
    "档",
    "柜",
    "宿舍",
    "舍",
    "阁",
    "组",
    "社",
    "连",
    "营",
    "队",
    "箱",
    "格",
    "号柜",
    "号房",
    "号铺",
    "号店",
    "号门",
    "号仓",
    "号库",
    "期",
    "区",
    "區",
    "番",
    "丁目",
    "동",
    "호",
    "排",
    "号信箱",
];

/// Behind a number: a door, a lane, a yard.
const DOORS: [&str; 8] = ["号", "號", "弄", "巷", "院", "之", "条", "胡同"];

/// Behind a number: a road, of which the number is the name.
const ROADS: [&str; 10] = ["国道", "省道", "县道", "乡道", "大道", "路", "街", "公里", "环", "马路"];

/// Words that lead to a door.
const UNIT_WORDS: [&str; 22] = [
    "flat",
    "apt",
    "apartment",
    "unit",
    "room",
    "rm",
    "suite",
    "ste",
    "floor",
    "fl",
    "block",
    "blk",
    "bldg",
    "building",
    "tower",
    "house",
    "box",
    "po",
    "no",
    "lot",
    "wohnung",
    "etage",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Country;

    #[test]
    fn details_are_cut_where_they_lead_to_a_door() {
        for (detail, masked) in [
            ("科技园路9号3栋2单元1501室", "科技园路9号***"),
            ("天峰东湾58号", "天峰东湾***"),
            ("阳光花园12－3－401", "阳光花园***"),
            ("翠苑新村三号楼二单元五零二", "翠苑新村***"),
            ("金钟路658弄5号502室", "金钟路658弄5号***"),
            ("东直门南小街甲5号", "东直门南小街***"),
            ("G320国道旁红星汽修厂", "G320国道旁红星汽修厂***"),
            ("万达广场B座1203", "万达广场***"),
            ("Flat A, 12/F, Block 3, 88 Nathan Road", "***"),
            ("Nathan Road 88", "Nathan Road***"),
            ("红旗村3组", "红旗村***"),
            ("丰巢柜(13812345678)", "丰巢柜***"),
            ("津桥路天润广场", "津桥路天润广场***"),
            ("ষ্টুডিও ২, হোল্ডিং নং ২৯", "ষ্টুডিও***"),
            ("", "***"),
        ] {
            let person = Person {
                name: "王芳",
                phone: "13812345678",
                country: Country::CN,
                division: ["", "", ""],
                street: "",
                detail,
            };
            assert_eq!(&*mask(&person), masked, "{detail}");
        }
    }

    #[test]
    fn a_municipality_is_printed_once() {
        let person = Person {
            name: "王芳",
            phone: "13812345678",
            country: Country::CN,
            division: ["上海市", "上海市", "浦东新区"],
            street: "张江镇",
            detail: "碧波路5号",
        };
        assert_eq!(&*mask(&person), "上海市浦东新区张江镇碧波路***");
    }
}
