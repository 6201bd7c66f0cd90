//! A device behind a handle that several threads hold, of which one calls at a time.

use super::code::DeviceCode;
use super::device::Device;
use super::failure::DeviceFailure;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

/// A device behind a handle, as other languages hold one. It never waits: a call while another thread is in one is `busy`.
pub struct SharedDevice(Mutex<Option<Device>>);

impl SharedDevice {
    /// Puts a device behind a handle.
    #[must_use]
    pub const fn new(device: Device) -> Self {
        Self(Mutex::new(Some(device)))
    }

    /// Runs a call. After a panic in it the device is dropped, which wipes what it holds, and closed.
    ///
    /// # Errors
    /// [`DeviceCode::Busy`], [`DeviceCode::Closed`], [`DeviceCode::Internal`] after a panic, or the call's own.
    pub fn with<T>(
        &self,
        call: impl FnOnce(&mut Device) -> Result<T, DeviceFailure>,
    ) -> Result<T, DeviceFailure> {
        let mut held = self.held()?;
        let Some(device) = held.as_mut() else { return Err(DeviceFailure::of(DeviceCode::Closed)) };
        // What the call was changing is dropped if it panics, so that nobody sees it half done.
        match catch_unwind(AssertUnwindSafe(|| call(device))) {
            Ok(done) => done,
            Err(_) => {
                *held = None;
                Err(DeviceFailure::of(DeviceCode::Internal))
            }
        }
    }

    /// Closes the device: what it holds is wiped, and its store is free for others. Closing it again changes nothing.
    ///
    /// # Errors
    /// [`DeviceCode::Busy`].
    pub fn close(&self) -> Result<(), DeviceFailure> {
        *self.held()? = None;
        Ok(())
    }

    fn held(&self) -> Result<MutexGuard<'_, Option<Device>>, DeviceFailure> {
        match self.0.try_lock() {
            Ok(held) => Ok(held),
            Err(TryLockError::WouldBlock) => Err(DeviceFailure::of(DeviceCode::Busy)),
            Err(TryLockError::Poisoned(poisoned)) => {
                // Dropping a device panicked: nothing is known of it.
                let mut held = PoisonError::into_inner(poisoned);
                *held = None;
                Ok(held)
            }
        }
    }
}

impl std::fmt::Debug for SharedDevice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SharedDevice(..)")
    }
}
