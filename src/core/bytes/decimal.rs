//! Conversion to decimal digits. It avoids the core library's formatting machinery and 64-bit division, which would
//! cost a device eleven kilobytes of flash.

/// Divides `value` by `by`, at most 65,535, in place and returns the remainder.
pub fn divide(value: &mut u64, by: u32) -> u32 {
    debug_assert!(0 < by && by <= 0xffff);
    if cfg!(target_pointer_width = "64") {
        let remainder = *value % u64::from(by);
        *value /= u64::from(by);
        remainder as u32
    } else {
        divide_in_steps(value, by)
    }
}

/// [`divide`] for a processor with 32-bit division only.
fn divide_in_steps(value: &mut u64, by: u32) -> u32 {
    let (high, middle, low) = ((*value >> 32) as u32, (*value >> 16) as u32 & 0xffff, *value as u32 & 0xffff);
    // Long division in three steps; a remainder below 2^16 leaves room for the next sixteen bits.
    let upper = (high % by) << 16 | middle;
    let lower = (upper % by) << 16 | low;
    *value = u64::from(high / by) << 32 | u64::from(upper / by) << 16 | u64::from(lower / by);
    lower % by
}

/// Fills `out` with the digits of `value`, left-padded with zeros. Returns whether they fit.
#[must_use]
pub fn decimal(mut value: u64, out: &mut [u8]) -> bool {
    for digit in out.iter_mut().rev() {
        *digit = b'0' + divide(&mut value, 10) as u8;
    }
    value == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn divides_as_the_machine_does() {
        for value in [0, 9, 10, 0xffff, 0x1_0000, 9_999_999_999, 0x1234_5678_9abc_def0, u64::MAX] {
            for by in [1, 2, 10, 26, 37, 10_000, 0xffff] {
                let mut quotient = value;
                assert_eq!(divide_in_steps(&mut quotient, by), (value % u64::from(by)) as u32);
                assert_eq!(quotient, value / u64::from(by), "{value} by {by}");
                let mut other = value;
                assert_eq!((divide(&mut other, by), other), ((value % u64::from(by)) as u32, quotient));
            }
        }
    }

    #[test]
    fn digits_are_filled_up_with_zeros() {
        let mut out = [0; 5];
        assert!(decimal(420, &mut out));
        assert_eq!(&out, b"00420");
        assert!(decimal(99_999, &mut out));
        assert!(!decimal(100_000, &mut out));
    }
}
