//! `wayseal authority prune`: erases expired grants.

use crate::cli::console::{say, warn};
use crate::cli::failure::Failure;
use crate::cli::language::prune as text;
use crate::cli::language::{Language, failure};
use crate::cli::settings::authority::prune::PrunePlan;
use std::path::{Path, PathBuf};
use wayseal::authority::bulk;
use wayseal::device::state;
use wayseal::files;
use wayseal::keys::Day;

/// What prune did with a grant.
enum Fate {
    Erased(Day),
    Kept,
}

impl PrunePlan {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        let today = self.today;
        let (mut erased, mut kept, mut failed) = (0, 0, 0);
        for path in &self.paths {
            let files = if path.is_dir() {
                self.folder(path, today, &mut erased, language)?
            } else {
                vec![path.clone()]
            };
            for file in files {
                match self.one(&file, today, language) {
                    Ok(Fate::Erased(over)) => {
                        erased += 1;
                        say(&format!("{}: {} {over}", file.display(), language.of(text::OVER_SINCE)))?;
                    }
                    Ok(Fate::Kept) => kept += 1,
                    Err(error) => {
                        failed += 1;
                        warn(&format!("wayseal: {}", error.message(language)));
                    }
                }
            }
        }
        say(&format!(
            "{} {erased}, {} {kept}, {} {failed}",
            if self.dry_run { language.of(text::TO_ERASE) } else { language.of(text::ERASED) },
            language.of(text::STILL_OF_USE),
            language.of(text::NOT_OPENED)
        ))?;
        Ok(u8::from(failed > 0))
    }

    /// The grants of a folder that are looked at one by one; a run's are erased or kept together.
    pub fn folder(
        &self,
        folder: &Path,
        today: Day,
        erased: &mut usize,
        language: Language,
    ) -> Result<Vec<PathBuf>, Failure> {
        let fail = |error| Failure::input(language.bulk(&error));
        let run = bulk::files_of_run(folder).map_err(fail)?;
        if let Some(left) = run.as_ref().filter(|left| left.over < today) {
            for file in left.files.iter().filter(|_| !self.dry_run) {
                files::erase(file).map_err(|error| Failure::output(language.file(&error)))?;
            }
            *erased += left.files.len() - 1;
            say(&format!("{}: {} {}", folder.display(), language.of(text::OVER_SINCE), left.over))?;
        }
        let of_run: Vec<_> = run.map(|left| left.files).unwrap_or_default();
        let entries = std::fs::read_dir(folder).map_err(|error| {
            Failure::input(failure::cannot_read(language, folder.display(), language.system(&error)))
        })?;
        let mut files: Vec<_> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|ending| ending == "grant"))
            .filter(|path| !of_run.contains(path))
            .collect();
        files.sort();
        Ok(files)
    }

    fn one(&self, path: &Path, today: Day, language: Language) -> Result<Fate, Failure> {
        let grant = self.trust.grant(path, language)?;
        let over = state::last_use(grant.role, grant.from, grant.until);
        if over >= today {
            return Ok(Fate::Kept);
        }
        if !self.dry_run {
            files::erase(path).map_err(|error| Failure::output(language.file(&error)))?;
        }
        Ok(Fate::Erased(over))
    }
}
