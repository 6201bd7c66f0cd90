//! Checks before the first label: no other process writes to the output, and nothing is replaced unless asked for.

use crate::cli::commands::seal::job::shown;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::seal as text;
use crate::cli::settings::seal::SealPlan;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use wayseal::batch::manifest::{BatchJob, Manifest, ManifestError};
use wayseal::batch::output::{ContainerKind, OutputTarget};
use wayseal::batch::pipeline::PlanError;
use wayseal::batch::run::RunError;

/// What lists the labels of a folder.
const SUMS: &str = "SHA256SUMS";

/// A lock against another run on the same output; its file is removed on drop.
pub struct OutputLock {
    path: PathBuf,
    _file: File,
}

impl Drop for OutputLock {
    fn drop(&mut self) {
        // A file that cannot be removed is empty and hidden.
        let _left = fs::remove_file(&self.path);
    }
}

impl SealPlan {
    /// The manifest of the batch to be resumed, if there is one.
    pub fn before(&self, path: Option<&Path>, language: Language) -> Result<Option<Manifest>, Failure> {
        let Some(path) = path.filter(|_| self.resume) else {
            if self.resume && self.print.is_some() {
                return Err(Failure::usage(language.of(text::NO_RESUME_OF_PRINTER)));
            }
            if self.resume {
                return Err(Failure::usage(language.of(text::NO_RESUME_OF_STREAM)));
            }
            return Ok(None);
        };
        let fail = |error| Failure::output(format!("{}: {}", shown(path), language.manifest(&error)));
        Manifest::load(path).map_err(fail)
    }

    /// Locks the output; refuses or removes what an earlier batch has written there.
    pub fn begin(
        &self,
        target: Option<&OutputTarget>,
        manifest: Option<&Path>,
        rejects: &[PathBuf],
        language: Language,
    ) -> Result<Option<OutputLock>, Failure> {
        let fail = |path: &Path, error: &dyn std::fmt::Display| {
            Failure::output(format!("{} {}: {error}", language.of(text::CANNOT_WRITE), shown(path)))
        };
        let Some((target, manifest)) = target.filter(|target| target.kept).zip(manifest) else {
            return self.free(rejects, language).map(|()| None);
        };
        let around = manifest.parent().filter(|around| !around.as_os_str().is_empty());
        if let Some(around) = around {
            fs::create_dir_all(around).map_err(|error| fail(around, &error))?;
        }
        let path = wayseal::files::hidden(manifest).with_extension("lock");
        let file = File::create(&path).map_err(|error| fail(&path, &error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Failure::output(format!(
                    "{}: {}",
                    shown(manifest),
                    language.of(text::OUTPUT_LOCKED)
                )));
            }
            Err(TryLockError::Error(error)) => return Err(fail(&path, &error)),
        }
        let lock = OutputLock { path, _file: file };
        let before = Manifest::load(manifest)
            .map_err(|error| Failure::output(format!("{}: {}", shown(manifest), language.manifest(&error))));
        if self.resume && before.as_ref().is_ok_and(Option::is_some) {
            return Ok(Some(lock));
        }
        if self.overwrite {
            if let Ok(Some(before)) = before {
                remove(&before).map_err(|error| fail(manifest, &error))?;
            }
            for path in rejects.iter().map(PathBuf::as_path).chain([manifest]) {
                gone(fs::remove_file(path)).map_err(|error| fail(path, &error))?;
            }
            return Ok(Some(lock));
        }
        let out = target.path.as_deref().unwrap_or(manifest);
        let full = match target.kind {
            ContainerKind::Folder => fs::read_dir(out).is_ok_and(|mut names| names.next().is_some()),
            _ => out.exists(),
        };
        if full || manifest.exists() {
            let what = if manifest.exists() { manifest } else { out };
            return Err(Failure::output(format!("{} {}", shown(what), language.of(text::BATCH_EXISTS))));
        }
        self.free(rejects, language)?;
        Ok(Some(lock))
    }

    /// Refuses to replace files of rejects: they may hold corrections.
    pub fn free(&self, rejects: &[PathBuf], language: Language) -> Result<(), Failure> {
        match rejects.iter().find(|path| path.exists()) {
            Some(path) if !self.overwrite => {
                Err(Failure::output(format!("{} {}", shown(path), language.of(text::REJECTS_EXIST))))
            }
            _ => Ok(()),
        }
    }
}

/// Checks that the batch to be resumed has the same inputs and options, and that all its finished parts exist.
pub fn check_resumable(before: &Manifest, job: &BatchJob, language: Language) -> Result<(), Failure> {
    before.goes_on(job).map_err(|error: ManifestError| match error {
        ManifestError::Stdin => Failure::usage(language.manifest(&error)),
        _ => Failure::input(language.manifest(&error)),
    })?;
    for part in &before.parts {
        let same = fs::metadata(&part.file).is_ok_and(|known| known.is_dir() || known.len() == part.bytes);
        if !same {
            return Err(Failure::output(format!("{} {}", part.file, language.of(text::PART_CHANGED))));
        }
    }
    Ok(())
}

/// Removes what an earlier batch has written, and nothing else.
fn remove(before: &Manifest) -> std::io::Result<()> {
    for part in &before.parts {
        let path = Path::new(&part.file);
        if !path.is_dir() {
            gone(fs::remove_file(path))?;
            continue;
        }
        let sums = path.join(SUMS);
        for name in
            fs::read_to_string(&sums).unwrap_or_default().lines().filter_map(|line| line.split_once("  "))
        {
            // The list is not trusted: a name with a separator could point out of this folder.
            if Path::new(name.1).components().count() == 1 {
                gone(fs::remove_file(path.join(name.1)))?;
            }
        }
        gone(fs::remove_file(sums))?;
        // A folder with other files stays.
        let _not_empty = fs::remove_dir(path);
    }
    before.rejects.iter().try_for_each(|record| gone(fs::remove_file(&record.file)))
}

pub fn gone(result: std::io::Result<()>) -> std::io::Result<()> {
    match result {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The failure of a batch, with its exit code.
pub fn failure(error: &RunError, language: Language) -> Failure {
    match error {
        RunError::Plan(PlanError::Input(path, error)) => {
            Failure::input(format!("{}: {}", shown(path), language.input(error)))
        }
        RunError::Plan(PlanError::Columns(path, error)) => {
            Failure::input(format!("{}: {}", shown(path), language.mapping(error)))
        }
        RunError::Plan(PlanError::Template(error)) => Failure::usage(language.template(error)),
        RunError::Output(error) if error.is_full() => {
            Failure::output(format!("{error}; {}", language.of(text::DISK_FULL)))
        }
        RunError::Output(error) => Failure::output(language.written(error)),
        RunError::Lost { .. } => Failure::output(text::report_and_discard(language, error)),
        _ => Failure::output(error),
    }
}
