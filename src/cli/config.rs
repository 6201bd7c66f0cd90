//! `wayseal.toml`, and where files are looked for that nobody named.

use super::failure::Failure;
use super::language::Language;
use super::unlock;
use ed25519_dalek::VerifyingKey;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use wayseal::batch::points::Points;
use wayseal::batch::stations::Stations;
use wayseal::files;
use wayseal::label::Template;
use wayseal::signed::envelope::Identity;
use wayseal::signed::grant::Grant;

/// The largest file of orders, stations or settings that is read whole.
pub const TEXT_MAX: u64 = 1 << 30;

/// The largest font file that is read.
const FONT_MAX: u64 = 1 << 26;

/// Defaults for what the command line leaves out.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The authority's public key.
    authority: Option<PathBuf>,
    /// The file of stations.
    stations: Option<PathBuf>,
    /// The label's template.
    template: Option<PathBuf>,
    /// The identity that opens grants sealed to this device.
    identity: Option<PathBuf>,
    /// Columns of an order, and what the files name them.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// A file that holds the passphrase of the authority or of the identity.
    pub passphrase_file: Option<PathBuf>,
}

impl Config {
    /// Reads the file; one that is not there sets nothing.
    pub fn load(path: &Path) -> Result<Self, Failure> {
        match files::read(path, 1 << 20) {
            Ok(bytes) => {
                let text = String::from_utf8(bytes)
                    .map_err(|_| Failure::input(format!("{}: not UTF-8", path.display())))?;
                toml::from_str(&text).map_err(|error| Failure::input(format!("{}: {error}", path.display())))
            }
            Err(error) if error.is_missing() => Ok(Self::default()),
            Err(error) => Err(Failure::input(error)),
        }
    }

    /// The stations of a file: the one named, else the one configured, else `stations.csv` here or in
    /// `samples`.
    pub fn stations(&self, named: Option<&Path>) -> Result<Stations, Failure> {
        let path = self.stations_file(named)?;
        let bytes = files::read(&path, TEXT_MAX).map_err(Failure::input)?;
        let stations = Stations::parse(&bytes)
            .map_err(|error| Failure::input(format!("{}: {error}", path.display())))?;
        Ok(stations.with_points(points(&path.with_file_name("points.csv"))?))
    }

    /// The file of stations that [`Self::stations`] reads.
    pub fn stations_file(&self, named: Option<&Path>) -> Result<PathBuf, Failure> {
        let path = named.map(Path::to_owned).or_else(|| self.stations.clone()).or_else(|| {
            ["stations.csv", "samples/stations.csv"].map(PathBuf::from).into_iter().find(|path| path.exists())
        });
        path.ok_or_else(|| {
            Failure::usage("no file of stations: give --stations FILE, or set `stations` in wayseal.toml")
        })
    }

    /// The authority's public key: of the file named, else of the one configured, else of
    /// `authority/authority.pub` here. Never of a file beside the grant, which whoever made a false grant
    /// would have put there too.
    pub fn pinned(&self, named: Option<&Path>) -> Result<VerifyingKey, Failure> {
        let usual = PathBuf::from("authority/authority.pub");
        let path = named.map(Path::to_owned).or_else(|| self.authority.clone()).unwrap_or(usual);
        let bytes = files::read(&path, 4096).map_err(|error| {
            Failure::key(format!(
                "{error}; give the authority's public key with --authority FILE, or set `authority` in \
                 wayseal.toml"
            ))
        })?;
        public_key(&bytes)
            .ok_or_else(|| Failure::key(format!("{}: not an authority's public key", path.display())))
    }

    /// A grant, out of its envelope if it is in one, and checked against the authority's public key.
    pub fn grant(
        &self,
        path: &Path,
        authority: Option<&Path>,
        identity: Option<&Path>,
        language: Language,
    ) -> Result<Grant, Failure> {
        let pinned = self.pinned(authority)?;
        let identity = self.identity(identity, language)?;
        Grant::load(path, &pinned, identity.as_ref())
            .map_err(|error| Failure::key(format!("{}: {}", path.display(), language.grant(&error))))
    }

    /// The identity of the file named, else of the one configured, if any.
    pub fn identity(&self, named: Option<&Path>, language: Language) -> Result<Option<Identity>, Failure> {
        let path = named.or(self.identity.as_deref());
        path.map(|path| unlock::identity(path, &unlock::Secrets::default(), self, language)).transpose()
    }

    /// The file of the template that [`Self::template`] reads.
    pub fn template_file<'a>(&'a self, named: Option<&'a Path>) -> Option<&'a Path> {
        named.or(self.template.as_deref())
    }

    /// The label's template: of the file named, else of the one configured, else the default; with fonts.
    pub fn template(
        &self,
        named: Option<&Path>,
        fonts: &[PathBuf],
        language: Language,
    ) -> Result<Template, Failure> {
        let mut template = match self.template_file(named) {
            Some(path) => Template::load(path).map_err(|error| {
                Failure::input(format!("{}: {}", path.display(), language.template(&error)))
            })?,
            None => Template::default(),
        };
        for font in fonts {
            template.add_font(files::read(font, FONT_MAX).map_err(Failure::input)?);
        }
        Ok(template)
    }
}

/// The pick-up points of a file; none if it is not there.
fn points(path: &Path) -> Result<Points, Failure> {
    match files::read(path, TEXT_MAX) {
        Ok(bytes) => {
            Points::parse(&bytes).map_err(|error| Failure::input(format!("{}: {error}", path.display())))
        }
        Err(error) if error.is_missing() => Ok(Points::default()),
        Err(error) => Err(Failure::input(error)),
    }
}

/// A public key's file: `wayseal-authority ` and 64 hexadecimal digits.
pub fn public_key_text(key: &VerifyingKey) -> String {
    let digits: String = key.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("wayseal-authority {digits}\n")
}

fn public_key(bytes: &[u8]) -> Option<VerifyingKey> {
    let digits = std::str::from_utf8(bytes).ok()?.trim().strip_prefix("wayseal-authority ")?;
    if digits.len() != 64 || !digits.is_ascii() {
        return None;
    }
    let mut key = [0; 32];
    for (byte, pair) in key.iter_mut().zip(digits.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    VerifyingKey::from_bytes(&key).ok()
}
