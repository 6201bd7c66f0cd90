//! Numbers in an address, and what each is a number of.

use super::word;
use crate::summary::fold::{fold, is_digit, is_ideograph};
use crate::summary::list::List;

/// What a number in an address is of. That of a road or a place is part of its name and none of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A building, unit, floor, room, locker, box or group: it and all behind it is hidden.
    Unit,
    /// A door in a road: hidden if no unit follows.
    Door,
    /// A lane or a yard, in which doors are buildings.
    Lane,
    /// A further number of the door before it.
    More,
}

/// The numbers of an address from left to right: where each begins, in bytes, and its kind.
pub(super) fn all(text: &str) -> impl Iterator<Item = (usize, Kind)> {
    let mut at = 0;
    core::iter::from_fn(move || {
        loop {
            let first = text[at..].chars().next()?;
            let start = at;
            let len = run(&text[start..]);
            if len == 0 {
                at += first.len_utf8();
                if let Some(kind) = part_of_building(&text[start..]) {
                    return Some((start, kind));
                }
                continue;
            }
            at += len;
            if let Some(kind) = kind(&text[..start], &text[start..at], &text[at..]) {
                let lead = lead(&text[start..at], &text[at..]);
                return Some((start + lead, kind));
            }
        }
    })
}

/// Bytes of the number or word that a text begins with: digits, numerals and letters together, as in `B12`.
fn run(text: &str) -> usize {
    text.find(|c| !is_numeral(c) && !word::is_letter(c)).unwrap_or(text.len())
}

fn kind(before: &str, run: &str, behind: &str) -> Option<Kind> {
    let behind = behind.trim_start();
    let digits = run.chars().any(is_digit);
    if !digits && run.chars().all(word::is_letter) {
        // A座, B栋, SOHO B座.
        let code = starts(behind, &UNITS) || starts(behind, &AMBIGUOUS) || is_code(run, behind);
        return (code || word::leads_to_a_door(run, behind)).then_some(Kind::Unit);
    }
    if !digits && in_a_town(behind) {
        return None;
    }
    // 三ノ五, 一の二の三: block and lot.
    let lot = behind.strip_prefix(['ノ', 'の', '之']).and_then(|rest| rest.chars().next());
    if lot.is_some_and(is_numeral) && before.chars().next_back().is_some_and(|c| c != '号' && c != '號') {
        return Some(Kind::Unit);
    }
    if starts(behind, &PLACES) && !behind.starts_with("村民") {
        return None;
    }
    if starts(behind, &LANES) {
        return Some(Kind::Lane);
    }
    let continued = before.trim_end().ends_with(['附', '之']) && ends_in_door(before);
    if continued && !starts(behind, &UNITS) {
        return Some(Kind::More);
    }
    if starts(behind, &UNITS) {
        return Some(Kind::Unit);
    }
    if starts(behind, &AMBIGUOUS) {
        let mut rest = behind.chars().skip(1);
        // 三门峡路 is a name; 三门301 is a door of a building.
        let name = !digits && rest.next().is_some_and(|c| is_ideograph(c) && !is_numeral(c));
        return (!name).then_some(Kind::Unit);
    }
    if starts(behind, &DOORS) {
        return Some(Kind::Door);
    }
    if digits {
        // 12-3-401, 12/F, or a number of which nothing says what it is.
        return Some(Kind::Unit);
    }
    // 三里屯 is a name; 五零二 that ends an address is a room, and 三 or 丙 behind a name a phase or a building.
    let ends = behind.chars().next().is_none_or(|c| !c.is_alphabetic());
    (ends && run.chars().count() >= 2 || behind.is_empty() && !before.is_empty()).then_some(Kind::Unit)
}

/// 四队镇, 三栋镇, 七连屿: what would be a mark is within a town's or an island's name.
fn in_a_town(behind: &str) -> bool {
    let mut characters = behind.chars();
    let (mark, next) = (characters.next(), characters.next());
    mark.is_some_and(|c| "队隊连連栋棟".contains(c)) && next.is_some_and(|c| "镇鎮乡鄉屿嶼".contains(c))
}

/// A letter of a code with a number behind a dash: A-12.
fn is_code(run: &str, behind: &str) -> bool {
    let mut rest = behind.chars().map(fold);
    run.chars().count() <= 2 && rest.next() == Some('-') && rest.next().is_some_and(is_digit)
}

/// Bytes of letters that are a name written together with the letter of its building: SOHO in SOHOB座.
fn lead(run: &str, behind: &str) -> usize {
    let named = run.len() > 3 && run.bytes().all(|byte| byte.is_ascii_alphabetic());
    // 栋 behind a space may have a whole word before it: Three 栋.
    let building = behind.starts_with(['座', '栋', '棟', '幢', '楼', '樓', '区', '區']);
    if named && building { run.len() - 1 } else { 0 }
}

/// 东楼, 主楼, 北座: a building named by where it stands.
fn part_of_building(text: &str) -> Option<Kind> {
    let mut characters = text.chars();
    let (side, mark, next) = (characters.next()?, characters.next()?, characters.next());
    // Asked of every character of an address.
    if !matches!(mark, '楼' | '樓' | '座' | '栋' | '棟' | '幢' | '塔' | '层' | '層') {
        return None;
    }
    let storey = "顶頂底".contains(side) && "楼樓层層".contains(mark);
    let building = storey || !"层層".contains(mark) && "东東西南北中前后後左右主副附裙配辅輔".contains(side);
    (building && next.is_none_or(|c| !PLACE_ENDS.contains(c))).then_some(Kind::Unit)
}

fn ends_in_door(before: &str) -> bool {
    before.trim_end().trim_end_matches(['附', '之']).trim_end().ends_with(['号', '號'])
        || before.trim_end().trim_end_matches(['附', '之']).chars().next_back().is_some_and(is_digit)
}

fn starts<const N: usize>(text: &str, known: &List<N>) -> bool {
    known.heads(text).any(|(mark, rest)| {
        // 丁楼村, 三铺镇: the mark is part of a place's name.
        !("楼樓房铺舖鋪社舍阁閣番".contains(mark) && rest.starts_with(|c| PLACE_ENDS.contains(c)))
    })
}

fn is_numeral(character: char) -> bool {
    is_digit(character)
        || matches!(
            fold(character),
            '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千'
                | '两' | '兩' | '廿' | '甲' | '乙' | '丙' | '丁'
        )
        // As on contracts.
        || matches!(
            character,
            '壹' | '贰' | '貳' | '叁' | '參' | '肆' | '伍' | '陆' | '陸' | '柒' | '捌' | '玖' | '拾' | '佰' | '仟'
        )
}

/// What ends the name of a place, so that 楼 or 户 before it is part of the name.
const PLACE_ENDS: &str = "村镇鎮乡鄉屯庄莊湾灣沟溝桥橋峡峽县縣市州路街岭嶺山河湖寨堡坝壩坪塘码";

/// Behind a number: a building, unit, floor, room, locker, box, group.
static UNITS: List<53> = List::new([
    "厂房",
    "号厂房",
    "床",
    // 丁 is a numeral here, so that 2丁目 is 2丁 and 目.
    "目",
    "番地",
    "番",
    "村民小组",
    "村民组",
    "号楼",
    "號樓",
    "号樓",
    "號楼",
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
    "鋪",
    "档",
    "柜",
    "櫃",
    "宿舍",
    "舍",
    "阁",
    "閣",
    "组",
    "組",
    "社",
    "连",
    "連",
    "队",
    "隊",
    "箱",
    "格",
    "号柜",
    "号房",
    "号铺",
    "号店",
    "号门",
    "号仓",
    "号库",
    "号信箱",
    "号宿舍",
    "동",
    "호",
]);

/// The same, but also within the names of places where the number is written in characters.
static AMBIGUOUS: List<14> =
    List::new(["间", "間", "班", "座", "门", "門", "户", "戶", "家", "营", "排", "期", "区", "區"]);

/// Behind a number: a lane or a yard.
static LANES: List<8> = List::new(["弄", "支弄", "巷", "号院", "號院", "院", "号大院", "坊"]);

/// Behind a number: a door.
static DOORS: List<2> = List::new(["号", "號"]);

/// Behind a number: a road, a place or an institution, of which the number is the name.
static PLACES: List<37> = List::new([
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
    "馬路",
    "公路",
    "路",
    "街",
    "道街",
    "公里",
    "环",
    "環",
    "段",
    "线",
    "号线",
    "号路",
    "号大街",
    "号公路",
    "号桥",
    "团",
    "團",
    "师",
    "師",
    "村",
    "新村",
    "里",
    "条",
    "條",
    "胡同",
    "中学",
]);
