//! A file in place of a connection: a device such as `/dev/usb/lp0`, a named pipe, or a spool file.
//!
//! A device without paper blocks whoever writes to it, and a pipe without a reader whoever opens it. Both happen on a
//! thread of their own, so that the session can say so, and give up.

use super::link::{Heard, Link, LinkKind};
use std::fs::{File, OpenOptions};
use std::io::{self, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

/// Timeout for opening.
const OPEN: Duration = Duration::from_secs(10);
/// Bytes written at once: so few that a slow device shows progress within a second.
const PIECE: usize = 4096;

/// A device or file.
pub(super) enum DeviceLink {
    /// A regular file, from which an incomplete label can be cut off again.
    Spool {
        /// The file.
        file: File,
        /// Its length when the current label began.
        whole: u64,
    },
    /// A device or pipe, written by a thread.
    Device {
        /// Pieces for the thread.
        to: Sender<Vec<u8>>,
        /// What came of them.
        from: Receiver<io::Result<usize>>,
        /// Whether a piece is with the thread.
        busy: bool,
    },
}

impl DeviceLink {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        if path.metadata().is_ok_and(|known| !known.is_file()) {
            return Self::device(path.to_owned());
        }
        let mut file = OpenOptions::new().append(true).create(true).open(path)?;
        let whole = file.seek(io::SeekFrom::End(0))?;
        Ok(Self::Spool { file, whole })
    }

    fn device(path: PathBuf) -> io::Result<Self> {
        let (to, pieces) = channel::<Vec<u8>>();
        let (done, from) = channel();
        // Detached: a thread that hangs in a device cannot be ended, and must not keep the process.
        thread::spawn(move || {
            let opened = OpenOptions::new().append(true).open(path);
            let mut file = match opened {
                Ok(file) => file,
                Err(error) => return drop(done.send(Err(error))),
            };
            let mut result = Ok(0);
            loop {
                if done.send(result).is_err() {
                    return;
                }
                let Ok(piece) = pieces.recv() else { return };
                result = file.write_all(&piece).map(|()| piece.len());
            }
        });
        match from.recv_timeout(OPEN) {
            Ok(opened) => opened.map(|_| Self::Device { to, from, busy: false }),
            Err(_) => Err(io::Error::new(io::ErrorKind::TimedOut, "nothing reads from it")),
        }
    }
}

impl Link for DeviceLink {
    fn kind(&self) -> LinkKind {
        LinkKind::OneWay
    }

    fn write(&mut self, bytes: &[u8], wait: Duration) -> io::Result<usize> {
        match self {
            Self::Spool { file, .. } => file.write(bytes),
            Self::Device { to, from, busy } => {
                let ended = || io::Error::from(io::ErrorKind::BrokenPipe);
                if !*busy {
                    to.send(bytes[..bytes.len().min(PIECE)].to_vec()).map_err(|_| ended())?;
                    *busy = true;
                }
                match from.recv_timeout(wait) {
                    Ok(written) => {
                        *busy = false;
                        written
                    }
                    Err(RecvTimeoutError::Timeout) => Ok(0),
                    Err(RecvTimeoutError::Disconnected) => Err(ended()),
                }
            }
        }
    }

    fn read(&mut self, _: &mut [u8], _: Duration) -> io::Result<Heard> {
        Ok(Heard::Nothing)
    }

    fn finish(&mut self) -> io::Result<()> {
        match self {
            Self::Spool { file, .. } => file.sync_data(),
            Self::Device { .. } => Ok(()),
        }
    }

    fn fault(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn mark(&mut self) {
        if let Self::Spool { file, whole } = self
            && let Ok(known) = file.metadata()
        {
            *whole = known.len();
        }
    }

    fn take_back(&mut self) -> bool {
        match self {
            Self::Spool { file, whole } => file.set_len(*whole).is_ok(),
            Self::Device { .. } => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spool_loses_the_incomplete_label_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("spool");
        let mut spool = DeviceLink::open(&path).unwrap();
        for (label, whole) in [(b"^XA1^XZ", true), (b"^XA2^XZ", false), (b"^XA3^XZ", true)] {
            spool.mark();
            assert_eq!(spool.write(label, Duration::ZERO).unwrap(), label.len());
            assert!(whole || spool.take_back());
        }
        spool.finish().unwrap();
        assert_eq!(std::fs::read(path).unwrap(), b"^XA1^XZ^XA3^XZ");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_device_is_an_error() {
        let mut full = DeviceLink::open(Path::new("/dev/full")).unwrap();
        let error = full.write(b"^XA^XZ", Duration::from_secs(5)).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
        let mut null = DeviceLink::open(Path::new("/dev/null")).unwrap();
        assert_eq!(null.write(&[0; 5000], Duration::from_secs(5)).unwrap(), PIECE);
    }
}
