//! One spelling for characters that input methods write in several ways: full width, digits of other scripts, odd
//! blanks.

use zeroize::Zeroizing;

/// The zeros of scripts whose decimal digits people type into phone cells (Unicode, general category Nd): Arabic-Indic,
/// Persian, Devanagari, Bengali, Thai, full width.
const ZEROS: [char; 6] = ['\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{e50}', '\u{ff10}'];

/// The ones of numbers in circles, in brackets and before full stops.
const CIRCLED_ONES: [char; 7] =
    ['\u{2460}', '\u{2474}', '\u{2488}', '\u{24f5}', '\u{2776}', '\u{2780}', '\u{278a}'];

/// The character in ASCII where it has an equal there.
pub(super) fn ascii(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' | '\t' | '\r' | '\n' => ' ',
        // Hyphens, dashes, the minus, the drawn line and the prolonged sound mark of kana.
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' | '\u{30fc}' | '\u{fe58}' | '\u{fe63}' => '-',
        '【' | '〔' | '「' | '〈' | '《' | '『' => '[',
        '】' | '〕' | '」' | '〉' | '》' | '』' => ']',
        '、' => ',',
        '。' | '·' => '.',
        _ => digit(c).unwrap_or(c),
    }
}

/// A decimal digit of another script in ASCII.
fn digit(c: char) -> Option<char> {
    let from = |zero: char, count: u32| u32::from(c).checked_sub(u32::from(zero)).filter(|at| *at < count);
    let value = if c.is_ascii() {
        None
    } else if matches!(c, '\u{24ea}' | '\u{24ff}' | '\u{1f10b}') {
        Some(0)
    } else if let Some(at) = from('\u{1d7ce}', 50) {
        // Five mathematical alphabets.
        Some(at % 10)
    } else {
        let decimal = ZEROS.iter().find_map(|zero| from(*zero, 10));
        decimal.or_else(|| CIRCLED_ONES.iter().find_map(|one| from(*one, 9)).map(|at| at + 1))
    };
    char::from_digit(value?, 10)
}

/// A text in that spelling, without invisible characters, trimmed.
pub(super) fn folded(text: &str) -> Zeroizing<String> {
    let mut folded = Zeroizing::new(String::with_capacity(text.len()));
    folded.extend(text.chars().filter(|c| !is_invisible(*c)).map(ascii));
    let whole = folded.trim();
    if whole.len() == folded.len() { folded } else { Zeroizing::new(whole.to_owned()) }
}

/// Zero-width characters and marks of direction, which copies of web pages leave in cells, and what makes a digit a
/// keycap.
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{20e3}' | '\u{fe0f}' | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_and_signs_have_one_spelling() {
        for (text, one) in [
            ("１３８　１２３４－５６７８", "138 1234-5678"),
            ("①②③⓪", "1230"),
            ("❶➁⓷", "123"),
            ("𝟏𝟗", "19"),
            ("1\u{fe0f}\u{20e3}", "1"),
            ("٠١٢", "012"),
            ("【分机１】", "[分机1]"),
            ("\u{202d}1—2\u{202c} ", "1-2"),
        ] {
            assert_eq!(folded(text).as_str(), one, "{text}");
        }
    }
}
