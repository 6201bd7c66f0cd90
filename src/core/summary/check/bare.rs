//! Whether what is shown of an address tells a building, unit, floor or room in words, with no number to it.

use crate::summary::fold::is_ideograph;
use crate::summary::list::{List, Set};

/// Whether a floor, a house by its side, a unit by its side or a letter of a building is shown.
pub(super) fn part(text: &[char], shown: usize) -> bool {
    (0..shown).any(|at| {
        let here = &text[at..];
        if here[0].is_ascii_alphabetic() {
            return at > 0
                && is_written_apart(text[at - 1])
                && here.get(1).is_none_or(|c| !c.is_alphanumeric() && *c != '-');
        }
        BEGINS.has(here[0]) && (floor(here, shown - at) || SIDES.has(here[0]) && side(here, shown - at))
    })
}

/// What a floor begins with, and what the side of a house or a unit does.
pub(super) static BEGINS: Set<22> = Set::new([
    '顶', '頂', '底', '首', '夹', '夾', '阁', '閣', '地', '屋', '东', '東', '西', '南', '北', '中', '左',
    '右', '主', '前', '后', '後',
]);

static SIDES: Set<12> = Set::new(['东', '東', '西', '南', '北', '中', '左', '右', '主', '前', '后', '後']);

fn floor(here: &[char], shown: usize) -> bool {
    FLOORS.from(here[0]).any(|floor| {
        let len = floor.chars().count();
        let rest = here.get(len);
        len <= shown && floor.chars().eq(here.iter().copied().take(len)) && rest.is_none_or(|c| !is_place(*c))
    })
}

/// 西楼, 西单元, 西侧单元.
fn side(here: &[char], shown: usize) -> bool {
    let house = shown > 1 && here.get(1).is_some_and(|c| "楼樓座栋棟幢塔翼".contains(*c));
    let ends = here.get(2).is_none_or(|c| !is_ideograph(*c) && !c.is_alphabetic());
    let unit =
        |from: usize| here.get(from) == Some(&'单') && here.get(from + 1) == Some(&'元') && shown > from;
    let beside = here.get(1).is_some_and(|c| "边侧间头".contains(*c));
    house && ends || unit(1) || beside && unit(2)
}

fn is_place(character: char) -> bool {
    "村镇鎮乡庄莊湾灣沟溝桥橋县市路街".contains(character)
}

/// Characters of scripts in which a letter stands for itself.
fn is_written_apart(character: char) -> bool {
    is_ideograph(character) || matches!(character, '\u{3041}'..='\u{30fe}')
}

static FLOORS: List<15> = List::new([
    "顶楼",
    "頂樓",
    "顶层",
    "底楼",
    "底层",
    "首层",
    "首層",
    "夹层",
    "夾層",
    "阁楼",
    "閣樓",
    "地下室",
    "底商",
    "屋上",
    "屋顶",
]);

/// Whether a word tells a floor by itself.
pub(super) fn is_floor(word: &str) -> bool {
    let mut letters = word.chars().flat_map(char::to_lowercase);
    let first = letters.next();
    first.is_some_and(|first| WORDS.from(first).any(|known| known.chars().skip(1).eq(letters.clone())))
}

/// Whether a word leads to a letter or a number.
pub(super) fn leads(word: &str) -> bool {
    let mut letters = word.chars().flat_map(char::to_lowercase);
    let first = letters.next();
    first.is_some_and(|first| HOUSES.from(first).any(|known| known.chars().skip(1).eq(letters.clone())))
}

/// Whether a word is one letter, and no small one, which may be a word: y, a, e.
pub(super) fn is_letter(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase()) && letters.next().is_none()
}

/// Whether digits are a day within a road's name, or count a street: 17. Juni, 25 de Mayo, 5th Avenue.
pub(super) fn is_day(before: &[char], digits: usize, behind: &[char]) -> bool {
    if !behind.iter().find(|c| **c != '.').is_some_and(|c| c.is_alphabetic() && !is_ideograph(*c)) {
        return false;
    }
    let mut name = ['\0'; 12];
    let letters = behind.iter().skip_while(|c| **c == '.').take_while(|c| c.is_alphabetic());
    for (place, letter) in name.iter_mut().zip(letters) {
        *place = letter.to_lowercase().next().unwrap_or(*letter);
    }
    let begins = |name: &[char], word: &str| word.chars().eq(name.iter().copied().take(word.chars().count()));
    let month = |name: &[char]| MONTHS.iter().any(|month| begins(name, month));
    // 5thSt, and not 5thStorey: blanks are not kept.
    let street = ["st", "nd", "rd", "th"].iter().any(|end| begins(&name, end))
        && STREETS.iter().any(|street| {
            begins(&name[2..], street) && (street.len() > 2 || !name[2 + street.len()].is_alphabetic())
        });
    // A door may stand before somebody called August: a day has a road or an article before it.
    let road = || {
        let before = before.split(|c| !c.is_alphabetic()).rfind(|word| !word.is_empty()).unwrap_or_default();
        let lower = || before.iter().rev().flat_map(|letter| letter.to_lowercase());
        ROADS.iter().any(|road| road.chars().rev().eq(lower().take(road.chars().count())))
    };
    digits <= 3 && street
        || digits <= 2
            && road()
            && (month(&name) || ["de", "di", "do"].iter().any(|of| begins(&name, of)) && month(&name[2..]))
}

static ROADS: [&str; 24] = [
    "des",
    "dem",
    "du",
    "del",
    "de",
    "dell",
    "rue",
    "place",
    "boulevard",
    "bd",
    "avenue",
    "av",
    "avda",
    "avenida",
    "calle",
    "c",
    "plaza",
    "rua",
    "largo",
    "via",
    "piazza",
    "corso",
    "ul",
    "ул",
];

static STREETS: [&str; 8] = ["avenue", "ave", "street", "st", "road", "rd", "drive", "court"];

/// What months begin with, in the languages that name roads by days.
static MONTHS: [&str; 49] = [
    "januar",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "septem",
    "oktober",
    "novem",
    "dezem",
    "janvier",
    "février",
    "mars",
    "avril",
    "juin",
    "juillet",
    "août",
    "octobre",
    "décem",
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "agosto",
    "septiem",
    "octubre",
    "noviem",
    "diciem",
    "janeiro",
    "março",
    "junho",
    "julho",
    "setem",
    "outubro",
    "gennaio",
    "maggio",
    "giugno",
    "luglio",
    "settem",
    "ottobre",
    "dicem",
    "maja",
    "listopad",
    "мая",
    "марта",
    "октября",
];

static WORDS: List<39> = List::new([
    "basement",
    "bsmt",
    "penthouse",
    "mezzanine",
    "rooftop",
    "cockloft",
    "maisonette",
    "hinterhaus",
    "vorderhaus",
    "erdgeschoss",
    "obergeschoss",
    "dachgeschoss",
    "untergeschoss",
    "hochparterre",
    "parterre",
    "souterrain",
    "rdc",
    "entresuelo",
    "sótano",
    "ático",
    "térreo",
    "subsolo",
    "seminterrato",
    "parter",
    "přízemí",
    "földszint",
    "prizemlje",
    "bovenhuis",
    "benedenhuis",
    "gelijkvloers",
    "kelder",
    "kælder",
    "kellari",
    "цоколь",
    "подвал",
    "ισόγειο",
    "υπόγειο",
    "همکف",
    "반지하",
]);

static HOUSES: List<40> = List::new([
    "building",
    "tower",
    "villa",
    "wing",
    "trailer",
    "duplex",
    "shop",
    "space",
    "entrance",
    "door",
    "apto",
    "apartamento",
    "dpto",
    "depto",
    "piso",
    "puerta",
    "bloque",
    "escalera",
    "torre",
    "bloco",
    "casa",
    "sala",
    "scala",
    "interno",
    "palazzina",
    "escalier",
    "bâtiment",
    "chambre",
    "porte",
    "tür",
    "eingang",
    "lok",
    "klatka",
    "kamer",
    "kamar",
    "blok",
    "литера",
    "корпус",
    "дом",
    "секция",
]);
