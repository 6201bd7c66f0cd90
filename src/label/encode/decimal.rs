//! Decimal numbers for printer jobs, which contain hundreds per label.
//!
//! Written by hand for the positions of stored graphics, a hundred per label: 97 instructions each, command
//! included, against 169 with the `itoa` crate. The difference would be 5 % of a native ZPL label
//! (docs/performance.md).

/// Most bytes of a number.
pub(super) const DIGITS: usize = 11;

/// Appends a number in decimal.
pub(super) fn number(number: i32, out: &mut Vec<u8>) {
    let mut written = [0; DIGITS];
    let len = digits(number, &mut written, 0);
    out.extend_from_slice(&written[..len]);
}

/// Writes a number in decimal at index `at` and returns the end index. The caller provides the room.
#[inline]
pub(super) fn digits(number: i32, out: &mut [u8], mut at: usize) -> usize {
    // Hot: a hundred positions per label. Writes two digits at once; a leading zero is not written.
    if let Ok(number @ 10..10_000) = usize::try_from(number) {
        let (high, low) = (&PAIRS[number / 100], &PAIRS[number % 100]);
        if number >= 1000 {
            out[at] = high[0];
            at += 1;
        }
        if number >= 100 {
            out[at] = high[1];
            at += 1;
        }
        out[at..at + 2].copy_from_slice(low);
        return at + 2;
    }
    if number < 0 {
        out[at] = b'-';
        at += 1;
    }
    let mut rest = number.unsigned_abs();
    let end = at + rest.checked_ilog10().unwrap_or(0) as usize + 1;
    for digit in out[at..end].iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    end
}

/// The two-digit forms of 0 to 99.
const PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[b'0'; 2]; 100];
    let mut number = 0;
    while number < 100 {
        pairs[number] = [b'0' + number as u8 / 10, b'0' + number as u8 % 10];
        number += 1;
    }
    pairs
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_decimal() {
        for one in (0..11_000).chain([-7, -1200, i32::MAX, i32::MIN]) {
            let mut out = Vec::new();
            number(one, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), one.to_string());
        }
    }
}
