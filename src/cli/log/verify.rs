//! `wayseal log verify`: which entry was touched.

use super::Desk;
use super::hand_in::Handed;
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::say;
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use wayseal::device::log::verify::{Damage, Verified};

/// Lines of damage that are printed of one log.
const SHOWN: usize = 20;

#[derive(Args)]
pub struct Verify {
    /// Logs, or what was handed in
    #[arg(required = true, value_name = "FILE")]
    logs: Vec<PathBuf>,
    #[command(flatten)]
    desk: Desk,
    /// Print JSON lines
    #[arg(long)]
    json: bool,
}

impl Verify {
    pub fn run(&self, config: &Config, language: Language) -> Result<u8, Failure> {
        let auditor = self.desk.key(config, language)?;
        let mut failed = false;
        for path in &self.logs {
            let file = path.display().to_string();
            let checked = Handed::read(path).and_then(|handed| {
                let device = wayseal::device::log::verify::device(&handed.log)
                    .map_err(|error| Failure::input(format!("{file}: {error}")))?;
                super::named(&device)?;
                let last = self.desk.head(&device, &auditor)?;
                auditor.verify(&handed.log, last.as_ref()).map_err(Failure::input)
            });
            match checked {
                Ok(verified) => {
                    failed |= !verified.damage.is_empty();
                    self.tell(&file, &verified, language)?;
                }
                // The others are still looked at.
                Err(failure) => {
                    failed = true;
                    say(&if self.json {
                        json!({"file": file, "outcome": "unread", "error": failure.to_string()}).to_string()
                    } else {
                        failure.to_string()
                    })?;
                }
            }
        }
        Ok(u8::from(failed))
    }

    fn tell(&self, file: &str, verified: &Verified, language: Language) -> Result<(), Failure> {
        let (device, count, damage) = (&verified.device, verified.count, &verified.damage);
        if self.json {
            let damage: Vec<_> = damage.iter().map(ToString::to_string).collect();
            let outcome = if damage.is_empty() { "whole" } else { "damaged" };
            let value = json!({
                "file": file, "outcome": outcome, "device": device, "entries": count, "damage": damage,
            });
            return say(&value.to_string());
        }
        if damage.is_empty() {
            let whole = language.pick("entries, as the device wrote them", "条记录，与设备所写一致");
            return say(&format!("{file}: {device}: {count} {whole}"));
        }
        for damage in damage.iter().take(SHOWN) {
            say(&format!("{file}: {device}: {}", said(damage, language)))?;
        }
        if damage.len() > SHOWN {
            let more = language.pick("more; --json prints all", "处：--json 可全部列出");
            say(&format!("{file}: {device}: {} {more}", damage.len() - SHOWN))?;
        }
        Ok(())
    }
}

/// What was done to a log. Entries count from 0.
pub fn said(damage: &Damage, language: Language) -> String {
    if language == Language::En {
        return damage.to_string();
    }
    match damage {
        Damage::Deleted { first, last } if first == last => format!("第 {first} 条被删除"),
        Damage::Deleted { first, last } => format!("第 {first} 至 {last} 条被删除"),
        Damage::Inserted { at } => format!("位置 {at} 的记录不属于此处"),
        Damage::Moved { entry, at } => format!("第 {entry} 条被移至位置 {at}"),
        Damage::Edited { entry } => format!("第 {entry} 条被修改或替换"),
        Damage::Unproven { entry } => format!("第 {entry} 条无法核对：其前一条已不存在"),
        Damage::Resealed { entry, key } => format!("第 {entry} 条被用第 {key} 条的密钥重新封装"),
        Damage::Torn { entry } => format!("文件在第 {entry} 条中间结束"),
        Damage::Tail { count, signed } => format!("现有 {count} 条，曾签名 {signed} 条：尾部被截去"),
        Damage::Forked { count } => format!("在第 {count} 条处与已签名的不同：状态文件夹曾被回退"),
        _ => damage.to_string(),
    }
}
