//! The plan of `wayseal seal`, made before the first order is read.

use super::print::PrintPlan;
use super::resolved::Settings;
use super::trust::Trust;
use crate::cli::arguments::seal::SealArgs;
use crate::cli::arguments::values::column;
use crate::cli::clock;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::seal as text;
use std::collections::BTreeMap;
use std::num::NonZero;
use std::path::PathBuf;
use wayseal::batch::columns::Column;
use wayseal::batch::make::ProductKind;
use wayseal::batch::output::OutputTarget;
use wayseal::keys::Day;
use wayseal::label::{Codes, Dpi, Format};
use wayseal::payload::Waybill;

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
    /// Columns by what the files name them.
    pub columns: Vec<(Column, String)>,
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
    /// Whether a batch that was stopped is resumed.
    pub resume: bool,
    /// Whether an earlier batch is replaced.
    pub overwrite: bool,
    /// Whether nothing is written.
    pub dry_run: bool,
    /// The most rows that are taken.
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
        let target = target(&typed, language)?;
        let only = named("--only", typed.only.as_deref(), language)?;
        let after_scanned = typed.from.as_deref() == Some("-");
        let from = named("--from", typed.from.as_deref().filter(|_| !after_scanned), language)?;
        let stations = settings.stations_file(typed.stations.as_deref(), language)?;
        let columns = chosen(&typed, settings, language)?;
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
            trust: settings.trust(typed.authority.as_deref(), typed.identity.as_deref()),
            template: settings.template_file(typed.template.as_deref()).map(ToOwned::to_owned),
            print,
            after_scanned,
            dpi: typed.dpi.map(Dpi::from),
            jobs: typed.jobs.map_or_else(cores, NonZero::get),
            stations,
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
            rejects: typed.rejects,
            resume: typed.resume,
            overwrite: typed.overwrite,
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
    let native = matches!(typed.format, Some(ProductKind::Label(_, Codes::Native)));
    if native && typed.verify.is_some() {
        return Err(Failure::usage(language.of(text::VERIFY_OR_NATIVE)));
    }
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

/// Column names: the command line takes precedence over the file of columns, and that over the configuration file.
fn chosen(
    typed: &SealArgs,
    settings: &Settings,
    language: Language,
) -> Result<Vec<(Column, String)>, Failure> {
    let mut chosen: BTreeMap<String, String> = settings.columns().clone();
    if let Some(path) = &typed.columns_file {
        let bytes =
            wayseal::files::read(path, 1 << 20).map_err(|error| Failure::input(language.file(&error)))?;
        let file: BTreeMap<String, String> = toml::from_str(&String::from_utf8_lossy(&bytes))
            .map_err(|error| Failure::input(format!("{}: {error}", path.display())))?;
        chosen.extend(file);
    }
    chosen.extend(typed.columns.iter().map(|(column, name)| (column.name().to_owned(), name.clone())));
    chosen.iter().map(|(name, theirs)| column(&format!("{name}={theirs}")).map_err(Failure::usage)).collect()
}

fn named(flag: &str, typed: Option<&str>, language: Language) -> Result<Option<Named>, Failure> {
    let Some(typed) = typed else { return Ok(None) };
    let waybill =
        Waybill::parse(typed).map_err(|error| Failure::usage(text::not_a_waybill(language, flag, error)))?;
    Ok(Some(Named { typed: typed.to_owned(), waybill }))
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}
