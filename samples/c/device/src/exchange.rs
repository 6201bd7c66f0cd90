//! What goes to a depot and comes from it.
#![allow(unsafe_code, reason = "names for the linker")]

use crate::calls::{SPACE, count};
use crate::handles::{argument, number, with};
use crate::raw::{In, Out};
use crate::types::Handle;
use std::ffi::c_int;
use std::path::Path;
use wayseal::device::app::{Device, DeviceFailure};
use wayseal::device::exchange::HandIn;
use wayseal::device::store::FolderStore;

/// Copies what a call gives; its size is said also if it does not fit, or if nothing was to be copied.
fn given(
    (out, room, length): (Out<u8>, usize, Out<usize>),
    call: impl FnOnce() -> Result<Vec<u8>, DeviceFailure>,
) -> c_int {
    let mut fits = true;
    let code = number(|| {
        length.set(0);
        let bytes = call()?;
        length.set(bytes.len());
        fits = out.copy(room, &bytes);
        Ok(())
    });
    if code == 0 && !fits { SPACE } else { code }
}

fn challenge_of(challenge: &In<u8>) -> Result<[u8; 32], DeviceFailure> {
    challenge.bytes(32).and_then(|bytes| bytes.try_into().ok()).ok_or_else(argument)
}

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_device_fetch_request(
    device: Handle,
    now: u64,
    out: Out<u8>,
    room: usize,
    length: Out<usize>,
) -> c_int {
    given((out, room, length), || {
        with(device, |device| Ok(device.fetch_request(now).to_string().into_bytes()))
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_device_take_bundle(
    device: Handle,
    bytes: In<u8>,
    length: usize,
    now: u64,
    taken: Out<u32>,
    refused: Out<u32>,
    challenge: Out<u8>,
    challenged: Out<u32>,
) -> c_int {
    number(|| {
        taken.set(0);
        refused.set(0);
        challenged.set(0);
        let bytes = bytes.bytes(length).ok_or_else(argument)?;
        let (receipts, wanted) = with(device, |device| device.take_bundle(bytes, now))?;
        let done = receipts.iter().filter(|receipt| receipt.taken.is_ok()).count();
        taken.set(count(done));
        refused.set(count(receipts.len() - done));
        if let Some(wanted) = wanted {
            challenged.set(challenge.copy(32, &wanted).into());
        }
        Ok(())
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_device_refresh(device: Handle, now: u64, refused: Out<u32>) -> c_int {
    number(|| {
        refused.set(count(with(device, |device| device.refresh(now))?.len()));
        Ok(())
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_device_hand_in(
    device: Handle,
    challenge: In<u8>,
    out: Out<u8>,
    room: usize,
    length: Out<usize>,
) -> c_int {
    given((out, room, length), || {
        let challenge = challenge_of(&challenge)?;
        with(device, |device| device.hand_in(&challenge))
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_device_answer(
    device: Handle,
    challenge: In<u8>,
    out: Out<u8>,
    room: usize,
    length: Out<usize>,
) -> c_int {
    given((out, room, length), || {
        let challenge = challenge_of(&challenge)?;
        with(device, |device| Ok(device.answer(&challenge).into_bytes()))
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_device_log_bytes(
    device: Handle,
    out: Out<u8>,
    room: usize,
    length: Out<usize>,
) -> c_int {
    given((out, room, length), || with(device, |device| device.log_bytes()))
}

/// The hand-in of a log whose key is lost, without an answer.
#[unsafe(no_mangle)]
pub extern "C" fn wayseal_device_lost_hand_in(
    folder: In<u8>,
    out: Out<u8>,
    room: usize,
    length: Out<usize>,
) -> c_int {
    given((out, room, length), || {
        let folder = folder.string().filter(|folder| !folder.is_empty()).ok_or_else(argument)?;
        let log = Device::lost_log(&FolderStore::new(Path::new(folder)))?;
        Ok(HandIn::unanswered(&log))
    })
}
