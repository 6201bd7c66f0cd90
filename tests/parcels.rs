//! Orders of several parcels and orders with payment: a label for each parcel, what is collected on the label, and counts that
//! add up.

use crate::batch::kill;
use crate::common::command::{said, text};
use crate::common::print_room::PrintRoom;
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::time::Duration;

const HEADER: &str = "运单号,网点,收件人,手机,详细地址,件数,子单号,代收金额,付款方式,保价金额";

fn rows(rows: &[&str]) -> String {
    let mut orders = format!("{HEADER}\n");
    for (at, row) in rows.iter().enumerate() {
        let (number, rest) = row.split_once(' ').unwrap_or((row, ",,,,"));
        writeln!(orders, "{number},SZ-NS-012,王芳,138123456{:02},人民路{at}号,{rest}", at % 100).unwrap();
    }
    orders
}

fn payloads(room: &PrintRoom, name: &str) -> Vec<Value> {
    let lines = fs::read_to_string(room.at(name)).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn three_parcels_are_three_labels_and_one_order() {
    let room = PrintRoom::new();
    let orders = rows(&["SF1390004216501 3,SF1390004216601;SF1390004216602,299,到付,2000"]);
    room.write("orders.csv", &orders);
    let out = room.sealed(&["orders.csv", "--out", "labels.jsonl"], 0);
    assert!(
        text(&out.stdout).starts_with("1 orders = 3 labels (of 1 orders) + 0 rejected"),
        "{}",
        text(&out.stdout)
    );
    let labels = payloads(&room, "labels.jsonl");
    let place = |label: &Value| {
        (label["waybill"].as_str().unwrap().to_owned(), label["piece"].as_u64(), label["pieces"].as_u64())
    };
    let places: Vec<_> = labels.iter().map(place).collect();
    let expected = ["SF1390004216501", "SF1390004216601", "SF1390004216602"];
    let expected: Vec<_> =
        (1..).zip(expected).map(|(at, number)| (number.to_owned(), Some(at), Some(3))).collect();
    assert_eq!(places, expected);
    // An amount is collected once; who pays for the carriage is on each.
    assert_eq!((&labels[0]["cod"], &labels[0]["declared"]), (&"CNY 299".into(), &"CNY 2000".into()));
    assert!(labels[1..].iter().all(|label| label["cod"].is_null() && label["payment"] == "collect"));

    // In every format the label says so: it is other than the same order's without parcels and payment.
    for format in ["png", "svg", "pdf", "zpl", "tspl", "zpl-native", "tspl-native"] {
        let folder = format!("of-{format}");
        room.sealed(&["orders.csv", "--out", &folder, "--format", format], 0);
        room.write("plain.csv", rows(&["SF1390004216501", "SF1390004216601", "SF1390004216602"]));
        let plain = format!("plain-{format}");
        room.sealed(&["plain.csv", "--out", &plain, "--format", format], 0);
        let ending = format.trim_end_matches("-native");
        for number in ["SF1390004216501", "SF1390004216601", "SF1390004216602"] {
            let read = |folder: &str| fs::read(room.at(&format!("{folder}/{number}.{ending}"))).unwrap();
            assert!(read(&folder) != read(&plain), "{format} {number}");
        }
    }
    // Where the template shows neither, the label is that of an order without parcels.
    room.write("bare.toml", "pieces = false\n");
    room.write("pieces.csv", rows(&["SF1390004216501 2,SF1390004216601,,,"]));
    room.write("one.csv", rows(&["SF1390004216501"]));
    room.sealed(&["pieces.csv", "--out", "bare", "--template", "bare.toml"], 0);
    room.sealed(&["one.csv", "--out", "one"], 0);
    let read = |folder: &str| fs::read(room.at(&format!("{folder}/SF1390004216501.png"))).unwrap();
    assert!(read("bare") == read("one"));
}

#[test]
fn one_parcel_is_printed_again_by_its_own_number_and_from_it_on() {
    let room = PrintRoom::new();
    room.write("orders.csv", rows(&["JD0012345678901 3,,,,", "SF1390004216501"]));
    room.sealed(&["orders.csv", "--out", "all.jsonl"], 0);
    let all = payloads(&room, "all.jsonl");
    room.sealed(&["orders.csv", "--out", "only.jsonl", "--only", "jd0012345678901-2-3-"], 0);
    assert_eq!(payloads(&room, "only.jsonl"), all[1..2]);
    room.sealed(&["orders.csv", "--out", "from.jsonl", "--from", "JD0012345678901-2-3-"], 0);
    assert_eq!(payloads(&room, "from.jsonl"), all[1..]);
}

#[test]
fn parcels_without_numbers_and_payment_that_is_not_understood_are_rejects() {
    let room = PrintRoom::new();
    room.write(
        "orders.csv",
        rows(&[
            "SF1390004216501 3,,,,",
            "SF1390004216502 0,,,,",
            "SF1390004216503 2,SF1390004216504,,,",
            "SF1390004216504",
            "SF1390004216505 ,,一百,,",
            "SF1390004216506 ,,,货到付款,",
            "SF1390004216507 ,,,,保",
            "SF1390004216508 2,SF1390004216509,,寄付,",
        ]),
    );
    let out = room.sealed(&["orders.csv", "--out", "labels.jsonl"], 1);
    assert!(
        text(&out.stdout).starts_with("8 orders = 4 labels (of 2 orders) + 6 rejected"),
        "{}",
        text(&out.stdout)
    );
    let said = said(&out);
    for reason in [
        "line 2, children: 3 parcels and 1 numbers; each parcel needs its own number",
        "line 3, pieces: not a number of parcels from 1 to 200",
        "line 5, waybill: an earlier row",
        "line 6, cod: not an amount",
        "line 7, payment: not known; write 到付",
        "line 8, declared: not an amount",
    ] {
        assert!(said.contains(reason), "{reason}: {said}");
    }
    let rejects = fs::read_to_string(room.at("labels.jsonl.rejects.csv")).unwrap();
    assert_eq!(rejects.lines().count(), 7);
}

#[test]
fn payment_that_the_template_does_not_print_is_no_label() {
    let room = PrintRoom::new();
    room.write("orders.csv", rows(&["SF1390004216501 ,,299,,", "SF1390004216502"]));
    room.write("template.toml", "payment = false\n");
    let out = room.sealed(&["orders.csv", "--out", "labels", "--template", "template.toml"], 1);
    assert!(said(&out).contains("line 2, payment: the template does not print payment"), "{}", said(&out));
}

/// Orders of one to four parcels, so that every tenth part or so ends within an order if parts are cut by labels.
fn many() -> (String, u64) {
    let (mut orders, mut labels) = (format!("{HEADER}\n"), 0);
    for number in 0..150_u64 {
        let pieces = number * 7 % 4 + 1;
        labels += pieces;
        writeln!(orders, "JD87{number:011},SZ-NS-012,王芳,1381234{number:04},人民路{number}号,{pieces},,,,")
            .unwrap();
    }
    (orders, labels)
}

#[test]
fn a_batch_of_parcels_that_is_killed_goes_on_to_the_same_labels_and_no_order_is_divided() {
    let (orders, count) = many();
    for name in ["labels.zip", "labels.jsonl"] {
        let (alone, killed) = (PrintRoom::new(), PrintRoom::new());
        for room in [&alone, &killed] {
            room.write("orders.csv", &orders);
        }
        let arguments = ["orders.csv", "--out", name, "--part", "11", "--resume"];
        alone.sealed(&arguments, 0);
        let manifest = |room: &PrintRoom| -> Option<Value> {
            serde_json::from_slice(&fs::read(room.at(&format!("{name}.manifest.json"))).ok()?).ok()
        };
        for moment in [0, 2, 5, 11, 23] {
            let rows = || manifest(&killed)?["rows"].as_u64();
            kill(killed.seal(&arguments).spawn().unwrap(), rows, Duration::from_millis(moment));
        }
        killed.sealed(&arguments, 0);
        let (whole, resumed) = (manifest(&alone).unwrap(), manifest(&killed).unwrap());
        assert_eq!((&whole["labels"], &whole["rows"]), (&count.into(), &150.into()));
        assert_eq!(whole["parts"], resumed["parts"]);
        assert_eq!((&whole["labels"], &whole["more_labels"]), (&resumed["labels"], &resumed["more_labels"]));
        let parts = whole["parts"].as_array().unwrap();
        assert_eq!(parts.iter().map(|part| part["labels"].as_u64().unwrap()).sum::<u64>(), count);
        for part in parts {
            let file = part["file"].as_str().unwrap();
            assert!(fs::read(alone.at(file)).unwrap() == fs::read(killed.at(file)).unwrap(), "{file}");
            assert!(name != "labels.zip" || part["labels"].as_u64().unwrap() <= 11);
        }
    }
}
