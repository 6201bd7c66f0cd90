//! `wayseal seal`: files of orders to labels.

use crate::cli::arguments::seal::Seal;
use crate::cli::arguments::values::column;
use crate::cli::clock::today;
use crate::cli::commands::seal::explain::Symbols;
use crate::cli::commands::seal::sent::Sent;
use crate::cli::console::say;
use crate::cli::failure::Failure;
use crate::cli::interrupt;
use crate::cli::interrupt::INTERRUPTED;
use crate::cli::language::Language;
use crate::cli::language::seal as text;
use crate::cli::progress::Progress;
use crate::cli::settings::Settings;
use serde_json::json;
use std::collections::BTreeMap;
use std::num::NonZero;
use std::path::PathBuf;
use wayseal::batch::check::Check;
use wayseal::batch::columns::Column;
use wayseal::batch::input;
use wayseal::batch::make::Make;
use wayseal::batch::manifest::Manifest;
use wayseal::batch::output::{Entry, FOLDER, Framing, Kind, PART, Target};
use wayseal::batch::pipeline::{Opened, Plan};
use wayseal::batch::press::Desk;
use wayseal::batch::run::{self, Event, Paths};
use wayseal::label::{Codes, Dpi};
use wayseal::payload::Waybill;

/// Rejected rows that are told one by one; the file of rejects has all.
pub const TOLD: u64 = 20;

impl Seal {
    pub fn run(self, settings: &Settings, language: Language) -> Result<u8, Failure> {
        let target = self.target(language)?;
        let manifest_path = target.as_ref().and_then(|target| target.beside("manifest.json"));
        let only = waybill("--only", self.only.as_deref(), language)?;
        let from = waybill("--from", self.from.as_deref(), language)?;
        let stations = settings.stations(self.stations.as_deref())?;
        let grant =
            settings.grant(&self.grant, self.authority.as_deref(), self.identity.as_deref(), language)?;
        let before = self.before(manifest_path.as_deref(), language)?;
        let day = match (self.day, &before) {
            (Some(day), _) => day,
            // After midnight a batch goes on with its own day.
            (None, Some(before)) => before.job.day.parse().map_or_else(|_| today(), Ok)?,
            (None, None) => today()?,
        };
        let desk = Desk::new(&grant, day).map_err(|error| Failure::key(language.desk(&error, &grant)))?;
        let template = settings.template(self.template.as_deref(), &self.fonts, language)?;
        let columns = self.chosen(settings)?;
        let inputs = self.inputs(&columns, language)?;
        let make = target
            .as_ref()
            .map_or(self.format.unwrap_or(Make::label(wayseal::label::Format::Png)), |target| target.make);
        let kind = target.as_ref().map_or(Kind::Stream, |target| target.kind);
        let plan = Plan {
            inputs: &inputs,
            columns: &columns,
            stations: &stations,
            desk: &desk,
            make,
            framing: Framing { kind, ending: make.ending(), day },
            template: &template,
            page: template.page(self.size, self.dpi.map(Dpi::from)),
            jobs: self.jobs.map_or_else(cores, NonZero::get),
            skip: before.as_ref().map_or(0, |before| before.rows),
            limit: self.limit,
            only,
            from,
            verify: self.verify.map(|each| (each.get(), Check::new(&grant.nodes, day))),
        };
        let job = self.job(settings, &plan, &grant)?;
        let rejects = self.rejects(&inputs, target.as_ref());
        let _lock = self.begin(target.as_ref(), manifest_path.as_deref(), &rejects, language)?;
        let manifest = match before {
            Some(before) => {
                super::begin::goes_on(&before, &job, language)?;
                before
            }
            None => Manifest::new(job),
        };
        let paths = Paths {
            target: target.as_ref(),
            part: self.part(target.as_ref()),
            manifest: manifest_path.as_deref(),
            rejects: &rejects,
        };
        let progress =
            Progress::new(language, self.json, target.as_ref().is_some_and(|target| target.path.is_none()));
        self.drive(&plan, &paths, manifest, progress, language)
    }

    /// Where labels go; nowhere in a rehearsal.
    pub fn target(&self, language: Language) -> Result<Option<Target>, Failure> {
        let native = matches!(self.format, Some(Make::Label(_, Codes::Native)));
        if native && self.verify.is_some() {
            return Err(Failure::usage(language.of(text::VERIFY_OR_NATIVE)));
        }
        if let Some(printer) = &self.print {
            let target = Target::printer(printer, self.format);
            return target.map(Some).map_err(|error| Failure::usage(language.target(&error)));
        }
        let Some(out) = &self.out else { return Ok(None) };
        let target = Target::of(out, self.format).map_err(|error| Failure::usage(language.target(&error)))?;
        if target.kept && target.beside("").is_none() {
            return Err(Failure::usage(language.of(text::NAME_A_FOLDER)));
        }
        Ok(Some(target))
    }

    pub fn part(&self, target: Option<&Target>) -> u64 {
        let usual = if target.is_some_and(|target| target.kind == Kind::Folder) { FOLDER } else { PART };
        self.part.map_or(usual, NonZero::get)
    }

    /// What was chosen on the command line goes before a file, and that before the settings.
    pub fn chosen(&self, settings: &Settings) -> Result<Vec<(Column, String)>, Failure> {
        let mut chosen: BTreeMap<String, String> = settings.columns().clone();
        if let Some(path) = &self.columns_file {
            let bytes = wayseal::files::read(path, 1 << 20).map_err(Failure::input)?;
            let file: BTreeMap<String, String> = toml::from_str(&String::from_utf8_lossy(&bytes))
                .map_err(|error| Failure::input(format!("{}: {error}", path.display())))?;
            chosen.extend(file);
        }
        chosen.extend(self.columns.iter().map(|(column, name)| (column.name().to_owned(), name.clone())));
        chosen
            .iter()
            .map(|(name, theirs)| column(&format!("{name}={theirs}")).map_err(Failure::usage))
            .collect()
    }

    /// The files of rejected rows, one an input.
    pub fn rejects(
        &self,
        inputs: &[wayseal::batch::pipeline::OrderFile],
        target: Option<&Target>,
    ) -> Vec<PathBuf> {
        if self.dry_run {
            return Vec::new();
        }
        let base = self.rejects.clone().unwrap_or_else(|| {
            target.and_then(|target| target.beside("rejects")).unwrap_or_else(|| {
                let name = inputs[0].path.file_stem().filter(|_| inputs[0].survey.is_some());
                PathBuf::from(format!("{}.rejects", name.unwrap_or("orders".as_ref()).display()))
            })
        });
        let of = |(at, input): (usize, &wayseal::batch::pipeline::OrderFile)| {
            let jsonl = input.survey.as_ref().is_some_and(input::Survey::is_jsonl);
            let number = if inputs.len() > 1 { format!("-{}", at + 1) } else { String::new() };
            if self.rejects.is_some() && inputs.len() == 1 {
                return base.clone();
            }
            let stem = if self.rejects.is_some() { base.with_extension("") } else { base.clone() };
            PathBuf::from(format!("{}{number}.{}", stem.display(), if jsonl { "jsonl" } else { "csv" }))
        };
        inputs.iter().enumerate().map(of).collect()
    }

    pub fn drive(
        &self,
        plan: &Plan<'_>,
        paths: &Paths<'_>,
        manifest: Manifest,
        mut progress: Progress,
        language: Language,
    ) -> Result<u8, Failure> {
        if manifest.finished {
            return self.end(plan, paths, &manifest, &progress, language);
        }
        let stop = interrupt::listen(language, self.json)?;
        let before = lines(plan);
        let all = before.last().copied().flatten();
        let mut told = 0;
        let mut symbols = Symbols::default();
        let mut sent = Sent::default();
        let reason = |reject: &wayseal::batch::order::Reject| language.reject(reject);
        let mut tell = |event: Event<'_>| match event {
            Event::Rejected { input, reject } => {
                let file = plan.inputs[input].path.display();
                told += 1;
                if progress.is_json() {
                    progress.event(&json!({
                        "event": "rejected", "input": file.to_string(), "line": reject.line,
                        "column": reject.column.name(), "error": language.reject(reject),
                    }));
                } else if told <= TOLD {
                    progress.line(&format!("{file}: {}", language.reject(reject)));
                } else if told == TOLD + 1 {
                    progress.line(language.of(text::MORE_REJECTS));
                }
            }
            Event::Label(entry) => {
                symbols.count(entry.chars);
                sent.next(entry.waybill);
                missing(entry, &progress, language);
            }
            Event::Part(record) => {
                let mut event = json!(record);
                event["event"] = "part".into();
                progress.event(&event);
            }
            Event::Progress { manifest, source, line } => {
                let share = match plan.limit {
                    Some(limit) => Some(manifest.rows as f64 / limit.max(1) as f64),
                    None => share(&before, all, source, line),
                };
                progress.tell(manifest, share);
            }
        };
        let result = run::run(plan, paths, manifest, &reason, &mut tell, &stop);
        progress.end();
        match result {
            Ok(manifest) => {
                let code = self.end(plan, paths, &manifest, &progress, language)?;
                if self.explain {
                    self.tell_symbols(&symbols, plan, paths, &progress, language)?;
                }
                if code == INTERRUPTED && self.print.is_some() {
                    eprintln!("{}", sent.stopped(language));
                }
                Ok(code)
            }
            Err(error) => {
                let mut failure = super::begin::failure(&error, language);
                if matches!(error, run::RunError::Output(_)) && self.print.is_some() {
                    failure = failure.with_advice(&*sent.broken(language));
                }
                if paths.manifest.is_some() {
                    failure = failure.with_advice(language.of(text::RESUME_AFTER));
                }
                Err(failure)
            }
        }
    }

    /// Says which symbols the labels have, where the summary is said.
    pub fn tell_symbols(
        &self,
        symbols: &Symbols,
        plan: &Plan<'_>,
        paths: &Paths<'_>,
        progress: &Progress,
        language: Language,
    ) -> Result<(), Failure> {
        let (text, events) = Self::explanation(symbols, plan.template, plan.page, language);
        if self.json {
            events.iter().for_each(|event| progress.event(event));
        } else if paths.target.is_some_and(|target| target.path.is_none()) {
            eprintln!("{text}");
        } else {
            say(&text)?;
        }
        Ok(())
    }

    /// Says what became of all rows.
    pub fn end(
        &self,
        plan: &Plan<'_>,
        paths: &Paths<'_>,
        manifest: &Manifest,
        progress: &Progress,
        language: Language,
    ) -> Result<u8, Failure> {
        let interrupted = !manifest.finished;
        let aside = paths.target.is_some_and(|target| target.path.is_none());
        progress.event(&json!({
            "event": if interrupted { "interrupted" } else { "finished" },
            "rows": manifest.rows, "labels": manifest.labels, "rejected": manifest.rejected,
            "rejects": manifest.rejects.iter().map(|record| &record.file).collect::<Vec<_>>(),
        }));
        if !self.json {
            let tell = |line: &str| {
                if aside {
                    eprintln!("{line}");
                    return Ok(());
                }
                say(line)
            };
            tell(&summary(manifest, language))?;
            for record in &manifest.rejects {
                tell(&format!("{} {}", record.file, language.of(text::REJECTS_FILE)))?;
            }
            if interrupted {
                tell(language.of(if paths.manifest.is_some() {
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

/// Says that characters are missing, if some are.
pub fn missing(entry: &Entry, progress: &Progress, language: Language) {
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

pub fn waybill(flag: &str, text: Option<&str>, language: Language) -> Result<Option<Waybill>, Failure> {
    text.map(Waybill::parse)
        .transpose()
        .map_err(|error| Failure::usage(text::not_a_waybill(language, flag, error)))
}

pub fn summary(manifest: &Manifest, language: Language) -> String {
    let mut line = format!(
        "{} {} = {} {} + {} {}",
        manifest.rows,
        language.of(text::ORDERS),
        manifest.labels,
        language.of(text::LABELS),
        manifest.rejected,
        language.of(text::REJECTED),
    );
    if let Some(first) = manifest.parts.first() {
        line += &format!(" → {}", first.file);
    }
    if manifest.parts.len() > 1 {
        let more = manifest.parts.len() - 1;
        line += &text::and_more(language, more);
    }
    line
}

pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

/// Lines before each input, and behind the last: those of all, as far as they are known.
pub fn lines(plan: &Plan<'_>) -> Vec<Option<u64>> {
    let mut before = vec![Some(0_u64)];
    for input in plan.inputs {
        let lines = input.survey.as_ref().and_then(|survey| survey.lines);
        let sum = before.last().copied().flatten().zip(lines).map(|(sum, lines)| sum + lines);
        before.push(sum);
    }
    before
}

/// Which share of all lines is dealt with.
pub fn share(before: &[Option<u64>], all: Option<u64>, source: &Opened, line: u64) -> Option<f64> {
    if let [_, _] = before {
        // A single workbook is counted once it is open.
        return Some(line as f64 / source.lines?.max(1) as f64);
    }
    Some((before[source.input]? + line) as f64 / all?.max(1) as f64)
}
