//! Numbers in an address, and what each is a number of.

use super::count::COUNTS;
use super::mark::{AMBIGUOUS, DOORS, FLOORS, HALLS, LANES, PARTS, PLACE_ENDS, PLACES, UNITS};
use super::{code, date, word};
use crate::summary::fold::{fold, is_digit, is_ideograph, is_wide};
use crate::summary::list::{List, Set};

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
                if let Some(kind) = part_of_building(&text[..start], &text[start..]) {
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
    let apart = behind;
    // “B”栋: quotation marks say nothing.
    let behind = behind.trim_start_matches(|c| fold(c) == ' ' || c == '”' || c == '"');
    let digits = run.chars().any(is_digit);
    if !digits && run.chars().all(word::is_letter) {
        // A座, B栋, SOHO B座.
        let code = starts(behind, &UNITS)
            || starts(behind, &AMBIGUOUS)
            || is_code(run, behind)
            || is_letter_of_building(before, run, apart);
        let code = code || word::leads_to_a_door(run, behind) || code::is_code(before, run, apart);
        return code.then_some(Kind::Unit);
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
    if starts(behind, &UNITS) || is_hall(before, run, behind) || !digits && is_joined(run, apart) {
        return Some(Kind::Unit);
    }
    // 34号甲.
    if !digits && before.ends_with(['号', '號']) && is_stem_of_door(run, behind) {
        return Some(Kind::More);
    }
    // 负一超市, 丙库.
    let below = before.ends_with(['负', '負']);
    let store = "甲乙丙丁".contains(run) && behind.starts_with(['库', '庫', '仓', '倉', '厅', '廳']);
    if !digits && (below || store) {
        return Some(Kind::Unit);
    }
    if starts(behind, &AMBIGUOUS) || starts(behind, &PARTS) {
        let mut rest = behind.chars().skip(1);
        // 三门峡路 is a name; 三门301 is a door of a building.
        let next = rest.next();
        // 三座东户, 甲座前台 and 叁座 are none.
        let building = behind.starts_with(['座', '塔', '馆', '梯'])
            && (next.is_some_and(|c| "东西南北左右前后底顶旁对附".contains(c))
                || run.contains(|c| "甲乙丙丁壹贰叁肆伍陆柒捌玖拾".contains(c)));
        let name = !digits && !building && next.is_some_and(|c| is_ideograph(c) && !is_numeral(c));
        return (!name).then_some(Kind::Unit);
    }
    if starts(behind, &DOORS) {
        return Some(Kind::Door);
    }
    // 홍익로3길, 종로1가, 12가길: a road, of which the number is within the name.
    let named = run.chars().take_while(|c| matches!(c, '\u{ac00}'..='\u{d7a3}')).count() > 1;
    if run.ends_with('길') || named && run.ends_with(['로', '가']) || date::is_of_a_road(before, run, apart)
    {
        return None;
    }
    if digits {
        // 12-3-401, 12/F, or a number of which nothing says what it is.
        return Some(Kind::Unit);
    }
    // 三F前台, 叁F A栋: a storey in Latin.
    if run.ends_with(['F', 'f']) {
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
    // A whole word may count it: Three 栋.
    let building = behind.starts_with(['座', '栋', '棟', '幢', '楼', '樓', '区', '區']);
    if named && building {
        return if word::has(&COUNTS, run) { 0 } else { run.len() - 1 };
    }
    // IFS二号楼.
    let name = run.bytes().take_while(u8::is_ascii_alphabetic).count();
    if name > 2 && run[name..].chars().all(|c| is_numeral(c) && !is_digit(c)) { name % run.len() } else { 0 }
}

/// A letter that ends a name of a script without spaces, and so is a building's or a room's: 家园B, レジデンスB, and
/// the A of A、B座; or one before a hall: A馆. That of T-PARK is of a word.
fn is_letter_of_building(before: &str, run: &str, behind: &str) -> bool {
    let mut letters = run.chars();
    if !letters.next().is_some_and(|c| fold(c).is_ascii_alphabetic()) || letters.next().is_some() {
        return false;
    }
    let next = behind.trim_start();
    // A号公寓, but 地铁A号线.
    let counted = next.starts_with(['号', '號']) && !starts(next, &PLACES);
    if next.starts_with(|c| "塔馆館厅廳仓倉库庫厂廠".contains(c)) || counted || starts(next, &HALLS)
    {
        return true;
    }
    let hyphened = next.trim_start_matches(|c| fold(c) == '-');
    let word =
        hyphened.len() < next.len() && hyphened.chars().take(2).filter(|c| word::is_letter(*c)).count() == 2;
    let ends = behind.chars().next().is_none_or(|c| !c.is_alphanumeric());
    ends && !word && before.trim_end().ends_with(is_wide)
}

/// 2号公寓楼, 第三教学楼: the number is a building's, of which the word behind tells the kind. In a road that of
/// 12号办公楼 is the door's.
fn is_hall(before: &str, run: &str, behind: &str) -> bool {
    let Some(rest) = behind.strip_prefix(['号', '號']) else { return starts(behind, &HALLS) };
    let hall = starts(rest, &HALLS)
        || rest.starts_with(['馆', '館', '厅', '廳', '塔'])
            && rest.chars().nth(1).is_none_or(|c| !is_ideograph(c) || is_numeral(c));
    // A road's doors bear no letters before their numbers.
    hall && (!is_road(before) || run.starts_with(word::is_letter))
}

/// Whether a text ends with the name of a road.
pub(super) fn is_road(text: &str) -> bool {
    text.trim_end().ends_with(|c| "路街道巷胡同条弄段里线線大".contains(c))
}

/// 34号甲, but not 34号甲 before the name of a house.
fn is_stem_of_door(run: &str, behind: &str) -> bool {
    "甲乙丙丁".contains(run) && !behind.starts_with(is_ideograph)
}

/// 五-二-三零一, 五 二 三零一, 六和七栋: numbers in characters, one behind the other.
fn is_joined(run: &str, behind: &str) -> bool {
    let rest = behind.trim_start_matches(|c| "-/. 和到至、及".contains(fold(c)));
    let between = &behind[..behind.len() - rest.len()];
    let number = &rest[..rest.find(|c| !is_numeral(c)).unwrap_or(rest.len())];
    if between.is_empty() || number.is_empty() {
        return false;
    }
    let next = &rest[number.len()..];
    if between.contains(is_ideograph) || between.contains('、') {
        // 五一、五四路口 are names, and so is 三和 in 三和11组.
        return !number.starts_with(is_digit)
            && (next.is_empty()
                || next.starts_with(['号', '號'])
                || starts(next, &UNITS)
                || starts(next, &AMBIGUOUS)
                || starts(next, &PARTS)
                || starts(next, &HALLS));
    }
    // 八一 五四路 are two names.
    (between.contains(|c| fold(c) != ' ') || run.chars().nth(1).is_none()) && !starts(next, &PLACES)
}

/// 东楼, 主楼, 北座, 西单元, 首层, 地下室: a building, a unit or a floor that bears no number.
fn part_of_building(before: &str, text: &str) -> Option<Kind> {
    if before.ends_with('邨') && is_named_block(text) {
        return Some(Kind::Unit);
    }
    let mut characters = text.chars();
    let first = characters.next()?;
    let level = LEVELS.has(first);
    if !level && !SIDES.has(first) {
        return None;
    }
    let (mark, next) = (characters.next()?, characters.next());
    if level {
        let storey = matches!(first, '顶' | '頂' | '底' | '首') && "楼樓层層".contains(mark)
            || FLOORS.heads(text).next().is_some();
        return (storey && next.is_none_or(|c| !PLACE_ENDS.contains(c))).then_some(Kind::Unit);
    }
    // 西单元, 西侧单元, 中间单元.
    let entrance = |rest: &str| rest.starts_with("单元") || rest.starts_with("單元");
    let beside = &text[first.len_utf8()..];
    let further = &beside[mark.len_utf8()..];
    let at_side = "边邊侧側间間头頭手".contains(mark);
    let unit = entrance(beside) || at_side && entrance(further);
    // 东户, 西边套: a flat, where nothing follows.
    let flat = is_flat(beside) || at_side && is_flat(further);
    let house = "楼樓座栋棟幢塔翼馆館舍宿排寝".contains(mark) || starts(beside, &HALLS);
    let building = house && next.is_none_or(|c| !PLACE_ENDS.contains(c));
    (unit || flat || building).then_some(Kind::Unit)
}

static SIDES: Set<20> = Set::new([
    '东', '東', '西', '南', '北', '中', '前', '后', '後', '左', '右', '主', '副', '附', '裙', '配', '辅',
    '輔', '别', '別',
]);

static LEVELS: Set<12> = Set::new(['顶', '頂', '底', '首', '夹', '夾', '阁', '閣', '地', '天', '屋', '半']);

fn is_flat(text: &str) -> bool {
    text.strip_prefix(['户', '戶', '套']).is_some_and(|rest| !rest.starts_with(is_ideograph))
}

/// 恩慈樓 of 天恩邨: the blocks of Hong Kong's public estates bear names.
fn is_named_block(text: &str) -> bool {
    text.trim_start().chars().take(5).take_while(|c| is_ideograph(*c)).skip(2).any(|c| "樓楼閣阁".contains(c))
}

fn ends_in_door(before: &str) -> bool {
    before.trim_end().trim_end_matches(['附', '之']).trim_end().ends_with(['号', '號'])
        || before.trim_end().trim_end_matches(['附', '之']).chars().next_back().is_some_and(is_digit)
}

fn starts<const N: usize>(text: &str, known: &List<N>) -> bool {
    known.may_head(text)
        && known.heads(text).any(|(mark, rest)| {
            // 丁楼村, 三铺镇: the mark is part of a place's name.
            !("楼樓房铺舖鋪社舍阁閣番".contains(mark) && rest.starts_with(|c| PLACE_ENDS.contains(c)))
        })
}

pub(super) fn is_numeral(character: char) -> bool {
    is_digit(character) || NUMERALS.has(character)
}

/// Numbers in characters, the last fifteen as on contracts.
static NUMERALS: Set<39> = Set::new([
    '〇', '零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '两', '兩', '廿',
    '卅', '卌', '弐', '甲', '乙', '丙', '丁', '壹', '贰', '貳', '叁', '參', '肆', '伍', '陆', '陸', '柒',
    '捌', '玖', '拾', '佰', '仟',
]);
