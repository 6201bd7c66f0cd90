//! A waybill number: text, shape and packed bytes.

use super::limits::{LEN_MAX, LEN_MIN, NUMBER_MAX};
use super::{any, lettered, long_digits, s10, short, template};
use crate::bytes::Text;
use crate::error::{Field, SealError};
use core::{fmt, str::FromStr};

/// Bytes of a packed number of a common shape.
const NUMBER_COMMON: usize = 6;

const ANY: u8 = 0;
const PIECES: u8 = 4;
const DIGITS: u8 = 8;
const S10: u8 = 9;
const LONG_DIGITS: u8 = 14;
const LETTERED: u8 = 15;

/// Shapes defined by a template, whose packed number has six bytes.
const TEMPLATES: [(u8, &[u8]); 10] = [
    (1, b"YT#############"),
    (2, b"SF#############"),
    (3, b"JD#############"),
    (5, b"7##############"),
    (6, b"4##############"),
    (7, b"3##############"),
    (10, b"JT#############"),
    (11, b"DPK############"),
    (12, b"LP##############"),
    (13, b"JDV@###########"),
];

/// A waybill number: 6 to 34 of `0-9 A-Z -`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Waybill {
    shape: u8,
    /// The packed number, zero-padded.
    packed: [u8; NUMBER_MAX],
}

impl Waybill {
    /// Parses a waybill number as printed on a label.
    ///
    /// # Errors
    /// [`SealError::Empty`], [`SealError::Form`] for other characters and lengths, and
    /// [`SealError::Dummy`] for placeholders whose digits are all the same.
    pub fn parse(text: &str) -> Result<Self, SealError> {
        Self::of(text.as_bytes())
    }

    fn of(text: &[u8]) -> Result<Self, SealError> {
        if text.is_empty() {
            return Err(SealError::Empty(Field::Waybill));
        }
        if !(LEN_MIN..=LEN_MAX).contains(&text.len()) || text.iter().any(|&byte| any::base37(byte).is_none())
        {
            return Err(SealError::Form(Field::Waybill));
        }
        if is_dummy(text) {
            return Err(SealError::Dummy);
        }
        let mut packed = [0; NUMBER_MAX];
        let shape = if let Some((shape, number)) = register_sized(text) {
            let len = packed_len(shape, 0);
            packed[..len].copy_from_slice(&number.to_be_bytes()[8 - len..]);
            shape
        } else if long_digits::read(text, &mut packed) {
            LONG_DIGITS
        } else if lettered::read(text, &mut packed) {
            LETTERED
        } else {
            any::pack(text, &mut packed);
            ANY
        };
        Ok(Self { shape, packed })
    }

    /// The number as printed.
    #[must_use]
    pub fn text(&self) -> Text<LEN_MAX> {
        let mut characters = [0; LEN_MAX];
        let mut text = Text::new();
        // At most 34 ASCII characters, so this cannot fail.
        let len = self.write(&mut characters).unwrap_or(0);
        let _fits = text.push_str(core::str::from_utf8(&characters[..len]).unwrap_or_default());
        text
    }

    /// The shape and the packed number. Equal numbers have equal encodings, and different numbers different ones.
    #[must_use]
    pub fn packed(&self) -> (u8, &[u8]) {
        let len = packed_len(self.shape, self.packed[0]);
        (self.shape, &self.packed[..len])
    }

    /// Decodes the packed number of a shape at the start of `bytes`; returns it with its length in bytes.
    pub(in crate::payload) fn unpack(shape: u8, bytes: &[u8]) -> Option<(Self, usize)> {
        let len = packed_len(shape, *bytes.first()?);
        let mut packed = [0; NUMBER_MAX];
        packed[..len].copy_from_slice(bytes.get(..len)?);
        let waybill = Self { shape, packed };
        // Re-encode and compare: only the canonical encoding is accepted.
        let mut text = [0; LEN_MAX];
        let characters = waybill.write(&mut text)?;
        (Self::of(&text[..characters]).ok()? == waybill).then_some((waybill, len))
    }

    /// Writes the text of a packed number and returns its length; `None` if the number is outside the shape's
    /// range.
    fn write(&self, out: &mut [u8; LEN_MAX]) -> Option<usize> {
        let mut bytes = [0; 8];
        let len = if self.shape == PIECES { 8 } else { NUMBER_COMMON };
        bytes[8 - len..].copy_from_slice(&self.packed[..len]);
        let number = u64::from_be_bytes(bytes);
        match self.shape {
            ANY => any::write(self.packed, out),
            PIECES => short::write_pieces(number, out),
            DIGITS => short::write_digits(number, out),
            S10 => s10::write(number, out),
            LONG_DIGITS => long_digits::write(self.packed, out),
            LETTERED => lettered::write(self.packed, out),
            shape => template::write(TEMPLATES.iter().find(|known| known.0 == shape)?.1, number, out),
        }
    }
}

/// As [`Waybill::parse`].
impl FromStr for Waybill {
    type Err = SealError;

    fn from_str(text: &str) -> Result<Self, SealError> {
        Self::parse(text)
    }
}

impl fmt::Display for Waybill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl fmt::Debug for Waybill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

/// Whether all of six or more digits are equal, as in placeholders that test systems and operators enter.
fn is_dummy(text: &[u8]) -> bool {
    let (mut count, mut first, mut same) = (0, None, true);
    for digit in text.iter().filter(|byte| byte.is_ascii_digit()) {
        count += 1;
        same &= first.get_or_insert(digit) == &digit;
    }
    same && !matches!(count, 1..=5)
}

/// The shape and the packed number of a text that matches one of the shapes 1 to 13.
fn register_sized(text: &[u8]) -> Option<(u8, u64)> {
    let template = |&(shape, template): &(u8, &[u8])| Some((shape, template::read(template, text)?));
    TEMPLATES
        .iter()
        .find_map(template)
        .or_else(|| Some((PIECES, short::read_pieces(text)?)))
        .or_else(|| Some((DIGITS, short::read_digits(text)?)))
        .or_else(|| Some((S10, s10::read(text)?)))
}

/// Length in bytes of a packed number, from its shape and first byte.
fn packed_len(shape: u8, first: u8) -> usize {
    match shape {
        ANY => any::packed_len(first),
        PIECES => 8,
        LONG_DIGITS => long_digits::LEN,
        LETTERED => lettered::packed_len(first),
        _ => NUMBER_COMMON,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A number, its shape, and the bytes of its packed form.
    const REAL: [(&str, u8, usize); 35] = [
        ("YT8800123456789", 1, 6),
        ("SF1234567890123", 2, 6),
        ("JD0012345678901", 3, 6),
        ("JD0012345678901-1-1-", 4, 8),
        ("JD0012345678901-12-1023-", 0, 17),
        ("JD0012345678901-10-12-", 0, 15),
        ("773012345678901", 5, 6),
        ("462012345678901", 6, 6),
        ("318012345678901", 7, 6),
        ("75812345678901", 8, 6),
        ("000012", 8, 6),
        ("RR123456785CN", 9, 6),
        ("RR123456784CN", 0, 10),
        ("JT5012345678901", 10, 6),
        ("DPK210123456789", 11, 6),
        ("LP00123456789012", 12, 6),
        ("JDVA01234567890", 13, 6),
        ("123456789012345", 14, 10),
        ("0123456789012345", 14, 10),
        ("9405511899223197428490", 14, 10),
        ("999999999999999999999998", 14, 10),
        ("1234567890123456789012345", 0, 17),
        ("7123456789012345", 14, 10),
        ("A12345678901", 15, 8),
        ("A1234567890", 0, 8),
        ("ZTO123456789", 15, 8),
        ("ABCD123456", 0, 8),
        ("ABCDE1234567", 0, 9),
        ("YT880012345678", 15, 8),
        ("YT88001234567890", 15, 10),
        ("JJD000390007827153", 15, 10),
        ("ZZZZ999999999999999998", 15, 10),
        ("Z1234567890123456789", 0, 14),
        ("1Z999AA10123456784", 15, 8),
        ("1Z999AA10123456785", 0, 13),
    ];

    #[test]
    fn real_numbers_take_the_shape_meant_for_them() {
        for (text, shape, len) in REAL {
            let waybill = Waybill::parse(text).unwrap();
            let (packed, bytes) = waybill.packed();
            assert_eq!((packed, bytes.len()), (shape, len), "{text}");
            let (back, back_len) = Waybill::unpack(packed, bytes).unwrap();
            assert_eq!((&*back.text(), back_len), (text, len));
        }
    }

    #[test]
    fn the_table_of_carriers_says_how_numbers_pack() {
        let Some(table) = crate::tests::of_the_repository("docs/waybills.md") else { return };
        let mut carriers = std::collections::BTreeSet::new();
        for row in table.lines().filter(|line| line.starts_with("| ") && line.contains(" | `")) {
            let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
            let [carrier, _form, example, shape, bytes, header, _source] = cells[..] else { panic!("{row}") };
            let text = example.trim_matches('`');
            let waybill = Waybill::parse(text).unwrap_or_else(|error| panic!("{row}: {error}"));
            let (packed_shape, packed) = waybill.packed();
            let found = [usize::from(packed_shape), packed.len(), packed.len() + 14].map(|n| n.to_string());
            assert_eq!(found, [shape, bytes, header], "{row}");
            assert_eq!(Waybill::unpack(packed_shape, packed), Some((waybill, packed.len())));
            assert_eq!(&*waybill.text(), text);
            carriers.insert(carrier.split([',', '(']).next().map(str::trim));
        }
        assert!(carriers.len() >= 30, "{}", carriers.len());
    }

    #[test]
    fn every_length_of_the_escape_comes_back() {
        for len in LEN_MIN..=LEN_MAX {
            for text in ["Z".repeat(len - 1) + "9", "-".repeat(len - 1) + "7", "A".repeat(len - 1) + "0"] {
                let waybill = Waybill::parse(&text).unwrap();
                let (shape, bytes) = waybill.packed();
                assert_eq!(shape, ANY);
                assert_eq!(Waybill::unpack(shape, bytes).unwrap(), (waybill, bytes.len()));
                assert_eq!(&*waybill.text(), text);
            }
        }
    }

    #[test]
    fn other_encodings_of_a_number_are_refused() {
        // Shape 0 encodings of numbers that match another shape.
        for (text, shape, _) in REAL.into_iter().filter(|(_, shape, _)| *shape != ANY) {
            let mut number = [0; NUMBER_MAX];
            any::pack(text.as_bytes(), &mut number);
            assert_eq!(Waybill::unpack(ANY, &number), None, "{text} of shape {shape}");
        }
        // A number outside its shape's range.
        for shape in 0..16 {
            assert_eq!(Waybill::unpack(shape, &[0xff; NUMBER_MAX]), None, "{shape}");
        }
        // Texts under twelve characters are counted in shape 15, and have shape 0.
        for number in [0u64, 26 * 10u64.pow(6) - 1, 26 * (10u64.pow(6) + 10u64.pow(7))] {
            assert_eq!(Waybill::unpack(LETTERED, &number.to_be_bytes()), None, "{number}");
        }
    }

    proptest::proptest! {
        /// Whatever bytes a header holds: they are refused, or are the one encoding of their text.
        #[test]
        fn bytes_are_refused_or_are_what_their_text_packs_to(
            shape in 0u8..16,
            bytes in proptest::array::uniform23(0u8..),
        ) {
            if let Some((waybill, len)) = Waybill::unpack(shape, &bytes) {
                let again = Waybill::parse(&waybill.text()).unwrap();
                assert_eq!(again.packed(), (shape, &bytes[..len]));
            }
        }

        #[test]
        fn a_number_comes_back(
            text in "[0-9]{6,26}|[A-Z]{1,5}[0-9]{5,20}|1Z[0-9A-Z]{6}[0-9]{10}|[A-Z]{2}[0-9]{9}[A-Z]{2}|[0-9A-Z-]{6,34}",
        ) {
            if let Ok(waybill) = Waybill::parse(&text) {
                let (shape, bytes) = waybill.packed();
                assert_eq!(Waybill::unpack(shape, bytes), Some((waybill, bytes.len())));
                assert_eq!(&*waybill.text(), text);
            }
        }
    }

    #[test]
    fn forms_are_checked() {
        use SealError::{Dummy, Empty, Form};
        for (text, error) in [
            ("", Empty(Field::Waybill)),
            ("12345", Form(Field::Waybill)),
            ("yt8800123456789", Form(Field::Waybill)),
            ("YT 880012345678", Form(Field::Waybill)),
            ("A2345678901234567890123456789012345", Form(Field::Waybill)),
            ("运单123456", Form(Field::Waybill)),
            ("000000000000", Dummy),
            ("000000000000000000000000", Dummy),
            ("YT1111111111111", Dummy),
            ("TESTING", Dummy),
        ] {
            assert_eq!(Waybill::parse(text), Err(error), "{text}");
        }
    }
}
