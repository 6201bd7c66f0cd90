//! The state as a file: CBOR, in an age envelope to the device's own recipient if it has one.
//!
//! ```text
//! CBOR [ "wayseal device", 1, pinned key 32, name, recipient, floor, generation, holdings, list ]
//! holding   [ role, serial, digest 32, [ purposes ], budget, revocations, keys, reopening ]
//! reopening a byte, four bits a rule; left out where the usual rules hold
//! keys      50 bytes each: generation u32 ‖ last day u16 ‖ node 44
//! list      the signed bytes of the revocation list, or none
//! ```

use super::{Device, Held, Holding, List};
use crate::files::{self, Access, FileError};
use crate::keys::{Day, Generation, Node};
use crate::signed::cbor::{Reader, Writer};
use crate::signed::envelope::{self, EnvelopeError, Identity};
use crate::signed::grant::{FILE_MAX, Purpose, Reopening, Role};
use crate::signed::moment::Moment;
use crate::signed::revocation::{LIST_MAX, Revocations};
use ed25519_dalek::VerifyingKey;
use std::fmt;
use std::path::Path;
use zeroize::Zeroizing;

const MAGIC: &str = "wayseal device";
const VERSION: u64 = 1;
const KEY: usize = 4 + 2 + Node::BUNDLED;

impl Device {
    /// Writes the state, whole or not at all and readable by its owner only, and in an envelope if the device
    /// has a recipient.
    ///
    /// # Errors
    /// [`StateError`].
    pub fn store(&self, path: &Path) -> Result<(), StateError> {
        let plain = self.to_bytes();
        if self.recipient.is_empty() {
            files::write(path, &plain, Access::Owner)?;
        } else {
            files::write(path, &envelope::seal(&plain, &self.recipient)?, Access::Owner)?;
        }
        Ok(())
    }

    /// Reads the state; `identity` opens its envelope, if it is in one.
    ///
    /// # Errors
    /// [`StateError`], also if others can read the file.
    pub fn load(path: &Path, identity: Option<&Identity>) -> Result<Self, StateError> {
        let bytes = Zeroizing::new(files::read_secret(path, 4 * FILE_MAX + LIST_MAX)?);
        let plain = envelope::open(&bytes, identity)?;
        Self::from_bytes(&plain)
    }

    pub(super) fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let keys: usize = self.holdings.iter().map(|holding| holding.keys.len()).sum();
        let list = self.list.as_ref().map_or(&[][..], |list| &list.signed);
        let mut out = Writer::with_room(keys * KEY + self.holdings.len() * 256 + list.len() + 1024);
        out.array(9);
        out.text(MAGIC);
        out.uint(VERSION);
        out.bytes(self.pinned.as_bytes());
        out.text(&self.name);
        out.text(&self.recipient);
        out.uint(self.floor.0);
        out.uint(self.generation);
        out.array(self.holdings.len());
        for holding in &self.holdings {
            let usual = holding.reopening == Reopening::default();
            out.array(7 + usize::from(!usual));
            out.uint(holding.role as u8);
            out.uint(holding.serial);
            out.bytes(&holding.digest);
            out.array(holding.purposes.len());
            holding.purposes.iter().for_each(|purpose| out.uint(*purpose as u8));
            out.uint(holding.budget.unwrap_or(0));
            out.uint(holding.revocations);
            out.bytes_of(holding.keys.len() * KEY);
            let mut bundled = Zeroizing::new([0; Node::BUNDLED]);
            for held in &holding.keys {
                out.raw(&held.generation.to_be_bytes());
                out.raw(&held.last.number().to_be_bytes());
                held.node.write(&mut bundled);
                out.raw(&bundled[..]);
            }
            if !usual {
                out.uint(holding.reopening.byte());
            }
        }
        out.bytes(list);
        out.finish()
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, StateError> {
        let mut file = Reader::new(bytes);
        if file.array() != Some(9) || file.text() != Some(MAGIC) {
            return Err(StateError::Damaged);
        }
        match file.uint() {
            Some(VERSION) => {}
            Some(newer) if newer > VERSION => return Err(StateError::Newer),
            _ => return Err(StateError::Damaged),
        }
        read(&mut file).ok_or(StateError::Damaged)
    }
}

fn read(file: &mut Reader<'_>) -> Option<Device> {
    let mut device = Device::new(VerifyingKey::from_bytes(file.fixed()?).ok()?, file.text()?, file.text()?);
    device.floor = Moment(file.uint()?);
    device.generation = file.number()?;
    for _ in 0..file.array()? {
        device.holdings.push(holding(file)?);
    }
    let signed = file.bytes()?;
    file.end()?;
    if !signed.is_empty() {
        let content = Revocations::verify(signed, &device.pinned).ok()?;
        device.list = Some(List { content, signed: signed.to_vec() });
    }
    Some(device)
}

fn holding(file: &mut Reader<'_>) -> Option<Holding> {
    let parts = file.array().filter(|parts| matches!(parts, 7 | 8))?;
    let role = Role::new(file.number()?)?;
    let serial = file.uint()?;
    let digest = *file.fixed()?;
    let purposes = (0..file.array()?).map(|_| Purpose::new(file.number()?)).collect::<Option<_>>()?;
    let budget = Some(file.number()?).filter(|budget| *budget > 0);
    let revocations = file.uint()?;
    let (chunks, []) = file.bytes()?.as_chunks::<KEY>() else { return None };
    let mut keys = Vec::with_capacity(chunks.len());
    for chunk in chunks {
        let (generation, rest) = chunk.split_first_chunk()?;
        let (last, node) = rest.split_first_chunk()?;
        let generation = u32::from_be_bytes(*generation);
        keys.push(Held { node: Node::empty(), generation, last: Day::new(u16::from_be_bytes(*last)) });
        keys.last_mut()?.node.read(Generation::from(generation), node.try_into().ok()?).ok()?;
    }
    let reopening = match parts {
        7 => Reopening::default(),
        _ => Reopening::of_byte(file.number()?)?,
    };
    Some(Holding { role, serial, digest, purposes, budget, reopening, revocations, keys })
}

/// Why a device's state is not at hand.
#[derive(Debug)]
#[non_exhaustive]
pub enum StateError {
    /// The file cannot be read or written, or others can read it.
    File(FileError),
    /// Its envelope does not open.
    Envelope(EnvelopeError),
    /// Its content is no state.
    Damaged,
    /// Written by a newer program.
    Newer,
}

impl fmt::Display for StateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => error.fmt(f),
            Self::Envelope(error) => write!(f, "the device's state: {error}"),
            Self::Damaged => f.write_str(
                "the device's state is damaged; remove it, and ask the authority for a grant that is no \
                 top-up",
            ),
            Self::Newer => f.write_str("the device's state was written by a newer program; update this one"),
        }
    }
}

impl std::error::Error for StateError {}

impl From<FileError> for StateError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

impl From<EnvelopeError> for StateError {
    fn from(error: EnvelopeError) -> Self {
        Self::Envelope(error)
    }
}
