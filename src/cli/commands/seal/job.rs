//! The inputs and options that determine every label of a batch. The manifest records them, so that a batch is resumed
//! only with the same ones.

use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::settings::resolved::TEXT_MAX;
use crate::cli::settings::seal::SealPlan;
use std::path::Path;
use wayseal::batch::codes::CodesForm;
use wayseal::batch::columns::{Column, ExamineError};
use wayseal::batch::input;
use wayseal::batch::manifest::{BatchJob, GrantNote, Input, sha256};
use wayseal::batch::manifest_key::ManifestKey;
use wayseal::batch::pipeline::{BatchPlan, OrderFile, supply};
use wayseal::batch::press::SealingKeys;
use wayseal::batch::stations::Stations;
use wayseal::files;
use wayseal::keys::Day;
use wayseal::signed::grant::{FILE_MAX, Grant};

impl SealPlan {
    /// The files of orders, each read through once, and their columns looked at before anything is made.
    pub fn inputs(&self, stations: &Stations, language: Language) -> Result<Vec<OrderFile>, Failure> {
        let paths = input::files(&self.orders).map_err(|error| Failure::input(language.input(&error)))?;
        let mut columns = self.columns.clone();
        supply(&mut columns, stations, self.waybills.is_some());
        let mut inputs = Vec::with_capacity(paths.len());
        for path in paths {
            let name = shown(&path);
            let fail = |error| Failure::input(format!("{name}: {}", language.input(&error)));
            let mut input = OrderFile::survey(path, self.input.clone()).map_err(fail)?;
            if input.survey.is_some() {
                input.examine(&columns).map_err(|error| match error {
                    ExamineError::Columns(error) => {
                        Failure::input(format!("{name}: {}", language.mapping(&error)))
                    }
                    ExamineError::Input(error) => fail(error),
                    other => Failure::input(other),
                })?;
            }
            inputs.push(input);
        }
        Ok(inputs)
    }

    /// The keys of a day, for the tenant if there is one.
    pub fn sealing_keys(&self, grant: &Grant, day: Day, language: Language) -> Result<SealingKeys, Failure> {
        let keys = SealingKeys::for_tenant(grant, day, self.tenant);
        let codes = self.with_codes || self.codes.is_some();
        keys.and_then(|keys| if codes { keys.with_codes(grant) } else { Ok(keys) })
            .map_err(|error| Failure::key(language.desk(&error, grant)))
    }

    /// Sets which orders are taken, and how they are read.
    pub fn choose(&self, plan: &mut BatchPlan<'_>) {
        plan.columns = self.columns.clone();
        plan.rules.allow_identity = self.allow_identity;
        plan.rules.allow_missing_phone = self.columns.may_lack.has(Column::Phone);
        plan.jobs = self.jobs;
        plan.codes_in_lines = self.with_codes;
        plan.limit = self.limit;
        plan.only = self.only.as_ref().map(|only| only.waybill);
        plan.from = self.from.as_ref().map(|from| from.waybill);
    }

    pub fn job(
        &self,
        plan: &BatchPlan<'_>,
        grant: &Grant,
        key: &ManifestKey,
        language: Language,
    ) -> Result<BatchJob, Failure> {
        let digest = |path: &std::path::Path, max| {
            files::read(path, max)
                .map(|bytes| sha256(&bytes))
                .map_err(|error| Failure::input(language.file(&error)))
        };
        let input = |input: &OrderFile| {
            Input::new(shown(&input.path), input.survey.as_ref().map(|survey| survey.digest), key)
        };
        let or = |number: Option<u64>| number.map_or("-".to_owned(), |number| number.to_string());
        let mut noted = vec![
            ("--format", plan.make.to_string()),
            ("--size", format!("{}x{}", plan.page.width_mm, plan.page.height_mm)),
            ("--dpi", plan.page.dpi.dots_per_inch().to_string()),
            ("--out", format!("{:?}", plan.framing.kind).to_lowercase()),
            ("--part", or(self.part.map(std::num::NonZero::get))),
            ("--limit", or(self.limit)),
            ("--only", self.only.as_ref().map_or("-".to_owned(), |only| only.typed.clone())),
            ("--verify", or(self.verify.map(std::num::NonZero::get))),
        ];
        // Recorded only if given, so that manifests of older batches stay equal.
        noted.extend(self.input.encoding.map(|encoding| ("--encoding", encoding.name().to_owned())));
        noted.extend(self.input.header_row.map(|row| ("--header-row", row.to_string())));
        noted.extend(self.rejects_for.iter().map(|recipient| ("--rejects-for", recipient.clone())));
        // Without its name: a batch may be resumed from another folder.
        noted.extend(self.codes.iter().map(|(_, form)| ("--codes", noted_form(form))));
        noted.extend(self.with_codes.then(|| ("--with-codes", "yes".to_owned())));
        noted.extend(self.tenant.map(|tenant| ("--tenant", tenant.number().to_string())));
        noted.extend(self.input.sheet.iter().map(|sheet| ("--sheet", sheet.clone())));
        noted.extend(self.from.as_ref().map(|from| ("--from", from.typed.clone())));
        noted.extend(self.allow_identity.then(|| ("--allow-identity", "yes".to_owned())));
        noted.extend(
            plan.columns.fields.iter().map(|(column, source)| ("--column", format!("{column}={source}"))),
        );
        noted.extend(plan.columns.ignored.iter().map(|name| ("--ignore", name.clone())));
        noted.extend(plan.columns.may_lack.iter().map(|column| ("--allow-missing", column.to_string())));
        Ok(BatchJob::new(
            plan.inputs.iter().map(input).collect(),
            plan.desk.day(),
            GrantNote::new(grant.to.clone(), grant.serial, digest(&self.grant, FILE_MAX)?),
            digest(&self.stations, TEXT_MAX)?,
            match &self.template {
                Some(path) => digest(path, 1 << 20)?,
                None => "default".to_owned(),
            },
            noted.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        ))
    }
}

/// The form of the file of codes, as a manifest notes it.
fn noted_form(form: &CodesForm) -> String {
    match form {
        CodesForm::Sealed(recipient) => recipient.clone(),
        CodesForm::Lines => "jsonl".to_owned(),
        _ => "csv".to_owned(),
    }
}

/// A name for messages.
pub fn shown(path: &Path) -> String {
    path.display().to_string()
}
