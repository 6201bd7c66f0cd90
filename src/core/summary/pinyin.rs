//! How a character is read in Mandarin, as names are romanised.
//!
//! `pinyin.txt` has the syllables, and after an empty line one of them for each character of GB 2312, and some more of names,
//! from U+4E00 on: as two letters that are its place in base 26, from `aa` on, or as a number how many characters have none. A
//! character is read as in surnames where there is a choice. Readings are those of pypinyin's data (MIT).

const SOURCE: &str = include_str!("pinyin.txt");

const FIRST: u32 = 0x4e00;
const COUNT: usize = 0x9fb0 - 0x4e00;

/// How many syllables there are, and no syllable as the first of them.
pub(super) const SYLLABLES: usize = {
    let source = SOURCE.as_bytes();
    let (mut at, mut count) = (0, 1);
    while !(source[at] == b'\n' && source[at + 1] == b'\n') {
        count += matches!(source[at], b'\n' | b' ') as usize;
        at += 1;
    }
    count + 1
};

/// The syllable of each character by its number, and where in the source each syllable stands.
const PARSED: ([u16; COUNT], [(u16, u8); SYLLABLES]) = {
    let source = SOURCE.as_bytes();
    let (mut of, mut places) = ([0; COUNT], [(0, 0); SYLLABLES]);
    let (mut at, mut number) = (0, 1);
    while number < SYLLABLES {
        let start = at;
        while source[at].is_ascii_lowercase() {
            at += 1;
        }
        places[number] = (start as u16, (at - start) as u8);
        (at, number) = (at + 1, number + 1);
    }
    let (mut place, mut free, mut begun) = (0, 0, 0);
    while at < source.len() {
        match source[at] {
            digit @ b'0'..=b'9' => free = free * 10 + (digit - b'0') as usize,
            letter @ b'a'..=b'z' if begun == 0 => begun = letter,
            letter @ b'a'..=b'z' => {
                place += free;
                of[place] = 1 + (begun - b'a') as u16 * 26 + (letter - b'a') as u16;
                (place, free, begun) = (place + 1, 0, 0);
            }
            _ => {}
        }
        at += 1;
    }
    (of, places)
};
static OF: [u16; COUNT] = PARSED.0;
static PLACES: [(u16, u8); SYLLABLES] = PARSED.1;

/// The number of a simplified character's syllable, below [`SYLLABLES`]: the same for all that are read so, 0 for what is read in
/// no way.
#[inline]
pub(super) fn sound(character: char) -> u16 {
    let place = u32::from(character).wrapping_sub(FIRST);
    OF.get(place as usize).copied().unwrap_or(0)
}

/// The number of a syllable; 0 if it is none.
pub(super) const fn sound_of(read: &str) -> u16 {
    let (read, source) = (read.as_bytes(), SOURCE.as_bytes());
    let mut number = 1;
    while number < SYLLABLES {
        let (start, len) = PLACES[number];
        let mut same = 0;
        while same < len as usize && same < read.len() && source[start as usize + same] == read[same] {
            same += 1;
        }
        if same == len as usize && same == read.len() {
            return number as u16;
        }
        number += 1;
    }
    0
}

/// The syllable of a simplified character, without its tone.
pub(super) fn syllable(character: char) -> Option<&'static str> {
    spelling(sound(character))
}

/// How the syllable of a number is spelt; `None` for 0.
pub(super) fn spelling(sound: u16) -> Option<&'static str> {
    let (start, len) = *PLACES.get(usize::from(sound))?;
    SOURCE.get(usize::from(start)..usize::from(start) + usize::from(len)).filter(|read| !read.is_empty())
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

    #[test]
    fn syllables_are_numbered_in_the_order_of_the_table() {
        let (syllables, _) = SOURCE.split_once("\n\n").unwrap();
        for (read, number) in syllables.split_ascii_whitespace().zip(1..) {
            assert_eq!((sound_of(read), spelling(number)), (number, Some(read)));
        }
        assert_eq!(syllables.split_ascii_whitespace().count() + 1, SYLLABLES);
        assert!(OF.iter().all(|sound| usize::from(*sound) < SYLLABLES));
        assert_eq!((sound_of("zh"), sound_of(""), spelling(0), sound('A')), (0, 0, None, 0));
    }
}
