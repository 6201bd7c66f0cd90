//! `wayseal authority revoke`: the next revocation list.

use crate::cli::arguments::authority::values::sealer;
use crate::cli::commands::authority::folder::{envelope, exclusive_use, list_at, list_path, newest_list};
use crate::cli::console::say;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::revoke as text;
use crate::cli::settings::authority::revoke::{Revocation, RevokePlan};
use crate::cli::settings::resolved::TEXT_MAX;
use std::path::Path;
use wayseal::authority::custody::ListMark;
use wayseal::files;
use wayseal::keys::Day;
use wayseal::signed::issuer_key::IssuerKey;
use wayseal::signed::moment::Moment;
use wayseal::signed::revocation::{Additions, RevocationList};
use wayseal::signed::role::Role;
use wayseal::verifier::Revoked;

/// Sealers, holders and issuers with their first doubtful day.
#[derive(Default)]
pub struct RevocationEntries {
    sealers: Vec<Revoked>,
    holders: Vec<(String, Day)>,
    issuers: Vec<(String, Day)>,
}

impl RevokePlan {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        match self {
            Self::Print { folder, trust } => {
                print(&list_at(&list_path(&folder), &trust.pinned(language)?, language)?.0, language)
            }
            Self::Sign(revocation) => revocation.run(language),
            Self::Stop { key, revocation, output } => {
                let grant = key.trust.grant(&key.file, language)?;
                let stop = grant.issuer_key.as_ref().filter(|_| grant.role == Role::Stop);
                let stop =
                    stop.ok_or_else(|| Failure::key(text::not_a_stop_key(language, grant.role.name())))?;
                revocation.add(stop, &output, language)
            }
        }
    }
}

impl Revocation {
    /// Everything that is named, on the command line and in the file.
    fn entries(&self, language: Language) -> Result<RevocationEntries, Failure> {
        let from = self.from;
        let mut entries = self.many(language)?;
        entries.sealers.extend(self.sealers.iter().map(|&sealer| Revoked { sealer, from }));
        entries.holders.extend(self.scanners.iter().map(|name| (name.clone(), from)));
        entries.issuers.extend(self.issuers.iter().map(|name| (name.clone(), from)));
        Ok(entries)
    }

    /// Signs additions with a stop key: no root, no list and no folder is needed.
    fn add(&self, stop: &IssuerKey, output: &Path, language: Language) -> Result<u8, Failure> {
        let entries = self.entries(language)?;
        let mut added = RevocationList::none();
        (added.number, added.issued, added.until) = (self.now, Moment(self.now), self.until);
        added.revoke_sealers(entries.sealers);
        added.revoke_holders(entries.holders);
        added.revoke_issuers(entries.issuers);
        if added.sealers().is_empty() && added.holders().is_empty() && added.issuers().is_empty() {
            return Err(Failure::usage(language.of(text::NOTHING_TO_ADD)));
        }
        let signed =
            Additions::sign(&added, stop).map_err(|_| Failure::usage(language.of(text::NOT_ADDED)))?;
        RevocationList::store(output, &signed).map_err(|error| Failure::output(language.list(&error)))?;
        say(&format!("{}: {}", output.display(), language.of(text::SEND_ADDITIONS)))?;
        Ok(0)
    }

    fn run(self, language: Language) -> Result<u8, Failure> {
        let (folder, until) = (&self.place.folder, self.until);
        let entries = self.entries(language)?;
        let _lock = exclusive_use(folder, language)?;
        let mut root = self.place.open(language)?;
        let mut list = match self.list_is_lost {
            true => RevocationList::after(root.list().number()),
            false => newest_list(folder, &root, language)?,
        };
        list.revoke_sealers(entries.sealers);
        list.revoke_holders(entries.holders);
        list.revoke_issuers(entries.issuers);
        let signed = list
            .sign_next(Moment(self.now), until, &root)
            .map_err(|error| Failure::usage(language.list(&error)))?;
        let path = list_path(folder);
        // The list first: a list that the envelope does not know yet is taken as newer, and a lost one would stop all grants.
        RevocationList::store(&path, &signed).map_err(|error| Failure::output(language.list(&error)))?;
        root.remember_list(ListMark::of(&list, &signed));
        let fail = |error| Failure::key(language.custody(&error));
        let lock = self.place.relock(&root, Vec::new()).map_err(fail)?;
        root.store(&envelope(folder), lock).map_err(fail)?;
        say(&format!(
            "{}: {} {}, {} {}, {} {}, {} {}, {} {until}, {} {}",
            path.display(),
            language.of(text::LIST),
            list.number,
            language.of(text::SEALERS),
            list.sealers().len(),
            language.of(text::SCANNERS),
            list.holders().len(),
            language.of(text::ISSUERS),
            list.issuers().len(),
            language.of(text::GOOD_UNTIL),
            language.of(text::BYTES),
            signed.len(),
        ))?;
        say(language.of(text::SEND_LIST))?;
        Ok(0)
    }

    pub fn many(&self, language: Language) -> Result<RevocationEntries, Failure> {
        let mut entries = RevocationEntries::default();
        let Some(path) = &self.file else { return Ok(entries) };
        let bytes = files::read(path, TEXT_MAX).map_err(|error| Failure::input(language.file(&error)))?;
        let mut rows = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(bytes.as_slice());
        for (at, row) in rows.records().enumerate() {
            let line = at + 1;
            let wrong = || {
                Failure::input(format!(
                    "{}, {} {line}: {}",
                    path.display(),
                    language.of(text::LINE),
                    language.of(text::BAD_LINE)
                ))
            };
            let row = row.map_err(|_| wrong())?;
            let [kind, name, from] = [0, 1, 2].map(|at| row.get(at).unwrap_or_default());
            match (kind, from.parse::<Day>(), sealer(name)) {
                ("sealer", Ok(from), Ok(sealer)) => entries.sealers.push(Revoked { sealer, from }),
                ("scanner", Ok(from), _) if !name.is_empty() => entries.holders.push((name.to_owned(), from)),
                ("issuer", Ok(from), _) if !name.is_empty() => entries.issuers.push((name.to_owned(), from)),
                (_, Err(_), _) if line == 1 => {}
                _ => return Err(wrong()),
            }
        }
        Ok(entries)
    }
}

pub fn print(list: &RevocationList, language: Language) -> Result<u8, Failure> {
    say(&format!(
        "{} {}, {} {}, {} {}",
        language.of(text::LIST),
        list.number,
        language.of(text::SIGNED),
        list.issued,
        language.of(text::GOOD_UNTIL),
        list.until
    ))?;
    for entry in list.sealers() {
        say(&format!("sealer,{},{}", entry.sealer.number(), entry.from))?;
    }
    for (name, from) in list.holders() {
        say(&format!("scanner,{name},{from}"))?;
    }
    for (name, from) in list.issuers() {
        say(&format!("issuer,{name},{from}"))?;
    }
    Ok(0)
}
