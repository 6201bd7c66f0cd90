//! The calls: arguments from the virtual machine, the library's call, and its reply. Secrets among the arguments are wiped here; Kotlin's
//! side wipes its own.

use crate::direct;
use crate::handles::Handles;
use crate::keys::CallersKeys;
use crate::nodes::CallersNodes;
use crate::picture::{Camera, Plane};
use crate::reply::{Call, Reply};
use crate::texts::{self, argument, scanned, time, utf8, with_label, write_record};
use jni::Env;
use jni::errors::Result;
use jni::objects::{JByteArray, JByteBuffer, JClass, JObject};
use jni::sys::{jint, jlong};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Mutex, TryLockError};
use wayseal_host::device::app::{Device, DeviceCode, DeviceFailure, LabelScan, Receipt, SharedDevice};
use wayseal_host::device::exchange::HandIn;
use wayseal_host::device::store::{FolderStore, Keys};
use zeroize::Zeroizing;

static DEVICES: Handles<SharedDevice> = Handles::new();
static CAMERAS: Handles<Mutex<Camera>> = Handles::new();

pub(crate) type Bytes<'l> = Result<JByteArray<'l>>;

/// Bytes of the caller's, wiped when the call ends.
pub(crate) fn taken(env: &Env<'_>, bytes: &JByteArray<'_>) -> Result<Zeroizing<Vec<u8>>> {
    Ok(Zeroizing::new(env.convert_byte_array(bytes)?))
}

/// The same of bytes that may be missing.
pub(crate) fn taken_or_none(env: &Env<'_>, bytes: &JByteArray<'_>) -> Result<Option<Zeroizing<Vec<u8>>>> {
    if bytes.is_null() { Ok(None) } else { taken(env, bytes).map(Some) }
}

/// Runs what is no call on a device, which contains its own; a panic is a reply.
fn contained(call: impl FnOnce() -> Call) -> Reply {
    Reply::of(
        catch_unwind(AssertUnwindSafe(call)).unwrap_or_else(|_| Err(DeviceFailure::of(DeviceCode::Internal))),
    )
}

pub(crate) fn replied<'l>(env: &mut Env<'l>, reply: Reply) -> Bytes<'l> {
    env.byte_array_from_slice(&reply.into_bytes())
}

/// Replies with what a call on an open device gives.
pub(crate) fn on<'l>(env: &mut Env<'l>, device: jlong, call: impl FnOnce(&mut Device) -> Call) -> Bytes<'l> {
    let reply = Reply::of(DEVICES.get(device).and_then(|device| device.with(call)));
    replied(env, reply)
}

/// Calls with the caller's key store, if it has one.
fn with_keys<'l>(
    env: &mut Env<'l>,
    bridge: &JObject<'l>,
    call: impl FnOnce(Option<&dyn Keys>) -> Call,
) -> Bytes<'l> {
    let reply = if bridge.is_null() {
        contained(|| call(None))
    } else {
        let keys = CallersKeys::new(env, bridge);
        contained(|| call(Some(&keys)))
    };
    replied(env, reply)
}

/// A folder that a device has; without one there is no device.
fn existing(folder: &[u8]) -> std::result::Result<FolderStore, DeviceFailure> {
    let folder = Path::new(utf8(folder)?);
    if folder.is_dir() {
        Ok(FolderStore::new(folder))
    } else {
        Err(DeviceFailure::of(DeviceCode::NotEnrolled))
    }
}

/// A folder in which a device begins.
fn created(folder: &[u8]) -> std::result::Result<FolderStore, DeviceFailure> {
    Ok(FolderStore::create(Path::new(utf8(folder)?))?)
}

pub(crate) fn enrol<'l>(
    env: &mut Env<'l>,
    _: JClass<'l>,
    folder: JByteArray<'l>,
    keys: JObject<'l>,
    enrolment: JByteArray<'l>,
) -> Bytes<'l> {
    let (folder, enrolment) = (taken(env, &folder)?, taken(env, &enrolment)?);
    with_keys(env, &keys, |keys| Ok(Reply::done().text(&Device::enrol(created(&folder)?, keys, &enrolment)?)))
}

pub(crate) fn enrol_anew<'l>(
    env: &mut Env<'l>,
    _: JClass<'l>,
    folder: JByteArray<'l>,
    keys: JObject<'l>,
    enrolment: JByteArray<'l>,
) -> Bytes<'l> {
    let (folder, enrolment) = (taken(env, &folder)?, taken(env, &enrolment)?);
    with_keys(env, &keys, |keys| {
        let keys = keys.ok_or_else(|| argument("a device is enrolled anew with a key store alone"))?;
        Ok(Reply::done().text(&Device::enrol_anew(created(&folder)?, keys, &enrolment)?))
    })
}

pub(crate) fn open<'l>(
    env: &mut Env<'l>,
    _: JClass<'l>,
    folder: JByteArray<'l>,
    keys: JObject<'l>,
    now: jlong,
) -> Bytes<'l> {
    let folder = taken(env, &folder)?;
    let nodes = CallersNodes::of(env, &keys)?;
    with_keys(env, &keys, |keys| {
        let folder = existing(&folder)?;
        let device = match nodes {
            Some(nodes) => Device::open_holding(folder, keys, Arc::new(nodes), time(now))?,
            None => Device::open(folder, keys, time(now))?,
        };
        Ok(Reply::done().long(DEVICES.add(SharedDevice::new(device)) as u64))
    })
}

pub(crate) fn close<'l>(_: &mut Env<'l>, _: JClass<'l>, device: jlong) -> Result<()> {
    DEVICES.close(device);
    Ok(())
}

pub(crate) fn lost_log<'l>(env: &mut Env<'l>, _: JClass<'l>, folder: JByteArray<'l>) -> Bytes<'l> {
    let folder = taken(env, &folder)?;
    let reply = contained(|| {
        let log = Device::lost_log(&existing(&folder)?)?;
        Ok(Reply::done().bytes(&HandIn::unanswered(&log)))
    });
    replied(env, reply)
}

pub(crate) fn take<'l>(
    env: &mut Env<'l>,
    _: JClass<'l>,
    device: jlong,
    bytes: JByteArray<'l>,
    now: jlong,
) -> Bytes<'l> {
    let bytes = taken(env, &bytes)?;
    on(env, device, |device| Ok(Reply::done().received(&device.take(&bytes, time(now))?)))
}

fn receipt(reply: Reply, receipt: &Receipt) -> Reply {
    let reply = reply.text(&receipt.name).flag(receipt.taken.is_ok());
    match &receipt.taken {
        Ok(received) => reply.received(received),
        Err(failure) => reply.failure(failure),
    }
}

pub(crate) fn refresh<'l>(env: &mut Env<'l>, _: JClass<'l>, device: jlong, now: jlong) -> Bytes<'l> {
    on(env, device, |device| Ok(Reply::done().list(&device.refresh(time(now))?, receipt)))
}

pub(crate) fn fetch_request<'l>(env: &mut Env<'l>, _: JClass<'l>, device: jlong, now: jlong) -> Bytes<'l> {
    on(env, device, |device| Ok(Reply::done().text(&device.fetch_request(time(now)).to_string())))
}

pub(crate) fn take_bundle<'l>(
    env: &mut Env<'l>,
    _: JClass<'l>,
    device: jlong,
    bytes: JByteArray<'l>,
    now: jlong,
) -> Bytes<'l> {
    let bytes = taken(env, &bytes)?;
    on(env, device, |device| {
        let (receipts, challenge) = device.take_bundle(&bytes, time(now))?;
        let reply = Reply::done().list(&receipts, receipt).flag(challenge.is_some());
        Ok(challenge.iter().fold(reply, |reply, challenge| reply.bytes(challenge)))
    })
}

pub(crate) fn hand_in<'l>(
    env: &mut Env<'l>,
    _: JClass<'l>,
    device: jlong,
    challenge: JByteArray<'l>,
) -> Bytes<'l> {
    let challenge = taken(env, &challenge)?;
    on(env, device, |device| {
        let challenge = challenge[..].try_into().map_err(|_| argument("a challenge is 32 bytes"))?;
        Ok(Reply::done().bytes(&device.hand_in(challenge)?))
    })
}

#[allow(clippy::too_many_arguments)]
pub(crate) fn scan<'l>(
    env: &mut Env<'l>,
    _: JClass<'l>,
    device: jlong,
    text: JByteArray<'l>,
    printed: JByteArray<'l>,
    purpose: jint,
    want: jint,
    now: jlong,
    record: JByteBuffer<'l>,
) -> Bytes<'l> {
    let (text, printed) = (taken(env, &text)?, taken_or_none(env, &printed)?);
    let scanned = |device: &mut Device, out: &mut [u8]| -> Call {
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
    };
    let reply = direct::with_bytes_mut(env, &record, |out| {
        Reply::of(DEVICES.get(device).and_then(|device| device.with(|device| scanned(device, out))))
    })?;
    replied(env, reply)
}

pub(crate) fn load<'l>(
    env: &mut Env<'l>,
    _: JClass<'l>,
    device: jlong,
    text: JByteArray<'l>,
    printed: JByteArray<'l>,
    now: jlong,
) -> Bytes<'l> {
    let (text, printed) = (taken(env, &text)?, taken_or_none(env, &printed)?);
    on(env, device, |device| {
        let printed = printed.as_ref().map(|printed| scanned(printed));
        let scan = LabelScan::new(scanned(&text), time(now)).with_printed(printed);
        Ok(Reply::done().int(device.load(&scan)? as u32))
    })
}

pub(crate) fn lock<'l>(
    env: &mut Env<'l>,
    _: JClass<'l>,
    device: jlong,
    depot: JByteArray<'l>,
    now: jlong,
) -> Bytes<'l> {
    let depot = taken(env, &depot)?;
    on(env, device, |device| device.lock(utf8(&depot)?, time(now)).map(|()| Reply::done()))
}

pub(crate) fn unlock<'l>(
    env: &mut Env<'l>,
    _: JClass<'l>,
    device: jlong,
    depot: JByteArray<'l>,
    now: jlong,
) -> Bytes<'l> {
    let depot = taken(env, &depot)?;
    on(env, device, |device| device.unlock(utf8(&depot)?, time(now)).map(|()| Reply::done()))
}

pub(crate) fn sign_off<'l>(
    env: &mut Env<'l>,
    _: JClass<'l>,
    device: jlong,
    label: JByteArray<'l>,
    outcome: jint,
    code: JByteArray<'l>,
    now: jlong,
) -> Bytes<'l> {
    let (label, code) = (taken(env, &label)?, taken_or_none(env, &code)?);
    on(env, device, |device| {
        let code = code.as_ref().map(|code| utf8(code)).transpose()?;
        let outcome = texts::outcome(outcome)?;
        with_label(&label, |label| device.sign_off(label, outcome, code, time(now))).map(|()| Reply::done())
    })
}

pub(crate) fn take_back<'l>(
    env: &mut Env<'l>,
    _: JClass<'l>,
    device: jlong,
    label: JByteArray<'l>,
    now: jlong,
) -> Bytes<'l> {
    let label = taken(env, &label)?;
    on(env, device, |device| {
        Ok(Reply::done().flag(with_label(&label, |label| device.take_back(label, time(now)))?))
    })
}

pub(crate) fn parcels<'l>(env: &mut Env<'l>, _: JClass<'l>, device: jlong) -> Bytes<'l> {
    on(env, device, |device| Ok(Reply::done().list(&device.parcels(), Reply::parcel)))
}

pub(crate) fn find<'l>(env: &mut Env<'l>, _: JClass<'l>, device: jlong, digits: JByteArray<'l>) -> Bytes<'l> {
    let digits = taken(env, &digits)?;
    on(env, device, |device| Ok(Reply::done().list(&device.find(utf8(&digits)?), Reply::parcel)))
}

pub(crate) fn begin_shift<'l>(
    env: &mut Env<'l>,
    _: JClass<'l>,
    device: jlong,
    operator: jint,
    pin: JByteArray<'l>,
    now: jlong,
) -> Bytes<'l> {
    let pin = taken(env, &pin)?;
    on(env, device, |device| {
        let operator = u32::try_from(operator).unwrap_or(0);
        device.begin_shift(operator, utf8(&pin)?, time(now)).map(|()| Reply::done())
    })
}

pub(crate) fn end_shift<'l>(env: &mut Env<'l>, _: JClass<'l>, device: jlong, now: jlong) -> Bytes<'l> {
    on(env, device, |device| Ok(Reply::done().flag(device.end_shift(time(now))?)))
}

pub(crate) fn status<'l>(env: &mut Env<'l>, _: JClass<'l>, device: jlong, now: jlong) -> Bytes<'l> {
    on(env, device, |device| Ok(Reply::done().status(&device.status(time(now)))))
}

pub(crate) fn conceal<'l>(env: &mut Env<'l>, _: JClass<'l>, device: jlong) -> Bytes<'l> {
    on(env, device, |device| {
        device.conceal();
        Ok(Reply::done())
    })
}

pub(crate) fn line<'l>(env: &mut Env<'l>, _: JClass<'l>, sent: JByteArray<'l>) -> Bytes<'l> {
    let sent = taken(env, &sent)?;
    let reply = contained(|| Ok(texts::line(&sent)));
    replied(env, reply)
}

/// Every code of the library: number, name and next step, so that a test compares them with Kotlin's.
pub(crate) fn codes<'l>(env: &mut Env<'l>, _: JClass<'l>) -> Bytes<'l> {
    let reply = Reply::done().list(DeviceCode::ALL, |reply, code| {
        reply.int(code.number() as u32).text(code.name()).text(code.next().name())
    });
    replied(env, reply)
}

pub(crate) fn open_camera<'l>(_: &mut Env<'l>, _: JClass<'l>) -> Result<jlong> {
    Ok(CAMERAS.add(Mutex::default()))
}

pub(crate) fn frame<'l>(
    env: &mut Env<'l>,
    _: JClass<'l>,
    camera: jlong,
    luma: JByteBuffer<'l>,
    width: jint,
    height: jint,
    stride: jint,
) -> Bytes<'l> {
    let reply = direct::with_bytes(env, &luma, |bytes| {
        contained(|| {
            let camera = CAMERAS.get(camera)?;
            let mut camera = match camera.try_lock() {
                Ok(camera) => camera,
                Err(TryLockError::WouldBlock) => return Err(DeviceFailure::of(DeviceCode::Busy)),
                Err(TryLockError::Poisoned(_)) => return Err(DeviceFailure::of(DeviceCode::Internal)),
            };
            camera.read(&Plane { bytes, width, height, stride })
        })
    })?;
    replied(env, reply)
}

pub(crate) fn close_camera<'l>(_: &mut Env<'l>, _: JClass<'l>, camera: jlong) -> Result<()> {
    CAMERAS.close(camera);
    Ok(())
}
