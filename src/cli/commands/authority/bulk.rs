//! `wayseal authority grant --devices`: grants of many devices in one command.

use crate::cli::arguments::authority::values;
use crate::cli::arguments::authority::values::{recipient, sealer};
use crate::cli::commands::authority::folder::next_serial;
use crate::cli::commands::authority::label_lines::label_lines;
use crate::cli::commands::authority::register::follow_stations;
use crate::cli::commands::authority::source::KeySource;
use crate::cli::commands::authority::stations::Reach;
use crate::cli::console::{self, say, warn};
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::bulk as text;
use crate::cli::settings::authority::bulk::BulkPlan;
use crate::cli::settings::authority::grant::PASS_DAYS;
use crate::cli::settings::resolved::TEXT_MAX;
use crate::cli::stations_file::signed_stations;
use indicatif::{ProgressBar, ProgressStyle};
use sha2::{Digest as _, Sha256};
use std::collections::HashSet;
use std::path::Path;
use wayseal::authority::bulk::{BulkError, BulkReach, BulkRun, GrantOrder, is_file_name};
use wayseal::authority::day_keys::{DayCache, DayKeys, Days};
use wayseal::authority::issue::{Destination, GrantTerms, Limits, permit};
use wayseal::batch::stations::Stations;
use wayseal::files;
use wayseal::keys::{Day, Region, Tier};
use wayseal::signed::certificate::SignsGrants as _;
use wayseal::signed::grant::{
    DESK_DAYS, DESK_REGION_DAYS, Purpose, REGION_DAYS, Reopen, Role, SCANNER_DAYS, SEALER_DAYS,
};
use wayseal::signed::revocation::RevocationList;

impl BulkPlan {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        let (devices, folder, day) = (&self.devices, &self.out, self.day);
        let file = signed_stations(&self.stations, || self.source.pinned(language), language)?;
        follow_stations(self.source.folder(), &file.stations, self.now, language)?;
        let demanded = if self.signed_stations { file.signature(language)? } else { 0 };
        let stations = file.stations;
        let bytes = files::read(devices, TEXT_MAX).map_err(|error| Failure::input(language.file(&error)))?;
        let mut roster =
            Roster { bulk: &self, stations: &stations, seen: HashSet::new(), followed: Vec::new() };
        let (mut orders, mut bad) = roster
            .read(&bytes, language)
            .map_err(|message| Failure::input(format!("{}: {message}", devices.display())))?;

        let followed = std::mem::take(&mut roster.followed);
        let (source, list) = self.source.open(language)?;
        orders.retain_mut(|order| {
            order.terms.revocations = list.number;
            if matches!(order.reach, BulkReach::Sealer(_)) {
                order.terms.stations = demanded;
            }
            let refused = permit(&list, &order.terms, &order.reach.scope(&[]), order.days);
            refused.map_err(|error| bad.push((order.line, language.issue(&error)))).is_ok()
        });
        let mut named = bytes.clone();
        // What is in the files of labels decides too.
        for order in &orders {
            if let BulkReach::Pass(texts, _) = &order.reach {
                named.extend(texts.iter().flat_map(|text| [b"\n", text.as_bytes()].concat()));
            }
        }
        let digest = self.digest(&named, &stations, demanded, source.generation(), &list);
        let over = orders.iter().map(|order| order.over()).max().unwrap_or(day);
        let fail = |error: BulkError| Failure::output(language.bulk(&error));
        let mut serial = Ok(());
        let run = BulkRun::open(folder, &digest, over, || {
            let next = next_serial(self.source.folder(), self.now, source.certificate(), language);
            Ok((
                next.unwrap_or_else(|error| {
                    serial = Err(error);
                    0
                }),
                self.now,
            ))
        });
        serial?;
        let all: Vec<_> = orders.iter().map(|order| order.days).collect();
        let reached = |order: &GrantOrder| order.reaches().from;
        let from = orders.iter().map(reached).min().unwrap_or(day);
        let until = all.iter().map(|days| days.until).max().unwrap_or(day);
        let reach = Reach::all(&stations, Days { from, until });
        let mut run = run.map_err(fail)?.within(reach.lives);
        if !self.gives {
            run = run.without_passes();
        }
        let issuing = |error| Failure::usage(language.issue(&error));
        let destinations = reach.places;
        let limit = if self.beyond_limits { Limits::Lifted } else { Limits::Kept };
        let before = run.done();
        let bar = progress(orders.len() as u64);
        bar.inc(before as u64);
        let count = |count| bar.inc(count as u64);
        let failed = match &source {
            // Its keys are in its grant; a region's office has no day keys that could be derived ahead.
            KeySource::Issuer(grant) => run.make(&**grant, &source, &orders, &destinations, limit, count),
            KeySource::Root(..) => {
                let keys = DayCache::new(&source, Days { from, until }).map_err(issuing)?;
                run.make(&keys, &source, &orders, &destinations, limit, count)
            }
        };
        bar.finish_and_clear();
        bad.extend(failed.map_err(fail)?.into_iter().map(|(line, error)| (line, language.make(&error))));
        bad.sort();
        for (line, message) in followed.iter().chain(&bad) {
            warn(&format!("wayseal: {}, {} {line}: {message}", devices.display(), language.of(text::LINE)));
        }
        say(&format!(
            "{}: {} {}, {} {before}, {} {}",
            folder.display(),
            language.of(text::GRANTS_MADE),
            run.done() - before,
            language.of(text::THERE_BEFORE),
            language.of(text::FAILED),
            bad.len()
        ))?;
        Ok(u8::from(!bad.is_empty()))
    }

    /// The digest of everything that decides about the grants. A run that was stopped is resumed only with the same.
    pub fn digest(
        &self,
        devices: &[u8],
        stations: &Stations,
        demanded: u64,
        generation: u32,
        list: &RevocationList,
    ) -> [u8; 32] {
        let mut hash = Sha256::new();
        let terms = format!(
            "{} {:?} {} {} {generation} {}\n",
            self.day, self.days, self.top_up, self.beyond_limits, list.number
        );
        hash.update(terms);
        // What is as ever adds nothing: a run that was begun before is resumed.
        if demanded > 0 {
            hash.update(format!("stations {demanded}\n"));
        }
        if !self.gives {
            hash.update("no passes\n");
        }
        for station in stations.all() {
            hash.update(format!("{} {} {}", station.code, station.region.number(), station.site.number()));
            // Files without lives have the digest that they always had.
            if let (from, until) = (station.life.first(), station.life.last())
                && (from, until) != (Day::MIN, Day::MAX)
            {
                hash.update(format!(" {from} {until} {}", station.successors.join(";")));
            }
            hash.update("\n");
        }
        hash.update(devices);
        hash.finalize().into()
    }
}

pub fn progress(len: u64) -> ProgressBar {
    if !console::is_watched() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {per_sec} {eta}");
    ProgressBar::new(len).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// A file of devices being read.
struct Roster<'a> {
    bulk: &'a BulkPlan,
    stations: &'a Stations,
    seen: HashSet<String>,
    /// Lines that get keys of a station which is over, and what to tell.
    followed: Bad,
}

/// The texts in a file of labels, a line each.
fn labels(file: &str, language: Language) -> Result<Vec<String>, String> {
    if file.is_empty() {
        return Err(language.of(text::NO_LABELS).to_owned());
    }
    label_lines(Path::new(file)).map_err(|error| format!("labels: {}", language.file(&error)))
}

/// Lines with what is wrong with them.
type Bad = Vec<(usize, String)>;

impl Roster<'_> {
    pub fn read(&mut self, bytes: &[u8], language: Language) -> Result<(Vec<GrantOrder>, Bad), String> {
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
        let header = reader.headers().map_err(|error| error.to_string())?.clone();
        let known = [
            "to",
            "role",
            "stations",
            "regions",
            "tiers",
            "id",
            "labels",
            "device",
            "budget",
            "reopen",
            "after_delivery",
        ];
        if let Some(other) = header.iter().find(|name| !known.contains(name)) {
            return Err(format!(
                "{} `{other}`; {} {}",
                language.of(text::NO_COLUMN),
                language.of(text::THEY_ARE),
                known.join(", ")
            ));
        }
        if !header.iter().any(|name| name == "to") {
            return Err(language.of(text::NO_COLUMN_TO).to_owned());
        }
        let (mut orders, mut bad) = (Vec::new(), Vec::new());
        for row in reader.records() {
            let row = match row {
                Ok(row) => row,
                Err(error) => {
                    bad.push((error.position().map_or(0, csv::Position::line) as usize, error.to_string()));
                    continue;
                }
            };
            let line = row.position().map_or(0, csv::Position::line) as usize;
            let cell = |name: &str| {
                let at = header.iter().position(|known| known == name);
                at.and_then(|at| row.get(at)).unwrap_or_default()
            };
            match self.order(line, cell, language) {
                Ok(order) => orders.push(order),
                Err(message) => bad.push((line, message)),
            }
        }
        Ok((orders, bad))
    }

    pub fn order<'r>(
        &mut self,
        line: usize,
        cell: impl Fn(&str) -> &'r str,
        language: Language,
    ) -> Result<GrantOrder, String> {
        let to = cell("to");
        if !is_file_name(to) || to.len() > wayseal::signed::grant::NAME_MAX {
            return Err(language.of(text::BAD_NAME).to_owned());
        }
        if !self.seen.insert(to.to_owned()) {
            return Err(format!("to: {to} {}", language.of(text::IS_THERE_TWICE)));
        }
        let role = match cell("role") {
            "" => Role::Scanner,
            name => name
                .parse()
                .ok()
                .filter(|role| {
                    use Role::{Desk, Pass, Region, Relay, Scanner, Sealer};
                    matches!(role, Sealer | Scanner | Region | Relay | Desk | Pass)
                })
                .ok_or_else(|| language.of(text::BAD_ROLE).to_owned())?,
        };
        let list = |name: &str| {
            cell(name).split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
        };
        let has_regions = !cell("regions").is_empty();
        let most = match role {
            Role::Sealer => SEALER_DAYS,
            Role::Region => REGION_DAYS,
            Role::Desk if has_regions => DESK_REGION_DAYS,
            Role::Desk => DESK_DAYS,
            Role::Pass => PASS_DAYS,
            _ => SCANNER_DAYS,
        };
        let count = self.bulk.days.unwrap_or(if self.bulk.top_up { 1 } else { most });
        let days = if matches!(role, Role::Sealer | Role::Pass) {
            Days::from(self.bulk.day, count)
        } else {
            Days::ending(self.bulk.day, count)
        };
        let mut followed = Vec::new();
        let mut stations = |column: &str| -> Result<Vec<Destination>, String> {
            let codes: Vec<String> = list("stations");
            let reach = Reach::named(&codes, self.stations, days, language)
                .map_err(|error| format!("{column}: {}", error.message(language)))?;
            followed = reach.told;
            Ok(reach.places)
        };
        let tiers = || -> Result<Vec<Tier>, String> {
            let names: Vec<String> = list("tiers");
            if names.is_empty() {
                return Ok(vec![Tier::Delivery]);
            }
            names
                .iter()
                .map(|name| {
                    values::tier(name).map_err(|error| format!("tiers: {name}: {}", language.value(error)))
                })
                .collect()
        };
        let regions = || -> Result<Vec<Region>, String> {
            let names: Vec<String> = list("regions");
            let named = |name: &String| {
                values::region(name).map_err(|error| format!("regions: {}", language.value(error)))
            };
            let mut regions = names.iter().map(named).collect::<Result<Vec<Region>, _>>()?;
            regions.sort_unstable();
            regions.dedup();
            Ok(regions)
        };
        let reach = match role {
            Role::Sealer => BulkReach::Sealer(
                sealer(cell("id")).map_err(|error| format!("id: {}", language.value(error)))?,
            ),
            Role::Region => BulkReach::Region(regions()?, tiers()?),
            Role::Desk if has_regions && !cell("stations").is_empty() => {
                return Err(language.of(text::STATIONS_OR_REGIONS).to_owned());
            }
            Role::Desk if has_regions => BulkReach::RegionDesk(regions()?),
            Role::Desk => BulkReach::Desk(stations("stations")?),
            Role::Relay => BulkReach::Relay(stations("stations")?),
            Role::Pass => BulkReach::Pass(labels(cell("labels"), language)?, tiers()?),
            _ => BulkReach::Scanner(stations("stations")?, tiers()?),
        };
        let mut terms = GrantTerms::new(to, 0, 0);
        terms.purposes = match role {
            Role::Sealer => Vec::new(),
            Role::Region => vec![Purpose::Relabel],
            Role::Relay => vec![Purpose::Call],
            Role::Desk => vec![Purpose::Return, Purpose::Relabel],
            _ => vec![Purpose::Deliver],
        };
        // A pass takes no other away.
        terms.top_up = self.bulk.top_up || role == Role::Pass;
        if !cell("device").is_empty() {
            terms.device =
                recipient(cell("device")).map_err(|error| format!("device: {}", language.value(error)))?;
        }
        if !cell("budget").is_empty() {
            let budget = cell("budget").parse().ok().filter(|budget| *budget > 0);
            terms.budget = Some(budget.ok_or_else(|| language.of(text::BAD_BUDGET).to_owned())?);
        }
        let rule = |column: &str| -> Result<Option<Reopen>, String> {
            let name = Some(cell(column)).filter(|name| !name.is_empty());
            name.map(values::reopen)
                .transpose()
                .map_err(|error| format!("{column}: {}", language.value(error)))
        };
        terms.reopening.again = rule("reopen")?.unwrap_or(terms.reopening.again);
        terms.reopening.delivered = rule("after_delivery")?;
        self.followed.extend(followed.into_iter().map(|text| (line, text)));
        Ok(GrantOrder::new(line, terms, reach, days))
    }
}
