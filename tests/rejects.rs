//! Rejected rows through the command: never formulas, on a stream, sealed, and kept whatever ends the batch.

use crate::common::command::{printed, said, text};
use crate::common::print_room::PrintRoom;
use std::fs;
use std::io::Read as _;
use std::net::TcpListener;
use std::time::{Duration, Instant};
use wayseal::signed::envelope::Identity;

const HEADER: &str = "waybill,station,name,phone,detail\n";

fn order(number: u64) -> String {
    format!("YT88{:011},SZ-NS-012,王芳,13812345678,人民路{number}号\n", number + 1_000_000)
}

fn orders(bad: &str) -> String {
    format!("{HEADER}{}{bad}{}", order(1), order(2))
}

#[test]
fn what_a_spreadsheet_would_run_is_guarded_and_fed_in_again_as_it_was() {
    let room = PrintRoom::new();
    room.write("orders.csv", orders("YT8801000000000,NOWHERE,=cmd|'/C calc'!A0,+86 13812345678,@SUM(1)\n"));
    room.sealed(&["orders.csv", "--out", "labels", "--format", "svg"], 1);
    let rejects = fs::read_to_string(room.at("labels.rejects.csv")).unwrap();
    assert!(rejects.contains(",'=cmd|'/C calc'!A0,'+86 13812345678,'@SUM(1),3,"), "{rejects}");
    room.write("corrected.csv", rejects.replace("NOWHERE", "SZ-NS-012"));
    room.sealed(&["corrected.csv", "--out", "again.jsonl"], 0);
    // What is not corrected is rejected again, as it was.
    fs::copy(room.at("labels.rejects.csv"), room.at("same.csv")).unwrap();
    room.sealed(&["same.csv", "--out", "same"], 1);
    let twice = fs::read_to_string(room.at("same.rejects.csv")).unwrap();
    assert_eq!(twice.replace(",2,", ",3,").replace("line 2", "line 3"), rejects);
}

#[test]
fn rejects_go_to_a_stream_as_objects_at_once() {
    let room = PrintRoom::new();
    room.write("orders.csv", orders("YT8801000000000,NOWHERE,李伟,13812345678,解放路1号\n1,2,3,4,5,6\n"));
    let out = room.sealed(&["orders.csv", "--out", "labels.zip", "--rejects", "-"], 1);
    let lines: Vec<serde_json::Value> =
        text(&out.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!((&lines[0]["name"], &lines[0]["reject_line"]), (&"李伟".into(), &"3".into()));
    assert_eq!(
        (&lines[1]["reject_text"], &lines[1]["reject_input"]),
        (&"1,2,3,4,5,6".into(), &"orders.csv".into())
    );
    assert!(said(&out).contains("4 orders = 2 labels + 2 rejected"), "{}", said(&out));
    assert!(!room.at("labels.zip.rejects.csv").exists());
    // The stream is a file of orders.
    let first = text(&out.stdout).lines().next().unwrap().replace("NOWHERE", "SZ-NS-012");
    room.write("corrected.jsonl", first);
    room.sealed(&["corrected.jsonl", "--out", "again.zip"], 0);

    for wrong in [
        &["orders.csv", "--out", "-", "--format", "zpl", "--rejects", "-"][..],
        &["orders.csv", "--out", "x.zip", "--json", "--rejects", "-"],
        &["orders.csv", "--out", "x.zip", "--rejects", "fd:x"],
        &["orders.csv", "--out", "x.zip", "--rejects", "fd:77"],
        &["orders.csv", "--out", "x.zip", "--rejects-for", "bob"],
    ] {
        room.sealed(wrong, 2);
    }
}

#[test]
fn sealed_rejects_tell_line_and_reason_alone() {
    let room = PrintRoom::new();
    room.write("orders.csv", orders("YT8801000000000,NOWHERE,李伟,13812345678,解放路1号\n"));
    let recipient = Identity::generate().recipient();
    room.sealed(&["orders.csv", "--out", "labels.zip", "--rejects-for", &recipient], 1);
    let rejects = fs::read_to_string(room.at("labels.zip.rejects.jsonl")).unwrap();
    let line: serde_json::Value = serde_json::from_str(&rejects).unwrap();
    assert_eq!(line["reject_line"], "3");
    assert!(line["reject_sealed"].as_str().unwrap().len() > 300);
    assert!(!rejects.contains("李伟") && !rejects.contains("YT8801000000000"), "{rejects}");
}

#[test]
fn rejects_before_a_kill_of_a_printing_batch_are_kept() {
    let room = PrintRoom::new();
    let many: String = (10..4000).map(order).collect();
    room.write("orders.csv", orders("YT8801000000000,NOWHERE,李伟,13812345678,解放路1号\n") + &many);
    // A printer that takes the first labels and then stalls.
    let printer = TcpListener::bind("127.0.0.1:0").unwrap();
    let to = format!("tcp://{}", printer.local_addr().unwrap());
    let mut batch =
        room.seal(&["orders.csv", "--print", &to, "--rejects", "r.csv", "--jobs", "1"]).spawn().unwrap();
    let (mut socket, _) = printer.accept().unwrap();
    let mut first = vec![0; 400_000];
    socket.read_exact(&mut first).unwrap();
    let hidden = room.at(".r.csv.part");
    let begun = Instant::now();
    while !fs::read_to_string(&hidden).is_ok_and(|rejects| rejects.contains("李伟")) {
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "the reject is not in its file while labels are printed"
        );
        std::thread::sleep(Duration::from_millis(10));
    }
    batch.kill().unwrap();
    batch.wait().unwrap();
    let out = room.sealed(&["orders.csv", "--out", "/dev/null", "--format", "zpl", "--rejects", "r.csv"], 5);
    assert!(said(&out).contains("r.csv exists already"), "{}", said(&out));
    assert!(fs::read_to_string(room.at("r.csv")).unwrap().contains("李伟"));
}

#[test]
fn what_is_found_in_a_file_is_told_in_both_languages_and_as_an_event() {
    let room = PrintRoom::new();
    room.write("orders.csv", format!("某店发货单\n{}", orders("")));
    let english = printed(&room.sealed(&["orders.csv", "--dry-run"], 0));
    assert!(english.contains("1 rows above the names of the columns are not read"), "{english}");
    let chinese = printed(&room.sealed(&["orders.csv", "--dry-run", "--lang", "zh"], 0));
    assert!(chinese.contains("列名之前的 1 行未读取"), "{chinese}");
    let events = printed(&room.sealed(&["orders.csv", "--dry-run", "--json"], 0));
    let event: serde_json::Value = events
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .find(|event: &serde_json::Value| event["event"] == "input")
        .unwrap();
    assert_eq!((&event["found"], &event["rows"]), (&"title_rows".into(), &1.into()));

    room.write(
        "western.csv",
        [&b"waybill,station,name,phone,country,detail\nYT8800001000001,SZ-NS-012,J\xf6rg,+49 40 1234567,DE,Elbweg 1\n"[..]]
            .concat(),
    );
    let refused = room.sealed(&["western.csv", "--dry-run"], 4);
    assert!(said(&refused).contains("--encoding"), "{}", said(&refused));
    room.sealed(&["western.csv", "--dry-run", "--encoding", "windows-1252"], 0);
    room.sealed(&["western.csv", "--dry-run", "--encoding", "klingon"], 2);
}
