//! A batch's manifest, its lock and its files, in a folder to which others can write.

use crate::common::command::{said, text};
use crate::common::orders::{HEADER, orders, row};
use crate::common::print_room::PrintRoom;
use crate::common::sample::Sample;
use base16ct::lower::encode_string;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::fs;
use std::process::Stdio;

fn manifest(room: &PrintRoom, name: &str) -> Value {
    serde_json::from_slice(&fs::read(room.at(name)).unwrap()).unwrap()
}

fn put(room: &PrintRoom, name: &str, manifest: &Value) {
    room.write(name, serde_json::to_vec_pretty(manifest).unwrap());
}

#[test]
fn a_manifest_is_its_owners_and_has_no_plain_digest_of_orders() {
    let room = PrintRoom::new();
    room.write("orders.csv", orders(0..1));
    room.sealed(&["orders.csv", "--out", "l.zip"], 0);
    let written = fs::read_to_string(room.at("l.zip.manifest.json")).unwrap();
    assert!(!written.contains(&encode_string(&Sha256::digest(orders(0..1)))), "{written}");
    assert_eq!(
        manifest(&room, "l.zip.manifest.json")["job"]["inputs"][0]["digest"].as_str().unwrap().len(),
        64
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(room.at("l.zip.manifest.json")).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn a_manifest_that_names_other_files_removes_none_of_them() {
    let room = PrintRoom::new();
    room.write("orders.csv", orders(0..1));
    room.sealed(&["orders.csv", "--out", "seed"], 0);
    fs::create_dir(room.at("elsewhere")).unwrap();
    for name in ["victim", "elsewhere/YT8800001000000.png", "own.png", "elsewhere/0001"] {
        room.write(name, "precious");
    }
    room.write("elsewhere/SHA256SUMS", "0  YT8800001000000.png\n");
    let mut seed = manifest(&room, "seed.manifest.json");
    let absolute = room.at("victim").display().to_string();
    for name in [&*absolute, "../victim", "victim", "elsewhere", "l/../elsewhere", "l/0001/../../victim"] {
        seed["parts"][0]["file"] = name.into();
        seed["rejects"] = serde_json::json!([{"input": 0, "file": name, "bytes": 8, "digest": ""}]);
        put(&room, "l.manifest.json", &seed);
        room.sealed(&["orders.csv", "--out", "l", "--format", "svg", "--overwrite"], 0);
        for kept in ["victim", "elsewhere/YT8800001000000.png", "elsewhere/0001"] {
            assert_eq!(fs::read(room.at(kept)).unwrap(), b"precious", "{kept} by {name}");
        }
    }
    // The list of a folder's labels names what it likes; only labels' names within the folder are believed.
    room.write("l/own.txt", "precious");
    room.write("l/SHA256SUMS", "0  ../victim\n0  own.txt\n0  /etc/hostname\n0  YT8800001000000.svg\n");
    room.sealed(&["orders.csv", "--out", "l", "--format", "svg", "--overwrite"], 0);
    assert_eq!(fs::read(room.at("victim")).unwrap(), b"precious");
    assert_eq!(fs::read(room.at("l/own.txt")).unwrap(), b"precious");
}

#[test]
fn a_manifest_that_was_changed_is_not_resumed() {
    let room = PrintRoom::new();
    room.write("orders.csv", orders(0..40));
    room.sealed(&["orders.csv", "--out", "l.zip", "--part", "10"], 0);
    let own = manifest(&room, "l.zip.manifest.json");
    type Change = fn(&mut Value);
    let changes: [(&str, Change); 6] = [
        ("rows that were never made", |it| {
            it["finished"] = false.into();
            (it["rows"], it["labels"], it["parts"]) = (39.into(), 39.into(), Value::Array(Vec::new()));
        }),
        ("more rows than there are", |it| (it["rows"], it["labels"]) = (4000.into(), 4000.into())),
        ("another part", |it| it["parts"][1]["file"] = "l.zip".into()),
        ("another digest", |it| it["parts"][1]["sha256"] = it["parts"][0]["sha256"].clone()),
        ("another input", |it| it["job"]["inputs"][0]["digest"] = "00".repeat(32).into()),
        ("another authentication", |it| it["mac"] = "00".repeat(32).into()),
    ];
    for (what, change) in changes {
        let mut other = own.clone();
        change(&mut other);
        put(&room, "l.zip.manifest.json", &other);
        let out = room.sealed(&["orders.csv", "--out", "l.zip", "--part", "10", "--resume"], 5);
        assert!(said(&out).contains("was not written by the holder of this grant, or was changed"), "{what}");
        // Nor is it replaced unasked.
        let out = room.sealed(&["orders.csv", "--out", "l.zip", "--part", "10"], 5);
        assert!(said(&out).contains("exists already"), "{what}: {}", said(&out));
    }
    put(&room, "l.zip.manifest.json", &own);
    room.sealed(&["orders.csv", "--out", "l.zip", "--part", "10", "--resume"], 0);
}

#[test]
fn a_finished_part_that_was_changed_is_named_when_the_batch_is_resumed() {
    let room = PrintRoom::new();
    room.write("orders.csv", orders(0..30));
    for (out, part) in
        [("l.zip", "l-0002.zip"), ("l", "l/0002/YT8800001000010.png"), ("l", "l/0003/SHA256SUMS")]
    {
        let resume = ["orders.csv", "--out", out, "--part", "10", "--resume"];
        room.sealed(&resume, 0);
        let whole = fs::read(room.at(part)).unwrap();
        let mut changed = whole.clone();
        changed[whole.len() / 2] ^= 1;
        room.write(part, &changed);
        let out = room.sealed(&resume, 5);
        assert!(
            said(&out).contains("is missing or was changed since it was written"),
            "{part}: {}",
            said(&out)
        );
        fs::remove_file(room.at(part)).unwrap();
        room.sealed(&resume, 5);
        room.write(part, &whole);
        room.sealed(&resume, 0);
    }
}

/// Whatever stands where the command writes: it is replaced as a name, or refused, and what it leads to stays as it was.
#[cfg(unix)]
#[test]
fn no_link_pipe_or_second_name_is_written_through() {
    use std::os::unix::fs::symlink;
    type Plant = fn(&PrintRoom, &str);
    let plants: [(&str, Plant); 6] = [
        ("a link", |room, at| symlink(room.at("victim"), room.at(at)).unwrap()),
        ("a link to nothing", |room, at| symlink(room.at("nothing"), room.at(at)).unwrap()),
        ("a link to a folder", |room, at| symlink(room.at("folder"), room.at(at)).unwrap()),
        ("a second name", |room, at| fs::hard_link(room.at("victim"), room.at(at)).unwrap()),
        ("a pipe", |room, at| {
            assert!(std::process::Command::new("mkfifo").arg(room.at(at)).status().unwrap().success());
        }),
        ("a folder", |room, at| fs::create_dir(room.at(at)).unwrap()),
    ];
    let names = [
        ("l.zip", ".l.zip.manifest.json.lock"),
        ("l.zip", ".l.zip.manifest.json.part"),
        ("l.zip", "l.zip.manifest.json"),
        ("l.zip", ".l.zip.part"),
        ("l.zip", ".l.zip.rejects.csv.part"),
        ("l.zip", "l.zip.rejects.csv"),
        ("l.zip", ".l.zip.rejects.csv.lock"),
        ("l", "l/.0001.part"),
        ("l", "l/0001"),
    ];
    // Each name has twelve cases, so that one of five is another one at each.
    let mut sample = Sample::unless_optimised(5);
    for (out, name) in names {
        for (what, plant) in plants {
            for more in [&["--resume"], &["--overwrite"]] {
                if !sample.takes() {
                    continue;
                }
                let room = PrintRoom::new();
                room.write("orders.csv", orders(0..3) + &row(9, "NOWHERE"));
                room.write("victim", "precious");
                fs::create_dir(room.at("folder")).unwrap();
                room.write("folder/YT8800001000000.png", "precious");
                if out == "l" {
                    fs::create_dir(room.at("l")).unwrap();
                }
                plant(&room, name);
                let mut command =
                    room.seal(&[&["orders.csv", "--out", out, "--part", "2"], &more[..]].concat());
                let ended = command.output().unwrap();
                let case = format!("{what} at {name} with {more:?}: {}", said(&ended));
                assert!(matches!(ended.status.code(), Some(1 | 5)), "{case}");
                assert_eq!(fs::read(room.at("victim")).unwrap(), b"precious", "{case}");
                assert_eq!(fs::read(room.at("folder/YT8800001000000.png")).unwrap(), b"precious", "{case}");
                assert_eq!(fs::read_dir(room.at("folder")).unwrap().count(), 1, "{case}");
                assert!(!room.at("nothing").exists(), "{case}");
            }
        }
    }
}

/// A batch that is killed after its manifest was stored, with what it left at `name`.
#[cfg(unix)]
fn killed(out: &str, name: &str, rows: u64) -> (PrintRoom, Vec<u8>) {
    for _ in 0..50 {
        let room = PrintRoom::new();
        let rows = (0..rows).map(|number| row(number, "SZ-NS-012"));
        room.write("orders.csv", HEADER.to_owned() + &row(90_000, "NOWHERE") + &rows.collect::<String>());
        let mut child = room.seal(&["orders.csv", "--out", out, "--part", "20"]).spawn().unwrap();
        let state = || -> Option<Value> {
            serde_json::from_slice(&fs::read(room.at(&format!("{out}.manifest.json"))).ok()?).ok()
        };
        while !state().is_some_and(|state| state["rows"] != 0) && child.try_wait().unwrap().is_none() {
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        if state().is_some_and(|state| state["finished"] == false && state["rows"] != 0)
            && let Ok(left) = fs::read(room.at(name))
        {
            return (room, left);
        }
    }
    panic!("never killed in time");
}

/// A killed batch has left its part and its rejects hidden; somebody puts links there before it is resumed.
#[cfg(unix)]
#[test]
fn what_is_resumed_is_what_was_written() {
    for (out, name, rows) in [("l.jsonl", ".l.jsonl.part", 3000), ("l.zip", ".l.zip.rejects.csv.part", 200)] {
        let resume = ["orders.csv", "--out", out, "--part", "20", "--resume"];
        let (room, whole) = killed(out, name, rows);
        // Long enough to be cut off.
        let victim = "precious\n".repeat(100_000);
        room.write("victim", &victim);
        for linked in [true, false] {
            fs::remove_file(room.at(name)).unwrap();
            if linked {
                std::os::unix::fs::symlink(room.at("victim"), room.at(name)).unwrap();
            } else {
                fs::hard_link(room.at("victim"), room.at(name)).unwrap();
            }
            let ended = room.sealed(&resume, 5);
            assert!(said(&ended).contains("link"), "{}", said(&ended));
            assert!(fs::read_to_string(room.at("victim")).unwrap() == victim);
        }
        fs::remove_file(room.at(name)).unwrap();
        let mut changed = whole.clone();
        changed[10] ^= 1;
        room.write(name, &changed);
        let ended = room.sealed(&resume, 5);
        assert!(said(&ended).contains("changed since it was written"), "{}", said(&ended));
        assert!(fs::read(room.at(name)).unwrap() == changed);
        room.write(name, &whole);
        room.sealed(&resume, 1);
    }
}

#[test]
fn of_many_at_once_one_seals_and_the_others_say_so() {
    let room = PrintRoom::new();
    room.write("orders.csv", orders(0..300));
    for round in 0..4 {
        let out = format!("l{round}.zip");
        let children: Vec<_> =
            (0..6).map(|_| room.seal(&["orders.csv", "--out", &out, "--resume"]).spawn().unwrap()).collect();
        let ended: Vec<_> = children.into_iter().map(|child| child.wait_with_output().unwrap()).collect();
        for one in &ended {
            match one.status.code() {
                Some(0) => {}
                Some(5) => assert!(said(one).contains("another wayseal is writing there"), "{}", said(one)),
                other => panic!("{other:?}: {}", said(one)),
            }
        }
        assert!(ended.iter().any(|one| one.status.success()));
        assert_eq!(manifest(&room, &format!("{out}.manifest.json"))["labels"], 300);
        let zip = zip::ZipArchive::new(fs::File::open(room.at(&out)).unwrap()).unwrap();
        assert_eq!(zip.len(), 300);
    }
}

#[test]
fn the_digest_of_what_goes_to_the_standard_output_is_told() {
    let room = PrintRoom::new();
    room.write("orders.csv", orders(0..20) + &row(99, "NOWHERE"));
    for format in ["payload", "zpl", "png", "pdf"] {
        let out = room.sealed(&["orders.csv", "--out", "-", "--format", format, "--json", "--overwrite"], 1);
        let events: Vec<Value> = said(&out).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let end = events.iter().find(|event| event["event"] == "finished").unwrap();
        assert_eq!(end["sha256"], encode_string(&Sha256::digest(&out.stdout)), "{format}");
        assert_eq!(end["bytes"], out.stdout.len());
        assert_eq!((&end["rows"], &end["labels"], &end["rejected"]), (&21.into(), &20.into(), &1.into()));
    }
}

#[test]
fn a_batch_that_stopped_before_its_first_label_is_begun_again_without_more() {
    let room = PrintRoom::new();
    // Columns are unknown, then every station.
    room.write("orders.csv", orders(0..3).replace("phone", "fernsprecher"));
    let seal = ["orders.csv", "--out", "l.zip"];
    room.sealed(&seal, 4);
    room.sealed(&seal, 4);
    room.write("orders.csv", orders(0..3).replace("SZ-NS-012", "NOWHERE"));
    for again in 0..3 {
        let out = room.sealed(&seal, 1);
        assert!(text(&out.stdout).starts_with("3 orders = 0 labels + 3 rejected"), "{again}");
    }
    // Its rejects may be corrected where they are, and are then not replaced.
    let rejects = fs::read_to_string(room.at("l.zip.rejects.csv")).unwrap();
    room.write("l.zip.rejects.csv", rejects.replace("NOWHERE", "SZ-NS-012"));
    let out = room.sealed(&seal, 5);
    assert!(said(&out).contains("l.zip.rejects.csv exists already"), "{}", said(&out));
    assert!(fs::read_to_string(room.at("l.zip.rejects.csv")).unwrap().contains("SZ-NS-012"));
    room.write("l.zip.rejects.csv", &rejects);
    room.write("orders.csv", orders(0..3));
    room.sealed(&seal, 0);
    // With labels, nothing is replaced unasked.
    assert!(said(&room.sealed(&seal, 5)).contains("exists already"));
}

#[test]
fn a_printer_that_does_not_answer_costs_no_rejects_and_the_same_command_runs_again() {
    let room = PrintRoom::new();
    room.write("orders.csv", HEADER.to_owned() + &row(1, "NOWHERE") + &row(2, "SZ-NS-012"));
    // A port that is free, and so refuses.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let printer = format!("tcp://127.0.0.1:{port}");
    for _ in 0..2 {
        room.sealed(&["orders.csv", "--print", &printer], 5);
    }
    room.sealed(&["orders.csv", "--print", "./spool"], 1);
    assert!(fs::read_to_string(room.at("orders.rejects.csv")).unwrap().contains("NOWHERE"));
}

#[cfg(unix)]
#[test]
fn rejects_are_kept_when_a_printer_breaks_off_or_the_reader_of_a_pipe_goes() {
    let room = PrintRoom::new();
    let rows = (0..200).map(|number| row(number, "SZ-NS-012"));
    room.write("orders.csv", HEADER.to_owned() + &row(900, "NOWHERE") + &rows.collect::<String>());
    // A printer that answers nothing, takes some of a label, and resets the connection.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let printer = format!("tcp://{}", listener.local_addr().unwrap());
    let taker = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut said = Vec::new();
        while !said.windows(3).any(|three| three == b"^XA") {
            let mut some = [0; 4096];
            let read = std::io::Read::read(&mut stream, &mut some).unwrap();
            said.extend_from_slice(&some[..read]);
        }
    });
    room.sealed(&["orders.csv", "--print", &printer], 5);
    taker.join().unwrap();
    assert!(fs::read_to_string(room.at("orders.rejects.csv")).unwrap().contains("NOWHERE"));

    fs::remove_file(room.at("orders.rejects.csv")).unwrap();
    let mut command = room.seal(&["orders.csv", "--out", "-", "--format", "zpl"]);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 4096];
    std::io::Read::read(child.stdout.as_mut().unwrap(), &mut first).unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(5));
    assert!(fs::read_to_string(room.at("orders.rejects.csv")).unwrap().contains("NOWHERE"));
}
