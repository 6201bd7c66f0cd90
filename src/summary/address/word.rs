//! Words of alphabetic scripts that lead to a door.

use crate::summary::fold::{fold, is_digit, is_ideograph};

/// A letter of a script that separates its words.
pub(super) fn is_letter(character: char) -> bool {
    fold(character).is_alphabetic() && !is_ideograph(character) && !super::is_wide(character)
}

/// Whether a word leads to a door, given what follows it.
pub(super) fn leads_to_a_door(word: &str, behind: &str) -> bool {
    let known = |list: &[&str]| list.iter().any(|known| is(word, known));
    if known(&ROOMS) {
        return true;
    }
    let rest = behind.trim_start_matches(['.', ' ', ':', '°', 'º']);
    if known(&BUILDINGS) {
        // Block 3, House B; Opera House is a name.
        let code = rest.find(|c| !is_letter(c) && !is_digit(c)).unwrap_or(rest.len());
        return rest[..code].chars().any(is_digit) || (1..=2).contains(&rest[..code].chars().count());
    }
    if known(&ORDINALS) {
        let next = rest.find(|c| !is_letter(c)).unwrap_or(rest.len());
        return FLOORS.iter().any(|floor| is(&rest[..next], floor));
    }
    // P.O. Box, G/F, UG/F.
    let letter =
        |text: &str, expected: char| text.chars().next().is_some_and(|c| c.eq_ignore_ascii_case(&expected));
    (is(word, "p") && letter(rest, 'o')) || (behind.starts_with('/') && letter(&behind[1..], 'f'))
}

/// A text without the word at its end that said what the number behind it is of.
pub(super) fn without_lead(text: &str) -> &str {
    let head = text.trim_end_matches(|c| is_letter(c) || c == '№' || c == 'º');
    let alone = head.is_empty() || head.ends_with(|c: char| !c.is_alphanumeric() || is_ideograph(c));
    let tail = &text[head.len()..];
    if alone && (LEADS.iter().any(|lead| is(tail, lead)) || BUILDINGS.iter().any(|lead| is(tail, lead))) {
        head
    } else {
        text
    }
}

/// Equality without regard to case and width.
fn is(word: &str, known: &str) -> bool {
    word.chars().map(fold).flat_map(char::to_lowercase).eq(known.chars())
}

/// Lead to a door by themselves.
const ROOMS: [&str; 36] = [
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
    "dorm",
    "locker",
    "wohnung",
    "whg",
    "appartement",
    "appt",
    "étage",
    "etage",
    "bâtiment",
    "bât",
    "piso",
    "apto",
    "puerta",
    "planta",
    "andar",
    "interno",
    "scala",
    "кв",
    "квартира",
    "этаж",
    "подъезд",
    "офис",
    "комната",
    "شقة",
    "الطابق",
    "غرفة",
];

/// Lead to a door if a number or a letter follows.
const BUILDINGS: [&str; 23] = [
    "house",
    "tower",
    "block",
    "blk",
    "building",
    "bldg",
    "no",
    "box",
    "lot",
    "haus",
    "stock",
    "hs",
    "д",
    "дом",
    "корп",
    "корпус",
    "стр",
    "строение",
    "بناية",
    "مبنى",
    "عمارة",
    "bloco",
    "edificio",
];

/// Say nothing without the number that stood behind them.
const LEADS: [&str; 8] = ["no", "nr", "n", "№", "nº", "po", "номер", "رقم"];

/// Count floors in words.
const ORDINALS: [&str; 16] = [
    "ground",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "top",
    "upper",
    "lower",
    "mezzanine",
    "basement",
];

const FLOORS: [&str; 5] = ["floor", "fl", "flr", "storey", "level"];
