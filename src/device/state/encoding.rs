//! A device's state as bytes, and its file.

use super::device::DeviceState;
use super::error::StateError;
use super::holding::Holding;
use super::in_force::{InForce, MOST_ADDITIONS};
use crate::files;
use crate::signed::cbor::{CborReader, CborWriter};
use crate::signed::envelope::{self, Identity};
use crate::signed::grant::FILE_MAX;
use crate::signed::issuer_key::{ISSUER_KEY_MAX, IssuerKey};
use crate::signed::moment::Moment;
use crate::signed::revocation::{ADDITIONS_MAX, LIST_MAX};
use crate::signed::signer::VerifyingKey;
use std::path::Path;
use zeroize::Zeroizing;

const MAGIC: &str = "wayseal device";
const VERSION: u64 = 2;
/// Parts of the outer array.
const PARTS: usize = 12;
/// Those of a device that knew no key by which it gives passes.
const PARTS_BEFORE: usize = 11;

impl DeviceState {
    /// The largest file of a state, in bytes.
    pub const FILE_MAX: u64 = 4 * FILE_MAX + LIST_MAX + MOST_ADDITIONS as u64 * ADDITIONS_MAX;

    /// Writes the state, whole or not at all and readable by its owner only, and in an envelope if the device
    /// has a recipient. The state before it is overwritten.
    ///
    /// # Errors
    /// [`StateError`].
    pub fn store(&self, path: &Path) -> Result<(), StateError> {
        Ok(files::replace_secret(path, &self.to_file()?)?)
    }

    /// The content of its file: encoded, and in an envelope if the device has a recipient.
    ///
    /// # Errors
    /// [`StateError::Envelope`].
    pub fn to_file(&self) -> Result<Zeroizing<Vec<u8>>, StateError> {
        let plain = self.to_bytes();
        if self.recipient.is_empty() {
            return Ok(plain);
        }
        Ok(Zeroizing::new(envelope::seal(&plain, &self.recipient)?))
    }

    /// Reads the state; `identity` opens its envelope, if it is in one.
    ///
    /// # Errors
    /// [`StateError`], also if others can read the file.
    pub fn load(path: &Path, identity: Option<&Identity>) -> Result<Self, StateError> {
        Self::from_file(&Zeroizing::new(files::read_secret(path, Self::FILE_MAX)?), identity)
    }

    /// Decodes the content of its file; `identity` opens its envelope, if it is in one.
    ///
    /// # Errors
    /// [`StateError`].
    pub fn from_file(bytes: &[u8], identity: Option<&Identity>) -> Result<Self, StateError> {
        Self::from_bytes(&envelope::open(bytes, identity)?)
    }

    /// The encoded state, in no envelope: it holds keys.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let room: usize = self.holdings.iter().map(Holding::room).sum();
        let list = self.in_force.signed();
        let added: usize = self.in_force.additions().iter().map(|additions| additions.len() + 8).sum();
        let mut out = CborWriter::with_room(room + list.len() + added + ISSUER_KEY_MAX + 1024);
        out.array(PARTS);
        out.text(MAGIC);
        out.uint(VERSION);
        out.bytes(self.pinned.as_bytes());
        out.bytes(self.auditor.as_ref().map_or(&[], |auditor| auditor.as_bytes()));
        out.text(&self.name);
        out.text(&self.recipient);
        out.uint(self.floor.0);
        out.uint(self.generation);
        out.array(self.holdings.len());
        self.holdings.iter().for_each(|holding| holding.write(&mut out));
        out.bytes(list);
        out.array(self.in_force.additions().len());
        self.in_force.additions().iter().for_each(|additions| out.bytes(additions));
        let giving = self.giving.as_ref().map(IssuerKey::to_bytes);
        out.bytes(giving.as_ref().map_or(&[][..], |giving| &giving[..]));
        out.finish()
    }

    /// Decodes a state.
    ///
    /// # Errors
    /// [`StateError::Damaged`], [`StateError::Newer`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, StateError> {
        let mut file = CborReader::new(bytes);
        let parts = file.array();
        if file.text() != Some(MAGIC) {
            return Err(StateError::Damaged);
        }
        match file.uint() {
            Some(VERSION) if matches!(parts, Some(PARTS | PARTS_BEFORE)) => {}
            Some(newer) if newer > VERSION => return Err(StateError::Newer),
            Some(older) if older < VERSION => return Err(StateError::Older),
            _ => return Err(StateError::Damaged),
        }
        read(&mut file, parts == Some(PARTS)).ok_or(StateError::Damaged)
    }
}

fn read(file: &mut CborReader<'_>, gives: bool) -> Option<DeviceState> {
    let pinned = VerifyingKey::from_bytes(file.fixed()?).ok()?;
    let auditor = match file.bytes()? {
        [] => None,
        key => Some(VerifyingKey::from_bytes(key.try_into().ok()?).ok()?),
    };
    let mut device = DeviceState::new(pinned, file.text()?, file.text()?);
    device.auditor = auditor;
    device.floor = Moment(file.uint()?);
    device.generation = file.number()?;
    for _ in 0..file.array()? {
        device.holdings.push(Holding::read(file)?);
    }
    let signed = file.bytes()?;
    let mut additions = Vec::new();
    for _ in 0..file.array().filter(|count| *count <= MOST_ADDITIONS)? {
        additions.push(file.bytes()?.to_vec());
    }
    match if gives { file.bytes()? } else { &[] } {
        [] => {}
        giving => device.giving = Some(IssuerKey::from_bytes(giving)?),
    }
    file.end()?;
    device.in_force = InForce::verified(signed, additions, &device.pinned)?;
    device.erase_revoked();
    Some(device)
}
