//! The courier's day: scans, loading and locking, sign-offs, shifts, the list; and the desk's calls.

use super::code::DeviceCode;
use super::device::Device;
use super::failure::DeviceFailure;
use super::opened::OpenedLabel;
use super::scan::LabelScan;
use crate::device::desk::{DeskOutcome, DeskScan, ReplacedLabel, ReturnPlace, ReturnedLabel, ToStation};
use crate::device::operators::{Operator, Pin};
use crate::device::session::{
    Attempt, Parcel, ParcelOutcome, ScanOutcome, SessionError, ShiftBegin, SignOff, SignedLabel, TakeBack,
};
use crate::keys::DeliveryCode;
use crate::payload::scanned;
use crate::signed::envelope::Identity;
use crate::signed::stations::verify_stations;

impl Device {
    /// What a scanner sent as it is meant: without the AIM prefix, line ends and the bytes around a frame. A text whose prefix
    /// says that it is a bar code's is the second value: the printed waybill number.
    #[must_use]
    pub fn line(line: &str) -> (&str, bool) {
        let (text, symbol) = scanned(line);
        (text, symbol.is_some_and(|symbol| symbol == 'C'))
    }

    /// Opens a label. Its entry is in the log before this returns.
    ///
    /// # Errors
    /// [`DeviceFailure`]: a refusal with the courier's next step, or a failure after which nothing may be shown.
    pub fn scan(&mut self, scan: &LabelScan<'_>) -> Result<OpenedLabel<'_>, DeviceFailure> {
        match self.session().scan(&attempt(scan))? {
            ScanOutcome::Opened { record, handle, times, repeated, left } => {
                Ok(OpenedLabel::new(record, handle, (times, repeated), left))
            }
            refused => Err(DeviceFailure::refused(&refused)),
        }
    }

    /// Loads a parcel for the day, and shows nothing; the number of parcels loaded now.
    ///
    /// # Errors
    /// [`DeviceFailure`].
    pub fn load(&mut self, scan: &LabelScan<'_>) -> Result<usize, DeviceFailure> {
        match self.session().load(&attempt(scan))? {
            ScanOutcome::Loaded(count) => Ok(count),
            refused => Err(DeviceFailure::refused(&refused)),
        }
    }

    /// Seals the keys of stations to the depot's age recipient. From now on the loaded parcels alone open.
    ///
    /// # Errors
    /// [`DeviceFailure`]: `nothing_loaded`, `envelope_refused` for what is no recipient, and those of the store.
    pub fn lock(&mut self, depot: &str, now: u64) -> Result<(), DeviceFailure> {
        Ok(self.session().lock(depot, now)?)
    }

    /// Restores the keys of stations with the text of the depot's identity, and erases what was loaded.
    ///
    /// # Errors
    /// [`DeviceFailure`]: `argument` for what is no identity, `envelope_refused` for another depot's, and those of the store.
    pub fn unlock(&mut self, depot: &str, now: u64) -> Result<(), DeviceFailure> {
        let identity = Identity::parse(depot)
            .ok_or_else(|| DeviceFailure::new(DeviceCode::Argument, "not the identity of a depot"))?;
        Ok(self.session().unlock(&identity, now)?)
    }

    /// Says what became of a parcel: its label's text or handle, the outcome, and the delivery code that its recipient told, if any.
    ///
    /// # Errors
    /// [`DeviceFailure`]: `code_misheard` for a code whose check digit is wrong, after which nothing is on the log.
    pub fn sign_off<'a>(
        &mut self,
        label: impl Into<SignedLabel<'a>>,
        outcome: ParcelOutcome,
        code: Option<&str>,
        now: u64,
    ) -> Result<(), DeviceFailure> {
        let misheard = || DeviceFailure::of(DeviceCode::CodeMisheard);
        let code = code.map(|code| DeliveryCode::parse(code).ok_or_else(misheard)).transpose()?;
        match self.session().conclude(label, outcome, code, now)? {
            SignOff::Done => Ok(()),
            SignOff::Already => Err(DeviceFailure::of(DeviceCode::Already)),
            SignOff::NotOpened => Err(DeviceFailure::of(DeviceCode::NotOpened)),
            SignOff::TextNeeded => Err(DeviceFailure::of(DeviceCode::TextNeeded)),
            SignOff::CodeGiven => Err(DeviceFailure::of(DeviceCode::CodeGiven)),
            SignOff::NoLabel(refusal) => Err(refusal.into()),
        }
    }

    /// Takes back what was said last of a parcel. `true` if its label opens again; `false` if the keys of the loaded label went with the
    /// sign-off, and a pass opens it.
    ///
    /// # Errors
    /// [`DeviceFailure`]: `nothing_said`, `taken_over`.
    pub fn take_back<'a>(
        &mut self,
        label: impl Into<SignedLabel<'a>>,
        now: u64,
    ) -> Result<bool, DeviceFailure> {
        match self.session().take_back(label, now)? {
            TakeBack::Done => Ok(true),
            TakeBack::Erased => Ok(false),
            TakeBack::Nothing => Err(DeviceFailure::of(DeviceCode::NothingSaid)),
            TakeBack::Over => Err(DeviceFailure::of(DeviceCode::TakenOver)),
        }
    }

    /// Begins an operator's shift.
    ///
    /// # Errors
    /// [`DeviceFailure`]: `argument` for what is no number or PIN, `wrong_pin`, `pins_closed`, `no_operators`.
    pub fn begin_shift(&mut self, operator: u32, pin: &str, now: u64) -> Result<(), DeviceFailure> {
        let (Some(operator), Some(pin)) = (Operator::new(operator), Pin::new(pin)) else {
            return Err(DeviceFailure::new(
                DeviceCode::Argument,
                "an operator's number or PIN has another form",
            ));
        };
        match self.session().begin_shift(operator, &pin, now)? {
            ShiftBegin::Begun => Ok(()),
            ShiftBegin::Wrong(left) => Err(DeviceFailure::counted(DeviceCode::WrongPin, left)),
            ShiftBegin::Closed => Err(DeviceFailure::of(DeviceCode::PinsClosed)),
            ShiftBegin::NoOperators => Err(DeviceFailure::of(DeviceCode::NoOperators)),
        }
    }

    /// Ends the shift; whether there was one.
    ///
    /// # Errors
    /// [`DeviceFailure`] of the store or the log.
    pub fn end_shift(&mut self, now: u64) -> Result<bool, DeviceFailure> {
        Ok(self.session().end_shift(now)?)
    }

    /// The parcels of the day, masked, in the order of a round: what is still to be brought first, then by place and number. A parcel that
    /// was opened and not loaded is on it until the device is closed.
    #[must_use]
    pub fn parcels(&self) -> Vec<Parcel> {
        let mut parcels = self.desk.held().parcels().to_vec();
        parcels.sort_by(|one, other| order(one).cmp(&order(other)));
        parcels
    }

    /// The parcels whose phone ends with these four digits, as a recipient names them at the door, in the order of the list.
    #[must_use]
    pub fn find(&self, digits: &str) -> Vec<Parcel> {
        let mut found = self.parcels();
        found.retain(|parcel| !digits.is_empty() && parcel.phone == digits);
        found
    }

    /// A desk's: makes a new label of the same parcel for a station.
    ///
    /// # Errors
    /// [`DeviceFailure`]; no label is given out then.
    pub fn relabel<'t>(
        &mut self,
        scan: &DeskScan<'_>,
        to: &ToStation<'t>,
    ) -> Result<Box<ReplacedLabel<'t>>, DeviceFailure> {
        let scan = self.desk_scan(scan);
        made(self.desk.relabel(&scan, to))
    }

    /// A desk's: makes a label that brings the parcel back, to the place that `place` says.
    ///
    /// # Errors
    /// [`DeviceFailure`]; no label is given out then.
    pub fn give_back<'t>(
        &mut self,
        scan: &DeskScan<'_>,
        place: impl FnOnce(&ReturnedLabel<'_>) -> Option<ReturnPlace<'t>>,
    ) -> Result<Box<ReplacedLabel<'t>>, DeviceFailure> {
        let scan = self.desk_scan(scan);
        made(self.desk.give_back(&scan, place))
    }

    /// A desk's: verifies the file of stations by which it gives parcels their places, and that of pick-up points beside it, against the
    /// pinned key. When they were signed, in seconds since 1970-01-01 UTC; labels are made by it until the device is closed.
    ///
    /// # Errors
    /// [`DeviceFailure`]: `stations_refused` for other files than those that the authority signed; `no_grant`, `locked` and their like without keys
    /// of today to seal with. What was verified before is forgotten.
    pub fn use_stations(
        &mut self,
        stations: &[u8],
        points: Option<&[u8]>,
        signature: &[u8],
        now: u64,
    ) -> Result<u64, DeviceFailure> {
        self.stations = None;
        let authority = self.desk.authority().ok_or(SessionError::Damaged)?;
        let signed = verify_stations(signature, &authority, stations, points)
            .map_err(|error| DeviceFailure::new(DeviceCode::StationsRefused, error.to_string()))?;
        self.desk.check(Some(signed), now)?;
        self.stations = Some(signed);
        Ok(signed)
    }

    fn desk_scan<'a>(&self, scan: &DeskScan<'a>) -> DeskScan<'a> {
        DeskScan { stations: scan.stations.or(self.stations), ..*scan }
    }
}

const fn attempt<'a>(scan: &LabelScan<'a>) -> Attempt<'a> {
    Attempt { text: scan.text, purpose: scan.purpose, printed: scan.printed, want: scan.want, now: scan.now }
}

/// Signed off last; a parcel without a place after those that have one.
fn order(parcel: &Parcel) -> (bool, bool, &str, &str) {
    let place = if parcel.place.is_empty() { &parcel.address } else { &parcel.place };
    (parcel.delivered, place.is_empty(), place, &parcel.waybill)
}

fn made(outcome: Result<DeskOutcome<'_>, SessionError>) -> Result<Box<ReplacedLabel<'_>>, DeviceFailure> {
    match outcome? {
        DeskOutcome::Made(label) => Ok(label),
        DeskOutcome::NotMade(reason) => Err(DeviceFailure::not_made(&reason)),
        DeskOutcome::NotOpened(outcome) => Err(DeviceFailure::from(outcome)),
    }
}
