//! The plan of `wayseal seal`, made before the first order is read.

use super::columns::choices;
use super::print::PrintPlan;
use super::resolved::Settings;
use super::trust::Trust;
use crate::cli::arguments::seal::SealArgs;
use crate::cli::clock;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::seal as text;
use std::num::NonZero;
use std::path::PathBuf;
use wayseal::batch::codes::CodesForm;
use wayseal::batch::columns::ColumnChoices;
use wayseal::batch::input::InputOptions;
use wayseal::batch::make::ProductKind;
use wayseal::batch::number;
use wayseal::batch::output::OutputTarget;
use wayseal::keys::{Day, Tenant};
use wayseal::label::{Dpi, Format};
use wayseal::payload::Waybill;
use wayseal::signed::envelope::is_recipient;

/// One batch: what it reads, what it makes, and where that goes.
pub struct SealPlan {
    /// Files and folders of orders.
    pub orders: Vec<PathBuf>,
    /// The sealer's grant.
    pub grant: PathBuf,
    /// What the grant is checked and opened with.
    pub trust: Trust,
    /// The file of stations.
    pub stations: PathBuf,
    /// What is said of the columns.
    pub columns: ColumnChoices,
    /// What is known of the files of orders.
    pub input: InputOptions,
    /// Whether identity numbers are sealed, in the note.
    pub allow_identity: bool,
    /// The file of the template; the default if there is none.
    pub template: Option<PathBuf>,
    /// Files of more fonts.
    pub fonts: Vec<PathBuf>,
    /// Width and height, if not the template's.
    pub size: Option<(f64, f64)>,
    /// Dots per inch, if not the template's.
    pub dpi: Option<Dpi>,
    /// Where labels go; nowhere in a dry run.
    pub target: Option<OutputTarget>,
    /// What is made.
    pub make: ProductKind,
    /// How labels are printed, if they go to a printer.
    pub print: Option<PrintPlan>,
    /// Whether the last good label is scanned, to print those after it.
    pub after_scanned: bool,
    /// Labels in one part, if not the usual number.
    pub part: Option<NonZero<u64>>,
    /// The file of rejected rows, if not the one next to the labels.
    pub rejects: Option<PathBuf>,
    /// The stream that rejected rows go to in place of a file.
    pub rejects_stream: Option<Descriptor>,
    /// The age recipient who rejected rows are sealed to.
    pub rejects_for: Option<String>,
    /// The same without its ending, which follows from the orders'.
    pub rejects_stem: Option<PathBuf>,
    /// The file of delivery codes, and its form.
    pub codes: Option<(PathBuf, CodesForm)>,
    /// Whether payloads' lines have delivery codes.
    pub with_codes: bool,
    /// The tenant that is sealed for.
    pub tenant: Option<Tenant>,
    /// The file of ranges of waybill numbers.
    pub waybills: Option<PathBuf>,
    /// The file of rows that are not sealed yet.
    pub unsealed: Option<PathBuf>,
    /// Whether a batch that was stopped is resumed.
    pub resume: bool,
    /// Whether an earlier batch is replaced.
    pub overwrite: bool,
    /// Where a preview goes, in place of labels; `-` is the terminal.
    pub preview: Option<PathBuf>,
    /// Whether nothing is written.
    pub dry_run: bool,
    /// The most orders that are taken.
    pub limit: Option<u64>,
    /// The one label that is made.
    pub only: Option<Named>,
    /// The first label that is made.
    pub from: Option<Named>,
    /// The day of sealing; if not given, that of the batch that is resumed, or today.
    pub day: Option<Day>,
    /// Today by the clock, if the clock is in the years that labels can name.
    pub today: Option<Day>,
    /// Every Nth label is read back.
    pub verify: Option<NonZero<u64>>,
    /// Worker threads.
    pub jobs: usize,
    /// Whether the QR codes are explained.
    pub explain: bool,
    /// Whether events are printed as JSON lines.
    pub json: bool,
}

/// A waybill number of the command line.
pub struct Named {
    /// As it was typed, which the manifest notes.
    pub typed: String,
    /// The number.
    pub waybill: Waybill,
}

impl SealPlan {
    /// Resolves the arguments against the settings and the clock.
    pub fn new(typed: SealArgs, settings: &Settings, language: Language) -> Result<Self, Failure> {
        let mut target = target(&typed, language)?;
        let codes = codes(&typed, target.as_mut(), language)?;
        let only = named("--only", typed.only.as_deref(), language)?;
        let after_scanned = typed.from.as_deref() == Some("-");
        let from = named("--from", typed.from.as_deref().filter(|_| !after_scanned), language)?;
        let rejects_stream = rejects_stream(&typed, target.as_ref(), language)?;
        let stations = settings.stations_file(typed.stations.as_deref(), language)?;
        let columns = choices(&typed.columns, settings, language)?;
        let make = match &target {
            Some(target) => target.make,
            None => typed.format.unwrap_or(ProductKind::label(Format::Png)),
        };
        let address = target.as_ref().and_then(|target| target.printer.clone());
        if address.is_none() && (after_scanned || !typed.printing.is_empty()) {
            return Err(Failure::usage(language.of(text::ONLY_WHEN_PRINTING)));
        }
        let print = match address {
            Some(address) => Some(PrintPlan::new(address, typed.printing, language)?),
            None => None,
        };
        Ok(Self {
            trust: Trust {
                json: typed.json,
                ..settings.trust(typed.authority.as_deref(), typed.identity.as_deref())
            },
            template: settings.template_file(typed.template.as_deref()).map(ToOwned::to_owned),
            print,
            after_scanned,
            dpi: typed.dpi.map(Dpi::from),
            jobs: typed.jobs.map_or_else(cores, NonZero::get),
            stations,
            input: typed.input.options(&columns),
            columns,
            allow_identity: typed.allow_identity,
            target,
            make,
            only,
            from,
            orders: typed.orders,
            grant: typed.grant,
            fonts: typed.fonts,
            size: typed.size,
            part: typed.part,
            rejects: typed.rejects.filter(|_| rejects_stream.is_none()),
            rejects_stream,
            rejects_for: typed.rejects_for,
            rejects_stem: None,
            codes,
            with_codes: typed.with_codes,
            tenant: typed.tenant.map(Tenant::new),
            unsealed: typed.unsealed,
            waybills: typed.waybills,
            resume: typed.resume,
            overwrite: typed.overwrite,
            preview: typed.preview,
            dry_run: typed.dry_run,
            limit: typed.limit,
            day: typed.day,
            today: clock::day(),
            verify: typed.verify,
            explain: typed.explain,
            json: typed.json,
        })
    }
}

/// Where labels go; nowhere in a dry run.
fn target(typed: &SealArgs, language: Language) -> Result<Option<OutputTarget>, Failure> {
    if let Some(printer) = &typed.print {
        let target = OutputTarget::printer(printer, typed.format);
        return target.map(Some).map_err(|error| Failure::usage(language.target(&error)));
    }
    let Some(out) = &typed.out else { return Ok(None) };
    let target =
        OutputTarget::new(out, typed.format).map_err(|error| Failure::usage(language.target(&error)))?;
    if target.kept && target.beside("").is_none() {
        return Err(Failure::usage(language.of(text::NAME_A_FOLDER)));
    }
    Ok(Some(target))
}

/// The file of delivery codes and its form; output with codes is made its owner's alone.
fn codes(
    typed: &SealArgs,
    target: Option<&mut OutputTarget>,
    language: Language,
) -> Result<Option<(PathBuf, CodesForm)>, Failure> {
    if let Some(recipient) = &typed.codes_for
        && !is_recipient(recipient)
    {
        return Err(Failure::usage(text::no_codes_recipient(language, recipient)));
    }
    if typed.with_codes {
        match target {
            Some(target) if target.make == ProductKind::Payload => target.private = true,
            _ => return Err(Failure::usage(language.of(text::CODES_IN_PAYLOADS))),
        }
    }
    if typed.codes.as_ref().is_some_and(|path| path.as_os_str() == "-") {
        return Err(Failure::usage(language.of(text::CODES_NEED_A_FILE)));
    }
    let form = |path: PathBuf| {
        let form = CodesForm::new(&path, typed.codes_for.clone());
        (path, form)
    };
    Ok(typed.codes.clone().map(form))
}

/// An open stream of the process.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Descriptor {
    StandardOutput,
    Number(u32),
}

/// The stream that rejected rows go to, if they go to one. The standard output takes nothing else then.
fn rejects_stream(
    typed: &SealArgs,
    target: Option<&OutputTarget>,
    language: Language,
) -> Result<Option<Descriptor>, Failure> {
    if let Some(recipient) = &typed.rejects_for
        && !is_recipient(recipient)
    {
        return Err(Failure::usage(text::no_recipient(language, recipient)));
    }
    let Some(name) = typed.rejects.as_ref().and_then(|path| path.to_str()) else { return Ok(None) };
    if let Some(number) = name.strip_prefix("fd:") {
        let number = number.parse().map_err(|_| Failure::usage(text::no_descriptor(language, name)))?;
        return Ok(Some(Descriptor::Number(number)));
    }
    if name != "-" {
        return Ok(None);
    }
    let labels = target.is_some_and(|target| target.path.is_none() && target.printer.is_none());
    if labels || typed.json {
        return Err(Failure::usage(language.of(text::TWO_ON_STANDARD_OUTPUT)));
    }
    Ok(Some(Descriptor::StandardOutput))
}

fn named(flag: &str, typed: Option<&str>, language: Language) -> Result<Option<Named>, Failure> {
    let Some(typed) = typed else { return Ok(None) };
    let waybill = number::typed(typed)
        .map_or_else(|| Waybill::parse(typed), Ok)
        .map_err(|error| Failure::usage(text::not_a_waybill(language, flag, error)))?;
    Ok(Some(Named { typed: typed.to_owned(), waybill }))
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}
