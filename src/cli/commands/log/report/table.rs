//! `wayseal log report`: a table, JSON, or one page with charts.

use crate::cli::columns::pad;
use crate::cli::commands::log::report::findings::{
    SHARED_SHOWN, decoy, doubled_said, handle, said_of_codes, sentences,
};
use crate::cli::commands::log::verified::verified;
use crate::cli::console::say;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::enquiry::decoys_counted;
use crate::cli::language::report as text;
use crate::cli::settings::log::ReportPlan;
use crate::cli::unlock;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::Path;
use wayseal::authority::custody::CustodyError;
use wayseal::authority::decoys::{DecoyError, DecoyOpening, Decoys};
use wayseal::authority::deliveries::CodeVerdict;
use wayseal::authority::report::{CodeCounts, DeviceReport, Figure, Figures, Report as Data, Shift};
use wayseal::files::{self, Access};
use wayseal::signed::envelope::EnvelopeError;

impl ReportPlan {
    pub fn run(&self, language: Language) -> Result<u8, Failure> {
        let auditor = self.desk.key(language)?;
        let (logs, mut failed) = verified(&self.logs, &self.desk, &auditor, language);
        let codes = match &self.deliveries {
            Some(path) => counted(path, language)?,
            None => HashMap::new(),
        };
        let data = Data::with_codes(&logs, self.shift, &codes);
        let (data, strangers) = self.with_budgets(data, &logs, &auditor, language)?;
        let decoys = self.decoys(language)?;
        let opened = decoys.opened(&logs);
        // Somebody must look, as with a damaged log.
        failed |= !opened.is_empty();
        failed |= data.devices.iter().any(DeviceReport::is_broken);
        if let Some(path) = &self.html {
            let page = super::page::write(&data, (&opened, decoys.count()), self.shift, language);
            files::write(path, page.as_bytes(), Access::Owner)
                .map_err(|error| Failure::output(language.file(&error)))?;
        }
        if self.json {
            say(&json(&data, (&opened, decoys.count()), strangers).to_string())?;
        } else {
            table(&data, self.shift, language)?;
            if strangers > 0 {
                say(&text::without_budget(language, strangers))?;
            }
            for opening in &opened {
                say(&format!("    ! {}", decoy(opening, self.shift, language)))?;
            }
            if !self.decoys.is_empty() {
                say(&decoys_counted(language, opened.len(), decoys.count()))?;
            }
        }
        Ok(u8::from(failed))
    }

    /// The decoys of all files that were given.
    fn decoys(&self, language: Language) -> Result<Decoys, Failure> {
        let mut all = Decoys::default();
        for path in &self.decoys {
            let decoys = Decoys::load(path, |locked| {
                unlock::unlock(locked, self.identity.as_deref(), &self.desk.passphrase)
                    .map_err(DecoyFailure::Custody)
            });
            all.join(decoys.map_err(|error| {
                let said = match error {
                    DecoyFailure::Decoys(error) => language.decoys(&error),
                    DecoyFailure::Custody(error) => language.custody(&error),
                };
                Failure::key(format!("{}: {said}", path.display()))
            })?);
        }
        Ok(all)
    }
}

/// Why a file of decoys is not used: itself, or what opens it.
enum DecoyFailure {
    Decoys(DecoyError),
    Custody(CustodyError),
}

impl From<DecoyError> for DecoyFailure {
    fn from(error: DecoyError) -> Self {
        Self::Decoys(error)
    }
}

impl From<EnvelopeError> for DecoyFailure {
    fn from(error: EnvelopeError) -> Self {
        Self::Decoys(error.into())
    }
}

/// The largest file of verdicts read.
const VERDICTS_MAX: u64 = 1 << 30;

/// The verdicts of a file of `authority deliveries`, by device and operator.
fn counted(path: &Path, language: Language) -> Result<HashMap<(String, u32), CodeCounts>, Failure> {
    let bytes = files::read(path, VERDICTS_MAX).map_err(|error| Failure::input(language.file(&error)))?;
    let mut codes: HashMap<(String, u32), CodeCounts> = HashMap::new();
    for (at, line) in (1..).zip(String::from_utf8_lossy(&bytes).lines()) {
        let value: Option<Value> = serde_json::from_str(line).ok();
        let said = value.as_ref().and_then(|value| {
            let verdict = CodeVerdict::ALL.into_iter().find(|known| value["verdict"] == known.name())?;
            let operator = u32::try_from(value["operator"].as_u64()?).ok()?;
            Some((value["device"].as_str()?, operator, verdict))
        });
        let Some((device, operator, verdict)) = said else {
            return Err(Failure::input(text::no_verdict(language, path.display(), at)));
        };
        codes.entry((device.to_owned(), operator)).or_default().add(verdict);
    }
    Ok(codes)
}

pub fn table(data: &Data, shift: Shift, language: Language) -> Result<(), Failure> {
    let heads = text::TABLE_HEADS.map(|head| language.of(head));
    let line = |cells: &[String]| {
        let mut line = pad(&cells[0], 16);
        cells[1..].iter().for_each(|cell| line.push_str(&format!("{}  ", pad(cell, 9))));
        line.trim_end().to_owned()
    };
    say(&line(&heads.map(str::to_owned)))?;
    for device in &data.devices {
        let mut cells = vec![device.name()];
        cells.extend(device.counts().map(|count| count.to_string()));
        say(&line(&cells))?;
        if let Some(codes) = said_of_codes(&device.codes, language) {
            say(&format!("      {codes}"))?;
        }
        for sentence in sentences(device, &data.middle, shift, language) {
            say(&format!("    ! {sentence}"))?;
        }
    }
    for doubled in &data.doubled {
        say(&format!("! {}", doubled_said(doubled, language)))?;
    }
    let word = language.of(text::SHARED_COUNT);
    say(&format!("{} {word}", data.shared.len()))
}

pub fn json(data: &Data, (opened, decoys): (&[DecoyOpening], usize), strangers: usize) -> Value {
    let figures = |figures: &Figures| -> Value {
        Figure::ALL.iter().map(|figure| (figure.name().to_owned(), json!(figures.of(*figure)))).collect()
    };
    let devices: Vec<Value> = data
        .devices
        .iter()
        .map(|device| {
            json!({
                "device": device.device,
                "operator": (device.operator > 0).then_some(device.operator),
                "openings": device.openings,
                "days": device.days,
                "signed_off": device.delivered,
                "signed_off_elsewhere": device.elsewhere,
                "never_signed_off": device.never,
                "far_from_delivery": device.far,
                "outside_shift": device.outside,
                "enquiries": device.enquiries,
                "over_budget": device.over_budget,
                "refused": device.refused,
                "codes": CodeVerdict::ALL.into_iter()
                    .map(|verdict| (verdict.name().to_owned(), json!(device.codes.of(verdict))))
                    .collect::<Value>(),
                "hours": device.hours,
                "figures": figures(&device.figures),
                "stands_out": device.findings.iter().map(|(figure, _)| figure.name()).collect::<Vec<_>>(),
                "beyond_budget": device.beyond.iter()
                    .map(|beyond| json!({
                        "labels": beyond.labels, "budget": beyond.budget, "from": beyond.from, "until": beyond.until,
                    }))
                    .collect::<Vec<_>>(),
                "foreign_heads": device.foreign_heads,
                "damage": device.damage.iter().map(ToString::to_string).collect::<Vec<_>>(),
            })
        })
        .collect();
    let shared: Vec<Value> = data
        .shared
        .iter()
        .take(SHARED_SHOWN)
        .map(|shared| {
            let devices: Value =
                shared.devices.iter().map(|(device, times)| (device.clone(), json!(times))).collect();
            json!({"handle": handle(shared.handle), "devices": devices})
        })
        .collect();
    let openings: Vec<Value> = opened
        .iter()
        .map(|opening| {
            json!({
                "device": opening.device, "time": opening.time, "waybill": opening.waybill,
                "handle": opening.handle.printed().to_string(), "cause": opening.cause.name(), "outcome": opening.mark.name(),
            })
        })
        .collect();
    json!({
        "devices": devices, "without_budget": strangers, "usual": figures(&data.middle),
        "doubled": data.doubled.iter().map(|doubled| {
            json!({"operator": doubled.operator, "devices": doubled.devices, "times": doubled.times, "first": doubled.first})
        }).collect::<Vec<_>>(),
        "shared_labels": data.shared.len(), "shared": shared,
        "decoys": decoys, "decoys_opened": openings,
    })
}
