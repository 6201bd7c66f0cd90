//! `wayseal device`: what this device holds, and which grants it takes.

use super::config::Config;
use super::failure::Failure;
use super::language::Language;
use super::unlock::{self, Secrets};
use super::{now, say};
use clap::{Args, Subcommand};
use serde_json::json;
use std::path::{Path, PathBuf};
use wayseal::authority::custody;
use wayseal::device::state::{Device as State, Refused};
use wayseal::files::{self, Access};
use wayseal::signed::envelope::{self, Identity};
use wayseal::signed::grant::{self, GrantError, Reopen};
use wayseal::signed::revocation::LIST_MAX;
use zeroize::Zeroizing;

#[derive(Subcommand)]
pub enum Device {
    /// Make the device's identity and its empty state, and print its age recipient
    Init(Init),
    /// Take grants and revocation lists
    Accept(Accept),
    /// Print what the device holds, without keys
    Show(Show),
}

/// Where a device keeps its identity and its state.
#[derive(Args, Clone)]
pub struct Place {
    /// The device's folder
    #[arg(long, value_name = "FOLDER", default_value = "device")]
    folder: PathBuf,
    #[command(flatten)]
    secrets: Secrets,
}

#[derive(Args)]
pub struct Init {
    #[command(flatten)]
    place: Place,
    /// The device's name, as grants name it
    #[arg(long)]
    name: String,
    /// The authority's public key, which the device pins
    #[arg(long, value_name = "FILE")]
    authority: Option<PathBuf>,
    /// Put the identity under a passphrase, which every use of the device then asks for
    #[arg(long)]
    protect: bool,
}

#[derive(Args)]
pub struct Accept {
    #[command(flatten)]
    place: Place,
    /// Grants and revocation lists
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

#[derive(Args)]
pub struct Show {
    #[command(flatten)]
    place: Place,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Device {
    pub fn run(self, config: &Config, language: Language) -> Result<u8, Failure> {
        match self {
            Self::Init(command) => command.run(config, language),
            Self::Accept(command) => command.run(config, language),
            Self::Show(command) => command.run(config, language),
        }
    }
}

impl Place {
    fn identity(&self) -> PathBuf {
        self.folder.join("identity")
    }

    fn state(&self) -> PathBuf {
        self.folder.join("state")
    }

    /// The device's state, with the identity that opens it.
    pub fn open(&self, config: &Config, language: Language) -> Result<(State, Identity), Failure> {
        let path = self.state();
        if !path.exists() {
            return Err(Failure::key(format!(
                "{}: {}",
                path.display(),
                language.pick(
                    "no device is here; make one with `wayseal device init`, or give --folder",
                    "这里没有设备：请用 `wayseal device init` 建立，或给出 --folder"
                )
            )));
        }
        let identity = unlock::identity(&self.identity(), &self.secrets, config, language)?;
        let state = State::load(&path, Some(&identity))
            .map_err(|error| Failure::key(format!("{}: {}", path.display(), language.state(&error))))?;
        Ok((state, identity))
    }

    /// Writes the state back.
    pub fn store(&self, state: &State, language: Language) -> Result<(), Failure> {
        state.store(&self.state()).map_err(|error| Failure::output(language.state(&error)))
    }
}

impl Init {
    fn run(self, config: &Config, language: Language) -> Result<u8, Failure> {
        let pinned = config.pinned(self.authority.as_deref())?;
        let path = self.place.identity();
        if path.exists() {
            return Err(Failure::usage(format!(
                "{} {}",
                path.display(),
                language.pick(
                    "is there already; a device is never replaced: choose another folder with --folder",
                    "已存在；设备不会被覆盖：请用 --folder 另选文件夹"
                )
            )));
        }
        let fail = |error| Failure::key(language.custody(&error));
        let identity = Identity::generate();
        let file = identity.file();
        let file = if self.protect {
            let passphrase = self.place.secrets.passphrase(config, true).map_err(fail)?;
            Zeroizing::new(
                custody::seal_text(file.as_bytes(), passphrase).map_err(|error| fail(error.into()))?,
            )
        } else {
            Zeroizing::new(file.as_bytes().to_vec())
        };
        let folder = &self.place.folder;
        std::fs::create_dir_all(folder)
            .map_err(|error| Failure::output(format!("cannot make {}: {error}", folder.display())))?;
        files::write(&path, &file, Access::Owner).map_err(Failure::output)?;
        self.place.store(&State::new(pinned, self.name, identity.recipient()), language)?;
        say(&identity.recipient())?;
        Ok(0)
    }
}

impl Accept {
    fn run(self, config: &Config, language: Language) -> Result<u8, Failure> {
        let (mut state, identity) = self.place.open(config, language)?;
        let mut refused = false;
        for path in &self.files {
            match take(&mut state, path, &identity, language) {
                Ok(line) => say(&format!("{}: {line}", path.display()))?,
                Err(error) => {
                    refused = true;
                    eprintln!("wayseal: {}: {}", path.display(), language.refused(&error));
                }
            }
        }
        self.place.store(&state, language)?;
        Ok(if refused { 3 } else { 0 })
    }
}

/// Takes one file, a grant or a list.
fn take(state: &mut State, path: &Path, identity: &Identity, language: Language) -> Result<String, Refused> {
    let bytes = files::read(path, LIST_MAX).map_err(|error| Refused::Grant(GrantError::File(error)))?;
    let bytes = Zeroizing::new(bytes);
    if !envelope::is_sealed(&bytes) && is_list(&bytes) {
        let number = state.accept_list(&bytes, now())?;
        return Ok(format!("{} {number}", language.pick("revocation list", "吊销名单号")));
    }
    let accepted = state.accept(&grant::read(path, Some(identity))?, now())?;
    Ok(format!(
        "{} {}, {} {}, {} {}, {} {}",
        language.pick("grant", "授权"),
        accepted.role.name(),
        language.pick("serial", "序号"),
        accepted.serial,
        language.pick("keys added", "新增密钥"),
        accepted.added,
        language.pick("keys erased", "已删除密钥"),
        accepted.erased
    ))
}

fn is_list(bytes: &[u8]) -> bool {
    // An array of four and the name of the form.
    bytes.get(1..).is_some_and(|rest| rest.starts_with(b"\x73wayseal revocations"))
}

impl Show {
    fn run(self, config: &Config, language: Language) -> Result<u8, Failure> {
        let (state, _) = self.place.open(config, language)?;
        let roles: Vec<_> = state.roles().map(|role| (role, state.session(role, now()))).collect();
        if self.json {
            let held: Vec<_> = roles
                .iter()
                .map(|(role, session)| match session {
                    Ok(session) => json!({
                        "role": role.name(), "serial": session.serial, "keys": session.nodes.len(),
                        "budget": session.budget, "reopen": session.reopening.again.name(),
                        "after_delivery": session.reopening.delivered.map(Reopen::name), "today": session.today.to_string(),
                    }),
                    Err(refused) => json!({"role": role.name(), "locked": language.refused(refused)}),
                })
                .collect();
            say(&json!({
                "name": state.name(), "recipient": state.recipient(), "signed": state.floor().0,
                "revocations": state.list_number(), "grants": held,
            })
            .to_string())?;
            return Ok(0);
        }
        for (english, chinese, value) in [
            ("name", "名称", state.name().to_owned()),
            ("recipient", "接收方", state.recipient().to_owned()),
            ("newest signed time", "最近签名时间", state.floor().to_string()),
            ("revocation list", "吊销名单号", state.list_number().to_string()),
        ] {
            row(language.pick(english, chinese), &value)?;
        }
        for (role, session) in roles {
            let value = match &session {
                Ok(session) => format!(
                    "{} {}, {} {}",
                    language.pick("serial", "序号"),
                    session.serial,
                    language.pick("keys in use", "可用密钥"),
                    session.nodes.len()
                ),
                Err(refused) => language.refused(refused),
            };
            row(role.name(), &value)?;
        }
        Ok(0)
    }
}

fn row(name: &str, value: &str) -> Result<(), Failure> {
    let used = unicode_width::UnicodeWidthStr::width(name);
    say(&format!("{name}{}{value}", " ".repeat(24_usize.saturating_sub(used))))
}
