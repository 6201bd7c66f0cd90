//! Soft values of modules to text: format, known bits, correction with the doubtful codewords erased.

use super::reed_solomon;
use super::shape::Shape;
use crate::payload::{self, PREFIX, SIZES, base45};
use crate::symbol::grid::{self, Block};
use crate::symbol::{Level, Mask, capacity};

/// Formats that are tried, the likeliest first.
const FORMATS: usize = 3;
/// How much likelier the mask of our labels is taken to be, of a correlation of one.
const OURS: f32 = 0.25;
/// Correction codewords that a block must have left over: what stays checks.
const SPARE: usize = 3;

/// What a module says, and how surely: positive is dark.
pub(super) type Soft = f32;

/// The text of a symbol whose modules have these values.
pub(super) fn text(values: &[Soft], shape: &Shape, accept: &mut dyn FnMut(&str) -> bool) -> Option<String> {
    for (level, mask) in formats(values, shape) {
        let Some(text) = Stream::new(values, shape, level, mask).and_then(Stream::text) else { continue };
        if accept(&text) {
            return Some(text);
        }
    }
    None
}

/// The likeliest levels and masks by the two copies of the format information.
fn formats(values: &[Soft], shape: &Shape) -> impl Iterator<Item = (Level, Mask)> {
    let mut all = Vec::with_capacity(32);
    for level in Level::ALL {
        for mask in Mask::all() {
            let places = grid::format(shape.version, level, mask);
            let sum: f32 = places
                .iter()
                .map(|&(x, y, dark)| {
                    let value = values[usize::from(y) * shape.size + usize::from(x)].clamp(-1.0, 1.0);
                    if dark { value } else { -value }
                })
                .sum();
            let ours = if mask == Mask::DEFAULT { OURS } else { 0.0 };
            all.push((sum / places.len() as f32 + ours, level, mask));
        }
    }
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    all.into_iter().take(FORMATS).filter(|format| format.0 > 0.2).map(|(_, level, mask)| (level, mask))
}

/// The codewords of a symbol on the way to being known.
struct Stream {
    /// Bits in the order of placement: positive for one.
    bits: Vec<Soft>,
    codewords: Vec<u8>,
    /// The chance that a codeword is wrong; zero if it is known.
    doubt: Vec<f32>,
    blocks: Vec<Block>,
}

impl Stream {
    fn new(values: &[Soft], shape: &Shape, level: Level, mask: Mask) -> Option<Self> {
        let blocks = grid::blocks(shape.version, level);
        let total: usize = blocks.iter().map(|block| block.places.len()).sum();
        let value = |&(x, y): &(u8, u8)| {
            let (x, y) = (usize::from(x), usize::from(y));
            let value = values[y * shape.size + x];
            if grid::inverts(mask, x, y) { -value } else { value }
        };
        let bits: Vec<Soft> = shape.grid.order().iter().take(8 * total).map(value).collect();
        let mut stream = Self { bits, codewords: vec![0; total], doubt: vec![1.0; total], blocks };
        let known = stream.known(capacity(shape.version, level), shape.version.number() < 10)?;
        let data: Vec<usize> =
            stream.blocks.iter().flat_map(|block| block.places[..block.data].iter().copied()).collect();
        for (at, bit) in known.iter().enumerate() {
            if let Some(one) = bit {
                // Beyond all doubt.
                stream.bits[8 * data[at / 8] + at % 8] = if *one { 100.0 } else { -100.0 };
            }
        }
        stream.decide();
        Some(stream)
    }

    /// Bits of the data that are certain for a payload of ours, at the length that fits best: mode, count
    /// and prefix, and the pads behind the text.
    fn known(&self, capacity: usize, small: bool) -> Option<Vec<Option<bool>>> {
        let data: Vec<usize> =
            self.blocks.iter().flat_map(|block| block.places[..block.data].iter().copied()).collect();
        let agreement = |known: &[Option<bool>]| {
            known.iter().enumerate().fold(0.0, |sum, (at, bit)| {
                let value = self.bits[8 * data[at / 8] + at % 8].clamp(-1.0, 1.0);
                match bit {
                    Some(true) => sum + value,
                    Some(false) => sum - value,
                    None => sum,
                }
            })
        };
        SIZES
            .iter()
            .map(|&size| PREFIX.len() + base45::encoded_len(size))
            .filter(|&chars| chars <= capacity)
            .map(|chars| known_bits(chars, 8 * data.len(), small))
            .map(|known| (agreement(&known), known))
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, known)| known)
    }

    /// Codewords and doubts by the bits.
    fn decide(&mut self) {
        for (at, bits) in self.bits.chunks_exact(8).enumerate() {
            self.codewords[at] = bits.iter().fold(0, |byte, &bit| byte << 1 | u8::from(bit > 0.0));
            let right: f32 = bits.iter().map(|bit| 1.0 / (1.0 + (-6.0 * bit.abs()).exp())).product();
            self.doubt[at] = 1.0 - right;
            if bits.iter().all(|bit| bit.abs() > 50.0) {
                self.doubt[at] = 0.0;
            }
        }
    }

    /// Corrects every block, and reads the text.
    fn text(mut self) -> Option<String> {
        for block in 0..self.blocks.len() {
            let corrected = self.correct(block)?;
            for (&place, byte) in self.blocks[block].places.iter().zip(corrected) {
                self.codewords[place] = byte;
                self.doubt[place] = 0.0;
            }
        }
        let data: Vec<u8> = self
            .blocks
            .iter()
            .flat_map(|block| block.places[..block.data].iter().map(|&place| self.codewords[place]))
            .collect();
        characters(&data, self.bits.len() / 8)
    }

    /// One block by more and more erasures, the most doubtful codewords first.
    fn correct(&self, block: usize) -> Option<Vec<u8>> {
        let Block { places, data } = &self.blocks[block];
        let correction = places.len() - data;
        let mut order: Vec<usize> = (0..places.len()).filter(|&i| self.doubt[places[i]] > 0.0).collect();
        order.sort_by(|&a, &b| self.doubt[places[b]].total_cmp(&self.doubt[places[a]]));
        let received: Vec<u8> = places.iter().map(|&place| self.codewords[place]).collect();
        for erasures in 0..=(correction - SPARE).min(order.len()) {
            let mut corrected = received.clone();
            let Some(errors) = reed_solomon::correct(&mut corrected, correction, &order[..erasures]) else {
                continue;
            };
            if erasures + 2 * errors + SPARE > correction {
                continue;
            }
            let certain = |i: usize| self.doubt[places[i]] == 0.0;
            if (0..places.len()).all(|i| !certain(i) || corrected[i] == received[i]) {
                return Some(corrected);
            }
        }
        None
    }
}

/// Bits of `total` data bits that every payload text of `chars` characters has.
fn known_bits(chars: usize, total: usize, small: bool) -> Vec<Option<bool>> {
    let mut bits = Vec::with_capacity(total);
    let mut push = |value: usize, count: usize| {
        bits.extend((0..count).rev().map(|bit| Some(value >> bit & 1 == 1)));
    };
    push(0b0010, 4);
    push(chars, if small { 9 } else { 11 });
    let digit = |byte: u8| base45::ALPHABET.iter().position(|&other| other == byte).unwrap_or(0);
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

/// The characters of a segment in alphanumeric mode, if the data is one.
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
    // Version 10 is the first of 346 codewords.
    let chars = take(if codewords < 346 { 9 } else { 11 })?;
    if chars > payload::TEXT_MAX {
        return None;
    }
    let mut text = String::with_capacity(chars);
    let mut push = |value: usize| {
        text.push(char::from(*base45::ALPHABET.get(value)?));
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
