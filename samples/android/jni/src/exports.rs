//! The symbols: each a static method of `io.wayseal.device.internal.Native`, and the call that it is. A symbol's name has the types of its
//! arguments, so that the virtual machine does not find one that Kotlin declares otherwise. No panic crosses.

#![allow(unsafe_code)]

use crate::calls;
use crate::desk;
use crate::passing;
use crate::reply::{Call, Reply};
use crate::vm::{Array, Buffer, Env, Object};
use std::panic::{AssertUnwindSafe, catch_unwind};
use wayseal_host::device::app::{DeviceCode, DeviceFailure};

/// Runs a call, and makes an array of its reply; a panic is one, too.
fn replied<'l>(env: Env<'l>, call: impl FnOnce() -> Call) -> Array<'l> {
    let mut call = Some(call);
    guarded(env, &mut || call.take().map_or_else(|| Err(internal()), |call| call()))
}

/// One guard for all calls, whatever they capture.
fn guarded<'l>(env: Env<'l>, call: &mut dyn FnMut() -> Call) -> Array<'l> {
    let given = catch_unwind(AssertUnwindSafe(call)).unwrap_or_else(|_| Err(internal()));
    env.array(&Reply::of(given).into_bytes())
}

fn internal() -> DeviceFailure {
    DeviceFailure::of(DeviceCode::Internal)
}

/// Runs a call that has no reply.
fn contained<R: Default>(call: impl FnOnce() -> R) -> R {
    catch_unwind(AssertUnwindSafe(call)).unwrap_or_default()
}

/// The type of an argument.
macro_rules! of {
    (bytes) => { Array<'l> };
    (buffer) => { Buffer<'l> };
    (object) => { Object<'l> };
    (int) => { i32 };
    (long) => { i64 };
}

/// The same in a symbol's name.
macro_rules! mangled {
    (bytes) => {
        "_3B"
    };
    (buffer) => {
        "Ljava_nio_ByteBuffer_2"
    };
    (object) => {
        "Ljava_lang_Object_2"
    };
    (int) => {
        "I"
    };
    (long) => {
        "J"
    };
}

/// A symbol, with the call of its name in a module.
macro_rules! exported {
    ($($module:ident $call:ident $symbol:literal ($($name:ident: $kind:ident),*);)+) => {$(
        // Safety: no other symbol has this name, which only the virtual machine calls.
        #[unsafe(export_name = concat!("Java_io_wayseal_device_internal_Native_", $symbol, "__" $(, mangled!($kind))*))]
        extern "system" fn $call<'l>(env: Env<'l>, _: Object<'l> $(, $name: of!($kind))*) -> Array<'l> {
            replied(env, || $module::$call(env $(, $name)*))
        }
    )+};
}

// Safety: as above, for these three.
#[unsafe(export_name = "Java_io_wayseal_device_internal_Native_close__J")]
extern "system" fn close(_: Env<'_>, _: Object<'_>, device: i64) {
    contained(|| calls::close(device));
}

#[unsafe(export_name = "Java_io_wayseal_device_internal_Native_openCamera__")]
extern "system" fn open_camera(_: Env<'_>, _: Object<'_>) -> i64 {
    contained(calls::open_camera)
}

#[unsafe(export_name = "Java_io_wayseal_device_internal_Native_closeCamera__J")]
extern "system" fn close_camera(_: Env<'_>, _: Object<'_>, camera: i64) {
    contained(|| calls::close_camera(camera));
}

exported! {
    calls enrol "enrol" (folder: bytes, keys: object, enrolment: bytes);
    calls enrol_anew "enrolAnew" (folder: bytes, keys: object, enrolment: bytes);
    calls open "open" (folder: bytes, keys: object, now: long);
    calls lost_log "lostLog" (folder: bytes);
    calls take "take" (device: long, bytes: bytes, now: long);
    calls refresh "refresh" (device: long, now: long);
    calls fetch_request "fetchRequest" (device: long, now: long);
    calls take_bundle "takeBundle" (device: long, bytes: bytes, now: long);
    calls hand_in "handIn" (device: long, challenge: bytes);
    calls scan "scan" (device: long, text: bytes, printed: bytes, purpose: int, want: int, now: long, record: buffer);
    calls load "load" (device: long, text: bytes, printed: bytes, now: long);
    calls lock "lock" (device: long, depot: bytes, now: long);
    calls unlock "unlock" (device: long, depot: bytes, now: long);
    calls sign_off "signOff" (device: long, label: bytes, outcome: int, code: bytes, now: long);
    calls take_back "takeBack" (device: long, label: bytes, now: long);
    calls parcels "parcels" (device: long);
    passing ask "ask" (device: long, now: long);
    passing asked "asked" (device: long, request: bytes, now: long);
    passing give "give" (device: long, request: bytes, labels: bytes, purpose: int, now: long);
    desk use_stations "useStations" (device: long, stations: bytes, points: bytes, signature: bytes, now: long);
    desk relabel "relabel" (device: long, text: bytes, printed: bytes, station: bytes, now: long);
    desk give_back "giveBack" (device: long, text: bytes, printed: bytes, place: bytes, now: long);
    calls find "find" (device: long, digits: bytes);
    calls begin_shift "beginShift" (device: long, operator: int, pin: bytes, now: long);
    calls end_shift "endShift" (device: long, now: long);
    calls status "status" (device: long, now: long);
    calls conceal "conceal" (device: long);
    calls line "line" (sent: bytes);
    calls codes "codes" ();
    calls frame "frame" (camera: long, luma: buffer, width: int, height: int, stride: int);
}
