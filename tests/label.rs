//! Labels composed through the public interface, and as the command makes them.
#![cfg(feature = "cli")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;
use wayseal::label::{ComposeError, Composer, Dpi, Page, Template, TemplateError};
use wayseal::payload::{ContactClass, Payload};

const DAY: &str = "2026-11-24";
const HEADER: &str = "waybill,station,name,phone,province,city,district,detail,sender_name,sender_phone,\
                      sender_detail,routing,hub,goods,remark";
const ROW: &str = "YT8800001000001,SZ-NS-012,王小芳,13812345678,浙江省,绍兴市,新昌县,人民路12号3栋1501室,\
                   云帆书店,0755-26543299,泰然九路3号2栋";

#[test]
fn pages_too_small_for_the_zones_are_refused() {
    let composer = |size| Composer::new(&Template::default(), Page::new(size, Dpi::D203), Vec::new());
    assert!(composer(Page::SMALL).is_ok());
    assert!(matches!(composer((50, 130)), Err(TemplateError::Size)));
    assert!(matches!(composer((100, 80)), Err(TemplateError::Size)));
}

#[test]
fn errors_name_the_field_and_the_remedy() {
    let said = ComposeError::TooLong("the recipient").to_string();
    assert!(said.contains("the recipient") && said.contains("larger label"), "{said}");
}

/// The sealer's grant of a demonstration, made once for all tests here.
static DEMO: LazyLock<PathBuf> = LazyLock::new(|| {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("label");
    let _none_before = fs::remove_dir_all(&place);
    fs::create_dir_all(&place).unwrap();
    let demo = run(&place, &["demo", "--day", DAY]);
    assert!(demo.status.success(), "{}", said(&demo));
    place.join("wayseal-demo")
});

/// A folder with one order, whose last columns are `rest`.
fn place(rest: &str) -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("orders.csv"), format!("{HEADER}\n{ROW},{rest}\n")).unwrap();
    place
}

fn run(place: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wayseal"));
    command.args(arguments).current_dir(place).env_clear().output().unwrap()
}

fn seal(place: &tempfile::TempDir, arguments: &[&str]) -> Output {
    let stations = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/stations.csv");
    let [grant, authority] = ["sealer.grant", "authority/authority.pub"].map(|name| DEMO.join(name));
    let files = [&grant, &authority, &stations].map(|path| path.to_str().unwrap());
    let mut all = vec!["seal", "orders.csv", "--day", DAY];
    all.extend(
        ["--grant", "--authority", "--stations"].iter().zip(files).flat_map(|(flag, file)| [*flag, file]),
    );
    all.extend(arguments);
    run(place.path(), &all)
}

fn said(out: &Output) -> String {
    String::from_utf8_lossy(&[&out.stdout[..], &out.stderr].concat()).into_owned()
}

/// What the code of the one label says: of its picture, and sealed alone.
fn codes(place: &tempfile::TempDir, arguments: &[&str]) -> [String; 2] {
    let labels = seal(place, &[arguments, &["--out", "labels/", "--overwrite"]].concat());
    assert!(labels.status.success(), "{}", said(&labels));
    let picture = run(place.path(), &["inspect", "--json", "labels"]);
    let payloads = seal(place, &[arguments, &["--out", "labels.jsonl", "--overwrite"]].concat());
    assert!(payloads.status.success(), "{}", said(&payloads));
    [picture.stdout, fs::read(place.path().join("labels.jsonl")).unwrap()].map(|json| {
        let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
        json["text"].as_str().unwrap().to_owned()
    })
}

#[test]
fn a_template_without_contact_seals_no_phone() {
    let place = place(",,,");
    fs::write(place.path().join("template.toml"), "contact = false\n").unwrap();
    let class = |text: &String| Payload::parse(text.as_bytes()).unwrap().header().contact;
    for text in codes(&place, &["--template", "template.toml"]) {
        assert_eq!(class(&text), ContactClass::NONE);
    }
    for text in codes(&place, &[]) {
        assert_ne!(class(&text), ContactClass::NONE, "the control");
    }
}

#[test]
fn a_text_that_tells_what_is_masked_is_refused_in_both_languages() {
    for (rest, column, english, chinese) in [
        (",,,请打138-1234-5678", "remark", "the phone", "电话"),
        (",,送王小芳的书,", "goods", "the name", "姓名"),
        (",送3栋1501室,,", "hub", "the building or room", "楼栋或房号"),
        ("26543299,,,", "routing", "the phone", "电话"),
    ] {
        let place = place(rest);
        for (language, word) in [("en", english), ("zh", chinese)] {
            let out = seal(&place, &["--lang", language, "--dry-run"]);
            let said = said(&out);
            assert_eq!(out.status.code(), Some(1), "{said}");
            assert!(said.contains(column) && said.contains(word) && said.contains("note"), "{said}");
            assert!(!said.contains("1501") && !said.contains("王小芳") && !said.contains("5678"), "{said}");
        }
    }
}

#[test]
fn a_text_that_the_template_leaves_out_is_not_looked_at() {
    let place = place(",,,请打13812345678");
    fs::write(place.path().join("template.toml"), "remark = false\n").unwrap();
    let out = seal(&place, &["--dry-run", "--template", "template.toml"]);
    assert!(out.status.success(), "{}", said(&out));
}
