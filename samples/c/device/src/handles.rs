//! Handles: numbers of open devices.

use crate::types::Handle;
use std::collections::BTreeMap;
use std::ffi::c_int;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use wayseal::device::app::{Device, DeviceCode, DeviceFailure, SharedDevice};

/// Handles differ by this, so that they look like addresses of structs and no one is null.
const STEP: usize = 16;

struct Open {
    last: usize,
    devices: BTreeMap<usize, Arc<SharedDevice>>,
}

static OPEN: Mutex<Open> = Mutex::new(Open { last: 0, devices: BTreeMap::new() });

fn open() -> MutexGuard<'static, Open> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

pub fn add(device: Device) -> Handle {
    let mut open = open();
    // A handle is never used again, so that a closed one names no other device.
    open.last += STEP;
    let number = open.last;
    open.devices.insert(number, Arc::new(SharedDevice::new(device)));
    Handle(std::ptr::without_provenance_mut(number))
}

fn find(handle: Handle) -> Result<Arc<SharedDevice>, DeviceFailure> {
    open().devices.get(&handle.0.addr()).cloned().ok_or_else(|| DeviceFailure::of(DeviceCode::Closed))
}

/// Closes a device, unless another thread is in a call.
pub fn close(handle: Handle) -> Result<(), DeviceFailure> {
    find(handle)?.close()?;
    open().devices.remove(&handle.0.addr());
    Ok(())
}

/// Runs a call on a device.
pub fn with<T>(
    handle: Handle,
    call: impl FnOnce(&mut Device) -> Result<T, DeviceFailure>,
) -> Result<T, DeviceFailure> {
    find(handle)?.with(call)
}

/// The number of a result. A panic is `internal`.
pub fn number(call: impl FnOnce() -> Result<(), DeviceFailure>) -> c_int {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(Ok(())) => 0,
        Ok(Err(failure)) => failure.code.number(),
        Err(_) => DeviceCode::Internal.number(),
    }
}

/// What is wrong with an argument is not said: a program that calls so is corrected, not helped.
pub fn argument() -> DeviceFailure {
    DeviceFailure::of(DeviceCode::Argument)
}
