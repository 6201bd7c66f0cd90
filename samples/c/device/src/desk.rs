//! The desk's calls.
#![allow(unsafe_code, reason = "names for the linker")]

use crate::calls::put;
use crate::handles::{argument, number, with};
use crate::raw::{In, Out};
use crate::types::{Handle, Replaced, Scan, Station};
use std::ffi::c_int;
use wayseal::device::app::DeviceFailure;
use wayseal::device::desk::{DeskScan, PlaceOf, ReplacedLabel, ReturnPlace, ToStation};
use wayseal::keys::{Region, Site};

/// A text of a struct; null is empty.
fn text(text: &In<u8>) -> Result<&str, DeviceFailure> {
    if text.is_null() { Ok("") } else { text.string().ok_or_else(argument) }
}

fn desk_scan(scan: &Scan) -> Result<DeskScan<'_>, DeviceFailure> {
    let printed = if scan.printed.is_null() { None } else { Some(text(&scan.printed)?) };
    let text = scan.text.text(scan.length).ok_or_else(argument)?;
    // When the stations were signed is the device's to know.
    Ok(DeskScan::new(text, scan.now).with_printed(printed))
}

fn to_station(station: &Station) -> Result<ToStation<'_>, DeviceFailure> {
    let region = Region::new(station.region).ok_or_else(argument)?;
    let site = Site::new(station.site).ok_or_else(argument)?;
    Ok(ToStation::new(region, site, text(&station.code)?)
        .with_routing(text(&station.routing)?)
        .with_hub(text(&station.hub)?)
        .with_goods(text(&station.goods)?)
        .with_remark(text(&station.remark)?)
        .with_contact(station.contact != 0))
}

fn written(label: &ReplacedLabel<'_>) -> Replaced {
    let mut out = Replaced {
        size: 0,
        left: label.left.map_or(-1, |left| left.try_into().unwrap_or(i32::MAX)),
        left_out: u32::from(label.left_out.sender_name) | u32::from(label.left_out.sender_phone) << 1,
        lost_entries: label.lost_entries.into(),
        without_sender: label.is_without_sender.into(),
        handle: *label.handle.bytes(),
        waybill: [0; 40],
        text: [0; 312],
        name: [0; 80],
        phone: [0; 40],
        address: [0; 320],
    };
    let recipient = label.summary.recipient();
    put(&mut out.waybill, &label.waybill.text());
    put(&mut out.text, label.text.as_str());
    put(&mut out.name, recipient.name.as_ref());
    put(&mut out.phone, recipient.phone.as_ref());
    put(&mut out.address, recipient.address.as_ref());
    out
}

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_device_use_stations(
    device: Handle,
    stations: In<u8>,
    length: usize,
    points: In<u8>,
    points_length: usize,
    signature: In<u8>,
    signature_length: usize,
    now: u64,
    signed_at: Out<u64>,
) -> c_int {
    number(|| {
        let stations = stations.bytes(length).ok_or_else(argument)?;
        let points =
            if points.is_null() { None } else { Some(points.bytes(points_length).ok_or_else(argument)?) };
        let signature = signature.bytes(signature_length).ok_or_else(argument)?;
        signed_at.set(with(device, |device| device.use_stations(stations, points, signature, now))?);
        Ok(())
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_device_relabel(
    device: Handle,
    scan: In<Scan>,
    station: In<Station>,
    label: Out<Replaced>,
) -> c_int {
    number(|| {
        let (scan, station) = (scan.get().ok_or_else(argument)?, station.get().ok_or_else(argument)?);
        let (scan, to) = (desk_scan(&scan)?, to_station(&station)?);
        if !label.wipe() {
            return Err(argument());
        }
        with(device, |device| {
            label.put(&written(&*device.relabel(&scan, &to)?));
            Ok(())
        })
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn wayseal_device_give_back(
    device: Handle,
    scan: In<Scan>,
    station: In<Station>,
    label: Out<Replaced>,
) -> c_int {
    number(|| {
        let (scan, station) = (scan.get().ok_or_else(argument)?, station.get().ok_or_else(argument)?);
        let (scan, to) = (desk_scan(&scan)?, to_station(&station)?);
        let place = PlaceOf::new(text(&station.name)?, text(&station.detail)?).with_phone(text(&station.phone)?).with_division([text(&station.province)?, text(&station.city)?, text(&station.district)?]);
        let place = ReturnPlace::new(to).with_place((!station.name.is_null()).then_some(place));
        if !label.wipe() {
            return Err(argument());
        }
        with(device, |device| {
            label.put(&written(&*device.give_back(&scan, |_| Some(place))?));
            Ok(())
        })
    })
}
