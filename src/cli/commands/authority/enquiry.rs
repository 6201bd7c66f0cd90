//! `wayseal authority open-one`: two officers open one label, on a log; `wayseal authority enquiries` checks and prints the log.

use crate::cli::commands::authority::folder::exclusive_use;
use crate::cli::console::say;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::contact::dialled;
use crate::cli::language::{enquiry as text, failure};
use crate::cli::record_text::address;
use crate::cli::settings::authority::enquiry::{EnquiriesPlan, OpenOnePlan};
use crate::cli::settings::public_key::public_key;
use ed25519_dalek::VerifyingKey;
use std::io::Read as _;
use std::path::Path;
use wayseal::authority::custody::Authority as Root;
use wayseal::authority::enquiry::{Case, EnquiryError, EnquiryLog, Officers, open_one};
use wayseal::authority::shares;
use wayseal::files;
use wayseal::keys::{Day, Generation};
use wayseal::payload::Payload;
use wayseal::verifier::{Buffer, Opened};
use zeroize::Zeroizing;

/// The longest text of a label that is read.
const LABEL_MAX: u64 = 4096;
/// The longest file of a share.
const SHARE_MAX: u64 = 64 * 1024;

impl OpenOnePlan {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        let fail = |error: EnquiryError| Failure::key(language.enquiry(&error));
        let case = Case::new(&self.case).map_err(|error| Failure::usage(language.enquiry(&error)))?;
        let label = self.label(language)?;
        let payload =
            Payload::parse(label.as_bytes()).map_err(|refusal| Failure::input(language.refusal(refusal)))?;
        let (root, names) = self.authority(&payload, language)?;
        let officers = Officers::new(names).map_err(fail)?;
        let _lock = exclusive_use(&self.place.folder, language)?;
        let mut log = EnquiryLog::open(&log_path(&self.place.folder), &root.public()).map_err(fail)?;
        let mut buffer = Buffer::new();
        match open_one(&root, &label, (self.now, &case, &officers), &mut log, &mut buffer) {
            Ok(opened) => {
                show(&opened, language)?;
                say(&text::on_the_log(language, log.entries().len()))?;
                Ok(0)
            }
            Err(EnquiryError::Label(refusal)) => {
                say(language.refusal(refusal))?;
                say(&text::on_the_log(language, log.entries().len()))?;
                Ok(1)
            }
            Err(error) => Err(fail(error)),
        }
    }

    /// The text of one label, from the argument or the standard input.
    fn label(&self, language: Language) -> Result<String, Failure> {
        let mut text = self.text.clone();
        if text == "-" {
            text.clear();
            std::io::stdin().lock().take(LABEL_MAX).read_to_string(&mut text).map_err(|error| {
                let name = language.of(failure::STANDARD_INPUT);
                Failure::input(failure::cannot_read(language, name, language.system(&error)))
            })?;
        }
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        match (lines.next(), lines.next()) {
            (Some(line), None) => Ok(line.to_owned()),
            _ => Err(Failure::usage(language.of(text::ONE_LABEL))),
        }
    }

    /// The authority's keys, which two officers bring: by their shares, or by the tokens of the label's root.
    fn authority(&self, payload: &Payload, language: Language) -> Result<(Root, Vec<String>), Failure> {
        if self.shares.is_empty() {
            let root = self.place.open(language)?;
            let own = |generation: u32| Generation::from(generation) == payload.header().generation;
            let roots = root.roots().iter().find(|root| own(root.number()));
            let tokens: Vec<String> =
                roots.into_iter().flat_map(|root| root.tokens().map(|at| at.token.clone())).collect();
            if tokens.len() < 2 {
                return Err(Failure::usage(language.of(text::TWO_OFFICERS)));
            }
            return Ok((root, tokens));
        }
        let mut texts = Vec::with_capacity(self.shares.len());
        for path in &self.shares {
            let bytes = Zeroizing::new(
                files::read_secret(path, SHARE_MAX).map_err(|error| Failure::input(language.file(&error)))?,
            );
            texts.push(Zeroizing::new(std::str::from_utf8(&bytes).unwrap_or_default().to_owned()));
        }
        let root = shares::restore(&texts).map_err(|error| Failure::key(language.share(&error)))?;
        if root.public() != pinned(&self.place.folder, language)? {
            return Err(Failure::key(language.of(text::OTHER_SHARES)));
        }
        let root = self.place.connected(root).map_err(|error| Failure::key(language.custody(&error)))?;
        let names = texts.iter().filter_map(|share| shares::number(share));
        Ok((root, names.map(|number| format!("share {number}")).collect()))
    }
}

impl EnquiriesPlan {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        let public = pinned(&self.folder, language)?;
        let log = EnquiryLog::open(&log_path(&self.folder), &public)
            .map_err(|error| Failure::key(language.enquiry(&error)))?;
        for entry in log.entries() {
            let day = Day::from_unix(entry.time).map_or_else(String::new, |day| day.to_string());
            let clock = entry.time % 86_400;
            let time = format!("{day} {:02}:{:02}", clock / 3600, clock / 60 % 60);
            let officers = entry.officers.join(", ");
            let (number, handle, case) = (entry.number, &entry.handle, &entry.case);
            say(&text::enquiry(language, number, time, handle, &entry.outcome, officers, case))?;
        }
        say(&text::enquiries(language, log.entries().len()))?;
        Ok(0)
    }
}

fn log_path(folder: &Path) -> std::path::PathBuf {
    folder.join("enquiries")
}

/// The public key in an authority's folder.
fn pinned(folder: &Path, language: Language) -> Result<VerifyingKey, Failure> {
    let path = folder.join("authority.pub");
    let bytes = files::read(&path, 4096).map_err(|error| Failure::key(language.file(&error)))?;
    public_key(&bytes).ok_or_else(|| {
        Failure::key(crate::cli::language::settings::not_a_public_key(language, path.display()))
    })
}

/// Prints a record, a line for each part.
fn show(opened: &Opened<'_>, language: Language) -> Result<(), Failure> {
    say(&format!("{}  {}", opened.header.waybill.text(), opened.day))?;
    let mut lines: Vec<Zeroizing<String>> = Vec::new();
    if let Some(delivery) = &opened.delivery {
        lines.push(Zeroizing::new(format!("{}  {}", delivery.name, address(delivery))));
        lines.push(Zeroizing::new(delivery.note.to_owned()));
    }
    if let Some(contact) = &opened.contact {
        lines.push(Zeroizing::new(dialled(contact.phone)));
        let sender = [contact.sender_name, contact.sender_phone].join(" ");
        if !sender.trim().is_empty() {
            lines.push(Zeroizing::new(format!("{} {}", language.of(text::SENDER), sender.trim())));
        }
    }
    lines.iter().filter(|line| !line.is_empty()).try_for_each(|line| say(line))
}
