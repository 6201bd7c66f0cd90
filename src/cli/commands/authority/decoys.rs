//! `wayseal authority decoys`: keeps the handles of decoys in a sealed file.

use crate::cli::commands::authority::audit::texts_of;
use crate::cli::commands::authority::folder::lock;
use crate::cli::console::say;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::enquiry as text;
use crate::cli::settings::authority::decoys::DecoysPlan;
use wayseal::authority::decoys::{DecoyError, Decoys};
use wayseal::payload::Payload;

impl DecoysPlan {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        if self.output.exists() {
            return Err(Failure::usage(text::decoys_exist(language, self.output.display())));
        }
        let (mut decoys, mut unread) = (Decoys::default(), 0_u32);
        for (at, label) in texts_of(&self.labels, language)? {
            match Payload::parse(label.as_bytes()) {
                Ok(payload) => decoys.add(&payload),
                Err(refusal) => {
                    unread += 1;
                    say(&format!("{at}: {}", language.refusal(refusal)))?;
                }
            }
        }
        if decoys.count() == 0 {
            return Err(Failure::input(language.of(text::NO_DECOYS)));
        }
        let lock = lock(self.recipients, &self.passphrase)
            .map_err(|error| Failure::key(language.custody(&error)))?;
        decoys.store(&self.output, lock).map_err(|error| match error {
            DecoyError::File(error) => Failure::output(language.file(&error)),
            error => Failure::usage(language.decoys(&error)),
        })?;
        say(&text::decoys_kept(language, self.output.display(), decoys.count(), unread))?;
        Ok(u8::from(unread > 0))
    }
}
