//! Which files of a folder have arrived whole, and which are not taken.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};
use wayseal::files;

/// The longest name that is taken, in bytes: others are derived from it.
const NAME_MAX: usize = 200;
/// Endings of files that a program is still writing.
const UNFINISHED: [&str; 7] = ["part", "partial", "crdownload", "download", "filepart", "tmp", "swp"];
/// Endings of files of orders.
const ORDERS: [&str; 10] = ["csv", "tsv", "txt", "jsonl", "ndjson", "xlsx", "xlsm", "xls", "ods", "parquet"];

/// Why a file is not taken, or not yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skip {
    /// A symbolic link.
    Link,
    /// A folder, pipe, socket or device.
    Kind,
    /// A file with a second name, which may be somebody else's.
    SecondName,
    /// A name that is hidden, too long, or has characters that a terminal would obey.
    Name,
    /// A name that programs give to what they have not finished.
    Unfinished,
    /// An ending that no file of orders has.
    Ending,
    /// A workbook that somebody has open.
    Open,
    /// It has no content, or not all of it yet.
    Growing,
}

/// What one look at a folder shows.
#[derive(Debug, Default)]
pub struct InboxLook {
    /// Files that are whole, by the time of their last change.
    pub ready: Vec<PathBuf>,
    /// Files that are not taken, said once each.
    pub skipped: Vec<(String, Skip)>,
    /// Files that may yet become whole.
    pub waiting: Vec<String>,
}

/// What distinguishes one state of a file from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    len: u64,
    changed: Option<SystemTime>,
}

impl Stamp {
    pub fn of(known: &Metadata) -> Self {
        Self { len: known.len(), changed: known.modified().ok() }
    }
}

/// A folder into which files come.
pub struct Inbox {
    folder: PathBuf,
    /// Our own folders and the lock.
    own: Vec<String>,
    settle: Duration,
    seen: BTreeMap<PathBuf, (Stamp, Instant)>,
    said: BTreeMap<PathBuf, Skip>,
}

impl Inbox {
    pub fn new(folder: &Path, own: &[&str], settle: Duration) -> Self {
        let own = own.iter().map(|name| (*name).to_owned()).collect();
        Self { folder: folder.to_owned(), own, settle, seen: BTreeMap::new(), said: BTreeMap::new() }
    }

    /// Looks at every file. One is whole once two looks, `settle` apart, and all between them have seen the same.
    pub fn look(&mut self, now: Instant) -> io::Result<InboxLook> {
        let (mut look, mut seen, mut said, mut ready) =
            (InboxLook::default(), BTreeMap::new(), BTreeMap::new(), Vec::new());
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if self.own.iter().any(|own| path.ends_with(own)) {
                continue;
            }
            // A file that went away in between is no file.
            let Ok(known) = path.symlink_metadata() else { continue };
            let skip = match self.reason(&path, &known) {
                Some(skip) => skip,
                None => {
                    let stamp = Stamp::of(&known);
                    let since = match self.seen.get(&path) {
                        Some((before, since)) if *before == stamp => *since,
                        _ => now,
                    };
                    seen.insert(path.clone(), (stamp, since));
                    if now.saturating_duration_since(since) >= self.settle {
                        ready.push((stamp.changed, path));
                        continue;
                    }
                    Skip::Growing
                }
            };
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if matches!(skip, Skip::Growing | Skip::Open | Skip::SecondName) {
                look.waiting.push(name.clone());
            }
            if skip != Skip::Growing && self.said.get(&path) != Some(&skip) {
                look.skipped.push((name, skip));
            }
            said.insert(path, skip);
        }
        (self.seen, self.said) = (seen, said);
        ready.sort();
        look.ready = ready.into_iter().map(|(_, path)| path).collect();
        Ok(look)
    }

    fn reason(&self, path: &Path, known: &Metadata) -> Option<Skip> {
        let name = path.file_name().and_then(|name| name.to_str());
        if known.is_symlink() {
            return Some(Skip::Link);
        }
        if !known.is_file() {
            return Some(Skip::Kind);
        }
        let Some(name) = name.filter(|name| is_plain(name)) else { return Some(Skip::Name) };
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let is = |list: &[&str]| list.iter().any(|known| ending.eq_ignore_ascii_case(known));
        if name.starts_with(['.', '~', '#']) || name.ends_with('~') || is(&UNFINISHED) {
            return Some(Skip::Unfinished);
        }
        if !is(&ORDERS) {
            return Some(Skip::Ending);
        }
        if self.is_open(name) {
            return Some(Skip::Open);
        }
        (names(known) > 1).then_some(Skip::SecondName)
    }

    /// Whether Excel or LibreOffice has a workbook open, by the file that they then keep beside it.
    fn is_open(&self, name: &str) -> bool {
        let shortened = name.char_indices().nth(2).map(|(at, _)| format!("~${}", &name[at..]));
        let beside = [Some(format!("~${name}")), shortened, Some(format!(".~lock.{name}#"))];
        beside.into_iter().flatten().any(|lock| self.folder.join(lock).symlink_metadata().is_ok())
    }
}

/// Whether a name can be shown and derived from: it hides nothing, and is not taken for an option.
fn is_plain(name: &str) -> bool {
    name.len() <= NAME_MAX && !name.starts_with('-') && files::shown(name) == name
}

#[cfg(unix)]
fn names(known: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(known)
}

#[cfg(not(unix))]
fn names(_: &Metadata) -> u64 {
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    const SETTLE: Duration = Duration::from_secs(3);

    fn inbox(folder: &Path) -> Inbox {
        Inbox::new(folder, &["done", ".lock"], SETTLE)
    }

    fn ready(look: &InboxLook) -> Vec<&str> {
        look.ready.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect()
    }

    #[test]
    fn a_file_is_taken_once_it_no_longer_changes() {
        let folder = tempfile::tempdir().unwrap();
        let (mut inbox, begun) = (inbox(folder.path()), Instant::now());
        let at = |seconds| begun + Duration::from_secs(seconds);
        let path = folder.path().join("orders.csv");
        fs::write(&path, "a").unwrap();
        for second in 0..3 {
            let look = inbox.look(at(second)).unwrap();
            assert_eq!((ready(&look).len(), &*look.waiting), (0, &["orders.csv".to_owned()][..]));
        }
        fs::write(&path, "ab").unwrap();
        assert!(inbox.look(at(4)).unwrap().ready.is_empty(), "it has grown");
        assert!(inbox.look(at(6)).unwrap().ready.is_empty());
        assert_eq!(ready(&inbox.look(at(7)).unwrap()), ["orders.csv"]);
        // Another file of that name begins anew.
        fs::remove_file(&path).unwrap();
        inbox.look(at(8)).unwrap();
        fs::write(&path, "ab").unwrap();
        assert!(inbox.look(at(9)).unwrap().ready.is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn what_is_not_taken_is_said_once_with_its_reason() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt as _;
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("whole.csv"), "a").unwrap();
        std::os::unix::fs::symlink(at("whole.csv"), at("link.csv")).unwrap();
        fs::create_dir(at("folder.csv")).unwrap();
        fs::create_dir(at("done")).unwrap();
        std::process::Command::new("mkfifo").arg(at("pipe.csv")).status().unwrap();
        fs::write(at("two.csv"), "a").unwrap();
        fs::hard_link(at("two.csv"), at("names.csv")).unwrap();
        for name in ["\u{1b}[2J.csv", "a\nb.csv", "-rf.csv", "\u{202e}vsc.csv", &"x".repeat(210)] {
            fs::write(at(name), "a").unwrap();
        }
        fs::write(folder.path().join(OsStr::from_bytes(b"\xff.csv")), "a").unwrap();
        for name in
            ["o.csv.part", "o.crdownload", ".hidden.csv", "o.csv~", "readme.md", "book.xlsx", "~$book.xlsx"]
        {
            fs::write(at(name), "a").unwrap();
        }
        let (mut inbox, now) = (inbox(folder.path()), Instant::now());
        let mut skipped = inbox.look(now).unwrap().skipped;
        skipped.sort_by(|a, b| a.0.cmp(&b.0));
        let reason = |name: &str| skipped.iter().find(|(shown, _)| shown == name).map(|(_, skip)| *skip);
        for (name, skip) in [
            ("link.csv", Skip::Link),
            ("folder.csv", Skip::Kind),
            ("pipe.csv", Skip::Kind),
            ("two.csv", Skip::SecondName),
            ("names.csv", Skip::SecondName),
            ("\u{1b}[2J.csv", Skip::Name),
            ("a\nb.csv", Skip::Name),
            ("-rf.csv", Skip::Name),
            ("\u{202e}vsc.csv", Skip::Name),
            ("\u{fffd}.csv", Skip::Name),
            ("o.csv.part", Skip::Unfinished),
            ("o.crdownload", Skip::Unfinished),
            (".hidden.csv", Skip::Unfinished),
            ("~$book.xlsx", Skip::Unfinished),
            ("o.csv~", Skip::Unfinished),
            ("readme.md", Skip::Ending),
            ("book.xlsx", Skip::Open),
        ] {
            assert_eq!(reason(name), Some(skip), "{name}: {skipped:?}");
        }
        assert_eq!(skipped.len(), 18, "{skipped:?}");
        let later = inbox.look(now + SETTLE).unwrap();
        assert!(later.skipped.is_empty());
        assert_eq!(ready(&later), ["whole.csv"]);
        fs::remove_file(at("~$book.xlsx")).unwrap();
        inbox.look(now + SETTLE).unwrap();
        assert_eq!(ready(&inbox.look(now + SETTLE * 2).unwrap()).len(), 2);
    }
}
