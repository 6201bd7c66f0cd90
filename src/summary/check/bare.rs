//! Whether what is shown of an address tells a building, unit, floor or room in words, with no number to it.

use crate::summary::fold::is_ideograph;
use crate::summary::list::List;

/// Whether a floor, a house by its side, a unit by its side or a letter of a building is shown.
pub(super) fn part(text: &[char], shown: usize) -> bool {
    (0..shown).any(|at| {
        let here = &text[at..];
        match here[0] {
            '顶' | '頂' | '底' | '首' | '夹' | '夾' | '阁' | '閣' | '地' | '屋' => {
                floor(here, shown - at)
            }
            '东' | '東' | '西' | '南' | '北' | '中' | '左' | '右' | '主' | '前' | '后' | '後' => {
                side(here, shown - at)
            }
            letter if letter.is_ascii_alphabetic() => {
                at > 0
                    && is_written_apart(text[at - 1])
                    && here.get(1).is_none_or(|c| !c.is_alphanumeric() && *c != '-')
            }
            _ => false,
        }
    })
}

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

static WORDS: List<40> = List::new([
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
    "keller",
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
