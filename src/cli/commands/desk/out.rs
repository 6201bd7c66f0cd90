//! Where the labels of a desk go: to a printer, one by one, or into a folder.

use crate::cli::arguments::desk::DeskArgs;
use crate::cli::commands::printing;
use crate::cli::failure::Failure;
use crate::cli::language::{Language, failure, printing as text};
use crate::cli::settings::print::printer;
use std::path::PathBuf;
use wayseal::batch::printer::queue::{PrintQueue, QueueError};
use wayseal::batch::printer::session::Patience;
use wayseal::batch::printer::status::Dialect;
use wayseal::device::desk::ReplacedLabel;
use wayseal::files::{self, Access};
use wayseal::label::{Format, Page};

/// A printer or a folder.
pub struct LabelOut {
    format: Format,
    to: OutPlace,
}

enum OutPlace {
    /// The desk's log says what was made, so that there is no ledger. The name is said if it fails.
    Printer(Box<PrintQueue>, String),
    Folder(PathBuf),
}

impl LabelOut {
    pub fn new(typed: &DeskArgs, page: Page, language: Language) -> Result<Self, Failure> {
        if let Some(folder) = &typed.output {
            std::fs::create_dir_all(folder).map_err(|error| {
                Failure::output(failure::cannot_make_folder(
                    language,
                    folder.display(),
                    language.system(&error),
                ))
            })?;
            let format = typed.format.unwrap_or(Format::Png);
            return Ok(Self { format, to: OutPlace::Folder(folder.clone()) });
        }
        let name = typed.print.clone().unwrap_or_default();
        let format = typed.format.unwrap_or(Format::Zpl);
        let json = typed.json;
        let tell = move |event| printing::say_event(event, json, language);
        let address = printer(&name, language)?;
        let queue = PrintQueue::to(address, Dialect::of(format), page.length(), Patience::default(), tell);
        Ok(Self { format, to: OutPlace::Printer(Box::new(queue), name) })
    }

    pub const fn format(&self) -> Format {
        self.format
    }

    /// Gives a label out.
    pub fn put(&self, label: &ReplacedLabel<'_>, job: &[u8], language: Language) -> Result<(), Failure> {
        match &self.to {
            OutPlace::Printer(queue, name) => queue
                .print(Some(&label.waybill), Some(&label.handle), job)
                .map_err(|error| ended(name, &error, language)),
            OutPlace::Folder(folder) => {
                let path = folder.join(format!("{}.{}", label.waybill, self.format.name()));
                files::write(&path, job, Access::Everyone)
                    .map_err(|error| Failure::output(language.file(&error)))
            }
        }
    }

    /// Waits until all of it is printed.
    pub fn finish(&self, language: Language) -> Result<(), Failure> {
        match &self.to {
            OutPlace::Printer(queue, name) => {
                queue.finish().map(drop).map_err(|error| ended(name, &error, language))
            }
            OutPlace::Folder(_) => Ok(()),
        }
    }
}

fn ended(name: &str, error: &QueueError, language: Language) -> Failure {
    Failure::output(format!("{name}: {}", text::ended(language, error)))
}
