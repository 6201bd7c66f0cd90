//! Code 128 (ISO/IEC 15417), code sets B and C, with the fewest symbols by dynamic programming.
//!
//! In: printable ASCII. Out: the widths of bars and spaces in modules, or only their sum.

/// The widths of bar, space, bar, space, bar, space for the values 0 to 105, in modules.
const PATTERNS: &[u8; 636] = b"212222222122222221121223121322131222122213122312132212221213\
221312231212112232122132122231113222123122123221223211221132221231213212223112312131311222321122\
321221312212322112322211212123212321232121111323131123131321112313132113132311211313231113231311\
112133112331132131113123113321133121313121211331231131213113213311213131311123311321331121312113\
312311332111314111221411431111111224111422121124121421141122141221112214112412122114122411142112\
142211241211221114413111241112134111111242121142121241114212124112124211411212421112421211212141\
214121412121111143111341131141114113114311411113411311113141114131311141411131211412211214211232";
const STOP: [u8; 7] = [2, 3, 3, 1, 1, 1, 2];
const CODE_C: u8 = 99;
const CODE_B: u8 = 100;
const START_B: u8 = 104;
const START_C: u8 = 105;

/// Width of the quiet zone on each side, in modules.
pub const QUIET: usize = 10;

/// The widths of alternating bars and spaces in modules, starting with a bar, without quiet zones. `None` if `text`
/// is empty or has a character other than printable ASCII.
#[must_use]
pub fn encode(text: &str) -> Option<Vec<u8>> {
    let mut values = values(text.as_bytes())?;
    let weighted = values.iter().enumerate().map(|(at, value)| at.max(1) * usize::from(*value));
    values.push((weighted.sum::<usize>() % 103) as u8);
    let pattern = |value: &u8| PATTERNS[usize::from(*value) * 6..][..6].iter().map(|digit| digit - b'0');
    Some(values.iter().flat_map(pattern).chain(STOP).collect())
}

/// The total width in modules.
#[must_use]
pub fn modules(text: &str) -> Option<usize> {
    // Eleven modules per value and for the check character, thirteen for the stop pattern.
    Some(count(text.as_bytes())? * 11 + 11 + 13)
}

/// The number of start and data values: enough for a label whose bar code the printer draws. Computed from the
/// front: the fewest values that end in set B and in set C, for the prefixes that end one and two
/// characters earlier.
fn count(text: &[u8]) -> Option<usize> {
    if !is_printable(text) {
        return None;
    }
    const NEVER: usize = usize::MAX / 4;
    let (mut before, mut two_before) = ((1, 1), (NEVER, NEVER));
    for at in 0..text.len() {
        let (in_b, in_c) = before;
        let pair = at > 0 && text[at - 1..=at].iter().all(u8::is_ascii_digit);
        let c = if pair { two_before.1.min(two_before.0 + 1) + 1 } else { NEVER };
        (before, two_before) = ((in_b.min(in_c + 1) + 1, c), before);
    }
    Some(before.0.min(before.1))
}

/// Whether the text is non-empty printable ASCII.
fn is_printable(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(|byte| (0x20..0x7F).contains(byte))
}

/// The start and data values, as few as possible. `cost[at][set]` is the cost of the rest from `at` in that set (0
/// is B, 1 is C). B wins ties, so that a text has one encoding.
fn values(text: &[u8]) -> Option<Vec<u8>> {
    if !is_printable(text) {
        return None;
    }
    let pair = |at: usize| match text.get(at..at + 2) {
        Some(&[a, b]) if a.is_ascii_digit() && b.is_ascii_digit() => Some((a - b'0') * 10 + b - b'0'),
        _ => None,
    };
    const NEVER: usize = usize::MAX / 4;
    let mut cost = vec![[0, 0]; text.len() + 2];
    for at in (0..text.len()).rev() {
        let b = 1 + cost[at + 1][0];
        let c = if pair(at).is_some() { 1 + cost[at + 2][1] } else { NEVER };
        cost[at] = [b.min(1 + c), c.min(1 + b)];
    }
    let mut set = usize::from(cost[0][1] < cost[0][0]);
    let mut out = vec![if set == 1 { START_C } else { START_B }];
    let mut at = 0;
    while at < text.len() {
        match (set, pair(at)) {
            (0, _) if cost[at][0] == 1 + cost[at + 1][0] => {
                out.push(text[at] - 0x20);
                at += 1;
            }
            (1, Some(value)) if cost[at][1] == 1 + cost[at + 2][1] => {
                out.push(value);
                at += 2;
            }
            _ => {
                set = 1 - set;
                out.push(if set == 1 { CODE_C } else { CODE_B });
            }
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_is_eleven_modules() {
        for value in 0..106 {
            assert_eq!(
                PATTERNS[value * 6..][..6].iter().map(|digit| digit - b'0').sum::<u8>(),
                11,
                "{value}"
            );
        }
    }

    #[test]
    fn digits_go_in_pairs_where_that_is_shorter() {
        for text in ["1234", "SF1304857296031", "JD-12-3", "~"] {
            let widths = encode(text).unwrap();
            assert_eq!(modules(text), Some(widths.into_iter().map(usize::from).sum()));
        }
        // All texts of eleven characters, each a digit or not.
        for kinds in 0..1_u32 << 11 {
            let text: Vec<u8> = (0..11).map(|at| if kinds >> at & 1 == 1 { b'7' } else { b'X' }).collect();
            assert_eq!(count(&text), values(&text).map(|values| values.len()), "{kinds:b}");
        }
        assert_eq!(values(b"1234").unwrap(), [START_C, 12, 34]);
        assert_eq!(values(b"12345").unwrap().len(), 5);
        assert_eq!(values(b"SF123456").unwrap(), [START_B, 51, 38, CODE_C, 12, 34, 56]);
        assert_eq!(values(b"A12B").unwrap(), [START_B, 33, 17, 18, 34]);
        assert!(values("顺".as_bytes()).is_none() && values(b"").is_none());
    }

    #[test]
    fn the_standard_s_check_character() {
        // ISO/IEC 15417's sum over "Wikipedia" in set B is 88.
        let widths = encode("Wikipedia").unwrap();
        let drawn: String = widths
            .iter()
            .zip([true, false].iter().cycle())
            .map(|(n, b)| if *b { "#" } else { "." }.repeat(usize::from(*n)))
            .collect();
        assert!(drawn.starts_with("##.#..#...."), "start B");
        assert_eq!(
            &widths[10 * 6..11 * 6],
            PATTERNS[88 * 6..][..6].iter().map(|d| d - b'0').collect::<Vec<_>>()
        );
        assert!(drawn.ends_with("##...###.#.##"), "stop");
    }
}
