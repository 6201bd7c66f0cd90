//! Deterministic CBOR (RFC 8949, section 4.2.1): the subset that signed files use.
//!
//! Types: unsigned integers, byte and text strings, booleans, arrays and maps of definite length. The writer fills one
//! buffer that never grows, and the reader returns slices of the caller's bytes, so that no copy of a key stays in
//! memory. The reader rejects integers that are not in their shortest form: one value has one encoding.

use zeroize::Zeroizing;

const UINT: u8 = 0;
const BYTES: u8 = 2;
const TEXT: u8 = 3;
const ARRAY: u8 = 4;
const MAP: u8 = 5;
const SIMPLE: u8 = 7;

/// Writes values one after the other into a buffer that wipes itself.
pub(crate) struct CborWriter(Zeroizing<Vec<u8>>);

impl CborWriter {
    /// A writer with room for `room` bytes. Writing more would reallocate, and leave an unwiped copy.
    pub(crate) fn with_room(room: usize) -> Self {
        Self(Zeroizing::new(Vec::with_capacity(room)))
    }

    pub(crate) fn uint(&mut self, number: impl Into<u64>) {
        self.head(UINT, number.into());
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.bytes_of(bytes.len());
        self.raw(bytes);
    }

    /// The head of a byte string of `len` bytes; the caller adds the bytes by [`Self::raw`].
    pub(crate) fn bytes_of(&mut self, len: usize) {
        self.head(BYTES, len as u64);
    }

    pub(crate) fn raw(&mut self, bytes: &[u8]) {
        debug_assert!(self.0.len() + bytes.len() <= self.0.capacity(), "too little room: a copy is left");
        self.0.extend_from_slice(bytes);
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.head(TEXT, text.len() as u64);
        self.raw(text.as_bytes());
    }

    pub(crate) fn bool(&mut self, value: bool) {
        self.head(SIMPLE, 20 + u64::from(value));
    }

    pub(crate) fn array(&mut self, len: usize) {
        self.head(ARRAY, len as u64);
    }

    /// An array of unsigned integers.
    pub(crate) fn uints(&mut self, numbers: impl ExactSizeIterator<Item = impl Into<u64>>) {
        self.array(numbers.len());
        numbers.for_each(|number| self.uint(number));
    }

    pub(crate) fn map(&mut self, len: usize) {
        self.head(MAP, len as u64);
    }

    pub(crate) fn finish(self) -> Zeroizing<Vec<u8>> {
        self.0
    }

    fn head(&mut self, major: u8, number: u64) {
        let major = major << 5;
        let bytes = number.to_be_bytes();
        let (info, len) = match number {
            0..24 => return self.raw(&[major | bytes[7]]),
            24..0x100 => (24, 1),
            0x100..0x1_0000 => (25, 2),
            0x1_0000..0x1_0000_0000 => (26, 4),
            _ => (27, 8),
        };
        self.raw(&[major | info]);
        self.raw(&bytes[8 - len..]);
    }
}

/// Reads values one after the other; each method returns `None` if the next value has another type.
pub(crate) struct CborReader<'a>(&'a [u8]);

impl<'a> CborReader<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(crate) fn uint(&mut self) -> Option<u64> {
        self.head(UINT)
    }

    /// An unsigned integer that fits a narrower type.
    pub(crate) fn number<T: TryFrom<u64>>(&mut self) -> Option<T> {
        T::try_from(self.uint()?).ok()
    }

    pub(crate) fn bytes(&mut self) -> Option<&'a [u8]> {
        let len = self.head(BYTES)?;
        self.take(len)
    }

    pub(crate) fn fixed<const N: usize>(&mut self) -> Option<&'a [u8; N]> {
        self.bytes()?.try_into().ok()
    }

    pub(crate) fn text(&mut self) -> Option<&'a str> {
        let len = self.head(TEXT)?;
        std::str::from_utf8(self.take(len)?).ok()
    }

    pub(crate) fn bool(&mut self) -> Option<bool> {
        match self.head(SIMPLE)? {
            20 => Some(false),
            21 => Some(true),
            _ => None,
        }
    }

    /// The length of an array, at most the number of bytes left: a caller may allocate by it.
    pub(crate) fn array(&mut self) -> Option<usize> {
        self.count(ARRAY)
    }

    /// An array of unsigned integers, each of which must be known.
    pub(crate) fn numbers<N: TryFrom<u64>, T>(&mut self, known: impl Fn(N) -> Option<T>) -> Option<Vec<T>> {
        (0..self.array()?).map(|_| known(self.number()?)).collect()
    }

    /// The number of pairs of a map, at most the number of bytes left.
    pub(crate) fn map(&mut self) -> Option<usize> {
        self.count(MAP)
    }

    /// `Some` if no byte is left.
    pub(crate) fn end(&self) -> Option<()> {
        self.0.is_empty().then_some(())
    }

    fn count(&mut self, major: u8) -> Option<usize> {
        let count = usize::try_from(self.head(major)?).ok()?;
        // Each element takes at least one byte.
        (count <= self.0.len()).then_some(count)
    }

    fn take(&mut self, len: u64) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(usize::try_from(len).ok()?)?;
        self.0 = rest;
        Some(taken)
    }

    fn head(&mut self, major: u8) -> Option<u64> {
        let (&first, rest) = self.0.split_first()?;
        if first >> 5 != major {
            return None;
        }
        // `least` is the lowest number that needs this many bytes; a lower one has a shorter encoding.
        let (len, least) = match first & 31 {
            info @ 0..24 => {
                self.0 = rest;
                return Some(u64::from(info));
            }
            24 => (1, 24),
            25 => (2, 0x100),
            26 => (4, 0x1_0000),
            27 => (8, 0x1_0000_0000),
            _ => return None,
        };
        let (bytes, rest) = rest.split_at_checked(len)?;
        let number = bytes.iter().fold(0, |number, &byte| number << 8 | u64::from(byte));
        self.0 = rest;
        (number >= least).then_some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ciborium::Value;

    const NUMBERS: [u64; 9] = [0, 23, 24, 0xff, 0x100, 0xffff, 0x1_0000, 0xffff_ffff, 0x1_0000_0000];

    #[test]
    fn another_reader_reads_the_same() {
        let mut writer = CborWriter::with_room(400);
        writer.array(4 + NUMBERS.len());
        for number in NUMBERS {
            writer.uint(number);
        }
        writer.bytes(&[7; 30]);
        writer.text("网点 12");
        writer.bool(true);
        writer.map(1);
        writer.uint(1u8);
        writer.bool(false);
        let bytes = writer.finish();

        let mut expected: Vec<Value> = NUMBERS.into_iter().map(Value::from).collect();
        let map = Value::Map(vec![(1.into(), false.into())]);
        expected.extend([Value::Bytes(vec![7; 30]), "网点 12".into(), true.into(), map]);
        let read: Value = ciborium::from_reader(&bytes[..]).unwrap();
        assert_eq!(read, Value::Array(expected));

        let mut reader = CborReader::new(&bytes);
        assert_eq!(reader.array(), Some(13));
        for number in NUMBERS {
            assert_eq!(reader.uint(), Some(number));
        }
        assert_eq!(reader.bytes(), Some(&[7; 30][..]));
        assert_eq!((reader.text(), reader.bool()), (Some("网点 12"), Some(true)));
        assert_eq!((reader.map(), reader.number::<u8>(), reader.bool()), (Some(1), Some(1), Some(false)));
        assert_eq!(reader.end(), Some(()));
    }

    #[test]
    fn long_forms_and_lengths_beyond_the_end_are_refused() {
        for long in [&[0x18, 23][..], &[0x19, 0, 24], &[0x1a, 0, 0, 1, 0], &[0x1f]] {
            assert_eq!(CborReader::new(long).uint(), None, "{long:?}");
        }
        assert_eq!(CborReader::new(&[0x42, 1]).bytes(), None);
        assert_eq!(CborReader::new(&[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]).array(), None);
        assert_eq!(CborReader::new(&[0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]).bytes(), None);
        assert_eq!(CborReader::new(&[0xf6]).bool(), None);
        assert_eq!(CborReader::new(&[]).uint(), None);
    }
}
