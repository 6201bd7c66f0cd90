//! Arithmetic in GF(256) as QR codes define it: polynomials over GF(2) modulo x⁸ + x⁴ + x³ + x² + 1 (ISO/IEC 18004,
//! 7.5.2). The powers of two are all elements except zero.
//!
//! Addition is `^`. The encoder of a symbol and the error correction of the scanner share these functions.
//!
//! ```
//! use wayseal_core::symbol::gf256::{inverse, mul, power_of_two};
//!
//! assert_eq!(mul(0x80, 2), 0x1d);
//! assert_eq!(mul(inverse(0x53), 0x53), 1);
//! assert_eq!(power_of_two(8), 0x1d);
//! ```

/// The modulus without its leading coefficient.
const MODULUS: u8 = 0x1d;

/// Powers of two, repeated twice, so that a sum of two logarithms needs no reduction.
static POWERS: [u8; 510] = {
    let mut powers = [1; 510];
    let mut i = 1;
    while i < powers.len() {
        powers[i] = product(powers[i - 1], 2);
        i += 1;
    }
    powers
};

/// The logarithm of each element to base two; undefined for zero.
static LOGARITHMS: [u8; 256] = {
    let (mut logarithms, mut power, mut i) = ([0; 256], 1, 0);
    while i < 255 {
        logarithms[power as usize] = i;
        power = product(power, 2);
        i += 1;
    }
    logarithms
};

/// The product of two elements. A host uses logarithm tables; a device computes bit by bit, which saves 766 bytes
/// of tables.
#[inline]
#[must_use]
pub fn mul(a: u8, b: u8) -> u8 {
    if cfg!(not(feature = "fast")) {
        product(a, b)
    } else if a == 0 || b == 0 {
        0
    } else {
        power_of_two(logarithm(a) + logarithm(b))
    }
}

/// The multiplicative inverse; 1 for zero, which has none.
#[inline]
#[must_use]
pub fn inverse(element: u8) -> u8 {
    power_of_two(255 - logarithm(element))
}

/// 2 to the power of `exponent`.
///
/// # Panics
/// If the exponent exceeds 509, twice the largest logarithm plus one.
#[inline]
#[must_use]
pub fn power_of_two(exponent: usize) -> u8 {
    POWERS[exponent]
}

#[inline]
fn logarithm(element: u8) -> usize {
    LOGARITHMS[usize::from(element)].into()
}

/// The product, bit by bit.
const fn product(a: u8, b: u8) -> u8 {
    let mut product = 0;
    let mut i = 8;
    while i > 0 {
        i -= 1;
        product = (product << 1) ^ ((product >> 7) * MODULUS);
        product ^= (b >> i & 1) * a;
    }
    product
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_element_but_zero_is_a_power_of_two_and_has_an_inverse() {
        let mut seen = [false; 256];
        for exponent in 0..255 {
            let element = power_of_two(exponent);
            assert!(!core::mem::replace(&mut seen[usize::from(element)], true), "{exponent}");
            assert_eq!(product(element, inverse(element)), 1);
            assert_eq!(power_of_two(exponent + 255), element);
        }
        assert!(!seen[0]);
    }

    #[test]
    fn logarithms_multiply_as_going_bit_by_bit_does() {
        for a in 0..=255 {
            for b in 0..=255 {
                assert_eq!(mul(a, b), product(a, b), "{a} times {b}");
            }
        }
    }
}
