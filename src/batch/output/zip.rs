//! Writes ZIP archives (PKWARE APPNOTE 6.3.10) with stored entries: pictures are compressed already.
//!
//! In go names, sizes and checksums; out come headers and the central directory. Sizes and checksums are known before a
//! header is written, so an archive is written sequentially, hashed as it is written, and never needs a seek.

use crate::keys::Day;

/// Bytes of a local file header before the name (section 4.3.7).
pub(super) const LOCAL: usize = 30;
/// Version needed to extract: 2.0, or 4.5 for offsets of 4 GiB and more (ZIP64).
const VERSION: u16 = 20;
const VERSION_64: u16 = 45;
/// The first year of MS-DOS dates.
const YEAR: u16 = 1980;

/// The local header of a file (section 4.3.7).
pub(super) fn local(name: &str, crc: u32, size: u32, day: Day) -> Vec<u8> {
    let mut out = Vec::with_capacity(LOCAL + name.len());
    out.extend_from_slice(b"PK\x03\x04");
    out.extend_from_slice(&VERSION.to_le_bytes());
    common(&mut out, name, crc, size, day, 0);
    out.extend_from_slice(name.as_bytes());
    out
}

/// The fields from the flags to the length of the extra field, which local and central headers share.
fn common(out: &mut Vec<u8>, name: &str, crc: u32, size: u32, day: Day, extra: u16) {
    // No flags, method 0 (stored), time 00:00.
    out.extend_from_slice(&[0; 6]);
    out.extend_from_slice(&date(day).to_le_bytes());
    for number in [crc, size, size] {
        out.extend_from_slice(&number.to_le_bytes());
    }
    out.extend_from_slice(&(name.len() as u16).to_le_bytes());
    out.extend_from_slice(&extra.to_le_bytes());
}

fn date(day: Day) -> u16 {
    let (year, month, date) = day.date();
    // Seven bits of years: until 2107.
    ((year.saturating_sub(YEAR)).min(127) << 9) | (u16::from(month) << 5) | u16::from(date)
}

/// The central directory of an archive being written (section 4.3.12).
#[derive(Debug, Default)]
pub(super) struct Directory {
    entries: Vec<u8>,
    count: u64,
}

impl Directory {
    /// Adds a file whose local header is at `offset`.
    pub(super) fn add(&mut self, name: &str, crc: u32, size: u32, day: Day, offset: u64) {
        let far = u32::try_from(offset).is_err();
        let out = &mut self.entries;
        out.extend_from_slice(b"PK\x01\x02");
        // Made by Unix (3), so that readers respect the mode below.
        out.extend_from_slice(&(3 << 8 | VERSION).to_le_bytes());
        out.extend_from_slice(&if far { VERSION_64 } else { VERSION }.to_le_bytes());
        common(out, name, crc, size, day, if far { 12 } else { 0 });
        // No comment, first disk, no internal attributes.
        out.extend_from_slice(&[0; 6]);
        out.extend_from_slice(&(0o100_644_u32 << 16).to_le_bytes());
        out.extend_from_slice(&u32::try_from(offset).unwrap_or(u32::MAX).to_le_bytes());
        out.extend_from_slice(name.as_bytes());
        if far {
            // The ZIP64 extra field (section 4.5.3): id 1, eight bytes.
            out.extend_from_slice(&[1, 0, 8, 0]);
            out.extend_from_slice(&offset.to_le_bytes());
        }
        self.count += 1;
    }

    /// The directory, which begins at `offset`, with its end record; a ZIP64 end record and locator (sections 4.3.14 and
    /// 4.3.15) come first if a number does not fit.
    pub(super) fn finish(mut self, offset: u64) -> Vec<u8> {
        let size = self.entries.len() as u64;
        let out = &mut self.entries;
        let numbers = (u16::try_from(self.count), u32::try_from(size), u32::try_from(offset));
        if let (Ok(count), Ok(size), Ok(offset)) = numbers {
            end(out, count, size, offset);
            return self.entries;
        }
        out.extend_from_slice(b"PK\x06\x06");
        out.extend_from_slice(&44_u64.to_le_bytes());
        out.extend_from_slice(&(3 << 8 | VERSION_64).to_le_bytes());
        out.extend_from_slice(&VERSION_64.to_le_bytes());
        out.extend_from_slice(&[0; 8]);
        for number in [self.count, self.count, size, offset] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        out.extend_from_slice(b"PK\x06\x07\0\0\0\0");
        out.extend_from_slice(&(offset + size).to_le_bytes());
        out.extend_from_slice(&1_u32.to_le_bytes());
        end(out, u16::MAX, u32::MAX, u32::MAX);
        self.entries
    }
}

/// The end of central directory record (section 4.3.16).
fn end(out: &mut Vec<u8>, count: u16, size: u32, offset: u32) {
    out.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    out.extend_from_slice(&count.to_le_bytes());
    out.extend_from_slice(&count.to_le_bytes());
    out.extend_from_slice(&size.to_le_bytes());
    out.extend_from_slice(&offset.to_le_bytes());
    out.extend_from_slice(&[0; 2]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{self, Cursor, Read, Seek, SeekFrom};

    fn archive(count: u32) -> Vec<u8> {
        let (mut out, mut directory) = (Vec::new(), Directory::default());
        let day = Day::from_date(2026, 11, 24).unwrap();
        for number in 0..count {
            let (name, body) = (format!("{number}.txt"), number.to_string());
            let crc = crc32fast::hash(body.as_bytes());
            directory.add(&name, crc, body.len() as u32, day, out.len() as u64);
            out.extend(local(&name, crc, body.len() as u32, day));
            out.extend_from_slice(body.as_bytes());
        }
        let offset = out.len() as u64;
        out.extend(directory.finish(offset));
        out
    }

    #[test]
    fn another_reader_finds_every_file_also_with_more_than_65535() {
        for count in [0, 3, 70_000] {
            let mut read = ::zip::ZipArchive::new(Cursor::new(archive(count))).unwrap();
            assert_eq!(read.len(), count as usize);
            for number in [0, count / 2, count.saturating_sub(1)].into_iter().filter(|at| *at < count) {
                let mut file = read.by_name(&format!("{number}.txt")).unwrap();
                let mut text = String::new();
                // The reader checks the CRC.
                file.read_to_string(&mut text).unwrap();
                assert_eq!(text, number.to_string());
                let date = file.last_modified().unwrap();
                assert_eq!((date.year(), date.month(), date.day()), (2026, 11, 24));
            }
        }
    }

    /// Five gigabytes of zeros, followed by a file and the directory.
    struct Sparse(Cursor<Vec<u8>>, u64, u64);

    impl Read for Sparse {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = if self.2 < self.1 {
                let count = buffer.len().min((self.1 - self.2) as usize);
                buffer[..count].fill(0);
                count
            } else {
                self.0.set_position(self.2 - self.1);
                self.0.read(buffer)?
            };
            self.2 += count as u64;
            Ok(count)
        }
    }

    impl Seek for Sparse {
        fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
            let end = self.1 + self.0.get_ref().len() as u64;
            self.2 = match to {
                SeekFrom::Start(at) => at,
                SeekFrom::End(back) => end.checked_add_signed(back).unwrap(),
                SeekFrom::Current(by) => self.2.checked_add_signed(by).unwrap(),
            };
            Ok(self.2)
        }
    }

    #[test]
    fn a_file_after_four_gigabytes_is_found() {
        let (mut tail, mut directory) = (Vec::new(), Directory::default());
        let (offset, day) = (5 << 30, Day::from_date(2026, 11, 24).unwrap());
        let crc = crc32fast::hash(b"far");
        directory.add("far.txt", crc, 3, day, offset);
        tail.extend(local("far.txt", crc, 3, day));
        tail.extend_from_slice(b"far");
        tail.extend(directory.finish(offset + tail.len() as u64));
        let mut read = ::zip::ZipArchive::new(Sparse(Cursor::new(tail), offset, 0)).unwrap();
        let mut text = String::new();
        read.by_name("far.txt").unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "far");
    }
}
