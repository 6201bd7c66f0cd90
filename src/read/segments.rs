//! The segments of a code's data: their modes, which bytes of its content each gives, and in which character set
//! (ISO/IEC 18004, 7.4).

/// The character set of a run of bytes, as the code says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum CharacterSet {
    /// Bytes, of which the code says nothing.
    Unstated,
    /// Digits, and characters of alphanumeric mode.
    Ascii,
    /// Kanji mode: Shift-JIS.
    Kanji,
    /// Hanzi mode of GB/T 18284: GB 2312.
    Hanzi,
    /// An extended channel interpretation (ECI) of this number.
    Interpretation(u32),
}

/// So many bytes of a code's content, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Run {
    pub(super) len: usize,
    pub(super) set: CharacterSet,
}

/// What the data codewords of a code are made of.
pub(super) struct Segments {
    /// The bytes of its content; `None` if FNC1 is used, which changes how many bytes characters give.
    pub(super) runs: Option<Vec<Run>>,
    /// Whether zeros and the padding of the standard are all that comes after the segments.
    pub(super) padded: bool,
}

/// The segments of data codewords of a version; `None` if one ends after the data, or has an unknown mode.
pub(super) fn segments(data: &[u8], version: u32) -> Option<Segments> {
    let mut bits = Bits { data, at: 0 };
    let mut walk = Walk {
        runs: Some(Vec::new()),
        set: None,
        size: usize::from(version > 9) + usize::from(version > 26),
    };
    let padded = loop {
        if bits.left() < 4 {
            break bits.take(bits.left()) == Some(0);
        }
        match bits.take(4)? {
            0 => break padded(&mut bits),
            mode => walk.segment(&mut bits, mode)?,
        }
    };
    Some(Segments { runs: walk.runs, padded })
}

/// A cursor on bits, the highest of a byte first.
struct Bits<'d> {
    data: &'d [u8],
    at: usize,
}

impl Bits<'_> {
    fn left(&self) -> usize {
        8 * self.data.len() - self.at
    }

    /// The next bits as a number; `None` if there are fewer.
    fn take(&mut self, count: usize) -> Option<usize> {
        if self.left() < count {
            return None;
        }
        let bits = self.at..self.at + count;
        self.at = bits.end;
        Some(bits.fold(0, |sum, at| sum << 1 | usize::from(self.data[at / 8] >> (7 - at % 8) & 1)))
    }

    fn skip(&mut self, count: usize) -> Option<()> {
        let within = self.left() >= count;
        self.at += count;
        within.then_some(())
    }
}

/// What is known before a segment.
struct Walk {
    runs: Option<Vec<Run>>,
    /// The interpretation that holds until the next.
    set: Option<CharacterSet>,
    /// Which of the three sizes of lengths the version has.
    size: usize,
}

impl Walk {
    /// Skips the segment after a mode's indicator.
    fn segment(&mut self, bits: &mut Bits<'_>, mode: usize) -> Option<()> {
        let size = self.size;
        let length = |bits: &mut Bits<'_>, sizes: [usize; 3]| bits.take(sizes[size]);
        match mode {
            // Digits in threes, characters in pairs, bytes, Kanji.
            0b0001 => {
                let count = length(bits, [10, 12, 14])?;
                self.add(count, CharacterSet::Ascii);
                bits.skip(10 * (count / 3) + [0, 4, 7][count % 3])
            }
            0b0010 => {
                let count = length(bits, [9, 11, 13])?;
                self.add(count, CharacterSet::Ascii);
                bits.skip(11 * (count / 2) + 6 * (count % 2))
            }
            0b0100 => {
                let count = length(bits, [8, 16, 16])?;
                self.add(count, self.set.unwrap_or(CharacterSet::Unstated));
                bits.skip(8 * count)
            }
            0b1000 => {
                let count = length(bits, [8, 10, 12])?;
                // An interpretation holds for pairs of bytes too, whatever mode packs them.
                self.add(2 * count, self.set.unwrap_or(CharacterSet::Kanji));
                bits.skip(13 * count)
            }
            // An interpretation of one to three bytes, by the ones before the first zero.
            0b0111 => {
                let (first, more) = match bits.take(8)? {
                    first @ 0..0x80 => (first, 0),
                    first @ 0x80..0xc0 => (first & 0x3f, 8),
                    first @ 0xc0..0xe0 => (first & 0x1f, 16),
                    _ => return None,
                };
                let number = first << more | bits.take(more)?;
                self.set = Some(CharacterSet::Interpretation(number as u32));
                Some(())
            }
            // A part of several symbols; GS1 and AIM; Hanzi, whose subset comes first.
            0b0011 => bits.skip(16),
            0b0101 => {
                self.runs = None;
                Some(())
            }
            0b1001 => {
                self.runs = None;
                bits.skip(8)
            }
            0b1101 => {
                bits.skip(4)?;
                let count = length(bits, [8, 10, 12])?;
                self.add(2 * count, self.set.unwrap_or(CharacterSet::Hanzi));
                bits.skip(13 * count)
            }
            _ => None,
        }
    }

    fn add(&mut self, len: usize, set: CharacterSet) {
        self.runs.iter_mut().for_each(|runs| runs.push(Run { len, set }));
    }
}

/// Whether zeros up to a whole byte and then the two bytes of padding in turn are all that is left.
fn padded(bits: &mut Bits<'_>) -> bool {
    let to_byte = bits.left() % 8;
    if bits.take(to_byte) != Some(0) {
        return false;
    }
    let pads = [0xec, 0x11].into_iter().cycle();
    bits.data[bits.at / 8..].iter().zip(pads).all(|(byte, pad)| *byte == pad)
}

#[cfg(test)]
pub(super) mod tests {
    use super::CharacterSet::{Ascii, Interpretation, Kanji, Unstated};
    use super::*;

    /// Data codewords of fields, each a value and its bits, with padding.
    pub fn codewords(fields: &[(usize, usize)]) -> Vec<u8> {
        let mut bits: Vec<bool> = fields
            .iter()
            .flat_map(|&(value, count)| (0..count).rev().map(move |bit| value >> bit & 1 == 1))
            .collect();
        bits.resize(bits.len().next_multiple_of(8), false);
        let mut data: Vec<u8> =
            bits.chunks(8).map(|bits| bits.iter().fold(0, |byte, &bit| byte << 1 | u8::from(bit))).collect();
        data.extend([0xec, 0x11, 0xec]);
        data
    }

    #[test]
    fn each_mode_says_how_many_bytes_it_gives_and_in_which_set() {
        // Two digits; 点 in Kanji mode; a byte; an interpretation of one and one of two bytes, each with a byte; Kanji mode again.
        let one = |small: bool| {
            let count = if small { [10, 8, 8] } else { [14, 12, 16] };
            codewords(&[
                (0b0001, 4),
                (2, count[0]),
                (42, 7),
                (0b1000, 4),
                (1, count[1]),
                (0xd9f, 13),
                (0b0100, 4),
                (1, count[2]),
                (0xe9, 8),
                (0b0111, 4),
                (20, 8),
                (0b0100, 4),
                (1, count[2]),
                (0xb1, 8),
                (0b0111, 4),
                (0x80, 8),
                (170, 8),
                (0b0100, 4),
                (1, count[2]),
                (0x41, 8),
                (0b1000, 4),
                (1, count[1]),
                (0xd9f, 13),
                (0, 4),
            ])
        };
        for (version, small) in [(1, true), (9, true), (27, false), (40, false)] {
            let found = segments(&one(small), version).unwrap();
            assert!(found.padded);
            let runs: Vec<_> = found.runs.unwrap().iter().map(|run| (run.len, run.set)).collect();
            let (twenty, two_bytes) = (Interpretation(20), Interpretation(170));
            assert_eq!(
                runs,
                [(2, Ascii), (2, Kanji), (1, Unstated), (1, twenty), (1, two_bytes), (2, two_bytes)]
            );
        }
        // Versions 10 to 26 have lengths of their own.
        let middle = codewords(&[(0b0001, 4), (1, 12), (7, 4), (0b1000, 4), (1, 10), (0xd9f, 13), (0, 4)]);
        let runs = segments(&middle, 26).unwrap().runs.unwrap();
        assert_eq!(runs.iter().map(|run| run.len).collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn what_fnc1_gives_is_not_counted() {
        let found = segments(&codewords(&[(0b0101, 4), (0b0001, 4), (1, 10), (7, 4), (0, 4)]), 1).unwrap();
        assert!(found.padded && found.runs.is_none());
    }

    #[test]
    fn data_that_ends_within_a_segment_has_none() {
        assert!(segments(&[0x41], 1).is_none());
        assert!(segments(&[0xe0, 0xec], 1).is_none());
        assert!(!segments(&[0x00, 0xed], 1).unwrap().padded);
    }
}
