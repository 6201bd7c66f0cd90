//! Reed–Solomon encoding over GF(256) (ISO/IEC 18004, annex A).

use super::gf256::mul;

/// The most correction codewords of a block, rounded up to whole words.
const WORDS: usize = 4;

/// A polynomial of up to 32 coefficients. The highest coefficient is the first byte of the first word.
type Polynomial = [u64; WORDS];

/// Division by a generator polynomial. It stores the multiples of the generator by every high and low nibble, so
/// that a message byte costs two look-ups and all coefficients shift at once.
pub(super) struct Generator {
    low: [Polynomial; 16],
    high: [Polynomial; 16],
}

impl Generator {
    /// The generator of `degree`, up to 30: the product of all x − 2ⁱ, without the leading coefficient.
    pub(super) fn new(degree: usize) -> Self {
        let mut coefficients = [0u8; 8 * WORDS];
        let coefficients = &mut coefficients[..degree];
        coefficients[degree - 1] = 1;
        let mut root = 1;
        for _ in 0..degree {
            for i in 0..degree {
                let next = coefficients.get(i + 1).copied().unwrap_or(0);
                coefficients[i] = mul(coefficients[i], root) ^ next;
            }
            root = mul(root, 2);
        }
        let multiple = |factor| {
            let mut words = Polynomial::default();
            for (i, &coefficient) in coefficients.iter().enumerate() {
                words[i / 8] |= u64::from(mul(coefficient, factor)) << (56 - 8 * (i % 8));
            }
            words
        };
        Self {
            low: core::array::from_fn(|i| multiple(i as u8)),
            high: core::array::from_fn(|i| multiple(16 * i as u8)),
        }
    }

    /// The correction codewords of a block, as many as the degree, followed by zeros.
    #[inline]
    pub(super) fn remainder(&self, block: &[u8]) -> [u8; 8 * WORDS] {
        let mut rest = Polynomial::default();
        for &byte in block {
            let factor = byte ^ (rest[0] >> 56) as u8;
            let (low, high) = (&self.low[usize::from(factor & 15)], &self.high[usize::from(factor >> 4)]);
            for i in 0..WORDS {
                let carry = if i + 1 < WORDS { rest[i + 1] >> 56 } else { 0 };
                rest[i] = (rest[i] << 8 | carry) ^ low[i] ^ high[i];
            }
        }
        let mut bytes = [0; 8 * WORDS];
        for (chunk, word) in bytes.chunks_exact_mut(8).zip(rest) {
            chunk.copy_from_slice(&word.to_be_bytes());
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corrects_as_annex_i_does() {
        // ISO/IEC 18004, annex I: 01234567 in version 1-M.
        let data = [16, 32, 12, 86, 97, 128, 236, 17, 236, 17, 236, 17, 236, 17, 236, 17];
        let expected = [0xa5, 0x24, 0xd4, 0xc1, 0xed, 0x36, 0xc7, 0x87, 0x2c, 0x55];
        let rest = Generator::new(10).remainder(&data);
        assert_eq!(rest[..10], expected);
        assert_eq!(rest[10..], [0; 22]);
    }
}
