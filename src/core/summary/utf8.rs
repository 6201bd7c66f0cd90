//! Characters of a text that is read while compiling.

/// The character that stands at a place of a text (UTF-8, RFC 3629).
pub(super) const fn first(text: &[u8], at: usize) -> char {
    let (len, lead) = match text[at] {
        0..=0x7f => (1, 0x7f),
        0x80..=0xdf => (2, 0x1f),
        0xe0..=0xef => (3, 0x0f),
        _ => (4, 0x07),
    };
    let mut number = (text[at] & lead) as u32;
    let mut next = 1;
    while next < len {
        number = number << 6 | (text[at + next] & 0x3f) as u32;
        next += 1;
    }
    match char::from_u32(number) {
        Some(character) => character,
        None => panic!("UTF-8 holds characters alone"),
    }
}
