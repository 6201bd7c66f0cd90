//! `wayseal log auditor` and `enrol`: the auditor's key, and what a device begins with.

use crate::cli::commands::log::auditor_folder::named;
use crate::cli::console::say;
use crate::cli::failure::Failure;
use crate::cli::language::log as text;
use crate::cli::language::{Language, failure};
use crate::cli::settings::log::{AuditorInitPlan, EnrolPlan};
use wayseal::authority::auditor::Auditor;
use wayseal::authority::custody;
use wayseal::device::log::enrolment::pin;
use wayseal::files::{self, Access};
use zeroize::Zeroizing;

impl AuditorInitPlan {
    pub fn run(&self, language: Language) -> Result<u8, Failure> {
        let desk = &self.desk;
        let path = desk.at("auditor.key");
        if path.exists() {
            return Err(Failure::usage(text::auditor_exists(language, path.display())));
        }
        files::private_folder(&desk.folder).map_err(|error| {
            Failure::output(failure::cannot_make_folder(
                language,
                desk.folder.display(),
                language.system(&error),
            ))
        })?;
        let auditor = Auditor::generate().map_err(|_| Failure::key(language.of(failure::NO_RANDOM_BYTES)))?;
        let text = auditor.text();
        let fail = |error| Failure::key(language.custody(&error));
        let content = if self.protect {
            let passphrase = desk.passphrase.passphrase(true).map_err(fail)?;
            Zeroizing::new(
                custody::seal_text(text.as_bytes(), passphrase).map_err(|error| fail(error.into()))?,
            )
        } else {
            Zeroizing::new(text.as_bytes().to_vec())
        };
        files::write(&path, &content, Access::Owner)
            .map_err(|error| Failure::output(language.file(&error)))?;
        let public = pin("auditor", &auditor.public());
        files::write(&desk.at("auditor.pub"), public.as_bytes(), Access::Everyone)
            .map_err(|error| Failure::output(language.file(&error)))?;
        say(&format!("{} {}", language.of(text::THE_AUDITOR_IS_IN), desk.folder.display()))?;
        Ok(0)
    }
}

impl EnrolPlan {
    pub fn run(&self, language: Language) -> Result<u8, Failure> {
        named(&self.device, language)?;
        let authority = self.trust.pinned_anew(language)?;
        let enrolment = self.desk.key(language)?.enrol(&self.device, authority);
        files::write(&self.output, enrolment.text().as_bytes(), Access::Owner)
            .map_err(|error| Failure::output(language.file(&error)))?;
        say(&format!("{}: {}", self.output.display(), language.of(text::ENROLMENT_IS_SECRET)))?;
        Ok(0)
    }
}
