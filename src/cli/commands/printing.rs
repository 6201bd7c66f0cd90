//! What the commands that print share: the queue, and what is said of its labels.

use crate::cli::console::{tell, warn};
use crate::cli::failure::Failure;
use crate::cli::language::{Language, printing as text};
use crate::cli::settings::print::PrintPlan;
use serde_json::json;
use std::io::{self, BufRead as _, IsTerminal as _};
use wayseal::batch::printer::PrinterAddress;
use wayseal::batch::printer::ledger::Ledger;
use wayseal::batch::printer::queue::{LabelMark, PrintChoice, PrintQueue, PrintReport, QueueError};
use wayseal::batch::printer::session::PrinterEvent;
use wayseal::batch::printer::status::Dialect;
use wayseal::files::FileError;

/// The longest line that a scanner types.
const LINE_MAX: usize = 4096;

impl PrintPlan {
    /// A queue with its ledger. `length` is a label's in tenths of a millimetre.
    pub fn queue(
        &self,
        dialect: Option<Dialect>,
        length: u64,
        after: Option<LabelMark>,
        doubtful: bool,
        json: bool,
        language: Language,
    ) -> Result<PrintQueue, Failure> {
        let ledger = Ledger::open(&self.ledger, &self.address.to_string())
            .map_err(|error| Failure::output(text::ledger(language, &error)))?;
        let mut choice = PrintChoice::default();
        // Whoever scanned the last good label has looked at the paper, as whoever named the next one.
        choice.doubtful = doubtful || after.is_some();
        choice.after = after;
        choice.again = self.again.clone();
        let tell = move |event| say_event(event, json, language);
        Ok(PrintQueue::to(self.address.clone(), dialect, length, self.patience, tell)
            .with_ledger(ledger)
            .with_choice(choice))
    }

    /// What is said at the end, and the exit code: 1 if a label was left out or not found.
    pub fn end(&self, report: &PrintReport, json: bool, language: Language) -> u8 {
        let code = u8::from(report.printed_before + report.doubtful > 0 || !report.not_found.is_empty());
        if json {
            say_json(&event_of(report));
            return code;
        }
        for line in self.lines(report, language) {
            warn(&line);
        }
        code
    }

    fn lines(&self, report: &PrintReport, language: Language) -> Vec<String> {
        let mut lines = Vec::new();
        let number = |waybill: &Option<_>| {
            waybill.map_or_else(|| "-".to_owned(), |waybill: wayseal::payload::Waybill| waybill.to_string())
        };
        if report.confirmed > 0 {
            lines.push(text::confirmed(language, report.confirmed, number(&report.last_confirmed)));
        }
        if report.sent > 0 {
            let last = number(&report.last_whole);
            let file = matches!(&self.address, PrinterAddress::File(path) if path.is_file());
            lines.push(if report.spooled {
                text::completed(language, report.sent, last)
            } else if file {
                text::spooled(language, report.sent, last)
            } else {
                text::sent(language, report.sent, last)
            });
            if report.no_fault {
                lines.push(language.of(text::NO_FAULT).to_owned());
            }
        }
        let ledger = self.ledger.display();
        if report.printed_before > 0 {
            lines.push(text::printed_before(language, report.printed_before, &ledger));
        }
        if let Some(first) = &report.first_doubtful {
            lines.push(text::doubtful(language, report.doubtful, first, &ledger));
        }
        if !report.not_found.is_empty() {
            let list: Vec<String> = report.not_found.iter().take(10).map(ToString::to_string).collect();
            let more = if report.not_found.len() > 10 { " …" } else { "" };
            lines.push(text::not_found(language, list.join(" ") + more));
        }
        lines
    }

    /// The failure of a job, with the last label that is known, and what to do.
    pub fn failure(&self, error: &QueueError, report: &PrintReport, language: Language) -> Failure {
        let cause = text::ended(language, error);
        Failure::output(format!("{}: {cause}; {}", self.address, standing(report, language)))
    }
}

/// The queue's error in one of a file, if there is one.
pub fn cause(error: &FileError) -> Option<&QueueError> {
    error.cause().get_ref()?.downcast_ref()
}

/// Where a job stands: what is known of its labels, and what to do.
pub fn standing(report: &PrintReport, language: Language) -> String {
    let mut parts = Vec::new();
    if report.confirmed > 0
        && let Some(last) = &report.last_confirmed
    {
        parts.push(text::last_confirmed(language, last));
    }
    if report.unknown + report.confirmed + report.sent == 0 && report.last_whole.is_none() {
        parts.push(language.of(text::NOTHING_SENT).to_owned());
        if let Some(next) = &report.next {
            parts.push(text::next_up(language, next));
        }
        parts.push(language.of(text::CHECK_AND_RETRY).to_owned());
        return parts.join("; ");
    }
    if let Some(first) = &report.first_unknown {
        parts.push(text::unknown(language, report.unknown, first));
    }
    if let Some(last) = &report.last_whole {
        parts.push(text::last_whole(language, last));
    }
    if let Some(next) = &report.next {
        parts.push(text::incomplete(language, next));
    }
    parts.push(language.of(text::LOOK_AND_GO_ON).to_owned());
    parts.join("; ")
}

/// What became of the labels, as an event.
pub fn event_of(report: &PrintReport) -> serde_json::Value {
    let number = |waybill: &Option<wayseal::payload::Waybill>| waybill.map(|waybill| waybill.to_string());
    json!({
        "event": "printed", "confirmed": report.confirmed, "sent": report.sent, "unknown": report.unknown,
        "printed_before": report.printed_before, "doubtful": report.doubtful,
        "last_confirmed": number(&report.last_confirmed), "last_sent_whole": number(&report.last_whole),
        "first_unknown": number(&report.first_unknown), "first_doubtful": number(&report.first_doubtful),
        "next": number(&report.next), "no_fault": report.no_fault, "spooled": report.spooled,
        "not_found": report.not_found.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

/// Says what happens while a printer is waited for.
pub fn say_event(event: PrinterEvent, json: bool, language: Language) {
    if !json {
        return warn(&text::event(language, event));
    }
    let (state, time) = match event {
        PrinterEvent::TakesNothing(time) => ("takes_nothing", time),
        PrinterEvent::NotClosed(time) => ("not_closed", time),
        PrinterEvent::NotFinished(time) => ("not_finished", time),
        PrinterEvent::Fault(_, time) => ("fault", time),
        _ => return,
    };
    let fault = match event {
        PrinterEvent::Fault(fault, _) => Some(fault.to_string()),
        _ => None,
    };
    say_json(&json!({ "event": "printer", "state": state, "seconds": time.as_secs(), "fault": fault }));
}

/// Writes an event; printing goes on if nobody reads them any more.
fn say_json(event: &serde_json::Value) {
    let _unread = tell(&event.to_string());
}

/// The last good label, as a scanner or somebody types it on the standard input.
pub fn scan_last_good(language: Language) -> Result<LabelMark, Failure> {
    let mut input = io::BufReader::new(io::Read::take(io::stdin(), LINE_MAX as u64));
    let terminal = io::stdin().is_terminal();
    loop {
        if terminal {
            warn(language.of(text::SCAN_LAST_GOOD));
        }
        let mut line = String::new();
        let read = input.read_line(&mut line).map_err(|error| Failure::input(language.system(&error)))?;
        match LabelMark::parse(&line) {
            Some(mark) => return Ok(mark),
            // Somebody at a terminal can try again.
            None if terminal && read > 0 => warn(language.of(text::NOT_A_MARK)),
            None => return Err(Failure::input(language.of(text::NOT_A_MARK))),
        }
    }
}
