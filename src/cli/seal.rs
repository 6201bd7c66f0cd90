//! `wayseal seal`: a file of orders to a folder of labels.

use super::config::Config;
use super::failure::Failure;
use super::language::Language;
use super::{say, today};
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use wayseal::batch::columns::{Column, Mapping};
use wayseal::batch::input::{self, InputError, Source};
use wayseal::batch::order::{Order, Reason, Reject};
use wayseal::batch::press::{Desk, Press};
use wayseal::batch::seen::Seen;
use wayseal::batch::stations::Stations;
use wayseal::files::{self, Access};
use wayseal::keys::Day;
use wayseal::label::{Dpi, Page};

#[derive(Args)]
pub struct Seal {
    /// Files and folders of orders: CSV in UTF-8 or GB18030, XLSX, JSON Lines; - is the standard input
    #[arg(required = true)]
    orders: Vec<PathBuf>,
    /// The sealer's grant
    #[arg(long, value_name = "FILE")]
    grant: PathBuf,
    /// The folder of the labels
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// The authority's public key
    #[arg(long, value_name = "FILE")]
    authority: Option<PathBuf>,
    /// The identity that opens a grant sealed to this device
    #[arg(long, value_name = "FILE")]
    identity: Option<PathBuf>,
    /// The file of stations
    #[arg(long, value_name = "FILE")]
    stations: Option<PathBuf>,
    /// The label's template
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
    /// Width and height in millimetres
    #[arg(long, default_value = "100x150", value_parser = size)]
    size: (u32, u32),
    /// The printer's dots an inch
    #[arg(long, value_enum, default_value = "203")]
    dpi: DotsPerInch,
    /// The day of sealing, such as 2026-11-24; today if not given
    #[arg(long)]
    day: Option<Day>,
    /// Print JSON lines
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum DotsPerInch {
    /// 8 dots a millimetre
    #[value(name = "203")]
    D203,
    /// 12 dots a millimetre
    #[value(name = "300")]
    D300,
}

fn size(text: &str) -> Result<(u32, u32), String> {
    let parsed =
        text.split_once('x').and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    parsed.ok_or_else(|| "a size is width and height in millimetres, such as 100x150".to_owned())
}

/// The orders of a source, and the rows that are none.
pub fn orders(
    path: &Path,
    source: Result<Source, InputError>,
    stations: &Stations,
    seen: &mut Seen,
    language: Language,
) -> Result<Vec<Result<Order, Reject>>, Failure> {
    let fail = |error: &InputError| Failure::input(format!("{}: {}", path.display(), language.input(error)));
    let mut source = source.map_err(|error| fail(&error))?;
    let mapping = Mapping::of(source.header(), &[])
        .map_err(|error| Failure::input(format!("{}: {}", path.display(), language.mapping(&error))))?;
    let mut orders = Vec::new();
    while let Some(row) = source.next_row() {
        let row = row.map_err(|error| fail(&error))?;
        let order = Order::new(&mapping, stations, row).map_err(|rejected| rejected.reject);
        orders.push(order.and_then(|order| {
            if seen.is_new(&order.waybill) {
                Ok(order)
            } else {
                Err(Reject { line: order.line, column: Column::Waybill, reason: Reason::Duplicate })
            }
        }));
    }
    Ok(orders)
}

impl Seal {
    pub fn run(self, config: &Config, language: Language) -> Result<u8, Failure> {
        let stations = config.stations(self.stations.as_deref())?;
        let grant =
            config.grant(&self.grant, self.authority.as_deref(), self.identity.as_deref(), language)?;
        let day = self.day.map_or_else(today, Ok)?;
        let desk = Desk::new(&grant, day).map_err(|error| Failure::key(language.desk(&error, &grant)))?;
        let dpi = match self.dpi {
            DotsPerInch::D203 => Dpi::D203,
            DotsPerInch::D300 => Dpi::D300,
        };
        let template = config.template(self.template.as_deref())?;
        let mut press = Press::new(&template, Page::new(self.size, dpi)).map_err(Failure::usage)?;

        let mut rows = Vec::new();
        let paths = input::files(&self.orders).map_err(|error| Failure::input(language.input(&error)))?;
        let mut seen = Seen::default();
        for path in &paths {
            rows.extend(
                orders(path, Source::open(path), &stations, &mut seen, language)?
                    .into_iter()
                    .map(|row| (path, row)),
            );
        }
        std::fs::create_dir_all(&self.out)
            .map_err(|error| Failure::output(format!("cannot make {}: {error}", self.out.display())))?;

        let bar = progress(rows.len() as u64);
        let (mut sealed, mut rejected) = (0, 0);
        for (path, row) in rows {
            bar.inc(1);
            let result = row.and_then(|order| {
                let printed = press.print(&order, &desk)?;
                Ok((order, printed))
            });
            match result {
                Ok((order, printed)) => {
                    let file = self.out.join(format!("{}.png", order.waybill));
                    files::write(&file, &printed.png, Access::Everyone).map_err(Failure::output)?;
                    sealed += 1;
                    if self.json {
                        say(&json!({
                            "file": file.display().to_string(),
                            "waybill": &*order.waybill.text(),
                            "handle": &*printed.handle.printed(),
                            "missing_glyphs": printed.missing,
                        })
                        .to_string())?;
                    } else if printed.missing > 0 {
                        bar.suspend(|| {
                            eprintln!(
                                "{}: {} {}",
                                file.display(),
                                printed.missing,
                                language.pick(
                                    "characters are not in the font and printed as boxes",
                                    "个字不在字库中，已印为方框"
                                )
                            );
                        });
                    }
                }
                Err(reject) => {
                    rejected += 1;
                    if self.json {
                        say(&json!({
                            "input": path.display().to_string(),
                            "line": reject.line,
                            "column": reject.column.name(),
                            "error": reject.to_string(),
                        })
                        .to_string())?;
                    } else {
                        bar.suspend(|| eprintln!("{}: {}", path.display(), language.reject(&reject)));
                    }
                }
            }
        }
        bar.finish_and_clear();
        if !self.json {
            say(&format!(
                "{} {} · {sealed} {} · {rejected} {} → {}",
                sealed + rejected,
                language.pick("orders", "个订单"),
                language.pick("labels", "张面单"),
                language.pick("rejected", "个被拒"),
                self.out.display()
            ))?;
        }
        Ok(u8::from(rejected > 0))
    }
}

/// A bar on a terminal, nothing elsewhere.
fn progress(len: u64) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:32} {pos}/{len} {per_sec} {eta}");
    ProgressBar::new(len).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
