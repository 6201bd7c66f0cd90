//! Passing parcels to a colleague.
#![allow(unsafe_code, reason = "names for the linker")]

use crate::calls::{SPACE, count, put};
use crate::handles::{argument, number, with};
use crate::raw::{In, Out};
use crate::types::{Given, GivenLabel, Handle};
use std::ffi::c_int;
use wayseal::device::app::{Device, DeviceCode, PassCode};
use wayseal::device::session;
use wayseal::payload;
use wayseal::signed::digits::DIGITS_MAX;
use wayseal::signed::grant::Purpose;

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_pass_code(text: In<u8>, length: usize) -> c_int {
    text.text(length).and_then(PassCode::of).map_or(0, |code| code as c_int)
}

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_device_ask(
    device: Handle,
    now: u64,
    file: Out<u8>,
    room: usize,
    length: Out<usize>,
    digits: Out<u8>,
    digits_room: usize,
) -> c_int {
    let mut fits = true;
    let code = number(|| {
        length.set(0);
        let asked = with(device, |device| device.ask(now))?;
        length.set(asked.file.len());
        let shown = format!("{}\0", asked.digits);
        fits =
            file.copy(room, &asked.file) && (digits.is_null() || digits.copy(digits_room, shown.as_bytes()));
        Ok(())
    });
    if code == 0 && !fits { SPACE } else { code }
}

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_device_asked(
    device: Handle,
    request: In<u8>,
    length: usize,
    now: u64,
    name: Out<u8>,
    room: usize,
) -> c_int {
    let mut fits = true;
    let code = number(|| {
        let request = request.bytes(length).ok_or_else(argument)?;
        let asks = with(device, |device| device.asked(request, now))?;
        fits = name.copy(room, format!("{asks}\0").as_bytes());
        Ok(())
    });
    if code == 0 && !fits { SPACE } else { code }
}

/// A handle, or the text of a code.
enum Label<'a> {
    Handle(payload::Handle),
    Text(&'a str),
}

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_device_give(
    device: Handle,
    request: In<u8>,
    length: usize,
    labels: In<GivenLabel>,
    labels_count: usize,
    purpose: u32,
    now: u64,
    given: Out<Given>,
    file: Out<u8>,
    room: usize,
    written: Out<usize>,
    digits: Out<u8>,
    digits_room: usize,
) -> c_int {
    let mut fits = true;
    let code = number(|| {
        written.set(0);
        if !given.wipe() || file.is_null() || labels_count > Device::PASS_LABELS {
            return Err(argument());
        }
        let purpose = u8::try_from(purpose).ok().and_then(|number| Purpose::try_from(number).ok());
        let purpose = purpose.ok_or_else(argument)?;
        let request = request.bytes(length).ok_or_else(argument)?;
        // What is given is charged: whether it fits is decided before.
        let needed = Device::pass_size(labels_count);
        if room < needed || !digits.is_null() && digits_room <= DIGITS_MAX {
            written.set(needed);
            fits = false;
            return Ok(());
        }
        let taken: Option<Vec<GivenLabel>> = (0..labels_count).map(|at| labels.element(at)?.get()).collect();
        let taken = taken.ok_or_else(argument)?;
        let named: Option<Vec<Label<'_>>> = taken
            .iter()
            .map(|label| {
                if label.text.is_null() {
                    return Some(Label::Handle(label.handle.into()));
                }
                // What is not UTF-8 is no label, and is on the log as such.
                label
                    .text
                    .bytes(label.length)
                    .map(|text| Label::Text(std::str::from_utf8(text).unwrap_or("?")))
            })
            .collect();
        let named = named.ok_or_else(argument)?;
        let named: Vec<_> = named
            .iter()
            .map(|label| match label {
                Label::Handle(handle) => session::GivenLabel::Handle(handle),
                Label::Text(text) => session::GivenLabel::Text(text),
            })
            .collect();
        let mut out = Given { size: 0, labels: 0, until: 0, at: 0, left: 0, to: [0; 52] };
        let pass = match with(device, |device| device.give(request, &named, purpose, now)) {
            Ok(pass) => pass,
            Err(failure) => {
                if failure.code == DeviceCode::BudgetShort {
                    out.left = failure.count;
                } else {
                    out.at = failure.count.try_into().unwrap_or(u16::MAX);
                }
                given.put(&out);
                return Err(failure);
            }
        };
        (out.labels, out.until) = (count(pass.labels), pass.until.number());
        put(&mut out.to, &pass.to);
        given.put(&out);
        written.set(pass.file.len());
        let shown = format!("{}\0", pass.digits.unwrap_or_default());
        fits =
            file.copy(room, &pass.file) && (digits.is_null() || digits.copy(digits_room, shown.as_bytes()));
        Ok(())
    });
    if code == 0 && !fits { SPACE } else { code }
}
