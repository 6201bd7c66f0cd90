//! From enrolment to closing.
#![allow(unsafe_code, reason = "names for the linker")]

use crate::handles::{add, argument, close, number, with};
use crate::keystore::Platform;
use crate::raw::{In, Out};
use crate::types::{Handle, Keystore, Status, Taken};
use std::ffi::{CStr, c_char, c_int};
use std::path::Path;
use std::sync::OnceLock;
use wayseal::device::app::{Device, DeviceCode, DeviceFailure};
use wayseal::device::store::{FolderStore, Keys};
use wayseal::files::FileError;

/// The version of the header's calls and structs; a change that an older program does not survive raises it.
const ABI: u32 = 1;

/// The room was too small; the needed size is said where there is a place for it.
pub const SPACE: c_int = -3;

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_abi() -> u32 {
    ABI
}

fn store(folder: In<u8>, create: bool) -> Result<FolderStore, DeviceFailure> {
    let folder = folder.string().filter(|folder| !folder.is_empty()).ok_or_else(argument)?;
    let made = |folder| FolderStore::create(folder).map_err(|error: FileError| error.into());
    if create { made(Path::new(folder)) } else { Ok(FolderStore::new(Path::new(folder))) }
}

type Enrols = fn(FolderStore, Option<&dyn Keys>, &[u8]) -> Result<String, DeviceFailure>;

fn enrol(
    (folder, keystore): (In<u8>, In<Keystore>),
    (enrolment, length): (In<u8>, usize),
    (recipient, room): (Out<u8>, usize),
    enrols: Enrols,
) -> c_int {
    let mut fits = true;
    let code = number(|| {
        let platform = Platform::of(keystore, keystore.is_null())?;
        let enrolment = enrolment.bytes(length).ok_or_else(argument)?;
        let keys = platform.as_ref().map(|platform| platform as &dyn Keys);
        let made = enrols(store(folder, true)?, keys, enrolment)?;
        fits = recipient.is_null() || recipient.copy(room, format!("{made}\0").as_bytes());
        Ok(())
    });
    if code == 0 && !fits { SPACE } else { code }
}

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_device_enrol(
    folder: In<u8>,
    keystore: In<Keystore>,
    enrolment: In<u8>,
    length: usize,
    recipient: Out<u8>,
    room: usize,
) -> c_int {
    enrol((folder, keystore), (enrolment, length), (recipient, room), |store, keys, enrolment| {
        Device::enrol(store, keys, enrolment)
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_device_enrol_anew(
    folder: In<u8>,
    keystore: In<Keystore>,
    enrolment: In<u8>,
    length: usize,
    recipient: Out<u8>,
    room: usize,
) -> c_int {
    enrol((folder, keystore), (enrolment, length), (recipient, room), |store, keys, enrolment| {
        Device::enrol_anew(store, keys.ok_or_else(argument)?, enrolment)
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_device_open(
    folder: In<u8>,
    keystore: In<Keystore>,
    now: u64,
    device: Out<Handle>,
) -> c_int {
    number(|| {
        if !device.set(Handle(std::ptr::null_mut())) {
            return Err(argument());
        }
        let platform = Platform::of(keystore, keystore.is_null())?;
        let keys = platform.as_ref().map(|platform| platform as &dyn Keys);
        let nodes = platform.as_ref().map_or(Ok(None), Platform::nodes)?;
        let store = store(folder, false)?;
        let opened = match nodes {
            Some(nodes) => Device::open_holding(store, keys, nodes, now)?,
            None => Device::open(store, keys, now)?,
        };
        device.set(add(opened));
        Ok(())
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_device_close(device: Handle) -> c_int {
    number(|| close(device))
}

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_device_conceal(device: Handle) -> c_int {
    number(|| {
        with(device, |device| {
            device.conceal();
            Ok(())
        })
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_device_take(
    device: Handle,
    bytes: In<u8>,
    length: usize,
    now: u64,
    taken: Out<Taken>,
) -> c_int {
    number(|| {
        let bytes = bytes.bytes(length).ok_or_else(argument)?;
        let received = with(device, |device| device.take(bytes, now))?;
        let out = Taken {
            size: 0,
            kind: received.kind as u32,
            number: received.number,
            added: count(received.added),
            erased: count(received.erased),
        };
        // Null asks for no more than the code.
        let _written = taken.put(&out);
        Ok(())
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_device_status(device: Handle, now: u64, status: Out<Status>) -> c_int {
    number(|| {
        let of = with(device, |device| Ok(device.status(now)))?;
        let today = wayseal::keys::Day::from_unix(now).map_or(0, |day| i32::from(day.number()));
        let mut out = Status {
            size: 0,
            locked: of.locked.into(),
            unanswered: of.unanswered.into(),
            loaded: count(of.loaded),
            days_left: of.days_left.into(),
            list_days_left: of.list_until.map_or(-1, |until| (i32::from(until) + 1 - today).max(0)),
            budget: of.budget.map_or(-1, i64::from),
            left: of.left.map_or(-1, i64::from),
            entries: of.entries,
            handed_in: of.handed_in,
            list: of.list,
            floor: of.floor,
            grant: of.grant,
            operators: of.operators,
            operator: of.operator,
            device: [0; 52],
            recipient: [0; 128],
        };
        put(&mut out.device, &of.device);
        put(&mut out.recipient, &of.recipient);
        if status.put(&out) { Ok(()) } else { Err(argument()) }
    })
}

/// The names of codes and next steps, each ended by a zero.
#[unsafe(no_mangle)]
pub extern "C" fn wayseal_device_name(code: c_int) -> *const c_char {
    named(code, false)
}

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_device_next(code: c_int) -> *const c_char {
    named(code, true)
}

fn named(code: c_int, next: bool) -> *const c_char {
    static NAMES: OnceLock<Vec<(c_int, std::ffi::CString, std::ffi::CString)>> = OnceLock::new();
    let text = |text: &str| std::ffi::CString::new(text).unwrap_or_default();
    let names = NAMES.get_or_init(|| {
        let all = DeviceCode::ALL.iter();
        all.map(|code| (code.number(), text(code.name()), text(code.next().name()))).collect()
    });
    let unknown: &'static CStr = match code {
        0 if next => c"nothing",
        0 => c"ok",
        SPACE if next => c"fix_call",
        SPACE => c"space",
        _ => c"unknown",
    };
    let found = names.iter().find(|(number, ..)| *number == code);
    found.map_or(unknown, |(_, name, step)| if next { step } else { name }).as_ptr()
}

/// A number that no device exceeds.
pub fn count(number: usize) -> u32 {
    number.try_into().unwrap_or(u32::MAX)
}

/// A text with its zero, cut at the end of a character if it does not fit.
pub fn put(out: &mut [u8], text: &str) {
    let room = out.len() - 1;
    let length = (0..=text.len().min(room)).rev().find(|length| text.is_char_boundary(*length)).unwrap_or(0);
    out[..length].copy_from_slice(&text.as_bytes()[..length]);
}
