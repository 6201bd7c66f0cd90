//! The constant Huffman code: the lengths of its codewords, and the tables computed from them. The lengths were
//! fitted once to symbol counts of made-up labels. Any complete code gives valid streams; another changes only
//! their size.

/// Bits of the stream; the lowest is written first.
#[derive(Clone, Copy)]
pub(super) struct HuffmanSymbol {
    pub(super) bits: u32,
    pub(super) count: u32,
}

impl HuffmanSymbol {
    /// No bits.
    pub(super) const NONE: Self = Self { bits: 0, count: 0 };

    /// These bits, followed by `bits`.
    const fn then(self, bits: u32, count: u32) -> Self {
        Self { bits: self.bits | bits << self.count, count: self.count + count }
    }
}

/// Size of the literal and length alphabet (RFC 1951, 3.2.5).
const SYMBOLS: usize = 286;
/// Size of the distance alphabet.
const DISTANCE_SYMBOLS: usize = 30;
/// The end-of-block symbol.
const END: usize = 256;

/// Codeword lengths of the literals (a set bit is white), the end-of-block symbol, and the match lengths.
#[rustfmt::skip]
const CODE_LENGTHS: [u8; SYMBOLS] = [
    3, 6, 12, 6, 12, 12, 11, 6, 11, 12, 12, 12, 10, 12, 10, 5, 11, 12, 12, 12, 12, 12, 12, 12, 10, 12,
    12, 12, 10, 12, 8, 5, 11, 12, 12, 12, 12, 12, 12, 11, 12, 12, 12, 12, 12, 12, 12, 12, 10, 12, 12, 11,
    12, 12, 12, 12, 9, 12, 12, 12, 8, 12, 8, 5, 11, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12,
    12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 10, 12, 12, 11, 12, 12, 12, 11,
    12, 12, 12, 12, 12, 12, 12, 12, 9, 11, 12, 10, 12, 12, 12, 12, 8, 9, 12, 11, 8, 11, 8, 5, 6, 9,
    12, 8, 12, 12, 12, 7, 12, 12, 12, 12, 11, 12, 11, 7, 12, 12, 12, 12, 12, 12, 12, 12, 11, 12, 12, 12,
    11, 12, 10, 8, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12,
    12, 12, 12, 10, 12, 11, 12, 12, 11, 10, 6, 8, 12, 7, 12, 12, 11, 7, 12, 12, 12, 12, 11, 12, 10, 8,
    12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 10, 10, 6, 7, 12, 7, 12, 12, 11, 8, 12, 12,
    12, 12, 12, 12, 12, 10, 5, 7, 12, 8, 12, 12, 12, 9, 5, 8, 12, 10, 5, 11, 5, 2, 12, 12, 5, 11,
    12, 12, 7, 11, 12, 8, 10, 9, 9, 8, 9, 9, 9, 9, 9, 8, 9, 8, 8, 11, 10, 12, 12, 9, 12, 6,
];

/// Codeword lengths of the distances: one bit for pages of 100 mm at 203 dpi, five for other labels.
#[rustfmt::skip]
const DISTANCE_LENGTHS: [u8; DISTANCE_SYMBOLS] = [
    6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 5, 1, 5, 5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6,
];

/// A code with its tables for writing.
pub(super) struct Code {
    /// The header of the stream's only block. Its last byte is incomplete.
    pub(super) header: [u8; HEADER_BITS / 8 + 1],
    /// The literals, indexed by the byte of ink.
    pub(super) literals: [HuffmanSymbol; 256],
    /// The match lengths with their extra bits; zero bits for lengths below 3.
    pub(super) lengths: [HuffmanSymbol; 259],
    /// The byte of PNG's filter type "none".
    pub(super) no_filter: HuffmanSymbol,
    /// The end-of-block codeword.
    pub(super) end: HuffmanSymbol,
}

/// The code for streams whose set bits are white.
pub(super) static WHITE: Code = Code::new(true);
/// The code for streams whose set bits are ink: each literal has the codeword length of its complement.
pub(super) static INK: Code = Code::new(false);

/// Block type, three counts, nineteen lengths of the code length code, and the lengths (RFC 1951, 3.2.7).
const HEADER_BITS: usize = 3 + 14 + 19 * 3 + 4 * (SYMBOLS + DISTANCE_SYMBOLS);
/// Number of header bits in its last byte.
pub(super) const HEADER_REST: u32 = (HEADER_BITS % 8) as u32;

impl Code {
    const fn new(white: bool) -> Self {
        let mut code_lengths = CODE_LENGTHS;
        let mut byte = 0;
        while byte < 256 && !white {
            code_lengths[byte] = CODE_LENGTHS[byte ^ 0xff];
            byte += 1;
        }
        let symbols = canonical(&code_lengths);
        let mut literals = [HuffmanSymbol::NONE; 256];
        let mut ink = 0;
        while ink < 256 {
            literals[ink] = symbols[if white { ink ^ 0xff } else { ink }];
            ink += 1;
        }
        let mut lengths = [HuffmanSymbol::NONE; 259];
        let mut length = 3;
        while length < lengths.len() {
            let (symbol, base, extra) = length_symbol(length);
            lengths[length] = symbols[symbol].then((length - base) as u32, extra);
            length += 1;
        }
        Self { header: header(&code_lengths), literals, lengths, no_filter: symbols[0], end: symbols[END] }
    }
}

/// The header of the only block, which is dynamic. Code lengths take four bits each: a shorter code for them would
/// save half a percent of a page.
const fn header(code_lengths: &[u8; SYMBOLS]) -> [u8; HEADER_BITS / 8 + 1] {
    let mut bytes = [0; HEADER_BITS / 8 + 1];
    let mut at = 0;
    // Final block, dynamic codes, complete alphabets, all nineteen code length codes.
    let counts = 0b101 | (SYMBOLS - 257) << 3 | (DISTANCE_SYMBOLS - 1) << 8 | 15 << 13;
    at = put(&mut bytes, at, counts, 17);
    // RFC 1951 lists the three repeat codes first. They are unused; the other lengths have four bits.
    at = put(&mut bytes, at, 0, 9);
    let mut symbol = 0;
    while symbol < 16 {
        at = put(&mut bytes, at, 4, 3);
        symbol += 1;
    }
    let mut symbol = 0;
    while symbol < SYMBOLS + DISTANCE_SYMBOLS {
        let length = if symbol < SYMBOLS { code_lengths[symbol] } else { DISTANCE_LENGTHS[symbol - SYMBOLS] };
        at = put(&mut bytes, at, (length.reverse_bits() >> 4) as usize, 4);
        symbol += 1;
    }
    assert!(at == HEADER_BITS);
    bytes
}

/// Writes `count` bits at bit index `at`, and returns the next index.
const fn put(bytes: &mut [u8], at: usize, bits: usize, count: usize) -> usize {
    let mut bit = 0;
    while bit < count {
        bytes[(at + bit) / 8] |= ((bits >> bit & 1) as u8) << ((at + bit) % 8);
        bit += 1;
    }
    at + count
}

/// The canonical code for the given lengths (RFC 1951, 3.2.2).
const fn canonical<const N: usize>(lengths: &[u8; N]) -> [HuffmanSymbol; N] {
    let mut symbols = [HuffmanSymbol::NONE; N];
    let (mut code, mut length, mut filled) = (0u32, 1, 0u32);
    while length <= 15 {
        code <<= 1;
        let mut at = 0;
        while at < N {
            if lengths[at] == length {
                // The first bit of a codeword is its most significant one.
                let bits = code.reverse_bits() >> (32 - length as u32);
                symbols[at] = HuffmanSymbol { bits, count: length as u32 };
                code += 1;
                filled += 1 << (15 - length);
            }
            at += 1;
        }
        length += 1;
    }
    // Decoders reject an incomplete code.
    assert!(filled == 1 << 15);
    symbols
}

/// The symbol for a match length from 3 to 258, the smallest length of that symbol, and its extra bits.
const fn length_symbol(length: usize) -> (usize, usize, u32) {
    if length == 258 {
        return (285, 258, 0);
    }
    let (mut symbol, mut base) = (257, 3);
    loop {
        let extra = if symbol < 265 { 0 } else { (symbol - 261) as u32 / 4 };
        if length < base + (1 << extra) {
            return (symbol, base, extra);
        }
        base += 1 << extra;
        symbol += 1;
    }
}

/// The codeword of a distance from 1 to 32,768, with its extra bits.
pub(super) fn distance(distance: usize) -> HuffmanSymbol {
    static SYMBOLS: [HuffmanSymbol; DISTANCE_SYMBOLS] = canonical(&DISTANCE_LENGTHS);
    let (mut symbol, mut base) = (0, 1);
    loop {
        let extra = if symbol < 4 { 0 } else { symbol as u32 / 2 - 1 };
        if distance < base + (1 << extra) || symbol + 1 == DISTANCE_SYMBOLS {
            return SYMBOLS[symbol].then((distance - base) as u32, extra);
        }
        base += 1 << extra;
        symbol += 1;
    }
}
