//! `wayseal authority shares`: makes a backup in shares, and restores it.

use crate::cli::commands::authority::folder::{init, list_at, list_path, lock};
use crate::cli::console::say;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::shares as text;
use crate::cli::settings::authority::shares::{MakeSharesPlan, RestorePlan, SharesPlan};
use wayseal::authority::custody::ListMark;
use wayseal::authority::shares;
use wayseal::files::{self, Access};
use wayseal::signed::revocation::RevocationList;
use zeroize::Zeroizing;

impl SharesPlan {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        match self {
            Self::Make(command) => command.run(language),
            Self::Restore(command) => command.run(language),
        }
    }
}

impl MakeSharesPlan {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        let of = u8::try_from(self.files.len()).unwrap_or(u8::MAX);
        if self.need > of {
            return Err(Failure::usage(language.share(&shares::ShareError::Numbers)));
        }
        if let Some(there) = self.files.iter().find(|path| path.exists()) {
            return Err(Failure::usage(format!("{} {}", there.display(), language.of(text::SHARE_EXISTS))));
        }
        let authority = self.place.open(language)?;
        let made = shares::make(&authority, self.need, of)
            .map_err(|error| Failure::usage(language.share(&error)))?;
        for (path, share) in self.files.iter().zip(&made) {
            files::write(path, share.as_bytes(), Access::Owner)
                .map_err(|error| Failure::output(language.file(&error)))?;
        }
        say(&format!(
            "{} {}, {} {}: {}",
            language.of(text::SHARES),
            of,
            language.of(text::NEEDED),
            self.need,
            language.of(text::AFTER_MAKE)
        ))?;
        if authority.roots().iter().any(|root| root.tokens().next().is_some()) {
            say(language.of(text::TOKEN_NOT_IN_SHARES))?;
        }
        Ok(0)
    }
}

impl RestorePlan {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        let mut texts = Vec::with_capacity(self.files.len());
        for path in &self.files {
            let bytes = Zeroizing::new(
                files::read_secret(path, 64 * 1024).map_err(|error| Failure::input(language.file(&error)))?,
            );
            let text = std::str::from_utf8(&bytes).unwrap_or_default();
            texts.push(Zeroizing::new(text.to_owned()));
        }
        let mut authority = shares::restore(&texts).map_err(|error| Failure::key(language.share(&error)))?;
        let place = &self.place;
        // The backup knows the lists of its own day alone: who was revoked since would get grants again.
        let newest = authority.list();
        let list =
            self.list.as_deref().map(|path| list_at(path, &authority.public(), language)).transpose()?;
        let signed = match list {
            None if !self.no_list => return Err(Failure::usage(language.of(text::RESTORE_NEEDS_LIST))),
            None if newest.number() == 0 => None,
            Some((list, signed)) if list.number > 0 && newest.admits(&list, &signed) => {
                authority.remember_list(ListMark::of(&list, &signed));
                Some(signed)
            }
            list => {
                let held = list.map_or(0, |(list, _)| list.number);
                return Err(Failure::key(text::list_wanted(language, held, newest.number())));
            }
        };
        let authority = init(
            &place.folder,
            || Ok(authority),
            language,
            || lock(self.recipients.clone(), &place.passphrase),
        )?;
        if let Some(signed) = signed {
            RevocationList::store(&list_path(&place.folder), &signed)
                .map_err(|error| Failure::output(language.list(&error)))?;
        }
        say(&format!(
            "{} {}, {} {}",
            language.of(text::THE_AUTHORITY_IS_IN),
            place.folder.display(),
            language.of(text::ROOT),
            authority.generation()
        ))?;
        say(language.of(text::AFTER_RESTORE))?;
        Ok(0)
    }
}
