//! Runs a batch and says what happens: on standard error for people, or as events in JSON.

use super::batch::SealedBatch;
use super::share::{lines, share};
use super::summary::digest_of;
use crate::cli::accounting;
use crate::cli::commands::printing;
use crate::cli::commands::seal::explain::{NoticedLabels, Symbols};
use crate::cli::console::{say, warn};
use crate::cli::failure::Failure;
use crate::cli::interrupt::INTERRUPTED;
use crate::cli::language::Language;
use crate::cli::language::printing as printing_text;
use crate::cli::language::seal as text;
use crate::cli::progress::Progress;
use crate::cli::settings::seal::SealPlan;
use serde_json::json;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use wayseal::batch::columns::Accounting;
use wayseal::batch::manifest::Manifest;
use wayseal::batch::notice::Notice;
use wayseal::batch::output::FrameEntry;
use wayseal::batch::pipeline::BatchPlan;
use wayseal::batch::reject::Reject;
use wayseal::batch::run::{self, Event, Paths};
/// Rejected rows that are printed one by one; the file of rejects has all.
const SHOWN: u64 = 20;

impl SealPlan {
    pub fn drive(
        &self,
        plan: &BatchPlan<'_>,
        paths: &Paths<'_>,
        manifest: Manifest,
        mut progress: Progress,
        stop: &AtomicBool,
        language: Language,
    ) -> Result<SealedBatch, Failure> {
        if manifest.finished {
            let code = self.end(plan, paths, &manifest, &progress, language)?;
            return Ok(SealedBatch { code, manifest });
        }
        let before = lines(plan);
        let all = before.last().copied().flatten();
        let mut shown = 0;
        let mut accounted = None;
        let mut symbols = Symbols::default();
        let mut noticed_labels = NoticedLabels::default();
        let reason = |reject: &Reject| language.reject(reject);
        let mut report = |event: Event<'_>| match event {
            Event::Input { input, remark } => {
                let file = plan.inputs[input].path.display().to_string();
                if progress.is_json() {
                    let mut event = json!(remark);
                    event["event"] = "input".into();
                    event["input"] = file.into();
                    progress.event(&event);
                } else {
                    progress.line(&format!("{file}: {}", language.remark(remark)));
                }
            }
            Event::Columns { input, accounting } => {
                self.account(&plan.inputs[input].path, accounting, &mut accounted, &progress, language);
            }
            Event::Rejected { input, reject } => {
                let file = plan.inputs[input].path.display();
                shown += 1;
                if progress.is_json() {
                    progress.event(&json!({
                        "event": "rejected", "input": file.to_string(), "line": reject.line,
                        "column": reject.column.name(), "error": language.reject(reject),
                        "waybill": reject.number.as_ref().map(ToString::to_string),
                    }));
                } else if shown <= SHOWN {
                    progress.line(&format!("{file}: {}", language.reject(reject)));
                    if let Some(number) = &reject.number {
                        progress.line(&text::number_of_reject(language, number));
                    }
                } else if shown == SHOWN + 1 {
                    progress.line(language.of(text::MORE_REJECTS));
                }
            }
            Event::Unsealed { input, line } => {
                let file = plan.inputs[input].path.display().to_string();
                progress.event(&json!({ "event": "unsealed", "input": file, "line": line }));
            }
            Event::Label(entry) => {
                symbols.count(entry.chars);
                missing(entry, &progress, language);
                noticed(entry, &progress);
                noticed_labels.add(entry.waybill, entry.notices);
            }
            Event::Part(record) => {
                let mut event = json!(record);
                event["event"] = "part".into();
                event["sha256"] = digest_of(record).into();
                if let Some(target) = paths.target {
                    event["file"] = target.located(&record.file).display().to_string().into();
                }
                progress.event(&event);
            }
            Event::Progress { manifest, source, line } => {
                let share = match plan.limit {
                    Some(limit) => Some((manifest.rows - manifest.joined) as f64 / limit.max(1) as f64),
                    None => share(&before, all, source, line),
                };
                progress.report(manifest, share);
            }
        };
        let result = run::run(plan, paths, manifest, &reason, &mut report, stop);
        progress.end();
        match result {
            Ok(manifest) => {
                let code = self.end(plan, paths, &manifest, &progress, language)?;
                if self.explain {
                    self.explain_labels((&symbols, &noticed_labels), plan, paths, &progress, language)?;
                }
                let Some((print, queue)) = self.print.as_ref().zip(paths.queue.as_ref()) else {
                    return Ok(SealedBatch { code, manifest });
                };
                let report = queue.report();
                if !queue.has_started() {
                    return Err(Failure::input(language.of(printing_text::MARK_NOT_FOUND)));
                }
                let left_out = print.end(&report, self.json, language);
                if code == INTERRUPTED {
                    warn(&printing::standing(&report, language));
                }
                Ok(SealedBatch { code: code.max(left_out), manifest })
            }
            Err(error) => {
                let mut failure = super::begin::failure(&error, language);
                if let Some((print, queue)) = self.print.as_ref().zip(paths.queue.as_ref())
                    && let run::RunError::Output(error) = &error
                    && let Some(cause) = printing::cause(error)
                {
                    let report = queue.report();
                    progress.event(&printing::event_of(&report));
                    failure = print.failure(cause, &report, language);
                }
                // A watched folder resumes by itself.
                if paths.manifest.is_some() && self.rejects_stem.is_none() {
                    failure = failure.with_advice(language.of(text::RESUME_AFTER));
                }
                Err(failure)
            }
        }
    }

    /// Says what becomes of the columns of a file: a table in a dry run, else one line, once for files that are alike.
    fn account(
        &self,
        path: &Path,
        accounting: &Accounting,
        before: &mut Option<Accounting>,
        progress: &Progress,
        language: Language,
    ) {
        let file = path.display();
        progress.event(&json!({
            "event": "columns", "input": file.to_string(), "export": accounting.export,
            "columns": accounting.columns,
        }));
        if before.as_ref() == Some(accounting) {
            return;
        }
        progress.line(&format!("{file}: {}", language.accounted(accounting)));
        if self.dry_run {
            accounting::table(accounting, language).iter().for_each(|row| progress.line(row));
        }
        *before = Some(accounting.clone());
    }

    /// Prints which symbols and notices the labels have, to the stream of the summary.
    fn explain_labels(
        &self,
        (symbols, noticed): (&Symbols, &NoticedLabels),
        plan: &BatchPlan<'_>,
        paths: &Paths<'_>,
        progress: &Progress,
        language: Language,
    ) -> Result<(), Failure> {
        let (mut text, events) = Self::explanation(symbols, plan.template, plan.page, language);
        text += &noticed.text(language);
        if self.json {
            events.iter().for_each(|event| progress.event(event));
        } else if paths.target.is_some_and(|target| target.path.is_none()) {
            text.lines().for_each(warn);
        } else {
            text.lines().try_for_each(say)?;
        }
        Ok(())
    }
}

/// An event for each notice of a label; for people, the summary counts them. Missing glyphs have an event of their own.
fn noticed(entry: &FrameEntry, progress: &Progress) {
    if entry.notices.is_empty() || !progress.is_json() {
        return;
    }
    for notice in entry.notices.iter().filter(|notice| *notice != Notice::MissingGlyphs) {
        progress.event(&json!({
            "event": "notice", "waybill": &*entry.waybill.text(), "notice": notice.name(),
        }));
    }
}

/// Prints how many characters of a label the fonts lack.
fn missing(entry: &FrameEntry, progress: &Progress, language: Language) {
    let characters = entry.missing;
    if characters == 0 {
        return;
    }
    let waybill = entry.waybill.text();
    if progress.is_json() {
        progress.event(&json!({
            "event": "missing_glyphs", "waybill": &*waybill, "characters": characters,
        }));
        return;
    }
    let printed = language.of(text::MISSING_CHARACTERS);
    progress.line(&format!("{}: {characters} {printed}", &*waybill));
}
