//! `wayseal seal`: files of orders to labels.

mod begin;
mod explain;
mod job;
mod sent;

use super::config::Config;
use super::failure::Failure;
use super::interrupt::{self, INTERRUPTED};
use super::language::Language;
use super::orders::column;
use super::progress::Progress;
use super::{say, today};
use clap::{Args, ValueEnum};
use explain::Symbols;
use sent::Sent;
use serde_json::json;
use std::collections::BTreeMap;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use wayseal::batch::check::Check;
use wayseal::batch::columns::Column;
use wayseal::batch::input;
use wayseal::batch::make::Make;
use wayseal::batch::manifest::Manifest;
use wayseal::batch::output::{Entry, FOLDER, Framing, Kind, PART, Target};
use wayseal::batch::pipeline::{Opened, Plan};
use wayseal::batch::press::Desk;
use wayseal::batch::run::{self, Event, Paths};
use wayseal::keys::Day;
use wayseal::label::{Codes, Dpi, Page};
use wayseal::payload::Waybill;

/// Rejected rows that are told one by one; the file of rejects has all.
const TOLD: u64 = 20;

#[derive(Args)]
pub struct Seal {
    /// Files and folders of orders: CSV in UTF-8 or GB18030, XLSX, JSON Lines; - is the standard input
    #[arg(required = true)]
    orders: Vec<PathBuf>,
    /// The sealer's grant
    #[arg(long, value_name = "FILE")]
    grant: PathBuf,
    /// Where labels go: a folder, or a file that ends in .zip, .tar, .pdf, .jsonl, .zpl or .tspl; - is the
    /// standard output
    #[arg(long, value_name = "OUT", required_unless_present_any = ["dry_run", "print"])]
    out: Option<PathBuf>,
    /// Print the labels, in their order: tcp://HOST, tcp://HOST:PORT, or the path of a device or spool file; ZPL if
    /// --format does not say tspl
    #[arg(long, value_name = "PRINTER", conflicts_with_all = ["out", "dry_run", "part"])]
    print: Option<String>,
    /// What is made, if the ending of OUT does not say: png, svg, pdf, zpl, tspl, zpl-native, tspl-native (the
    /// printer draws the codes), payload
    #[arg(long)]
    format: Option<Make>,
    /// Go on with a batch that was stopped, or begin it
    #[arg(long)]
    resume: bool,
    /// Replace what an earlier batch has written
    #[arg(long, conflicts_with = "resume")]
    overwrite: bool,
    /// Do everything but write
    #[arg(long, conflicts_with_all = ["resume", "overwrite", "out"])]
    dry_run: bool,
    /// Take at most so many rows
    #[arg(long, value_name = "ROWS")]
    limit: Option<u64>,
    /// Make one label again, the same bit for bit on the same --day
    #[arg(long, value_name = "WAYBILL", conflicts_with = "limit")]
    only: Option<String>,
    /// Leave out the rows before this waybill number: to go on where a printer has stopped
    #[arg(long, value_name = "WAYBILL", conflicts_with = "only")]
    from: Option<String>,
    /// Say which QR codes the labels have, and why these
    #[arg(long)]
    explain: bool,
    /// Read each so many labels back from the finished picture, and open them, before they count
    #[arg(long, value_name = "N")]
    verify: Option<NonZero<u64>>,
    /// Threads that draw; as many as there are cores if not given
    #[arg(long, value_name = "THREADS")]
    jobs: Option<NonZero<usize>>,
    /// Labels in one ZIP, TAR or PDF, or one folder of a folder, before the next begins
    #[arg(long, value_name = "LABELS")]
    part: Option<NonZero<u64>>,
    /// A column, by what the files name it: phone=Tel; may be repeated
    #[arg(long = "column", value_name = "COLUMN=NAME", value_parser = column)]
    columns: Vec<(Column, String)>,
    /// A TOML file of columns: phone = "Tel"
    #[arg(long = "columns", value_name = "FILE")]
    columns_file: Option<PathBuf>,
    /// The file of rejected rows; beside OUT if not given
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// The authority's public key
    #[arg(long, value_name = "FILE")]
    authority: Option<PathBuf>,
    /// The identity that opens a grant sealed to this device
    #[arg(long, value_name = "FILE")]
    identity: Option<PathBuf>,
    /// The file of stations
    #[arg(long, value_name = "FILE")]
    stations: Option<PathBuf>,
    /// The label's template
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
    /// Font for scripts that the embedded one lacks, such as Arabic or Thai: TrueType or OpenType; may be repeated
    #[arg(long = "font", value_name = "FILE")]
    fonts: Vec<PathBuf>,
    /// Width and height in millimetres; the template's, or 100x150, if not given
    #[arg(long, value_parser = size)]
    size: Option<(u32, u32)>,
    /// The printer's dots an inch; the template's, or 203, if not given
    #[arg(long, value_enum)]
    dpi: Option<DotsPerInch>,
    /// The day of sealing, such as 2026-11-24; today, or that of the batch that goes on, if not given
    #[arg(long)]
    day: Option<Day>,
    /// Print events as JSON lines
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum DotsPerInch {
    /// 8 dots a millimetre
    #[value(name = "203")]
    D203,
    /// 12 dots a millimetre
    #[value(name = "300")]
    D300,
}

impl From<DotsPerInch> for Dpi {
    fn from(dots: DotsPerInch) -> Self {
        match dots {
            DotsPerInch::D203 => Self::D203,
            DotsPerInch::D300 => Self::D300,
        }
    }
}

/// Width and height in millimetres, as in `100x150`.
pub fn size(text: &str) -> Result<(u32, u32), String> {
    Page::size(text).ok_or_else(|| "a size is width and height in millimetres, such as 100x150".to_owned())
}

impl Seal {
    pub fn run(self, config: &Config, language: Language) -> Result<u8, Failure> {
        let target = self.target(language)?;
        let manifest_path = target.as_ref().and_then(|target| target.beside("manifest.json"));
        let only = waybill("--only", self.only.as_deref(), language)?;
        let from = waybill("--from", self.from.as_deref(), language)?;
        let stations = config.stations(self.stations.as_deref())?;
        let grant =
            config.grant(&self.grant, self.authority.as_deref(), self.identity.as_deref(), language)?;
        let before = self.before(manifest_path.as_deref(), language)?;
        let day = match (self.day, &before) {
            (Some(day), _) => day,
            // After midnight a batch goes on with its own day.
            (None, Some(before)) => before.job.day.parse().map_or_else(|_| today(), Ok)?,
            (None, None) => today()?,
        };
        let desk = Desk::new(&grant, day).map_err(|error| Failure::key(language.desk(&error, &grant)))?;
        let template = config.template(self.template.as_deref(), &self.fonts, language)?;
        let columns = self.chosen(config)?;
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
        let job = self.job(config, &plan, &grant)?;
        let rejects = self.rejects(&inputs, target.as_ref());
        let _lock = self.begin(target.as_ref(), manifest_path.as_deref(), &rejects, language)?;
        let manifest = match before {
            Some(before) => {
                begin::goes_on(&before, &job, language)?;
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
    fn target(&self, language: Language) -> Result<Option<Target>, Failure> {
        let native = matches!(self.format, Some(Make::Label(_, Codes::Native)));
        if native && self.verify.is_some() {
            return Err(Failure::usage(language.pick(
                "--verify reads pictures, and a native format leaves the codes to the printer; leave one of the two \
                 out",
                "--verify 需要读回图像，而 native 格式由打印机绘制条码：请去掉其一",
            )));
        }
        if let Some(printer) = &self.print {
            let target = Target::printer(printer, self.format);
            return target.map(Some).map_err(|error| Failure::usage(language.target(&error)));
        }
        let Some(out) = &self.out else { return Ok(None) };
        let target = Target::of(out, self.format).map_err(|error| Failure::usage(language.target(&error)))?;
        if target.kept && target.beside("").is_none() {
            return Err(Failure::usage(language.pick(
                "name a folder for the labels, such as ./labels",
                "请给出存放面单的文件夹名，例如 ./labels",
            )));
        }
        Ok(Some(target))
    }

    fn part(&self, target: Option<&Target>) -> u64 {
        let usual = if target.is_some_and(|target| target.kind == Kind::Folder) { FOLDER } else { PART };
        self.part.map_or(usual, NonZero::get)
    }

    /// What was chosen on the command line goes before a file, and that before the settings.
    fn chosen(&self, config: &Config) -> Result<Vec<(Column, String)>, Failure> {
        let mut chosen: BTreeMap<String, String> = config.columns.clone();
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
    fn rejects(
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

    fn drive(
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
        let mut texts = 0;
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
                    progress.line(language.pick("more are in the file of rejects", "其余见拒收文件"));
                }
            }
            Event::Label(entry) => {
                symbols.count(entry.chars);
                sent.next(entry.waybill);
                missing(entry, &progress, language);
                withheld(entry, &progress);
                texts += entry.withheld;
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
                if texts > 0 {
                    eprintln!("{}", withheld_in_all(texts, language));
                }
                if self.explain {
                    self.tell_symbols(&symbols, plan, paths, &progress, language)?;
                }
                if code == INTERRUPTED && self.print.is_some() {
                    eprintln!("{}", sent.stopped(language));
                }
                Ok(code)
            }
            Err(error) => {
                let mut failure = begin::failure(&error, language);
                if matches!(error, run::RunError::Output(_)) && self.print.is_some() {
                    failure = failure.with(&sent.broken(language));
                }
                if paths.manifest.is_some() {
                    failure = failure.with(language.pick(
                        "what is finished stands; then give the same command with --resume",
                        "已完成的部分有效：处理后用同一命令加 --resume 继续",
                    ));
                }
                Err(failure)
            }
        }
    }

    /// Says which symbols the labels have, where the summary is said.
    fn tell_symbols(
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
    fn end(
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
                tell(&format!("{} {}", record.file, language.pick(
                    "holds people's data and is readable by you alone; correct it and seal it as you sealed the orders",
                    "含个人信息，仅本人可读：更正后可直接再次打单",
                )))?;
            }
            if interrupted {
                tell(language.pick(
                    if paths.manifest.is_some() {
                        "stopped; the same command with --resume goes on"
                    } else {
                        "stopped"
                    },
                    if paths.manifest.is_some() {
                        "已停止：用同一命令加 --resume 继续"
                    } else {
                        "已停止"
                    },
                ))?;
            }
        }
        if (plan.only.is_some() || plan.from.is_some()) && manifest.rows == 0 {
            let flag = if plan.only.is_some() { "--only" } else { "--from" };
            return Err(Failure::input(match language {
                Language::En => format!("no row has the waybill number of {flag}"),
                Language::Zh => format!("没有 {flag} 所给的运单号"),
            }));
        }
        Ok(if interrupted { INTERRUPTED } else { u8::from(manifest.rejected > 0) })
    }
}

/// Tells machines that texts of a label are printed as `***`; people are told how many of the batch are.
fn withheld(entry: &Entry, progress: &Progress) {
    if entry.withheld > 0 && progress.is_json() {
        progress.event(&json!({
            "event": "withheld_texts", "waybill": &*entry.waybill.text(), "texts": entry.withheld,
        }));
    }
}

fn withheld_in_all(texts: usize, language: Language) -> String {
    match language {
        Language::En => format!("{texts} texts of goods or remark are printed as ***: they may tell what the masks hide"),
        Language::Zh => format!("{texts} 处品名或备注已印为 ***：可能泄露被脱敏的内容"),
    }
}

/// Says that characters are missing, if some are.
fn missing(entry: &Entry, progress: &Progress, language: Language) {
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
    let printed =
        language.pick("characters are not in the font and printed as boxes", "个字不在字库中，已印为方框");
    progress.line(&format!("{}: {characters} {printed}", &*waybill));
}

fn waybill(flag: &str, text: Option<&str>, language: Language) -> Result<Option<Waybill>, Failure> {
    text.map(Waybill::parse).transpose().map_err(|error| {
        Failure::usage(match language {
            Language::En => format!("{flag}: {error}; it is a waybill number of 6 to 20 of 0-9 A-Z -"),
            Language::Zh => format!("{flag}：运单号须为 6 至 20 位的 0-9 A-Z -"),
        })
    })
}

fn summary(manifest: &Manifest, language: Language) -> String {
    let mut line = format!(
        "{} {} = {} {} + {} {}",
        manifest.rows,
        language.pick("orders", "个订单"),
        manifest.labels,
        language.pick("labels", "张面单"),
        manifest.rejected,
        language.pick("rejected", "个被拒"),
    );
    if let Some(first) = manifest.parts.first() {
        line += &format!(" → {}", first.file);
    }
    if manifest.parts.len() > 1 {
        let more = manifest.parts.len() - 1;
        line += &match language {
            Language::En => format!(" and {more} more"),
            Language::Zh => format!(" 等 {} 个", more + 1),
        };
    }
    line
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

/// Lines before each input, and behind the last: those of all, as far as they are known.
fn lines(plan: &Plan<'_>) -> Vec<Option<u64>> {
    let mut before = vec![Some(0_u64)];
    for input in plan.inputs {
        let lines = input.survey.as_ref().and_then(|survey| survey.lines);
        let sum = before.last().copied().flatten().zip(lines).map(|(sum, lines)| sum + lines);
        before.push(sum);
    }
    before
}

/// Which share of all lines is dealt with.
fn share(before: &[Option<u64>], all: Option<u64>, source: &Opened, line: u64) -> Option<f64> {
    if let [_, _] = before {
        // A single workbook is counted once it is open.
        return Some(line as f64 / source.lines?.max(1) as f64);
    }
    Some((before[source.input]? + line) as f64 / all?.max(1) as f64)
}

/// A name for messages.
fn shown(path: &Path) -> String {
    path.display().to_string()
}
