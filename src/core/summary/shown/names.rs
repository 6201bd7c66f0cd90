//! Names, whole or in part, in a text: in characters, in pinyin, in words, in any order.

use super::letters::Letters;
use crate::summary::line::{alike, is_ideograph, lower};
use crate::summary::name::{Known, is_joined};
use crate::summary::person::Person;
use crate::summary::pinyin::syllable;
use crate::summary::variants::simplified;
use crate::summary::words::{Role, roles};
use crate::summary::writing::Writing;

/// Whether a text may have a part of a name: a character of it, or all letters of a word or a syllable.
pub(super) fn may_tell(text: &[char], letters: Letters, name: &str) -> bool {
    if name.is_ascii() {
        let spelled = || text.iter().any(|c| is_ideograph(*c));
        let mut words = name.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 1);
        return spelled() || words.any(|word| letters.have(word));
    }
    let read = |c: char| syllable(simplified(c));
    let shares = || name.chars().map(simplified).any(|own| text.contains(&own));
    // The first character is the family's, which is shown.
    let has_syllable = || name.chars().filter_map(read).skip(1).any(|own| letters.have(own));
    let has_initials = || name.chars().filter_map(read).all(|own| letters.have(&own[..1]));
    let foreign = || name.chars().any(|c| !is_ideograph(c) && c.is_alphabetic());
    shares() || letters.any() && (has_syllable() || has_initials() || foreign())
}

/// Whether a text tells a part of a name that its mask hides.
pub(super) fn tells(text: &[char], person: &Person<'_>) -> bool {
    let known = Known::new(person.name);
    let own = known.text();
    if own.iter().filter(|c| c.is_alphabetic()).count() < 2 {
        return false;
    }
    if own.iter().all(|c| is_syllabic(*c) || *c == '·' || *c == '*') {
        let shown = known.shown(Writing::of(person.country)).max(1);
        // A firm is called by more than one character of its name.
        let alone = shown < own.len() && !known.is_firm();
        characters(text, own, shown, alone) || romanised(text, own, shown)
    } else {
        words(text, own) || read_aloud(text, own)
    }
}

/// Characters of scripts that write no blanks within names.
fn is_syllabic(character: char) -> bool {
    is_ideograph(character) || matches!(character, '\u{ac00}'..='\u{d7a3}' | '\u{3041}'..='\u{30fe}')
}

/// Two characters of the name side by side, one of them hidden, in any order; or one with what people are called.
fn characters(text: &[char], name: &[char], shown: usize, alone: bool) -> bool {
    let is_hidden = |c: char| is_syllabic(c) && name[shown.min(name.len())..].contains(&c);
    let mut syllables = text.iter().copied().filter(|c| is_syllabic(*c));
    let count = syllables.clone().count();
    // 王晓芳 is read as 王小芳 is.
    let read_alike = |part: &[char]| {
        part.iter().zip(name).all(|(one, own)| syllable(*one).is_some_and(|one| syllable(*own) == Some(one)))
    };
    if name.len() > 2 && text.windows(name.len()).any(read_alike) {
        return true;
    }
    let mut earlier = None;
    let (mut before, mut here) = (None, syllables.next());
    while let Some(character) = here {
        let next = syllables.next();
        if is_hidden(character) {
            let beside = |other: Option<char>| {
                other.is_some_and(|other| {
                    name.contains(&other)
                        && (other != character || name.iter().filter(|c| **c == other).count() > 1)
                })
            };
            let called = next.is_some_and(|next| {
                next == character || "姐哥嫂总姨叔伯婶爷奶妈爸弟妹女先太老师儿宝妞仔娃님씨".contains(next)
            }) || before.is_some_and(|before| "小阿老".contains(before));
            if beside(before) || beside(next) || beside(earlier) || alone && (called || count == 1) {
                return true;
            }
            let handed = before.is_some_and(|before| "给交找叫的".contains(before))
                && next.is_none_or(|next| "收吧的".contains(next));
            if alone && (handed || count == 2 && next == Some('收')) {
                return true;
            }
        }
        (earlier, before, here) = (before, here, next);
    }
    false
}

/// What people are called by beside their name.
const TITLES: [&str; 7] = ["jie", "ge", "zong", "mr", "ms", "miss", "mrs"];

/// The name in pinyin: whole in either order, or its given name of two syllables, as words or as one; or its initials.
fn romanised(text: &[char], name: &[char], shown: usize) -> bool {
    if !text.iter().any(char::is_ascii_alphabetic) {
        return false;
    }
    let (family, given) = name.split_at(shown.min(name.len()));
    let matches = |parts: &[&[char]]| word_starts(text).any(|at| spells(&text[at..], parts));
    // Fang, Fangfang.
    let reads =
        |word: &[char]| given.iter().any(|own| spells(word, &[&[*own]]) || spells(word, &[&[*own], &[*own]]));
    // Fang, fang fang.
    let mut alone = !text.iter().any(|c| is_ideograph(*c));
    // fang jie, fangjie.
    let (mut called, mut title, mut given_alone) = (false, false, false);
    for word in text.split(|c| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty()) {
        let read = reads(word);
        alone &= read;
        given_alone |= read;
        let ends = |known: &&str| {
            let at = word.len().checked_sub(known.len())?;
            known.chars().eq(word[at..].iter().map(|c| c.to_ascii_lowercase())).then_some(at)
        };
        // The last letters of the titles: no other word is compared.
        if matches!(word[word.len() - 1].to_ascii_lowercase(), 'e' | 'g' | 'r' | 's') {
            for at in TITLES.iter().filter_map(ends) {
                title |= at == 0;
                called |= at > 0 && reads(&word[..at]);
            }
        }
    }
    called |= title && given_alone;
    // WXF, W.X.F.: a dot between letters is a dash here.
    let initials = name.len() > 2
        && text.split(|c| !c.is_ascii_alphabetic() && *c != '-').any(|word| {
            let mut letters = word.iter().filter(|c| **c != '-');
            let begin = |own: &char| {
                let letter = letters.next().map(char::to_ascii_lowercase);
                syllable(*own).zip(letter).is_some_and(|(own, letter)| own.starts_with(letter))
            };
            name.iter().all(begin) && letters.next().is_none()
        });
    matches(&[family, given])
        || matches(&[given, family])
        || given.len() > 1 && matches(&[given])
        || called
        || alone
        || initials
}

pub(super) fn word_starts(text: &[char]) -> impl Iterator<Item = usize> {
    (0..text.len())
        .filter(|at| text[*at].is_ascii_alphabetic() && (*at == 0 || !text[at - 1].is_ascii_alphabetic()))
}

/// Whether a text begins with the syllables of characters, whatever but letters stands between, and a word ends there.
pub(super) fn spells(text: &[char], parts: &[&[char]]) -> bool {
    let mut rest = text.iter().copied().peekable();
    for character in parts.iter().flat_map(|part| part.iter()) {
        let Some(known) = syllable(*character) else { return false };
        while rest.next_if(|c| !c.is_alphanumeric()).is_some() {}
        if !known.chars().all(|letter| {
            rest.next().is_some_and(|c| lower(c) == letter || letter == 'v' && matches!(lower(c), 'u' | 'ü'))
        }) {
            return false;
        }
    }
    rest.peek().is_none_or(|c| !c.is_ascii_alphabetic())
}

/// A word of the name in the text: three letters at least, or all words of it.
fn words(text: &[char], name: &[char]) -> bool {
    let parts = |text| {
        <[char]>::split(text, |c: &char| !c.is_alphabetic() && *c != '\'')
            .filter(|word: &&[char]| word.len() > 1)
    };
    let is_title = |word: &[char]| roles(word).has(Role::Title);
    let name_parts = || parts(name).filter(|part| !is_title(part));
    // Smith's, the Smiths; and the endings of cases, Ивану.
    let same = |word: &[char], part: &[char]| {
        let word = word.strip_suffix(&['\'', 's']).unwrap_or(word);
        let plural = part.len() > 3 && word.len() == part.len() + 1;
        let word = if plural { word.strip_suffix(&['s']).unwrap_or(word) } else { word };
        let long =
            part.len() > 3 && !part[0].is_ascii() && word.len() > part.len() && word.len() <= part.len() + 2;
        let word = if long { &word[..part.len()] } else { word };
        alike(word, part)
    };
    let joined = |word: &[char]| word.len() > 3 && is_joined(word, name);
    // A word is looked up last: few are a word of the name.
    let here = |part: &[char]| parts(text).any(|word| same(word, part) && !is_title(word));
    parts(text).any(|word| joined(word) && !is_title(word))
        || name_parts().any(|part| part.len() > 2 && here(part))
        || name_parts().count() > 1 && name_parts().all(here)
}

/// Characters of the text that are read as the name is spelled: 张军 for Zhang Jun.
fn read_aloud(text: &[char], name: &[char]) -> bool {
    let letters = || name.iter().copied().filter(|c| c.is_alphabetic()).map(lower);
    let first = letters().count();
    if first < 4 || !name.iter().all(|c| c.is_ascii()) {
        return false;
    }
    let spaced = name.iter().position(|c| !c.is_alphabetic());
    (0..text.len()).filter(|at| is_ideograph(text[*at])).any(|at| {
        let read =
            |count: usize| text[at..].iter().take(count).map_while(|c| syllable(*c)).flat_map(str::chars);
        (2..=4).any(|count| {
            read(count).eq(letters())
                || spaced.is_some_and(|split| {
                    let (one, other) = name.split_at(split);
                    let turned = other.iter().chain(one).copied().filter(|c| c.is_alphabetic()).map(lower);
                    read(count).eq(turned)
                })
        })
    })
}
