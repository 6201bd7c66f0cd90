//! `wayseal watch`: files come into a folder, and each is sealed once, whatever ends the command.

use crate::common::command::{said, stations, text};
use crate::common::orders::{orders, row};
use crate::common::print_room::{DAY, PrintRoom};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

impl PrintRoom {
    fn watch(&self, more: &[&str]) -> Command {
        let own = ["--day", DAY, "--grant", "sealer.grant", "--authority", "authority.pub", "--settle", "1"];
        self.command(&[&["watch", "in"], &own[..], &["--stations", &stations()], more].concat())
    }

    /// A room with a folder to watch.
    fn watched() -> Self {
        let room = Self::new();
        fs::create_dir(room.at("in")).unwrap();
        room
    }

    /// The names in a folder, without hidden ones.
    fn names(&self, folder: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.at(folder)) else { return Vec::new() };
        let names: BTreeSet<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.into_iter().filter(|name| !name.starts_with('.')).collect()
    }
}

fn until(what: &str, mut is: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is() {
        assert!(begun.elapsed() < Duration::from_secs(120), "{what}");
        sleep(Duration::from_millis(20));
    }
}

fn waybills(room: &PrintRoom, zip: &str) -> Vec<String> {
    let mut zip = zip::ZipArchive::new(fs::File::open(room.at(zip)).unwrap()).unwrap();
    (0..zip.len()).map(|at| zip.by_index(at).unwrap().name().to_owned()).collect()
}

fn stop(child: Child, signal: Signal) -> std::process::Output {
    kill_process(Pid::from_raw(child.id() as i32).unwrap(), signal).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn what_is_sealed_is_done_and_what_is_not_says_why() {
    let room = PrintRoom::watched();
    room.write("in/good.csv", orders(0..3));
    room.write("in/some.csv", orders(10..12) + &row(12, "NOWHERE"));
    room.write("in/bad.csv", "no,such,columns\n1,2,3\n");
    room.write("in/notes.md", "left there");
    std::os::unix::fs::symlink("/etc/hostname", room.at("in/link.csv")).unwrap();
    let out = room.watch(&["--out", "labels/{}.zip", "--once", "--json"]).output().unwrap();
    assert_eq!(out.status.code(), Some(1), "{}", said(&out));
    assert_eq!(room.names("in"), ["done", "failed", "link.csv", "notes.md", "sealed", "working"]);
    assert_eq!(room.names("in/done"), ["good.csv", "some.csv"]);
    assert_eq!(
        room.names("in/failed"),
        ["bad.csv", "bad.why.txt", "some.rejects.csv", "some.rejects.why.txt"]
    );
    assert!(room.names("in/working").is_empty());
    assert_eq!(waybills(&room, "labels/some.zip").len(), 2);
    let why = fs::read_to_string(room.at("in/failed/bad.why.txt")).unwrap();
    assert!(why.contains("bad.csv was not sealed") && why.contains("waybill"), "{why}");
    let why = fs::read_to_string(room.at("in/failed/some.rejects.why.txt")).unwrap();
    assert!(
        why.contains("1 of 3 orders of some.csv") && why.contains("Do not put some.csv there again"),
        "{why}"
    );
    let events: Vec<Value> =
        text(&out.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |kind: &str| events.iter().filter(|event| event["event"] == kind).collect::<Vec<_>>();
    assert_eq!((of("done").len(), of("failed").len(), of("taken").len()), (2, 1, 3));
    let skipped: Vec<&str> = of("skipped").iter().map(|event| event["reason"].as_str().unwrap()).collect();
    assert_eq!(skipped.iter().collect::<BTreeSet<_>>(), BTreeSet::from([&"link", &"ending"]));
    // Orders and rejects are for their owner alone.
    use std::os::unix::fs::PermissionsExt as _;
    for folder in ["in/done", "in/failed", "in/working"] {
        assert_eq!(fs::metadata(room.at(folder)).unwrap().permissions().mode() & 0o777, 0o700);
    }

    // Rejects are corrected and put in again; so is another file of the same name.
    let rejects = fs::read_to_string(room.at("in/failed/some.rejects.csv")).unwrap();
    room.write("in/some.rejects.csv", rejects.replace("NOWHERE", "SZ-NS-012"));
    room.write("in/good.csv", orders(20..24));
    let out = room.watch(&["--out", "labels/{}.zip", "--once"]).output().unwrap();
    assert_eq!(out.status.code(), Some(0), "{}", said(&out));
    assert_eq!(waybills(&room, "labels/good.zip").len(), 3);
    assert_eq!(waybills(&room, "labels/good-2.zip").len(), 4);
    assert_eq!(waybills(&room, "labels/some.rejects-2.zip").len(), 1);
}

/// Killed at many moments, with files coming meanwhile: each order is on one label.
#[test]
fn a_watch_that_is_killed_seals_each_file_once() {
    let room = PrintRoom::watched();
    let count = 12;
    let mut put = 0;
    let mut moment = 7;
    while room.names("in/done").len() < count as usize {
        for _ in 0..2 {
            if put < count {
                // As a download does: under another name first.
                room.write("in/coming.part", orders(put * 100..put * 100 + 40));
                fs::rename(room.at("in/coming.part"), room.at(&format!("in/orders{put:02}.csv"))).unwrap();
                put += 1;
            }
        }
        let mut child = room.watch(&["--out", "labels/{}.zip", "--jobs", "1"]).spawn().unwrap();
        moment = (moment * 31 + 17) % 400;
        let done = room.names("in/done").len();
        let working = || !room.names("in/working").is_empty() || room.names("in/done").len() > done;
        until("something in hand", || working() || child.try_wait().unwrap().is_some());
        sleep(Duration::from_millis(moment));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let out = room.watch(&["--out", "labels/{}.zip", "--once"]).output().unwrap();
    assert_eq!(out.status.code(), Some(0), "{}", said(&out));
    assert_eq!(room.names("in/done").len(), count as usize);
    assert_eq!((room.names("in/failed").len(), room.names("in/working").len()), (0, 0));
    let mut all = Vec::new();
    for zip in room.names("labels").iter().filter(|name| name.ends_with(".zip")) {
        all.extend(waybills(&room, &format!("labels/{zip}")));
    }
    assert_eq!(all.len(), count as usize * 40);
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
}

#[test]
fn a_file_that_grows_is_left_alone_and_one_folder_has_one_watcher() {
    let room = PrintRoom::watched();
    let mut child = room.watch(&["--out", "labels/{}.zip"]).spawn().unwrap();
    until("the lock", || room.at("in/.wayseal-watch.lock").exists());
    until("the folders", || room.at("in/working").exists());
    let second = room.watch(&["--out", "labels/{}.zip"]).output().unwrap();
    assert_eq!(second.status.code(), Some(5), "{}", said(&second));
    assert!(said(&second).contains("another wayseal is watching it"));
    // Half a row a half second: never still for a second.
    let whole = orders(0..3);
    let (head, tail) = whole.split_at(whole.len() / 2);
    let mut so_far = head.to_owned();
    for part in tail.as_bytes().chunks(tail.len() / 8) {
        so_far += &String::from_utf8_lossy(part);
        room.write("in/orders.csv", &whole.as_bytes()[..so_far.len().min(whole.len())]);
        sleep(Duration::from_millis(500));
        assert!(child.try_wait().unwrap().is_none());
        if so_far.len() < whole.len() {
            assert!(room.names("in/working").is_empty() && room.names("in/done").is_empty());
        }
    }
    room.write("in/orders.csv", &whole);
    until("done", || room.names("in/done") == ["orders.csv"]);
    assert_eq!(waybills(&room, "labels/orders.zip").len(), 3);
    let out = stop(child, Signal::TERM);
    assert_eq!(out.status.code(), Some(0), "{}", said(&out));
    assert!(text(&out.stdout).contains("stopped; nothing is in hand"), "{}", text(&out.stdout));
    assert!(!room.at("in/.wayseal-watch.lock").exists());
}

#[test]
fn ctrl_c_finishes_the_file_in_hand() {
    let room = PrintRoom::watched();
    room.write("in/a.csv", orders(0..400));
    let child = room.watch(&["--out", "labels/{}.zip", "--part", "50", "--jobs", "1"]).spawn().unwrap();
    until("in hand", || {
        room.names("in/working") == ["a.csv"] && room.at("labels/a.zip.manifest.json").exists()
    });
    room.write("in/b.csv", orders(1000..1001));
    let out = stop(child, Signal::INT);
    assert_eq!(out.status.code(), Some(0), "{}", said(&out));
    assert!(said(&out).contains("finishing the file in hand"), "{}", said(&out));
    assert_eq!((room.names("in/done"), room.at("in/b.csv").exists()), (vec!["a.csv".to_owned()], true));
    let labels: usize = room
        .names("labels")
        .iter()
        .filter(|name| name.ends_with(".zip"))
        .map(|zip| waybills(&room, &format!("labels/{zip}")).len())
        .sum();
    assert_eq!(labels, 400);
}

#[test]
fn labels_are_printed_once_and_what_is_unknown_is_not_printed_again() {
    let room = PrintRoom::watched();
    room.write("in/a.csv", orders(0..5));
    let print = ["--print", "./spool", "--once"];
    let out = room.watch(&print).output().unwrap();
    assert_eq!(out.status.code(), Some(0), "{}", said(&out));
    let spool = || fs::read_to_string(room.at("spool")).unwrap().matches("^XA").count();
    assert_eq!((spool(), room.names("in/done")), (5, vec!["a.csv".to_owned()]));
    assert_eq!(room.names("in/sealed"), ["a.zpl", "a.zpl.manifest.json", "printed.jsonl"]);

    // Ended after the last label: put back by hand as that leaves it.
    fs::rename(room.at("in/done/a.csv"), room.at("in/working/a.csv")).unwrap();
    let out = room.watch(&print).output().unwrap();
    assert_eq!((out.status.code(), spool()), (Some(0), 5), "{}", said(&out));
    assert!(room.names("in/working").is_empty());
    // Ended while the printer took the last two: one was entered as queued, the other not at all.
    fs::rename(room.at("in/done/a.csv"), room.at("in/working/a.csv")).unwrap();
    let ledger = fs::read_to_string(room.at("in/sealed/printed.jsonl")).unwrap();
    let queued: Vec<usize> = ledger.match_indices("\"queued\"").map(|(at, _)| at).collect();
    let cut = ledger[queued[3]..].find('\n').unwrap() + queued[3] + 1;
    let kept: String = ledger[..cut].lines().map(|line| format!("{line}\n")).collect();
    room.write("in/sealed/printed.jsonl", kept);
    let out = room.watch(&print).output().unwrap();
    assert_eq!(
        (out.status.code(), spool()),
        (Some(1), 6),
        "the one that may be printed is left out: {}",
        said(&out)
    );
    let why = fs::read_to_string(room.at("in/failed/a.print.why.txt")).unwrap();
    assert!(why.contains("Look which label came out last"), "{why}");

    // A printer that is off is no fault of the file.
    room.write("in/b.csv", orders(20..22));
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let off = room.watch(&["--print", &format!("tcp://127.0.0.1:{port}"), "--once"]).output().unwrap();
    assert_eq!(off.status.code(), Some(5), "{}", said(&off));
    assert_eq!(room.names("in/working"), ["b.csv"]);
    let out = room.watch(&print).output().unwrap();
    assert_eq!((out.status.code(), spool()), (Some(0), 8), "{}", said(&out));
}

#[test]
fn options_of_one_file_are_refused_and_a_wrong_grant_is_no_files_fault() {
    let room = PrintRoom::watched();
    room.write("in/a.csv", orders(0..1));
    for (more, what) in [
        (&["--out", "x", "--resume"][..], "--resume is of one file"),
        (&["--out", "x", "--only", "YT8800001000000"], "--only is of one file"),
        (&["--out", "-"], "files of their own"),
        (&["--print", "p", "--format", "png"], "needs a printer's language"),
    ] {
        let out = room.watch(more).output().unwrap();
        assert_eq!(out.status.code(), Some(2), "{}", said(&out));
        assert!(said(&out).contains(what), "{}", said(&out));
    }
    room.write("sealer.grant", "no grant");
    let out = room.watch(&["--out", "x", "--once"]).output().unwrap();
    assert_eq!(out.status.code(), Some(3), "{}", said(&out));
    assert!(room.at("in/a.csv").exists());
}
