//! Sends the labels of a file to a printer. The ledger says of each label whether it was sent, so that a file that is
//! resumed after a kill continues with the next label, and what may be printed or not is left to a person who looks at the
//! paper.

use crate::cli::commands::print;
use crate::cli::commands::printing;
use crate::cli::failure::Failure;
use crate::cli::interrupt::Interrupt;
use crate::cli::language::{Language, printing as text};
use crate::cli::settings::print::PrintPlan;
use std::path::Path;
use std::sync::Arc;
use wayseal::batch::printer::status::Dialect;

/// What became of the labels.
pub enum PrintEnd {
    /// All are printed, as far as the printer says.
    Whole,
    /// Some may be printed or not; why.
    Unknown(String),
}

/// Prints a file of labels.
///
/// # Errors
/// [`Failure`] if nothing was sent: the printer does not answer, or the labels cannot be read.
pub fn print(
    labels: &Path,
    plan: &PrintPlan,
    interrupt: &Interrupt,
    json: bool,
    language: Language,
) -> Result<PrintEnd, Failure> {
    let jobs = [print::job(labels, language)?];
    let dialect = Dialect::of(jobs[0].1.language);
    let queue = Arc::new(plan.queue(dialect, print::LENGTH_MIN, None, false, json, language)?);
    let known = queue.clone();
    interrupt.say(text::STOPPING, move || printing::standing(&known.report(), language));
    let sent = print::send(&jobs, None, &queue);
    interrupt.say_nothing_more();
    let report = queue.report();
    match sent {
        Err(error) if !report.has_sent() => Err(plan.failure(&error, &report, language)),
        Err(error) => Ok(PrintEnd::Unknown(plan.failure(&error, &report, language).message(language))),
        Ok(_) => {
            // Labels that an earlier run of this file printed are no news.
            plan.end(&report, json, language);
            match &report.first_doubtful {
                None => Ok(PrintEnd::Whole),
                Some(first) => {
                    let ledger = plan.ledger.display();
                    Ok(PrintEnd::Unknown(text::doubtful(language, report.doubtful, first, ledger)))
                }
            }
        }
    }
}
