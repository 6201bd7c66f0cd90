//! Several values in one argument, as Kotlin's `Fields` writes them: integers big endian, texts and bytes after their length in four bytes.

use crate::texts::argument;
use wayseal_host::device::app::DeviceFailure;

/// What is left of an argument.
pub(crate) struct Fields<'a>(pub &'a [u8]);

impl<'a> Fields<'a> {
    pub fn int(&mut self) -> Result<u32, DeviceFailure> {
        let (number, rest) = self.0.split_first_chunk().ok_or_else(short)?;
        self.0 = rest;
        Ok(u32::from_be_bytes(*number))
    }

    #[cfg(any(feature = "desk", test))]
    pub fn flag(&mut self) -> Result<bool, DeviceFailure> {
        Ok(self.int()? != 0)
    }

    pub fn bytes(&mut self) -> Result<&'a [u8], DeviceFailure> {
        let length = self.int()? as usize;
        let (bytes, rest) = self.0.split_at_checked(length).ok_or_else(short)?;
        self.0 = rest;
        Ok(bytes)
    }

    #[cfg(any(feature = "desk", test))]
    pub fn text(&mut self) -> Result<&'a str, DeviceFailure> {
        crate::texts::utf8(self.bytes()?)
    }
}

fn short() -> DeviceFailure {
    argument("an argument ends too early")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back_and_no_length_reads_beyond_the_end() {
        let mut fields = Fields(&[0, 0, 0, 7, 0, 0, 0, 2, b'a', b'b', 0, 0, 0, 1, b'c', 0, 0, 0, 0]);
        assert_eq!(fields.int().unwrap(), 7);
        assert_eq!(fields.text().unwrap(), "ab");
        assert_eq!(fields.bytes().unwrap(), b"c");
        assert!(!fields.flag().unwrap());
        assert!(fields.int().is_err());
        for odd in [&[0, 0, 0, 2, 1][..], &[0xff; 5], &[0, 0], &[0, 0, 0, 1, 0xff]] {
            assert!(Fields(odd).text().is_err(), "{odd:?}");
        }
    }
}
