//! `wayseal log auditor` and `enrol`: the auditor's key, and what a device begins with.

use crate::cli::commands::log::auditor_folder::named;
use crate::cli::console::say;
use crate::cli::failure::Failure;
use crate::cli::language::log as text;
use crate::cli::language::{Language, failure};
use crate::cli::settings::log::{AuditorInitPlan, EnrolPlan, OperatorPlan};
use crate::cli::unlock;
use wayseal::authority::auditor::Auditor;
use wayseal::authority::custody;
use wayseal::device::log::enrolment::pin;
use wayseal::device::operators::{OPERATORS_MAX, OperatorList, OperatorsError, PinHash};
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

impl OperatorPlan {
    /// Signs the next list of operators. A number of its own, so that a device believes no older list.
    pub fn run(&self, language: Language) -> Result<u8, Failure> {
        let auditor = self.desk.key(language)?;
        let path = self.desk.at("list.operators");
        let refused = |error: OperatorsError| {
            Failure::key(format!("{}: {}", path.display(), language.operators(error)))
        };
        let mut list = match files::read(&path, OPERATORS_MAX) {
            Err(error) if error.is_missing() => OperatorList::default(),
            note => {
                let note = note.map_err(|error| Failure::input(language.file(&error)))?;
                OperatorList::verify(&String::from_utf8_lossy(&note), &auditor.public()).map_err(refused)?
            }
        };
        if self.remove {
            if !list.remove(self.number) {
                return Err(Failure::usage(text::no_such_operator(language, self.number)));
            }
        } else {
            let pin = unlock::pin(&self.pin, true, language)?;
            let hash = PinHash::new(&pin).map_err(|_| Failure::key(language.of(failure::NO_RANDOM_BYTES)))?;
            list.set(self.number, hash);
        }
        list.number += 1;
        files::write(&path, auditor.sign_operators(&list).as_bytes(), Access::Owner)
            .map_err(|error| Failure::output(language.file(&error)))?;
        say(&text::operators_signed(language, path.display(), list.number, list.operators().count()))?;
        Ok(0)
    }
}
