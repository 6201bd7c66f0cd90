//! The plan of `wayseal watch`: the folder, and how each file that comes into it is sealed.

use super::print::{LEDGER, PrintPlan, printer};
use super::resolved::Settings;
use super::seal::SealPlan;
use crate::cli::arguments::seal::SealArgs;
use crate::cli::arguments::watch::{OF_ONE_FILE, WatchArgs};
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::watch as text;
use std::path::{Path, PathBuf};
use std::time::Duration;
use wayseal::batch::make::ProductKind;
use wayseal::label::Format;

/// Where the name of a file goes in `--out`.
const NAME: &str = "{}";

/// A folder that is watched.
pub struct WatchPlan<'a> {
    /// The folder.
    pub folder: PathBuf,
    /// Whether the command ends once it has taken what is there.
    pub once: bool,
    /// How long a file must not change before it is taken.
    pub settle: Duration,
    /// The printer that gets the labels of each file.
    pub print: Option<PrintPlan>,
    /// Whether events are printed as JSON lines.
    pub json: bool,
    /// Where the labels of a file go, with [`NAME`].
    out: String,
    seal: SealArgs,
    settings: &'a Settings,
    language: Language,
}

impl<'a> WatchPlan<'a> {
    /// Resolves the arguments; nothing of the folder is read.
    pub fn new(typed: WatchArgs, settings: &'a Settings, language: Language) -> Result<Self, Failure> {
        let WatchArgs { mut seal, own } = typed;
        let given = [
            seal.resume,
            seal.overwrite,
            seal.dry_run,
            seal.limit.is_some(),
            seal.only.is_some(),
            seal.from.is_some(),
        ];
        if let Some((name, _)) = OF_ONE_FILE.iter().zip(given).find(|(_, given)| *given) {
            return Err(Failure::usage(text::of_one_file(language, name.replace('_', "-"))));
        }
        let print = seal.print.take();
        let folder = std::mem::take(&mut seal.orders).into_iter().next().unwrap_or_default();
        // One file for all would be replaced by each, and one in the folder be taken for orders.
        let of_all = |codes: &PathBuf| {
            let name = codes.file_name().unwrap_or_default();
            !name.to_string_lossy().contains(NAME) || codes.parent() == Some(&*folder)
        };
        if seal.codes.as_ref().is_some_and(of_all) {
            return Err(Failure::usage(language.of(text::CODES_OF_EACH)));
        }
        let out = match (&seal.out, &print) {
            (Some(out), _) => {
                let Some(out) = out.to_str() else {
                    return Err(Failure::usage(language.of(text::OUT_IS_NO_TEXT)));
                };
                if out == "-" {
                    return Err(Failure::usage(language.of(text::NOT_TO_STANDARD_OUTPUT)));
                }
                if out.contains(NAME) {
                    out.to_owned()
                } else {
                    format!("{}/{NAME}", out.trim_end_matches('/'))
                }
            }
            (None, Some(_)) => {
                let ending = match seal.format {
                    Some(ProductKind::Label(format, _)) if format.concatenates() => format,
                    None => Format::Zpl,
                    Some(_) => return Err(Failure::usage(language.of(text::PRINTERS_LANGUAGE))),
                };
                format!("{}/{NAME}.{ending}", folder.join("sealed").display())
            }
            (None, None) => return Err(Failure::usage(language.of(text::NO_OUTPUT))),
        };
        let mut printing = std::mem::take(&mut seal.printing);
        // In the folder itself it would be taken for orders.
        printing.ledger.get_or_insert_with(|| folder.join("sealed").join(LEDGER));
        let print = match print {
            Some(name) => Some(PrintPlan::new(printer(&name, language)?, printing, language)?),
            None => None,
        };
        let settle = Duration::from_secs(own.settle.get());
        let json = seal.json;
        Ok(Self { folder, once: own.once, settle, print, json, out, seal, settings, language })
    }

    /// Where the labels of a file go.
    pub fn out_of(&self, name: &str) -> PathBuf {
        PathBuf::from(self.out.replace(NAME, name))
    }

    /// What is made, if it was said.
    pub const fn format(&self) -> Option<ProductKind> {
        self.seal.format
    }

    /// The plan by which one file is sealed, begun or resumed.
    pub fn seal(&self, file: &Path, name: &str, rejects: PathBuf) -> Result<SealPlan, Failure> {
        let mut typed = self.seal.clone();
        typed.orders = vec![file.to_owned()];
        typed.out = Some(self.out_of(name));
        typed.codes = typed.codes.map(|codes| PathBuf::from(codes.to_string_lossy().replace(NAME, name)));
        typed.resume = true;
        let mut plan = SealPlan::new(typed, self.settings, self.language)?;
        plan.rejects_stem = Some(rejects);
        Ok(plan)
    }
}
