//! `wayseal log report`: a table, JSON, or one page with charts.

mod page;

use super::hand_in::Handed;
use super::verify::said;
use super::{Desk, named};
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::say;
use clap::Args;
use serde_json::{Value, json};
use std::path::PathBuf;
use wayseal::authority::report::{DeviceReport, Figure, Figures, Report as Data, Shift};
use wayseal::files::{self, Access};
use wayseal::payload::Handle;

/// Labels opened by several devices that JSON and the page list.
const SHARED_SHOWN: usize = 50;

#[derive(Args)]
pub struct Report {
    /// Logs, or what was handed in
    #[arg(required = true, value_name = "FILE")]
    logs: Vec<PathBuf>,
    #[command(flatten)]
    desk: Desk,
    /// The hours of work
    #[arg(long, value_name = "HH:MM-HH:MM", default_value = "06:00-22:00", value_parser = hours)]
    shift: (u32, u32),
    /// Hours and minutes by which local time is ahead of UTC
    #[arg(long, value_name = "±HH:MM", default_value = "+08:00", value_parser = ahead, allow_hyphen_values = true)]
    ahead: i32,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Write a page with charts, which needs nothing from elsewhere
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

fn minutes(text: &str) -> Option<u32> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 24 && minutes < 60 && hours * 60 + minutes <= 1440).then_some(hours * 60 + minutes)
}

fn hours(text: &str) -> Result<(u32, u32), String> {
    let both = text.split_once('-').and_then(|(from, until)| Some((minutes(from)?, minutes(until)?)));
    both.ok_or_else(|| "not hours such as 06:00-22:00".to_owned())
}

fn ahead(text: &str) -> Result<i32, String> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let minutes = minutes(rest).filter(|minutes| *minutes <= 14 * 60);
    minutes.map(|minutes| sign * minutes.cast_signed()).ok_or_else(|| "not a time such as +08:00".to_owned())
}

impl Report {
    pub fn run(&self, config: &Config, language: Language) -> Result<u8, Failure> {
        let auditor = self.desk.key(config, language)?;
        let mut logs = Vec::new();
        let mut failed = false;
        for path in &self.logs {
            let checked = Handed::read(path).and_then(|handed| {
                let device = wayseal::device::log::verify::device(&handed.log)
                    .map_err(|error| Failure::input(format!("{}: {error}", path.display())))?;
                named(&device)?;
                let last = self.desk.head(&device, &auditor)?;
                auditor.verify(&handed.log, last.as_ref()).map_err(Failure::input)
            });
            match checked {
                Ok(log) => logs.push(log),
                // The others are still reported on.
                Err(failure) => {
                    failed = true;
                    eprintln!("wayseal: {failure}");
                }
            }
        }
        let shift = Shift { from: self.shift.0, until: self.shift.1, ahead: self.ahead };
        let data = Data::new(&logs, shift);
        failed |= data.devices.iter().any(|device| !device.damage.is_empty());
        if let Some(path) = &self.html {
            let page = page::write(&data, shift, language);
            files::write(path, page.as_bytes(), Access::Owner).map_err(Failure::output)?;
        }
        if self.json {
            say(&json(&data).to_string())?;
        } else {
            table(&data, language)?;
        }
        Ok(u8::from(failed))
    }
}

fn table(data: &Data, language: Language) -> Result<(), Failure> {
    let heads = match language {
        Language::En => [
            "DEVICE",
            "OPENED",
            "DAYS",
            "SIGNED",
            "ELSEWHERE",
            "NEVER",
            "FAR",
            "OUTSIDE",
            "ENQUIRY",
            "BUDGET",
            "REFUSED",
        ],
        Language::Zh => {
            ["设备", "打开", "天数", "签收", "他机签收", "未签收", "远离签收", "班外", "查询", "超额", "拒绝"]
        }
    };
    let line = |cells: &[String]| {
        let mut line = pad(&cells[0], 16);
        cells[1..].iter().for_each(|cell| line.push_str(&format!("{}  ", pad(cell, 9))));
        line.trim_end().to_owned()
    };
    say(&line(&heads.map(str::to_owned)))?;
    for device in &data.devices {
        let mut cells = vec![device.device.clone()];
        cells.extend(device.counts().map(|count| count.to_string()));
        say(&line(&cells))?;
        for sentence in sentences(device, &data.middle, language) {
            say(&format!("    ! {sentence}"))?;
        }
    }
    let word = language.pick("labels were opened by more than one device", "张面单被多台设备打开");
    say(&format!("{} {word}", data.shared.len()))
}

fn pad(text: &str, width: usize) -> String {
    let used = unicode_width::UnicodeWidthStr::width(text);
    format!("{text}{}", " ".repeat(width.saturating_sub(used)))
}

/// What stands out of a device, as a supervisor reads it.
fn sentences(device: &DeviceReport, middle: &Figures, language: Language) -> Vec<String> {
    let damage = device.damage.iter().take(3).map(|damage| said(damage, language));
    let findings = device.findings.iter().map(|(figure, _)| {
        let value = |value: f64| match figure.is_share() {
            true => format!("{:.0} %", value * 100.0),
            false => format!("{value:.0}"),
        };
        let (own, usual) = (value(device.figures.of(*figure)), value(middle.of(*figure)));
        match language {
            Language::En => format!("{}: {own}, where {usual} is usual", figure_name(*figure, language)),
            Language::Zh => format!("{}：{own}，通常为 {usual}", figure_name(*figure, language)),
        }
    });
    damage.chain(findings).collect()
}

const fn figure_name(figure: Figure, language: Language) -> &'static str {
    match figure {
        Figure::Daily => language.pick("openings a day", "每日打开次数"),
        Figure::Elsewhere => language.pick("opened here, signed off by another device", "本机打开、他机签收"),
        Figure::Never => language.pick("opened and never signed off", "打开后无人签收"),
        Figure::Outside => language.pick("opened outside the shift", "班次外打开"),
        Figure::Enquiries => language.pick("opened for an enquiry", "以查询为由打开"),
        Figure::OverBudget => language.pick("attempts over the budget a day", "每日超出额度的尝试"),
        Figure::Far => {
            language.pick("opened more than 12 hours before or after the sign-off", "距签收超过 12 小时打开")
        }
    }
}

fn json(data: &Data) -> Value {
    let figures = |figures: &Figures| -> Value {
        Figure::ALL.iter().map(|figure| (figure.name().to_owned(), json!(figures.of(*figure)))).collect()
    };
    let devices: Vec<Value> = data
        .devices
        .iter()
        .map(|device| {
            json!({
                "device": device.device,
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
                "hours": device.hours,
                "figures": figures(&device.figures),
                "stands_out": device.findings.iter().map(|(figure, _)| figure.name()).collect::<Vec<_>>(),
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
    json!({
        "devices": devices, "usual": figures(&data.middle),
        "shared_labels": data.shared.len(), "shared": shared,
    })
}

fn handle(bytes: [u8; 16]) -> String {
    Handle::from(bytes).printed().to_string()
}
