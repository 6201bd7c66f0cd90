//! Arguments as texts and numbers, and what the library's values look like in a reply.

use crate::reply::Reply;
use wayseal_host::device::app::{
    Device, DeviceCode, DeviceFailure, OpenedLabel, PassCode, Received, RecordField,
};
use wayseal_host::device::session::{DeviceStatus, Parcel, ParcelOutcome, SignedLabel};
use wayseal_host::payload::Handle;
use wayseal_host::read::wedge::{self, WedgeError, WedgeLine};
use wayseal_host::signed::grant::Purpose;
use wayseal_host::verifier::Want;

pub(crate) fn argument(message: &str) -> DeviceFailure {
    DeviceFailure::new(DeviceCode::Argument, message)
}

pub(crate) fn utf8(bytes: &[u8]) -> Result<&str, DeviceFailure> {
    std::str::from_utf8(bytes).map_err(|_| argument("a text is not UTF-8"))
}

/// A scanned text: what is not UTF-8 is not a label, and the log says so.
pub(crate) fn scanned(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or("\u{fffd}")
}

/// A clock before 1970 is as wrong as one of 1970.
pub(crate) fn time(now: i64) -> u64 {
    u64::try_from(now).unwrap_or(0)
}

pub(crate) fn purpose(number: i32) -> Result<Purpose, DeviceFailure> {
    let purpose = u8::try_from(number).ok().and_then(|number| Purpose::try_from(number).ok());
    purpose.ok_or_else(|| argument("no such purpose"))
}

pub(crate) fn want(number: i32) -> Result<Want, DeviceFailure> {
    match number {
        0 => Ok(Want::Held),
        1 => Ok(Want::Delivery),
        2 => Ok(Want::Contact),
        3 => Ok(Want::Both),
        _ => Err(argument("no such section")),
    }
}

pub(crate) fn outcome(number: i32) -> Result<ParcelOutcome, DeviceFailure> {
    let outcome = usize::try_from(number).ok().and_then(|number| ParcelOutcome::ALL.get(number));
    outcome.copied().ok_or_else(|| argument("no such outcome"))
}

/// A label by its number of sixteen bytes, or by the text of its code, which is longer.
pub(crate) fn with_label<R>(label: &[u8], call: impl FnOnce(SignedLabel<'_>) -> R) -> R {
    match <[u8; 16]>::try_from(label) {
        Ok(number) => call((&Handle::from(number)).into()),
        Err(_) => call(scanned(label).into()),
    }
}

/// Writes a record: its texts in the order of their numbers, each after its length in four bytes. A buffer that is too small holds zeros.
pub(crate) fn write_record(label: &OpenedLabel<'_>, out: &mut [u8]) -> Result<(), DeviceFailure> {
    let mut at = 0;
    for field in RecordField::ALL {
        let text = label.field(field).as_bytes();
        let Some(place) = out.get_mut(at..at + 4 + text.len()) else {
            out.fill(0);
            return Err(argument("the buffer of the record is too small"));
        };
        place[..4].copy_from_slice(&(text.len() as u32).to_be_bytes());
        place[4..].copy_from_slice(text);
        at += 4 + text.len();
    }
    Ok(())
}

impl Reply {
    pub fn received(self, received: &Received) -> Self {
        self.text(received.kind.name())
            .long(received.number)
            .int(received.added as u32)
            .int(received.erased as u32)
    }

    pub fn parcel(self, parcel: &Parcel) -> Self {
        self.bytes(parcel.handle.bytes())
            .text(&parcel.waybill)
            .text(&parcel.name)
            .text(&parcel.address)
            .text(&parcel.place)
            .text(&parcel.phone)
            .flag(parcel.delivered)
            .text_or_none(parcel.outcome.map(|mark| mark.name()))
    }

    pub fn status(self, status: &DeviceStatus) -> Self {
        self.text(&status.device)
            .text(&status.recipient)
            .long(status.entries)
            .long(status.handed_in)
            .flag(status.unanswered)
            .long(status.list)
            .long_or_none(status.list_until.map(u64::from))
            .long(status.floor)
            .long(status.grant)
            .int(status.days_left.into())
            .long_or_none(status.budget.map(u64::from))
            .long_or_none(status.left.map(u64::from))
            .flag(status.locked)
            .int(status.loaded as u32)
            .long(status.operators)
            .int(status.operator)
    }
}

/// What a scan engine sent: `label`, `waybill`, `request` or `pass` with its text, or what was done to it on the way, with a sentence.
pub(crate) fn line(line: &[u8]) -> Reply {
    // Digits that a colleague's device shows: no keyboard layout changes them.
    let (digits, _) = Device::line(scanned(line));
    match PassCode::of(digits) {
        Some(PassCode::Request) => return Reply::done().text("request").text(digits),
        Some(PassCode::Pass) => return Reply::done().text("pass").text(digits),
        _ => {}
    }
    let (kind, text) = match wedge::parse(scanned(line)) {
        Ok(WedgeLine::Payload(text, _)) => ("label", text),
        Ok(WedgeLine::Waybill(number)) => ("waybill", number),
        Err(error) => (fault(&error), error.to_string()),
    };
    Reply::done().text(kind).text(&text)
}

const fn fault(error: &WedgeError) -> &'static str {
    match error {
        WedgeError::Empty => "empty",
        WedgeError::Damaged(_) => "damaged",
        WedgeError::Ambiguous(..) => "ambiguous",
        WedgeError::ShiftLost => "shift_lost",
        WedgeError::SpacesLost => "spaces_lost",
        WedgeError::InputMethod => "input_method",
        WedgeError::Several => "several",
        _ => "not_ours",
    }
}
