//! Waybill numbers that the carrier assigned are handed out once, durably, and the same on each run of the same orders.

use crate::batch::kill;
use crate::common::command::{said, text};
use crate::common::print_room::PrintRoom;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::time::Duration;

const RANGES: &str = "first,last,check\nSF1390004216500,SF1390004216999,\nRR473124829CN,RR473126008CN,s10\n";

/// Orders without numbers; every seventh has three parcels, every eleventh its own number, every thirteenth no name.
fn orders(count: u64) -> String {
    let mut orders = "网点,运单号,收件人,手机,详细地址,件数\n".to_owned();
    for at in 0..count {
        let own = if at % 11 == 5 { format!("YT88{at:011}") } else { String::new() };
        let name = if at % 13 == 4 { "" } else { "王芳" };
        let pieces = if at % 7 == 3 { "3" } else { "" };
        writeln!(orders, "SZ-NS-012,{own},{name},1381234{at:04},人民路{at}号,{pieces}").unwrap();
    }
    orders
}

impl PrintRoom {
    /// The numbers on the payloads of a file, in their order.
    fn numbers(&self, name: &str) -> Vec<String> {
        let lines = fs::read_to_string(self.at(name)).unwrap();
        let of =
            |line: &str| serde_json::from_str::<Value>(line).unwrap()["waybill"].as_str().unwrap().to_owned();
        lines.lines().map(of).collect()
    }

    /// The numbers that the ledger lists, each as often as it is listed.
    fn listed(&self) -> Vec<String> {
        let ledger = fs::read_to_string(self.at("waybills.csv.ledger")).unwrap_or_default();
        let mut listed = Vec::new();
        for line in ledger.lines() {
            let run: Value = serde_json::from_str(line).unwrap();
            let count = run["rows"].as_u64().unwrap() * run["each"].as_u64().unwrap();
            let first = run["first"].as_str().unwrap();
            if let Some(digits) = first.strip_prefix("SF") {
                let first: u64 = digits.parse().unwrap();
                listed.extend((first..first + count).map(|number| format!("SF{number}")));
            } else {
                // The serial numbers tell these apart.
                let first: u64 = first[2..10].parse().unwrap();
                listed.extend((first..first + count).map(|serial| format!("RR{serial}")));
            }
        }
        listed
    }
}

/// A number without the check digit and the country of S10.
fn serial(number: &str) -> String {
    if number.starts_with("RR") { number[..10].to_owned() } else { number.to_owned() }
}

#[test]
fn orders_without_a_number_get_one_each_and_the_summary_says_how_many_are_left() {
    let room = PrintRoom::new();
    room.write("waybills.csv", RANGES);
    room.write("orders.csv", orders(30));
    let out = room.sealed(&["orders.csv", "--out", "labels.jsonl", "--waybills", "waybills.csv"], 1);
    let summary = text(&out.stdout);
    let numbers = room.numbers("labels.jsonl");
    let own = numbers.iter().filter(|number| number.starts_with("YT")).count();
    let new = numbers.len() - own;
    assert!(summary.contains(&format!("{new} waybill numbers handed out; ")), "{summary}");
    assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), numbers.len());
    // In the order of the orders, and none to a row that is rejected.
    let handed: Vec<&String> = numbers.iter().filter(|number| number.starts_with("SF")).collect();
    assert!(handed.is_sorted() && *handed[0] == "SF1390004216500", "{handed:?}");
    assert_eq!(room.listed().len(), new);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(room.at("waybills.csv.ledger")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let ledger = fs::read_to_string(room.at("waybills.csv.ledger")).unwrap();
    assert!(
        !ledger.contains("王芳") && !ledger.contains("138") && !ledger.contains("orders.csv"),
        "{ledger}"
    );

    // The same orders again, elsewhere and in another form: the same numbers, and no new ones.
    let out = room.sealed(&["orders.csv", "--out", "again.jsonl", "--waybills", "waybills.csv", "--json"], 1);
    assert_eq!(room.numbers("again.jsonl"), numbers);
    let finished: Value = serde_json::from_str(text(&out.stdout).lines().last().unwrap()).unwrap();
    assert_eq!(finished["waybills"]["handed_out"], 0);
    assert_eq!(fs::read_to_string(room.at("waybills.csv.ledger")).unwrap(), ledger);
    // One label by its number.
    room.sealed(&["orders.csv", "--out", "one.jsonl", "--waybills", "waybills.csv", "--only", handed[2]], 0);
    assert_eq!(room.numbers("one.jsonl"), [handed[2].as_str()]);
    // Other orders get others.
    room.write("orders.csv", orders(31));
    room.sealed(&["orders.csv", "--out", "other.jsonl", "--waybills", "waybills.csv"], 1);
    let others = room.numbers("other.jsonl");
    assert!(others.iter().filter(|number| number.starts_with("SF")).all(|number| !numbers.contains(number)));
}

#[test]
fn without_a_column_of_numbers_all_come_from_the_ranges_and_a_rehearsal_hands_out_none() {
    let room = PrintRoom::new();
    room.write("waybills.csv", RANGES);
    room.write("orders.csv", "station,name,phone,detail\nSZ-NS-012,王芳,13812345678,人民路1号\n");
    let out = room.sealed(&["orders.csv", "--dry-run", "--waybills", "waybills.csv"], 0);
    assert!(text(&out.stdout).contains("1 waybill numbers handed out"), "{}", text(&out.stdout));
    assert!(!room.at("waybills.csv.ledger").exists());
    room.sealed(&["orders.csv", "--out", "labels.jsonl", "--waybills", "waybills.csv"], 0);
    assert_eq!(room.numbers("labels.jsonl"), ["SF1390004216500"]);
    // Standard input is read once.
    let out = room.seal(&["-", "--out", "x.jsonl", "--waybills", "waybills.csv"]).output().unwrap();
    assert_eq!(out.status.code(), Some(2), "{}", said(&out));
}

#[test]
fn a_batch_that_needs_more_numbers_than_there_are_is_not_begun() {
    let room = PrintRoom::new();
    room.write("waybills.csv", "first,last\nSF1390004216500,SF1390004216509\n");
    room.write("orders.csv", orders(30));
    for (language, expected) in
        [("en", "10 numbers are left, and 21 more are needed"), ("zh", "单号还剩 10 个，还缺 21 个")]
    {
        let arguments =
            ["orders.csv", "--out", "labels.jsonl", "--waybills", "waybills.csv", "--lang", language];
        let out = room.seal(&arguments).output().unwrap();
        assert_eq!(out.status.code(), Some(5));
        assert!(said(&out).contains(expected), "{}", said(&out));
        assert!(!room.at("labels.jsonl").exists() && !room.at("waybills.csv.ledger").exists());
    }
    // With more of them the same command runs.
    room.write(
        "waybills.csv",
        "first,last\nSF1390004216500,SF1390004216509\nSF1390004217500,SF1390004217599\n",
    );
    room.sealed(&["orders.csv", "--out", "labels.jsonl", "--waybills", "waybills.csv"], 1);
}

#[test]
fn an_order_that_is_rejected_late_is_told_its_number() {
    let room = PrintRoom::new();
    room.write("waybills.csv", RANGES);
    let detail = "人民路".repeat(90);
    room.write("orders.csv", format!("station,name,phone,detail\nSZ-NS-012,王芳,13812345678,{detail}\n"));
    let out = room.sealed(&["orders.csv", "--out", "labels.jsonl", "--waybills", "waybills.csv"], 1);
    let said = said(&out);
    assert!(
        said.contains("detail: the delivery section is")
            && said.contains("its waybill number SF1390004216500"),
        "{said}"
    );
}

#[test]
fn an_order_that_is_refused_for_its_row_is_told_that_and_not_that_it_has_no_number() {
    let room = PrintRoom::new();
    room.write("waybills.csv", RANGES);
    let head = "waybill,station,name,phone,detail,支付方式,代收金额,discreet,goods\n";
    let row = |end: &str| format!(",SZ-NS-012,王芳,13812345678-1234,人民路5号,{end}\n");
    let rows = ["货到付款,,,", ",abc,,", ",,perhaps,", ",,,转1234", ",,,"].map(row).concat();
    room.write("orders.csv", head.to_owned() + &rows);
    for numbers in [&["--waybills", "waybills.csv"][..], &[]] {
        let arguments: Vec<&str> =
            ["orders.csv", "--out", "labels.jsonl", "--overwrite"].iter().chain(numbers).copied().collect();
        let said = said(&room.sealed(&arguments, 1));
        for reason in ["line 2, cod:", "line 3, cod:", "line 4, discreet:", "line 5, goods:"] {
            assert!(said.contains(reason), "{reason} {said}");
        }
        let without = said.contains("line 6, waybill: waybill is empty");
        assert_eq!(without, numbers.is_empty(), "{said}");
    }
    assert_eq!(room.listed(), ["SF1390004216500"]);
}

#[test]
fn a_batch_that_is_killed_at_any_moment_uses_no_number_twice_and_goes_on_with_the_same() {
    let room = PrintRoom::new();
    room.write("waybills.csv", RANGES);
    room.write("orders.csv", orders(250));
    let arguments =
        ["orders.csv", "--out", "labels.jsonl", "--waybills", "waybills.csv", "--part", "20", "--resume"];
    let mut seen: BTreeMap<usize, String> = BTreeMap::new();
    for moment in [0, 1, 2, 4, 8, 16, 32] {
        let ledger = room.at("waybills.csv.ledger");
        let length = || fs::metadata(&ledger).ok().map(|file| file.len());
        let child = room.seal(&arguments).spawn().unwrap();
        if length().is_none() {
            kill(child, length, Duration::from_millis(moment));
        } else {
            std::thread::sleep(Duration::from_millis(40 + 7 * moment));
            kill(child, || None, Duration::ZERO);
        }
        let hidden = room.at(".labels.jsonl.part");
        let lines = fs::read_to_string(&hidden).unwrap_or_default();
        // What is written so far has the same numbers as before.
        for (at, line) in lines.lines().enumerate() {
            let Ok(label) = serde_json::from_str::<Value>(line) else { continue };
            let number = label["waybill"].as_str().unwrap().to_owned();
            assert_eq!(seen.entry(at).or_insert_with(|| number.clone()), &number);
        }
    }
    room.sealed(&arguments, 1);
    let numbers = room.numbers("labels.jsonl");
    for (at, number) in seen {
        assert_eq!(numbers[at], number);
    }
    assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), numbers.len());
    // The ledger lists each number once, and exactly those on labels.
    let listed = room.listed();
    let handed: BTreeSet<String> =
        numbers.iter().filter(|number| !number.starts_with("YT")).map(|number| serial(number)).collect();
    assert_eq!(listed.iter().cloned().collect::<BTreeSet<_>>(), handed);
    assert_eq!(listed.len(), handed.len());
}

#[test]
fn two_batches_at_once_share_no_number() {
    let room = PrintRoom::new();
    room.write("waybills.csv", RANGES);
    let names: Vec<String> = (0..4).map(|at| format!("orders{at}.csv")).collect();
    for (at, name) in (0..).zip(&names) {
        room.write(name, orders(20 + at));
    }
    let children: Vec<_> = names
        .iter()
        .map(|name| {
            let out = format!("{name}.jsonl");
            room.seal(&[name, "--out", &out, "--waybills", "waybills.csv"]).spawn().unwrap()
        })
        .collect();
    for child in children {
        let out = child.wait_with_output().unwrap();
        assert_eq!(out.status.code(), Some(1), "{}", said(&out));
    }
    let all: Vec<String> = names
        .iter()
        .flat_map(|name| room.numbers(&format!("{name}.jsonl")))
        .filter(|number| !number.starts_with("YT"))
        .collect();
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    assert_eq!(room.listed().len(), all.len());
}

#[test]
fn a_ledger_that_is_lost_does_not_let_a_batch_be_resumed_with_other_numbers() {
    let room = PrintRoom::new();
    room.write("waybills.csv", RANGES);
    room.write("orders.csv", orders(250));
    let arguments =
        ["orders.csv", "--out", "labels.zip", "--waybills", "waybills.csv", "--part", "20", "--resume"];
    let rows = || {
        let manifest = fs::read(room.at("labels.zip.manifest.json")).ok()?;
        serde_json::from_slice::<Value>(&manifest).ok()?["rows"].as_u64().filter(|rows| *rows > 0)
    };
    kill(room.seal(&arguments).spawn().unwrap(), rows, Duration::ZERO);
    assert!(rows().is_some());
    fs::remove_file(room.at("waybills.csv.ledger")).unwrap();
    let out = room.seal(&arguments).output().unwrap();
    assert_eq!(out.status.code(), Some(5));
    assert!(said(&out).contains("lacks numbers of labels that are made already"), "{}", said(&out));
}

#[test]
fn files_that_are_no_ranges_are_refused_in_both_languages() {
    let room = PrintRoom::new();
    room.write("orders.csv", orders(3));
    let twice = "first,last\nSF1390004216500,SF1390004216509\nSF1390004216509,SF1390004216519\n";
    room.write("waybills.csv", twice);
    for (language, expected) in [
        ("en", "line 3: the range has numbers in common with that of line 2"),
        ("zh", "第 3 行：号段与第 2 行有重叠"),
    ] {
        let arguments =
            ["orders.csv", "--out", "labels.jsonl", "--waybills", "waybills.csv", "--lang", language];
        let out = room.seal(&arguments).output().unwrap();
        assert_eq!(out.status.code(), Some(4));
        assert!(said(&out).contains(expected), "{}", said(&out));
    }
}
