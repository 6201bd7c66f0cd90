//! Words of alphabetic scripts that are a code, though nothing that the masker knows leads to them: the letter of
//! Door C, the number of Torre Dos, and what comes before its house or floor, as in B Blok and second floor.

use super::word::{has, is_letter};
use crate::summary::fold::fold;
use crate::summary::list::List;

/// Whether a word is a code, given what stands before and behind it.
pub(super) fn is_code(before: &str, word: &str, behind: &str) -> bool {
    if is_korean(word) || is_thai(word) {
        return true;
    }
    let single = is_single(word);
    if single && behind.starts_with('/') {
        // S/o, W/o, D/o, H/o: what follows is the name of a parent or husband.
        return word.starts_with(['s', 'S', 'w', 'W', 'd', 'D', 'h', 'H'])
            && behind[1..].starts_with(['o', 'O']);
    }
    let next = behind.trim_start_matches(|c| " .-'’".contains(fold(c)));
    let ended = ends(next);
    let roman = is_roman(word);
    let joined = behind.len() > next.len();
    if !ended && !joined {
        return false;
    }
    if ended {
        let coded = single && !word.starts_with(char::is_lowercase) && word != "I" || has(&COUNTS, word);
        return coded && !(before.is_empty() && behind.is_empty()) && !is_named(before, word);
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

/// Whether the word is a road's name, as in Avenue B and Calle Dos, or says which way it runs: Elm Street N.
fn is_named(before: &str, word: &str) -> bool {
    let segment = before.rsplit([',', ';', '،', '、', '，']).next().unwrap_or_default();
    let mut words = segment.split_whitespace();
    let (first, rest) = (words.next().unwrap_or_default(), words.clone().count());
    let last = words.last().unwrap_or(first);
    let road = |word: &str| has(&ROADS, word.trim_end_matches('.'));
    let compass = matches!(word, "N" | "S" | "E" | "W" | "O");
    rest == 0 && road(first) || compass && (road(last) || rest == 1 && road(first))
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

/// Floors, behind what counts them.
static STOREYS: List<30> = List::new([
    "قەۋەت",
    "তলা",
    "floor",
    "flr",
    "fl",
    "storey",
    "story",
    "ground",
    "stock",
    "stockwerk",
    "og",
    "etage",
    "étage",
    "piso",
    "planta",
    "piano",
    "andar",
    "verdieping",
    "hoog",
    "kat",
    "katı",
    "emelet",
    "piętro",
    "patro",
    "poschodie",
    "этаж",
    "поверх",
    "όροφος",
    "मंज़िल",
    "मंजिल",
]);

/// Houses and entrances, behind their letter or their side.
static HOUSES: List<26> = List::new([
    "block",
    "blok",
    "wing",
    "tower",
    "building",
    "bldg",
    "house",
    "flat",
    "unit",
    "level",
    "entrance",
    "gate",
    "épület",
    "lépcsőház",
    "lph",
    "kapı",
    "kapısı",
    "giriş",
    "rappu",
    "байр",
    "корпус",
    "блок",
    "подъезд",
    "gebäude",
    "haus",
    "trakt",
]);

/// Where a house stands.
static SIDES: List<16> = List::new([
    "north", "south", "east", "west", "main", "rear", "front", "upper", "lower", "middle", "annex", "left",
    "right", "back", "garden", "granny",
]);

/// Roads, before what may be their name.
static ROADS: List<29> = List::new([
    "avenue",
    "ave",
    "av",
    "street",
    "st",
    "road",
    "rd",
    "route",
    "highway",
    "hwy",
    "line",
    "lane",
    "boulevard",
    "blvd",
    "place",
    "square",
    "rue",
    "calle",
    "carrera",
    "rua",
    "avenida",
    "via",
    "straße",
    "strasse",
    "jalan",
    "улица",
    "ул",
    "شارع",
    "cité",
]);

/// Numbers in words, and what floors have in their place.
static COUNTS: List<240> = List::new([
    "بىرىنچى",
    "ئىككىنچى",
    "ئۈچىنچى",
    "প্রথম",
    "দ্বিতীয়",
    "তৃতীয়",
    "চতুর্থ",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
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
    "ist",
    "iind",
    "iiird",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "erster",
    "zweiter",
    "dritter",
    "vierter",
    "fünfter",
    "ersten",
    "zweiten",
    "dritten",
    "vierten",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "premier",
    "première",
    "deuxième",
    "troisième",
    "quatrième",
    "cinquième",
    "sixième",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "primero",
    "primer",
    "segundo",
    "tercero",
    "tercer",
    "cuarto",
    "quinto",
    "sexto",
    "dois",
    "três",
    "quatro",
    "sete",
    "oito",
    "nove",
    "dez",
    "doze",
    "primeiro",
    "terceiro",
    "quarto",
    "due",
    "tre",
    "quattro",
    "cinque",
    "sette",
    "dieci",
    "primo",
    "secondo",
    "terzo",
    "twee",
    "vijf",
    "zes",
    "zeven",
    "negen",
    "tien",
    "twaalf",
    "eerste",
    "tweede",
    "derde",
    "vierde",
    "pierwsze",
    "drugie",
    "trzecie",
    "czwarte",
    "první",
    "druhé",
    "třetí",
    "čtvrté",
    "első",
    "második",
    "harmadik",
    "negyedik",
    "doi",
    "trei",
    "patru",
    "två",
    "fyra",
    "fem",
    "tolv",
    "kolme",
    "neljä",
    "iki",
    "üç",
    "dört",
    "beş",
    "altı",
    "yedi",
    "sekiz",
    "dokuz",
    "birinci",
    "ikinci",
    "üçüncü",
    "dördüncü",
    "beşinci",
    "zemin",
    "bodrum",
    "çatı",
    "giriş",
    "dua",
    "tiga",
    "empat",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "двенадцать",
    "второй",
    "третий",
    "четвертый",
    "четвёртый",
    "пятый",
    "шестой",
    "седьмой",
    "восьмой",
    "девятый",
    "десятый",
    "первый",
    "цокольный",
    "перший",
    "другий",
    "втори",
    "трети",
    "πρώτος",
    "δεύτερος",
    "τρίτος",
    "τέταρτος",
    "πέμπτος",
    "ראשונה",
    "שנייה",
    "שניה",
    "שלישית",
    "רביעית",
    "الأول",
    "الاول",
    "الأولى",
    "الثاني",
    "الثانية",
    "الثالث",
    "الرابع",
    "الخامس",
    "السادس",
    "السابع",
    "الثامن",
    "الأرضي",
    "ثلاثة",
    "أربعة",
    "خمسة",
    "اول",
    "دوم",
    "سوم",
    "چهارم",
    "پنجم",
    "پہلی",
    "دوسری",
    "تیسری",
    "पहली",
    "दूसरी",
    "तीसरी",
    "चौथी",
    "पहला",
    "दूसरा",
    "один",
    "два",
    "три",
    "четыре",
    "пять",
    "шесть",
    "семь",
    "восемь",
    "девять",
    "десять",
]);

const THAI_LEADS: [&str; 8] = ["อาคาร", "ตึก", "หมู่", "เลขที่", "บ้านเลขที่", "ซอย", "คูหา", "ทาวเวอร์"];

/// Numbers in Thai words, and letters as they are called.
const THAI_CODES: [&str; 16] =
    ["หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า", "สิบ", "เอ", "บี", "ซี", "ดี", "อี", "เอฟ"];
