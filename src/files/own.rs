//! Opens files of this program whose names others know in advance, and may have prepared.
//!
//! Whoever can write to a folder of labels can put a link, a pipe or a second name of another file in the place of one of
//! ours. Such a file is refused by what it is, before a byte of it is read, written or cut off.

use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::path::Path;
use thiserror::Error;

/// Opens an existing file for reading.
///
/// # Errors
/// [`NotOwn`] within the error, or the system's.
pub(super) fn for_reading(path: &Path) -> io::Result<File> {
    open(path, OpenOptions::new().read(true)).map(|(file, _)| file)
}

/// Opens an existing file for reading and writing. Nothing of it is cut off.
///
/// # Errors
/// [`NotOwn`] within the error, or the system's.
pub(super) fn for_writing(path: &Path) -> io::Result<File> {
    let (file, known) = open(path, OpenOptions::new().read(true).write(true))?;
    if names(&known) > 1 {
        return Err(refused(NotOwn::SecondName));
    }
    Ok(file)
}

/// Opens a file for reading and for appending, and creates it if there is none.
///
/// # Errors
/// [`NotOwn`] within the error, or the system's.
pub(super) fn for_appending(path: &Path) -> io::Result<File> {
    let (file, known) = open(path, OpenOptions::new().read(true).append(true).create(true))?;
    if names(&known) > 1 {
        return Err(refused(NotOwn::SecondName));
    }
    Ok(file)
}

/// Opens a file for locking, and creates it if there is none. Nothing of it is cut off.
///
/// # Errors
/// [`NotOwn`] within the error, or the system's.
pub(super) fn for_locking(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    owner_alone(&mut options);
    open(path, options.read(true).write(true).create(true).truncate(false)).map(|(file, _)| file)
}

/// Removes a file that this program wrote, if it is there.
///
/// # Errors
/// [`NotOwn`] within the error if a link, folder, pipe or device has its name, which then stays; or the system's.
pub fn remove_own(path: &Path) -> io::Result<()> {
    match path.symlink_metadata() {
        Ok(known) if known.is_symlink() => Err(refused(NotOwn::Link)),
        Ok(known) if !known.is_file() => Err(refused(NotOwn::Kind)),
        Ok(_) => std::fs::remove_file(path),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

fn open(path: &Path, options: &mut OpenOptions) -> io::Result<(File, Metadata)> {
    no_links(options);
    let file = options.open(path).map_err(|error| match path.symlink_metadata() {
        Ok(known) if known.is_symlink() => refused(NotOwn::Link),
        Ok(known) if known.is_dir() => refused(NotOwn::Kind),
        _ => error,
    })?;
    let known = file.metadata()?;
    // Windows opens the link itself.
    if known.is_symlink() {
        return Err(refused(NotOwn::Link));
    }
    if !known.is_file() {
        return Err(refused(NotOwn::Kind));
    }
    Ok((file, known))
}

#[cfg(unix)]
fn no_links(options: &mut OpenOptions) {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt as _;
    // A pipe that nobody reads from would otherwise stop the program.
    options.custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY).bits() as i32);
}

#[cfg(windows)]
fn no_links(options: &mut OpenOptions) {
    use std::os::windows::fs::OpenOptionsExt as _;
    const FILE_FLAG_OPEN_REPARSE_POINT: u32 = 0x0020_0000;
    options.custom_flags(FILE_FLAG_OPEN_REPARSE_POINT);
}

#[cfg(not(any(unix, windows)))]
fn no_links(_: &mut OpenOptions) {}

#[cfg(unix)]
fn owner_alone(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o600);
}

#[cfg(not(unix))]
fn owner_alone(_: &mut OpenOptions) {}

#[cfg(unix)]
fn names(known: &Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt as _;
    known.nlink()
}

#[cfg(not(unix))]
fn names(_: &Metadata) -> u64 {
    1
}

/// Whether `path` still names `file`, and not another file that took its place.
#[cfg(unix)]
pub(super) fn is_named(path: &Path, file: &File) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let of = |known: Metadata| (known.dev(), known.ino());
    file.metadata().ok().map(of) == path.symlink_metadata().ok().map(of)
}

fn refused(why: NotOwn) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, why)
}

/// Why a file is not taken for one of this program's own; within the [`io::Error`] of a [`FileError`](super::FileError).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NotOwn {
    /// A symbolic link.
    #[error("it is a link, and no link is followed there; remove it")]
    Link,
    /// A folder, pipe or device.
    #[error("it is no regular file; move it away")]
    Kind,
    /// A file with a second name, which may be somebody else's.
    #[error("the file has a second name elsewhere (a hard link); move it away")]
    SecondName,
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::fs;

    fn why(result: io::Result<File>) -> Option<NotOwn> {
        result.err()?.get_ref()?.downcast_ref().copied()
    }

    #[test]
    fn what_is_no_plain_file_is_refused_and_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("precious"), "precious").unwrap();
        std::os::unix::fs::symlink(at("precious"), at("link")).unwrap();
        std::os::unix::fs::symlink(at("nowhere"), at("dangling")).unwrap();
        fs::create_dir(at("folder")).unwrap();
        // By a call and not by a command: a child holds the locks of other tests until it has become another program.
        let mode = rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR;
        rustix::fs::mknodat(rustix::fs::CWD, at("pipe"), rustix::fs::FileType::Fifo, mode, 0).unwrap();
        fs::hard_link(at("precious"), at("hard")).unwrap();
        for (name, reason) in [
            ("link", NotOwn::Link),
            ("dangling", NotOwn::Link),
            ("folder", NotOwn::Kind),
            ("pipe", NotOwn::Kind),
        ] {
            for open in [for_reading, for_writing, for_locking] {
                assert_eq!(why(open(&at(name))), Some(reason), "{name}");
            }
        }
        assert_eq!(why(for_writing(&at("hard"))), Some(NotOwn::SecondName));
        assert_eq!(fs::read(at("precious")).unwrap(), b"precious");
        assert!(!at("nowhere").exists());
    }
}
