//! The calls: arguments from the virtual machine, the library's call, and its reply. Secrets among the arguments are wiped here; Kotlin's
//! side wipes its own.

use crate::handles::Handles;
use crate::keys::CallersKeys;
use crate::nodes::CallersNodes;
use crate::picture::{Camera, Plane};
use crate::reply::{Call, Reply};
use crate::texts::{self, argument, scanned, time, utf8, with_label, write_record};
use crate::vm::{Array, Buffer, Env, Object};
use std::path::Path;
use std::sync::{Arc, Mutex, TryLockError};
use wayseal_host::device::app::{Device, DeviceCode, DeviceFailure, LabelScan, Receipt, SharedDevice};
use wayseal_host::device::exchange::HandIn;
use wayseal_host::device::store::{FolderStore, Keys};
use zeroize::Zeroizing;

static DEVICES: Handles<SharedDevice> = Handles::new();
static CAMERAS: Handles<Mutex<Camera>> = Handles::new();

/// Bytes of the caller's, wiped when the call ends.
pub(crate) fn taken(env: Env<'_>, bytes: Array<'_>) -> Result<Zeroizing<Vec<u8>>, DeviceFailure> {
    env.bytes(bytes).ok_or_else(|| argument("an argument is missing"))
}

/// Runs a call on an open device, which contains its panics.
pub(crate) fn on(device: i64, call: impl FnOnce(&mut Device) -> Call) -> Call {
    DEVICES.get(device)?.with(call)
}

fn not_direct() -> DeviceFailure {
    argument("a buffer that is not direct")
}

/// A key store, if the caller has one.
fn asked<'k>(keys: &'k Option<CallersKeys<'_>>) -> Option<&'k dyn Keys> {
    keys.as_ref().map(|keys| keys as &dyn Keys)
}

/// A folder that a device has; without one there is no device.
fn existing(folder: &[u8]) -> Result<FolderStore, DeviceFailure> {
    let folder = Path::new(utf8(folder)?);
    if folder.is_dir() {
        Ok(FolderStore::new(folder))
    } else {
        Err(DeviceFailure::of(DeviceCode::NotEnrolled))
    }
}

/// A folder in which a device begins.
fn created(folder: &[u8]) -> Result<FolderStore, DeviceFailure> {
    Ok(FolderStore::create(Path::new(utf8(folder)?))?)
}

pub(crate) fn enrol(env: Env<'_>, folder: Array<'_>, keys: Object<'_>, enrolment: Array<'_>) -> Call {
    let (folder, enrolment) = (taken(env, folder)?, taken(env, enrolment)?);
    let keys = CallersKeys::of(env, keys);
    Ok(Reply::done().text(&Device::enrol(created(&folder)?, asked(&keys), &enrolment)?))
}

pub(crate) fn enrol_anew(env: Env<'_>, folder: Array<'_>, keys: Object<'_>, enrolment: Array<'_>) -> Call {
    let (folder, enrolment) = (taken(env, folder)?, taken(env, enrolment)?);
    let keys = CallersKeys::of(env, keys)
        .ok_or_else(|| argument("a device is enrolled anew with a key store alone"))?;
    Ok(Reply::done().text(&Device::enrol_anew(created(&folder)?, &keys, &enrolment)?))
}

pub(crate) fn open(env: Env<'_>, folder: Array<'_>, keys: Object<'_>, now: i64) -> Call {
    let folder = taken(env, folder)?;
    let nodes = CallersNodes::of(env, keys)?;
    let keys = CallersKeys::of(env, keys);
    let folder = existing(&folder)?;
    let device = match nodes {
        Some(nodes) => Device::open_holding(folder, asked(&keys), Arc::new(nodes), time(now))?,
        None => Device::open(folder, asked(&keys), time(now))?,
    };
    Ok(Reply::done().long(DEVICES.add(SharedDevice::new(device)) as u64))
}

pub(crate) fn close(device: i64) {
    DEVICES.close(device);
}

pub(crate) fn lost_log(env: Env<'_>, folder: Array<'_>) -> Call {
    let folder = taken(env, folder)?;
    let log = Device::lost_log(&existing(&folder)?)?;
    Ok(Reply::done().bytes(&HandIn::unanswered(&log)))
}

pub(crate) fn take(env: Env<'_>, device: i64, bytes: Array<'_>, now: i64) -> Call {
    let bytes = taken(env, bytes)?;
    on(device, |device| Ok(Reply::done().received(&device.take(&bytes, time(now))?)))
}

fn receipt(reply: Reply, receipt: &Receipt) -> Reply {
    let reply = reply.text(&receipt.name).flag(receipt.taken.is_ok());
    match &receipt.taken {
        Ok(received) => reply.received(received),
        Err(failure) => reply.failure(failure),
    }
}

pub(crate) fn refresh(_: Env<'_>, device: i64, now: i64) -> Call {
    on(device, |device| Ok(Reply::done().list(&device.refresh(time(now))?, receipt)))
}

pub(crate) fn fetch_request(_: Env<'_>, device: i64, now: i64) -> Call {
    on(device, |device| Ok(Reply::done().text(&device.fetch_request(time(now)).to_string())))
}

pub(crate) fn take_bundle(env: Env<'_>, device: i64, bytes: Array<'_>, now: i64) -> Call {
    let bytes = taken(env, bytes)?;
    on(device, |device| {
        let (receipts, challenge) = device.take_bundle(&bytes, time(now))?;
        let reply = Reply::done().list(&receipts, receipt).flag(challenge.is_some());
        Ok(challenge.iter().fold(reply, |reply, challenge| reply.bytes(challenge)))
    })
}

pub(crate) fn hand_in(env: Env<'_>, device: i64, challenge: Array<'_>) -> Call {
    let challenge = taken(env, challenge)?;
    on(device, |device| {
        let challenge = challenge[..].try_into().map_err(|_| argument("a challenge is 32 bytes"))?;
        Ok(Reply::done().bytes(&device.hand_in(challenge)?))
    })
}

#[allow(clippy::too_many_arguments)]
pub(crate) fn scan(
    env: Env<'_>,
    device: i64,
    text: Array<'_>,
    printed: Array<'_>,
    purpose: i32,
    want: i32,
    now: i64,
    mut record: Buffer<'_>,
) -> Call {
    let (text, printed) = (taken(env, text)?, env.bytes(printed));
    if !env.is_direct(&record) {
        return Err(not_direct());
    }
    on(device, |device| {
        // Not before: another thread's call on this device may be writing to it.
        let out = env.lent_mut(&mut record).ok_or_else(not_direct)?;
        let scan = LabelScan::new(scanned(&text), time(now))
            .with_printed(printed.as_ref().map(|printed| scanned(printed)))
            .with_purpose(texts::purpose(purpose)?)
            .with_want(texts::want(want)?);
        let label = device.scan(&scan)?;
        write_record(&label, out)?;
        let reply = Reply::done()
            .bytes(label.handle.bytes())
            .int(label.times)
            .flag(label.repeated)
            .long_or_none(label.left.map(u64::from));
        // The caller's buffer has it now, and nothing else.
        device.conceal();
        Ok(reply)
    })
}

pub(crate) fn load(env: Env<'_>, device: i64, text: Array<'_>, printed: Array<'_>, now: i64) -> Call {
    let (text, printed) = (taken(env, text)?, env.bytes(printed));
    on(device, |device| {
        let printed = printed.as_ref().map(|printed| scanned(printed));
        let scan = LabelScan::new(scanned(&text), time(now)).with_printed(printed);
        Ok(Reply::done().int(device.load(&scan)? as u32))
    })
}

pub(crate) fn lock(env: Env<'_>, device: i64, depot: Array<'_>, now: i64) -> Call {
    let depot = taken(env, depot)?;
    on(device, |device| device.lock(utf8(&depot)?, time(now)).map(|()| Reply::done()))
}

pub(crate) fn unlock(env: Env<'_>, device: i64, depot: Array<'_>, now: i64) -> Call {
    let depot = taken(env, depot)?;
    on(device, |device| device.unlock(utf8(&depot)?, time(now)).map(|()| Reply::done()))
}

pub(crate) fn sign_off(
    env: Env<'_>,
    device: i64,
    label: Array<'_>,
    outcome: i32,
    code: Array<'_>,
    now: i64,
) -> Call {
    let (label, code) = (taken(env, label)?, env.bytes(code));
    on(device, |device| {
        let code = code.as_ref().map(|code| utf8(code)).transpose()?;
        let outcome = texts::outcome(outcome)?;
        with_label(&label, |label| device.sign_off(label, outcome, code, time(now))).map(|()| Reply::done())
    })
}

pub(crate) fn take_back(env: Env<'_>, device: i64, label: Array<'_>, now: i64) -> Call {
    let label = taken(env, label)?;
    on(device, |device| {
        Ok(Reply::done().flag(with_label(&label, |label| device.take_back(label, time(now)))?))
    })
}

pub(crate) fn parcels(_: Env<'_>, device: i64) -> Call {
    on(device, |device| Ok(Reply::done().list(&device.parcels(), Reply::parcel)))
}

pub(crate) fn find(env: Env<'_>, device: i64, digits: Array<'_>) -> Call {
    let digits = taken(env, digits)?;
    on(device, |device| Ok(Reply::done().list(&device.find(utf8(&digits)?), Reply::parcel)))
}

pub(crate) fn begin_shift(env: Env<'_>, device: i64, operator: i32, pin: Array<'_>, now: i64) -> Call {
    let pin = taken(env, pin)?;
    on(device, |device| {
        let operator = u32::try_from(operator).unwrap_or(0);
        device.begin_shift(operator, utf8(&pin)?, time(now)).map(|()| Reply::done())
    })
}

pub(crate) fn end_shift(_: Env<'_>, device: i64, now: i64) -> Call {
    on(device, |device| Ok(Reply::done().flag(device.end_shift(time(now))?)))
}

pub(crate) fn status(_: Env<'_>, device: i64, now: i64) -> Call {
    on(device, |device| Ok(Reply::done().status(&device.status(time(now)))))
}

pub(crate) fn conceal(_: Env<'_>, device: i64) -> Call {
    on(device, |device| {
        device.conceal();
        Ok(Reply::done())
    })
}

pub(crate) fn line(env: Env<'_>, sent: Array<'_>) -> Call {
    let sent = taken(env, sent)?;
    Ok(texts::line(&sent))
}

/// Every code of the library: number, name and next step, so that a test compares them with Kotlin's.
pub(crate) fn codes(_: Env<'_>) -> Call {
    Ok(Reply::done().list(DeviceCode::ALL, |reply, code| {
        reply.int(code.number() as u32).text(code.name()).text(code.next().name())
    }))
}

pub(crate) fn open_camera() -> i64 {
    CAMERAS.add(Mutex::default())
}

pub(crate) fn frame(
    env: Env<'_>,
    camera: i64,
    luma: Buffer<'_>,
    width: i32,
    height: i32,
    stride: i32,
) -> Call {
    let bytes = env.lent(&luma).ok_or_else(not_direct)?;
    let camera = CAMERAS.get(camera)?;
    let mut camera = match camera.try_lock() {
        Ok(camera) => camera,
        Err(TryLockError::WouldBlock) => return Err(DeviceFailure::of(DeviceCode::Busy)),
        Err(TryLockError::Poisoned(_)) => return Err(DeviceFailure::of(DeviceCode::Internal)),
    };
    camera.read(&Plane { bytes, width, height, stride })
}

pub(crate) fn close_camera(camera: i64) {
    CAMERAS.close(camera);
}
