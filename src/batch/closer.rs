//! Syncs and renames finished parts on a background thread, while the next part is written.
//!
//! In go [closing requests](Closing); out come the [records](PartRecord) of the parts that are safe on disk. The
//! thread stores the manifest only after the files that it lists are synced and renamed. It stops at the first
//! error, and the batch stops with it.

use super::manifest::{Manifest, ManifestFile, PartRecord};
use super::output::Sealed;
use crate::files::{self, FileError};
use std::fs::File;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::{self, JoinHandle};

/// A request to make some files durable.
pub(super) struct Closing {
    /// A complete part, and whether it is the only one of the batch.
    pub(super) sealed: Option<(Sealed, bool)>,
    /// Files to sync.
    pub(super) handles: Vec<File>,
    /// Files to rename from their hidden names.
    pub(super) finish: Vec<files::PartFile>,
    /// The state to store afterwards; `None` stores nothing and reports no part.
    pub(super) manifest: Option<Manifest>,
}

/// Syncs and renames parts on a background thread.
pub(super) struct Closer {
    to: Option<SyncSender<Box<Closing>>>,
    from: Receiver<Result<Option<PartRecord>, FileError>>,
    /// Requests that are not yet answered.
    open: usize,
    thread: Option<JoinHandle<()>>,
}

impl Closer {
    /// Starts the thread; it stores manifests in the given file, if there is one.
    pub(super) fn new(manifest: Option<&ManifestFile>) -> Self {
        let file = manifest.cloned();
        // A queue of one: a slow disk blocks the writer, so that unsynced parts do not pile up in memory.
        let (to, closings) = sync_channel(1);
        let (done, from) = channel();
        let thread = thread::spawn(move || close_all(file.as_ref(), &closings, &done));
        Self { to: Some(to), from, open: 0, thread: Some(thread) }
    }

    /// Queues a request; blocks while another one waits.
    pub(super) fn close(&mut self, closing: Closing) {
        self.open += 1;
        // The thread ends early only with an error, which `poll` returns.
        let _ended = self.to.as_ref().map(|to| to.send(Box::new(closing)).is_err());
    }

    /// Syncs what was written to a file so far, unless the thread is busy: an early sync is optional.
    pub(super) fn sync(&mut self, file: File) {
        if self.open == 0 {
            self.close(Closing { sealed: None, handles: vec![file], finish: Vec::new(), manifest: None });
        }
    }

    /// Reports the parts finished since the last call; does not block.
    ///
    /// # Errors
    /// The [`FileError`] that ended the thread.
    pub(super) fn poll(&mut self, report: &mut dyn FnMut(&PartRecord)) -> Result<(), FileError> {
        while let Ok(result) = self.from.try_recv() {
            self.open -= 1;
            if let Some(record) = result? {
                report(&record);
            }
        }
        Ok(())
    }

    /// Waits until every request is done, and reports the parts finished since the last [`poll`](Self::poll).
    ///
    /// # Errors
    /// The [`FileError`] that ended the thread.
    pub(super) fn finish(mut self, report: &mut dyn FnMut(&PartRecord)) -> Result<(), FileError> {
        // Dropping the sender ends the thread's loop.
        self.to = None;
        if let Some(thread) = self.thread.take()
            && let Err(panic) = thread.join()
        {
            std::panic::resume_unwind(panic);
        }
        self.poll(report)
    }
}

/// The thread: closes one request after another, and ends at the first error.
fn close_all(
    file: Option<&ManifestFile>,
    closings: &Receiver<Box<Closing>>,
    done: &Sender<Result<Option<PartRecord>, FileError>>,
) {
    for closing in closings {
        let parts = closing.manifest.as_ref().map(|manifest| &manifest.parts);
        let record = parts.filter(|_| closing.sealed.is_some()).and_then(|parts| parts.last().cloned());
        let result = close_one(file, *closing).map(|()| record);
        let failed = result.is_err();
        // The receiver is gone once the writer has failed.
        let _gone = done.send(result);
        if failed {
            return;
        }
    }
}

/// The order matters after a crash: sync, then rename, then the manifest that lists the part.
fn close_one(file: Option<&ManifestFile>, closing: Closing) -> Result<(), FileError> {
    for handle in &closing.handles {
        handle.sync_data().map_err(|error| FileError::new(Path::new("the output"), "sync", error))?;
    }
    if let Some((sealed, only)) = closing.sealed {
        sealed.finish(only)?;
    }
    drop(closing.handles);
    for part in closing.finish {
        part.finish()?;
    }
    match (file, closing.manifest) {
        (Some(file), Some(manifest)) => file.store(&manifest),
        _ => Ok(()),
    }
}
