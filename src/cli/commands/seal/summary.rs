//! What a batch came to, at its end.

use crate::cli::console::{say, warn};
use crate::cli::failure::Failure;
use crate::cli::interrupt::INTERRUPTED;
use crate::cli::language::Language;
use crate::cli::language::seal as text;
use crate::cli::progress::Progress;
use crate::cli::settings::seal::{Descriptor, SealPlan};
use serde_json::json;
use std::path::PathBuf;
use wayseal::batch::codes::CodesForm;
use wayseal::batch::manifest::{KeptRows, Manifest, PartRecord};
use wayseal::batch::output::OutputTarget;
use wayseal::batch::pipeline::BatchPlan;
use wayseal::batch::run::Paths;
use wayseal::keys::Tenant;
impl SealPlan {
    /// Prints the summary of all rows.
    pub fn end(
        &self,
        plan: &BatchPlan<'_>,
        paths: &Paths<'_>,
        manifest: &Manifest,
        progress: &Progress,
        language: Language,
    ) -> Result<u8, Failure> {
        let interrupted = !manifest.finished;
        let aside = paths.target.is_some_and(|target| target.path.is_none())
            || self.rejects_stream == Some(Descriptor::StandardOutput);
        let waybills = plan.numbers.map(|numbers| json!({ "handed_out": numbers.new, "left": numbers.left }));
        let files = |kept| {
            let of = manifest.rejects.iter().filter(move |record| record.kept == kept);
            of.map(|record| &record.file).collect::<Vec<_>>()
        };
        progress.event(&json!({
            "event": if interrupted { "interrupted" } else { "finished" },
            "rows": manifest.rows, "labels": manifest.labels, "rejected": manifest.rejected,
            "joined": manifest.joined, "unsealed": manifest.unsealed, "waybills": waybills,
            "notices": manifest.notices, "tenant": self.tenant.map(Tenant::number),
            "rejects": files(KeptRows::Rejected), "unsealed_files": files(KeptRows::Unsealed),
            "codes": files(KeptRows::Codes).first(),
            "bytes": manifest.parts.iter().map(|part| part.bytes).sum::<u64>(),
            "sha256": one_part(manifest).and_then(digest_of),
        }));
        if !self.json {
            let print = |line: &str| {
                if aside {
                    warn(line);
                    return Ok(());
                }
                say(line)
            };
            print(&summary(manifest, paths.target, language))?;
            if let Some((numbers, path)) = plan.numbers.zip(self.waybills.as_ref()) {
                print(&text::handed_out(language, numbers.new, path.display(), numbers.left))?;
            }
            for (notice, labels) in manifest.notices.iter() {
                print(&language.notice(notice, labels))?;
            }
            for record in &manifest.rejects {
                let what = match record.kept {
                    KeptRows::Rejected => text::REJECTS_FILE,
                    KeptRows::Unsealed => text::UNSEALED_FILE,
                    KeptRows::Codes => match &self.codes {
                        Some((_, CodesForm::Sealed(_))) => text::CODES_SEALED,
                        _ => text::CODES_FILE,
                    },
                };
                print(&format!("{} {}", record.file, language.of(what)))?;
            }
            if manifest.rejected > 0 && self.rejects_stream.is_some() {
                print(language.of(text::STREAM_REJECTS))?;
            }
            if interrupted {
                print(language.of(if paths.manifest.is_some() {
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

/// The digest of a part, but for a device's.
pub fn digest_of(part: &PartRecord) -> Option<&str> {
    Some(&*part.sha256).filter(|sha256| !sha256.is_empty())
}

/// The part of a batch that has one: its digest is that of all that went out.
fn one_part(manifest: &Manifest) -> Option<&PartRecord> {
    if let [part] = &manifest.parts[..] { Some(part) } else { None }
}

pub fn summary(manifest: &Manifest, target: Option<&OutputTarget>, language: Language) -> String {
    let all = if manifest.joined > 0 { text::ROWS } else { text::ORDERS };
    let mut line = format!(
        "{} {} = {} {}",
        manifest.rows,
        language.of(all),
        manifest.labels,
        language.of(text::LABELS),
    );
    if manifest.more_labels > 0 {
        line += &text::of_orders(language, manifest.labelled());
    }
    line += &format!(" + {} {}", manifest.rejected, language.of(text::REJECTED));
    if manifest.unsealed > 0 {
        line += &format!(" + {} {}", manifest.unsealed, language.of(text::UNSEALED));
    }
    if manifest.joined > 0 {
        line += &format!(" + {} {}", manifest.joined, language.of(text::JOINED));
    }
    if let Some(first) = manifest.parts.first() {
        let path = target.map_or_else(|| PathBuf::from(&first.file), |target| target.located(&first.file));
        line += &format!(" → {}", path.display());
    }
    if manifest.parts.len() > 1 {
        let more = manifest.parts.len() - 1;
        line += &text::and_more(language, more);
    }
    line
}
