//! Words of alphabetic scripts that are a code, though nothing that the masker knows leads to them: the letter of
//! Door C, the number of Torre Dos, and what comes before its house or floor, as in B Blok and second floor.

use super::count::{COUNTS, HOUSES, PINYIN, PINYIN_MARKS, ROADS, SIDES, STOREYS, THAI_CODES, THAI_LEADS};
use super::word::{has, is_letter};
use crate::summary::fold::{fold, is_digit};

/// Whether a word is a code, given what stands before and behind it.
pub(super) fn is_code(before: &str, word: &str, behind: &str) -> bool {
    if is_korean(word) || is_thai(word) {
        return true;
    }
    let single = is_single(word);
    if is_roman(word) && behind.starts_with('/') && behind[1..].starts_with(is_digit) {
        return true;
    }
    if single && behind.starts_with('/') {
        // S/o, W/o, D/o, H/o: what follows is the name of a parent or husband.
        return word.starts_with(['s', 'S', 'w', 'W', 'd', 'D', 'h', 'H'])
            && behind[1..].starts_with(['o', 'O']);
    }
    let next = behind.trim_start_matches(|c| " .-'’".contains(fold(c)));
    // Kuutie A 12: a staircase and its flat.
    let ended = ends(next) || single && next.starts_with(is_digit);
    let roman = is_roman(word);
    let joined = behind.len() > next.len();
    if !ended && !joined {
        return false;
    }
    if ended {
        let coded = single && !word.starts_with(char::is_lowercase) || has(&COUNTS, word) || roman;
        // ביל"ו: the quotation mark is within a word.
        let within = before.ends_with(['"', '״', '׳', '\'', '’']);
        let whole = before.is_empty() && behind.is_empty();
        return coded && !(within || whole || is_named(before, word));
    }
    // Of Chinese in Latin letters: san hao lou, er danyuan.
    if has(&PINYIN, word) && has(&PINYIN_MARKS, &next[..next.find(|c| !is_letter(c)).unwrap_or(next.len())]) {
        return true;
    }
    // B Blok, A lépcsőház, II. emelet, second floor, North Tower.
    let noun = &next[..next.find(|c| !is_letter(c)).unwrap_or(next.len())];
    let storey = has(&STOREYS, noun);
    let house = !storey && has(&HOUSES, noun) && ends(&next[noun.len()..]);
    let side = || has(&SIDES, word);
    // tercero B, Two B.
    let lettered = is_single(noun) && ends(&next[noun.len()..]);
    lettered && has(&COUNTS, word)
        || storey && (single || roman || has(&COUNTS, word) || side())
        || house && (single || has(&COUNTS, word) || side())
}

/// Where a code begins that stands right before what it is of, at the end of a text: dois lote, B Daire.
pub(super) fn before_lead(text: &str) -> Option<usize> {
    let before = text.trim_end_matches(|c| fold(c) == ' ' || c == '.');
    let start = before.trim_end_matches(is_letter).len();
    let word = &before[start..];
    // Behind a comma II is no king's.
    let roman = is_roman(word) && before[..start].trim_end().ends_with(',');
    let coded = is_single(word) && !word.starts_with(char::is_lowercase) || has(&COUNTS, word) || roman;
    let alone = before[..start].ends_with(|c| fold(c) == ' ');
    (coded && alone && before.len() < text.len() && !is_named(&before[..start], word)).then_some(start)
}

/// Whether the word is a road's name, as in Avenue B and Calle Dos, or says which way it runs: Elm Street N.
fn is_named(before: &str, word: &str) -> bool {
    let segment = before.rsplit([',', ';', '،', '、', '，']).next().unwrap_or_default();
    let mut words = segment.split_whitespace();
    let (first, rest) = (words.next().unwrap_or_default(), words.clone().count());
    let last = words.last().unwrap_or(first);
    let road = |word: &str| has(&ROADS, word.trim_end_matches('.'));
    let compass = matches!(word, "N" | "S" | "E" | "W" | "O");
    // Umberto I and Vittorio Emanuele II, but not et. I, budynek II and Turm II.
    let long = last.chars().filter(|c| c.is_alphabetic()).nth(3).is_some();
    let king = is_roman(word) && last.starts_with(char::is_uppercase) && long && (rest > 0 || word == "I");
    king || rest == 0 && road(first) || compass && (road(last) || rest == 1 && road(first))
}

/// C동, 백일동, 삼백이호, 이층: building, room and storey by a letter or a number in words. 이동 and 삼호 are names.
fn is_korean(word: &str) -> bool {
    let Some((stem, least)) = [("동", 2), ("호", 2), ("층", 1), ("관", 2)]
        .into_iter()
        .find_map(|(mark, least)| word.strip_suffix(mark).map(|stem| (stem, least)))
    else {
        return false;
    };
    let count = stem.chars().count();
    count >= least && stem.chars().all(|c| "일이삼사오육칠팔구십백천영공".contains(c))
        || (1..=2).contains(&count) && stem.chars().all(|c| fold(c).is_ascii_alphabetic())
}

/// ตึกบี, หมู่ห้า: written together with the letter or number that they lead to.
fn is_thai(word: &str) -> bool {
    if !word.starts_with(|c| matches!(c, '\u{e00}'..='\u{e7f}')) {
        return false;
    }
    let Some(mut rest) = THAI_LEADS.iter().find_map(|lead| word.strip_prefix(lead)) else { return false };
    let written = !rest.is_empty();
    while let Some(less) = THAI_CODES.iter().find_map(|code| rest.strip_prefix(code)) {
        rest = less;
    }
    written && rest.is_empty()
}

/// One letter, with marks on it or without.
fn is_single(word: &str) -> bool {
    if word.len() > 12 {
        return false;
    }
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    letters.next().is_some() && letters.next().is_none()
}

/// II, IV: as floors are numbered.
fn is_roman(word: &str) -> bool {
    (1..=4).contains(&word.len()) && word.bytes().all(|byte| b"IVX".contains(&byte))
}

/// Whether nothing of the same part of an address comes next.
fn ends(behind: &str) -> bool {
    behind
        .trim_start_matches([' ', '.', '\'', '’', ')'])
        .chars()
        .next()
        .is_none_or(|c| ",;،、，/".contains(c))
}
