//! The command as its user meets it: the main job step by step, and what goes wrong.

use crate::common::command::{code, stations, text, wayseal};
use crate::common::demonstration::{self, DAY};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.run_on(arguments, std::process::Stdio::null())
    }

    fn run_on(&self, arguments: &[&str], input: std::process::Stdio) -> Output {
        let mut command = wayseal(self.path(), arguments);
        command.env("WAYSEAL_PASSPHRASE", "a passphrase").stdin(input).output().unwrap()
    }

    fn write(&self, name: &str, content: &str) {
        fs::write(self.path().join(name), content).unwrap();
    }

    /// An authority made by the demonstration, whose passphrase is quick to check.
    fn with_demo() -> Self {
        let place = Self::new();
        demonstration::of_a_day(place.path());
        place
    }

    fn authority(&self) -> Vec<String> {
        let demo = self.path().join("wayseal-demo");
        vec!["--authority".to_owned(), demo.join("authority/authority.pub").display().to_string()]
    }
}

fn labels(place: &Place) -> Vec<PathBuf> {
    let mut labels: Vec<_> = fs::read_dir(place.path().join("wayseal-demo/labels"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    labels.sort();
    labels
}

#[test]
fn the_demonstration_prints_what_the_readme_shows() {
    let place = Place::new();
    demonstration::is_shown_by("README.md", demonstration::of_a_day(place.path()));
    assert!(labels(&place).len() >= 100);
}

#[test]
fn scans_open_their_stations_labels_and_say_why_not_the_others() {
    let place = Place::with_demo();
    let count = demonstration::keep_labels(place.path(), 24);
    let authority = place.authority();
    let mut arguments = vec!["scan", "wayseal-demo/labels", "--grant", "wayseal-demo/scanner.grant"];
    arguments.extend(["--json", "--day", DAY, &authority[0], &authority[1]]);
    let out = place.run(&arguments);
    assert_eq!(code(&out), 1, "labels of other stations fail: {}", text(&out.stderr));
    let lines: Vec<serde_json::Value> =
        text(&out.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |outcome: &str| lines.iter().filter(|line| line["outcome"] == outcome).count();
    assert_eq!(lines.len(), count);
    assert!(of("opened") > 2 && of("opened") + of("refused") == lines.len());
    assert!(lines.iter().all(|line| line["outcome"] == "opened" || line["refusal"] == "other_station"));

    // Another day than the grant's.
    *arguments.iter_mut().find(|argument| **argument == DAY).unwrap() = "2027-09-24";
    let out = text(&place.run(&arguments).stdout);
    assert!(out.contains("day_not_in_hand") && !out.contains("\"opened\""), "{out}");
}

#[test]
fn a_label_in_a_video_is_opened_once_while_it_is_in_sight() {
    let place = Place::with_demo();
    let authority = place.authority();
    let frame = |path: &Path| {
        let mut jpeg = Vec::new();
        let picture = image::open(path).unwrap().into_luma8();
        image::codecs::jpeg::JpegEncoder::new(&mut jpeg).encode_image(&picture).unwrap();
        jpeg
    };
    let labels = labels(&place);
    let [one, other] = [0, 1].map(|at: usize| frame(&labels[at]));
    let cut = &one[..one.len() / 2];
    let video = [&one.repeat(3)[..], cut, &other, &one, &other].concat();
    fs::write(place.path().join("video"), video).unwrap();
    let scan = |input: &str| {
        let file = fs::File::open(place.path().join(input)).unwrap();
        let mut arguments = vec!["scan", "--frames", "--grant", "wayseal-demo/scanner.grant", "--json"];
        arguments.extend(["--day", DAY, &authority[0], &authority[1]]);
        place.run_on(&arguments, file.into())
    };
    let out = text(&scan("video").stdout);
    let lines: Vec<_> = out.lines().collect();
    assert_eq!(lines.len(), 2, "{out}");
    assert!(lines.iter().all(|line| line.contains("\"outcome\"")), "{out}");

    place.write("video", "no frame");
    let out = scan("video");
    assert_eq!((code(&out), text(&out.stdout).as_str()), (1, ""));
    assert!(text(&out.stderr).contains("0 frames"), "{}", text(&out.stderr));
}

#[test]
fn the_bar_code_beside_each_label_is_its_own_or_an_alarm() {
    let place = Place::with_demo();
    demonstration::keep_labels(place.path(), 24);
    let authority = place.authority();
    let scan = |more: &[&str], input: std::process::Stdio| {
        let own = ["scan", "--grant", "wayseal-demo/scanner.grant", "--json", "--day", DAY];
        let out = place.run_on(&[&own[..], &[&authority[0], &authority[1]], more].concat(), input);
        let line = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
        text(&out.stdout).lines().map(line).collect::<Vec<_>>()
    };
    let outcomes = |lines: &[serde_json::Value]| {
        lines.iter().map(|line| line["outcome"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    // Two labels of the scanner's own station.
    let all = scan(&["wayseal-demo/labels"], std::process::Stdio::null());
    let own = all.iter().filter(|line| line["outcome"] == "opened").take(2);
    let file = |line: &serde_json::Value| place.path().join(line["file"].as_str().unwrap());
    let [one, other] =
        own.map(|line| image::open(file(line)).unwrap().into_luma8()).collect::<Vec<_>>().try_into().unwrap();
    let (wide, high) = one.dimensions();

    // Side by side in one picture each has its own.
    let mut both = image::GrayImage::from_pixel(2 * wide + 40, high, image::Luma([255]));
    image::imageops::replace(&mut both, &one, 0, 0);
    image::imageops::replace(&mut both, &other, i64::from(wide) + 40, 0);
    both.save(place.path().join("both.png")).unwrap();
    assert_eq!(outcomes(&scan(&["both.png"], std::process::Stdio::null())), ["opened", "opened"]);

    // The bar code, at the middle of the label's height, is the other's: a code that was moved.
    let bars = image::imageops::crop_imm(&other, 0, high / 4, wide, high / 5).to_image();
    let mut moved = one.clone();
    image::imageops::replace(&mut moved, &bars, 0, i64::from(high / 4));
    moved.save(place.path().join("moved.png")).unwrap();
    assert_eq!(outcomes(&scan(&["moved.png"], std::process::Stdio::null())), ["moved"]);

    // In a video the bar code comes into sight later than the label.
    let mut hidden = one.clone();
    let white = image::GrayImage::from_pixel(wide, high / 5, image::Luma([255]));
    image::imageops::replace(&mut hidden, &white, 0, i64::from(high / 4));
    let jpeg = |picture: &image::GrayImage| {
        let mut jpeg = Vec::new();
        image::codecs::jpeg::JpegEncoder::new(&mut jpeg).encode_image(picture).unwrap();
        jpeg
    };
    let video = |frames: &[&image::GrayImage]| {
        fs::write(place.path().join("video"), frames.iter().copied().flat_map(jpeg).collect::<Vec<_>>())
            .unwrap();
        outcomes(&scan(&["--frames"], fs::File::open(place.path().join("video")).unwrap().into()))
    };
    assert_eq!(video(&[&hidden, &one, &one, &moved]), ["opened"]);
    assert_eq!(video(&[&hidden, &moved, &moved]), ["opened", "moved"]);
    // Of a label that was in sight the bar code alone is beside one whose own is not read.
    let mut beside = image::GrayImage::from_pixel(2 * wide + 40, high, image::Luma([255]));
    image::imageops::replace(&mut beside, &hidden, 0, 0);
    image::imageops::replace(&mut beside, &bars, i64::from(wide) + 40, i64::from(high / 4));
    assert_eq!(video(&[&other, &beside]), ["opened", "opened"]);
}

#[test]
fn what_goes_wrong_has_its_exit_code_and_its_advice() {
    let place = Place::with_demo();
    let authority = place.authority();
    let pin: [&str; 2] = [&authority[0], &authority[1]];
    let stations = stations();
    place.write("orders.csv", "waybill,station,name,phone,detail\nYT8800001000001,SZ-NS-012,王芳,13812345678,人民路1号\n6.9E+12,SZ-NS-012,李四,13812345679,人民路2号\n8.8E+12,X,,,\n");
    let seal = |orders: &str, grant: &str, day: &str| {
        let mut arguments = vec!["seal", orders, "--grant", grant, "--out", "out", "--day", day];
        arguments.extend(["--stations", &stations]);
        arguments.extend(pin);
        place.run(&arguments)
    };
    let sealer = "wayseal-demo/sealer.grant";

    // A bad row does not stop the others.
    let out = seal("orders.csv", sealer, DAY);
    assert_eq!(code(&out), 1);
    assert!(place.path().join("out/YT8800001000001.png").exists());
    let said = text(&out.stderr);
    assert!(said.contains("orders.csv: line 3, waybill: Excel"), "{said}");
    assert!(!said.contains("李四") && !said.contains("13812345679"), "{said}");

    assert_eq!(code(&place.run(&["seal"])), 2);
    assert_eq!(code(&seal("orders.csv", sealer, "2026-12-24")), 3);
    assert_eq!(code(&seal("orders.csv", "wayseal-demo/scanner.grant", DAY)), 3);
    assert_eq!(code(&seal("none.csv", sealer, DAY)), 4);
    place.write("picture.csv", "\u{0}\u{1}");
    assert_eq!(code(&seal("picture.csv", sealer, DAY)), 4);

    // A grant of another authority.
    let other = Place::new();
    demonstration::of_today(other.path());
    let foreign = other.path().join("wayseal-demo/sealer.grant").display().to_string();
    let out = seal("orders.csv", &foreign, DAY);
    assert_eq!(code(&out), 3);
    assert!(text(&out.stderr).contains("not signed by the authority"), "{}", text(&out.stderr));

    // No authority is pinned.
    let out = place.run(&["seal", "orders.csv", "--grant", sealer, "--out", "out", "--stations", &stations]);
    assert_eq!(code(&out), 3);

    // A picture without a code.
    place.write("none.png", "no picture");
    let mut arguments = vec!["scan", "none.png", "--grant", "wayseal-demo/scanner.grant"];
    arguments.extend(pin);
    let out = place.run(&arguments);
    assert_eq!(code(&out), 1);
    assert!(text(&out.stdout).contains("not a PNG"), "{}", text(&out.stdout));
}

#[cfg(unix)]
#[test]
fn keys_that_others_can_read_are_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::with_demo();
    let grant = place.path().join("wayseal-demo/scanner.grant");
    assert_eq!(fs::metadata(&grant).unwrap().permissions().mode() & 0o777, 0o600);
    fs::set_permissions(&grant, fs::Permissions::from_mode(0o644)).unwrap();
    let authority = place.authority();
    let mut arguments = vec!["scan", "wayseal-demo/labels", "--grant", "wayseal-demo/scanner.grant"];
    arguments.extend([authority[0].as_str(), &authority[1]]);
    let out = place.run(&arguments);
    assert_eq!(code(&out), 3);
    assert!(text(&out.stderr).contains("chmod 600"));
}

#[test]
fn an_authority_is_never_replaced() {
    let place = Place::with_demo();
    let out = place.run(&["authority", "init", "--folder", "wayseal-demo/authority"]);
    assert_eq!(code(&out), 2);
    let out = place.run(&["authority", "grant", "sealer", "--folder", "wayseal-demo/authority", "--id", "7"]);
    assert_eq!(code(&out), 2, "no output is named");
}

#[test]
fn labels_of_one_person_that_tell_more_together_are_named() {
    let place = Place::new();
    place.write("stations.csv", include_str!("../samples/stations.csv"));
    let header = "waybill,station,name,phone,province,city,district,detail\n";
    let row = |waybill: &str, phone: &str, detail: &str| {
        format!("{waybill},SZ-NS-012,王小芳,{phone},广东省,深圳市,南山区,{detail}\n")
    };
    let door = row("YT8800000000001", "13812345678", "科技园路9号3栋");
    let rows = [header, &door, &row("YT8800000000002", "+86 138-1234-5678", "科技园路 9 号 3 栋")].concat();
    place.write("alike.csv", &rows);
    let arguments = ["mask", "--union", "--stations", "stations.csv"];
    let out = place.run(&[&arguments[..], &["alike.csv"]].concat());
    assert_eq!(code(&out), 0, "{}", text(&out.stderr));

    let rows = [header, &door, &row("YT8800000000003", "13812345678", "科技园路9号恒隆")].concat();
    place.write("more.csv", &rows);
    let out = place.run(&[&arguments[..], &["more.csv"]].concat());
    let said = text(&out.stderr);
    assert_eq!(code(&out), 1, "{said}");
    assert!(said.contains("YT8800000000001") && said.contains("YT8800000000003"), "{said}");
    assert!(!said.contains("13812345678") && !said.contains("王小芳"), "{said}");
}
