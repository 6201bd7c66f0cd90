//! One spelling for what people type in many: widths, spaces, dashes.

/// The usual form of a character: full-width forms become ASCII, dashes and spaces one of each.
pub(super) fn fold(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(character as u32 - 0xfee0).unwrap_or(character),
        '\u{3000}' | '\u{a0}' | '\t' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | 'ー' => '-',
        '•' | '・' | '‧' | '∙' | '⋅' => '·',
        _ => character,
    }
}

/// The characters of a text in their usual form.
pub(super) fn folded(text: &str) -> impl Iterator<Item = char> + Clone {
    text.trim().chars().map(fold)
}

/// Chinese and Japanese ideographs.
pub(super) fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '々')
}
