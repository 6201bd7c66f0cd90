//! Numbers from the carrier's ranges, handed out before the first label is made.

use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::seal as text;
use crate::cli::settings::seal::SealPlan;
use std::path::Path;
use wayseal::batch::manifest_key::ManifestKey;
use wayseal::batch::pipeline::{self, BatchPlan, OrderFile};
use wayseal::batch::run::RunError;
use wayseal::batch::waybills::{NumberLedger, NumberRanges, NumberSupply};
use wayseal::files;

/// The largest file of ranges.
const RANGES_MAX: u64 = 1 << 24;

impl SealPlan {
    /// The ranges of `--waybills`.
    pub fn ranges(&self, language: Language) -> Result<Option<NumberRanges>, Failure> {
        let Some(path) = &self.waybills else { return Ok(None) };
        let bytes = files::read(path, RANGES_MAX).map_err(|error| Failure::input(language.file(&error)))?;
        let ranges = NumberRanges::parse(&bytes);
        let fail = |error| Failure::input(format!("{}: {}", path.display(), language.ranges(&error)));
        ranges.map(Some).map_err(fail)
    }

    /// Hands out numbers to the orders that lack some. They are durable when this returns; a dry run hands out none.
    pub fn hand_out(
        &self,
        plan: &BatchPlan<'_>,
        (ranges, path): (&NumberRanges, &Path),
        key: &ManifestKey,
        language: Language,
    ) -> Result<NumberSupply, Failure> {
        let digests: Option<Vec<[u8; 32]>> =
            plan.inputs.iter().map(|input| input.survey.as_ref().map(|survey| survey.digest)).collect();
        // Without a file to read twice, it is not known how many are needed.
        let digests = digests.ok_or_else(|| Failure::usage(language.of(text::WAYBILLS_NEED_A_FILE)))?;
        // A row is known by its place, which another header or sheet would change.
        let rows = |input: &OrderFile| {
            let options = &input.options;
            format!("{:?}", (options.header_row, &options.sheet, &options.names))
        };
        let read_as: Vec<String> = plan.inputs.iter().map(rows).collect();
        let lacking = pipeline::lacking(plan)
            .map_err(|error| super::begin::failure(&RunError::Plan(error), language))?;
        let ledger = NumberLedger::open(path).map_err(|error| Failure::output(language.ledger(&error)))?;
        ledger
            .hand_out(
                ranges,
                &key.orders(&digests, &read_as.concat()),
                &lacking,
                plan.skip,
                self.dry_run || self.preview.is_some(),
            )
            .map_err(|error| Failure::output(language.ledger(&error)))
    }
}
