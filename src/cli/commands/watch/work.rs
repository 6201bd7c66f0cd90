//! The loop: what is in hand first, then what has arrived, one file at a time.

use super::inbox::{Inbox, Skip, Stamp};
use super::job::{FOLDERS, Folders, Job};
use super::printing::{self, PrintEnd};
use super::report::Reporter;
use crate::cli::commands::seal::SealedBatch;
use crate::cli::failure::Failure;
use crate::cli::interrupt::Interrupt;
use crate::cli::language::Language;
use crate::cli::language::watch as text;
use crate::cli::settings::watch::WatchPlan;
use serde_json::json;
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};
use wayseal::batch::manifest::KeptRows;
use wayseal::batch::output::OutputTarget;
use wayseal::files::FileLock;

/// Time between two looks at the folder, at most.
const LOOK: Duration = Duration::from_secs(1);
/// Time before a file is tried again that failed by no fault of its own.
const RETRY: Duration = Duration::from_secs(10);
/// Time within which Ctrl-C is noticed.
const NOTICE: Duration = Duration::from_millis(50);
const LOCK: &str = ".wayseal-watch.lock";

/// What became of a file.
enum Outcome {
    Done,
    /// Some of its orders, or all of it, need somebody's attention.
    Attention,
    /// By no fault of the file.
    Later(Failure),
}

impl WatchPlan<'_> {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        let (folders, report) = (Folders(&self.folder), Reporter { language, json: self.json });
        let fail = |error: io::Error| {
            Failure::input(format!("{}: {}", self.folder.display(), language.system(&error)))
        };
        std::fs::read_dir(&self.folder).map_err(fail)?;
        let lock = FileLock::take(&self.folder.join(LOCK));
        let lock = lock.map_err(|error| Failure::output(language.written(&error)))?;
        let Some(_lock) = lock else {
            return Err(Failure::output(format!(
                "{}: {}",
                self.folder.display(),
                language.of(text::WATCHED)
            )));
        };
        folders.make().map_err(fail)?;
        // What is wrong with grant, stations or template is no fault of any file.
        self.seal(Path::new("-"), "-", folders.failed())?.check(language)?;
        let interrupt = Interrupt::listen(language, Some(text::FINISHING_FILE).filter(|_| !self.json))?;
        let shown = self.folder.display().to_string();
        report
            .tell(&json!({"event": "watching", "folder": shown}), Some(&text::watching(language, &shown)))?;
        let mut inbox = Inbox::new(&self.folder, &[&FOLDERS[..], &[LOCK]].concat(), self.settle);
        let mut attention = false;
        let mut first = true;
        loop {
            let mut jobs = folders.in_hand().map_err(fail)?;
            let look = inbox.look(Instant::now()).map_err(fail)?;
            for (file, skip) in &look.skipped {
                report.skipped(file, *skip)?;
            }
            let mut later = None;
            let mut ready = look.ready.into_iter();
            while later.is_none() && !interrupt.is_set() {
                let job = if jobs.is_empty() {
                    let Some(path) = ready.next() else { break };
                    match self.take(folders, &path, report) {
                        Ok(Some(job)) => job,
                        Ok(None) => continue,
                        // On Windows, whoever still has it open.
                        Err(failure) => {
                            later = Some(failure);
                            continue;
                        }
                    }
                } else {
                    jobs.remove(0)
                };
                match self.work(job, &interrupt, language, report)? {
                    Outcome::Done => {}
                    Outcome::Attention => attention = true,
                    Outcome::Later(failure) => later = Some(failure),
                }
            }
            if interrupt.is_set() {
                break;
            }
            if self.once && !first {
                for file in &look.waiting {
                    report.skipped(file, Skip::Growing)?;
                }
                return later.map_or(Ok(u8::from(attention)), Err);
            }
            let pause = match later {
                Some(failure) => {
                    let error = failure.message(language);
                    let line = format!("wayseal: {error}; {}", language.of(text::RETRY));
                    report.wrong(&json!({"event": "retry", "error": error}), &line)?;
                    RETRY
                }
                None if self.once => self.settle + NOTICE,
                None => LOOK.min(self.settle),
            };
            first = false;
            wait(pause, &interrupt);
        }
        report.tell(&json!({"event": "stopped"}), Some(language.of(text::STOPPED)))?;
        Ok(u8::from(attention))
    }

    /// Takes a file into hand; `None` if it went away.
    fn take<'a>(
        &self,
        folders: Folders<'a>,
        path: &Path,
        report: Reporter,
    ) -> Result<Option<Job<'a>>, Failure> {
        let is_used = |name: &str| {
            let out = self.out_of(name);
            let manifest =
                OutputTarget::new(&out, self.format()).ok().and_then(|it| it.beside("manifest.json"));
            out.symlink_metadata().is_ok() || manifest.is_some_and(|path| path.symlink_metadata().is_ok())
        };
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match folders.take(path, &is_used) {
            Ok(job) => {
                let event = json!({"event": "taken", "file": file, "name": job.name});
                let line = (job.file() != file).then(|| text::took(report.language, &file, job.file()));
                report.tell(&event, line.as_deref())?;
                Ok(Some(job))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Failure::output(format!("{file}: {}", report.language.system(&error)))),
        }
    }

    /// Seals a file in hand, prints its labels, and moves it to where it belongs.
    fn work(
        &self,
        job: Job<'_>,
        interrupt: &Interrupt,
        language: Language,
        report: Reporter,
    ) -> Result<Outcome, Failure> {
        let Ok(before) = job.stamp() else {
            return self.fail(&job, &language.system(&io::ErrorKind::InvalidInput.into()), language, report);
        };
        let plan = self.seal(&job.path, &job.name, job.rejects())?;
        // Ctrl-C finishes the file in hand.
        let sealed = plan.seal(language, &Interrupt::none());
        match sealed {
            Ok(sealed) => self.sealed(&job, (&sealed, before), interrupt, language, report),
            // 2: its columns; 4: its content. A key, a disk or a printer is no fault of the file.
            Err(failure) if matches!(failure.code(), 2 | 4) => {
                self.fail(&job, &failure.message(language), language, report)
            }
            Err(_) if plan.is_stranded() => self.fail(&job, language.of(text::STRANDED), language, report),
            Err(failure) => Ok(Outcome::Later(failure)),
        }
    }

    fn sealed(
        &self,
        job: &Job<'_>,
        (sealed, before): (&SealedBatch, Stamp),
        interrupt: &Interrupt,
        language: Language,
        report: Reporter,
    ) -> Result<Outcome, Failure> {
        if job.stamp().ok() != Some(before) {
            return self.fail(job, language.of(text::CHANGED), language, report);
        }
        let manifest = &sealed.manifest;
        let written = |error| Failure::output(language.written(&error));
        let labels = self.out_of(&job.name).display().to_string();
        let mut attention = manifest.rejected > 0;
        if let (Some(printer), true) = (&self.print, manifest.labels > 0) {
            match printing::print(Path::new(&labels), printer, interrupt, self.json, language) {
                Ok(PrintEnd::Whole) => {}
                Ok(PrintEnd::Unknown(why)) => {
                    attention = true;
                    let why = text::why_not_printed(
                        language,
                        &labels,
                        &printer.address,
                        why,
                        printer.ledger.display(),
                    );
                    job.explain(".print", &why).map_err(written)?;
                    let event = json!({"event": "print_unknown", "file": job.file(), "error": why});
                    report.wrong(&event, &why)?;
                }
                Err(failure) => return Ok(Outcome::Later(failure)),
            }
        }
        let rejects = manifest.rejects.iter().filter(|note| note.kept == KeptRows::Rejected);
        let files: Vec<&str> = rejects.map(|note| &*note.file).collect();
        if manifest.rejected > 0 {
            let (rejected, rows) = (manifest.rejected, manifest.rows);
            let why = text::why_rejected(language, rejected, rows, job.file(), &labels, files.join(", "));
            job.explain(".rejects", &why).map_err(written)?;
        }
        let (file, name) = (job.file(), job.name.clone());
        let to = match job.done() {
            Ok(to) => to.display().to_string(),
            Err(error) => return Ok(Outcome::Later(Failure::output(language.system(&error)))),
        };
        let event = json!({
            "event": "done", "file": file, "name": name, "to": to, "out": labels, "rows": manifest.rows,
            "labels": manifest.labels, "rejected": manifest.rejected, "rejects": files,
        });
        report.tell(&event, Some(&text::done(language, file, to)))?;
        Ok(if attention { Outcome::Attention } else { Outcome::Done })
    }

    /// Moves a file to `failed/`, with a text that says why.
    fn fail(
        &self,
        job: &Job<'_>,
        why: &str,
        language: Language,
        report: Reporter,
    ) -> Result<Outcome, Failure> {
        let file = job.file();
        let text = text::why_failed(language, &file, why);
        job.explain("", &text).map_err(|error| Failure::output(language.written(&error)))?;
        let to = match job.failed() {
            Ok(to) => to.display().to_string(),
            Err(error) => return Ok(Outcome::Later(Failure::output(language.system(&error)))),
        };
        let event = json!({"event": "failed", "file": file, "to": to, "error": why});
        report.wrong(&event, &text)?;
        Ok(Outcome::Attention)
    }
}

/// Waits, unless the command is to end.
fn wait(time: Duration, interrupt: &Interrupt) {
    let until = Instant::now() + time;
    while !interrupt.is_set() && Instant::now() < until {
        thread::sleep(NOTICE.min(until.saturating_duration_since(Instant::now())));
    }
}
