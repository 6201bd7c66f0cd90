//! One part of a batch, while it is written.
//!
//! In go framed labels; out comes a complete part, still to be synced and renamed. A part is hashed as it is written, so
//! its digest costs no second pass.

use super::folder::Shard;
use super::frame::{FrameEntry, Framing};
use super::target::OutputTarget;
use super::zip::Directory;
use crate::batch::hashing::hash_all;
use crate::batch::printer::queue::PrintQueue;
use crate::batch::product::ContainerKind;
use crate::files::{self, Access, FileError};
use crate::label::pdf::{Paper, PdfWriter};
use base16ct::lower::encode_string;
use sha2::{Digest as _, Sha256};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// A part being written.
pub struct OutputPart {
    to: PartTarget,
    framing: Framing,
    directory: Directory,
    book: Option<(PdfWriter<SharedFile>, SharedFile)>,
    /// `None` where nobody asks for the digest: a device takes a label faster than it is hashed.
    hash: Option<Sha256>,
    bytes: u64,
    /// Bytes for which an early sync was requested.
    handed: u64,
    /// Labels in it.
    pub labels: u64,
}

/// Bytes after which an early sync is due: syncing a large part only at its end would stall the batch.
const EARLY: u64 = 32 << 20;

enum PartTarget {
    File(files::PartFile),
    Folder(Shard),
    /// The standard output.
    Stream(Box<dyn Write + Send>),
    Device(Box<dyn Write + Send>),
    Printer(Arc<PrintQueue>, PathBuf),
    Nothing,
}

impl OutputPart {
    /// Begins a part of a target, counted from 1.
    ///
    /// # Errors
    /// [`FileError`].
    pub fn create(target: &OutputTarget, framing: Framing, number: u64) -> Result<Self, FileError> {
        let path = target.part(number);
        let to = match target.kind {
            ContainerKind::Folder => PartTarget::Folder(Shard::create(&path)?),
            _ if target.kept => {
                let access = if target.private { Access::Owner } else { Access::Everyone };
                PartTarget::File(files::PartFile::create(&path, access)?)
            }
            _ => {
                let error = |error| FileError::new(&path, "write", error);
                match &target.path {
                    None => PartTarget::Stream(Box::new(io::stdout())),
                    Some(path) => {
                        let device = std::fs::OpenOptions::new().write(true).open(path).map_err(error)?;
                        PartTarget::Device(Box::new(device))
                    }
                }
            }
        };
        Ok(Self::of(to, framing))
    }

    /// A part that is printed, label by label.
    #[must_use]
    pub fn printed(queue: Arc<PrintQueue>, target: &OutputTarget, framing: Framing) -> Self {
        Self::of(PartTarget::Printer(queue, target.part(1)), framing)
    }

    /// A part that is counted but not written, for a dry run.
    #[must_use]
    pub fn nothing(framing: Framing) -> Self {
        Self::of(PartTarget::Nothing, framing)
    }

    fn of(to: PartTarget, framing: Framing) -> Self {
        let hash = !matches!(to, PartTarget::Device(_) | PartTarget::Nothing);
        let (directory, hash) = (Directory::default(), hash.then(Sha256::new));
        Self { to, framing, directory, book: None, hash, bytes: 0, handed: 0, labels: 0 }
    }

    /// Resumes a file at `len` bytes, where it was last synced; anything after that is cut off.
    ///
    /// # Errors
    /// [`FileError`], also if the first `len` bytes no longer have the SHA-256 `digest`.
    pub fn resume(
        target: &OutputTarget,
        framing: Framing,
        len: u64,
        digest: &str,
    ) -> Result<Self, FileError> {
        let mut hash = Sha256::new();
        let file = files::PartFile::resume(&target.part(1), len, &mut |written| {
            hash_all(written, &mut hash)?;
            Ok(encode_string(&hash.clone().finalize()) == digest)
        })?;
        Ok(Self { hash: Some(hash), bytes: len, handed: len, ..Self::of(PartTarget::File(file), framing) })
    }

    /// Writes labels that are contiguous in `bytes`.
    ///
    /// # Errors
    /// [`FileError`].
    pub fn add(&mut self, bytes: &[u8], entries: &[&FrameEntry]) -> Result<(), FileError> {
        let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return Ok(()) };
        self.labels += entries.len() as u64;
        if let PartTarget::Folder(shard) = &mut self.to {
            for entry in entries {
                let name = self.framing.name(&entry.waybill);
                shard.add(&name, &bytes[entry.body.clone()]).map_err(|error| shard.error(error))?;
                self.bytes += entry.body.len() as u64;
                if let Some(beside) = &entry.beside {
                    let (name, body) =
                        (self.framing.name_beside(&entry.waybill), &bytes[beside.body.clone()]);
                    shard.add(&name, body).map_err(|error| shard.error(error))?;
                    self.bytes += body.len() as u64;
                }
            }
            return Ok(());
        }
        if self.framing.kind == ContainerKind::Pdf {
            return self.add_pages(entries);
        }
        if let PartTarget::Printer(queue, name) = &self.to {
            for entry in entries {
                let label = &bytes[entry.frame.clone()];
                if let Some(hash) = &mut self.hash {
                    hash.update(label);
                }
                queue
                    .print(Some(&entry.waybill), Some(&entry.handle), label)
                    .map_err(|error| FileError::new(name, "print on", io::Error::other(error)))?;
                self.bytes += label.len() as u64;
            }
            return Ok(());
        }
        if self.framing.kind == ContainerKind::Zip {
            for entry in entries {
                let offset = self.bytes + (entry.frame.start - first.frame.start) as u64;
                let size = entry.body.len() as u32;
                let name = self.framing.name(&entry.waybill);
                self.directory.add(&name, entry.crc, size, self.framing.day, offset);
                if let Some(beside) = &entry.beside {
                    let offset = self.bytes + (beside.start - first.frame.start) as u64;
                    let (name, size) = (self.framing.name_beside(&entry.waybill), beside.body.len() as u32);
                    self.directory.add(&name, beside.crc, size, self.framing.day, offset);
                }
            }
        }
        self.put(&bytes[first.frame.start..last.frame.end])
    }

    fn add_pages(&mut self, entries: &[&FrameEntry]) -> Result<(), FileError> {
        let error = |error| FileError::new(Path::new("the output"), "write", error);
        let (book, shared) = match &mut self.book {
            Some(book) => book,
            none => {
                let shared = SharedFile::default();
                let book = PdfWriter::new(shared.clone(), Paper::Label).map_err(error)?;
                none.insert((book, shared))
            }
        };
        for leaf in entries.iter().filter_map(|entry| entry.leaf.as_ref()) {
            book.add(leaf).map_err(error)?;
        }
        let bytes = shared.take();
        self.put(&bytes)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), FileError> {
        if let Some(hash) = &mut self.hash {
            hash.update(bytes);
        }
        match &mut self.to {
            PartTarget::File(file) => {
                file.file().write_all(bytes).map_err(|error| file.error(error))?;
            }
            PartTarget::Stream(stream) | PartTarget::Device(stream) => {
                stream
                    .write_all(bytes)
                    .map_err(|error| FileError::new(Path::new("the output"), "write", error))?;
            }
            PartTarget::Folder(_) | PartTarget::Printer(..) | PartTarget::Nothing => {}
        }
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    /// Whether an early sync is due: true once per 32 MiB written.
    pub fn is_due(&mut self) -> bool {
        let due = self.bytes - self.handed >= EARLY;
        if due {
            self.handed = self.bytes;
        }
        due
    }

    /// The bytes written so far, and their SHA-256 in hexadecimal; empty for a device.
    #[must_use]
    pub fn digest(&self) -> (u64, String) {
        (self.bytes, self.hash.clone().map_or_else(String::new, |hash| encode_string(&hash.finalize())))
    }

    /// A second handle of the file, for syncing it on another thread; `None` if the target is not a file.
    ///
    /// # Errors
    /// [`FileError`].
    pub fn handle(&mut self) -> Result<Option<std::fs::File>, FileError> {
        let PartTarget::File(file) = &mut self.to else { return Ok(None) };
        match file.file().try_clone() {
            Ok(handle) => Ok(Some(handle)),
            Err(error) => Err(file.error(error)),
        }
    }

    /// Writes the container's trailer. [`Sealed::finish`] then syncs and renames the part.
    ///
    /// # Errors
    /// [`FileError`].
    pub fn seal(mut self) -> Result<Sealed, FileError> {
        let end = match self.framing.kind {
            ContainerKind::Zip => std::mem::take(&mut self.directory).finish(self.bytes),
            ContainerKind::Tar => vec![0; 1024],
            ContainerKind::Pdf => match self.book.take() {
                Some((book, shared)) => {
                    let error = |error| FileError::new(Path::new("the output"), "write", error);
                    book.finish().map_err(error)?;
                    shared.take()
                }
                None => Vec::new(),
            },
            ContainerKind::Folder | ContainerKind::Lines | ContainerKind::Stream => Vec::new(),
        };
        self.put(&end)?;
        let (mut bytes, mut sha256) = self.digest();
        match &mut self.to {
            PartTarget::Folder(shard) => {
                let (digest, with_sums) = shard.digest(bytes);
                (bytes, sha256) = (with_sums, encode_string(&digest));
            }
            PartTarget::Stream(stream) | PartTarget::Device(stream) => {
                stream.flush().map_err(|error| FileError::new(Path::new("the output"), "write", error))?;
            }
            PartTarget::Printer(printer, name) => {
                printer
                    .finish()
                    .map_err(|error| FileError::new(name, "print on", io::Error::other(error)))?;
            }
            PartTarget::File(_) | PartTarget::Nothing => {}
        }
        Ok(Sealed { to: self.to, labels: self.labels, bytes, sha256 })
    }
}

/// A part with complete content, not yet synced and renamed.
pub struct Sealed {
    to: PartTarget,
    /// Labels in it.
    pub labels: u64,
    /// Its length in bytes.
    pub bytes: u64,
    /// Its SHA-256 in hexadecimal; a folder's is that of its `SHA256SUMS`, a device's is empty.
    pub sha256: String,
}

impl Sealed {
    /// Syncs and renames the part. `only` says that the batch has no other part.
    ///
    /// # Errors
    /// [`FileError`].
    pub fn finish(self, only: bool) -> Result<(), FileError> {
        match self.to {
            PartTarget::File(file) => file.finish(),
            PartTarget::Folder(shard) => shard.finish(only),
            PartTarget::Stream(_) | PartTarget::Device(_) | PartTarget::Printer(..) | PartTarget::Nothing => {
                Ok(())
            }
        }
    }
}

/// A buffer shared with the PDF writer, which owns its output: the part takes the bytes after each label.
#[derive(Clone, Default)]
struct SharedFile(Arc<Mutex<Vec<u8>>>);

impl SharedFile {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for SharedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
