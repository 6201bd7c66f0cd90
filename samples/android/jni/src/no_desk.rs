//! In place of the desk's calls in a library for couriers alone.

use crate::calls::{Bytes, replied};
use crate::reply::Reply;
use crate::texts::argument;
use jni::Env;
use jni::objects::{JByteArray, JClass};
use jni::sys::jlong;

macro_rules! missing {
    ($($name:ident)+) => {$(
        pub(crate) fn $name<'l>(
            env: &mut Env<'l>,
            _: JClass<'l>,
            _: jlong,
            _: JByteArray<'l>,
            _: JByteArray<'l>,
            _: JByteArray<'l>,
            _: jlong,
        ) -> Bytes<'l> {
            replied(env, Reply::of(Err(argument("this library is built without the desk's calls"))))
        }
    )+};
}
missing!(use_stations relabel give_back);
