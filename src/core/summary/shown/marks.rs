//! Letters without their marks.

use crate::summary::line::lower;

/// A letter without its marks, and letters of other scripts that look like Latin ones: ǎ, é, Cyrillic о.
pub(super) fn unmarked(character: char) -> char {
    match character {
        '\0'..='\u{bf}' | '\u{2190}'..='\u{22ff}' | '\u{3000}'..='\u{10ffff}' => character,
        _ => {
            let base = match lower(character) {
                'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ'..='ặ' | 'а' | 'α' => 'a',
                'β' => 'b',
                'ç' | 'ć' | 'č' | 'с' => 'c',
                'ď' | 'đ' => 'd',
                'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' | 'ẹ'..='ệ' | 'е' => 'e',
                'ğ' => 'g',
                'ì'..='ï' | 'ī' | 'į' | 'ı' | 'ǐ' | 'ỉ' | 'ị' | 'і' | 'ι' => 'i',
                'η' => 'h',
                'ј' => 'j',
                'κ' => 'k',
                'ł' => 'l',
                'μ' => 'm',
                'ñ' | 'ń' | 'ň' | 'ν' => 'n',
                'ò'..='ö' | 'ø' | 'ō' | 'ő' | 'ǒ' | 'ơ' | 'ọ'..='ợ' | 'о' | 'ο' => 'o',
                'р' | 'ρ' => 'p',
                'ř' => 'r',
                'ś' | 'ş' | 'š' | 'ș' | 'ѕ' => 's',
                'ţ' | 'ť' | 'ț' | 'τ' => 't',
                'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ǔ' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' | 'ư' | 'ụ'..='ự' => {
                    'u'
                }
                'х' | 'χ' => 'x',
                'ý' | 'ÿ' | 'у' | 'υ' | 'ỳ'..='ỹ' => 'y',
                'ź' | 'ż' | 'ž' | 'ζ' => 'z',
                _ => return character,
            };
            if character.is_uppercase() { base.to_ascii_uppercase() } else { base }
        }
    }
}

/// Two letters that are written for one where a keyboard does not have it.
pub(super) fn digraph(letter: char) -> Option<[char; 2]> {
    Some(match lower(letter) {
        'ä' | 'æ' => ['a', 'e'],
        'å' => ['a', 'a'],
        'ö' | 'ø' => ['o', 'e'],
        'ü' => ['u', 'e'],
        'ß' => ['s', 's'],
        _ => return None,
    })
}
