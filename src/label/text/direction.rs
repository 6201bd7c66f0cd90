//! Properties of characters: whether they need shaping, take no space, or run from right to left.

/// Whether a text starts, or mostly runs, from right to left.
#[must_use]
pub fn is_rtl(text: &str) -> bool {
    !is_simple(text) && unicode_bidi::get_base_direction(text) == unicode_bidi::Direction::Rtl
}

/// Whether every character is simple: it needs no shaping and runs from left to right.
#[must_use]
pub fn is_simple(text: &str) -> bool {
    text.chars().all(is_simple_char)
}

/// Whether a character is simple. These are not: combining marks, Hebrew, Arabic, Indic scripts, Thai to Myanmar,
/// conjoining Hangul, Khmer, Mongolian, direction controls, variation selectors, presentation forms, and the
/// historic and minor scripts of plane 1 that join or run from right to left.
pub(super) fn is_simple_char(character: char) -> bool {
    // The most frequent characters first.
    matches!(character, '\0'..='\u{2FF}' | '\u{2E80}'..='\u{A4CF}')
        || !matches!(character,
        '\u{300}'..='\u{36F}' | '\u{590}'..='\u{109F}' | '\u{1100}'..='\u{11FF}' | '\u{1780}'..='\u{18AF}'
        | '\u{1900}'..='\u{1CFF}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{A800}'..='\u{ABFF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}'
        | '\u{FE70}'..='\u{FEFF}' | '\u{10800}'..='\u{11FFF}' | '\u{1E800}'..='\u{1EFFF}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Whether a character has no glyph and no width: joiners, direction marks, variation selectors.
pub(super) fn is_ignorable(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0100}'..='\u{E01EF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn right_to_left_is_found() {
        assert!(is_rtl("الرياض، شارع***") && !is_rtl("Riyadh الرياض") && !is_rtl("王**"));
    }
}
