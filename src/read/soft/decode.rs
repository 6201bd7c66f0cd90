//! Decodes soft values of modules to text.
//!
//! In go one value per module and what is known of the version; out comes the content whose text the caller accepts. The steps are
//! those of any QR decoder (ISO/IEC 18004), with soft values: format information, known bits of Wayseal's payloads, and error
//! correction with the least certain codewords erased. Codes of others have no known bits, so that fewer of their codewords
//! may be wrong.

use super::shape::Shape;
use super::{blank, others, reed_solomon};
use crate::bytes::alphanumeric;
use crate::payload::{self, PREFIX, SIZES, base45};
use crate::read::content::Content;
use crate::read::order::largest_first;
use crate::symbol::grid::{self, CodewordBlock};
use crate::symbol::{EcLevel, MaskPattern, Version, capacity};

/// The number of formats tried, the most likely first.
const FORMATS: usize = 3;
/// A bonus for the mask pattern of Wayseal's labels, on a scale on which 1 is a perfect correlation.
const OURS: f32 = 0.25;
/// Correction codewords that must remain unused in a block: they bound the probability of a false correction by 2^−16.
const SPARE: usize = 2;
/// The same for a code of others, in which no known bits show that a correction is false.
const SPARE_OTHERS: usize = 3;
/// The least agreement of known bits in a code that may be ours, and the most in one that may be another's.
const OURS_MIN: f32 = 0.2;
const OTHERS_MAX: f32 = 0.5;
/// The least correlation of the format information of another's code.
const OTHERS_FORMAT: f32 = 0.35;

/// A soft value: the sign is the colour, positive for dark; the magnitude is the certainty, about 1 for clear print.
pub(super) type Soft = f32;

/// What a symbol holds, given the values of its modules row by row, if its text is accepted.
pub(super) fn content(
    values: &[Soft],
    shape: &Shape,
    accept: &mut dyn FnMut(&str) -> bool,
) -> Option<Content> {
    let gone = blank::chances(values, shape);
    for (fit, level, mask) in formats(values, shape) {
        let stream = SoftStream::new(values, &gone, shape, level, mask);
        let known = stream.known(capacity(shape.version, level), shape.version.number() < 10);
        let agreement = known.as_ref().map_or(-1.0, |known| known.0);
        if let (Some((_, bits)), true) = (known, agreement > OURS_MIN) {
            let total = stream.codewords.len();
            let data = stream.clone().with_known(&bits).data_corrected(SPARE);
            if let Some(text) = data.and_then(|data| characters(&data, total))
                && accept(&text)
            {
                return Some(Content::new(text.into_bytes(), None));
            }
        }
        if fit > OTHERS_FORMAT && agreement < OTHERS_MAX {
            let data = stream.data_corrected(SPARE_OTHERS);
            if let Some(content) = data.and_then(|data| others::content(&data, shape.version, level))
                && accept(&content.coded())
            {
                return Some(content);
            }
        }
    }
    None
}

/// The most likely levels and masks, by correlation with both copies of the format information, which comes first.
fn formats(values: &[Soft], shape: &Shape) -> impl Iterator<Item = (f32, EcLevel, MaskPattern)> {
    let mut all = Vec::with_capacity(32);
    for level in EcLevel::ALL {
        for mask in MaskPattern::all() {
            let places = grid::format_modules(shape.version, level, mask).collect::<Vec<_>>();
            let sum: f32 = places
                .iter()
                .map(|&(x, y, dark)| {
                    let value = values[usize::from(y) * shape.size + usize::from(x)].clamp(-1.0, 1.0);
                    if dark { value } else { -value }
                })
                .sum();
            let ours = if mask == MaskPattern::DEFAULT { OURS } else { 0.0 };
            all.push((sum / places.len() as f32, ours, level, mask));
        }
    }
    let likely = largest_first(all, |(fit, ours, ..)| fit + ours)
        .into_iter()
        .take(FORMATS)
        .filter(|(fit, ours, ..)| fit + ours > 0.2);
    likely.map(|(fit, _, level, mask)| (fit, level, mask))
}

/// The codewords of one block: their positions in the stream, data codewords first, and the number of data codewords.
#[derive(Clone)]
struct Codewords {
    places: Vec<usize>,
    data: usize,
}

impl Codewords {
    fn all(version: Version, level: EcLevel) -> Vec<Self> {
        CodewordBlock::all(version, level)
            .map(|block| Self { places: block.places().collect(), data: block.data() })
            .collect()
    }
}

/// The codewords of a symbol while they are corrected.
#[derive(Clone)]
struct SoftStream<'s> {
    shape: &'s Shape,
    /// Soft bits in the order of placement: positive for 1.
    bits: Vec<Soft>,
    /// The probability that a bit is wrong; zero if the bit is known.
    wrong: Vec<f32>,
    codewords: Vec<u8>,
    blocks: Vec<Codewords>,
    /// Whether each block is corrected.
    done: Vec<bool>,
}

impl<'s> SoftStream<'s> {
    fn new(values: &[Soft], gone: &[f32], shape: &'s Shape, level: EcLevel, mask: MaskPattern) -> Self {
        let blocks = Codewords::all(shape.version, level);
        let total: usize = blocks.iter().map(|block| block.places.len()).sum();
        let places = || shape.order.iter().take(8 * total).map(|&(x, y)| (usize::from(x), usize::from(y)));
        let value = |(x, y): (usize, usize)| {
            let value = values[y * shape.size + x];
            if grid::inverts(mask, x, y) { -value } else { value }
        };
        let bits: Vec<Soft> = places().map(value).collect();
        let wrong = places()
            .zip(&bits)
            .map(|((x, y), bit)| {
                let gone = gone[y * shape.size + x];
                0.5 * gone + (1.0 - gone) / (1.0 + (6.0 * bit.abs()).exp())
            })
            .collect();
        let codewords = bits
            .chunks_exact(8)
            .map(|bits| bits.iter().fold(0, |byte, &bit| byte << 1 | u8::from(bit > 0.0)))
            .collect();
        let done = vec![false; blocks.len()];
        Self { shape, bits, wrong, codewords, blocks, done }
    }

    /// The same with bits of the data that are known.
    fn with_known(mut self, known: &[Option<bool>]) -> Self {
        let data: Vec<usize> = self.data().collect();
        for (at, bit) in known.iter().enumerate() {
            if let Some(one) = bit {
                self.set(8 * data[at / 8] + at % 8, *one);
            }
        }
        self
    }

    /// Positions of the data codewords, in the order of the text.
    fn data(&self) -> impl Iterator<Item = usize> {
        self.blocks.iter().flat_map(|block| block.places[..block.data].iter().copied())
    }

    /// Sets a bit as known.
    fn set(&mut self, at: usize, one: bool) {
        self.wrong[at] = 0.0;
        let bit = 0x80 >> (at % 8);
        self.codewords[at / 8] = self.codewords[at / 8] & !bit | if one { bit } else { 0 };
    }

    /// The bits that every payload of a length has: mode, character count, prefix, and padding after the text. Of the
    /// possible lengths the one that fits the soft bits best is taken; how well it does comes first.
    fn known(&self, capacity: usize, small: bool) -> Option<(f32, Vec<Option<bool>>)> {
        let data: Vec<usize> = self.data().collect();
        // The mean, not the sum: a wrong length may have more padding, part of which agrees by chance.
        let agreement = |known: &[Option<bool>]| {
            let (mut sum, mut count) = (0.0, 0.0);
            for (at, bit) in known.iter().enumerate() {
                let Some(one) = bit else { continue };
                let value = self.bits[8 * data[at / 8] + at % 8].clamp(-1.0, 1.0);
                sum += if *one { value } else { -value };
                count += 1.0;
            }
            sum / count
        };
        SIZES
            .iter()
            .map(|&size| PREFIX.len() + base45::encoded_len(size))
            .filter(|&chars| chars <= capacity)
            .map(|chars| known_bits(chars, 8 * data.len(), small))
            .map(|known| (agreement(&known), known))
            .max_by(|a, b| a.0.total_cmp(&b.0))
    }

    /// Corrects every block, with so many correction codewords unused, and returns the data. A corrected block shows where its
    /// modules were misread, which helps to locate errors in the others.
    fn data_corrected(mut self, spare: usize) -> Option<Vec<u8>> {
        loop {
            let mut progress = false;
            for block in 0..self.blocks.len() {
                if self.done[block] {
                    continue;
                }
                let Some(corrected) = self.correct(block, spare) else { continue };
                for (i, byte) in corrected.into_iter().enumerate() {
                    let place = self.blocks[block].places[i];
                    for bit in 0..8 {
                        self.set(8 * place + bit, byte >> (7 - bit) & 1 == 1);
                    }
                }
                self.done[block] = true;
                progress = true;
            }
            if self.done.iter().all(|done| *done) {
                break;
            }
            if !progress {
                return None;
            }
            self.learn();
        }
        Some(self.data().map(|place| self.codewords[place]).collect())
    }

    /// Updates the error probabilities of unknown bits by the share of misread modules among known ones nearby.
    fn learn(&mut self) {
        const REACH: isize = 3;
        let size = self.shape.size as isize;
        let order = &self.shape.order[..self.bits.len()];
        // By module: whether it was misread, if that is known.
        let mut map: Vec<Option<bool>> = vec![None; (size * size) as usize];
        for (at, &(x, y)) in order.iter().enumerate() {
            if self.wrong[at] == 0.0 {
                let one = self.codewords[at / 8] >> (7 - at % 8) & 1 == 1;
                map[usize::from(y) * size as usize + usize::from(x)] = Some(one != (self.bits[at] > 0.0));
            }
        }
        for (at, &(x, y)) in order.iter().enumerate() {
            if self.wrong[at] == 0.0 {
                continue;
            }
            let (mut wrong, mut count) = (1.5 * self.wrong[at], 1.5);
            for dy in -REACH..=REACH {
                for dx in -REACH..=REACH {
                    let (x, y) = (isize::from(x) + dx, isize::from(y) + dy);
                    if !(0..size).contains(&x) || !(0..size).contains(&y) {
                        continue;
                    }
                    if let Some(bad) = map[(y * size + x) as usize] {
                        let weight = 1.0 / (dx * dx + dy * dy).max(1) as f32;
                        wrong += if bad { weight } else { 0.0 };
                        count += weight;
                    }
                }
            }
            self.wrong[at] = (wrong / count).max(1e-4);
        }
    }

    /// Corrects one block with an increasing number of erasures, the least certain codewords first.
    fn correct(&self, block: usize, spare: usize) -> Option<Vec<u8>> {
        let Codewords { places, data } = &self.blocks[block];
        let correction = places.len() - data;
        let doubt: Vec<f32> = places
            .iter()
            .map(|&place| 1.0 - self.wrong[8 * place..][..8].iter().map(|wrong| 1.0 - wrong).product::<f32>())
            .collect();
        let doubtful = (0..places.len()).filter(|&i| doubt[i] > 0.0).collect();
        let order: Vec<usize> = largest_first(doubtful, |&i| doubt[i]);
        let received: Vec<u8> = places.iter().map(|&place| self.codewords[place]).collect();
        for erasures in 0..=correction.saturating_sub(spare).min(order.len()) {
            let mut corrected = received.clone();
            let Some(errors) = reed_solomon::correct(&mut corrected, correction, &order[..erasures]) else {
                continue;
            };
            if erasures + 2 * errors + spare > correction {
                continue;
            }
            // A correction that changes known bits is false.
            let known = places.iter().zip(received.iter().zip(&corrected)).all(|(&place, (from, to))| {
                (0..8).all(|bit| (from ^ to) >> (7 - bit) & 1 == 0 || self.wrong[8 * place + bit] > 0.0)
            });
            if known {
                return Some(corrected);
            }
        }
        None
    }
}

/// The known bits among `total` data bits, for a payload text of `chars` characters.
fn known_bits(chars: usize, total: usize, small: bool) -> Vec<Option<bool>> {
    let mut bits = Vec::with_capacity(total);
    let mut push = |value: usize, count: usize| {
        bits.extend((0..count).rev().map(|bit| Some(value >> bit & 1 == 1)));
    };
    push(0b0010, 4);
    push(chars, if small { 9 } else { 11 });
    let digit = |byte: u8| usize::from(alphanumeric::value(byte));
    for pair in PREFIX.as_bytes().chunks_exact(2) {
        push(digit(pair[0]) * 45 + digit(pair[1]), 11);
    }
    let text = bits.len() + (chars - PREFIX.len()) / 2 * 11 + (chars - PREFIX.len()) % 2 * 6;
    bits.resize(text, None);
    let end = (text + 4).min(total).next_multiple_of(8).min(total);
    bits.resize(end, Some(false));
    let pads =
        [0xec, 0x11].into_iter().cycle().flat_map(|pad: u8| (0..8).rev().map(move |bit| pad >> bit & 1 == 1));
    bits.extend(pads.take(total - end).map(Some));
    bits
}

/// The characters of a segment in alphanumeric mode; `None` if the data is in another mode or incomplete.
fn characters(data: &[u8], codewords: usize) -> Option<String> {
    let mut at = 0;
    let mut take = |count: usize| {
        let bits = (at..at + count)
            .try_fold(0usize, |bits, i| Some(bits << 1 | usize::from(data.get(i / 8)? >> (7 - i % 8) & 1)));
        at += count;
        bits
    };
    if take(4)? != 0b0010 {
        return None;
    }
    // Version 10 has 346 codewords; from there on the character count has 11 bits.
    let chars = take(if codewords < 346 { 9 } else { 11 })?;
    if chars > payload::TEXT_MAX {
        return None;
    }
    let mut text = String::with_capacity(chars);
    let mut push = |value: usize| {
        text.push(char::from(*alphanumeric::ALPHABET.get(value)?));
        Some(())
    };
    for _ in 0..chars / 2 {
        let pair = take(11)?;
        push(pair / 45)?;
        push(pair % 45)?;
    }
    if chars % 2 == 1 {
        push(take(6)?)?;
    }
    Some(text)
}
