//! Words of alphabetic scripts that lead to a door.

use super::count::{COUNTS, SIDES};
use crate::summary::fold::{fold, is_digit, is_ideograph};
use crate::summary::list::List;

/// A letter of a script that separates its words, or a mark on one.
pub(super) fn is_letter(character: char) -> bool {
    // Ideographs, most of an address, first.
    !is_ideograph(character)
        && (fold(character).is_alphabetic() || is_mark(character))
        && !super::is_wide(character)
}

/// Marks within words that are no letters by themselves: accents written apart, Arabic and Hebrew points, the
/// nuktas and viramas of India, tones of Thai and Lao, killers of Burmese and Khmer.
fn is_mark(character: char) -> bool {
    matches!(character,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{64b}'..='\u{65f}' | '\u{e47}'..='\u{e4e}'
        | '\u{ec8}'..='\u{ece}' | '\u{1039}' | '\u{103a}' | '\u{17d2}')
        // Every block of India has its nukta and its virama at the same places.
        || (matches!(character, '\u{900}'..='\u{d7f}') && matches!(u32::from(character) & 0x7f, 0x3c | 0x4d))
}

/// Whether a word leads to a door, given what follows it.
pub(super) fn leads_to_a_door(word: &str, behind: &str) -> bool {
    // Thai writes the number in words behind without a space. What follows c/o is somebody's name.
    let joined = ["ชั้น", "ห้อง"].iter().any(|lead| word.starts_with(lead));
    let care_of = is(word, "c") && behind.strip_prefix('/').is_some_and(|o| o.starts_with(['o', 'O']));
    if has(&ROOMS, word) || joined || care_of {
        return true;
    }
    let rest = behind.trim_start_matches(['.', ' ', ':', '°', 'º', '-']);
    if has(&BUILDINGS, word) {
        // Block 3, House B; Opera House is a name.
        let code = &rest[..rest.find(|c| !is_letter(c) && !is_digit(c)).unwrap_or(rest.len())];
        let counted = has(&COUNTS, code) || has(&SIDES, code);
        let short = (1..=2).contains(&code.chars().count()) && !has(&PARTICLES, code);
        return counted || short || code.chars().any(is_digit);
    }
    if has(&ORDINALS, word) {
        let next = rest.find(|c| !is_letter(c)).unwrap_or(rest.len());
        return has(&FLOORS, &rest[..next]);
    }
    // P.O. Box, G/F, UG/F; R/C is the Portuguese ground floor.
    let letter =
        |text: &str, expected: char| text.chars().next().is_some_and(|c| c.eq_ignore_ascii_case(&expected));
    let storey = |expected| behind.starts_with('/') && letter(&behind[1..], expected);
    (is(word, "p") && letter(rest, 'o')) || storey('f') || (is(word, "r") && storey('c'))
}

/// A text without the word at its end that said what the number behind it is of.
pub(super) fn without_lead(text: &str) -> &str {
    let head = text.trim_end_matches(|c| is_letter(c) || c == '№' || c == 'º');
    let alone = head.is_empty() || head.ends_with(|c: char| !c.is_alphanumeric() || is_ideograph(c));
    let tail = &text[head.len()..];
    if alone && (has(&LEADS, tail) || has(&BUILDINGS, tail)) { head } else { text }
}

/// Whether a word is one of a list.
pub(super) fn has<const N: usize>(list: &List<N>, word: &str) -> bool {
    let first = word.chars().next().map(fold).and_then(|first| first.to_lowercase().next());
    first.is_some_and(|first| list.from(first).any(|known| is(word, known)))
}

/// Equality without regard to case and width.
fn is(word: &str, known: &str) -> bool {
    word.chars().map(fold).flat_map(char::to_lowercase).eq(known.chars())
}

/// Lead to a door by themselves.
static ROOMS: List<210> = List::new([
    "신관",
    "본관",
    "attn",
    "chez",
    "presso",
    "kellergeschoss",
    "untergeschoss",
    "dachwohnung",
    "einliegerwohnung",
    "hofgebäude",
    "rückgebäude",
    "nebengebäude",
    "entresol",
    "combles",
    "buhardilla",
    "entreplanta",
    "sótão",
    "rés",
    "alagsor",
    "podkroví",
    "poddasze",
    "oficyna",
    "мансарда",
    "полуподвал",
    "ημιυπόγειο",
    "kelder",
    "zolder",
    "källaren",
    "sokkel",
    "kld",
    "alakerta",
    "yläkerta",
    "sottoscala",
    "gff",
    "fff",
    "tff",
    "gf",
    "lgf",
    "ugf",
    "bsmt",
    "rooftop",
    "cockloft",
    "mezzanine",
    "upstairs",
    "parterre",
    "hochparterre",
    "souterrain",
    "dachgeschoß",
    "mezzanin",
    "quergebäude",
    "gartenhaus",
    "rez",
    "gelijkvloers",
    "begane",
    "benedenhuis",
    "driehoog",
    "tweehoog",
    "apartamento",
    "appartamento",
    "sótano",
    "semisótano",
    "entresuelo",
    "bajos",
    "atico",
    "sobreático",
    "sobreloja",
    "térreo",
    "subsolo",
    "fundos",
    "seminterrato",
    "ammezzato",
    "parter",
    "suterena",
    "suterén",
    "přízemí",
    "földszint",
    "fsz",
    "félemelet",
    "tetőtér",
    "emelet",
    "demisol",
    "mansardă",
    "etaj",
    "piętro",
    "poschodie",
    "kjeller",
    "underetasje",
    "kælder",
    "kellari",
    "pohjakerros",
    "prizemlje",
    "цоколь",
    "подвал",
    "пәтер",
    "қабат",
    "ισόγειο",
    "υπόγειο",
    "קומת",
    "דירת",
    "חדר",
    "הדירה",
    "همکف",
    "فلیٹ",
    "भूतल",
    "ফ্ল্যাট",
    "তলা",
    "নিচতলা",
    "ຫ້ອງ",
    "အခန်း",
    "قەۋەت",
    "반지하",
    "지층",
    "옥탑",
    "옥탑방",
    "별관",
    "depto",
    "dpto",
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
    "basement",
    "penthouse",
    "wohnung",
    "whg",
    "erdgeschoss",
    "obergeschoss",
    "dachgeschoss",
    "hinterhaus",
    "vorderhaus",
    "seitenflügel",
    "appartement",
    "appt",
    "étage",
    "etage",
    "rdc",
    "bâtiment",
    "bât",
    "piso",
    "apto",
    "puerta",
    "planta",
    "bajo",
    "ático",
    "izquierda",
    "derecha",
    "andar",
    "esq",
    "dto",
    "interno",
    "scala",
    "piano",
    "mieszkanie",
    "lgh",
    "lägenhet",
    "leilighet",
    "asunto",
    "rappu",
    "daire",
    "kat",
    "tingkat",
    "lantai",
    "căn",
    "tầng",
    "phòng",
    "lầu",
    "кв",
    "квартира",
    "этаж",
    "подъезд",
    "офис",
    "комната",
    "поверх",
    "офіс",
    "όροφος",
    "διαμέρισμα",
    "شقة",
    "الطابق",
    "غرفة",
    "طابق",
    "واحد",
    "طبقه",
    "דירה",
    "קומה",
    "כניסה",
    "ห้อง",
    "ชั้น",
    "कमरा",
    "फ्लैट",
    "मंज़िल",
    "मंजिल",
    "maisonette",
    "bovenhuis",
    "الدور",
    "가동",
    "나동",
    "다동",
    "라동",
    "비동",
    "에이동",
    "씨동",
    "지하층",
]);

/// Lead to a door if a number or a letter follows.
static BUILDINGS: List<86> = List::new([
    "mz",
    "mza",
    "manzana",
    "qd",
    "quadra",
    "edif",
    "stair",
    "staircase",
    "shop",
    "lvl",
    "entrance",
    "bat",
    "batiment",
    "porte",
    "geb",
    "gebäude",
    "bloc",
    "imm",
    "immeuble",
    "tour",
    "torre",
    "lote",
    "lt",
    "esc",
    "ap",
    "bl",
    "toà",
    "lô",
    "gedung",
    "menara",
    "villa",
    "house",
    "tower",
    "block",
    "blk",
    "building",
    "bldg",
    "level",
    "no",
    "box",
    "lot",
    "haus",
    "stock",
    "hs",
    "stiege",
    "tür",
    "escalier",
    "blok",
    "д",
    "дом",
    "корп",
    "корпус",
    "стр",
    "строение",
    "буд",
    "будинок",
    "بناية",
    "مبنى",
    "عمارة",
    "بلوك",
    "bloco",
    "edificio",
    "edifício",
    "bina",
    "tòa",
    "nhà",
    "อาคาร",
    "ตึก",
    "chambre",
    "escalera",
    "bloque",
    "palazzina",
    "lok",
    "klatka",
    "kamer",
    "casa",
    "sala",
    "wing",
    "cư",
    "kav",
    "kamar",
    "литера",
    "лит",
    "trailer",
    "aufgang",
    "ph",
]);

/// Say nothing without the number that stood behind them.
static LEADS: List<38> = List::new([
    "h",
    "shop",
    "studio",
    "pmb",
    "packstation",
    "postfach",
    "bp",
    "apartado",
    "casa",
    "plot",
    "phase",
    "no",
    "nr",
    "n",
    "№",
    "nº",
    "po",
    "номер",
    "رقم",
    "پلاک",
    "top",
    "m",
    "số",
    "ngõ",
    "ngách",
    "rt",
    "rw",
    "nomor",
    "kav",
    "지하",
    "tòa",
    "เลขที่",
    "ซอย",
    "หมู่",
    "หมู่ที่",
    "मकान",
    "संख्या",
    "नंबर",
]);

/// Count floors in words.
static ORDINALS: List<16> = List::new([
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
]);

/// Short words that are no code of a building: House of Lords, Villa La Pergola.
static PARTICLES: List<14> =
    List::new(["of", "on", "at", "in", "de", "du", "la", "le", "el", "al", "do", "da", "am", "im"]);

static FLOORS: List<5> = List::new(["floor", "fl", "flr", "storey", "level"]);
