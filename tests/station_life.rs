//! A station's life: a split and a merge in the middle of a week, orders that name a station which is over, and files of stations
//! that would give a code or a place again too soon.

use crate::common::command::{said, text};
use crate::common::destinations::places_and_lives;
use crate::common::print_room::{PrintRoom, public_key_file};
use std::collections::BTreeMap;
use wayseal::authority::custody::Authority;
use wayseal::authority::day_keys::Days;
use wayseal::authority::issue::{GrantTerms, Limits, Scope, issue_within, pass};
use wayseal::batch::stations::{RESERVED_DAYS, Stations, StationsError};
use wayseal::keys::{Day, SealerId, Tier};
use wayseal::payload::Payload;
use wayseal::signed::grant::Grant;
use wayseal::signed::moment::Moment;
use wayseal::verifier::{Buffer, Verifier, Want};

const BOTH: [Tier; 2] = [Tier::Delivery, Tier::Contact];

/// On Wednesday A is split into B and C, by streets; on Thursday D and E become F. G stays as it is.
const STATIONS: &str = "code,region,site,divisions,routing,from,until,successor\n\
    A,755,12,广东省深圳市南山区,755-A,,2026-11-24,B;C\n\
    B,755,13,广东省深圳市南山区粤海街道;广东省深圳市南山区沙河街道,755-B,2026-11-25,,\n\
    C,755,14,广东省深圳市南山区,755-C,2026-11-25,,\n\
    D,755,15,广东省深圳市福田区,755-D,,2026-11-25,F\n\
    E,755,16,广东省深圳市罗湖区,755-E,,2026-11-25,F\n\
    F,755,17,广东省深圳市福田区;广东省深圳市罗湖区,755-F,2026-11-26,,\n\
    G,755,18,广东省深圳市宝安区,755-G,,,\n";

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// The morning of a day.
fn at(day: Day) -> u64 {
    Moment::start_of(day).0 + 9 * 3600
}

/// A print room whose authority and stations this test has.
struct Week {
    room: PrintRoom,
    root: Authority,
    stations: Stations,
}

impl Week {
    fn new() -> Self {
        let (room, root) = (PrintRoom::new(), Authority::generate(0).unwrap());
        room.write("authority.pub", public_key_file(&root));
        room.write("stations.csv", STATIONS);
        Self { room, root, stations: Stations::parse(STATIONS.as_bytes()).unwrap() }
    }

    fn terms(&self, to: &str, today: Day) -> GrantTerms {
        GrantTerms::new(to, at(today), at(today))
    }

    /// A sealer's grant of a morning: today and the two days after.
    fn sealer(&self, today: Day) {
        let days = Days::from(today, 3);
        let (places, lives) = places_and_lives(self.stations.within(days.from, days.until));
        let scope = Scope::Sealer { sealer: SealerId::new(7).unwrap(), destinations: &places };
        let terms = self.terms("sealer-7", today);
        let grant = issue_within(&self.root, terms, &scope, days, Limits::Kept, &lives).unwrap();
        wayseal::files::write(
            &self.room.at("sealer.grant"),
            &grant.sign(&self.root).unwrap(),
            wayseal::files::Access::Owner,
        )
        .unwrap();
    }

    /// A courier's grant of a morning for the stations with these codes, fourteen days back.
    fn scanner(&self, codes: &[&str], today: Day) -> Grant {
        let days = Days::ending(today, 14);
        let codes: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
        let reached = self.stations.reach(&codes, days.from, days.until).unwrap();
        let (places, lives) = places_and_lives(reached.iter().map(|it| it.station));
        let scope = Scope::Scanner { tiers: &BOTH, stations: &places };
        issue_within(&self.root, self.terms("pda", today), &scope, days, Limits::Kept, &lives).unwrap()
    }

    /// Seals rows on a day, and returns the texts by waybill number, and what was said.
    fn sealed(&self, orders: &str, day: Day, code: i32) -> (BTreeMap<String, String>, String) {
        self.room.write("orders.csv", orders);
        let day = day.to_string();
        let out = self
            .room
            .command(&[
                "seal",
                "orders.csv",
                "--out",
                "labels.jsonl",
                "--stations",
                "stations.csv",
                "--overwrite",
                "--day",
                &day,
                "--grant",
                "sealer.grant",
                "--authority",
                "authority.pub",
            ])
            .output()
            .unwrap();
        let told = text(&out.stdout) + &said(&out);
        assert_eq!(out.status.code(), Some(code), "{told}");
        // Without a label there is no file.
        let lines = std::fs::read_to_string(self.room.at("labels.jsonl")).unwrap_or_default();
        let of = |line: &str| {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            (line["waybill"].as_str().unwrap().to_owned(), line["text"].as_str().unwrap().to_owned())
        };
        (lines.lines().map(of).collect(), told)
    }
}

fn opens(grant: &Grant, text: &str, today: Day) -> bool {
    let mut buffer = Buffer::new();
    let payload = Payload::parse(text.as_bytes()).unwrap();
    let by_pass =
        grant.labels.iter().any(|label| label.keys().open(&payload, Want::Held, &mut buffer).is_ok());
    by_pass || Verifier::new(&grant.nodes, today).open(text.as_bytes(), Want::Held, &mut buffer).is_ok()
}

fn code_of(stations: &Stations, text: &str, day: Day) -> String {
    let payload = Payload::parse(text.as_bytes()).unwrap();
    stations.at(payload.header().region, payload.header().site, day).unwrap().code.clone()
}

#[test]
fn a_split_and_a_merge_in_a_week_leave_nothing_undeliverable_and_nobody_opens_the_other_half() {
    let week = Week::new();
    // (the station that the shop names, a district and street, who delivers it by Friday)
    let kinds = [
        ("A", "南山区", "粤海街道", "B"),
        ("A", "南山区", "西丽街道", "C"),
        ("", "南山区", "沙河街道", "B"),
        ("", "南山区", "桃源街道", "C"),
        ("D", "福田区", "沙头街道", "F"),
        ("E", "罗湖区", "桂园街道", "F"),
        ("", "罗湖区", "东门街道", "F"),
        ("G", "宝安区", "新安街道", "G"),
    ];
    let mut all: Vec<(Day, String, &str)> = Vec::new();
    let mut number = 0_u64;
    for (weekday, date) in
        ["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27"].into_iter().enumerate()
    {
        let today = day(date);
        // The print room fetches keys on Monday and on Thursday.
        if weekday % 3 == 0 {
            week.sealer(today);
        }
        let mut orders = "waybill,station,name,phone,province,city,district,street,detail\n".to_owned();
        let mut who = BTreeMap::new();
        for (station, district, street, courier) in kinds {
            number += 1;
            let waybill = format!("YT{number:013}");
            orders += &format!(
                "{waybill},{station},王芳,13812345678,广东省,深圳市,{district},{street},人民路{number}号\n"
            );
            who.insert(waybill, courier);
        }
        let (labels, told) = week.sealed(&orders, today, 0);
        assert_eq!(labels.len(), kinds.len(), "{told}");
        // The shop keeps using the old codes, and is told of each label that went to a successor.
        let succeeded = [0, 0, 2, 4, 4][weekday];
        assert_eq!(
            told.contains(&format!("{succeeded} labels are for the successor of the station")),
            succeeded > 0,
            "{date}: {told}"
        );
        for (waybill, label) in labels {
            let station = code_of(&week.stations, &label, today);
            let expected = match who[&waybill] {
                "B" | "C" if weekday < 2 => "A",
                "F" if weekday < 3 => ["D", "E"][usize::from(station == "E")],
                after => after,
            };
            assert_eq!(station, expected, "{date}");
            all.push((today, label, who[&waybill]));
        }
    }

    let friday = day("2026-11-27");
    let [b, c, f, g] = ["B", "C", "F", "G"].map(|code| week.scanner(&[code], friday));
    // What was sealed for A before the split is sorted by hand, and the couriers of each half get a pass for theirs.
    let old = |courier| -> Vec<&String> {
        let of = |(on, label, who): &&(Day, String, &str)| {
            *who == courier && *on < day("2026-11-25") && !label.is_empty()
        };
        all.iter().filter(of).map(|(_, label, _)| label).collect()
    };
    let by_pass = |courier| {
        let terms = week.terms("pda", friday).topping_up();
        pass(&week.root, terms, &old(courier), &BOTH, Days::from(friday, 3), Limits::Kept).unwrap()
    };
    let (b_pass, c_pass) = (by_pass("B"), by_pass("C"));
    let couriers: [(&str, Vec<&Grant>); 4] =
        [("B", vec![&b, &b_pass]), ("C", vec![&c, &c_pass]), ("F", vec![&f]), ("G", vec![&g])];
    for (on, label, who) in &all {
        let open: Vec<&str> = couriers
            .iter()
            .filter(|(_, grants)| grants.iter().any(|grant| opens(grant, label, friday)))
            .map(|(courier, _)| *courier)
            .collect();
        assert_eq!(open, [*who], "sealed on {on}");
    }
    // Without the passes nobody opens A's last labels; by them nobody opens more than these.
    assert_eq!(all.iter().filter(|(_, label, _)| opens(&b, label, friday)).count(), 6);
    assert_eq!(all.iter().filter(|(_, label, _)| opens(&b_pass, label, friday)).count(), 4);
}

#[test]
fn no_key_of_a_station_is_given_for_a_day_on_which_it_does_not_exist() {
    let week = Week::new();
    let (tuesday, wednesday) = (day("2026-11-24"), day("2026-11-25"));
    let days_of = |grant: &Grant, site: u16| {
        let mut days: Vec<_> = grant
            .nodes
            .iter()
            .filter(|node| node.path().tier() == Tier::Delivery && node.path().site_of().number() == site)
            .map(|node| node.path().day_of())
            .collect();
        days.dedup();
        (days.len(), days.first().copied(), days.last().copied())
    };
    // F's couriers deliver what is left of D and E; who names A gets its days until Tuesday.
    let f = week.scanner(&["F"], day("2026-11-27"));
    assert_eq!(days_of(&f, 17), (2, Some(day("2026-11-26")), Some(day("2026-11-27"))));
    for site in [15, 16] {
        assert_eq!(days_of(&f, site), (12, Some(day("2026-11-14")), Some(wednesday)));
    }
    let a = week.scanner(&["A", "B"], day("2026-11-27"));
    assert_eq!(days_of(&a, 12), (11, Some(day("2026-11-14")), Some(tuesday)));
    assert_eq!(days_of(&a, 14), (0, None, None));
    // A print room whose file of stations is old cannot seal for A on Wednesday: it has no key, and the row says so.
    week.sealer(day("2026-11-23"));
    week.room.write("stations.csv", "code,region,site\nA,755,12\n");
    let orders = "waybill,station,name,phone,province,city,district,street,detail\n\
        YT0000000000001,A,王芳,13812345678,广东省,深圳市,南山区,粤海街道,人民路1号\n";
    let (labels, told) = week.sealed(orders, wednesday, 1);
    assert!(
        labels.is_empty() && told.contains("the grant has no key for this station on this day"),
        "{told}"
    );
}

#[test]
fn an_order_for_a_station_that_is_over_is_told_where_it_went_or_why_it_did_not() {
    let week = Week::new();
    week.sealer(day("2026-11-25"));
    let header = "waybill,station,name,phone,province,city,district,street,detail,routing\n";
    let row = |number: u32, station: &str, district: &str, street: &str| {
        format!(
            "YT{number:013},{station},王芳,13812345678,广东省,深圳市,{district},{street},人民路9号,755-OLD\n"
        )
    };
    let wednesday = day("2026-11-25");
    let orders = header.to_owned()
        + &row(1, "A", "南山区", "粤海街道")
        // Neither half serves that address.
        + &row(2, "A", "龙岗区", "平湖街道")
        // Not yet: F begins on Thursday.
        + &row(3, "F", "福田区", "沙头街道");
    let (labels, told) = week.sealed(&orders, wednesday, 1);
    assert_eq!(labels.len(), 1, "{told}");
    for part in [
        "line 3, station: station A was over after 2026-11-24, and the file of stations does not say which of its successors \
         serves the address: B, C; add the code of one",
        "line 4, station: station F begins on 2026-11-26; add the code of the one that serves the address until then",
        "1 labels are for the successor of the station that their orders name, which is over",
        "3 orders = 1 labels + 2 rejected",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(!told.contains("平湖") && !told.contains("人民路"), "{told}");
    // A preview counts it where it goes.
    let out = week.room.command(&[
        "seal",
        "orders.csv",
        "--preview",
        "preview.html",
        "--stations",
        "stations.csv",
        "--day",
        "2026-11-25",
        "--grant",
        "sealer.grant",
        "--authority",
        "authority.pub",
    ]);
    let mut out = out;
    let out = out.output().unwrap();
    assert_eq!(out.status.code(), Some(1), "{}", said(&out));
    let page = std::fs::read_to_string(week.room.at("preview.html")).unwrap();
    assert!(page.contains("B  1"), "{page}");

    // Without a successor the order is a reject that says so.
    week.room.write("stations.csv", STATIONS.replace(",2026-11-24,B;C", ",2026-11-24,"));
    let (_, told) = week.sealed(&(header.to_owned() + &row(1, "A", "南山区", "粤海街道")), wednesday, 1);
    assert!(told.contains("station A was over after 2026-11-24 and has no successor"), "{told}");
}

#[test]
fn a_code_or_place_is_not_given_again_within_512_days() {
    let parse = |rows: &str| {
        Stations::parse(format!("code,region,site,divisions,from,until,successor\n{rows}").as_bytes())
    };
    let (last, gap) = (Day::new(2500), RESERVED_DAYS);
    let later = |days: u16| Day::new(last.number() + days);
    for (code, place) in [("A", "1,3"), ("B", "1,2"), ("A", "1,2")] {
        // In either order of the rows.
        for turned in [false, true] {
            for (days, refused) in [(1, true), (gap, true), (gap + 1, false)] {
                let mut rows = [
                    format!("A,1,2,440305,,{last},\n"),
                    format!("{code},{place},440305,{},,\n", later(days)),
                ];
                if turned {
                    rows.reverse();
                }
                match parse(&rows.concat()) {
                    Err(StationsError::Reserved { line: 3, other: 2, days: told }) => {
                        assert!(refused && told == days, "{rows:?}");
                    }
                    Ok(_) => assert!(!refused, "{rows:?}"),
                    Err(error) => panic!("{rows:?}: {error}"),
                }
            }
            // On one day at once it is a duplicate, as ever.
            let rows = [format!("A,1,2,,,{last},\n"), format!("{code},{place},,{last},,\n")];
            assert!(matches!(parse(&rows.concat()), Err(StationsError::Twice(3))), "{rows:?}");
        }
    }
    // The one of the day is found; a code whose time has not come, or is over, is found too, for what there is to say.
    let twice = parse(&format!("A,1,2,440305,,{last},\nA,1,2,440305,{},,\n", later(600))).unwrap();
    for (day, until) in [(last, true), (later(10), true), (later(600), false), (later(900), false)] {
        assert_eq!(twice.find_on("A", day).unwrap().life.until.is_some(), until, "{day}");
    }
    assert!(twice.at(twice.all()[0].region, twice.all()[0].site, later(10)).is_none());

    for (rows, expected) in [
        ("A,1,2,,2026-11-25,2026-11-24,\n", "line 2: `until` comes before `from`"),
        ("A,1,2,,,,B\nB,1,3,,,,\n", "line 2: a station with a successor needs its last day"),
        ("A,1,2,,,2026-11-24,B\n", "line 2: its successor B is no station of the file on 2026-11-25"),
        (
            "A,1,2,,,2026-11-24,B\nB,1,3,,2026-11-26,,\n",
            "line 2: its successor B is no station of the file on 2026-11-25",
        ),
        ("A,1,2,,,2026-11-24,A\n", "line 2: its successor A is no station of the file on 2026-11-25"),
        (
            "A,1,2,,,2026-11-24,B\nB,1,3,,,2026-11-24,A\n",
            "line 2: its successor B is no station of the file on 2026-11-25",
        ),
        ("A,1,2,,,24.11.2026,\n", "line 2: until must be a day"),
        (
            "A,1,2,440305,,2026-11-24,\nB,1,3,440305,2026-11-24,,\n",
            "line 3: divisions has an item that the station of line 2",
        ),
    ] {
        let error = parse(rows).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{rows}: {error}");
    }
}

#[test]
fn the_authority_gives_keys_by_the_lives_of_stations_and_says_so() {
    let place = tempfile::tempdir().unwrap();
    let at = |name: &str| place.path().join(name);
    let run = |arguments: &[&str], code: i32| {
        let mut command = crate::common::command::wayseal(place.path(), arguments);
        let out = command.env("WAYSEAL_PASSPHRASE", "of a test").output().unwrap();
        let told = text(&out.stdout) + &said(&out);
        assert_eq!(out.status.code(), Some(code), "{arguments:?}: {told}");
        told
    };
    let today =
        Day::from_unix(std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs());
    let back = |days: u16| Day::new(today.unwrap().number() - days);
    std::fs::write(
        at("stations.csv"),
        format!(
            "code,region,site,from,until,successor\nD,1,2,,{},F\nE,1,3,,{},F\nF,1,4,{},,\nOLD,1,5,,{},F\nA,1,6,,{},B;C\n\
             B,1,7,{},,\nC,1,8,{},,\n",
            back(2), back(3), back(30), back(20), back(40), back(39), back(39)
        ),
    )
    .unwrap();
    run(&["authority", "init"], 0);
    let told = run(&["authority", "grant", "scanner", "--station", "F", "-o", "f.grant"], 0);
    for code in ["D", "E"] {
        assert!(told.contains(&format!("with the keys of station {code}, which was over after")), "{told}");
    }
    assert!(!told.contains("OLD"), "none of its days is in the grant: {told}");
    let told = run(&["authority", "grant", "scanner", "--station", "A", "-o", "a.grant"], 2);
    assert!(told.contains("name its successor: B, C") && !at("a.grant").exists(), "{told}");
    let told = run(&["authority", "grant", "scanner", "--station", "A", "--lang", "zh", "-o", "a.grant"], 2);
    assert!(told.contains("请填写后继网点：B, C"), "{told}");
    // In bulk: the line that names a station which is over fails, and the others are made.
    std::fs::write(at("devices.csv"), "to,stations\npda-1,F\npda-2,A\npda-3,D;F\n").unwrap();
    let told = run(&["authority", "grant", "--devices", "devices.csv", "--out", "grants"], 1);
    assert!(told.contains("line 3: stations: station A was over after"), "{told}");
    assert!(told.contains("line 2: with the keys of station D"), "{told}");
    assert!(told.contains("grants made 2") && told.contains("failed 1"), "{told}");
}
