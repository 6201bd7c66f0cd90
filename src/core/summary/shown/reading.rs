//! How a character is read in Latin letters: ideographs in Mandarin, Hangul as the Revised Romanization has it.

use crate::summary::pinyin::{sound, sound_of, spelling, syllable};

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
/// Characters of names that are read in another way as well, in the order of their code points.
const OTHERS: [(char, &str); 44] = [
    ('乐', "yue"),
    ('仇', "chou"),
    ('传', "zhuan"),
    ('倩', "qing"),
    ('区', "qu"),
    ('单', "dan"),
    ('卡', "ka"),
    ('参', "shen"),
    ('召', "zhao"),
    ('员', "yun"),
    ('好', "hao"),
    ('娜', "nuo"),
    ('宁', "ning"),
    ('尉', "yu"),
    ('少', "shao"),
    ('度', "duo"),
    ('晟', "cheng"),
    ('曾', "ceng"),
    ('朝', "zhao"),
    ('朴', "pu"),
    ('柏', "bo"),
    ('查', "cha"),
    ('盖', "gai"),
    ('盛', "cheng"),
    ('省', "xing"),
    ('石', "dan"),
    ('祭', "ji"),
    ('繁', "fan"),
    ('缪', "mou"),
    ('翟', "di"),
    ('茜', "qian"),
    ('莎', "suo"),
    ('蔚', "yu"),
    ('藏', "zang"),
    ('行', "hang"),
    ('覃', "qin"),
    ('解', "jie"),
    ('贾', "gu"),
    ('车', "ju"),
    ('那', "nuo"),
    ('重', "zhong"),
    ('长', "zhang"),
    ('陆', "liu"),
    ('鲜', "xian"),
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

/// The other readings by their numbers.
static OTHER_SOUNDS: [u16; OTHERS.len()] = {
    let mut sounds = [0; OTHERS.len()];
    let mut at = 0;
    while at < OTHERS.len() {
        sounds[at] = sound_of(OTHERS[at].1);
        assert!(sounds[at] > 0, "a reading that is in no table");
        at += 1;
    }
    sounds
};

/// Another reading.
pub(super) fn other(character: char) -> Option<Romanised> {
    spelling(other_sound(character)).map(|read| [read, "", ""])
}

/// The number of another reading; 0 if there is none.
pub(super) fn other_sound(character: char) -> u16 {
    OTHERS.binary_search_by_key(&character, |(known, _)| *known).map_or(0, |place| OTHER_SOUNDS[place])
}

/// Whether two ideographs are read alike, in one of their readings.
pub(super) fn sounds_alike(one: char, own: char) -> bool {
    let read = sound(one);
    read > 0 && (read == sound(own) || read == other_sound(own))
}

/// Whether a letter of Hangul is what a syllable begins with.
pub(super) fn begins_with(own: char, letter: char) -> bool {
    matches!(own, '\u{ac00}'..='\u{d7a3}')
        && LETTERS.chars().nth((own as usize - 0xac00) / (FINALS.len() * VOWELS.len())) == Some(letter)
}
