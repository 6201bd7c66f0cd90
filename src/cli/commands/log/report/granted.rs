//! What was granted, from the files of devices, and which heads were signed, from the auditor's folder.

use crate::cli::commands::log::auditor_folder::read_text;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::report as text;
use crate::cli::settings::log::{AuditorFolder, ReportPlan};
use crate::cli::settings::resolved::TEXT_MAX;
use sha2::{Digest as _, Sha256};
use std::collections::HashSet;
use std::path::Path;
use wayseal::authority::auditor::Auditor;
use wayseal::authority::report::{Granted, Report};
use wayseal::device::log::head::unhex;
use wayseal::device::log::verify::Verified;
use wayseal::files;

impl ReportPlan {
    /// The report compared with the budgets of all files that were given, and how many devices are in none of them.
    pub fn with_budgets(
        &self,
        report: Report,
        logs: &[Verified],
        auditor: &Auditor,
        language: Language,
    ) -> Result<(Report, usize), Failure> {
        if self.devices.is_empty() {
            return Ok((report, 0));
        }
        let mut granted = Granted::default();
        for path in &self.devices {
            budgets(path, &mut granted, language)?;
        }
        let devices: HashSet<&str> = logs.iter().map(|log| &*log.device).collect();
        for device in &devices {
            self.desk.heads(device, auditor, &mut granted, language)?;
        }
        let strangers = devices.iter().filter(|device| !granted.knows(device)).count();
        Ok((report.with_budgets(logs, &granted), strangers))
    }
}

/// Reads the columns `to` and `budget` of a file of devices.
fn budgets(path: &Path, granted: &mut Granted, language: Language) -> Result<(), Failure> {
    let bytes = files::read(path, TEXT_MAX).map_err(|error| Failure::input(language.file(&error)))?;
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes));
    let bad = |line: u64| Failure::input(text::bad_devices(language, path.display(), line));
    let header = reader.headers().map_err(|_| bad(1))?.clone();
    let column = |name: &str| header.iter().position(|known| known == name);
    let (Some(to), Some(budget)) = (column("to"), column("budget")) else {
        return Err(Failure::input(text::no_budget_column(language, path.display())));
    };
    for row in reader.records() {
        let row = row.map_err(|error| bad(error.position().map_or(0, csv::Position::line)))?;
        let line = row.position().map_or(0, csv::Position::line);
        let device = row.get(to).filter(|name| !name.is_empty()).ok_or_else(|| bad(line))?;
        let budget = match row.get(budget).unwrap_or_default() {
            "" => None,
            labels => Some(labels.parse().ok().filter(|labels| *labels > 0).ok_or_else(|| bad(line))?),
        };
        granted.budget(device, budget);
    }
    Ok(())
}

impl AuditorFolder {
    /// Notes the heads that were signed for a device: those of its record, and the last.
    fn heads(
        &self,
        device: &str,
        auditor: &Auditor,
        granted: &mut Granted,
        language: Language,
    ) -> Result<(), Failure> {
        let record = match files::read(&self.at(&Self::record_of(device)), TEXT_MAX) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            // Nothing was handed in, or the folder is older than the record: nothing is known of any head.
            Err(error) if error.is_missing() => return Ok(()),
            Err(error) => return Err(Failure::input(language.file(&error))),
        };
        for line in record.lines() {
            let digest = line.split_once(' ').and_then(|(_, digits)| unhex(digits).ok());
            digest.into_iter().for_each(|digest| granted.head(device, digest));
        }
        if self.head(device, auditor, language)?.is_some() {
            let last = read_text(&self.at(&format!("{device}.head")))
                .map_err(|error| Failure::input(language.file(&error)))?;
            granted.head(device, Sha256::digest(last).into());
        }
        Ok(())
    }
}
