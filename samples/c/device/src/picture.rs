//! Scanners' lines and camera frames.
#![allow(unsafe_code, reason = "names for the linker")]

use crate::calls::SPACE;
use crate::handles::{argument, number};
use crate::raw::{In, Out};
use std::ffi::c_int;
use wayseal::device::app::{DeviceCode, DeviceFailure, PassCode};
use wayseal::payload::Payload;
use wayseal::read::beside;
use wayseal::read::image::Gray;
use wayseal::read::ladder;
use wayseal::read::wedge::{self, WedgeError, WedgeLine};
use wayseal::signed::digits::DIGITS_MAX;

/// The largest side of a frame.
const SIDE_MAX: u32 = 4096;

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_line(
    line: In<u8>,
    length: usize,
    out: Out<u8>,
    room: usize,
    is_waybill: Out<u32>,
) -> c_int {
    let mut fits = true;
    let code = number(|| {
        let line = line.text(length).ok_or_else(argument)?;
        let (text, waybill) = match wedge::parse(line) {
            Ok(WedgeLine::Payload(text, _)) => (text, false),
            Ok(WedgeLine::Waybill(text)) => (text, true),
            Err(WedgeError::NotOurs | WedgeError::Empty) => {
                return Err(DeviceFailure::of(DeviceCode::NotOurs));
            }
            Err(_) => return Err(DeviceFailure::of(DeviceCode::Damaged)),
        };
        is_waybill.set(waybill.into());
        fits = out.copy(room, format!("{text}\0").as_bytes());
        Ok(())
    });
    if code == 0 && !fits { SPACE } else { code }
}

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_frame(
    luma: In<u8>,
    width: u32,
    height: u32,
    stride: u32,
    text: Out<u8>,
    room: usize,
    printed: Out<u8>,
    printed_room: usize,
) -> c_int {
    let mut fits = true;
    let code = number(|| {
        if !(1..=SIDE_MAX).contains(&width) || !(1..=SIDE_MAX).contains(&height) || stride < width {
            return Err(argument());
        }
        let [wide, high, apart] = [width, height, stride].map(|number| number as usize);
        // The last row may end where the picture does.
        let luma = luma.bytes(apart * (high - 1) + wide).ok_or_else(argument)?;
        let mut pixels = Vec::with_capacity(wide * high);
        for row in luma.chunks(apart) {
            pixels.extend_from_slice(&row[..wide]);
        }
        let picture = Gray { width, height, pixels };
        // A colleague's code is longer than a label's: it is read where there is room for it.
        let passes = room > DIGITS_MAX;
        let reads = ladder::read(&picture, &mut |text| {
            Payload::parse(text.as_bytes()).is_ok() || passes && PassCode::of(text).is_some()
        });
        let Some(read) = reads.first() else { return Err(DeviceFailure::of(DeviceCode::NotOurs)) };
        fits = text.copy(room, format!("{}\0", read.text).as_bytes());
        if !printed.is_null() {
            let number =
                beside::printed(&picture, &[&read.text]).into_iter().next().flatten().unwrap_or_default();
            fits &= printed.copy(printed_room, format!("{number}\0").as_bytes());
        }
        Ok(())
    });
    if code == 0 && !fits { SPACE } else { code }
}
