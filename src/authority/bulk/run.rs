//! The run: opened or resumed in its folder, then made on all cores, one journal entry for each step.

use super::error::{BulkError, MakeError};
use super::journal::{JournalHead, MAGIC, RUN_MAX, file_name};
use super::order::{BulkReach, GrantOrder};
use crate::authority::day_keys::DayKeys;
use crate::authority::issue::{Destination, Limits, Lives, issue_within, let_give, pass};
use crate::files::{self, Access};
use crate::keys::Day;
use crate::signed::certificate::SignsGrants;
use crate::signed::grant::GrantError;
use base16ct::lower::encode_string;
use std::collections::HashSet;
use std::fs;
use std::io::Write as _;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};

/// Grants between two syncs of the journal: few enough that an interruption costs little.
const STEP: usize = 1024;

/// A run: its folder, its serial, and the grants that are done.
pub struct BulkRun {
    folder: PathBuf,
    /// The serial of all its grants.
    pub serial: u64,
    /// The time of issue of all its grants, seconds since 1970.
    pub issued: u64,
    done: HashSet<String>,
    lives: Lives,
    gives: bool,
}

impl BulkRun {
    /// Begins a run in a folder, or resumes the one that is there. `digest` is the SHA-256 of the orders, `over` the last
    /// day on which any grant is of use; `first` gives serial and time of issue of a new run.
    ///
    /// # Errors
    /// [`BulkError`]; [`BulkError::OtherRun`] if the folder has a run of other orders.
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
                // Without its torn last line, so that the next entry begins a line of its own.
                if let Some((whole, _)) = text.rsplit_once('\n').filter(|(_, torn)| !torn.is_empty()) {
                    files::write(&path, format!("{whole}\n").as_bytes(), Access::Owner)
                        .map_err(BulkError::File)?;
                }
                Ok(Self {
                    folder: folder.to_owned(),
                    serial: head.serial,
                    issued: head.issued,
                    done,
                    lives: Lives::default(),
                    gives: true,
                })
            }
            Err(error) if error.is_missing() => {
                fs::create_dir_all(folder)
                    .map_err(|error| BulkError::Folder { folder: folder.to_owned(), error })?;
                // The folder is made first: a folder that cannot be made uses up no serial.
                let (serial, issued) = first()?;
                let head = format!("{MAGIC}\nrun {digest}\nserial {serial}\nissued {issued}\nover {over}\n");
                files::write(&path, head.as_bytes(), Access::Owner).map_err(BulkError::File)?;
                Ok(Self {
                    folder: folder.to_owned(),
                    serial,
                    issued,
                    done: HashSet::new(),
                    lives: Lives::default(),
                    gives: true,
                })
            }
            Err(error) => Err(BulkError::File(error)),
        }
    }

    /// Leaves out keys of a station for days on which it does not exist.
    #[must_use]
    pub fn within(self, lives: Lives) -> Self {
        Self { lives, ..self }
    }

    /// Lets no device give passes of labels that it opens.
    #[must_use]
    pub fn without_passes(self) -> Self {
        Self { gives: false, ..self }
    }

    /// The number of grants that are done.
    #[must_use]
    pub fn done(&self) -> usize {
        self.done.len()
    }

    /// Makes the grants that are not done yet, on all cores; `progress` is called with the number of orders processed
    /// since its last call. An order that fails is returned with its line, and does not stop the others.
    ///
    /// # Errors
    /// [`BulkError`] if a file cannot be written; grants that are done stay, and a resumed run does not make them again.
    pub fn make(
        &mut self,
        keys: &(impl DayKeys + Sync),
        signer: &(impl SignsGrants + Sync),
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
                        .map(|order| (order.line, this.make_one(keys, signer, order, destinations, limit)))
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
                    // A disk that is full fails every further grant; grants of this step are journalled first.
                    Err(MakeError::Grant(GrantError::File(error))) => stopped = Some(error),
                    Err(error) => failed.push((line, error)),
                }
            }
            // Grants are synced before the journal names them, so that a journal entry is always true.
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

    fn make_one(
        &self,
        keys: &impl DayKeys,
        signer: &impl SignsGrants,
        order: &GrantOrder,
        destinations: &[Destination],
        limit: Limits,
    ) -> Result<(), MakeError> {
        let mut terms = order.terms.clone();
        terms.serial = self.serial;
        terms.issued = self.issued;
        let path = self.folder.join(file_name(&terms.to));
        let mut grant = match &order.reach {
            BulkReach::Pass(texts, tiers) => pass(keys, terms, texts, tiers, order.days, limit),
            reach => issue_within(keys, terms, &reach.scope(destinations), order.days, limit, &self.lives),
        }
        .map_err(MakeError::Issue)?;
        if self.gives {
            let_give(&mut grant, signer).map_err(MakeError::Issue)?;
        }
        let bytes = grant.to_file(signer).map_err(MakeError::Grant)?;
        files::write_unsynced(&path, &bytes, Access::Owner)
            .map_err(|error| MakeError::Grant(GrantError::File(error)))
    }
}

#[cfg(test)]
mod tests;
