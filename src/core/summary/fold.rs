//! One spelling for what people type in many: widths, spaces, dashes.

/// The usual form of a character: full-width forms become ASCII, dashes and spaces one of each.
#[inline]
pub(super) fn fold(character: char) -> char {
    match character {
        // Nearly all of an address.
        '!'..='~' | '\u{3400}'..='\u{9fff}' => character,
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(character as u32 - 0xfee0).unwrap_or(character),
        '\u{3000}' | '\u{a0}' | '\t' | '\u{2000}'..='\u{200a}' | '\u{202f}' => ' ',
        _ if is_unseen(character) => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | 'ー' => '-',
        '•' | '・' | '‧' | '∙' | '⋅' => '·',
        _ => character,
    }
}

/// Blanks without width, marks of direction and of order, which nobody sees.
pub(super) const fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}'
    )
}

/// The characters of a text in their usual form.
pub(super) fn folded(text: &str) -> impl Iterator<Item = char> + Clone {
    text.trim().chars().map(fold)
}

/// A digit of any script, and other signs for numbers: ①, Ⅳ, ๑, ٣. Chinese numerals are letters and none.
pub(super) fn is_digit(character: char) -> bool {
    // Ideographs, most of an address, come first: none is a number to Unicode.
    !is_ideograph(character)
        && (fold(character).is_ascii_digit() || (character.is_numeric() && character != '〇'))
}

/// As [`char::is_numeric`], without a look into its tables for what stands most in addresses.
pub(super) fn is_numeric(character: char) -> bool {
    match character {
        '\0'..='\x7f' => character.is_ascii_digit(),
        // No ideograph is a number to Unicode.
        '\u{3400}'..='\u{9fff}' => false,
        _ => character.is_numeric(),
    }
}

/// Chinese and Japanese ideographs.
pub(super) fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '々')
}

/// Characters of scripts that put no space between words: ideographs, kana and their punctuation.
pub(super) fn is_wide(character: char) -> bool {
    is_ideograph(character) || matches!(character, '\u{3001}'..='\u{30ff}' | '\u{ff61}'..='\u{ff9f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_unicode() {
        for character in '\0'..=char::MAX {
            assert_eq!(is_numeric(character), character.is_numeric(), "{character}");
            let digit = fold(character).is_ascii_digit()
                || (character.is_numeric() && !is_ideograph(character) && character != '〇');
            assert_eq!(is_digit(character), digit, "{character}");
        }
    }
}
