//! `wayseal authority sign-stations`: the authority's signature of a file of stations.

use crate::cli::commands::authority::register::follow_stations;
use crate::cli::console::say;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::authority as text;
use crate::cli::settings::authority::sign_stations::SignStationsPlan;
use crate::cli::stations_file::{StationsFile, signature_of};
use wayseal::files::{self, Access};
use wayseal::signed::moment::Moment;
use wayseal::signed::stations::sign_stations;

impl SignStationsPlan {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        let file = StationsFile::read(&self.stations, language)?;
        // What nobody could seal by is not signed.
        let stations = file.parse(language)?;
        let authority = self.place.open(language)?;
        follow_stations(&self.place.folder, &stations, self.now, language)?;
        let signature = sign_stations(self.now, &file.stations, file.points.as_deref(), &authority);
        let path = signature_of(&self.stations);
        files::write(&path, signature.as_bytes(), Access::Everyone)
            .map_err(|error| Failure::output(language.file(&error)))?;
        let count = stations.all().len();
        say(&text::stations_signed(language, path.display(), count, Moment(self.now)))?;
        Ok(0)
    }
}
