//! The desk's calls. They seal, which is a fifth of the library: one for couriers alone is built without them, and says so when it is
//! called.

use crate::calls::{on, taken};
use crate::fields::Fields;
use crate::reply::{Call, Reply};
use crate::texts::{scanned, time};
use crate::vm::{Array, Env};
use wayseal_host::device::app::DeviceFailure;
use wayseal_host::device::desk::{DeskScan, PlaceOf, ReplacedLabel, ReturnPlace, ToStation};
use wayseal_host::keys::{Region, Site};

pub(crate) fn use_stations(
    env: Env<'_>,
    device: i64,
    stations: Array<'_>,
    points: Array<'_>,
    signature: Array<'_>,
    now: i64,
) -> Call {
    let (stations, signature) = (taken(env, stations)?, taken(env, signature)?);
    let points = env.bytes(points);
    on(device, |device| {
        let points = points.as_ref().map(|points| &points[..]);
        Ok(Reply::done().long(device.use_stations(&stations, points, &signature, time(now))?))
    })
}

fn to_station<'a>(fields: &mut Fields<'a>) -> Result<ToStation<'a>, DeviceFailure> {
    use crate::texts::argument;
    let short = |number: u32| u16::try_from(number).ok();
    let place = || argument("no such region or site");
    let region = short(fields.int()?).and_then(Region::new).ok_or_else(place)?;
    let site = short(fields.int()?).and_then(Site::new).ok_or_else(place)?;
    let contact = fields.flag()?;
    Ok(ToStation::new(region, site, fields.text()?)
        .with_contact(contact)
        .with_routing(fields.text()?)
        .with_hub(fields.text()?)
        .with_goods(fields.text()?)
        .with_remark(fields.text()?))
}

fn made(label: &ReplacedLabel<'_>) -> Reply {
    let recipient = label.summary.recipient();
    Reply::done()
        .text(label.text.as_str())
        .text(&label.waybill.text())
        .text(recipient.name.as_ref())
        .text(recipient.phone.as_ref())
        .text(recipient.address.as_ref())
        .bytes(label.handle.bytes())
        .bytes(label.old.bytes())
        .long_or_none(label.left.map(u64::from))
        .flag(label.left_out.sender_name)
        .flag(label.left_out.sender_phone)
        .flag(label.lost_entries)
        .flag(label.is_without_sender)
}

pub(crate) fn relabel(
    env: Env<'_>,
    device: i64,
    text: Array<'_>,
    printed: Array<'_>,
    station: Array<'_>,
    now: i64,
) -> Call {
    let (text, printed) = (taken(env, text)?, env.bytes(printed));
    let station = taken(env, station)?;
    on(device, |device| {
        let printed = printed.as_ref().map(|printed| scanned(printed));
        let scan = DeskScan::new(scanned(&text), time(now)).with_printed(printed);
        let to = to_station(&mut Fields(&station))?;
        Ok(made(&*device.relabel(&scan, &to)?))
    })
}

pub(crate) fn give_back(
    env: Env<'_>,
    device: i64,
    text: Array<'_>,
    printed: Array<'_>,
    place: Array<'_>,
    now: i64,
) -> Call {
    let (text, printed) = (taken(env, text)?, env.bytes(printed));
    let place = taken(env, place)?;
    on(device, |device| {
        let printed = printed.as_ref().map(|printed| scanned(printed));
        let scan = DeskScan::new(scanned(&text), time(now)).with_printed(printed);
        let mut fields = Fields(&place);
        let to = to_station(&mut fields)?;
        let place = if fields.flag()? {
            let (name, phone) = (fields.text()?, fields.text()?);
            let division = [fields.text()?, fields.text()?, fields.text()?];
            Some(PlaceOf::new(name, fields.text()?).with_phone(phone).with_division(division))
        } else {
            None
        };
        Ok(made(&*device.give_back(&scan, |_| Some(ReturnPlace::new(to).with_place(place)))?))
    })
}
