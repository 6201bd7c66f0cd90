//! Every entry comes back from its bytes, and no other bytes are an entry.

use super::*;
use crate::error::Refusal;
use crate::keys::{Alias, DeliveryCode, Generation, Region, Site};
use crate::payload::{ContactClass, HEADER_MAX, Header, Waybill};
use crate::signed::grant::Purpose;

fn station() -> (Region, Site) {
    (Region::new(755).unwrap(), Site::new(12).unwrap())
}

fn header(waybill: &str) -> LabelHeader {
    let (region, site) = station();
    LabelHeader::from(&Header {
        generation: Generation::EVEN,
        contact: ContactClass::new(2).unwrap(),
        day_low: 471,
        region,
        site,
        alias: Alias::new(0xabcdef).unwrap(),
        waybill: Waybill::parse(waybill).unwrap(),
        salt: [9; 6],
    })
}

/// An entry of each form, the longest header among them.
fn each_form() -> Vec<LogEntry> {
    let long = header("ABCDEFGHJKLMNOPQRSTUVWXYZ123456789");
    assert_eq!(long.bytes().len(), HEADER_MAX);
    let headers = [header("SF1234567890123"), long];
    let mut details = vec![EntryDetail::Plain];
    for header in headers {
        for code in [None, DeliveryCode::parse("0794009").map(SpokenCode::from)] {
            details.push(EntryDetail::SignOff { header, code });
        }
        details.push(EntryDetail::Replaced { new: [0xee; 16], old: header });
    }
    for kind in TakenKind::ALL {
        details.push(EntryDetail::Taken { kind, number: u64::MAX - 1, digest: [0xd1; 32] });
    }
    details.extend([None, Some(180)].map(|budget| EntryDetail::Locked { budget, digest: [0xd2; 32] }));
    let entry = LogEntry::by_device(1_795_478_400, EntryOutcome::Opened, 77);
    let entry = LogEntry { operator: u32::MAX, station: Some(station()), handle: [0xa5; 16], ..entry };
    let mark = |detail: &EntryDetail| {
        let mut marks = EntryOutcome::PLAIN.iter().map(|(mark, ..)| *mark);
        marks.find(|mark| detail.goes_with(*mark)).unwrap()
    };
    details.into_iter().map(|detail| LogEntry { mark: mark(&detail), detail, ..entry }).collect()
}

#[test]
fn every_mark_cause_and_form_comes_back() {
    let marks = EntryOutcome::PLAIN.map(|(mark, ..)| mark).into_iter();
    let marks: Vec<_> = marks.chain(Refusal::ALL.map(EntryOutcome::Refused)).collect();
    let causes = Purpose::ALL.iter().copied().map(EntryCause::Asked);
    let causes: Vec<_> = causes.chain([EntryCause::Load, EntryCause::Device]).collect();
    for entry in each_form() {
        for mark in &marks {
            for cause in &causes {
                for station in [None, Some(station())] {
                    let entry = LogEntry { mark: *mark, cause: *cause, station, ..entry };
                    let fits = entry.detail.goes_with(*mark);
                    assert_eq!(LogEntry::read(&entry.write()), fits.then_some(entry));
                }
            }
        }
    }
    // The forms of docs/format.md, by outcome.
    for (mark, number, _) in EntryOutcome::PLAIN {
        let expected = match number {
            4 | 11 | 12 => 2,
            18 | 19 => 3,
            7 | 24 | 39 => 4,
            5 => 5,
            _ => 1,
        };
        let forms: std::collections::BTreeSet<u8> = each_form()
            .iter()
            .filter(|entry| entry.detail.goes_with(mark))
            .map(|entry| entry.detail.form())
            .collect();
        assert_eq!(forms.into_iter().collect::<Vec<_>>(), [expected], "{mark:?}");
    }
    let numbers: std::collections::BTreeSet<u8> =
        EntryOutcome::PLAIN.iter().map(|(_, number, _)| *number).collect();
    let names: std::collections::BTreeSet<&str> = marks.iter().map(|mark| mark.name()).collect();
    assert_eq!((numbers.len(), names.len()), (EntryOutcome::PLAIN.len(), marks.len()));
}

#[test]
fn an_entry_is_96_bytes_at_the_offsets_of_the_document() {
    let entries = each_form();
    let sign_off =
        entries.iter().find(|entry| matches!(entry.detail, EntryDetail::SignOff { code: Some(_), .. }));
    let bytes = sign_off.unwrap().write();
    assert_eq!(bytes.len(), 96);
    assert_eq!(bytes[..4], [2, 17, 4, 0]);
    assert_eq!(bytes[4..10], [0, 0, 0x6b, 0x04, 0xd3, 0x80]);
    assert_eq!(bytes[10..18], 77u64.to_be_bytes());
    assert_eq!(bytes[18..22], [0xff; 4]);
    assert_eq!(bytes[22..26], [0x02, 0xf3, 0, 12]);
    assert_eq!(bytes[26..42], [0xa5; 16]);
    assert_eq!(usize::from(bytes[42]), header("SF1234567890123").bytes().len());
}

#[test]
fn other_bytes_are_no_entry() {
    for entry in each_form() {
        let whole = entry.write();
        // Unknown forms, causes, outcomes and stations; what is zero in every form.
        for (place, value) in
            [(0, 0), (0, 6), (1, 0), (1, 7), (2, 0), (2, 25), (2, 63), (2, 200), (3, 1), (22, 0x10)]
        {
            let mut other = whole;
            other[place] = value;
            assert_eq!(LogEntry::read(&other), None, "{place}");
        }
        // The bytes that a form leaves over.
        let used = match entry.detail {
            EntryDetail::Plain => 42,
            EntryDetail::SignOff { header, .. } => 43 + header.bytes().len(),
            EntryDetail::Replaced { old, .. } => 59 + old.bytes().len(),
            EntryDetail::Taken { .. } => 83,
            EntryDetail::Locked { .. } => 78,
        };
        let code = if let EntryDetail::SignOff { .. } = entry.detail { 80..83 } else { 0..0 };
        for place in (used..96).filter(|place| !code.contains(place)) {
            let mut other = whole;
            other[place] ^= 1;
            assert_eq!(LogEntry::read(&other), None, "{place}");
        }
        let form = whole[0];
        // A code with a wrong check digit, a header without bytes, one that is too long, an unknown kind.
        let wrong: &[(usize, u8)] = match form {
            2 => &[(82, whole[82] ^ 1), (42, 0), (42, 38)],
            3 => &[(58, 0), (58, 38)],
            4 => &[(42, 0), (42, 7)],
            _ => &[],
        };
        for (place, value) in wrong {
            let mut other = whole;
            other[*place] = *value;
            assert_eq!(LogEntry::read(&other), None, "{form} {place}");
        }
    }
}

#[test]
fn what_an_entry_says_to_a_developer_holds_no_waybill_and_no_code() {
    for entry in each_form() {
        let said = format!("{entry:?}");
        assert!(!said.contains("SF1234567890123") && !said.contains("079400"), "{said}");
    }
}
