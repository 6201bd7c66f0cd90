//! `wayseal authority`: the root, and the grants made from it.

use super::config::{self, Config};
use super::failure::Failure;
use super::language::Language;
use super::{say, today};
use age::secrecy::SecretString;
use clap::{Args, Subcommand};
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use wayseal::authority::custody::{Authority as Root, CustodyError, Work};
use wayseal::authority::grant::Grant;
use wayseal::authority::issue::{Holder, SCANNER_DAYS, SEALER_DAYS};
use wayseal::files::{self, Access};
use wayseal::keys::{Day, Region, SealerId, Site, Tier};
use zeroize::Zeroizing;

#[derive(Subcommand)]
pub enum Authority {
    /// Make the root and the signing key, sealed under a passphrase
    Init(Init),
    /// Make a grant
    #[command(subcommand)]
    Grant(GrantCommand),
    /// Print a grant without its keys
    Show(Show),
}

#[derive(Args)]
pub struct Place {
    /// The authority's folder
    #[arg(long, value_name = "FOLDER", default_value = "authority")]
    folder: PathBuf,
    /// A file that holds the passphrase; else WAYSEAL_PASSPHRASE, else the terminal
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

#[derive(Args)]
pub struct Init {
    #[command(flatten)]
    place: Place,
    /// The number of the root; its lowest bit stands on every label
    #[arg(long, default_value_t = 0)]
    generation: u32,
}

#[derive(Subcommand)]
pub enum GrantCommand {
    /// For a print station: today and the days after
    Sealer(SealerGrant),
    /// For a courier's handheld: today and the days before
    Scanner(ScannerGrant),
}

#[derive(Args)]
pub struct SealerGrant {
    #[command(flatten)]
    place: Place,
    /// The sealer's number, 0 to 16777215
    #[arg(long)]
    id: u32,
    /// The stations it sends to: a CSV file of code, region, site
    #[arg(long, value_name = "FILE")]
    stations: Option<PathBuf>,
    /// The first day, such as 2026-11-24; today if not given
    #[arg(long)]
    day: Option<Day>,
    /// Days, three at most
    #[arg(long, default_value_t = SEALER_DAYS, value_parser = clap::value_parser!(u16).range(1..=3))]
    days: u16,
    /// The grant's file
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

#[derive(Args)]
pub struct ScannerGrant {
    #[command(flatten)]
    place: Place,
    /// Codes of its stations
    #[arg(long, required = true, value_delimiter = ',')]
    station: Vec<String>,
    /// What it may open: delivery, contact
    #[arg(long, value_delimiter = ',', default_value = "delivery")]
    tiers: Vec<String>,
    /// The file of stations
    #[arg(long, value_name = "FILE")]
    stations: Option<PathBuf>,
    /// The last day, such as 2026-11-24; today if not given
    #[arg(long)]
    day: Option<Day>,
    /// Days, fourteen at most
    #[arg(long, default_value_t = SCANNER_DAYS, value_parser = clap::value_parser!(u16).range(1..=14))]
    days: u16,
    /// The device
    #[arg(long, default_value = "scanner")]
    to: String,
    /// The grant's file
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

#[derive(Args)]
pub struct Show {
    /// The grant's file
    grant: PathBuf,
    /// The authority's public key
    #[arg(long, value_name = "FILE")]
    authority: Option<PathBuf>,
}

impl Authority {
    pub fn run(self, config: &Config, language: Language) -> Result<u8, Failure> {
        match self {
            Self::Init(command) => {
                let folder = &command.place.folder;
                init(folder, command.generation, Work::Full, language, || {
                    command.place.passphrase(config, true)
                })?;
                say(&format!(
                    "{} {}",
                    language.pick("The authority is in", "授权机构已建立于"),
                    folder.display()
                ))?;
                say(language.pick(
                    "Give authority.pub to every device; keep authority.age and its passphrase apart, with a backup.",
                    "请将 authority.pub 发给每台设备；authority.age 与口令分开保管，并做好备份。",
                ))?;
                Ok(0)
            }
            Self::Grant(GrantCommand::Sealer(command)) => {
                let stations = config.stations(command.stations.as_deref())?;
                let sealer = SealerId::new(command.id)
                    .ok_or_else(|| Failure::usage("--id must be at most 16777215"))?;
                let day = command.day.map_or_else(today, Ok)?;
                let root = command.place.open(config, language)?;
                let destinations: Vec<_> =
                    stations.all().iter().map(|station| (station.region, station.site)).collect();
                let holder = holder(&command.place.folder, format!("sealer-{}", command.id))?;
                let grant = root.sealer(holder, sealer, day, command.days, &destinations);
                store(&grant, &command.output, &root, language)
            }
            Self::Grant(GrantCommand::Scanner(command)) => {
                let stations = config.stations(command.stations.as_deref())?;
                let found: Vec<(Region, Site)> = command
                    .station
                    .iter()
                    .map(|code| {
                        let station = stations.find(code).ok_or_else(|| {
                            Failure::usage(format!("no station {code} in the file of stations"))
                        })?;
                        Ok((station.region, station.site))
                    })
                    .collect::<Result<_, Failure>>()?;
                let tiers = command.tiers.iter().map(|name| tier(name)).collect::<Result<Vec<_>, _>>()?;
                let day = command.day.map_or_else(today, Ok)?;
                let root = command.place.open(config, language)?;
                let holder = holder(&command.place.folder, command.to)?;
                let grant = root.scanner(holder, day, command.days, &tiers, &found);
                store(&grant, &command.output, &root, language)
            }
            Self::Show(command) => {
                let pinned = config.pinned(command.authority.as_deref())?;
                let grant = Grant::load(&command.grant, &pinned)
                    .map_err(|error| Failure::key(language.grant(&error)))?;
                say(&format!("role        {}", grant.role.name()))?;
                say(&format!("to          {}", grant.to))?;
                say(&format!("serial      {}", grant.serial))?;
                say(&format!("generation  {}", grant.generation))?;
                say(&format!("days        {} to {}", grant.from, grant.until))?;
                let tiers: Vec<_> = grant.tiers.iter().map(|tier| tier.name()).collect();
                say(&format!("tiers       {}", tiers.join(", ")))?;
                say(&format!("keys        {}", grant.nodes.len()))?;
                Ok(0)
            }
        }
    }
}

/// Makes an authority in a folder that holds none.
pub fn init(
    folder: &Path,
    generation: u32,
    work: Work,
    language: Language,
    passphrase: impl FnOnce() -> Result<SecretString, CustodyError>,
) -> Result<Root, Failure> {
    let envelope = folder.join("authority.age");
    if envelope.exists() {
        return Err(Failure::usage(format!(
            "{} is there already; an authority is never replaced: choose another folder with --folder",
            envelope.display()
        )));
    }
    let passphrase = passphrase().map_err(|error| Failure::key(language.custody(&error)))?;
    std::fs::create_dir_all(folder)
        .map_err(|error| Failure::output(format!("cannot make {}: {error}", folder.display())))?;
    let root = Root::generate(generation).map_err(Failure::key)?;
    root.store(&envelope, passphrase, work).map_err(Failure::output)?;
    let public = config::public_key_text(&root.public());
    files::write(&folder.join("authority.pub"), public.as_bytes(), Access::Everyone)
        .map_err(Failure::output)?;
    Ok(root)
}

/// The next serial of a folder's authority, for a holder.
pub fn holder(folder: &Path, to: String) -> Result<Holder, Failure> {
    let path = folder.join("serial");
    let last = match files::read(&path, 64) {
        Ok(bytes) => {
            std::str::from_utf8(&bytes).ok().and_then(|text| text.trim().parse::<u64>().ok()).ok_or_else(
                || Failure::key(format!("{}: not a number; restore it from a backup", path.display())),
            )?
        }
        Err(error) if error.is_missing() => 0,
        Err(error) => return Err(Failure::key(error)),
    };
    let serial = last + 1;
    files::write(&path, format!("{serial}\n").as_bytes(), Access::Owner).map_err(Failure::output)?;
    Ok(Holder { to, serial })
}

impl Place {
    fn open(&self, config: &Config, language: Language) -> Result<Root, Failure> {
        Root::load(&self.folder.join("authority.age"), || self.passphrase(config, false))
            .map_err(|error| Failure::key(language.custody(&error)))
    }

    /// The passphrase: of a file, of the environment, of the terminal, in this order; never of an
    /// argument, which every process of the machine could read.
    fn passphrase(&self, config: &Config, twice: bool) -> Result<SecretString, CustodyError> {
        if let Some(path) = self.passphrase_file.as_ref().or(config.passphrase_file.as_ref()) {
            let bytes = Zeroizing::new(files::read_secret(path, 4096).map_err(CustodyError::File)?);
            let text = std::str::from_utf8(&bytes).map_err(|_| CustodyError::NoPassphrase)?;
            return Ok(text.trim_end_matches(['\r', '\n']).into());
        }
        if let Ok(passphrase) = std::env::var("WAYSEAL_PASSPHRASE") {
            return Ok(passphrase.into());
        }
        if !std::io::stdin().is_terminal() {
            return Err(CustodyError::NoPassphrase);
        }
        let ask = |prompt| rpassword::prompt_password(prompt).map_err(|_| CustodyError::NoPassphrase);
        let passphrase = Zeroizing::new(ask("Passphrase: ")?);
        if twice && *passphrase != *Zeroizing::new(ask("Passphrase again: ")?) {
            return Err(CustodyError::Passphrase);
        }
        Ok(passphrase.as_str().into())
    }
}

fn tier(name: &str) -> Result<Tier, Failure> {
    [Tier::Delivery, Tier::Contact]
        .into_iter()
        .find(|tier| tier.name() == name)
        .ok_or_else(|| Failure::usage(format!("no tier {name}: --tiers takes delivery, contact")))
}

fn store(grant: &Grant, path: &Path, root: &Root, language: Language) -> Result<u8, Failure> {
    grant.store(path, root).map_err(Failure::output)?;
    say(&format!(
        "{}: {} {}, {} {} … {}, {} {}",
        path.display(),
        language.pick("grant", "授权"),
        grant.role.name(),
        language.pick("days", "日期"),
        grant.from,
        grant.until,
        grant.nodes.len(),
        language.pick("keys", "个密钥"),
    ))?;
    Ok(0)
}
