//! A file that was taken from the folder, on its way to `done/` or `failed/`.

use super::inbox::Stamp;
use std::fs::{self, DirBuilder};
use std::io;
use std::path::{Path, PathBuf};
use wayseal::files;

/// Files in hand; what is sealed; what is not, and rejects.
pub const FOLDERS: [&str; 4] = ["working", "done", "failed", "sealed"];
/// Names that are tried for one file.
const NAMES: u32 = 100_000;

/// The folders of a watched folder.
#[derive(Clone, Copy)]
pub struct Folders<'a>(pub &'a Path);

impl<'a> Folders<'a> {
    pub fn working(self) -> PathBuf {
        self.0.join("working")
    }

    pub fn done(self) -> PathBuf {
        self.0.join("done")
    }

    pub fn failed(self) -> PathBuf {
        self.0.join("failed")
    }

    /// Makes the folders that are not there, for their owner alone: they hold orders.
    pub fn make(self) -> io::Result<()> {
        for folder in FOLDERS.map(|name| self.0.join(name)) {
            match new_folder(&folder) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && is_folder(&folder) => {}
                result => result?,
            }
        }
        Ok(())
    }

    /// Files in hand when an earlier run ended, by name.
    pub fn in_hand(self) -> io::Result<Vec<Job<'a>>> {
        let mut jobs = Vec::new();
        for entry in fs::read_dir(self.working())? {
            let path = entry?.path();
            if path.symlink_metadata().is_ok_and(|known| known.is_file()) {
                jobs.extend(Job::new(self, path));
            }
        }
        jobs.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(jobs)
    }

    /// Takes a file: moves it among those in hand, under a name that no earlier one had. `is_used` says whether there are
    /// labels of a name already.
    pub fn take(self, path: &Path, is_used: &dyn Fn(&str) -> bool) -> io::Result<Job<'a>> {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let used = self.names()?;
        let free =
            (1..NAMES).map(|number| if number == 1 { stem.to_owned() } else { format!("{stem}-{number}") });
        let free = free.into_iter().find(|name| !used.contains(&name.to_lowercase()) && !is_used(name));
        let name = free.ok_or_else(|| io::Error::from(io::ErrorKind::AlreadyExists))?;
        let taken = self.working().join(format!("{name}.{ending}"));
        fs::rename(path, &taken)?;
        files::sync_folder(&self.working())?;
        Job::new(self, taken).ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))
    }

    /// The names, up to their first dot, of everything that earlier files have left.
    fn names(self) -> io::Result<std::collections::BTreeSet<String>> {
        let mut names = std::collections::BTreeSet::new();
        for folder in FOLDERS.map(|name| self.0.join(name)) {
            for entry in fs::read_dir(folder)? {
                let name = entry?.file_name().to_string_lossy().to_lowercase();
                let name = name.trim_start_matches('.');
                // Each could be a name with a dot of its own: all its beginnings are used.
                names.extend(name.match_indices('.').map(|(at, _)| name[..at].to_owned()));
            }
        }
        Ok(names)
    }
}

/// A file in hand.
pub struct Job<'a> {
    folders: Folders<'a>,
    /// Where it is.
    pub path: PathBuf,
    /// Its own name, under which its labels go.
    pub name: String,
}

impl<'a> Job<'a> {
    fn new(folders: Folders<'a>, path: PathBuf) -> Option<Self> {
        let name = path.file_stem()?.to_str()?.to_owned();
        Some(Self { folders, path, name })
    }

    /// Its name with its ending.
    pub fn file(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// What it is now; an error if it is no longer a plain file.
    pub fn stamp(&self) -> io::Result<Stamp> {
        let known = self.path.symlink_metadata()?;
        if known.is_file() { Ok(Stamp::of(&known)) } else { Err(io::ErrorKind::InvalidInput.into()) }
    }

    /// The files of its rejects, without their ending.
    pub fn rejects(&self) -> PathBuf {
        self.folders.failed().join(format!("{}.rejects", self.name))
    }

    /// Writes a text beside what failed, or replaces it.
    pub fn explain(&self, about: &str, why: &str) -> Result<(), files::FileError> {
        let path = self.folders.failed().join(format!("{}{about}.why.txt", self.name));
        files::write(&path, format!("{why}\n").as_bytes(), files::Access::Owner)
    }

    /// Moves it to `done/`.
    pub fn done(&self) -> io::Result<PathBuf> {
        self.move_to(&self.folders.done())
    }

    /// Moves it to `failed/`, where its rejects in progress are no longer needed: it holds them itself.
    pub fn failed(&self) -> io::Result<PathBuf> {
        for ending in ["csv", "jsonl"] {
            let rejects = self.folders.failed().join(format!("{}.rejects.{ending}", self.name));
            files::remove_own(&files::hidden(&rejects))?;
        }
        self.move_to(&self.folders.failed())
    }

    fn move_to(&self, folder: &Path) -> io::Result<PathBuf> {
        let to = folder.join(self.file());
        // No file of ours has that name; one that somebody put there meanwhile stays.
        if to.symlink_metadata().is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        fs::rename(&self.path, &to)?;
        files::sync_folder(folder)?;
        files::sync_folder(&self.folders.working())?;
        Ok(to)
    }
}

fn is_folder(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|known| known.is_dir())
}

#[cfg(unix)]
fn new_folder(path: &Path) -> io::Result<()> {
    std::os::unix::fs::DirBuilderExt::mode(&mut DirBuilder::new(), 0o700).create(path)
}

#[cfg(not(unix))]
fn new_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().create(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_gets_a_name_of_its_own_and_is_in_one_place() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders(folder.path());
        folders.make().unwrap();
        folders.make().unwrap();
        let put = |name: &str| {
            let path = folder.path().join(name);
            fs::write(&path, "a").unwrap();
            path
        };
        let take = |name: &str| folders.take(&put(name), &|name| name == "sealed").unwrap();
        let first = take("orders.csv");
        assert_eq!((&*first.name, folders.in_hand().unwrap().len()), ("orders", 1));
        first.done().unwrap();
        assert!(folder.path().join("done/orders.csv").exists() && folders.in_hand().unwrap().is_empty());
        let second = take("orders.csv");
        assert_eq!(second.file(), "orders-2.csv");
        second.explain("", "why").unwrap();
        second.failed().unwrap();
        // Another ending is another file, but its labels would have the same name; case counts on no system.
        assert_eq!(take("Orders.xlsx").name, "Orders-3");
        assert_eq!(take("sealed.csv").name, "sealed-2");
        assert_eq!(take("a.b.csv").name, "a.b");
        assert_eq!(take("a.b.csv").name, "a.b-2");
    }
}
