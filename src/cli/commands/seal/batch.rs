//! `wayseal seal`: seals files of orders into labels.

use super::begin::{Earlier, recover_rejects};
use super::kept::check_apart;
use super::template::template_of;
use crate::cli::commands::printing;
use crate::cli::failure::Failure;
use crate::cli::interrupt::Interrupt;
use crate::cli::language::printing as printing_text;
use crate::cli::language::seal as text;
use crate::cli::language::{Language, settings};
use crate::cli::progress::Progress;
use crate::cli::settings::seal::{Descriptor, SealPlan};
use crate::cli::stations_file::signed_stations;
use std::cell::OnceCell;
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Arc;
use wayseal::batch::check::Check;
use wayseal::batch::manifest::{Manifest, ManifestFile};
use wayseal::batch::manifest_key::ManifestKey;
use wayseal::batch::output::ContainerKind;
use wayseal::batch::pipeline::BatchPlan;
use wayseal::batch::printer::status::Dialect;
use wayseal::batch::product::ProductKind;
use wayseal::batch::run::Paths;
use wayseal::batch::stations::Stations;
use wayseal::batch::waybills::NumberSupply;
use wayseal::keys::Day;
/// What became of a batch.
pub struct SealedBatch {
    /// The exit code.
    pub code: u8,
    /// Its state at the end.
    pub manifest: Manifest,
}

impl SealPlan {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        if let Some(to) = &self.preview {
            return self.preview(to, language);
        }
        let first = Some(text::FINISHING_PART).filter(|_| !self.json);
        let interrupt = Interrupt::listen(language, first)?;
        self.seal(language, &interrupt).map(|sealed| sealed.code)
    }

    /// Checks what no file of orders is at fault for: stations, grant, template.
    pub fn check(&self, language: Language) -> Result<(), Failure> {
        let stations = signed_stations(&self.stations, || self.trust.pinned(language), language)?;
        let grant = self.trust.grant(&self.grant, language)?;
        stations.check(&grant, language)?;
        let day = self.day.or(self.today);
        let day = day.ok_or_else(|| Failure::usage(language.of(settings::CLOCK_OUT_OF_RANGE)))?;
        self.sealing_keys(&grant, day, language)?;
        template_of(self.template.as_deref(), &self.fonts, language).map(|_| ())
    }

    /// Whether the batch was begun on an earlier day than that of sealing, as its manifest says.
    pub fn is_stranded(&self) -> bool {
        let manifest = self.target.as_ref().and_then(|target| target.beside("manifest.json"));
        let begun = manifest.and_then(|path| Manifest::day_noted(&path));
        begun.is_some_and(|begun| Some(begun) != self.day.or(self.today))
    }

    /// Seals the orders. Ctrl-C ends the batch after the current part.
    pub fn seal(&self, language: Language, interrupt: &Interrupt) -> Result<SealedBatch, Failure> {
        let target = self.target.as_ref();
        let manifest_path = target.and_then(|target| target.beside("manifest.json"));
        let file = signed_stations(&self.stations, || self.trust.pinned(language), language)?;
        let grant = self.trust.grant(&self.grant, language)?;
        file.check(&grant, language)?;
        let stations = file.stations;
        self.check_resume(manifest_path.as_deref(), language)?;
        // The manifest is read when nobody else can write it.
        let kept = target.zip(manifest_path.as_deref());
        let _lock = kept.map(|(_, manifest)| self.lock(manifest, language)).transpose()?;
        let earlier = kept.map_or(Earlier::None, |(_, manifest)| self.earlier(manifest, &grant));
        // A batch that is resumed after midnight keeps its own day.
        let resumed = match &earlier {
            Earlier::Own(before, _) if self.resume => before.job.day.parse().ok(),
            _ => None,
        };
        let day = self.day.or(resumed).or(self.today);
        let day = day.ok_or_else(|| Failure::usage(language.of(settings::CLOCK_OUT_OF_RANGE)))?;
        let desk = self.sealing_keys(&grant, day, language)?;
        let template = template_of(self.template.as_deref(), &self.fonts, language)?;
        self.check_pilot(&stations, day, language)?;
        let ranges = self.ranges(language)?;
        let inputs = self.inputs(&stations, language)?;
        let make = self.make;
        let kind = target.map_or(ContainerKind::Stream, |target| target.kind);
        let page = template.page(self.size, self.dpi);
        let mut plan = BatchPlan::new(&inputs, &stations, &desk, &template, page, make, kind);
        self.choose(&mut plan);
        // A font that somebody gave draws what it likes: its labels are read back.
        let each = self.verify.map(NonZero::get).or(template.has_fonts().then_some(1));
        plan.verify = each.map(|each| (each, Check::new(&grant.nodes, day)));
        // The grant has the day's keys, as `SealingKeys` found.
        let key =
            ManifestKey::new(&grant, day).ok_or_else(|| Failure::key(language.of(text::NO_MANIFEST_KEY)))?;
        let key = Arc::new(key);
        let job = self.job(&plan, &grant, &key, language)?;
        let rejects = self.rejects(&inputs, target);
        let unsealed = self.unsealed(&inputs);
        let codes: Vec<PathBuf> = self.codes.iter().map(|(path, _)| path.clone()).collect();
        let kept_rows: Vec<PathBuf> = rejects.iter().chain(&unsealed).chain(&codes).cloned().collect();
        check_apart(&kept_rows, &inputs, language)?;
        let _rejects_locks = self.lock_rejects(&kept_rows, language)?;
        let before = match kept {
            Some((target, manifest)) => {
                self.begin(target, manifest, (&rejects, &unsealed, &codes), earlier, language)?
            }
            None => {
                recover_rejects(&kept_rows, language)?;
                self.free(&kept_rows, language).map(|()| None)?
            }
        };
        let manifest = match (before, target) {
            (Some(before), Some(target)) => {
                super::begin::check_resumable(&before, &job, target, language)?;
                before
            }
            _ => Manifest::new(job),
        };
        plan.skip = manifest.rows;
        // The columns of a file with orders without numbers are those of one whose numbers come from elsewhere.
        let (pending, supply) = (NumberSupply::default(), OnceCell::new());
        if let Some((ranges, path)) = ranges.as_ref().zip(self.waybills.as_deref()) {
            plan.numbers = Some(&pending);
            let handed_out = self.hand_out(&plan, (ranges, path), &key, language)?;
            plan.numbers = Some(supply.get_or_init(|| handed_out));
        }
        let file = manifest_path.map(|path| ManifestFile::new(path, key));
        let mut paths = Paths::new(target, self.part(target));
        paths.manifest = file.as_ref();
        paths.rejects = &rejects;
        paths.unsealed = &unsealed;
        paths.codes = self.codes.as_ref().map(|(path, form)| (path, form));
        if let Some(print) = &self.print {
            let after = if self.after_scanned { Some(printing::scan_last_good(language)?) } else { None };
            let length = page.length();
            let dialect = match make {
                ProductKind::Label(format, _) => Dialect::of(format),
                ProductKind::Payload | ProductKind::Symbol(_) => None,
            };
            let queue = print.queue(dialect, length, after, self.from.is_some(), self.json, language)?;
            let queue = Arc::new(queue);
            let known = queue.clone();
            interrupt.say(printing_text::STOPPING, move || printing::standing(&known.report(), language));
            paths.queue = Some(queue);
        }
        let stream = self.rejects_stream(language)?;
        paths.rejects_stream = stream.as_ref().filter(|_| !self.dry_run);
        paths.rejects_for = self.rejects_for.as_deref();
        let aside = target.is_some_and(|target| target.path.is_none())
            || self.rejects_stream == Some(Descriptor::StandardOutput);
        let progress = Progress::new(language, self.json, aside);
        self.drive(&plan, &paths, manifest, progress, interrupt.stop(), language)
    }

    /// Refuses a batch that would not know where to put the orders of stations that are not ready.
    fn check_pilot(&self, stations: &Stations, day: Day, language: Language) -> Result<(), Failure> {
        let early = stations.all().iter().filter(|station| station.is_early(day)).count();
        if early == 0 || self.unsealed.is_some() {
            return Ok(());
        }
        Err(Failure::usage(text::no_unsealed(language, early, day)))
    }
}
