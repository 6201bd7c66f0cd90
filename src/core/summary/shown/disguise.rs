//! Words of a name in letters that are written apart, backwards, in a pet form or with digits for letters.

use super::ordinary;
use crate::summary::line::{alike, is_alphabetic, is_alphanumeric, lower};
use crate::summary::words::{Role, roles};

/// Whether a word of the name stands in the text in disguise, or its initials are all of it.
pub(super) fn tells(text: &[char], name: &[char]) -> bool {
    let parts = || {
        name.split(|c| !is_alphabetic(*c)).filter(|part| !part.is_empty() && !roles(part).has(Role::Title))
    };
    let mut long = parts().filter(|part| part.len() > 2);
    // weizhang, for Zhang Wei.
    let turned = || {
        let mut both = parts();
        let (Some(one), Some(other), None) = (both.next(), both.next(), both.next()) else { return false };
        let letters = || other.iter().chain(one).copied();
        one.len() + other.len() > 5
            && starts(text).any(|at| spells(&text[at..], letters(), one.len() + other.len()))
    };
    long.any(|part| word(text, part) || words(text).any(|word| is_pet(word, part) && !ordinary::is(word)))
        || initials(text, parts())
        || initialled(text, parts())
        || turned()
        || parts().nth(1).is_some()
            && text
                .split(|c| !is_alphabetic(*c))
                .filter(|word| word.len() > LONG)
                .any(|word| is_joined(word, parts()))
}

fn words(text: &[char]) -> impl Iterator<Item = &[char]> {
    text.split(|c| !is_alphabetic(*c)).filter(|word| !word.is_empty())
}

/// Whether a word is the beginning of a part of a name, or has an ending of pet names after it: Fletch, Kathi, Carlitos.
fn is_pet(word: &[char], part: &[char]) -> bool {
    const ENDS: &str = "i y ie ey o ito ita itos chen";
    // Names that begin otherwise than those they stand for.
    const SHORT: &str = "bill:will bob:rob dick:rich jack:john ted:ed beth:eliz bett:eliz mike:mich kat:cath jim:jam peg:marg pad:patr sash:alex дим:дмит";
    let begins = |text: &[char], known: &str| {
        let count = known.chars().count();
        text.len() >= count && known.chars().eq(text[..count].iter().map(|c| lower(*c)))
    };
    let short = |pair: &str| {
        let Some((short, long)) = pair.split_once(':') else { return false };
        begins(word, short) && begins(part, long) && word.len() < short.chars().count() + 4
    };
    let same = word.iter().zip(part).take_while(|(one, other)| lower(**one) == lower(**other)).count();
    let rest = word[same..].iter().map(|c| lower(*c));
    word[0].is_uppercase() && SHORT.split(' ').any(short)
        || word[0].is_uppercase()
            && same < part.len()
            && (word.len() > 3
                && (same == word.len() || alike(word, &part[part.len() - word.len().min(part.len())..]))
                || same > 2 && ENDS.split(' ').any(|end| end.chars().eq(rest.clone())))
}

/// Whether a name stands in the text that has its initials: Mike A. for Michael Anderson.
fn initialled<'n>(text: &[char], parts: impl Iterator<Item = &'n [char]> + Clone) -> bool {
    let begins = |word: &[char]| {
        parts.clone().position(|part| word[0].is_uppercase() && lower(part[0]) == lower(word[0]))
    };
    // Tony R.
    let whole = words(text).nth(2).is_none() && text.iter().all(|c| !c.is_numeric());
    let mut last = None;
    words(text).any(|word| {
        let own = begins(word);
        let named = |last: Option<usize>| own != last && (last.is_some() || whole);
        let told = word.len() == 1 && own.is_some() && last.is_some_and(named);
        last = (word.len() > 1 && word[0].is_uppercase()).then_some(own);
        told
    })
}

/// Letters that a word has more of that is a part of a name with its initials.
const LONG: usize = 4;

/// Whether a word is a part of a name with the initial of another, or two parts that stand side by side: jpeterson, mariat,
/// Alrashid for Al-Rashid.
fn is_joined<'n>(word: &[char], parts: impl Iterator<Item = &'n [char]> + Clone) -> bool {
    let begin = |letter: char| parts.clone().any(|part| lower(part[0]) == lower(letter));
    let initialled = |part: &[char]| {
        part.len() + 1 == word.len()
            && (alike(&word[1..], part) && begin(word[0])
                || alike(&word[..part.len()], part) && begin(word[part.len()]))
    };
    parts.clone().any(initialled)
        || parts.clone().zip(parts.clone().skip(1)).any(|(one, other)| {
            one.len() + other.len() == word.len()
                && alike(&word[..one.len()], one)
                && alike(&word[one.len()..], other)
        })
}

/// Where a word or a number begins.
fn starts(text: &[char]) -> impl Iterator<Item = usize> {
    (0..text.len()).filter(|at| is_alphanumeric(text[*at]) && (*at == 0 || !is_alphanumeric(text[at - 1])))
}

/// Whether all letters of a text are the initials of a name, in its order or turned by one.
fn initials<'n>(text: &[char], parts: impl Iterator<Item = &'n [char]> + Clone) -> bool {
    let own = || text.iter().filter(|c| is_alphanumeric(**c)).map(|c| lower(*c));
    let begin = || parts.clone().map(|part| lower(part[0]));
    let count = begin().count();
    (2..=4).contains(&count)
        && own().count() == count
        && (0..count).any(|turn| begin().cycle().skip(turn).take(count).eq(own()))
}

/// Whether a word stands in the text, apart, with digits for letters, backwards or in a pet form.
pub(super) fn word(text: &[char], part: &[char]) -> bool {
    let backwards = part.len() > 3 && !part.iter().eq(part.iter().rev());
    starts(text).any(|at| {
        spells(&text[at..], part.iter().copied(), part.len())
            || backwards && spells(&text[at..], part.iter().rev().copied(), part.len())
    })
}

fn spells(text: &[char], part: impl Iterator<Item = char>, len: usize) -> bool {
    let (mut at, mut letters) = (0, 0);
    for own in part {
        // Two letters of the language's own words stand together: only longer names are looked for apart.
        while len > 3
            && at > 0
            && text.get(at).is_some_and(|c| !is_alphanumeric(*c) && !similar(*c, lower(own)))
        {
            at += 1;
        }
        let Some(c) = text.get(at).filter(|c| lower(**c) == lower(own) || similar(**c, lower(own))) else {
            return false;
        };
        letters += usize::from(c.is_alphabetic());
        at += 1;
    }
    let ends = |at: usize| text.get(at).is_none_or(|c| !is_alphanumeric(*c));
    let pet = len > 3
        && match &text[at..] {
            ['n' | 'N', 'y' | 'Y', ..] | ['i' | 'I', 'e' | 'E', ..] | ['e' | 'E', 's' | 'S', ..] => {
                ends(at + 2)
            }
            ['y' | 'Y' | 's' | 'S', ..] => ends(at + 1),
            _ => false,
        };
    2 * letters >= len && (ends(at) || pet)
}

/// Whether a digit or sign is written for a letter.
pub(super) const fn similar(character: char, letter: char) -> bool {
    matches!(
        (character, letter),
        ('0', 'o')
            | ('1' | '!' | '|', 'i' | 'l')
            | ('3', 'e')
            | ('4' | '@', 'a')
            | ('5' | '$', 's')
            | ('7', 't')
            | ('8', 'b')
            | ('9', 'g')
    )
}
