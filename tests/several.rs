//! A shop with the devices of several carriers.

use crate::common::command::{code, text, wayseal};
use crate::common::station::{DAY, NOW, Place, at, station, told};
use std::io::Write as _;
use std::process::Stdio;
use wayseal::authority::day_keys::Days;
use wayseal::authority::issue::{GrantTerms, Limits, Scope, issue};
use wayseal::device::log::{EntryOutcome, Log};
use wayseal::device::session::{Session, SessionError};
use wayseal::keys::{Day, Tier};
use wayseal::signed::grant::Purpose;

/// A carrier whose device is to serve a site, in place of the grant that it has.
fn carrier(site: u16, day: Day, now: u64) -> Place {
    let place = Place::new(&[Purpose::Deliver], None);
    std::fs::remove_file(place.state().join("inbox/first.grant")).unwrap();
    grant(&place, site, day, now);
    place
}

fn grant(place: &Place, site: u16, day: Day, now: u64) {
    let mut terms = GrantTerms::new("pda-17", now, now);
    terms.purposes = vec![Purpose::Deliver];
    let scope = Scope::Scanner { tiers: &[Tier::Delivery, Tier::Contact], stations: &[station(site)] };
    let grant = issue(&place.root, terms, &scope, Days::ending(day, 3), Limits::Kept).unwrap();
    let path = place.state().join(format!("inbox/{site}.grant"));
    std::fs::write(path, &grant.sign(&place.root).unwrap()[..]).unwrap();
}

fn entries(place: &Place) -> Vec<EntryOutcome> {
    let log = std::fs::read(place.state().join(Log::FILE)).unwrap();
    let verified = place.auditor.verify(&log, None).unwrap();
    assert_eq!(verified.damage, []);
    verified.entries.iter().map(|entry| entry.mark).filter(|mark| *mark != EntryOutcome::Taken).collect()
}

#[test]
fn a_label_goes_to_the_device_of_its_place_and_onto_its_log() {
    let carriers = [12, 13, 14].map(|site| carrier(site, DAY, NOW));
    let mut others: Vec<Session> = carriers.iter().map(Place::open).collect();
    Session::check_distinct(&others).unwrap();
    let mut first = others.remove(0);
    let label = |at: usize, number| carriers[at].label(number, 12 + at as u16, ["王芳", "李四", "赵六"][at]);
    for (at_carrier, number) in [(0, 1), (2, 2), (1, 3), (1, 4), (0, 5)] {
        let label = label(at_carrier, number);
        Session::choose(&mut first, &mut others, &at(&label)).unwrap();
        assert_eq!(told(&mut first, &at(&label)), format!("{} 1", ["王芳", "李四", "赵六"][at_carrier]));
    }
    // Of a day that none has, the device of the station says so; what is no label stays with the one in front.
    let old = carriers[2].label_of(Day::new(DAY.number() - 40), 6, 14, "赵六");
    for (text, outcome) in [(old.as_str(), "too_old"), ("https://example.com", "not_ours")] {
        Session::choose(&mut first, &mut others, &at(text)).unwrap();
        assert_eq!(told(&mut first, &at(text)), outcome);
    }
    // A locked one has the labels that it loaded.
    let loaded = label(1, 7);
    Session::choose(&mut first, &mut others, &at(&loaded)).unwrap();
    first.load(&at(&loaded)).unwrap();
    first.lock(&carriers[1].depot.recipient(), NOW).unwrap();
    let elsewhere = label(0, 8);
    Session::choose(&mut first, &mut others, &at(&elsewhere)).unwrap();
    assert_eq!(told(&mut first, &at(&elsewhere)), "王芳 1");
    Session::choose(&mut first, &mut others, &at(&loaded)).unwrap();
    assert_eq!(told(&mut first, &at(&loaded)), "李四 1");
    drop((first, others));
    let counts = carriers.each_ref().map(|place| entries(place).len());
    assert_eq!(counts, [3, 5, 3]);
    // A grant that comes later makes two of one place: no label is tried with the other's key.
    grant(&carriers[2], 12, DAY, NOW + 1);
    let mut others = vec![carriers[2].open()];
    let mut first = carriers[0].open();
    let error = Session::choose(&mut first, &mut others, &at(&label(0, 9))).unwrap_err();
    assert!(matches!(error, SessionError::SamePlace { .. }), "{error}");
}

#[test]
fn two_devices_of_one_place_are_refused_by_name() {
    let carriers = [12, 12].map(|site| carrier(site, DAY, NOW));
    let sessions: Vec<Session> = carriers.iter().map(Place::open).collect();
    let error = Session::check_distinct(&sessions).unwrap_err();
    assert!(matches!(error, SessionError::SamePlace { .. }));
    let said = error.to_string();
    for place in &carriers {
        assert!(said.contains(place.state().to_str().unwrap()), "{said}");
    }
    assert!(said.contains("755-12"), "{said}");
}

#[test]
fn the_command_takes_a_state_folder_of_each_carrier() {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let today = Day::from_unix(now).unwrap();
    let carriers = [12, 13].map(|site| carrier(site, today, now));
    let courier = |places: &[&Place], lines: &str| {
        let mut command = wayseal(carriers[0].path(), &["courier"]);
        for place in places {
            command.arg("--state").arg(place.state());
        }
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let _ended = child.stdin.take().unwrap().write_all(lines.as_bytes());
        child.wait_with_output().unwrap()
    };
    let labels =
        [12, 13].map(|site| carriers[usize::from(site - 12)].label_of(today, site.into(), site, "王芳"));
    // The first is signed off while the second carrier's is no longer the last that was scanned.
    let out = courier(&[&carriers[0], &carriers[1]], &format!("{}\n1\n{}\n1\n0\n", labels[0], labels[1]));
    assert_eq!(code(&out), 0, "{}", text(&out.stderr));
    for place in &carriers {
        let marks = entries(place);
        assert!(
            marks.contains(&EntryOutcome::Opened) && marks.contains(&EntryOutcome::Delivered),
            "{marks:?}"
        );
    }
    let same = [carrier(12, today, now), carrier(12, today, now)];
    let out = courier(&[&same[0], &same[1]], "0\n");
    assert_eq!(code(&out), 3);
    assert!(text(&out.stderr).contains("both hold keys of 755-12"), "{}", text(&out.stderr));
}
