//! Readings of a text: letters without marks, numbers in words as digits, and what only looks or sounds like digits.

use super::marks::unmarked;
use super::spoken::{self, Spoken};
use crate::summary::line::{Line, decimal, is_alphanumeric, is_ideograph, is_numeral, lower};
use crate::summary::words::{Role, Roles, roles};

/// A text with letters without marks, and with words that are written letter by letter as words.
pub(super) fn plain(mut line: Line) -> Line {
    line.replace(unmarked);
    let letter = |at: usize| line.get(at).is_some_and(|c| is_letter(*c));
    let lone = |at: usize| letter(at) && !letter(at + 1) && (at == 0 || !letter(at - 1));
    if (0..line.len()).filter(|at| lone(*at)).count() < 4 {
        return line;
    }
    let mut squeezed = Line::new();
    for (at, character) in line.iter().enumerate() {
        if is_alphanumeric(*character) || at == 0 || !(lone(at - 1) && lone(at + 1)) {
            squeezed.push(*character);
        }
    }
    squeezed
}

/// What says of a number what it is of, in pinyin.
const PARTS: [(&str, &[char]); 9] = [
    ("danyuan", &['单', '元']),
    ("haolou", &['号', '楼']),
    ("hao", &['号']),
    ("lou", &['楼']),
    ("ceng", &['层']),
    ("dong", &['栋']),
    ("zhuang", &['幢']),
    ("zuo", &['座']),
    ("shi", &['室']),
];

/// The text with its numbers in words written as digits; none if it has none.
pub(super) fn counted(text: &[char]) -> Option<Line> {
    if !may_count(text) {
        return None;
    }
    let mut line = Line::new();
    let (mut at, mut found) = (0, false);
    // What is carried of a number of several words: twenty one, one hundred and two.
    let mut sum: Option<u32> = None;
    let flush = |line: &mut Line, sum: &mut Option<u32>| {
        if let Some(value) = sum.take() {
            decimal(value, |digit| line.push(digit));
        }
    };
    while at < text.len() {
        let len = word_len(&text[at..]);
        if len == 0 {
            let next = text[at + 1..].split_at(word_len(&text[at + 1..])).0;
            let joins = matches!(text[at], ' ' | '-')
                && sum.is_some_and(|value| match spoken::word(next) {
                    Some(Spoken::Hundred) => (1..10).contains(&value),
                    Some(Spoken::Number(1..10)) => value >= 20 && value % 10 == 0,
                    // soixante-douze, quatre-vingt.
                    Some(Spoken::Number(10..20)) if matches!(value % 100, 60 | 80) => true,
                    Some(Spoken::Number(20)) if value % 100 == 4 && text[at] == '-' => true,
                    // hai mươi.
                    Some(Spoken::Number(10)) if (2..10).contains(&value) => next.starts_with(&['m']),
                    Some(Spoken::Number(10..100)) => value >= 100 && value % 100 == 0,
                    _ => false,
                });
            // shi wu lou is one number.
            let runs = matches!(text[at], ' ' | '-')
                && line.last().is_some_and(|c| is_numeral(*c) && !c.is_ascii() || *c == '号')
                && !next.is_empty()
                && syllables(next, &text[at + 1 + next.len()..], true).is_some();
            if !joins && !runs {
                flush(&mut line, &mut sum);
                line.push(text[at]);
            }
            at += 1;
            continue;
        }
        let word = &text[at..at + len];
        match spoken::word(word) {
            Some(Spoken::Number(value)) => {
                sum = Some(match (sum.unwrap_or_default(), value) {
                    (four, 20) if four % 100 == 4 => four + 76,
                    (tens @ 2..10, 10) => tens * 10,
                    (sum, value) => sum + value,
                });
                found = true;
            }
            Some(Spoken::Hundred) if sum.is_some() => {
                sum = sum.map(|value| value * 100);
            }
            _ => {
                flush(&mut line, &mut sum);
                match syllables(word, &text[at + len..], after_number(&line)) {
                    Some(counted) => {
                        line.extend(&counted);
                        found = true;
                    }
                    None => line.extend(word),
                }
            }
        }
        at += len;
    }
    flush(&mut line, &mut sum);
    found.then_some(line)
}

/// Whether a word of a text is a number's, or would be one's after a number.
fn may_count(text: &[char]) -> bool {
    let mut at = 0;
    while at < text.len() {
        let (word, after) = text[at..].split_at(word_len(&text[at..]));
        if word.is_empty() {
            at += 1;
            continue;
        }
        if matches!(spoken::word(word), Some(Spoken::Number(_))) || syllables(word, after, true).is_some() {
            return true;
        }
        at += word.len();
    }
    false
}

/// The letters that a text begins with: of one alphabet that is written with blanks.
pub(super) fn word_len(text: &[char]) -> usize {
    text.iter().take_while(|c| is_letter(**c)).count()
}

fn is_letter(character: char) -> bool {
    character.is_ascii_alphabetic()
        || matches!(character, '\u{c0}'..='\u{2fff}')
            && (character.is_alphabetic() || matches!(character, '\u{e31}'..='\u{e4e}'))
}

/// A word of pinyin that counts, in one or more syllables, in ideographs: sanhaolou, yiwulingyi. What a number may be of
/// alone, only where one stands before.
fn syllables(word: &[char], after: &[char], numbered: bool) -> Option<Line> {
    let begins = |rest: &[char], known: &str| {
        rest.len() >= known.len() && rest.iter().zip(known.chars()).all(|(c, own)| lower(*c) == own)
    };
    let mut out = Line::new();
    let (mut rest, mut digits) = (word, 0);
    while !rest.is_empty() {
        // 十 before what is counted or counts, else 室.
        let ten = begins(rest, "shi") && {
            let next = if rest.len() > 3 {
                &rest[3..]
            } else {
                let blank = usize::from(matches!(after.first(), Some(' ' | '-')));
                &after[blank..]
            };
            spoken::DIGITS.iter().any(|(known, _)| begins(next, known))
                || PARTS.iter().any(|(known, _)| *known != "shi" && begins(next, known))
        };
        if ten {
            out.push('十');
            rest = &rest[3..];
            digits += 1;
        } else if let Some((known, digit)) = spoken::DIGITS.iter().find(|(known, _)| begins(rest, known)) {
            out.push(*digit);
            rest = &rest[known.len()..];
            digits += 1;
        } else if let Some((known, part)) = PARTS.iter().find(|(known, _)| begins(rest, known)) {
            out.extend(part);
            rest = &rest[known.len()..];
        } else {
            return None;
        }
    }
    (digits > 0 || numbered || word.len() > 5).then_some(out)
}

/// Whether a text ends with a number, blanks aside.
fn after_number(text: &[char]) -> bool {
    text.iter()
        .rev()
        .find(|c| !matches!(c, ' ' | '-'))
        .is_some_and(|c| is_numeral(*c) || matches!(c, '号' | '栋' | '楼'))
}

/// The text with what looks or sounds like digits written as digits: l5O1, XV楼, 伞爸衣儿, 삼백이호; none if it has none.
pub(super) fn guessed(text: &[char]) -> Option<Line> {
    let mut line = Line::new();
    let (mut at, mut found) = (0, false);
    while at < text.len() {
        let rest = &text[at..];
        let token = rest.iter().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '|' | '!')).count();
        if token > 0 {
            let token = &rest[..token];
            at += token.len();
            let named = || {
                let part = |text: &[char]| {
                    let parts = [Role::Building, Role::Entrance, Role::Floor, Role::Room, Role::Number];
                    let own = &text[..word_len(text)];
                    let own = if own.is_empty() { Roles::begun(text) } else { roles(own) };
                    own.any(&parts)
                };
                let after = text[at..].strip_prefix(&[' ']).unwrap_or(&text[at..]);
                let after = after.strip_prefix(&['号']).or(after.strip_prefix(&['#'])).unwrap_or(after);
                let before = &text[..at - token.len()];
                let before = before.strip_suffix(&[' ']).or(before.strip_suffix(&['-'])).unwrap_or(before);
                let back = before.iter().rev().take_while(|c| is_letter(**c)).count();
                let ends = |count: usize| before.len() >= count && part(&before[before.len() - count..]);
                part(after) || back == 0 && (ends(1) || ends(2)) || part(&before[before.len() - back..])
            };
            let (body, tail) = match token {
                [body @ .., 'F'] if body.len() > 1 => (body, &token[body.len()..]),
                _ => (token, &[][..]),
            };
            if let Some(value) = roman(body).filter(|_| body.len() > 2 || !tail.is_empty() || named()) {
                decimal(value, |digit| line.push(digit));
                line.extend(tail);
                found = true;
                continue;
            }
            let digits = token.iter().filter(|c| c.is_ascii_digit()).count();
            // 15g is a measure.
            let ends = matches!(token, [first, .., last]
                if (first.is_ascii_digit() || is_alike(*first))
                    && (last.is_ascii_digit() || is_alike(*last) || matches!(last, 'Z' | 'S' | 'B')));
            let all = ends && token.iter().all(|c| similar(*c).is_some());
            if all && digits < token.len() && (digits > 0 || token.len() > 3) {
                token.iter().filter_map(|c| similar(*c)).for_each(|digit| line.push(digit));
                found = true;
            } else {
                // A2I07.
                for (place, c) in token.iter().enumerate() {
                    let digit = |place: usize| token.get(place).is_some_and(char::is_ascii_digit);
                    let within = is_alike(*c) && place > 0 && digit(place - 1) && digit(place + 1);
                    line.push(similar(*c).filter(|_| within).unwrap_or(*c));
                    found |= within;
                }
            }
            continue;
        }
        if matches!(text[at], '〡'..='〩') {
            line.push(char::from(b'0' + (text[at] as u32 - '〠' as u32) as u8));
            found = true;
            at += 1;
            continue;
        }
        let kana = || {
            let mut rest = rest;
            core::iter::from_fn(move || {
                let (digit, count) = spoken::kana(rest)?;
                rest = &rest[count..];
                Some((digit, count))
            })
        };
        if kana().nth(2).is_some() {
            for (digit, count) in kana() {
                line.push(digit);
                at += count;
            }
            found = true;
            continue;
        }
        let korean = rest.iter().map_while(|c| spoken::korean(*c)).count();
        let counted = rest.get(korean).is_some_and(|c| matches!(c, '호' | '층' | '동'));
        if korean > 1 || korean > 0 && counted {
            rest[..korean].iter().filter_map(|c| spoken::korean(*c)).for_each(|c| line.push(c));
            found = true;
            at += korean;
            continue;
        }
        let spelled = rest.iter().map_while(|c| sounds(*c)).count();
        if spelled > 2 || spelled > 0 && rest.get(spelled).is_some_and(|c| "号栋幢单".contains(*c)) {
            rest[..spelled].iter().filter_map(|c| sounds(*c)).for_each(|c| line.push(c));
            found |= rest[..spelled].iter().any(|c| !is_numeral(*c));
            at += spelled;
            continue;
        }
        line.push(text[at]);
        at += 1;
    }
    found.then_some(line)
}

/// Whether a letter is hard to tell from a digit.
const fn is_alike(character: char) -> bool {
    matches!(character, 'O' | 'o' | 'I' | 'l' | '|')
}

/// The digit that a character is taken for.
const fn similar(character: char) -> Option<char> {
    Some(match character {
        '0'..='9' => character,
        'O' | 'o' | 'D' | 'Q' => '0',
        'I' | 'l' | 'i' | '|' | '!' => '1',
        'Z' | 'z' => '2',
        'E' => '3',
        'A' => '4',
        'S' | 's' => '5',
        'G' | 'b' => '6',
        'T' => '7',
        'B' => '8',
        'g' | 'q' => '9',
        _ => return None,
    })
}

/// The numeral that a character is or is read like.
fn sounds(character: char) -> Option<char> {
    if is_numeral(character) && !character.is_ascii() {
        return Some(character);
    }
    if !is_ideograph(character) {
        return None;
    }
    if matches!(character, '么' | '参' | '叄') {
        return Some(if character == '么' { '一' } else { '三' });
    }
    spoken::sounds_like(character)
}

/// A number in Roman numerals, below four hundred.
fn roman(word: &[char]) -> Option<u32> {
    let value = |c: char| match c {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        'C' => Some(100),
        _ => None,
    };
    let mut sum = 0i32;
    for (at, letter) in word.iter().enumerate() {
        let own = value(*letter)?;
        let next = word.get(at + 1).copied().map_or(Some(0), value)?;
        sum += if own < next { -own } else { own };
    }
    u32::try_from(sum).ok().filter(|sum| (1..400).contains(sum))
}
