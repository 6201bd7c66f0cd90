//! `wayseal authority init`, `rotate` and `retire`: the life of a root.

use super::{Place, Root, envelope, init, lock};
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::say;
use clap::Args;
use wayseal::authority::custody::{CustodyError, Lock};
use wayseal::authority::root;

#[derive(Args)]
pub struct Init {
    #[command(flatten)]
    place: Place,
    /// Seal it to this age recipient in place of a passphrase; may be given more than once
    #[arg(long, value_name = "RECIPIENT")]
    recipient: Vec<String>,
    /// Make the root in the PKCS #11 token of this label, which never hands it out
    #[cfg(feature = "hsm")]
    #[arg(long, value_name = "LABEL")]
    token: Option<String>,
    /// The number of the root; its lowest bit stands on every label
    #[arg(long, default_value_t = 0)]
    generation: u32,
}

impl Init {
    pub fn run(self, config: &Config, language: Language) -> Result<u8, Failure> {
        let folder = &self.place.folder;
        let make = || Root::with_root(self.place.new_root(self.generation, self.label())?);
        init(folder, make, language, || lock(self.recipient.clone(), &self.place.secrets, config))?;
        say(&format!("{} {}", language.pick("The authority is in", "授权机构已建立于"), folder.display()))?;
        say(language.pick(
            "Give authority.pub to every device; keep authority.age and what opens it apart, and make a backup: \
             wayseal authority shares make.",
            "请将 authority.pub 发给每台设备；authority.age 与口令或私钥分开保管，并做好备份：wayseal authority shares make。",
        ))?;
        Ok(0)
    }
}

impl Init {
    fn label(&self) -> Option<&str> {
        #[cfg(feature = "hsm")]
        let label = self.token.as_deref();
        #[cfg(not(feature = "hsm"))]
        let label = None;
        label
    }
}

#[derive(Args)]
pub struct Rotate {
    #[command(flatten)]
    place: Place,
    /// Seal it to this age recipient; may be given more than once. Needed again where it is sealed to recipients
    #[arg(long, value_name = "RECIPIENT")]
    recipient: Vec<String>,
}

impl Rotate {
    pub fn run(self, config: &Config, language: Language) -> Result<u8, Failure> {
        let mut authority = self.place.open(config, language)?;
        let fail = |error| Failure::key(language.custody(&error));
        let next = authority.generation().checked_add(1).ok_or(CustodyError::Rotation).map_err(fail)?;
        // The new root is where the one before it is.
        let label = authority.roots().first().and_then(|root| root.token()).map(|at| at.token.clone());
        let root = self.place.new_root(next, label.as_deref()).map_err(fail)?;
        authority.rotate(root).map_err(fail)?;
        let lock = self.place.relock(self.recipient, config).map_err(fail)?;
        authority.store(&envelope(&self.place.folder), lock).map_err(fail)?;
        say(&format!("{} {next}", language.pick("Grants are made from root", "今后的授权使用根密钥"),))?;
        say(language.pick(
            "Make the backup anew. Send scanners top-ups of the new root before sealers get grants of it; older days \
             are granted with --generation. When no parcel of the old root is under way: wayseal authority retire.",
            "请重新做备份。先给扫描设备增补新根密钥的授权，再给打单方签发；旧日期的授权请加 --generation。\
             旧根密钥的包裹全部签收后：wayseal authority retire。",
        ))?;
        Ok(0)
    }
}

#[derive(Args)]
pub struct Retire {
    #[command(flatten)]
    place: Place,
    /// Seal it to this age recipient; may be given more than once. Needed again where it is sealed to recipients
    #[arg(long, value_name = "RECIPIENT")]
    recipient: Vec<String>,
}

impl Retire {
    pub fn run(self, config: &Config, language: Language) -> Result<u8, Failure> {
        let mut authority = self.place.open(config, language)?;
        let fail = |error| Failure::key(language.custody(&error));
        let retired = authority.retire();
        if !retired.is_empty() {
            let lock = self.place.relock(self.recipient, config).map_err(fail)?;
            authority.store(&envelope(&self.place.folder), lock).map_err(fail)?;
        }
        #[cfg(feature = "hsm")]
        for at in retired.iter().filter_map(|root| root.token()) {
            let token = self.place.token.open(&at.token).map_err(fail)?;
            token.destroy(at).map_err(|error| fail(CustodyError::Token(error)))?;
        }
        say(&format!(
            "{} {}; {} {}",
            language.pick("roots erased:", "已删除的根密钥："),
            retired.len(),
            language.pick("in use: root", "现用根密钥"),
            authority.generation()
        ))?;
        Ok(0)
    }
}

impl Place {
    /// A new root of a generation: in the token of a label, or here.
    fn new_root(&self, generation: u32, label: Option<&str>) -> Result<root::Root, CustodyError> {
        #[cfg(feature = "hsm")]
        if let Some(label) = label {
            return self.token.new_root(generation, label);
        }
        match label {
            // To leave the token would be a weaker place than the root before had.
            Some(_) => Err(CustodyError::NoToken),
            None => root::Root::generate(generation).map_err(CustodyError::Random),
        }
    }

    /// The lock for an envelope that was opened: the same passphrase, or the recipients named.
    fn relock(&self, recipients: Vec<String>, config: &Config) -> Result<Lock, CustodyError> {
        if recipients.is_empty() && self.identity.is_some() {
            return Err(CustodyError::NoRecipient);
        }
        lock(recipients, &self.secrets, config)
    }
}
