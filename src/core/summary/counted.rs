//! What counts, and what says a side: scanned alike by the masker and the check, which judge it each on its own.

use super::chars::Chars;
use super::line::leading_number;

/// Which side a part of a place lies on.
pub(super) static SIDES: Chars<13> = Chars::of("东西南北中前后左右上下大正");

/// What counts besides numerals.
pub(super) static COUNTED: Chars<16> = Chars::of("甲乙丙丁戊己庚辛壬癸字首末尾头第");

/// Which side of a building a part of it is on.
static SIDED: Chars<12> = Chars::of("东西南北中左右前后主边侧");

/// Sides, stems and more that no name without an ending has.
pub(super) static UNNAMED: Chars<22> = Chars::of("东西南北左右前后内外侧边旁角头甲乙丙丁第附之");

/// 东户: a part of a building by its side.
pub(super) fn is_sided(character: char, next: char) -> bool {
    SIDED.has(character) && matches!(next, '栋' | '幢' | '座' | '室' | '户' | '单' | '梯' | '排')
}

/// A number, or one letter with or without a number: 2, 十二, B, T2.
pub(super) fn counter(text: &[char]) -> usize {
    let letter = usize::from(text.first().is_some_and(char::is_ascii_alphabetic));
    letter + leading_number(text.get(letter..).unwrap_or_default()).map_or(0, |(_, len)| len)
}

/// 3栋, B座, 12号楼: a building by its number.
pub(super) fn building(text: &[char]) -> Option<usize> {
    let counted = counter(text);
    match text.get(counted..).filter(|_| counted > 0)? {
        ['栋' | '幢' | '座', ..] => Some(counted + 1),
        ['号', '楼' | '栋' | '幢' | '座', ..] => Some(counted + 2),
        _ => None,
    }
}

/// 一期, B区, 东区: a stage or a quarter of a place.
pub(super) fn quarter(text: &[char]) -> Option<usize> {
    let counted = counter(text);
    let sided = usize::from(text.first().is_some_and(|c| SIDES.has(*c)));
    let head = if counted > 0 { counted } else { sided + counter(text.get(sided..)?) };
    match text.get(head..).filter(|_| head > 0)? {
        ['期' | '区' | '村', ..] => Some(head + 1),
        ['组', '团', ..] | ['号', '区', ..] => Some(head + 2),
        _ => None,
    }
}

/// 3-2-1501: building, unit and room in short.
pub(super) fn is_chain(text: &[char]) -> bool {
    let digits = text.iter().take_while(|c| c.is_ascii_digit()).count();
    digits > 0 && matches!(text.get(digits..), Some(['-', '0'..='9', ..]))
}
