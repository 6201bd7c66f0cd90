//! The pages of a TIFF (6.0) or BigTIFF, by their directories.
//!
//! In go the bytes of a file; out come those of files whose first page is each page in turn, since a decoder reads the first one:
//! the file's head is pointed at each directory.

/// The most pages that are counted.
const COUNTED_MAX: usize = 10_000;

/// The two forms of a TIFF, by the bytes after the byte order: BigTIFF has places of eight bytes where the other has four.
#[derive(Clone, Copy)]
struct TiffForm {
    is_big_endian: bool,
    is_long: bool,
}

/// The pages of a file.
pub(super) struct TiffPages {
    bytes: Vec<u8>,
    form: TiffForm,
    directories: Vec<u64>,
}

/// Whether a file is a TIFF of either form, by its first bytes.
pub(super) fn is_tiff(bytes: &[u8]) -> bool {
    TiffForm::of(bytes).is_some()
}

impl TiffForm {
    fn of(bytes: &[u8]) -> Option<Self> {
        let (is_big_endian, is_long) = match bytes.get(..4)? {
            b"II*\0" => (false, false),
            b"MM\0*" => (true, false),
            b"II+\0" => (false, true),
            b"MM\0+" => (true, true),
            _ => return None,
        };
        Some(Self { is_big_endian, is_long })
    }

    /// Where the head says where the first directory is, and how many bytes that takes.
    const fn head(self) -> (usize, usize) {
        if self.is_long { (8, 8) } else { (4, 4) }
    }

    /// A number of so many bytes at a place.
    fn number(self, bytes: &[u8], at: usize, len: usize) -> Option<u64> {
        let field = bytes.get(at..at.checked_add(len)?)?;
        let add = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
        Some(if self.is_big_endian { field.iter().fold(0, add) } else { field.iter().rev().fold(0, add) })
    }

    /// The directory after the one at a place: each is a count, its entries, and the place of the next.
    fn next(self, bytes: &[u8], directory: u64) -> Option<u64> {
        let (counted, entry, place) = if self.is_long { (8, 20, 8) } else { (2, 12, 4) };
        let at = usize::try_from(directory).ok()?;
        let entries = usize::try_from(self.number(bytes, at, counted)?).ok()?;
        let next = at.checked_add(counted)?.checked_add(entries.checked_mul(entry)?)?;
        self.number(bytes, next, place)
    }
}

impl TiffPages {
    /// Finds the pages of a file; `None` if it is no TIFF.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        let form = TiffForm::of(bytes)?;
        let mut directories = Vec::new();
        let (at, len) = form.head();
        let mut next = form.number(bytes, at, len);
        // One that leads back to another would never end.
        while let Some(directory) = next
            && directory != 0
            && directories.len() < COUNTED_MAX
            && !directories.contains(&directory)
        {
            directories.push(directory);
            next = form.next(bytes, directory);
        }
        Some(Self { bytes: bytes.to_vec(), form, directories })
    }

    /// How many there are.
    pub(super) const fn count(&self) -> usize {
        self.directories.len()
    }

    /// The file with a page as its first; as it is if it has no such page.
    pub(super) fn first(&mut self, index: usize) -> &[u8] {
        if let Some(directory) = self.directories.get(index) {
            let (at, len) = self.form.head();
            let little = directory.to_le_bytes();
            for (byte, from) in self.bytes[at..at + len].iter_mut().zip(0..) {
                *byte = little[if self.form.is_big_endian { len - 1 - from } else { from }];
            }
        }
        &self.bytes
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A TIFF of pages of one grey each, by hand: a directory and four pixels a page.
    pub fn tiff_of(greys: &[u8], is_big_endian: bool, is_long: bool) -> Vec<u8> {
        let form = TiffForm { is_big_endian, is_long };
        let put = |file: &mut Vec<u8>, number: u64, len: usize| {
            let bytes = number.to_be_bytes();
            let start = file.len();
            file.extend_from_slice(&bytes[8 - len..]);
            if !is_big_endian {
                file[start..].reverse();
            }
        };
        let mut file = if is_big_endian { b"MM".to_vec() } else { b"II".to_vec() };
        put(&mut file, if is_long { 43 } else { 42 }, 2);
        let (counted, place, entry) = if is_long { (8, 8, 20) } else { (2, 4, 12) };
        if is_long {
            put(&mut file, 8, 2);
            put(&mut file, 0, 2);
        }
        let first = (file.len() + form.head().1) as u64;
        put(&mut file, first, place);
        for (at, grey) in greys.iter().enumerate() {
            let start = file.len();
            let data = (start + counted + 8 * entry + place) as u64;
            let entries: [(u64, u64); 8] =
                [(256, 2), (257, 2), (258, 8), (259, 1), (262, 1), (273, data), (277, 1), (279, 4)];
            put(&mut file, entries.len() as u64, counted);
            for (tag, value) in entries {
                put(&mut file, tag, 2);
                // LONG, one value, in four bytes; a place of eight has four more.
                put(&mut file, 4, 2);
                put(&mut file, 1, place);
                put(&mut file, value, 4);
                file.resize(file.len() + place - 4, 0);
            }
            put(&mut file, if at + 1 == greys.len() { 0 } else { data + 4 }, place);
            file.extend([*grey; 4]);
        }
        file
    }

    #[test]
    fn each_directory_of_both_forms_is_found_and_a_circle_ends() {
        for (is_big_endian, is_long) in [(false, false), (true, false), (false, true), (true, true)] {
            for count in [1, 2, 40] {
                let file = tiff_of(&vec![7; count], is_big_endian, is_long);
                assert!(is_tiff(&file));
                assert_eq!(TiffPages::of(&file).unwrap().count(), count);
            }
            // Cut anywhere, pointed anywhere: found or not, it ends.
            let file = tiff_of(&[1, 2, 3], is_big_endian, is_long);
            for at in 0..file.len() {
                let _found = TiffPages::of(&file[..at]).map(|pages| pages.count());
                let mut wrong = file.clone();
                wrong[at] = 0xff;
                if let Some(mut pages) = TiffPages::of(&wrong) {
                    assert!(pages.count() <= 4);
                    assert_eq!(pages.first(9), &wrong);
                }
            }
        }
        assert!(!is_tiff(b"II*") && !is_tiff(b"RIFF"));
    }
}
