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

#[cfg(test)]
mod tests {
    use super::super::digits::shares;
    use super::*;
    use crate::summary::line::Line;

    /// What the quick test passes shares no row with the phone, however the digits overlap.
    #[test]
    fn the_quick_test_of_a_number_and_a_phone_agrees_with_the_whole() {
        let mut state = 1_u64;
        let mut next = |count: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % count
        };
        let (mut quick, mut told, mut held) = (0, 0, 0);
        for _ in 0..20_000 {
            let digits: std::string::String = (0..11).map(|_| char::from(b'0' + next(10) as u8)).collect();
            let phone = match next(4) {
                0 => std::format!("+86 {} {}", &digits[..3], &digits[3..]),
                1 => std::format!("{}-{}", &digits[..4], &digits[4..]),
                2 => std::format!("(0){digits}"),
                _ => digits.clone(),
            };
            let prefix = ["", "YT", "BA", "JDVA", "SI", "ONE", "1Z", "YT-"][next(8)];
            let (from, len) = (next(6), 4 + next(7));
            let shared = &digits[from..(from + len).min(11)];
            let turned: std::string::String = shared.chars().rev().collect();
            let shared = if next(2) == 0 { shared } else { &turned };
            let waybill = std::format!("{prefix}{}{shared}{}", next(1000), next(100));
            let line = Line::of_text(&waybill);
            let whole = shares(&line, &phone, "", 7);
            let apart = share_no_row(&waybill, &phone, 7);
            assert!(!(apart && whole), "{waybill} {phone}");
            quick += usize::from(apart);
            told += usize::from(whole);
            held += usize::from(!apart && !whole);
        }
        assert!(quick > 1000 && told > 1000 && held > 100, "{quick} {told} {held}");
    }
}
