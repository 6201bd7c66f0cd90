//! Maps whose keys are small numbers in ascending order: the bodies of grants and certificates.
//!
//! The key is written before each value, and checked before each value is read, so that a body has one encoding: a
//! missing, repeated or unknown field is no body.

use super::cbor::{CborReader, CborWriter};
use zeroize::Zeroizing;

/// Writes the fields of a map, each after its key.
pub(crate) struct FieldsWriter {
    body: CborWriter,
    last: u64,
    left: usize,
}

impl FieldsWriter {
    /// A map of `fields` fields in a buffer of `room` bytes, as [`CborWriter::with_room`].
    pub(crate) fn with_room(room: usize, fields: usize) -> Self {
        let mut body = CborWriter::with_room(room);
        body.map(fields);
        Self { body, last: 0, left: fields }
    }

    /// The next number; the caller writes its value.
    pub(crate) fn next(&mut self) -> &mut CborWriter {
        self.at(self.last + 1)
    }

    /// A field by its number, larger than the last; the caller writes its value.
    pub(crate) fn at(&mut self, key: u64) -> &mut CborWriter {
        debug_assert!(key > self.last && self.left > 0, "field {key} after {}", self.last);
        self.left = self.left.saturating_sub(1);
        self.last = key;
        self.body.uint(key);
        &mut self.body
    }

    pub(crate) fn finish(self) -> Zeroizing<Vec<u8>> {
        debug_assert_eq!(self.left, 0, "fields that were announced and not written");
        self.body.finish()
    }
}

/// Reads the fields of a map. Each method returns `None` for another field than the one asked for.
pub(crate) struct FieldsReader<'a> {
    body: CborReader<'a>,
    last: u64,
    left: usize,
}

impl<'a> FieldsReader<'a> {
    /// `None` if the bytes do not begin with a map.
    pub(crate) fn new(bytes: &'a [u8]) -> Option<Self> {
        let mut body = CborReader::new(bytes);
        let left = body.map()?;
        Some(Self { body, last: 0, left })
    }

    /// The number of fields that are not read yet.
    pub(crate) const fn left(&self) -> usize {
        self.left
    }

    /// The value of the next number.
    pub(crate) fn next(&mut self) -> Option<&mut CborReader<'a>> {
        let next = self.last + 1;
        self.later().filter(|(key, _)| *key == next).map(|(_, value)| value)
    }

    /// The next field, whose number is larger than the last: its number and its value.
    pub(crate) fn later(&mut self) -> Option<(u64, &mut CborReader<'a>)> {
        self.left = self.left.checked_sub(1)?;
        let key = self.body.uint().filter(|key| *key > self.last)?;
        self.last = key;
        Some((key, &mut self.body))
    }

    /// `Some` if all fields are read and no byte is left.
    pub(crate) fn end(&self) -> Option<()> {
        if self.left == 0 { self.body.end() } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(keys: &[u64]) -> Zeroizing<Vec<u8>> {
        let mut map = CborWriter::with_room(64);
        map.map(keys.len());
        for key in keys {
            map.uint(*key);
            map.uint(10 * key);
        }
        map.finish()
    }

    #[test]
    fn fields_come_back_and_are_those_of_a_plain_map() {
        let mut fields = FieldsWriter::with_room(64, 3);
        fields.next().uint(10u8);
        fields.next().uint(20u8);
        fields.at(7).uint(70u8);
        let bytes = fields.finish();
        assert_eq!(bytes, written(&[1, 2, 7]));
        let mut fields = FieldsReader::new(&bytes).unwrap();
        assert_eq!((fields.next().unwrap().uint(), fields.next().unwrap().uint()), (Some(10), Some(20)));
        assert_eq!((fields.left(), fields.end()), (1, None));
        let (key, value) = fields.later().unwrap();
        assert_eq!((key, value.uint()), (7, Some(70)));
        assert_eq!((fields.end(), fields.later().is_none()), (Some(()), true));
    }

    #[test]
    fn a_gap_a_repeated_key_and_a_lower_one_are_no_next_field() {
        for keys in [[1, 3], [1, 1], [1, 0]] {
            let bytes = written(&keys);
            let mut fields = FieldsReader::new(&bytes).unwrap();
            assert_eq!(fields.next().and_then(CborReader::uint), Some(10));
            assert!(fields.next().is_none(), "{keys:?}");
        }
        let bytes = written(&[2, 2]);
        let mut fields = FieldsReader::new(&bytes).unwrap();
        assert_eq!(fields.later().and_then(|(_, value)| value.uint()), Some(20));
        assert!(fields.later().is_none());
        assert!(FieldsReader::new(&[0x80]).is_none());
    }
}
