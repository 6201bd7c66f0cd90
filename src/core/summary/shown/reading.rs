//! How a character is read in Latin letters: ideographs in Mandarin, Hangul as the Revised Romanization has it.

use crate::summary::pinyin::syllable;

const INITIALS: [&str; 19] =
    ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"];
const VOWELS: [&str; 21] = [
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi",
    "yu", "eu", "ui", "i",
];
const FINALS: [&str; 28] = [
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t",
    "ng", "t", "t", "k", "t", "p", "t",
];
/// The letters of the initials.
const LETTERS: &str = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
/// Characters of names that are read in another way as well.
const OTHERS: [(char, &str); 44] = [
    ('乐', "yue"),
    ('行', "hang"),
    ('长', "zhang"),
    ('重', "zhong"),
    ('朝', "zhao"),
    ('曾', "ceng"),
    ('单', "dan"),
    ('解', "jie"),
    ('查', "cha"),
    ('盖', "gai"),
    ('翟', "di"),
    ('尉', "yu"),
    ('区', "qu"),
    ('仇', "chou"),
    ('晟', "cheng"),
    ('蔚', "yu"),
    ('传', "zhuan"),
    ('参', "shen"),
    ('那', "nuo"),
    ('娜', "nuo"),
    ('茜', "qian"),
    ('柏', "bo"),
    ('贾', "gu"),
    ('车', "ju"),
    ('石', "dan"),
    ('员', "yun"),
    ('召', "zhao"),
    ('陆', "liu"),
    ('祭', "ji"),
    ('宁', "ning"),
    ('少', "shao"),
    ('好', "hao"),
    ('朴', "pu"),
    ('覃', "qin"),
    ('缪', "mou"),
    ('繁', "fan"),
    ('藏', "zang"),
    ('鲜', "xian"),
    ('盛', "cheng"),
    ('省', "xing"),
    ('度', "duo"),
    ('莎', "suo"),
    ('倩', "qing"),
    ('卡', "ka"),
];

/// The parts of a reading, one after the other.
pub(super) type Romanised = [&'static str; 3];

/// How a character is read as names are.
pub(super) fn reading(character: char) -> Option<Romanised> {
    match character {
        '\u{ac00}'..='\u{d7a3}' => {
            let (syllable, finals) = (character as usize - 0xac00, FINALS.len());
            let vowel = syllable / finals % VOWELS.len();
            let initial = syllable / finals / VOWELS.len();
            Some([INITIALS[initial], VOWELS[vowel], FINALS[syllable % finals]])
        }
        _ => syllable(character).map(|read| [read, "", ""]),
    }
}

/// Another reading.
pub(super) fn other(character: char) -> Option<Romanised> {
    OTHERS.iter().find(|(known, _)| *known == character).map(|(_, read)| [*read, "", ""])
}

/// Whether two ideographs are read alike, in one of their readings.
pub(super) fn sounds_alike(one: char, own: char) -> bool {
    let Some(read) = syllable(one) else { return false };
    syllable(own) == Some(read) || other(own).is_some_and(|other| other[0] == read)
}

/// Whether a letter of Hangul is what a syllable begins with.
pub(super) fn begins_with(own: char, letter: char) -> bool {
    matches!(own, '\u{ac00}'..='\u{d7a3}')
        && LETTERS.chars().nth((own as usize - 0xac00) / (FINALS.len() * VOWELS.len())) == Some(letter)
}
