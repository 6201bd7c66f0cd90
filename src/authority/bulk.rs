//! Grants of many devices in one run, which can be stopped and taken up again.
//!
//! Each device gets `FOLDER/<name>.grant`. The file `FOLDER/run` says what the run is and which grants are on
//! the disk: a run of the same orders skips these, and a run of others is refused. Serial and time of issue are
//! the first run's, so that taking it up again gives the same bytes.
//!
//! ```text
//! wayseal grants 1
//! run 5f2c…                    SHA-256 of what is ordered
//! serial 1795516334
//! issued 1795516334
//! over 2026-12-07              the last day on which any of them is of use
//! done pda-17                  one line a grant
//! ```

use crate::authority::day_keys::{DayKeys, Days, IssueError};
use crate::authority::issue::{Destination, GrantTerms, Limits, Scope, issue};
use crate::device::state;
use crate::files::{self, Access, FileError};
use crate::keys::{Day, Region, SealerId, Tier};
use crate::signed::grant::GrantError;
use crate::signed::signer::Signs;
use base16ct::lower::encode_string;
use std::collections::HashSet;
use std::fs;
use std::io::Write as _;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Grants between two entries in the journal.
const STEP: usize = 1024;
const MAGIC: &str = "wayseal grants 1";
/// The largest journal read: a million grants.
const RUN_MAX: u64 = 128 * 1024 * 1024;

/// What a device is to reach.
#[derive(Clone, Debug)]
pub enum BulkReach {
    /// Leaf keys to all the destinations of the run.
    Sealer(SealerId),
    /// Site keys.
    Scanner(Vec<Destination>, Vec<Tier>),
    /// Region keys.
    Region(Vec<Region>, Vec<Tier>),
    /// Contact keys of stations.
    Relay(Vec<Destination>),
}

/// One grant that is ordered.
#[derive(Clone, Debug)]
pub struct GrantOrder {
    /// Where it was ordered: the line of a file.
    pub line: usize,
    /// Whom it is for and on which terms.
    pub terms: GrantTerms,
    /// What it reaches.
    pub reach: BulkReach,
    /// Its days.
    pub days: Days,
}

/// A run: its folder, its serial, and what is done.
pub struct BulkRun {
    folder: PathBuf,
    /// The serial of all its grants.
    pub serial: u64,
    /// The time of issue of all its grants, seconds since 1970.
    pub issued: u64,
    done: HashSet<String>,
}

impl BulkRun {
    /// Begins a run in a folder, or takes up the one that is there. `digest` is of all that is ordered;
    /// `first` gives serial and time of a new run.
    ///
    /// # Errors
    /// [`BulkError`], also if another run is there.
    pub fn open(
        folder: &Path,
        digest: &[u8; 32],
        over: Day,
        first: impl FnOnce() -> Result<(u64, u64), BulkError>,
    ) -> Result<Self, BulkError> {
        let path = folder.join("run");
        let digest = encode_string(digest);
        match files::read(&path, RUN_MAX) {
            Ok(bytes) => {
                let text = String::from_utf8(bytes).map_err(|_| BulkError::Damaged(path.clone()))?;
                let head = JournalHead::parse(&text).ok_or_else(|| BulkError::Damaged(path.clone()))?;
                if head.digest != digest {
                    return Err(BulkError::OtherRun(folder.to_owned()));
                }
                let done = head.done.map(str::to_owned).collect();
                if let Some((whole, _)) = text.rsplit_once('\n').filter(|(_, torn)| !torn.is_empty()) {
                    files::write(&path, format!("{whole}\n").as_bytes(), Access::Owner)
                        .map_err(BulkError::File)?;
                }
                Ok(Self { folder: folder.to_owned(), serial: head.serial, issued: head.issued, done })
            }
            Err(error) if error.is_missing() => {
                fs::create_dir_all(folder)
                    .map_err(|error| BulkError::Folder { folder: folder.to_owned(), error })?;
                let (serial, issued) = first()?;
                let head = format!("{MAGIC}\nrun {digest}\nserial {serial}\nissued {issued}\nover {over}\n");
                files::write(&path, head.as_bytes(), Access::Owner).map_err(BulkError::File)?;
                Ok(Self { folder: folder.to_owned(), serial, issued, done: HashSet::new() })
            }
            Err(error) => Err(BulkError::File(error)),
        }
    }

    /// How many grants were on the disk already.
    #[must_use]
    pub fn done(&self) -> usize {
        self.done.len()
    }

    /// Makes the grants that are not done yet, on all cores; `progress` hears how many were added. A grant that
    /// cannot be made is returned with its line, and the others go on.
    ///
    /// # Errors
    /// [`BulkError::File`] if a file cannot be written: what was done before is kept and not made again.
    pub fn make(
        &mut self,
        keys: &(impl DayKeys + Sync),
        signer: &(impl Signs + Sync),
        orders: &[GrantOrder],
        destinations: &[Destination],
        limit: Limits,
        progress: impl Fn(usize),
    ) -> Result<Vec<(usize, MakeError)>, BulkError> {
        let left: Vec<&GrantOrder> =
            orders.iter().filter(|order| !self.done.contains(&order.terms.to)).collect();
        let mut journal = fs::OpenOptions::new()
            .append(true)
            .open(self.folder.join("run"))
            .map_err(|error| BulkError::Folder { folder: self.folder.clone(), error })?;
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let mut failed = Vec::new();
        for step in left.chunks(STEP) {
            let this = &*self;
            let results: Vec<_> = std::thread::scope(|scope| {
                let work = |part: &[&GrantOrder]| {
                    part.iter()
                        .map(|order| (order.line, this.one(keys, signer, order, destinations, limit)))
                        .collect::<Vec<_>>()
                };
                let threads: Vec<_> = step
                    .chunks(step.len().div_ceil(cores))
                    .map(|part| scope.spawn(move || work(part)))
                    .collect();
                threads
                    .into_iter()
                    .flat_map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
                    .collect()
            });
            let mut names = Vec::with_capacity(step.len());
            let mut stopped = None;
            for (order, (line, result)) in step.iter().zip(results) {
                match result {
                    Ok(()) => names.push(order.terms.to.clone()),
                    Err(MakeError::Grant(GrantError::File(error))) => stopped = Some(error),
                    Err(error) => failed.push((line, error)),
                }
            }
            files::sync_all(&self.folder)
                .map_err(|error| BulkError::Folder { folder: self.folder.clone(), error })?;
            let lines: String = names.iter().flat_map(|name| ["done ", name, "\n"]).collect();
            journal
                .write_all(lines.as_bytes())
                .and_then(|()| journal.sync_data())
                .map_err(|error| BulkError::Folder { folder: self.folder.clone(), error })?;
            progress(step.len());
            self.done.extend(names);
            if let Some(error) = stopped {
                return Err(BulkError::File(error));
            }
        }
        Ok(failed)
    }

    fn one(
        &self,
        keys: &impl DayKeys,
        signer: &impl Signs,
        order: &GrantOrder,
        destinations: &[Destination],
        limit: Limits,
    ) -> Result<(), MakeError> {
        let mut terms = order.terms.clone();
        terms.serial = self.serial;
        terms.issued = self.issued;
        let path = self.folder.join(file_name(&terms.to));
        let grant = issue(keys, terms, &order.reach.scope(destinations), order.days, limit)
            .map_err(MakeError::Issue)?;
        let bytes = grant.to_file(signer).map_err(MakeError::Grant)?;
        files::write_unsynced(&path, &bytes, Access::Owner)
            .map_err(|error| MakeError::Grant(GrantError::File(error)))
    }
}

impl GrantOrder {
    /// The last day on which its grant is of use.
    #[must_use]
    pub fn over(&self) -> Day {
        state::last_use(self.reach.scope(&[]).role(), self.days.from, self.days.until)
    }
}

impl BulkReach {
    /// The scope, for a sealer to these destinations.
    #[must_use]
    pub fn scope<'a>(&'a self, destinations: &'a [Destination]) -> Scope<'a> {
        match self {
            Self::Sealer(sealer) => Scope::Sealer { sealer: *sealer, destinations },
            Self::Scanner(stations, tiers) => Scope::Scanner { tiers, stations },
            Self::Region(regions, tiers) => Scope::Region { tiers, regions },
            Self::Relay(stations) => Scope::Relay { stations },
        }
    }
}

/// The file of a holder's grant, if the holder's name can be a file's.
#[must_use]
pub fn is_file_name(name: &str) -> bool {
    let good = |c: char| c.is_alphanumeric() || "._-@+".contains(c);
    !name.is_empty() && !name.starts_with('.') && name.chars().all(good)
}

fn file_name(name: &str) -> String {
    format!("{name}.grant")
}

/// What a run left in a folder.
pub struct Left {
    /// The last day on which any of its grants is of use.
    pub over: Day,
    /// Its files, the journal last.
    pub files: Vec<PathBuf>,
}

/// The run that left a folder, if there is one.
///
/// # Errors
/// [`BulkError`].
pub fn left(folder: &Path) -> Result<Option<Left>, BulkError> {
    let path = folder.join("run");
    let bytes = match files::read(&path, RUN_MAX) {
        Ok(bytes) => bytes,
        Err(error) if error.is_missing() => return Ok(None),
        Err(error) => return Err(BulkError::File(error)),
    };
    let text = String::from_utf8(bytes).map_err(|_| BulkError::Damaged(path.clone()))?;
    let Some(head) = JournalHead::parse(&text) else { return Err(BulkError::Damaged(path)) };
    let files = head.done.filter(|name| is_file_name(name)).map(|name| folder.join(file_name(name)));
    let files = files.filter(|file| file.exists()).chain([path.clone()]).collect();
    Ok(Some(Left { over: head.over, files }))
}

struct JournalHead<'a, D> {
    digest: &'a str,
    serial: u64,
    issued: u64,
    over: Day,
    done: D,
}

impl<'a> JournalHead<'a, ()> {
    fn parse(text: &'a str) -> Option<JournalHead<'a, impl Iterator<Item = &'a str>>> {
        // A line without its end was being written when the run was stopped.
        let (whole, _) = text.rsplit_once('\n')?;
        let mut lines = whole.lines();
        if lines.next()? != MAGIC {
            return None;
        }
        let mut field = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ');
        let (digest, serial, issued, over) =
            (field("run")?, field("serial")?, field("issued")?, field("over")?);
        Some(JournalHead {
            digest,
            serial: serial.parse().ok()?,
            issued: issued.parse().ok()?,
            over: over.parse().ok()?,
            done: lines.filter_map(|line| line.strip_prefix("done ")),
        })
    }
}

/// Why one grant of a run is not made.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum MakeError {
    /// Its scope or days.
    #[error(transparent)]
    Issue(#[from] IssueError),
    /// Its terms, its envelope or its file.
    #[error(transparent)]
    Grant(#[from] GrantError),
}

/// Why a run stops.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum BulkError {
    /// A file cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// The folder cannot be made, or its journal not be written.
    #[error("cannot write {}: {error}", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        #[source]
        error: std::io::Error,
    },
    /// The journal is none.
    #[error("{}: not the journal of a run; choose another folder", .0.display())]
    Damaged(PathBuf),
    /// The folder is another run's.
    #[error(
        "{} holds the grants of another run; choose another folder, or remove this one with its grants",
        .0.display()
    )]
    OtherRun(PathBuf),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authority::custody::Authority;
    use crate::authority::day_keys::DayCache;
    use crate::keys::Site;
    use crate::signed::grant::Grant;
    use crate::signed::moment::Moment;

    const TODAY: Day = Day::new(2500);

    fn orders(count: u16) -> Vec<GrantOrder> {
        let order = |number: u16| {
            let stations = vec![(Region::new(9).unwrap(), Site::new(number).unwrap())];
            GrantOrder {
                line: usize::from(number) + 2,
                terms: GrantTerms::new(format!("pda-{number}"), 0, 0),
                reach: BulkReach::Scanner(stations, vec![Tier::Delivery, Tier::Contact]),
                days: Days::ending(TODAY, 14),
            }
        };
        (0..count).map(order).collect()
    }

    #[test]
    fn a_run_that_was_stopped_is_taken_up_again_with_the_same_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let authority = Authority::generate(0).unwrap();
        let orders = orders(2100);
        let keys = DayCache::new(&authority, Days::ending(TODAY, 14)).unwrap();
        let now = Moment::start_of(TODAY).0;
        let open = |serial| BulkRun::open(folder.path(), &[1; 32], TODAY, || Ok((serial, now)));
        let mut run = open(77).unwrap();
        run.make(&keys, &authority, &orders[..1500], &[], Limits::Kept, |_| {}).unwrap();
        drop(run);

        // A grant that was done is not looked at again; a torn last line of the journal counts for nothing.
        let first = folder.path().join("pda-3.grant");
        let before = fs::metadata(&first).unwrap().modified().unwrap();
        let mut journal = fs::OpenOptions::new().append(true).open(folder.path().join("run")).unwrap();
        journal.write_all(b"done pda-1999").unwrap();
        drop(journal);
        let mut run = open(99).unwrap();
        assert_eq!((run.done(), run.serial), (1500, 77));
        let failed = run.make(&keys, &authority, &orders, &[], Limits::Kept, |_| {}).unwrap();
        assert!(failed.is_empty());
        assert_eq!(fs::metadata(&first).unwrap().modified().unwrap(), before);
        for order in &orders {
            let path = folder.path().join(file_name(&order.terms.to));
            let grant = Grant::load(&path, &authority.public(), None).unwrap();
            assert_eq!((grant.to.as_str(), grant.serial), (order.terms.to.as_str(), 77));
            assert_eq!(grant.nodes.len(), 28);
        }
        let left = left(folder.path()).unwrap().unwrap();
        assert_eq!(left.over, TODAY);
        assert_eq!(left.files.len(), 2101);

        let other = BulkRun::open(folder.path(), &[2; 32], TODAY, || Ok((1, now)));
        assert!(matches!(other, Err(BulkError::OtherRun(_))));
    }

    #[test]
    fn one_that_cannot_be_made_is_named_by_its_line_and_the_others_go_on() {
        let folder = tempfile::tempdir().unwrap();
        let authority = Authority::generate(0).unwrap();
        let keys = DayCache::new(&authority, Days::ending(TODAY, 14)).unwrap();
        let mut orders = orders(5);
        orders[2].terms.device = "age1nobody".into();
        orders[3].days = Days::ending(TODAY, 15);
        let now = Moment::start_of(TODAY).0;
        let mut run = BulkRun::open(folder.path(), &[1; 32], TODAY, || Ok((1, now))).unwrap();
        let failed = run.make(&keys, &authority, &orders, &[], Limits::Kept, |_| {}).unwrap();
        let lines: Vec<_> = failed.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [4, 5]);
        assert_eq!(run.done(), 3);
        assert!(!folder.path().join("pda-3.grant").exists());
    }

    #[test]
    fn names_that_leave_the_folder_are_none() {
        for name in ["", ".", "..", "a/b", "a\\b", ".run", "a b"] {
            assert!(!is_file_name(name), "{name}");
        }
        assert!(is_file_name("深圳-pda_17@sz.1"));
    }
}
