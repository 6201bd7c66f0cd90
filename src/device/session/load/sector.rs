//! Sectors of the file `loaded`: reading, writing, and the hash that shows a torn one.

use crate::secret::scrubbed;
use sha2::{Digest as _, Sha256};
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use zeroize::Zeroizing;

/// Bytes of a sector.
pub(super) const SECTOR: usize = 512;
pub(super) const CHECK: usize = SECTOR - 32;

/// A sector's bytes, on the heap: moving an array would leave copies of keys on the stack.
pub(super) type Sector = Zeroizing<Vec<u8>>;

/// A sector of zeros.
pub(super) fn blank() -> Sector {
    Zeroizing::new(vec![0; SECTOR])
}

/// Whether a sector's hash matches. The stack is wiped, because the hash reads keys.
pub(super) fn is_intact(sector: &[u8]) -> bool {
    scrubbed(|| Sha256::digest(&sector[..CHECK])[..] == sector[CHECK..])
}

/// The file, readable by its owner only.
pub(super) fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

/// Reads a sector.
pub(super) fn read(file: &mut File, index: usize) -> io::Result<Sector> {
    let mut sector = blank();
    file.seek(SeekFrom::Start((index * SECTOR) as u64))?;
    file.read_exact(&mut sector[..])?;
    Ok(sector)
}

/// Writes a sector, and waits until it is on disk.
pub(super) fn write(file: &mut File, index: usize, sector: &[u8]) -> io::Result<()> {
    file.seek(SeekFrom::Start((index * SECTOR) as u64))?;
    file.write_all(sector)?;
    file.sync_data()
}

/// Ends a sector with the hash of its content.
pub(super) fn add_check(sector: &mut Sector) {
    let check: [u8; 32] = scrubbed(|| Sha256::digest(&sector[..CHECK]).into());
    sector[CHECK..].copy_from_slice(&check);
}
