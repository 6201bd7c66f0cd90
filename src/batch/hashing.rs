//! SHA-256 of what is read from a file.

use sha2::{Digest as _, Sha256};
use std::io::{self, Read, Write};

/// Adds everything that `from` gives to a hash, and returns how many bytes that were.
pub(super) fn hash_all(from: &mut dyn Read, hash: &mut Sha256) -> io::Result<u64> {
    io::copy(from, &mut Hashing(hash))
}

/// Hashes what is written to it.
struct Hashing<'a>(&'a mut Sha256);

impl Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
