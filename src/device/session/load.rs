//! Load, then lock: a device on the road that opens the day's parcels and nothing else.
//!
//! Each parcel is scanned once at the depot, its label keys are derived and kept in the file `loaded`, and the
//! keys of stations are sealed to an age recipient whose secret stays at the depot. A sign-off erases its label's
//! key. Stolen on the road, the device opens what was not yet delivered that day. Grants and revocation lists
//! that come while it is locked wait in the inbox; signed heads do not.
//!
//! # The file `loaded`
//!
//! Sectors of 512 bytes, each written whole and closed by the SHA-256 of what is before it. A sector that does
//! not hold is one that a power cut tore: it is nobody's key, and is erased.
//!
//! | offset | bytes | first sector | each other |
//! |---|---|---|---|
//! | 0 | 16 | `"wayseal loaded 1"` | handle |
//! | 16 | 4 | grant's budget u32, 0 for none | region u16, site u16 |
//! | 20 | 67 | purposes u8 (a bit each), grant's serial u64, signed time u64, rules for opening once more u8 | label keys, or zeros once erased |
//! | 87 | 21 | | waybill: length u8, text |
//! | 108 | 65 | | masked name: length u8, text |
//! | 173 | 258 | | masked address: length u16, text |
//! | 480 | 32 | check | check |

use super::folder::erase;
use super::outcome::{Parcel, SessionError};
use crate::device::log::LogError;
use crate::device::state::{CLOCK_SLACK, Refused, Session as Keys, Window};
use crate::keys::{Region, Site};
use crate::payload::Handle;
use crate::record::{Division, division};
use crate::secret::scrubbed;
use crate::signed::grant::{Purpose, Reopening};
use crate::signed::moment::Moment;
use crate::summary::{Person, Summary};
use crate::verifier::{LabelKeys, Opened};
use sha2::{Digest as _, Sha256};
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

const FILE: &str = "loaded";
const SECTOR: usize = 512;
const CHECK: usize = SECTOR - 32;
const MAGIC: &[u8; 16] = b"wayseal loaded 1";
const KEYS: usize = 20;
const WAYBILL: usize = KEYS + LabelKeys::LEN;
const NAME: usize = WAYBILL + 21;
const ADDRESS: usize = NAME + 65;
/// More parcels than any van holds.
const PARCELS_MAX: usize = 10_000;

/// On the heap: to move an array would leave copies of keys on the stack.
type Sector = Zeroizing<Vec<u8>>;

/// What a grant allows, without its keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// Its serial.
    pub serial: u64,
    /// What labels may be opened for.
    pub purposes: Vec<Purpose>,
    /// Labels that may be shown between two hand-ins; `None` for no limit.
    pub budget: Option<u32>,
    /// Which labels may be opened once more.
    pub reopening: Reopening,
    /// The newest signed time that the device has seen.
    pub floor: u64,
}

impl Terms {
    pub(super) fn of(keys: &Keys, floor: u64) -> Self {
        Self {
            serial: keys.serial,
            purposes: keys.purposes.clone(),
            budget: keys.budget,
            reopening: keys.reopening,
            floor,
        }
    }

    /// A clock behind signed time locks.
    pub(super) fn believe(&self, now: u64) -> Result<(), SessionError> {
        if now.saturating_add(CLOCK_SLACK) >= self.floor {
            return Ok(());
        }
        let (now, floor) = (Moment(now), Moment(self.floor));
        let window = Window { from: floor.day(), until: floor.day() };
        Err(SessionError::Keys(Refused::ClockBehind { now, floor, window }))
    }

    fn write(&self, sector: &mut [u8]) {
        sector[..16].copy_from_slice(MAGIC);
        sector[16..20].copy_from_slice(&self.budget.unwrap_or(0).to_be_bytes());
        sector[20] = self.purposes.iter().fold(0, |bits, purpose| bits | 1 << *purpose as u8);
        sector[21..29].copy_from_slice(&self.serial.to_be_bytes());
        sector[29..37].copy_from_slice(&self.floor.to_be_bytes());
        sector[37] = self.reopening.byte();
    }

    fn read(sector: &[u8]) -> Option<Self> {
        let word = |at: usize| sector.get(at..at + 8)?.try_into().ok().map(u64::from_be_bytes);
        let budget = u32::from_be_bytes(sector.get(16..20)?.try_into().ok()?);
        let purposes = Purpose::ALL.iter().copied().filter(|purpose| sector[20] >> *purpose as u8 & 1 == 1);
        (sector[..16] == MAGIC[..]).then_some(Self {
            serial: word(21)?,
            purposes: purposes.collect(),
            budget: Some(budget).filter(|budget| *budget > 0),
            // Zero in a file of the time before there were rules.
            reopening: match sector[37] {
                0 => Reopening::default(),
                rules => Reopening::of_byte(rules)?,
            },
            floor: word(29)?,
        })
    }
}

/// The parcels loaded. Their keys stay in the file until a label is scanned.
pub(super) struct Loaded {
    path: PathBuf,
    file: Option<File>,
    terms: Option<Terms>,
    items: Vec<Item>,
}

struct Item {
    parcel: Parcel,
    station: Option<(Region, Site)>,
    /// Whether its keys are there.
    live: bool,
}

impl Loaded {
    /// What a state folder holds; nothing if nothing was loaded.
    pub fn open(folder: &Path) -> Result<Self, SessionError> {
        let mut loaded = Self { path: folder.join(FILE), file: None, terms: None, items: Vec::new() };
        let mut file = match OpenOptions::new().read(true).write(true).open(&loaded.path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(loaded),
            Err(error) => return Err(loaded.failed(error)),
        };
        let sectors = file.metadata().map_err(|error| loaded.failed(error))?.len() / SECTOR as u64;
        let sectors = usize::try_from(sectors).ok().filter(|sectors| *sectors <= PARCELS_MAX + 1);
        let sectors = sectors.ok_or(SessionError::Damaged)?;
        for index in 0..sectors {
            let sector = read(&mut file, index).map_err(|error| loaded.failed(error))?;
            if index == 0 {
                // Torn by a power cut before anything was loaded, if it does not hold.
                loaded.terms = whole(&sector).then(|| Terms::read(&sector)).flatten();
                continue;
            }
            match whole(&sector).then(|| Item::read(&sector)).flatten() {
                Some(item) => loaded.items.push(item),
                None => {
                    let blank = blank();
                    write(&mut file, index, &blank).map_err(|error| loaded.failed(error))?;
                    loaded.items.push(Item::none());
                }
            }
        }
        loaded.file = Some(file);
        Ok(loaded)
    }

    pub const fn terms(&self) -> Option<&Terms> {
        self.terms.as_ref()
    }

    /// Parcels whose keys are there.
    pub fn count(&self) -> usize {
        self.items.iter().filter(|item| item.live).count()
    }

    pub fn parcels(&self) -> impl Iterator<Item = Parcel> {
        self.items.iter().map(|item| item.parcel.clone()).filter(|parcel| !parcel.waybill.is_empty())
    }

    pub fn station(&self, handle: &Handle) -> Option<(Region, Site)> {
        self.items.iter().find(|item| item.parcel.handle == *handle)?.station
    }

    /// Adds a parcel, or its keys anew; on disk when this returns.
    pub fn add(
        &mut self,
        parcel: &Parcel,
        station: (Region, Site),
        keys: &LabelKeys,
        terms: &Terms,
    ) -> Result<(), SessionError> {
        if self.items.len() >= PARCELS_MAX {
            return Err(SessionError::Damaged);
        }
        if self.terms.as_ref() != Some(terms) {
            let mut sector = blank();
            terms.write(&mut sector);
            self.put(0, &mut sector)?;
            self.terms = Some(terms.clone());
        }
        let item = Item { parcel: parcel.clone(), station: Some(station), live: true };
        let mut sector = item.write(keys);
        let known = self.items.iter().position(|item| item.parcel.handle == parcel.handle);
        let at = known.unwrap_or(self.items.len());
        self.put(at + 1, &mut sector)?;
        match self.items.get_mut(at) {
            Some(known) => *known = item,
            None => self.items.push(item),
        }
        Ok(())
    }

    /// The keys of a label, read from the file; `None` if it was not loaded or is erased.
    pub fn keys(&mut self, handle: &Handle) -> Result<Option<Box<LabelKeys>>, SessionError> {
        let held = |item: &Item| item.live && item.parcel.handle == *handle;
        let Some(at) = self.items.iter().position(held) else { return Ok(None) };
        let Some(file) = &mut self.file else { return Ok(None) };
        let sector = read(file, at + 1).map_err(|error| failed(&self.path, error))?;
        // Filled where it stays: to move keys would leave copies.
        let mut keys = Box::new(LabelKeys::empty());
        let mut bytes = Zeroizing::new([0; LabelKeys::LEN]);
        bytes.copy_from_slice(&sector[KEYS..WAYBILL]);
        Ok((whole(&sector) && keys.read(&bytes)).then_some(keys))
    }

    /// Erases the keys of parcels; their masked lines stay.
    pub fn erase_where(&mut self, gone: impl Fn(&Handle) -> bool) -> Result<(), SessionError> {
        for at in 0..self.items.len() {
            let item = &mut self.items[at];
            if item.live && gone(&item.parcel.handle) {
                item.live = false;
                let mut sector = item.write(&LabelKeys::empty());
                self.put(at + 1, &mut sector)?;
            }
        }
        Ok(())
    }

    /// Erases all.
    pub fn clear(&mut self) -> Result<(), SessionError> {
        (self.file, self.terms) = (None, None);
        self.items.clear();
        erase(&self.path)
    }

    fn put(&mut self, index: usize, sector: &mut Sector) -> Result<(), SessionError> {
        let check: [u8; 32] = scrubbed(|| Sha256::digest(&sector[..CHECK]).into());
        sector[CHECK..].copy_from_slice(&check);
        if self.file.is_none() {
            self.file = Some(create(&self.path).map_err(|error| self.failed(error))?);
        }
        let Some(file) = &mut self.file else { return Ok(()) };
        write(file, index, sector).map_err(|error| failed(&self.path, error))
    }

    fn failed(&self, error: io::Error) -> SessionError {
        failed(&self.path, error)
    }
}

impl Item {
    fn none() -> Self {
        let parcel = Parcel {
            handle: Handle::from_bytes([0; 16]),
            waybill: String::new(),
            name: String::new(),
            address: String::new(),
            delivered: false,
        };
        Self { parcel, station: None, live: false }
    }

    fn write(&self, keys: &LabelKeys) -> Sector {
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

    fn read(sector: &[u8]) -> Option<Self> {
        let half = |at: usize| sector.get(at..at + 2)?.try_into().ok().map(u16::from_be_bytes);
        let parcel = Parcel {
            handle: Handle::from_bytes(sector.get(..16)?.try_into().ok()?),
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

/// A parcel's line in the list, masked as its label is.
pub(super) fn mask(mut parcel: Parcel, record: &Opened<'_>) -> Parcel {
    let Some(delivery) = &record.delivery else { return parcel };
    let division = match delivery.division {
        Division::Code(code) => division::names(code).unwrap_or_default(),
        Division::Names { province, city, district } => [province, city, district],
    };
    let person = Person {
        name: delivery.name,
        phone: record.contact.as_ref().map_or("", |contact| contact.phone),
        country: delivery.country,
        postcode: delivery.postcode,
        division,
        street: delivery.street,
        detail: delivery.detail,
    };
    // What the masker cannot hide enough of is left out.
    if let Ok(summary) = Summary::new(&person, None) {
        parcel.name = summary.recipient().name.to_string();
        parcel.address = summary.recipient().address.to_string();
    }
    parcel
}

fn blank() -> Sector {
    Zeroizing::new(vec![0; SECTOR])
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

/// The hash reads keys, so that its stack is wiped.
fn whole(sector: &[u8]) -> bool {
    scrubbed(|| Sha256::digest(&sector[..CHECK])[..] == sector[CHECK..])
}

fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

fn read(file: &mut File, index: usize) -> io::Result<Sector> {
    let mut sector = blank();
    file.seek(SeekFrom::Start((index * SECTOR) as u64))?;
    file.read_exact(&mut sector[..])?;
    Ok(sector)
}

fn write(file: &mut File, index: usize, sector: &[u8]) -> io::Result<()> {
    file.seek(SeekFrom::Start((index * SECTOR) as u64))?;
    file.write_all(sector)?;
    file.sync_data()
}

fn failed(path: &Path, error: io::Error) -> SessionError {
    LogError::File(path.to_owned(), error).into()
}
