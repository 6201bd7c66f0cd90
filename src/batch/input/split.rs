//! Splits a record of CSV into its cells.

/// Splits the record at the start of `bytes`, and returns its length; `None` if it does not end within them. Appends the
/// cells' text to `cells`, unquoted and trimmed, and their ends to `ends`.
pub(super) fn split(
    bytes: &[u8],
    separator: u8,
    ended: bool,
    cells: &mut Vec<u8>,
    ends: &mut Vec<u32>,
) -> Option<usize> {
    let line = memchr::memchr(b'\n', bytes).map(|end| &bytes[..end]).or(ended.then_some(bytes));
    if let Some(line) = line
        // A blank that separates is told from one around a cell by the slower way alone.
        && separator != b' '
        && memchr::memchr(b'"', line).is_none()
    {
        split_plain(line, separator, cells, ends);
        return Some(bytes.len().min(line.len() + 1));
    }
    split_quoted(bytes, separator, ended, cells, ends)
}

/// Splits a line without quotes.
fn split_plain(line: &[u8], separator: u8, cells: &mut Vec<u8>, ends: &mut Vec<u32>) {
    let mut start = 0;
    let mut cell = |end: usize| {
        cells.extend_from_slice(trimmed(&line[start..end]));
        ends.push(u32::try_from(cells.len()).unwrap_or(u32::MAX));
        start = end + 1;
    };
    // Eight bytes at a step: most cells are too short for a search of each.
    let (words, rest) = line.as_chunks::<8>();
    for (at, word) in words.iter().enumerate() {
        let mut found = places(u64::from_le_bytes(*word), separator);
        while found != 0 {
            cell(8 * at + found.trailing_zeros() as usize / 8);
            found &= found - 1;
        }
    }
    let before = 8 * words.len();
    for (at, byte) in rest.iter().enumerate() {
        if *byte == separator {
            cell(before + at);
        }
    }
    cell(line.len());
}

/// The highest bit of each byte that is the separator.
const fn places(word: u64, separator: u8) -> u64 {
    const LOW: u64 = u64::MAX / 255 * 0x7f;
    let other = word ^ (u64::MAX / 255 * separator as u64);
    // Exact: no carry leaves a byte.
    !(((other & LOW) + LOW) | other | LOW)
}

/// A cell without blanks around it.
const fn trimmed(cell: &[u8]) -> &[u8] {
    match cell {
        [first, .., last] if *first > b' ' && *last > b' ' => cell,
        _ => cell.trim_ascii(),
    }
}

fn split_quoted(
    bytes: &[u8],
    separator: u8,
    ended: bool,
    cells: &mut Vec<u8>,
    ends: &mut Vec<u32>,
) -> Option<usize> {
    let mut at = 0;
    loop {
        while bytes.get(at).is_some_and(|byte| *byte == b' ' || (*byte == b'\t' && separator != b'\t')) {
            at += 1;
        }
        let start = cells.len();
        if bytes.get(at) == Some(&b'"') {
            at += 1;
            loop {
                let length = memchr::memchr(b'"', &bytes[at..])?;
                cells.extend_from_slice(&bytes[at..at + length]);
                at += length + 1;
                if bytes.get(at) != Some(&b'"') {
                    break;
                }
                cells.push(b'"');
                at += 1;
            }
        }
        let rest = &bytes[at..];
        let length = memchr::memchr2(separator, b'\n', rest);
        if length.is_none() && !ended {
            return None;
        }
        cells.extend_from_slice(&rest[..length.unwrap_or(rest.len())]);
        trim(cells, start);
        ends.push(u32::try_from(cells.len()).unwrap_or(u32::MAX));
        let Some(length) = length else { return Some(bytes.len()) };
        at += length + 1;
        if rest[length] == b'\n' {
            return Some(at);
        }
    }
}

/// Trims the last cell, which begins at `start`.
fn trim(cells: &mut Vec<u8>, start: usize) {
    let kept = cells[start..].trim_ascii_end().len();
    cells.truncate(start + kept);
    let blank = cells.len() - start - cells[start..].trim_ascii_start().len();
    if blank > 0 {
        cells.drain(start..start + blank);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Lines without quotes are split as if they might have some.
        #[test]
        fn both_ways_agree(
            bytes in proptest::collection::vec(prop_oneof![
                4 => Just(b','), 2 => Just(b' '), 1 => Just(b'\n'), 1 => Just(b'\r'), 1 => Just(b'\t'),
                1 => Just(b'-'), 1 => Just(b'"'), 4 => any::<u8>(), 8 => b'a'..=b'c',
            ], 0..80),
            separator in prop_oneof![Just(b','), Just(b'\t'), Just(b';'), Just(b'|')],
            ended: bool,
        ) {
            let (mut cells, mut ends) = (Vec::new(), Vec::new());
            let length = split(&bytes, separator, ended, &mut cells, &mut ends);
            let (mut own, mut own_ends) = (Vec::new(), Vec::new());
            let own_length = split_quoted(&bytes, separator, ended, &mut own, &mut own_ends);
            prop_assert_eq!(length, own_length);
            if length.is_some() {
                prop_assert_eq!((cells, ends), (own, own_ends));
            }
        }
    }

    #[test]
    fn places_are_exact() {
        for separator in [b',', b'\t', 0, 0x7f, 0x80, 0xff] {
            for word in [0, u64::MAX, 0x2c2d_2c2b_0100_ff80, 0x8000_0100_7f80_2c2c, 0x0909_0809_0a09_0900] {
                let found = (0..8).filter(|at| word >> (8 * at) & 0xff == u64::from(separator));
                let expected = found.fold(0, |bits, at| bits | 0x80 << (8 * at));
                assert_eq!(places(word, separator), expected, "{word:x} {separator}");
            }
        }
    }
}
