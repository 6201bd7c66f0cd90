//! `wayseal authority init`, `rotate` and `retire`: the life of a root.

use crate::cli::commands::authority::folder::{envelope, init, lock};
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
        let make = || Root::with_root(self.place.new_root(self.generation, self.token.as_deref())?);
        init(folder, make, language, || lock(self.recipients.clone(), &self.place.passphrase))?;
        say(&format!("{} {}", language.of(text::THE_AUTHORITY_IS_IN), folder.display()))?;
        say(language.of(text::AFTER_INIT))?;
        Ok(0)
    }
}

impl RotatePlan {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        let mut authority = self.place.open(language)?;
        let fail = |error| Failure::key(language.custody(&error));
        let next = authority.generation().checked_add(1).ok_or(CustodyError::Rotation).map_err(fail)?;
        // The new root stays where the old one is: in the same token, or in the envelope.
        let label = authority.roots().first().and_then(|root| root.token()).map(|at| at.token.clone());
        let root = self.place.new_root(next, label.as_deref()).map_err(fail)?;
        authority.rotate(root).map_err(fail)?;
        let lock = self.place.relock(self.recipients).map_err(fail)?;
        authority.store(&envelope(&self.place.folder), lock).map_err(fail)?;
        say(&format!("{} {next}", language.of(text::GRANTS_FROM_ROOT),))?;
        say(language.of(text::AFTER_ROTATION))?;
        Ok(0)
    }
}

impl RetirePlan {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        let mut authority = self.place.open(language)?;
        let fail = |error| Failure::key(language.custody(&error));
        let retired = authority.retire();
        if !retired.is_empty() {
            let lock = self.place.relock(self.recipients).map_err(fail)?;
            authority.store(&envelope(&self.place.folder), lock).map_err(fail)?;
        }
        #[cfg(feature = "hsm")]
        for at in retired.iter().filter_map(|root| root.token()) {
            let token = self.place.token.open(&at.token).map_err(fail)?;
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
    /// A new root of a generation: in the token of a label, or here.
    pub fn new_root(&self, generation: u32, label: Option<&str>) -> Result<root::Root, CustodyError> {
        #[cfg(feature = "hsm")]
        if let Some(label) = label {
            return self.token.new_root(generation, label);
        }
        match label {
            // A root that leaves its token would be less well kept than the old one.
            Some(_) => Err(CustodyError::NoToken),
            None => root::Root::generate(generation).map_err(CustodyError::Random),
        }
    }

    /// The lock for an envelope that was opened: the same passphrase, or the recipients named.
    fn relock(&self, recipients: Vec<String>) -> Result<Lock, CustodyError> {
        if recipients.is_empty() && self.identity.is_some() {
            return Err(CustodyError::NoRecipient);
        }
        lock(recipients, &self.passphrase)
    }
}
