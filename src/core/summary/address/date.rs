//! Numbers within the names of roads: days, as in Straße des 17. Juni and Calle 25 de Mayo, and 5th Avenue.

use super::word::{has, is_letter};
use crate::summary::fold::fold;
use crate::summary::list::List;

/// Whether a number is within a road's name, given what stands before and behind it.
pub(super) fn is_of_a_road(before: &str, run: &str, behind: &str) -> bool {
    let digits = run.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if digits.is_empty() || digits.len() > 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let (next, rest) = word(behind);
    let ordinal = ["st", "nd", "rd", "th"].iter().any(|end| run[digits.len()..].eq_ignore_ascii_case(end));
    if ordinal {
        return has(&NUMBERED, next);
    }
    if run.len() > 2 {
        return false;
    }
    let month = if has(&OF, next) { word(rest).0 } else { next };
    // Hauptstr. 5 August Müller: a day has a road before it.
    let last =
        before.trim_end_matches([' ', '.', '/']).rsplit([' ', '\'', '’', '/']).next().unwrap_or_default();
    has(&MONTHS, month) && has(&BEFORE, last)
}

/// The word that comes next, behind blanks and a stop, and what follows it.
fn word(text: &str) -> (&str, &str) {
    let text = text.trim_start_matches(|c| matches!(fold(c), ' ' | '.'));
    text.split_at(text.find(|c| !is_letter(c)).unwrap_or(text.len()))
}

static NUMBERED: List<14> = List::new([
    "avenue",
    "ave",
    "av",
    "street",
    "st",
    "road",
    "rd",
    "drive",
    "dr",
    "place",
    "pl",
    "boulevard",
    "blvd",
    "court",
]);

static OF: List<4> = List::new(["de", "di", "of", "do"]);

static BEFORE: List<29> = List::new([
    "des",
    "du",
    "del",
    "de",
    "la",
    "dell",
    "dem",
    "rue",
    "place",
    "boulevard",
    "bd",
    "av",
    "avda",
    "avenue",
    "calle",
    "c",
    "plaza",
    "avenida",
    "rua",
    "praça",
    "largo",
    "via",
    "piazza",
    "corso",
    "viale",
    "ul",
    "ulica",
    "улица",
    "ул",
]);

static MONTHS: List<70> = List::new([
    "januar",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
    "janvier",
    "février",
    "mars",
    "avril",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
    "janeiro",
    "fevereiro",
    "março",
    "maio",
    "junho",
    "julho",
    "setembro",
    "outubro",
    "novembro",
    "dezembro",
    "gennaio",
    "febbraio",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "settembre",
    "ottobre",
    "dicembre",
    "maja",
    "lutego",
    "marca",
    "kwietnia",
    "czerwca",
    "lipca",
    "sierpnia",
    "września",
    "listopada",
    "grudnia",
    "мая",
    "марта",
    "июля",
    "октября",
    "ноября",
    "января",
]);
