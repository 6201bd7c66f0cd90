//! The parts of a ZIP archive, each a stream with bounds.

use crate::batch::input::error::InputError;
use flate2::bufread::DeflateDecoder;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek as _, SeekFrom};
use zip::{CompressionMethod, ZipArchive};

/// The largest size of a part, unpacked, in bytes.
const UNPACKED_MAX: u64 = 1 << 30;
/// The most parts; a workbook has one a sheet and a few more.
const PARTS_MAX: usize = 10_000;

/// Where the parts are, by their names in lower case.
pub(super) struct Archive {
    file: File,
    parts: HashMap<String, ZipPart>,
}

#[derive(Clone, Copy)]
struct ZipPart {
    start: u64,
    packed: u64,
    crc: u32,
    deflated: bool,
}

impl Archive {
    pub(super) fn new(file: File) -> Result<Self, InputError> {
        let damaged = |_| InputError::Workbook;
        let mut archive = ZipArchive::new(BufReader::new(file.try_clone()?)).map_err(damaged)?;
        if archive.len() > PARTS_MAX {
            return Err(InputError::Large);
        }
        let mut parts = HashMap::new();
        for at in 0..archive.len() {
            let entry = archive.by_index_raw(at).map_err(damaged)?;
            let deflated = match entry.compression() {
                CompressionMethod::Stored => false,
                CompressionMethod::Deflated => true,
                _ => continue,
            };
            if entry.encrypted() {
                return Err(InputError::Locked);
            }
            let Some(start) = entry.data_start() else { continue };
            let part = ZipPart { start, packed: entry.compressed_size(), crc: entry.crc32(), deflated };
            parts.insert(entry.name().trim_start_matches('/').to_ascii_lowercase(), part);
        }
        Ok(Self { file, parts })
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&name.to_ascii_lowercase())
    }

    /// A part, unpacked as it is read.
    pub(super) fn part(&self, name: &str) -> Result<PartReader, InputError> {
        let part = self.parts.get(&name.to_ascii_lowercase()).ok_or(InputError::Workbook)?;
        let section = FileSection { file: self.file.try_clone()?, at: part.start, left: part.packed };
        let section = BufReader::with_capacity(1 << 16, section);
        let from = if part.deflated {
            Unpacking::Deflated(DeflateDecoder::new(section))
        } else {
            Unpacking::Stored(section)
        };
        Ok(PartReader { from, crc: crc32fast::Hasher::new(), expected: part.crc, left: UNPACKED_MAX })
    }
}

/// A range of a file. It seeks before each read, since other sections share the file's position.
struct FileSection {
    file: File,
    at: u64,
    left: u64,
}

impl Read for FileSection {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        self.file.seek(SeekFrom::Start(self.at))?;
        let count = self.file.read(&mut buffer[..most])?;
        self.at += count as u64;
        self.left -= count as u64;
        Ok(count)
    }
}

enum Unpacking {
    Stored(BufReader<FileSection>),
    Deflated(DeflateDecoder<BufReader<FileSection>>),
}

/// A part as it is unpacked: its size is bounded, and its checksum is verified at the end.
pub(super) struct PartReader {
    from: Unpacking,
    crc: crc32fast::Hasher,
    expected: u32,
    left: u64,
}

impl Read for PartReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = match &mut self.from {
            Unpacking::Stored(section) => section.read(buffer)?,
            Unpacking::Deflated(section) => section.read(buffer)?,
        };
        let new = &buffer[..count];
        if count == 0 && !buffer.is_empty() && self.crc.clone().finalize() != self.expected {
            return Err(io::ErrorKind::InvalidData.into());
        }
        self.crc.update(new);
        self.left = self.left.checked_sub(count as u64).ok_or(io::ErrorKind::FileTooLarge)?;
        Ok(count)
    }
}
