//! Logs of devices: every form, outcome and cause, and an empty log.

use super::bits::hex;
use super::label::{Label, hmac};
use super::record::Record;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

pub fn logs() -> Vec<Value> {
    let header = |waybill: &str| {
        let label = Label::of(waybill, &Record::chinese().draft().bits(), None);
        // With a salt that does not depend on the tables of texts.
        [label.unsalted(), vec![0x5a; 6]].concat()
    };
    let (short, long) = (header("SF1234567890123"), header("---------------------------------9"));
    let plain = |cause: u8, outcome: u8| Entry { cause, outcome, ..Entry::DEVICE };
    let of_label = |cause: u8, outcome: u8, detail: Detail| Entry {
        cause,
        outcome,
        detail,
        station: Some((755, 12)),
        handle: [0xa5; 16],
        operator: 4711,
        ..Entry::DEVICE
    };
    let outcomes =
        (1..=3).chain([6]).chain(8..=10).chain(13..=17).chain(20..=22).chain(32..=38).chain(64..=72);
    let every = outcomes.map(|outcome| plain(17, outcome)).collect::<Vec<_>>();
    let causes = [1, 2, 3, 4, 5, 16].map(|cause| of_label(cause, 1, Detail::Plain)).to_vec();
    let mut forms = Vec::new();
    for header in [&short, &long] {
        for outcome in [4, 11, 12] {
            for code in [None, Some(794_009), Some(5_380_109)] {
                forms.push(of_label(1, outcome, Detail::SignOff(header.clone(), code)));
            }
        }
        forms.push(of_label(3, 18, Detail::Replaced([0x5a; 16], header.clone())));
        forms.push(of_label(2, 19, Detail::Replaced([0; 16], header.clone())));
    }
    for kind in 1..=5 {
        forms.push(Entry { detail: Detail::Taken(kind, u64::MAX, [kind; 32]), ..plain(17, 7) });
    }
    forms.push(Entry { detail: Detail::Taken(6, 231, [6; 32]), ..plain(17, 39) });
    for budget in [0, 1, u32::MAX] {
        forms.push(Entry { detail: Detail::Locked(budget, [0xd5; 32]), ..plain(17, 5) });
    }
    let extremes = vec![
        Entry { time: (1 << 48) - 1, serial: u64::MAX, operator: u32::MAX, ..Entry::DEVICE },
        Entry { time: 0, serial: 0, ..Entry::DEVICE },
        Entry { station: Some((4095, 4095)), ..of_label(1, 71, Detail::Plain) },
        Entry { station: Some((0, 0)), handle: [0; 16], ..of_label(1, 70, Detail::Plain) },
    ];
    [
        ("log_empty", "pda-17", Vec::new()),
        ("log_of_every_outcome", "pda-17", every),
        ("log_of_every_cause", "网点 12 的巴枪", causes),
        ("log_of_every_form", "pda-17", forms),
        ("log_of_extremes", "n23456789012345678901234567890123456789012345678", extremes),
    ]
    .map(|(name, device, entries)| log(name, device, &entries))
    .into()
}

#[derive(Clone)]
enum Detail {
    Plain,
    SignOff(Vec<u8>, Option<u32>),
    Replaced([u8; 16], Vec<u8>),
    Taken(u8, u64, [u8; 32]),
    Locked(u32, [u8; 32]),
}

#[derive(Clone)]
struct Entry {
    cause: u8,
    outcome: u8,
    time: u64,
    serial: u64,
    operator: u32,
    station: Option<(u16, u16)>,
    handle: [u8; 16],
    detail: Detail,
}

impl Entry {
    const DEVICE: Self = Self {
        cause: 17,
        outcome: 8,
        time: 1_795_478_400,
        serial: 77,
        operator: 0,
        station: None,
        handle: [0; 16],
        detail: Detail::Plain,
    };

    fn form(&self) -> u8 {
        match self.detail {
            Detail::Plain => 1,
            Detail::SignOff(..) => 2,
            Detail::Replaced(..) => 3,
            Detail::Taken(..) => 4,
            Detail::Locked(..) => 5,
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![self.form(), self.cause, self.outcome, 0];
        bytes.extend(&self.time.to_be_bytes()[2..]);
        bytes.extend(self.serial.to_be_bytes());
        bytes.extend(self.operator.to_be_bytes());
        let (region, site) = self.station.unwrap_or((0xffff, 0xffff));
        bytes.extend(region.to_be_bytes());
        bytes.extend(site.to_be_bytes());
        bytes.extend(self.handle);
        let with_header = |bytes: &mut Vec<u8>, header: &[u8]| {
            let end = bytes.len() + 38;
            bytes.push(header.len() as u8);
            bytes.extend(header);
            bytes.resize(end, 0);
        };
        match &self.detail {
            Detail::Plain => {}
            Detail::SignOff(header, code) => {
                with_header(&mut bytes, header);
                bytes.extend(&code.unwrap_or(0xff_ffff).to_be_bytes()[1..]);
            }
            Detail::Replaced(new, old) => {
                bytes.extend(new);
                with_header(&mut bytes, old);
            }
            Detail::Taken(kind, number, digest) => {
                bytes.push(*kind);
                bytes.extend(number.to_be_bytes());
                bytes.extend(digest);
            }
            Detail::Locked(budget, digest) => {
                bytes.extend(budget.to_be_bytes());
                bytes.extend(digest);
            }
        }
        assert!(bytes.len() <= 96);
        bytes.resize(96, 0);
        bytes
    }

    fn told(&self) -> Value {
        let mut value = json!({
            "form": self.form(), "cause": self.cause, "outcome": self.outcome, "time": self.time,
            "serial": self.serial, "operator": self.operator, "region": self.station.map(|(region, _)| region),
            "site": self.station.map(|(_, site)| site), "handle": hex(&self.handle),
        });
        let more = match &self.detail {
            Detail::Plain => json!({}),
            Detail::SignOff(header, code) => {
                json!({"header": hex(header), "code": code.map(|code| format!("{code:07}"))})
            }
            Detail::Replaced(new, old) => json!({"new": hex(new), "old": hex(old)}),
            Detail::Taken(kind, number, digest) => {
                json!({"kind": kind, "number": number, "digest": hex(digest)})
            }
            Detail::Locked(budget, digest) => json!({"budget": budget, "digest": hex(digest)}),
        };
        value.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        value
    }
}

/// The file of a log: its chain begins with a key that no other log has.
fn log(name: &str, device: &str, entries: &[Entry]) -> Value {
    let root: [u8; 32] = Sha256::digest(b"WS1 test vectors, log root").into();
    let first = hmac(&root, &[b"WS1 log key", device.as_bytes(), &[1]]);
    let mut file = b"wayseal log 2\n\0\0".to_vec();
    file.extend(device.as_bytes());
    file.resize(128, 0);
    let mut before: [u8; 32] = Sha256::digest([b"WS1 log file".as_slice(), &file].concat()).into();
    let mut key = first;
    let mut macs = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let bytes = entry.bytes();
        before = hmac(&key, &[&(index as u64).to_be_bytes(), &before, &bytes]);
        key = Sha256::digest([b"WS1 log".as_slice(), &key].concat()).into();
        file.extend(bytes);
        file.extend(before);
        macs.push(hex(&before));
    }
    let entries: Vec<Value> = entries.iter().map(Entry::told).collect();
    json!({
        "name": name, "device": device, "log_root": hex(&root), "first": hex(&first), "log": hex(&file),
        "macs": macs, "entries": entries,
    })
}
