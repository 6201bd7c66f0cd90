//! `wayseal authority revoke`: the next revocation list.

use super::grant::sealer;
use super::{Place, revocations};
use crate::cli::config::{Config, TEXT_MAX};
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::{now, say, today};
use clap::Args;
use std::path::PathBuf;
use wayseal::files;
use wayseal::keys::{Day, SealerId};
use wayseal::signed::moment::Moment;
use wayseal::signed::revocation::{LIST_DAYS, Revocations};
use wayseal::verifier::Revoked;

#[derive(Args)]
pub struct Revoke {
    #[command(flatten)]
    place: Place,
    /// Numbers of sealers
    #[arg(long, value_delimiter = ',', value_parser = sealer)]
    sealer: Vec<SealerId>,
    /// Names in grants, or age recipients, of scanners and other holders
    #[arg(long, value_delimiter = ',', value_name = "NAME")]
    scanner: Vec<String>,
    /// The first doubtful day; thieves date back, so rather an earlier one. Today if not given
    #[arg(long, value_name = "DAY")]
    from: Option<Day>,
    /// A CSV file of many: sealer or scanner, number or name, first doubtful day; a first line of names is skipped
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// The last day on which the list is good; thirteen days from today if not given
    #[arg(long, value_name = "DAY")]
    until: Option<Day>,
    /// Print the list in place of making the next
    #[arg(long, conflicts_with_all = ["sealer", "scanner", "from", "file", "until"])]
    list: bool,
    /// The authority's public key, to print the list with
    #[arg(long, value_name = "FILE", requires = "list")]
    authority: Option<PathBuf>,
}

/// Sealers, and holders with their first doubtful day.
type Entries = (Vec<Revoked>, Vec<(String, Day)>);

impl Revoke {
    pub fn run(self, config: &Config, language: Language) -> Result<u8, Failure> {
        let folder = &self.place.folder;
        if self.list {
            let usual = folder.join("authority.pub");
            let pinned = config.pinned(self.authority.as_deref().or(Some(&usual)))?;
            return print(&revocations(folder, &pinned, language)?, language);
        }
        let from = self.from.map_or_else(today, Ok)?;
        let (mut sealers, mut holders) = self.many(language)?;
        sealers.extend(self.sealer.iter().map(|&sealer| Revoked { sealer, from }));
        holders.extend(self.scanner.iter().map(|name| (name.clone(), from)));
        let until = match self.until {
            Some(until) => until,
            None => Day::new(today()?.number().saturating_add(LIST_DAYS - 1)),
        };
        let root = self.place.open(config, language)?;
        let mut list = revocations(folder, &root.public(), language)?;
        list.revoke_sealers(sealers);
        list.revoke_holders(holders);
        let signed = list
            .sign_next(Moment(now()), until, &root)
            .map_err(|error| Failure::usage(language.list(&error)))?;
        let path = folder.join("revocations");
        Revocations::store(&path, &signed).map_err(Failure::output)?;
        say(&format!(
            "{}: {} {}, {} {}, {} {}, {} {until}, {} {}",
            path.display(),
            language.pick("list", "名单号"),
            list.number,
            language.pick("sealers", "打单方"),
            list.sealers().len(),
            language.pick("scanners", "扫描设备"),
            list.holders().len(),
            language.pick("good until", "有效至"),
            language.pick("bytes", "字节"),
            signed.len(),
        ))?;
        say(language.pick(
            "Send it to every scanner; grants made from now on want it.",
            "请发给每台扫描设备；今后的授权都要求该名单。",
        ))?;
        Ok(0)
    }

    fn many(&self, language: Language) -> Result<Entries, Failure> {
        let (mut sealers, mut holders) = (Vec::new(), Vec::new());
        let Some(path) = &self.file else { return Ok((sealers, holders)) };
        let bytes = files::read(path, TEXT_MAX).map_err(Failure::input)?;
        let mut rows = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(bytes.as_slice());
        for (at, row) in rows.records().enumerate() {
            let line = at + 1;
            let wrong = || {
                Failure::input(format!(
                    "{}, {} {line}: {}",
                    path.display(),
                    language.pick("line", "第几行"),
                    language.pick(
                        "not sealer,NUMBER,2026-11-20 or scanner,NAME,2026-11-20; correct it, nothing was revoked",
                        "不是 sealer,编号,2026-11-20 或 scanner,名称,2026-11-20：请更正，尚未吊销任何一项",
                    )
                ))
            };
            let row = row.map_err(|_| wrong())?;
            let [kind, name, from] = [0, 1, 2].map(|at| row.get(at).unwrap_or_default());
            match (kind, from.parse::<Day>(), sealer(name)) {
                ("sealer", Ok(from), Ok(sealer)) => sealers.push(Revoked { sealer, from }),
                ("scanner", Ok(from), _) if !name.is_empty() => holders.push((name.to_owned(), from)),
                (_, Err(_), _) if line == 1 => {}
                _ => return Err(wrong()),
            }
        }
        Ok((sealers, holders))
    }
}

fn print(list: &Revocations, language: Language) -> Result<u8, Failure> {
    say(&format!(
        "{} {}, {} {}, {} {}",
        language.pick("list", "名单号"),
        list.number,
        language.pick("signed", "签名时间"),
        list.issued,
        language.pick("good until", "有效至"),
        list.until
    ))?;
    for entry in list.sealers() {
        say(&format!("sealer,{},{}", entry.sealer.number(), entry.from))?;
    }
    for (name, from) in list.holders() {
        say(&format!("scanner,{name},{from}"))?;
    }
    Ok(0)
}
