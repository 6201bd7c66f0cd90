//! A name of syllables in a text, each of them as a character, one that is read alike, in letters, or by its initial.

use super::reading::{Romanised, begins_with, other, reading, sounds_alike};
use super::{disguise, ordinary};
use crate::summary::line::{is_alphabetic, is_alphanumeric, is_ideograph, lower};

/// A text beyond this is more than a name and what is said of it.
const SHORT: usize = 6;

/// How the syllables of a name were found.
#[derive(Clone, Copy, Default)]
struct Spelt {
    exact: usize,
    alike: usize,
    read: usize,
    brief: usize,
    /// Whether a blank or dot stands between initials.
    apart: bool,
}

/// Whether the name, in either order, or the given name stands in the text. In a code nothing is read alike or shortened.
pub(super) fn spelled(text: &[char], name: &[char], shown: usize, code: bool) -> bool {
    let (family, given) = name.split_at(shown.min(name.len()));
    if given.is_empty() || name.len() > 6 {
        return false;
    }
    let count = text.iter().filter(|c| is_alphanumeric(**c)).count();
    (0..text.len()).any(|at| {
        // A word is begun at its first letter.
        let inside = text[at].is_ascii_alphabetic() && at > 0 && text[at - 1].is_ascii_alphabetic();
        if inside || !is_alphabetic(text[at]) {
            return false;
        }
        let free = |rest: &[char]| !ordinary::has(text, at, text.len() - rest.len() - 1);
        let judge = |found: Spelt, whole: bool, rest: &[char]| {
            let (len, full) =
                (found.exact + found.alike + found.read + found.brief, found.read + found.exact);
            let only = count <= len.max(SHORT);
            if code {
                return found.brief == 0 && found.alike == 0;
            }
            match (found.brief, whole) {
                (0, true) => full > 0 || len > 2 && free(rest) || only && free(rest),
                (0, false) => len > 1 && (found.alike == 0 || free(rest)),
                (brief, true) if brief == len => {
                    len > 2 && (!found.apart || count <= 2 * len) || count == len
                }
                (_, true) => len > 2 || only && free(rest),
                (brief, false) => len > 1 && brief < len && only || len > 1 && count == len,
            }
        };
        let whole = |found: Spelt, rest: &[char]| judge(found, true, rest);
        chain(&text[at..], &[family, given], Spelt::default(), &whole)
            || chain(&text[at..], &[given, family], Spelt::default(), &whole)
            || given.len() > 1
                && chain(&text[at..], &[given, &[]], Spelt::default(), &|found, rest| {
                    judge(found, false, rest)
                })
    })
}

/// Whether a text begins with the syllables of both parts, in a way that is told by `judge`, to which it gives what follows.
fn chain(text: &[char], parts: &[&[char]; 2], found: Spelt, judge: &dyn Fn(Spelt, &[char]) -> bool) -> bool {
    let (own, left) = match parts {
        [[own, rest @ ..], other] => (*own, [rest, *other]),
        [[], [own, rest @ ..]] => (*own, [rest, &[][..]]),
        [[], []] => return judge(found, text),
    };
    let skipped = text.iter().take_while(|c| !is_alphanumeric(**c)).count();
    let begun = found.exact + found.alike + found.read + found.brief > 0;
    if skipped > 2 || skipped > 0 && !begun {
        return false;
    }
    let rest = &text[skipped..];
    let Some(&first) = rest.first() else { return false };
    let found = Spelt { apart: found.apart || text[..skipped].contains(&' '), ..found };
    let go_on = |len: usize, found: Spelt| chain(&rest[len..], &left, found, judge);
    if first == own {
        return go_on(1, Spelt { exact: found.exact + 1, ..found });
    }
    if is_ideograph(first) {
        return sounds_alike(first, own) && go_on(1, Spelt { alike: found.alike + 1, ..found });
    }
    if begins_with(own, first) {
        return go_on(1, Spelt { brief: found.brief + 1, ..found });
    }
    [reading(own), other(own)].into_iter().flatten().any(|read| {
        let (same, len) = common(rest, read);
        let ends = |at: usize| rest.get(at).is_none_or(|c| !c.is_ascii_alphabetic());
        let last = left.iter().all(|part| part.is_empty());
        same == len && (!last || ends(len)) && go_on(len, Spelt { read: found.read + 1, ..found })
            || same > 0
                && is_alphabetic(first)
                && (!last || ends(1))
                && go_on(1, Spelt { brief: found.brief + 1, ..found })
            || same > 1 && same < len && ends(same) && go_on(same, Spelt { brief: found.brief + 1, ..found })
    })
}

/// How many letters a text has in common with a reading from their beginning, and how many the reading has.
fn common(text: &[char], read: Romanised) -> (usize, usize) {
    let letters = || read.into_iter().flat_map(str::chars);
    let same = letters()
        .zip(text)
        .take_while(|(own, c)| {
            lower(**c) == *own || *own == 'v' && lower(**c) == 'u' || disguise::similar(**c, *own)
        })
        .count();
    (same, letters().count())
}
