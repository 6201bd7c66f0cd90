//! `wayseal authority grant --devices`: grants of many devices in one command.

use super::grant::{find, recipient, sealer};
use super::next_serial;
use super::source::From;
use crate::cli::config::{Config, TEXT_MAX};
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::{now, say, today};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use sha2::{Digest as _, Sha256};
use std::collections::HashSet;
use std::io::IsTerminal as _;
use std::path::PathBuf;
use wayseal::authority::bulk::{BulkError, Order, Reach, Run, is_file_name};
use wayseal::authority::day_keys::{DayCache, DayKeys, Days};
use wayseal::authority::issue::{Destination, Limits, Terms, permit};
use wayseal::batch::stations::Stations;
use wayseal::files;
use wayseal::keys::{Day, Region, Tier};
use wayseal::signed::grant::{Purpose, Reopen, Role};
use wayseal::signed::grant::{REGION_DAYS, SCANNER_DAYS, SEALER_DAYS};
use wayseal::signed::revocation::Revocations;

#[derive(Args)]
pub struct Bulk {
    #[command(flatten)]
    from: From,
    /// A CSV file of devices: to, and as needed role, stations, regions, tiers, id, device, budget, reopen, after_delivery;
    /// lists with ;
    #[arg(long, value_name = "FILE")]
    devices: Option<PathBuf>,
    /// The folder of the grants; the same command takes a run up again that was stopped
    #[arg(long, value_name = "FOLDER", requires = "devices")]
    out: Option<PathBuf>,
    /// The file of stations
    #[arg(long, value_name = "FILE")]
    stations: Option<PathBuf>,
    /// Today, or for a sealer the first day, such as 2026-11-24
    #[arg(long)]
    day: Option<Day>,
    /// Days; the most that each role may hold if not given
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=512))]
    days: Option<u16>,
    /// Add to the keys that the devices hold, one day if --days is not given
    #[arg(long)]
    top_up: bool,
    /// Make grants although they are beyond what their roles may hold
    #[arg(long)]
    beyond_limits: bool,
}

impl Bulk {
    pub fn run(self, config: &Config, language: Language) -> Result<u8, Failure> {
        let Some(devices) = &self.devices else {
            return Err(Failure::usage(language.pick(
                "name a role, or a file of devices with --devices; see --help",
                "请写明角色，或用 --devices 给出设备文件；见 --help",
            )));
        };
        let stations = config.stations(self.stations.as_deref())?;
        let bytes = files::read(devices, TEXT_MAX).map_err(Failure::input)?;
        let day = self.day.map_or_else(today, Ok)?;
        let mut roster = Roster { bulk: &self, stations: &stations, day, seen: HashSet::new() };
        let (mut orders, mut bad) = roster
            .read(&bytes, language)
            .map_err(|message| Failure::input(format!("{}: {message}", devices.display())))?;

        let (source, list) = self.from.open(config, language)?;
        orders.retain_mut(|order| {
            order.terms.revocations = list.number;
            let refused = permit(&list, &order.terms, &order.reach.scope(&[]), order.days);
            refused.map_err(|error| bad.push((order.line, language.issue(&error)))).is_ok()
        });
        let folder = self.out.clone().unwrap_or_else(|| PathBuf::from(format!("grants-{day}")));
        let digest = self.digest(&bytes, &stations, day, source.generation(), &list);
        let over = orders.iter().map(|order| order.over()).max().unwrap_or(day);
        let fail = |error: BulkError| Failure::output(language.bulk(&error));
        let mut serial = Ok(());
        let run = Run::open(&folder, &digest, over, || {
            let now = now();
            let next = next_serial(&self.from.folder(), now);
            Ok((
                next.unwrap_or_else(|error| {
                    serial = Err(error);
                    0
                }),
                now,
            ))
        });
        serial?;
        let mut run = run.map_err(fail)?;
        let all: Vec<_> = orders.iter().map(|order| order.days).collect();
        let from = all.iter().map(|days| days.from).min().unwrap_or(day);
        let until = all.iter().map(|days| days.until).max().unwrap_or(day);
        let issuing = |error| Failure::usage(language.issue(&error));
        let keys = DayCache::new(&source, Days { from, until }).map_err(issuing)?;
        let destinations: Vec<Destination> =
            stations.all().iter().map(|station| (station.region, station.site)).collect();
        let limit = if self.beyond_limits { Limits::Lifted } else { Limits::Kept };
        let before = run.done();
        let bar = progress(orders.len() as u64);
        bar.inc(before as u64);
        let failed = run.make(&keys, &source, &orders, &destinations, limit, |count| bar.inc(count as u64));
        bar.finish_and_clear();
        bad.extend(failed.map_err(fail)?.into_iter().map(|(line, error)| (line, language.make(&error))));
        bad.sort();
        for (line, message) in &bad {
            eprintln!("wayseal: {}, {} {line}: {message}", devices.display(), language.pick("line", "行"));
        }
        say(&format!(
            "{}: {} {}, {} {before}, {} {}",
            folder.display(),
            language.pick("grants made", "新签发"),
            run.done() - before,
            language.pick("there before", "已有"),
            language.pick("failed", "失败"),
            bad.len()
        ))?;
        Ok(u8::from(!bad.is_empty()))
    }

    /// Of all that makes the grants what they are.
    fn digest(
        &self,
        devices: &[u8],
        stations: &Stations,
        day: Day,
        generation: u32,
        list: &Revocations,
    ) -> [u8; 32] {
        let mut hash = Sha256::new();
        let terms = format!(
            "{day} {:?} {} {} {generation} {}\n",
            self.days, self.top_up, self.beyond_limits, list.number
        );
        hash.update(terms);
        for station in stations.all() {
            hash.update(format!("{} {} {}\n", station.code, station.region.number(), station.site.number()));
        }
        hash.update(devices);
        hash.finalize().into()
    }
}

fn progress(len: u64) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {per_sec} {eta}");
    ProgressBar::new(len).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// A file of devices being read.
struct Roster<'a> {
    bulk: &'a Bulk,
    stations: &'a Stations,
    day: Day,
    seen: HashSet<String>,
}

/// Lines with what is wrong with them.
type Bad = Vec<(usize, String)>;

impl Roster<'_> {
    fn read(&mut self, bytes: &[u8], language: Language) -> Result<(Vec<Order>, Bad), String> {
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
            "device",
            "budget",
            "reopen",
            "after_delivery",
        ];
        if let Some(other) = header.iter().find(|name| !known.contains(name)) {
            return Err(format!(
                "{} `{other}`; {} {}",
                language.pick("no column", "没有该列"),
                language.pick("they are", "可用的列："),
                known.join(", ")
            ));
        }
        if !header.iter().any(|name| name == "to") {
            return Err(language
                .pick("the first line names no column `to`", "第一行没有 `to` 列")
                .to_owned());
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

    fn order<'r>(
        &mut self,
        line: usize,
        cell: impl Fn(&str) -> &'r str,
        language: Language,
    ) -> Result<Order, String> {
        let to = cell("to");
        if !is_file_name(to) || to.len() > wayseal::signed::grant::NAME_MAX {
            return Err(language
                .pick(
                    "to: a name of letters, digits and ._-@+, 64 bytes at most",
                    "to：只能由文字、数字和 ._-@+ 组成，最多 64 字节",
                )
                .to_owned());
        }
        if !self.seen.insert(to.to_owned()) {
            return Err(format!("to: {to} {}", language.pick("is there twice", "重复")));
        }
        let role = match cell("role") {
            "" => Role::Scanner,
            name => name.parse().ok().filter(|role| *role != Role::DayIssuer).ok_or_else(|| {
                language
                    .pick(
                        "role: not sealer, scanner, region or relay",
                        "role：不是 sealer、scanner、region 或 relay",
                    )
                    .to_owned()
            })?,
        };
        let list = |name: &str| {
            cell(name).split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
        };
        let stations = |column: &str| {
            let codes: Vec<String> = list("stations");
            find(&codes, self.stations).map_err(|error| format!("{column}: {error}"))
        };
        let tiers = || -> Result<Vec<Tier>, String> {
            let names: Vec<String> = list("tiers");
            if names.is_empty() {
                return Ok(vec![Tier::Delivery]);
            }
            names
                .iter()
                .map(|name| super::grant::tier(name).map_err(|error| format!("tiers: {name}: {error}")))
                .collect()
        };
        let reach = match role {
            Role::Sealer => Reach::Sealer(sealer(cell("id")).map_err(|error| format!("id: {error}"))?),
            Role::Region => {
                let names: Vec<String> = list("regions");
                let regions = names
                    .iter()
                    .map(|name| super::grant::region(name).map_err(|error| format!("regions: {error}")))
                    .collect::<Result<Vec<Region>, _>>()?;
                Reach::Region(regions, tiers()?)
            }
            Role::Relay => Reach::Relay(stations("stations")?),
            _ => Reach::Scanner(stations("stations")?, tiers()?),
        };
        let mut terms = Terms::new(to, 0, 0);
        terms.purposes = match role {
            Role::Sealer => Vec::new(),
            Role::Region => vec![Purpose::Relabel],
            Role::Relay => vec![Purpose::Call],
            _ => vec![Purpose::Deliver],
        };
        terms.top_up = self.bulk.top_up;
        if !cell("device").is_empty() {
            terms.device = recipient(cell("device")).map_err(|error| format!("device: {error}"))?;
        }
        if !cell("budget").is_empty() {
            let budget = cell("budget").parse().ok().filter(|budget| *budget > 0);
            terms.budget = Some(budget.ok_or_else(|| {
                language.pick("budget: not a number of labels", "budget：不是件数").to_owned()
            })?);
        }
        let rule = |column: &str| -> Result<Option<Reopen>, String> {
            let name = Some(cell(column)).filter(|name| !name.is_empty());
            name.map(super::grant::reopen).transpose().map_err(|error| format!("{column}: {error}"))
        };
        terms.reopening.again = rule("reopen")?.unwrap_or(terms.reopening.again);
        terms.reopening.delivered = rule("after_delivery")?;
        let most = match role {
            Role::Sealer => SEALER_DAYS,
            Role::Region => REGION_DAYS,
            _ => SCANNER_DAYS,
        };
        let count = self.bulk.days.unwrap_or(if self.bulk.top_up { 1 } else { most });
        let days =
            if role == Role::Sealer { Days::from(self.day, count) } else { Days::ending(self.day, count) };
        Ok(Order { line, terms, reach, days })
    }
}
