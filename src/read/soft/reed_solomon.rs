//! Reed–Solomon decoding of a block with errors and erasures, over the field GF(2^8) of ISO/IEC 18004, annex A.
//!
//! In go codewords and the positions of erasures; out comes the corrected block. An error costs two correction codewords; an
//! erasure, an error at a known position, costs one. The steps are Berlekamp–Massey, started from the locator polynomial of
//! the erasures, Chien search and Forney's formula.

use crate::symbol::gf256::{inverse, mul, power_of_two};

/// The most correction codewords of a block in any version and level (ISO/IEC 18004).
const CORRECTION_MAX: usize = 30;

/// A polynomial's coefficients, the constant first.
type SoftPolynomial = [u8; CORRECTION_MAX + 2];

fn evaluate(polynomial: &[u8], at: u8) -> u8 {
    polynomial.iter().rev().fold(0, |sum, &coefficient| mul(sum, at) ^ coefficient)
}

/// Corrects `block` in place; its last `correction` codewords are the correction, and `erased` has the positions of
/// erasures. Returns the number of errors, that is, of changed codewords that were not erased; `None`, with the block
/// unchanged, if it cannot be corrected.
pub(super) fn correct(block: &mut [u8], correction: usize, erased: &[usize]) -> Option<usize> {
    if erased.len() > correction || correction > CORRECTION_MAX {
        return None;
    }
    let len = block.len();
    let mut syndromes = [0; CORRECTION_MAX];
    for (i, syndrome) in syndromes[..correction].iter_mut().enumerate() {
        *syndrome = block.iter().fold(0, |sum, &byte| mul(sum, power_of_two(i)) ^ byte);
    }
    if syndromes.iter().all(|&syndrome| syndrome == 0) {
        return Some(0);
    }
    let locator = locate(&syndromes[..correction], len, erased)?;
    let degree = locator.iter().rposition(|&coefficient| coefficient != 0)?;
    // Forney: the evaluator polynomial is syndromes × locator modulo x^correction.
    let mut evaluator = [0; CORRECTION_MAX];
    for (i, value) in evaluator[..correction].iter_mut().enumerate() {
        *value = (0..=i.min(degree)).fold(0, |sum, j| sum ^ mul(locator[j], syndromes[i - j]));
    }
    let mut changes = [(0, 0); CORRECTION_MAX];
    let mut found = 0;
    for place in 0..len {
        let power = len - 1 - place;
        let at = power_of_two(255 - power);
        if evaluate(&locator[..=degree], at) != 0 {
            continue;
        }
        // In characteristic 2 the derivative Λ′ has only the odd terms of Λ, one power lower.
        let slope = (1..=degree)
            .step_by(2)
            .fold(0, |sum, j| sum ^ mul(locator[j], power_of_two((255 - power) * (j - 1) % 255)));
        if slope == 0 || found == correction {
            return None;
        }
        let value = mul(mul(power_of_two(power), evaluate(&evaluator[..correction], at)), inverse(slope));
        changes[found] = (place, value);
        found += 1;
    }
    if found != degree {
        return None;
    }
    let mut errors = 0;
    for (place, value) in &changes[..found] {
        block[*place] ^= value;
        errors += usize::from(*value != 0 && !erased.contains(place));
    }
    Some(errors)
}

/// The locator polynomial of errors and erasures, by Berlekamp–Massey; `None` if there are too many errors.
fn locate(syndromes: &[u8], len: usize, erased: &[usize]) -> Option<SoftPolynomial> {
    let mut locator: SoftPolynomial = [0; CORRECTION_MAX + 2];
    locator[0] = 1;
    for (count, &place) in erased.iter().enumerate() {
        let root = power_of_two(len - 1 - place);
        for i in (0..=count).rev() {
            locator[i + 1] ^= mul(locator[i], root);
        }
    }
    let mut before = locator;
    let mut size = erased.len();
    for step in erased.len()..syndromes.len() {
        let discrepancy =
            (0..=step.min(CORRECTION_MAX)).fold(0, |sum, i| sum ^ mul(locator[i], syndromes[step - i]));
        // before ← x · before
        before.rotate_right(1);
        before[0] = 0;
        if discrepancy == 0 {
            continue;
        }
        let mut next = locator;
        for (coefficient, &old) in next.iter_mut().zip(&before) {
            *coefficient ^= mul(discrepancy, old);
        }
        if 2 * size <= step + erased.len() {
            size = step + 1 + erased.len() - size;
            let scale = inverse(discrepancy);
            before = locator.map(|coefficient| mul(coefficient, scale));
        }
        locator = next;
    }
    (2 * size <= syndromes.len() + erased.len()).then_some(locator)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ISO/IEC 18004, annex I: 01234567 in version 1-M.
    const BLOCK: [u8; 26] = [
        16, 32, 12, 86, 97, 128, 236, 17, 236, 17, 236, 17, 236, 17, 236, 17, 0xa5, 0x24, 0xd4, 0xc1, 0xed,
        0x36, 0xc7, 0x87, 0x2c, 0x55,
    ];

    #[test]
    fn every_mixture_up_to_the_limit_is_corrected() {
        for erasures in 0..=10 {
            for errors in 0..=(10 - erasures) / 2 {
                for shift in 0..26 {
                    let mut block = BLOCK;
                    let place = |i: usize| (i * 5 + shift) % 26;
                    let erased: Vec<usize> = (0..erasures).map(place).collect();
                    for i in 0..erasures + errors {
                        // Some erased codewords have the right value.
                        if i >= erasures || i % 3 > 0 {
                            block[place(i)] ^= 0x5a ^ i as u8;
                        }
                    }
                    assert_eq!(correct(&mut block, 10, &erased), Some(errors), "{erasures}+{errors}");
                    assert_eq!(block, BLOCK);
                }
            }
        }
    }

    #[test]
    fn beyond_the_limit_nothing_is_changed_or_another_codeword_found() {
        let mut refused = 0;
        for shift in 0..26 {
            let mut block = BLOCK;
            for i in 0..8 {
                block[(i * 5 + shift) % 26] ^= 0x81 + i as u8;
            }
            let before = block;
            match correct(&mut block, 10, &[]) {
                None => {
                    assert_eq!(block, before);
                    refused += 1;
                }
                Some(errors) => assert!(errors <= 5 && block != BLOCK),
            }
        }
        assert!(refused > 20, "{refused}");
    }
}
