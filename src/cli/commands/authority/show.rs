//! `wayseal authority show`: a grant without its keys.

use crate::cli::arguments::authority::show::Show;
use crate::cli::columns::pad;
use crate::cli::console::say;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::settings::config::Config;
use serde_json::json;
use wayseal::keys::Tier;
use wayseal::signed::grant::{Purpose, Reopen};

impl Show {
    pub fn run(self, config: &Config, language: Language) -> Result<u8, Failure> {
        let authority = self.authority.as_deref();
        let grant = config.grant(&self.grant, authority, self.identity.as_deref(), language)?;
        let tiers: Vec<_> = grant.tiers.iter().copied().map(Tier::name).collect();
        let purposes: Vec<_> = grant.purposes.iter().copied().map(Purpose::name).collect();
        if self.json {
            say(&json!({
                "role": grant.role.name(),
                "to": grant.to,
                "device": grant.device,
                "serial": grant.serial,
                "generation": grant.generation,
                "issued": grant.issued,
                "from": grant.from.to_string(),
                "until": grant.until.to_string(),
                "tiers": tiers,
                "purposes": purposes,
                "budget": grant.budget,
                "reopen": grant.reopening.again.name(),
                "after_delivery": grant.reopening.delivered.map(Reopen::name),
                "revocations": grant.revocations,
                "top_up": grant.top_up,
                "keys": grant.nodes.len(),
            })
            .to_string())?;
            return Ok(0);
        }
        let none = || language.pick("none", "无").to_owned();
        let rule = |rule| match rule {
            Reopen::Allow => language.pick("allowed, not counted", "允许，不计额度"),
            Reopen::Count => language.pick("allowed, counted", "允许，计入额度"),
            Reopen::Refuse => language.pick("refused", "拒绝"),
        };
        let rows = [
            ("role", "角色", grant.role.name().to_owned()),
            ("to", "持有者", grant.to.clone()),
            ("device", "设备", if grant.device.is_empty() { none() } else { grant.device.clone() }),
            ("serial", "序号", grant.serial.to_string()),
            ("generation", "根密钥代", grant.generation.to_string()),
            ("days", "日期", format!("{} … {}", grant.from, grant.until)),
            ("tiers", "层级", tiers.join(", ")),
            ("purposes", "用途", if purposes.is_empty() { none() } else { purposes.join(", ") }),
            ("labels a shift", "每班限额", grant.budget.map_or_else(none, |budget| budget.to_string())),
            ("opened before", "再次打开", rule(grant.reopening.again).to_owned()),
            (
                "signed off",
                "签收后打开",
                grant.reopening.delivered.map_or_else(
                    || language.pick("refused for delivery", "派送用途拒绝").to_owned(),
                    |delivered| rule(delivered).to_owned(),
                ),
            ),
            ("least revocation list", "最低吊销名单号", grant.revocations.to_string()),
            (
                "keys held before",
                "原有密钥",
                (if grant.top_up { language.pick("stay", "保留") } else { language.pick("go", "替换") })
                    .to_owned(),
            ),
            ("keys", "密钥数", grant.nodes.len().to_string()),
        ];
        for (english, chinese, value) in rows {
            say(&format!("{}{value}", pad(language.pick(english, chinese), 24)))?;
        }
        Ok(0)
    }
}
