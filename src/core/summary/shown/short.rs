//! Doors that are told by fewer characters than are compared in a row, or in other words: 5栋, 三号楼, 703, #5B, and
//! the floor that the number of a room begins with.

use super::digit;
use super::row::MEASURES;
use crate::summary::fold::fold;

/// Whether a text has what [`has_door`] may find in an address.
pub(super) fn may_have_door(text: &str) -> bool {
    tokens(text).any(|token| token.is_marked() || token.is_code())
}

/// Whether a text has a number, or a letter with its building's mark, that is hidden of an address.
pub(super) fn has_door(text: &str, hidden: &str) -> bool {
    tokens(text).any(|token| {
        let told = |door: Token<'_>| token.tells(&door);
        // A number alone of one or two digits is one of anything.
        (token.is_marked() || token.is_code()) && tokens(hidden).any(told)
    })
}

/// Digits, numerals and letters in a row, and what follows them.
#[derive(Clone, Copy)]
struct Token<'t> {
    word: &'t str,
    behind: &'t str,
    /// What stands before, blanks aside.
    before: Option<char>,
}

impl Token<'_> {
    /// Whether a text that has this token tells a door that has the other.
    fn tells(&self, door: &Self) -> bool {
        let (own, hidden) = (number(self.word), number(door.word));
        if let (Some(own), Some(hidden)) = (own, hidden) {
            let floor = self.mark().is_some_and(|mark| "楼樓层層".contains(mark)) && hidden / 100 == own;
            // 5号 is a size of batteries as well.
            // 008 is no 8.
            let same = own == hidden && (!self.word.starts_with('0') || door.word.starts_with('0'));
            return same && (!self.is_plain() || door.is_plain()) || floor;
        }
        let alike = self.word.chars().map(plain).eq(door.word.chars().map(plain));
        let lettered =
            own.is_none() && (self.word.len() > 1 || self.mark().is_some() && self.mark() == door.mark());
        // B703 of B座703.
        let part = self.word.trim_start_matches(|c: char| fold(c).is_ascii_alphabetic());
        alike && lettered || own.is_none() && part.len() >= 3 && hidden.is_some() && number(part) == hidden
    }

    /// Three digits or more, or digits and letters.
    fn is_code(&self) -> bool {
        let (digits, all) =
            (self.word.chars().filter(|c| digit(*c).is_some()).count(), self.word.chars().count());
        let priced = self.before.is_some_and(|c| "¥￥$€£".contains(c));
        let measured = self.behind.trim_start().chars().next().is_some_and(|c| MEASURES.contains(fold(c)));
        digits > 0 && !measured && !priced && (digits >= 3 || digits < all && self.word.is_ascii())
    }

    fn is_marked(&self) -> bool {
        self.before == Some('#') || self.mark().is_some()
    }

    /// The mark of a building, unit, floor or room behind, with 号 before it or without.
    fn mark(&self) -> Option<char> {
        let mut behind = self.behind.chars().map(fold).filter(|c| *c != ' ');
        let first = behind.next()?;
        let counted = matches!(first, '号' | '號');
        let mark = if counted { behind.next().unwrap_or(first) } else { first };
        let known = "室房栋棟幢座楼樓層层單单門门户戶铺舖柜櫃区區#".contains(mark);
        if known { Some(mark) } else { counted.then_some(first) }
    }

    /// Whether nothing but 号 says what the number is of.
    fn is_plain(&self) -> bool {
        self.mark().is_some_and(|mark| matches!(mark, '号' | '號'))
    }
}

fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let belongs = |c: char| digit(c).is_some() || "十百".contains(c) || fold(c).is_ascii_alphanumeric();
    let mut rest = text;
    core::iter::from_fn(move || {
        let start = rest.find(belongs)?;
        let before = rest[..start].trim_end().chars().next_back().map(fold);
        let found = &rest[start..];
        let (word, behind) = found.split_at(found.find(|c| !belongs(c)).unwrap_or(found.len()));
        rest = behind;
        Some(Token { word, behind, before })
    })
}

/// The value of a number of at most six digits, as 1501, 一五〇一 or 十五.
fn number(word: &str) -> Option<u32> {
    let (mut whole, mut last) = (0, None);
    for (at, character) in word.chars().enumerate() {
        let value = match (digit(character), character) {
            _ if at >= 6 => return None,
            (Some(value), _) => {
                last = Some(last.unwrap_or(0) * 10 + u32::from(value));
                continue;
            }
            (None, '十') => 10,
            (None, '百') => 100,
            _ => return None,
        };
        whole += last.take().unwrap_or(1) * value;
    }
    (!word.is_empty()).then(|| whole + last.unwrap_or(0))
}

fn plain(character: char) -> char {
    fold(character).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (word, value) in
            [("1501", 1501), ("一五〇一", 1501), ("十五", 15), ("二十", 20), ("三百零二", 302), ("７", 7)]
        {
            assert_eq!(number(word), Some(value), "{word}");
        }
        assert_eq!((number("5B"), number(""), number("1234567")), (None, None, None));
    }

    #[test]
    fn doors_are_told_in_few_characters() {
        let hidden = "5栋B座2单元703室";
        for text in [
            "5栋",
            "五栋",
            "5号楼",
            "送703",
            "七零三",
            "703室",
            "7楼",
            "B座",
            "b 座",
            "B703",
            "#703",
            "二单元",
            "5 2 703",
        ] {
            assert!(has_door(text, hidden), "{text}");
        }
        for text in [
            "5件",
            "5号电池",
            "第7",
            "703g",
            "¥703",
            "005",
            "8栋",
            "A座",
            "B",
            "17楼",
            "1703",
            "7033",
            "70 3",
            "B超",
            "",
        ] {
            assert!(!has_door(text, hidden), "{text}");
        }
        assert!(has_door("放3号门口", "3号") && has_door("5b", "Apt 5B"));
    }
}
