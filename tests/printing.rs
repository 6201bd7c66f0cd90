//! Labels on their way to a printer: what is said of each, and the ledger.

use crate::common::command::printed as said;
use crate::common::print_room::PrintRoom;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::process::{Output, Stdio};
use std::thread::JoinHandle;

const HEADER: &str = "waybill,station,name,phone,province,city,district,detail,sender_name,sender_phone,\
                      sender_detail";
const ROW: &str = "SZ-NS-012,王小芳,13812345678,浙江省,绍兴市,新昌县,人民路12号3栋1501室,\
                   云帆书店,0755-26543299,泰然九路3号2栋";
/// What is asked before the first label.
const QUESTION: &[u8] = b"~HS";

fn many(rows: usize) -> PrintRoom {
    let place = PrintRoom::new();
    let rows: String = (1..=rows).map(|row| format!("{},{ROW}\n", waybill(row))).collect();
    place.write("orders.csv", format!("{HEADER}\n{rows}"));
    place
}

fn waybill(row: usize) -> String {
    format!("YT88000010{row:05}")
}

fn seal(place: &PrintRoom, arguments: &[&str]) -> Output {
    place.seal(&[&["orders.csv"], arguments].concat()).output().unwrap()
}

/// Fails unless the exit code is as expected and each word is said.
fn expect(out: &Output, code: i32, words: &[&str]) {
    let text = said(out);
    assert_eq!(out.status.code(), Some(code), "{text}");
    for word in words {
        assert!(text.contains(word), "no {word:?} in: {text}");
    }
    assert!(!text.contains("王小芳") && !text.contains("5678"), "{text}");
}

/// The job of all labels.
fn job(place: &PrintRoom, name: &str) -> Vec<u8> {
    expect(&seal(place, &["--out", name]), 0, &[]);
    fs::read(place.at(name)).unwrap()
}

fn states(place: &PrintRoom) -> Vec<(String, String)> {
    let ledger = fs::read_to_string(place.at("printed.jsonl")).unwrap();
    let entry = |line: &str| {
        let entry: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| entry[key].as_str().unwrap().to_owned();
        (text("waybill"), text("state"))
    };
    ledger.lines().map(entry).collect()
}

/// A printer that takes everything, and what it was asked before.
fn printer() -> (String, JoinHandle<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let paper = std::thread::spawn(move || {
        let mut got = Vec::new();
        listener.accept().unwrap().0.read_to_end(&mut got).unwrap();
        got
    });
    (address, paper)
}

#[test]
fn labels_go_to_a_printer_whole_and_in_order() {
    let place = many(5);
    let (address, paper) = printer();
    let out = seal(&place, &["--print", &format!("tcp://{address}")]);
    expect(&out, 0, &["5 labels sent, not confirmed", &waybill(5)]);
    let job = job(&place, "labels.zpl");
    assert_eq!(paper.join().unwrap(), [QUESTION, &job].concat());
    let of_state = |state: &str| states(&place).iter().filter(|entry| entry.1 == state).count();
    assert_eq!((of_state("queued"), of_state("sent")), (5, 5));

    // A spool file by two commands: the rows before a label, and the rest from it.
    for rows in [&["--limit", "2"][..], &["--from", &waybill(3)]] {
        let rows = [&["--print", "./spool", "--ledger", "other.jsonl"], rows].concat();
        expect(&seal(&place, &rows), 0, &["labels written"]);
    }
    assert_eq!(fs::read(place.at("spool")).unwrap(), job);
}

#[test]
fn a_label_is_printed_once_unless_asked_for_again() {
    let place = many(4);
    let job = job(&place, "labels.zpl");
    let spool = || fs::read(place.at("spool")).unwrap();
    expect(&seal(&place, &["--print", "./spool", "--limit", "2"]), 0, &[]);
    expect(&seal(&place, &["--print", "./spool"]), 1, &["2 labels were not sent", "--reprint"]);
    assert_eq!(spool(), job);
    expect(&seal(&place, &["--print", "./spool"]), 1, &["4 labels were not sent"]);
    assert_eq!(spool(), job);

    // Some of them, by number and by list.
    place.write("again.txt", format!("\u{feff}{}\r\n\r\n{}\r\n", waybill(2), waybill(4)));
    let out = seal(&place, &["--print", "./spool", "--reprint", &waybill(1), "--reprint", "again.txt"]);
    expect(&out, 0, &["3 labels written"]);
    let labels: Vec<&[u8]> = job.split_inclusive(|byte| *byte == b'\n').collect();
    let label = |number: usize| labels[(number - 1) * labels.len() / 4..number * labels.len() / 4].concat();
    assert_eq!(spool(), [job.clone(), label(1), label(2), label(4)].concat());
    let out = seal(&place, &["--print", "./spool", "--reprint", "YT8812345670009"]);
    expect(&out, 1, &["YT8812345670009", "not among the labels"]);

    // By the file of labels, without the orders.
    let print = |arguments: &[&str]| {
        place.command(&[&["print", "labels.zpl", "--to", "./other"], arguments].concat()).output().unwrap()
    };
    expect(&print(&[]), 1, &["4 labels were not sent"]);
    expect(&print(&["--reprint", &waybill(3)]), 0, &["1 labels written"]);
    assert_eq!(fs::read(place.at("other")).unwrap(), label(3));
    expect(&print(&["--reprint", "all", "--from", &waybill(3)]), 0, &["2 labels written"]);
    assert_eq!(fs::read(place.at("other")).unwrap(), [label(3), label(3), label(4)].concat());
}

#[test]
fn files_of_labels_are_printed_from_any_label_in_any_language() {
    let place = many(3);
    for (name, format, ending) in [
        ("a.zpl", "zpl", "^XZ"),
        ("b.tspl", "tspl", "\r\nPRINT"),
        ("c.cpcl", "cpcl", "\r\nPRINT"),
        ("d.zpl", "zpl-native", "^XFR"),
        ("e.tspl", "tspl-native", "\r\nPRINT"),
    ] {
        expect(&seal(&place, &["--out", name, "--format", format]), 0, &[]);
        let job = fs::read(place.at(name)).unwrap();
        for (from, input, labels) in [
            (waybill(2), String::new(), 2),
            ("-".to_owned(), format!("{}\n", waybill(2)), 1),
            ("-".to_owned(), format!("{}\n", waybill(1).to_lowercase()), 2),
        ] {
            let mut command = place.command(&[
                "print",
                name,
                "--to",
                "./spool",
                "--ledger",
                "other.jsonl",
                "--reprint",
                "all",
                "--from",
                &from,
            ]);
            let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
            child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
            expect(&child.wait_with_output().unwrap(), 0, &[&format!("{labels} labels written")]);
            let spool = fs::read(place.at("spool")).unwrap();
            fs::remove_file(place.at("spool")).unwrap();
            // A stream's stored parts come first; then what remains of the job, to its end.
            let tail = &spool[spool.len() - 500..];
            assert!(job.ends_with(tail), "{name} from {from}");
            let ends = spool.windows(ending.len()).filter(|end| *end == ending.as_bytes()).count();
            assert_eq!(ends, labels, "{name} from {from}");
        }
    }
    let missing = place.command(&["print", "a.zpl", "--to", "./spool", "--from", "YT8812345670009"]).output();
    expect(&missing.unwrap(), 4, &["--from"]);
}

#[test]
fn the_last_good_label_is_scanned_to_go_on() {
    let place = many(4);
    let payloads = fs::read_to_string({
        expect(&seal(&place, &["--out", "labels.jsonl"]), 0, &[]);
        place.at("labels.jsonl")
    });
    let second: serde_json::Value = serde_json::from_str(payloads.unwrap().lines().nth(1).unwrap()).unwrap();
    let text = |key: &str| second[key].as_str().unwrap().to_owned();
    let job = job(&place, "labels.zpl");
    for scanned in [waybill(2), text("text"), text("handle"), text("handle").to_lowercase()] {
        let mut command =
            place.seal(&["orders.csv", "--print", "./spool", "--reprint", "all", "--from", "-"]);
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(format!("{scanned}\n").as_bytes()).unwrap();
        expect(&child.wait_with_output().unwrap(), 0, &["2 labels written"]);
        let spool = fs::read(place.at("spool")).unwrap();
        assert!(job.ends_with(&spool) && spool.starts_with(b"^XA"), "{scanned}");
        fs::remove_file(place.at("spool")).unwrap();
    }
    for (scanned, word) in
        [("YT8812345670009", "not among these"), ("?", "no waybill number"), ("", "no waybill")]
    {
        let mut command = place.seal(&["orders.csv", "--print", "./spool", "--from", "-"]);
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(scanned.as_bytes()).unwrap();
        expect(&child.wait_with_output().unwrap(), 4, &[word]);
        assert!(!place.at("spool").exists());
    }
}

#[test]
fn a_stream_of_stored_graphics_continues_with_what_it_stores() {
    let place = many(5);
    let all = ["--print", "./all", "--format", "zpl-native", "--ledger", "a.jsonl"];
    expect(&seal(&place, &all), 0, &[]);
    let mut command =
        place.seal(&["orders.csv", "--print", "./rest", "--format", "zpl-native", "--from", "-"]);
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(waybill(3).as_bytes()).unwrap();
    expect(&child.wait_with_output().unwrap(), 0, &["2 labels written"]);
    let [all, rest] = ["all", "rest"].map(|name| fs::read_to_string(place.at(name)).unwrap());
    let recalls = |job: &str| job.matches("^XA^XFR:").count();
    assert_eq!((recalls(&all), recalls(&rest)), (5, 2));
    // Whatever is recalled was stored before.
    let mut stored = Vec::new();
    for piece in rest.split_inclusive('\n') {
        if let Some(name) = piece.strip_prefix("~DGR:") {
            stored.push(&name[..8]);
        }
        for recall in piece.split("^XGR:").skip(1) {
            assert!(stored.contains(&&recall[..8]), "{}", &recall[..8]);
        }
    }
    assert!(stored.len() > 10);
}

#[test]
fn a_printer_that_breaks_off_leaves_labels_unknown() {
    let place = many(300);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let printer = format!("tcp://{}", listener.local_addr().unwrap());
    let broken = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.read_exact(&mut [0; 60_000]).unwrap();
    });
    let out = seal(&place, &["--print", &printer]);
    broken.join().unwrap();
    let first = format!("the first of them {}", waybill(1));
    expect(&out, 5, &["may be printed or not", &first, "the last sent whole is YT88", "--from"]);
    let unknown = states(&place).iter().filter(|entry| entry.1 == "unknown").count();
    assert!((2..300).contains(&unknown));

    // The same command again prints none of those.
    for (language, words) in
        [("en", ["no label was sent", "refused"]), ("zh", ["未发送任何面单", "拒绝连接"])]
    {
        let from = waybill(1);
        let out = seal(&place, &["--print", &printer, "--lang", language, "--from", &from]);
        expect(&out, 5, &[words[0], words[1], &from]);
    }
    let out = seal(&place, &["--print", "./spool"]);
    expect(&out, 1, &[&format!("{unknown} labels were not sent"), &first]);
    // Somebody who looked at the paper names the first that is not on it.
    let out = seal(&place, &["--print", "./spool", "--from", &waybill(2), "--limit", "1"]);
    expect(&out, 0, &["1 labels written"]);
    expect(&seal(&place, &["--print", &printer, "--format", "png"]), 2, &[]);
    expect(&seal(&place, &["--print", &printer, "--resume"]), 2, &["--from"]);
}

#[test]
fn to_go_on_from_a_row_leaves_duplicates_what_they_were() {
    let place = many(3);
    let mut text = fs::read_to_string(place.at("orders.csv")).unwrap();
    text += &format!("{},{ROW}\n", waybill(1));
    place.write("orders.csv", text);
    let out = seal(&place, &["--print", "./spool", "--from", &waybill(3)]);
    expect(&out, 1, &["2 orders = 1 labels + 1 rejected"]);
    let out = seal(&place, &["--print", "./other", "--overwrite", "--from", "YT8812345670009"]);
    expect(&out, 4, &["--from"]);
}

#[test]
fn a_name_that_is_no_printer_is_refused_with_what_was_meant() {
    let place = many(1);
    for (name, meant) in
        [("lp0", "/dev/usb/lp0"), ("Zebra ZD421", "lp:Zebra_ZD421"), ("zebra", "tcp://zebra")]
    {
        expect(&seal(&place, &["--print", name]), 2, &["no printer", meant]);
        expect(&seal(&place, &["--print", name, "--lang", "zh"]), 2, &["不是打印机", meant]);
        assert!(!place.at(name).exists() && !place.at("printed.jsonl").exists());
    }
    expect(&seal(&place, &["--out", "labels.zpl", "--reprint", "all"]), 2, &["--print"]);
}

#[cfg(unix)]
#[test]
fn a_killed_print_leaves_no_label_to_be_printed_twice_in_silence() {
    let place = many(40);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let printer = listener.local_addr().unwrap().to_string();
    let mut child = place.seal(&["orders.csv", "--print", &printer]).spawn().unwrap();
    // Reads some labels, then kills the sender.
    let (mut stream, _) = listener.accept().unwrap();
    stream.read_exact(&mut [0; 40_000]).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    let queued = states(&place);
    assert!(queued.iter().all(|entry| entry.1 == "queued") && queued.len() >= 2 && queued.len() < 40);
    let out = seal(&place, &["--print", "./spool"]);
    let words =
        [format!("{} labels were not sent", queued.len()), format!("{} labels written", 40 - queued.len())];
    expect(&out, 1, &[&words[0], &words[1], "look"]);
}

#[cfg(unix)]
#[test]
fn two_printers_at_once_share_a_ledger() {
    let place = many(30);
    let [one, two] = ["one", "two"].map(|name| {
        let (spool, rejects) = (format!("./{name}"), format!("{name}.csv"));
        // Two processes have no file of rejects in common.
        place.seal(&["orders.csv", "--print", &spool, "--rejects", &rejects]).spawn().unwrap()
    });
    let codes = [one, two].map(|child| child.wait_with_output().unwrap());
    for out in &codes {
        assert!(matches!(out.status.code(), Some(0 | 1)), "{}", said(out));
    }
    let printed: usize = ["one", "two"]
        .map(|name| fs::read(place.at(name)).unwrap_or_default())
        .map(|job| job.windows(3).filter(|end| end == b"^XZ").count())
        .iter()
        .sum();
    assert_eq!(printed, 30);
}

/// A printer that accepts the connection and never reads.
fn deaf() -> (String, TcpListener) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    (listener.local_addr().unwrap().to_string(), listener)
}

#[test]
fn a_printer_that_never_reads_is_named_and_given_up() {
    let place = many(2);
    let (address, _listener) = deaf();
    let out = seal(&place, &["--print", &address, "--patience", "5"]);
    let first = format!("the first of them {}", waybill(1));
    expect(
        &out,
        5,
        &["2 labels may be printed or not", &first, "waiting for the printer", "4 s so far", "--from -"],
    );
    assert_eq!(states(&place).iter().filter(|entry| entry.1 == "unknown").count(), 2);
    let json = seal(&place, &["--print", &address, "--patience", "1", "--json", "--from", &waybill(1)]);
    let text = String::from_utf8(json.stdout).unwrap();
    let printed = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let printed = printed.into_iter().find(|event| event["event"] == "printed").unwrap();
    assert_eq!((&printed["unknown"], &printed["first_unknown"]), (&2.into(), &waybill(1).into()));
}

#[cfg(target_os = "linux")]
#[test]
fn a_second_interrupt_names_the_last_label() {
    use rustix::process::{Pid, Signal, kill_process};
    let place = many(60);
    let (address, _listener) = deaf();
    let child = place.seal(&["orders.csv", "--print", &address]).spawn().unwrap();
    let pid = Pid::from_child(&child);
    // Once the printer's system holds what it can, the command hangs in a label.
    while fs::read_to_string(place.at("printed.jsonl")).map_or(0, |ledger| ledger.lines().count()) < 3 {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    std::thread::sleep(std::time::Duration::from_millis(300));
    for _ in 0..2 {
        kill_process(pid, Signal::INT).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
    let out = child.wait_with_output().unwrap();
    expect(&out, 130, &["press Ctrl-C again", "the last sent whole is YT88", "may be incomplete"]);
}
