//! The streams within a compound file (MS-CFB), held in memory and bounded by the file's size.

use crate::batch::input::error::InputError;
use std::fs::File;
use std::io::Read as _;
use zeroize::Zeroizing;

/// The largest file.
const FILE_MAX: u64 = 64 << 20;
/// Sector numbers from here on mark ends and free sectors.
const LAST: u32 = 0xffff_fffa;
/// The bytes of an entry of the directory.
const ENTRY: usize = 128;

/// A compound file.
pub(super) struct Compound {
    bytes: Zeroizing<Vec<u8>>,
    sector: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini: Zeroizing<Vec<u8>>,
    /// Streams smaller than this are in the mini stream.
    cutoff: u64,
    /// Name, first sector and size of each stream.
    entries: Vec<(String, u32, u64)>,
}

impl Compound {
    pub(super) fn read(file: File) -> Result<Self, InputError> {
        if file.metadata()?.len() > FILE_MAX {
            return Err(InputError::Large);
        }
        let mut bytes = Zeroizing::new(Vec::new());
        file.take(FILE_MAX).read_to_end(&mut bytes)?;
        Self::parse(bytes).ok_or(InputError::Workbook)
    }

    fn parse(bytes: Zeroizing<Vec<u8>>) -> Option<Self> {
        let sector = match u16_at(&bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file = Self {
            sector,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini: Zeroizing::default(),
            cutoff: u32_at(&bytes, 56)?.into(),
            entries: Vec::new(),
            bytes,
        };
        file.fat = file.read_fat()?;
        let chain = file.chain(u32_at(&file.bytes, 60)?)?;
        file.mini_fat = chain.chunks_exact(4).filter_map(|word| u32_at(word, 0)).collect();
        let directory = file.chain(u32_at(&file.bytes, 48)?)?;
        for entry in directory.chunks_exact(ENTRY) {
            let length = usize::from(u16_at(entry, 64)?).clamp(2, 64) - 2;
            let units: Vec<u16> = (0..length / 2).filter_map(|at| u16_at(entry, 2 * at)).collect();
            let (start, size) = (u32_at(entry, 116)?, u64::from(u32_at(entry, 120)?));
            match entry[66] {
                2 => file.entries.push((String::from_utf16_lossy(&units), start, size)),
                5 => file.mini = file.chain(start)?,
                _ => {}
            }
        }
        Some(file)
    }

    /// Whether there is a stream of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|(known, ..)| known.eq_ignore_ascii_case(name))
    }

    /// The content of a stream; `None` if there is none, or the file is damaged.
    pub(super) fn stream(&self, name: &str) -> Option<Zeroizing<Vec<u8>>> {
        let (_, start, size) = self.entries.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name))?;
        let mut content = if *size < self.cutoff {
            let mut content = Zeroizing::new(Vec::new());
            let mut next = *start;
            while next < LAST {
                let at = next as usize * 64;
                content.extend_from_slice(self.mini.get(at..(at + 64).min(self.mini.len()))?);
                next = *self.mini_fat.get(next as usize)?;
                // A chain that is longer than the stream is a circle.
                if content.len() > self.mini.len() {
                    return None;
                }
            }
            content
        } else {
            self.chain(*start)?
        };
        content.truncate(usize::try_from(*size).ok()?);
        Some(content)
    }

    fn sector(&self, number: u32) -> Option<&[u8]> {
        let at = (number as usize).checked_add(1)?.checked_mul(self.sector)?;
        self.bytes
            .get(at..self.bytes.len().min(at.checked_add(self.sector)?))
            .filter(|bytes| !bytes.is_empty())
    }

    /// The sectors of the file's table, which the header lists, and then a chain of lists.
    fn read_fat(&self) -> Option<Vec<u32>> {
        let sectors = self.bytes.len() / self.sector + 1;
        let mut lists: Vec<u32> = (0..109).filter_map(|at| u32_at(&self.bytes, 76 + 4 * at)).collect();
        let mut next = u32_at(&self.bytes, 68)?;
        while next < LAST {
            let list = self.sector(next)?;
            let last = self.sector / 4 - 1;
            lists.extend((0..last).filter_map(|at| u32_at(list, 4 * at)));
            next = u32_at(list, 4 * last)?;
            if lists.len() > sectors + 256 {
                return None;
            }
        }
        let mut fat = Vec::new();
        for number in lists.into_iter().filter(|number| *number < LAST) {
            fat.extend(self.sector(number)?.chunks_exact(4).filter_map(|word| u32_at(word, 0)));
            // More than one entry for each sector, rounded up to a whole table's.
            if fat.len() > sectors + 2 * self.sector {
                return None;
            }
        }
        Some(fat)
    }

    /// The content of a chain of sectors.
    fn chain(&self, start: u32) -> Option<Zeroizing<Vec<u8>>> {
        let mut content = Zeroizing::new(Vec::new());
        let mut next = start;
        while next < LAST {
            content.extend_from_slice(self.sector(next)?);
            next = *self.fat.get(next as usize)?;
            if content.len() > self.bytes.len() {
                return None;
            }
        }
        Some(content)
    }
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

pub(super) fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
}
