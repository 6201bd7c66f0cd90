//! `wayseal authority init`, `rotate` and `retire`: the life of a root.

use crate::cli::clock::today;
use crate::cli::commands::authority::folder::{envelope, exclusive_use, init, lock};
use crate::cli::console::say;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::authority as text;
use crate::cli::settings::authority::folder::AuthorityFolder;
use crate::cli::settings::authority::root::{AuthorityInitPlan, RetirePlan, RotatePlan};
use wayseal::authority::custody::{Authority as Root, CustodyError, Lock};
use wayseal::authority::root;

impl AuthorityInitPlan {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        let folder = &self.place.folder;
        let make = || Root::with_root(self.place.new_root(self.generation, &self.tokens)?);
        init(folder, make, language, || lock(self.recipients.clone(), &self.place.passphrase))?;
        say(&format!("{} {}", language.of(text::THE_AUTHORITY_IS_IN), folder.display()))?;
        say(language.of(text::AFTER_INIT))?;
        Ok(0)
    }
}

impl RotatePlan {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        let _lock = exclusive_use(&self.place.folder, language)?;
        let mut authority = self.place.open(language)?;
        let fail = |error| Failure::key(language.custody(&error));
        let next = authority.generation().checked_add(1).ok_or(CustodyError::Rotation).map_err(fail)?;
        // The new root stays where the old one is: in the same tokens, or in the envelope.
        let labels: Vec<_> = authority
            .roots()
            .iter()
            .take(1)
            .flat_map(root::Root::tokens)
            .map(|at| at.token.clone())
            .collect();
        let root = self.place.new_root(next, &labels).map_err(fail)?;
        authority.rotate(root, today(language)?).map_err(fail)?;
        let lock = self.place.relock(&authority, self.recipients).map_err(fail)?;
        authority.store(&envelope(&self.place.folder), lock).map_err(fail)?;
        say(&format!("{} {next}", language.of(text::GRANTS_FROM_ROOT),))?;
        say(language.of(text::AFTER_ROTATION))?;
        Ok(0)
    }
}

impl RetirePlan {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        let _lock = exclusive_use(&self.place.folder, language)?;
        let mut authority = self.place.open(language)?;
        let fail = |error| Failure::key(language.custody(&error));
        match authority.older_roots_needed_until(self.retention) {
            Some(until) if until >= today(language)? && !self.although_needed => {
                return Err(Failure::usage(text::roots_needed(language, until)));
            }
            _ => {}
        }
        let retired = authority.retire();
        if !retired.is_empty() {
            let lock = self.place.relock(&authority, self.recipients).map_err(fail)?;
            authority.store(&envelope(&self.place.folder), lock).map_err(fail)?;
        }
        #[cfg(feature = "hsm")]
        for (place, at) in retired.iter().flat_map(|root| root.tokens().enumerate()) {
            let token = self.place.token.open(&at.token, place).map_err(fail)?;
            token.destroy(at).map_err(|error| fail(CustodyError::Token(error)))?;
        }
        say(&format!(
            "{} {}; {} {}",
            language.of(text::ROOTS_ERASED),
            retired.len(),
            language.of(text::IN_USE_ROOT),
            authority.generation()
        ))?;
        Ok(0)
    }
}

impl AuthorityFolder {
    /// A new root of a generation: in the tokens of these labels, or here.
    pub fn new_root(&self, generation: u32, labels: &[String]) -> Result<root::Root, CustodyError> {
        #[cfg(feature = "hsm")]
        if !labels.is_empty() {
            return self.token.new_root(generation, labels);
        }
        match labels {
            [] => root::Root::generate(generation).map_err(CustodyError::Random),
            // A root that leaves its token would be less well kept than the old one.
            _ => Err(CustodyError::NoToken),
        }
    }

    /// The lock for an envelope that was opened: the recipients named, else the same ones, else the same passphrase.
    pub fn relock(&self, authority: &Root, recipients: Vec<String>) -> Result<Lock, CustodyError> {
        lock(
            if recipients.is_empty() { authority.recipients().to_vec() } else { recipients },
            &self.passphrase,
        )
    }
}
