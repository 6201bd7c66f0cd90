//! How names of files, and texts from files, are shown to people.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The text as a terminal may get it: each hidden character stands as its code, `\u001b`, as JSON writes it (two codes beyond
/// U+FFFF, as UTF-16 has them). A text that is shown already stays as it is, and a JSON text keeps its meaning.
///
/// Hidden are controls (category Cc, newline and tab too), separators of lines and paragraphs, what changes the direction of
/// text (property Bidi_Control), what has no width or no ink (Default_Ignorable_Code_Point), and noncharacters. U+200C and
/// U+200D, which join letters, and variation selectors, which names in ideographs have, are no such.
pub fn shown(text: &str) -> Cow<'_, str> {
    let hidden = text.chars().filter(|c| is_hidden(*c)).count();
    if hidden == 0 {
        return Cow::Borrowed(text);
    }
    // Room for all of it: a grown buffer would leave a copy of what may be a record.
    let mut out = String::with_capacity(text.len() + 12 * hidden);
    for character in text.chars() {
        if is_hidden(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _never = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

const fn is_hidden(character: char) -> bool {
    let point = character as u32;
    point & 0xfffe == 0xfffe
        || matches!(
            character,
            '\0'..='\u{1f}'
                | '\u{7f}'..='\u{9f}'
                | '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180e}'
                | '\u{200b}'
                | '\u{200e}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{fdd0}'..='\u{fdef}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e00ff}'
                | '\u{e01f0}'..='\u{e0fff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every text of up to forty characters, of which many are hidden.
    fn texts() -> impl Strategy<Value = String> {
        let hidden =
            prop::sample::select((char::MIN..=char::MAX).filter(|c| is_hidden(*c)).collect::<Vec<_>>());
        let one = prop_oneof![any::<char>(), hidden, prop::char::range(' ', '~')];
        prop::collection::vec(one, 0..40).prop_map(|characters| characters.into_iter().collect())
    }

    proptest! {
        #[test]
        fn nothing_hidden_is_left_and_what_is_shown_stays(text in texts()) {
            let once = shown(&text);
            prop_assert!(!once.chars().any(is_hidden));
            prop_assert_eq!(&*shown(&once), &*once);
            prop_assert!(once.len() <= text.len() + 12 * text.chars().count());
        }

        #[test]
        fn what_is_not_hidden_is_as_before(text in texts()) {
            let kept: String = text.chars().filter(|c| !is_hidden(*c)).collect();
            prop_assert_eq!(&*shown(&kept), &*kept);
        }
    }

    #[cfg(feature = "batch")]
    proptest! {
        #[test]
        fn a_json_text_keeps_its_meaning(text in texts()) {
            let json = serde_json::json!({ &*text: [&*text] });
            let line = json.to_string();
            prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&shown(&line)).unwrap(), json);
        }
    }

    #[test]
    fn the_characters_that_attack_a_screen_are_hidden_and_those_of_names_are_not() {
        for hidden in "\0\t\n\r\u{1b}\u{7f}\u{80}\u{9b}\u{61c}\u{200b}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202e}\u{2066}\
                       \u{2069}\u{2060}\u{feff}\u{e0041}\u{ffff}"
            .chars()
        {
            assert!(is_hidden(hidden), "{hidden:?}");
        }
        for text in
            ["می\u{200c}خواهم", "क्\u{200d}ष", "葛\u{e0100}城", "☎\u{fe0f}", "王芳 a\u{a0}b\u{3000}\\u001b"]
        {
            assert!(matches!(shown(text), Cow::Borrowed(_)), "{text:?}");
        }
        assert_eq!(shown("a\u{1b}[2J\u{202e}\u{e0041}"), r"a\u001b[2J\u202e\udb40\udc41");
    }
}
