//! Where the parcels of a desk go: to one station, back to their senders, or to the places of their sealers.

use super::bench::{DeskBench, LabelSettings};
use crate::cli::arguments::desk::{DeskArgs, RelabelArgs, ReturnArgs};
use crate::cli::clock::today;
use crate::cli::failure::Failure;
use crate::cli::language::desk as text;
use crate::cli::language::{Language, failure};
use crate::cli::settings::Settings;
use crate::cli::stations_file::{SignedStations, signed_stations};
use std::path::Path;
use std::sync::Arc;
use wayseal::batch::return_places::{PlaceOfReturn, ReturnPlaces};
use wayseal::batch::stations::{Station, Stations};
use wayseal::device::desk::{PlaceOf, ReturnPlace, ToStation};
use wayseal::files;
use wayseal::keys::Day;
use wayseal::summary::Terms;

/// The largest table read.
const TABLE_MAX: u64 = 64 << 20;

impl RelabelArgs {
    pub fn run(self, settings: &Settings, language: Language) -> Result<u8, Failure> {
        let mut bench = DeskBench::open(&self.desk, language)?;
        let file = stations(&mut bench, &self.desk, settings, language)?;
        let stations = &file.stations;
        let station = station(stations, &self.to, today(language)?, language)?;
        let on_labels = bench.settings();
        let to = to_station(station, stations, on_labels, &self.desk.goods, &self.desk.remark);
        bench.run(&self.desk, &mut |desk, scan| desk.relabel(scan, &to))
    }
}

impl ReturnArgs {
    pub fn run(self, settings: &Settings, language: Language) -> Result<u8, Failure> {
        let mut bench = DeskBench::open(&self.desk, language)?;
        let file = stations(&mut bench, &self.desk, settings, language)?;
        let stations = &file.stations;
        let day = today(language)?;
        let to = self.to.as_ref().map(|code| station(stations, code, day, language)).transpose()?;
        let places = match &self.places {
            Some(path) => places(path, stations, day, language)?,
            None => ReturnPlaces::default(),
        };
        let on_labels = bench.settings();
        // On the label in any case: whoever sorts sees that the parcel goes back, and why to this place.
        let said = |said: &str| format!("{said} {}", self.desk.remark).trim_end().to_owned();
        let with = said(language.of(text::RETURN));
        let without = said(language.of(text::RETURN_WITHOUT_SENDER));
        bench.run(&self.desk, &mut |desk, scan| {
            desk.give_back(scan, |label| {
                let place = places.find(label.sealer, label.waybill);
                // The stations of all places were looked up when the table was read.
                let station = to.or_else(|| on(stations, &place?.station, day))?;
                let remark = if label.has_sender { &with } else { &without };
                let to = to_station(station, stations, on_labels, &self.desk.goods, remark);
                Some(ReturnPlace::new(to).with_place(place.map(place_of)))
            })
        })
    }
}

fn to_station<'t>(
    station: &'t Station,
    stations: &'t Stations,
    settings: LabelSettings,
    goods: &'t str,
    remark: &'t str,
) -> ToStation<'t> {
    let terms = Terms::default()
        .with_building(settings.building)
        .with_discreet(settings.discreet)
        .with_points(Some(&**stations.points()));
    ToStation::new(station.region, station.site, &station.code)
        .with_routing(&station.routing)
        .with_hub(if settings.hub { &station.hub } else { "" })
        .with_goods(goods)
        .with_remark(remark)
        .with_terms(terms)
        .with_contact(settings.contact)
}

fn place_of(place: &PlaceOfReturn) -> PlaceOf<'_> {
    let division = [0, 1, 2].map(|at| place.division[at].as_str());
    PlaceOf::new(&place.name, &place.detail).with_phone(&place.phone).with_division(division)
}

/// The stations of the file, signed as the device's sealer grant demands, by the authority that the device pins.
fn stations(
    bench: &mut DeskBench,
    typed: &DeskArgs,
    settings: &Settings,
    language: Language,
) -> Result<SignedStations, Failure> {
    let path = settings.stations_file(typed.stations.as_deref(), language)?;
    let file = signed_stations(&path, || bench.authority(), language)?;
    bench.seal_by(file.signed)?;
    Ok(file)
}

fn station<'s>(
    stations: &'s Stations,
    code: &str,
    day: Day,
    language: Language,
) -> Result<&'s Arc<Station>, Failure> {
    on(stations, code, day).ok_or_else(|| Failure::usage(failure::no_station(language, code)))
}

/// The station of that code, if labels are sealed for it on that day.
fn on<'s>(stations: &'s Stations, code: &str, day: Day) -> Option<&'s Arc<Station>> {
    stations.find_on(code, day).filter(|station| station.life.holds(day))
}

/// The table of places, each with a station that is there.
fn places(path: &Path, stations: &Stations, day: Day, language: Language) -> Result<ReturnPlaces, Failure> {
    let bytes = files::read(path, TABLE_MAX).map_err(|error| Failure::input(language.file(&error)))?;
    let places = ReturnPlaces::parse(&bytes)
        .map_err(|error| Failure::input(format!("{}: {}", path.display(), language.return_places(&error))))?;
    for place in places.all() {
        if on(stations, &place.station, day).is_none() {
            let what = failure::no_station(language, &place.station);
            return Err(Failure::input(format!("{}:{}: {what}", path.display(), place.line)));
        }
    }
    Ok(places)
}
