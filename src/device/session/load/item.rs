//! The sector of one loaded parcel: its line in the list, and the keys of its label.

use super::sector::{CHECK, Sector, blank};
use crate::device::log::LabelHeader;
use crate::device::session::parcel::{PHONE_DIGITS, Parcel};
use crate::keys::{Day, Region, SealerId, Site};
use crate::payload::Handle;
use crate::verifier::LabelKeys;
use zeroize::Zeroizing;

/// The offset of the keys in a sector.
pub(in crate::device::session) const KEYS: usize = 20;
/// The offset of the waybill, where the keys end.
pub(in crate::device::session) const WAYBILL: usize = KEYS + LabelKeys::LEN;
const NAME: usize = WAYBILL + 21;
/// Where a name ends: the shown digits of the phone, with their number.
const PHONE: usize = ADDRESS - 1 - PHONE_DIGITS;
const ADDRESS: usize = NAME + 65;
/// Where the address ends: a label's header, with its length.
const HEADER: usize = ADDRESS + 258;
const SEALER: usize = HEADER + LabelHeader::ROOM;
const LAST: usize = SEALER + 4;
const _: () = assert!(LAST + 4 <= CHECK);

/// A loaded parcel.
pub(super) struct LoadedParcel {
    pub parcel: Parcel,
    pub station: Option<(Region, Site)>,
    /// Whether its keys are in the file, not erased.
    pub has_keys: bool,
    pub facts: LabelFacts,
}

/// What is known of a loaded label beside its keys, so that it is judged as one that a station's keys open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct LabelFacts {
    /// Its sealer, if the keys that opened it tell.
    pub sealer: Option<SealerId>,
    /// The last day for its delivery key and for its contact key.
    pub last: [Option<Day>; 2],
}

impl LabelFacts {
    fn write(&self, sector: &mut [u8]) {
        let sealer = self.sealer.map_or(u32::MAX, |sealer| sealer.number());
        sector[SEALER..LAST].copy_from_slice(&sealer.to_be_bytes());
        for (day, at) in self.last.iter().zip([LAST, LAST + 2]) {
            sector[at..at + 2].copy_from_slice(&day.map_or(0, Day::number).to_be_bytes());
        }
    }

    fn read(sector: &[u8]) -> Option<Self> {
        let sealer = match u32::from_be_bytes(*sector[SEALER..].first_chunk()?) {
            u32::MAX => None,
            number => Some(SealerId::new(number)?),
        };
        let day = |at: usize| -> Option<u16> { Some(u16::from_be_bytes(*sector[at..].first_chunk()?)) };
        let last = [day(LAST)?, day(LAST + 2)?].map(|day| (day > 0).then_some(Day::new(day)));
        Some(Self { sealer, last })
    }
}

impl LoadedParcel {
    /// The placeholder for a sector that a power loss tore.
    pub fn none() -> Self {
        let parcel = Parcel::blank(Handle::from([0; 16]));
        Self { parcel, station: None, has_keys: false, facts: LabelFacts::default() }
    }

    pub fn write(&self, keys: &LabelKeys) -> Sector {
        let mut sector = blank();
        sector[..16].copy_from_slice(self.parcel.handle.bytes());
        if let Some((region, site)) = self.station {
            sector[16..18].copy_from_slice(&region.number().to_be_bytes());
            sector[18..20].copy_from_slice(&site.number().to_be_bytes());
        }
        let mut bytes = Zeroizing::new([0; LabelKeys::LEN]);
        keys.write(&mut bytes);
        sector[KEYS..WAYBILL].copy_from_slice(&bytes[..]);
        put_text(&mut sector[WAYBILL..NAME], 1, &self.parcel.waybill);
        put_text(&mut sector[NAME..PHONE], 1, &self.parcel.name);
        put_text(&mut sector[PHONE..ADDRESS], 1, &self.parcel.phone);
        put_text(&mut sector[ADDRESS..HEADER], 2, &self.parcel.address);
        put_place(&mut sector[ADDRESS..HEADER], &self.parcel.place);
        if let Some(header) = &self.parcel.header {
            sector[HEADER..HEADER + LabelHeader::ROOM].copy_from_slice(&header.write());
        }
        self.facts.write(&mut sector);
        sector
    }

    pub fn read(sector: &[u8]) -> Option<Self> {
        let half = |at: usize| sector.get(at..at + 2)?.try_into().ok().map(u16::from_be_bytes);
        let parcel = Parcel {
            handle: Handle::from(*sector.first_chunk::<16>()?),
            header: LabelHeader::read(sector.get(HEADER..)?.first_chunk()?),
            waybill: text(&sector[WAYBILL..NAME], 1)?,
            name: text(&sector[NAME..PHONE], 1)?,
            address: text(&sector[ADDRESS..HEADER], 2)?,
            place: place(&sector[ADDRESS..HEADER])?,
            phone: text(&sector[PHONE..ADDRESS], 1)?,
            delivered: false,
            outcome: None,
        };
        // This byte has a bit for each key that is there, so it is zero once they are erased.
        let has_keys = sector[KEYS + 2] != 0;
        let station = Some((Region::new(half(16)?)?, Site::new(half(18)?)?));
        Some(Self { parcel, station, has_keys, facts: LabelFacts::read(sector)? })
    }
}

fn put_text(out: &mut [u8], prefix: usize, text: &str) {
    // A text that does not fit is cut at the end of a character.
    let room = out.len() - prefix;
    let len = (0..=text.len().min(room)).rev().find(|len| text.is_char_boundary(*len)).unwrap_or(0);
    // At most 256 bytes, so that the length fits.
    out[..prefix].copy_from_slice(&(len as u16).to_be_bytes()[2 - prefix..]);
    out[prefix..prefix + len].copy_from_slice(&text.as_bytes()[..len]);
}

/// Writes a place after the address, by what the address begins with and what follows in its stead: both say the same but for the
/// building.
fn put_place(out: &mut [u8], place: &str) {
    let (Some(address), true) = (text(out, 2), out.len() <= 2 + 256) else { return };
    let common = address.chars().zip(place.chars()).take_while(|(one, other)| one == other);
    let common: usize = common.map(|(one, _)| one.len_utf8()).sum();
    let rest = &mut out[2 + address.len()..];
    if let Some((prefix, rest)) = rest.split_first_mut()
        && !rest.is_empty()
    {
        // At most 256 bytes of address; a place that shares all of them is cut by one.
        *prefix = common.min(255) as u8;
        let from = (0..=usize::from(*prefix)).rev().find(|at| place.is_char_boundary(*at)).unwrap_or(0);
        *prefix = from as u8;
        put_text(rest, 1, &place[from..]);
    }
}

/// The place after an address; empty where none was written.
fn place(bytes: &[u8]) -> Option<String> {
    let address = text(bytes, 2)?;
    let Some((prefix, rest)) = bytes[2 + address.len()..].split_first() else { return Some(String::new()) };
    if rest.is_empty() {
        return Some(String::new());
    }
    let suffix = text(rest, 1)?;
    Some(format!("{}{suffix}", address.get(..usize::from(*prefix))?))
}

fn text(bytes: &[u8], prefix: usize) -> Option<String> {
    let (len, rest) = bytes.split_at_checked(prefix)?;
    let len = len.iter().fold(0, |len, byte| len << 8 | usize::from(*byte));
    std::str::from_utf8(rest.get(..len)?).ok().map(str::to_owned)
}
