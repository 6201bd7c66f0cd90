//! `wayseal seal`: seals files of orders into labels.

use super::begin::{Earlier, recover_rejects};
use super::template::template_of;
use crate::cli::accounting;
use crate::cli::commands::printing;
use crate::cli::commands::seal::explain::{NoticedLabels, Symbols};
use crate::cli::console::{say, warn};
use crate::cli::failure::Failure;
use crate::cli::interrupt::INTERRUPTED;
use crate::cli::interrupt::Interrupt;
use crate::cli::language::printing as printing_text;
use crate::cli::language::seal as text;
use crate::cli::language::{Language, settings};
use crate::cli::progress::Progress;
use crate::cli::settings::seal::{Descriptor, SealPlan};
use crate::cli::stations_file::signed_stations;
use serde_json::json;
use std::cell::OnceCell;
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use wayseal::batch::check::Check;
use wayseal::batch::codes::CodesForm;
use wayseal::batch::columns::Accounting;
use wayseal::batch::input;
use wayseal::batch::manifest::{KeptRows, Manifest, ManifestFile, PartRecord};
use wayseal::batch::manifest_key::ManifestKey;
use wayseal::batch::notice::Notice;
use wayseal::batch::output::{ContainerKind, FOLDER, FrameEntry, OutputTarget, PART};
use wayseal::batch::pipeline::{BatchPlan, OpenedInput};
use wayseal::batch::printer::status::Dialect;
use wayseal::batch::product::ProductKind;
use wayseal::batch::run::{self, Event, Paths};
use wayseal::batch::stations::Stations;
use wayseal::batch::waybills::NumberSupply;
use wayseal::keys::{Day, Tenant};

/// Rejected rows that are printed one by one; the file of rejects has all.
const SHOWN: u64 = 20;

/// What became of a batch.
pub struct Sealed {
    /// The exit code.
    pub code: u8,
    /// Its state at the end.
    pub manifest: Manifest,
}

impl SealPlan {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        if let Some(to) = &self.preview {
            return self.preview(to, language);
        }
        let first = Some(text::FINISHING_PART).filter(|_| !self.json);
        let interrupt = Interrupt::listen(language, first)?;
        self.seal(language, &interrupt).map(|sealed| sealed.code)
    }

    /// Checks what no file of orders is at fault for: stations, grant, template.
    pub fn check(&self, language: Language) -> Result<(), Failure> {
        let stations = signed_stations(&self.stations, || self.trust.pinned(language), language)?;
        let grant = self.trust.grant(&self.grant, language)?;
        stations.check(&grant, language)?;
        let day = self.day.or(self.today);
        let day = day.ok_or_else(|| Failure::usage(language.of(settings::CLOCK_OUT_OF_RANGE)))?;
        self.sealing_keys(&grant, day, language)?;
        template_of(self.template.as_deref(), &self.fonts, language).map(|_| ())
    }

    /// Whether the batch was begun on an earlier day than that of sealing, as its manifest says.
    pub fn is_stranded(&self) -> bool {
        let manifest = self.target.as_ref().and_then(|target| target.beside("manifest.json"));
        let begun = manifest.and_then(|path| Manifest::day_noted(&path));
        begun.is_some_and(|begun| Some(begun) != self.day.or(self.today))
    }

    /// Seals the orders. Ctrl-C ends the batch after the current part.
    pub fn seal(&self, language: Language, interrupt: &Interrupt) -> Result<Sealed, Failure> {
        let target = self.target.as_ref();
        let manifest_path = target.and_then(|target| target.beside("manifest.json"));
        let file = signed_stations(&self.stations, || self.trust.pinned(language), language)?;
        let grant = self.trust.grant(&self.grant, language)?;
        file.check(&grant, language)?;
        let stations = file.stations;
        self.check_resume(manifest_path.as_deref(), language)?;
        // The manifest is read when nobody else can write it.
        let kept = target.zip(manifest_path.as_deref());
        let _lock = kept.map(|(_, manifest)| self.lock(manifest, language)).transpose()?;
        let earlier = kept.map_or(Earlier::None, |(_, manifest)| self.earlier(manifest, &grant));
        // A batch that is resumed after midnight keeps its own day.
        let resumed = match &earlier {
            Earlier::Own(before, _) if self.resume => before.job.day.parse().ok(),
            _ => None,
        };
        let day = self.day.or(resumed).or(self.today);
        let day = day.ok_or_else(|| Failure::usage(language.of(settings::CLOCK_OUT_OF_RANGE)))?;
        let desk = self.sealing_keys(&grant, day, language)?;
        let template = template_of(self.template.as_deref(), &self.fonts, language)?;
        self.check_pilot(&stations, day, language)?;
        let ranges = self.ranges(language)?;
        let inputs = self.inputs(&stations, language)?;
        let make = self.make;
        let kind = target.map_or(ContainerKind::Stream, |target| target.kind);
        let page = template.page(self.size, self.dpi);
        let mut plan = BatchPlan::new(&inputs, &stations, &desk, &template, page, make, kind);
        self.choose(&mut plan);
        // A font that somebody gave draws what it likes: its labels are read back.
        let each = self.verify.map(NonZero::get).or(template.has_fonts().then_some(1));
        plan.verify = each.map(|each| (each, Check::new(&grant.nodes, day)));
        // The grant has the day's keys, as `SealingKeys` found.
        let key =
            ManifestKey::new(&grant, day).ok_or_else(|| Failure::key(language.of(text::NO_MANIFEST_KEY)))?;
        let key = Arc::new(key);
        let job = self.job(&plan, &grant, &key, language)?;
        let rejects = self.rejects(&inputs, target);
        let unsealed = self.unsealed(&inputs);
        let codes: Vec<PathBuf> = self.codes.iter().map(|(path, _)| path.clone()).collect();
        let kept_rows: Vec<PathBuf> = rejects.iter().chain(&unsealed).chain(&codes).cloned().collect();
        check_apart(&kept_rows, &inputs, language)?;
        let _rejects_locks = self.lock_rejects(&kept_rows, language)?;
        let before = match kept {
            Some((target, manifest)) => {
                self.begin(target, manifest, (&rejects, &unsealed, &codes), earlier, language)?
            }
            None => {
                recover_rejects(&kept_rows, language)?;
                self.free(&kept_rows, language).map(|()| None)?
            }
        };
        let manifest = match (before, target) {
            (Some(before), Some(target)) => {
                super::begin::check_resumable(&before, &job, target, language)?;
                before
            }
            _ => Manifest::new(job),
        };
        plan.skip = manifest.rows;
        // The columns of a file with orders without numbers are those of one whose numbers come from elsewhere.
        let (pending, supply) = (NumberSupply::default(), OnceCell::new());
        if let Some((ranges, path)) = ranges.as_ref().zip(self.waybills.as_deref()) {
            plan.numbers = Some(&pending);
            let handed_out = self.hand_out(&plan, (ranges, path), &key, language)?;
            plan.numbers = Some(supply.get_or_init(|| handed_out));
        }
        let file = manifest_path.map(|path| ManifestFile::new(path, key));
        let mut paths = Paths::new(target, self.part(target));
        paths.manifest = file.as_ref();
        paths.rejects = &rejects;
        paths.unsealed = &unsealed;
        paths.codes = self.codes.as_ref().map(|(path, form)| (path, form));
        if let Some(print) = &self.print {
            let after = if self.after_scanned { Some(printing::scan_last_good(language)?) } else { None };
            let length = page.length();
            let dialect = match make {
                ProductKind::Label(format, _) => Dialect::of(format),
                ProductKind::Payload | ProductKind::Symbol(_) => None,
            };
            let queue = print.queue(dialect, length, after, self.from.is_some(), self.json, language)?;
            let queue = Arc::new(queue);
            let known = queue.clone();
            interrupt.say(printing_text::STOPPING, move || printing::standing(&known.report(), language));
            paths.queue = Some(queue);
        }
        let stream = self.rejects_stream(language)?;
        paths.rejects_stream = stream.as_ref().filter(|_| !self.dry_run);
        paths.rejects_for = self.rejects_for.as_deref();
        let aside = target.is_some_and(|target| target.path.is_none())
            || self.rejects_stream == Some(Descriptor::StandardOutput);
        let progress = Progress::new(language, self.json, aside);
        self.drive(&plan, &paths, manifest, progress, interrupt.stop(), language)
    }

    pub fn part(&self, target: Option<&OutputTarget>) -> u64 {
        let usual =
            if target.is_some_and(|target| target.kind == ContainerKind::Folder) { FOLDER } else { PART };
        self.part.map_or(usual, NonZero::get)
    }

    /// The files of rejected rows, one an input.
    pub fn rejects(
        &self,
        inputs: &[wayseal::batch::pipeline::OrderFile],
        target: Option<&OutputTarget>,
    ) -> Vec<PathBuf> {
        if self.dry_run || self.rejects_stream.is_some() {
            return Vec::new();
        }
        let base = self.rejects.clone().or_else(|| self.rejects_stem.clone()).unwrap_or_else(|| {
            target.and_then(|target| target.beside("rejects")).unwrap_or_else(|| {
                let name = inputs[0].path.file_stem().filter(|_| inputs[0].survey.is_some());
                PathBuf::from(format!("{}.rejects", name.unwrap_or("orders".as_ref()).display()))
            })
        });
        one_an_input(inputs, &base, self.rejects.is_some(), self.rejects_for.is_some())
    }

    /// The files of rows that are not sealed yet, one an input; none if they are not kept.
    fn unsealed(&self, inputs: &[wayseal::batch::pipeline::OrderFile]) -> Vec<PathBuf> {
        let file = self.unsealed.as_ref().filter(|_| !self.dry_run);
        file.map(|file| one_an_input(inputs, file, true, false)).unwrap_or_default()
    }

    /// Refuses a batch that would not know where to put the orders of stations that are not ready.
    fn check_pilot(&self, stations: &Stations, day: Day, language: Language) -> Result<(), Failure> {
        let early = stations.all().iter().filter(|station| station.is_early(day)).count();
        if early == 0 || self.unsealed.is_some() {
            return Ok(());
        }
        Err(Failure::usage(text::no_unsealed(language, early, day)))
    }

    fn drive(
        &self,
        plan: &BatchPlan<'_>,
        paths: &Paths<'_>,
        manifest: Manifest,
        mut progress: Progress,
        stop: &AtomicBool,
        language: Language,
    ) -> Result<Sealed, Failure> {
        if manifest.finished {
            let code = self.end(plan, paths, &manifest, &progress, language)?;
            return Ok(Sealed { code, manifest });
        }
        let before = lines(plan);
        let all = before.last().copied().flatten();
        let mut shown = 0;
        let mut accounted = None;
        let mut symbols = Symbols::default();
        let mut noticed_labels = NoticedLabels::default();
        let reason = |reject: &wayseal::batch::reject::Reject| language.reject(reject);
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
                    return Ok(Sealed { code, manifest });
                };
                let report = queue.report();
                if !queue.has_started() {
                    return Err(Failure::input(language.of(printing_text::MARK_NOT_FOUND)));
                }
                let left_out = print.end(&report, self.json, language);
                if code == INTERRUPTED {
                    warn(&printing::standing(&report, language));
                }
                Ok(Sealed { code: code.max(left_out), manifest })
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
        path: &std::path::Path,
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

    /// Prints the summary of all rows.
    pub fn end(
        &self,
        plan: &BatchPlan<'_>,
        paths: &Paths<'_>,
        manifest: &Manifest,
        progress: &Progress,
        language: Language,
    ) -> Result<u8, Failure> {
        let interrupted = !manifest.finished;
        let aside = paths.target.is_some_and(|target| target.path.is_none())
            || self.rejects_stream == Some(Descriptor::StandardOutput);
        let waybills = plan.numbers.map(|numbers| json!({ "handed_out": numbers.new, "left": numbers.left }));
        let files = |kept| {
            let of = manifest.rejects.iter().filter(move |record| record.kept == kept);
            of.map(|record| &record.file).collect::<Vec<_>>()
        };
        progress.event(&json!({
            "event": if interrupted { "interrupted" } else { "finished" },
            "rows": manifest.rows, "labels": manifest.labels, "rejected": manifest.rejected,
            "joined": manifest.joined, "unsealed": manifest.unsealed, "waybills": waybills,
            "notices": manifest.notices, "tenant": self.tenant.map(Tenant::number),
            "rejects": files(KeptRows::Rejected), "unsealed_files": files(KeptRows::Unsealed),
            "codes": files(KeptRows::Codes).first(),
            "bytes": manifest.parts.iter().map(|part| part.bytes).sum::<u64>(),
            "sha256": one_part(manifest).and_then(digest_of),
        }));
        if !self.json {
            let print = |line: &str| {
                if aside {
                    warn(line);
                    return Ok(());
                }
                say(line)
            };
            print(&summary(manifest, paths.target, language))?;
            if let Some((numbers, path)) = plan.numbers.zip(self.waybills.as_ref()) {
                print(&text::handed_out(language, numbers.new, path.display(), numbers.left))?;
            }
            for (notice, labels) in manifest.notices.iter() {
                print(&language.notice(notice, labels))?;
            }
            for record in &manifest.rejects {
                let what = match record.kept {
                    KeptRows::Rejected => text::REJECTS_FILE,
                    KeptRows::Unsealed => text::UNSEALED_FILE,
                    KeptRows::Codes => match &self.codes {
                        Some((_, CodesForm::Sealed(_))) => text::CODES_SEALED,
                        _ => text::CODES_FILE,
                    },
                };
                print(&format!("{} {}", record.file, language.of(what)))?;
            }
            if manifest.rejected > 0 && self.rejects_stream.is_some() {
                print(language.of(text::STREAM_REJECTS))?;
            }
            if interrupted {
                print(language.of(if paths.manifest.is_some() {
                    text::STOPPED_RESUME
                } else {
                    text::STOPPED
                }))?;
            }
        }
        if (plan.only.is_some() || plan.from.is_some()) && manifest.rows == 0 {
            let flag = if plan.only.is_some() { "--only" } else { "--from" };
            return Err(Failure::input(text::no_such_row(language, flag)));
        }
        Ok(if interrupted { INTERRUPTED } else { u8::from(manifest.rejected > 0) })
    }
}

/// Refuses to write rows into a file of orders, or two kinds of rows into one file: with --overwrite, orders would be lost.
fn check_apart(
    kept: &[PathBuf],
    inputs: &[wayseal::batch::pipeline::OrderFile],
    language: Language,
) -> Result<(), Failure> {
    let resolved = |path: &PathBuf| std::fs::canonicalize(path).unwrap_or_else(|_| path.clone());
    let inputs: Vec<PathBuf> = inputs.iter().map(|input| resolved(&input.path)).collect();
    let shared =
        |(at, path): (usize, &PathBuf)| inputs.contains(&resolved(path)) || kept[..at].contains(path);
    match kept.iter().enumerate().find(|(at, path)| shared((*at, path))) {
        Some((_, path)) => Err(Failure::usage(text::in_two_uses(language, path.display()))),
        None => Ok(()),
    }
}

/// The files that keep rows of each input. `exact` is a name that the user gave.
fn one_an_input(
    inputs: &[wayseal::batch::pipeline::OrderFile],
    base: &std::path::Path,
    exact: bool,
    objects: bool,
) -> Vec<PathBuf> {
    let of = |(at, input): (usize, &wayseal::batch::pipeline::OrderFile)| {
        let jsonl = objects || input.survey.as_ref().is_some_and(input::Survey::is_jsonl);
        let number = if inputs.len() > 1 { format!("-{}", at + 1) } else { String::new() };
        if exact && inputs.len() == 1 {
            return base.to_owned();
        }
        let stem = if exact { base.with_extension("") } else { base.to_owned() };
        PathBuf::from(format!("{}{number}.{}", stem.display(), if jsonl { "jsonl" } else { "csv" }))
    };
    inputs.iter().enumerate().map(of).collect()
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

/// The digest of a part, but for a device's.
fn digest_of(part: &PartRecord) -> Option<&str> {
    Some(&*part.sha256).filter(|sha256| !sha256.is_empty())
}

/// The part of a batch that has one: its digest is that of all that went out.
fn one_part(manifest: &Manifest) -> Option<&PartRecord> {
    if let [part] = &manifest.parts[..] { Some(part) } else { None }
}

pub fn summary(manifest: &Manifest, target: Option<&OutputTarget>, language: Language) -> String {
    let all = if manifest.joined > 0 { text::ROWS } else { text::ORDERS };
    let mut line = format!(
        "{} {} = {} {}",
        manifest.rows,
        language.of(all),
        manifest.labels,
        language.of(text::LABELS),
    );
    if manifest.more_labels > 0 {
        line += &text::of_orders(language, manifest.labelled());
    }
    line += &format!(" + {} {}", manifest.rejected, language.of(text::REJECTED));
    if manifest.unsealed > 0 {
        line += &format!(" + {} {}", manifest.unsealed, language.of(text::UNSEALED));
    }
    if manifest.joined > 0 {
        line += &format!(" + {} {}", manifest.joined, language.of(text::JOINED));
    }
    if let Some(first) = manifest.parts.first() {
        let path = target.map_or_else(|| PathBuf::from(&first.file), |target| target.located(&first.file));
        line += &format!(" → {}", path.display());
    }
    if manifest.parts.len() > 1 {
        let more = manifest.parts.len() - 1;
        line += &text::and_more(language, more);
    }
    line
}

/// Lines before each input, and after the last: those of all, as far as they are known.
pub fn lines(plan: &BatchPlan<'_>) -> Vec<Option<u64>> {
    let mut before = vec![Some(0_u64)];
    for input in plan.inputs {
        let lines = input.survey.as_ref().and_then(|survey| survey.lines);
        let sum = before.last().copied().flatten().zip(lines).map(|(sum, lines)| sum + lines);
        before.push(sum);
    }
    before
}

/// The finished share of all lines, if their number is known.
pub fn share(before: &[Option<u64>], all: Option<u64>, source: &OpenedInput, line: u64) -> Option<f64> {
    if let [_, _] = before {
        // A single workbook is counted once it is open.
        return Some(line as f64 / source.lines?.max(1) as f64);
    }
    Some((before[source.input]? + line) as f64 / all?.max(1) as f64)
}
