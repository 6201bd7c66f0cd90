//! How a character is read in Mandarin, as names are romanised.
//!
//! `pinyin.txt` has each syllable with the characters of GB 2312, and some more of names, that are read so, each once:
//! as in surnames where there is a choice. Readings are those of pypinyin's data (MIT).

use super::utf8::first;

const SOURCE: &str = include_str!("pinyin.txt");

const FIRST: u32 = 0x4e00;
const COUNT: usize = 0x9fb0 - 0x4e00;

/// Where in the source the syllable of a character begins, and one more; 0 for none.
static SYLLABLES: [u16; COUNT] = {
    let source = SOURCE.as_bytes();
    let mut syllables = [0; COUNT];
    let (mut at, mut line) = (0, 0);
    while at < source.len() {
        match source[at] {
            b'\n' => line = at + 1,
            0..=0x7f => {}
            _ => {
                let place = first(source, at) as u32 - FIRST;
                if (place as usize) < COUNT {
                    syllables[place as usize] = line as u16 + 1;
                }
                at += 2;
            }
        }
        at += 1;
    }
    syllables
};

/// The syllable of a simplified character, without its tone.
pub(super) fn syllable(character: char) -> Option<&'static str> {
    let start = begin(character)?;
    // No syllable is longer than zhuang.
    let len = SOURCE.as_bytes()[start..].iter().take(7).position(|byte| *byte == b' ')?;
    SOURCE.get(start..start + len)
}

/// Whether two simplified characters have one syllable.
pub(super) fn share_syllable(one: char, other: char) -> bool {
    begin(one).is_some_and(|begun| begin(other) == Some(begun))
}

/// Where in the source the syllable of a character begins.
fn begin(character: char) -> Option<usize> {
    let place = usize::try_from(u32::from(character).checked_sub(FIRST)?).ok()?;
    usize::from(*SYLLABLES.get(place)?).checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_read_as_in_names() {
        for (character, read) in [
            ('王', Some("wang")),
            ('芳', Some("fang")),
            ('曾', Some("zeng")),
            ('单', Some("shan")),
            ('A', None),
        ] {
            assert_eq!(syllable(character), read, "{character}");
        }
    }
}
