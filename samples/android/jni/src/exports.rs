//! The symbols: each a static method of `io.wayseal.device.internal.Native`, and the call that it is. The macro checks the call's types
//! against the declaration, and turns an error of the virtual machine, such as a missing argument, into its exception.

#![allow(unsafe_code)]

use crate::calls::*;
use crate::desk::{give_back, relabel, use_stations};
use crate::passing::{ask, asked, give};
use jni::{NativeMethod, native_method};

macro_rules! exported {
    (fn $($declared:tt)*) => {
        native_method! {
            java_type = "io.wayseal.device.internal.Native",
            static extern fn $($declared)*
        }
    };
}

/// What the virtual machine finds by name.
const _: [NativeMethod<'_>; 33] = [
    exported!(fn enrol(folder: jbyte[], keys: JObject, enrolment: jbyte[]) -> jbyte[]),
    exported!(fn enrol_anew(folder: jbyte[], keys: JObject, enrolment: jbyte[]) -> jbyte[]),
    exported!(fn open(folder: jbyte[], keys: JObject, now: jlong) -> jbyte[]),
    exported!(fn close(device: jlong)),
    exported!(fn lost_log(folder: jbyte[]) -> jbyte[]),
    exported!(fn take(device: jlong, bytes: jbyte[], now: jlong) -> jbyte[]),
    exported!(fn refresh(device: jlong, now: jlong) -> jbyte[]),
    exported!(fn fetch_request(device: jlong, now: jlong) -> jbyte[]),
    exported!(fn take_bundle(device: jlong, bytes: jbyte[], now: jlong) -> jbyte[]),
    exported!(fn hand_in(device: jlong, challenge: jbyte[]) -> jbyte[]),
    exported!(fn scan(
        device: jlong,
        text: jbyte[],
        printed: jbyte[],
        purpose: jint,
        want: jint,
        now: jlong,
        record: JByteBuffer
    ) -> jbyte[]),
    exported!(fn load(device: jlong, text: jbyte[], printed: jbyte[], now: jlong) -> jbyte[]),
    exported!(fn lock(device: jlong, depot: jbyte[], now: jlong) -> jbyte[]),
    exported!(fn unlock(device: jlong, depot: jbyte[], now: jlong) -> jbyte[]),
    exported!(fn sign_off(
        device: jlong,
        label: jbyte[],
        outcome: jint,
        code: jbyte[],
        now: jlong
    ) -> jbyte[]),
    exported!(fn take_back(device: jlong, label: jbyte[], now: jlong) -> jbyte[]),
    exported!(fn parcels(device: jlong) -> jbyte[]),
    exported!(fn ask(device: jlong, now: jlong) -> jbyte[]),
    exported!(fn asked(device: jlong, request: jbyte[], now: jlong) -> jbyte[]),
    exported!(fn give(
        device: jlong,
        request: jbyte[],
        labels: jbyte[],
        purpose: jint,
        now: jlong
    ) -> jbyte[]),
    exported!(fn use_stations(
        device: jlong,
        stations: jbyte[],
        points: jbyte[],
        signature: jbyte[],
        now: jlong
    ) -> jbyte[]),
    exported!(fn relabel(
        device: jlong,
        text: jbyte[],
        printed: jbyte[],
        station: jbyte[],
        now: jlong
    ) -> jbyte[]),
    exported!(fn give_back(
        device: jlong,
        text: jbyte[],
        printed: jbyte[],
        place: jbyte[],
        now: jlong
    ) -> jbyte[]),
    exported!(fn find(device: jlong, digits: jbyte[]) -> jbyte[]),
    exported!(fn begin_shift(device: jlong, operator: jint, pin: jbyte[], now: jlong) -> jbyte[]),
    exported!(fn end_shift(device: jlong, now: jlong) -> jbyte[]),
    exported!(fn status(device: jlong, now: jlong) -> jbyte[]),
    exported!(fn conceal(device: jlong) -> jbyte[]),
    exported!(fn line(sent: jbyte[]) -> jbyte[]),
    exported!(fn codes() -> jbyte[]),
    exported!(fn open_camera() -> jlong),
    exported!(fn frame(camera: jlong, luma: JByteBuffer, width: jint, height: jint, stride: jint) -> jbyte[]),
    exported!(fn close_camera(camera: jlong)),
];
