//! A pilot beside the old way: orders of stations that are not ready are kept as they came, and each order is in one place.

use crate::batch::kill;
use crate::common::command::{said, text};
use crate::common::print_room::{DAY, PrintRoom};
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::process::Command;
use std::time::Duration;

fn stations(from: &str) -> String {
    format!(
        "code,region,site,divisions,sealed_from\nSZ-NS-012,755,12,,2026-11-24\nSZ-FT-003,755,3,440304,{from}\n"
    )
}

/// Every third order is for a station that is not ready, by its code or by its address; every seventh has no name.
fn orders(count: u64) -> String {
    let mut orders = "﻿运单号;网点;收件人;手机;收货地址;备注\r\n".to_owned();
    for number in 0..count {
        let (code, address) = match number % 6 {
            0 => ("sz-ft-003", "人民路1号"),
            3 => ("", "广东省深圳市福田区人民路1号"),
            _ => ("SZ-NS-012", "人民路1号"),
        };
        let name = if number % 7 == 1 { "" } else { "王芳" };
        write!(orders, "SF77{number:011};{code};{name};1381234{number:04};{address};\"a;\"\"b\"\"\"\r\n")
            .unwrap();
    }
    orders
}

impl PrintRoom {
    fn piloted(&self, more: &[&str]) -> Command {
        let own = [
            "--day",
            DAY,
            "--grant",
            "sealer.grant",
            "--authority",
            "authority.pub",
            "--stations",
            "stations.csv",
        ];
        self.command(&[&["seal", "orders.csv"], more, &own].concat())
    }
}

#[test]
fn orders_of_stations_that_are_not_ready_are_kept_as_they_came_until_the_date_is_moved() {
    let room = PrintRoom::new();
    room.write("stations.csv", stations("2026-12-01"));
    room.write("orders.csv", orders(42));
    // Without a place for them nothing is begun.
    let out = room.piloted(&["--out", "labels.zip"]).output().unwrap();
    assert_eq!(out.status.code(), Some(2));
    assert!(
        said(&out).contains("1 stations are sealed for from a later day than 2026-11-24 on"),
        "{}",
        said(&out)
    );
    assert!(!room.at("labels.zip").exists() && !room.at("labels.zip.manifest.json").exists());

    let arguments = ["--out", "labels.zip", "--unsealed", "old.csv"];
    let out = room.piloted(&arguments).output().unwrap();
    let summary = text(&out.stdout);
    assert!(summary.starts_with("42 orders = 24 labels + 4 rejected + 14 unsealed"), "{summary}");
    assert!(summary.contains("old.csv holds the orders of stations that are not ready"), "{summary}");
    assert_eq!(out.status.code(), Some(1));
    // The rows as they came: mark, separator, quotes and all cells, also of rows that would be rejected.
    let kept = fs::read_to_string(room.at("old.csv")).unwrap();
    let came = orders(42);
    let expected = came.lines().enumerate().filter(|(line, _)| *line == 0 || (line - 1) % 3 == 0);
    assert_eq!(kept.lines().collect::<Vec<_>>(), expected.map(|(_, line)| line).collect::<Vec<_>>());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(room.at("old.csv")).unwrap().permissions().mode() & 0o777, 0o600);
    }
    // What is kept is not replaced unasked.
    let again = room.piloted(&["--out", "other.zip", "--unsealed", "old.csv"]).output().unwrap();
    assert_eq!(again.status.code(), Some(5), "{}", said(&again));
    assert!(fs::read_to_string(room.at("old.csv")).unwrap() == kept);

    // The date is moved: the same orders are sealed, and the grant decides whether they can be.
    room.write("stations.csv", stations(DAY));
    fs::rename(room.at("old.csv"), room.at("orders.csv")).unwrap();
    let out = room.piloted(&["--out", "later.zip"]).output().unwrap();
    assert!(text(&out.stdout).starts_with("14 orders = 0 labels + 14 rejected"), "{}", text(&out.stdout));
    assert!(said(&out).contains("the grant has no key for this station"), "{}", said(&out));
}

#[test]
fn what_is_kept_is_written_neither_into_the_orders_nor_into_the_rejects() {
    let room = PrintRoom::new();
    room.write("stations.csv", stations("2026-12-01"));
    room.write("orders.csv", orders(42));
    for files in
        [["--unsealed", "orders.csv", "--rejects", "a.csv"], ["--unsealed", "a.csv", "--rejects", "a.csv"]]
    {
        let arguments = [&["--out", "labels.zip", "--overwrite"], &files[..]].concat();
        let out = room.piloted(&arguments).output().unwrap();
        assert_eq!(out.status.code(), Some(2), "{}", said(&out));
        assert!(said(&out).contains("would be written for two uses"), "{}", said(&out));
    }
    assert_eq!(fs::read_to_string(room.at("orders.csv")).unwrap(), orders(42));
}

#[test]
fn a_rehearsal_counts_them_and_writes_nothing() {
    let room = PrintRoom::new();
    room.write("stations.csv", stations("2026-12-01"));
    room.write("orders.csv", orders(42));
    let out = room.piloted(&["--dry-run", "--unsealed", "old.csv", "--json"]).output().unwrap();
    let events = text(&out.stdout);
    let of = |line: &str| serde_json::from_str::<Value>(line).unwrap();
    assert_eq!(events.lines().map(of).filter(|event| event["event"] == "unsealed").count(), 14);
    assert_eq!(of(events.lines().last().unwrap())["unsealed"], 14);
    assert!(!room.at("old.csv").exists());
}

#[test]
fn a_pilot_that_is_killed_keeps_each_order_in_one_place() {
    let (alone, killed) = (PrintRoom::new(), PrintRoom::new());
    for room in [&alone, &killed] {
        room.write("stations.csv", stations("2026-12-01"));
        room.write("orders.csv", orders(400));
    }
    let arguments = ["--out", "labels.zip", "--unsealed", "old.csv", "--part", "40", "--resume"];
    alone.piloted(&arguments).output().unwrap();
    let manifest = |room: &PrintRoom| -> Option<Value> {
        serde_json::from_slice(&fs::read(room.at("labels.zip.manifest.json")).ok()?).ok()
    };
    for moment in [0, 3, 9, 20] {
        let rows = || manifest(&killed)?["rows"].as_u64();
        kill(killed.piloted(&arguments).spawn().unwrap(), rows, Duration::from_millis(moment));
        assert!(!room_has_partial(&alone, &killed), "a file under its final name is incomplete");
    }
    killed.piloted(&arguments).output().unwrap();
    for file in ["old.csv", "labels.zip.rejects.csv"] {
        assert!(fs::read(alone.at(file)).unwrap() == fs::read(killed.at(file)).unwrap(), "{file}");
    }
    let counts = manifest(&killed).unwrap();
    let count = |name: &str| counts[name].as_u64().unwrap();
    assert_eq!((count("rows"), count("unsealed")), (400, 134));
    assert_eq!(count("labels") + count("rejected") + count("unsealed"), 400);
}

/// Whether the file of unsealed orders is under its name and not whole.
fn room_has_partial(alone: &PrintRoom, killed: &PrintRoom) -> bool {
    fs::read(killed.at("old.csv")).is_ok_and(|kept| kept != fs::read(alone.at("old.csv")).unwrap())
}
