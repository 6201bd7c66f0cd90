//! Numbers of commands, in the one form in which they are written.

/// The largest side of a page, in dots.
pub(super) const SIDE_MAX: usize = 8000;

/// Exactly `N` whole numbers between commas.
pub(super) fn list<const N: usize>(text: &[u8]) -> Option<[i32; N]> {
    let mut numbers = [0; N];
    let mut parts = text.split(|byte| *byte == b',');
    for number in &mut numbers {
        *number = whole(parts.next()?)?;
    }
    parts.next().is_none().then_some(numbers)
}

/// A whole number.
pub(super) fn whole(text: &[u8]) -> Option<i32> {
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// A side of a page or bitmap.
pub(super) fn side(number: i32) -> Option<usize> {
    usize::try_from(number).ok().filter(|side| (1..=SIDE_MAX).contains(side))
}
