//! `wayseal authority init`, `rotate` and `retire`: the life of a root.

use crate::cli::arguments::authority::folder::AuthorityFolder;
use crate::cli::arguments::authority::root::{AuthorityInitArgs, Retire, Rotate};
use crate::cli::commands::authority::folder::{envelope, init, lock};
use crate::cli::console::say;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::authority as text;
use crate::cli::settings::Settings;
use wayseal::authority::custody::{Authority as Root, CustodyError, Lock};
use wayseal::authority::root;

impl AuthorityInitArgs {
    pub fn run(self, settings: &Settings, language: Language) -> Result<u8, Failure> {
        let folder = &self.place.folder;
        let make = || Root::with_root(self.place.new_root(self.generation, self.label(), settings)?);
        init(folder, make, language, || lock(self.recipient.clone(), &self.place.secrets, settings))?;
        say(&format!("{} {}", language.of(text::THE_AUTHORITY_IS_IN), folder.display()))?;
        say(language.of(text::AFTER_INIT))?;
        Ok(0)
    }
}

impl AuthorityInitArgs {
    pub fn label(&self) -> Option<&str> {
        #[cfg(feature = "hsm")]
        let label = self.token.as_deref();
        #[cfg(not(feature = "hsm"))]
        let label = None;
        label
    }
}

impl Rotate {
    pub fn run(self, settings: &Settings, language: Language) -> Result<u8, Failure> {
        let mut authority = self.place.open(settings, language)?;
        let fail = |error| Failure::key(language.custody(&error));
        let next = authority.generation().checked_add(1).ok_or(CustodyError::Rotation).map_err(fail)?;
        // The new root is where the one before it is.
        let label = authority.roots().first().and_then(|root| root.token()).map(|at| at.token.clone());
        let root = self.place.new_root(next, label.as_deref(), settings).map_err(fail)?;
        authority.rotate(root).map_err(fail)?;
        let lock = self.place.relock(self.recipient, settings).map_err(fail)?;
        authority.store(&envelope(&self.place.folder), lock).map_err(fail)?;
        say(&format!("{} {next}", language.of(text::GRANTS_FROM_ROOT),))?;
        say(language.of(text::AFTER_ROTATION))?;
        Ok(0)
    }
}

impl Retire {
    pub fn run(self, settings: &Settings, language: Language) -> Result<u8, Failure> {
        let mut authority = self.place.open(settings, language)?;
        let fail = |error| Failure::key(language.custody(&error));
        let retired = authority.retire();
        if !retired.is_empty() {
            let lock = self.place.relock(self.recipient, settings).map_err(fail)?;
            authority.store(&envelope(&self.place.folder), lock).map_err(fail)?;
        }
        #[cfg(feature = "hsm")]
        for at in retired.iter().filter_map(|root| root.token()) {
            let token = settings.token(&self.place.token).open(&at.token).map_err(fail)?;
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
    pub fn new_root(
        &self,
        generation: u32,
        label: Option<&str>,
        settings: &Settings,
    ) -> Result<root::Root, CustodyError> {
        #[cfg(not(feature = "hsm"))]
        let _without_tokens = settings;
        #[cfg(feature = "hsm")]
        if let Some(label) = label {
            return settings.token(&self.token).new_root(generation, label);
        }
        match label {
            // To leave the token would be a weaker place than the root before had.
            Some(_) => Err(CustodyError::NoToken),
            None => root::Root::generate(generation).map_err(CustodyError::Random),
        }
    }

    /// The lock for an envelope that was opened: the same passphrase, or the recipients named.
    fn relock(&self, recipients: Vec<String>, settings: &Settings) -> Result<Lock, CustodyError> {
        if recipients.is_empty() && self.identity.is_some() {
            return Err(CustodyError::NoRecipient);
        }
        lock(recipients, &self.secrets, settings)
    }
}
