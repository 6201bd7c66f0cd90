//! Passing parcels to a colleague.

use crate::calls::{on, taken};
use crate::fields::Fields;
use crate::reply::{Call, Reply};
use crate::texts::{self, argument, scanned, time};
use crate::vm::{Array, Env};
use wayseal_host::device::app::{Device, DeviceFailure};
use wayseal_host::device::session::GivenLabel;
use wayseal_host::payload::Handle;

pub(crate) fn ask(_: Env<'_>, device: i64, now: i64) -> Call {
    on(device, |device| {
        let asked = device.ask(time(now))?;
        Ok(Reply::done().bytes(&asked.file).text(&asked.digits))
    })
}

pub(crate) fn asked(env: Env<'_>, device: i64, request: Array<'_>, now: i64) -> Call {
    let request = taken(env, request)?;
    on(device, |device| Ok(Reply::done().text(&device.asked(&request, time(now))?)))
}

/// A label by its number of sixteen bytes, or by the text of its code, which is longer.
enum Named<'a> {
    Handle(Handle),
    Text(&'a str),
}

pub(crate) fn give(
    env: Env<'_>,
    device: i64,
    request: Array<'_>,
    labels: Array<'_>,
    purpose: i32,
    now: i64,
) -> Call {
    let (request, labels) = (taken(env, request)?, taken(env, labels)?);
    on(device, |device| {
        let purpose = texts::purpose(purpose)?;
        let mut fields = Fields(&labels);
        let count = fields.int()? as usize;
        if count > Device::PASS_LABELS {
            return Err(argument("more labels than a pass holds"));
        }
        let named: Result<Vec<Named<'_>>, DeviceFailure> = (0..count)
            .map(|_| {
                let label = fields.bytes()?;
                Ok(match <[u8; 16]>::try_from(label) {
                    Ok(number) => Named::Handle(number.into()),
                    Err(_) => Named::Text(scanned(label)),
                })
            })
            .collect();
        let named = named?;
        let named: Vec<_> = named
            .iter()
            .map(|label| match label {
                Named::Handle(handle) => GivenLabel::Handle(handle),
                Named::Text(text) => GivenLabel::Text(text),
            })
            .collect();
        let pass = device.give(&request, &named, purpose, time(now))?;
        Ok(Reply::done()
            .text(&pass.to)
            .bytes(&pass.file)
            .text_or_none(pass.digits.as_deref())
            .int(pass.labels as u32)
            .int(pass.until.number().into()))
    })
}
