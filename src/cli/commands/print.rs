//! `wayseal print` sends files of labels to a printer; `wayseal printer-test` makes a label that tests one. Neither holds
//! keys or personal data, so that they need no settings.

use super::printing;
use super::seal::template_of;
use crate::cli::arguments::print::{PrintArgs, PrinterTestArgs};
use crate::cli::console::{self, say};
use crate::cli::failure::Failure;
use crate::cli::language::{Language, print as text, printing as printing_text, seal as seal_text};
use crate::cli::settings::print::{PrintPlan, printer};
use std::collections::HashSet;
use std::io::Write as _;
use std::path::Path;
use wayseal::batch::printer::job::PrintFile;
use wayseal::batch::printer::queue::{PrintQueue, QueueError};
use wayseal::batch::printer::session::Patience;
use wayseal::batch::printer::status::Dialect;
use wayseal::files::{self, Access};
use wayseal::label::selftest::TestLabel;
use wayseal::label::{Codes, Dpi};
use wayseal::payload::Waybill;

/// The largest job that is read.
const JOB_MAX: u64 = 512 << 20;
/// The least length of a label, in tenths of a millimetre; how long those of a file are is not read.
pub const LENGTH_MIN: u64 = 1250;

impl PrintArgs {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        let plan = PrintPlan::new(printer(&self.to, language)?, self.printing, language)?;
        // All files are read before the first is sent, so that a wrong name costs no labels.
        let jobs = self.files.iter().map(|file| job(file, language)).collect::<Result<Vec<_>, _>>()?;
        let after = match self.from.as_deref() {
            Some("-") => Some(printing::scan_last_good(language)?),
            _ => None,
        };
        let from = match self.from.as_deref().filter(|from| *from != "-") {
            Some(from) => Some(
                Waybill::parse(from)
                    .map_err(|error| Failure::usage(seal_text::not_a_waybill(language, "--from", error)))?,
            ),
            None => None,
        };
        let dialect = jobs.first().and_then(|(_, job)| Dialect::of(job.language));
        let queue = plan.queue(dialect, LENGTH_MIN, after, from.is_some(), false, language)?;
        let sent = send(&jobs, from, &queue);
        let report = queue.report();
        match sent {
            Err(error) => Err(plan.failure(&error, &report, language)),
            Ok(false) => Err(Failure::input(seal_text::no_such_row(language, "--from"))),
            Ok(true) if !queue.has_started() => {
                Err(Failure::input(language.of(printing_text::MARK_NOT_FOUND)))
            }
            Ok(true) => Ok(plan.end(&report, false, language)),
        }
    }
}

/// Sends labels from a waybill number on; false if there is none of that number.
pub fn send(
    jobs: &[(Vec<u8>, PrintFile)],
    from: Option<Waybill>,
    queue: &PrintQueue,
) -> Result<bool, QueueError> {
    let mut begun = from.is_none();
    let mut skipped = HashSet::new();
    for (at, (bytes, job)) in jobs.iter().enumerate() {
        for label in &job.labels {
            let waybill = job.waybill(bytes, label);
            begun |= waybill.is_some() && waybill == from;
            if !begun {
                skipped.extend(label.stored.iter().map(|range| (at, range.start)));
                continue;
            }
            // What labels before the first have stored, this one may recall.
            let mut commands = Vec::new();
            for range in label.stored.iter().filter(|range| skipped.remove(&(at, range.start))) {
                commands.extend_from_slice(&bytes[range.clone()]);
            }
            commands.extend_from_slice(&bytes[label.commands.clone()]);
            queue.print(waybill.as_ref(), None, &commands)?;
        }
    }
    queue.finish().map(|_| begun)
}

/// A file of labels and its labels, if it is in a printer's language.
pub fn job(file: &Path, language: Language) -> Result<(Vec<u8>, PrintFile), Failure> {
    let bytes = files::read(file, JOB_MAX).map_err(|error| Failure::input(language.file(&error)))?;
    match PrintFile::parse(&bytes) {
        Some(job) if !job.labels.is_empty() => Ok((bytes, job)),
        _ => {
            let what = language.of(text::NOT_A_PRINT_JOB);
            Err(Failure::input(format!("{}: {what}", file.display())))
        }
    }
}

impl PrinterTestArgs {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        let template = template_of(self.template.as_deref(), &[], language)?;
        let page = template.page(self.size, self.dpi.map(Dpi::from));
        if !page.is_usable() {
            return Err(Failure::usage(language.template(&wayseal::label::TemplateError::Size)));
        }
        let label = TestLabel::new(page).map_err(|_| Failure::output(language.of(text::FONT_DAMAGED)))?;
        let codes = if self.native { Codes::Native } else { Codes::Dots };
        let job = self.format.encode(&label.composed(), codes).map_err(Failure::output)?;
        match (&self.print, &self.output) {
            (Some(target), _) => {
                let address = printer(target, language)?;
                let dialect = Dialect::of(self.format);
                let tell = move |event| printing::say_event(event, false, language);
                let length = page.length();
                let queue = PrintQueue::to(address, dialect, length, Patience::default(), tell);
                queue.print(None, None, &job).and_then(|()| queue.finish()).map_err(|error| {
                    Failure::output(format!("{target}: {}", printing_text::ended(language, &error)))
                })?;
                say(&format!("{} → {target}", language.of(text::TEST_LABEL_SENT)))?;
            }
            (None, Some(file)) => files::write(file, &job, Access::Everyone)
                .map_err(|error| Failure::output(language.file(&error)))?,
            (None, None) => console::data().write_all(&job).map_err(|error| {
                Failure::output(format!("{}: {error}", language.of(text::CANNOT_WRITE_STDOUT)))
            })?,
        }
        Ok(0)
    }
}
