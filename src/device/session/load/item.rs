//! A sector of a parcel: what it shows, and the keys of its label.

use super::sector::{Sector, blank};
use crate::device::session::parcel::Parcel;
use crate::keys::{Region, Site};
use crate::payload::Handle;
use crate::verifier::LabelKeys;
use zeroize::Zeroizing;

/// Where the keys are within a sector.
pub(super) const KEYS: usize = 20;
/// Where they end.
pub(super) const WAYBILL: usize = KEYS + LabelKeys::LEN;
const NAME: usize = WAYBILL + 21;
const ADDRESS: usize = NAME + 65;

/// A parcel, and whether it can be opened.
pub(super) struct Item {
    pub parcel: Parcel,
    pub station: Option<(Region, Site)>,
    /// Whether its keys are there.
    pub live: bool,
}

impl Item {
    /// One whose sector a power cut tore.
    pub fn none() -> Self {
        let parcel = Parcel {
            handle: Handle::from([0; 16]),
            waybill: String::new(),
            name: String::new(),
            address: String::new(),
            delivered: false,
        };
        Self { parcel, station: None, live: false }
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
        put_text(&mut sector[NAME..ADDRESS], 1, &self.parcel.name);
        put_text(&mut sector[ADDRESS..ADDRESS + 258], 2, &self.parcel.address);
        sector
    }

    pub fn read(sector: &[u8]) -> Option<Self> {
        let half = |at: usize| sector.get(at..at + 2)?.try_into().ok().map(u16::from_be_bytes);
        let parcel = Parcel {
            handle: Handle::from(*sector.first_chunk::<16>()?),
            waybill: text(&sector[WAYBILL..NAME], 1)?,
            name: text(&sector[NAME..ADDRESS], 1)?,
            address: text(&sector[ADDRESS..ADDRESS + 258], 2)?,
            delivered: false,
        };
        let live = sector[KEYS + 2] != 0;
        let station = Some((Region::new(half(16)?)?, Site::new(half(18)?)?));
        Some(Self { parcel, station, live })
    }
}

fn put_text(out: &mut [u8], prefix: usize, text: &str) {
    // Cut where a character ends.
    let room = out.len() - prefix;
    let len = (0..=text.len().min(room)).rev().find(|len| text.is_char_boundary(*len)).unwrap_or(0);
    // At most 256.
    out[..prefix].copy_from_slice(&(len as u16).to_be_bytes()[2 - prefix..]);
    out[prefix..prefix + len].copy_from_slice(&text.as_bytes()[..len]);
}

fn text(bytes: &[u8], prefix: usize) -> Option<String> {
    let (len, rest) = bytes.split_at_checked(prefix)?;
    let len = len.iter().fold(0, |len, byte| len << 8 | usize::from(*byte));
    std::str::from_utf8(rest.get(..len)?).ok().map(str::to_owned)
}
