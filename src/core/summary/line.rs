//! One form for what people type in many: widths, blanks, dashes, digits, traditional and simplified characters.

use super::chars::Chars;
use super::variants::simplified;
use zeroize::Zeroize as _;

/// Characters of a text that are looked at; of a longer one the rest is not printed.
const LONGEST: usize = 200;

/// A text in its usual form. Wiped on drop.
pub(super) struct Line {
    chars: [char; LONGEST],
    len: usize,
}

impl core::ops::Deref for Line {
    type Target = [char];

    fn deref(&self) -> &[char] {
        &self.chars[..self.len]
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.chars[..self.len].zeroize();
    }
}

impl Line {
    pub(super) const fn new() -> Self {
        Self { chars: ['\0'; LONGEST], len: 0 }
    }

    /// Appends a character that is in its usual form.
    pub(super) fn push(&mut self, character: char) {
        if let Some(place) = self.chars.get_mut(self.len) {
            *place = character;
            self.len += 1;
        }
    }

    fn last(&self) -> Option<char> {
        self.len.checked_sub(1).map(|last| self.chars[last])
    }

    /// A phone: its digits in ASCII, and what stands between them. `(0)`, which is dialled at home alone, is left out.
    pub(super) fn of_phone(phone: &str) -> Self {
        let mut line = Self::new();
        let spaced = is_spaced_out(phone);
        for character in phone.trim().chars().filter(|c| !(spaced && *c == ' ')) {
            if character.is_ascii_digit() {
                line.push(character);
                continue;
            }
            fold(character, |folded| {
                let value = digit(folded).map_or(folded, |value| char::from(b'0' + value));
                line.push(match value {
                    '·' | '\u{2219}' => '.',
                    '【' | '[' => '(',
                    '】' | ']' => ')',
                    other => other,
                });
                if line.last() == Some(')') && line.ends_with(&['(', '0', ')']) && line.contains(&'+') {
                    line.len -= 3;
                }
            });
        }
        line
    }

    /// A text of words: one blank where there are many, and what people put between parts as a comma.
    pub(super) fn of_words(parts: &[&str]) -> Self {
        let mut line = Self::new();
        for part in parts {
            if line.len > 0 {
                line.push(',');
            }
            for character in part.chars() {
                fold(character, |folded| match folded {
                    ' ' if matches!(line.last(), None | Some(' ' | ',')) => {}
                    ',' if line.last() == Some(' ') => line.chars[line.len - 1] = ',',
                    _ => line.push(folded),
                });
            }
        }
        line
    }

    /// A text of ideographs: simplified, without blanks, brackets, dashes and commas, but for a dash between digits or
    /// letters.
    pub(super) fn of_ideographs(parts: &[&str], simplify: bool) -> Self {
        let mut line = Self::new();
        for part in parts {
            line.add(part, simplify, false);
        }
        line
    }

    /// The same with the blanks between digits or letters.
    pub(super) fn of_text(text: &str) -> Self {
        let mut line = Self::new();
        line.add(text, true, !is_spaced_out(text));
        line
    }

    /// Appends a text of ideographs; with the blanks between digits or letters where it is spaced.
    pub(super) fn add(&mut self, part: &str, simplify: bool, spaced: bool) {
        let (start, mut between) = (self.len, None);
        let add = |line: &mut Self, between: &mut Option<char>, character: char| {
            if SEPARATORS.has(character) {
                match character {
                    ' ' if spaced => *between = between.or(Some(' ')),
                    ' ' => {}
                    _ => *between = Some('-'),
                }
                return;
            }
            // In texts, between those of all alphabets that are written with blanks.
            let parted = |c: char| c.is_ascii_alphanumeric() || spaced && c < '\u{3000}' && alphanumeric(c);
            if let Some(separator) = between.take()
                && parted(character)
                && line.chars[start..line.len].last().is_some_and(|c| parted(*c))
            {
                line.push(separator);
            }
            line.push(if simplify { simplified(character) } else { character });
        };
        for character in part.chars() {
            if matches!(character, '\u{3400}'..='\u{9fff}') {
                // Nothing that stands before an ideograph is kept.
                between = None;
                let character = if simplify { simplified(character) } else { character };
                if simplify && matches!(character, '区' | '期' | '村') {
                    self.count_in_ideographs(start);
                }
                self.push(character);
            } else {
                fold(character, |folded| add(self, &mut between, folded));
            }
        }
    }

    /// 曹杨3村 is 曹杨三村: a number below twenty that ends the text, of the name of a quarter.
    fn count_in_ideographs(&mut self, start: usize) {
        const DIGITS: [char; 10] = ['十', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
        let text = &mut self.chars[start..self.len];
        let digits = text.iter().rev().take_while(|c| c.is_ascii_digit()).count();
        let named = !text.iter().rev().nth(digits).is_some_and(|c| c.is_ascii_alphabetic() || *c == '-');
        let place = |c: char| DIGITS[usize::from(c as u8 - b'0')];
        match text {
            [.., last @ '1'..='9'] if digits == 1 && named => *last = place(*last),
            [.., ten @ '1', last @ '1'..='9'] if digits == 2 && named => (*ten, *last) = ('十', place(*last)),
            [.., '1', '0'] if digits == 2 && named => {
                self.len -= 1;
                self.chars[self.len - 1] = '十';
            }
            _ => {}
        }
    }

    /// The same text in simplified characters.
    pub(super) fn simplified(mut self) -> Self {
        self.replace(simplified);
        self
    }

    /// Puts another character in the place of each.
    pub(super) fn replace(&mut self, with: impl Fn(char) -> char) {
        self.chars[..self.len].iter_mut().for_each(|c| *c = with(*c));
    }

    /// Takes all characters out.
    pub(super) fn clear(&mut self) {
        self.chars[..self.len].zeroize();
        self.len = 0;
    }

    /// Appends characters that are in their usual form.
    pub(super) fn extend(&mut self, text: &[char]) {
        let room = &mut self.chars[self.len..];
        let count = text.len().min(room.len());
        room[..count].copy_from_slice(&text[..count]);
        self.len += count;
    }
}

/// Whether a blank stands between any two characters of a text.
fn is_spaced_out(text: &str) -> bool {
    // Of nearly every text the first word has two characters.
    if text.trim_start().chars().nth(1).is_some_and(|second| !second.is_whitespace()) {
        return false;
    }
    let mut count = 0;
    let single = text.split_whitespace().all(|word| {
        count += 1;
        word.chars().nth(1).is_none()
    });
    single && count > 3
}

/// What stands between the parts of an address in ideographs.
static SEPARATORS: Chars<42> = Chars::of(" ,.-_/\\|:;·()[]{}<>~+\"'、。【】《》〈〉「」『』〔〕“”‘’…");

/// The usual form of a character: full-width forms, digits and letters of all kinds become ASCII, dashes, blanks and
/// commas one of each; what nobody sees is left out.
pub(super) fn fold(character: char, mut each: impl FnMut(char)) {
    match character {
        ' '..='~' | '\u{3400}'..='\u{9fff}' => each(character),
        '\t' | '\n' | '\r' => each(','),
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => {}
        '\u{ff01}'..='\u{ff5e}' => each(char::from_u32(character as u32 - 0xfee0).unwrap_or(character)),
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => each(' '),
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{20e3}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{e0000}'..='\u{e0fff}' => {}
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2043}' | '\u{fe58}' | '\u{fe63}' => each('-'),
        '•' | '・' | '‧' | '∙' | '⋅' | '·' | '･' => each('·'),
        '،' | '、' | '؛' | '｡' => each(','),
        '’' | 'ʻ' | '‘' | 'ʼ' => each('\''),
        '\u{24b6}'..='\u{24e9}' => each(letter(character as u32 - 0x24b6)),
        '\u{1f130}'..='\u{1f149}' => each(letter(character as u32 - 0x1f130)),
        '\u{249c}'..='\u{24b5}' => each(letter(character as u32 - 0x249c)),
        _ => match number(character) {
            Some(number) => decimal(number, each),
            None => each(character),
        },
    }
}

fn letter(place: u32) -> char {
    char::from_u32(u32::from(b'A') + place % 26).unwrap_or('A')
}

/// The digits of a number.
pub(super) fn decimal(number: u32, mut each: impl FnMut(char)) {
    if number >= 10 {
        decimal(number / 10, &mut each as &mut dyn FnMut(char));
    }
    each(char::from_digit(number % 10, 10).unwrap_or('0'));
}

/// The number that one character is, other than an ideograph: ٣, ③, Ⅳ, ⒒.
fn number(character: char) -> Option<u32> {
    // The zeros of those that count by ten; and of others where a zero is or would be, and how many count on from there.
    const TENS: [u32; 35] = [
        0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50,
        0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1b50, 0x2070, 0x2080, 0xa8d0,
        0xaa50, 0xff10, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1f101,
    ];
    const OTHERS: [u32; 28] = [
        0x245f, 21, 0x2473, 21, 0x2487, 21, 0x24e0, 21, 0x24f4, 11, 0x2775, 11, 0x277f, 11, 0x2789, 11,
        0x215f, 13, 0x216f, 13, 0x321f, 11, 0x327f, 11, 0x323c, 36, 0x328d, 51,
    ];
    let code = character as u32;
    let row = |zero: u32, count: u32| (zero..zero + count).contains(&code).then(|| code - zero);
    match code {
        _ if !character.is_numeric() => None,
        0xb2 | 0xb3 => Some(code - 0xb0),
        0xb9 => Some(1),
        0x24ea | 0x24ff => Some(0),
        _ => TENS
            .iter()
            .find_map(|zero| row(*zero, 10))
            .or_else(|| OTHERS.chunks_exact(2).find_map(|other| row(other[0], other[1]))),
    }
}

/// The lower case of a letter.
pub(super) fn lower(character: char) -> char {
    match character {
        'A'..='Z' => character.to_ascii_lowercase(),
        '\0'..='\u{bf}' | '\u{2190}'..='\u{22ff}' | '\u{3000}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => {
            character
        }
        _ => character.to_lowercase().next().unwrap_or(character),
    }
}

/// Whether two texts are one, whatever their case.
pub(super) fn alike(one: &[char], other: &[char]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| lower(*one) == lower(*other))
}

/// The words of two letters or more.
pub(super) fn words(text: &[char]) -> impl Iterator<Item = &[char]> {
    text.split(|c| !alphabetic(*c)).filter(|word| word.len() > 1)
}

/// Whether a word ends as English ordinals do: 5th.
pub(super) const fn is_ordinal(word: &[char]) -> bool {
    matches!(word, [.., 's', 't'] | [.., 'n', 'd'] | [.., 'r', 'd'] | [.., 't', 'h'])
}

/// Chinese and Japanese ideographs.
pub(super) const fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '々')
}

/// Whether a character is a letter or an ideograph.
pub(super) fn is_alphabetic(character: char) -> bool {
    is_ideograph(character) || alphabetic(character)
}

/// The same, or a digit or numeral.
pub(super) fn is_alphanumeric(character: char) -> bool {
    is_ideograph(character) || alphanumeric(character)
}

/// [`char::is_alphabetic`], without a search in its tables for what stands most in texts.
#[inline]
pub(super) fn alphabetic(character: char) -> bool {
    usual(character).unwrap_or_else(|| character.is_alphabetic())
}

/// [`char::is_alphanumeric`], likewise.
#[inline]
pub(super) fn alphanumeric(character: char) -> bool {
    usual(character).unwrap_or_else(|| character.is_alphanumeric())
}

/// Whether a character is a letter, of ideographs and Hangul, which are, and of arrows and mathematical signs, which are not.
const fn usual(character: char) -> Option<bool> {
    match character {
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => Some(true),
        '\u{2190}'..='\u{22ff}' => Some(false),
        _ => None,
    }
}

/// The value of a digit: ASCII, or Chinese in any of its forms.
pub(super) const fn digit(character: char) -> Option<u8> {
    Some(match character {
        '0'..='9' => character as u8 - b'0',
        '〇' | '零' | '洞' | '○' => 0,
        '一' | '壹' | '幺' | '弌' => 1,
        '二' | '贰' | '两' | '俩' | '弍' => 2,
        '三' | '叁' | '仨' | '弎' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' | '拐' => 7,
        '八' | '捌' => 8,
        '九' | '玖' | '勾' => 9,
        _ => return None,
    })
}

/// Whether a character counts: digits, tens and more.
#[inline]
pub(super) fn is_numeral(character: char) -> bool {
    NUMERALS.has(character)
}

static NUMERALS: Chars<50> =
    Chars::of("0123456789〇零洞○一壹幺弌二贰两俩弍三叁仨弎四肆五伍六陆七柒拐八捌九玖勾十百千拾佰仟廿卅卌");

/// The number that a text begins with, and how many characters it takes.
#[inline]
pub(super) fn leading_number(text: &[char]) -> Option<(u32, usize)> {
    if is_numeral(*text.first()?) { Some(number_before_others(text)) } else { None }
}

fn number_before_others(text: &[char]) -> (u32, usize) {
    // 一百三十八 counts; 一三八 is read digit by digit.
    let (mut sum, mut part, mut counted, mut last) = (0u32, 0u32, false, u32::MAX);
    let mut len = 0;
    for character in text {
        if let Some(value) = digit(*character).map(u32::from) {
            // 十五零一: 15 and 01.
            if counted && part > 0 {
                break;
            }
            part = if counted { value } else { part.saturating_mul(10).saturating_add(value) };
            len += 1;
            continue;
        }
        let unit = match character {
            '十' | '拾' => 10,
            '百' | '佰' => 100,
            '千' | '仟' => 1000,
            '廿' => 20,
            '卅' => 30,
            '卌' => 40,
            _ => break,
        };
        // 一千五百八十两千: 1580 and 2000.
        if unit >= last {
            len -= usize::from(part > 0);
            part = 0;
            break;
        }
        last = unit;
        let times =
            if unit % 10 == 0 && unit > 10 && unit < 100 { unit } else { part.max(1).saturating_mul(unit) };
        sum = sum.saturating_add(times);
        part = 0;
        counted = true;
        len += 1;
    }
    (sum.saturating_add(part), len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_of_unicode() {
        for character in '\0'..=char::MAX {
            assert_eq!(alphabetic(character), character.is_alphabetic(), "{character:?}");
            assert_eq!(alphanumeric(character), character.is_alphanumeric(), "{character:?}");
            assert_eq!(Some(lower(character)), character.to_lowercase().next(), "{character:?}");
        }
    }
}
