//! Names, whole or in part, in a text: in characters, in pinyin, in words, in any order.

use super::inventory::Inventory;
use super::marks::{digraph, unmarked};
use super::reading::{other, reading, sounds_alike};
use super::{disguise, heard, ordinary, plain, spelling};
use crate::summary::line::{Line, alike, alphabetic, is_alphabetic, is_alphanumeric, is_ideograph, lower};
use crate::summary::name::{Known, is_joined};
use crate::summary::person::Person;
use crate::summary::pinyin::syllable;
use crate::summary::words::{Role, Roles, roles};
use crate::summary::writing::Writing;

/// Whether a text tells a part of a name that its mask hides. In a code nothing is read alike or guessed.
pub(super) fn tells(text: &[char], has: &Inventory, letters: bool, person: &Person<'_>, code: bool) -> bool {
    let known = Known::new(person.name);
    let typed = known.text();
    if typed.iter().filter(|c| is_alphabetic(**c)).count() < 2 {
        return false;
    }
    if typed.iter().all(|c| is_syllabic(*c) || *c == '·' || *c == '*') {
        // No rule knows how a name of Japan is read: words that are spelled as such names are say it.
        if !code && Writing::of(person.country) == Writing::Japan && romaji(text) {
            return true;
        }
        // Zhuyin is read by no rule of these, and is no goods.
        if text.iter().any(|c| matches!(c, '\u{3105}'..='\u{312f}')) {
            return true;
        }
        // Each rule needs a hidden character in the text, in one way or another, and to be spelled a name needs all of them.
        let may_say = |own: &char| has.may_say(*own);
        let shown = known.shown(Writing::of(person.country)).max(1);
        // A firm is called by more than one character of its name.
        let firm = known.is_firm();
        if letters && !firm && !code && heard::tells(text, typed, shown) {
            return true;
        }
        if !typed[1..].iter().any(may_say) {
            return false;
        }
        characters(text, typed, shown, firm, code)
            || !firm && typed[shown..].iter().all(may_say) && spelling::spelled(text, typed, shown, code)
            || letters && !firm && romanised(text, typed, shown)
    } else {
        let mut own = Line::new();
        own.extend(typed);
        let own = plain::plain(own);
        // Juergen Weiss.
        let spelt = || {
            let mut spelt = Line::new();
            for letter in typed {
                match digraph(*letter) {
                    Some(pair) => spelt.extend(&pair),
                    None => spelt.push(unmarked(*letter)),
                }
            }
            words(text, &spelt) || !code && disguise::tells(text, &spelt)
        };
        letters
            && (words(text, &own)
                || !code && disguise::tells(text, &own)
                || typed.iter().any(|c| digraph(*c).is_some()) && spelt())
            || read_aloud(text, &own)
            || !code && !known.is_firm() && heard::tells(text, &own, 0)
    }
}

/// Characters of scripts that write no blanks within names.
fn is_syllabic(character: char) -> bool {
    is_ideograph(character) || matches!(character, '\u{ac00}'..='\u{d7a3}' | '\u{3041}'..='\u{30fe}')
}

/// Two characters of the name side by side, one of them hidden, in any order; or one with what people are called.
fn characters(text: &[char], name: &[char], shown: usize, firm: bool, code: bool) -> bool {
    let alone = shown < name.len() && !firm;
    let hidden = &name[shown.min(name.len())..];
    // 诗情画意，涵养: all of the given name, one after the other.
    let stands = |own: &char| {
        (0..text.len()).any(|at| text[at] == *own && is_ideograph(*own) && !ordinary::has(text, at, at))
    };
    if !firm && hidden.len() > 1 && hidden[0] != hidden[1] && hidden.iter().all(stands) {
        return true;
    }
    let exact = |c: char| is_syllabic(c) && hidden.contains(&c);
    let alike = |c: char| !code && is_ideograph(c) && hidden.iter().any(|own| sounds_alike(c, *own));
    let mut syllables = text.iter().copied().enumerate().filter(|(_, c)| is_syllabic(*c));
    let count = syllables.clone().count();
    let mut earlier = None;
    let (mut before, mut here) = (None, syllables.next());
    while let Some((at, character)) = here {
        let next = syllables.next();
        let is = |place: Option<(usize, char)>, known: &str| place.is_some_and(|(_, c)| known.contains(c));
        // 小方桌: a word of goods is nobody's name.
        let free = |from: usize, to: usize| !ordinary::has(text, from, to);
        let from = before.map_or(at, |(at, _)| at);
        let to = next.map_or(at, |(at, _)| at);
        if exact(character) {
            let beside = |other: Option<(usize, char)>| {
                other.is_some_and(|(_, other)| {
                    name.contains(&other)
                        && (other != character || name.iter().filter(|c| **c == other).count() > 1)
                })
            };
            // A firm's name has words of goods, and no order but its own.
            let pair = |one: Option<(usize, char)>, other: Option<(usize, char)>| {
                one.zip(other).is_some_and(|((from, one), (to, other))| {
                    name.windows(2).any(|own| own == [one, other]) && free(from, to)
                })
            };
            let told = if firm {
                pair(before, Some((at, character))) || pair(Some((at, character)), next)
            } else {
                beside(before) || beside(next) || beside(earlier)
            };
            if told {
                return true;
            }
            let after = next.is_some_and(|(_, c)| c == character)
                || is(next, "姐哥嫂总姨叔伯婶爷奶妈爸弟妹女先太老师儿宝妞仔娃少님씨");
            let handed = is(before, "给交找叫的人") && next.is_none_or(|(_, c)| "收吧的".contains(c));
            if alone
                && (count == 1
                    || after && free(at, to)
                    || is(before, "小阿老大") && free(from, at)
                    || handed
                    || count == 2 && is(next, "收"))
            {
                return true;
            }
        } else if alone && alike(character) {
            let called = is(next, "姐哥嫂总姨叔") && free(at, to) || is(before, "小阿") && free(from, at);
            let end = next.is_none_or(|(_, c)| "姐哥嫂总姨叔收的，".contains(c));
            if called && end && count <= 8 || count == 1 {
                return true;
            }
        }
        (earlier, before, here) = (before, here, next);
    }
    false
}

/// Whether a text is one word in Latin letters or two, and each is of syllables that end in vowels or `n`: Sato Kenichi.
fn romaji(text: &[char]) -> bool {
    const INITIALS: &str =
        "k s t n h f m y r w g z d b p j ch sh ts ky sy ny hy my ry gy by py kk ss tt pp cch ssh tts";
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let is =
        |part: &[char]| INITIALS.split(' ').any(|known| known.chars().eq(part.iter().map(|c| lower(*c))));
    let spelled = |word: &[char]| {
        word.split_inclusive(|c| vowel(lower(*c))).enumerate().all(|(at, part)| {
            let (initial, ended) = match part {
                [initial @ .., last] if vowel(lower(*last)) => (initial, true),
                _ => (part, false),
            };
            // An n ends the syllable before.
            let rest = initial.strip_prefix(&['n']).filter(|_| at > 0);
            let n = rest.is_some_and(|rest| rest.is_empty() || ended && is(rest));
            n || ended && (initial.is_empty() || is(initial))
        })
    };
    let words = || text.split(|c| matches!(c, ' ' | '-')).filter(|word| !word.is_empty());
    words().count() < 3
        && text.iter().filter(|c| vowel(lower(**c))).count() > 1
        && words().all(|word| word[0].is_ascii_uppercase() && spelled(word))
}

/// What people are called by beside their name.
const TITLES: [&str; 7] = ["jie", "ge", "zong", "mr", "ms", "miss", "mrs"];

/// The name in pinyin: whole in either order, or its given name of two syllables, as words or as one; or its initials.
fn romanised(text: &[char], name: &[char], shown: usize) -> bool {
    if !text.iter().any(char::is_ascii_alphabetic) {
        return false;
    }
    let (family, given) = name.split_at(shown.min(name.len()));
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
    // fang女士.
    called |= word_starts(text).any(|at| {
        let len = text[at..].iter().take_while(|c| c.is_ascii_alphabetic()).count();
        let after = &text[at + len..];
        // 小fang.
        let small = at > 0 && matches!(text[at - 1], '小' | '阿' | '老') && reads(&text[at..at + len]);
        small
            || after.first().is_some_and(|c| is_ideograph(*c))
                && Roles::begun(after).has(Role::Title)
                && reads(&text[at..at + len])
    });
    // fang wang; for Fang.
    let family_read = |word: &[char]| spells(word, &[family]);
    let begins = |word: &[char]| {
        let begun = |own: &char| reading(*own).is_some_and(|read| read[0].starts_with(lower(word[0])));
        word.len() == 1 && family.first().is_some_and(begun)
    };
    let handed = |word: &[char]| {
        "for to gei attn dear ah lao auntie aunt uncle sister brother a"
            .split(' ')
            .any(|known| known.chars().eq(word.iter().map(|c| lower(*c))))
    };
    let mut last: Option<&[char]> = None;
    let mut beside = false;
    for word in text.split(|c| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty()) {
        beside |= last.is_some_and(|last| {
            reads(word) && (family_read(last) || handed(last) || begins(last))
                || reads(last) && (family_read(word) || begins(word))
        });
        last = Some(word);
    }
    called || alone || beside
}

pub(super) fn word_starts(text: &[char]) -> impl Iterator<Item = usize> {
    (0..text.len())
        .filter(|at| text[*at].is_ascii_alphabetic() && (*at == 0 || !text[at - 1].is_ascii_alphabetic()))
}

/// Whether a text begins with the syllables of characters, whatever but letters stands between, and a word ends there.
pub(super) fn spells(text: &[char], parts: &[&[char]]) -> bool {
    let mut rest = text.iter().copied().peekable();
    for character in parts.iter().flat_map(|part| part.iter()) {
        while rest.next_if(|c| !is_alphanumeric(*c)).is_some() {}
        let mut read = |known: Option<[&'static str; 3]>| {
            let mut ahead = rest.clone();
            let all = known.is_some_and(|known| {
                known.into_iter().flat_map(str::chars).all(|letter| {
                    ahead.next().is_some_and(|c| lower(c) == letter || letter == 'v' && lower(c) == 'u')
                })
            });
            if all {
                rest = ahead;
            }
            all
        };
        if !(read(reading(*character)) || read(other(*character))) {
            return false;
        }
    }
    rest.peek().is_none_or(|c| !c.is_ascii_alphabetic())
}

/// A word of the name in the text: three letters at least, or all words of it.
fn words(text: &[char], name: &[char]) -> bool {
    let parts = |text| {
        <[char]>::split(text, |c: &char| !alphabetic(*c) && *c != '\'')
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
    let letters = || name.iter().copied().filter(|c| is_alphabetic(*c)).map(lower);
    let first = letters().count();
    if first < 4 || !name.iter().all(|c| c.is_ascii()) {
        return false;
    }
    let spaced = name.iter().position(|c| !c.is_alphabetic());
    let turned =
        spaced.and_then(|split| name[split..].iter().copied().find(|c| c.is_alphabetic()).map(lower));
    let begins = |at: &usize| {
        let first = syllable(text[*at]).and_then(|read| read.chars().next());
        first.is_some() && (first == letters().next() || first == turned)
    };
    (0..text.len()).filter(|at| is_ideograph(text[*at])).filter(begins).any(|at| {
        let read =
            |count: usize| text[at..].iter().take(count).map_while(|c| syllable(*c)).flat_map(str::chars);
        (2..=4).any(|count| {
            read(count).eq(letters())
                || spaced.is_some_and(|split| {
                    let (one, other) = name.split_at(split);
                    let turned = other.iter().chain(one).copied().filter(|c| is_alphabetic(*c)).map(lower);
                    read(count).eq(turned)
                })
        })
    })
}
