//! A quick test that a waybill's number has no digits in a row in common with a phone.

/// A quick test of a waybill's number and a phone in the forms that most have: letters and then digits; digits, blanks, dashes and
/// plus signs. Whether the digits have none in a row in common; `false` also of other forms.
pub(super) fn share_no_row(number: &str, phone: &str, row: usize) -> bool {
    let digits = number.trim_start_matches(|c: char| c.is_ascii_alphabetic()).as_bytes();
    // Of the number, which is printed: what is remembered here needs no wiping.
    let (mut rows, mut count, mut window) = ([0; 32], 0, LastDigits::of(row));
    for byte in digits {
        let Some(place) = rows.get_mut(count) else { return false };
        if !byte.is_ascii_digit() {
            return false;
        }
        if let Some(value) = window.next(*byte) {
            *place = value;
            count += 1;
        }
    }
    let (mut window, mut turned) = (LastDigits::of(row), LastDigits::of(row));
    let free = |window: &mut LastDigits, byte| match byte {
        b'0'..=b'9' => window.next(byte).is_none_or(|value| !rows[..count].contains(&value)),
        other => matches!(other, b' ' | b'-' | b'+'),
    };
    phone.bytes().all(|byte| free(&mut window, byte))
        && phone.bytes().rev().all(|byte| free(&mut turned, byte))
}

/// The last digits of a text, as a number.
struct LastDigits {
    value: u32,
    missing: usize,
    all: u32,
}

impl LastDigits {
    fn of(row: usize) -> Self {
        // Eight digits and one more fit the number; of a longer row eight in common are looked for.
        let row = row.min(8);
        Self { value: 0, missing: row, all: 10_u32.pow(row as u32) }
    }

    /// Takes the next digit; the number of the last ones, once there are as many.
    fn next(&mut self, digit: u8) -> Option<u32> {
        self.value = (self.value * 10 + u32::from(digit - b'0')) % self.all;
        self.missing = self.missing.saturating_sub(1);
        (self.missing == 0).then_some(self.value)
    }
}
