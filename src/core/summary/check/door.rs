//! Whether what is shown of an address tells a building, unit, floor or room.
//!
//! The masker decides where to cut from left to right. This asks of each number that is shown what it is a
//! number of, with the whole of the field in view: a digit may be shown only as part of a road's or a place's
//! name, or as a door's before something else that is hidden.

use super::{Rule, Violation, bare, gather, visible};
use crate::error::Field;
use crate::summary::fold::{is_ideograph, is_numeric};
use crate::summary::list::{List, Set};
use zeroize::Zeroize as _;

/// Characters of a field that are looked at; an address of more is not printed in full.
const LONGEST: usize = 400;

/// Checks a field of an address of which the first `shown` characters, spaces not counted, are printed.
pub(super) fn door(field: &str, shown: usize) -> Result<(), Violation> {
    // Nearly every division's name is of characters of which none tells anything.
    if shown <= LONGEST && !field.contains(may_tell) {
        return Ok(());
    }
    let mut characters = ['\0'; LONGEST];
    let len = gather(field, &mut characters);
    let text = &characters[..len];
    let told = shown > LONGEST || numbers(text, shown) || bare::part(text, shown) || words(field, shown);
    characters[..len].zeroize();
    if told { Err(Violation { field: Field::Detail, rule: Rule::DoorShown }) } else { Ok(()) }
}

/// Whether a character may be of what tells a door: any but the ideographs that are no numbers and begin no part of a
/// building.
fn may_tell(character: char) -> bool {
    !matches!(character, '\u{3400}'..='\u{9fff}') || is_numeral(character) || bare::BEGINS.has(character)
}

/// Whether a number that is shown in part tells a door.
fn numbers(text: &[char], shown: usize) -> bool {
    let mut start = 0;
    let mut in_lane = false;
    while start < shown {
        // Nearly every character of an address is none of a number's.
        if !text[start].is_ascii_alphanumeric() && !is_numeral(text[start]) && !is_numeric(text[start]) {
            start += 1;
            continue;
        }
        let digits = length(&text[start..], |c| is_numeric(c) && !is_numeral(c));
        let numerals = length(&text[start..], is_numeral);
        let letters = length(&text[start..], |c| c.is_ascii_alphabetic());
        let run = digits.max(numerals).max(letters).max(1);
        // 3A号.
        let letter = usize::from(
            digits > 0
                && text.get(start + run).is_some_and(char::is_ascii_alphabetic)
                && text.get(start + run + 1).is_some_and(|c| "号號弄巷院".contains(*c)),
        );
        let run = run + letter;
        let behind = &text[start + run..];
        let lane = if digits.max(numerals) > 0 { after(behind, &LANES) } else { None };
        let told = if digits > 0 {
            if mark(behind).is_some() || is_kind(&text[..start], behind) {
                true
            } else if starts(behind, &NAMES) || bare::is_day(&text[..start], digits, behind) {
                false
            } else if let Some(rest) = lane {
                // A lane is a door to those who live in its only house.
                rest.is_empty() || start + run >= shown
            } else {
                let hidden = shown < text.len();
                !starts(behind, &DOORS) || in_lane || ends_so(behind) || start + run >= shown || !hidden
            }
        } else if numerals > 0 {
            // 三 behind a name of more than a town's length, 三连 where nothing follows.
            let last = behind.first().is_some_and(|c| "期社连連队隊床班间間组組门門户戶教宿".contains(*c));
            let ends = behind.get(1).is_none_or(|c| !is_ideograph(*c));
            marked(behind)
                || (start > 2 || numerals > 1) && behind.is_empty()
                || (last && ends)
                || lane.is_some_and(<[char]>::is_empty)
                || is_kind(&text[..start], behind)
                || (starts(behind, &DOORS) && ends_so(behind))
        } else {
            // A座, and SOHO with B座 behind it.
            letters > 0 && start + letters <= shown && behind.first() != Some(&'#') && marked(behind)
        };
        if told {
            return true;
        }
        in_lane |= lane.is_some();
        start += run;
    }
    false
}

/// What follows the mark of a building, unit, floor or room, if one comes next, alone or behind 号.
fn mark(behind: &[char]) -> Option<&[char]> {
    let plain = behind.strip_prefix(&['号']).or_else(|| behind.strip_prefix(&['號'])).unwrap_or(behind);
    let counted = plain.len() < behind.len() && starts(plain, &COUNTED);
    (counted || starts(plain, &MARKS)).then(|| &plain[1..])
}

/// Whether such a mark comes next and does not belong to the name of a place.
fn marked(behind: &[char]) -> bool {
    mark(behind).is_some_and(|rest| {
        !rest.first().is_some_and(|c| "村镇鎮乡庄莊湾灣沟溝坝桥橋县市路街码炕町".contains(*c))
    })
}

/// 2号公寓楼: a building by its number and kind; in a road 12号办公楼 is a door.
fn is_kind(before: &[char], behind: &[char]) -> bool {
    let rest = behind.strip_prefix(&['号']).unwrap_or(behind);
    let road = before.last().is_some_and(|c| "路街道巷弄里条大段".contains(*c)) && rest.len() < behind.len();
    starts(rest, &KINDS) && !road
}

/// Whether nothing but an annex comes behind a door's 号: 5号, 5号附3号, 5号之3.
fn ends_so(behind: &[char]) -> bool {
    let rest = behind.get(1..).unwrap_or_default();
    rest.first().is_none_or(|c| "附之".contains(*c))
        && rest.iter().all(|c| is_numeric(*c) || "号號附之".contains(*c))
}

/// Whether a word that leads to a door and what it leads to are shown.
fn words(field: &str, shown: usize) -> bool {
    // None of them is of ideographs, as most addresses are.
    let foreign = |c: char| if c.is_ascii() { c.is_ascii_alphabetic() } else { !is_ideograph(c) };
    if !field.contains(foreign) {
        return false;
    }
    let (mut led, mut house, mut letter, mut number) = (false, false, false, false);
    let (mut rest, mut seen) = (0, 0);
    while let Some(begin) = field[rest..].find(char::is_alphanumeric).map(|at| rest + at) {
        let len = field[begin..].find(|c: char| !c.is_alphanumeric()).unwrap_or(field.len() - begin);
        let word = &field[begin..begin + len];
        seen += visible(&field[rest..begin]).count();
        if seen >= shown {
            return false;
        }
        seen += visible(word).count();
        // Door B, and B Blok.
        let coded = house && (bare::is_letter(word) || word.len() == 1) || letter && bare::leads(word);
        // 35 5th Avenue: the first is a door's.
        let door = number && word.starts_with(|c: char| c.is_ascii_digit());
        if led && word.chars().count() <= 4 || coded || door || bare::is_floor(word) {
            return true;
        }
        number = word.bytes().all(|byte| byte.is_ascii_digit());
        led = WORDS.iter().any(|known| word.eq_ignore_ascii_case(known));
        (house, letter) = (bare::leads(word), bare::is_letter(word));
        rest = begin + len;
    }
    false
}

fn length(text: &[char], of: impl Fn(char) -> bool) -> usize {
    text.iter().take_while(|c| of(**c)).count()
}

fn starts<const N: usize>(text: &[char], known: &List<N>) -> bool {
    after(text, known).is_some()
}

/// What follows the longest of `known` that a text begins with.
fn after<'t, const N: usize>(text: &'t [char], known: &List<N>) -> Option<&'t [char]> {
    let matches = known.from(*text.first()?).filter_map(|mark| {
        let len = mark.chars().count();
        text.get(..len).filter(|head| head.iter().copied().eq(mark.chars())).map(|_| &text[len..])
    });
    matches.min_by_key(|rest| rest.len())
}

/// Numbers in characters. Asked of every character of an address.
fn is_numeral(character: char) -> bool {
    NUMERALS.has(character)
}

static NUMERALS: Set<33> = Set::new([
    '〇', '零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '廿', '卅', '两', '兩', '甲',
    '乙', '丙', '丁', '壹', '贰', '貳', '叁', '參', '肆', '伍', '陆', '陸', '柒', '捌', '玖', '拾',
]);

/// Behind a number, alone or after 号: a building, unit, floor or room.
static MARKS: List<26> = List::new([
    "字楼",
    "字樓",
    "小组",
    "階",
    "丁目",
    "村民小组",
    "村民组",
    "座",
    "栋",
    "棟",
    "幢",
    "单元",
    "單元",
    "室",
    "房",
    "楼",
    "樓",
    "层",
    "層",
    "铺",
    "舖",
    "柜",
    "櫃",
    "宿舍",
    "分箱",
    "#",
]);

/// Behind a number, alone or after 号: kinds of buildings.
static KINDS: List<12> = List::new([
    "公寓",
    "写字楼",
    "教学楼",
    "办公楼",
    "综合楼",
    "商业楼",
    "住院楼",
    "门诊楼",
    "学生公寓",
    "别墅",
    "车间",
    "仓库",
]);

/// The same, after 号 only.
static COUNTED: List<5> = List::new(["门", "門", "信箱", "仓", "库"]);

/// Behind a number: a lane or a yard.
static LANES: List<8> = List::new(["弄", "支弄", "巷", "号院", "號院", "号大院", "院", "坊"]);

/// Behind a number: a door.
static DOORS: List<2> = List::new(["号", "號"]);

/// Behind a number: a road, a place, an institution.
static NAMES: List<34> = List::new([
    "길",
    "가길",
    "가",
    "로",
    "国道",
    "國道",
    "省道",
    "县道",
    "乡道",
    "高速",
    "大道",
    "大街",
    "支路",
    "横路",
    "马路",
    "公路",
    "路",
    "街",
    "道街",
    "公里",
    "环",
    "段",
    "线",
    "号线",
    "号路",
    "号大街",
    "号公路",
    "号桥",
    "团",
    "师",
    "村",
    "里",
    "条",
    "中学",
]);

/// Words whose next word tells a door.
const WORDS: [&str; 25] = [
    "lgh",
    "daire",
    "lantai",
    "tingkat",
    "phòng",
    "tầng",
    "кв",
    "квартира",
    "διαμέρισμα",
    "شقة",
    "واحد",
    "דירה",
    "कमरा",
    "flat",
    "apt",
    "apartment",
    "unit",
    "room",
    "rm",
    "suite",
    "floor",
    "block",
    "blk",
    "bldg",
    "wohnung",
];
