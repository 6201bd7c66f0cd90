//! Batches as a print room runs them: interrupted at any moment, with a full disk, with bad rows.

use crate::common::command::text;
use crate::common::print_room::PrintRoom;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::process::{Child, Command};
use std::time::Duration;

const HEADER: &str = "运单号,网点,收件人,手机,省,市,区,详细地址";

impl PrintRoom {
    /// Every file of the folder by name, without grants, manifests and hidden files.
    fn files(&self, begins: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let name = path.strip_prefix(self.path()).unwrap().to_str().unwrap().to_owned();
                if path.file_name().unwrap().as_encoded_bytes().starts_with(b".") {
                    continue;
                }
                if path.is_dir() {
                    folders.push(path);
                } else if name.starts_with(begins) && !name.ends_with("manifest.json") {
                    files.insert(name, fs::read(&path).unwrap());
                }
            }
        }
        files
    }
}

fn row(number: u64) -> String {
    let spread = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    format!(
        "YT88{:011},SZ-NS-012,{},138{:08},浙江省,绍兴市,新昌县,人民路{}号{}栋{}室",
        number + 1_000_000,
        ["王芳", "李伟", "欧阳娜娜", "张敏"][(spread >> 40) as usize % 4],
        spread % 99_999_999,
        spread % 997,
        number % 31,
        spread % 2903
    )
}

/// Rows, every fiftieth of which is broken.
fn orders(count: u64) -> String {
    let mut orders = format!("{HEADER}\n");
    for number in 0..count {
        let row = row(number);
        match number % 50 {
            // Each kind of fault in turn.
            17 if number % 100 == 17 => writeln!(orders, "{}", row.replace("SZ-NS-012", "XX-00")).unwrap(),
            17 => writeln!(orders, "{}", row.replace("YT88", "6.9E+")).unwrap(),
            _ => writeln!(orders, "{row}").unwrap(),
        }
    }
    orders
}

fn manifest(place: &PrintRoom, name: &str) -> serde_json::Value {
    serde_json::from_slice(&fs::read(place.at(name)).unwrap()).unwrap()
}

/// Kills a run some time after it has finished one more part, if it still runs.
pub fn kill(mut child: Child, rows: impl Fn() -> Option<u64>, after: Duration) {
    let before = rows();
    while rows() == before && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    std::thread::sleep(after);
    let _ended = child.kill();
    child.wait().unwrap();
}

#[test]
fn in_is_out_and_rejected_and_rejects_are_corrected_and_fed_in_again() {
    let place = PrintRoom::new();
    let mut orders = orders(120).replace(',', ";");
    writeln!(orders, "{}", row(3).replace(',', ";")).unwrap();
    let long = "很长的地址".repeat(60);
    writeln!(orders, "YT8800009999999;SZ-NS-012;王芳;13812345678;;;;{long}").unwrap();
    let (encoded, _, _) = encoding_rs::GB18030.encode(&orders);
    place.write("orders.csv", &encoded);
    let out = place.sealed(&["orders.csv", "--out", "labels.zip"], 1);
    assert!(
        text(&out.stdout).starts_with("122 orders = 117 labels + 5 rejected → labels.zip"),
        "{}",
        text(&out.stdout)
    );
    let said = text(&out.stderr);
    for reason in [
        "orders.csv: line 19, station: the station is not in the file of stations",
        "orders.csv: line 69, waybill: Excel has shortened",
        "orders.csv: line 122, waybill: an earlier row of the batch has the same waybill number",
        "orders.csv: line 123, detail: the delivery section is",
    ] {
        assert!(said.contains(reason), "{reason}: {said}");
    }

    // The rejects have the input's format and are readable by their owner alone; once corrected, every row gives a label.
    let rejects = place.at("labels.zip.rejects.csv");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&rejects).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let bytes = fs::read(&rejects).unwrap();
    let (decoded, _, damaged) = encoding_rs::GB18030.decode(&bytes);
    assert!(!damaged && decoded.lines().next().unwrap().starts_with("运单号;网点;收件人"), "{decoded}");
    let corrected = decoded
        .replace("XX-00", "SZ-NS-012")
        .replace("6.9E+", "YT88")
        .replace(&long, "人民路1号")
        .replace("YT8800001000003", "YT8800002000003");
    let (encoded, _, _) = encoding_rs::GB18030.encode(&corrected);
    place.write("corrected.csv", &encoded);
    place.sealed(&["corrected.csv", "--out", "more.zip"], 0);
    assert_eq!(manifest(&place, "more.zip.manifest.json")["labels"], 5);
}

#[test]
fn every_container_holds_the_same_labels_in_the_order_of_the_rows() {
    let place = PrintRoom::new();
    place.write("orders.csv", orders(49).replace("XX-00", "SZ-NS-012"));
    place.sealed(&["orders.csv", "--out", "a.zip", "--jobs", "3"], 0);
    place.sealed(&["orders.csv", "--out", "b.tar", "--jobs", "1"], 0);
    place.sealed(&["orders.csv", "--out", "folder"], 0);
    place.sealed(&["orders.csv", "--out", "c.jsonl"], 0);
    place.sealed(&["orders.csv", "--out", "d.pdf"], 0);
    let stdout = place.sealed(&["orders.csv", "--out", "-", "--format", "zpl"], 0).stdout;

    let mut zip = zip::ZipArchive::new(fs::File::open(place.at("a.zip")).unwrap()).unwrap();
    let names: Vec<String> = (0..zip.len()).map(|at| zip.by_index(at).unwrap().name().to_owned()).collect();
    let expected: Vec<String> = (0..49).map(|number| format!("YT88{:011}.png", number + 1_000_000)).collect();
    assert_eq!(names, expected);
    let mut tar = tar::Archive::new(fs::File::open(place.at("b.tar")).unwrap());
    for (at, entry) in tar.entries().unwrap().enumerate() {
        let mut entry = entry.unwrap();
        assert_eq!(entry.path().unwrap().to_str().unwrap(), names[at]);
        let (mut of_tar, mut of_zip) = (Vec::new(), Vec::new());
        std::io::copy(&mut entry, &mut of_tar).unwrap();
        std::io::copy(&mut zip.by_index(at).unwrap(), &mut of_zip).unwrap();
        assert!(of_tar == of_zip && of_zip == fs::read(place.at("folder").join(&names[at])).unwrap());
    }
    let lines = fs::read_to_string(place.at("c.jsonl")).unwrap();
    let waybills: Vec<String> = lines
        .lines()
        .map(|line| {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            assert!(
                line["text"].as_str().unwrap().starts_with("WS1:")
                    && line["handle"].as_str().unwrap().len() == 10
            );
            format!("{}.png", line["waybill"].as_str().unwrap())
        })
        .collect();
    assert_eq!(waybills, expected);
    let pdf = fs::read(place.at("d.pdf")).unwrap();
    let pages = pdf.windows(11).filter(|bytes| bytes == b"/Type /Page").count();
    // The page tree is one more match.
    assert_eq!((&pdf[..8], pages), (&b"%PDF-1.7"[..], 50));
    assert_eq!(text(&stdout).matches("^XA").count(), 49);
}

/// Kills and resumes a batch until it is done, and compares its output with that of an uninterrupted run.
fn interrupted(name: &str, more: &[&str], moments: &[u64]) {
    let (alone, killed) = (PrintRoom::new(), PrintRoom::new());
    for place in [&alone, &killed] {
        place.write("orders.csv", orders(400));
    }
    let arguments: Vec<&str> =
        ["orders.csv", "--out", name, "--part", "60"].iter().chain(more).copied().collect();
    alone.sealed(&arguments, 1);
    let resume: Vec<&str> = arguments.iter().chain(&["--resume"]).copied().collect();
    for moment in moments {
        let rows = || {
            let manifest = fs::read(killed.at(&format!("{name}.manifest.json"))).ok()?;
            serde_json::from_slice::<serde_json::Value>(&manifest).ok()?["rows"].as_u64()
        };
        kill(killed.seal(&resume).spawn().unwrap(), rows, Duration::from_millis(*moment));
        // No file under its final name is incomplete.
        let whole = alone.files(name);
        for (file, content) in killed.files(name) {
            assert!(whole[&file] == content, "{file} after {moment} ms");
        }
    }
    killed.sealed(&resume, 1);
    let (left, stopped) = (alone.files(name), killed.files(name));
    assert_eq!(left.keys().collect::<Vec<_>>(), stopped.keys().collect::<Vec<_>>());
    assert!(left == stopped);
    assert_eq!(manifest(&killed, &format!("{name}.manifest.json"))["labels"], 392);
    // Resuming a finished batch changes nothing.
    let before = killed.files(name);
    killed.sealed(&resume, 1);
    assert!(before == killed.files(name));
}

#[test]
fn a_batch_that_is_killed_goes_on_to_the_same_zips() {
    interrupted("labels.zip", &[], &[0, 3, 20, 70]);
}

#[test]
fn a_batch_that_is_killed_goes_on_to_the_same_lines() {
    interrupted("labels.jsonl", &[], &[0, 1, 3]);
}

#[test]
fn a_batch_that_is_killed_goes_on_to_the_same_stream_of_stored_glyphs() {
    interrupted("labels.zpl", &["--format", "zpl-native"], &[0, 1, 3]);
}

#[test]
fn a_stream_of_stored_glyphs_is_one_on_any_number_of_threads_and_each_label_the_same_by_itself() {
    let place = PrintRoom::new();
    let count = 600;
    place.write("orders.csv", (0..count).map(row).fold(format!("{HEADER}\n"), |all, row| all + &row + "\n"));
    let native = |out: &str, more: &[&str]| {
        let arguments = [&["orders.csv", "--out", out, "--format", "zpl-native"], more].concat();
        place.sealed(&arguments, 0);
        place.files(out)
    };
    let stream = native("one.zpl", &["--jobs", "1"]).remove("one.zpl").unwrap();
    assert!(stream == native("three.zpl", &["--jobs", "3"]).remove("three.zpl").unwrap());
    let stream = text(&stream);
    // Every 256 rows the printer begins with an empty store.
    assert_eq!((stream.matches("^IDR:WS*.GRF").count(), stream.matches("^DFR:").count()), (3, 3));
    let labels = |job: &str| -> Vec<String> {
        job.split_inclusive("^XZ\n")
            .filter_map(|part| Some(part[part.find("^XA^XFR:")?..].to_owned()))
            .collect()
    };
    assert_eq!(labels(&stream).len() as u64, count);
    // Graphics are stored before they are recalled.
    for round in stream.split("^IDR:WS*.GRF").skip(1) {
        let name = |part: &str| part[..8].to_owned();
        let mut stored = std::collections::BTreeSet::new();
        for line in round.lines() {
            stored.extend(line.strip_prefix("~DGR:").map(name));
            assert!(line.split("^XGR:").skip(1).all(|part| stored.contains(&name(part))), "{line}");
        }
        assert!(stored.len() > 100, "{}", stored.len());
    }
    let again = text(&native("again.zpl", &["--only", "YT8800001000333"])["again.zpl"]);
    assert_eq!(labels(&again), labels(&stream)[333..334]);
    // A label in a file of its own recalls no stored graphics.
    let files = native("folder", &["--limit", "20"]);
    assert_eq!(files.len(), 21);
    for command in ["~DG", "^XF", "^XG"] {
        assert!(files.values().all(|file| !text(file).contains(command)), "{command}");
    }
}

#[test]
fn a_batch_that_is_killed_goes_on_to_the_same_folders() {
    interrupted("labels", &["--jobs", "1"], &[0, 2, 40]);
}

#[cfg(unix)]
#[test]
fn a_full_disk_ends_a_batch_with_what_is_finished_and_room_lets_it_go_on() {
    let place = PrintRoom::new();
    place.write("orders.csv", orders(200));
    let run = |resume: &[&str], limit: Option<u32>| {
        let mut command =
            place.seal(&[&["orders.csv", "--out", "labels.tar", "--part", "40"], resume].concat());
        let Some(blocks) = limit else { return command.output().unwrap() };
        // A limit on the size of files acts like a full disk; its signal is ignored, so that the write fails.
        let mut shell = Command::new("sh");
        shell.current_dir(place.path()).env_clear();
        shell.args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\""), "sh"]);
        shell.arg(command.get_program()).args(command.get_args());
        shell.output().unwrap()
    };
    // Half a part.
    let out = run(&[], Some(200));
    assert_eq!(out.status.code(), Some(5), "{}", text(&out.stderr));
    let said = text(&out.stderr);
    assert!(said.contains("make room on the disk") && said.contains("--resume"), "{said}");
    assert!(!place.at("labels.tar").exists());
    let out = run(&["--resume"], None);
    assert_eq!(out.status.code(), Some(1), "{}", text(&out.stderr));
    let resumed = place.files("labels");
    let out = run(&["--overwrite"], None);
    assert_eq!(out.status.code(), Some(1), "{}", text(&out.stderr));
    assert!(resumed == place.files("labels") && resumed.len() == 6, "{:?}", resumed.keys());
}

#[test]
fn what_was_changed_is_refused_and_nothing_is_replaced_unasked() {
    let place = PrintRoom::new();
    place.write("orders.csv", orders(10));
    place.sealed(&["orders.csv", "--out", "labels.zip"], 0);
    let labels = place.files("labels");
    let out = place.sealed(&["orders.csv", "--out", "labels.zip"], 5);
    assert!(text(&out.stderr).contains("--overwrite replaces it"), "{}", text(&out.stderr));
    let out = place.sealed(&["orders.csv", "--out", "labels.zip", "--resume", "--format", "svg"], 4);
    assert!(text(&out.stderr).contains("--format differs from the start of the batch"));
    place.write("orders.csv", orders(11));
    let out = place.sealed(&["orders.csv", "--out", "labels.zip", "--resume"], 4);
    assert!(
        text(&out.stderr).contains("orders.csv differs from the start of the batch"),
        "{}",
        text(&out.stderr)
    );
    assert!(labels == place.files("labels"));
    fs::create_dir(place.at("folder")).unwrap();
    place.write("folder/own.txt", "");
    let out = place.sealed(&["orders.csv", "--out", "folder"], 5);
    assert!(text(&out.stderr).contains("exists already"));
}

#[test]
fn one_label_is_made_again_bit_for_bit() {
    let place = PrintRoom::new();
    place.write("orders.csv", orders(60));
    place.sealed(&["orders.csv", "--out", "all"], 1);
    place.sealed(&["orders.csv", "--out", "one", "--only", "YT8800001000042"], 0);
    let again = place.files("one/");
    assert_eq!(again.len(), 2, "{:?}", again.keys());
    assert!(again["one/YT8800001000042.png"] == place.files("all/")["all/YT8800001000042.png"]);
    let out = place.sealed(&["orders.csv", "--out", "none", "--only", "YT8800009999999"], 4);
    assert!(text(&out.stderr).contains("no row has the waybill number"));
}

#[test]
fn labels_are_read_back_from_their_pictures_before_they_count() {
    let place = PrintRoom::new();
    place.write("orders.csv", orders(8));
    place.sealed(&["orders.csv", "--out", "labels", "--verify", "4"], 0);
    place.sealed(&["orders.csv", "--out", "labels.pdf", "--verify", "4"], 0);
    for format in ["svg", "pdf", "zpl", "tspl", "zpl-native", "tspl-native"] {
        let arguments = ["orders.csv", "--out", format, "--format", format, "--verify", "1"];
        let out = place.sealed(&arguments, 0);
        assert!(text(&out.stdout).starts_with("8 orders = 8 labels + 0 rejected"), "{format}");
    }
    // As one stream, whose first label stores what the others recall.
    place.sealed(&["orders.csv", "--out", "n.zpl", "--format", "zpl-native", "--verify", "1"], 0);
    // The check changes no byte.
    place.sealed(&["orders.csv", "--out", "m.zpl", "--format", "zpl-native"], 0);
    assert!(fs::read(place.at("n.zpl")).unwrap() == fs::read(place.at("m.zpl")).unwrap());
}

#[test]
fn a_rehearsal_writes_nothing_and_says_the_same() {
    let place = PrintRoom::new();
    place.write("orders.csv", orders(60));
    let before = place.files("");
    let out = place.sealed(&["orders.csv", "--dry-run"], 1);
    assert!(text(&out.stdout).starts_with("60 orders = 59 labels + 1 rejected"), "{}", text(&out.stdout));
    let out = place.sealed(&["orders.csv", "--dry-run", "--limit", "5"], 0);
    assert!(text(&out.stdout).starts_with("5 orders = 5 labels + 0 rejected"));
    assert!(before == place.files(""));
}

#[test]
fn duplicates_are_found_across_files_and_each_file_has_its_own_rejects() {
    let place = PrintRoom::new();
    place.write("a.csv", format!("{HEADER}\n{}\n{}\n", row(1), row(2)));
    place.write("b.jsonl", "{\"waybill\":\"YT8800001000001\",\"station\":\"SZ-NS-012\",\"name\":\"王芳\",\"phone\":\"13812345678\",\"detail\":\"人民路1号\"}\n");
    let out = place.sealed(&["a.csv", "b.jsonl", "--out", "l.zip", "--json"], 1);
    let events: Vec<serde_json::Value> =
        text(&out.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |kind: &str| events.iter().find(|event| event["event"] == kind).unwrap();
    assert_eq!((&of("rejected")["input"], &of("rejected")["line"]), (&"b.jsonl".into(), &1.into()));
    assert_eq!(of("part")["labels"], 2);
    assert_eq!(of("finished")["rejected"], 1);
    let rejects = fs::read_to_string(place.at("l.zip.rejects-2.jsonl")).unwrap();
    assert!(
        rejects.contains("\"waybill\":\"YT8800001000001\"") && rejects.contains("reject_reason"),
        "{rejects}"
    );
}

#[test]
fn columns_are_chosen_by_flag_and_by_file() {
    let place = PrintRoom::new();
    place
        .write("orders.csv", "编号,去向,谁,Tel,地址\nYT8800001000001,SZ-NS-012,王芳,13812345678,人民路1号\n");
    place.write(
        "columns.toml",
        "waybill = \"编号\"\nstation = \"去向\"\nname = \"谁\"\nphone = \"地址\"\ndetail = \"地址\"\n",
    );
    let out =
        place.sealed(&["orders.csv", "--dry-run", "--columns", "columns.toml", "--column", "phone=Tel"], 0);
    assert!(text(&out.stdout).starts_with("1 orders = 1 labels"), "{}", text(&out.stdout));
    let out = place.sealed(&["orders.csv", "--dry-run", "--column", "fone=Tel"], 2);
    assert!(text(&out.stderr).contains("COLUMN is one of"));
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_with_the_part_in_the_making_and_says_how_to_go_on() {
    let place = PrintRoom::new();
    place.write("orders.csv", orders(1000));
    let mut child = place.seal(&["orders.csv", "--out", "labels.zip", "--part", "50"]).spawn().unwrap();
    while !place.at("labels.zip").exists() && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(5));
    }
    let pid = rustix::process::Pid::from_raw(child.id() as i32).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    let out = child.wait_with_output().unwrap();
    assert_eq!(out.status.code(), Some(130), "{}", text(&out.stderr));
    assert!(text(&out.stdout).contains("--resume to continue"), "{}", text(&out.stdout));
    let state = manifest(&place, "labels.zip.manifest.json");
    assert_eq!((&state["finished"], state["labels"].as_u64().unwrap() % 50), (&false.into(), 0));
    assert!(state["labels"].as_u64().unwrap() < 980);
    place.sealed(&["orders.csv", "--out", "labels.zip", "--part", "50", "--resume"], 1);
    assert_eq!(manifest(&place, "labels.zip.manifest.json")["labels"], 980);
}
