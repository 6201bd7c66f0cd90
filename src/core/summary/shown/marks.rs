//! Letters without their marks.

use crate::summary::line::lower;

/// A letter without its marks, and letters of other scripts that look like Latin ones: ǎ, é, Cyrillic о.
pub(super) fn unmarked(character: char) -> char {
    match character {
        '\0'..='\u{bf}' | '\u{2190}'..='\u{22ff}' | '\u{3000}'..='\u{10ffff}' => character,
        _ => {
            let base = match lower(character) {
                'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ'..='ặ' | 'а' | 'α' => 'a',
                'ç' | 'ć' | 'č' | 'с' => 'c',
                'ď' | 'đ' => 'd',
                'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' | 'ẹ'..='ệ' | 'е' => 'e',
                'ğ' => 'g',
                'ì'..='ï' | 'ī' | 'į' | 'ı' | 'ǐ' | 'ỉ' | 'ị' | 'і' | 'ι' => 'i',
                'ј' => 'j',
                'ł' => 'l',
                'ñ' | 'ń' | 'ň' => 'n',
                'ò'..='ö' | 'ø' | 'ō' | 'ő' | 'ǒ' | 'ơ' | 'ọ'..='ợ' | 'о' | 'ο' => 'o',
                'р' | 'ρ' => 'p',
                'ř' => 'r',
                'ś' | 'ş' | 'š' | 'ș' | 'ѕ' => 's',
                'ţ' | 'ť' | 'ț' => 't',
                'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ǔ' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' | 'ư' | 'ụ'..='ự' => {
                    'u'
                }
                'х' | 'χ' => 'x',
                'ý' | 'ÿ' | 'у' | 'ỳ'..='ỹ' => 'y',
                'ź' | 'ż' | 'ž' => 'z',
                other => return other,
            };
            if character.is_uppercase() { base.to_ascii_uppercase() } else { base }
        }
    }
}
