//! Cells that hold no person but what a system made of one: cipher text, an encoding, a template that nothing filled in.
//!
//! Decided by alphabet and length alone: so many of these characters without a blank are no name, phone or address of
//! any language. No word list is asked.

use super::fault::{CiphertextSource, RecipientFault};

/// Fewest characters of a cipher text between delimiters.
const DELIMITED_MIN: usize = 16;
/// Fewest characters of one without.
const BARE_MIN: usize = 20;
/// Hexadecimal digits of 128 bits.
const HEX_MIN: usize = 32;

/// What is wrong with a cell that does not hold the text of a person or place.
pub(super) fn fault(cell: &str) -> Option<RecipientFault> {
    let cell = cell.trim();
    if is_template(cell) {
        Some(RecipientFault::Template)
    } else if groups(cell, b'%') >= 2 || groups(cell, b'=') >= 3 {
        Some(RecipientFault::PercentEncoded)
    } else if references(cell) > 0 {
        Some(RecipientFault::HtmlEncoded)
    } else if escapes(cell) >= 2 {
        Some(RecipientFault::Escaped)
    } else {
        words(cell).find_map(ciphertext).map(RecipientFault::Ciphertext)
    }
}

/// Whether a byte may be part of a cipher text.
const fn is_known(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'+' | b'/' | b'=' | b'_' | b'-' | b'~' | b'$' | b'#' | b'&' | b'.' | b'%' | b':')
}

/// Stretches of a cell that could be cipher text: a platform leaves the division before it in plain text.
fn words(cell: &str) -> impl Iterator<Item = &[u8]> {
    cell.as_bytes().split(|byte| !is_known(*byte)).filter(|word| word.len() >= DELIMITED_MIN)
}

/// Whose cipher text a word is.
fn ciphertext(word: &[u8]) -> Option<CiphertextSource> {
    let (first, last) = (word.first()?, word.last()?);
    if first == last && b"~$#&".contains(first) {
        let doubled = word.ends_with(&[*last, *last]);
        return Some(match first {
            b'#' | b'$' if doubled => CiphertextSource::Douyin,
            b'~' | b'$' => CiphertextSource::Pinduoduo,
            _ => CiphertextSource::Platform,
        });
    }
    let hex = word.iter().filter(|byte| **byte != b'-').count();
    let is_hex = word.iter().all(|byte| byte.is_ascii_hexdigit() || *byte == b'-');
    if is_hex {
        let letters = word.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
        return (hex >= HEX_MIN && hex % 8 == 0 && letters >= 4).then_some(CiphertextSource::Platform);
    }
    // A link to a map is not.
    if word.windows(3).any(|three| three == b"://") || is_domain(word) {
        return None;
    }
    word.split(|byte| matches!(byte, b'.' | b':')).any(is_random).then_some(CiphertextSource::Platform)
}

/// Whether digits, capitals and small letters alternate as in random text: in words and numbers they follow each other.
fn is_random(word: &[u8]) -> bool {
    let has = |class: fn(&u8) -> bool| word.iter().any(class);
    let other = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'/' | b'=');
    let changes = word.windows(2).filter(|pair| class(pair[0]) != class(pair[1])).count();
    word.len() >= BARE_MIN
        && has(other)
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
        && changes * 3 > word.len()
}

/// Whether a word begins with the name of a host and a path: `maps.example/…`.
fn is_domain(word: &[u8]) -> bool {
    let Some(slash) = word.iter().position(|byte| *byte == b'/') else { return false };
    let host = &word[..slash];
    host.contains(&b'.') && host.iter().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'.' | b'-'))
}

const fn class(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => 0,
        b'A'..=b'Z' => 1,
        b'a'..=b'z' => 2,
        _ => 3,
    }
}

/// Groups of a sign and two hexadecimal digits in capitals or small letters: `%E9%99%88`, `=E9=99=88`.
fn groups(cell: &str, sign: u8) -> usize {
    let group = |three: &&[u8]| three[0] == sign && three[1..].iter().all(u8::is_ascii_hexdigit);
    cell.as_bytes().windows(3).filter(group).count()
}

/// Escapes of JSON and JavaScript: a backslash, `u` and four hexadecimal digits.
fn escapes(cell: &str) -> usize {
    let escape = |six: &&[u8]| six.starts_with(b"\\u") && six[2..].iter().all(u8::is_ascii_hexdigit);
    cell.as_bytes().windows(6).filter(escape).count()
}

/// Character references of HTML, by number or by the names that exporters write.
fn references(cell: &str) -> usize {
    let number = |reference: &str| {
        let hex = reference.strip_prefix(['x', 'X']);
        let digits = |text: &str, is: fn(&u8) -> bool| !text.is_empty() && text.as_bytes().iter().all(is);
        hex.is_some_and(|hex| digits(hex, u8::is_ascii_hexdigit)) || digits(reference, u8::is_ascii_digit)
    };
    let named = |reference: &str| ["amp", "lt", "gt", "quot", "apos", "nbsp"].contains(&reference);
    cell.split('&')
        .skip(1)
        .filter_map(|rest| rest.split_once(';'))
        .filter(|(reference, _)| reference.strip_prefix('#').map_or_else(|| named(reference), number))
        .count()
}

/// `{{name}}`, `${name}`, `{name}`, `<%= name %>`, `%(name)s`, `[[name]]` and nothing else; or what a program writes for
/// no value.
fn is_template(cell: &str) -> bool {
    const MARKS: [(&str, &str); 8] = [
        ("{{", "}}"),
        ("${", "}"),
        ("#{", "}"),
        ("{", "}"),
        ("<%=", "%>"),
        ("<%", "%>"),
        ("%(", ")s"),
        ("[[", "]]"),
    ];
    let word = |inner: &str| {
        let inner = inner.trim();
        !inner.is_empty() && inner.chars().all(|c| c.is_alphanumeric() || "._- |".contains(c))
    };
    let marked = |(open, close): &(&str, &str)| {
        cell.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)).is_some_and(word)
    };
    MARKS.iter().any(marked) || matches!(cell, "undefined" | "[object Object]" | "NaN" | "null" | "(null)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_platforms_give_in_place_of_people_is_named() {
        use CiphertextSource::{Douyin, Pinduoduo, Platform};
        for (cell, source) in [
            ("~BkCAAAL8RyxGeNlgbSBkoqID=~4~", Pinduoduo),
            ("$BkCAAAL8RyxHeNlgbSEtajhfQ=$4$", Pinduoduo),
            ("#V/nLohCG#i/cH3MTSUO8mKRUh3=#1##", Douyin),
            ("$139$NtyTzBNS8g0qkDd2jJCX=$1$$", Douyin),
            ("BQJAAAAC4d2wVxFBBBBBbb5uL0xFBBBB+8alY", Platform),
            ("BQJAAAACe1moWhFCBBBBn8yT9R==", Platform),
            ("f470ae8e5555a2cedc09f5ad1fe97979", Platform),
            ("f470ae8e-5555-a2ce-dc09-f5ad1fe97979", Platform),
            ("F470AE8E5555A2CEDC09F5AD1FE97979", Platform),
            ("广东省深圳市~BkCAAAL8RyxJeNlgbSI75Ala=~4~", Pinduoduo),
        ] {
            assert_eq!(fault(cell), Some(RecipientFault::Ciphertext(source)), "{cell}");
        }
        for (cell, wrong) in [
            ("%E9%99%88%E6%99%93", RecipientFault::PercentEncoded),
            ("%e7%a7%91%e8%8b%91 18%e5%8f%b7", RecipientFault::PercentEncoded),
            ("=E9=99=88=E6", RecipientFault::PercentEncoded),
            ("&#38472;&#26195;&#23706;", RecipientFault::HtmlEncoded),
            ("&#x9648;", RecipientFault::HtmlEncoded),
            ("科苑南路18号&amp;云杉公寓", RecipientFault::HtmlEncoded),
            ("\\u9648\\u6653", RecipientFault::Escaped),
            ("{{name}}", RecipientFault::Template),
            ("${receiver.name}", RecipientFault::Template),
            ("{{ shipping_address.phone }}", RecipientFault::Template),
            ("{收件人}", RecipientFault::Template),
            ("%(phone)s", RecipientFault::Template),
            ("undefined", RecipientFault::Template),
        ] {
            assert_eq!(fault(cell), Some(wrong), "{cell}");
        }
    }

    #[test]
    fn people_and_places_of_any_language_are_not() {
        for cell in [
            "林知夏",
            "13812345678-1234",
            "+55 11 91234-5678",
            "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
            "Donaudampfschifffahrtsgesellschaft-12",
            "A&B Trading",
            "3-1-1205",
            "SMITH-JONES-MACDONALD-2",
            "M&S #12",
            "PSC1234Box5678",
            "ul.Marszalkowska12/34",
            "https://maps.example/AbC1dEf2GhI3jKl45",
            "10000000146",
            "maps.example.com/AbC1dEf2GhI3jKl45",
            "20230915123456789012345678901234",
            "KongresovaHala12ByteNumeroTres",
            "100% Cotton",
            "#12-345",
            "云杉公寓3栋McDonalds1205",
            "Null",
            "1-2-3-4-5-6-7-8-9-10-11-12-13",
            "aaaaaaaa-bbbbbbbb-cccccccc",
            "12345678-1234-1234-1234-123456789012",
        ] {
            assert_eq!(fault(cell), None, "{cell}");
        }
    }
}
