//! The plan of printing: which printer, which ledger, what is printed again.

use crate::cli::arguments::print::PrintingArgs;
use crate::cli::failure::Failure;
use crate::cli::language::{Language, printing as text};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Duration;
use wayseal::batch::printer::PrinterAddress;
use wayseal::batch::printer::queue::Again;
use wayseal::batch::printer::session::Patience;
use wayseal::files;
use wayseal::payload::Waybill;

/// The ledger of a folder, unless another one is named: one for all its orders, since a waybill number is one parcel's.
pub const LEDGER: &str = "printed.jsonl";
/// The largest list of labels that is read.
const LIST_MAX: u64 = 64 << 20;

/// How labels are printed.
pub struct PrintPlan {
    /// The printer.
    pub address: PrinterAddress,
    /// The ledger's file.
    pub ledger: PathBuf,
    /// What is printed again.
    pub again: Again,
    /// How long the printer is waited for.
    pub patience: Patience,
}

impl PrintPlan {
    /// A plan for a printer.
    pub fn new(address: PrinterAddress, typed: PrintingArgs, language: Language) -> Result<Self, Failure> {
        let usual = Patience::default();
        let patience = typed.patience.map_or(usual, |seconds| {
            let stall = Duration::from_secs(seconds);
            Patience::new(stall, stall)
        });
        Ok(Self {
            address,
            ledger: typed.ledger.unwrap_or_else(|| LEDGER.into()),
            again: again(&typed.reprint, language)?,
            patience,
        })
    }
}

/// A printer by its name.
pub fn printer(name: &str, language: Language) -> Result<PrinterAddress, Failure> {
    PrinterAddress::parse(name).map_err(|error| Failure::usage(text::address(language, name, &error)))
}

/// Waybill numbers, files of waybill numbers, or `all`.
fn again(typed: &[String], language: Language) -> Result<Again, Failure> {
    if typed.iter().any(|word| word == "all") {
        return Ok(Again::All);
    }
    let mut these = HashSet::new();
    for word in typed {
        let path = Path::new(word);
        if path.is_file() {
            let bytes = files::read(path, LIST_MAX).map_err(|error| Failure::input(language.file(&error)))?;
            for (line, at) in String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').lines().zip(1..)
            {
                if line.trim().is_empty() {
                    continue;
                }
                let waybill = Waybill::parse(line.trim());
                these.insert(
                    waybill.map_err(|_| Failure::input(text::not_listed(language, path.display(), at)))?,
                );
            }
        } else {
            let waybill = Waybill::parse(word).map_err(|error| {
                Failure::usage(crate::cli::language::seal::not_a_waybill(language, "--reprint", error))
            })?;
            these.insert(waybill);
        }
    }
    Ok(if these.is_empty() && typed.is_empty() { Again::Never } else { Again::These(these) })
}
