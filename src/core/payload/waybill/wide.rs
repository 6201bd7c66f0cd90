//! Arithmetic on numbers wider than a register, as big-endian bytes. A device would need a kilobyte of code for the
//! same with 128-bit integers.

/// `number = number · base + digit`. Bits that leave the number are lost.
#[cfg_attr(not(feature = "fast"), inline(never))]
pub(super) fn push(number: &mut [u8], base: u8, digit: u8) {
    let mut carry = u16::from(digit);
    for byte in number.iter_mut().rev() {
        carry += u16::from(*byte) * u16::from(base);
        *byte = carry as u8;
        carry >>= 8;
    }
}

/// `number = number / base`; returns the remainder.
#[cfg_attr(not(feature = "fast"), inline(never))]
pub(super) fn pop(number: &mut [u8], base: u8) -> u8 {
    let mut rest = 0;
    for byte in number {
        rest = rest << 8 | u16::from(*byte);
        *byte = (rest / u16::from(base)) as u8;
        rest %= u16::from(base);
    }
    rest as u8
}

/// Whether the number is zero.
pub(super) fn is_zero(number: &[u8]) -> bool {
    number.iter().all(|&byte| byte == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_pushed_is_popped() {
        let digits = [6, 0, 36, 1, 35, 36, 36, 0, 9];
        let mut number = [0; 7];
        digits.iter().for_each(|&digit| push(&mut number, 37, digit));
        let mut wide = [0; 16];
        wide[9..].copy_from_slice(&number);
        let value = digits.iter().fold(0, |value: u128, &digit| value * 37 + u128::from(digit));
        assert_eq!(u128::from_be_bytes(wide), value);
        for &digit in digits.iter().rev() {
            assert_eq!(pop(&mut number, 37), digit);
        }
        assert!(is_zero(&number));
    }
}
