//! Checks before the first label: no other process writes to the output, and nothing is replaced unless asked for.

use crate::cli::commands::seal::job::shown;
use crate::cli::console;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::seal as text;
use crate::cli::settings::seal::{Descriptor, SealPlan};
use crate::cli::unlock;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use wayseal::batch::manifest::{BatchJob, Manifest, ManifestError};
use wayseal::batch::manifest_key::ManifestKey;
use wayseal::batch::output::{ContainerKind, OutputTarget};
use wayseal::batch::pipeline::PlanError;
use wayseal::batch::recheck;
use wayseal::batch::run::{RejectsStream, RunError};
use wayseal::files::{self, FileLock};
use wayseal::signed::grant::Grant;

/// The manifest that an earlier batch has left.
pub enum Earlier {
    /// There is none.
    None,
    /// The sealer's own, and the key that says so.
    Own(Box<Manifest>, ManifestKey),
    /// One that is not believed.
    Other(ManifestError),
}

impl SealPlan {
    /// Refuses to resume what cannot be resumed.
    pub fn check_resume(&self, manifest: Option<&Path>, language: Language) -> Result<(), Failure> {
        if !self.resume || manifest.is_some() {
            return Ok(());
        }
        let why = if self.print.is_some() { text::NO_RESUME_OF_PRINTER } else { text::NO_RESUME_OF_STREAM };
        Err(Failure::usage(language.of(why)))
    }

    /// Keeps other processes away from an output, beside its manifest.
    pub fn lock(&self, manifest: &Path, language: Language) -> Result<FileLock, Failure> {
        let around = manifest.parent().filter(|around| !around.as_os_str().is_empty());
        if let Some(around) = around {
            fs::create_dir_all(around).map_err(|error| unwritten(around, &error, language))?;
        }
        locked(manifest, language)
    }

    /// Keeps other processes away from the files of rejects.
    pub fn lock_rejects(&self, rejects: &[PathBuf], language: Language) -> Result<Vec<FileLock>, Failure> {
        rejects.iter().map(|path| locked(path, language)).collect()
    }

    /// The manifest that an earlier batch has left, authenticated.
    pub fn earlier(&self, manifest: &Path, grant: &Grant) -> Earlier {
        match Manifest::load(manifest, |day| ManifestKey::new(grant, day)) {
            Ok(None) => Earlier::None,
            Ok(Some((manifest, key))) => Earlier::Own(Box::new(manifest), key),
            Err(error) => Earlier::Other(error),
        }
    }

    /// Decides what becomes of an earlier batch: it is resumed, and returned; or it is removed; or it is in the way.
    pub fn begin(
        &self,
        target: &OutputTarget,
        manifest: &Path,
        (rejects, unsealed, codes): (&[PathBuf], &[PathBuf], &[PathBuf]),
        earlier: Earlier,
        language: Language,
    ) -> Result<Option<Manifest>, Failure> {
        let fail = |error: &ManifestError| {
            Failure::output(format!("{}: {}", shown(manifest), language.manifest(error)))
        };
        let exists =
            |path: &Path| Failure::output(format!("{} {}", shown(path), language.of(text::BATCH_EXISTS)));
        match earlier {
            Earlier::Own(before, _) if self.resume => return Ok(Some(*before)),
            Earlier::Other(error) if self.resume => return Err(fail(&error)),
            // The same rows give its rejects again.
            Earlier::Own(before, key) if before.has_no_label() && !self.overwrite => {
                let removed = before.remove_rejects((rejects, unsealed), &key);
                removed.map_err(|error| Failure::output(language.written(&error)))?;
            }
            Earlier::Own(..) | Earlier::Other(_) if !self.overwrite => return Err(exists(manifest)),
            _ => {}
        }
        let out = target.path.as_deref().unwrap_or(manifest);
        if !self.overwrite && is_full(target, out) {
            return Err(exists(out));
        }
        if self.overwrite {
            let removed = recheck::remove(target, Manifest::parts_listed(manifest));
            removed.map_err(|error| unwritten(&target.located(""), &error, language))?;
        }
        // Before the manifest is gone, which says whether rejects were changed.
        self.free(rejects, language)?;
        self.free(unsealed, language)?;
        self.free(codes, language)?;
        files::remove_own(manifest).map_err(|error| unwritten(manifest, &error, language))?;
        Ok(None)
    }

    /// The stream that rejected rows go to, opened.
    pub fn rejects_stream(&self, language: Language) -> Result<Option<RejectsStream>, Failure> {
        let Some(descriptor) = self.rejects_stream else { return Ok(None) };
        let (to, name): (Box<dyn Write + Send>, _) = match descriptor {
            Descriptor::StandardOutput => (console::data(), "-".to_owned()),
            Descriptor::Number(number) => {
                let name = format!("fd:{number}");
                let file = unlock::descriptor_to(number)
                    .map_err(|_| Failure::usage(text::no_descriptor(language, &name)))?;
                (Box::new(file), name)
            }
        };
        Ok(Some(RejectsStream::new(to, PathBuf::from(name))))
    }

    /// Refuses to replace files of rejects: they may hold corrections.
    pub fn free(&self, rejects: &[PathBuf], language: Language) -> Result<(), Failure> {
        for path in rejects {
            if self.overwrite {
                files::remove_own(path).map_err(|error| unwritten(path, &error, language))?;
            } else if path.symlink_metadata().is_ok() {
                return Err(Failure::output(format!("{} {}", shown(path), language.of(text::REJECTS_EXIST))));
            }
        }
        Ok(())
    }
}

/// Gives rejects their name that a batch left hidden which was killed and cannot be resumed: it is not made again.
pub fn recover_rejects(rejects: &[PathBuf], language: Language) -> Result<(), Failure> {
    for path in rejects {
        let hidden = files::hidden(path);
        if hidden.exists() && path.symlink_metadata().is_err() {
            fs::rename(&hidden, path).map_err(|error| unwritten(path, &error, language))?;
        }
    }
    Ok(())
}

/// Whether an output holds anything but what a run that was stopped has left hidden in it.
fn is_full(target: &OutputTarget, out: &Path) -> bool {
    if target.kind != ContainerKind::Folder {
        return out.symlink_metadata().is_ok();
    }
    let part = files::hidden(&target.part(1));
    let left = part.file_name();
    fs::read_dir(out).is_ok_and(|mut names| {
        names.any(|name| name.map_or(true, |name| Some(name.file_name().as_os_str()) != left))
    })
}

fn locked(path: &Path, language: Language) -> Result<FileLock, Failure> {
    let lock = files::hidden(path).with_extension("lock");
    match FileLock::take(&lock) {
        Ok(Some(lock)) => Ok(lock),
        Ok(None) => Err(Failure::output(format!("{}: {}", shown(path), language.of(text::OUTPUT_LOCKED)))),
        Err(error) => Err(Failure::output(language.written(&error))),
    }
}

fn unwritten(path: &Path, error: &std::io::Error, language: Language) -> Failure {
    Failure::output(format!(
        "{} {}: {}",
        language.of(text::CANNOT_WRITE),
        shown(path),
        language.system(error)
    ))
}

/// Checks that the batch to be resumed has the same inputs and options, and that all its finished parts are as they were.
pub fn check_resumable(
    before: &Manifest,
    job: &BatchJob,
    target: &OutputTarget,
    language: Language,
) -> Result<(), Failure> {
    before.goes_on(job).map_err(|error: ManifestError| match error {
        ManifestError::Stdin => Failure::usage(language.manifest(&error)),
        _ => Failure::input(language.manifest(&error)),
    })?;
    before.recheck(target).map_err(|error| Failure::output(language.manifest(&error)))
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
            Failure::output(format!("{}; {}", language.written(error), language.of(text::DISK_FULL)))
        }
        RunError::Output(error) => Failure::output(language.written(error)),
        RunError::Lost { .. } => Failure::output(text::report_and_discard(language, error)),
        _ => Failure::output(error),
    }
}
