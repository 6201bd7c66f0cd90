//! A name by its sound, in another romanization or another script: Lin Hao-jan for 林浩然, ガルシア for García.
//!
//! Consonants are what spellings keep of a name. Each is a set of the sounds that it may stand for; two are alike that
//! share one. Vowels are left out, and what not every spelling has may be missing.

use super::ordinary;
use super::reading::reading;
use crate::summary::chars::Chars;
use crate::summary::line::{Line, alphabetic, is_ideograph, is_numeral, lower};
use crate::summary::words::{Role, roles};
use zeroize::Zeroize as _;

/// Sounds by their places in a set: lips, teeth, hiss, palate, throat, breath, and those of `m`, `n`, `l`, `r`.
const P: u16 = 1;
const T: u16 = 2;
const S: u16 = 4;
const C: u16 = 8;
const K: u16 = 16;
const H: u16 = 32;
const M: u16 = 64;
const N: u16 = 128;
const L: u16 = 256;
const R: u16 = 512;
/// What `l` is, and no other.
const B: u16 = 1024;
/// Not every spelling has it.
const WEAK: u16 = 2048;

/// Consonants of a name that are alike by chance in few texts.
const LEAST: usize = 3;

/// Ideographs that foreign names are written with.
static USED: Chars<69> = Chars::of(
    "斯尔特德克卡罗莉娜森顿姆丽妮亚塔玛马西米利安密史杰里茜琳贝伯布巴哈汉汤丹尼奥维娅索菲凯瑟林伊莎艾露詹约翰瑞恩金戴夫劳伦乔治比迪卢东彼柯帕保",
);

/// The consonants of a word or several. Wiped on drop.
struct Sounds {
    all: [u16; 24],
    len: usize,
}

impl Drop for Sounds {
    fn drop(&mut self) {
        self.all.zeroize();
    }
}

/// Whether words of a text sound as a name does: one of another script, or that is spelled in another way.
pub(super) fn tells(text: &[char], name: &[char], shown: usize) -> bool {
    if name.iter().any(|c| is_ideograph(*c) || is_hangul(*c)) {
        return syllables(text, name, shown);
    }
    let parts =
        || name.split(|c| !alphabetic(*c)).filter(|part| part.len() > 1 && !roles(part).has(Role::Title));
    let alone = words(text).nth(1).is_none() && !text.iter().any(|c| is_ideograph(*c) || is_numeral(*c));
    let mut pairs = parts().zip(parts().skip(1)).chain(parts().skip(1).zip(parts()));
    words(text)
        .filter(|word| is_named(word))
        .any(|word| parts().any(|part| part.len() > 2 && is_part(word, part, alone)) && !ordinary::is(word))
        || is_other(text, name)
            && pairs.any(|(one, other)| {
                let mut heard = Sounds::new();
                // カルロス・ガルシア, Росси Анна.
                words(text).filter(|word| is_other(word, name)).take(3).any(|word| {
                    heard.add(word);
                    heard.is(&Sounds::of(&[one, other]), false) >= LEAST
                })
            })
        || transcribed(text, parts())
}

/// Whether a few words in a row are all of a name of syllables, in either order.
fn syllables(text: &[char], name: &[char], shown: usize) -> bool {
    let (family, given) = name.split_at(shown.min(name.len()));
    let own = [[family, given], [given, family]].map(|parts| Sounds::of(&parts));
    let whole = |part: &[char]| part.len() == text.len() && !part.iter().any(char::is_ascii_uppercase);
    (0..text.len()).filter(|at| is_letter(text[*at]) && (*at == 0 || !is_letter(text[at - 1]))).any(|at| {
        let (mut heard, mut end, mut named) = (Sounds::new(), at, true);
        (1..=5).any(|count| {
            let Some(word) = words(&text[end..]).next() else { return false };
            heard.add(word);
            // Lin Hao-jan.
            named &= is_named(word) || word.len() > 1 && end > at && text[end - 1] == '-';
            end += word.len();
            // One word of a language of its own is alike by chance.
            let least = match count {
                1 if is_latin(word) => LEAST + 2,
                1 if word.len() < text.len() => LEAST + 1,
                _ if named => LEAST,
                _ => LEAST + 1,
            };
            let told = |own: &Sounds| heard.is(own, false) >= least;
            let told = (named || whole(&text[at..end])) && own.iter().any(told);
            // What follows is of the name if no more than a blank stands between.
            let goes_on = matches!(text[end..], [' ' | '-', next, ..] if is_letter(next));
            end = if goes_on { end + 1 } else { text.len() };
            told
        })
    })
}

/// Whether a word is a part of a name: in another script by its consonants, in its own by how it begins to sound as well.
fn is_part(word: &[char], part: &[char], alone: bool) -> bool {
    let same = !is_other(word, part);
    let vowel = |c: &char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let vowels = |count: usize| {
        let [one, other] = [word, part].map(|text| text.iter().map(|c| lower(*c)).filter(vowel).take(count));
        one.eq(other)
    };
    let count = Sounds::of(&[word]).is(&Sounds::of(&[part]), same);
    if same {
        word.len() > 3 && (count >= LEAST && vowels(1) || count + 1 == LEAST && vowels(9))
    } else {
        count >= LEAST || alone && count + 1 == LEAST
    }
}

/// Whether a word may be a name: it has no case, or begins with a capital.
fn is_named(word: &[char]) -> bool {
    word.len() > 1 && (word[0].is_uppercase() || lower(word[0]) == word[0] && !word[0].is_lowercase())
}

/// Ideographs that foreign names are written with, one after the other, that sound as a part of the name.
fn transcribed<'n>(text: &[char], parts: impl Iterator<Item = &'n [char]> + Clone) -> bool {
    let mut runs = text.split(|c| !USED.has(*c)).filter(|run| run.len() >= LEAST);
    runs.any(|run| parts.clone().any(|part| Sounds::of(&[run]).is(&Sounds::of(&[part]), false) >= LEAST))
}

/// The words of a text: letters of one script, but ideographs.
fn words(text: &[char]) -> impl Iterator<Item = &[char]> {
    text.chunk_by(|one, other| is_letter(*one) && is_letter(*other) && block(*one) == block(*other))
        .filter(|word| is_letter(word[0]))
}

fn is_letter(character: char) -> bool {
    !is_ideograph(character) && (alphabetic(character) || character == 'ー')
}

/// Whether two texts begin in different scripts.
fn is_other(one: &[char], other: &[char]) -> bool {
    is_latin(one) != is_latin(other) || is_cyrillic(one) != is_cyrillic(other)
}

/// Whether a word is in Latin letters or those that are compared with them.
fn is_latin(word: &[char]) -> bool {
    word.first().is_some_and(|c| block(*c) == 0)
}

const fn is_hangul(character: char) -> bool {
    matches!(character, '\u{ac00}'..='\u{d7a3}')
}

/// Letters that stand together in words.
const fn block(character: char) -> u32 {
    match character as u32 {
        0..0x590 => 0,
        0x3040..0x3100 => 1,
        0xac00.. => 2,
        code => code / 0x100,
    }
}

/// Whether a word is Cyrillic: some of its letters are written as Latin ones that look so.
fn is_cyrillic(word: &[char]) -> bool {
    word.iter().any(|c| matches!(c, '\u{400}'..='\u{52f}'))
}

impl Sounds {
    const fn new() -> Self {
        Self { all: [0; 24], len: 0 }
    }

    fn of(words: &[&[char]]) -> Self {
        let mut sounds = Self::new();
        words.iter().for_each(|word| sounds.add(word));
        sounds
    }

    /// How many sounds two have in common, if neither has another; where they are in the same script, one set is part of the other.
    fn is(&self, other: &Self, same: bool) -> usize {
        fn rest(one: &[u16], other: &[u16], same: bool) -> Option<usize> {
            let (first, second) = (one.first(), other.first());
            if first.is_none() && second.is_none() {
                return Some(0);
            }
            let weak = |sound: Option<&u16>| sound.is_some_and(|sound| sound & WEAK > 0);
            let agree = |one: u16, other: u16| match one & other {
                0 => false,
                both => !same || both == one || both == other,
            };
            let both = first.zip(second).filter(|(one, other)| agree(*one & !WEAK, *other & !WEAK));
            let both = both.and_then(|_| rest(&one[1..], &other[1..], same)).map(|count| count + 1);
            both.or_else(|| if weak(first) { rest(&one[1..], other, same) } else { None })
                .or_else(|| if weak(second) { rest(one, &other[1..], same) } else { None })
        }
        rest(&self.all[..self.len], &other.all[..other.len], same).unwrap_or_default()
    }

    fn push(&mut self, sound: u16) {
        if let Some(place) = self.all.get_mut(self.len) {
            *place = sound;
            self.len += 1;
        }
    }

    fn add(&mut self, word: &[char]) {
        let cyrillic = is_cyrillic(word);
        let mut letters = Line::new();
        let word = word.strip_prefix(&['ا', 'ل']).unwrap_or(word);
        for character in word {
            let character = lower(*character);
            match character {
                _ if is_ideograph(character) => {
                    let read = reading(character).into_iter().flatten().flat_map(str::chars);
                    // Letters that Mandarin has sounds of its own for.
                    read.enumerate().for_each(|(at, letter)| {
                        letters.push(match letter {
                            'j' | 'q' => 'J',
                            'x' | 'r' | 'z' | 'c' if at == 0 => letter.to_ascii_uppercase(),
                            'v' => 'u',
                            _ => letter,
                        });
                    });
                    letters.push('-');
                }
                _ if is_hangul(character) => {
                    reading(character)
                        .into_iter()
                        .flatten()
                        .flat_map(str::chars)
                        .for_each(|c| letters.push(c));
                    letters.push('-');
                }
                '\u{3041}'..='\u{30ff}' => {
                    letters.push(kana(character));
                    if !matches!(character, 'ん' | 'ン') {
                        letters.push('a');
                    }
                }
                '\u{627}'..='\u{64a}' => letters.push(arabic(character)),
                _ if cyrillic => letters.push(match character {
                    'c' => 's',
                    'p' => 'r',
                    'x' => 'h',
                    'y' => 'u',
                    '\u{430}'..='\u{44f}' => {
                        const LETTERS: &[u8; 32] = b"abvkdejziiklmnoprstufhsjssaiaeua";
                        char::from(LETTERS[character as usize - 0x430])
                    }
                    other => other,
                }),
                other => letters.push(other),
            }
        }
        self.add_letters(&letters);
    }

    fn add_letters(&mut self, letters: &[char]) {
        // Whether the letter before is a consonant whose sound is the last.
        let mut held = false;
        for (at, letter) in letters.iter().enumerate() {
            let next = letters.get(at + 1).copied().unwrap_or(' ');
            let before = at.checked_sub(1).map_or(' ', |at| letters[at]);
            let ends = !next.is_alphabetic();
            let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
            let if_last = |sound| if ends { sound } else { 0 };
            let sound = match letter {
                't' | 'd' if matches!(next, 's' | 'z' | 'j' | 'c') => 0,
                'g' if before == 'n' && !vowel(next) => 0,
                'h' if matches!(before, 't' | 's' | 'c' | 'p' | 'z' | 'Z' | 'C' | 'k' | 'g') => 0,
                'c' if next == 'h' && before == 's' => 0,
                't' if next == 'h' => T | S,
                'c' if next == 'h' => C | K | H,
                'c' if matches!(next, 'e' | 'i' | 'y') => S | C,
                'x' if at > 0 => {
                    self.push(K);
                    S
                }
                'w' => P | WEAK,
                'b' | 'v' => P,
                'p' if next == 'h' => P | H,
                'p' if before == 'm' => P | WEAK,
                'p' => P | if_last(WEAK),
                'f' => P | H,
                't' => T | if_last(WEAK),
                'd' => T,
                's' | 'z' | 'x' | 'Z' | 'C' => S | C,
                'c' | 'q' => K,
                'k' => K | if_last(WEAK),
                'j' | 'J' | 'g' => C | K,
                'h' if before == ' ' && vowel(next) && next != 'u' => H | K,
                'h' => H | K | WEAK,
                'm' => M | if_last(N),
                'n' => N,
                'l' => L | B,
                'r' if vowel(next) => L | R,
                'r' => L | R | WEAK,
                'X' => S | C | K | H,
                'R' => C | L | WEAK,
                _ => 0,
            };
            let silent = sound == 0;
            let doubled = held && self.len > 0 && self.all[self.len - 1] & !WEAK == sound & !WEAK;
            if !silent && !doubled {
                self.push(sound);
            }
            held = !vowel(*letter) && (held || !silent);
        }
    }
}

/// A letter with the consonant of a kana.
fn kana(character: char) -> char {
    const ROWS: &[u8; 86] =
        b"aaaaaaaaaakgkgkgkgkgszsjszszsztdjj-sztdtdnnnnnhbphbpfbphbphbpmmmmmaaaaaalllllaaaaanvkk";
    let place = (character as usize - 0x3041) % 0x60;
    ROWS.get(place).map_or('a', |letter| char::from(*letter))
}

/// A letter with the sound of an Arabic one.
fn arabic(character: char) -> char {
    const LETTERS: &[u8; 36] = b"abatsjhhdslssssdtsagaaaaaafkklmnhaaa";
    LETTERS.get(character as usize - 0x627).map_or('a', |letter| char::from(*letter))
}
