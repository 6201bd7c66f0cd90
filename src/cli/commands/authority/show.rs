//! `wayseal authority show`: a grant without its keys.

use crate::cli::columns::pad;
use crate::cli::console::say;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::grant as text;
use crate::cli::settings::authority::show::ShowPlan;
use serde_json::json;
use wayseal::keys::Tier;
use wayseal::signed::grant::{Purpose, Reopen, RoleRules};
use wayseal::signed::moment::Moment;

impl ShowPlan {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        let grant = self.trust.grant(&self.grant, language)?;
        let tiers: Vec<_> = grant.tiers.iter().copied().map(Tier::name).collect();
        let purposes: Vec<_> = grant.purposes.iter().copied().map(Purpose::name).collect();
        let gives = grant.issuer_key.is_some() && RoleRules::of(grant.role).gives;
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
                "stations": Some(grant.stations).filter(|stations| *stations > 0),
                "top_up": grant.top_up,
                "gives_passes": gives,
                "keys": grant.nodes.len(), "labels": grant.labels.len(),
            })
            .to_string())?;
            return Ok(0);
        }
        let none = || language.of(text::NONE).to_owned();
        let rule = |rule| match rule {
            Reopen::Allow => language.of(text::ALLOWED_NOT_COUNTED),
            Reopen::Count => language.of(text::ALLOWED_COUNTED),
            Reopen::Refuse => language.of(text::REFUSED),
        };
        let rows = [
            (text::ROLE, grant.role.name().to_owned()),
            (text::TO, grant.to.clone()),
            (text::DEVICE, if grant.device.is_empty() { none() } else { grant.device.clone() }),
            (text::SERIAL, grant.serial.to_string()),
            (text::GENERATION, grant.generation.to_string()),
            (text::DAYS, format!("{} … {}", grant.from, grant.until)),
            (text::TIERS, tiers.join(", ")),
            (text::PURPOSES, if purposes.is_empty() { none() } else { purposes.join(", ") }),
            (text::LABELS_A_SHIFT, grant.budget.map_or_else(none, |budget| budget.to_string())),
            (text::OPENED_BEFORE, rule(grant.reopening.again).to_owned()),
            (
                text::SIGNED_OFF,
                grant.reopening.delivered.map_or_else(
                    || language.of(text::REFUSED_FOR_DELIVERY).to_owned(),
                    |delivered| rule(delivered).to_owned(),
                ),
            ),
            (text::LEAST_REVOCATION_LIST, grant.revocations.to_string()),
            (
                text::SIGNED_STATIONS,
                match grant.stations {
                    0 => none(),
                    since => Moment(since).to_string(),
                },
            ),
            (
                text::KEYS_HELD_BEFORE,
                (if grant.top_up { language.of(text::STAY) } else { language.of(text::GO) }).to_owned(),
            ),
            (text::GIVES_PASSES, language.of(if gives { text::YES } else { text::NO }).to_owned()),
            (text::KEYS, (grant.nodes.len() + grant.labels.len()).to_string()),
        ];
        for (name, value) in rows {
            say(&format!("{}{value}", pad(language.of(name), 24)))?;
        }
        Ok(0)
    }
}
