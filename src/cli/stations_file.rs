//! Reads the file of stations, `points.csv`, the pick-up points, in the same folder, and the authority's signature of both.

use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::settings as text;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use wayseal::batch::points::Points;
use wayseal::batch::stations::Stations;
use wayseal::files;
use wayseal::signed::grant::Grant;
use wayseal::signed::moment::Moment;
use wayseal::signed::signer::VerifyingKey;
use wayseal::signed::stations::{STATIONS_SIGNATURE_ENDING, STATIONS_SIGNATURE_MAX, verify_stations};

/// The largest file of stations, and of pick-up points.
const STATIONS_MAX: u64 = 64 << 20;

/// The bytes of a file of stations and of the pick-up points beside it.
pub struct StationsFile {
    path: PathBuf,
    /// The file of stations.
    pub stations: Vec<u8>,
    /// The pick-up points, if there is such a file.
    pub points: Option<Vec<u8>>,
}

/// Stations, and when the authority signed them, if it did.
pub struct SignedStations {
    path: PathBuf,
    /// The stations.
    pub stations: Stations,
    /// Seconds since 1970.
    pub signed: Option<u64>,
}

impl StationsFile {
    /// Reads both files.
    pub fn read(path: &Path, language: Language) -> Result<Self, Failure> {
        let read = |path: &Path| files::read(path, STATIONS_MAX);
        let failed = |error| Failure::input(language.file(&error));
        let stations = read(path).map_err(failed)?;
        let points = match read(&path.with_file_name("points.csv")) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.is_missing() => None,
            Err(error) => return Err(failed(error)),
        };
        Ok(Self { path: path.to_owned(), stations, points })
    }

    /// The stations that they name.
    pub fn parse(&self, language: Language) -> Result<Stations, Failure> {
        let stations = Stations::parse(&self.stations).map_err(|error| {
            Failure::input(format!("{}: {}", self.path.display(), language.stations(&error)))
        })?;
        let points = match &self.points {
            Some(bytes) => Points::parse(bytes).map_err(|error| {
                let path = self.path.with_file_name("points.csv");
                Failure::input(format!("{}: {error}", path.display()))
            })?,
            None => Points::default(),
        };
        Ok(stations.with_points(points))
    }
}

/// The stations of a file, for what goes to none of them; nothing is verified.
pub fn stations_of(path: &Path, language: Language) -> Result<Stations, Failure> {
    StationsFile::read(path, language)?.parse(language)
}

/// The stations of a file. Where a signature lies beside it, it has to be the pinned authority's.
pub fn signed_stations(
    path: &Path,
    pinned: impl FnOnce() -> Result<VerifyingKey, Failure>,
    language: Language,
) -> Result<SignedStations, Failure> {
    let file = StationsFile::read(path, language)?;
    let beside = signature_of(path);
    let signed = match files::read(&beside, STATIONS_SIGNATURE_MAX) {
        Ok(bytes) => {
            let verified = verify_stations(&bytes, &pinned()?, &file.stations, file.points.as_deref());
            Some(verified.map_err(|error| {
                Failure::key(format!("{}: {}", beside.display(), language.stations_signature(&error)))
            })?)
        }
        Err(error) if error.is_missing() => None,
        Err(error) => return Err(Failure::input(language.file(&error))),
    };
    Ok(SignedStations { stations: file.parse(language)?, path: path.to_owned(), signed })
}

/// Where the signature of a file of stations lies.
pub fn signature_of(path: &Path) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".");
    name.push(STATIONS_SIGNATURE_ENDING);
    name.into()
}

impl SignedStations {
    /// Checks that the stations are signed as a sealer's grant demands.
    pub fn check(&self, grant: &Grant, language: Language) -> Result<(), Failure> {
        let path = self.path.display();
        match self.signed {
            _ if grant.stations == 0 => Ok(()),
            None => Err(Failure::key(text::stations_unsigned(language, path))),
            Some(signed) if signed < grant.stations => {
                let (signed, least) = (Moment(signed), Moment(grant.stations));
                Err(Failure::key(text::stations_old(language, path, signed, least)))
            }
            Some(_) => Ok(()),
        }
    }

    /// When they were signed, for a grant that demands it.
    pub fn signature(&self, language: Language) -> Result<u64, Failure> {
        self.signed.ok_or_else(|| Failure::key(text::stations_not_signed_yet(language, self.path.display())))
    }
}
