//! `wayseal authority revoke`: the next revocation list.

use crate::cli::arguments::authority::values::sealer;
use crate::cli::commands::authority::folder::revocations;
use crate::cli::console::say;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::revoke as text;
use crate::cli::settings::authority::revoke::{Revocation, RevokePlan};
use crate::cli::settings::resolved::TEXT_MAX;
use wayseal::files;
use wayseal::keys::Day;
use wayseal::signed::moment::Moment;
use wayseal::signed::revocation::RevocationList;
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
                print(&revocations(&folder, &trust.pinned(language)?, language)?, language)
            }
            Self::Sign(revocation) => revocation.run(language),
        }
    }
}

impl Revocation {
    fn run(self, language: Language) -> Result<u8, Failure> {
        let (folder, from, until) = (&self.place.folder, self.from, self.until);
        let mut entries = self.many(language)?;
        entries.sealers.extend(self.sealers.iter().map(|&sealer| Revoked { sealer, from }));
        entries.holders.extend(self.scanners.iter().map(|name| (name.clone(), from)));
        entries.issuers.extend(self.issuers.iter().map(|name| (name.clone(), from)));
        let root = self.place.open(language)?;
        let mut list = revocations(folder, &root.public(), language)?;
        list.revoke_sealers(entries.sealers);
        list.revoke_holders(entries.holders);
        list.revoke_issuers(entries.issuers);
        let signed = list
            .sign_next(Moment(self.now), until, &root)
            .map_err(|error| Failure::usage(language.list(&error)))?;
        let path = folder.join("revocations");
        RevocationList::store(&path, &signed).map_err(|error| Failure::output(language.list(&error)))?;
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
