//! Delivery codes through the command: where they go, where they never go, and that none is lost or doubled.

use crate::batch::kill;
use crate::common::command::{printed, text};
use crate::common::print_room::PrintRoom;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::VerifyingKey;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;
use wayseal::keys::{DeliveryCode, Tier};
use wayseal::payload::Payload;
use wayseal::signed::envelope::{self, Identity};
use wayseal::signed::grant::Grant;

fn orders(count: u64) -> String {
    let mut orders = "waybill,station,name,phone,detail\n".to_owned();
    for number in 0..count {
        writeln!(orders, "YT88{:011},SZ-NS-012,王芳,13812345678,人民路{number}号", number + 1_000_000)
            .unwrap();
    }
    orders
}

/// The code of each payload, as the core derives it from the grant's origin leaf.
fn derived(room: &PrintRoom, payloads: &str) -> BTreeMap<String, String> {
    let public = fs::read_to_string(room.at("authority.pub")).unwrap();
    let public = base16ct::lower::decode_vec(public.split_whitespace().last().unwrap()).unwrap();
    let public = VerifyingKey::from_bytes(&public.try_into().unwrap()).unwrap();
    let grant = Grant::load(&room.at("sealer.grant"), &public, None).unwrap();
    let leaf = grant.nodes.iter().find(|node| node.path().tier() == Tier::Origin).unwrap();
    let lines = payloads.lines().map(|line| {
        let line: Value = serde_json::from_str(line).unwrap();
        let payload = Payload::parse(line["text"].as_str().unwrap().as_bytes()).unwrap();
        let header = &payload.bytes()[payload.layout().header.clone()];
        let code = DeliveryCode::derive(leaf, header).unwrap();
        (line["waybill"].as_str().unwrap().to_owned(), code.text().to_owned())
    });
    lines.collect()
}

fn mode(room: &PrintRoom, name: &str) -> u32 {
    fs::metadata(room.at(name)).unwrap().permissions().mode() & 0o777
}

/// The rows of a file of codes: waybill and code.
fn rows(csv: &str) -> Vec<(String, String)> {
    let mut lines = csv.lines();
    assert_eq!(lines.next(), Some("waybill,handle,code"));
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        assert!(cells.len() == 3 && cells[1].len() == 10, "{line}");
        assert!(DeliveryCode::parse(cells[2]).is_some(), "{line}");
        (cells[0].to_owned(), cells[2].to_owned())
    };
    lines.map(row).collect()
}

#[test]
fn codes_go_where_they_are_asked_for_and_nowhere_else() {
    let room = PrintRoom::new();
    room.write("orders.csv", orders(40));
    room.sealed(&["orders.csv", "--out", "plain.jsonl"], 0);
    let plain = fs::read_to_string(room.at("plain.jsonl")).unwrap();
    let codes = derived(&room, &plain);
    assert!(codes.values().all(|code| !plain.contains(code)));

    // A file of their own, beside labels of any kind: what else is written, printed or noted has no code.
    let out = room.sealed(&["orders.csv", "--out", "labels.zip", "--codes", "codes.csv", "--json"], 0);
    let listed = rows(&fs::read_to_string(room.at("codes.csv")).unwrap());
    assert_eq!(listed.iter().cloned().collect::<BTreeMap<_, _>>(), codes);
    assert_eq!((listed.len(), mode(&room, "codes.csv")), (40, 0o600));
    let manifest = fs::read_to_string(room.at("labels.zip.manifest.json")).unwrap();
    for code in codes.values() {
        let quoted = format!("\"{code}\"");
        assert!(!manifest.contains(&quoted) && !printed(&out).contains(&quoted));
    }
    let shown = printed(&room.sealed(&["orders.csv", "--out", "b.zip", "--codes", "b.csv"], 0));
    assert!(shown.contains("b.csv has the delivery code of each label"), "{shown}");
    // The file is not replaced unasked.
    room.sealed(&["orders.csv", "--out", "c.zip", "--codes", "codes.csv"], 5);

    // In the lines of payloads, which are their owner's alone then.
    room.sealed(&["orders.csv", "--out", "with.jsonl", "--with-codes"], 0);
    let with = fs::read_to_string(room.at("with.jsonl")).unwrap();
    let read = with.lines().map(|line| {
        let line: Value = serde_json::from_str(line).unwrap();
        (line["waybill"].as_str().unwrap().to_owned(), line["code"].as_str().unwrap().to_owned())
    });
    assert_eq!(read.collect::<BTreeMap<_, _>>(), codes);
    assert_eq!((mode(&room, "with.jsonl"), mode(&room, "plain.jsonl") & 0o044), (0o600, 0o044));
    room.sealed(&["orders.csv", "--out", "again.jsonl", "--codes", "again.codes.jsonl"], 0);
    let lines = fs::read_to_string(room.at("again.codes.jsonl")).unwrap();
    assert_eq!(lines.matches("\"code\":").count(), 40);

    for (wrong, words) in [
        (&["--out", "x.zip", "--with-codes"][..], "--with-codes puts codes into payloads"),
        (&["--out", "x.zip", "--codes", "-"], "--codes needs a file"),
        (&["--out", "x.zip", "--codes", "x.csv", "--codes-for", "age2"], "not an age recipient"),
        (&["--out", "x.zip", "--codes", "orders.csv"], "two uses"),
        (&["--out", "x.zip", "--codes-for", "age1"], "--codes <FILE>"),
    ] {
        let out = room.sealed(&[&["orders.csv"], wrong].concat(), 2);
        assert!(printed(&out).contains(words), "{}", printed(&out));
    }
}

#[test]
fn sealed_codes_are_read_by_their_recipient_alone() {
    let room = PrintRoom::new();
    room.write("orders.csv", orders(3));
    let identity = Identity::generate();
    let recipient = identity.recipient();
    let sealed = ["orders.csv", "--out", "a.zip", "--codes", "codes.jsonl", "--codes-for", &recipient];
    let said = printed(&room.sealed(&sealed, 0));
    assert!(said.contains("codes.jsonl has the delivery codes, sealed"), "{said}");
    room.sealed(&["orders.csv", "--out", "plain.jsonl"], 0);
    let codes = derived(&room, &fs::read_to_string(room.at("plain.jsonl")).unwrap());
    let file = fs::read_to_string(room.at("codes.jsonl")).unwrap();
    let mut opened = BTreeMap::new();
    for line in file.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        assert_eq!(line["code"], Value::Null);
        let bytes = STANDARD.decode(line["code_sealed"].as_str().unwrap()).unwrap();
        assert!(envelope::open(&bytes, Some(&Identity::generate())).is_err());
        let code = envelope::open(&bytes, Some(&identity)).unwrap();
        opened.insert(line["waybill"].as_str().unwrap().to_owned(), text(&code));
    }
    assert_eq!(opened, codes);
}

/// Kills and resumes a batch, whose file of codes is then that of an uninterrupted one, byte for byte.
fn interrupted(name: &str) {
    let (alone, killed) = (PrintRoom::new(), PrintRoom::new());
    for room in [&alone, &killed] {
        room.write("orders.csv", orders(400));
    }
    let arguments = ["orders.csv", "--out", name, "--part", "60", "--codes", "codes.csv"];
    alone.sealed(&arguments, 0);
    let resume = [&arguments[..], &["--resume"]].concat();
    for moment in [0, 3, 20] {
        let rows = || {
            let manifest = fs::read(killed.at(&format!("{name}.manifest.json"))).ok()?;
            serde_json::from_slice::<Value>(&manifest).ok()?["rows"].as_u64()
        };
        kill(killed.seal(&resume).spawn().unwrap(), rows, Duration::from_millis(moment));
    }
    // Without the codes the batch is not resumed: those of its labels to come would be lost.
    let finished = killed.at("codes.csv").exists();
    if !finished {
        let without = [&resume[..5], &["--resume"]].concat();
        let out = killed.seal(&without).output().unwrap();
        assert_eq!(out.status.code(), Some(4), "{}", printed(&out));
    }
    killed.sealed(&resume, 0);
    let codes = fs::read_to_string(killed.at("codes.csv")).unwrap();
    assert_eq!(rows(&codes).len(), 400);
    assert!(codes == fs::read_to_string(alone.at("codes.csv")).unwrap());
    assert_eq!(mode(&killed, "codes.csv"), 0o600);
    killed.sealed(&resume, 0);
    assert!(codes == fs::read_to_string(killed.at("codes.csv")).unwrap());
}

#[test]
fn no_code_of_a_killed_batch_of_parts_is_lost_or_doubled() {
    interrupted("labels.zip");
}

#[test]
fn no_code_of_a_killed_batch_of_one_file_is_lost_or_doubled() {
    interrupted("labels.jsonl");
}
