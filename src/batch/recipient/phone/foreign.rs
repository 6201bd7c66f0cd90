//! Numbers of any other form, which stay as they are written.

/// Fewest digits of a number that can be dialled.
const DIGITS_MIN: usize = 5;
/// Most digits of a number (ITU-T E.164).
const DIGITS_MAX: usize = 15;
/// Fewest digits of a number that a slash parts from another.
const APART_MIN: usize = 7;

/// How many bytes of a text the number takes that it begins with; `None` if that cannot be dialled.
pub(super) fn number(text: &str) -> Option<usize> {
    let whole = stretch(text);
    let end = first(&text[..whole]);
    let mut digits = text[..end].bytes().filter(u8::is_ascii_digit);
    let one = digits.next()?;
    let count = count(&text[..end]);
    let dialable = (DIGITS_MIN..=DIGITS_MAX).contains(&count) && digits.any(|digit| digit != one);
    dialable.then_some(end)
}

/// The bytes up to the last digit of those that only signs of numbers part.
fn stretch(text: &str) -> usize {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        match c {
            '0'..='9' => end = at + 1,
            '+' if matches!(&text[..at], "" | "(") => {}
            ' ' | '-' | '.' | '(' | ')' | '/' if at <= end + 1 => {}
            _ => break,
        }
    }
    end
}

/// The end of the first number of a stretch that may hold several.
fn first(stretch: &str) -> usize {
    if let Some(slash) = stretch.find('/')
        && count(&stretch[..slash]) >= APART_MIN
        && count(&stretch[slash..]) >= APART_MIN
    {
        return first(stretch[..slash].trim_end());
    }
    let all = count(stretch);
    if all <= DIGITS_MAX {
        return stretch.len();
    }
    // Numbers of one length: the first ends at the gap that is nearest to its share.
    let share = all / all.div_ceil(DIGITS_MAX);
    let gaps = stretch.match_indices([' ', '-', '/']).map(|(at, _)| at);
    gaps.filter(|at| count(&stretch[..*at]) >= DIGITS_MIN)
        .min_by_key(|at| count(&stretch[..*at]).abs_diff(share))
        .unwrap_or(stretch.len())
}

fn count(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}
