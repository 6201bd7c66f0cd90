//! The courier's day.
#![allow(unsafe_code, reason = "names for the linker")]

use crate::calls::{SPACE, count, put};
use crate::handles::{argument, number, with};
use crate::raw::{In, Out};
use crate::types::{FIELDS, Handle, Opened, Parcel, Scan, TEXT};
use std::ffi::c_int;
use wayseal::device::app::{DeviceFailure, LabelScan, OpenedLabel, RecordField};
use wayseal::device::session::{self, ParcelOutcome};
use wayseal::signed::grant::Purpose;
use wayseal::verifier::Want;
use zeroize::Zeroize as _;

/// Wiped when it goes.
struct Wiped(Box<Opened>);

impl Drop for Wiped {
    fn drop(&mut self) {
        self.0.text.zeroize();
    }
}

fn scan_of(scan: &Scan) -> Result<LabelScan<'_>, DeviceFailure> {
    let purpose = match u8::try_from(scan.purpose).ok() {
        Some(0) => Purpose::Deliver,
        number => number.and_then(|number| Purpose::try_from(number).ok()).ok_or_else(argument)?,
    };
    let want = match scan.want {
        0 => Want::Held,
        1 => Want::Delivery,
        2 => Want::Contact,
        3 => Want::Both,
        _ => return Err(argument()),
    };
    let printed = match &scan.printed {
        none if none.is_null() => None,
        text => Some(text.string().ok_or_else(argument)?),
    };
    // What is not UTF-8 is no label, and is on the log as such.
    let text = scan.text.bytes(scan.length).ok_or_else(argument)?;
    let text = std::str::from_utf8(text).unwrap_or("?");
    Ok(LabelScan::new(text, scan.now).with_printed(printed).with_purpose(purpose).with_want(want))
}

fn filled(label: &OpenedLabel<'_>) -> Wiped {
    let mut out = Wiped(Box::new(Opened {
        size: 0,
        times: label.times,
        left: label.left.map_or(-1, |left| left.try_into().unwrap_or(i32::MAX)),
        repeated: label.repeated.into(),
        day: label.day(),
        skipped: label.skipped() as u16,
        field: [0; FIELDS],
        handle: *label.handle.bytes(),
        text: [0; TEXT],
    }));
    // Offset 0 holds the empty text.
    let mut end = 1;
    for field in RecordField::ALL {
        let content = label.field(field).as_bytes();
        let Some(place) = out.0.text.get_mut(end..end + content.len()).filter(|_| end + content.len() < TEXT)
        else {
            continue;
        };
        if !content.is_empty() {
            place.copy_from_slice(content);
            out.0.field[field as usize] = end as u16;
            end += content.len() + 1;
        }
    }
    out
}

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_device_scan(device: Handle, scan: In<Scan>, opened: Out<Opened>) -> c_int {
    number(|| {
        // Nothing of the record before is left there, whatever comes of this call; and without room nothing is opened.
        if !opened.wipe() {
            return Err(argument());
        }
        let scan = scan.get().ok_or_else(argument)?;
        let scan = scan_of(&scan)?;
        with(device, |device| {
            let label = device.scan(&scan)?;
            opened.put(&filled(&label).0);
            device.conceal();
            Ok(())
        })
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_opened_wipe(opened: Out<Opened>) {
    let _wiped = opened.wipe();
}

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_device_load(device: Handle, scan: In<Scan>, loaded: Out<u32>) -> c_int {
    number(|| {
        let scan = scan.get().ok_or_else(argument)?;
        let scan = scan_of(&scan)?;
        loaded.set(count(with(device, |device| device.load(&scan))?));
        Ok(())
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_device_lock(device: Handle, depot: In<u8>, now: u64) -> c_int {
    number(|| {
        let depot = depot.string().ok_or_else(argument)?;
        with(device, |device| device.lock(depot, now))
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_device_unlock(device: Handle, identity: In<u8>, now: u64) -> c_int {
    number(|| {
        let identity = identity.string().ok_or_else(argument)?;
        with(device, |device| device.unlock(identity, now))
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_device_sign_off(
    device: Handle,
    text: In<u8>,
    length: usize,
    outcome: u32,
    code: In<u8>,
    now: u64,
) -> c_int {
    number(|| {
        let text = text.text(length).ok_or_else(argument)?;
        let at = (outcome as usize).checked_sub(1).ok_or_else(argument)?;
        let outcome = *ParcelOutcome::ALL.get(at).ok_or_else(argument)?;
        let code = if code.is_null() { None } else { Some(code.string().ok_or_else(argument)?) };
        with(device, |device| device.sign_off(text, outcome, code, now))
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_device_take_back(
    device: Handle,
    text: In<u8>,
    length: usize,
    now: u64,
    opens: Out<u32>,
) -> c_int {
    number(|| {
        let text = text.text(length).ok_or_else(argument)?;
        opens.set(with(device, |device| device.take_back(text, now))?.into());
        Ok(())
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_device_begin_shift(
    device: Handle,
    operator: u32,
    pin: In<u8>,
    now: u64,
    tries: Out<u32>,
) -> c_int {
    number(|| {
        let pin = pin.string().ok_or_else(argument)?;
        with(device, |device| device.begin_shift(operator, pin, now))
            .inspect_err(|failure| tries.set(failure.count))
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_device_end_shift(device: Handle, now: u64) -> c_int {
    number(|| with(device, |device| device.end_shift(now).map(drop)))
}

fn line(parcel: &session::Parcel) -> Parcel {
    let outcome = ParcelOutcome::ALL.iter().position(|outcome| Some(outcome.mark()) == parcel.outcome);
    let mut out = Parcel {
        size: 0,
        delivered: parcel.delivered.into(),
        outcome: outcome.map_or(0, |at| count(at + 1)),
        handle: *parcel.handle.bytes(),
        waybill: [0; 40],
        phone: [0; 8],
        name: [0; 80],
        place: [0; 320],
        address: [0; 320],
    };
    put(&mut out.waybill, &parcel.waybill);
    put(&mut out.phone, &parcel.phone);
    put(&mut out.name, &parcel.name);
    put(&mut out.place, &parcel.place);
    put(&mut out.address, &parcel.address);
    out
}

/// Each element names its size, as any struct does; they are as far apart as the first one says.
#[unsafe(no_mangle)]
pub extern "C" fn wayseal_device_parcels(
    device: Handle,
    digits: In<u8>,
    parcels: Out<Parcel>,
    room: usize,
    found: Out<usize>,
) -> c_int {
    let mut fits = true;
    let code = number(|| {
        let digits = if digits.is_null() { None } else { Some(digits.string().ok_or_else(argument)?) };
        let lines =
            with(device, |device| Ok(digits.map_or_else(|| device.parcels(), |digits| device.find(digits))))?;
        found.set(lines.len());
        fits = lines.len() <= room;
        for (at, parcel) in lines.iter().take(room).enumerate() {
            if !parcels.element(at).is_some_and(|out| out.put(&line(parcel))) {
                return Err(argument());
            }
        }
        Ok(())
    });
    if code == 0 && !fits { SPACE } else { code }
}
