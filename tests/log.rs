//! The log: hand-in, verification, report, and a kill at any moment.

use crate::common::auditor::{self, Desk};
use crate::common::command::{code, text};
use crate::common::station::{NOW, Place, at, told};
use std::fs;
use wayseal::authority::auditor::HandInError;
use wayseal::device::log::head::SignedHead;
use wayseal::device::log::{Log, LogEntry, TakenKind};
use wayseal::signed::grant::Purpose;

#[test]
fn keys_are_handed_out_only_against_a_fresh_challenge_and_an_unshortened_log() {
    let desk = Desk::new();
    let day_one = desk.opened_labels(0..3);
    assert_eq!(day_one, 3);
    let backup = desk.copy("pda", "backup");
    assert_eq!(desk.opened_labels(0..2), 2);

    // The first hand-in, with the next keys.
    let challenge = desk.challenge();
    desk.ok(&["log", "hand-in", "--state", "pda", "--challenge", &challenge, "-o", "one.handin"]);
    fs::write(desk.at("next.grant"), desk.grant()).unwrap();
    desk.secret("next.grant");
    let sign = |file: &str| desk.run(&["log", "sign", file, "--keys", "next.grant", "-o", "out"]);
    assert_eq!(code(&sign("one.handin")), 0);
    assert!(desk.at("out/pda-17.head").exists() && desk.at("out/pda-17.grant").exists());
    desk.ok(&["log", "accept", "--state", "pda", "out/pda-17.head", "out/pda-17.grant"]);
    fs::remove_dir_all(desk.at("out")).unwrap();

    // The same answer again, and one without a challenge: no keys.
    let refused = |out: std::process::Output, said: &str| {
        assert_eq!(code(&out), 3, "{}", text(&out.stdout));
        assert!(text(&out.stderr).contains(said), "{}", text(&out.stderr));
        assert!(!desk.at("out").exists(), "keys were released");
    };
    refused(sign("one.handin"), "no fresh challenge");
    let challenge = desk.challenge();
    refused(sign("one.handin"), "another challenge");
    refused(sign("pda/log"), "without an answer to a challenge");

    // A folder restored to its state before the last hand-in.
    let now = desk.copy("pda", "now");
    desk.put_back(&backup, "pda");
    desk.ok(&["log", "hand-in", "--state", "pda", "--challenge", &challenge, "-o", "back.handin"]);
    refused(sign("back.handin"), "the tail was cut");
    // The restored folder used further: with other labels, since entries of the same second could be equal.
    assert_eq!(desk.opened_labels(20..26), 6);
    desk.ok(&["log", "hand-in", "--state", "pda", "--challenge", &challenge, "-o", "fork.handin"]);
    refused(sign("fork.handin"), "an old copy was restored");
    // A cut tail: the device itself refuses to open the log.
    desk.put_back(&now, "pda");
    let log = fs::read(desk.at("pda/log")).unwrap();
    fs::write(desk.at("pda/log"), &log[..log.len() - 128]).unwrap();
    let out = desk.run(&["log", "hand-in", "--state", "pda", "--challenge", &challenge, "-o", "cut.handin"]);
    assert_eq!(code(&out), 3);
    assert!(text(&out.stderr).contains("cut off"), "{}", text(&out.stderr));

    // The original log gets a signed head.
    fs::write(desk.at("pda/log"), &log).unwrap();
    desk.ok(&["log", "hand-in", "--state", "pda", "--challenge", &challenge, "-o", "two.handin"]);
    assert_eq!(code(&sign("two.handin")), 0);
}

#[test]
fn verify_names_the_entry_that_was_changed() {
    let desk = Desk::new();
    assert_eq!(desk.opened_labels(0..5), 5);
    let out = desk.run(&["log", "verify", "pda/log"]);
    assert_eq!((code(&out), text(&out.stdout).contains("6 entries, as the device wrote them")), (0, true));
    let log = fs::read(desk.at("pda/log")).unwrap();
    let at = |entry: usize| 128 + 128 * entry;
    let damaged = |name: &str, bytes: &[u8]| {
        fs::write(desk.at(name), bytes).unwrap();
        let out = desk.run(&["log", "verify", "pda/log", name]);
        assert_eq!(code(&out), 1);
        // The undamaged log beside it is still reported.
        assert!(text(&out.stdout).contains("as the device wrote them"));
        text(&out.stdout)
    };
    let deleted = [&log[..at(2)], &log[at(3)..]].concat();
    assert!(damaged("deleted", &deleted).contains("entry 2 was deleted"));
    let mut edited = log.clone();
    edited[at(4) + 5] ^= 1;
    assert!(damaged("edited", &edited).contains("entry 4 was edited"));
    let swapped = [&log[..at(2)], &log[at(3)..at(4)], &log[at(2)..at(3)], &log[at(4)..]].concat();
    assert!(damaged("swapped", &swapped).contains("entry 3 was moved to position 2"));
    assert!(damaged("noise", b"noise").contains("not a wayseal log"));
}

#[test]
fn a_wedge_scanners_lines_are_taken_as_they_come() {
    let desk = Desk::new();
    let label = desk.label(2000);
    let caps = desk.label(3000).to_lowercase();
    // An AIM prefix and line ends; caps lock; a bar code, and another parcel's code after it; a cut code.
    let cut = &label[..60];
    fs::write(desk.at("lines"), format!("]Q1{label}\r\n{caps}\n]C0YT9999999999999\n{label}\n{cut}\n0\n"))
        .unwrap();
    let input = fs::File::open(desk.at("lines")).unwrap();
    let out = desk.command(&["courier", "--state", "pda"]).stdin(input).output().unwrap();
    let said = text(&out.stdout);
    assert_eq!((code(&out), said.matches("13812345678").count()), (0, 3), "{said}");
    // The bar code came after one QR code and before another: it may be of either, and is compared with none.
    assert!(!said.contains("ALARM") && said.contains("bar code not compared"), "{said}");
    assert!(said.contains("the line is incomplete"), "{said}");
    // One entry for the grant, and one for each QR code; a bar code alone is not an attempt. The first label came twice within
    // seconds, which is one opening.
    assert_eq!(desk.entries(), (5, 2));
}

#[cfg(unix)]
#[test]
fn a_kill_at_any_moment_loses_no_entry_of_a_record_that_was_shown() {
    use std::io::{BufRead as _, Write as _};
    let desk = Desk::new();
    let label = desk.label(0);
    for round in 0..12u64 {
        let mut child = desk.command(&["courier", "--state", "pda"]);
        child.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
        let mut child = child.spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        let feed = label.clone();
        let feeder = std::thread::spawn(move || while writeln!(input, "{feed}").is_ok() {});
        let mut output = std::io::BufReader::new(child.stdout.take().unwrap());
        // Killed after the first record was shown, at another moment each time.
        let mut line = String::new();
        let mut shown = 0;
        while shown < 1 {
            line.clear();
            assert!(output.read_line(&mut line).unwrap() > 0, "the courier ended");
            shown += u64::from(line.contains("13812345678"));
        }
        std::thread::sleep(std::time::Duration::from_micros(700 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        feeder.join().unwrap();
        for line in output.lines().map_while(Result::ok) {
            shown += u64::from(line.contains("13812345678"));
        }
        let before = desk.entries();
        assert!(before.1 >= shown, "{} entries for {shown} records", before.1);
        // The next start recovers, and the chain verifies.
        desk.ok(&["log", "hand-in", "--state", "pda", "--challenge", &"0".repeat(64), "-o", "x.handin"]);
        let out = desk.run(&["log", "verify", "x.handin"]);
        assert_eq!(code(&out), 0, "{}", text(&out.stdout));
    }
}

#[test]
fn a_lent_account_stands_out_unsearched() {
    let desk = Desk::new();
    let logs = auditor::lent_account(&desk);
    let page = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("report.html");
    let page = page.display().to_string();
    let mut arguments = vec!["log", "report", "--json", "--html", &page];
    arguments.extend(logs.iter().map(String::as_str));
    let out = desk.run(&arguments);
    assert_eq!(code(&out), 0, "{}", text(&out.stderr));
    let report: serde_json::Value = serde_json::from_str(&text(&out.stdout)).unwrap();
    let devices = report["devices"].as_array().unwrap();
    assert_eq!(devices.len(), auditor::DEVICES);
    assert_eq!(devices[0]["device"], auditor::LENT, "the lent account is first");
    let findings: Vec<_> = devices[0]["stands_out"].as_array().unwrap().iter().collect();
    for expected in ["openings_a_day", "signed_off_elsewhere", "outside_shift"] {
        assert!(findings.iter().any(|finding| **finding == expected), "{expected} not in {findings:?}");
    }
    let others: Vec<_> =
        devices[1..].iter().filter(|device| device["stands_out"] != serde_json::json!([])).collect();
    assert!(others.is_empty(), "others stand out too: {others:?}");
    assert!(report["shared_labels"].as_u64().unwrap() > 100);

    // A single device is compared with nothing, and the page does not claim that nothing was found.
    let alone = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("alone.html").display().to_string();
    assert_eq!(code(&desk.run(&["log", "report", "--html", &alone, &logs[0]])), 0);
    let alone = fs::read_to_string(alone).unwrap();
    assert!(alone.contains("fewer than three devices") && !alone.contains("No device stands out"));

    let page = fs::read_to_string(page).unwrap();
    let alarm = page.find("class=alarm").unwrap();
    assert!(page[alarm..].starts_with(&format!("class=alarm><b>{}</b>", auditor::LENT)));
    assert_eq!(page.matches("class=alarm").count(), 1);
    for elsewhere in ["http:", "https:", "<script", "<link", "<img", "@import", "url("] {
        assert!(!page.contains(elsewhere), "{elsewhere}");
    }

    // An honest week has no findings; a damaged log is listed first.
    let mut honest = vec!["log", "report", "--json"];
    honest.extend(logs.iter().map(String::as_str).filter(|log| !log.contains(auditor::LENT)));
    let report: serde_json::Value = serde_json::from_str(&text(&desk.run(&honest).stdout)).unwrap();
    let quiet = |device: &serde_json::Value| device["stands_out"] == serde_json::json!([]);
    assert!(report["devices"].as_array().unwrap().iter().all(quiet), "{report}");
    let mut bytes = fs::read(desk.at(&logs[2])).unwrap();
    bytes.drain(128 + 128 * 10..128 + 128 * 11);
    fs::write(desk.at(&logs[2]), bytes).unwrap();
    let out = desk.run(&honest);
    assert_eq!(code(&out), 1);
    let report: serde_json::Value = serde_json::from_str(&text(&out.stdout)).unwrap();
    assert_eq!(report["devices"][0]["damage"][0], "entry 10 was deleted");
}

#[test]
fn openings_between_two_hand_ins_are_compared_with_the_budget_that_was_granted() {
    let desk = Desk::new();
    let devices = "to,role,stations,budget\npda-17,scanner,SZ-NS-012,4\npda-18,scanner,SZ-NS-012,9\n";
    fs::write(desk.at("devices.csv"), devices).unwrap();
    let report = |more: &[&str]| {
        let out = desk.run(&[&["log", "report", "pda/log", "--devices", "devices.csv"], more].concat());
        (code(&out), text(&out.stdout) + &text(&out.stderr))
    };
    let hand_in = || {
        let challenge = desk.challenge();
        desk.ok(&["log", "hand-in", "--state", "pda", "--challenge", &challenge, "-o", "pda.handin"]);
        desk.ok(&["log", "sign", "pda.handin", "-o", "out"]);
        desk.ok(&["log", "accept", "--state", "pda", "out/pda-17.head"]);
    };
    // The device's own grant has no budget, as if somebody had widened it in the folder.
    assert_eq!(desk.opened_labels(0..4), 4);
    assert_eq!(report(&[]).0, 0);
    hand_in();
    assert_eq!(desk.opened_labels(10..14), 4);
    let (whole, said) = report(&[]);
    assert_eq!(whole, 0, "{said}");
    assert_eq!(desk.opened_labels(14..15), 1);
    let (whole, said) = report(&["--html", "report.html"]);
    assert!(
        whole == 1 && said.contains("5 labels opened between two hand-ins, where the budget is 4: 20"),
        "{said}"
    );
    assert_eq!(fs::read_to_string(desk.at("report.html")).unwrap().matches("class=alarm").count(), 1);
    let (_, said) = report(&["--lang", "zh"]);
    assert!(said.contains("两次交班之间打开 5 张面单，额度为 4："), "{said}");
    let beyond = || -> (serde_json::Value, serde_json::Value) {
        let report: serde_json::Value = serde_json::from_str(&report(&["--json"]).1).unwrap();
        let device = &report["devices"][0];
        (device["beyond_budget"][0]["labels"].clone(), device["foreign_heads"].clone())
    };
    assert_eq!(beyond(), (5.into(), 0.into()));

    // Who can write to the folder writes that a head was taken: no count begins with it.
    let (mut log, _) = Log::open(&desk.at("pda"), 0).unwrap();
    let (count, time) = (log.count(), log.last().unwrap().unwrap().time);
    log.append(&LogEntry::taken(TakenKind::Head, count, b"wayseal.log/pda-17\n", time, 1)).unwrap();
    drop(log);
    assert_eq!(desk.opened_labels(20..22), 2);
    let (_, said) = report(&[]);
    assert!(said.contains("1 signed heads on its log are not this auditor's"), "{said}");
    assert_eq!(beyond(), (7.into(), 1.into()));

    // A device that is in no file is counted, and a file that says nothing is refused.
    fs::write(desk.at("devices.csv"), "to,budget\npda-9,4\n").unwrap();
    let (_, said) = report(&[]);
    assert!(said.contains("1 devices are in no file of --devices"), "{said}");
    for (bad, expected) in [
        ("to,budget\npda-17,many\n", "line 2"),
        ("to,budget\n,4\n", "line 2"),
        ("to,budget\npda-17,0\n", "line 2"),
        ("name,budget\npda-17,4\n", "no columns `to` and `budget`"),
    ] {
        fs::write(desk.at("devices.csv"), bad).unwrap();
        let (refused, said) = report(&[]);
        assert!(refused == 4 && said.contains(expected), "{refused} {said}");
    }
}

#[test]
fn a_folder_that_is_put_back_is_found_if_it_is_older_than_the_last_head() {
    const BUDGET: u32 = 3;
    let place = Place::new(&[Purpose::Deliver], Some(BUDGET));
    let copied = |to: &str| {
        let to = place.path().join(to);
        fs::create_dir_all(to.join("inbox")).unwrap();
        for entry in fs::read_dir(place.state()).unwrap().map(Result::unwrap) {
            if entry.path().is_file() {
                fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
            }
        }
        to
    };
    let put_back = |from: &std::path::Path| {
        fs::remove_dir_all(place.state()).unwrap();
        fs::rename(from, place.state()).unwrap();
    };
    let opened = |labels: std::ops::Range<u64>| {
        let mut session = place.open();
        let opens = |number| told(&mut session, &at(&place.label(number, 12, "王芳"))).starts_with("王芳");
        labels.map(opens).filter(|opened| *opened).count()
    };
    let hand_in = |last: Option<&SignedHead>| {
        let session = place.open();
        let log = fs::read(place.state().join("log")).unwrap();
        place.auditor.sign(&log, &session.answer(&[7; 32]), &[7; 32], last, NOW)
    };

    assert_eq!(opened(1..2), 1);
    let (before, now) = (copied("before"), copied("now"));
    assert_eq!(opened(2..7), 2, "the budget is spent");
    put_back(&now);
    // Within one interval the copy is as good as the device was: its log has one opening, and nothing says what came after.
    assert_eq!(opened(11..16), 2);
    let (head, note) = hand_in(None).unwrap();
    place.open().accept_head(&note, NOW).unwrap();
    assert_eq!(opened(20..30), BUDGET as usize, "a new interval");
    let last = Some(&head);

    // Across a hand-in it has the budget of then, less what it had spent, and gets no head: neither as it was nor used further.
    put_back(&before);
    assert!(matches!(hand_in(last), Err(HandInError::Damage(_))));
    assert_eq!(opened(30..40), BUDGET as usize - 1);
    assert!(matches!(hand_in(last), Err(HandInError::Damage(_))));
    // Nor does the head of the true log restart its budget.
    assert!(place.open().accept_head(&note, NOW).is_err());
    assert_eq!(opened(40..50), 0);
}
