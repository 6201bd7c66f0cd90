//! `wayseal print` sends files of labels to a printer; `wayseal printer-test` makes a label that tests one. Neither holds
//! keys or personal data, so that they need no settings.

use crate::cli::arguments::print::{PrintArgs, PrinterTestArgs};
use crate::cli::console::say;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::print as text;
use std::io::Write as _;
use std::path::Path;
use wayseal::files::{self, Access};
use wayseal::label::printer::{Printer, PrinterAddress};
use wayseal::label::selftest::TestLabel;
use wayseal::label::{Codes, Page};

/// The largest job that is read.
const JOB_MAX: u64 = 1 << 30;

impl PrintArgs {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        // All files are read before the first is sent, so that a wrong name costs no labels.
        let jobs = self.files.iter().map(|file| job(file, language)).collect::<Result<Vec<_>, _>>()?;
        let mut printer = open(&self.to, language)?;
        for (sent, (file, job)) in self.files.iter().zip(&jobs).enumerate() {
            printer.send(job).map_err(|error| {
                Failure::output(format!(
                    "{}: {}; {sent} {}",
                    self.to,
                    language.system(&error),
                    text::sent_whole(language, file.display())
                ))
            })?;
        }
        printer.finish().map_err(|error| {
            let may = language.of(text::BROKE_OFF_AT_END);
            Failure::output(format!("{}: {}; {may}", self.to, language.system(&error)))
        })?;
        say(&format!("{} {} → {}", jobs.len(), language.of(text::FILES_SENT), self.to))?;
        Ok(0)
    }
}

/// A file, if it begins as a printer's job does.
pub fn job(file: &Path, language: Language) -> Result<Vec<u8>, Failure> {
    let bytes = files::read(file, JOB_MAX).map_err(|error| Failure::input(language.file(&error)))?;
    let head = bytes.trim_ascii_start();
    if !(head.starts_with(b"^XA") || head.starts_with(b"SIZE ")) {
        let what = language.of(text::NOT_A_PRINT_JOB);
        return Err(Failure::input(format!("{}: {what}", file.display())));
    }
    Ok(bytes)
}

pub fn open(target: &str, language: Language) -> Result<Printer, Failure> {
    Printer::open(&PrinterAddress::parse(target)).map_err(|error| {
        let next = language.of(text::CHECK_PRINTER);
        Failure::output(format!("{target}: {}; {next}", language.system(&error)))
    })
}

impl PrinterTestArgs {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        let page = Page::new(self.size, self.dpi.into());
        if !page.is_usable() {
            return Err(Failure::usage(language.template(&wayseal::label::TemplateError::Size)));
        }
        let label = TestLabel::new(page).map_err(|_| Failure::output(language.of(text::FONT_DAMAGED)))?;
        let codes = if self.native { Codes::Native } else { Codes::Dots };
        let job = self.format.encode(&label.composed(), codes).map_err(Failure::output)?;
        match (&self.print, &self.output) {
            (Some(target), _) => {
                let mut printer = open(target, language)?;
                printer
                    .send(&job)
                    .and_then(|()| printer.finish())
                    .map_err(|error| Failure::output(format!("{target}: {}", language.system(&error))))?;
                say(&format!("{} → {target}", language.of(text::TEST_LABEL_SENT)))?;
            }
            (None, Some(file)) => files::write(file, &job, Access::Everyone)
                .map_err(|error| Failure::output(language.file(&error)))?,
            (None, None) => std::io::stdout().write_all(&job).map_err(|error| {
                Failure::output(format!("{}: {error}", language.of(text::CANNOT_WRITE_STDOUT)))
            })?,
        }
        Ok(0)
    }
}
